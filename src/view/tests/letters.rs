use super::*;
use crate::glyph::{Caps, Font, Mosaic, Room, ladder};
use crate::text::Mechanism;
use crate::text::{Ambiguous, TextSize};
use proptest::prelude::*;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Color;
use ratatui::widgets::{Block, Borders, Widget};

const DOUBLE: Scale = Scale::Protocol {
    scale: 2,
    num: 1,
    den: 1,
};

fn wide() -> WidthPolicy {
    WidthPolicy {
        ambiguous: Ambiguous::Wide,
        ..WidthPolicy::default()
    }
}

fn put(buf: &mut Buffer, x: u16, y: u16, text: &str, scale: Scale, policy: &WidthPolicy) {
    let area = *buf.area();
    paint(buf, area, x, y, text, scale, policy, |_| Style::new());
}

fn empty(width: u16, height: u16) -> Buffer {
    Buffer::empty(Rect::new(0, 0, width, height))
}

/// What ratatui sends to get from one buffer to the next: positions and symbols.
fn sent<'a>(before: &Buffer, after: &'a Buffer) -> Vec<(u16, u16, &'a str)> {
    before
        .diff(after)
        .into_iter()
        .map(|(x, y, cell)| (x, y, cell.symbol()))
        .collect()
}

fn row(buf: &Buffer, y: u16) -> String {
    (0..buf.area().width)
        .map(|x| buf[(x, y)].symbol())
        .collect()
}

#[test]
fn a_character_that_ratatui_takes_for_narrow_is_pinned_to_its_two_cells_and_fills_both() {
    let mut buf = empty(8, 1);
    put(&mut buf, 0, 0, "▲가나", Scale::Cells, &wide());
    assert_eq!(buf[(0, 0)].cell_width(), 2);
    assert_eq!(
        sent(&empty(8, 1), &buf),
        [(0, 0, "\x1b[2X▲"), (2, 0, "가"), (4, 0, "나")]
    );
    put(
        &mut buf,
        0,
        0,
        "▲가나",
        Scale::Cells,
        &WidthPolicy::default(),
    );
    assert_eq!(
        buf[(0, 0)].diff_option,
        CellDiffOption::None,
        "and let go again"
    );
    assert_eq!(sent(&empty(8, 1), &buf)[..2], [(0, 0, "▲"), (1, 0, "가")]);
}

#[test]
fn the_blank_after_a_sign_that_spills_over_is_always_sent() {
    let mut buf = empty(6, 1);
    put(
        &mut buf,
        0,
        0,
        "ⓒ 가",
        Scale::Cells,
        &WidthPolicy::default(),
    );
    assert_eq!(sent(&buf.clone(), &buf), [(1, 0, " ")]);
    put(&mut buf, 0, 0, "ⓒ가", Scale::Cells, &WidthPolicy::default());
    put(&mut buf, 3, 0, "  ", Scale::Cells, &WidthPolicy::default());
    assert_eq!(
        sent(&buf.clone(), &buf),
        [],
        "a letter is sent when it changes"
    );
}

#[test]
fn an_emoji_that_the_terminal_draws_narrow_leaves_no_hole() {
    let policy = WidthPolicy {
        emoji_vs16: 1,
        ..WidthPolicy::default()
    };
    let mut buf = empty(4, 1);
    put(&mut buf, 0, 0, "❤\u{FE0F}가", Scale::Cells, &policy);
    assert_eq!(
        sent(&empty(4, 1), &buf),
        [(0, 0, "❤\u{FE0F}"), (1, 0, "가")]
    );
}

#[test]
fn a_wide_letter_is_not_set_in_the_last_column() {
    let mut buf = empty(5, 1);
    put(
        &mut buf,
        0,
        0,
        "가나다",
        Scale::Cells,
        &WidthPolicy::default(),
    );
    assert_eq!(
        row(&buf, 0),
        "가 나  ",
        "each wide letter is followed by its blank follower"
    );
    put(&mut buf, 4, 0, "▲", Scale::Cells, &wide());
    assert_eq!(buf[(4, 0)].symbol(), " ");
}

