use super::*;
use crate::lettering::Ink;
use crate::picture::Means;
use crate::text::{Scale, WidthPolicy};

const WIDE: Scale = Scale::Drawn {
    num: 3,
    den: 2,
    rows: 2,
};

fn line(text: &str) -> LetterLine {
    LetterLine {
        text: text.to_owned(),
        scale: WIDE,
        policy: WidthPolicy::default(),
        cell: (10, 20),
        colours: 256,
        ground: None,
        inks: vec![(
            text.len(),
            Ink {
                letters: [220; 3],
                ground: [20; 3],
                bold: false,
                underlined: false,
                struck: false,
            },
        )],
    }
}

fn canvas(means: Means) -> Canvas {
    Canvas {
        means,
        ..Canvas::default()
    }
}

fn press() -> LetterPress {
    LetterPress::new(LetterFonts::default(), 7)
}

#[test]
fn a_line_is_drawn_once_and_old_ones_are_dropped() {
    let press = press();
    let sixel = canvas(Means::Sixel);
    press.begin_frame();
    let first = press.strip(line("한국은행이"), &sixel).unwrap();
    press.begin_frame();
    let again = press.strip(line("한국은행이"), &sixel).unwrap();
    assert!(Arc::ptr_eq(&first, &again));
    for n in 0..600 {
        press.begin_frame();
        let text = format!("{n} 기준금리를 연 2.50%로 유지하기로 했다고 밝혔다");
        press.strip(line(&text), &sixel).unwrap();
        let (bytes, count) = press.kept();
        assert!(bytes <= MOST_KEPT + (1 << 20) && count <= MOST_STRIPS);
    }
    let other = press.strip(line("한국은행이"), &sixel).unwrap();
    assert!(!Arc::ptr_eq(&first, &other));
}

#[test]
fn strips_of_one_frame_have_numbers_of_their_own_and_a_bound() {
    let press = press();
    press.begin_frame();
    let placed = canvas(Means::Placed);
    let names: std::collections::BTreeSet<u32> = (0..MOST_STRIPS)
        .filter_map(|n| press.strip(line(&format!("{n}번")), &placed))
        .filter_map(|strip| Some(strip.stored()?.name()))
        .collect();
    assert_eq!(names.len(), MOST_STRIPS);
    assert!(names.iter().all(|name| name & 0xFF != 0 && name >> 24 != 0));
    let long = "가".repeat(120);
    let many = (0..1000).filter(|n| press.strip(line(&format!("{n}{long}")), &placed).is_some());
    let pixels = 120 * 30 * 40;
    assert!(many.count() * pixels <= MOST_PIXELS);
}

#[test]
fn a_page_of_sixels_is_small_enough_to_scroll() {
    let press = press();
    press.begin_frame();
    let text = "한국은행이 기준금리를 연 2.50%로 유지하기로 했다고 27일";
    let sixel = canvas(Means::Sixel);
    let bytes: usize = (10..28)
        .filter_map(|n| press.strip(line(&format!("{n} {text}")), &sixel))
        .filter_map(|strip| strip.part(0..strip.frame.columns, 0..strip.frame.rows))
        .map(|sequence| sequence.len())
        .sum();
    assert!((20_000..250_000).contains(&bytes), "{bytes}");
}

#[test]
fn a_mark_names_its_strip() {
    let press = press();
    press.begin_frame();
    let strip = press.strip(line("가"), &canvas(Means::Sixel)).unwrap();
    for n in 0..3 {
        let mark = press.place(strip.clone(), (n, 0)).unwrap();
        assert_eq!(index_of(&mark.to_string()), Some(usize::from(n)));
    }
    assert_eq!(press.placed().len(), 3);
    for other in ["", " ", "가", "\u{100000}\u{100000}", "\x1b[4X"] {
        assert!(index_of(other).is_none(), "{other:?}");
    }
}

#[test]
fn a_pointer_finds_letters_where_they_are_drawn() {
    let press = LetterPress::new(LetterFonts::default(), 1);
    let text = "가 나 다";
    let line = LineText {
        text,
        scale: Scale::Drawn {
            num: 2,
            den: 1,
            rows: 2,
        },
        policy: &WidthPolicy::default(),
        cell: (10, 20),
    };
    let pieces = press.pieces(line, |_| false).unwrap();
    let places: Vec<(&str, usize)> = pieces
        .iter()
        .map(|piece| (&text[piece.bytes.clone()], piece.column))
        .collect();
    // A space is not the two columns that the line breaker counts, but 14 pixels.
    let wanted = [("가", 0), (" ", 4), ("나", 5), (" ", 9), ("다", 11)];
    assert_eq!(places, wanted);
    let plain = LineText {
        scale: Scale::Cells,
        ..line
    };
    assert!(press.pieces(plain, |_| false).is_none());
}
