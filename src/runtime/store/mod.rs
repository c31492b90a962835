//! The library on disk: one SQLite file, and the only place in the program that knows SQL.
//!
//! * `article` – stores and reads articles; `incoming` – recognises one that is delivered again;
//!   `body` – the stored form of the text (`hangul_codec` makes it shorter); `count_delta` – what a
//!   delivery adds to the counts; `row` – columns and their types
//! * `later` – the read-later queue
//! * `list` – rows and counts of a filtered list; `mark` – read and unread; `open_stats` – how
//!   often articles were opened
//! * `search` – runs a query; `index` – finds its candidates; `stored_queries` – saved searches,
//!   mute rules; `rule` – what rules for arriving articles did
//! * `revision` – what publishers rewrote after publication
//! * `feed` – subscriptions, and the results of fetching them; `delivery` – a transaction for what
//!   many feeds brought; `delivery_filter` – what of it is not wanted; `known_keys` – which
//!   articles are surely new
//! * `foreign` – databases of other readers; `foreign_delivery` – what is taken over from them
//! * `scrap` – articles that the reader kept
//! * `story` – which articles belong to the same story, and which are copies
//! * `journal` – what the reader did and a server does not know yet; `remote`, `remote_feeds` – the
//!   server's articles and subscriptions, taken in by the rule of `merge`
//! * `shared` – what the machines of one reader do, as they share it through a folder
//! * `key_values` – state between runs, and summaries
//! * `words` – words that were looked up
//! * `open` – opens a library, migrates an older one, falls back to reading; `checkpoint` – copies
//!   its log beside the thread that writes
//! * `backup` – the whole library in a file of the user's, and back
//! * `kept` – everything that the user chose to keep, as one value; `copies` – its copies outside
//!   the database
//! * `rescue` – saves what can be read of a damaged file and its copies; `pages` – reads the file
//!   page by page where SQLite can't
//! * `retain` – deletes what the settings don't ask to keep; `error` – what can fail
//!
//! Every method blocks. A store belongs to one thread at a time. Any number of stores, in any
//! number of processes, may have the same file open: readers never wait, writers take turns.

mod article;
mod backup;
mod body;
mod checkpoint;
mod copies;
mod count_delta;
mod delivery;
mod delivery_filter;
mod error;
mod feed;
pub mod foreign;
mod foreign_delivery;
mod hangul_codec;
mod incoming;
mod index;
mod journal;
mod kept;
mod key_values;
mod known_keys;
mod later;
mod list;
mod mark;
mod merge;
mod open;
mod open_stats;
mod pages;
mod remote;
mod remote_feeds;
mod rescue;
mod retain;
mod revision;
mod row;
mod rule;
mod scrap;
mod search;
mod shared;
mod stored_queries;
mod story;
#[cfg(test)]
mod tests;
mod words;

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

pub use checkpoint::{CheckpointRequests, Checkpointer};
pub use copies::{CopyInfo, copy_if_changed, copy_if_due, copy_is_pressing, last_copy};
pub use delivery::{Delivery, OpenDelivery};
pub use error::StoreError;
pub use feed::{DueFeed, FeedCheck};
pub use foreign_delivery::TakenOver;
pub use incoming::KeyedEntry;
pub use journal::{Wish, WishField};
pub use kept::Kept;
pub use known_keys::KnownKeys;
pub use merge::{Verdict, Wished, first_meeting, merge};
pub use remote::{AgreedState, RemoteArticle, Taken};
pub use remote_feeds::{LinkedFeed, RemoteFeed, TakenFeeds};
pub use rescue::Rescued;
pub use retain::Retention;
pub use row::UnfetchedPage;
pub use shared::{ActField, ActStamp, ActsTaken, KnownMachine, MachineId, OwnJournal, SharedAct};
pub use story::{StoryGrouping, story_of};

/// Page size of a new file in bytes.
const PAGE: u32 = 8 << 10;

/// SQLite's page cache in bytes, outside a refresh (SQLite's own default).
pub const CACHE: i64 = 2_000 * 1024;

/// Bytes of the journal at which SQLite copies it into the file, outside a refresh.
pub const JOURNAL: i64 = 4 << 20;

/// Why a library can only be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The file or its folder may not be written.
    ReadOnly,
    /// The disk or the quota is full.
    Full,
}