#[test]
fn colours_below_stay_and_options_below_go() {
    let mut buf = empty(4, 1);
    buf.set_style(Rect::new(0, 0, 4, 1), Style::new().bg(Color::Blue));
    buf[(0, 0)].set_diff_option(CellDiffOption::Skip);
    let area = *buf.area();
    paint(
        &mut buf,
        area,
        0,
        0,
        "가",
        Scale::Cells,
        &WidthPolicy::default(),
        |_| Style::new().fg(Color::Red),
    );
    assert_eq!(
        (buf[(0, 0)].bg, buf[(0, 0)].fg, buf[(1, 0)].fg),
        (Color::Blue, Color::Red, Color::Red)
    );
    assert_eq!(sent(&empty(4, 1), &buf)[0], (0, 0, "가"));
}

#[test]
fn a_scaled_run_is_sent_once_and_what_it_covers_never() {
    let mut first = empty(12, 4);
    put(&mut first, 0, 0, "가 나", DOUBLE, &WidthPolicy::default());
    let out = sent(&empty(12, 4), &first);
    assert_eq!(out.len(), 2, "{out:?}");
    assert!(
        out[0].2.ends_with(";가\x1b\\") && (out[1].0, out[1].1) == (6, 0),
        "{out:?}"
    );
    assert_eq!(sent(&first, &first.clone()), []);
}

#[test]
fn every_cell_of_a_scaled_run_that_goes_is_sent_head_first() {
    let mut first = empty(8, 3);
    put(&mut first, 0, 0, "가나", DOUBLE, &WidthPolicy::default());
    let out = empty(8, 3);
    let out = sent(&first, &out);
    assert_eq!(out.len(), 16);
    assert_eq!((out[0].0, out[0].1), (0, 0));
}

#[test]
fn a_scaled_run_that_would_leave_the_pane_is_left_out() {
    let mut buf = empty(8, 3);
    put(&mut buf, 0, 2, "가", DOUBLE, &WidthPolicy::default());
    put(&mut buf, 6, 0, "가", DOUBLE, &WidthPolicy::default());
    assert_eq!(sent(&empty(8, 3), &buf), []);
}

#[test]
fn marks_reach_their_letters_at_every_size() {
    let text = "서울시가 협력에";
    let mark = text.find("협력").map_or(0..0, |at| at..at + 6);
    for wish in [
        Mechanism::Plain,
        Mechanism::Blocks,
        Mechanism::Octants,
        Mechanism::Protocol,
    ] {
        for size in TextSize::ALL {
            let scale = ladder(
                size,
                &Caps {
                    wish,
                    ..Caps::default()
                },
                Room::endless(200),
            )
            .body;
            let mut buf = empty(200, 12);
            let area = *buf.area();
            paint(
                &mut buf,
                area,
                0,
                0,
                text,
                scale,
                &WidthPolicy::default(),
                |at| {
                    if mark.contains(&at) {
                        Style::new().bg(Color::Blue)
                    } else {
                        Style::new()
                    }
                },
            );
            let marked = (0..200).filter(|x| buf[(*x, 0)].bg == Color::Blue).count();
            let least = scale.columns(0, 2);
            assert!(
                marked >= least && marked <= scale.columns(0, 3),
                "{wish:?} {size:?}: {marked} of {least}"
            );
        }
    }
}

#[test]
fn a_mark_in_a_scaled_run_is_seen_wherever_it_begins_and_ends() {
    let (ground, lit) = (Color::Rgb(9, 9, 9), Color::Yellow);
    let link = Style::new().bg(ground).add_modifier(Modifier::UNDERLINED);
    for size in TextSize::ALL {
        let caps = Caps {
            wish: Mechanism::Protocol,
            ..Caps::default()
        };
        let scale = ladder(size, &caps, Room::endless(200)).body;
        for text in ["minimum memorandum", "기획재정부·한국은행을"] {
            for (from, letter) in text.char_indices().filter(|(_, c)| *c != ' ') {
                let mut buf = empty(200, 12);
                buf.set_style(buf.area, Style::new().bg(ground));
                let area = *buf.area();
                let style_at = |at: usize| match at {
                    _ if at == from => Style::new().bg(lit),
                    _ if at.is_multiple_of(2) => link,
                    _ => Style::new().bg(ground),
                };
                let policy = WidthPolicy::default();
                paint(&mut buf, area, 0, 0, text, scale, &policy, style_at);
                let is_lit = |x: &u16| buf[(*x, 0)].bg == lit;
                assert!((0..200).any(|x| is_lit(&x)), "{size:?} {text} {letter}");
            }
        }
    }
}

