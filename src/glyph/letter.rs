//! A single letter drawn in cells. A face combines a font with the block characters that draw its
//! dots.

use super::font::{BitmapGlyph, Font};
use super::mosaic::Mosaic;
use crate::text::{FaceId, Scale};

/// A font and the characters that its dots are drawn with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct LetterFace {
    /// The font that its dots come from.
    pub font: Font,
    /// The block characters that show them.
    pub mosaic: Mosaic,
}

impl LetterFace {
    /// The face with the index `id`, if there is one.
    pub fn of(id: FaceId) -> Option<Self> {
        let font = Font::ALL.get(usize::from(id.0 >> 3))?;
        let mosaic = Mosaic::ALL.get(usize::from(id.0 & 7))?;
        Some(Self {
            font: *font,
            mosaic: *mosaic,
        })
    }

    /// Its index for [`Scale::Blocks`].
    pub fn id(self) -> FaceId {
        FaceId((self.font as u8) << 3 | self.mosaic as u8)
    }

    /// Columns of a two-cell letter.
    pub fn full(self) -> u8 {
        self.columns(self.font.size().0)
    }

    /// Columns of a one-cell letter: half of a two-cell one.
    pub fn half(self) -> u8 {
        self.columns(self.font.size().0.div_ceil(2))
    }

    /// Rows of a letter.
    pub fn rows(self) -> u8 {
        self.font.size().1.div_ceil(self.mosaic.dots().1 as u8)
    }

    /// Its scale for the line breaker, with `leading` blank rows below each line.
    pub fn scale(self, leading: u8) -> Scale {
        Scale::Blocks {
            face: self.id(),
            half: self.half(),
            full: self.full(),
            rows: self.rows() + leading,
        }
    }

    fn columns(self, dots: u8) -> u8 {
        dots.div_ceil(self.mosaic.dots().0 as u8)
    }

    /// The fonts to look for a glyph in, best first.
    fn fonts(self) -> &'static [Font] {
        match self.font {
            Font::Wide11 => &[Font::Wide11, Font::Small7],
            Font::Wide9 => &[Font::Wide9, Font::Small7],
            Font::Small7 => &[Font::Small7],
            Font::Round16 => &[Font::Round16, Font::Wide11],
        }
    }
}

/// A letter as characters, one for each cell, row after row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnLetter {
    /// `columns × rows` characters.
    pub cells: Vec<char>,
    /// Width in cells.
    pub columns: u8,
    /// Height in cells, without leading.
    pub rows: u8,
}

impl DrawnLetter {
    /// The rows from the top.
    pub fn rows(&self) -> impl Iterator<Item = &[char]> {
        self.cells.chunks(usize::from(self.columns.max(1)))
    }
}

/// Draws a grapheme in a box that is `columns` wide. `None` if no font of the face has it, or if it
/// does not fit; the caller then puts the terminal's own character in the middle of the box.
pub fn draw(face: LetterFace, grapheme: &str, columns: u8) -> Option<DrawnLetter> {
    let c = sole_character(grapheme)?;
    let (across, down) = face.mosaic.dots();
    let (wide, high) = (
        usize::from(columns) * across,
        usize::from(face.rows()) * down,
    );
    let glyphs = || {
        face.fonts()
            .iter()
            .filter_map(|font| Some((*font, font.glyph(c)?)))
    };
    let fits = |(_, glyph): &(Font, BitmapGlyph)| ink_width(glyph) <= wide;
    let narrowed = || {
        let narrow = |(font, glyph): (Font, BitmapGlyph)| (font, narrow(&glyph, font.size().1, c));
        glyphs()
            .filter(|_| may_be_narrowed(c))
            .map(narrow)
            .find(fits)
    };
    let (font, glyph) = glyphs().find(fits).or_else(narrowed)?;
    let left = left_edge(&glyph, wide);
    let top = (high - usize::from(font.size().1)) / 2;
    let is_ink = |x: usize, y: usize| {
        let column = x as i32 - left;
        (0..16).contains(&column)
            && y >= top
            && glyph
                .rows
                .get(y - top)
                .is_some_and(|row| row << column & 0x8000 != 0)
    };
    let mut cells = Vec::with_capacity(usize::from(columns) * usize::from(face.rows()));
    for row in 0..usize::from(face.rows()) {
        for column in 0..usize::from(columns) {
            let dots = (0..across * down)
                .filter(|i| is_ink(column * across + i % across, row * down + i / across))
                .fold(0u8, |dots, i| dots | 1 << i);
            cells.push(face.mosaic.cell(dots));
        }
    }
    Some(DrawnLetter {
        cells,
        columns,
        rows: face.rows(),
    })
}

/// The character of a cluster that consists of only one, apart from a variation selector.
fn sole_character(grapheme: &str) -> Option<char> {
    let mut characters = grapheme.chars();
    let first = characters.next()?;
    match (characters.next(), characters.next()) {
        (None | Some('\u{FE0E}'), None) => Some(first),
        _ => None,
    }
}

