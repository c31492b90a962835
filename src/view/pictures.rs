//! Pictures: in the text, alone on the screen, and their pixels over both.
//!
//! ```text
//!   ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
//!   ▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀▀
//!   설명
//! ```
//!
//! First everything is drawn as cells: half blocks, placeholders, or an empty frame while the
//! picture loads. Then, if the terminal takes pixels in the stream and nothing covers those cells,
//! the first cell of a picture carries the escape sequence and the others are not sent. So a popup
//! over a picture turns it into half blocks, and closing the popup brings the pixels back, without
//! remains of either.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::letters;
use super::style_resolver::StyleResolver;
use crate::app::Model;
use crate::app::geometry::{Area, Geometry};
use crate::app::panes::reader::pictures::Strip;
use crate::config::Role;
use crate::picture::{DrawnPicture, Form};
use crate::text::{LineKind, Part, PartRole, Spot};

/// Draws one row of a picture in the text.
pub fn row(
    model: &Model,
    styles: &StyleResolver<'_>,
    (part, spot): (&Part, Spot),
    area: Area,
    buf: &mut Buffer,
) {
    let Some(shot) = model.reader().pictures().in_text().get(&spot.part) else {
        return;
    };
    let Ok(line) = u16::try_from(spot.line) else {
        return;
    };
    match &shot.drawn {
        Some(drawn) => cells(styles, drawn, line, area, buf),
        None => match &shot.failure {
            Some(failure) => {
                let sentence = failure.sentence(&model.start().words);
                let lines = styles.lines(&sentence, area.width);
                if let Some(text) = lines.get(spot.line) {
                    let dim = styles.style(Role::Dim);
                    styles.put(buf, (area.x, area.y), area.width, text, dim);
                }
            }
            None => waiting(model, styles, (part, spot), area, buf),
        },
    }
}

/// Draws a row of a picture as cells in the first row of `area`. One that was drawn for a wider
/// column is cut there until the one for this column comes.
fn cells(styles: &StyleResolver<'_>, drawn: &DrawnPicture, row: u16, area: Area, buf: &mut Buffer) {
    if row >= drawn.frame.rows {
        return;
    }
    for column in 0..drawn.frame.columns.min(area.width) {
        let at = (area.x.saturating_add(column), area.y);
        let Some(cell) = buf.cell_mut(at) else { return };
        let ground = cell.style();
        cell.reset();
        if let Form::Placed(placed) = &drawn.form {
            cell.set_style(ground.patch(styles.placeholder(placed.colour())));
            cell.set_symbol(&placed.cell(column, row))
                .set_diff_option(head_width(1));
        } else {
            let (symbol, style) = styles.pixels(drawn.colours(column, row));
            cell.set_symbol(symbol).set_style(ground.patch(style));
        }
    }
}

/// How a cell is sent whose symbol takes `cells` cells.
pub(super) fn head_width(cells: u16) -> CellDiffOption {
    NonZeroU16::new(cells).map_or(CellDiffOption::None, CellDiffOption::ForcedWidth)
}

/// Draws an empty frame with a message: the picture is loading.
fn waiting(
    model: &Model,
    styles: &StyleResolver<'_>,
    (part, spot): (&Part, Spot),
    area: Area,
    buf: &mut Buffer,
) {
    let Some(frame) = model
        .reader()
        .body()
        .and_then(|b| b.layout().frame(spot.part))
    else {
        return;
    };
    let [tl, tr, bl, br, across, down] = styles.box_lines();
    let edge = styles.style(Role::Border);
    let right = area.x + frame.columns.min(area.width).saturating_sub(1);
    let last = usize::from(frame.rows.saturating_sub(1));
    let ends = match spot.line {
        0 => (tl, tr),
        line if line == last => (bl, br),
        _ => (down, down),
    };
    if spot.line == 0 || spot.line == last {
        for x in area.x..right {
            styles.put(buf, (x, area.y), 1, across, edge);
        }
    }
    styles.put(buf, (area.x, area.y), 1, ends.0, edge);
    styles.put(buf, (right, area.y), 1, ends.1, edge);
    let state = model.start().words.get("label.picture-loading");
    let room = frame.columns.saturating_sub(4);
    let (caption, dim) = (styles.style(Role::Caption), styles.style(Role::Dim));
    let mut says: Vec<_> = styles
        .lines(state, room)
        .into_iter()
        .map(|line| (line, dim))
        .collect();
    // If there is little space, the status is shown and the caption is left out.
    if says.len() + 2 < last {
        says.insert(0, (&part.text, caption));
    }
    let first = (last + 1).saturating_sub(says.len()) / 2;
    let said = spot
        .line
        .checked_sub(first.max(1))
        .and_then(|n| says.get(n));
    if let Some(&(text, style)) = said.filter(|_| spot.line < last) {
        let taken = u16::try_from(styles.policy.width(text))
            .unwrap_or(room)
            .min(room);
        styles.put(
            buf,
            (area.x + 2 + (room - taken) / 2, area.y),
            room,
            text,
            style,
        );
    }
}

