//! Where the letters of a line stand.
//!
//! Letters of one cell, a Latin word or a number, keep their own widths, and all spaces of the line
//! are equally wide: as wide as the font's, or narrower where the words need more than their cells.
//! Only where that is not enough are letters squeezed, all alike. Two spaces or more hold columns,
//! so that what stands under each other in code or a table does so here.

use std::ops::Range;

use super::fonts::{DrawableLetter, LetterCase, LetterFonts};
use crate::text::{Scale, WidthPolicy};

/// The least that letters are squeezed to, of their width.
const NARROWEST: f32 = 0.6;
/// The least width of a space, in cells.
const LEAST_SPACE: f32 = 0.5;
/// The most beside syllables: the fonts of most terminals set them a whole cell apart, where a book
/// has half of that.
const SYLLABLE_SPACE: f32 = 0.7;
/// From what width on a sign in a box of one cell is shrunk as a whole, in ems: `▲` would become a
/// spire.
const WIDE_SIGN: f32 = 0.7;
/// How much wider than a syllable its box may be before syllables seem to stand apart.
const LOOSE: f32 = 1.08;

/// Text to be set in a line.
#[derive(Clone, Copy, Debug)]
pub struct LineText<'a> {
    /// The text.
    pub text: &'a str,
    /// How large.
    pub scale: Scale,
    /// How many cells letters take.
    pub policy: &'a WidthPolicy,
    /// Width and height of a cell in pixels.
    pub cell: (u16, u16),
}

/// A line whose letters have their places.
pub struct SetLine {
    /// Its letters from left to right, each beginning where the one before ends.
    pub clusters: Vec<SetCluster>,
    /// Width and height in pixels.
    pub size: (usize, usize),
    /// The line that letters stand on, in pixels from the top.
    pub baseline: f32,
    /// Pixels of an em.
    pub em: f32,
}

/// A letter with its place.
pub struct SetCluster {
    /// Its bytes of the text.
    pub bytes: Range<usize>,
    /// The cells that it takes where it is not scaled.
    pub cells: usize,
    /// The letter; `None` for a space, or where no font has it.
    pub letter: Option<DrawableLetter>,
    /// Whether it is a space.
    pub is_blank: bool,
    /// Where its letter begins, in pixels from the line's start.
    pub origin: f32,
    /// How much narrower its letter is drawn.
    pub squeeze: f32,
    /// Its left and right edge.
    pub edges: (f32, f32),
    /// Cells before it in the line.
    before: usize,
}

impl SetCluster {
    /// Its own width, without what it was squeezed by.
    fn width(&self) -> f32 {
        self.edges.1 - self.edges.0
    }

    /// Whether its letter may be squeezed: it shares cells with its neighbours.
    fn is_narrow(&self) -> bool {
        self.cells == 1 && !self.is_blank
    }
}

/// Sets a line; `None` where the scale is not one of pictures. `is_bold` tells of the letter at a
/// byte.
pub fn set(
    fonts: &LetterFonts,
    line: LineText<'_>,
    is_bold: impl Fn(usize) -> bool,
) -> Option<SetLine> {
    let Scale::Drawn { num, den, rows } = line.scale else {
        return None;
    };
    let cell = f32::from(line.cell.0) * f32::from(num) / f32::from(den.max(1));
    let height = usize::from(rows) * usize::from(line.cell.1);
    let (above, below) = fonts.reach();
    // A syllable of many fonts is narrower than its em; half of the difference is made up for, so
    // that neither syllables stand apart nor Latin letters have to be squeezed much.
    let em = (4.0 * cell / (1.0 + fonts.syllable())).min(height as f32 / (above + below));
    // On cells that are wide for their height, what the height allows would stand apart.
    let syllable = fonts.syllable() * em;
    let unit = if 2.0 * cell > LOOSE * syllable {
        (1.0 + LOOSE) / 4.0 * syllable
    } else {
        cell
    };
    let cases = [fonts.case(false), fonts.case(true)];
    let mut clusters = Vec::new();
    let (mut at, mut before) = (0, 0);
    for (cluster, cells) in line.policy.graphemes(line.text) {
        let bytes = at..at + cluster.len();
        at = bytes.end;
        if cells == 0 {
            continue;
        }
        let is_blank = cluster.trim().is_empty();
        let case = &cases[usize::from(is_bold(bytes.start))];
        let letter = if is_blank {
            None
        } else {
            letter(case, cluster, cells, em)
        };
        let width = match &letter {
            Some(letter) if cells == 1 => letter.advance.max(0.0),
            _ => cells as f32 * unit,
        };
        clusters.push(SetCluster {
            bytes,
            cells,
            letter,
            is_blank,
            origin: 0.0,
            squeeze: 1.0,
            edges: (0.0, width),
            before,
        });
        before += cells;
    }
    let space = cases[0].space(em).clamp(LEAST_SPACE * unit, unit);
    let mut from = 0;
    while from < clusters.len() {
        let until = stretch_end(&clusters, from);
        let left = match clusters.get(from.wrapping_sub(1)) {
            // What holds a column reaches to its place.
            Some(last) if clusters[from].is_blank => last.edges.1,
            _ => clusters[from].before as f32 * cell,
        };
        let end = clusters.get(until).map_or(before, |next| next.before);
        place(
            &mut clusters[from..until],
            left..end as f32 * cell,
            (space, unit),
        );
        from = until;
    }
    let columns = line.scale.columns(before, 0);
    Some(SetLine {
        clusters,
        size: (columns * usize::from(line.cell.0), height),
        baseline: ((height as f32 + (above - below) * em) / 2.0).round(),
        em,
    })
}