/// An open library.
#[derive(Debug)]
pub struct Store {
    db: Connection,
    path: PathBuf,
    /// The identity of the opened file, to notice when it is replaced or deleted. `None` in memory.
    file: Option<FileId>,
    /// Why it can only be read; `None` where it can be written.
    obstacle: Option<Obstacle>,
    /// Whether articles that come or change are noted, for rules to be applied to them.
    notes_arrivals: bool,
}

impl Store {
    /// The path of the library's file; empty in memory.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Why the library can only be read; `None` where it can be written.
    pub fn obstacle(&self) -> Option<Obstacle> {
        self.obstacle
    }

    /// Runs SQLite's integrity check and parses each scrap; returns up to 20 complaints of SQLite,
    /// and one for each scrap that can't be read. None for a sound library.
    ///
    /// # Errors
    /// The file can't be read at all.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        let mut query = self.db.prepare("pragma integrity_check(20)")?;
        let lines = query
            .query_map([], |row| row.get::<_, String>(0))?
            .collect::<Result<Vec<_>, _>>()?;
        let mut troubles: Vec<String> = lines.into_iter().filter(|line| line != "ok").collect();
        if troubles.is_empty() {
            troubles.extend(self.unreadable_scraps()?);
        }
        Ok(troubles)
    }

    /// Copies the current state of the library to the file `to`, checked and flushed to the disk;
    /// replaces what was there.
    ///
    /// # Errors
    /// `Full`, `Disk`, `Open`; `to` is unchanged then.
    pub fn backup(&self, to: &Path) -> Result<(), StoreError> {
        open::copy_to_file(&self.db, to)
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

    /// Sets the size of SQLite's page cache, and the size of the write-ahead log at which a commit
    /// copies it into the file, in bytes; 0 for never. A log that was longer gives its space back
    /// once it is copied.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn cache(&self, bytes: i64, log: i64) -> Result<(), StoreError> {
        let page: i64 = self.db.query_row("pragma page_size", [], |r| r.get(0))?;
        let (kib, pages) = (bytes / 1024, log / page.max(512));
        let kept = if log == 0 { -1 } else { log };
        let set = format!(
            "pragma cache_size = -{kib}; pragma wal_autocheckpoint = {pages};
             pragma journal_size_limit = {kept};"
        );
        Ok(self.db.execute_batch(&set)?)
    }

    /// Gives back the memory of SQLite's page cache.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn release_memory(&self) -> Result<(), StoreError> {
        Ok(self.db.execute_batch("pragma shrink_memory")?)
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
        let bytes = self.file_bytes()?;
        let articles: i64 = self
            .db
            .query_row("select count(*) from article", [], |r| r.get(0))?;
        Ok((bytes.unsigned_abs(), articles.unsigned_abs()))
    }

    /// The size of the file in bytes, with what is in the journal only.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn file_bytes(&self) -> Result<i64, StoreError> {
        let pages: i64 = self.db.query_row("pragma page_count", [], |r| r.get(0))?;
        let page: i64 = self.db.query_row("pragma page_size", [], |r| r.get(0))?;
        Ok(pages * page)
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

    /// Whether the file at the path is still the one that was opened.
    fn is_in_place(&self) -> bool {
        self.file == file_id(&self.path)
    }

    /// Runs `work` as one transaction: everything is stored, or nothing.
    fn write<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        if let Some(obstacle) = self.obstacle {
            return Err(obstacle.into());
        }
        // SQLite goes on writing to a file that was deleted or replaced, and everything written
        // would be lost when the program ends.
        if !self.is_in_place() {
            return Err(StoreError::TakenAway);
        }
        // Immediate: a transaction that begins with a read fails at once with SQLITE_BUSY when it
        // comes to write, instead of waiting for its turn.
        let step = Transaction::new_unchecked(&self.db, TransactionBehavior::Immediate)?;
        // A newer program may have migrated the file since it was opened.
        let (found, known) = (open::form(&step)?, open::known_form());
        if found > known {
            return Err(StoreError::Newer { found, known });
        }
        let out = work(&step)?;
        step.commit()?;
        Ok(out)
    }

    /// As [`Store::write`] for what the user chose to keep: it is on the disk when this returns,
    /// also after a power cut, and is counted, so that [`copies`] knows what a copy lacks.
    ///
    /// Other writes wait for no disk: what a power cut takes of them is fetched again.
    fn keep<T>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        // SQLite ignores the setting inside a transaction.
        self.db.execute_batch("pragma synchronous = full")?;
        let out = self.write(|step| {
            let out = work(step)?;
            kept::count_act(step)?;
            Ok(out)
        });
        self.db.execute_batch("pragma synchronous = normal")?;
        out
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
