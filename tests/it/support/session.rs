//! A run of the program as a value: keys in, effects out, answers given by hand or by a small world
//! that keeps to what the desk would say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use gisa::app::input::key::Key;
use gisa::app::protocol::job::JobId;
use gisa::app::protocol::library::{
    LibraryJob, LibraryOutcome, PublisherDirectory, PublisherHome, PublisherHomeRequest,
    ScrapLookup, WordRequest,
};
use gisa::app::protocol::network::{
    EditionMade, ExportReport, FeedTrial, FirstLinesRequest, FullTextRequest, MadeSummary,
    NetworkJob, NetworkOutcome, PageCheck, PageRequest, Printout, RefreshReport, SummaryRequest,
    TrialRequest,
};
use gisa::app::protocol::picture::PictureJob;
use gisa::app::protocol::rows::Row;
use gisa::app::protocol::rows::{ArticleRequest, OpenedArticle, RowsPage};
use gisa::app::protocol::rules::RuleReport;
use gisa::app::protocol::story::{StoryJob, StoryOutcome};
use gisa::app::protocol::table::WorkerJob;
use gisa::app::{
    Cause, Change, Changed, Collection, Effect, Failure, Job, JobEvent, Message, Model, Outcome,
    Prefs, Screen, Start, update,
};
use gisa::config::{Config, Depth, Language, Theme, Words};
use gisa::dictionary::{LookedUp, WordEntry};
use gisa::glyph::Caps;
use gisa::news::{Article, ArticleId, Clean, Method, PageObservation, PageState, Revision, Scrap};
use gisa::news::{Passage, Scope};
use gisa::picture::Canvas;
use gisa::summary;
use gisa::text::WidthPolicy;
use jiff::tz::TimeZone;

use super::pages;

/// The program, the world, and what the one still owes the other.
pub(crate) struct Session {
    pub(crate) model: Model,
    /// Jobs that have no answer yet, oldest first.
    pub(crate) open: Vec<(JobId, Job)>,
    articles: Vec<Arc<Article>>,
    scraps: BTreeMap<ArticleId, Scrap>,
    places: BTreeMap<ArticleId, (usize, usize)>,
    /// What was rewritten in an article.
    pub(crate) revisions: BTreeMap<ArticleId, Vec<Revision>>,
    /// The read-later queue.
    pub(crate) queue: BTreeSet<ArticleId>,
    cancelled: BTreeSet<JobId>,
}

/// The start on a dark terminal of `width`×`height` in Korean, at noon of a day in November.
pub(crate) fn start(width: u16, height: u16) -> Start {
    Start {
        config: Config::standard(),
        prefs: Prefs::default(),
        words: Words::of(Language::Korean),
        theme: Theme::named("dark"),
        themes: gisa::config::Themes::default(),
        depth: Depth::True,
        terminal: "test".to_owned(),
        policy: WidthPolicy::default(),
        caps: Caps::default(),
        canvas: Canvas::default(),
        pictures: false,
        clipboard: gisa::app::protocol::sharing::Clipboard::Terminal,
        links: false,
        press: None,
        ground: None,
        screen: Screen { width, height },
        now: "2026-11-20T12:00:00+09:00".parse().unwrap(),
        zone: TimeZone::fixed(jiff::tz::offset(9)),
        collection: Collection::Library,
        failures: Vec::new(),
    }
}

impl Session {
    /// A run that has asked for its first rows and has no answer.
    pub(crate) fn cold(start: Start, articles: Vec<Article>) -> Self {
        let (model, effects) = Model::new(start);
        let articles = articles.into_iter().map(Arc::new).collect();
        let mut session = Self {
            model,
            open: Vec::new(),
            articles,
            scraps: BTreeMap::new(),
            places: BTreeMap::new(),
            revisions: BTreeMap::new(),
            queue: BTreeSet::new(),
            cancelled: BTreeSet::new(),
        };
        session.note(&effects);
        session
    }

    /// A run on our four articles, with rows and first article there.
    pub(crate) fn new(width: u16, height: u16) -> Self {
        let mut session = Self::cold(start(width, height), pages::edition());
        session.settle();
        session
    }

