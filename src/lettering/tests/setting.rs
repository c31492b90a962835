use proptest::prelude::*;

use super::*;

const CELL: (u16, u16) = (10, 20);
const DOUBLE: Scale = Scale::Drawn {
    num: 2,
    den: 1,
    rows: 2,
};

fn line(text: &str) -> SetLine {
    let line = LineText {
        text,
        scale: DOUBLE,
        policy: &WidthPolicy::default(),
        cell: CELL,
    };
    set(&LetterFonts::default(), line, |_| false).unwrap()
}

/// The left edge of the letter at a byte.
fn left(line: &SetLine, byte: usize) -> f32 {
    let found = line.clusters.iter().find(|c| c.bytes.start == byte);
    found.map_or(f32::NAN, |c| c.edges.0)
}

proptest! {
    #[test]
    fn all_spaces_of_a_line_are_equally_wide_and_it_stays_in_its_cells(
        words in prop::collection::vec("[가-힣]{1,5}|[a-zA-Z0-9.,%]{1,9}|[▲“…]", 1..9),
    ) {
        let set = line(&words.join(" "));
        let spaces: Vec<f32> = set
            .clusters
            .iter()
            .filter(|c| c.is_blank)
            .map(|c| c.edges.1 - c.edges.0)
            .collect();
        for space in &spaces {
            prop_assert!((space - spaces[0]).abs() < 0.01, "{spaces:?}");
            prop_assert!((9.9..20.1).contains(space), "{spaces:?}");
        }
        let mut end = 0.0;
        for cluster in &set.clusters {
            prop_assert!((cluster.edges.0 - end).abs() < 0.01, "nothing between two letters");
            end = cluster.edges.1;
        }
        prop_assert!(end <= set.size.0 as f32 + 0.01, "{end} of {}", set.size.0);
    }
}

#[test]
fn two_spaces_hold_a_column_and_one_does_not() {
    let at = |text: &str| left(&line(text), text.find('b').unwrap());
    assert_eq!(at("가 나  b"), 7.0 * 20.0);
    assert_eq!(at("가나다  b"), 8.0 * 20.0);
    assert!(at("가 나 b") < 6.0 * 20.0);
}

#[test]
fn words_that_need_more_than_their_cells_take_it_from_the_spaces_first() {
    let set = line("가 나다");
    assert!(set.clusters.iter().all(|c| c.squeeze == 1.0));
    // In a box of one cell this sign is drawn half as large, not as a spire.
    let set = line("▲▲ ▲");
    assert!(set.clusters.iter().all(|c| c.squeeze > 0.9));
}
