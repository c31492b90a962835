//! Work that takes long: reading sources, making short news, fetching, opening.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use super::language_model;
use super::language_model::Wanted;
use super::library::Order;
use super::memory_articles::MemoryArticles;
use super::pictures::Gallery;
use super::scrap_tasks;
use crate::runtime::archive::Archive;
use crate::runtime::cancel::Cancel;
use crate::runtime::executor::{Answers, Task};
use crate::runtime::fetch::source;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::refresh::RefreshEvent;
use crate::runtime::refresh::job;
use crate::runtime::refresh::job::Which;
use crate::runtime::store::Store;
use crate::runtime::system::desktop;
use crate::runtime::system::share;
use jiff::{SignedDuration, Timestamp};

use crate::app::panes::reader::SourceSentence;
use crate::app::protocol::effect::RefreshScope;
use crate::app::{Cause, Collection, Failure, Job, Outcome};
use crate::config::PrintSettings;
use crate::config::{self, LanguageModel};
use crate::extract;
use crate::news::{Article, ArticleId, Clean, Summary};
use crate::summary;
use crate::summary::Sentence;
use crate::text::Labels;

/// What work needs to know.
pub struct World {
    /// How pages are fetched.
    pub fetch: Fetch,
    /// What the command line named.
    pub sources: Vec<String>,
    /// Standard input, read before the screen was taken.
    pub stdin: Option<Vec<u8>>,
    /// The language model of the settings.
    pub model: LanguageModel,
    /// Where pictures come from.
    pub gallery: Gallery,
    /// Where articles can be sent.
    pub share: config::ShareSettings,
    /// Program and arguments that show a picture; the system's where empty.
    pub viewer: Vec<String>,
    /// Scraps as files.
    pub archive: Arc<Archive>,
    /// Sentences of a short news.
    pub sentences: usize,
    /// Where to print.
    pub print: PrintSettings,
    /// What stands for pictures and videos on paper.
    pub labels: Labels,
    /// Articles outside the store.
    pub memory: MemoryArticles,
    /// Articles further apart than this tell different stories.
    pub window: SignedDuration,
}

/// Does a task. `None` where somebody else answers it.
pub fn perform(
    task: Task,
    world: &World,
    answers: &Answers,
    desk: &Sender<Order>,
) -> Option<Result<Outcome, Failure>> {
    match task.job {
        Job::Rows { .. } => {
            let (articles, failures) = source::read_all(
                &world.sources,
                world.stdin.as_deref(),
                &world.fetch,
                &task.cancel,
            );
            // What was called off halfway must not take the place of what was read whole before.
            if task.cancel.is_cancelled() && !world.memory.on(Collection::Sources).is_empty() {
                return Some(Err(Failure::new(Cause::Cancelled, "")));
            }
            desk.send(Order::MemoryArticles(task.id, articles, failures))
                .is_err()
                .then(|| Err(Failure::new(Cause::Bug, "desk")))
        }
        Job::Summary {
            article,
            sentences,
            agreed,
        } => Some(summarize(&article, sentences, agreed, &world.fetch)),
        Job::ModelNews {
            article,
            sentences,
            agreed,
        } => {
            let wanted = Wanted {
                article: &article,
                count: sentences,
                agreed,
            };
            let mut tell = |characters| answers.progress(task.id, characters, None);
            let made = language_model::short_news(
                &world.model,
                &world.fetch,
                wanted,
                &task.cancel,
                &mut tell,
            );
            Some(made.map(|summary| with_sources(&article, summary, summary::sentences(&article))))
        }
        Job::Picture(job) => Some(world.gallery.draw(&job, &task.cancel).map(Outcome::Picture)),
        Job::View(url) => {
            Some(desktop::view(&url, &world.viewer, &world.gallery).map(|()| Outcome::Opened))
        }
        Job::Copy(text) => Some(share::copy(&text).map(|()| Outcome::Opened)),
        Job::Share(parcel, to) => {
            Some(share::send(&parcel, &to, &world.share).map(Outcome::Shared))
        }
        Job::Page(url) => Some(page(&url, world, &task.cancel)),
        Job::Keeping(errand) => Some(scrap_tasks::run(errand, world, &task.cancel)),
        Job::Browse(address) => Some(desktop::browse(&address).map(|()| Outcome::Opened)),
        Job::Refresh(ref asked) => Some(refresh(asked, &task, world, answers)),
        Job::FetchAhead => {
            Some(job::fetch_ahead(&world.fetch, &task.cancel).map(Outcome::FetchedAhead))
        }
        Job::FullText { id, url } => Some(full_text(id, &url, world, &task.cancel)),
        Job::Try(address) => Some(crate::runtime::fetch::subscribe::attempt(
            &address,
            &world.fetch,
            &task.cancel,
        )),
        Job::Subscribe(address) => Some(
            crate::runtime::fetch::subscribe::subscribe(&address, &world.fetch, &task.cancel)
                .map(Outcome::Subscribed),
        ),
        Job::FirstLines { collection, ids } => Some(Ok(Outcome::FirstLines(first_lines(
            collection,
            &ids,
            world,
            &task.cancel,
        )))),
        Job::MostRead
        | Job::Article { .. }
        | Job::Keep(_)
        | Job::Sidebar
        | Job::Tide
        | Job::Outlets
        | Job::Home { .. }
        | Job::Group
        | Job::Versions(_)
        | Job::Say { .. } => Some(Err(Failure::new(Cause::Bug, "work"))),
    }
}

