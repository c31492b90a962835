//! The linear screen for screen readers and braille displays: sentences in one column, nothing that
//! is only a shape, and the cursor on what is chosen.

use gisa::app::Start;
#[cfg(unix)]
use gisa::news::write;
use gisa::view::view;
use ratatui::Terminal;
use ratatui::backend::{Backend as _, TestBackend};

use crate::support::pages;
#[cfg(unix)]
use crate::support::pty::Pty;
#[cfg(unix)]
use crate::support::sandbox::Sandbox;
use crate::support::screen::text;
use crate::support::session::{Session, start};

/// A run on our four articles with a linear screen.
fn linear(width: u16, height: u16) -> Session {
    let mut start = start(width, height);
    start.config.reading.linear = true;
    let mut session = Session::cold(start, pages::edition());
    session.settle();
    session
}

/// The screen, and the line that the cursor is on.
fn shown(s: &Session) -> (String, String) {
    let screen = s.model.start().screen;
    let mut terminal = Terminal::new(TestBackend::new(screen.width, screen.height)).unwrap();
    terminal.draw(|frame| view(&s.model, frame)).unwrap();
    let at = terminal.backend_mut().get_cursor_position().unwrap();
    let whole = text(terminal.backend().buffer());
    let line = whole.lines().nth(usize::from(at.y)).unwrap_or_default();
    (whole.clone(), line.trim().to_owned())
}

/// Nothing on the screen is a line, a bar or a mark.
fn assert_plain(screen: &str) {
    let shape = |c: char| {
        ('\u{2190}'..='\u{21ff}').contains(&c)
            // ▲ is the publisher's own, within a text.
            || ('\u{2500}'..='\u{25ff}').contains(&c) && c != '▲'
            || "★•│".contains(c)
    };
    assert_eq!(screen.chars().find(|c| shape(*c)), None, "{screen}");
    assert!(!screen.contains(" · "), "{screen}");
}

#[test]
fn rows_are_sentences_and_the_cursor_is_on_the_chosen_one() {
    let mut s = linear(80, 24);
    let (screen, line) = shown(&s);
    assert_plain(&screen);
    assert!(line.starts_with("4건 가운데 1, "), "{line}\n{screen}");
    let title = s.model.list().row().unwrap().title.to_string();
    let first: String = title.chars().take(8).collect();
    assert!(line.contains(&first), "{line}");
    s.keys("j");
    s.settle();
    let (_, line) = shown(&s);
    assert!(line.starts_with("4건 가운데 2, "), "{line}");
    s.keys("k m");
    s.settle();
    assert!(shown(&s).1.contains("읽음"), "{}", shown(&s).1);
    // The whole of a headline that is longer than a line.
    let s = linear(40, 10);
    let (_, second) = shown(&s)
        .0
        .split_once("4건 가운데 2, ")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    let beginning: String = s.model.list().rows()[1].title.chars().take(6).collect();
    assert!(
        second.starts_with(&beginning),
        "the headline comes first: {second}"
    );
    let screen = shown(&s).0.replace(['\n', ' '], "");
    let title = s.model.list().row().unwrap().title.replace(' ', "");
    assert!(screen.contains(&title), "{screen}\n{title}");
}

