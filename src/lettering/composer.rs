//! A line of text as a picture.
//!
//! A letter of two cells stands in the middle of its box. Letters of one cell that stand beside
//! each other, a Latin word or a number, share their boxes and keep their own widths. What is left
//! over goes into the space after the word, and what is missing is taken from it; only the rest is
//! spread among the letters. So a word of a proportional font looks like one, and still begins
//! where the line breaker says.

use std::ops::Range;

use super::coverage::Coverage;
use super::fonts::{DrawableLetter, LetterCase, LetterFonts};
use crate::picture::Indexed;
use crate::text::{Scale, WidthPolicy};

/// The least that letters are squeezed to, of their width.
const NARROWEST: f32 = 0.6;
/// The most that letters of a word are set apart where a space follows, in ems.
const WIDEST_GAP: f32 = 0.03;
/// How much of the space after a word its letters may take, in cells.
const LENT: f32 = 0.25;
/// From what width on a sign in a box of one cell is shrunk as a whole, in ems: `▲` would become a
/// spire.
const WIDE_SIGN: f32 = 0.7;
/// Steps between the colour of the ground and that of letters.
const MOST_LEVELS: usize = 8;

/// The colours of letters, and what is drawn with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ink {
    /// The letters' colour: red, green, blue.
    pub letters: [u8; 3],
    /// The ground's.
    pub ground: [u8; 3],
    /// Whether letters are bold.
    pub bold: bool,
    /// Whether they are underlined.
    pub underlined: bool,
    /// Whether they are struck through.
    pub struck: bool,
}

/// A line of text to be drawn.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LetterLine {
    /// The text.
    pub text: String,
    /// How large; only [`Scale::Drawn`] can be drawn.
    pub scale: Scale,
    /// How many cells letters take.
    pub policy: WidthPolicy,
    /// Width and height of a cell in pixels.
    pub cell: (u16, u16),
    /// The most colours of the picture.
    pub colours: u16,
    /// The colour that the cells have before the picture is drawn over them.
    pub ground: Option<[u8; 3]>,
    /// The inks, each with the byte that it ends at.
    pub inks: Vec<(usize, Ink)>,
}

/// A letter that no font has. The terminal draws it in the middle of its box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingLetter {
    /// Its bytes of the text.
    pub bytes: Range<usize>,
    /// Column of the character, from the line's start.
    pub column: u16,
    /// Row of the character.
    pub row: u16,
    /// Cells that the terminal uses for it.
    pub width: u16,
}

/// A line of text as a picture.
#[derive(Clone, PartialEq)]
pub struct Composed {
    /// Its pixels.
    pub picture: Indexed,
    /// Letters that are missing in it.
    pub holes: Vec<MissingLetter>,
}

/// A cluster with its place.
struct PlacedCluster {
    bytes: Range<usize>,
    /// Cells before it in the line, and its own, before scaling.
    before: usize,
    cells: usize,
    ink: usize,
    is_blank: bool,
}

/// Draws a line; `None` if it has no letters, is not to be drawn at all, or has more inks than the
/// terminal has colours.
pub fn compose(fonts: &LetterFonts, line: &LetterLine) -> Option<Composed> {
    let Scale::Drawn { num, den, rows } = line.scale else {
        return None;
    };
    let placed = clusters(line)?;
    let cells = placed.last().map(|p| p.before + p.cells)?;
    let columns = line.scale.columns(cells, 0);
    let width = columns * usize::from(line.cell.0);
    let height = usize::from(rows) * usize::from(line.cell.1);
    let cell = f32::from(line.cell.0) * f32::from(num) / f32::from(den.max(1));
    let (above, below) = fonts.reach();
    // A syllable of many fonts is narrower than its em; half of the difference is made up for, so
    // that neither syllables stand apart nor Latin letters have to be squeezed much.
    let size = (4.0 * cell / (1.0 + fonts.syllable())).min(height as f32 / (above + below));
    let baseline = ((height as f32 + (above - below) * size) / 2.0).round();
    let mut sheet = LetterSheet {
        plane: Coverage::blank(width, height),
        inks: vec![0; width],
        baseline,
        size,
    };
    let cases = [fonts.case(false), fonts.case(true)];
    let mut holes = Vec::new();
    let mut at = 0;
    while let Some(first) = placed.get(at) {
        let run = placed[at..]
            .iter()
            .take_while(|p| !first.is_blank && p.joins(first));
        let end = at + run.count().max(1);
        let run = &placed[at..end];
        at = end;
        let letters: Vec<(Option<DrawableLetter>, &PlacedCluster)> = run
            .iter()
            .map(|p| (letter(line, p, &cases, size), p))
            .collect();
        for p in run.iter().filter(|p| !p.is_blank) {
            if letters
                .iter()
                .all(|(l, q)| q.before != p.before || l.is_none())
            {
                holes.extend(hole(line, p, rows));
            }
        }
        let ends_word = placed.get(end).is_none_or(|next| next.is_blank);
        sheet.set(&letters, cell, ends_word, line);
    }
    Some(Composed {
        picture: sheet.coloured(line)?,
        holes,
    })
}

