//! Paints text of any size into cells with the widths of [`WidthPolicy`], which may differ from
//! those that ratatui assumes, and clears the area under a popup.
//!
//! ```text
//!  Cells      가 나           one cell each its policy width; pinned where ratatui thinks otherwise
//!  Blocks     ▛▀▖█ ▐ …       a letter is rows of block characters
//!  Protocol   ┌────────┐      the head cell carries the whole escape sequence;
//!             │가나다  │      the cells that it covers are never emitted
//! ```

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, Cell, CellDiffOption, CellWidth};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier, Style};

use crate::glyph::{DrawnLetter, ScaledRun, Shape, line};
use crate::lettering::press::index_of;
use crate::text::{Scale, WidthPolicy};

/// The widest cluster under any policy, in cells.
const WIDEST_CLUSTER: u16 = 16;

/// Paints one line of text with its upper left corner at (`x`, `y`), clipped to `area`. `style_at`
/// returns the style of the grapheme that begins at a byte of `text`; it is patched over the
/// colours that the cells already have.
#[expect(
    clippy::too_many_arguments,
    reason = "target, position, text and style vary independently"
)]
pub fn paint(
    buf: &mut Buffer,
    area: Rect,
    x: u16,
    y: u16,
    text: &str,
    scale: Scale,
    policy: &WidthPolicy,
    style_at: impl Fn(usize) -> Style,
) {
    let area = area.intersection(*buf.area());
    let before = |byte: usize| text[..byte].char_indices().next_back().map(|(at, _)| at);
    let apart = |byte: usize| before(byte).is_some_and(|at| style_at(at) != style_at(byte));
    let mut spills = Vec::new();
    for piece in line(scale, text, policy, apart) {
        let Some(left) = u16::try_from(piece.column)
            .ok()
            .and_then(|column| x.checked_add(column))
        else {
            break;
        };
        let Ok(width) = u16::try_from(piece.columns) else {
            break;
        };
        if left >= area.right() {
            break;
        }
        let here = Rect::new(left, y, width, scale.rows());
        let style = style_at(piece.bytes.start);
        match &piece.shape {
            // A line under cells of one row would be broken between letters of several rows.
            Shape::Blank if here.height > 1 => fill(buf, here.intersection(area), unlined(style)),
            Shape::Blank | Shape::Drawn => fill(buf, here.intersection(area), style),
            Shape::Plain { column, row, width } => {
                fill(buf, here.intersection(area), style);
                let at = Position::new(left.saturating_add(*column as u16), y.saturating_add(*row));
                grapheme(
                    buf,
                    area,
                    at,
                    &text[piece.bytes.clone()],
                    *width as u16,
                    style,
                );
                if *width == 1 && is_spilling(&text[piece.bytes.clone()]) {
                    spills.push(Position {
                        x: at.x.saturating_add(1),
                        ..at
                    });
                }
            }
            Shape::Block(drawn) => block(buf, area, here, drawn, style),
            Shape::Chunk(escape) => {
                let ground = buf.cell(here.as_position()).map(|cell| cell.bg);
                let style = mixed(&text[piece.bytes.clone()], ground, |at| {
                    style_at(piece.bytes.start + at)
                });
                chunk(buf, area, here, escape, style);
            }
        }
    }
    for at in spills.into_iter().filter(|at| area.contains(*at)) {
        if buf[at].symbol() == " " && buf[at].diff_option == CellDiffOption::None {
            buf[at].set_diff_option(CellDiffOption::AlwaysUpdate);
        }
    }
}

/// Makes a cell a blank that is sent to the terminal like any other; its colours stay.
fn wipe(cell: &mut Cell) -> &mut Cell {
    let style = cell.style();
    cell.reset();
    cell.set_style(style)
}

fn wipe_row(buf: &mut Buffer, columns: std::ops::Range<u16>, y: u16) {
    for x in columns {
        wipe(&mut buf[(x, y)]);
    }
}

fn fill(buf: &mut Buffer, area: Rect, style: Style) {
    for at in area.positions() {
        wipe(&mut buf[at]).set_style(style);
    }
}

