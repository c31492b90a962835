//! Runs the jobs that take long: reading sources, fetching pages, summaries, subscriptions, opening
//! programs.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp, ZonedDateTime};

use super::Report;
use super::edition_task::EditionTask;
use super::language_model;
use super::language_model::Wanted;
use super::memory_articles::MemoryArticles;
use super::pictures::Gallery;
use super::scrap_tasks::ScrapTasks;
use crate::app::protocol::message::Progress;
use crate::app::protocol::network::{
    ExchangeOutcome, FetchedText, FirstLinesRequest, FullTextRequest, MadeSummary, NetworkJob,
    NetworkOutcome, PageRequest, RefreshReport, RefreshScope, SummaryRequest, SyncOutcome,
    TrialRequest,
};
use crate::app::protocol::rows::{Collection, OpenedArticle};
use crate::app::protocol::sharing::{Parcel, ShareRequest};
use crate::app::{Cause, Failure};
use crate::config::{self, LanguageModel};
use crate::extract;
use crate::news::{Article, ArticleId, Clean, Passage, Problem, Scope, Summary};
use crate::runtime::cancel::Cancel;
use crate::runtime::feed_settings;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::fetch::{outbound, source, subscribe};
use crate::runtime::net::UNKNOWN_ORIGIN;
use crate::runtime::refresh;
use crate::runtime::refresh::FeedSelection;
use crate::runtime::refresh::RefreshEvent;
use crate::runtime::refresh::downloads;
use crate::runtime::rules;
use crate::runtime::rules::commands;
use crate::runtime::rules::commands::CommandLimits;
use crate::runtime::store::Store;
use crate::runtime::sync::{exchange, sync_if_set_up};
use crate::runtime::system::{desktop, share};
use crate::summary;
use crate::summary::Sentence;

/// The settings and services that the network threads share.
pub struct NetworkWorker {
    /// How pages are fetched.
    pub fetch: Fetch,
    /// The sources named on the command line.
    pub sources: Vec<String>,
    /// The contents of standard input, read before the terminal was taken over.
    pub stdin: Option<Vec<u8>>,
    /// The language model of the settings, if any.
    pub model: LanguageModel,
    /// Fetches and draws pictures.
    pub gallery: Gallery,
    /// The settings for sharing articles.
    pub share: config::ShareSettings,
    /// Program and arguments that show a picture; the system's opener where empty.
    pub viewer: Vec<String>,
    /// Runs the slow tasks on scraps.
    pub scraps: ScrapTasks,
    /// Writes the newspaper to take along.
    pub edition: EditionTask,
    /// Articles that are not in the library.
    pub memory: MemoryArticles,
    /// Articles further apart in time than this never belong to the same story.
    pub window: SignedDuration,
}