impl PlacedCluster {
    /// Whether it shares its box with the letters before it, of which `first` is the first.
    fn joins(&self, first: &Self) -> bool {
        !self.is_blank && (self.before == first.before || (self.cells == 1 && first.cells == 1))
    }
}

fn clusters(line: &LetterLine) -> Option<Vec<PlacedCluster>> {
    let (mut at, mut before) = (0, 0);
    let mut placed = Vec::new();
    for (cluster, cells) in line.policy.graphemes(&line.text) {
        let bytes = at..at + cluster.len();
        at = bytes.end;
        if cells == 0 {
            continue;
        }
        placed.push(PlacedCluster {
            ink: line.inks.iter().position(|(end, _)| bytes.start < *end)?,
            is_blank: cluster.trim().is_empty(),
            bytes,
            before,
            cells,
        });
        before += cells;
    }
    Some(placed)
}

fn letter(
    line: &LetterLine,
    p: &PlacedCluster,
    cases: &[LetterCase<'_>; 2],
    size: f32,
) -> Option<DrawableLetter> {
    let case = &cases[usize::from(line.inks[p.ink].1.bold)];
    let cluster = line.text.get(p.bytes.clone()).filter(|_| !p.is_blank)?;
    let letter = case.letter(cluster, size)?;
    let is_sign =
        p.cells == 1 && !cluster.is_ascii() && !cluster.starts_with(char::is_alphanumeric);
    if is_sign && letter.advance > WIDE_SIGN * size && !cluster.starts_with(is_drawn_out) {
        let times = 0.5 * size / letter.advance;
        Some(letter.shrunk(times))
    } else {
        Some(letter)
    }
}

/// Whether a sign may be squeezed as letters are: dashes, dots and quotation marks.
fn is_drawn_out(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}')
}

/// The place of a letter that is missing; `None` where its box is too small for the terminal's own.
fn hole(line: &LetterLine, p: &PlacedCluster, rows: u8) -> Option<MissingLetter> {
    let first = line.scale.columns(p.before, 0);
    let columns = line.scale.columns(p.before + p.cells, 0) - first;
    let free = columns.checked_sub(p.cells)?;
    Some(MissingLetter {
        bytes: p.bytes.clone(),
        column: u16::try_from(first + free / 2).ok()?,
        row: u16::from(rows.saturating_sub(1)) / 2,
        width: u16::try_from(p.cells).ok()?,
    })
}

/// The picture while letters are set in it.
struct LetterSheet {
    plane: Coverage,
    /// The ink of each column of pixels.
    inks: Vec<usize>,
    /// The line that letters stand on, in pixels from the top.
    baseline: f32,
    /// Pixels of an em.
    size: f32,
}

impl LetterSheet {
    /// Sets letters that share their boxes. `ends_word` says that a space or nothing follows.
    fn set(
        &mut self,
        letters: &[(Option<DrawableLetter>, &PlacedCluster)],
        cell: f32,
        ends_word: bool,
        line: &LetterLine,
    ) {
        let Some((_, first)) = letters.first() else {
            return;
        };
        let start = first.before as f32 * cell;
        let cells: usize = letters.iter().map(|(_, p)| p.cells).sum();
        let room = cells as f32 * cell;
        let advance = |l: &Option<DrawableLetter>| l.as_ref().map_or(cell, |l| l.advance.max(0.0));
        let natural: f32 = letters.iter().map(|(l, _)| advance(l)).sum();
        let is_word = ends_word && first.cells == 1;
        let most = if is_word { room + LENT * cell } else { room };
        let squeeze = (most / natural.max(1.0)).clamp(NARROWEST, 1.0);
        let gap = (room - natural * squeeze) / letters.len() as f32;
        let gap = if is_word {
            gap.clamp(0.0, WIDEST_GAP * self.size)
        } else {
            gap
        };
        let mut x = start;
        for (index, (letter, p)) in letters.iter().enumerate() {
            let is_last = index + 1 == letters.len();
            let end = if is_last {
                start + room
            } else {
                x + advance(letter) * squeeze + gap
            };
            if let Some(letter) = letter {
                self.draw(letter, x + gap / 2.0, squeeze);
            }
            self.dye(x, end, p.ink, &line.inks[p.ink].1);
            x = end;
        }
    }

