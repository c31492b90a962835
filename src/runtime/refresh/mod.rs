//! Refreshes subscriptions: from many servers at once with few requests to each, within bounded
//! memory.
//!
//! A hundred threads take feeds from a [`queue`] that limits requests to each host, and wait for
//! their servers. Only a few of them hold a body at a time; as many parsing threads as there are
//! cores parse the bodies and send the articles to the caller's thread, which alone writes to the
//! library, thousands of entries in a transaction. So many servers are waited for at once, and
//! little is held in memory.
//!
//! * `policy` – how gently servers are asked; `queue` – limits for each host, and the buffer pool
//! * `storing` – the writing thread; `outcome` – what comes of each feed
//! * `library` – a refresh of the whole library
//! * `local` – programs and files as feeds; `mailbox` – folders of mail
//! * `downloads` – recordings and films, fetched ahead of listening
//! * `full_text` – pages of unread articles, fetched ahead of reading
//! * `scrap_texts` – pages of scraps that came without a text
//! * `ranking` – feeds that are a publisher's list of most read articles

pub mod downloads;
mod full_text;
mod library;
mod local;
mod mailbox;
mod outcome;
mod policy;
mod queue;
pub(crate) mod ranking;
pub mod scrap_texts;
mod storing;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

pub use full_text::{fetch_ahead, fetch_library_ahead, fetch_library_later};
pub use library::{enter_sources, refresh_library};
pub use outcome::{RefreshError, RefreshEvent, RefreshReport};
pub use policy::FetchPolicy;

use super::cancel::Cancel;
use super::net::{ACCEPT_FEED, ACCEPT_PAGE, Net, NetError, Request, Response};
use super::store::{self, DueFeed, FeedCheck, KeyedEntry, Store, StoreError};
use crate::extract::feed::pieces::FeedPieces;
use crate::extract::feed::{MAX_ENTRIES, ParsedFeed, feed};
use crate::extract::section;
use crate::news::FeedId;

use outcome::{Brought, FetchedFeed};
use queue::{BufferPool, PooledBuffer, Queue};
use storing::store_all;

/// Which subscriptions a refresh asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedSelection {
    /// All, due or not, except those whose server asked for a pause.
    All,
    /// Those whose interval has passed.
    Due,
    /// Of these, all, due or not.
    These(Vec<FeedId>),
}

/// Fetches `feeds` and stores what they deliver; blocks until all is done. Calls `on` for each
/// step, on this thread.
///
/// # Errors
/// The store can't be written. A feed that fails is counted, not an error.
pub fn refresh(
    store: &Store,
    feeds: Vec<DueFeed>,
    policy: &FetchPolicy,
    cancel: &Cancel,
    on: &mut dyn FnMut(RefreshEvent),
) -> Result<RefreshReport, StoreError> {
    let mut report = RefreshReport {
        feeds: feeds.len(),
        ..RefreshReport::default()
    };
    on(RefreshEvent::Started { feeds: feeds.len() });
    let fetchers = policy.fetchers.clamp(1, feeds.len().max(1));
    let readers = thread::available_parallelism()
        .map_or(2, usize::from)
        .min(4);
    let work = RefreshWork {
        queue: Queue::new(feeds, |due| &due.feed.url, policy.per_host, policy.spacing),
        bodies: BufferPool::new(readers * 3),
        net: Net::with_access(policy.limits, policy.access.clone()),
        policy,
        cancel,
    };
    let outcome = thread::scope(|scope| {
        let (hand_in, bodies) = sync_channel(0);
        // The writer has a queue of its own, so that several feeds share a transaction. It is
        // short, since the entries wait in it with their words.
        let (send, brought) = sync_channel(readers);
        let bodies = Arc::new(Mutex::new(bodies));
        for _ in 0..readers {
            let (work, send, bodies) = (&work, send.clone(), bodies.clone());
            scope.spawn(move || work.read_all(&bodies, &send));
        }
        for _ in 0..fetchers {
            let (work, send, hand_in) = (&work, send.clone(), hand_in.clone());
            scope.spawn(move || work.fetch_all(&hand_in, &send));
        }
        drop((send, hand_in, bodies));
        let outcome = store_all(store, &brought, cancel, &mut report, on);
        // Ends the threads that still wait: for a host, for a silent server, or to send into a
        // channel that nothing receives from any more.
        drop(brought);
        work.stop();
        outcome
    });
    store.cache(store::CACHE, store::JOURNAL)?;
    store.release_memory()?;
    outcome?;
    report.cancelled = cancel.is_cancelled();
    if report.new > 1_000 {
        store.tidy()?;
    }
    on(RefreshEvent::Finished(report));
    Ok(report)
}

