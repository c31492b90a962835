//! Copies of what is kept, in the folder `copies` beside the library, so that it never exists only
//! once. Each is a file of JSON lines, numbered, written whole, flushed to the disk and read back.
//!
//! The latest three stay, the latest of each of the last seven days, the largest, and the one that
//! goes furthest: a library that was emptied or set back must not push out what it once held. Where
//! a library was created beside copies, the largest of those stays too, however much is kept since.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use super::kept::Heading;
use super::{Kept, Store, StoreError};
use crate::news::order::Order as _;
use crate::runtime::system::{atomic_file, paths};

/// Changes after which a copy is due, however recent the last one.
const MOST_ACTS: u64 = 20;
/// Age at which the last copy is replaced if anything has changed. A minute below what is promised,
/// for the time between two looks.
const OLDEST: SignedDuration = SignedDuration::from_mins(9);
/// Size in bytes up to which a copy takes so little time (a few milliseconds) that every change may
/// be followed by one.
const SMALL: u64 = 2 << 20;
/// Latest copies that stay.
const LATEST: usize = 3;
/// Days of which the latest copy stays.
const DAYS: usize = 7;
/// How often a number is tried that another program has just taken.
const TRIES: u64 = 20;
/// Key of the number of the last copy that was there when the library was created: up to it they
/// are copies of a former library, whose file was emptied or deleted.
const FORMER: &str = "former_copies";

/// What a copy says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyInfo {
    /// Its file.
    pub path: PathBuf,
    /// When it was made.
    pub made: Timestamp,
    /// Number of subscriptions in it.
    pub feeds: usize,
    /// Number of scraps in it.
    pub scraps: usize,
    /// The library's count of changes when it was made.
    acts: u64,
    /// Its number; later copies have higher ones, whatever the clock says.
    number: u64,
    /// Its size in bytes.
    bytes: u64,
}

/// The folder of the copies of the library at `library`.
pub(super) fn folder(library: &Path) -> PathBuf {
    library.with_file_name("copies")
}

/// The library's count of changes when the copy was made.
pub(super) fn acts(copy: &CopyInfo) -> u64 {
    copy.acts
}

/// The copies of a library, the latest first, by their headings alone.
pub(super) fn copies(library: &Path) -> Vec<CopyInfo> {
    let mut found: Vec<CopyInfo> = fs::read_dir(folder(library))
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| info(entry.path()))
        .collect();
    found.order_by_key(|copy| std::cmp::Reverse(copy.number));
    found
}

/// The latest copy of the library at `library`; `None` where there is none.
pub fn last_copy(library: &Path) -> Option<CopyInfo> {
    copies(library).into_iter().next()
}

/// What is kept according to the sound copy that goes furthest, and its count of changes.
pub(super) fn furthest_sound(library: &Path) -> Option<(Kept, u64)> {
    let mut all = copies(library);
    all.order_by_key(|copy| std::cmp::Reverse(copy.acts));
    all.iter().find_map(read)
}

/// Notes in a new library which copies are of a former one.
pub(super) fn note_former(step: &Connection, library: &Path) -> Result<(), StoreError> {
    if let Some(last) = last_copy(library) {
        step.execute(
            "insert into state (key, json) values (?, ?)",
            [FORMER, &last.number.to_string()],
        )?;
    }
    Ok(())
}

/// What is kept according to the largest sound copy of a former library.
pub(super) fn largest_former(store: &Store) -> Result<Option<Kept>, StoreError> {
    let last = store.last_former()?;
    let mut all = copies(store.path());
    all.retain(|copy| copy.number <= last);
    all.order_by_key(|copy| std::cmp::Reverse(size(copy)));
    Ok(all.iter().find_map(read).map(|(kept, _)| kept))
}

/// The number of things in a copy, which says which copy is the largest.
fn size(copy: &CopyInfo) -> u64 {
    (copy.scraps + copy.feeds) as u64
}

/// Whether the last copy lacks so much that the next can't wait for a quiet moment.
///
/// # Errors
/// The library can't be read.
pub fn copy_is_pressing(store: &Store) -> Result<bool, StoreError> {
    let acts = store.acts()?;
    Ok(last_copy(store.path()).is_none_or(|last| is_pressing(&last, acts)))
}

fn is_pressing(last: &CopyInfo, acts: u64) -> bool {
    let age = Timestamp::now().duration_since(last.made).abs();
    acts != last.acts && (acts.abs_diff(last.acts) >= MOST_ACTS || age >= OLDEST)
}

/// Makes a copy if anything has changed since the last one, and it is pressing or costs next to
/// nothing. Returns whether one was made. For the end of a command.
///
/// # Errors
/// The library can't be read or the copy not written.
pub fn copy_if_due(store: &Store) -> Result<bool, StoreError> {
    copy_where(store, |last, acts| {
        last.bytes <= SMALL || is_pressing(last, acts)
    })
}

