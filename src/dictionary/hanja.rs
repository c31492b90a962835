//! Hanja: how they are read, and what a single one stands for in a headline.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::news::hangul::{is_hangul_syllable, letters_of, syllable};
use crate::news::word_list;

const WORDS: &str = include_str!("../../assets/words/hanja.txt");

/// How each is read.
static READINGS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let mut readings = HashMap::new();
    for line in word_list::section(WORDS, "readings") {
        let mut read = None;
        for group in line.split_whitespace() {
            let mut chars = group.chars();
            match (chars.next(), chars.next()) {
                (Some(c), None) if is_hangul_syllable(c) => read = Some(c),
                _ => {
                    for c in group.chars() {
                        read.map(|read| readings.entry(c).or_insert(read));
                    }
                }
            }
        }
    }
    readings
});

/// What a single one stands for.
static SHORT_FOR: LazyLock<HashMap<char, &str>> = LazyLock::new(|| {
    let lines = word_list::section(WORDS, "short for");
    let split = |line: &'static str| {
        let (hanja, meaning) = line.split_once(' ')?;
        Some((hanja.chars().next()?, meaning))
    };
    lines.into_iter().filter_map(split).collect()
});

/// Whether a character is a hanja.
pub(super) fn is_hanja(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// How the hanja of a text are read, by the rule for first sounds (女子 is 여자); `None` where one
/// of them is not known.
pub fn reading(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut first = true;
    for c in text.chars() {
        if is_hanja(c) {
            let read = *READINGS.get(&c)?;
            out.push(if first { as_first(read) } else { read });
        } else {
            out.push(c);
        }
        first = !(is_hanja(c) || is_hangul_syllable(c));
    }
    Some(out)
}

/// What a single hanja stands for in a headline: 美 for 미국.
pub fn gloss(hanja: char) -> Option<&'static str> {
    SHORT_FOR.get(&hanja).copied()
}

/// A reading at the beginning of a word: ㄹ and ㄴ go before ㅣ and its kin, ㄹ is ㄴ elsewhere.
fn as_first(read: char) -> char {
    let Some((initial, vowel, last)) = letters_of(read) else {
        return read;
    };
    // ㅑ ㅕ ㅖ ㅛ ㅠ ㅣ
    let is_soft = matches!(vowel, 2 | 6 | 7 | 12 | 17 | 20);
    let initial = match initial {
        2 | 5 if is_soft => 11,
        5 => 2,
        other => other,
    };
    syllable(initial, vowel, last).unwrap_or(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hanja_are_read_by_their_place_in_the_word() {
        for (hanja, read) in [
            ("大統領", "대통령"),
            ("女子", "여자"),
            ("勞動", "노동"),
            ("理事", "이사"),
            ("與野", "여야"),
            ("無함성", "무함성"),
            ("韓國銀行", "한국은행"),
        ] {
            assert_eq!(reading(hanja).as_deref(), Some(read), "{hanja}");
        }
        assert_eq!(reading("龘"), None);
        assert_eq!(gloss('美'), Some("미국"));
        assert_eq!(gloss('가'), None);
    }
}