#[test]
fn a_line_under_block_letters_is_drawn_once_and_they_never_slant() {
    let scale = crate::glyph::LetterFace {
        font: Font::Wide9,
        mosaic: Mosaic::Half,
    }
    .scale(1);
    let mut buf = empty(20, 8);
    let area = *buf.area();
    let style = Style::new().add_modifier(Modifier::UNDERLINED | Modifier::ITALIC | Modifier::BOLD);
    paint(
        &mut buf,
        area,
        0,
        0,
        "한글",
        scale,
        &WidthPolicy::default(),
        |_| style,
    );
    let lined: Vec<u16> = (0..8)
        .filter(|y| buf[(0, *y)].modifier.contains(Modifier::UNDERLINED))
        .collect();
    assert_eq!(lined, [4]);
    assert!(
        buf.content()
            .iter()
            .all(|cell| !cell.modifier.contains(Modifier::ITALIC))
    );
    assert!(buf[(0, 0)].modifier.contains(Modifier::BOLD));
}

#[test]
fn a_popup_cuts_no_wide_letter_in_half() {
    let backend = TestBackend::new(12, 3);
    let mut terminal = Terminal::new(backend).unwrap();
    let text = "가나다라마바";
    let draw = |frame: &mut ratatui::Frame<'_>, popup: bool| {
        for y in 0..3 {
            put(
                frame.buffer_mut(),
                0,
                y,
                text,
                Scale::Cells,
                &WidthPolicy::default(),
            );
        }
        if popup {
            let area = Rect::new(3, 0, 4, 3);
            clear(frame.buffer_mut(), area, &WidthPolicy::default());
            Block::new()
                .borders(Borders::ALL)
                .render(area, frame.buffer_mut());
        }
    };
    terminal.draw(|frame| draw(frame, false)).unwrap();
    terminal.draw(|frame| draw(frame, true)).unwrap();
    let screen = terminal.backend().buffer();
    assert_eq!(row(screen, 0), "가  ┌──┐ 마 바 ");
    assert_eq!(row(screen, 1), "가  │  │ 마 바 ");
    terminal.draw(|frame| draw(frame, false)).unwrap();
    let screen = terminal.backend().buffer();
    let heads: String = (0..12)
        .step_by(2)
        .map(|x| screen[(x, 1)].symbol())
        .collect();
    assert_eq!(heads, text, "all letters come back");
}

#[test]
fn a_popup_cuts_no_pinned_letter_in_half() {
    let mut buf = empty(10, 1);
    put(&mut buf, 0, 0, "가▲나▲다", Scale::Cells, &wide());
    clear(&mut buf, Rect::new(3, 0, 4, 1), &WidthPolicy::default());
    assert_eq!(row(&buf, 0), "가       다 ");
    assert_eq!(buf[(2, 0)].diff_option, CellDiffOption::None);
}

