//! What is on the screen: pictures of it as text, and what must hold of it at every size.

use gisa::app::geometry::Area;
use gisa::app::protocol::library::LibraryJob;
use gisa::app::{Cause, Failure, Job, Model};
use gisa::config::{Depth, Language, Theme, Words};
use gisa::text::TextSize;
use ratatui::buffer::Buffer;
use ratatui::style::Modifier;

use crate::support::pages;
use crate::support::screen::{cells, draw, row, text};
use crate::support::session::{Session, start};

const SIZES: [(u16, u16); 4] = [(40, 15), (80, 24), (120, 40), (200, 50)];

/// Compares the screen with its picture, once for each of the sizes.
fn pictures(name: &str, script: impl Fn(&mut Session)) {
    for (width, height) in SIZES {
        let mut session = Session::new(width, height);
        script(&mut session);
        let shown = format!("\n{}", text(&draw(&session.model)));
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "screens" }, {
            insta::assert_snapshot!(format!("{name}-{width}x{height}"), shown);
        });
    }
}

fn press(session: &mut Session, keys: &str) {
    session.keys(keys);
    session.settle();
}

#[test]
fn picture_of_the_list() {
    pictures("list", |_| {});
}

#[test]
fn picture_of_an_article_of_every_kind_of_block() {
    pictures("article", |s| press(s, "Enter s"));
}

#[test]
fn picture_of_the_middle_of_an_article() {
    pictures("middle", |s| {
        press(s, "Enter");
        press(s, "Space");
    });
}

#[test]
fn picture_of_short_news_loading() {
    pictures("short-loading", |s| {
        press(s, "j Enter");
        s.keys("v");
    });
}

#[test]
fn picture_of_short_news() {
    pictures("short", |s| {
        press(s, "j Enter");
        press(s, "v j");
    });
}

#[test]
fn picture_of_a_source_that_is_lit() {
    pictures("lit", |s| {
        press(s, "j Enter");
        press(s, "v");
        press(s, "j Enter");
    });
}

#[test]
fn picture_of_help() {
    pictures("help", |s| press(s, "Enter ?"));
}

#[test]
fn picture_of_the_palette() {
    pictures("palette", |s| press(s, ": s c r"));
}

#[test]
fn picture_of_help_that_is_searched() {
    pictures("help-search", |s| press(s, "? / s"));
}

#[test]
fn picture_of_the_sizes() {
    pictures("sizes", |s| {
        press(s, "Enter");
        press(s, "F j");
    });
}

#[test]
fn picture_of_no_scraps() {
    pictures("no-scraps", |s| press(s, "S"));
}

#[test]
fn picture_of_the_first_start() {
    for (width, height) in SIZES {
        let start = gisa::app::Start {
            collection: gisa::app::Collection::Sample,
            ..start(width, height)
        };
        let mut s = Session::cold(start, pages::edition());
        s.settle();
        let shown = format!("\n{}", text(&draw(&s.model)));
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "screens" }, {
            insta::assert_snapshot!(format!("first-{width}x{height}"), shown);
        });
    }
}

#[test]
fn picture_of_the_sources() {
    pictures("sources", |s| press(s, "L"));
}

#[test]
fn picture_of_a_failure() {
    pictures("failure", |s| {
        s.keys("j");
        s.refuse(
            |j| matches!(j, Job::Library(LibraryJob::Article(_))),
            Failure::new(Cause::Gone, "강변길 서른 곳"),
        );
    });
}

#[test]
fn picture_of_each_text_size() {
    for (size, keys) in [
        ("small", "-"),
        ("large", "+"),
        ("xlarge", "2 +"),
        ("xxlarge", "3 +"),
    ] {
        pictures(&format!("size-{size}"), |s| {
            press(s, "Enter");
            press(s, keys);
        });
    }
}

#[test]
fn picture_in_english_without_colours() {
    let mut start = start(80, 24);
    (start.words, start.depth, start.theme) = (
        Words::of(Language::English),
        Depth::None,
        Theme::named("mono"),
    );
    let mut session = Session::cold(start, pages::edition());
    session.settle();
    press(&mut session, "J J Enter");
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false, snapshot_path => "screens" }, {
        insta::assert_snapshot!("english-80x24", format!("\n{}", text(&draw(&session.model))));
    });
}

