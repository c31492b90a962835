//! The library on disk: one SQLite file, and the only place in the program that knows SQL.
//!
//! * `article` – stores and reads articles; `incoming` – recognises one that is delivered again;
//!   `body` – the stored form of the text (`hangul_codec` makes it shorter); `count_delta` – what a
//!   delivery adds to the counts; `row` – columns and their types
//! * `list` – rows and counts of a filtered list; `mark` – read and unread; `open_stats` – how
//!   often articles were opened
//! * `search` – runs a query; `index` – finds its candidates; `stored_queries` – saved searches,
//!   mute rules
//! * `feed` – subscriptions, and the results of fetching them
//! * `scrap` – articles that the reader kept
//! * `story` – which articles belong to the same story, and which are copies
//! * `key_values` – state between runs, and summaries
//! * `retain` – deletes what the settings don't ask to keep; `rescue` – saves what can be read of a
//!   damaged file; `error` – what can fail
//!
//! Every method blocks. A store belongs to one thread at a time. Any number of stores, in any
//! number of processes, may have the same file open: readers never wait, writers take turns.

mod article;
mod body;
mod count_delta;
mod error;
mod feed;
mod hangul_codec;
mod incoming;
mod index;
mod key_values;
mod list;
mod mark;
mod open_stats;
mod rescue;
mod retain;
mod row;
mod scrap;
mod search;
mod stored_queries;
mod story;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use error::StoreError;
pub use feed::{Delivery, DueFeed, FeedCheck};
pub use rescue::Rescued;
pub use retain::Retention;
pub use row::UnfetchedPage;
pub use story::{StoryGrouping, story_of};

use super::system::paths;

/// The migrations, oldest first. SQLite's `user_version` is the number that a file has been
/// through.
const SCHEMAS: &[&str] = &[
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

/// SQLite's `application_id` of the file: "gisa" in ASCII.
const APPLICATION: i64 = 0x6769_7361;

/// Page size of a new file in bytes.
const PAGE: u32 = 8 << 10;

/// SQLite's page cache in bytes, outside a refresh (SQLite's own default).
pub const CACHE: i64 = 2_000 * 1024;

/// Bytes of the journal at which SQLite copies it into the file, outside a refresh.
pub const JOURNAL: i64 = 4 << 20;

/// How long to wait for another process that is writing before an operation fails as `Locked`.
const LOCK_TIMEOUT: Duration = Duration::from_secs(5);

/// An open library.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    path: PathBuf,
    /// The identity of the opened file, to notice when it is replaced or deleted. `None` in memory.
    file: Option<FileId>,
}

impl Store {
    /// Opens the library at `path`; creates file, directory and tables where they are missing.
    ///
    /// # Errors
    /// [`StoreError::Open`] or [`StoreError::ReadOnly`] where the directory or file can't be used,
    /// `Corrupt` where the file is damaged or no library, `Newer` where a newer version of the
    /// program wrote it (nothing is changed then), `Locked`, `Full`.
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

    /// A library in memory, for tests and benches.
    ///
    /// # Errors
    /// `Sql` if a migration fails, which is a bug.
    pub fn in_memory() -> Result<Self, StoreError> {
        Self::ready(Connection::open_in_memory()?, Path::new(""))
    }