/// Draws a picture alone on the screen, with its caption below.
pub fn zoom(model: &Model, styles: &StyleResolver<'_>, buf: &mut Buffer) {
    let Some(zoom) = model.reader().pictures().zoom() else {
        return;
    };
    let screen = buf.area;
    let area = Rect {
        height: screen.height.saturating_sub(1),
        ..screen
    };
    letters::clear(buf, area, &styles.policy);
    buf.set_style(area, styles.style(Role::Text));
    let words = &model.start().words;
    match (&zoom.drawn, &zoom.failure) {
        (Some(drawn), _) => {
            let (x, y) = zoom_corner(screen, drawn);
            for row in 0..drawn.frame.rows {
                let area = Area {
                    x,
                    y: y + row,
                    width: drawn.frame.columns,
                    height: 1,
                };
                cells(styles, drawn, row, area, buf);
            }
        }
        (None, Some(failure)) => {
            let inner = Rect {
                x: area.x + 2,
                y: area.y + area.height / 2,
                width: area.width.saturating_sub(4),
                height: 3,
            };
            styles.paragraph(
                buf,
                inner.intersection(area),
                &failure.sentence(words),
                styles.style(Role::Error),
            );
        }
        (None, None) => centred(
            styles,
            buf,
            area.y + area.height / 2,
            words.get("label.picture-loading"),
            Role::Dim,
        ),
    }
    if let Some(caption) = caption(model, zoom.part) {
        centred(
            styles,
            buf,
            area.bottom().saturating_sub(1),
            &caption,
            Role::Caption,
        );
    }
}

/// The upper left corner of a picture alone on the screen.
fn zoom_corner(screen: Rect, drawn: &DrawnPicture) -> (u16, u16) {
    let rows = screen.height.saturating_sub(3);
    (
        screen.width.saturating_sub(drawn.frame.columns) / 2,
        rows.saturating_sub(drawn.frame.rows) / 2,
    )
}

fn centred(styles: &StyleResolver<'_>, buf: &mut Buffer, y: u16, text: &str, role: Role) {
    let line = text.replace('\n', " ");
    let room = buf.area.width.saturating_sub(2);
    let taken = u16::try_from(styles.policy.width(&line))
        .unwrap_or(room)
        .min(room);
    styles.put(
        buf,
        (1 + (room - taken) / 2, y),
        room,
        &line,
        styles.style(role),
    );
}

/// The caption of a picture, or its alternative text.
fn caption(model: &Model, part: usize) -> Option<String> {
    let parts = &model.reader().body()?.document().parts;
    let below = parts.get(part + 1).filter(|p| p.role == PartRole::Caption);
    below.or(parts.get(part)).map(|p| p.text.to_string())
}

/// Adds pixel sequences to the pictures that nothing covers.
pub fn lay_over(model: &Model, styles: &StyleResolver<'_>, places: &Geometry, buf: &mut Buffer) {
    let pictures = model.reader().pictures();
    if let Some((zoom, drawn)) = pictures
        .zoom()
        .and_then(|z| z.drawn.as_ref().map(|d| (z, d)))
    {
        if let Some(strip) = &zoom.strip {
            put(styles, drawn, strip, zoom_corner(buf.area, drawn), buf);
        }
        return;
    }
    let Some(body) = model
        .reader()
        .body()
        .filter(|_| model.reader().shows_body())
    else {
        return;
    };
    if places.reader.is_none() {
        return;
    }
    let mut last = None;
    for (row, spot) in body.layout().window(body.top(), places.text.height) {
        if body.layout().line(spot).kind != LineKind::Picture || last == Some(spot.part) {
            continue;
        }
        last = Some(spot.part);
        let Some(shot) = pictures.in_text().get(&spot.part) else {
            continue;
        };
        if let (Some(drawn), Some(strip)) = (&shot.drawn, &shot.strip) {
            put(
                styles,
                drawn,
                strip,
                (places.text.x, places.text.y + row),
                buf,
            );
        }
    }
}

/// Adds a strip of pixels with its upper left corner at (`x`, `y`), unless something covers its
/// cells.
fn put(
    styles: &StyleResolver<'_>,
    drawn: &DrawnPicture,
    strip: &Strip,
    (x, y): (u16, u16),
    buf: &mut Buffer,
) {
    let height = strip.rows.end.saturating_sub(strip.rows.start);
    let area = Rect {
        x,
        y,
        width: drawn.frame.columns,
        height,
    };
    // After a sequence in a single cell, the next text would be written where the sequence left the
    // cursor.
    if area.width < 2 || area.is_empty() || area.intersection(buf.area) != area {
        return;
    }
    let is_free = area.positions().all(|at| {
        let (symbol, style) = styles.pixels(drawn.colours(at.x - x, strip.rows.start + at.y - y));
        let cell = &buf[at];
        let same = |wanted: Option<_>, is: Option<_>| wanted.is_none() || wanted == is;
        let Style { fg, bg, .. } = cell.style();
        cell.symbol() == symbol && same(style.fg, fg) && same(style.bg, bg)
    });
    if !is_free {
        return;
    }
    for at in area.positions() {
        buf[at].set_diff_option(CellDiffOption::Skip);
    }
    let sequence = format!("{}{}", wiped(area), strip.sequence);
    buf[(x, y)]
        .set_symbol(&sequence)
        .set_diff_option(head_width(area.width));
    letters::redraw_below(buf, area);
}

/// A sequence that erases the cells of `area` from its first one on and returns to it. Otherwise a
/// wide letter that was half under the picture would remain beside it, or erase the picture's edge
/// when its other half is rewritten.
pub(super) fn wiped(area: Rect) -> String {
    let one = format!("\x1b[{}X", area.width);
    let rows = vec![one; usize::from(area.height)].join("\x1b[1B");
    let back = if area.height > 1 {
        format!("\x1b[{}A", area.height - 1)
    } else {
        String::new()
    };
    rows + &back
}
