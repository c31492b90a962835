//! The writing thread of a refresh: takes in what the parsing threads send, many feeds in a
//! transaction.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::outcome::{Brought, RefreshError, RefreshEvent, RefreshReport};
use super::ranking;
use jiff::Timestamp;

use crate::app::protocol::ranking::Ranking;
use crate::news::{Added, FeedId};
use crate::runtime::cancel::Cancel;
use crate::runtime::net::NetError;
use crate::runtime::store::{Checkpointer, KnownKeys, OpenDelivery, Store, StoreError};

/// A transaction takes as many entries as this at any rate, if they are there.
const BATCH: usize = 1024;

/// Most entries of a transaction. In a library of a hundred thousand articles, a delivery of one
/// writes 10 KB of scattered pages in transactions of 1,024 entries, 3 KB in those of 4,096, and 2
/// KB in those of 8,192.
const LARGEST_BATCH: usize = 8192;

/// How long a transaction of more than [`BATCH`] entries takes in further ones. Whoever else wants
/// to write waits for it: a key that marks an article, another process.
const LONGEST: Duration = Duration::from_millis(300);

/// From so many new articles on, an open transaction waits for the next feed to be parsed. Answers
/// that bring nothing new are worth no lock.
const WORTH_WAITING: usize = 64;

/// How long it waits.
const LULL: Duration = Duration::from_millis(10);

/// The pause after a long transaction, in which another writer gets its turn. Longer than the
/// interval at which one who waits looks.
const PAUSE: Duration = Duration::from_millis(5);

/// Bytes of SQLite's page cache during a refresh. Article ids are hashes and so spread all over
/// their index, and each cache miss is a system call. The indexes of ids are a 90th of a library.
const CACHE: RangeInclusive<i64> = 12 << 20..=64 << 20;

/// Bytes of SQLite's write-ahead log during a refresh; see [`Checkpointer`].
const LOG: i64 = 64 << 20;

/// Sizes the page cache for a refresh of a library that has the size that it has now.
fn set_cache(store: &Store, log: i64) -> Result<(), StoreError> {
    let bytes = store.file_bytes()?;
    store.cache((bytes / 64).clamp(*CACHE.start(), *CACHE.end()), log)
}

/// A feed whose entries are stored.
struct StoredFeed {
    feed: FeedId,
    /// Why it failed, after what is stored of it.
    error: Option<RefreshError>,
    /// What is stored of it.
    added: Added,
    is_cut: bool,
    /// The order of its articles, where that means something.
    ranking: Option<Ranking>,
}

/// What is stored of a feed that is still being received.
#[derive(Default)]
struct StoredParts {
    /// Entries that came so far.
    entries: usize,
    /// When the first came.
    since: Option<Timestamp>,
    added: Added,
}

/// Stores what the parsing threads send, on the caller's thread, and has the log copied beside it.
pub(super) fn store_all(
    store: &Store,
    brought: &Receiver<Brought>,
    cancel: &Cancel,
    report: &mut RefreshReport,
    on: &mut dyn FnMut(RefreshEvent),
) -> Result<(), StoreError> {
    let checkpointer = store.checkpointer(LOG);
    // Without one, SQLite copies the log itself.
    let log = if checkpointer.is_some() { 0 } else { LOG };
    set_cache(store, log)?;
    thread::scope(|scope| {
        let (requests, arriving) = Checkpointer::requests();
        let checkpointer = checkpointer.as_ref();
        if let Some(checkpointer) = checkpointer {
            scope.spawn(move || checkpointer.run(arriving));
        }
        let mut committed = || {
            if let Some(checkpointer) = checkpointer {
                checkpointer.committed(store, &requests)?;
            }
            set_cache(store, log)
        };
        store_batches(store, brought, cancel, (report, on), &mut committed)
    })
}

