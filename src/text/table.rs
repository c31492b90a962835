//! Tables as plain text, and as a grid of columns that fits a width.

use std::ops::Range;

use super::{Breaking, Column, Scale, WidthPolicy, wrap};
use crate::news::Clean;

/// Cells between two columns.
const GUTTER: usize = 2;

/// The narrowest column, in cells; a table that would need a narrower one is shown as text.
const NARROWEST: usize = 8;

/// The rows as text: the head on a line of its own, then each row as `head: cell` lines (`name:
/// value` if there are two columns). This text is what searches and positions refer to, and what is
/// shown if a grid does not fit.
pub(super) fn as_text(rows: &[Vec<Clean>]) -> Clean {
    Clean::lines(&rows_as_text(rows).0)
}

/// The text of [`as_text`], and the byte range of each row in it.
fn rows_as_text(rows: &[Vec<Clean>]) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut ranges = Vec::with_capacity(rows.len());
    let heads: Vec<String> = rows
        .first()
        .map(|r| r.iter().map(|c| flat(c)).collect())
        .unwrap_or_default();
    for (index, row) in rows.iter().enumerate() {
        let cells: Vec<String> = row.iter().map(|c| flat(c)).collect();
        let line = if index == 0 || cells.len() <= 2 {
            in_one_line(&cells, index == 0)
        } else {
            under(&heads, &cells)
        };
        if !line.is_empty() && !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(&line);
        ranges.push(start..text.len());
    }
    (text, ranges)
}

fn flat(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn in_one_line(cells: &[String], head: bool) -> String {
    let cells: Vec<&str> = cells
        .iter()
        .map(String::as_str)
        .filter(|c| !c.is_empty())
        .collect();
    cells.join(if head { " · " } else { ": " })
}

fn under(heads: &[String], cells: &[String]) -> String {
    let named =
        cells
            .iter()
            .enumerate()
            .filter(|(_, c)| !c.is_empty())
            .map(|(i, cell)| match heads.get(i) {
                Some(head) if i > 0 && !head.is_empty() => format!("{head}: {cell}"),
                _ => cell.clone(),
            });
    named.collect::<Vec<_>>().join("\n")
}

/// One line of a grid.
pub(super) struct GridLine {
    /// Its text, padded with spaces.
    pub(super) text: String,
    /// The byte range of its row in the table's text.
    pub(super) range: Range<usize>,
    /// Whether it belongs to the first row.
    pub(super) head: bool,
}

/// The table as a grid of at most `cells` cells, with its cells wrapped as needed; `None` if
/// columns would become too narrow to read, or if `text` is not [`as_text`] of the rows.
pub(super) fn grid(
    rows: &[Vec<Clean>],
    text: &str,
    cells: usize,
    policy: WidthPolicy,
) -> Option<Vec<GridLine>> {
    let (own, ranges) = rows_as_text(rows);
    if own != text {
        return None;
    }
    let flat: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|c| flat(c)).collect())
        .collect();
    let widths = widths(&flat, cells, policy)?;
    let right: Vec<bool> = (0..widths.len()).map(|i| is_numeric(&flat, i)).collect();
    let mut out = Vec::new();
    for (index, (row, range)) in flat.iter().zip(ranges).enumerate() {
        if range.is_empty() {
            continue;
        }
        for text in row_lines(row, &widths, &right, policy) {
            out.push(GridLine {
                text,
                range: range.clone(),
                head: index == 0 && flat.len() > 1,
            });
        }
    }
    Some(out)
}

/// Widths of the columns: as wide as their content if that fits, otherwise with the widest ones
/// reduced.
fn widths(rows: &[Vec<String>], cells: usize, policy: WidthPolicy) -> Option<Vec<usize>> {
    let count = rows.iter().map(Vec::len).max().filter(|&n| n > 0)?;
    let mut natural = vec![1; count];
    for row in rows {
        for (width, cell) in natural.iter_mut().zip(row) {
            *width = policy.width(cell).max(*width);
        }
    }
    let room = cells.checked_sub(GUTTER * (count - 1))?;
    let cut = |most: usize| natural.iter().map(|&w| w.min(most)).sum::<usize>();
    let most = natural.iter().copied().max()?;
    if cut(most) <= room {
        return Some(natural);
    }
    // The largest cap under which all columns fit, by bisection.
    let (mut fits, mut not) = (0, most);
    while not - fits > 1 {
        let middle = usize::midpoint(fits, not);
        if cut(middle) <= room {
            fits = middle;
        } else {
            not = middle;
        }
    }
    (fits >= NARROWEST).then(|| natural.iter().map(|&w| w.min(fits)).collect())
}

/// Whether every cell of a column, except its head, is a number; such a column is right-aligned.
fn is_numeric(rows: &[Vec<String>], column: usize) -> bool {
    let mut cells = rows
        .iter()
        .skip(1)
        .filter_map(|row| row.get(column))
        .filter(|c| !c.is_empty())
        .peekable();
    cells.peek().is_some()
        && cells.all(|c| {
            c.chars().any(|d| d.is_ascii_digit())
                && c.chars()
                    .all(|d| d.is_ascii_digit() || "+-−▲▼.,% ".contains(d))
        })
}

fn row_lines(row: &[String], widths: &[usize], right: &[bool], policy: WidthPolicy) -> Vec<String> {
    let wrapped: Vec<Vec<&str>> = row
        .iter()
        .zip(widths)
        .map(|(cell, &width)| {
            let column = Column {
                width,
                first: 0,
                rest: 0,
                scale: Scale::Cells,
                policy,
                breaking: Breaking::Eojeol,
            };
            wrap(cell, &column).into_iter().map(|r| &cell[r]).collect()
        })
        .collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    (0..height)
        .map(|line| {
            let mut out = String::new();
            for (index, (cell, &width)) in wrapped.iter().zip(widths).enumerate() {
                let words = cell.get(line).copied().unwrap_or_default();
                let fill = width.saturating_sub(policy.width(words));
                let (before, after) = if right[index] { (fill, 0) } else { (0, fill) };
                let gutter = if index == 0 { 0 } else { GUTTER };
                out.extend(std::iter::repeat_n(' ', gutter + before));
                out.push_str(words);
                out.extend(std::iter::repeat_n(' ', after));
            }
            out.truncate(out.trim_end_matches(' ').len());
            out
        })
        .collect()
}

#[cfg(test)]
#[path = "tests/table.rs"]
mod tests;
