//! A line of text as a picture: its letters drawn where [`super::setting`] says, in their inks.

use std::ops::Range;

use super::coverage::Coverage;
use super::fonts::{DrawableLetter, LetterFonts};
use super::setting::{LineText, SetCluster, set};
use crate::picture::Indexed;
use crate::text::{Scale, WidthPolicy};

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

/// Draws a line; `None` if it has no letters, is not to be drawn at all, or has more inks than the
/// terminal has colours.
pub fn compose(fonts: &LetterFonts, line: &LetterLine) -> Option<Composed> {
    let text = LineText {
        text: &line.text,
        scale: line.scale,
        policy: &line.policy,
        cell: line.cell,
    };
    let ink_at = |byte: usize| line.inks.iter().position(|(end, _)| byte < *end);
    let is_bold = |byte: usize| ink_at(byte).is_some_and(|ink| line.inks[ink].1.bold);
    let set = set(fonts, text, is_bold)?;
    let (width, height) = set.size;
    // Behind the last letter is what is behind the line.
    let last = ink_at(set.clusters.last()?.bytes.start)?;
    let bare = line
        .inks
        .iter()
        .position(|(_, ink)| Some(ink.ground) == line.ground);
    let mut sheet = LetterSheet {
        plane: Coverage::blank(width, height),
        inks: vec![bare.unwrap_or(last); width],
        baseline: set.baseline,
        size: set.em,
    };
    let mut holes = Vec::new();
    for cluster in &set.clusters {
        let ink = ink_at(cluster.bytes.start)?;
        match &cluster.letter {
            Some(letter) => sheet.draw(letter, cluster.origin, cluster.squeeze),
            None if !cluster.is_blank => holes.extend(hole(line, cluster, width)),
            None => {}
        }
        sheet.dye(cluster.edges, ink, &line.inks[ink].1);
    }
    Some(Composed {
        picture: sheet.coloured(line)?,
        holes,
    })
}

/// The place of a letter that is missing; `None` where its box is too small for the terminal's own.
fn hole(line: &LetterLine, cluster: &SetCluster, width: usize) -> Option<MissingLetter> {
    let Scale::Drawn { rows, .. } = line.scale else {
        return None;
    };
    let cell = f32::from(line.cell.0);
    let (left, right) = cluster.edges;
    let free = (right - left) / cell - cluster.cells as f32;
    if free < 0.0 {
        return None;
    }
    let columns = width / usize::from(line.cell.0.max(1));
    let column = (left / cell + free / 2.0 - 0.5).ceil() as usize;
    Some(MissingLetter {
        bytes: cluster.bytes.clone(),
        column: u16::try_from(column.min(columns.checked_sub(cluster.cells)?)).ok()?,
        row: u16::from(rows.saturating_sub(1)) / 2,
        width: u16::try_from(cluster.cells).ok()?,
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
    fn dye(&mut self, (left, right): (f32, f32), ink: usize, style: &Ink) {
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
