//! Links: hyperlink sequences for the terminal (OSC 8), and the letters for choosing a link.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};
use ratatui::layout::Rect;

use super::badges;
use super::style_resolver::StyleResolver;
use crate::app::Model;
use crate::app::geometry::Geometry;
use crate::app::panes::links::{Hint, address, of};
use crate::glyph::{self, Shape};
use crate::news::address::feed_without_secrets;
use crate::text::{Layout, LineKind, Part, Scale, Spot};

/// Adds hyperlinks to the cells of a painted line. A link has the same id on all its rows, so that
/// the terminal highlights it as a whole. `x` is the column where the text begins.
pub fn mark(
    styles: &StyleResolver<'_>,
    layout: &Layout,
    (part, spot): (&Part, Spot),
    (x, area): (u16, Rect),
    buf: &mut Buffer,
) {
    let line = layout.line(spot);
    if !styles.links || line.kind != LineKind::Text || line.scale != Scale::Cells {
        return;
    }
    let links: Vec<_> = of(part)
        .into_iter()
        .enumerate()
        .filter(|(_, (range, _))| range.start < line.range.end && line.range.start < range.end)
        .filter_map(|(index, (range, url))| Some((index, range, address(url)?)))
        .collect();
    if links.is_empty() {
        return;
    }
    for (byte, column, width) in columns(styles, layout, spot) {
        let at = line.range.start + byte;
        let Some((index, _, url)) = links.iter().find(|(_, range, _)| range.contains(&at)) else {
            continue;
        };
        let place = (x.saturating_add(column), area.y);
        let Some(cell) = buf.cell_mut(place).filter(|_| area.contains(place.into())) else {
            continue;
        };
        let symbol = cell.symbol().to_owned();
        cell.set_symbol(&format!(
            "\x1b]8;id={}-{index};{url}\x1b\\{symbol}\x1b]8;;\x1b\\",
            spot.part
        ));
        cell.set_diff_option(
            NonZeroU16::new(width).map_or(CellDiffOption::None, CellDiffOption::ForcedWidth),
        );
    }
}

/// The position of each letter in a line: byte, column and width in cells, including the extra
/// width of blanks in a justified line.
fn columns(styles: &StyleResolver<'_>, layout: &Layout, spot: Spot) -> Vec<(usize, u16, u16)> {
    let line = layout.line(spot);
    let text = layout.text(spot);
    let wider = if line.slack > 0 {
        crate::text::spread(text, line.slack)
    } else {
        Vec::new()
    };
    let narrow = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    let pieces = glyph::line(line.scale, text, &styles.policy, |_| false);
    let placed = pieces
        .into_iter()
        .filter(|p| matches!(p.shape, Shape::Plain { .. } | Shape::Blank));
    placed
        .map(|p| {
            let more: u16 = wider
                .iter()
                .filter(|(at, _)| *at < p.bytes.start)
                .map(|(_, more)| *more)
                .sum();
            (
                p.bytes.start,
                narrow(p.column).saturating_add(more),
                narrow(p.columns),
            )
        })
        .collect()
}

/// The links to choose from as lines, each after its letters; `None` while none is chosen.
pub(super) fn linear_hints(model: &Model) -> Option<Vec<String>> {
    let hints = model.hints()?;
    let words = &model.start().words;
    let left = hints
        .all
        .iter()
        .filter(|h| h.letters.starts_with(&hints.typed));
    let line = |hint: &Hint| {
        let name = match hint.action {
            Some(action) => words.get(&format!("action.{}", action.name())).to_owned(),
            None => feed_without_secrets(&hint.url).into_owned(),
        };
        format!("{}, {name}", &hint.letters[hints.typed.len()..])
    };
    Some(left.map(line).collect())
}

/// Draws the letters on the visible pictures; those of links are set in their lines.
pub fn hints(model: &Model, styles: &StyleResolver<'_>, places: &Geometry, buf: &mut Buffer) {
    let Some(hints) = model.hints() else { return };
    let Some(sheet) = model.reader().sheet().filter(|_| places.reader.is_some()) else {
        return;
    };
    let style = badges::style(styles);
    let lines = sheet.layout().window(sheet.top(), places.text.height);
    for (row, spot) in lines {
        if sheet.layout().line(spot).kind != LineKind::Picture {
            continue;
        }
        for hint in hints
            .all
            .iter()
            .filter(|h| h.spot == spot && h.letters.starts_with(&hints.typed))
        {
            let letters = &hint.letters[hints.typed.len()..];
            let width = u16::try_from(letters.len()).unwrap_or(1);
            let x = places
                .text
                .x
                .saturating_add(sheet.layout().line(spot).indent)
                .min(buf.area.right().saturating_sub(width));
            super::letters::clear(
                buf,
                Rect {
                    x,
                    y: places.text.y + row,
                    width,
                    height: 1,
                },
                &styles.policy,
            );
            styles.put(buf, (x, places.text.y + row), width, letters, style);
        }
    }
}
