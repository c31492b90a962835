//! What the screen says of keys: each hint does something where it stands, and what is asked in vain
//! is answered.

use gisa::app::input::hints::hints;

use gisa::app::protocol::library::{LibraryJob, PublisherHome};
use gisa::app::protocol::network::{NetworkJob, RefreshReport};
use gisa::app::{Cause, Collection, Failure, Job, Pane};
use gisa::news::Clean;
use ratatui::buffer::{Buffer, Cell};

use crate::support::pages;
use crate::support::screen::{draw, row, text};
use crate::support::session::{Session, start};

/// States of the program, and the keys that lead there.
const STATES: [(&str, &str); 13] = [
    ("list", ""),
    ("list of what was found", "/ 서 울 Enter"),
    ("nothing found", "/ q q q Enter"),
    ("article", "Enter"),
    ("article with hits", "Enter / 다 Enter"),
    ("short news", "j Enter v"),
    ("sources", "L"),
    ("issues", "I"),
    ("scraps", "s S"),
    ("no scraps", "S"),
    ("second article", "j Enter"),
    ("one pane", "w w Enter"),
    ("large letters", "Enter + + /"),
];

fn at(keys: &str) -> Session {
    let mut session = Session::new(200, 40);
    for key in keys.split_whitespace() {
        session.keys(key);
        session.settle();
    }
    session
}

/// The cells of the screen without its last row, where the hints are.
fn above(buffer: &Buffer) -> Vec<Cell> {
    let width = usize::from(buffer.area.width);
    buffer.content[..buffer.content.len() - width].to_vec()
}

#[test]
fn every_hint_does_something_where_it_stands() {
    for (name, keys) in STATES {
        let session = at(keys);
        if session.model.prompt().is_some() {
            continue;
        }
        let all = hints(&session.model);
        assert!(all.len() >= 2, "{name}: {all:?}");
        for hint in all {
            let works = hint.keys.iter().any(|key| {
                let mut session = at(keys);
                let before = (above(&draw(&session.model)), session.model.focus());
                let effects = session.keys(key);
                let after = (above(&draw(&session.model)), session.model.focus());
                let is_open = session.model.prompt().is_some() || session.model.popup().is_some();
                let says = session.model.notice().is_some();
                before != after || !effects.is_empty() || is_open || says
            });
            assert!(works, "{name}: {hint:?} does nothing");
        }
    }
}

#[test]
fn the_hints_differ_by_state_and_name_what_a_reader_needs() {
    let line = |keys: &str| row(&draw(&at(keys).model), 39);
    let list = line("");
    for wanted in [
        "/ 검색",
        "R 새로 받기",
        "I 이슈",
        "L 구독 목록",
        "? 도움말",
        "q 끝내기",
    ] {
        assert!(list.contains(wanted), "{list}");
    }
    let short = line("j Enter v");
    assert!(
        short.contains("v 본문") && !short.contains("v 숏뉴스"),
        "{short}"
    );
    assert!(line("/ 서 울 Enter").contains("Esc 검색 지우기"));
    let issues = line("I");
    for absent in ["v ", "s ", "o ", "P "] {
        assert!(!issues.contains(&format!("· {absent}")), "{issues}");
    }
    assert!(issues.contains("q 뒤로"), "{issues}");
    assert!(line("Enter ;").contains("Esc 취소"));
}

#[test]
fn a_key_that_was_bound_anew_is_the_one_that_is_named() {
    let mut start = start(200, 40);
    let own = "[keys.global]\n\"/\" = \"none\"\n\"F3\" = \"find\"\n\"I\" = \"none\"\n";
    start.config = gisa::config::Config::with_user("own.toml", own).unwrap();
    let session = Session::cold(start, pages::edition());
    let named: Vec<String> = hints(&session.model)
        .into_iter()
        .map(|hint| format!("{} {}", hint.keys.join(" "), hint.label))
        .collect();
    assert!(named.iter().any(|hint| hint == "F3 검색"), "{named:?}");
    assert!(!named.iter().any(|hint| hint.contains("이슈")), "{named:?}");
}