impl NetworkWorker {
    /// Runs a job; `tell` is called with its progress.
    pub fn serve(&self, job: NetworkJob, cancel: &Cancel, tell: &mut Report<'_>) -> NetworkOutcome {
        match job {
            NetworkJob::ReadSources => NetworkOutcome::ReadSources(self.read_sources(cancel)),
            NetworkJob::Summary(request) => {
                NetworkOutcome::Summary(summarize(&request, &self.fetch))
            }
            NetworkJob::ModelSummary(request) => {
                NetworkOutcome::ModelSummary(self.ask_model(&request, cancel, tell))
            }
            NetworkJob::Refresh(scope) => {
                NetworkOutcome::Refresh(refresh(&scope, self, cancel, tell))
            }
            NetworkJob::Sync => NetworkOutcome::Sync(sync(&self.fetch, cancel, tell)),
            NetworkJob::ApplyRules => {
                NetworkOutcome::ApplyRules(rules::apply(&self.fetch, &ZonedDateTime::now(), cancel))
            }
            NetworkJob::KeepFeedSettings(request) => {
                let file = &self.fetch.sources.file;
                let kept = feed_settings::keep(file, &request.url, &request.settings);
                NetworkOutcome::KeepFeedSettings(kept)
            }
            NetworkJob::RunCommands(asked) => {
                let limits = CommandLimits::default();
                NetworkOutcome::RunCommands(Ok(commands::run(&asked, limits, cancel)))
            }
            NetworkJob::Exchange => NetworkOutcome::Exchange(through_folder(&self.fetch, cancel)),
            NetworkJob::FetchAhead => {
                let came = refresh::fetch_library_ahead(&self.fetch, cancel);
                self.fetch_downloads(cancel);
                NetworkOutcome::FetchAhead(came)
            }
            NetworkJob::FetchLater => {
                let came = refresh::fetch_library_later(&self.fetch, cancel);
                self.fetch_downloads(cancel);
                NetworkOutcome::FetchLater(came)
            }
            NetworkJob::FullText(request) => {
                NetworkOutcome::FullText(full_text(&request, self, cancel))
            }
            NetworkJob::Rest(request) => {
                let fetched = match is_left_alone(&request, self) {
                    true => Err(Failure::new(Cause::Cancelled, "")),
                    false => full_text(&request, self, cancel),
                };
                NetworkOutcome::Rest(request.id, fetched.map(|fetched| fetched.opened))
            }
            NetworkJob::Page(request) => NetworkOutcome::Page(page(&request, self, cancel)),
            NetworkJob::Subscribe(address) => {
                NetworkOutcome::Subscribe(subscribe::subscribe(&address, &self.fetch, cancel))
            }
            NetworkJob::TryFeed(TrialRequest { address }) => {
                let trial = subscribe::attempt(&address, &self.fetch, cancel);
                NetworkOutcome::TryFeed(address, trial)
            }
            NetworkJob::FirstLines(request) => {
                NetworkOutcome::FirstLines(Ok(first_lines(&request, self, cancel)))
            }
            NetworkJob::Browse(PageRequest { url, named_by }) => {
                let allowed = outbound::check(&url, named_by.as_ref(), &self.fetch);
                NetworkOutcome::Browse(allowed.and_then(|()| desktop::browse(&url)))
            }
            NetworkJob::ViewPicture(url) => {
                NetworkOutcome::ViewPicture(desktop::view(&url, &self.viewer, &self.gallery))
            }
            NetworkJob::Copy(text) => NetworkOutcome::Copy(share::copy(&text)),
            NetworkJob::Share(ShareRequest {
                parcel,
                to,
                named_by,
            }) => {
                // What was fetched ahead is played from here, also without the network.
                let sent = match downloads::held(&self.fetch.library, &parcel.url) {
                    Some(path) => {
                        let url = Clean::line(&path.display().to_string());
                        share::send(&Parcel { url, ..parcel }, &to, &self.share)
                    }
                    None => outbound::check(&parcel.url, named_by.as_ref(), &self.fetch)
                        .and_then(|()| share::send(&parcel, &to, &self.share)),
                };
                NetworkOutcome::Share(sent)
            }
            NetworkJob::CompleteScraps(ids) => {
                let completed = self.scraps.complete(&ids, cancel);
                NetworkOutcome::CompleteScraps(completed.map(|()| ids))
            }
            NetworkJob::Export(request) => NetworkOutcome::Export(self.scraps.export(&request)),
            NetworkJob::Print(article) => NetworkOutcome::Print(self.scraps.print(&article)),
            NetworkJob::Edition => {
                let made = self.edition.write(&self.fetch, &self.gallery, cancel);
                NetworkOutcome::Edition(made)
            }
            NetworkJob::CheckPage(request) => {
                NetworkOutcome::CheckPage(self.scraps.check_page(&request, cancel))
            }
        }
    }

    /// Fetches recordings and films ahead. What fails is tried again after the next refresh.
    fn fetch_downloads(&self, cancel: &Cancel) {
        match downloads::fetch_downloads(&self.fetch, cancel) {
            Ok(done) => {
                for failure in done.failures {
                    tracing::warn!(?failure, "a recording or film was not fetched");
                }
            }
            Err(failure) => tracing::warn!(?failure, "recordings and films were not fetched"),
        }
    }

    /// Reads the sources named on the command line; returns the failures of those that could not be
    /// read.
    fn read_sources(&self, cancel: &Cancel) -> Result<Vec<Failure>, Failure> {
        let stdin = self.stdin.as_deref();
        let (articles, failures) = source::read_all(&self.sources, stdin, &self.fetch, cancel);
        // A cancelled read must not replace the complete result of an earlier one.
        if cancel.is_cancelled() && !self.memory.on(Collection::Sources).is_empty() {
            return Err(Failure::new(Cause::Cancelled, ""));
        }
        self.memory.put(Collection::Sources, articles);
        Ok(failures)
    }

