//! Splits one line of text into placed pieces, at any size. Each piece knows the bytes that it
//! shows, so that the view can colour the right cells of a link, a match, a selection or the
//! sentence being spoken.

use super::letter::{LetterFace, draw};
use super::piece::{LinePiece, Shape};
use super::protocol;
use crate::text::{Scale, WidthPolicy};

/// Places one line of text; its columns add up to [`crate::text::column_count::columns`].
/// `apart(byte)` is true if the style of a grapheme differs from the one before. There, a run that
/// the terminal scales as a whole is cut if that does not change its width, otherwise at the next
/// place where it does not.
pub fn line(
    scale: Scale,
    text: &str,
    policy: &WidthPolicy,
    apart: impl Fn(usize) -> bool,
) -> Vec<LinePiece> {
    let one_by_one = |shape: &dyn Fn(&str, usize) -> Shape| {
        let (mut at, mut column) = (0, 0);
        let mut pieces = Vec::new();
        for (cluster, width) in policy.graphemes(text) {
            let columns = scale.columns(width % 2, width / 2);
            let bytes = at..at + cluster.len();
            at = bytes.end;
            if columns > 0 {
                let shape = if cluster.trim().is_empty() {
                    Shape::Blank
                } else {
                    shape(cluster, width)
                };
                pieces.push(LinePiece {
                    bytes,
                    column,
                    columns,
                    shape,
                });
                column += columns;
            }
        }
        pieces
    };
    match scale {
        Scale::Cells => one_by_one(&|_, width| Shape::Plain {
            column: 0,
            row: 0,
            width,
        }),
        Scale::Blocks { face, rows, .. } => one_by_one(&|cluster, width| {
            block(
                cluster,
                width,
                LetterFace::of(face),
                scale.columns(width % 2, width / 2),
                rows,
            )
        }),
        Scale::Protocol { .. } => protocol::blocks(scale, text, policy, apart),
        Scale::Drawn { .. } => drawn(scale, text, policy),
    }
}

/// The boxes of the letters of a line that is drawn as a picture. A letter may begin inside a
/// column, so that one narrower than a cell may have no column of its own; it belongs to the piece
/// before it.
fn drawn(scale: Scale, text: &str, policy: &WidthPolicy) -> Vec<LinePiece> {
    let (mut at, mut cells) = (0, 0);
    let mut pieces: Vec<LinePiece> = Vec::new();
    for (cluster, width) in policy.graphemes(text) {
        let bytes = at..at + cluster.len();
        at = bytes.end;
        let column = scale.columns(cells, 0);
        cells += width;
        let columns = scale.columns(cells, 0) - column;
        let is_blank = cluster.trim().is_empty();
        match pieces.last_mut() {
            Some(last) if columns == 0 => {
                if width > 0 {
                    last.bytes.end = bytes.end;
                    if !is_blank {
                        last.shape = Shape::Drawn;
                    }
                }
            }
            _ if columns == 0 => {}
            _ => pieces.push(LinePiece {
                bytes,
                column,
                columns,
                shape: if is_blank { Shape::Blank } else { Shape::Drawn },
            }),
        }
    }
    pieces
}