/// Paints a character at its normal size. If ratatui's width for it differs from the policy's, the
/// cell is pinned: then the backend skips the cells that it covers and moves the cursor explicitly.
pub(super) fn grapheme(
    buf: &mut Buffer,
    area: Rect,
    at: Position,
    symbol: &str,
    width: u16,
    style: Style,
) {
    let room = Rect::new(at.x, at.y, width, 1);
    if room.intersection(area) != room {
        return;
    }
    fill(buf, room, style);
    let cell = &mut buf[at];
    cell.set_symbol(symbol);
    if symbol.cell_width() < width {
        // A narrow glyph in two cells: xterm leaves the old content in the second one, so erase
        // first.
        cell.set_symbol(&format!("\x1b[{width}X{symbol}"));
    }
    if symbol.cell_width() != width {
        pin(cell, width);
    }
    // These cells are never sent. They must differ from a blank, because a blank that replaces half
    // a letter has to be sent: the terminal may have cleared it with another background, or a
    // picture may cover the other half.
    for x in 1..width {
        buf[(at.x + x, at.y)].set_diff_option(CellDiffOption::Skip);
    }
}

/// Whether Korean fonts draw this symbol two cells wide in whatever width the terminal gives it.
/// xterm lets it overlap the next cell and does not erase the overlap unless the blank there is
/// sent again.
fn is_spilling(symbol: &str) -> bool {
    symbol.chars().next().is_some_and(
        |c| matches!(c, '\u{203B}' | '\u{2100}'..='\u{24FF}' | '\u{25A0}'..='\u{27BF}'),
    )
}

fn pin(cell: &mut Cell, width: u16) {
    cell.set_diff_option(
        NonZeroU16::new(width).map_or(CellDiffOption::None, CellDiffOption::ForcedWidth),
    );
}

/// Paints a letter made of block characters. Underlines and strike-through are drawn once for all
/// its rows; italics are not possible.
fn block(buf: &mut Buffer, area: Rect, here: Rect, drawn: &DrawnLetter, style: Style) {
    fill(buf, here.intersection(area), unlined(style));
    let last = u16::from(drawn.rows.saturating_sub(1));
    for (row, characters) in (0u16..).zip(drawn.rows()) {
        let mut style = if row == last {
            style
        } else {
            style.remove_modifier(Modifier::UNDERLINED)
        };
        if row != last / 2 {
            style = style.remove_modifier(Modifier::CROSSED_OUT);
        }
        for (column, c) in (0u16..).zip(characters) {
            let at = Position::new(here.x.saturating_add(column), here.y.saturating_add(row));
            if area.contains(at) {
                wipe(&mut buf[at])
                    .set_char(*c)
                    .set_style(style.remove_modifier(Modifier::ITALIC));
            }
        }
    }
}

fn unlined(style: Style) -> Style {
    style.remove_modifier(Modifier::UNDERLINED | Modifier::CROSSED_OUT | Modifier::ITALIC)
}

/// Paints a run that the terminal scales. One that does not fit completely is left out, because the
/// terminal would discard it or scroll.
fn chunk(buf: &mut Buffer, area: Rect, here: Rect, escape: &str, style: Style) {
    fill(buf, here.intersection(area), style);
    if here.intersection(area) != here {
        return;
    }
    for at in here.positions() {
        buf[at].set_diff_option(CellDiffOption::Skip);
    }
    let head = &mut buf[here.as_position()];
    head.set_symbol(escape);
    pin(head, here.width);
}

/// The style of a run in which styles meet: the one that marks something, by another ground than
/// the line's before a line under the letters; else the one that begins inside it.
fn mixed(run: &str, ground: Option<Color>, style_at: impl Fn(usize) -> Style) -> Style {
    let first = style_at(0);
    let styles = run.trim_end().char_indices().map(|(at, _)| style_at(at));
    let has = |style: &Style, modifier| style.add_modifier.contains(modifier);
    let weight = |style: &Style| {
        let is_filled = has(style, Modifier::REVERSED) || style.bg.is_some() && style.bg != ground;
        (is_filled, has(style, Modifier::UNDERLINED), *style != first)
    };
    styles.max_by_key(weight).unwrap_or(first)
}

