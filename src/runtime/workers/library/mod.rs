//! The library worker: one thread that answers what the screen asks of the library and of the
//! articles in memory, and makes the changes that the user asks for there, in order. Other workers
//! (refresh, subscriptions, short news, scrap files) have connections to the library of their own.
//!
//! * `rows` – rows of a collection; `issues`, `most_read` – those of an issue and of the rankings
//! * `front` – those of the front page
//! * `sidebar` – what the sources pane shows
//! * `scraps` – a full scrap, and the labels in use
//! * `bulk` – scrapping all articles of a list
//! * `reading_places` – where reading of an article stopped

mod reading_places;
mod sidebar;

mod bulk;
mod front;
mod issues;
mod most_read;
mod rows;
mod scraps;

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use jiff::Timestamp;

use super::memory_articles::MemoryArticles;
use super::stories::IssueCache;
use crate::app::protocol::change::{Change, Changed};
use crate::app::protocol::library::{LibraryJob, LibraryOutcome, WordRequest};
use crate::app::protocol::rows::{ArticleRequest, Collection, OpenedArticle, Row};
use crate::app::{Cause, Failure};
use crate::dictionary::LookedUp;
use crate::news::{Article, ArticleId, Clean};
use crate::runtime::cancel::Cancel;
use crate::runtime::store::{Store, StoreError};
use crate::runtime::{dictionaries, rules};
use crate::summary::sentence_at;

/// The library and the articles in memory.
pub struct LibraryWorker {
    store: Result<Store, Failure>,
    /// Articles that are not in the library: the sample edition, and those of sources named on the
    /// command line.
    memory: MemoryArticles,
    /// Those of them that were read in this run.
    read: BTreeSet<ArticleId>,
    /// Today's issues as the story worker last grouped them.
    issue_cache: IssueCache,
    /// The store's data version when it was last checked.
    version: i64,
    /// Whether the front page will be asked for first.
    begins_with_front: bool,
    /// Its rows, until the first job.
    front: Option<Vec<Row>>,
}

impl LibraryWorker {
    /// A worker with the sample edition in its collection. Without a store, articles can be read
    /// but nothing is stored.
    pub fn new(store: Result<Store, Failure>, sample: Vec<Article>) -> Self {
        let version = store
            .as_ref()
            .ok()
            .and_then(|s| s.data_version().ok())
            .unwrap_or(0);
        let memory = MemoryArticles::default();
        memory.put(Collection::Sample, sample);
        Self {
            store,
            memory,
            read: BTreeSet::new(),
            issue_cache: IssueCache::default(),
            version,
            begins_with_front: false,
            front: None,
        }
    }

    /// The worker, to be asked first for the rows of `collection`.
    pub fn beginning_with(self, collection: Collection) -> Self {
        Self {
            begins_with_front: collection == Collection::Front,
            ..self
        }
    }

    /// Makes the rows of the front page, if those will be asked for first: while the screen is set
    /// up there is nothing else to do.
    pub fn prepare(&mut self) {
        if self.begins_with_front {
            // What goes wrong here goes wrong again when it is asked for, and is told then.
            let rows = catch_unwind(AssertUnwindSafe(|| self.front_rows()));
            self.front = rows.ok().and_then(Result::ok);
        }
    }

    /// The articles in memory and today's issues, which other workers share.
    pub fn shared(&self) -> (MemoryArticles, IssueCache) {
        (self.memory.clone(), self.issue_cache.clone())
    }