/// The letter in blocks, or the terminal's own character in the middle of the box, so that no
/// letter is missing.
fn block(cluster: &str, width: usize, face: Option<LetterFace>, columns: usize, rows: u8) -> Shape {
    let drawn = face
        .zip(u8::try_from(columns).ok())
        .and_then(|(face, columns)| draw(face, cluster, columns));
    drawn.map_or_else(
        || {
            let letter_rows = face.map_or(rows, LetterFace::rows).max(1);
            Shape::Plain {
                column: columns.saturating_sub(width) / 2,
                row: u16::from(letter_rows - 1) / 2,
                width,
            }
        },
        Shape::Block,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glyph::{Caps, Room, ladder};
    use crate::text::{Ambiguous, Mechanism, Sequences, TextSize, column_count};
    use proptest::prelude::*;

    const WISHES: [Mechanism; 7] = [
        Mechanism::Protocol,
        Mechanism::Octants,
        Mechanism::Sextants,
        Mechanism::Blocks,
        Mechanism::Braille,
        Mechanism::Pictures,
        Mechanism::Plain,
    ];

    fn scale() -> impl Strategy<Value = Scale> {
        (0..WISHES.len(), 0..5usize, any::<bool>()).prop_map(|(wish, size, title)| {
            let caps = Caps {
                wish: WISHES[wish],
                ..Caps::default()
            };
            let scales = ladder(TextSize::ALL[size], &caps, Room::endless(200));
            if title { scales.title } else { scales.body }
        })
    }

    fn policy() -> impl Strategy<Value = WidthPolicy> {
        (any::<bool>(), 1..=2u8, any::<bool>()).prop_map(|(wide, emoji_vs16, apart)| WidthPolicy {
            ambiguous: if wide {
                Ambiguous::Wide
            } else {
                Ambiguous::Narrow
            },
            emoji_vs16,
            emoji_sequence: if apart {
                Sequences::Apart
            } else {
                Sequences::Joined
            },
        })
    }

    fn text() -> impl Strategy<Value = String> {
        let clusters = prop_oneof![
            6 => "[가-힣]",
            2 => "[a-zA-Z0-9.,%/]",
            2 => Just(" ".to_owned()),
            1 => prop::sample::select(vec![
                "▲", "“", "…", "㎡", "美", "👍🏿", "❤️", "👨‍👩‍👧", "ᄒᆞᆫ",
                "e\u{301}", "\u{200B}", "\u{3000}"
            ])
            .prop_map(str::to_owned),
        ];
        prop::collection::vec(clusters, 0..60).prop_map(|all| all.concat())
    }

    proptest! {
        #[test]
        fn pieces_take_the_columns_that_the_line_breaker_counts(
            text in text(),
            scale in scale(),
            policy in policy(),
            marks in prop::collection::vec(any::<bool>(), 240),
        ) {
            let pieces = line(scale, &text, &policy, |at| marks[at % marks.len()]);
            let mut column = 0;
            for piece in &pieces {
                prop_assert_eq!(piece.column, column);
                column += piece.columns;
            }
            prop_assert_eq!(column, column_count::columns(&text, scale, policy));
        }

        #[test]
        fn every_letter_is_in_one_piece_and_none_is_blank(
            text in text(),
            scale in scale(),
            policy in policy(),
        ) {
            let pieces = line(scale, &text, &policy, |_| false);
            let mut end = 0;
            for piece in &pieces {
                prop_assert!(policy.width(&text[end..piece.bytes.start]) == 0);
                end = piece.bytes.end;
                let shown = &text[piece.bytes.clone()];
                match &piece.shape {
                    Shape::Blank => {
                        // A zero-width space shows nothing, either.
                        let seen = shown.replace('\u{200b}', "");
                        prop_assert!(seen.trim().is_empty(), "{shown:?} is left out");
                    }
                    Shape::Block(drawn) => {
                        prop_assert!(drawn.cells.iter().any(|c| *c != ' '), "{shown:?} is blank");
                        prop_assert_eq!(usize::from(drawn.columns), piece.columns);
                        prop_assert!(u16::from(drawn.rows) <= scale.rows());
                    }
                    Shape::Plain { column, row, width } => {
                        prop_assert!(column + width <= piece.columns && *row < scale.rows());
                    }
                    Shape::Drawn => prop_assert!(!shown.trim().is_empty()),
                    Shape::Chunk(escape) => {
                        let inside: String = shown.chars().filter(|c| !c.is_control()).collect();
                        let end = |text: &str| format!(";{text}\x1b\\");
                        let is_whole = escape.ends_with(&end(&inside));
                        prop_assert!(is_whole || escape.ends_with(&end(inside.trim_end())));
                    }
                }
            }
            prop_assert_eq!(policy.width(&text[end..]), 0);
        }
    }

    #[test]
    fn text_cannot_end_the_escape_sequence_early() {
        let scale = Scale::Protocol {
            scale: 2,
            num: 1,
            den: 1,
        };
        let pieces = line(
            scale,
            "가\u{1b}\\\u{9c}\u{7}나",
            &WidthPolicy::default(),
            |_| false,
        );
        let Shape::Chunk(escape) = &pieces[0].shape else {
            panic!("{pieces:?}")
        };
        assert!(escape.ends_with(":w=2;가\x1b\\"), "{escape:?}");
        assert!(
            escape.starts_with("\x1b[4X\x1b[B\x1b[4X\x1b[1A\x1b]66;s=2"),
            "{escape:?}"
        );
        let inside = |escape: &str| escape.split(";").last().unwrap().to_owned();
        let all = pieces.iter().map(|piece| match &piece.shape {
            Shape::Chunk(escape) => inside(escape.trim_end_matches("\x1b\\")),
            _ => String::new(),
        });
        assert_eq!(all.collect::<String>(), "가\\나");
    }

    #[test]
    fn a_run_is_cut_at_a_mark_where_that_costs_nothing() {
        let policy = WidthPolicy::default();
        let at = |scale, mark| {
            let pieces = line(scale, "서울시가 도시", &policy, |at| at == mark);
            pieces
                .into_iter()
                .map(|piece| piece.bytes)
                .collect::<Vec<_>>()
        };
        let double = Scale::Protocol {
            scale: 2,
            num: 1,
            den: 1,
        };
        assert_eq!(at(double, 3)[..2], [0..3, 3..6], "at once");
        let half_more = Scale::Protocol {
            scale: 2,
            num: 3,
            den: 4,
        };
        assert_eq!(
            at(half_more, 3)[..4],
            [0..6, 6..12, 12..13, 13..19],
            "at the next syllable that leaves no slack"
        );
        assert_eq!(at(half_more, 99), [0..6, 6..12, 12..13, 13..19]);
    }
}
