//! Fetching what is due: many servers at once, each treated gently, one writer, memory bounded.
//!
//! A crew of threads takes feeds from a [`queue`] that holds back what would press a host, and
//! waits for their servers. A few at a time take in bodies; as many readers as there are cores make
//! articles of them; through a narrow channel these go to the caller's thread, which alone writes
//! to the store, some hundred entries a transaction, and tells of each feed once it is stored. So
//! much waiting may go on at once, and little is held in memory.

mod full_text;
pub mod job;
pub(crate) mod ranking;

mod queue;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

pub use full_text::fetch_ahead;

use super::cancel::Cancel;
use super::failures::of_net;
use super::net::{ACCEPT_FEED, ACCEPT_PAGE, Limits, Net, NetError, Request, Response};

use super::store::{self, Answered, Delivery, DueFeed, Store, StoreError};
use crate::app::Cause;
use crate::extract::Profiles;
use crate::extract::feed::{FeedError, ParsedFeed, feed};
use crate::extract::section;
use crate::news::{Added, FeedId};

use queue::{Place, Queue, Room};

/// How to refresh.
#[derive(Clone, Debug)]
pub struct Manners {
    /// Feeds being fetched at once.
    pub crew: usize,
    /// Of these, from one host.
    pub per_host: usize,
    /// Between two requests to one host; this machine itself needs no sparing.
    pub spacing: Duration,
    /// Between two requests for one feed, where it does not wish for more.
    pub interval: Duration,
    /// Bytes of one feed, unpacked.
    pub max_bytes: u64,
    /// Of a single fetch.
    pub limits: Limits,
    /// What publishers' servers want to be asked as, and how their pages are read.
    pub profiles: Arc<Profiles>,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            crew: 100,
            per_host: 2,
            spacing: Duration::from_millis(200),
            interval: Duration::from_secs(30 * 60),
            max_bytes: 48 << 20,
            limits: Limits::default(),
            profiles: Arc::default(),
        }
    }
}

/// How a refresh goes on.
#[derive(Clone, Debug, PartialEq)]
pub enum RefreshEvent {
    /// So many feeds are to be fetched.
    Started {
        /// Feeds.
        feeds: usize,
    },
    /// One feed is done, and what it brought is stored.
    FeedDone {
        /// Which.
        feed: FeedId,
        /// What it brought; nothing where nothing had changed.
        outcome: Result<Added, Fault>,
        /// Feeds done so far.
        done: usize,
    },
    /// All are done, or it was called off.
    Finished(Summary),
}

/// The sum of a refresh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Feeds asked.
    pub feeds: usize,
    /// Feeds that had nothing new to say.
    pub unchanged: usize,
    /// Feeds that failed.
    pub failed: usize,
    /// New articles.
    pub new: usize,
    /// Articles whose words changed.
    pub updated: usize,
    /// It was called off before the end.
    pub cancelled: bool,
}

/// Why a feed brought nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No answer to read.
    #[error(transparent)]
    Net(#[from] NetError),
    /// An answer, but no feed.
    #[error(transparent)]
    NotAFeed(#[from] FeedError),
    /// A fault of ours in reading it.
    #[error("reading the feed failed")]
    Bug,
}

impl Fault {
    /// Its cause, as a reader is told.
    pub fn cause(&self) -> Cause {
        match self {
            Self::Net(error) => of_net(error, "").cause,
            Self::NotAFeed(_) => Cause::NotAFeed,
            Self::Bug => Cause::Bug,
        }
    }
}

/// What a member of the crew brings back.
struct Fetched {
    due: DueFeed,
    outcome: Result<Option<ParsedFeed>, Fault>,
    answered: Answered,
}

/// Fetches `feeds` and stores what they bring; blocks until all is done. `on` is told of each step,
/// on this thread.
///
/// # Errors
/// Where the store cannot be written. A feed that fails is no error.
pub fn refresh(
    store: &Store,
    feeds: Vec<DueFeed>,
    manners: &Manners,
    cancel: &Cancel,
    on: &mut dyn FnMut(RefreshEvent),
) -> Result<Summary, StoreError> {
    let mut summary = Summary {
        feeds: feeds.len(),
        ..Summary::default()
    };
    on(RefreshEvent::Started { feeds: feeds.len() });
    let crew = manners.crew.clamp(1, feeds.len().max(1));
    let readers = thread::available_parallelism()
        .map_or(2, usize::from)
        .min(4);
    let work = Work {
        queue: Queue::new(
            feeds,
            |due| &due.feed.url,
            manners.per_host,
            manners.spacing,
        ),
        bodies: Room::new(readers * 3),
        net: Net::new(manners.limits),
        manners,
        cancel,
    };
    store.cache(WIDE, LONG)?;
    let outcome = thread::scope(|scope| {
        let (hand_in, bodies) = sync_channel(0);
        // What was read waits here for the writer, so that it stores much at a time.
        let (send, brought) = sync_channel(readers * 2);
        let bodies = Arc::new(Mutex::new(bodies));
        for _ in 0..readers {
            let (work, send, bodies) = (&work, send.clone(), bodies.clone());
            scope.spawn(move || work.read_all(&bodies, &send));
        }
        for _ in 0..crew {
            let (work, send, hand_in) = (&work, send.clone(), hand_in.clone());
            scope.spawn(move || work.fetch_all(&hand_in, &send));
        }
        drop((send, hand_in, bodies));
        let outcome = store_all(store, &brought, &work, &mut summary, on);
        // Frees who still waits: for a turn, for a silent server, or to hand over what nobody takes
        // any more.
        drop(brought);
        work.stop();
        outcome
    });
    store.cache(store::CACHE, store::JOURNAL)?;
    outcome?;
    summary.cancelled = cancel.is_cancelled();
    if summary.new > 1_000 {
        store.tidy()?;
    }
    on(RefreshEvent::Finished(summary));
    Ok(summary)
}

/// What the crew shares.
struct Work<'a> {
    queue: Queue<DueFeed>,
    bodies: Room,
    net: Net,
    manners: &'a Manners,
    cancel: &'a Cancel,
}

