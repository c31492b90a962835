//! Fetches the texts of scraps that came without one, as from another service's list of addresses.
//!
//! As gentle as fetching ahead: one request to a host at a time, and a second between two. Each text
//! is stored when it comes, so that an interrupted run is gone on with by the next.

use std::sync::mpsc::{RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::queue::Queue;
use crate::app::{Cause, Failure};
use crate::news::{Annotation, Article, ArticleId, PageObservation, PageState, Problem, Scrap};
use crate::runtime::archive::Archive;
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::source;
use crate::runtime::fetch::source::{Fetch, origins};
use crate::runtime::store::Store;

/// Number of fetching threads, each asking one host at a time.
const FETCHERS: usize = 8;
/// Time between two requests to a host.
const PAUSE: Duration = Duration::from_secs(1);

/// What became of a scrap's text.
#[derive(Clone, Debug, PartialEq)]
pub enum TextOutcome {
    /// It was stored.
    Stored,
    /// The server has no such page any more; link and title stay.
    Gone,
    /// The page has no article: an error page, a front page, a video.
    NoText,
    /// The page could not be fetched; the next run asks for it again.
    Failed(Failure),
}

/// What fetching the texts of scraps needs.
#[derive(Clone, Copy)]
pub struct TextFetch<'a> {
    /// The library.
    pub store: &'a Store,
    /// The files of scraps.
    pub archive: &'a Archive,
    /// How pages are fetched.
    pub fetch: &'a Fetch,
    /// Sentences of a summary.
    pub sentences: usize,
    /// Whether addresses inside the reader's own network are asked, too. They came in files, whose
    /// authors may be anybody.
    pub inward: bool,
}

struct Wanted {
    id: ArticleId,
    url: String,
    from: Vec<String>,
}

type Fetched = (ArticleId, Result<Vec<Article>, Failure>);

impl TextFetch<'_> {
    /// Fetches the texts of `scraps`, in their order; those that have a text, or no address of the
    /// web, are left out. `on` is told what became of each. Returns when all are done, or when
    /// `cancel` says so.
    ///
    /// # Errors
    /// The library or a file of the mirror can't be written.
    pub fn texts(
        &self,
        scraps: &[Scrap],
        cancel: &Cancel,
        on: &mut dyn FnMut(&Scrap, &TextOutcome) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let wanted: Vec<Wanted> = scraps
            .iter()
            .filter_map(|scrap| self.wanted(scrap))
            .collect();
        let fetchers = FETCHERS.min(wanted.len());
        let queue = Queue::new(wanted, |wanted| &wanted.url, 1, PAUSE);
        thread::scope(|scope| {
            let (send, brought) = sync_channel(1);
            let fetch = self.fetch;
            for _ in 0..fetchers {
                let (queue, send) = (&queue, send.clone());
                scope.spawn(move || work(queue, fetch, cancel, &send));
            }
            drop(send);
            let outcome = loop {
                match brought.recv_timeout(Duration::from_millis(100)) {
                    Ok(fetched) => match self.keep(fetched, cancel, on) {
                        Ok(()) => {}
                        Err(failure) => break Err(failure),
                    },
                    Err(RecvTimeoutError::Timeout) if cancel.is_cancelled() => break Ok(()),
                    Err(RecvTimeoutError::Timeout) => {}
                    Err(RecvTimeoutError::Disconnected) => break Ok(()),
                }
            };
            drop(brought);
            queue.close();
            outcome
        })
    }

    fn wanted(&self, scrap: &Scrap) -> Option<Wanted> {
        let url = scrap.article.url.as_ref().or(scrap.article.address())?;
        if !is_wanting(scrap) {
            return None;
        }
        // Without an origin, an address counts as typed by the reader.
        let from = match self.inward {
            true => Vec::new(),
            false => origins(&scrap.article, None)
                .iter()
                .map(ToString::to_string)
                .collect(),
        };
        Some(Wanted {
            id: scrap.id(),
            url: url.to_string(),
            from,
        })
    }

    fn keep(
        &self,
        (id, page): Fetched,
        cancel: &Cancel,
        on: &mut dyn FnMut(&Scrap, &TextOutcome) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        // As it is now: the reader may have written a note meanwhile, or deleted it.
        let Some(scrap) = self.store.scrap(id)?.filter(is_textless) else {
            return Ok(());
        };
        let (page, outcome) = judged(page);
        let observed = |state| PageObservation {
            at: Timestamp::now(),
            state,
        };
        match page {
            Some(page) => {
                let mut whole = with_text(&scrap, page);
                whole.page = Some(observed(PageState::Same));
                whole = self.archive.completed(whole, self.sentences, self.fetch);
                self.store.scrap_put(&whole)?;
                let pictures = self
                    .archive
                    .pictures(&whole, self.store, self.fetch, cancel)?;
                if let Some(pictures) = pictures {
                    self.store
                        .scrap_annotate(id, Annotation::Pictures(pictures))?;
                }
            }
            None if outcome == TextOutcome::Gone => {
                let gone = Annotation::Page(Some(observed(PageState::Gone)));
                self.store.scrap_annotate(id, gone)?;
            }
            None => return on(&scrap, &outcome),
        }
        self.archive.follow(self.store, &[id])?;
        on(&scrap, &outcome)
    }
}

/// The main loop of a fetching thread.
fn work(queue: &Queue<Wanted>, fetch: &Fetch, cancel: &Cancel, send: &SyncSender<Fetched>) {
    while let Some((wanted, turn)) = queue.next_item() {
        let from: Vec<&str> = wanted.from.iter().map(String::as_str).collect();
        let page = source::download(&wanted.url, &from, fetch, cancel);
        drop(turn);
        if cancel.is_cancelled() || send.send((wanted.id, page)).is_err() {
            return;
        }
    }
}

fn is_textless(scrap: &Scrap) -> bool {
    scrap.article.blocks.is_empty()
}

/// Whether a scrap has no text, and an address of the web from which it may come.
pub fn is_wanting(scrap: &Scrap) -> bool {
    let is_web = |url: &str| url.starts_with("http://") || url.starts_with("https://");
    is_textless(scrap) && scrap.article.address().is_some_and(|url| is_web(url))
}

/// The article of a page that was asked for, and what is to be said.
fn judged(page: Result<Vec<Article>, Failure>) -> (Option<Article>, TextOutcome) {
    let page = match page {
        Ok(articles) => articles.into_iter().next(),
        Err(failure) => {
            return match failure.cause {
                Cause::NoPage => (None, TextOutcome::Gone),
                Cause::NoArticle => (None, TextOutcome::NoText),
                _ => (None, TextOutcome::Failed(failure)),
            };
        }
    };
    let has_text = |page: &Article| {
        !page.blocks.is_empty()
            && !matches!(
                page.extraction.problem,
                Some(Problem::Empty | Problem::Front | Problem::Error)
            )
    };
    match page.filter(has_text) {
        Some(page) => (Some(page), TextOutcome::Stored),
        None => (None, TextOutcome::NoText),
    }
}

/// The scrap with the text of its page. What the reader wrote stays, and it stays the same article,
/// whatever address the page gives itself.
fn with_text(scrap: &Scrap, page: Article) -> Scrap {
    let old = &scrap.article;
    let mut article = page.known_at(scrap.id(), old.canonical_url.clone().or(old.url.clone()));
    if article.title.is_blank() {
        article.title = old.title.clone();
    }
    article.publisher = article.publisher.or(old.publisher.clone());
    article.published = article.published.or(old.published);
    let mut whole = Scrap::of(article, scrap.kept);
    whole = whole.with(scrap.clone());
    whole
}