    /// Runs a job.
    pub fn serve(&mut self, job: LibraryJob, cancel: &Cancel) -> LibraryOutcome {
        if !matches!(&job, LibraryJob::Rows(request) if request.collection == Collection::Front) {
            // It may change what was prepared.
            self.front = None;
        }
        match job {
            LibraryJob::Rows(request) => LibraryOutcome::Rows(self.rows(&request, cancel)),
            LibraryJob::Article(request) => LibraryOutcome::Article(self.article(request)),
            LibraryJob::Change(change) => LibraryOutcome::Change(self.change(change)),
            LibraryJob::CheckLibraryVersion => {
                LibraryOutcome::CheckLibraryVersion(self.was_changed())
            }
            LibraryJob::Sidebar => LibraryOutcome::Sidebar(self.sidebar_data()),
            LibraryJob::Publishers => LibraryOutcome::Publishers(self.publishers()),
            LibraryJob::PublisherHome(request) => {
                LibraryOutcome::PublisherHome(self.publisher_home(request))
            }
            LibraryJob::MostRead => LibraryOutcome::MostRead(self.most_read()),
            LibraryJob::Scrap(id) => LibraryOutcome::Scrap(self.scrap(id)),
            LibraryJob::LookUp(request) => LibraryOutcome::LookUp(self.look_up(&request)),
            LibraryJob::Labels => LibraryOutcome::Labels(self.labels()),
        }
    }

    fn store(&self) -> Result<&Store, Failure> {
        self.store.as_ref().map_err(Clone::clone)
    }

    fn article(&self, request: ArticleRequest) -> Result<OpenedArticle, Failure> {
        let ArticleRequest { collection, id } = request;
        let own = self
            .memory
            .find(id)
            .filter(|_| collection != Collection::Scraps);
        let place = self.place(id);
        if let Some(article) = own {
            return Ok(OpenedArticle {
                place,
                ..article.into()
            });
        }
        let store = self.store()?;
        let found = match collection {
            Collection::Scraps => store.scrap(id).map(|s| s.map(|s| s.article)),
            _ => store.article(id),
        };
        let article = found?.ok_or_else(|| Failure::new(Cause::Gone, &id.to_string()))?;
        Ok(OpenedArticle {
            article: Arc::new(article),
            place,
            revisions: store.revisions(id)?,
            is_queued: store.later(id)?.is_some(),
        })
    }

    /// Looks a word up, and adds it to those that were looked up.
    fn look_up(&self, request: &WordRequest) -> Result<LookedUp, Failure> {
        let store = self.store()?;
        let folder = dictionaries::folder(store.path());
        let sentence = Clean::line(sentence_at(&request.near, request.at));
        let word = dictionaries::look_up(&folder, &request.eojeol, &sentence);
        // A library that can only be read still has its dictionaries.
        if store.obstacle().is_none() && !word.entries.is_empty() {
            store.note_word(&word)?;
        }
        Ok(word)
    }

    /// Puts an article into the read-later queue, or takes it out. One that the library does not
    /// have, as it was opened by its address or kept as a scrap, is stored for that.
    fn toggle_later(&self, id: ArticleId) -> Result<Changed, Failure> {
        let (store, now) = (self.store()?, Timestamp::now());
        if store.article_row(id)?.is_none() {
            let own = self.memory.find(id).map(|article| (*article).clone());
            let article = match own {
                Some(article) => Some(article),
                None => store.scrap(id)?.map(|scrap| scrap.article),
            };
            let article = article.ok_or_else(|| Failure::new(Cause::Gone, &id.to_string()))?;
            store.put_article(&article, Some(id), now)?;
        }
        let place = match store.later(id)? {
            Some(_) => None,
            None => Some(now),
        };
        Ok(Changed::Queued(store.put_later(&[(id, place)])?))
    }

    /// Whether another process or thread has written to the library since the last call.
    fn was_changed(&mut self) -> Result<bool, Failure> {
        let now = self.store()?.data_version()?;
        Ok(std::mem::replace(&mut self.version, now) != now)
    }

