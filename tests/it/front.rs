//! 오늘의 신문: the front page, what opens from it, and the way there and back.

use gisa::app::protocol::library::{LibraryJob, LibraryOutcome};
use gisa::app::protocol::message::{Mouse, MouseKind};
use gisa::app::protocol::rows::{Row, RowsPage, RowsRequest, Section};
use gisa::app::protocol::story::StoryJob;
use gisa::app::{Collection, Job, Message, Pane};
use gisa::news::{ArticleId, Clean, Filter};

use crate::support::pages;
use crate::support::screen::{draw, row, text};
use crate::support::session::{Session, start};

fn publisher(name: &str, unread: usize) -> Option<Section> {
    Some(Section::Publisher {
        name: Clean::line(name),
        unread,
        filter: Box::new(Filter {
            publisher: Some(Clean::line(name)),
            ..Filter::default()
        }),
    })
}

/// An issue, then our four articles as two publishers' stories.
fn rows() -> Vec<Row> {
    let mut rows: Vec<Row> = pages::edition().iter().map(Row::of).collect();
    rows[0].section = publisher("가람신문", 2);
    rows[2].section = publisher("Garam Post", 0);
    rows.insert(
        0,
        Row {
            id: ArticleId(77),
            title: Clean::line("강변길과 음악회를 함께 전한 소식"),
            publishers: Some((3, Clean::line("가람신문, 나루신문, 다온일보"))),
            section: Some(Section::Issues),
            ..rows[0].clone()
        },
    );
    rows
}

fn front(width: u16, height: u16) -> Session {
    front_of(rows(), width, height)
}

fn front_of(rows: Vec<Row>, width: u16, height: u16) -> Session {
    let start = gisa::app::Start {
        collection: Collection::Front,
        ..start(width, height)
    };
    let mut s = Session::cold(start, pages::edition());
    answer(&mut s, rows);
    s.settle();
    s
}

/// Answers what asks for the front page's rows.
fn answer(s: &mut Session, rows: Vec<Row>) {
    let is_front = |job: &Job| {
        let collection = Collection::Front;
        matches!(job, Job::Library(LibraryJob::Rows(RowsRequest { collection: c, .. })) if *c == collection)
    };
    let page = RowsPage {
        total: rows.len(),
        unread: rows.len(),
        rows,
        offset: 0,
    };
    s.answer(is_front, LibraryOutcome::Rows(Ok(page)));
}

#[test]
fn the_page_has_the_screen_and_shows_issues_publishers_and_what_is_unread() {
    for (width, height) in [(40, 20), (80, 24), (120, 40), (200, 50)] {
        let s = front(width, height);
        assert!(s.model.geometry().reader.is_none(), "{width}");
        let shown = text(&draw(&s.model));
        for words in [
            "오늘의 신문",
            "오늘의 이슈",
            "3곳 · 가람신문",
            "안 읽음 2",
            "다 읽음",
        ] {
            assert!(shown.contains(words), "{width}: {words}\n{shown}");
        }
    }
}

#[test]
fn an_empty_page_names_only_keys_that_lead_on() {
    let s = front_of(Vec::new(), 120, 40);
    let shown = text(&draw(&s.model));
    let bar = shown.lines().last().unwrap_or_default();
    assert!(bar.contains("g p") && bar.contains(". "), "{bar}");
    for key in ["v 숏뉴스", "s 스크랩", "Enter"] {
        assert!(!bar.contains(key), "{bar}");
    }
    assert!(shown.contains("a로 주소를"), "{shown}");
}

#[test]
fn an_article_opens_beside_the_page_and_back_is_where_one_was() {
    let mut s = front(120, 16);
    s.keys("G");
    s.settle();
    let before = text(&draw(&s.model));
    s.keys("Enter");
    s.settle();
    assert_eq!(s.model.focus(), Pane::Reader);
    assert!(s.model.geometry().list.is_some() && s.model.geometry().reader.is_some());
    s.keys("q");
    let lines = |shown: &str| {
        shown
            .lines()
            .skip(2)
            .take(4)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let after = text(&draw(&s.model));
    assert_eq!(lines(&after), lines(&before));
    assert_eq!(s.model.list().selected(), 4);
}

#[test]
fn an_issue_opens_as_one_and_what_is_for_an_article_says_why_not() {
    let mut s = front(120, 40);
    s.keys("v");
    assert!(s.notice().1.contains("이슈"), "{:?}", s.notice());
    s.keys("g g");
    s.keys("j");
    s.settle();
    s.keys("k");
    assert!(
        s.live()
            .any(|job| *job == Job::Story(StoryJob::Issue(ArticleId(77))))
    );
    s.settle();
    let effects = s.keys("A");
    let marked = format!("{effects:?}");
    assert!(
        marked.contains("Read(") && !marked.contains("ArticleId(77)"),
        "{marked}"
    );
}

#[test]
fn one_key_leads_to_all_articles_and_back_to_the_same_page() {
    let mut s = front(120, 40);
    s.keys("j j .");
    s.settle();
    assert_eq!(s.model.list().collection(), Collection::Library);
    s.keys("I");
    s.settle();
    s.keys(".");
    answer(&mut s, rows());
    s.settle();
    assert_eq!(s.model.list().collection(), Collection::Front);
    assert_eq!(s.model.list().selected(), 2);
    s.keys("/");
    s.settle();
    assert_eq!(s.model.list().collection(), Collection::Library);
    assert!(s.model.prompt().is_some());
}

#[test]
fn a_click_selects_a_story_and_a_heading_lists_its_publisher() {
    let mut s = front(80, 24);
    let shown = draw(&s.model);
    let line = |words: &str| {
        let rows = 0..24;
        rows.into_iter()
            .find(|y| row(&shown, *y).contains(words))
            .unwrap()
    };
    let (story, heading) = (line("골목 음악회"), line("안 읽음 2"));
    let press = |y| {
        Message::Mouse(Mouse {
            kind: MouseKind::Press,
            x: 6,
            y,
        })
    };
    s.tell(press(story));
    assert_eq!(s.model.list().selected(), 1);
    s.tell(press(heading));
    s.settle();
    let filter = &s.model.list().listing().filter;
    assert_eq!(filter.publisher.as_deref(), Some("가람신문"));
}