fn ink_width(glyph: &BitmapGlyph) -> usize {
    let (from, to) = glyph.ink();
    (to - from) as usize
}

/// Whether a character is still recognisable at half its width: dashes, arrows and geometric shapes
/// are; ℃ and ① are not.
fn may_be_narrowed(c: char) -> bool {
    is_dash(c) || matches!(c, '\u{2190}'..='\u{21FF}' | '\u{2500}'..='\u{25FF}')
}

fn is_dash(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2027}')
}

/// Merges every two columns into one. For a shape, rows are merged, too, about its middle;
/// otherwise a triangle would become a spire.
fn narrow(glyph: &BitmapGlyph, height: u8, c: char) -> BitmapGlyph {
    let half = |row: u16| {
        (0..8)
            .filter(|x| row << (2 * x) & 0xC000 != 0)
            .fold(0, |half, x| half | 0x8000 >> x)
    };
    let mut rows = glyph.rows.map(half);
    if !is_dash(c) {
        let top = usize::from(height) / 4;
        let pairs: Vec<u16> = rows.chunks_exact(2).map(|pair| pair[0] | pair[1]).collect();
        rows = std::array::from_fn(|y| {
            y.checked_sub(top)
                .and_then(|y| pairs.get(y))
                .copied()
                .unwrap_or(0)
        });
    }
    BitmapGlyph {
        rows,
        advance: glyph.advance.div_ceil(2),
    }
}

/// The dot column of the glyph's own column 0: its advance is centred, or its ink if the advance is
/// too wide.
fn left_edge(glyph: &BitmapGlyph, wide: usize) -> i32 {
    let (wide, advance) = (wide as i32, i32::from(glyph.advance));
    let (from, to) = glyph.ink();
    let (from, to) = (from as i32, to as i32);
    let centred = (wide - advance).div_euclid(2);
    if centred + from >= 0 && centred + to <= wide {
        centred
    } else {
        (wide - (to - from)) / 2 - from
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(face: LetterFace, c: &str, columns: u8) -> Vec<String> {
        draw(face, c, columns)
            .map(|d| d.rows().map(|row| row.iter().collect()).collect())
            .unwrap_or_default()
    }

    #[test]
    fn a_syllable_looks_like_itself() {
        let face = LetterFace {
            font: Font::Wide9,
            mosaic: Mosaic::Half,
        };
        assert_eq!(
            picture(face, "한", 10),
            [
                "▄▄█▄▄▄ █  ",
                "▄▀▀▀▄  █▀ ",
                " ▀▀▀   █  ",
                " █        ",
                " ▀▀▀▀▀▀▀  "
            ]
        );
    }

    #[test]
    fn a_face_is_named_by_its_id() {
        for font in Font::ALL {
            for mosaic in Mosaic::ALL {
                let face = LetterFace { font, mosaic };
                assert_eq!(LetterFace::of(face.id()), Some(face));
                assert!(face.half() <= face.full() && face.full() <= 16 && face.rows() <= 8);
            }
        }
        assert_eq!(LetterFace::of(FaceId(255)), None);
    }

    #[test]
    fn what_a_face_lacks_comes_from_another_or_not_at_all() {
        let small = LetterFace {
            font: Font::Wide9,
            mosaic: Mosaic::Octant,
        };
        assert!(draw(small, "美", 5).is_some());
        assert!(
            draw(
                LetterFace {
                    font: Font::Round16,
                    mosaic: Mosaic::Half
                },
                "美",
                16
            )
            .is_some()
        );
        for lost in ["👍", "👨‍👩‍👧", "ᄒᆞᆫ", "", "\u{301}"] {
            assert!(draw(small, lost, 5).is_none(), "{lost:?}");
        }
    }

    #[test]
    fn shapes_are_narrowed_to_half_a_box_but_signs_that_would_blur_are_not() {
        let small = LetterFace {
            font: Font::Wide9,
            mosaic: Mosaic::Octant,
        };
        for c in ["▲", "△", "■", "…", "—", "→"] {
            assert!(draw(small, c, small.half()).is_some(), "{c}");
        }
        for c in ["℃", "①", "ⓒ"] {
            assert!(draw(small, c, small.half()).is_none(), "{c}");
        }
    }

    #[test]
    fn every_latin_letter_and_syllable_fits_its_box() {
        for font in Font::ALL.into_iter().filter(|font| *font != Font::Small7) {
            let face = LetterFace {
                font,
                mosaic: Mosaic::Octant,
            };
            for c in '!'..='~' {
                assert!(
                    draw(face, &c.to_string(), face.half()).is_some(),
                    "{font:?} {c}"
                );
            }
            for c in ('가'..='힣').step_by(97) {
                assert!(
                    draw(face, &c.to_string(), face.full()).is_some(),
                    "{font:?} {c}"
                );
            }
        }
    }
}
