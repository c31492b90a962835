//! Fetches the full text of unread articles ahead of reading, so that they can be read offline.
//!
//! Gentler than a refresh: one request to a host at a time, a second between two, and one page
//! parsed at a time, so that a core stays free for the interface.

use std::sync::Mutex;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::policy::FetchPolicy;
use super::queue::Queue;
use crate::app::Failure;
use crate::extract::is_fuller;
use crate::news::{Article, ArticleId};
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::pagination::PaginatedFetch;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::net::{Net, Request};
use crate::runtime::store::{Store, StoreError, UnfetchedPage};

/// Most pages fetched after one refresh.
const MOST_AHEAD: usize = 200;
/// Number of fetching threads, each asking one host at a time.
const FETCHERS: usize = 6;
/// Time between two requests to a host.
const PAUSE: Duration = Duration::from_secs(1);
/// How long after a failed attempt a page is not requested again.
const AGAIN: SignedDuration = SignedDuration::from_hours(24);

/// Fetches the pages of at most `most` articles: those of the read-later queue, the longest waiting
/// first, then the unread ones, newest first; and stores those that have
/// more text than the feed gave; `on` is called for each. Returns how many were stored.
///
/// # Errors
/// The library can't be read or written. A page that can't be fetched is no error: the feed's text
/// stays.
pub fn fetch_ahead(
    store: &Store,
    most: usize,
    policy: &FetchPolicy,
    cancel: &Cancel,
    on: &mut dyn FnMut(ArticleId),
) -> Result<usize, StoreError> {
    let since = Timestamp::now() - AGAIN;
    let mut wanted = store.later_wanting_text(since)?;
    for page in store.wanting_text(since, most)? {
        if !wanted.contains(&page) {
            wanted.push(page);
        }
    }
    wanted.truncate(most);
    fetch_pages(store, wanted, policy, cancel, on)
}

/// Fetches these pages, except those of subscriptions whose settings forbid it, as [`fetch_ahead`]
/// does.
fn fetch_pages(
    store: &Store,
    mut wanted: Vec<UnfetchedPage>,
    policy: &FetchPolicy,
    cancel: &Cancel,
    on: &mut dyn FnMut(ArticleId),
) -> Result<usize, StoreError> {
    wanted.retain(|page| {
        let own = page.feed.as_ref().and_then(|feed| policy.feeds.of(feed));
        own.and_then(|own| own.full_text) != Some(false)
    });
    let fetchers = FETCHERS.min(wanted.len());
    let queue = Queue::new(wanted, |w| &w.url, 1, PAUSE.max(policy.spacing));
    let net = Net::with_access(policy.limits, policy.access.clone());
    let reading = Mutex::new(());
    let mut came = 0;
    thread::scope(|scope| {
        let (send, brought) = sync_channel(1);
        for _ in 0..fetchers {
            let (queue, net, reading, send) = (&queue, &net, &reading, send.clone());
            scope.spawn(move || fetch(queue, net, reading, policy, cancel, &send));
        }
        drop(send);
        let outcome = loop {
            match brought.recv_timeout(Duration::from_millis(100)) {
                Ok((id, article)) => match keep(store, id, article) {
                    Ok(true) => {
                        came += 1;
                        on(id);
                    }
                    Ok(false) => {}
                    Err(e) => break Err(e),
                },
                Err(RecvTimeoutError::Timeout) if cancel.is_cancelled() => break Ok(()),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break Ok(()),
            }
        };
        drop(brought);
        queue.close();
        net.hang_up();
        outcome
    })?;
    match store.index(cancel) {
        Ok(_) | Err(StoreError::Cancelled) => Ok(came),
        Err(e) => Err(e),
    }
}

/// Fetches the pages of the newest unread articles of the library that `fetch` names; returns how
/// many were stored.
///
/// # Errors
/// The library can't be opened, read or written.
pub fn fetch_library_ahead(fetch: &Fetch, cancel: &Cancel) -> Result<usize, Failure> {
    let store = Store::open(&fetch.library)?.noting_arrivals(!fetch.rules.rules.is_empty());
    let policy = FetchPolicy::of(fetch);
    fetch_ahead(&store, MOST_AHEAD, &policy, cancel, &mut |_| ()).map_err(Failure::from)
}

/// Fetches the pages that are wanted whatever the settings say of all articles: those of the
/// read-later queue, and of subscriptions with `full_text = true`; returns how many were stored.
///
/// # Errors
/// The library can't be opened, read or written.
pub fn fetch_library_later(fetch: &Fetch, cancel: &Cancel) -> Result<usize, Failure> {
    let store = Store::open(&fetch.library)?.noting_arrivals(!fetch.rules.rules.is_empty());
    let policy = FetchPolicy::of(fetch);
    let since = Timestamp::now() - AGAIN;
    let mut wanted = store.later_wanting_text(since)?;
    for page in store.wanting_text(since, MOST_AHEAD)? {
        let own = page.feed.as_ref().and_then(|feed| policy.feeds.of(feed));
        let is_asked_for = own.and_then(|own| own.full_text) == Some(true);
        if is_asked_for && !wanted.contains(&page) {
            wanted.push(page);
        }
    }
    wanted.truncate(MOST_AHEAD);
    fetch_pages(&store, wanted, &policy, cancel, &mut |_| ()).map_err(Failure::from)
}

/// The main loop of a fetching thread.
fn fetch(
    queue: &Queue<UnfetchedPage>,
    net: &Net,
    reading: &Mutex<()>,
    policy: &FetchPolicy,
    cancel: &Cancel,
    send: &SyncSender<(ArticleId, Option<Article>)>,
) {
    while let Some((UnfetchedPage { id, url, feed }, turn)) = queue.next_item() {
        let from = feed.as_deref();
        let from = from.as_slice();
        let own = feed.as_ref().and_then(|feed| policy.feeds.of(feed));
        let user_agent = own
            .and_then(|own| own.user_agent.as_deref())
            .or_else(|| policy.profiles.user_agent_for(&url));
        let request = Request {
            user_agent,
            from,
            ..Request::page(cancel)
        };
        let article = net.get(&url, &request).ok().and_then(|first| {
            let paginated = PaginatedFetch::new(net, &policy.profiles, cancel, request.max_bytes);
            paginated
                .unhurried(PAUSE.max(policy.spacing), reading)
                .article(&first)
        });
        drop(turn);
        if cancel.is_cancelled() {
            return;
        }
        if send.send((id, article)).is_err() {
            return;
        }
    }
}

/// Stores a page's text if it is longer than the stored one; otherwise records the attempt. Returns
/// whether it was stored.
fn keep(store: &Store, id: ArticleId, page: Option<Article>) -> Result<bool, StoreError> {
    let held = store.article(id)?;
    match page.filter(|p| is_fuller(p, held.as_ref())) {
        Some(page) => {
            store.put_article(&page, Some(id), Timestamp::now())?;
            // A rule may look for words that only the page has.
            store.note_arrival(id)?;
            Ok(true)
        }
        None => store.put_tried(id, Timestamp::now()).map(|()| false),
    }
}
