//! The kitty text-sizing protocol (OSC 66): runs of text that the terminal itself scales.
//!
//! A run of `c` cells is sent as a block of `w` scaled cells, `w ≤ 7`. An eojeol is sent in blocks
//! that its letters fill, so that the rounding of a fraction falls behind its last letter, where it
//! is a part of the space. Where blocks begin is decided by `text`, which counts them when it
//! breaks lines.

use std::ops::Range;

use super::piece::{LinePiece, Shape};
use super::scaled_run::{Ratio, ScaledRun};
use crate::text::{Scale, WidthPolicy, column_count};

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
        for (cluster, width) in policy.graphemes(&text[at..chunk.letters_end]) {
            is_mixed |= at > start && apart(at);
            let taken = cells * ratio.num / ratio.den;
            let is_even = cells > 0 && (cells * ratio.num).is_multiple_of(ratio.den);
            if is_mixed && is_even && taken < units {
                let run = ScaledRun::new(&text[start..at], ratio, taken);
                column = push(&mut pieces, column, start..at, &run);
                units -= taken;
                (start, cells, is_mixed) = (at, 0, false);
            }
            at += cluster.len();
            cells += width;
        }
        let spaces = chunk.letters_end..chunk.bytes.end;
        let end = if chunk.gap == 0 { spaces.end } else { at };
        let mut run = ScaledRun::new(&text[start..end], ratio, units);
        let is_inner = spaces.is_empty() && end < text.len();
        let is_filled = cells * ratio.num == units * ratio.den;
        if is_inner && (!is_filled || cells > ratio.den) {
            run = run.centred();
        }
        column = push(&mut pieces, column, start..end, &run);
        if chunk.gap > 0 {
            pieces.push(LinePiece {
                bytes: spaces,
                column,
                columns: chunk.gap,
                shape: Shape::Blank,
            });
            column += chunk.gap;
        }
    }
    pieces
}

/// Adds one block at `column`; returns the column after it.
fn push(pieces: &mut Vec<LinePiece>, column: usize, bytes: Range<usize>, run: &ScaledRun) -> usize {
    let columns = run.columns();
    let shape = if run.is_blank() {
        Shape::Blank
    } else {
        Shape::Chunk(run.sequence())
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

#[cfg(test)]
#[path = "tests/protocol.rs"]
mod tests;