    /// The path of the library's file; empty in memory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs SQLite's integrity check; returns its first 20 complaints, or none for a sound file.
    ///
    /// # Errors
    /// The file can't be read at all.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let mut query = self.db.prepare("pragma integrity_check(20)")?;
        let lines = query
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        Ok(lines.into_iter().filter(|line| line != "ok").collect())
    }

    /// Copies the current state of the library to a new file.
    ///
    /// # Errors
    /// `Full`, `Disk`, or `Sql` where `to` exists.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        drop(paths::private_file(to, true).map_err(|e| StoreError::open(to, e))?);
        self.db.execute("vacuum into ?", [to.to_string_lossy()])?;
        Ok(())
    }

    /// Lets SQLite update the statistics of its query planner. Cheap; to be called after a large
    /// delivery.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn tidy(&self) -> Result<(), StoreError> {
        self.db
            .execute_batch("pragma analysis_limit = 400; pragma optimize;")?;
        Ok(())
    }

    /// Sets the size of SQLite's page cache, and the size of the journal at which it is copied into
    /// the file, in bytes. A refresh writes the same pages many times: with a longer journal each
    /// is copied once.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn cache(&self, bytes: i64, journal: i64) -> Result<(), StoreError> {
        let page: i64 = self.db.query_row("pragma page_size", [], |r| r.get(0))?;
        let (kib, pages) = (bytes / 1024, journal / page.max(512));
        let set = format!(
            "pragma cache_size = -{kib}; pragma wal_autocheckpoint = {pages}; pragma shrink_memory;"
        );
        Ok(self.db.execute_batch(&set)?)
    }

    /// SQLite's `data_version`: a number that changes when another connection has written to the
    /// file. Cheap enough to be polled.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        Ok(self
            .db
            .prepare_cached("pragma data_version")?
            .query_row([], |r| r.get(0))?)
    }

    /// Whether the library has no article to list.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn is_empty(&self) -> Result<bool, StoreError> {
        Ok(!self
            .db
            .prepare_cached("select 1 from article where gone = 0 limit 1")?
            .exists([])?)
    }

    /// The size of the file in bytes, and the number of articles in it.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn size(&self) -> Result<(u64, u64), StoreError> {
        let pages: i64 = self.db.query_row("pragma page_count", [], |r| r.get(0))?;
        let page: i64 = self.db.query_row("pragma page_size", [], |r| r.get(0))?;
        let articles: i64 = self
            .db
            .query_row("select count(*) from article", [], |r| r.get(0))?;
        Ok(((pages * page).unsigned_abs(), articles.unsigned_abs()))
    }

    /// Limits the file to `pages` pages, which has the effect of a full disk.
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
        db.busy_timeout(LOCK_TIMEOUT)?;
        db.set_prepared_statement_cache_capacity(64);
        // Applies to new files only. A page of 8 KiB holds several bodies and halves the system
        // calls of 4 KiB. With larger pages, a delivery of articles of all dates would rewrite
        // nearly every page.
        db.execute_batch(&format!("pragma page_size = {PAGE}"))?;
        let mut store = Self {
            db,
            path: path.to_path_buf(),
            file: file_id(path),
        };
        store.migrate()?;
        // After `user_version` was checked: this is the first statement that may write to the file.
        store.db.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = normal;
             pragma foreign_keys = on; pragma temp_store = memory;",
        )?;
        store.cache(CACHE, JOURNAL)?;
        Ok(store)
    }

    fn migrate(&mut self) -> Result<(), StoreError> {
        let known = i64::try_from(SCHEMAS.len()).unwrap_or(i64::MAX);
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
        // Another process may have migrated the file while this one waited for the lock.
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
        for sql in SCHEMAS.iter().skip(usize::try_from(found).unwrap_or(0)) {
            step.execute_batch(sql)?;
        }
        step.pragma_update(None, "user_version", known)?;
        step.pragma_update(None, "application_id", APPLICATION)?;
        step.commit()?;
        Ok(())
    }

    /// Runs `work` as one transaction: everything is stored, or nothing.
    fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // SQLite goes on writing to a file that was deleted or replaced, and everything written
        // would be lost when the program ends.
        if self.file != file_id(&self.path) {
            return Err(StoreError::TakenAway);
        }
        // Immediate: a transaction that begins with a read fails at once with SQLITE_BUSY when it
        // comes to write, instead of waiting for `busy_timeout`.
        let step = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        let out = work(&step)?;
        step.commit()?;
        Ok(out)
    }
}

/// Device and inode number, which identify a file.
type FileId = (u64, u64);

#[cfg(unix)]
fn file_id(path: &Path) -> Option<FileId> {
    use std::os::unix::fs::MetadataExt as _;
    path.metadata().ok().map(|about| (about.dev(), about.ino()))
}

/// Windows doesn't let an open file be deleted.
#[cfg(not(unix))]
fn file_id(_: &Path) -> Option<FileId> {
    None
}
