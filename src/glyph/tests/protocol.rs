//! The room of scaled letters, computed in pixels as kitty 0.41 draws them: each cell of a fraction
//! is rounded up to a whole pixel, and the letters stand at the left end of their block.

use super::*;
use crate::glyph::{Caps, Room, ladder};
use crate::news::sample;
use crate::text::{Mechanism, TextSize};

/// Widths of a cell in pixels, from a small font to one on a screen of high density.
const CELLS: std::ops::RangeInclusive<usize> = 8..=24;

fn scales(size: TextSize) -> crate::glyph::Scales {
    let caps = Caps {
        wish: Mechanism::Protocol,
        ..Caps::default()
    };
    ladder(size, &caps, Room::endless(120))
}

fn eojeols() -> Vec<String> {
    let texts = sample::edition().into_iter().flat_map(|a| {
        let title = a.title.to_string();
        [title, a.text()]
    });
    let words = texts.flat_map(|t| t.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    words.collect()
}

/// Words of dates, numbers, names and signs, with letters of one cell among syllables as no page of
/// ours has them.
const MIXED: &str = "\
    2026-11-30 2026-11-30까지 11.30(월)부터 02-1234-5678로 010-9876-5432 12월 1일부터 209번지에서 \
    9시30분, 3-2로 A매치(11/30~12/5)를 (GDP)가 1,234억5,678만원을 99만9,000원에 12.5%에서 60%는 \
    3분기영업이익은 2026년부터는 제3차산업혁명의 코로나19바이러스가 COVID-19가 e-mail로 a@b.kr에 \
    (증가율)은 (증가율) \"물가가\"라고 1가나다% a가나다M ‘K-푸드’ “AI·반도체”(3.2%) 'MZ세대'로, \"LG전자가 [단독] 【속보】 「K리그1」의 5G·6G망을 20대·30대의 \
    김모(45)씨는 말레이시아 쿠알라룸푸르, passengers internationalisation www.example.com/a-b_c?d=1";

/// Left and right edge of the letters of each block of a text, in pixels, and its first byte.
/// Letters advance by the width of the scaled font, which is that of the scaled cell, rounded `up`
/// or down; what leaves the block is cut off.
fn ink(text: &str, scale: Scale, cell: usize, up: bool) -> Vec<(usize, usize, usize)> {
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
        let whole = cell * times * num;
        let letter = if up { whole.div_ceil(den) } else { whole / den };
        let cells = policy.width(text[piece.bytes.clone()].trim_end());
        let (width, room) = (letter * cells, piece.columns * cell);
        // Two pixels are blank at the right edge of most letters.
        let lost = width.saturating_sub(room);
        assert!(lost <= 2, "{text:?} at {cell}: {lost} pixels are cut off");
        let is_centred = number(":h=") == Some(2);
        let indent = if is_centred {
            room.saturating_sub(width) / 2
        } else {
            0
        };
        let left = piece.column * cell + indent;
        (left, left + width.min(room), piece.bytes.start)
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
    for word in eojeols
        .iter()
        .map(String::as_str)
        .chain(MIXED.split_whitespace())
    {
        for size in [TextSize::Large, TextSize::XLarge, TextSize::XXLarge] {
            for (cell, up) in CELLS.flat_map(|cell| [(cell, false), (cell, true)]) {
                let ink = ink(word, scales(size).body, cell, up);
                for pair in ink.windows(2) {
                    let hole = pair[1].0 - pair[0].1;
                    // A quarter of the screen's cell, and what rounding comes to. Among syllables,
                    // letters of one cell leave up to four pixels in the blocks on both sides.
                    let most = match is_even(word) {
                        true => cell / 4 + 1,
                        false => (cell / 4 + 4).min(cell / 2 + 1),
                    };
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
    let both = ink(&line, scales(TextSize::Large).body, 10, true);
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
                    Some(
                        key.split(':')
                            .filter(|k| !k.starts_with(['w', 'h']))
                            .collect(),
                    )
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
