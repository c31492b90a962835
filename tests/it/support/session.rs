//! A run of the program as a value: keys in, effects out, answers given by hand or by a small world
//! that keeps to what the desk would say.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use gisa::app::input::key::Key;
use gisa::app::panes::list::Row;
use gisa::app::panes::reader::SourceSentence;
use gisa::app::protocol::jobs::JobId;
use gisa::app::protocol::scrap_task::{Errand, Report};
use gisa::app::{
    Cause, Collection, Effect, Failure, Job, JobEvent, Message, Model, Outcome, Prefs, Record,
    Screen, Start, update,
};
use gisa::config::{Config, Depth, Language, Theme, Words};
use gisa::glyph::Caps;
use gisa::news::{Article, ArticleId, Clean, Look, Method, PageState, Scrap};
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
        clipboard: gisa::app::share::Clipboard::Terminal,
        links: false,
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
        answer: Result<Outcome, Failure>,
    ) -> Vec<Effect> {
        let at = self
            .open
            .iter()
            .position(|(_, job)| kind(job))
            .expect("no such job");
        let (id, _) = self.open.remove(at);
        self.tell(Message::Job(id, JobEvent::Done(answer)))
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
    pub(crate) fn perform(&mut self, job: Job) -> Result<Outcome, Failure> {
        Ok(match job {
            Job::Rows {
                collection,
                offset,
                limit,
                ..
            } => {
                let rows = self.rows(collection);
                let (total, unread) = (rows.len(), rows.iter().filter(|r| !r.read).count());
                let rows = rows.into_iter().skip(offset).take(limit).collect();
                Outcome::Rows {
                    collection,
                    offset,
                    rows,
                    total,
                    unread,
                    failures: Vec::new(),
                }
            }
            Job::Article { id, .. } => {
                let kept = self.scraps.get(&id).map(|s| Arc::new(s.article.clone()));
                let found = self
                    .articles
                    .iter()
                    .find(|a| a.id() == id)
                    .cloned()
                    .or(kept);
                let article = found.ok_or_else(|| Failure::new(Cause::Gone, "x"))?;
                Outcome::Article(article, self.places.get(&id).copied())
            }
            Job::Summary {
                article, sentences, ..
            } => summarize(&article, sentences),
            Job::ModelNews {
                article, sentences, ..
            } => model_summary(&article, sentences, false),
            Job::Keep(record) => self.keep(record),
            Job::Keeping(errand) => Outcome::Keeping(self.errand(errand)),
            Job::Refresh(_) => Outcome::Refreshed {
                new: 0,
                feeds: 2,
                failed: 1,
            },
            Job::Outlets => Outcome::Outlets(Vec::new(), Vec::new()),
            Job::Try(_) => Outcome::Tried(1, None),
            Job::Home { publisher, .. } => {
                Outcome::Home(Box::new(gisa::app::popups::publisher_home::Home {
                    publisher,
                    ..Default::default()
                }))
            }
            Job::Browse(_) | Job::View(_) | Job::Copy(_) => Outcome::Opened,
            Job::Share(parcel, _) => Outcome::Shared(parcel.title),
            Job::MostRead => Outcome::MostRead(Vec::new()),
            Job::Page(url) => return Err(Failure::new(Cause::Unreachable, &url)),
            Job::Tide => Outcome::Tide(false),
            Job::Picture(job) => return Err(Failure::new(Cause::Unreachable, &job.url)),
            Job::Sidebar => Outcome::SidebarData(Box::default()),
            Job::Say { .. } => return Err(Failure::new(Cause::Cancelled, "")),
            Job::FetchAhead => Outcome::FetchedAhead(0),
            Job::Group => Outcome::Grouped(false),
            Job::Versions(_) => return Err(Failure::new(Cause::NoVersions, "")),
            Job::FirstLines { ids, .. } => {
                Outcome::FirstLines(ids.into_iter().map(|id| (id, self.line(id))).collect())
            }
            Job::FullText { url, .. } => return Err(Failure::new(Cause::Unreachable, &url)),
            Job::Subscribe(address) => return Err(Failure::new(Cause::NotAFeed, &address)),
        })
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

    fn errand(&mut self, errand: Errand) -> Report {
        match errand {
            Errand::Scrap(id) => Report::Scrap(id, self.scraps.get(&id).cloned().map(Box::new)),
            Errand::Labels => {
                Report::Labels(self.scraps.values().flat_map(|s| s.tags.clone()).collect())
            }
            Errand::Tend(ids) => Report::Tended(ids),
            Errand::Export(_, to) => Report::Exported(1, 0, to),
            Errand::Print(_) => Report::Printed("종이".to_owned()),
            Errand::Look(id, _) => {
                let look = Look {
                    at: self.model.start.now,
                    state: PageState::Same,
                };
                Report::Looked(id, look, None)
            }
        }
    }

    fn keep(&mut self, record: Record) -> Outcome {
        match record {
            Record::Scrap(scrap) => {
                self.scraps.insert(scrap.id(), *scrap);
            }
            Record::Unscrap(id) => {
                if let Some(scrap) = self.scraps.remove(&id) {
                    return Outcome::Unscrapped(Box::new(scrap));
                }
            }
            Record::Annotate(id, change) => {
                if let Some(scrap) = self.scraps.get_mut(&id) {
                    scrap.annotate(change);
                }
            }
            Record::Read(ids, read) => {
                return Outcome::Marked(ids.into_iter().map(|id| (id, !read)).collect());
            }
            Record::All(_, _, read) => {
                return Outcome::Marked(self.articles.iter().map(|a| (a.id(), !read)).collect());
            }
            Record::ScrapAll(..) => return Outcome::ScrappedAll(Vec::new(), Vec::new()),
            Record::Mute(text, _) => return Outcome::Muted(text, 1),
            Record::Position(id, part, byte) => {
                self.places.insert(id, (part, byte));
            }
            Record::Opened(_)
            | Record::Ranking(_)
            | Record::ReadAgain(_)
            | Record::Prefs(_)
            | Record::Unsubscribe(_)
            | Record::Resubscribe(_)
            | Record::UnscrapAll(..)
            | Record::SubscribeAll(_)
            | Record::UnsubscribeAll(_)
            | Record::SaveSearch(..)
            | Record::ForgetSearch(_)
            | Record::Unmute(_) => {}
        }
        Outcome::Kept
    }

    /// The text at the top of the reader, some characters of it.
    pub(crate) fn top(&self) -> String {
        let sheet = self.model.reader.sheet().unwrap();
        sheet.layout.text(sheet.top).chars().take(12).collect()
    }

    /// Part and byte at the top of the body.
    pub(crate) fn place(&self) -> (usize, usize) {
        let body = self.model.reader.body.as_ref().unwrap();
        let anchor = body.layout.anchor(body.top);
        (anchor.part, anchor.byte)
    }

    pub(crate) fn notice(&self) -> (bool, &str) {
        self.model
            .notice
            .as_ref()
            .map_or((false, ""), |n| (n.bad, n.text.as_str()))
    }

    /// The articles of the run.
    pub(crate) fn article(&self, index: usize) -> &Arc<Article> {
        &self.articles[index]
    }
}

/// The short news as the worker makes it.
pub(crate) fn summarize(article: &Arc<Article>, count: usize) -> Outcome {
    let sentences = summary::sentences(article);
    let summary = summary::summarize_sentences(article, &sentences, count);
    let sources = sentences.into_iter().map(|s| SourceSentence {
        block: s.block,
        item: s.item,
        bytes: s.start..s.end,
    });
    Outcome::Summary(article.id(), summary, sources.collect())
}

/// The short news as a model makes it; its second line replaced by a sentence of the article, where
/// `lying`.
pub(crate) fn model_summary(article: &Arc<Article>, count: usize, lying: bool) -> Outcome {
    let Outcome::Summary(id, mut made, sources) = summarize(article, count) else {
        unreachable!()
    };
    made.method = Method::Llm(Clean::line("exa"));
    made.sentences
        .iter_mut()
        .skip(1)
        .take(1)
        .for_each(|l| l.replaced = lying);
    Outcome::Summary(id, made, sources)
}
