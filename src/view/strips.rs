//! Lines of text drawn as pictures of letters.
//!
//! Drawing a line marks its cells. Whatever comes over it, a popup or a notice, takes their marks
//! away, and [`lay_over`] shows the strip in the cells that still have theirs: with placeholder
//! characters, or cut into rectangles that are sent one by one.

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::letters;
use super::pictures::{head_width, wiped};
use super::style_resolver::StyleResolver;
use crate::lettering::press::index_of;
use crate::lettering::{Ink, LetterLine, PlacedStrip};
use crate::text::Scale;

/// Draws one line of text with its upper left corner at (`x`, `y`), clipped to `area`, as
/// [`letters::paint`] does, at any scale.
pub(super) fn paint(
    styles: &StyleResolver<'_>,
    buf: &mut Buffer,
    area: Rect,
    (x, y): (u16, u16),
    text: &str,
    scale: Scale,
    style_at: impl Fn(usize) -> Style,
) {
    if !matches!(scale, Scale::Drawn { .. }) {
        letters::paint(buf, area, x, y, text, scale, &styles.policy, style_at);
        return;
    }
    let area = area.intersection(*buf.area());
    if strip(styles, buf, area, (x, y), text, scale, &style_at).is_none() {
        // The terminal's own letters, if the strip can't be had: they show as much as fits.
        let row = scale.rows().saturating_sub(1) / 2;
        let y = y.saturating_add(row);
        letters::paint(
            buf,
            area,
            x,
            y,
            text,
            Scale::Cells,
            &styles.policy,
            style_at,
        );
    }
}

/// Marks the cells of the line's strip; `None` if it can't be drawn.
fn strip(
    styles: &StyleResolver<'_>,
    buf: &mut Buffer,
    area: Rect,
    (x, y): (u16, u16),
    text: &str,
    scale: Scale,
    style_at: &impl Fn(usize) -> Style,
) -> Option<()> {
    if text.trim().is_empty() {
        return Some(());
    }
    let lettering = styles.lettering?;
    let ground = buf.cell((x, y))?.style();
    let mut inks: Vec<(usize, Ink)> = Vec::new();
    let mut at = 0;
    for (cluster, _) in styles.policy.graphemes(text) {
        let ink = styles.ink(ground.patch(style_at(at)))?;
        at += cluster.len();
        match inks.last_mut() {
            Some(last) if last.1 == ink => last.0 = at,
            _ => inks.push((at, ink)),
        }
    }
    let line = LetterLine {
        text: text.to_owned(),
        scale,
        policy: styles.policy,
        cell: lettering.canvas.cell,
        colours: lettering.canvas.colours,
        ground: styles
            .ink(ground.remove_modifier(Modifier::all()))
            .map(|ink| ink.ground),
        inks,
    };
    let strip = lettering.press.strip(line, lettering.canvas)?;
    let here = Rect {
        x,
        y,
        width: strip.frame.columns,
        height: strip.frame.rows,
    };
    let mark = lettering.press.place(strip.clone(), (x, y))?;
    for at in here.intersection(area).positions() {
        let cell = &mut buf[at];
        let ground = cell.style().remove_modifier(Modifier::all());
        cell.reset();
        cell.set_style(ground).set_char(mark);
    }
    for hole in &strip.holes {
        let (column, row) = (x.saturating_add(hole.column), y.saturating_add(hole.row));
        let at = Position::new(column, row);
        let symbol = text.get(hole.bytes.clone()).unwrap_or_default();
        letters::grapheme(
            buf,
            area,
            at,
            symbol,
            hole.width,
            style_at(hole.bytes.start),
        );
    }
    Some(())
}

/// Shows the strips of the frame in the cells that nothing covers.
pub(super) fn lay_over(styles: &StyleResolver<'_>, buf: &mut Buffer) {
    let Some(lettering) = styles.lettering else {
        return;
    };
    for (index, placed) in lettering.press.placed().iter().enumerate() {
        let (x, y) = placed.corner;
        let area = Rect {
            x,
            y,
            width: placed.strip.frame.columns,
            height: placed.strip.frame.rows,
        }
        .intersection(buf.area);
        if placed.strip.stored().is_some() {
            placeholders(styles, placed, index, area, buf);
            continue;
        }
        for part in free_parts(buf, area, index) {
            send(placed, part, buf);
        }
    }
}

/// Whether a cell still has the mark of the strip.
fn is_free(buf: &Buffer, at: (u16, u16), index: usize) -> bool {
    index_of(buf[at].symbol()) == Some(index)
}

fn placeholders(
    styles: &StyleResolver<'_>,
    placed: &PlacedStrip,
    index: usize,
    area: Rect,
    buf: &mut Buffer,
) {
    let Some(stored) = placed.strip.stored() else {
        return;
    };
    for at in area.positions() {
        if is_free(buf, (at.x, at.y), index) {
            let cell = &mut buf[at];
            cell.set_style(styles.placeholder(stored.colour()));
            cell.set_symbol(&stored.cell(at.x - placed.corner.0, at.y - placed.corner.1))
                .set_diff_option(head_width(1));
        }
    }
}

/// The free cells of a strip as rectangles: runs of columns, of as many rows as have the same.
fn free_parts(buf: &Buffer, area: Rect, index: usize) -> Vec<Rect> {
    let mut parts: Vec<Rect> = Vec::new();
    for y in area.top()..area.bottom() {
        let mut x = area.left();
        while x < area.right() {
            let run = (x..area.right())
                .take_while(|x| is_free(buf, (*x, y), index))
                .count() as u16;
            if run == 0 {
                x += 1;
                continue;
            }
            let above = parts
                .iter_mut()
                .find(|part| part.x == x && part.width == run && part.bottom() == y);
            match above {
                Some(part) => part.height += 1,
                None => parts.push(Rect::new(x, y, run, 1)),
            }
            x += run;
        }
    }
    parts
}

/// Puts the sequence for a part of a strip into its first cell.
fn send(placed: &PlacedStrip, part: Rect, buf: &mut Buffer) {
    let (column, row) = (part.x - placed.corner.0, part.y - placed.corner.1);
    let columns = column..column + part.width;
    let Some(sequence) = placed.strip.part(columns, row..row + part.height) else {
        part.positions().for_each(|at| {
            buf[at].set_symbol(" ");
        });
        return;
    };
    for at in part.positions() {
        buf[at].set_diff_option(CellDiffOption::Skip);
    }
    let mut head = format!("{}{sequence}", wiped(part));
    if part.width < 2 {
        // No cursor movement follows a cell of one column, so the next text would be written where
        // the sequence left the cursor.
        head = format!("\x1b7{head}\x1b8\x1b[C");
    }
    buf[(part.x, part.y)]
        .set_symbol(&head)
        .set_diff_option(head_width(part.width));
    letters::redraw_below(buf, part);
}

#[cfg(test)]
#[path = "tests/strips.rs"]
mod tests;