    fn ask_model(
        &self,
        request: &SummaryRequest,
        cancel: &Cancel,
        tell: &mut Report<'_>,
    ) -> Result<MadeSummary, Failure> {
        let article = &request.article;
        let wanted = Wanted {
            article,
            count: request.sentences,
            agreed: request.agreed,
        };
        let mut told = |characters| {
            tell(Progress {
                done: characters,
                total: None,
            });
        };
        let made = language_model::short_news(&self.model, &self.fetch, wanted, cancel, &mut told)?;
        Ok(with_sources(article, made, summary::finished(article)))
    }
}

/// Fetches a page that is read without being stored.
fn page(
    request: &PageRequest,
    worker: &NetworkWorker,
    cancel: &Cancel,
) -> Result<OpenedArticle, Failure> {
    let url = &request.url;
    let store = Store::open(&worker.fetch.library)?;
    let (mut feed, mut from) = (None, vec![UNKNOWN_ORIGIN]);
    if let Some((id, origin)) = &request.named_by {
        feed = store.feed_of(*id)?;
        from = vec![&**origin];
    }
    from.extend(feed.as_deref());
    let found = source::download(url, &from, &worker.fetch, cancel)?;
    let article = found
        .into_iter()
        .next()
        .ok_or_else(|| Failure::new(Cause::NoArticle, url))?;
    Ok(Arc::new(article).into())
}

/// Fetches the page of an article and stores its text, where that is fuller than what is held.
fn full_text(
    request: &FullTextRequest,
    worker: &NetworkWorker,
    cancel: &Cancel,
) -> Result<FetchedText, Failure> {
    let (id, url) = (request.id, &request.url);
    let store = Store::open(&worker.fetch.library)?;
    let feed = store.feed_of(id)?;
    let stored = store.article(id)?.map(Arc::new);
    // The address may be the one that the page calls its own.
    let opened = worker.memory.find(id);
    let origin = opened.as_deref().or(stored.as_deref()).map(Article::origin);
    let from: Vec<&str> = feed
        .as_deref()
        .into_iter()
        .chain(origin.as_deref())
        .collect();
    let held = stored.or(opened);
    let found = match source::download(url, &from, &worker.fetch, cancel) {
        Ok(found) => found.into_iter().next(),
        Err(failure) if failure.cause == Cause::NoArticle => None,
        Err(failure) => return Err(failure),
    };
    let problem = match &found {
        Some(article) => article.extraction.problem.clone(),
        None => Some(Problem::Empty),
    };
    let is_other = (found.as_ref()).is_some_and(|p| extract::is_other_article(p, held.as_deref()));
    let fetched = |article: Arc<Article>, is_taken| FetchedText {
        opened: article.into(),
        is_taken,
        is_other,
        problem,
    };
    let fuller = found.filter(|found| held.is_none() || extract::is_fuller(found, held.as_deref()));
    let Some(article) = fuller else {
        let held = held.ok_or_else(|| Failure::new(Cause::NoArticle, url))?;
        return Ok(fetched(held, false));
    };
    store.put_article(&article, Some(id), Timestamp::now())?;
    // As the library has it from now on.
    let article = store.article(id)?.unwrap_or(article);
    Ok(fetched(Arc::new(article), true))
}

/// Whether the settings of the article's subscription want no page fetched when it is opened.
fn is_left_alone(request: &FullTextRequest, worker: &NetworkWorker) -> bool {
    let feeds = worker.fetch.feed_book();
    let feed = Store::open(&worker.fetch.library)
        .and_then(|store| store.feed_of(request.id))
        .ok()
        .flatten();
    let own = feed.as_ref().and_then(|feed| feeds.of(feed));
    own.and_then(|own| own.full_text) == Some(false)
}

/// Refreshes the subscriptions of `scope`.
fn refresh(
    scope: &RefreshScope,
    worker: &NetworkWorker,
    cancel: &Cancel,
    tell: &mut Report<'_>,
) -> Result<RefreshReport, Failure> {
    let mut total = None;
    let mut told = |event: RefreshEvent| match event {
        RefreshEvent::Started { feeds } => total = Some(feeds as u64),
        RefreshEvent::FeedDone { done, .. } => tell(Progress {
            done: done as u64,
            total,
        }),
        RefreshEvent::Finished(_) => {}
    };
    let sum = refresh::refresh_library(
        &worker.fetch,
        &selected_feeds(scope, worker)?,
        cancel,
        &mut told,
    )?;
    Ok(RefreshReport {
        new: sum.new,
        feeds: sum.feeds - sum.failed.min(sum.feeds),
        failed: sum.failed,
        cut: sum.cut,
    })
}

