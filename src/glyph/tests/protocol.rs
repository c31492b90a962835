//! The room of scaled letters, computed in pixels as kitty 0.41 draws them: each cell of a fraction
//! is rounded up to a whole pixel, and the letters stand at the left end of their block.

use super::*;
use crate::glyph::{Caps, ladder};
use crate::news::sample;
use crate::text::{Mechanism, TextSize};

/// Widths of a cell in pixels, from a small font to one on a screen of high density.
const CELLS: std::ops::RangeInclusive<usize> = 8..=24;

fn scales(size: TextSize) -> crate::glyph::Scales {
    let caps = Caps {
        wish: Mechanism::Protocol,
        ..Caps::default()
    };
    ladder(size, &caps, 120)
}

fn eojeols() -> Vec<String> {
    let texts = sample::edition().into_iter().flat_map(|a| {
        let title = a.title.to_string();
        [title, a.text()]
    });
    let words = texts.flat_map(|t| t.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    words.collect()
}

/// Left and right edge of the letters of each block of a text, in pixels, and its first byte.
fn ink(text: &str, scale: Scale, cell: usize) -> Vec<(usize, usize, usize)> {
    let Scale::Protocol { scale: times, .. } = scale else {
        panic!("{scale:?}")
    };
    let (times, policy) = (usize::from(times), WidthPolicy::default());
    let pieces = blocks(scale, text, &policy, |_| false);
    let inked = pieces.iter().filter(|piece| piece.shape != Shape::Blank);
    let edges = inked.map(|piece| {
        let Shape::Chunk(escape) = &piece.shape else {
            panic!("{piece:?}")
        };
        let number = |key: &str| {
            let (_, rest) = escape.split_once(key)?;
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            digits.parse::<usize>().ok()
        };
        let (num, den) = (number(":n=").unwrap_or(1), number(":d=").unwrap_or(1));
        // Letters advance by the width of the scaled font, which is a little less than the cell or
        // the same; half pixels are rounded up, and what leaves the block is cut off.
        let letter = (cell * times * num).div_ceil(den);
        let width = letter * policy.width(text[piece.bytes.clone()].trim_end());
        let (left, right) = (piece.column * cell, (piece.column + piece.columns) * cell);
        assert!(
            width <= right - left + 4,
            "{text:?} at {cell}: cut off at its end"
        );
        let width = width.min(right - left);
        (left, left + width, piece.bytes.start)
    });
    edges.collect()
}

/// Whether an eojeol is of syllables alone, or of Latin letters.
fn is_even(word: &str) -> bool {
    word.is_ascii() || WidthPolicy::default().width(word) == 2 * word.chars().count()
}

#[test]
fn no_eojeol_has_a_hole_at_any_size() {
    let eojeols = eojeols();
    assert!(eojeols.len() > 1000);
    // Letters and syllables mixed as no page of ours has them.
    let own = [
        "3분기영업이익은",
        "2026년부터는",
        "말레이시아",
        "쿠알라룸푸르,",
        "제3차산업혁명의",
        "passengers",
        "internationalisation",
        "코로나19바이러스가",
        "(GDP)가",
        "1,234억5,678만원을",
    ];
    for word in eojeols.iter().map(String::as_str).chain(own) {
        for size in [TextSize::Large, TextSize::XLarge, TextSize::XXLarge] {
            for cell in CELLS {
                let ink = ink(word, scales(size).body, cell);
                for pair in ink.windows(2) {
                    let hole = pair[1].0 - pair[0].1;
                    // Where letters of one cell stand among syllables, a quarter of a cell of
                    // that size, which is two of the screen's, may be left over once.
                    let most = if is_even(word) { cell / 4 } else { cell / 2 };
                    assert!(
                        hole <= most,
                        "{word:?} {size:?}, cells of {cell}: {hole} pixels"
                    );
                }
            }
        }
    }
}

/// The pixels between two words of a line at the first step, on cells of ten pixels; a space has
/// 15 of its own.
fn space(first: &str, second: &str) -> usize {
    let line = format!("{first} {second}");
    let both = ink(&line, scales(TextSize::Large).body, 10);
    let at = both.iter().position(|block| block.2 > first.len()).unwrap();
    both[at].0 - both[at - 1].1
}

#[test]
fn spaces_between_words_look_alike() {
    let words = eojeols();
    for pair in words.windows(2).take(2000) {
        let space = space(&pair[0], &pair[1]);
        if is_even(&pair[0]) {
            assert!((10..=15).contains(&space), "{pair:?}: {space} pixels");
        }
        // After letters and syllables mixed, up to two columns are left over.
        assert!((8..=30).contains(&space), "{pair:?}: {space} pixels");
    }
    let syllables = [
        "곳",
        "도서",
        "내달엔",
        "야간에도",
        "운행하기로",
        "열람석까지도",
    ];
    for word in syllables {
        assert_eq!(space(word, "연다"), 10, "{word}");
    }
}

#[test]
fn all_letters_of_a_line_are_of_one_size() {
    for size in TextSize::ALL.into_iter().skip(2) {
        let fractions: std::collections::BTreeSet<String> = eojeols()
            .iter()
            .flat_map(|w| blocks(scales(size).body, w, &WidthPolicy::default(), |_| false))
            .filter_map(|piece| match piece.shape {
                Shape::Chunk(escape) => {
                    let key = escape.split_once("66;")?.1.split_once(';')?.0.to_owned();
                    Some(key.split(':').filter(|k| !k.starts_with('w')).collect())
                }
                _ => None,
            })
            .collect();
        assert_eq!(fractions.len(), 1, "{size:?}: {fractions:?}");
    }
}

#[test]
fn a_headline_is_larger_than_its_text_at_every_size_of_a_roomy_pane() {
    for size in TextSize::ALL.into_iter().skip(1) {
        let scales = scales(size);
        let width = |scale: Scale| scale.columns(0, 4);
        assert!(
            width(scales.title) * 4 >= width(scales.body) * 5,
            "{size:?}: {scales:?}"
        );
    }
}
