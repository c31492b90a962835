//! The library on disk: one SQLite file, and the only place in the program that knows SQL.
//!
//! * articles – put, list, mark (`article.rs`, `list.rs`, `mark.rs`), their texts (`body.rs`,
//!   `short.rs`), what they are known again by (`piece.rs`), and their counts (`sum.rs`)
//! * feeds – subscriptions and what their servers told (`feed.rs`)
//! * scraps – what the reader kept (`scrap.rs`), and how it is saved from a damaged file
//!   (`rescue.rs`)
//! * saved searches and mute rules (`rules.rs`); what is held no longer than asked for
//!   (`retain.rs`)
//! * search – `index.rs` finds candidates, `search.rs` verifies them, newest first
//! * stories – which articles tell the same, and which is a copy of which (`story.rs`)
//! * state and summaries – what the program remembers (`memory.rs`)
//!
//! Every method blocks; a store belongs to one thread at a time, and any number of them, in any
//! number of processes, may have the same file open: readers never wait, writers take turns.

mod count_delta;
mod hangul_codec;
mod incoming;
mod open_stats;

mod article;
mod body;
mod error;
mod feed;
mod index;
mod list;
mod mark;
mod memory;
mod rescue;
mod retain;
mod row;
mod rules;
mod scrap;
mod search;
mod story;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, InterruptHandle, Transaction, TransactionBehavior};

pub use error::StoreError;
pub use feed::{Answered, Delivery, DueFeed};
pub use rescue::Rescued;
pub use retain::Retention;
pub use row::Wanted;
pub use story::{Grouped, story_of};

use super::system::paths;

/// The forms of the file, oldest first; `user_version` counts how many of them it has been through.
const FORMS: &[&str] = &[
    include_str!("../../../assets/schema/1.sql"),
    include_str!("../../../assets/schema/2.sql"),
    include_str!("../../../assets/schema/3.sql"),
    include_str!("../../../assets/schema/4.sql"),
    include_str!("../../../assets/schema/5.sql"),
    include_str!("../../../assets/schema/6.sql"),
    include_str!("../../../assets/schema/7.sql"),
    include_str!("../../../assets/schema/8.sql"),
    include_str!("../../../assets/schema/9.sql"),
    include_str!("../../../assets/schema/10.sql"),
];

/// Marks the file as ours ("gisa").
const APPLICATION: i64 = 0x6769_7361;

/// Bytes of a page of the file.
const PAGE: u32 = 8 << 10;

/// Bytes of the file that SQLite keeps in memory by itself.
pub const CACHE: i64 = 2_000 * 1024;

/// Bytes of its journal that SQLite leaves there by itself.
pub const JOURNAL: i64 = 4 << 20;

/// How long to wait for another writer.
const PATIENCE: Duration = Duration::from_secs(5);

/// A library, open.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    path: PathBuf,
    /// Which file it was that was opened.
    file: Option<FileId>,
}