/// A body to be read, and its place in memory.
struct Body<'a> {
    due: DueFeed,
    response: Response,
    place: Place<'a>,
}

impl Work<'_> {
    /// Takes feeds and fetches them, until none is left.
    fn fetch_all<'w>(&'w self, hand_in: &SyncSender<Body<'w>>, send: &SyncSender<Fetched>) {
        loop {
            self.bodies.await_calm();
            let Some((due, host)) = self.queue.take() else {
                return;
            };
            let request = Request {
                etag: due.etag.as_deref(),
                last_modified: due.last_modified.as_deref(),
                user_agent: self.manners.profiles.name_for(&due.feed.url),
                from: None,
                accept: if due.feed.page {
                    ACCEPT_PAGE
                } else {
                    ACCEPT_FEED
                },
                max_bytes: self.manners.max_bytes,
                cancel: self.cancel,
                progress: None,
            };
            let fetched = self.fetch(&due, &request);
            drop(host);
            let handed = match fetched {
                Ok((response, Some(place))) => hand_in
                    .send(Body {
                        due,
                        response,
                        place,
                    })
                    .is_ok(),
                Ok((response, None)) => {
                    let answered = self.answered(&response, None, Timestamp::now());
                    send.send(Fetched {
                        due,
                        outcome: Ok(None),
                        answered,
                    })
                    .is_ok()
                }
                Err(e) => send
                    .send(self.failed(due, Fault::Net(e), Timestamp::now()))
                    .is_ok(),
            };
            if !handed {
                return;
            }
        }
    }

    /// An answer, and the place that its body takes, where it has one.
    fn fetch(
        &self,
        due: &DueFeed,
        request: &Request<'_>,
    ) -> Result<(Response, Option<Place<'_>>), NetError> {
        let opened = self.net.open(&due.feed.url, request)?;
        if opened.unchanged() {
            return Ok((opened.read(Vec::new(), request)?, None));
        }
        let mut place = self.bodies.enter(PATIENCE);
        let response = opened.read(std::mem::take(&mut place.buffer), request)?;
        Ok((response, Some(place)))
    }

    /// Makes articles of bodies, until none comes any more.
    fn read_all(&self, bodies: &Mutex<Receiver<Body<'_>>>, send: &SyncSender<Fetched>) {
        loop {
            let next = bodies.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(Body {
                due,
                mut response,
                mut place,
            }) = next
            else {
                return;
            };
            let charset = response.headers.charset.as_deref();
            let url = response.final_url.as_str();
            let read = || match due.feed.page {
                true => section(&response.body, charset, url, &self.manners.profiles),
                false => feed(&response.body, charset, url),
            };
            let now = Timestamp::now();
            let fetched = match catch_unwind(AssertUnwindSafe(read)) {
                Err(_) => self.failed(due, Fault::Bug, now),
                Ok(Err(e)) => self.failed(due, Fault::NotAFeed(e), now),
                Ok(Ok(parsed)) => {
                    let answered = self.answered(&response, Some(&parsed), now);
                    Fetched {
                        due,
                        outcome: Ok(Some(parsed)),
                        answered,
                    }
                }
            };
            place.buffer = std::mem::take(&mut response.body);
            drop(place);
            if send.send(fetched).is_err() {
                return;
            }
        }
    }

    fn answered(
        &self,
        response: &Response,
        parsed: Option<&ParsedFeed>,
        now: Timestamp,
    ) -> Answered {
        let headers = &response.headers;
        let ttl = parsed
            .and_then(|p| p.ttl)
            .map(|minutes| Duration::from_secs(u64::from(minutes) * 60));
        let wish = ttl
            .unwrap_or_default()
            .max(headers.fresh.unwrap_or_default())
            .min(A_DAY);
        Answered {
            at: now,
            due: now + later(self.manners.interval.max(wish)),
            validators: parsed.map(|_| (headers.etag.clone(), headers.last_modified.clone())),
            told: parsed.map(|p| p.feed.clone()),
            ttl: ttl.and_then(|t| i64::try_from(t.as_secs()).ok()),
            held_off: None,
            moved: response
                .permanent_redirect
                .as_ref()
                .map(ToString::to_string),
            error: None,
        }
    }

    fn failed(&self, due: DueFeed, fault: Fault, now: Timestamp) -> Fetched {
        let asked = match &fault {
            Fault::Net(e) => e.retry_after().unwrap_or_default(),
            _ => Duration::ZERO,
        };
        // Each failure in a row doubles the wait.
        let wait = self
            .manners
            .interval
            .saturating_mul(1 << due.failures.min(10))
            .min(A_DAY)
            .max(asked);
        let answered = Answered {
            at: now,
            due: now + later(wait),
            validators: None,
            told: None,
            ttl: None,
            held_off: (!asked.is_zero()).then(|| now + later(asked)),
            moved: None,
            error: Some(format!("{}: {fault}", fault.cause().name())),
        };
        Fetched {
            due,
            outcome: Err(fault),
            answered,
        }
    }

    fn stop(&self) {
        self.queue.close();
        self.net.hang_up();
    }
}