    /// Makes a change of the library; returns what undoes it.
    fn change(&mut self, change: Change) -> Result<Changed, Failure> {
        if let Change::Opened(_) | Change::Position(..) | Change::Prefs(_) = change
            && self.store()?.obstacle().is_some()
        {
            // The reader did not ask for these, and was told at the start that nothing is stored.
            return Ok(Changed::Done);
        }
        match change {
            Change::Read(ids, read) => self.mark(&ids, read),
            Change::ReadAgain(before) => {
                for read in [true, false] {
                    let ids: Vec<ArticleId> =
                        before.iter().filter(|b| b.1 == read).map(|b| b.0).collect();
                    self.mark(&ids, read)?;
                }
                Ok(Changed::Done)
            }
            Change::ToggleLater(id) => self.toggle_later(id),
            Change::ReadThrough(id) => Ok(Changed::Queued(self.store()?.put_later(&[(id, None)])?)),
            Change::QueueAgain(places) => Ok(Changed::Queued(self.store()?.put_later(&places)?)),
            Change::Ranking(ranking) => self.put_ranking(ranking),
            Change::Position(id, part, byte) => {
                self.put_place(id, part, byte).map(|()| Changed::Done)
            }
            Change::Opened(id) => done(self.store()?.record_opened(id, Timestamp::now())),
            Change::Scrap(scrap) => done(self.store()?.scrap_put(&scrap)),
            Change::Unscrap(id) => Ok(match self.store()?.scrap_drop(id)? {
                Some(scrap) => Changed::Unscrapped(Box::new(scrap)),
                None => Changed::Done,
            }),
            Change::Annotate(id, annotation) => done(self.store()?.scrap_annotate(id, annotation)),
            Change::ScrapAll(filter, query, tag) => {
                bulk::scrap_all(self.store()?, &filter, query, tag)
            }
            Change::UnscrapAll(ids, before) => bulk::unscrap_all(self.store()?, &ids, &before),
            Change::All(filter, query, read) => {
                let query = query.unwrap_or_default();
                let marked = self.store()?.mark_found(&filter, &query, read)?;
                let before = marked.into_iter().map(|id| (id, !read)).collect();
                Ok(Changed::Marked(before))
            }
            Change::UndoRules(changes) => {
                rules::undo(self.store()?, &changes).map(|()| Changed::Done)
            }
            Change::SubscribeAll(feeds) => {
                Ok(Changed::SubscribedAll(self.store()?.feeds_add(&feeds)?))
            }
            Change::UnsubscribeAll(ids) => {
                let (store, now) = (self.store()?, Timestamp::now());
                done(ids.iter().try_for_each(|id| store.feed_remove(*id, now)))
            }
            Change::SaveSearch(name, query) => done(self.store()?.save_search(&name, &query)),
            Change::ForgetSearch(name) => done(self.store()?.forget_search(&name)),
            Change::Mute(text, query) => {
                let n = self.store()?.mute(&text, &query)?;
                Ok(Changed::Muted(text, n))
            }
            Change::Unmute(text) => done(self.store()?.unmute(&text)),
            Change::Prefs(prefs) => done(self.store()?.state_put("prefs", &prefs)),
            Change::Unsubscribe(feed) => done(self.store()?.feed_remove(feed, Timestamp::now())),
            Change::FileFeeds(feeds) => done(self.store()?.file_feeds(&feeds)),
            Change::Resubscribe(feed) => done(self.store()?.feed_restore(feed)),
        }
    }

    /// Marks articles as read or unread: those in memory for this run, those of the library
    /// permanently.
    fn mark(&mut self, ids: &[ArticleId], read: bool) -> Result<Changed, Failure> {
        let own: Vec<ArticleId> = self
            .memory
            .all()
            .iter()
            .map(|a| a.id())
            .filter(|id| ids.contains(id))
            .collect();
        let mut before = Vec::new();
        for id in &own {
            let was = if read {
                !self.read.insert(*id)
            } else {
                self.read.remove(id)
            };
            if was != read {
                before.push((*id, was));
            }
        }
        if own.len() < ids.len() && self.store()?.obstacle().is_some() {
            // For this run alone, as said at the start.
            for id in ids.iter().filter(|id| !own.contains(id)) {
                if read {
                    self.read.insert(*id);
                } else {
                    self.read.remove(id);
                }
            }
        } else if own.len() < ids.len() {
            let changed = self.store()?.mark_read(ids, read)?;
            before.extend(changed.into_iter().map(|id| (id, !read)));
        }
        Ok(Changed::Marked(before))
    }
}

/// A change that nothing but its reverse undoes.
fn done<T>(stored: Result<T, StoreError>) -> Result<Changed, Failure> {
    stored?;
    Ok(Changed::Done)
}