/// What the threads of a refresh share.
struct RefreshWork<'a> {
    queue: Queue<DueFeed>,
    bodies: BufferPool,
    net: Net,
    policy: &'a FetchPolicy,
    cancel: &'a Cancel,
}

/// A body to be parsed, in a buffer of the pool.
struct FetchedBody<'a> {
    due: DueFeed,
    response: Response,
    slot: PooledBuffer<'a>,
    /// Number of entries that were sent before, in parts of the feed.
    sent: usize,
}

impl RefreshWork<'_> {
    /// The main loop of a fetching thread, until no feed is left.
    fn fetch_all<'w>(&'w self, hand_in: &SyncSender<FetchedBody<'w>>, send: &SyncSender<Brought>) {
        loop {
            self.bodies.wait_until_few_wait();
            let Some((due, host)) = self.queue.next_item() else {
                return;
            };
            let request = Request {
                etag: due.etag.as_deref(),
                last_modified: due.last_modified.as_deref(),
                user_agent: self.policy.user_agent_of(&due.feed.url),
                from: &[],
                accept: if due.feed.page {
                    ACCEPT_PAGE
                } else {
                    ACCEPT_FEED
                },
                max_bytes: self.policy.max_bytes,
                cut_to: Some(CUT_TO),
                resume: None,
                cancel: self.cancel,
                progress: None,
            };
            let fetched = self.fetch(&due, &request, send);
            drop(host);
            let handed = match fetched {
                Ok((response, Some((slot, sent)))) => hand_in
                    .send(FetchedBody {
                        due,
                        response,
                        slot,
                        sent,
                    })
                    .is_ok(),
                Ok((response, None)) => {
                    let check = self.check(&due, &response, None, Timestamp::now());
                    let unchanged = FetchedFeed {
                        due,
                        outcome: Ok(()),
                        entries: Vec::new(),
                        is_cut: false,
                        check,
                    };
                    send.send(Brought::Feed(Box::new(unchanged))).is_ok()
                }
                Err(e) => {
                    let failed = self.failed(due, RefreshError::Net(e), Timestamp::now());
                    send.send(Brought::Feed(Box::new(failed))).is_ok()
                }
            };
            if !handed {
                return;
            }
        }
    }

    /// Fetches a feed. Returns the response, and the buffer with its body, which there isn't after
    /// 304. A large feed is read and sent in parts while it comes; the last one is the body, with the
    /// number of entries that were sent before.
    fn fetch(
        &self,
        due: &DueFeed,
        request: &Request<'_>,
        send: &SyncSender<Brought>,
    ) -> Result<(Response, Option<(PooledBuffer<'_>, usize)>), NetError> {
        let opened = self.net.open(&due.feed.url, request)?;
        if opened.unchanged() {
            return Ok((opened.read(Vec::new(), request)?, None));
        }
        let mut slot = self.bodies.enter(BUFFER_TIMEOUT);
        let (charset, url) = (opened.headers().charset.clone(), opened.final_url().clone());
        let (mut pieces, mut entries) = (FeedPieces::default(), 0);
        let mut take = |body: &mut Vec<u8>| {
            if due.feed.page || entries >= MAX_ENTRIES {
                return;
            }
            let Some(piece) = pieces.take(body) else {
                return;
            };
            let room = MAX_ENTRIES - entries;
            match self.parse(due, &piece, (charset.as_deref(), url.as_str()), room) {
                Ok((_, part)) => {
                    entries += part.len();
                    // Fails only after the refresh has ended.
                    let _ = send.send(Brought::Part(due.id, part));
                }
                Err(error) => tracing::warn!(%error, "a part of a feed can't be read"),
            }
        };
        let body = std::mem::take(&mut slot.buffer);
        let mut response = opened.read_in_pieces(body, request, PIECE, &mut take)?;
        pieces.finish(&mut response.body);
        Ok((response, Some((slot, entries))))
    }

    /// Parses the response of a feed, or a part of it: what it says of itself, and at most `room`
    /// of its entries.
    fn parse(
        &self,
        due: &DueFeed,
        body: &[u8],
        (charset, url): (Option<&str>, &str),
        room: usize,
    ) -> Result<(ParsedFeed, Vec<KeyedEntry>), RefreshError> {
        let profiles = &self.policy.profiles;
        let read = || {
            let mut parsed = match due.feed.page {
                true => section(body, charset, url, profiles),
                false => feed(body, charset, url),
            }?;
            profiles.disown_entries(&mut parsed.entries, url);
            parsed.is_cut |= parsed.entries.len() > room;
            parsed.entries.truncate(room);
            let entries = KeyedEntry::of_feed(std::mem::take(&mut parsed.entries), due.is_new);
            Ok((parsed, entries))
        };
        catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(RefreshError::Bug))
    }

    /// The main loop of a parsing thread, until the fetching threads have ended.
    fn read_all(&self, bodies: &Mutex<Receiver<FetchedBody<'_>>>, send: &SyncSender<Brought>) {
        loop {
            let next = bodies.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(FetchedBody {
                due,
                mut response,
                mut slot,
                sent,
            }) = next
            else {
                return;
            };
            let charset = response.headers.charset.as_deref();
            let from = (charset, response.final_url.as_str());
            let room = MAX_ENTRIES.saturating_sub(sent);
            let parsed = self.parse(&due, &response.body, from, room);
            let now = Timestamp::now();
            let fetched = match parsed {
                Err(e) => self.failed(due, e, now),
                Ok((parsed, entries)) => {
                    // What could be read is stored, but it is asked as seldom as a broken feed.
                    let cut = response.is_cut.then(|| NetError::TooLarge {
                        host: response.final_url.host_str().unwrap_or_default().to_owned(),
                        limit: self.policy.max_bytes,
                    });
                    let check = match cut {
                        Some(error) => self.failed(due.clone(), error.into(), now).check,
                        None => self.check(&due, &response, Some(&parsed), now),
                    };
                    FetchedFeed {
                        due,
                        outcome: Ok(()),
                        entries,
                        is_cut: parsed.is_cut || response.is_cut,
                        check,
                    }
                }
            };
            slot.buffer = std::mem::take(&mut response.body);
            drop(slot);
            if send.send(Brought::Feed(Box::new(fetched))).is_err() {
                return;
            }
        }
    }

    fn check(
        &self,
        due: &DueFeed,
        response: &Response,
        parsed: Option<&ParsedFeed>,
        now: Timestamp,
    ) -> FeedCheck {
        let headers = &response.headers;
        let (etag, last_modified) = (headers.etag.clone(), headers.last_modified.clone());
        let validators = match parsed {
            Some(_) => Some((etag, last_modified)),
            // What a 304 says replaces what is stored, and what it doesn't say stays.
            None => (etag.is_some() || last_modified.is_some()).then(|| {
                (
                    etag.or_else(|| due.etag.clone()),
                    last_modified.or_else(|| due.last_modified.clone()),
                )
            }),
        };
        let ttl = parsed
            .and_then(|p| p.ttl)
            .map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
        let wish = ttl
            .unwrap_or_default()
            .max(headers.fresh.unwrap_or_default())
            .min(A_DAY);
        FeedCheck {
            at: now,
            due: now + later(self.policy.interval_of(&due.feed.url).max(wish)),
            validators,
            declared: parsed.map(|p| p.feed.clone()),
            ttl: ttl.and_then(|t| i64::try_from(t.as_secs()).ok()),
            held_off: None,
            moved: response
                .permanent_redirect
                .as_ref()
                .map(ToString::to_string),
            error: None,
        }
    }

    fn failed(&self, due: DueFeed, error: RefreshError, now: Timestamp) -> FetchedFeed {
        let asked = match &error {
            RefreshError::Net(e) => e.retry_after().unwrap_or_default(),
            _ => Duration::ZERO,
        };
        // Each consecutive failure doubles the wait, up to a day.
        let wait = self
            .policy
            .interval_of(&due.feed.url)
            .saturating_mul(1 << due.failures.min(10))
            .min(A_DAY)
            .max(asked);
        let check = FeedCheck {
            at: now,
            due: now + later(wait),
            validators: None,
            declared: None,
            ttl: None,
            held_off: (!asked.is_zero()).then(|| now + later(asked)),
            moved: None,
            error: Some(format!("{}: {error}", error.cause().name())),
        };
        FetchedFeed {
            due,
            outcome: Err(error),
            entries: Vec::new(),
            is_cut: false,
            check,
        }
    }

    fn stop(&self) {
        self.queue.close();
        self.net.hang_up();
    }
}

/// Bytes that are read of a feed larger than the limit. It is a newspaper's whole archive or has no
/// end; the newest articles come first in either, and parsing takes several times the memory.
const CUT_TO: usize = 4 << 20;

/// Bytes of a feed that are parsed at a time. A feed of 40 MB took 115 MB of memory as a whole.
const PIECE: usize = 1 << 20;

const A_DAY: Duration = Duration::from_secs(24 * 3600);

/// How long to wait for a buffer before the pool is assumed to be stuck with slow servers.
const BUFFER_TIMEOUT: Duration = Duration::from_secs(2);

fn later(wait: Duration) -> SignedDuration {
    SignedDuration::from_secs(
        i64::try_from(wait.as_secs())
            .unwrap_or(i64::MAX)
            .min(30 * 24 * 3600),
    )
}
