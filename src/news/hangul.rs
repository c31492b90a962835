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
