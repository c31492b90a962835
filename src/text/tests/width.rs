//! Widths against the tables they come from, and what clipping and padding promise.

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;

use super::*;
use crate::text::samples::{policy, text};

const NARROW: WidthPolicy = WidthPolicy {
    ambiguous: Ambiguous::Narrow,
    emoji_vs16: 2,
    emoji_sequence: Sequences::Joined,
};
const WIDE: WidthPolicy = WidthPolicy {
    ambiguous: Ambiguous::Wide,
    ..NARROW
};
const OLD: WidthPolicy = WidthPolicy {
    emoji_vs16: 1,
    emoji_sequence: Sequences::Apart,
    ..NARROW
};

#[test]
fn ambiguous_characters_follow_the_policy() {
    for c in "▲△▶●○■□◆※·…“”‘’ⓒ①℃→☎★½§°±×÷─│▀▄█▌".chars()
    {
        assert_eq!((NARROW.char(c), WIDE.char(c)), (1, 2), "{c}");
    }
    for c in "㎡㎞㈜～ㆍㄱ한漢￦\u{3000}\u{3164}".chars() {
        assert_eq!((NARROW.char(c), WIDE.char(c)), (2, 2), "{c}");
    }
    for c in "₩«»ﾡa~\u{a0}▘▚".chars() {
        assert_eq!(NARROW.char(c), 1, "{c}");
    }
}

#[test]
fn emoji_follow_the_policy() {
    for (cluster, modern, old) in [
        ("👍", 2, 2),
        ("👍🏿", 2, 4),
        ("👨‍👩‍👧‍👦", 2, 8),
        ("🇰🇷", 2, 2),
        ("🇰", 2, 2),
        ("❤️", 2, 1),
        ("1️⃣", 2, 1),
        ("❤️‍🔥", 2, 3),
        ("☎️", 2, 1),
        ("😀\u{fe0f}", 2, 2),
    ] {
        assert_eq!(cluster.graphemes(true).count(), 1);
        assert_eq!(
            (NARROW.grapheme(cluster), OLD.grapheme(cluster)),
            (modern, old),
            "{cluster}"
        );
    }
}

#[test]
fn jamo_make_syllables_of_two_cells() {
    assert_eq!(NARROW.width("\u{1112}\u{1161}\u{11ab}"), 2);
    assert_eq!(NARROW.width("한\u{301}글"), 4);
    assert_eq!(NARROW.width("가\u{200d}나"), 4);
    assert_eq!(NARROW.width("ｶﾞ"), 2);
}

#[test]
fn shortening_never_halves_a_syllable() {
    assert_eq!(NARROW.clip("가나다", 5), ("가나", 4));
    assert_eq!(NARROW.ellipsis("가나다", 6), "가나다");
    assert_eq!(NARROW.ellipsis("가나다라", 6), "가나…");
    assert_eq!(WIDE.ellipsis("가나다라", 6), "가나..");
    assert_eq!(WIDE.ellipsis("가나", 1), ".");
    assert_eq!(NARROW.ellipsis("가나 다라마바", 6), "가나…");
    assert_eq!(
        NARROW.ellipsis("가나…다라마바", 6),
        "가나…",
        "one ellipsis, not two"
    );
    assert_eq!(NARROW.pad("가나다", 4), "가… ");
    assert_eq!(NARROW.pad("가", 4), "가  ");
    assert_eq!(NARROW.pad("가", 0), "");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn clusters_are_those_of_the_standard(text in text()) {
        let ours: Vec<&str> = NARROW.graphemes(&text).map(|(g, _)| g).collect();
        prop_assert_eq!(ours, text.graphemes(true).collect::<Vec<_>>());
    }

    #[test]
    fn single_characters_are_as_wide_as_the_tables_say(c in any::<char>()) {
        prop_assume!(!c.is_control() && !('\u{1f1e6}'..='\u{1f1ff}').contains(&c));
        let s = c.to_string();
        prop_assert_eq!(NARROW.width(&s), s.width());
        prop_assert_eq!(WIDE.width(&s), s.width_cjk());
    }

    #[test]
    fn widths_add_up(text in text(), policy in policy(), cells in 0_usize..60) {
        let whole = policy.width(&text);
        prop_assert_eq!(whole, text.graphemes(true).map(|g| policy.grapheme(g)).sum::<usize>());
        let (head, used) = policy.clip(&text, cells);
        prop_assert!(used <= cells && policy.width(head) == used && text.starts_with(head));
        let (short, padded) = (policy.ellipsis(&text, cells), policy.pad(&text, cells));
        prop_assert!(policy.width(&short) <= cells);
        prop_assert_eq!(policy.width(&padded), cells);
        if whole <= cells {
            prop_assert_eq!(&*short, &text);
        }
    }
}

#[test]
fn skin_tones_and_zwj_sequences_join_or_not_each_by_itself() {
    let of = |emoji_sequence, g| {
        WidthPolicy {
            emoji_sequence,
            ..WidthPolicy::default()
        }
        .grapheme(g)
    };
    for (sequences, tone, family) in [
        (Sequences::Joined, 2, 2),
        (Sequences::Tones, 2, 6),
        (Sequences::Links, 4, 2),
        (Sequences::Apart, 4, 6),
    ] {
        assert_eq!(of(sequences, "👍🏿"), tone, "{sequences:?}");
        assert_eq!(of(sequences, "👨‍👩‍👧"), family, "{sequences:?}");
    }
    assert_eq!(
        of(Sequences::Tones, "☝🏿"),
        2,
        "the tone makes an emoji of a narrow sign"
    );
}
