//! Hangul syllables among the characters. A `match` that sorts characters into several classes in a
//! hot loop names the range in an arm of its own instead, which the compiler makes one jump of.

/// Whether `c` is a precomposed Hangul syllable, U+AC00 (가) to U+D7A3 (힣). Jamo, the letters
/// that syllables are made of, are not counted.
#[inline]
pub const fn is_hangul_syllable(c: char) -> bool {
    matches!(c, '가'..='힣')
}
