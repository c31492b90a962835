//! The kitty text-sizing protocol (OSC 66): runs of text that the terminal itself scales.
//!
//! A run of `c` cells is sent as a block of `w` scaled cells, `w ≤ 7`. An eojeol is sent in blocks
//! that its letters fill, the last one with the space after it, so that the rounding of a fraction
//! falls into the space. Where blocks begin is decided by `text`, which counts them when it breaks
//! lines.

use std::fmt::Write;
use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::piece::{LinePiece, Shape};
use crate::text::{Scale, WidthPolicy, column_count};

/// The most bytes of a cluster that are sent. No legible letter has more, and the protocol accepts
/// 4096 for a block.
const MAX_CLUSTER: usize = 128;

/// The size: `scale × scale` cells for a cell, letters at `num/den` of that. One fraction is sent
/// for all blocks of a text, so that its letters are of one size. On cells of an odd width 3/4
/// rounds up, and the last letter of a full block loses at most two pixels at its right edge, which
/// are blank in a syllable; 5/7 would lose nothing, but leaves a hole of half a cell after each
/// pair of syllables in fonts narrower than the cell (kitty 0.41, D2Coding at 12 and 13 points).
#[derive(Clone, Copy, Debug)]
struct Ratio {
    scale: usize,
    num: usize,
    den: usize,
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
    for chunk in column_count::chunks(text, scale, *policy) {
        let (mut start, mut at) = (chunk.bytes.start, chunk.bytes.start);
        let (mut cells, mut units, mut is_mixed) = (0, chunk.units, false);
        for (cluster, width) in policy.graphemes(&text[chunk.bytes.clone()]) {
            is_mixed |= at > start && apart(at);
            let taken = cells * ratio.num / ratio.den;
            let is_even = cells > 0 && (cells * ratio.num).is_multiple_of(ratio.den);
            if is_mixed && is_even && taken < units {
                column = push(&mut pieces, ratio, column, text, start..at, taken);
                units -= taken;
                (start, cells, is_mixed) = (at, 0, false);
            }
            at += cluster.len();
            cells += width;
        }
        column = push(&mut pieces, ratio, column, text, start..at, units);
    }
    pieces
}

/// Adds one block of `width` scaled cells at `column`; returns the column after it.
fn push(
    pieces: &mut Vec<LinePiece>,
    ratio: Ratio,
    column: usize,
    text: &str,
    bytes: Range<usize>,
    width: usize,
) -> usize {
    let columns = width * ratio.scale;
    let run = &text[bytes.clone()];
    let shape = if run.trim().is_empty() {
        Shape::Blank
    } else {
        Shape::Chunk(escape(run, ratio, width))
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
/// sequence; so are spaces at the end of a fraction, for which the block may have no room.
fn escape(run: &str, ratio: Ratio, width: usize) -> String {
    let mut out = erase(width * ratio.scale, ratio.scale);
    let _ = write!(out, "\x1b]66;s={}:w={width}", ratio.scale);
    if ratio.num < ratio.den {
        let _ = write!(out, ":n={}:d={}", ratio.num, ratio.den);
        if ratio.scale == 1 {
            // In the middle of the row, so that small letters stand in line with ordinary ones.
            out.push_str(":v=2");
        }
    }
    out.push(';');
    let sent = if ratio.num < ratio.den {
        run.trim_end()
    } else {
        run
    };
    for cluster in sent.graphemes(true) {
        let letters = cluster
            .char_indices()
            .take_while(|(at, _)| *at < MAX_CLUSTER)
            .map(|(_, c)| c);
        out.extend(letters.filter(|c| !c.is_control()));
    }
    out.push_str("\x1b\\");
    out
}

#[cfg(test)]
#[path = "tests/protocol.rs"]
mod tests;
