//! The story worker: the one thread that compares articles with one another. It keeps the words of
//! every article in the time window, adds what is new since the last job, and so finds today's
//! issues, the versions of an article, and the copies that lists fold.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use super::memory_articles::MemoryArticles;
use crate::app::protocol::rows::{Collection, Row, RowsPage};
use crate::app::protocol::story::{StoryJob, StoryOutcome};
use crate::app::{Cause, Failure};
use crate::news::order::Order as _;
use crate::news::{
    Article, ArticleId, ArticleRow, Clean, Filter, Issue, Moment, PageStart, Passage, RowPage,
    StoredText, Version, Versions, by_topic,
};
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::store::{Store, StoryGrouping, story_of};
use crate::stories::{Clusterer, Policy, StoryInput, differences, issues, tell};
use crate::summary;
use crate::summary::Sentence;

/// Most articles that are compared, the latest ones.
const MOST: usize = 10_000;
/// Most versions of an article that are shown.
const MOST_VERSIONS: usize = 12;

/// Today's issues as they were last grouped, for other workers.
#[derive(Clone, Debug, Default)]
pub struct IssueCache(Arc<Mutex<Arc<Vec<Issue>>>>);

impl IssueCache {
    /// The cached issues.
    pub fn issues(&self) -> Arc<Vec<Issue>> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn put(&self, issues: Vec<Issue>) -> Arc<Vec<Issue>> {
        let issues = Arc::new(issues);
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone_from(&issues);
        issues
    }
}

/// What is known of an article that was compared: how much of its text was stored then, and its
/// headline.
type Seen = (StoredText, Clean);

/// The articles of the time window, and the stories among them.
pub struct StoryWorker {
    fetch: Fetch,
    memory: MemoryArticles,
    issue_cache: IssueCache,
    window: SignedDuration,
    clusterer: Clusterer,
    seen: HashMap<ArticleId, Seen>,
    /// The groupings that the store has.
    noted: BTreeMap<ArticleId, StoryGrouping>,
    /// Articles removed since the word counts were last rebuilt.
    forgotten: usize,
}

impl StoryWorker {
    /// A worker without articles. Articles further apart than `window` never belong to the same
    /// story, and older ones to none.
    pub fn new(
        fetch: Fetch,
        memory: MemoryArticles,
        issue_cache: IssueCache,
        window: SignedDuration,
    ) -> Self {
        let clusterer = Clusterer::new(Policy {
            window,
            ..Policy::default()
        });
        Self {
            fetch,
            memory,
            issue_cache,
            window,
            clusterer,
            seen: HashMap::new(),
            noted: BTreeMap::new(),
            forgotten: 0,
        }
    }

    /// Runs a job.
    pub fn serve(&mut self, job: StoryJob, cancel: &Cancel) -> StoryOutcome {
        match job {
            StoryJob::IssueRows => StoryOutcome::IssueRows(self.rows(cancel)),
            StoryJob::Issue(id) => StoryOutcome::Issue(self.issue(id, cancel)),
            StoryJob::FirstLines(ids) => {
                StoryOutcome::FirstLines(Ok(self.first_lines(&ids, cancel)))
            }
            StoryJob::Group => StoryOutcome::Group(self.update(cancel)),
            StoryJob::Versions(id) => StoryOutcome::Versions(self.versions(id, cancel)),
        }
    }

    /// Rows of the issues that several publishers report.
    fn rows(&mut self, cancel: &Cancel) -> Result<RowsPage, Failure> {
        self.update(cancel)?;
        let issues = self.issue_cache.issues();
        let shown = by_topic(issues.iter().filter(|i| i.is_shared()));
        let mut head: Option<&Issue> = None;
        let rows: Vec<Row> = shown
            .into_iter()
            .map(|issue| {
                // The head of the topic may be of one publisher, and not shown: the first stands
                // for it.
                let above = head.filter(|h| h.head() == issue.head());
                if above.is_none() {
                    head = Some(issue);
                }
                Row {
                    topic: above.map(|h| h.title.clone()),
                    ..issue_row(issue)
                }
            })
            .collect();
        Ok(RowsPage {
            total: rows.len(),
            rows,
            ..RowsPage::default()
        })
    }

