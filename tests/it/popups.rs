//! Every popup, at every width and in both languages.

use gisa::app::Start;

use gisa::app::popups::palette::entries::COMMANDS;
use gisa::config::{Language, Words};
use gisa::news::Clean;

use crate::support::pages;
use crate::support::screen::{draw, text};
use crate::support::session::{Session, start};
use crate::support::sidebar::subscribed_from;

/// The keys that open a popup, and those that walk through it.
const POPUPS: [(&str, &str); 6] = [
    ("?", "Space"),
    ("F", "j"),
    ("Enter M", "j"),
    ("Enter Y", "j"),
    ("g p", "PgDn"),
    ("g d", "j"),
];

/// All that we say.
const OURS: [&str; 2] = [
    include_str!("../../assets/locales/ko.toml"),
    include_str!("../../assets/locales/en.toml"),
];

/// A run with feeds, one of which no longer comes.
fn subscribed_in(language: Language, width: u16) -> Session {
    let start = Start {
        words: Words::of(language),
        ..start(width, 24)
    };
    let mut s = subscribed_from(start, |data| {
        let dead = &mut data.feeds[1];
        dead.last_ok = Some("2026-10-01T00:00:00Z".parse().unwrap());
        dead.last_error = Some(Clean::line("no-page"));
        dead.feed.site = Some(Clean::line("https://dead.example/"));
    });
    s.keys("q");
    s.settle();
    s
}

/// The rows that the popup cuts, in the order of its pages.
fn cut_rows(s: &mut Session, step: &str) -> Vec<String> {
    let mut cut = Vec::new();
    for _ in 0..12 {
        let screen = text(&draw(&s.model));
        // Between the lines of its frame.
        let rows = screen.lines().filter_map(|line| {
            let (_, inner) = line.split_once('│')?;
            Some(inner.rsplit_once('│')?.0.trim().to_owned())
        });
        // A command that goes on has an ellipsis of its own, and so do some of our words.
        let is_cut = |row: &String| {
            let mut ends = row.match_indices('…').map(|(at, _)| &row[..at]);
            ends.any(|before| {
                let last = before.rsplit(' ').next().unwrap_or_default();
                !last.is_empty() && !OURS.iter().any(|ours| ours.contains(&format!("{last}…")))
            })
        };
        cut.extend(rows.filter(is_cut));
        s.keys(step);
        s.settle();
    }
    cut
}

#[test]
fn no_sentence_of_a_popup_is_cut() {
    let mut all = Vec::new();
    for (language, width) in [Language::Korean, Language::English]
        .into_iter()
        .flat_map(|language| [60, 80].map(|width| (language, width)))
    {
        for (open, step) in POPUPS {
            let mut s = subscribed_in(language, width);
            s.keys(open);
            s.settle();
            assert!(s.model.popup().is_some(), "{open}");
            for row in cut_rows(&mut s, step) {
                all.push(format!("{language:?} {width} {open}: {row}"));
            }
        }
        for command in COMMANDS.iter().flat_map(|command| command.names) {
            let mut s = subscribed_in(language, width);
            s.keys(":");
            let letters: Vec<String> = command.chars().map(String::from).collect();
            s.keys(&letters.join(" "));
            for row in cut_rows(&mut s, "PgDn") {
                all.push(format!("{language:?} {width} :{command}: {row}"));
            }
        }
        // Every action of the palette is found by some letter.
        let letters = match language {
            Language::Korean => "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ",
            Language::English => "abcdefghijklmnopqrstuvwxyz",
        };
        for letter in letters.chars() {
            let mut s = subscribed_in(language, width);
            s.keys(":");
            s.keys(&letter.to_string());
            for row in cut_rows(&mut s, "PgDn") {
                all.push(format!("{language:?} {width} :{letter}: {row}"));
            }
        }
    }
    all.sort();
    all.dedup();
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn the_size_popup_stands_still_while_sizes_are_tried() {
    for pictures in [false, true] {
        let mut start = start(80, 24);
        start.caps.scaling = true;
        start.caps.pictures = pictures;
        let mut s = Session::cold(start, pages::edition());
        s.settle();
        s.keys("Enter");
        s.settle();
        s.keys("F - -");
        // Its right corners: drawn letters of the article may begin left of it.
        let mut frames = Vec::new();
        for _ in 0..5 {
            let screen = text(&draw(&s.model));
            let edge = |corner: char| screen.lines().position(|line| line.contains(corner));
            frames.push((edge('╮'), edge('╯')));
            s.keys("+");
            s.settle();
        }
        assert!(frames[0].0.is_some(), "{frames:?}");
        assert!(frames.windows(2).all(|two| two[0] == two[1]), "{frames:?}");
    }
}

#[test]
fn a_terminal_that_scales_text_draws_letters_from_a_font_where_there_is_one() {
    use gisa::app::Message;
    use gisa::glyph::Caps;
    use gisa::lettering::{LetterFonts, LetterPress};
    use gisa::text::Mechanism;
    use std::sync::Arc;

    for (scaling, mechanism) in [(true, Mechanism::Protocol), (false, Mechanism::Pictures)] {
        let mut start = start(80, 24);
        start.caps = Caps {
            scaling,
            pictures: true,
            ..Caps::default()
        };
        let mut s = Session::cold(start, pages::edition());
        assert_eq!(s.model.start().caps.mechanism().0, Mechanism::Pictures);
        let bitmaps = LetterPress::new(LetterFonts::default(), 1);
        s.tell(Message::Fonts(Arc::new(bitmaps)));
        assert_eq!(s.model.start().caps.mechanism().0, mechanism);
    }
}
