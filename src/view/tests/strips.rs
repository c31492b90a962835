use ratatui::style::Color;

use super::*;
use crate::config::{Depth, Theme};
use crate::lettering::{LetterFonts, LetterPress};
use crate::picture::{Canvas, Means};
use crate::text::WidthPolicy;
use crate::view::style_resolver::Lettering;

const LARGE: Scale = Scale::Drawn {
    num: 3,
    den: 2,
    rows: 2,
};

/// A screen with one line of letters, over which `cover` may draw.
fn frame(means: Means, cover: impl Fn(&mut Buffer)) -> (Buffer, Vec<PlacedStrip>) {
    let (theme, press) = (
        Theme::named("ink"),
        LetterPress::new(LetterFonts::default(), 1),
    );
    let canvas = Canvas {
        means,
        ..Canvas::default()
    };
    let mut styles = StyleResolver::new(&theme, Depth::True, WidthPolicy::default());
    styles.lettering = Some(Lettering {
        press: &press,
        canvas: &canvas,
    });
    let mut buf = Buffer::empty(Rect::new(0, 0, 40, 6));
    buf.set_style(
        buf.area,
        Style::new()
            .fg(Color::Rgb(9, 9, 9))
            .bg(Color::Rgb(250, 250, 250)),
    );
    let area = buf.area;
    press.begin_frame();
    paint(
        &styles,
        &mut buf,
        area,
        (2, 1),
        "가나다라 마바👍사",
        LARGE,
        |_| Style::default(),
    );
    cover(&mut buf);
    lay_over(&styles, &mut buf);
    (buf, press.placed())
}

fn heads(buf: &Buffer) -> Vec<(u16, u16, String)> {
    let all = buf.area.positions();
    all.filter(|at| buf[*at].symbol().contains("\x1bP"))
        .map(|at| (at.x, at.y, buf[at].symbol().to_owned()))
        .collect()
}

fn marks(buf: &Buffer) -> usize {
    let skipped = |at: &Position| buf[*at].diff_option == CellDiffOption::Skip;
    let left = buf.area.positions().filter(|at| !skipped(at));
    left.filter(|at| index_of(buf[*at].symbol()).is_some())
        .count()
}

#[test]
fn a_line_is_one_picture_with_a_hole_for_what_the_terminal_draws() {
    let (buf, placed) = frame(Means::Sixel, |_| {});
    assert_eq!(placed.len(), 1);
    let columns = LARGE.columns(1, 8);
    assert_eq!(usize::from(placed[0].strip.frame.columns), columns);
    // The emoji stands in the upper row of its box; around it the picture goes on.
    let emoji = buf.area.positions().find(|at| buf[*at].symbol() == "👍");
    assert!(emoji.is_some_and(|at| at.y == 1));
    let heads = heads(&buf);
    assert!(
        heads.len() > 1 && heads.iter().all(|(_, _, s)| s.starts_with("\x1b[")),
        "{heads:?}"
    );
    assert_eq!(marks(&buf), 0);
}

#[test]
fn what_covers_a_part_leaves_the_rest() {
    let popup = Rect::new(8, 2, 10, 3);
    let (buf, _) = frame(Means::Sixel, |buf| {
        letters::clear(buf, popup, &WidthPolicy::default());
    });
    assert!(popup.positions().all(|at| buf[at].symbol() == " "));
    let heads = heads(&buf);
    assert!(
        heads.iter().any(|(x, y, _)| (*x, *y) == (2, 1)),
        "{heads:?}"
    );
    let below = heads.iter().filter(|(_, y, _)| *y == 2);
    assert!(below.map(|(x, _, _)| *x).eq([2, 18]), "{heads:?}");
    assert_eq!(marks(&buf), 0);
}

#[test]
fn a_strip_of_one_cell_is_sent_and_leaves_the_cursor_behind_it() {
    // Everything but the first column is covered.
    let (buf, _) = frame(Means::Sixel, |buf| {
        letters::clear(buf, Rect::new(3, 1, 30, 2), &WidthPolicy::default());
    });
    let head = buf[(2, 1)].symbol();
    assert!(
        head.starts_with("\x1b7") && head.ends_with("\x1b8\x1b[C"),
        "{head:?}"
    );
}

#[test]
fn placeholders_stand_in_every_free_cell() {
    let (buf, placed) = frame(Means::Placed, |buf| {
        buf[(5, 1)].set_symbol("x");
    });
    let shown = buf
        .area
        .positions()
        .filter(|at| buf[*at].symbol().starts_with('\u{10EEEE}'));
    let frame = placed[0].strip.frame;
    let emoji = 2;
    assert_eq!(
        shown.count(),
        usize::from(frame.columns * frame.rows) - 1 - emoji
    );
    assert_eq!(buf[(5, 1)].symbol(), "x");
    assert_eq!(marks(&buf), 0);
}

#[test]
fn without_pictures_the_line_is_there_in_the_terminals_own_letters() {
    let (buf, placed) = frame(Means::Blocks, |_| {});
    // The means only say that nothing can be sent; no mark may stay on the screen.
    assert_eq!(marks(&buf), 0);
    assert_eq!(placed.len(), 1);
    let theme = Theme::named("ink");
    let styles = StyleResolver::new(&theme, Depth::True, WidthPolicy::default());
    let mut buf = Buffer::empty(Rect::new(0, 0, 40, 6));
    let area = buf.area;
    paint(&styles, &mut buf, area, (2, 1), "가나", LARGE, |_| {
        Style::default()
    });
    assert_eq!(buf[(2, 1)].symbol(), "가");
}

#[test]
fn a_wide_letter_below_the_corner_of_a_strip_is_sent_again() {
    let put = |buf: &mut Buffer, x| {
        letters::grapheme(
            buf,
            buf.area,
            Position::new(x, 3),
            "글",
            2,
            Style::default(),
        );
    };
    for x in [1, 2] {
        let (buf, _) = frame(Means::Sixel, |buf| put(buf, x));
        assert_eq!(buf[(x, 3)].symbol(), "글");
        assert_eq!(
            buf[(x, 3)].diff_option,
            CellDiffOption::AlwaysUpdate,
            "at {x}"
        );
    }
}