    /// The same, with that article open in the reader.
    pub(crate) fn reading(width: u16, height: u16, index: usize) -> Self {
        let mut session = Self::new(width, height);
        session.keys(&"j ".repeat(index));
        session.settle();
        session.keys("Enter");
        session.settle();
        session
    }

    /// Takes in a message; gives what the program asks for.
    pub(crate) fn tell(&mut self, message: Message) -> Vec<Effect> {
        let effects = update(&mut self.model, message);
        self.note(&effects);
        effects
    }

    /// Takes note of what the program asks for.
    pub(crate) fn note(&mut self, effects: &[Effect]) {
        for effect in effects {
            match effect {
                Effect::Start(id, job) => self.open.push((*id, job.clone())),
                // A job that was told to stop still answers, once.
                Effect::Cancel(id) => {
                    assert!(
                        self.open.iter().any(|(open, _)| open == id),
                        "{id:?} is not under way"
                    );
                    self.cancelled.insert(*id);
                }
                _ => {}
            }
        }
    }

    /// Open jobs that were not told to stop.
    pub(crate) fn live(&self) -> impl Iterator<Item = &Job> {
        self.open
            .iter()
            .filter(|(id, _)| !self.cancelled.contains(id))
            .map(|(_, job)| job)
    }

    /// Presses keys by their names, blanks between.
    pub(crate) fn keys(&mut self, keys: &str) -> Vec<Effect> {
        keys.split_whitespace()
            .flat_map(|k| self.tell(Message::Key(k.parse::<Key>().unwrap())))
            .collect()
    }

    pub(crate) fn resize(&mut self, width: u16, height: u16) {
        self.tell(Message::Resized(Screen { width, height }));
    }

    /// Gives the oldest open job of a kind this answer.
    #[track_caller]
    pub(crate) fn answer(
        &mut self,
        kind: impl Fn(&Job) -> bool,
        outcome: impl Into<Outcome>,
    ) -> Vec<Effect> {
        let (id, _) = self.take(kind);
        self.tell(Message::Job(id, JobEvent::Done(outcome.into())))
    }

    /// Has the oldest open job of a kind fail.
    #[track_caller]
    pub(crate) fn refuse(&mut self, kind: impl Fn(&Job) -> bool, failure: Failure) -> Vec<Effect> {
        let (id, job) = self.take(kind);
        self.tell(Message::Job(id, JobEvent::Done(job.failed(failure))))
    }

    #[track_caller]
    fn take(&mut self, kind: impl Fn(&Job) -> bool) -> (JobId, Job) {
        let at = self
            .open
            .iter()
            .position(|(_, job)| kind(job))
            .expect("no such job");
        self.open.remove(at)
    }

    /// Answers the job at `index` of those that are open, as the world would.
    pub(crate) fn answer_at(&mut self, index: usize) {
        let (id, job) = self.open.remove(index);
        let answer = self.perform(job);
        self.tell(Message::Job(id, JobEvent::Done(answer)));
    }

    /// Answers everything, and everything that follows from it.
    pub(crate) fn settle(&mut self) {
        for _ in 0..1000 {
            if self.open.is_empty() {
                return;
            }
            self.answer_at(0);
        }
        panic!("the program asks without end");
    }

    /// What the world says to a job.
    pub(crate) fn perform(&mut self, job: Job) -> Outcome {
        match job {
            Job::Library(job) => self.library(job).into(),
            Job::Network(job) => self.network(job).into(),
            Job::Story(job) => self.stories(job).into(),
            Job::Picture(PictureJob::Draw(ref request)) => {
                let failure = Failure::new(Cause::Unreachable, &request.url);
                job.failed(failure)
            }
            Job::Speech(_) => job.failed(Failure::new(Cause::Cancelled, "")),
        }
    }

