//! The desk: one thread that owns the collections and the store, and so answers every question about
//! what there is.

mod reading_places;
mod sidebar;

mod bulk;
mod issues;
mod most_read;
mod rows;
mod scraps;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::memory_articles::MemoryArticles;
use super::stories::IssueCache;
use crate::app::protocol::jobs::JobId;
use crate::app::{Cause, Collection, Failure, Job, Outcome, Record};
use crate::news::{Article, ArticleId};
use crate::runtime::cancel::Cancel;
use crate::runtime::executor::Task;
use crate::runtime::store::Store;
use rows::Wanted;

/// What the desk can be told.
pub enum Order {
    /// Work.
    Task(Task),
    /// The sources of the command line are read; this answers the job that asked for them.
    MemoryArticles(JobId, Vec<Article>, Vec<Failure>),
}

impl Order {
    /// The job that it answers.
    pub fn id(&self) -> JobId {
        match self {
            Self::Task(task) => task.id,
            Self::MemoryArticles(id, ..) => *id,
        }
    }
}

/// Collections and store.
pub struct LibraryWorker {
    store: Result<Store, Failure>,
    /// Articles that are not in the store: samples, and what the command line named.
    memory: MemoryArticles,
    /// Those of them that were read in this run.
    read: BTreeSet<ArticleId>,
    /// Today's issues as they were last counted.
    issue_cache: IssueCache,
    /// The library's tide when it was last looked at.
    tide: i64,
}

impl LibraryWorker {
    /// A desk with the sample edition on its collection. Without a store everything can be read and
    /// nothing kept.
    pub fn new(store: Result<Store, Failure>, sample: Vec<Article>) -> Self {
        let tide = store.as_ref().ok().and_then(|s| s.tide().ok()).unwrap_or(0);
        let memory = MemoryArticles::default();
        memory.put(Collection::Sample, sample);
        Self {
            store,
            memory,
            read: BTreeSet::new(),
            issue_cache: IssueCache::default(),
            tide,
        }
    }

    /// What it has outside the store, and where issues hang: shared with those who work beside it.
    pub fn shared(&self) -> (MemoryArticles, IssueCache) {
        (self.memory.clone(), self.issue_cache.clone())
    }

    /// Does what is asked.
    ///
    /// # Errors
    /// As the store gives them.
    pub fn serve(&mut self, order: Order) -> Result<Outcome, Failure> {
        match order {
            Order::MemoryArticles(_, articles, failures) => {
                self.memory.put(Collection::Sources, articles);
                let wanted = Wanted::all_of(Collection::Sources);
                self.rows(&wanted, &Cancel::new(), failures)
            }
            Order::Task(task) => match task.job {
                Job::Rows {
                    collection,
                    filter,
                    query,
                    offset,
                    limit,
                } => {
                    let wanted = Wanted {
                        collection,
                        filter,
                        query,
                        offset,
                        limit,
                    };
                    self.rows(&wanted, &task.cancel, Vec::new())
                }
                Job::Tide => self.tide(),
                Job::Outlets => self.outlets(),
                Job::Home { publisher, address } => self.home(publisher, address.as_ref()),
                Job::Sidebar => self.sidebar_data(),
                Job::MostRead => self.most_read(),
                Job::Article { collection, id } => self.article(collection, id),
                Job::Keep(record) => self.keep(record),
                Job::Keeping(errand) => self.errand(&errand),
                Job::Summary { .. }
                | Job::ModelNews { .. }
                | Job::Refresh(_)
                | Job::FetchAhead
                | Job::FullText { .. }
                | Job::Subscribe(_)
                | Job::Try(_)
                | Job::Say { .. }
                | Job::Browse(_)
                | Job::Picture(_)
                | Job::View(_)
                | Job::Copy(_)
                | Job::Share(..)
                | Job::Page(_)
                | Job::Group
                | Job::Versions(_)
                | Job::FirstLines { .. } => Err(Failure::new(Cause::Bug, "desk")),
            },
        }
    }

    fn store(&self) -> Result<&Store, Failure> {
        self.store.as_ref().map_err(Clone::clone)
    }

