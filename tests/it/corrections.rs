//! What publishers rewrote: in the list, above the article, word by word, and on the command line.

use gisa::app::Job;
use gisa::app::input::action::Action;
use gisa::app::protocol::library::{LibraryJob, LibraryOutcome};
use gisa::app::protocol::rows::{Row, RowsPage};
use gisa::news::{Article, Block, Clean, Revision, Rewrite, RewriteKind};
use gisa::runtime::store::Store;

use crate::support::pages;
use crate::support::sandbox::Sandbox;
use crate::support::screen::{draw, text};
use crate::support::session::{Session, start};

/// The first article of the edition, whose publisher rewrote its first sentence and dropped one.
fn rewritten() -> Session {
    let mut s = Session::cold(start(100, 40), pages::edition());
    let article = s.article(0).clone();
    let body = article.text();
    let now = body
        .split_inclusive("다.")
        .next()
        .unwrap()
        .trim()
        .to_owned();
    let (first, _) = now.split_once(' ').unwrap();
    let revision = Revision {
        seen: "2026-11-19T03:00:00Z".parse().unwrap(),
        changed: vec![
            Rewrite {
                kind: RewriteKind::Rewritten,
                old: Clean::line(&now.replacen(first, "다른말이", 1)),
                new: Clean::line(&now),
            },
            Rewrite {
                kind: RewriteKind::Dropped,
                old: Clean::line("이 문장은 사라졌다."),
                new: Clean::default(),
            },
        ],
    };
    s.revisions.insert(article.id(), vec![revision]);
    s.settle();
    s
}

#[test]
fn one_key_shows_what_was_rewritten_and_the_sentence_leads_to_its_place() {
    let mut s = rewritten();
    s.keys("Enter");
    s.settle();
    let screen = text(&draw(&s.model));
    assert!(screen.contains("고쳐짐 · 1번"), "{screen}");
    assert!(screen.contains("U 고친 곳 보기"), "{screen}");
    s.keys("U");
    let screen = text(&draw(&s.model));
    assert!(screen.contains("− 다른말이"), "{screen}");
    assert!(screen.contains("− 이 문장은 사라졌다."), "{screen}");
    let view = s.model.reader().story_view().unwrap();
    let marked: Vec<&str> = view
        .marked()
        .iter()
        .map(|r| &view.sheet().document().parts[r.part].text[r.bytes.clone()])
        .collect();
    assert_eq!(marked[0], "다른말이");
    assert_eq!(marked.len(), 2, "the words that differ, and no others");
    // From the sentence as it is now to its place in the text.
    s.keys("j Enter");
    assert!(s.model.reader().story_view().is_none());
    let lit = s.model.reader().spotlight().unwrap();
    let body = s.model.reader().body().unwrap();
    let lit = &body.document().parts[lit.part].text[lit.bytes.clone()];
    assert!(lit.ends_with("다."), "{lit}");
    s.keys("U U");
    assert!(s.model.reader().story_view().is_none());
    s.keys("U Esc");
    assert!(s.model.reader().story_view().is_none());
}

#[test]
fn the_reading_place_is_that_of_the_article_without_the_line_above_it() {
    let mut s = rewritten();
    s.keys("Enter");
    s.settle();
    let id = s.article(0).id();
    assert_eq!(s.model.reader().place(), Some((id, 0, 0)));
    s.keys("G");
    let (_, part, byte) = s.model.reader().place().unwrap();
    let anchor = s.model.reader().body().unwrap().top_anchor();
    assert_eq!((anchor.part, anchor.byte), (part + 1, byte));
}

#[test]
fn where_nothing_was_rewritten_the_key_says_so() {
    let mut s = Session::new(100, 40);
    s.keys("Enter");
    s.settle();
    let before = text(&draw(&s.model));
    assert!(!before.contains("고쳐짐"), "{before}");
    s.keys("U");
    let screen = text(&draw(&s.model));
    assert!(
        screen.contains("고쳐진 것이 확인되지 않았습니다"),
        "{screen}"
    );
    assert_eq!(Action::named("revisions"), Some(Action::Revisions));
}

#[test]
fn the_list_marks_what_was_rewritten() {
    let mut s = Session::cold(start(120, 40), pages::edition());
    let rows = [0, 3].map(|revisions| Row {
        revisions,
        ..Row::of(s.article(0))
    });
    let page = RowsPage {
        offset: 0,
        rows: rows.to_vec(),
        total: 2,
        unread: 2,
    };
    let is_rows = |job: &Job| matches!(job, Job::Library(LibraryJob::Rows(_)));
    s.answer(is_rows, LibraryOutcome::Rows(Ok(page)));
    let screen = text(&draw(&s.model));
    assert_eq!(screen.matches("고쳐짐").count(), 1, "{screen}");
}

#[test]
fn the_command_line_lists_every_time_that_an_article_was_rewritten() {
    let sandbox = Sandbox::new();
    let store = Store::open(&sandbox.path("data/library.db")).unwrap();
    for (text, second) in [
        ("다리는 내년 3월에 열린다. 돈은 12억 원이다.", 100),
        ("다리는 내년 5월에 열린다. 돈은 12억 원이다.", 200),
    ] {
        let page = Article {
            url: Some(Clean::line("https://river.example/7")),
            title: Clean::line("다리"),
            blocks: vec![Block::paragraph(text)],
            ..Article::default()
        };
        let at = jiff::Timestamp::from_second(1_790_000_000 + second).unwrap();
        store.put_article(&page, None, at).unwrap();
    }
    drop(store);
    let told = sandbox.run(&["changes", "--json"]).json();
    assert_eq!(told["title"], "다리");
    assert_eq!(told["url"], "https://river.example/7");
    assert_eq!(
        told["versions"],
        serde_json::json!([{
            "seen": "2026-09-21T14:16:40Z",
            "changed": [{
                "kind": "rewritten",
                "old": "다리는 내년 3월에 열린다.",
                "new": "다리는 내년 5월에 열린다.",
            }]
        }])
    );
    let said = sandbox
        .run(&["changes", "다리", "--lang", "ko"])
        .ok()
        .to_owned();
    assert!(said.contains("- 다리는 내년 3월에 열린다."), "{said}");
    assert_eq!(sandbox.run(&["changes", "산", "--json"]).ok(), "");
    let listed = sandbox.run(&["list", "changed:", "--json"]).json();
    assert_eq!(listed["revisions"], 1);
}