    fn library(&mut self, job: LibraryJob) -> LibraryOutcome {
        match job {
            LibraryJob::Rows(request) => {
                let rows = self.rows(request.collection);
                LibraryOutcome::Rows(Ok(page(rows, request.offset, request.limit)))
            }
            LibraryJob::Article(ArticleRequest { id, .. }) => {
                let kept = self.scraps.get(&id).map(|s| Arc::new(s.article.clone()));
                let own = self.articles.iter().find(|a| a.id() == id).cloned();
                let place = self.places.get(&id).copied();
                let found = own.or(kept).map(|article| OpenedArticle {
                    place,
                    revisions: self.revisions.get(&id).cloned().unwrap_or_default(),
                    is_queued: self.queue.contains(&id),
                    ..article.into()
                });
                LibraryOutcome::Article(found.ok_or_else(|| Failure::new(Cause::Gone, "x")))
            }
            LibraryJob::Change(change) => LibraryOutcome::Change(Ok(self.change(change))),
            LibraryJob::CheckLibraryVersion => LibraryOutcome::CheckLibraryVersion(Ok(false)),
            LibraryJob::Sidebar => LibraryOutcome::Sidebar(Ok(Box::default())),
            LibraryJob::Publishers => LibraryOutcome::Publishers(Ok(PublisherDirectory::default())),
            LibraryJob::PublisherHome(PublisherHomeRequest { publisher, .. }) => {
                LibraryOutcome::PublisherHome(Ok(Box::new(PublisherHome {
                    publisher,
                    ..Default::default()
                })))
            }
            LibraryJob::MostRead => LibraryOutcome::MostRead(Ok(Vec::new())),
            LibraryJob::LookUp(WordRequest { eojeol, near, at }) => {
                let sentence = Clean::line(summary::sentence_at(&near, at));
                LibraryOutcome::LookUp(Ok(LookedUp {
                    entries: vec![WordEntry {
                        headword: eojeol.clone(),
                        entry: Some(Clean::line("풀이")),
                    }],
                    eojeol,
                    sentence,
                }))
            }
            LibraryJob::Scrap(id) => LibraryOutcome::Scrap(Ok(ScrapLookup {
                id,
                scrap: self.scraps.get(&id).cloned().map(Box::new),
            })),
            LibraryJob::Labels => {
                let labels = self.scraps.values().flat_map(|s| s.tags.clone());
                LibraryOutcome::Labels(Ok(labels.collect()))
            }
        }
    }

    fn network(&mut self, job: NetworkJob) -> NetworkOutcome {
        match job {
            NetworkJob::ReadSources => NetworkOutcome::ReadSources(Ok(Vec::new())),
            NetworkJob::Summary(r) => {
                answer_search(&r).unwrap_or_else(|| summarize(&r.article, r.sentences))
            }
            NetworkJob::ModelSummary(r) => model_summary(&r.article, r.sentences, false),
            NetworkJob::Refresh(_) => NetworkOutcome::Refresh(Ok(RefreshReport {
                new: 0,
                feeds: 2,
                failed: 1,
                cut: 0,
            })),
            NetworkJob::TryFeed(TrialRequest { address }) => NetworkOutcome::TryFeed(
                address,
                Ok(FeedTrial {
                    articles: 1,
                    newest: None,
                }),
            ),
            NetworkJob::Sync => NetworkOutcome::Sync(Ok(None)),
            NetworkJob::ApplyRules => NetworkOutcome::ApplyRules(Ok(RuleReport::default())),
            NetworkJob::KeepFeedSettings(_) => NetworkOutcome::KeepFeedSettings(Ok(())),
            NetworkJob::RunCommands(_) => NetworkOutcome::RunCommands(Ok(Vec::new())),
            NetworkJob::Exchange => NetworkOutcome::Exchange(Ok(None)),
            NetworkJob::FetchAhead => NetworkOutcome::FetchAhead(Ok(0)),
            NetworkJob::FetchLater => NetworkOutcome::FetchLater(Ok(0)),
            NetworkJob::FirstLines(FirstLinesRequest { ids, .. }) => {
                NetworkOutcome::FirstLines(Ok(self.lines(ids)))
            }
            NetworkJob::Browse(_) => NetworkOutcome::Browse(Ok(())),
            NetworkJob::ViewPicture(_) => NetworkOutcome::ViewPicture(Ok(())),
            NetworkJob::Copy(_) => NetworkOutcome::Copy(Ok(())),
            NetworkJob::Share(request) => NetworkOutcome::Share(Ok(request.parcel.title)),
            NetworkJob::CompleteScraps(ids) => NetworkOutcome::CompleteScraps(Ok(ids)),
            NetworkJob::Export(request) => NetworkOutcome::Export(Ok(ExportReport {
                written: 1,
                skipped: 0,
                path: request.path,
            })),
            NetworkJob::Print(_) => NetworkOutcome::Print(Ok(Printout::Printer("종이".to_owned()))),
            NetworkJob::Edition => NetworkOutcome::Edition(Ok(EditionMade {
                path: "신문.epub".to_owned(),
                articles: 3,
                sent: None,
            })),
            NetworkJob::CheckPage(request) => NetworkOutcome::CheckPage(Ok(PageCheck {
                id: request.id,
                observation: PageObservation {
                    at: self.model.start().now,
                    state: PageState::Same,
                },
                article: None,
            })),
            NetworkJob::Page(PageRequest { ref url, .. })
            | NetworkJob::FullText(FullTextRequest { ref url, .. })
            | NetworkJob::Rest(FullTextRequest { ref url, .. }) => {
                let failure = Failure::new(Cause::Unreachable, url);
                job.failed(failure)
            }
            NetworkJob::Subscribe(ref address) => {
                let failure = Failure::new(Cause::NotAFeed, address);
                job.failed(failure)
            }
        }
    }