#[test]
fn a_popup_leaves_of_a_scaled_run_what_it_does_not_cover() {
    let mut before = empty(20, 6);
    for y in [0, 2, 4] {
        put(
            &mut before,
            0,
            y,
            "가나 다라",
            DOUBLE,
            &WidthPolicy::default(),
        );
    }
    let mut after = before.clone();
    clear(&mut after, Rect::new(5, 3, 3, 1), &WidthPolicy::default());
    assert_eq!(scaled_runs(&before).len(), 12);
    assert_eq!(
        scaled_runs(&after).len(),
        11,
        "one run goes, its neighbours stay"
    );
    let out = sent(&before, &after);
    assert_eq!(out.len(), 8, "all of its 4×2 cells: {out:?}");
    assert_eq!((out[0].0, out[0].1), (4, 2), "its head first");
    assert_eq!(
        after[(5, 2)].symbol(),
        " ",
        "nothing of half a letter's height"
    );
    clear(&mut after, Rect::new(0, 0, 11, 4), &WidthPolicy::default());
    clear(&mut after, Rect::new(0, 0, 20, 4), &WidthPolicy::default());
    assert_eq!(
        scaled_runs(&after).len(),
        4,
        "a line covered in full is gone"
    );

    let mut line = empty(20, 2);
    put(
        &mut line,
        0,
        0,
        "가나다라",
        Scale::Protocol {
            scale: 2,
            num: 3,
            den: 4,
        },
        &WidthPolicy::default(),
    );
    clear(&mut line, Rect::new(7, 0, 2, 2), &WidthPolicy::default());
    let runs: Vec<u16> = scaled_runs(&line).iter().map(|(here, _)| here.x).collect();
    assert_eq!(runs, [0], "the pair before the popup keeps its size");
}

#[test]
fn clearing_at_the_edges_of_the_screen_is_safe() {
    let mut buf = empty(4, 2);
    put(
        &mut buf,
        0,
        0,
        "가나",
        Scale::Cells,
        &WidthPolicy::default(),
    );
    for area in [
        Rect::new(0, 0, 4, 2),
        Rect::new(3, 1, 9, 9),
        Rect::new(9, 9, 1, 1),
        Rect::new(0, 0, 0, 2),
    ] {
        clear(&mut buf, area, &WidthPolicy::default());
    }
    assert_eq!(row(&buf, 0), "    ");
}

proptest! {
    #[test]
    fn nothing_outside_the_pane_is_touched_whatever_is_painted(
        text in "[가-힣a-z ▲“👍🏿ᄒᆞᆫ\u{200D}\u{FE0F}]{0,40}",
        (x, y, width, height) in (0u16..40, 0u16..12, 0u16..40, 0u16..12),
        (wish, size, ambiguous_wide) in (0usize..6, 0usize..5, any::<bool>()),
        (dx, dy) in (0u16..20, 0u16..8),
    ) {
        use Mechanism::{Blocks, Braille, Octants, Plain, Protocol, Sextants};
        let wish = [Protocol, Octants, Sextants, Blocks, Braille, Plain][wish];
        let scale = ladder(TextSize::ALL[size], &Caps { wish, ..Caps::default() }, Room::endless(200)).body;
        let policy = if ambiguous_wide { wide() } else { WidthPolicy::default() };
        let pane = Rect::new(x, y, width, height);
        let mut buf = empty(60, 16);
        buf.set_style(Rect::new(0, 0, 60, 16), Style::new().bg(Color::Green));
        let before = buf.clone();
        paint(&mut buf, pane, x + dx, y + dy, &text, scale, &policy, |_| Style::new().bg(Color::Blue));
        for at in buf.area().positions().filter(|at| !pane.contains(*at)) {
            prop_assert_eq!(&buf[at], &before[at], "{:?}", at);
        }
        clear(&mut buf, pane, &WidthPolicy::default());
        prop_assert!(scaled_runs(&buf).is_empty());
    }
}

#[test]
fn no_line_of_a_link_stays_where_a_popup_takes_its_letters() {
    let mut buf = empty(12, 5);
    let area = *buf.area();
    let underlined = |_| Style::new().add_modifier(Modifier::UNDERLINED);
    paint(&mut buf, area, 0, 1, "가나다", DOUBLE, &wide(), underlined);
    let popup = Rect::new(0, 2, 12, 2);
    assert!(buf[(4, 1)].modifier.contains(Modifier::UNDERLINED));
    clear(&mut buf, popup, &wide());
    let lined = |cell: &Cell| cell.modifier.contains(Modifier::UNDERLINED);
    assert!(!buf.content().iter().any(lined));
}
