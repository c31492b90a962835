//! 뉴스듣기 as a script: keys and answers in, effects and what is lit out.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::app::input::key::{Key, KeyCode};
use crate::app::panes::list::Row;
use crate::app::{Cause, JobEvent, Message, Prefs, Screen, Start, update};
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
    };
    Summary {
        sentences: vec![line],
        method: Method::Local,
        whole: false,
    }
}

/// A model whose list holds `articles`, the first of them in the reader; and what was asked for
/// since.
struct Desk {
    model: Model,
    articles: Vec<Arc<Article>>,
    effects: Vec<Effect>,
    /// The publisher wants the reader to be asked first.
    guarded: bool,
}

impl Desk {
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
            clipboard: crate::app::share::Clipboard::Terminal,
            links: false,
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
        let mut desk = Self {
            model,
            articles,
            effects,
            guarded: false,
        };
        desk.serve();
        desk
    }

    fn take(&mut self, message: Message) {
        let effects = update(&mut self.model, message);
        self.effects.extend(effects);
    }

    /// Answers what the world would: rows and articles.
    fn serve(&mut self) {
        while let Some(at) = self.effects.iter().position(|e| {
            matches!(
                e,
                Effect::Start(
                    _,
                    Job::Rows { .. } | Job::Article { .. } | Job::Summary { .. }
                )
            )
        }) {
            let Effect::Start(id, job) = self.effects.remove(at) else {
                unreachable!()
            };
            let outcome = match job {
                Job::Rows {
                    collection, offset, ..
                } => {
                    let rows: Vec<Row> = self.articles.iter().map(|a| Row::of(a)).collect();
                    Ok(Outcome::Rows {
                        collection,
                        offset,
                        total: rows.len(),
                        unread: rows.len(),
                        rows,
                        failures: Vec::new(),
                    })
                }
                Job::Article { id, .. } => match self
                    .articles
                    .iter()
                    .find(|a| a.id() == id && &*a.title != "없다")
                {
                    Some(article) => Ok(Outcome::Article(article.clone(), None)),
                    None => Err(Failure::new(Cause::Gone, "")),
                },
                Job::Summary { article, .. } if self.guarded => {
                    Err(Failure::new(Cause::SummaryAsk, &article.title))
                }
                Job::Summary { article, .. } => Ok(Outcome::Summary(
                    article.id(),
                    made_up_summary(),
                    Vec::new(),
                )),
                _ => unreachable!(),
            };
            self.take(Message::Job(id, JobEvent::Done(outcome)));
        }
    }

    fn press(&mut self, key: char) {
        self.take(Message::Key(Key::plain(KeyCode::Char(key))));
        self.serve();
    }

    /// What is being said: the words of the last sentence asked for.
    fn saying(&self) -> Option<(JobId, String)> {
        self.effects.iter().rev().find_map(|e| match e {
            Effect::Start(id, Job::Say { words, .. }) => Some((*id, words.text.clone())),
            _ => None,
        })
    }

    fn said(&mut self) {
        let (id, _) = self.saying().unwrap();
        self.take(Message::Job(id, JobEvent::Done(Ok(Outcome::Said))));
        self.serve();
    }

    fn lit(&self) -> Option<String> {
        let lit = self.model.reader.lit.as_ref()?;
        let part = &self.model.reader.body.as_ref()?.layout.document().parts[lit.part];
        part.text.get(lit.bytes.clone()).map(str::to_owned)
    }
}

#[test]
fn the_sentence_being_read_is_lit() {
    let mut desk = Desk::new(&["제목"]);
    desk.press('l');
    desk.press('p');
    assert_eq!(
        (desk.saying().unwrap().1.as_str(), desk.lit().as_deref()),
        ("제목", Some("제목"))
    );
    desk.said();
    assert_eq!(desk.lit().as_deref(), Some("첫 문장이다."));
    desk.press(']');
    assert_eq!(
        (desk.saying().unwrap().1.as_str(), desk.lit().as_deref()),
        ("둘째 문장이다.", Some("둘째 문장이다."))
    );
    desk.press('[');
    assert_eq!(desk.lit().as_deref(), Some("첫 문장이다."));
    for _ in 0..3 {
        desk.said();
    }
    assert_eq!(desk.lit(), None);
    assert!(!desk.model.listening.active());
}

#[test]
fn a_pause_cancels_the_voice_and_goes_on_from_the_sentence() {
    let mut desk = Desk::new(&["제목"]);
    desk.press('l');
    desk.press('p');
    desk.said();
    let (id, _) = desk.saying().unwrap();
    desk.press('p');
    assert_eq!(desk.effects.last(), Some(&Effect::Cancel(id)));
    desk.take(Message::Job(
        id,
        JobEvent::Done(Err(Failure::new(Cause::Cancelled, ""))),
    ));
    assert_eq!(
        (desk.lit().as_deref(), desk.model.notice.clone()),
        (Some("첫 문장이다."), None)
    );
    desk.press('p');
    assert_eq!(desk.saying().unwrap().1, "첫 문장이다.");
    desk.press('q');
    assert_eq!((desk.model.listening.active(), desk.lit()), (false, None));
}

#[test]
fn from_a_list_one_article_follows_the_other_and_a_missing_one_is_passed_over() {
    let mut desk = Desk::new(&["하나", "없다", "셋"]);
    desk.model.start.config.speech.list = crate::config::ListeningExtent::Title;
    desk.press('p');
    assert_eq!(desk.saying().unwrap().1, "하나");
    desk.said();
    assert_eq!(
        (desk.saying().unwrap().1.as_str(), desk.model.list.selected),
        ("셋", 2)
    );
    desk.said();
    assert!(!desk.model.listening.active());
}

#[test]
fn a_voice_that_fails_is_told_and_ends_the_reading() {
    let mut desk = Desk::new(&["제목"]);
    desk.press('p');
    let (id, _) = desk.saying().unwrap();
    desk.take(Message::Job(
        id,
        JobEvent::Done(Err(Failure::new(Cause::NoVoice, ""))),
    ));
    assert!(desk.model.notice.as_ref().is_some_and(|n| n.bad) && !desk.model.listening.active());
}

#[test]
fn suspending_the_program_pauses_the_voice() {
    let mut desk = Desk::new(&["제목"]);
    desk.press('p');
    desk.take(Message::Stop);
    assert_eq!(desk.model.listening.player.state(), State::Paused);
    assert_eq!(desk.effects.last(), Some(&Effect::Suspend));
}

#[test]
fn the_short_news_is_said_as_the_world_makes_it_and_not_where_its_publisher_must_be_asked() {
    for guarded in [false, true] {
        let mut desk = Desk::new(&["제목", "둘"]);
        desk.guarded = guarded;
        desk.press('p');
        assert_eq!(desk.saying().unwrap().1, "제목");
        desk.said();
        if !guarded {
            assert_eq!(desk.saying().unwrap().1, "짧게 줄인 문장이다.");
            desk.said();
        }
        assert_eq!(desk.saying().unwrap().1, "둘", "guarded: {guarded}");
    }
}
