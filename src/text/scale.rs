//! How much larger than a cell letters are, and how many cells that takes.

use serde::{Deserialize, Serialize};

/// A way to draw large letters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mechanism {
    /// The best way that the terminal is known to support.
    #[default]
    Auto,
    /// The terminal scales its own letters (OSC 66).
    Protocol,
    /// Block letters with 2×4 dots in a cell (Unicode 16).
    Octants,
    /// Block letters with 2×3 dots in a cell (Unicode 13).
    Sextants,
    /// Block letters of half blocks and quadrants, for any UTF-8 terminal.
    Blocks,
    /// Block letters of braille dots: thin, but still one cell wide if the terminal draws the other
    /// block characters two cells wide.
    Braille,
    /// Pictures of lines, made from an outline font, where the terminal shows pictures.
    Pictures,
    /// No large letters.
    Plain,
}

/// 글자크기: the five text sizes.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum TextSize {
    /// 작게: about four fifths where the terminal can; tight spacing and a wider measure anyway.
    Small,
    /// 보통: one cell for a narrow letter.
    #[default]
    Normal,
    /// 크게: about one and a half times.
    Large,
    /// 아주 크게: about twice.
    XLarge,
    /// 최대: about three times.
    XXLarge,
}

impl TextSize {
    /// All steps, smallest first.
    pub const ALL: [Self; 5] = [
        Self::Small,
        Self::Normal,
        Self::Large,
        Self::XLarge,
        Self::XXLarge,
    ];

    /// The next larger step, or the largest.
    pub fn larger(self) -> Self {
        Self::ALL[(self as usize + 1).min(Self::ALL.len() - 1)]
    }

    /// The next smaller step, or the smallest.
    pub fn smaller(self) -> Self {
        Self::ALL[(self as usize).saturating_sub(1)]
    }
}

/// The index of an embedded bitmap face, which `glyph` resolves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FaceId(pub u8);

/// How letters are drawn, and so how many cells they take. The line breaker needs nothing else to
/// break text at any size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Scale {
    /// The terminal's own letters: a grapheme takes its policy width, a line one row.
    #[default]
    Cells,
    /// The program's block letters: a one-cell grapheme takes `half` columns, a two-cell one
    /// `full`, and a line `rows` rows (with leading).
    Blocks {
        /// The bitmap face.
        face: FaceId,
        /// Columns of a one-cell grapheme.
        half: u8,
        /// Columns of a two-cell grapheme.
        full: u8,
        /// Rows of a line.
        rows: u8,
    },
    /// The kitty text-sizing protocol (OSC 66): `scale`×`scale` cells, letters at `num/den` of
    /// that. A chunk (an eojeol and the space after it) of `c` cells takes `scale * ceil(c * num /
    /// den)` columns, a line `scale` rows.
    Protocol {
        /// 1 to 7.
        scale: u8,
        /// Numerator, at least 1.
        num: u8,
        /// Denominator, at least `num`.
        den: u8,
    },
    /// A picture of the whole line: a line of `c` cells takes `ceil(c * num / den)` columns and
    /// `rows` rows. Below one, letters are smaller than the terminal's own.
    Drawn {
        /// Numerator, at least 1.
        num: u8,
        /// Denominator, at least 1.
        den: u8,
        /// Rows of a line.
        rows: u8,
    },
}

impl Scale {
    /// Rows of one line of text.
    pub fn rows(self) -> u16 {
        match self {
            Self::Cells => 1,
            Self::Blocks { rows, .. } => u16::from(rows),
            Self::Protocol { scale, .. } => u16::from(scale),
            Self::Drawn { rows, .. } => u16::from(rows),
        }
    }

    /// Columns of a chunk without a break opportunity, by its number of one-cell and two-cell
    /// graphemes.
    #[inline]
    pub fn columns(self, ones: usize, twos: usize) -> usize {
        match self {
            Self::Cells => ones + 2 * twos,
            Self::Blocks { half, full, .. } => ones * usize::from(half) + twos * usize::from(full),
            Self::Protocol { scale, num, den } => {
                usize::from(scale)
                    * ((ones + 2 * twos) * usize::from(num)).div_ceil(usize::from(den.max(1)))
            }
            Self::Drawn { num, den, .. } => {
                ((ones + 2 * twos) * usize::from(num)).div_ceil(usize::from(den.max(1)))
            }
        }
    }
}