    fn stories(&mut self, job: StoryJob) -> StoryOutcome {
        match job {
            StoryJob::IssueRows => {
                let rows = self.rows(Collection::Issues);
                StoryOutcome::IssueRows(Ok(page(rows, 0, usize::MAX)))
            }
            StoryJob::Issue(_) => job.failed(Failure::new(Cause::Gone, "x")),
            StoryJob::FirstLines(ids) => StoryOutcome::FirstLines(Ok(self.lines(ids))),
            StoryJob::Group => StoryOutcome::Group(Ok(false)),
            StoryJob::Versions(_) => job.failed(Failure::new(Cause::NoVersions, "")),
        }
    }

    fn lines(&self, ids: Vec<ArticleId>) -> Vec<(ArticleId, Clean)> {
        ids.into_iter().map(|id| (id, self.line(id))).collect()
    }

    fn line(&self, id: ArticleId) -> Clean {
        let article = self.articles.iter().find(|a| a.id() == id);
        let summary = article
            .map(|a| summary::summarize(a, 1).sentences)
            .unwrap_or_default();
        summary
            .into_iter()
            .next()
            .map(|l| l.text)
            .unwrap_or_default()
    }

    fn rows(&self, collection: Collection) -> Vec<Row> {
        let kept = |row: Row| Row {
            scrapped: self.scraps.contains_key(&row.id),
            tags: self
                .scraps
                .get(&row.id)
                .map_or_else(Vec::new, |s| s.tags.to_vec()),
            later: self.queue.contains(&row.id),
            ..row
        };
        if collection == Collection::Scraps {
            return self
                .scraps
                .values()
                .map(|s| {
                    kept(Row {
                        read: true,
                        ..Row::of(&s.article)
                    })
                })
                .collect();
        }
        self.articles.iter().map(|a| kept(Row::of(a))).collect()
    }