    /// Adds articles that came since the last call, and removes those that are too old. Returns
    /// whether any article is grouped differently.
    fn update(&mut self, cancel: &Cancel) -> Result<bool, Failure> {
        let since = Timestamp::now()
            .checked_sub(self.window)
            .unwrap_or(Timestamp::UNIX_EPOCH);
        let store = Store::open(&self.fetch.library).ok();
        let rows = match &store {
            Some(store) => {
                let filter = Filter {
                    since: Some(since),
                    ..Filter::default()
                };
                store.articles(
                    &filter,
                    RowPage {
                        start: PageStart::Offset(0),
                        limit: MOST,
                    },
                )?
            }
            None => Vec::new(),
        };
        let changed = match &store {
            Some(store) if !rows.is_empty() => self.take_stored(store, &rows, cancel)?,
            _ => self.take_own(),
        };
        if !changed {
            return Ok(false);
        }
        self.clusterer.group();
        let issues = self.issue_cache.put(issues(&self.clusterer));
        if let Some(store) = &store {
            keep_titles(store, &issues);
        }
        Ok(match store {
            Some(store) if !rows.is_empty() => self.note(&store, &rows),
            _ => true,
        })
    }

    /// Adds the articles of the library that are new or have more text than before.
    fn take_stored(
        &mut self,
        store: &Store,
        rows: &[ArticleRow],
        cancel: &Cancel,
    ) -> Result<bool, Failure> {
        let listed: HashSet<ArticleId> = rows.iter().map(|r| r.id).collect();
        let mut changed = self.keep(&listed);
        for row in rows {
            if cancel.is_cancelled() {
                return Err(Failure::new(Cause::Cancelled, ""));
            }
            if self
                .seen
                .get(&row.id)
                .is_some_and(|(held, title)| *held == row.stored_text && *title == row.title)
            {
                continue;
            }
            let Some(mut article) = store.article(row.id)? else {
                continue;
            };
            // The publisher's name as lists show it.
            article.publisher.clone_from(&row.publisher);
            article.published = row.published.or(article.published);
            self.take(row.id, &article);
            if let Some(story) = row.story {
                self.clusterer.remember(row.id, story_of(story));
            }
            self.seen
                .insert(row.id, (row.stored_text, row.title.clone()));
            changed = true;
        }
        Ok(changed)
    }

    /// Adds the articles that are open without being in the library.
    fn take_own(&mut self) -> bool {
        let collection = [Collection::Sources, Collection::Sample]
            .into_iter()
            .map(|s| self.memory.on(s))
            .find(|a| !a.is_empty());
        let articles = collection.unwrap_or_default();
        let listed: HashSet<ArticleId> = articles.iter().map(|a| a.id()).collect();
        let mut changed = self.keep(&listed);
        for article in &articles {
            if !self.clusterer.contains(article.id()) {
                self.take(article.id(), article);
                changed = true;
            }
        }
        changed
    }

    fn take(&mut self, id: ArticleId, article: &Article) {
        let input = StoryInput::of(article, &summary::sentences(article), true);
        self.clusterer.add(&StoryInput { id, ..input });
    }

    /// Removes all articles that are not in `listed`; returns whether there were any.
    fn keep(&mut self, listed: &HashSet<ArticleId>) -> bool {
        let gone = self.clusterer.retain(|id| listed.contains(&id));
        self.seen.retain(|id, _| listed.contains(id));
        self.noted.retain(|id, _| listed.contains(id));
        self.forgotten += gone;
        if self.forgotten > MOST {
            // The word counts can't forget a single article, so in a program that runs for weeks
            // they are rebuilt now and then. The ids of the stories are in the store.
            self.clusterer = Clusterer::new(Policy {
                window: self.window,
                ..Policy::default()
            });
            self.seen.clear();
            self.forgotten = 0;
        }
        gone > 0
    }