/// As [`store_all`]; calls `committed` after each transaction.
fn store_batches(
    store: &Store,
    brought: &Receiver<Brought>,
    cancel: &Cancel,
    (report, on): (&mut RefreshReport, &mut dyn FnMut(RefreshEvent)),
    committed: &mut dyn FnMut() -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let (mut done, mut parts, mut known) = (0, BTreeMap::new(), KnownKeys::default());
    loop {
        let first = match brought.recv_timeout(Duration::from_millis(100)) {
            Ok(first) => first,
            Err(RecvTimeoutError::Timeout) if !cancel.is_cancelled() => continue,
            Err(RecvTimeoutError::Disconnected | RecvTimeoutError::Timeout) => {
                // Feeds whose request was cancelled are not done, but their parts are stored.
                let parts: BTreeMap<FeedId, StoredParts> = parts;
                for before in parts.values() {
                    report.count_articles(&before.added);
                }
                return Ok(());
            }
        };
        let begin = Instant::now();
        let stored = store.deliver_in(&mut known, |open| {
            store_batch(open, first, brought, &mut parts)
        })?;
        for fetched in stored {
            if let Some(ranking) = fetched.ranking {
                ranking::remember(store, fetched.feed, ranking)?;
            }
            done += 1;
            report.count(&fetched.added, fetched.error.is_some(), fetched.is_cut);
            on(RefreshEvent::FeedDone {
                feed: fetched.feed,
                outcome: fetched.error.map_or(Ok(fetched.added), Err),
                is_cut: fetched.is_cut,
                done,
            });
        }
        store.index(cancel).or_else(|e| {
            if matches!(e, StoreError::Cancelled) {
                Ok(0)
            } else {
                Err(e)
            }
        })?;
        committed()?;
        if begin.elapsed() >= LONGEST {
            thread::sleep(PAUSE);
        }
    }
}

/// Takes in `first` and the feeds that come after it, until there is enough for a transaction.
fn store_batch(
    open: &mut OpenDelivery<'_>,
    first: Brought,
    brought: &Receiver<Brought>,
    parts: &mut BTreeMap<FeedId, StoredParts>,
) -> Result<Vec<StoredFeed>, StoreError> {
    let begin = Instant::now();
    let (mut stored, mut entries, mut new, mut next) = (Vec::new(), 0, 0, Some(first));
    while let Some(taken) = next {
        match taken {
            Brought::Part(feed, part) => {
                let before = parts.entry(feed).or_default();
                let since = *before.since.get_or_insert_with(Timestamp::now);
                let added = open.put_part(feed, &part, before.entries, since)?;
                entries += part.len();
                new += added.new.len();
                before.entries += part.len();
                before.added.extend(added);
            }
            Brought::Feed(fetched) => {
                let fetched = *fetched;
                let delivery = fetched.delivery();
                entries += delivery.entries.len().max(1);
                // A feed whose request was cancelled did not fail: its wait must not double.
                if fetched.outcome != Err(RefreshError::Net(NetError::Cancelled)) {
                    let mut before = parts.remove(&fetched.due.id).unwrap_or_default();
                    let since = before.since.unwrap_or(fetched.check.at);
                    let added = open.put(&delivery, before.entries, since)?;
                    new += added.new.len();
                    before.added.extend(added);
                    let feed = &fetched.due.feed;
                    stored.push(StoredFeed {
                        feed: fetched.due.id,
                        is_cut: fetched.is_cut,
                        ranking: ranking::ranking_of(feed, delivery.entries, fetched.check.at),
                        error: fetched.outcome.err(),
                        added: before.added,
                    });
                }
            }
        }
        let is_long = begin.elapsed() >= LONGEST;
        next = if entries >= LARGEST_BATCH || is_long && entries >= BATCH {
            None
        } else if is_long || new < WORTH_WAITING {
            brought.try_recv().ok()
        } else {
            brought.recv_timeout(LULL).ok()
        };
    }
    Ok(stored)
}