#[test]
fn a_screen_too_small_says_so() {
    for (width, height) in [(19, 24), (80, 4), (3, 3)] {
        let session = Session::new(width, height);
        let shown = text(&draw(&session.model));
        let sentence = session.model.start().words.get("app.cramped");
        let first: String = sentence.chars().take(1).collect();
        assert!(
            shown.trim_start().starts_with(&first),
            "{width}×{height}: {shown}"
        );
    }
    drop(draw(&Session::new(1, 1).model));
    drop(draw(&Session::new(0, 0).model));
}

/// Nothing wide reaches over the right edge of `area` or begins left of it.
fn whole_within(buffer: &Buffer, area: Area, what: &str) {
    for y in area.y..area.y + area.height {
        let mut x = area.x;
        while x < area.x + area.width {
            let symbol = buffer[(x, y)].symbol();
            let wide = cells(symbol);
            assert!(
                x + wide <= area.x + area.width,
                "{what}: {symbol} at {x},{y} is cut\n{}",
                text(buffer)
            );
            for covered in x + 1..x + wide {
                assert_eq!(
                    buffer[(covered, y)].symbol(),
                    " ",
                    "{what}: under {symbol} at {x},{y}\n{}",
                    text(buffer)
                );
            }
            x += wide;
        }
    }
}

/// Panes keep to their places; the line between them is unbroken but where a popup lies.
fn sound(model: &Model, what: &str) -> Buffer {
    let buffer = draw(model);
    let g = model.geometry();
    if g.cramped {
        return buffer;
    }
    assert!(
        buffer
            .content()
            .iter()
            .all(|c| !c.symbol().chars().any(char::is_control)),
        "{what}"
    );
    if model.popup().is_some() {
        let whole = Area {
            x: 0,
            y: 0,
            width: buffer.area.width,
            height: buffer.area.height,
        };
        whole_within(&buffer, whole, what);
        popup_is_whole(&buffer, what);
        return buffer;
    }
    let bars = [g.sources_bar, g.list_bar, g.reader_bar, Some(g.status)];
    for area in [g.sources, g.list, g.reader]
        .into_iter()
        .chain(bars)
        .flatten()
    {
        whole_within(&buffer, area, what);
    }
    for divider in [g.sources_divider, g.divider].into_iter().flatten() {
        for y in divider.y..divider.y + divider.height {
            assert_eq!(buffer[(divider.x, y)].symbol(), "│", "{what}: row {y}");
        }
    }
    buffer
}

/// Every edge of the box that lies over the panes is there, and nothing wide reaches over it.
fn popup_is_whole(buffer: &Buffer, what: &str) {
    let find = |corner: &str| {
        let at = buffer.content().iter().position(|c| c.symbol() == corner);
        buffer.pos_of(at.unwrap_or_else(|| panic!("{what}: no {corner}\n{}", text(buffer))))
    };
    let ((left, top), (right, bottom)) = (find("╭"), find("╯"));
    assert_eq!(
        (find("╮"), find("╰")),
        ((right, top), (left, bottom)),
        "{what}"
    );
    for y in top + 1..bottom {
        for x in [left, right] {
            assert_eq!(
                buffer[(x, y)].symbol(),
                "│",
                "{what}: {x},{y}\n{}",
                text(buffer)
            );
        }
    }
    for x in left + 1..right {
        assert_eq!(buffer[(x, bottom)].symbol(), "─", "{what}: {x},{bottom}");
    }
    for y in top..=bottom {
        let outside = Area {
            x: 0,
            y,
            width: left,
            height: 1,
        };
        let inside = Area {
            x: left,
            y,
            width: right + 1 - left,
            height: 1,
        };
        let behind = Area {
            x: right + 1,
            y,
            width: buffer.area.width - right - 1,
            height: 1,
        };
        for (part, area) in [("left", outside), ("in", inside), ("right", behind)] {
            whole_within(buffer, area, &format!("{what} {part}"));
        }
    }
}