impl Store {
    /// Opens the library at `path`, and makes it, its directory and its tables where they are
    /// missing.
    ///
    /// # Errors
    /// [`StoreError::Open`] or [`StoreError::ReadOnly`] where the directory or file may not be used, `Corrupt` where it
    /// is no library or damaged, `Newer` where a newer program wrote it (nothing is changed then),
    /// `Locked`, `Full`.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if let Some(dir) = path.parent() {
            paths::private_dir(dir).map_err(|e| StoreError::open(dir, e))?;
        }
        match paths::private_file(path, true) {
            Err(e) if e.kind() == std::io::ErrorKind::PermissionDenied && path.exists() => {
                return Err(StoreError::ReadOnly);
            }
            other => drop(other.map_err(|e| StoreError::open(path, e))?),
        }
        Self::ready(Connection::open(path)?, path)
    }

    /// A library that lives in memory, for tests and trials.
    ///
    /// # Errors
    /// None that is expected.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::ready(Connection::open_in_memory()?, Path::new(""))
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Stops, from another thread, what this store is doing; it answers [`StoreError::Cancelled`].
    pub fn interrupter(&self) -> InterruptHandle {
        self.db.get_interrupt_handle()
    }

    /// Whether every page and index of the file is sound: the first complaints, none where it is.
    ///
    /// # Errors
    /// Where the file cannot even be read.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let mut query = self.db.prepare("pragma integrity_check(20)")?;
        let lines = query
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }

    /// Copies the library, as it is at this moment, to a new file.
    ///
    /// # Errors
    /// `Full`, `Disk`, or `Sql` where `to` exists.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        drop(paths::private_file(to, true).map_err(|e| StoreError::open(to, e))?);
        self.db.execute("vacuum into ?", [to.to_string_lossy()])?;
        Ok(())
    }

    /// Lets SQLite look at its statistics. Cheap; to be called after a large delivery.
    ///
    /// # Errors
    /// As any write.
    pub fn tidy(&self) -> Result<(), StoreError> {
        self.db
            .execute_batch("pragma analysis_limit = 400; pragma optimize;")?;
        Ok(())
    }

    /// Lets SQLite keep so many bytes of the file in memory, and so many in its journal before it
    /// copies them into the file: in a long one most pages were written many times over, and are
    /// copied once.
    ///
    /// # Errors
    /// As any read.
    pub fn cache(&self, bytes: i64, journal: i64) -> Result<(), StoreError> {
        let page: i64 = self.db.query_row("pragma page_size", [], |r| r.get(0))?;
        let (kib, pages) = (bytes / 1024, journal / page.max(512));
        let set = format!(
            "pragma cache_size = -{kib}; pragma wal_autocheckpoint = {pages}; pragma shrink_memory;"
        );
        Ok(self.db.execute_batch(&set)?)
    }

    /// A number that changes when another program, or another store, has written to the file. Costs
    /// next to nothing.
    ///
    /// # Errors
    /// As any read.
    pub fn tide(&self) -> Result<i64, StoreError> {
        Ok(self
            .db
            .prepare_cached("pragma data_version")?
            .query_row([], |r| r.get(0))?)
    }

    /// Whether it lists no article.
    ///
    /// # Errors
    /// As any read.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(!self
            .db
            .prepare_cached("select 1 from article where gone = 0 limit 1")?
            .exists([])?)
    }

    /// Bytes on disk, and articles they hold.
    ///
    /// # Errors
    /// As any read.
    pub fn size(&self) -> Result<(u64, u64), StoreError> {
        let pages: i64 = self.db.query_row("pragma page_count", [], |r| r.get(0))?;
        let page: i64 = self.db.query_row("pragma page_size", [], |r| r.get(0))?;
        let articles: i64 = self
            .db
            .query_row("select count(*) from article", [], |r| r.get(0))?;
        Ok(((pages * page).unsigned_abs(), articles.unsigned_abs()))
    }

    /// Lets the file grow to so many pages and no further: a full disk, for tests.
    #[cfg(test)]
    pub(crate) fn limit_pages(&self, pages: u32) {
        let set: i64 = self
            .db
            .query_row(&format!("pragma max_page_count = {pages}"), [], |r| {
                r.get(0)
            })
            .unwrap();
        assert!(
            set <= 2 * i64::from(pages),
            "the file is larger already: {set}"
        );
    }

    fn ready(db: Connection, path: &Path) -> Result<Self, StoreError> {
        db.busy_timeout(PATIENCE)?;
        db.set_prepared_statement_cache_capacity(64);
        // Of a new file; an old one stays as it is. Several bodies fit into a page, and it takes
        // half the calls; in larger ones, articles of all dates come at once would have nearly
        // every page written anew with each delivery.
        db.execute_batch(&format!("pragma page_size = {PAGE}"))?;
        let mut store = Self {
            db,
            path: path.to_path_buf(),
            file: file_id(path),
        };
        store.migrate()?;
        // After the look at `user_version`: this is the first statement that may write to the file.
        store.db.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on; pragma temp_store = memory;",
        )?;
        store.cache(CACHE, JOURNAL)?;
        Ok(store)
    }

    fn migrate(&mut self) -> Result<(), StoreError> {
        let known = i64::try_from(FORMS.len()).unwrap_or(i64::MAX);
        let form =
            |db: &Connection| db.query_row("pragma user_version", [], |r| r.get::<_, i64>(0));
        let found = form(&self.db)?;
        if found > known {
            return Err(StoreError::Newer { found, known });
        }
        if found == known {
            return Ok(());
        }
        let step = self
            .db
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Another process may have been here while we waited for the lock.
        let found = form(&step)?;
        if found == 0
            && step.query_row("select count(*) from sqlite_schema", [], |r| {
                r.get::<_, i64>(0)
            })? > 0
        {
            return Err(StoreError::Corrupt(
                "a database of another program".to_owned(),
            ));
        }
        for sql in FORMS.iter().skip(usize::try_from(found).unwrap_or(0)) {
            step.execute_batch(sql)?;
        }
        step.pragma_update(None, "user_version", known)?;
        step.pragma_update(None, "application_id", APPLICATION)?;
        step.commit()?;
        Ok(())
    }

    /// Runs `work` as one transaction: all of it is stored, or nothing.
    fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // SQLite goes on writing to a journal that has lost its name: what is told as kept would be
        // gone with the program.
        if self.file != file_id(&self.path) {
            return Err(StoreError::TakenAway);
        }
        // Immediate: a transaction that starts as a reader could not wait for its turn to write.
        let step = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        let out = work(&step)?;
        step.commit()?;
        Ok(out)
    }
}

/// What tells a file from all others: its device and number there.
type FileId = (u64, u64);

#[cfg(unix)]
fn file_id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt as _;
    path.metadata().ok().map(|about| (about.dev(), about.ino()))
}

/// An open file can't be taken away here.
#[cfg(not(unix))]
fn file_id(_: &Path) -> Option<FileId> {
    None
}
