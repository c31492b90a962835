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

/// For [`Scale::Drawn`], where only a whole line takes whole columns.
#[derive(Clone, Copy)]
pub(super) struct Whole {
    num: usize,
    den: usize,
    /// Cells so far, before scaling.
    cells: usize,
}

impl Gauge for Whole {
    fn new(scale: Scale) -> Self {
        let (num, den) = match scale {
            Scale::Drawn { num, den, .. } => (usize::from(num.max(1)), usize::from(den.max(1))),
            _ => (1, 1),
        };
        Self { num, den, cells: 0 }
    }

    #[inline]
    fn glyph(mut self, cells: usize) -> Self {
        self.cells += cells;
        self
    }

    #[inline]
    fn blank(self, cells: usize) -> Self {
        self.glyph(cells)
    }

    #[inline]
    fn used(self) -> usize {
        (self.cells * self.num).div_ceil(self.den)
    }

    #[inline]
    fn room(self, limit: usize) -> usize {
        (limit * self.den / self.num).saturating_sub(self.cells) / 2
    }

    #[inline]
    fn syllables(mut self, count: usize) -> Self {
        self.cells += 2 * count;
        self
    }
}

/// The most (unscaled) columns of one chunk in the protocol.
const CHUNK_COLUMNS: usize = 7;

/// For [`Scale::Protocol`], where chunks of an eojeol take columns as a whole.
///
/// A chunk takes whole columns, so at one and a half times a single syllable leaves half a column
/// unused, two leave none. An eojeol is therefore cut only where its letters fill their columns,
/// and what is left over falls at its end, where it serves as the space. It is cut at every such
/// place, because inside a chunk the terminal advances by the width of the scaled font, which may
/// be a pixel less than that of the scaled cells (kitty 0.41): in a longer chunk these would add up
/// to a hole at its end.
#[derive(Clone, Copy)]
pub(super) struct Chunked {
    scale: Scale,
    /// Letters at `num/den` of the scale.
    num: usize,
    den: usize,
    /// The most cells of one chunk.
    most: usize,
    /// Columns of the chunks that are complete.
    closed: usize,
    /// Cells of the letters of the current chunk.
    ink: usize,
    /// Cells of the spaces at its end.
    blanks: usize,
    /// Whether it has letters of one cell only.
    is_narrow: bool,
    /// Columns of all chunks.
    used: usize,
}

impl Chunked {
    /// Whether a cluster or space starts a new chunk.
    #[inline]
    fn begins_chunk(&self, cells: usize, blank: bool) -> bool {
        if blank {
            return self.ink + self.blanks > 0
                && self.units(self.ink, self.blanks + cells) > CHUNK_COLUMNS;
        }
        // Words of Latin letters stay together: most of them fit in one chunk.
        let goes_on = self.is_narrow && cells == 1 && self.num < self.den;
        let is_full = self.ink >= 2 && (self.ink * self.num).is_multiple_of(self.den) && !goes_on;
        self.blanks > 0 || is_full || (self.ink > 0 && self.ink + cells > self.most)
    }

    /// Unscaled columns of a chunk. If its letters leave half a column or more unused, that is the
    /// first space.
    #[inline]
    fn units(&self, ink: usize, blanks: usize) -> usize {
        let letters = (ink * self.num).div_ceil(self.den);
        let unused = letters * self.den - ink * self.num;
        let spaces = blanks.saturating_sub(usize::from(2 * unused >= self.den));
        ((ink + spaces) * self.num).div_ceil(self.den).max(letters)
    }

    #[inline]
    fn add(mut self, cells: usize, blank: bool) -> Self {
        if self.begins_chunk(cells, blank) {
            self.closed = self.used;
            (self.ink, self.blanks, self.is_narrow) = (0, 0, true);
        }
        self.is_narrow &= cells <= 1;
        if blank {
            self.blanks += cells;
        } else {
            self.ink += cells;
        }
        let times = self.scale.columns(1, 0).max(1);
        self.used = self.closed + times * self.units(self.ink, self.blanks);
        self
    }
}

