use proptest::prelude::*;

use super::*;
use crate::text::column_count;

const SCALES: [Scale; 5] = [
    drawn((4, 5, 1)),
    drawn((3, 2, 2)),
    drawn((2, 1, 2)),
    drawn((5, 2, 3)),
    drawn((3, 1, 3)),
];

const fn drawn((num, den, rows): (u8, u8, u8)) -> Scale {
    Scale::Drawn { num, den, rows }
}

fn ink(letters: [u8; 3], ground: [u8; 3]) -> Ink {
    Ink {
        letters,
        ground,
        bold: false,
        underlined: false,
        struck: false,
    }
}

fn line(text: &str, scale: Scale, cell: (u16, u16), ink: Ink) -> LetterLine {
    LetterLine {
        text: text.to_owned(),
        scale,
        policy: WidthPolicy::default(),
        cell,
        colours: 256,
        ground: None,
        inks: vec![(text.len(), ink)],
    }
}

const BLACK: [u8; 3] = [0; 3];
const WHITE: [u8; 3] = [255; 3];

/// Whether a column of pixels, or a row, has ink on white.
fn inked(picture: &Indexed, at: u32, is_column: bool) -> bool {
    let along = if is_column {
        picture.height()
    } else {
        picture.width()
    };
    (0..along).any(|other| {
        let (x, y) = if is_column { (at, other) } else { (other, at) };
        picture.colour(x, y) != WHITE
    })
}

proptest! {
    #[test]
    fn a_strip_takes_the_cells_that_the_line_breaker_counts(
        text in "([가-힣]{1,6}|[a-zA-Z0-9.,%()]{1,9}|[ ▲…“”℃👍e\u{301}漢]{1,3}){0,12}",
        scale in prop::sample::select(SCALES.to_vec()),
        cell in (1_u16..24, 1_u16..40),
        bold in any::<bool>(),
    ) {
        let style = Ink { bold, ..ink(BLACK, WHITE) };
        let line = line(&text, scale, cell, style);
        let columns = column_count::columns(&text, scale, line.policy);
        match compose(&LetterFonts::default(), &line) {
            None => prop_assert_eq!(columns, 0),
            Some(drawn) => {
                prop_assert_eq!(drawn.picture.width() as usize, columns * usize::from(cell.0));
                let rows = u32::from(scale.rows());
                prop_assert_eq!(drawn.picture.height(), rows * u32::from(cell.1));
                for hole in drawn.holes {
                    prop_assert!(usize::from(hole.column + hole.width) <= columns);
                    prop_assert!(hole.row < scale.rows());
                }
            }
        }
    }

    #[test]
    fn no_letter_is_cut_at_an_edge(
        text in "[가-힣a-zA-Z0-9jgQ|()]{1,10}",
        scale in prop::sample::select(SCALES.to_vec()),
        cell in prop::sample::select(vec![(9_u16, 20_u16), (11, 18), (7, 13), (10, 31)]),
    ) {
        // The same text between spaces shows the letters with room beside them.
        let fonts = LetterFonts::default();
        let sum = |text: &str| -> u64 {
            let drawn = compose(&fonts, &line(text, scale, cell, ink(BLACK, WHITE))).unwrap();
            let pixels = drawn.picture.pixels();
            pixels.colours().map(|[r, _, _]| u64::from(255 - r)).sum()
        };
        let (alone, apart) = (sum(&text), sum(&format!("    {text}    ")));
        let off = alone.abs_diff(apart);
        // Letters that are moved inside may cover each other a little.
        prop_assert!(off * 8 <= apart.max(2000), "{alone} {apart}");
    }
}

#[test]
fn a_syllable_reaches_neither_edge_of_its_strip() {
    for scale in SCALES {
        let drawn = compose(
            &LetterFonts::default(),
            &line("가힣", scale, (10, 20), ink(BLACK, WHITE)),
        )
        .unwrap();
        let picture = drawn.picture;
        let rows: Vec<u32> = (0..picture.height())
            .filter(|y| inked(&picture, *y, false))
            .collect();
        assert!(rows.len() * 3 > picture.height() as usize, "{scale:?}");
        assert!((0..picture.width()).any(|x| inked(&picture, x, true)));
        assert!(drawn.holes.is_empty());
    }
}

#[test]
fn inks_meet_where_their_letters_do_and_few_colours_mean_few_steps() {
    let red = [200, 0, 0];
    let mut two = line("가나", drawn((2, 1, 2)), (10, 20), ink(BLACK, WHITE));
    two.inks = vec![(3, ink(BLACK, WHITE)), (6, ink(WHITE, red))];
    let drawn = compose(&LetterFonts::default(), &two).unwrap();
    assert_eq!(drawn.picture.colour(39, 0), WHITE);
    assert_eq!(drawn.picture.colour(40, 0), red);
    two.colours = 4;
    let drawn = compose(&LetterFonts::default(), &two).unwrap();
    let seen: std::collections::BTreeSet<_> = drawn.picture.pixels().colours().collect();
    assert!(seen.len() <= 4, "{seen:?}");
    two.colours = 3;
    assert!(compose(&LetterFonts::default(), &two).is_none());
}

#[test]
fn a_letter_without_a_glyph_is_left_to_the_terminal() {
    let drawn = compose(
        &LetterFonts::default(),
        &line("가👍나", drawn((3, 2, 2)), (10, 20), ink(BLACK, WHITE)),
    )
    .unwrap();
    assert_eq!(
        drawn.holes,
        [MissingLetter {
            bytes: 3..7,
            column: 3,
            row: 0,
            width: 2
        }]
    );
}

#[test]
fn underlines_run_under_the_spaces_of_a_link_too() {
    let style = Ink {
        underlined: true,
        ..ink(BLACK, WHITE)
    };
    let drawn = compose(
        &LetterFonts::default(),
        &line("가 나", drawn((2, 1, 2)), (10, 20), style),
    )
    .unwrap();
    let is_line = |y: u32| (0..90).all(|x| drawn.picture.colour(x, y) == BLACK);
    assert!((20..40).any(is_line));
}
