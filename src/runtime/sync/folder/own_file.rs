//! This machine's journal: appends what was done since, and compacts it. A file that is not as it
//! was left (cut, damaged, gone) is written anew: the library has all of it.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use super::journal::{ENDING, Head, frame, is_whole, opens, read_head};
use super::seal::{FolderKey, Keyring, random};
use crate::runtime::store::{MachineId, OwnJournal, SharedAct, Store};
use crate::runtime::sync::error::SyncError;
use crate::runtime::system::paths::private_file;

/// How the names of journals begin.
pub(super) const FRONT: &str = "gisa-";
/// Acts in a frame.
const PAGE: usize = 2_000;
/// A smaller file is not worth compacting. Bytes.
const SMALL: u64 = 64 << 10;
/// The largest file that is looked through at each exchange, in bytes.
const LOOKED_THROUGH: u64 = 8 << 20;

/// Whether a name is one of a journal, or of a copy of one that a file sync made of a conflict.
pub(super) fn is_journal_name(name: &str) -> bool {
    name.starts_with(FRONT) && name.ends_with(ENDING)
}

/// Writes what is not in the journal yet; returns how many acts that were. `present` are the
/// machines whose journals are in the folder: the acts of others are written too when the journal
/// is written anew, so that a machine that is gone takes nothing along. With `may_compact` false,
/// only what is cheap is done.
pub(super) fn write(
    store: &Store,
    dir: &Path,
    keyring: &Keyring<'_>,
    present: &HashSet<MachineId>,
    may_compact: bool,
) -> Result<usize, SyncError> {
    let journal = store.own_journal()?;
    let path = dir.join(&journal.file);
    let head = as_it_was_left(&path, &journal, keyring.seals())?;
    let is_large = journal.bytes > SMALL.max(2 * journal.base);
    match head.filter(|_| !is_large) {
        Some(head) => append(store, dir, &head, journal, keyring),
        None if may_compact => compact(store, dir, journal, keyring, present),
        None => Ok(0),
    }
}

/// The first line of the journal, where its file is as it was left.
fn as_it_was_left(
    path: &Path,
    journal: &OwnJournal,
    seals: bool,
) -> Result<Option<Head>, SyncError> {
    if journal.file.is_empty() || fs::metadata(path).map_or(0, |m| m.len()) != journal.bytes {
        return Ok(None);
    }
    let Ok(head) = read_head(path)? else {
        return Ok(None);
    };
    if head.machine != journal.machine || head.is_sealed != seals {
        return Ok(None);
    }
    if journal.bytes <= LOOKED_THROUGH {
        let mut data = Vec::new();
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(head.line().len() as u64))?;
        file.take(LOOKED_THROUGH).read_to_end(&mut data)?;
        if !is_whole(&data) {
            return Ok(None);
        }
    }
    Ok(Some(head))
}

fn key_for(head: &Head, keyring: &Keyring<'_>) -> Result<Option<FolderKey>, SyncError> {
    match head.is_sealed {
        true => keyring.key(&head.nonce),
        false => Ok(None),
    }
}

/// Whether the passphrase opens this machine's journal as it is; `None` where that can't be told:
/// there is none, it is not sealed, or damaged.
pub(super) fn own_opens(
    store: &Store,
    dir: &Path,
    keyring: &Keyring<'_>,
) -> Result<Option<bool>, SyncError> {
    let journal = store.own_journal()?;
    let path = dir.join(&journal.file);
    if journal.file.is_empty() || !path.is_file() {
        return Ok(None);
    }
    let Ok(head) = read_head(&path)? else {
        return Ok(None);
    };
    match key_for(&head, keyring)? {
        Some(key) => Ok(opens(&path, &head, &key)?),
        None => Ok(None),
    }
}

fn append(
    store: &Store,
    dir: &Path,
    head: &Head,
    mut journal: OwnJournal,
    keyring: &Keyring<'_>,
) -> Result<usize, SyncError> {
    let path = dir.join(&journal.file);
    let mut count = 0;
    let mut key = None;
    loop {
        let acts = store.own_acts(journal.written, PAGE)?;
        let Some(last) = acts.last() else {
            return Ok(count);
        };
        if key.is_none() {
            // Frames of another key in one file would be lost to all.
            if own_opens(store, dir, keyring)? == Some(false) {
                return Err(SyncError::WrongKey);
            }
            key = key_for(head, keyring)?;
        }
        let bytes = frame(head, key.as_ref(), journal.machine, &acts)?;
        let mut file = private_file(&path, true).map_err(SyncError::Journal)?;
        let written = file.write_all(&bytes).and_then(|()| file.sync_data());
        if let Err(error) = written {
            // What was written of it would be passed over; it only takes up room.
            let _ = file.set_len(journal.bytes);
            return Err(SyncError::Journal(error));
        }
        journal.bytes += bytes.len() as u64;
        journal.written = last.stamp.seq;
        store.put_own_journal(&journal)?;
        count += acts.len();
    }
}

