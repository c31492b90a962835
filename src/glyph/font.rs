//! The embedded bitmap fonts, packed by `assets/fonts/pack.py` and decoded when they are first
//! used.

use std::io::Read;
use std::sync::OnceLock;

use flate2::read::ZlibDecoder;

/// Tallest and widest glyph that the packed form can hold, in dots.
pub const MAX_DOTS: usize = 16;

/// One of the embedded fonts. Licences and sources: `assets/fonts/NOTICE.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Font {
    /// 12×12 dots, with Latin, symbols and Hanja.
    Wide11,
    /// 10×10 dots.
    Wide9,
    /// 8×8 dots, all except Hangul: the characters that the other faces lack.
    Small7,
    /// 16×16 dots, without Hanja.
    Round16,
}

impl Font {
    /// All fonts, in the order of their discriminants.
    pub const ALL: [Self; 4] = [Self::Wide11, Self::Wide9, Self::Small7, Self::Round16];

    /// Width of a two-cell glyph and height of every glyph, in dots.
    pub fn size(self) -> (u8, u8) {
        match self {
            Self::Wide11 => (12, 12),
            Self::Wide9 => (10, 10),
            Self::Small7 => (8, 8),
            Self::Round16 => (16, 16),
        }
    }

    /// The glyph of a character; `None` if this font has none.
    pub fn glyph(self, c: char) -> Option<BitmapGlyph> {
        let glyph = self.sheet().glyph(c)?;
        match self {
            Self::Wide9 => Some(three_legged(c).unwrap_or(glyph)),
            _ => Some(glyph),
        }
    }

    fn packed(self) -> &'static [u8] {
        match self {
            Self::Wide11 => include_bytes!("../../assets/fonts/wide11.font"),
            Self::Wide9 => include_bytes!("../../assets/fonts/wide9.font"),
            Self::Small7 => include_bytes!("../../assets/fonts/small7.font"),
            Self::Round16 => include_bytes!("../../assets/fonts/round16.font"),
        }
    }

    fn sheet(self) -> &'static GlyphSheet {
        static SHEETS: [OnceLock<GlyphSheet>; Font::ALL.len()] =
            [const { OnceLock::new() }; Font::ALL.len()];
        SHEETS[self as usize].get_or_init(|| GlyphSheet::unpack(self.packed()).unwrap_or_default())
    }
}

/// `m` and `M` with room between their legs: the four dots of [`Font::Wide9`] make a filled `n` and
/// an `N` of them.
fn three_legged(c: char) -> Option<BitmapGlyph> {
    let (top, dots): (usize, &[u16]) = match c {
        'm' => (3, &[0b11110, 0b10101, 0b10101, 0b10101, 0b10101]),
        'M' => (
            0,
            &[
                0b10001, 0b11011, 0b11011, 0b10101, 0b10101, 0b10001, 0b10001, 0b10001,
            ],
        ),
        _ => return None,
    };
    let row = |y: usize| y.checked_sub(top).and_then(|y| dots.get(y));
    Some(BitmapGlyph {
        rows: std::array::from_fn(|y| row(y).map_or(0, |dots| dots << 11)),
        advance: 5,
    })
}

/// A character as dots: one row a `u16`, its leftmost dot in the highest bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BitmapGlyph {
    /// Rows from the top; those past the font's height are empty.
    pub rows: [u16; MAX_DOTS],
    /// Its advance width in dots.
    pub advance: u8,
}

impl BitmapGlyph {
    /// The first column with ink and the one after the last; both 0 for an empty glyph.
    pub fn ink(&self) -> (u32, u32) {
        let all = self.rows.iter().fold(0, |ink, row| ink | row);
        if all == 0 {
            (0, 0)
        } else {
            (all.leading_zeros(), 16 - all.trailing_zeros())
        }
    }
}

/// A decoded font.
#[derive(Default)]
struct GlyphSheet {
    height: usize,
    codes: Vec<u16>,
    advances: Vec<u8>,
    /// `height` planes, each with one row of every glyph. Neighbouring glyphs have similar upper
    /// rows, so this order compresses best.
    planes: Vec<u16>,
}