/// Makes a copy if anything has changed since the last one. For a quiet moment.
///
/// # Errors
/// As [`copy_if_due`].
pub fn copy_if_changed(store: &Store) -> Result<bool, StoreError> {
    copy_where(store, |_, _| true)
}

fn copy_where(
    store: &Store,
    wanted: impl FnOnce(&CopyInfo, u64) -> bool,
) -> Result<bool, StoreError> {
    if store.path().as_os_str().is_empty() || store.obstacle().is_some() {
        return Ok(false);
    }
    if !store.is_in_place() {
        return Err(StoreError::TakenAway);
    }
    let acts = store.acts()?;
    match last_copy(store.path()) {
        Some(last) if last.acts == acts || !wanted(&last, acts) => return Ok(false),
        // An emptied library: its copies are all there is.
        Some(_) if acts == 0 && store.is_kept_empty()? => return Ok(false),
        None if acts == 0 && store.is_kept_empty()? => return Ok(false),
        _ => {}
    }
    make(store, Timestamp::now()).map(|()| true)
}

/// Makes a copy, and deletes those that need not stay.
pub(super) fn make(store: &Store, now: Timestamp) -> Result<(), StoreError> {
    let (_, text) = store.kept_text(now)?;
    let dir = folder(store.path());
    paths::private_dir(&dir).map_err(|e| StoreError::open(&dir, e))?;
    let former = store.last_former()?;
    let last = last_copy(store.path()).map_or(0, |last| last.number);
    let first = last.max(former) + 1;
    for number in first..first + TRIES {
        let path = dir.join(format!("kept-{number:06}.jsonl"));
        let made = atomic_file::create(
            &path,
            text.as_bytes(),
            atomic_file::Durability::PrivateSynced,
        );
        if made.map_err(|e| StoreError::open(&path, e))? {
            // Read back, so that what a broken disk made of it is not taken for a copy.
            if fs::read_to_string(&path).ok().as_deref() != Some(&text) {
                drop(fs::remove_file(&path));
                return Err(StoreError::Disk("a copy reads back differently".to_owned()));
            }
            rotate(store.path(), former);
            return Ok(());
        }
    }
    Ok(())
}

/// Deletes the copies that need not stay; those up to the number `former` are of a former library.
fn rotate(library: &Path, former: u64) {
    let all = copies(library);
    let mut days = BTreeSet::new();
    let most = |last: u64, key: fn(&CopyInfo) -> u64| {
        let among = all.iter().filter(|copy| copy.number <= last);
        let most = among.max_by_key(|copy| (key(copy), copy.number));
        most.map(|copy| copy.number)
    };
    let stay = [
        most(u64::MAX, size),
        most(u64::MAX, acts),
        most(former, size),
    ];
    for (place, copy) in all.iter().enumerate() {
        let day = copy.made.as_second().div_euclid(24 * 3600);
        let first_of_day = days.len() < DAYS && days.insert(day);
        if place >= LATEST && !first_of_day && !stay.contains(&Some(copy.number)) {
            // One that can't be deleted only takes up space.
            let _ = fs::remove_file(&copy.path);
        }
    }
    atomic_file::sweep(&folder(library));
}

fn info(path: PathBuf) -> Option<CopyInfo> {
    use std::io::{BufRead as _, BufReader, Read as _};
    let name = path.file_name()?.to_str()?;
    let number = name.strip_prefix("kept-")?.strip_suffix(".jsonl")?;
    let number = number.parse().ok()?;
    let file = fs::File::open(&path).ok()?;
    let bytes = file.metadata().ok()?.len();
    let mut first = String::new();
    BufReader::new(file.take(4096)).read_line(&mut first).ok()?;
    let heading: Heading = serde_json::from_str(&first).ok()?;
    Some(CopyInfo {
        path,
        made: heading.made,
        feeds: heading.feeds,
        scraps: heading.scraps,
        acts: heading.acts,
        number,
        bytes,
    })
}

fn read(copy: &CopyInfo) -> Option<(Kept, u64)> {
    Kept::parse(&fs::read_to_string(&copy.path).ok()?)
}

impl Store {
    /// The number of the last copy of a former library; 0 where there is none.
    fn last_former(&self) -> Result<u64, StoreError> {
        Ok(self.state_get(FORMER)?.unwrap_or(0))
    }

    /// Takes all copies for the library's own, since it has what it was to get from the others.
    pub(super) fn forget_former(&self) -> Result<(), StoreError> {
        self.write(|step| {
            step.execute("delete from state where key = ?", [FORMER])?;
            Ok(())
        })
    }

    /// Whether there is nothing that a copy would hold.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn is_kept_empty(&self) -> Result<bool, StoreError> {
        let any = self.db.query_row(
            "select exists (select 1 from scrap) or exists (select 1 from feed where gone is null)
               or exists (select 1 from saved) or exists (select 1 from mute)",
            [],
            |r| r.get::<_, bool>(0),
        )?;
        Ok(!any)
    }
}