/// A page that is only read.
fn page(url: &Clean, world: &World, cancel: &Cancel) -> Result<Outcome, Failure> {
    let found = source::read(url, None, None, &world.fetch, cancel)?;
    let article = found
        .into_iter()
        .next()
        .ok_or_else(|| Failure::new(Cause::NoArticle, url))?;
    Ok(Outcome::Article(Arc::new(article), None))
}

/// The page of an article, kept in its place.
fn full_text(
    id: ArticleId,
    url: &Clean,
    world: &World,
    cancel: &Cancel,
) -> Result<Outcome, Failure> {
    let store = Store::open(&world.fetch.library)?;
    let feed = store.feed_of(id)?;
    let found = source::download(url, feed.as_deref(), &world.fetch, cancel)?;
    let article = found
        .into_iter()
        .next()
        .ok_or_else(|| Failure::new(Cause::NoArticle, url))?;
    let held = store.article(id)?;
    if let Some(held) = held.filter(|held| !extract::is_fuller(&article, Some(held))) {
        return Ok(Outcome::Article(Arc::new(held), None));
    }
    store.put_article(&article, Some(id), Timestamp::now())?;
    Ok(Outcome::Article(Arc::new(article), None))
}

/// Fetches what was asked for.
fn refresh(
    asked: &RefreshScope,
    task: &Task,
    world: &World,
    answers: &Answers,
) -> Result<Outcome, Failure> {
    let mut total = None;
    let mut tell = |event: RefreshEvent| match event {
        RefreshEvent::Started { feeds } => total = Some(feeds as u64),
        RefreshEvent::FeedDone { done, .. } => answers.progress(task.id, done as u64, total),
        RefreshEvent::Finished(_) => {}
    };
    let sum = job::refresh(&world.fetch, &which(asked, world)?, &task.cancel, &mut tell)?;
    Ok(Outcome::Refreshed {
        new: sum.new,
        feeds: sum.feeds - sum.failed.min(sum.feeds),
        failed: sum.failed,
    })
}

/// The subscriptions that are meant.
fn which(asked: &RefreshScope, world: &World) -> Result<Which, Failure> {
    let store = Store::open(&world.fetch.library)?;
    let feeds = || store.feeds().map_err(Failure::from);
    Ok(match asked {
        RefreshScope::All => Which::All,
        RefreshScope::Due => Which::Due,
        RefreshScope::Feed(feed) => Which::These(vec![*feed]),
        RefreshScope::Folder(folder) => {
            let inside = feeds()?
                .into_iter()
                .filter(|f| f.feed.folder.as_ref() == Some(folder));
            Which::These(inside.map(|f| f.id).collect())
        }
        RefreshScope::Of(id) => {
            let row = store.article_row(*id)?;
            row.and_then(|r| r.feed)
                .map_or(Which::All, |feed| Which::These(vec![feed]))
        }
    })
}

/// The short news: the page's own where it has one, else ours.
fn summarize(
    article: &Article,
    count: usize,
    agreed: bool,
    fetch: &Fetch,
) -> Result<Outcome, Failure> {
    let sentences = summary::sentences(article);
    let summary = match summary::page(article) {
        Some(own) => own,
        None => {
            fetch.may_shorten(article, agreed)?;
            summary::summarize_sentences(article, &sentences, count)
        }
    };
    Ok(with_sources(article, summary, sentences))
}

/// The first line of each article's short news: the page's own, else ours; empty where there is
/// none, and where the publisher wants the reader to be asked first.
fn first_lines(
    collection: Collection,
    ids: &[ArticleId],
    world: &World,
    cancel: &Cancel,
) -> Vec<(ArticleId, Clean)> {
    let store = Store::open(&world.fetch.library).ok();
    let article = |id: ArticleId| {
        let own = world
            .memory
            .find(id)
            .filter(|_| collection != Collection::Scraps);
        own.or_else(|| {
            let store = store.as_ref()?;
            let found = match collection {
                Collection::Scraps => store.scrap(id).ok()?.map(|s| s.article),
                _ => store.article(id).ok()?,
            };
            found.map(Arc::new)
        })
    };
    let line = |id: ArticleId| {
        let article = article(id)?;
        let ours = || {
            world
                .fetch
                .may_shorten(&article, false)
                .ok()
                .map(|()| summary::summarize(&article, 1))
        };
        summary::page(&article)
            .or_else(ours)?
            .sentences
            .into_iter()
            .next()
            .map(|l| l.text)
    };
    ids.iter()
        .take_while(|_| !cancel.is_cancelled())
        .map(|&id| (id, line(id).unwrap_or_default()))
        .collect()
}

/// A summary with the places of the sentences that it names.
fn with_sources(article: &Article, summary: Summary, sentences: Vec<Sentence>) -> Outcome {
    let sources = sentences.into_iter().map(|s| SourceSentence {
        block: s.block,
        item: s.item,
        bytes: s.start..s.end,
    });
    Outcome::Summary(article.id(), summary, sources.collect())
}