/// Syncs with the reader's server, where one is set up.
fn sync(
    fetch: &Fetch,
    cancel: &Cancel,
    tell: &mut Report<'_>,
) -> Result<Option<SyncOutcome>, Failure> {
    let mut told = |done: usize, total: usize| {
        tell(Progress {
            done: done as u64,
            total: Some(total as u64),
        });
    };
    let report = sync_if_set_up(fetch, cancel, &mut told)?;
    Ok(report.map(|report| SyncOutcome {
        new: report.new,
        changed: report.marks + report.edited,
        sent: report.sent,
        refused: report.refused.len(),
    }))
}

/// Exchanges with the reader's other machines, where a folder is set.
fn through_folder(fetch: &Fetch, cancel: &Cancel) -> Result<Option<ExchangeOutcome>, Failure> {
    let report = exchange(fetch, cancel)?;
    Ok(report.map(|report| ExchangeOutcome {
        changed: report.changed,
        sent: report.sent,
        unread: report.faults.into_iter().next().map(|(file, _)| file),
    }))
}

/// The subscriptions that `asked` means.
fn selected_feeds(asked: &RefreshScope, worker: &NetworkWorker) -> Result<FeedSelection, Failure> {
    let store = Store::open(&worker.fetch.library)?;
    let feeds = || store.feeds().map_err(Failure::from);
    Ok(match asked {
        RefreshScope::All => FeedSelection::All,
        RefreshScope::Due => FeedSelection::Due,
        RefreshScope::Feed(feed) => FeedSelection::These(vec![*feed]),
        RefreshScope::Folder(folder) => {
            let inside = feeds()?
                .into_iter()
                .filter(|f| f.feed.folder.as_ref() == Some(folder));
            FeedSelection::These(inside.map(|f| f.id).collect())
        }
        RefreshScope::Of(id) => {
            let row = store.article_row(*id)?;
            row.and_then(|r| r.feed)
                .map_or(FeedSelection::All, |feed| FeedSelection::These(vec![feed]))
        }
    })
}

/// The summary of an article: the page's own where it has one, else an extractive one.
fn summarize(request: &SummaryRequest, fetch: &Fetch) -> Result<MadeSummary, Failure> {
    let article = &request.article;
    let sentences = summary::finished(article);
    if let Some(query) = &request.query {
        let answers = |text: &str| !query.spans(text, Scope::Anywhere).is_empty();
        let found = summary::answering(article, &sentences, request.sentences, answers);
        if let Some(found) = found {
            fetch.may_shorten(article, request.agreed)?;
            let made = with_sources(article, found, sentences);
            return Ok(MadeSummary {
                answers_search: true,
                ..made
            });
        }
    }
    let made = match summary::page(article) {
        Some(own) => own,
        None => {
            fetch.may_shorten(article, request.agreed)?;
            summary::summarize_sentences(article, &sentences, request.sentences)
        }
    };
    Ok(with_sources(article, made, sentences))
}

/// The first line of each article's summary: of the page's own, else of an extractive one. Empty
/// where there is none, and where the publisher must be asked first.
fn first_lines(
    FirstLinesRequest { collection, ids }: &FirstLinesRequest,
    worker: &NetworkWorker,
    cancel: &Cancel,
) -> Vec<(ArticleId, Clean)> {
    let store = Store::open(&worker.fetch.library).ok();
    let article = |id: ArticleId| {
        let own = worker
            .memory
            .find(id)
            .filter(|_| *collection != Collection::Scraps);
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
            worker
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

/// A summary with the positions of the sentences that it quotes.
fn with_sources(article: &Article, made: Summary, sentences: Vec<Sentence>) -> MadeSummary {
    let sources = sentences.into_iter().map(|s| Passage {
        block: s.block,
        item: s.item,
        bytes: s.start..s.end,
    });
    MadeSummary {
        article: article.id(),
        summary: made,
        answers_search: false,
        sources: sources.collect(),
    }
}
