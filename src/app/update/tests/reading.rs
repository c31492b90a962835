//! 뉴스듣기 as a script: keys and answers in, effects and what is lit out.

use crate::app::protocol::library::{LibraryJob, LibraryOutcome};
use crate::app::protocol::network::{MadeSummary, NetworkJob, NetworkOutcome};
use crate::app::protocol::rows::RowsPage;
use crate::app::protocol::speech::{SayRequest, SpeechJob, SpeechOutcome, Spoken};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::app::input::key::{Key, KeyCode};
use crate::app::protocol::job::{Job, JobId, Outcome};
use crate::app::protocol::rows::Row;
use crate::app::{Cause, Effect, JobEvent, Message, Model, Prefs, Screen, Start, update};
use crate::config::{Config, Depth, Language, Theme, Words};
use crate::glyph::Caps;
use crate::news::{Article, Block, Clean, Method, Summary, SummaryLine};
use crate::text::WidthPolicy;

fn article(title: &str) -> Article {
    let blocks = vec![
        Block::paragraph("첫 문장이다. 둘째 문장이다."),
        Block::paragraph("셋째 문장이다."),
    ];
    Article {
        title: Clean::line(title),
        blocks,
        ..Article::default()
    }
}

fn made_up_summary() -> Summary {
    let line = SummaryLine {
        text: Clean::line("짧게 줄인 문장이다."),
        source: Some(0),
        replaced: false,
        doubts: Vec::new(),
        ..SummaryLine::default()
    };
    Summary {
        sentences: vec![line],
        method: Method::Local,
        whole: false,
        cut: false,
    }
}

/// A model whose list holds `articles`, the first of them in the reader; and what was asked for
/// since.
struct Session {
    model: Model,
    articles: Vec<Arc<Article>>,
    effects: Vec<Effect>,
    /// The publisher wants the user to be asked first.
    guarded: bool,
}

impl Session {
    fn new(titles: &[&str]) -> Self {
        let config = Config::standard();
        let start = Start {
            words: Words::of(Language::Korean),
            theme: Theme::named("mono"),
            themes: crate::config::Themes::default(),
            config,
            prefs: Prefs::default(),
            depth: Depth::None,
            terminal: String::new(),
            policy: WidthPolicy::default(),
            caps: Caps::default(),
            canvas: crate::picture::Canvas::default(),
            pictures: false,
            clipboard: crate::app::protocol::sharing::Clipboard::Terminal,
            links: false,
            press: None,
            ground: None,
            screen: Screen {
                width: 80,
                height: 12,
            },
            now: Timestamp::UNIX_EPOCH,
            zone: TimeZone::UTC,
            collection: Collection::Sample,
            failures: Vec::new(),
        };
        let (model, effects) = Model::new(start);
        let articles: Vec<Arc<Article>> = titles.iter().map(|t| Arc::new(article(t))).collect();
        let mut session = Self {
            model,
            articles,
            effects,
            guarded: false,
        };
        session.serve();
        session
    }

    fn take(&mut self, message: Message) {
        let effects = update(&mut self.model, message);
        self.effects.extend(effects);
    }

    /// Answers what the world would: rows, articles and short news.
    fn serve(&mut self) {
        while let Some(at) = self.effects.iter().position(|e| {
            matches!(
                e,
                Effect::Start(
                    _,
                    Job::Library(LibraryJob::Rows(_) | LibraryJob::Article(_))
                        | Job::Network(NetworkJob::Summary(_))
                )
            )
        }) {
            let Effect::Start(id, job) = self.effects.remove(at) else {
                unreachable!()
            };
            let outcome = self.perform(job);
            self.take(Message::Job(id, JobEvent::Done(outcome)));
        }
    }

    fn perform(&self, job: Job) -> Outcome {
        match job {
            Job::Library(LibraryJob::Rows(request)) => {
                let rows: Vec<Row> = self.articles.iter().map(|a| Row::of(a)).collect();
                let page = RowsPage {
                    offset: request.offset,
                    total: rows.len(),
                    unread: rows.len(),
                    rows,
                };
                LibraryOutcome::Rows(Ok(page)).into()
            }
            Job::Library(LibraryJob::Article(request)) => {
                let is_it = |a: &&Arc<Article>| a.id() == request.id && &*a.title != "없다";
                let found = self.articles.iter().find(is_it).cloned();
                let found = found.map(Into::into);
                LibraryOutcome::Article(found.ok_or_else(|| Failure::new(Cause::Gone, ""))).into()
            }
            Job::Network(NetworkJob::Summary(request)) => {
                let made = if self.guarded {
                    Err(Failure::new(Cause::SummaryAsk, &request.article.title))
                } else {
                    Ok(MadeSummary {
                        article: request.article.id(),
                        summary: made_up_summary(),
                        answers_search: false,
                        sources: Vec::new(),
                    })
                };
                NetworkOutcome::Summary(made).into()
            }
            _ => unreachable!(),
        }
    }