/// Has the terminal erase a row of `area` before it writes its first cell, which is blank.
pub(super) fn erase_first(buf: &mut Buffer, area: Rect, y: u16) {
    if let Some(cell) = buf.cell_mut((area.x, y)) {
        cell.set_symbol(&format!("\x1b[{}X ", area.width));
        pin(cell, 1);
    }
}

/// Has the letter be sent again that stands where a picture leaves the cursor, at its left edge in
/// the row below: foot wipes the second half of a wide one.
pub(super) fn redraw_below(buf: &mut Buffer, part: Rect) {
    let y = part.bottom();
    let before = part.x.checked_sub(1);
    let is_wide = |x: &u16| buf.cell((*x, y)).is_some_and(|cell| cell.cell_width() > 1);
    let x = before.filter(is_wide).unwrap_or(part.x);
    if let Some(cell) = buf.cell_mut((x, y))
        && cell.diff_option == CellDiffOption::None
        && index_of(cell.symbol()).is_none()
    {
        cell.set_diff_option(CellDiffOption::AlwaysUpdate);
    }
}

/// Clears `area` for a popup, together with letters that extend over its edge: ratatui's `Clear`
/// never sends half a wide letter, nor the cells under a scaled run. Of such a run, what stands
/// beside the area is drawn again; above and below, where a part of the letters' height would be
/// seen, nothing is.
pub fn clear(buf: &mut Buffer, area: Rect, policy: &WidthPolicy) {
    let area = area.intersection(*buf.area());
    if area.is_empty() {
        return;
    }
    for (here, run) in scaled_runs(buf)
        .into_iter()
        .filter(|(here, _)| here.intersects(area))
    {
        cut_run(buf, area, here, &run, policy);
    }
    for y in area.top()..area.bottom() {
        let reach = area.x.saturating_sub(buf.area().x).min(WIDEST_CLUSTER);
        for x in (area.x - reach..area.x).rev() {
            if x.saturating_add(buf[(x, y)].cell_width()) > area.x {
                wipe_row(buf, x..area.x, y);
            }
        }
        let last = buf[(area.right() - 1, y)].cell_width();
        let over = area
            .right()
            .saturating_add(last.saturating_sub(1))
            .min(buf.area().right());
        wipe_row(buf, area.right()..over, y);
    }
    for at in area.positions() {
        buf[at].reset();
    }
}

/// Takes a run away that `area` covers in part, and draws what stands beside it.
fn cut_run(buf: &mut Buffer, area: Rect, here: Rect, run: &ScaledRun, policy: &WidthPolicy) {
    let style = buf[here.as_position()].style();
    for at in here.intersection(*buf.area()).positions() {
        // The line under a link would stay without its letters.
        let lines = Modifier::UNDERLINED | Modifier::CROSSED_OUT;
        wipe(&mut buf[at]).modifier.remove(lines);
    }
    let column = |x: u16| usize::from(x.saturating_sub(here.x));
    let covered = column(area.x)..column(area.right());
    let columns = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    for (column, width, sequence) in run.remains(covered, policy) {
        let x = here.x.saturating_add(columns(column));
        let block = Rect::new(x, here.y, columns(width), here.height);
        chunk(buf, here, block, &sequence, style);
    }
}

/// All runs in the buffer that the terminal scales, and their areas.
fn scaled_runs(buf: &Buffer) -> Vec<(Rect, ScaledRun)> {
    let place = |(at, cell): (usize, &Cell)| {
        let run = ScaledRun::parse(cell.symbol())?;
        let (x, y) = buf.pos_of(at);
        let rows = u16::try_from(run.rows()).ok()?;
        Some((Rect::new(x, y, cell.cell_width(), rows), run))
    };
    buf.content().iter().enumerate().filter_map(place).collect()
}

#[cfg(test)]
#[path = "tests/letters.rs"]
mod tests;