#[test]
fn offline_names_nothing_that_needs_the_network() {
    let mut start = start(200, 40);
    start.config.network.offline = true;
    let mut session = Session::cold(start, pages::edition());
    session.settle();
    let drawn = row(&draw(&session.model), 39);
    assert!(
        !drawn.contains("새로 받기") && drawn.contains("오프라인"),
        "{drawn}"
    );
}

#[test]
fn an_issue_says_why_an_article_s_key_does_nothing() {
    for key in ["v", "V", "s", "o", "p", "P", "W", "c", "T", "x", "y"] {
        let mut session = at("I");
        let showing = session.model.reader().showing();
        session.keys(key);
        let (bad, said) = session.notice();
        assert!(!bad && said.contains("이슈"), "{key}: {said:?}");
        assert_eq!(session.model.reader().showing(), showing, "{key}");
        session.keys("q");
        session.settle();
        assert_eq!(session.model.list().collection(), Collection::Library);
        assert_eq!(
            session.model.reader().showing(),
            showing,
            "{key}: flipped behind it"
        );
    }
}

#[test]
fn a_bad_query_keeps_what_was_typed_and_shows_no_stale_hits() {
    let mut session = at("/ 서 울");
    let found = session.model.list().rows().len();
    session.keys("(");
    session.settle();
    let prompt = session.model.prompt().unwrap();
    assert_eq!(prompt.field().text(), "서울(");
    assert!(prompt.fault().is_some());
    assert_eq!(
        session.model.list().query(),
        "",
        "the hits of the beginning are gone"
    );
    session.keys("Enter");
    session.settle();
    let prompt = session.model.prompt().expect("it stays to be corrected");
    assert_eq!(prompt.field().text(), "서울(");
    assert!(prompt.fault().is_some(), "and the place is marked");
    session.keys("BS Enter");
    session.settle();
    assert!(session.model.prompt().is_none());
    assert_eq!(session.model.list().query(), "서울");
    assert_eq!(session.model.list().rows().len(), found);
}

#[test]
fn refreshing_without_subscriptions_offers_both_ways_to_subscribe() {
    let mut session = at("");
    session.keys("R");
    let nothing = RefreshReport {
        new: 0,
        feeds: 0,
        failed: 0,
        cut: 0,
    };
    session.answer(
        |job| matches!(job, Job::Network(NetworkJob::Refresh(_))),
        gisa::app::protocol::network::NetworkOutcome::Refresh(Ok(nothing)),
    );
    let (bad, said) = session.notice();
    assert!(bad && said.contains("g p") && said.contains(" a"), "{said}");
    assert!(!said.contains("gisa add"), "{said}");
}

#[test]
fn a_name_that_is_unknown_leads_to_the_list_of_publishers() {
    for (typed, is_name) in [("강마을소식", true), ("ftp://river.example/", false)] {
        let mut session = at("");
        session.keys("a");
        let letters: Vec<String> = typed.chars().map(String::from).collect();
        session.keys(&letters.join(" "));
        session.keys("Enter");
        let failure = Failure::new(Cause::BadAddress, typed);
        session.answer(
            |job| matches!(job, Job::Network(NetworkJob::Subscribe(_))),
            gisa::app::protocol::network::NetworkOutcome::Subscribe(Err(failure)),
        );
        let (bad, said) = session.notice();
        assert!(bad && said.contains(typed), "{said}");
        assert_eq!(said.contains("g p"), is_name, "{said}");
    }
}

/// Opens the home of the first article's publisher.
fn home(session: &mut Session) {
    session.keys("H");
    let publisher = session
        .model
        .list()
        .row()
        .unwrap()
        .publisher
        .clone()
        .unwrap();
    session.answer(
        |job| matches!(job, Job::Library(LibraryJob::PublisherHome(_))),
        gisa::app::protocol::library::LibraryOutcome::PublisherHome(Ok(Box::new(PublisherHome {
            publisher,
            ..Default::default()
        }))),
    );
}