    fn article(&self, collection: Collection, id: ArticleId) -> Result<Outcome, Failure> {
        let own = self
            .memory
            .find(id)
            .filter(|_| collection != Collection::Scraps);
        let place = self.place(id);
        if let Some(article) = own {
            return Ok(Outcome::Article(article, place));
        }
        let store = self.store()?;
        let found = match collection {
            Collection::Scraps => store.scrap(id).map(|s| s.map(|s| s.article)),
            _ => store.article(id),
        };
        let article = found?.ok_or_else(|| Failure::new(Cause::Gone, &id.to_string()))?;
        Ok(Outcome::Article(Arc::new(article), place))
    }

    /// Whether others wrote to the library since this was last asked.
    fn tide(&mut self) -> Result<Outcome, Failure> {
        let now = self.store()?.tide()?;
        Ok(Outcome::Tide(std::mem::replace(&mut self.tide, now) != now))
    }

    fn keep(&mut self, record: Record) -> Result<Outcome, Failure> {
        match record {
            Record::Read(ids, read) => return self.mark(&ids, read),
            Record::ReadAgain(before) => {
                for read in [true, false] {
                    let ids: Vec<ArticleId> =
                        before.iter().filter(|b| b.1 == read).map(|b| b.0).collect();
                    self.mark(&ids, read)?;
                }
                return Ok(Outcome::Kept);
            }
            Record::Ranking(ranking) => return self.put_ranking(ranking),
            Record::Opened(id) => {
                return self
                    .store()?
                    .opened(id, Timestamp::now())
                    .map(|()| Outcome::Kept)
                    .map_err(Failure::from);
            }
            Record::Position(id, part, byte) => {
                return self.put_place(id, part, byte).map(|()| Outcome::Kept);
            }
            _ => {}
        }
        let store = self.store()?;
        let kept = match record {
            Record::Scrap(scrap) => store.scrap_put(&scrap),
            Record::Unscrap(id) => {
                return match store.scrap_drop(id)? {
                    Some(scrap) => Ok(Outcome::Unscrapped(Box::new(scrap))),
                    None => Ok(Outcome::Kept),
                };
            }
            Record::Annotate(id, change) => store.scrap_annotate(id, change).map(drop),
            Record::All(filter, query, read) => {
                let marked = store.mark_found(&filter, &query.unwrap_or_default(), read)?;
                return Ok(Outcome::Marked(
                    marked.into_iter().map(|id| (id, !read)).collect(),
                ));
            }
            Record::SubscribeAll(feeds) => {
                let ids: Result<Vec<_>, _> =
                    feeds.iter().map(|feed| store.feed_add(feed)).collect();
                return ids.map(Outcome::SubscribedAll).map_err(Failure::from);
            }
            Record::UnsubscribeAll(ids) => ids
                .iter()
                .try_for_each(|id| store.feed_remove(*id, Timestamp::now())),
            Record::ScrapAll(filter, query, tag) => {
                return bulk::scrap_all(store, &filter, query, tag);
            }
            Record::UnscrapAll(ids, before) => return bulk::unscrap_all(store, &ids, &before),
            Record::SaveSearch(name, query) => store.save_search(&name, &query).map(|_| ()),
            Record::ForgetSearch(name) => store.forget_search(&name).map(|_| ()),
            Record::Mute(text, query) => {
                let n = store.mute(&text, &query)?;
                return Ok(Outcome::Muted(text, n));
            }
            Record::Unmute(text) => store.unmute(&text).map(|_| ()),
            Record::Prefs(prefs) => store.state_put("prefs", &prefs),
            Record::Unsubscribe(feed) => store.feed_remove(feed, Timestamp::now()),
            Record::Resubscribe(feed) => store.feed_restore(feed),
            Record::Read(..)
            | Record::ReadAgain(_)
            | Record::Position(..)
            | Record::Ranking(_)
            | Record::Opened(_) => Ok(()),
        };
        kept.map(|()| Outcome::Kept).map_err(Failure::from)
    }

    /// Marks articles; those of our own collections for this run, those of the store for good.
    fn mark(&mut self, ids: &[ArticleId], read: bool) -> Result<Outcome, Failure> {
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
        if own.len() < ids.len() {
            let changed = self.store()?.mark_read(ids, read)?;
            before.extend(changed.into_iter().map(|id| (id, !read)));
        }
        Ok(Outcome::Marked(before))
    }
}
