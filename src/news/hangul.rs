//! Hangul syllables among the characters. A `match` that sorts characters into several classes in a
//! hot loop names the range in an arm of its own instead, which the compiler makes one jump of.

/// Whether `c` is a precomposed Hangul syllable, U+AC00 (가) to U+D7A3 (힣). Jamo, the letters
/// that syllables are made of, are not counted.
#[inline]
pub const fn is_hangul_syllable(c: char) -> bool {
    matches!(c, '가'..='힣')
}

/// Appends a letter in lower case. Hangul has no case, and Unicode's tables are slow to ask.
#[inline]
pub(crate) fn push_lower(text: &mut String, c: char) {
    match c {
        '가'..='힣' => text.push(c),
        _ if c.is_ascii() => text.push(c.to_ascii_lowercase()),
        _ => text.extend(c.to_lowercase()),
    }
}

/// Numbers of the letters of a Hangul syllable: the initial (0–18), the vowel (0–20) and the final
/// consonant (0 for none, 1–27).
pub(crate) fn letters_of(c: char) -> Option<(u32, u32, u32)> {
    let code = (c as u32).wrapping_sub(FIRST_SYLLABLE);
    is_hangul_syllable(c).then_some((code / 588, code / 28 % 21, code % 28))
}

/// The syllable of these letters; the inverse of [`letters_of`].
pub(crate) fn syllable(initial: u32, vowel: u32, last: u32) -> Option<char> {
    char::from_u32(FIRST_SYLLABLE + initial * 588 + vowel * 28 + last)
        .filter(|c| is_hangul_syllable(*c))
}

/// 가.
const FIRST_SYLLABLE: u32 = 0xac00;
