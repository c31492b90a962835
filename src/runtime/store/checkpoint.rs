//! Copies SQLite's write-ahead log into the library's file beside the thread that writes.
//!
//! SQLite itself does so within a commit. In a first fetch that took a sixth of the writing
//! thread's processor time, and made it wait for the disk.

use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;

use super::{Store, StoreError};

/// A second connection to a library, which copies its log while the first one writes.
#[derive(Debug)]
pub struct Checkpointer {
    db: Mutex<Connection>,
    /// Bytes of a page.
    page: i64,
}

/// Sends the thread that runs [`Checkpointer::run`] to work; it ends when this is dropped.
#[derive(Debug)]
pub struct CheckpointRequests(SyncSender<()>);

impl Store {
    /// What copies the log of this library once SQLite was told not to ([`Store::cache`]).
    /// `None` for a library in memory, and for one that can't be opened a second time.
    pub fn checkpointer(&self) -> Option<Checkpointer> {
        if self.path.as_os_str().is_empty() || self.obstacle.is_some() {
            return None;
        }
        let open = || {
            let db = Connection::open(&self.path)?;
            let page: i64 = db.query_row("pragma page_size", [], |r| r.get(0))?;
            db.execute_batch("pragma synchronous = normal")?;
            Ok::<_, rusqlite::Error>((db, page.max(512)))
        };
        let (db, page) = open()
            .inspect_err(|error| tracing::warn!(%error, "no second connection"))
            .ok()?;
        Some(Checkpointer {
            db: Mutex::new(db),
            page,
        })
    }
}

impl Checkpointer {
    /// Requests, and where they arrive.
    pub fn requests() -> (CheckpointRequests, Receiver<()>) {
        let (send, receive) = sync_channel(1);
        (CheckpointRequests(send), receive)
    }

    /// Copies what was committed, at each request; returns when there will be none.
    pub fn run(&self, requests: Receiver<()>) {
        while requests.recv().is_ok() {
            self.copy();
        }
    }

    /// To be called after a commit by the thread that writes to `store`. Has the log copied, and
    /// waits for that only where it has `longest` bytes: not before all is copied does SQLite begin
    /// the log anew, and until then it grows.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn committed(
        &self,
        store: &Store,
        requests: &CheckpointRequests,
        longest: i64,
    ) -> Result<(), StoreError> {
        let look = "pragma wal_checkpoint(noop)";
        let mut look = store.db.prepare_cached(look)?;
        let length: i64 = look.query_row([], |row| row.get(1))?;
        if length * self.page >= longest {
            self.copy();
        } else {
            // Where one request waits already, that will do.
            let _ = requests.0.try_send(());
        }
        Ok(())
    }

    fn copy(&self) {
        let db = self.db.lock().unwrap_or_else(PoisonError::into_inner);
        // Passive: waits for nobody, and leaves what a reader still needs as it was. What fails is
        // tried again after the next commit.
        if let Err(error) = db.query_row("pragma wal_checkpoint(passive)", [], |_| Ok(())) {
            tracing::warn!(%error, "the log can't be copied");
        }
    }
}