#[test]
fn nothing_is_cut_and_popups_leave_nothing_at_any_size() {
    let widths = (20..=200).step_by(15).chain([79, 80, 81]);
    for (n, width) in widths.enumerate() {
        let height = u16::try_from(5 + (n * 11) % 46).unwrap();
        for index in [0, 1] {
            let mut s = Session::reading(width, height, index);
            for keys in [
                "q", "L", "q", "w", "w", "w", "w", "Enter", "5 j", "z", "z", "v", "j", "v", "2 +",
                "3 j", "-", "-", "-", "G", "0",
            ] {
                press(&mut s, keys);
                // A notice goes with the next key, popup or not.
                press(&mut s, "C-l");
                let before = sound(
                    &s.model,
                    &format!("{width}×{height} article {index} after {keys}"),
                );
                for popup in ["?", "F", ":"] {
                    press(&mut s, popup);
                    sound(
                        &s.model,
                        &format!("{width}×{height} article {index} after {keys} {popup}"),
                    );
                    press(&mut s, "Esc");
                    let after = draw(&s.model);
                    assert_eq!(
                        text(&after),
                        text(&before),
                        "{width}×{height} after {keys} {popup}"
                    );
                    assert_eq!(after, before, "{width}×{height} after {keys} {popup}");
                }
            }
        }
    }
}

#[test]
fn every_text_size_looks_different_and_shows_text_where_there_is_room() {
    for (width, height) in [(40, 15), (80, 24), (120, 40), (200, 50)] {
        let mut shown = Vec::new();
        for size in TextSize::ALL {
            let mut start = start(width, height);
            start.prefs.sizes.insert("test".to_owned(), size);
            let is_same = start.same_as(size).is_some();
            let mut s = Session::cold(start, pages::edition());
            s.settle();
            s.keys("j");
            s.settle();
            s.keys("Enter");
            s.settle();
            let area = s.model.geometry().text;
            let screen = sound(&s.model, &format!("{width}×{height} {size:?}"));
            let filled = (area.y..area.y + area.height)
                .flat_map(|y| (area.x..area.x + area.width).map(move |x| (x, y)))
                .filter(|at| screen[*at].symbol() != " ")
                .count();
            assert!(
                filled > 20,
                "{width}×{height} {size:?}: {filled} cells\n{}",
                text(&screen)
            );
            let is_as_before = shown.last() == Some(&text(&screen));
            assert_eq!(is_as_before, is_same, "{width}×{height} {size:?}");
            shown.push(text(&screen));
        }
        shown.dedup();
        // Few columns leave no room for the largest letters: then a step gives way to the one
        // before it.
        let least = match width {
            0..80 => 3,
            80..120 => 4,
            _ => 5,
        };
        assert!(
            shown.len() >= least,
            "{width}×{height}: {} differ",
            shown.len()
        );
    }
}

#[test]
fn a_scroll_bar_has_no_gaps_where_heavy_lines_come_from_the_font() {
    for (seams, thumb) in [(false, "┃"), (true, " ")] {
        let mut start = start(80, 24);
        start.caps.seams = seams;
        let mut s = Session::cold(start, pages::edition());
        s.settle();
        s.keys("Enter +");
        s.settle();
        let screen = draw(&s.model);
        let bar = s.model.geometry().scroll.unwrap();
        let cell = &screen[(bar.x, bar.y)];
        assert_eq!(cell.symbol(), thumb);
        assert_eq!(cell.modifier.contains(Modifier::REVERSED), seams);
    }
}

#[test]
fn a_failure_is_told_in_the_last_row_in_words() {
    for cause in Cause::ALL {
        for language in [Language::Korean, Language::English] {
            let mut start = start(200, 24);
            start.words = Words::of(language);
            start.failures = vec![Failure::new(*cause, "파일.html")];
            let session = Session::cold(start, Vec::new());
            let screen = draw(&session.model);
            let sentence = Failure::new(*cause, "파일.html").sentence(&session.model.start().words);
            let last = row(&screen, 23);
            assert!(last.trim() == format!("! {}", sentence.trim()), "{last}");
            assert!(!sentence.contains(['{', '}']), "{sentence}");
        }
    }
}