/// Writes the journal anew, under another name, so that neither a kill nor a file sync can mix the
/// old file with the new one; then deletes the old one.
fn compact(
    store: &Store,
    dir: &Path,
    mut journal: OwnJournal,
    keyring: &Keyring<'_>,
    present: &HashSet<MachineId>,
) -> Result<usize, SyncError> {
    store.prune_acts(jiff::Timestamp::now())?;
    let head = Head {
        machine: journal.machine,
        nonce: random()?,
        is_sealed: keyring.seals(),
    };
    if own_opens(store, dir, keyring)? == Some(false) {
        return Err(SyncError::WrongKey);
    }
    let key = key_for(&head, keyring)?;
    let partial = dir.join(format!(".{FRONT}{}.partial", journal.machine));
    remove(&partial).map_err(SyncError::Journal)?;
    let mut sheet = JournalSheet {
        file: private_file(&partial, true).map_err(SyncError::Journal)?,
        head: &head,
        key,
        bytes: 0,
    };
    let count = fill(store, &mut sheet, &mut journal, present)
        .inspect_err(|_| drop(fs::remove_file(&partial)))?;
    let number = journal
        .file
        .strip_suffix(ENDING)
        .and_then(|name| name.rsplit_once('-'))
        .and_then(|(_, number)| number.parse::<u64>().ok());
    let number = number.unwrap_or_default().saturating_add(1);
    let old = std::mem::replace(
        &mut journal.file,
        format!("{FRONT}{}-{number}{ENDING}", journal.machine),
    );
    fs::rename(&partial, dir.join(&journal.file)).map_err(SyncError::Journal)?;
    (journal.bytes, journal.base) = (sheet.bytes, sheet.bytes);
    store.put_own_journal(&journal)?;
    if !old.is_empty() && old != journal.file {
        remove(&dir.join(old)).map_err(SyncError::Journal)?;
    }
    Ok(count)
}

/// A journal that is being written.
struct JournalSheet<'a> {
    file: File,
    head: &'a Head,
    key: Option<FolderKey>,
    bytes: u64,
}

impl JournalSheet<'_> {
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)?;
        self.bytes += bytes.len() as u64;
        Ok(())
    }

    fn put_acts(&mut self, machine: MachineId, acts: &[SharedAct]) -> io::Result<()> {
        let bytes = frame(self.head, self.key.as_ref(), machine, acts)?;
        self.put(&bytes)
    }
}

/// Writes all acts; returns how many of them were not in the journal before.
fn fill(
    store: &Store,
    sheet: &mut JournalSheet<'_>,
    journal: &mut OwnJournal,
    present: &HashSet<MachineId>,
) -> Result<usize, SyncError> {
    let head = sheet.head;
    sheet
        .put(head.line().as_bytes())
        .map_err(SyncError::Journal)?;
    for machine in store.absent_machines(present)? {
        let mut after = 0;
        loop {
            let acts = store.acts_of(machine, after, PAGE)?;
            let Some(last) = acts.last() else { break };
            sheet.put_acts(machine, &acts).map_err(SyncError::Journal)?;
            after = last.stamp.seq;
        }
    }
    let mut after = 0;
    let mut count = 0;
    loop {
        let acts = store.own_acts(after, PAGE)?;
        let Some(last) = acts.last() else { break };
        sheet
            .put_acts(journal.machine, &acts)
            .map_err(SyncError::Journal)?;
        let is_new = |act: &&SharedAct| act.stamp.seq > journal.written;
        count += acts.iter().filter(is_new).count();
        after = last.stamp.seq;
    }
    journal.written = journal.written.max(after);
    sheet.file.sync_all().map_err(SyncError::Journal)?;
    Ok(count)
}

/// Deletes a file, if there is one.
pub(super) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}
