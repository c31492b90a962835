//! Full text ahead of the reading: the pages of unread articles, so that a train without network
//! has everything.
//!
//! More patient than a refresh: one request to a host at a time, a pause between two, one page read
//! at a time, so that a core is left to who is reading.

use std::sync::Mutex;
use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::Manners;
use super::queue::Queue;
use crate::extract::is_fuller;
use crate::news::{Article, ArticleId};
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::pagination::Visit;
use crate::runtime::net::{Net, Request};
use crate::runtime::store::{Store, StoreError, Wanted};

/// Hosts asked at once.
const CREW: usize = 6;
/// Between two requests to a host.
const PAUSE: Duration = Duration::from_secs(1);
/// A page is not asked for again before this long after it was asked for in vain.
const AGAIN: SignedDuration = SignedDuration::from_hours(24);

/// Fetches the pages of at most `most` unread articles, newest first, and stores what is read from
/// them; `on` is told of each that came. Answers how many came.
///
/// # Errors
/// Where the store cannot be read or written. A page that fails is no error: the feed's text stays.
pub fn fetch_ahead(
    store: &Store,
    most: usize,
    manners: &Manners,
    cancel: &Cancel,
    on: &mut dyn FnMut(ArticleId),
) -> Result<usize, StoreError> {
    let wanted = store.wanting_text(Timestamp::now() - AGAIN, most)?;
    let queue = Queue::new(wanted, |w| &w.url, 1, PAUSE.max(manners.spacing));
    let net = Net::new(manners.limits);
    let lectern = Mutex::new(());
    let mut came = 0;
    thread::scope(|scope| {
        let (send, brought) = sync_channel(1);
        for _ in 0..CREW.min(most.max(1)) {
            let (queue, net, lectern, send) = (&queue, &net, &lectern, send.clone());
            scope.spawn(move || fetch(queue, net, lectern, manners, cancel, &send));
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

/// One of the crew.
fn fetch(
    queue: &Queue<Wanted>,
    net: &Net,
    lectern: &Mutex<()>,
    manners: &Manners,
    cancel: &Cancel,
    send: &SyncSender<(ArticleId, Option<Article>)>,
) {
    while let Some((Wanted { id, url, feed }, turn)) = queue.take() {
        let from = feed.as_deref();
        let user_agent = manners.profiles.name_for(&url);
        let request = Request {
            user_agent,
            from,
            ..Request::page(cancel)
        };
        let article = net.get(&url, &request).ok().and_then(|first| {
            let visit = Visit::new(net, &manners.profiles, cancel, request.max_bytes);
            visit
                .patient(PAUSE.max(manners.spacing), lectern)
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

/// Stores a page's text where it is better than what is held.
fn keep(store: &Store, id: ArticleId, page: Option<Article>) -> Result<bool, StoreError> {
    let held = store.article(id)?;
    match page.filter(|p| is_fuller(p, held.as_ref())) {
        Some(page) => store
            .put_article(&page, Some(id), Timestamp::now())
            .map(|_| true),
        None => store.put_tried(id, Timestamp::now()).map(|()| false),
    }
}
