//! Packs dots into block characters: a cell shows 1×2 to 2×4 of them.

/// Sets of characters that show dots, from the coarsest to the finest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mosaic {
    /// ▀▄█: 1×2 square dots a cell.
    Half,
    /// ▘▚▟: 2×2 dots, twice as tall as wide.
    Quadrant,
    /// 🬀🬟🬻 (Unicode 13): 2×3 dots.
    Sextant,
    /// 𜴀𜷕 (Unicode 16): 2×4 square dots.
    Octant,
    /// ⠁⣿: 2×4 thin dots; one cell each even where ambiguous characters take two.
    Braille,
}

impl Mosaic {
    /// All sets, in the order of their discriminants.
    pub const ALL: [Self; 5] = [
        Self::Half,
        Self::Quadrant,
        Self::Sextant,
        Self::Octant,
        Self::Braille,
    ];

    /// Dots in one cell, across and down.
    pub fn dots(self) -> (usize, usize) {
        match self {
            Self::Half => (1, 2),
            Self::Quadrant => (2, 2),
            Self::Sextant => (2, 3),
            Self::Octant | Self::Braille => (2, 4),
        }
    }

    /// The character for a cell. Bit `row * across + column` of `dots` is set if there is ink.
    pub fn cell(self, dots: u8) -> char {
        if dots == 0 {
            return ' ';
        }
        match self {
            Self::Half => pick(&[' ', '▀', '▄', '█'], dots),
            Self::Quadrant => pick(&QUADRANTS, dots),
            Self::Sextant => sextant(dots & 63),
            Self::Octant => octant(dots),
            Self::Braille => braille(dots),
        }
    }
}

const QUADRANTS: [char; 16] = [
    ' ', '▘', '▝', '▀', '▖', '▌', '▞', '▛', '▗', '▚', '▐', '▜', '▄', '▙', '▟', '█',
];

fn pick(table: &[char], at: u8) -> char {
    table.get(usize::from(at)).copied().unwrap_or('█')
}

/// U+1FB00.. leaves out the patterns that Unicode already had: blank, halves, full.
fn sextant(dots: u8) -> char {
    match dots {
        0 => ' ',
        0b01_0101 => '▌',
        0b10_1010 => '▐',
        0b11_1111 => '█',
        n => {
            let skipped = 1 + u32::from(n > 0b01_0101) + u32::from(n > 0b10_1010);
            char::from_u32(0x1FB00 + u32::from(n) - skipped).unwrap_or('█')
        }
    }
}

/// The 26 patterns of 2×4 dots whose characters are outside U+1CD00.., in rising order. Six of
/// those are newer than the rest and missing in terminals that draw octants (kitty 0.41); they are
/// replaced by the nearest sextant, whose dots are a third of a cell instead of a quarter.
const OCTANTS_ELSEWHERE: [(u8, char); 26] = [
    (0x00, ' '),
    (0x01, '\u{1FB00}'),
    (0x02, '\u{1FB01}'),
    (0x03, '\u{1FB82}'),
    (0x05, '▘'),
    (0x0A, '▝'),
    (0x0F, '▀'),
    (0x14, '\u{1FB03}'),
    (0x28, '\u{1FB07}'),
    (0x3F, '\u{1FB85}'),
    (0x40, '\u{1FB0F}'),
    (0x50, '▖'),
    (0x55, '▌'),
    (0x5A, '▞'),
    (0x5F, '▛'),
    (0x80, '\u{1FB1E}'),
    (0xA0, '▗'),
    (0xA5, '▚'),
    (0xAA, '▐'),
    (0xAF, '▜'),
    (0xC0, '▂'),
    (0xF0, '▄'),
    (0xF5, '▙'),
    (0xFA, '▟'),
    (0xFC, '▆'),
    (0xFF, '█'),
];

fn octant(dots: u8) -> char {
    match OCTANTS_ELSEWHERE.binary_search_by_key(&dots, |(n, _)| *n) {
        Ok(at) => OCTANTS_ELSEWHERE[at].1,
        Err(skipped) => u32::try_from(skipped)
            .ok()
            .and_then(|skipped| char::from_u32(0x1CD00 + u32::from(dots) - skipped))
            .unwrap_or('█'),
    }
}

/// Braille numbers its dots by column, except that the fourth row comes last.
fn braille(dots: u8) -> char {
    const BIT: [u8; 8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];
    let pattern = BIT
        .iter()
        .enumerate()
        .filter(|(i, _)| dots >> i & 1 == 1)
        .fold(0, |all, (_, bit)| all | bit);
    char::from_u32(0x2800 + u32::from(pattern)).unwrap_or('⣿')
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_pattern_has_a_character_of_its_own() {
        for mosaic in Mosaic::ALL {
            let (across, down) = mosaic.dots();
            let patterns = 1usize << (across * down);
            let all: HashSet<char> = (0..patterns)
                .filter_map(|n| u8::try_from(n).ok())
                .map(|n| mosaic.cell(n))
                .collect();
            assert_eq!(all.len(), patterns, "{mosaic:?}");
        }
    }

    #[test]
    fn the_ranges_end_where_unicode_ends_them() {
        // BLOCK SEXTANT-23456, BLOCK OCTANT-3, -23, -2345678.
        assert_eq!(Mosaic::Sextant.cell(0b11_1110), '\u{1FB3B}');
        assert_eq!(Mosaic::Octant.cell(0b0000_0100), '\u{1CD00}');
        assert_eq!(Mosaic::Octant.cell(0b0000_0110), '\u{1CD01}');
        assert_eq!(Mosaic::Octant.cell(0b1111_1110), '\u{1CDE5}');
        assert_eq!(Mosaic::Braille.cell(0b1000_0001), '⢁');
    }
}