const A_DAY: Duration = Duration::from_secs(24 * 3600);

/// Entries a transaction, about.
const BATCH: usize = 1024;

/// Bytes of SQLite's cache meanwhile: hashes fall all over their indexes, and each miss is a call
/// to the system.
const WIDE: i64 = 8 << 20;

/// Bytes of its journal meanwhile.
const LONG: i64 = 24 << 20;

/// How long to wait for room for a body, while others are slow with theirs.
const PATIENCE: Duration = Duration::from_secs(2);

fn later(wait: Duration) -> SignedDuration {
    SignedDuration::from_secs(
        i64::try_from(wait.as_secs())
            .unwrap_or(i64::MAX)
            .min(30 * 24 * 3600),
    )
}

/// The writer's part.
fn store_all(
    store: &Store,
    brought: &Receiver<Fetched>,
    work: &Work<'_>,
    summary: &mut Summary,
    on: &mut dyn FnMut(RefreshEvent),
) -> Result<(), StoreError> {
    let mut done = 0;
    loop {
        let first = match brought.recv_timeout(Duration::from_millis(100)) {
            Ok(first) => first,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
            Err(RecvTimeoutError::Timeout) if work.cancel.is_cancelled() => return Ok(()),
            Err(RecvTimeoutError::Timeout) => continue,
        };
        let mut batch = vec![first];
        let entries = |f: &Fetched| {
            f.outcome
                .as_ref()
                .ok()
                .and_then(Option::as_ref)
                .map_or(1, |p| p.entries.len())
        };
        let mut size = entries(&batch[0]);
        while size < BATCH
            && let Ok(next) = brought.try_recv()
        {
            size += entries(&next);
            batch.push(next);
        }
        // A feed that was called off did not fail.
        batch.retain(|f| f.outcome != Err(Fault::Net(NetError::Cancelled)));
        let deliveries: Vec<Delivery<'_>> = batch.iter().map(Fetched::delivery).collect();
        let added = store.deliver(&deliveries)?;
        for (fetched, delivery) in batch.iter().zip(&deliveries) {
            ranking::remember(
                store,
                (fetched.due.id, &fetched.due.feed),
                delivery.entries,
                fetched.answered.at,
            )?;
        }
        for (fetched, added) in batch.into_iter().zip(added) {
            done += 1;
            summary.count(&fetched, &added);
            let outcome = fetched.outcome.map(|_| added);
            on(RefreshEvent::FeedDone {
                feed: fetched.due.id,
                outcome,
                done,
            });
        }
        store.index(work.cancel).or_else(|e| {
            if matches!(e, StoreError::Cancelled) {
                Ok(0)
            } else {
                Err(e)
            }
        })?;
    }
}

impl Fetched {
    fn delivery(&self) -> Delivery<'_> {
        let entries = self
            .outcome
            .as_ref()
            .ok()
            .and_then(Option::as_ref)
            .map_or(&[][..], |p| &p.entries);
        Delivery {
            feed: self.due.id,
            entries,
            answered: &self.answered,
        }
    }
}

impl Summary {
    fn count(&mut self, fetched: &Fetched, added: &Added) {
        match &fetched.outcome {
            Err(_) => self.failed += 1,
            Ok(_) if added.new.is_empty() && added.updated.is_empty() => self.unchanged += 1,
            Ok(_) => {}
        }
        self.new += added.new.len();
        self.updated += added.updated.len();
    }
}
