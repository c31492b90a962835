//! What is fuzzed, as plain functions of bytes: each takes whatever comes and says what must hold
//! of the outcome.
//!
//! The fuzz targets call one each; `tests/it/fuzz.rs` calls them all on the kept seeds and crashes,
//! so that no fuzzer is needed to see that those still hold.

use gisa::app::protocol::change::Changed;
use gisa::app::protocol::library::{LibraryJob, LibraryOutcome};
use gisa::app::protocol::network::NetworkJob;
use gisa::app::protocol::network::{MadeSummary, NetworkOutcome};
use gisa::app::protocol::rows::{ArticleRequest, RowsPage};
use gisa::app::protocol::table::WorkerJob;
use std::sync::Arc;

use gisa::app::input::key::{Key, KeyCode};
use gisa::app::protocol::message::{Mouse, MouseKind};
use gisa::app::protocol::rows::Row;
use gisa::app::{
    Cause, Collection, Effect, Failure, Job, JobEvent, Message, Model, Outcome, Prefs, Screen,
    Start, update,
};
use gisa::config::{Config, Depth, Language, Theme, Words};
use gisa::extract::{self, PageHint, Profiles};
use gisa::glyph::Caps;
use gisa::news::Passage;
use gisa::news::query::Scope;
use gisa::news::{Article, Clean, Query, Subject, sample, write};
use gisa::speech::{SpeechExtent, utterances};
use gisa::summary;
use gisa::text::{
    Ambiguous, Breaking, Document, Labels, Layout, Measure, Part, PartRole, PartSource, Scale,
    Sequences, TextSize, WidthPolicy, columns,
};
use gisa::view::view;
use jiff::tz::TimeZone;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// A fuzz target: its name, and what it does.
pub(crate) type Body = (&'static str, fn(&[u8]));

/// All of them.
pub(crate) const ALL: [Body; 8] = [
    ("page", page),
    ("feed", feed),
    ("layout", layout),
    ("query", query),
    ("opml", opml),
    ("imports", imports),
    ("config", config),
    ("keys", keys),
];

/// A page's bytes become an article, and the article everything that is made of one.
pub(crate) fn page(data: &[u8]) {
    thread_local! { static PROFILES: Profiles = Profiles::embedded(); }
    let (choice, bytes) = first(data);
    let url = [
        "https://n.news.naver.com/article/1/2",
        "https://news.kbs.co.kr/a?ncd=1",
        "https://a.example/1",
        "?",
    ];
    let charset = [None, Some("utf-8"), Some("euc-kr"), Some("iso-8859-1")];
    let hint = PageHint {
        is_subscribed: false,
        url: Some(url[usize::from(choice % 4)]),
        charset: charset[usize::from(choice / 4 % 4)],
    };
    let article = PROFILES.with(|profiles| extract::page(bytes, &hint, profiles));
    assert!((0.0..=1.0).contains(&article.extraction.confidence));
    made_of(&article);
    let pasted = extract::pasted::plain(&extract::charset::decode(bytes, hint.charset), hint.url);
    made_of(&pasted);
}

/// What holds of any article, and of what is written of it.
fn made_of(article: &Article) {
    let json = write::json(article).to_string();
    is_clean(&json);
    let again: Article = serde_json::from_str(&json).expect("what we write we read");
    assert_eq!(again.title, article.title);
    is_clean(&write::markdown(article));
    is_clean(&write::html(article));
    let sentences = summary::sentences(article);
    let summary = summary::summarize_sentences(article, &sentences, 3);
    // A body that is short anyway is shown whole.
    assert!(summary.sentences.len() <= 3 || summary.whole);
    for words in utterances(article, SpeechExtent::Full, None) {
        is_clean(&words.text);
        assert!(
            words
                .text
                .starts_with(|c: char| c.is_alphanumeric() || matches!(c, '$' | '€' | '£' | '¥'))
        );
    }
    let document = Arc::new(Document::article(article, &Labels::default()));
    let layout = Layout::new(document, Measure::plain(40, WidthPolicy::default()));
    layout.window(layout.first(), 24);
    layout.window(layout.bottom(24), 24);
}

/// A feed's bytes become entries.
pub(crate) fn feed(data: &[u8]) {
    let (choice, bytes) = first(data);
    let url = ["https://a.example/rss", "https://b.kr/feed", "::"][usize::from(choice % 3)];
    let charset = [None, Some("euc-kr"), Some("utf-16")][usize::from(choice / 3 % 3)];
    if let Ok(parsed) = extract::feed::feed(bytes, charset, url) {
        is_clean(&parsed.feed.title);
        for entry in &parsed.entries {
            is_clean(&entry.guid);
            if let Some(markup) = &entry.markup {
                is_clean(&extract::feed::words(markup));
            }
        }
        for article in parsed.articles() {
            is_clean(&write::json(&article).to_string());
        }
    }
    for found in extract::feed::discovery::discover(&String::from_utf8_lossy(bytes), url) {
        is_clean(&found);
    }
}

/// Text is set in lines of any width: none too wide, no letter lost, every line reached.
pub(crate) fn layout(data: &[u8]) {
    let Some((how, bytes)) = data.split_at_checked(4) else {
        return;
    };
    let text = String::from_utf8_lossy(bytes);
    let roles = [
        PartRole::Paragraph,
        PartRole::Title,
        PartRole::Code,
        PartRole::Quote,
        PartRole::Item,
        PartRole::Caption,
    ];
    let role = roles[usize::from(how[2] % 6)];
    let clean = if role == PartRole::Code {
        Clean::code(&text)
    } else {
        Clean::lines(&text)
    };
    is_clean(&clean);
    let scale = match how[1] % 4 {
        0 => Scale::Protocol {
            scale: 1 + how[3] % 4,
            num: 1 + how[3] % 3,
            den: 3,
        },
        _ => Scale::Cells,
    };
    let policy = WidthPolicy {
        ambiguous: if how[1] & 16 == 0 {
            Ambiguous::Narrow
        } else {
            Ambiguous::Wide
        },
        emoji_vs16: 1 + (how[1] >> 5 & 1),
        emoji_sequence: [
            Sequences::Joined,
            Sequences::Apart,
            Sequences::Tones,
            Sequences::Links,
        ][usize::from(how[1] >> 6)],
    };
    let breaking =
        [Breaking::Eojeol, Breaking::Hybrid, Breaking::Syllable][usize::from(how[3] % 3)];
    let width = 2 + u16::from(how[0] % 200);
    let measure = Measure {
        scale,
        title_scale: scale,
        size: TextSize::Normal,
        breaking,
        justify: how[3] & 64 != 0,
        ..Measure::plain(width, policy)
    };
    let part = Part::new(role, clean.clone(), PartSource::Other);
    let layout = Layout::new(Arc::new(Document { parts: vec![part] }), measure);
    if clean.is_empty() {
        return;
    }
    let mut seen = String::new();
    let mut at = Some(layout.first());
    while let Some(spot) = at {
        let (line, words) = (layout.line(spot), layout.text(spot));
        seen.extend(words.chars().filter(|c| !c.is_whitespace()));
        let used = columns(words, line.scale, policy);
        let one = policy
            .graphemes(words)
            .filter(|(_, cells)| *cells > 0)
            .count()
            <= 1;
        assert!(
            used + usize::from(line.indent + line.slack) <= usize::from(width) || one,
            "{words:?} sticks out"
        );
        assert_eq!(
            layout.spot(layout.anchor(spot)),
            spot,
            "a line is found again by its place"
        );
        at = layout.next(spot);
    }
    assert_eq!(
        seen,
        clean
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>(),
        "no letter is lost"
    );
}

/// A query is read, or refused at a place in it; what is read can be asked and lit.
pub(crate) fn query(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let now = "2026-11-20T12:00:00+09:00[Asia/Seoul]"
        .parse()
        .expect("an instant");
    match Query::parse(&text, &now) {
        Err(error) => assert!(
            text.get(error.at.clone()).is_some(),
            "{error:?} lies outside"
        ),
        Ok(query) => {
            let body = Clean::line(&text);
            let subject = Subject {
                form: None,
                title: "금리를 올렸다",
                body: &body,
                publisher: "가람신문",
                authors: &[],
                url: "",
                feeds: &["가람신문".to_owned()],
                tags: &["경제".to_owned()],
                lang: "ko",
                published: Some(now.timestamp()),
                first_seen: now.timestamp(),
                revised: None,
                later: false,
                read: data.len().is_multiple_of(2),
                scrapped: data.len().is_multiple_of(3),
                pictured: false,
            };
            let _ = query.matches(&subject);
            for scope in [Scope::Anywhere, Scope::Title] {
                let mut end = 0;
                for span in query.spans(&body, scope) {
                    assert!(
                        end <= span.start
                            && span.start < span.end
                            && body.get(span.clone()).is_some()
                    );
                    end = span.end;
                }
            }
        }
    }
}

/// Subscriptions that were read are written, and read again the same.
pub(crate) fn opml(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Ok(feeds) = extract::feed::opml::parse(&text) else {
        return;
    };
    for feed in &feeds {
        is_clean(&feed.url);
        is_clean(&feed.title);
    }
    let again = extract::feed::opml::parse(&extract::feed::opml::write(&feeds))
        .expect("what we write we read");
    let urls = |feeds: &[gisa::news::Feed]| {
        let mut urls: Vec<String> = feeds.iter().map(|f| f.url.to_string()).collect();
        urls.sort();
        urls
    };
    assert_eq!(urls(&again), urls(&feeds));
}

/// Exports of other services, in whatever form they are taken for, and lists of subscriptions.
pub(crate) fn imports(data: &[u8]) {
    use gisa::extract::saved;
    let text = String::from_utf8_lossy(data);
    let now = jiff::Timestamp::from_second(1_800_000_000).expect("a time");
    let mut see = |_: usize, entry: Result<saved::SavedEntry, saved::EntryFault>| {
        if let Ok(saved::SavedEntry::Page(page)) = entry
            && let Ok(scrap) = page.into_scrap(now)
        {
            is_clean(&scrap.article.title);
            scrap.tags.iter().for_each(|tag| is_clean(tag));
            let kept = serde_json::to_string(&scrap).expect("what is kept is written");
            let again: gisa::news::Scrap = serde_json::from_str(&kept).expect("and read");
            assert_eq!(again.id(), scrap.id());
        }
        saved::AfterEntry::GoOn
    };
    // Each reader bears what another one's form would be.
    saved::table(&text, &mut see);
    saved::bookmark_page(&text, &mut see);
    saved::address_list(&text, &mut see);
    let names = saved::folder_names(data);
    let _ = saved::json(data, &names, &mut see);
    if let Some(list) = extract::subscriptions::subscriptions(&text) {
        for feed in &list.feeds {
            is_clean(&feed.url);
            is_clean(&feed.title);
        }
    }
}

/// Settings and profiles are read, or refused with a line.
pub(crate) fn config(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match Config::with_user("config.toml", &text) {
        Ok(config) => {
            let _ = gisa::app::input::keymap::Keymap::from_table(&config.key_table(), &config.keys);
        }
        Err(error) => {
            assert!(error.line <= text.lines().count() + 1 && !error.reason.contains('\n'));
        }
    }
    let (profiles, errors) = Profiles::with_user(&[("mine.toml", &text)]);
    assert!(profiles.iter().count() > 0);
    for error in errors {
        assert!(!error.to_string().is_empty());
    }
}

/// Whatever is pressed, pasted, clicked and answered: the program stays sound and can be drawn.
pub(crate) fn keys(data: &[u8]) {
    let mut bytes = data.iter().copied();
    let mut byte = move || bytes.next();
    let (Some(width), Some(height)) = (byte(), byte()) else {
        return;
    };
    let mut run = Run::new(u16::from(width) % 140, u16::from(height) % 50);
    for _ in 0..400 {
        let Some(kind) = byte() else { break };
        match kind {
            0..=0x7e => run.tell(Message::Key(typed(kind))),
            0x7f..=0x8f => {
                let jamo = [
                    'ㅓ', 'ㅏ', 'ㄴ', 'ㅍ', 'ㅂ', 'ㄱ', 'ㅁ', 'ㅇ', 'ㄹ', 'ㅎ', 'ㅗ', 'ㅣ', 'ㅃ',
                    '가', '힣', '́', 'é',
                ];
                run.tell(Message::Key(Key::char(jamo[usize::from(kind - 0x7f)])));
            }
            0x90..=0x9f => {
                let kinds = [
                    MouseKind::Press,
                    MouseKind::Drag,
                    MouseKind::Release,
                    MouseKind::WheelDown,
                    MouseKind::WheelUp,
                ];
                let (x, y) = (
                    u16::from(byte().unwrap_or(0)),
                    u16::from(byte().unwrap_or(0)),
                );
                run.tell(Message::Mouse(Mouse {
                    kind: kinds[usize::from(kind) % 5],
                    x,
                    y,
                }));
            }
            0xa0..=0xa7 => {
                let (width, height) = (
                    u16::from(byte().unwrap_or(0)),
                    u16::from(byte().unwrap_or(0)) % 60,
                );
                run.tell(Message::Resized(Screen { width, height }));
            }
            0xa8..=0xaf => {
                let text: String = std::iter::from_fn(|| byte().filter(|b| *b != 0))
                    .take(40)
                    .map(char::from)
                    .collect();
                run.tell(Message::Paste(text));
            }
            0xb0..=0xb3 => run.tell(Message::Stop),
            0xb4..=0xb7 => run.tell(Message::Resumed),
            0xb8..=0xdf => run.answer(usize::from(kind), None),
            _ => {
                let causes = Cause::ALL;
                run.answer(
                    usize::from(kind),
                    Some(causes[usize::from(byte().unwrap_or(0)) % causes.len()]),
                );
            }
        }
    }
    while !run.open.is_empty() && run.answered < 2_000 {
        run.answer(0, None);
    }
    run.draw();
}

/// The key for a byte: printable characters are themselves, controls the keys beside them.
fn typed(byte: u8) -> Key {
    let special = [
        KeyCode::Enter,
        KeyCode::Esc,
        KeyCode::Tab,
        KeyCode::Backspace,
        KeyCode::Delete,
        KeyCode::Home,
        KeyCode::End,
        KeyCode::PageUp,
        KeyCode::PageDown,
        KeyCode::Up,
        KeyCode::Down,
        KeyCode::Left,
        KeyCode::Right,
        KeyCode::F(1),
    ];
    match byte {
        0..=13 => Key::plain(special[usize::from(byte)]),
        14..=31 => Key {
            ctrl: true,
            ..Key::char(char::from(b'a' + byte - 14))
        },
        _ => Key::char(char::from(byte)),
    }
}

/// The program on its sample edition, and what it still waits for.
struct Run {
    model: Model,
    open: Vec<(gisa::app::protocol::job::JobId, Job)>,
    articles: Vec<Arc<Article>>,
    told: usize,
    answered: usize,
}

impl Run {
    fn new(width: u16, height: u16) -> Self {
        let start = Start {
            config: Config::standard(),
            prefs: Prefs::default(),
            words: Words::of(Language::Korean),
            theme: Theme::named("dark"),
            themes: gisa::config::Themes::default(),
            depth: Depth::True,
            terminal: "fuzz".to_owned(),
            policy: WidthPolicy::default(),
            caps: Caps::default(),
            canvas: gisa::picture::Canvas::default(),
            pictures: true,
            clipboard: gisa::app::protocol::sharing::Clipboard::Terminal,
            links: true,
            press: None,
            ground: None,
            screen: Screen { width, height },
            now: "2026-11-20T12:00:00+09:00".parse().expect("an instant"),
            zone: TimeZone::fixed(jiff::tz::offset(9)),
            collection: Collection::Sample,
            failures: Vec::new(),
        };
        let (model, effects) = Model::new(start);
        let articles = sample::edition()
            .into_iter()
            .take(6)
            .map(Arc::new)
            .collect();
        let mut run = Self {
            model,
            open: Vec::new(),
            articles,
            told: 0,
            answered: 0,
        };
        run.note(effects);
        run
    }

    fn note(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Start(id, job) => self.open.push((id, job)),
                Effect::Copy(text) => is_clean(&text),
                _ => {}
            }
        }
    }

    fn tell(&mut self, message: Message) {
        let effects = update(&mut self.model, message);
        self.note(effects);
        self.told += 1;
        // Drawing is the slow part, and what is wrong stays wrong for a while.
        if self.told.is_multiple_of(8) {
            self.draw();
        }
    }

    fn draw(&self) {
        let screen = self.model.start().screen;
        let mut terminal = Terminal::new(TestBackend::new(screen.width, screen.height))
            .expect("a screen in memory");
        terminal
            .draw(|frame| view(&self.model, frame))
            .expect("a screen in memory");
    }

    fn answer(&mut self, index: usize, fail: Option<Cause>) {
        if self.open.is_empty() {
            return;
        }
        self.answered += 1;
        let (id, job) = self.open.remove(index % self.open.len());
        let outcome = match fail {
            Some(cause) => job.failed(Failure::new(cause, "가나")),
            None => self.perform(job),
        };
        self.tell(Message::Job(id, JobEvent::Done(outcome)));
    }

    fn perform(&self, job: Job) -> Outcome {
        match job {
            Job::Library(LibraryJob::Rows(request)) => {
                let total = self.articles.len();
                let rows = self.articles.iter().map(|a| Row::of(a));
                let rows = rows.skip(request.offset).take(request.limit).collect();
                let page = RowsPage {
                    offset: request.offset,
                    rows,
                    total,
                    unread: total,
                };
                LibraryOutcome::Rows(Ok(page)).into()
            }
            Job::Library(LibraryJob::Article(ArticleRequest { id, .. })) => {
                let found = self.articles.iter().find(|a| a.id() == id).cloned();
                let found = found.map(Into::into);
                LibraryOutcome::Article(found.ok_or_else(|| Failure::new(Cause::Gone, "x"))).into()
            }
            Job::Network(NetworkJob::Summary(request)) => {
                let article = &request.article;
                let all = summary::sentences(article);
                let summary = summary::summarize_sentences(article, &all, request.sentences);
                let places = all.into_iter().map(|s| Passage {
                    block: s.block,
                    item: s.item,
                    bytes: s.start..s.end,
                });
                NetworkOutcome::Summary(Ok(MadeSummary {
                    article: article.id(),
                    summary,
                    answers_search: false,
                    sources: places.collect(),
                }))
                .into()
            }
            Job::Library(LibraryJob::Change(_)) => LibraryOutcome::Change(Ok(Changed::Done)).into(),
            Job::Network(NetworkJob::ReadSources) => {
                NetworkOutcome::ReadSources(Ok(Vec::new())).into()
            }
            job => job.failed(Failure::new(Cause::Cancelled, "")),
        }
    }
}

/// The first byte, which chooses how the others are read, and the others.
fn first(data: &[u8]) -> (u8, &[u8]) {
    data.split_first()
        .map_or((0, &[][..]), |(choice, rest)| (*choice, rest))
}

/// Says that a text of the outside holds nothing that moves a terminal or turns its reading round.
fn is_clean(text: &str) {
    let bad = text.chars().find(|c| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}')
            || ('\u{e0000}'..='\u{e0fff}').contains(c)
    });
    assert!(
        bad.is_none(),
        "{bad:?} in {:?}",
        text.chars().take(200).collect::<String>()
    );
}