impl Gauge for Chunked {
    fn new(scale: Scale) -> Self {
        let (num, den) = match scale {
            Scale::Protocol { num, den, .. } => {
                (usize::from(num.max(1)), usize::from(den.max(num).max(1)))
            }
            _ => (1, 1),
        };
        Self {
            scale,
            num,
            den,
            most: CHUNK_COLUMNS * den / num,
            closed: 0,
            ink: 0,
            blanks: 0,
            is_narrow: true,
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
        if self.blanks > 0 {
            return 0;
        }
        // The most cells that one chunk can have, by the columns left and by the protocol's limit.
        let left = limit.saturating_sub(self.closed) / self.scale.columns(1, 0).max(1);
        let cells = (left * self.den / self.num).min(self.most);
        cells.saturating_sub(self.ink) / 2
    }

    #[inline]
    fn syllables(self, count: usize) -> Self {
        (0..count).fold(self, |gauge, _| gauge.add(2, false))
    }
}

/// Columns of a text on a single line.
pub fn columns(text: &str, scale: Scale, policy: WidthPolicy) -> usize {
    match scale {
        Scale::Protocol { .. } => measure::<Chunked>(text, scale, policy),
        Scale::Drawn { .. } => measure::<Whole>(text, scale, policy),
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

/// A run of letters that the terminal scales as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// Its bytes of the line, with the spaces after it.
    pub bytes: Range<usize>,
    /// Cells of its letters before scaling, without those spaces.
    pub ink: usize,
    /// The columns that it takes, before scaling.
    pub units: usize,
}

/// The chunks of a line as they are sent for [`Scale::Protocol`]. The last chunk of an eojeol has
/// the space after it; where it is cut is told at [`Chunked`].
pub fn chunks(line: &str, scale: Scale, policy: WidthPolicy) -> Vec<Chunk> {
    let mut gauge = Chunked::new(scale);
    let mut out: Vec<Chunk> = Vec::new();
    // Where the current eojeol begins in `out`.
    let (mut at, mut word) = (0, 0);
    for (g, cells) in policy.graphemes(line) {
        let blank = is_blank(g);
        if out.is_empty() || gauge.begins_chunk(cells, blank) {
            if blank || gauge.blanks > 0 {
                close_holes(&mut out, word, line, gauge, policy);
                word = out.len();
            }
            out.push(Chunk {
                bytes: at..at,
                ink: 0,
                units: 0,
            });
        }
        gauge = gauge.add(cells, blank);
        at += g.len();
        if let Some(chunk) = out.last_mut() {
            chunk.bytes.end = at;
            (chunk.ink, chunk.units) = (gauge.ink, gauge.units(gauge.ink, gauge.blanks));
        }
    }
    close_holes(&mut out, word, line, gauge, policy);
    out
}

/// Cuts the eojeol in `out[word..]` anew, if a chunk before its last one is not filled by its
/// letters and other cuts in the same columns leave less unused. It happens where letters of one
/// cell stand among syllables.
fn close_holes(out: &mut Vec<Chunk>, word: usize, line: &str, gauge: Chunked, policy: WidthPolicy) {
    let chunks = &out[word.min(out.len())..];
    let unused = |ink: usize| (ink * gauge.num).div_ceil(gauge.den) * gauge.den - ink * gauge.num;
    let holes = |chunks: &[Chunk]| -> (usize, usize) {
        let inner = chunks.iter().rev().skip(1);
        let open = inner.filter(|c| unused(c.ink) > 0);
        open.fold((0, 0), |(sum, ink), c| (sum + unused(c.ink), ink + c.ink))
    };
    let mut least = holes(chunks);
    let (Some(first), Some(last)) = (chunks.first(), chunks.last()) else {
        return;
    };
    if least.0 == 0 {
        return;
    }
    let (start, stop) = (first.bytes.start, last.bytes.end);
    let units: usize = chunks.iter().map(|c| c.units).sum();
    // Ends of the clusters, with the cells up to there.
    let (mut at, mut ink, mut blanks) = (start, 0, 0);
    let mut ends: Vec<(usize, usize)> = Vec::new();
    for (g, width) in policy.graphemes(&line[start..stop]) {
        at += g.len();
        if is_blank(g) {
            blanks += width;
        } else {
            ink += width;
            ends.push((at, ink));
        }
    }
    for &head in ends.iter().take_while(|(_, cells)| *cells <= gauge.most) {
        let mut anew = cut_after(head, &ends, gauge, (start, stop), blanks);
        let holes = holes(&anew);
        let spare = units.checked_sub(anew.iter().map(|c| c.units).sum());
        let (Some(spare), Some(last)) = (spare, anew.last_mut()) else {
            continue;
        };
        last.units += spare;
        let fits = anew.iter().all(|c| (1..=gauge.most).contains(&c.ink))
            && anew.last().is_some_and(|c| c.units <= CHUNK_COLUMNS);
        if fits && holes < least {
            least = holes;
            out.truncate(word);
            out.extend(anew);
        }
    }
}

/// An eojeol cut after `head`, and from there on wherever letters fill their columns. `ends` are
/// the ends of its clusters: the byte, and the cells up to there.
fn cut_after(
    head: (usize, usize),
    ends: &[(usize, usize)],
    gauge: Chunked,
    (start, stop): (usize, usize),
    blanks: usize,
) -> Vec<Chunk> {
    let total = ends.last().map_or(0, |(_, cells)| *cells);
    let chunk = |bytes, ink, blanks| Chunk {
        bytes,
        ink,
        units: gauge.units(ink, blanks),
    };
    let (mut out, mut from) = (vec![chunk(start..head.0, head.1, 0)], head);
    for &(end, cells) in ends.iter().filter(|(_, cells)| *cells < total) {
        let ink = cells.saturating_sub(from.1);
        if ink > 0 && (ink * gauge.num).is_multiple_of(gauge.den) {
            out.push(chunk(from.0..end, ink, 0));
            from = (end, cells);
        }
    }
    out.push(chunk(from.0..stop, total.saturating_sub(from.1), blanks));
    out
}