    /// Draws a letter with its origin at `x`, moved or shrunk where it would leave the picture.
    fn draw(&mut self, letter: &DrawableLetter, x: f32, squeeze: f32) {
        let (width, height) = (self.plane.width as f32, self.plane.height as f32);
        let place = |(px, py): &(f32, f32)| (x + px * squeeze, self.baseline + py);
        let mut contours: Vec<Vec<(f32, f32)>> = letter
            .contours
            .iter()
            .map(|contour| contour.iter().map(place).collect())
            .collect();
        let reach = |contours: &[Vec<(f32, f32)>], part: fn(&(f32, f32)) -> f32| {
            let parts = contours.iter().flatten().map(part);
            parts.fold((f32::MAX, f32::MIN), |(a, b), v| (a.min(v), b.max(v)))
        };
        let (left, right) = reach(&contours, |p| p.0);
        let (top, bottom) = reach(&contours, |p| p.1);
        if left > right {
            return;
        }
        let shrink = |low: f32, high: f32, room: f32| (room / (high - low).max(0.01)).min(1.0);
        let times = shrink(left, right, width).min(shrink(top, bottom, height));
        let shift = |low: f32, high: f32, room: f32| {
            let (low, high) = (low, low + (high - low) * times);
            (-low).max(0.0) - (high - room).max(0.0)
        };
        let (across, down) = (shift(left, right, width), shift(top, bottom, height));
        for point in contours.iter_mut().flatten() {
            *point = (
                left + (point.0 - left) * times + across,
                top + (point.1 - top) * times + down,
            );
        }
        let corner = ((left + across).floor(), (top + down).floor());
        let size = (
            ((right - left) * times).ceil() as usize + 2,
            ((bottom - top) * times).ceil() as usize + 2,
        );
        for point in contours.iter_mut().flatten() {
            *point = (point.0 - corner.0, point.1 - corner.1);
        }
        let cover = Coverage::of(size.0, size.1, &contours);
        self.plane.add(&cover, corner.0 as i32, corner.1 as i32);
    }

    /// Gives the columns from `left` to `right` an ink, and draws its lines.
    fn dye(&mut self, left: f32, right: f32, ink: usize, style: &Ink) {
        let width = self.plane.width;
        let (left, right) = (left.round() as usize, (right.round() as usize).min(width));
        let Some(columns) = self.inks.get_mut(left..right) else {
            return;
        };
        columns.fill(ink);
        let thick = (self.size / 18.0).round().max(1.0) as usize;
        let under = style.underlined.then_some(self.baseline + self.size * 0.08);
        let through = style.struck.then_some(self.baseline - self.size * 0.3);
        for top in [under, through].into_iter().flatten() {
            let most = self.plane.height.saturating_sub(thick);
            let top = (top.round().max(0.0) as usize).min(most);
            for y in top..(top + thick).min(self.plane.height) {
                self.plane.pixels[y * width + left..y * width + right].fill(u8::MAX);
            }
        }
    }

    /// The picture in its colours.
    fn coloured(self, line: &LetterLine) -> Option<Indexed> {
        let mut pairs: Vec<([u8; 3], [u8; 3])> = Vec::new();
        let of_ink: Vec<usize> = line
            .inks
            .iter()
            .map(|(_, ink)| {
                let pair = (ink.letters, ink.ground);
                pairs.iter().position(|p| *p == pair).unwrap_or_else(|| {
                    pairs.push(pair);
                    pairs.len() - 1
                })
            })
            .collect();
        let colours = usize::from(line.colours.clamp(2, 256));
        let levels = (colours / pairs.len().max(1)).min(MOST_LEVELS);
        if levels < 2 {
            return None;
        }
        let palette = pairs
            .iter()
            .flat_map(|(letters, ground)| {
                (0..levels).map(|level| {
                    let mix = |i: usize| {
                        let (from, to) = (usize::from(ground[i]), usize::from(letters[i]));
                        (from * (levels - 1 - level) + to * level) / (levels - 1)
                    };
                    [mix(0) as u8, mix(1) as u8, mix(2) as u8]
                })
            })
            .collect();
        let first: Vec<usize> = self.inks.iter().map(|ink| of_ink[*ink] * levels).collect();
        let pixels = self
            .plane
            .pixels
            .chunks_exact(self.plane.width.max(1))
            .flat_map(|row| row.iter().zip(&first))
            .map(|(covered, first)| {
                (first + (usize::from(*covered) * (levels - 1) + 127) / 255) as u8
            })
            .collect();
        let (width, height) = (self.plane.width, self.plane.height);
        let (width, height) = (u32::try_from(width).ok()?, u32::try_from(height).ok()?);
        Some(Indexed::new(width, height, palette, pixels).on(line.ground))
    }
}

#[cfg(test)]
#[path = "tests/composer.rs"]
mod tests;