    /// Stores the groupings that changed; returns whether lists look different now.
    fn note(&mut self, store: &Store, rows: &[ArticleRow]) -> bool {
        let mut found: BTreeMap<ArticleId, StoryGrouping> = rows
            .iter()
            .map(|r| {
                (
                    r.id,
                    StoryGrouping {
                        id: r.id,
                        story: None,
                        copy_of: None,
                    },
                )
            })
            .collect();
        for story in self
            .clusterer
            .stories()
            .iter()
            .filter(|s| s.articles.len() > 1)
        {
            for id in &story.articles {
                found.entry(*id).and_modify(|g| g.story = Some(story.id));
            }
            for set in &story.copies {
                for id in &set[1..] {
                    found
                        .entry(*id)
                        .and_modify(|g| g.copy_of = set.first().copied());
                }
            }
        }
        let news: Vec<StoryGrouping> = found
            .values()
            .filter(|g| self.noted.get(&g.id) != Some(g))
            .copied()
            .collect();
        match store.put_grouped(&news) {
            Ok(folded) => {
                self.noted = found;
                folded > 0
            }
            Err(error) => {
                // The issues are right all the same, and the next job tries to store them again.
                tracing::warn!(%error, "stories could not be stored");
                false
            }
        }
    }

    /// An issue with its sentences. The front page shows issues as they were grouped last time,
    /// when nothing was grouped in this run yet.
    fn issue(&mut self, id: ArticleId, cancel: &Cancel) -> Result<Arc<Issue>, Failure> {
        let is_known = |issue: &Issue| issue.id.0 == id.0;
        if !self.issue_cache.issues().iter().any(is_known) {
            self.update(cancel)?;
        }
        self.summarised_issue(id)
    }

    /// An issue with its sentences, without those of publishers that must be asked first.
    fn summarised_issue(&self, id: ArticleId) -> Result<Arc<Issue>, Failure> {
        let issues = self.issue_cache.issues();
        let issue = issues
            .iter()
            .find(|i| i.id.0 == id.0)
            .ok_or_else(|| Failure::new(Cause::Gone, &id.to_string()))?;
        let mut issue = issue.clone();
        let store = Store::open(&self.fetch.library).ok();
        tell(&mut issue, |id| {
            let free = self
                .article(store.as_ref(), id)
                .filter(|a| self.fetch.may_shorten(a, false).is_ok());
            free.map(|article| summary::finished(&article))
                .unwrap_or_default()
        });
        Ok(Arc::new(issue))
    }

    /// The first sentence of each issue; empty where there is none.
    fn first_lines(&self, ids: &[ArticleId], cancel: &Cancel) -> Vec<(ArticleId, Clean)> {
        let line = |id: ArticleId| {
            self.summarised_issue(id)
                .ok()?
                .summary
                .first()
                .map(|line| line.text.clone())
        };
        ids.iter()
            .take_while(|_| !cancel.is_cancelled())
            .map(|&id| (id, line(id).unwrap_or_default()))
            .collect()
    }

    fn sentences(&self, store: Option<&Store>, id: ArticleId) -> Vec<Sentence> {
        self.article(store, id)
            .map(|article| summary::finished(&article))
            .unwrap_or_default()
    }

    fn article(&self, store: Option<&Store>, id: ArticleId) -> Option<Arc<Article>> {
        self.memory
            .find(id)
            .or_else(|| store?.article(id).ok()?.map(Arc::new))
    }

    /// The versions of an article: articles of other publishers on the same event, and what its
    /// own publisher made of it before or later; and how they differ from it.
    fn versions(&mut self, id: ArticleId, cancel: &Cancel) -> Result<Arc<Versions>, Failure> {
        self.update(cancel)?;
        let issues = self.issue_cache.issues();
        let issue = issues.iter().find(|i| i.articles.contains(&id));
        let issue = issue.ok_or_else(|| Failure::new(Cause::NoVersions, ""))?;
        let store = Store::open(&self.fetch.library).ok();
        let sentences = |article| self.sentences(store.as_ref(), article);
        versions_of(issue, id, sentences).map(Arc::new)
    }
}

/// The key under which the issues' titles are stored.
const TITLES: &str = "issue_titles";