impl GlyphSheet {
    /// Reads the packed form; `None` if it is not what `pack.py` writes.
    fn unpack(packed: &[u8]) -> Option<Self> {
        let mut bytes = Vec::with_capacity(1 << 19);
        ZlibDecoder::new(packed).read_to_end(&mut bytes).ok()?;
        let (head, body) = bytes.split_at_checked(4)?;
        let height = usize::from(head[1]);
        let count = usize::from(u16::from_be_bytes([head[2], head[3]]));
        let (steps, body) = body.split_at_checked(2 * count)?;
        let (advances, planes) = body.split_at_checked(count)?;
        let codes = words(steps).scan(0u16, |code, step| {
            *code = code.wrapping_add(step);
            Some(*code)
        });
        let sheet = Self {
            height,
            codes: codes.collect(),
            advances: advances.to_vec(),
            planes: words(planes).collect(),
        };
        (height <= MAX_DOTS && sheet.planes.len() == height * count).then_some(sheet)
    }

    fn glyph(&self, c: char) -> Option<BitmapGlyph> {
        let code = u16::try_from(u32::from(c)).ok()?;
        let at = self.codes.binary_search(&code).ok()?;
        let mut rows = [0; MAX_DOTS];
        for (row, plane) in rows
            .iter_mut()
            .zip(self.planes.chunks_exact(self.codes.len()))
        {
            *row = plane[at];
        }
        debug_assert!(self.height <= MAX_DOTS);
        Some(BitmapGlyph {
            rows,
            advance: self.advances[at],
        })
    }
}

fn words(bytes: &[u8]) -> impl Iterator<Item = u16> + '_ {
    bytes
        .chunks_exact(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of the 2350 syllables of KS X 1001.
    fn is_common(syllable: char) -> bool {
        encoding_rs::EUC_KR
            .encode(syllable.encode_utf8(&mut [0; 4]))
            .0
            .iter()
            .all(|byte| *byte >= 0xA1)
    }

    #[test]
    fn there_is_room_between_the_legs_of_m_at_every_size_of_text() {
        for font in [Font::Wide11, Font::Wide9, Font::Round16] {
            for c in ['m', 'M'] {
                let glyph = font.glyph(c).unwrap();
                // The strokes of a row, by their left ends.
                let strokes = |row: &u16| (row & !(row >> 1)).count_ones();
                let most = glyph.rows.iter().map(strokes).max();
                assert_eq!(most, Some(3), "{font:?} {c}");
                assert!(glyph.ink().1 <= font.size().0.div_ceil(2).into());
            }
        }
    }

    #[test]
    fn every_font_for_text_has_every_syllable_and_the_common_ones_differ() {
        for font in Font::ALL.into_iter().filter(|font| *font != Font::Small7) {
            let mut seen = std::collections::HashMap::new();
            for c in '가'..='힣' {
                let glyph = font
                    .glyph(c)
                    .unwrap_or_else(|| panic!("{font:?} lacks {c}"));
                assert!(
                    glyph.ink().1 <= u32::from(font.size().0),
                    "{font:?} {c} is wider than its box"
                );
                // 쏀 is a letter of no word.
                if is_common(c)
                    && c != '쏀'
                    && let Some(twin) = seen.insert(glyph.rows, c)
                {
                    panic!("{font:?} draws {twin} and {c} alike");
                }
            }
        }
    }

    #[test]
    fn the_full_face_has_what_news_is_written_with() {
        let symbols =
            "▲△▶▷▼▽■□◆◇●○★☆※→←↑↓·…“”‘’「」『』〈〉《》【】ⓒ①②⑩℃㎡㎞㎏㈜☎∼～ㆍ°±×÷½—–€£¥₩￦％";
        let latin = ('!'..='~')
            .chain('ㄱ'..='ㅣ')
            .chain("國美日中軍大韓民".chars());
        for c in symbols.chars().chain(latin) {
            assert!(Font::Wide11.glyph(c).is_some(), "no {c}");
        }
    }

    #[test]
    fn a_damaged_sheet_is_refused_and_an_unknown_character_is_none() {
        let packed = Font::Wide9.packed();
        assert!(GlyphSheet::unpack(&packed[..packed.len() / 2]).is_none());
        assert!(GlyphSheet::unpack(b"not a font").is_none());
        assert!(Font::Wide11.glyph('👍').is_none());
    }

    #[test]
    fn the_declared_size_is_the_packed_one() {
        for font in Font::ALL {
            assert_eq!(usize::from(font.size().1), font.sheet().height, "{font:?}");
            let advance = font
                .glyph('가')
                .or_else(|| font.glyph('美'))
                .map(|glyph| glyph.advance);
            assert_eq!(advance, Some(font.size().0), "{font:?}");
        }
    }
}
