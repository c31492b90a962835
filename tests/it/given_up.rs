//! What is asked and given up leaves everything as it was: Esc in each prompt and popup.

use gisa::app::protocol::library::LibraryJob;
use gisa::app::{Change, Collection, Effect, Job, Pane};

use crate::support::pages;
use crate::support::screen::{draw, text};
use crate::support::session::{Session, start};

/// What is kept of these effects, aside from the place of the reading and what was typed.
fn changes(effects: &[Effect]) -> Vec<String> {
    let change = |effect: &Effect| match effect {
        Effect::Start(_, Job::Library(LibraryJob::Change(change)))
            if !matches!(change, Change::Position(..) | Change::Prefs(_)) =>
        {
            let shown = format!("{change:?}");
            Some(shown.split('(').next().unwrap_or_default().to_owned())
        }
        _ => None,
    };
    effects.iter().filter_map(change).collect()
}

#[test]
fn an_article_is_scrapped_when_its_note_or_label_is_entered_and_not_before() {
    for keys in [
        "c Esc",
        "c 글 Esc",
        "c Enter",
        "c Space Enter",
        "T Esc",
        "T 경 제 C-c",
        "T Enter",
        "T , Enter",
        "e c Esc",
        "e c 글 Esc",
        "e c Enter",
        "e Esc",
    ] {
        let mut s = Session::reading(120, 40, 0);
        let kept = changes(&s.keys(keys));
        s.settle();
        assert!(kept.is_empty(), "{keys}: {kept:?}");
        assert!(s.model.annotations().scrap().is_none(), "{keys}");
        assert!(!s.model.list().rows()[0].scrapped, "{keys}");
    }
    for (keys, kept) in [
        ("c 글 Enter", &["Scrap", "Annotate"][..]),
        ("T 경 제 Enter", &["Scrap", "Annotate"]),
        ("e c 글 Enter", &["Scrap", "Annotate", "Annotate"]),
    ] {
        let mut s = Session::reading(120, 40, 0);
        assert_eq!(changes(&s.keys(keys)), kept, "{keys}");
        s.settle();
        assert!(s.model.list().rows()[0].scrapped, "{keys}");
    }
}

#[test]
fn a_prompt_says_that_what_is_entered_makes_a_scrap() {
    for (keys, width) in [("c", 40), ("T", 40), ("e c", 80), ("T", 120)] {
        let mut s = Session::reading(width, 15, 0);
        s.keys(keys);
        let asked = text(&draw(&s.model));
        assert!(asked.contains("Enter 스크랩"), "{keys}: {asked}");
        s.keys("글 Enter");
        s.settle();
        s.keys(keys);
        let asked = text(&draw(&s.model));
        assert!(asked.contains("Enter 확인"), "{keys}: {asked}");
    }
}

/// A run at a place in an article, or in a list, the keys in `pane`. What is opened stays unread,
/// as the session's world does not keep that.
fn in_the_middle(pane: Pane) -> Session {
    let mut start = start(120, 24);
    start.config.list.read_on_open = false;
    let mut s = Session::cold(start, pages::edition());
    s.settle();
    s.keys("j Enter");
    s.settle();
    s.keys("/ 회 Enter j j j");
    if pane == Pane::Reader {
        return s;
    }
    s.keys("Esc q j");
    s.settle();
    if pane == Pane::Sources {
        s.keys("L");
        s.settle();
    }
    assert_eq!(s.model.focus(), pane);
    s
}

#[test]
fn what_is_given_up_leaves_the_screen_as_it_was() {
    let asks = [
        "/", "a", "c", "T", "E", "X", "C", "* t", "M", "g p", "g d", "?", ":", "F", "H", "Y", "|",
        "o", ";",
    ];
    for pane in [Pane::Reader, Pane::List, Pane::Sources] {
        for ask in asks {
            let mut s = in_the_middle(pane);
            s.keys(ask);
            let has_asked = s.model.prompt().is_some() || s.model.popup().is_some();
            if !has_asked {
                continue;
            }
            let mut s = in_the_middle(pane);
            let before = text(&draw(&s.model));
            s.keys(ask);
            s.settle();
            let opened = s.keys("시 장");
            s.settle();
            let given_up = s.keys("Esc");
            s.settle();
            if s.model.popup().is_some() {
                s.keys("Esc");
            }
            assert_eq!(text(&draw(&s.model)), before, "{ask} in {pane:?}");
            let kept = [changes(&opened), changes(&given_up)].concat();
            assert!(kept.is_empty(), "{ask} in {pane:?}: {kept:?}");
        }
    }
}

#[test]
fn a_search_that_is_given_up_goes_back_to_short_news_and_to_the_front_page() {
    let mut s = Session::reading(120, 40, 0);
    s.keys("v");
    s.settle();
    let before = text(&draw(&s.model));
    s.keys("/ 회 Esc");
    s.settle();
    assert_eq!(text(&draw(&s.model)), before);

    let front = gisa::app::Start {
        collection: Collection::Front,
        ..start(120, 40)
    };
    let mut s = Session::cold(front, pages::edition());
    s.settle();
    s.keys("j");
    s.settle();
    let (before, depth) = (text(&draw(&s.model)), s.model.list().collection());
    s.keys("/ 회");
    s.settle();
    s.keys("Esc");
    s.settle();
    assert_eq!(s.model.list().collection(), depth);
    assert_eq!(text(&draw(&s.model)), before);
}
