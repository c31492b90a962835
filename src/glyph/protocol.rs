//! The kitty text-sizing protocol (OSC 66): runs of text that the terminal itself scales.
//!
//! A run of `c` cells is sent as a block of `w` scaled cells, `w ≤ 7`. An eojeol is sent in one
//! block with the space after it, so that the rounding of a fraction falls into the space. Where
//! blocks begin is decided by `text`, which counts them when it breaks lines.

use std::fmt::Write;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::piece::{LinePiece, Shape};
use crate::text::{Scale, WidthPolicy, column_count};

/// The most bytes of a cluster that are sent. No legible letter has more, and the protocol accepts
/// 4096 for a block.
const MAX_CLUSTER: usize = 128;

/// The size: `scale × scale` cells for a cell, letters at `num/den` of that.
#[derive(Clone, Copy, Debug)]
struct Ratio {
    scale: usize,
    num: usize,
    den: usize,
}

impl Ratio {
    /// The fraction to send for a block `width` cells wide. The terminal rounds the pixels of a
    /// letter up, so a block filled to its last cell would lose the end of its last letter; for
    /// those, 3/4 becomes 5/7, which fits at every cell size.
    fn drawn(self, cells: usize, width: usize) -> (usize, usize) {
        let is_full = cells * self.num == width * self.den;
        if is_full && (self.num, self.den) == (3, 4) {
            (5, 7)
        } else {
            (self.num, self.den)
        }
    }
}

/// Places a line, block by block. A block in which the style changes (`apart`) is cut if that
/// leaves no rounding gap.
pub(super) fn blocks(
    scale: Scale,
    text: &str,
    policy: &WidthPolicy,
    apart: impl Fn(usize) -> bool,
) -> Vec<LinePiece> {
    let Scale::Protocol {
        scale: times,
        num,
        den,
    } = scale
    else {
        return Vec::new();
    };
    let ratio = Ratio {
        scale: usize::from(times),
        num: usize::from(num),
        den: usize::from(den.max(1)),
    };
    let mut pieces = Vec::new();
    let mut column = 0;
    for (bytes, _) in column_count::chunks(text, scale, *policy) {
        let (mut start, mut at, mut cells, mut is_mixed) = (bytes.start, bytes.start, 0, false);
        for (cluster, width) in policy.graphemes(&text[bytes.clone()]) {
            is_mixed |= at > start && apart(at);
            if is_mixed && cells > 0 && (cells * ratio.num).is_multiple_of(ratio.den) {
                column = push(&mut pieces, ratio, column, text, start..at, cells);
                (start, cells, is_mixed) = (at, 0, false);
            }
            at += cluster.len();
            cells += width;
        }
        column = push(&mut pieces, ratio, column, text, start..at, cells);
    }
    pieces
}

/// Adds one block of `cells` cells at `column`; returns the column after it.
fn push(
    pieces: &mut Vec<LinePiece>,
    ratio: Ratio,
    column: usize,
    text: &str,
    bytes: Range<usize>,
    cells: usize,
) -> usize {
    let width = (cells * ratio.num).div_ceil(ratio.den);
    let columns = width * ratio.scale;
    let run = &text[bytes.clone()];
    // A space at the end may be cut off.
    let ink = cells - (run.len() - run.trim_end().len()).min(cells);
    let shape = if run.trim().is_empty() {
        Shape::Blank
    } else {
        Shape::Chunk(escape(run, ratio, ink, width))
    };
    if columns > 0 {
        pieces.push(LinePiece {
            bytes,
            column,
            columns,
            shape,
        });
    }
    column + columns
}

/// Erases the cells that a block will cover, and returns to its start. A terminal drops an older
/// block if one of its cells is erased, but if its lower rows are overwritten it keeps the block
/// and moves the new text aside.
fn erase(columns: usize, rows: usize) -> String {
    let mut out = format!("\x1b[{columns}X");
    for _ in 1..rows {
        let _ = write!(out, "\x1b[B\x1b[{columns}X");
    }
    if rows > 1 {
        let _ = write!(out, "\x1b[{}A", rows - 1);
    }
    out
}

/// The escape sequence of one block. Control characters are left out, because they could end the
/// sequence.
fn escape(run: &str, ratio: Ratio, cells: usize, width: usize) -> String {
    let mut out = erase(width * ratio.scale, ratio.scale);
    let _ = write!(out, "\x1b]66;s={}:w={width}", ratio.scale);
    if ratio.num < ratio.den {
        let (num, den) = ratio.drawn(cells, width);
        let _ = write!(out, ":n={num}:d={den}");
    }
    out.push(';');
    for cluster in run.graphemes(true) {
        let letters = cluster
            .char_indices()
            .take_while(|(at, _)| *at < MAX_CLUSTER)
            .map(|(_, c)| c);
        out.extend(letters.filter(|c| !c.is_control()));
    }
    out.push_str("\x1b\\");
    out
}