/// Stores the order and the titles of the issues, so that the front page of the next run has them
/// before anything is grouped. They are few, and written only if they changed.
fn keep_titles(store: &Store, issues: &[Issue]) {
    let shared = issues.iter().filter(|issue| issue.is_shared());
    let titles: Vec<(u64, Clean)> = shared.map(|i| (i.id.0, i.title.clone())).collect();
    if stored_issues(store) == titles {
        return;
    }
    if let Err(error) = store.state_put(TITLES, &titles) {
        tracing::warn!(%error, "titles of issues could not be stored");
    }
}

/// The issues when they were grouped last, in their order: their ids and titles.
pub(super) fn stored_issues(store: &Store) -> Vec<(u64, Clean)> {
    let titles = store.state_get(TITLES).ok().flatten();
    titles.unwrap_or_default()
}

/// The versions of the article `id` of `issue`: its own publisher's first, then copies of its text,
/// then the nearest in time, at most [`MOST_VERSIONS`].
///
/// # Errors
/// It has none.
fn versions_of(
    issue: &Issue,
    id: ArticleId,
    sentences: impl Fn(ArticleId) -> Vec<Sentence>,
) -> Result<Versions, Failure> {
    let none = || Failure::new(Cause::NoVersions, "");
    let set = set_of(issue, id);
    let base = issue.timeline.iter().find(|m| m.article == id);
    let base = base.cloned().ok_or_else(none)?;
    let is_own = |m: &Moment| is_same_publisher(&base, m);
    let mut moments: Vec<&Moment> = issue
        .timeline
        .iter()
        .enumerate()
        .filter(|(at, m)| {
            // Another text of the same publisher is another article, and of a publisher's versions
            // of one text the latest stands for all.
            let later = &issue.timeline[at + 1..];
            m.article != id
                && (!is_own(m) || set.contains(&m.article))
                && (is_own(m) || !later.iter().any(|other| is_version(issue, m, other)))
        })
        .map(|(_, m)| m)
        .collect();
    if moments.is_empty() {
        return Err(none());
    }
    moments.order_by_key(|m| (!is_own(m), !set.contains(&m.article)));
    let own = sentences(id);
    let others = moments.into_iter().take(MOST_VERSIONS).map(|moment| {
        let theirs = sentences(moment.article);
        let found = differences(&texts(&own), &texts(&theirs));
        let pick = |from: &[Sentence], which: &[usize]| -> Vec<(Clean, Passage)> {
            which
                .iter()
                .filter_map(|i| from.get(*i))
                .map(|s| (s.text.clone(), s.place()))
                .collect()
        };
        Version {
            moment: moment.clone(),
            copy: set.contains(&moment.article),
            own: is_own(moment),
            added: pick(&theirs, &found.only_second),
            lacking: pick(&own, &found.only_first),
        }
    });
    let others = others.collect();
    Ok(Versions {
        story: issue.id,
        base,
        others,
    })
}

/// The copies of the article's text in `issue`, itself included; empty without copies.
fn set_of(issue: &Issue, id: ArticleId) -> &[ArticleId] {
    let mut sets = issue.copies.iter();
    sets.find(|set| set.contains(&id))
        .map_or(&[], Vec::as_slice)
}

/// Whether both articles are known to be of one publisher.
fn is_same_publisher(a: &Moment, b: &Moment) -> bool {
    !a.publisher.is_empty() && a.publisher == b.publisher
}

/// Whether the two articles are versions of one text by one publisher.
fn is_version(issue: &Issue, a: &Moment, b: &Moment) -> bool {
    is_same_publisher(a, b) && set_of(issue, a.article).contains(&b.article)
}

fn texts(sentences: &[Sentence]) -> Vec<&str> {
    sentences.iter().map(|s| &*s.text).collect()
}

fn issue_row(issue: &Issue) -> Row {
    let names: Vec<&str> = issue.publishers.iter().map(|o| &**o).collect();
    Row {
        id: ArticleId(issue.id.0),
        title: issue.title.clone(),
        publisher: None,
        when: issue.newest(),
        read: false,
        scrapped: false,
        copies: 0,
        revisions: 0,
        tags: Vec::new(),
        later: false,
        publishers: Some((issue.publishers.len(), Clean::line(&names.join(", ")))),
        section: None,
        topic: None,
    }
}

#[cfg(test)]
#[path = "tests/stories.rs"]
mod tests;
