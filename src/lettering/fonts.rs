//! Where letters come from: font faces of the system, else the embedded bitmaps, whose dots are
//! drawn as squares.

use std::fmt;

use crate::glyph::Font;
use crate::typeface::{Contour, FontFace, FontGlyph, Ruler};

/// Letters that reach highest above and lowest below the line.
const TALLEST: [char; 9] = ['가', '뷁', '꿹', 'j', 'g', 'Q', '(', '|', '}'];
/// How high the dots of a bitmap stand above the baseline, of their height.
const BITMAP_ASCENT: f32 = 0.86;
/// How much wider a letter becomes that is made bold, where there is no bold face; in ems.
const EMBOLDENED: f32 = 1.0 / 28.0;

/// The fonts that letters are drawn from.
#[derive(Clone)]
pub struct LetterFonts {
    /// Faces for text; a later one supplies what an earlier one lacks.
    text: Vec<FontFace>,
    /// Faces for bold text; may be empty.
    bold: Vec<FontFace>,
    /// How far letters reach above and below the baseline, in ems.
    reach: (f32, f32),
    /// The width of a syllable, in ems.
    syllable: f32,
}

/// A letter with its outline in pixels: x from its origin, y downwards from the baseline.
#[derive(Clone, Debug, Default)]
pub struct DrawableLetter {
    /// Its outline.
    pub contours: Vec<Contour>,
    /// The width that it takes, in pixels.
    pub advance: f32,
}

impl DrawableLetter {
    /// The same letter smaller, in the middle of the line's height.
    pub fn shrunk(mut self, times: f32) -> Self {
        let heights = self.contours.iter().flatten().map(|(_, y)| *y);
        let (top, bottom) = heights.fold((0.0_f32, 0.0_f32), |(a, b), y| (a.min(y), b.max(y)));
        let middle = (top + bottom) / 2.0;
        for (x, y) in self.contours.iter_mut().flatten() {
            (*x, *y) = (*x * times, middle + (*y - middle) * times);
        }
        self.advance *= times;
        self
    }

    /// The same letter narrower.
    pub fn narrowed(mut self, times: f32) -> Self {
        let points = self.contours.iter_mut().flatten();
        points.for_each(|(x, _)| *x *= times);
        self.advance *= times;
        self
    }
}

impl fmt::Debug for LetterFonts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "LetterFonts({}+{})", self.text.len(), self.bold.len())
    }
}

impl Default for LetterFonts {
    fn default() -> Self {
        Self::new(Vec::new(), Vec::new())
    }
}

impl LetterFonts {
    /// Fonts of these faces; without any, the embedded bitmaps.
    pub fn new(text: Vec<FontFace>, bold: Vec<FontFace>) -> Self {
        let mut fonts = Self {
            text,
            bold,
            reach: (BITMAP_ASCENT, 1.0 - BITMAP_ASCENT),
            syllable: 1.0,
        };
        let (mut above, mut below) = (0.0_f32, 0.0_f32);
        for is_bold in [false, true] {
            let case = fonts.case(is_bold);
            let letters = TALLEST.iter().filter_map(|c| case.outlined(*c, 100.0));
            for (_, y) in letters.flat_map(|l| l.contours).flatten() {
                (above, below) = (above.max(-y / 100.0), below.max(y / 100.0));
            }
        }
        if above + below > 0.0 {
            fonts.reach = (above, below);
        }
        if let Some(letter) = fonts.case(false).outlined('가', 1.0) {
            fonts.syllable = letter.advance.clamp(0.8, 1.0);
        }
        fonts
    }

    /// Whether a font was found; without one, letters are bitmaps.
    pub fn has_outlines(&self) -> bool {
        !self.text.is_empty()
    }

    /// How far letters reach above and below the baseline, in ems.
    pub fn reach(&self) -> (f32, f32) {
        self.reach
    }

    /// The width of a syllable, in ems.
    pub fn syllable(&self) -> f32 {
        self.syllable
    }

    /// The letters of one weight.
    pub fn case(&self, is_bold: bool) -> LetterCase<'_> {
        let has_bold = is_bold && !self.bold.is_empty();
        let faces = if has_bold { &self.bold } else { &self.text };
        LetterCase {
            rulers: faces.iter().filter_map(FontFace::ruler).collect(),
            emboldened: is_bold && !has_bold,
        }
    }
}

/// The letters of one weight.
pub struct LetterCase<'a> {
    rulers: Vec<Ruler<'a>>,
    emboldened: bool,
}

impl LetterCase<'_> {
    /// A cluster at `size` pixels an em; `None` if no font has all its characters.
    pub fn letter(&self, cluster: &str, size: f32) -> Option<DrawableLetter> {
        let mut whole = DrawableLetter::default();
        for c in cluster.chars().filter(|c| !matches!(c, '\u{FE0E}')) {
            let letter = self.outlined(c, size).or_else(|| bitmap(c, size))?;
            // A mark stands over the letter before it.
            whole.advance = whole.advance.max(letter.advance);
            whole.contours.extend(letter.contours);
        }
        if whole.contours.is_empty() {
            return None;
        }
        if self.emboldened {
            let more = size * EMBOLDENED;
            let again: Vec<Contour> = whole
                .contours
                .iter()
                .map(|contour| contour.iter().map(|(x, y)| (x + more, *y)).collect())
                .collect();
            whole.contours.extend(again);
        }
        Some(whole)
    }

    /// The width of a space at `size` pixels an em; half a letter's where the bitmaps are drawn.
    pub fn space(&self, size: f32) -> f32 {
        let glyph = self.rulers.iter().find_map(|ruler| ruler.glyph(' '));
        glyph.map_or(0.5, |glyph| glyph.advance) * size
    }

    fn outlined(&self, c: char, size: f32) -> Option<DrawableLetter> {
        let found = |ruler: &Ruler<'_>| -> Option<DrawableLetter> {
            let glyph: FontGlyph = ruler.glyph(c)?;
            let mut contours = ruler.outline(glyph, size);
            contours.iter_mut().flatten().for_each(|(_, y)| *y = -*y);
            Some(DrawableLetter {
                contours,
                advance: glyph.advance * size,
            })
        };
        self.rulers.iter().find_map(found)
    }
}

/// A letter of the embedded bitmaps: the dots of a row beside each other are one rectangle.
fn bitmap(c: char, size: f32) -> Option<DrawableLetter> {
    let (font, glyph) = [Font::Round16, Font::Wide11]
        .into_iter()
        .find_map(|font| Some((font, font.glyph(c)?)))?;
    let (_, height) = font.size();
    let dot = size / f32::from(height);
    let mut contours = Vec::new();
    for (y, row) in (0_u8..height).zip(glyph.rows) {
        let top = f32::from(y) * dot - size * BITMAP_ASCENT;
        let mut x = 0_u8;
        while x < 16 {
            let run = (row << x).leading_ones().min(u32::from(16 - x)) as u8;
            if run > 0 {
                let (left, right) = (f32::from(x) * dot, f32::from(x + run) * dot);
                let bottom = top + dot;
                contours.push(vec![
                    (left, top),
                    (right, top),
                    (right, bottom),
                    (left, bottom),
                ]);
            }
            x += run.max(1);
        }
    }
    Some(DrawableLetter {
        contours,
        advance: f32::from(glyph.advance) * dot,
    })
}