#[test]
fn a_publisher_s_home_has_its_name_and_leaves_no_filter_behind() {
    let mut session = at("");
    let before = draw(&session.model);
    home(&mut session);
    assert!(session.model.popup().is_some());
    session.keys("Esc");
    session.settle();
    assert!(session.model.popup().is_none());
    assert_eq!(
        text(&draw(&session.model)),
        text(&before),
        "Esc leaves no trace"
    );
    let name: Clean = session
        .model
        .list()
        .row()
        .unwrap()
        .publisher
        .clone()
        .unwrap();
    home(&mut session);
    session.keys("Enter");
    session.settle();
    assert_eq!(
        session.model.list().listing().filter.publisher,
        Some(name.clone())
    );
    let bar = row(&draw(&session.model), 0);
    assert!(bar.contains(&format!(" {name} ")), "{bar}");
    session.keys("q");
    session.settle();
    assert_eq!(session.model.list().listing().filter.publisher, None);
}

#[test]
fn tab_goes_to_the_next_pane_everywhere() {
    let mut session = at("");
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.push(session.model.focus());
        session.keys("Tab");
        session.settle();
    }
    assert_eq!(seen, [Pane::List, Pane::Reader, Pane::Sources]);
    assert_eq!(session.model.focus(), Pane::List);
}

#[test]
fn below_an_article_a_row_leads_on_by_click_and_by_letter() {
    use gisa::app::Message;
    use gisa::app::protocol::message::{Mouse, MouseKind};
    let mut session = at("Enter G");
    let drawn = text(&draw(&session.model));
    let (y, line) = drawn
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains("많이 본 뉴스 · 오늘의 이슈 · 위로 · 다음 기사"))
        .expect("the row is at the end");
    let policy = gisa::text::WidthPolicy::default();
    let column = |word: &str| policy.width(line.split_once(word).unwrap().0) as u16 + 1;
    let click = |session: &mut Session, x: u16| {
        for kind in [MouseKind::Press, MouseKind::Release] {
            session.tell(Message::Mouse(Mouse {
                kind,
                x,
                y: y as u16,
            }));
        }
    };
    click(&mut session, column("많이 본 뉴스"));
    assert!(session.model.popup().is_some(), "많이 본 뉴스 opens");
    session.keys("Esc");
    let before = session.model.list().selected();
    click(&mut session, column("다음 기사"));
    session.settle();
    assert_eq!(session.model.list().selected(), before + 1);
    // The letters of links reach it, too.
    let mut session = at("Enter G ;");
    let hints = session.model.hints().unwrap();
    let top = hints.all.iter().find(|hint| &*hint.url == "first").unwrap();
    let letters = top.letters.clone();
    for letter in letters.chars() {
        session.keys(&letter.to_string());
    }
    assert_eq!(session.place(), (0, 0), "at the top again");
    // Its words are not what an article says.
    session.keys("/");
    session.tell(Message::Paste("다음 기사".to_owned()));
    assert!(session.model.reader().found_nothing());
}

#[test]
fn what_was_done_is_said() {
    let mut session = at("Enter T");
    session.tell(gisa::app::Message::Paste("강변, 문화".to_owned()));
    session.keys("Enter");
    assert!(
        session.notice().1.contains("#강변 #문화"),
        "{:?}",
        session.notice()
    );
    session.settle();
    session.keys("c");
    session.settle();
    session.tell(gisa::app::Message::Paste("다시 읽기".to_owned()));
    session.keys("Enter");
    assert!(
        session.notice().1.contains("메모를 남겼습니다"),
        "{:?}",
        session.notice()
    );
    session.settle();
    assert!(
        text(&draw(&session.model)).contains("#강변"),
        "shown on the article"
    );
    session.keys("/");
    session.tell(gisa::app::Message::Paste("다".to_owned()));
    session.keys("Enter");
    let line = row(&draw(&session.model), 39);
    let n = session.model.reader().find().unwrap().hits().len();
    assert!(n > 1 && line.ends_with(&format!("1/{n}")), "{line}");
    session.keys("n");
    assert!(row(&draw(&session.model), 39).ends_with(&format!("2/{n}")));
    let mut session = at(",");
    session.keys("Esc");
    assert!(row(&draw(&session.model), 39).ends_with("오래된 기사부터"));
}