#[test]
fn the_article_is_gone_through_line_by_line_to_its_last() {
    let mut s = linear(60, 8);
    s.keys("Enter");
    s.settle();
    let (screen, first) = shown(&s);
    assert_plain(&screen);
    assert!(
        screen.starts_with(" 1") || screen.contains("줄 가운데 1줄"),
        "{screen}"
    );
    let mut lines = vec![first];
    for _ in 0..400 {
        s.keys("j");
        let (screen, line) = shown(&s);
        assert_plain(&screen);
        if s.model.reader().sheet().unwrap().top()
            == s.model.reader().sheet().unwrap().layout().last()
            && lines.last() == Some(&line)
        {
            break;
        }
        lines.push(line);
    }
    assert!(lines.len() > 8 && lines.len() < 400, "{lines:?}");
    // All of the text came by, and no line twice in a row.
    let body = s.model.reader().article().unwrap().text();
    let read = lines.concat().replace(' ', "");
    let paragraph = body.lines().find(|l| l.chars().count() > 40).unwrap();
    assert!(
        read.contains(&paragraph.replace(' ', "")),
        "{read}\n{paragraph}"
    );
    assert!(lines.windows(2).all(|pair| pair[0] != pair[1]), "{lines:?}");
    // A page down is as many lines as are shown, and back.
    s.keys("g g");
    s.keys("PgDn");
    assert_eq!(shown(&s).1, lines[6]);
    s.keys("PgUp");
    assert_eq!(shown(&s).1, lines[0]);
    // Words that are found are where the cursor is.
    s.keys("q");
    s.settle();
    assert!(shown(&s).1.starts_with("4건 가운데"));
}

#[test]
fn short_news_search_help_and_menus_are_plain_too() {
    let mut s = linear(80, 24);
    s.keys("Enter");
    s.settle();
    s.keys("v");
    s.settle();
    let (screen, first) = shown(&s);
    assert_plain(&screen);
    assert!(!first.is_empty(), "{screen}");
    s.keys("j");
    let (_, second) = shown(&s);
    assert_ne!(first, second);
    s.keys("v q");
    s.settle();
    for keys in [
        "?", ":", "F", "g p", "Y", "g d", "L", "I", ".", "S", "g l", "M",
    ] {
        s.keys(keys);
        s.settle();
        assert_plain(&shown(&s).0);
        s.keys("Esc");
        s.settle();
        if s.model.popup().is_some() {
            s.keys("q");
        }
    }
    s.keys("/");
    let (screen, line) = shown(&s);
    assert_plain(&screen);
    assert!(line.contains("기사 찾기"), "{line}\n{screen}");
}

#[cfg(unix)]
#[test]
fn a_real_terminal_has_its_cursor_on_the_chosen_row_and_line() {
    for (flags, settings) in [
        (vec!["--linear"], ""),
        (vec![], "[reading]\nlinear = true\n"),
    ] {
        let sandbox = Sandbox::new();
        sandbox.file("config.toml", settings);
        sandbox.file("in/1.json", write::json(&pages::long()).to_string());
        sandbox.file("in/2.json", write::json(&pages::rich()).to_string());
        let dir = sandbox.path("in").to_string_lossy().into_owned();
        let args: Vec<&str> = flags.into_iter().chain([&*dir]).collect();
        let mut pty = Pty::start(&sandbox, &args, &[], (80, 24));
        let is_at = |s: &vt100::Screen, row: u16, words: &str| {
            let line = s.rows(0, 80).nth(usize::from(row)).unwrap_or_default();
            s.cursor_position() == (row, 0) && line.contains(words)
        };
        pty.wait("the first row", |s| is_at(s, 1, "2건 가운데 1, "));
        pty.send("j");
        pty.wait("the second row", |s| is_at(s, 2, "2건 가운데 2, "));
        pty.send("\rj");
        pty.wait("the second line", |s| {
            is_at(s, 2, "골목 음악회") && !s.hide_cursor()
        });
        pty.send("Q");
        assert_eq!(pty.ended().exit_code(), 0);
    }
}

#[test]
fn a_size_that_changes_nothing_is_not_told_as_changed() {
    for change in [
        |s: &mut Start| s.config.reading.linear = true,
        |s: &mut Start| s.caps.unicode = false,
    ] {
        let mut start = start(80, 24);
        change(&mut start);
        let mut s = Session::cold(start, pages::edition());
        s.settle();
        s.keys("Enter");
        s.settle();
        for key in ["+", "-", "0"] {
            s.keys(key);
            let said = s.notice().1.to_owned();
            assert!(said.contains("한 가지 크기"), "{key}: {said}");
            assert!(s.model.start().prefs.sizes.is_empty(), "{key}");
        }
    }
}