    fn press(&mut self, key: char) {
        self.take(Message::Key(Key::plain(KeyCode::Char(key))));
        self.serve();
    }

    /// What is being said: the words of the last sentence asked for.
    fn saying(&self) -> Option<(JobId, String)> {
        self.effects.iter().rev().find_map(|e| match e {
            Effect::Start(id, Job::Speech(SpeechJob::Say(SayRequest { words, .. }))) => {
                Some((*id, words.text.clone()))
            }
            _ => None,
        })
    }

    fn said(&mut self) {
        let (id, _) = self.saying().unwrap();
        self.take(Message::Job(
            id,
            JobEvent::Done(SpeechOutcome::Say(Ok(Spoken::AsUsual)).into()),
        ));
        self.serve();
    }

    fn lit(&self) -> Option<String> {
        let lit = self.model.reader.spotlight()?;
        let part = &self.model.reader.body()?.document().parts[lit.part];
        part.text.get(lit.bytes.clone()).map(str::to_owned)
    }
}

#[test]
fn the_sentence_being_read_is_lit() {
    let mut session = Session::new(&["제목"]);
    session.press('l');
    session.press('p');
    assert_eq!(
        (
            session.saying().unwrap().1.as_str(),
            session.lit().as_deref()
        ),
        ("제목", Some("제목"))
    );
    session.said();
    assert_eq!(session.lit().as_deref(), Some("첫 문장이다."));
    session.press(']');
    assert_eq!(
        (
            session.saying().unwrap().1.as_str(),
            session.lit().as_deref()
        ),
        ("둘째 문장이다.", Some("둘째 문장이다."))
    );
    session.press('[');
    assert_eq!(session.lit().as_deref(), Some("첫 문장이다."));
    for _ in 0..3 {
        session.said();
    }
    assert_eq!(session.lit(), None);
    assert!(!session.model.listening.is_active());
}

#[test]
fn a_pause_cancels_the_voice_and_goes_on_from_the_sentence() {
    let mut session = Session::new(&["제목"]);
    session.press('l');
    session.press('p');
    session.said();
    let (id, _) = session.saying().unwrap();
    session.press('p');
    assert_eq!(session.effects.last(), Some(&Effect::Cancel(id)));
    session.take(Message::Job(
        id,
        JobEvent::Done(SpeechOutcome::Say(Err(Failure::new(Cause::Cancelled, ""))).into()),
    ));
    assert_eq!(
        (session.lit().as_deref(), session.model.notice.clone()),
        (Some("첫 문장이다."), None)
    );
    session.press('p');
    assert_eq!(session.saying().unwrap().1, "첫 문장이다.");
    session.press('q');
    assert_eq!(
        (session.model.listening.is_active(), session.lit()),
        (false, None)
    );
}

#[test]
fn from_a_list_one_article_follows_the_other_and_a_missing_one_is_passed_over() {
    let mut session = Session::new(&["하나", "없다", "셋"]);
    session.model.start.config.speech.list = crate::config::ListeningExtent::Title;
    session.press('p');
    assert_eq!(session.saying().unwrap().1, "하나");
    session.said();
    assert_eq!(
        (
            session.saying().unwrap().1.as_str(),
            session.model.lists.shown.selected()
        ),
        ("셋", 2)
    );
    session.said();
    assert!(!session.model.listening.is_active());
}

#[test]
fn a_voice_that_fails_is_told_and_ends_the_reading() {
    let mut session = Session::new(&["제목"]);
    session.press('p');
    let (id, _) = session.saying().unwrap();
    session.take(Message::Job(
        id,
        JobEvent::Done(SpeechOutcome::Say(Err(Failure::new(Cause::NoVoice, ""))).into()),
    ));
    assert!(
        session.model.notice.as_ref().is_some_and(|n| n.bad)
            && !session.model.listening.is_active()
    );
}

#[test]
fn suspending_the_program_pauses_the_voice() {
    let mut session = Session::new(&["제목"]);
    session.press('p');
    session.take(Message::Stop);
    assert!(session.model.listening.is_paused());
    assert_eq!(session.effects.last(), Some(&Effect::Suspend));
}

#[test]
fn the_short_news_is_said_as_the_world_makes_it_and_not_where_its_publisher_must_be_asked() {
    for guarded in [false, true] {
        let mut session = Session::new(&["제목", "둘"]);
        session.guarded = guarded;
        session.press('p');
        assert_eq!(session.saying().unwrap().1, "제목");
        session.said();
        if !guarded {
            assert_eq!(session.saying().unwrap().1, "짧게 줄인 문장이다.");
            session.said();
        }
        assert_eq!(session.saying().unwrap().1, "둘", "guarded: {guarded}");
    }
}
