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

/// Most entries of a transaction, in a library of up to [`LARGE`] bytes. In one of a hundred
/// thousand articles, a delivery of one writes 10 KB of scattered pages in transactions of 1,024
/// entries, 3 KB in those of 4,096, and 2 KB in those of 8,192.
const LARGEST_BATCH: usize = 8192;

/// How long a transaction of more than [`BATCH`] entries takes in further ones, in such a library.
/// Whoever else wants to write waits for it: a key that marks an article, another process.
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
/// their index, and the articles of a feed over all that are ordered by date. Pages that don't stay
/// until their transaction ends are written and read again for the next feed of it.
const CACHE: RangeInclusive<i64> = 12 << 20..=192 << 20;

/// The part of a library that the cache holds. A million articles (3.7 GB) took 63 s with a 64th,
/// 51 s with a 24th, and 49 s with a 20th.
const CACHED: i64 = 20;

/// Bytes of SQLite's write-ahead log during a refresh of a library of up to [`LARGE`] bytes; see
/// [`Checkpointer`].
const LOG: i64 = 64 << 20;

/// Bytes of a library from which on transactions and the log grow with it, since the pages do over
/// which an article is scattered. A million articles wrote 28 GB in transactions of 8,192, and
/// write 13 GB so.
const LARGE: i64 = 400 << 20;

/// How many times larger they become. Another writer then has a turn every 1.7 seconds.
const LARGEST: u32 = 5;

/// How a refresh writes, by the size that the library has.
#[derive(Clone, Copy)]
struct Pace {
    /// Bytes of SQLite's page cache.
    cache: i64,
    /// Bytes of the write-ahead log.
    log: i64,
    /// Most entries of a transaction.
    largest_batch: usize,
    /// How long one of more than [`BATCH`] entries takes in further ones.
    longest: Duration,
}

impl Pace {
    /// For a library of `bytes`.
    fn of(bytes: i64) -> Self {
        let times = u32::try_from(bytes / LARGE).map_or(LARGEST, |times| times.clamp(1, LARGEST));
        Self {
            cache: (bytes / CACHED).clamp(*CACHE.start(), *CACHE.end()),
            log: LOG * i64::from(times),
            largest_batch: LARGEST_BATCH * times as usize,
            longest: LONGEST * times,
        }
    }
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
    let checkpointer = store.checkpointer();
    let set_pace = || {
        let pace = Pace::of(store.file_bytes()?);
        // Without a checkpointer, SQLite copies the log itself.
        let log = if checkpointer.is_some() { 0 } else { pace.log };
        store.cache(pace.cache, log)?;
        Ok(pace)
    };
    let first = set_pace()?;
    thread::scope(|scope| {
        let (requests, arriving) = Checkpointer::requests();
        let checkpointer = checkpointer.as_ref();
        if let Some(checkpointer) = checkpointer {
            scope.spawn(move || checkpointer.run(arriving));
        }
        let mut committed = |pace: Pace| {
            if let Some(checkpointer) = checkpointer {
                checkpointer.committed(store, &requests, pace.log)?;
            }
            set_pace()
        };
        store_batches(
            store,
            brought,
            cancel,
            (report, on),
            (first, &mut committed),
        )
    })
}

/// As [`store_all`]; calls `committed` after each transaction, which tells the pace of the next.
fn store_batches(
    store: &Store,
    brought: &Receiver<Brought>,
    cancel: &Cancel,
    (report, on): (&mut RefreshReport, &mut dyn FnMut(RefreshEvent)),
    (mut pace, committed): (Pace, &mut dyn FnMut(Pace) -> Result<Pace, StoreError>),
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
            store_batch(open, first, brought, &mut parts, pace)
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
        pace = committed(pace)?;
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
    pace: Pace,
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
        let is_long = begin.elapsed() >= pace.longest;
        next = if entries >= pace.largest_batch || is_long && entries >= BATCH {
            None
        } else if is_long || new < WORTH_WAITING {
            brought.try_recv().ok()
        } else {
            brought.recv_timeout(LULL).ok()
        };
    }
    Ok(stored)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transactions_grow_with_a_library_up_to_a_bound() {
        let paces = [0, LARGE, 3 * LARGE, i64::MAX].map(Pace::of);
        let entries = paces.map(|pace| pace.largest_batch);
        assert_eq!(entries, [8192, 8192, 3 * 8192, 5 * 8192]);
        assert!(paces.is_sorted_by_key(|pace| (pace.cache, pace.log, pace.longest)));
        assert!(paces[3].longest < Duration::from_secs(2));
        assert!(CACHE.contains(&paces[0].cache) && CACHE.contains(&paces[3].cache));
    }
}