/// The end of the letters that are set together with the one at `from`: those up to a gap that
/// holds columns, or the spaces of one.
fn stretch_end(clusters: &[SetCluster], from: usize) -> usize {
    let gap = |at: usize| -> usize {
        let blanks = clusters[at..].iter().take_while(|c| c.is_blank);
        let (count, cells) = blanks.fold((0, 0), |(n, cells), c| (n + 1, cells + c.cells));
        if cells > 1 { count } else { 0 }
    };
    match gap(from) {
        0 => (from + 1..clusters.len())
            .find(|at| gap(*at) > 0)
            .unwrap_or(clusters.len()),
        blanks => from + blanks,
    }
}

/// Places letters that are set together, in the room between two edges. `space` is the width of a
/// space among Latin words, `unit` that of a cell.
fn place(clusters: &mut [SetCluster], room: Range<f32>, (space, unit): (f32, f32)) {
    let sum = |of: &dyn Fn(&SetCluster) -> bool| -> f32 {
        let some = clusters.iter().filter(|c| of(c));
        some.map(SetCluster::width).sum()
    };
    let is_wide = |c: &SetCluster| c.cells > 1 && !c.is_blank;
    let (narrow, wide) = (sum(&SetCluster::is_narrow), sum(&is_wide));
    let spaces = clusters.iter().filter(|c| c.is_blank).count() as f32;
    let width = room.end - room.start;
    let usual = if wide > 0.0 {
        SYLLABLE_SPACE * unit
    } else {
        space
    };
    let is_gap = narrow + wide == 0.0;
    let space = if is_gap {
        width / spaces
    } else {
        let left = (width - narrow - wide) / spaces.max(1.0);
        left.clamp(LEAST_SPACE * unit, usual)
    };
    let left = width - wide - spaces * space;
    let times = (left / narrow.max(1.0)).clamp(0.0, 1.0);
    let mut x = room.start;
    for cluster in clusters {
        let times = if cluster.is_narrow() { times } else { 1.0 };
        let width = if cluster.is_blank {
            space
        } else {
            cluster.width() * times
        };
        cluster.squeeze = times.max(NARROWEST);
        // A letter of several cells stands in the middle of its box.
        let letter = cluster.letter.as_ref().map_or(width, |l| l.advance);
        cluster.origin = x + (width - letter * cluster.squeeze) / 2.0;
        cluster.edges = (x, x + width);
        x += width;
    }
}

fn letter(case: &LetterCase<'_>, cluster: &str, cells: usize, size: f32) -> Option<DrawableLetter> {
    let letter = case.letter(cluster, size)?;
    let is_sign = cells == 1 && !cluster.is_ascii() && !cluster.starts_with(char::is_alphanumeric);
    if is_sign && letter.advance > WIDE_SIGN * size {
        let times = 0.5 * size / letter.advance;
        if cluster.starts_with(is_drawn_out) {
            return Some(letter.narrowed(times.max(NARROWEST)));
        }
        return Some(letter.shrunk(times));
    }
    Some(letter)
}

/// Whether a sign may be squeezed as letters are: dashes, dots and quotation marks.
fn is_drawn_out(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}')
}

#[cfg(test)]
#[path = "tests/setting.rs"]
mod tests;
