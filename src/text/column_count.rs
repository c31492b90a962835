//! How many columns clusters take at a given size, counted while a line grows.

use std::ops::Range;

use super::breaks::{Class, class_at};
use super::{Scale, WidthPolicy};

/// Counts the columns of a growing line.
pub(super) trait Gauge: Copy {
    /// An empty line.
    fn new(scale: Scale) -> Self;
    /// The line with a cluster of `cells` cells at its end.
    fn glyph(self, cells: usize) -> Self;
    /// The line with a space of `cells` cells at its end.
    fn blank(self, cells: usize) -> Self;
    /// Columns so far.
    fn used(self) -> usize;
    /// A number of syllables that certainly fit into `limit` columns; there may be room for more.
    fn room(self, limit: usize) -> usize;
    /// The line with `count` syllables added, at most as many as [`Gauge::room`] returned.
    fn syllables(self, count: usize) -> Self;
}

/// For [`Scale::Cells`] and [`Scale::Blocks`], where every cluster takes its own columns.
#[derive(Clone, Copy)]
pub(super) struct Each {
    half: usize,
    full: usize,
    used: usize,
}

impl Gauge for Each {
    fn new(scale: Scale) -> Self {
        Self {
            half: scale.columns(1, 0),
            full: scale.columns(0, 1),
            used: 0,
        }
    }

    #[inline]
    fn glyph(mut self, cells: usize) -> Self {
        self.used += (cells >> 1) * self.full + (cells & 1) * self.half;
        self
    }

    #[inline]
    fn blank(self, cells: usize) -> Self {
        self.glyph(cells)
    }

    #[inline]
    fn used(self) -> usize {
        self.used
    }

    #[inline]
    fn room(self, limit: usize) -> usize {
        limit.saturating_sub(self.used) / self.full.max(1)
    }

    #[inline]
    fn syllables(mut self, count: usize) -> Self {
        self.used += count * self.full;
        self
    }
}

/// The most (unscaled) columns of one chunk in the protocol.
const CHUNK_COLUMNS: usize = 7;

/// For [`Scale::Protocol`], where an eojeol takes columns as a whole, together with the space after
/// it.
#[derive(Clone, Copy)]
pub(super) struct Chunked {
    scale: Scale,
    /// The most cells of one chunk.
    most: usize,
    /// Columns of the chunks that are complete.
    closed: usize,
    /// Cells of the current chunk.
    open: usize,
    /// Whether the current chunk has a space at its end.
    blank: bool,
    /// Columns of all chunks.
    used: usize,
}

impl Chunked {
    /// Whether a cluster or space starts a new chunk.
    #[inline]
    fn begins_chunk(&self, cells: usize, blank: bool) -> bool {
        (self.blank && !blank) || (self.open > 0 && self.open + cells > self.most)
    }

    #[inline]
    fn add(mut self, cells: usize, blank: bool) -> Self {
        if self.begins_chunk(cells, blank) {
            self.closed = self.used;
            self.open = 0;
        }
        self.open += cells;
        self.blank = blank;
        self.used = self.closed + self.scale.columns(self.open, 0);
        self
    }
}

impl Gauge for Chunked {
    fn new(scale: Scale) -> Self {
        let most = match scale {
            Scale::Protocol { num, den, .. } => {
                CHUNK_COLUMNS * usize::from(den) / usize::from(num.max(1))
            }
            _ => usize::MAX,
        };
        Self {
            scale,
            most,
            closed: 0,
            open: 0,
            blank: false,
            used: 0,
        }
    }

    #[inline]
    fn glyph(self, cells: usize) -> Self {
        self.add(cells, false)
    }

    #[inline]
    fn blank(self, cells: usize) -> Self {
        self.add(cells, true)
    }

    #[inline]
    fn used(self) -> usize {
        self.used
    }

    #[inline]
    fn room(self, limit: usize) -> usize {
        let Scale::Protocol { scale, num, den } = self.scale else {
            return 0;
        };
        if self.blank {
            return 0;
        }
        // The most cells that one chunk can have, by the columns left and by the protocol's limit.
        let left = limit.saturating_sub(self.closed) / usize::from(scale.max(1));
        let cells = (left * usize::from(den.max(1)) / usize::from(num.max(1))).min(self.most);
        cells.saturating_sub(self.open) / 2
    }

    #[inline]
    fn syllables(self, count: usize) -> Self {
        self.add(2 * count, false)
    }
}

/// Columns of a text on a single line.
pub fn columns(text: &str, scale: Scale, policy: WidthPolicy) -> usize {
    match scale {
        Scale::Protocol { .. } => measure::<Chunked>(text, scale, policy),
        _ => measure::<Each>(text, scale, policy),
    }
}

/// [`columns`] with one kind of gauge.
pub(super) fn measure<G: Gauge>(text: &str, scale: Scale, policy: WidthPolicy) -> usize {
    let mut gauge = G::new(scale);
    for (g, cells) in policy.graphemes(text) {
        gauge = if is_blank(g) {
            gauge.blank(cells)
        } else {
            gauge.glyph(cells)
        };
    }
    gauge.used()
}

fn is_blank(g: &str) -> bool {
    let mut chars = g.chars();
    chars.next().is_some_and(|c| class_at(c) == Class::Blank) && chars.next().is_none()
}

/// The chunks of a line as they are sent for [`Scale::Protocol`]: byte ranges of `line`, each with
/// its cells (before scaling). An eojeol is sent with the space after it; a long one is cut at the
/// protocol's limit.
pub fn chunks(line: &str, scale: Scale, policy: WidthPolicy) -> Vec<(Range<usize>, usize)> {
    let mut gauge = Chunked::new(scale);
    let mut out: Vec<(Range<usize>, usize)> = Vec::new();
    let mut at = 0;
    for (g, cells) in policy.graphemes(line) {
        let blank = is_blank(g);
        let begins = out.is_empty() || gauge.begins_chunk(cells, blank);
        gauge = gauge.add(cells, blank);
        let end = at + g.len();
        match out.last_mut() {
            Some((range, sum)) if !begins => {
                range.end = end;
                *sum += cells;
            }
            _ => out.push((at..end, cells)),
        }
        at = end;
    }
    out
}