    fn change(&mut self, change: Change) -> Changed {
        match change {
            Change::Scrap(scrap) => {
                self.scraps.insert(scrap.id(), *scrap);
            }
            Change::Unscrap(id) => {
                if let Some(scrap) = self.scraps.remove(&id) {
                    return Changed::Unscrapped(Box::new(scrap));
                }
            }
            Change::Annotate(id, annotation) => {
                if let Some(scrap) = self.scraps.get_mut(&id) {
                    scrap.annotate(annotation);
                }
            }
            Change::Read(ids, read) => {
                return Changed::Marked(ids.into_iter().map(|id| (id, !read)).collect());
            }
            Change::ToggleLater(id) => {
                let was = self.queue.take(&id);
                if was.is_none() {
                    self.queue.insert(id);
                }
                return Changed::Queued(vec![(id, was.map(|_| self.model.start().now))]);
            }
            Change::ReadThrough(id) => {
                self.queue.remove(&id);
                return Changed::Queued(vec![(id, Some(self.model.start().now))]);
            }
            Change::QueueAgain(places) => {
                for (id, place) in places {
                    match place {
                        Some(_) => self.queue.insert(id),
                        None => self.queue.remove(&id),
                    };
                }
            }
            Change::All(_, _, read) => {
                return Changed::Marked(self.articles.iter().map(|a| (a.id(), !read)).collect());
            }
            Change::ScrapAll(..) => return Changed::ScrappedAll(Vec::new(), Vec::new()),
            Change::Mute(text, _) => return Changed::Muted(text, 1),
            Change::Position(id, part, byte) => {
                self.places.insert(id, (part, byte));
            }
            Change::Opened(_)
            | Change::Ranking(_)
            | Change::ReadAgain(_)
            | Change::Prefs(_)
            | Change::Unsubscribe(_)
            | Change::Resubscribe(_)
            | Change::FileFeeds(_)
            | Change::UndoRules(_)
            | Change::UnscrapAll(..)
            | Change::SubscribeAll(_)
            | Change::UnsubscribeAll(_)
            | Change::SaveSearch(..)
            | Change::ForgetSearch(_)
            | Change::Unmute(_) => {}
        }
        Changed::Done
    }

    /// The text at the top of the reader, some characters of it.
    pub(crate) fn top(&self) -> String {
        let sheet = self.model.reader().sheet().unwrap();
        sheet.layout().text(sheet.top()).chars().take(12).collect()
    }

    /// Part and byte at the top of the body.
    pub(crate) fn place(&self) -> (usize, usize) {
        let body = self.model.reader().body().unwrap();
        let anchor = body.layout().anchor(body.top());
        (anchor.part, anchor.byte)
    }

    pub(crate) fn notice(&self) -> (bool, &str) {
        self.model
            .notice()
            .as_ref()
            .map_or((false, ""), |n| (n.bad, n.text.as_str()))
    }

    /// The articles of the run.
    pub(crate) fn article(&self, index: usize) -> &Arc<Article> {
        &self.articles[index]
    }
}

fn page(rows: Vec<Row>, offset: usize, limit: usize) -> RowsPage {
    RowsPage {
        offset,
        total: rows.len(),
        unread: rows.iter().filter(|r| !r.read).count(),
        rows: rows.into_iter().skip(offset).take(limit).collect(),
    }
}

/// The sentences that answer a search, as the worker gives them.
fn answer_search(request: &SummaryRequest) -> Option<NetworkOutcome> {
    let query = request.query.as_ref()?;
    let answers = |text: &str| !query.spans(text, Scope::Anywhere).is_empty();
    let mut made = made_summary(&request.article, request.sentences);
    let sentences = summary::sentences(&request.article);
    made.summary = summary::answering(&request.article, &sentences, request.sentences, answers)?;
    made.answers_search = true;
    Some(NetworkOutcome::Summary(Ok(made)))
}

/// The short news as the worker makes it.
pub(crate) fn summarize(article: &Arc<Article>, count: usize) -> NetworkOutcome {
    NetworkOutcome::Summary(Ok(made_summary(article, count)))
}

/// The short news as a model makes it; its second line replaced by a sentence of the article, where
/// `lying`.
pub(crate) fn model_summary(article: &Arc<Article>, count: usize, lying: bool) -> NetworkOutcome {
    let mut made = made_summary(article, count);
    made.summary.method = Method::Llm(Clean::line("exa"));
    let second = made.summary.sentences.iter_mut().skip(1).take(1);
    second.for_each(|l| l.replaced = lying);
    NetworkOutcome::ModelSummary(Ok(made))
}

fn made_summary(article: &Arc<Article>, count: usize) -> MadeSummary {
    let sentences = summary::sentences(article);
    let made = summary::summarize_sentences(article, &sentences, count);
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
