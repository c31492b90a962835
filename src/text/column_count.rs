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
/// and what is left over falls at its end, where it is a part of the space. The rest of the space
/// is columns of the screen, which are finer than those of a chunk, so that spaces look alike: at
/// one and a half times all between syllables have one column (with the space inside the chunk they
/// had one or two). An eojeol is cut at every such place, because inside a chunk the terminal
/// advances by the width of the scaled font, which is up to half a pixel more or less than that of
/// the scaled cells (kitty 0.41): in a longer chunk these would add up to a hole at its end, or cut
/// its last letter. For the same reason it is cut where letters of one cell have made a chunk one
/// longer than that: eight cells that fill their columns lose a third of an M.
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
    /// Cells of the spaces after them.
    blanks: usize,
    /// Columns of all chunks.
    used: usize,
}

impl Chunked {
    /// Whether a cluster starts a new chunk. A space never does.
    #[inline]
    fn begins_chunk(&self, cells: usize, blank: bool) -> bool {
        if blank {
            return false;
        }
        let is_full = self.ink >= 2 && (self.fills(self.ink) || self.ink > self.den);
        self.blanks > 0 || is_full || (self.ink > 0 && self.ink + cells > self.most)
    }

    /// Whether so many cells leave nothing of their columns unused.
    #[inline]
    fn fills(&self, ink: usize) -> bool {
        (ink * self.num).is_multiple_of(self.den)
    }

    /// Unscaled columns of the letters of a chunk.
    #[inline]
    fn units(&self, ink: usize) -> usize {
        (ink * self.num).div_ceil(self.den)
    }

    /// Columns of the screen between a chunk and what follows the spaces after it. With what its
    /// letters leave unused, as many as fit into the spaces' own width, or one more if that were
    /// less than half of it.
    #[inline]
    fn gap(&self, ink: usize, blanks: usize) -> usize {
        if blanks == 0 {
            return 0;
        }
        let times = self.scale.columns(1, 0).max(1);
        // In `den`ths of a column.
        let wanted = blanks * times * self.num;
        let unused = (self.units(ink) * self.den - ink * self.num) * times;
        let columns = wanted.saturating_sub(unused) / self.den;
        columns + usize::from(2 * (unused + columns * self.den) < wanted)
    }

    #[inline]
    fn add(mut self, cells: usize, blank: bool) -> Self {
        if self.begins_chunk(cells, blank) {
            self.closed = self.used;
            (self.ink, self.blanks) = (0, 0);
        }
        if blank {
            self.blanks += cells;
        } else {
            self.ink += cells;
        }
        let times = self.scale.columns(1, 0).max(1);
        let letters = times * self.units(self.ink);
        self.used = self.closed + letters + self.gap(self.ink, self.blanks);
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
    /// The end of its letters, where those spaces begin.
    pub letters_end: usize,
    /// Cells of its letters before scaling.
    pub ink: usize,
    /// The columns of its letters, before scaling.
    pub units: usize,
    /// Columns of the screen after its letters, for the spaces.
    pub gap: usize,
}

/// The chunks of a line as they are sent for [`Scale::Protocol`]. The last chunk of an eojeol has
/// the space after it; [`Chunked`] says where it is cut.
pub fn chunks(line: &str, scale: Scale, policy: WidthPolicy) -> Vec<Chunk> {
    let mut gauge = Chunked::new(scale);
    let mut out: Vec<Chunk> = Vec::new();
    // Where the current eojeol begins in `out`.
    let (mut at, mut word) = (0, 0);
    for (g, cells) in policy.graphemes(line) {
        let blank = is_blank(g);
        if out.is_empty() || gauge.begins_chunk(cells, blank) {
            if gauge.blanks > 0 {
                close_holes(&mut out, word, line, gauge, policy);
                word = out.len();
            }
            out.push(Chunk {
                bytes: at..at,
                letters_end: at,
                ink: 0,
                units: 0,
                gap: 0,
            });
        }
        gauge = gauge.add(cells, blank);
        at += g.len();
        if let Some(chunk) = out.last_mut() {
            chunk.bytes.end = at;
            if !blank {
                chunk.letters_end = at;
            }
            (chunk.ink, chunk.units) = (gauge.ink, gauge.units(gauge.ink));
            chunk.gap = gauge.gap(gauge.ink, gauge.blanks);
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
    let times = gauge.scale.columns(1, 0).max(1);
    let columns =
        |chunks: &[Chunk]| -> usize { chunks.iter().map(|c| times * c.units + c.gap).sum() };
    let all = columns(chunks);
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
    for &(_, place) in &ends {
        let mut anew = cut_at(place, &ends, gauge, (start, stop), blanks);
        let holes = holes(&anew);
        let spare = all.checked_sub(columns(&anew));
        let (Some(spare), Some(last)) = (spare, anew.last_mut()) else {
            continue;
        };
        if blanks > 0 {
            last.gap += spare;
        } else {
            last.units += spare / times;
        }
        let is_cut_off = |c: &Chunk| c.ink > gauge.den && gauge.fills(c.ink);
        let fits = anew
            .iter()
            .all(|c| (1..=gauge.most).contains(&c.ink) && !is_cut_off(c))
            && anew.last().is_some_and(|c| c.units <= CHUNK_COLUMNS);
        if fits && holes < least {
            least = holes;
            out.truncate(word);
            out.extend(anew);
        }
    }
}

/// An eojeol cut after `place` cells, and wherever letters fill their columns. `ends` are the ends
/// of its clusters: the byte, and the cells up to there.
fn cut_at(
    place: usize,
    ends: &[(usize, usize)],
    gauge: Chunked,
    (start, stop): (usize, usize),
    blanks: usize,
) -> Vec<Chunk> {
    let total = ends.last().map_or(0, |(_, cells)| *cells);
    let letters_end = ends.last().map_or(stop, |(end, _)| *end);
    let chunk = |bytes: Range<usize>, ink, blanks| Chunk {
        letters_end: bytes.end.min(letters_end),
        bytes,
        ink,
        units: gauge.units(ink),
        gap: gauge.gap(ink, blanks),
    };
    let (mut out, mut from) = (Vec::new(), (start, 0));
    for &(end, cells) in ends.iter().filter(|(_, cells)| *cells < total) {
        let ink = cells.saturating_sub(from.1);
        let is_full = ink > 0 && gauge.fills(ink);
        if is_full || cells == place {
            out.push(chunk(from.0..end, ink, 0));
            from = (end, cells);
        }
    }
    out.push(chunk(from.0..stop, total.saturating_sub(from.1), blanks));
    out
}
