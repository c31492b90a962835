//! Hangul syllables among the characters. A `match` that sorts characters into several classes in a
//! hot loop names the range in an arm of its own instead, which the compiler makes one jump of.

/// Whether `c` is a precomposed Hangul syllable, U+AC00 (가) to U+D7A3 (힣). Jamo, the letters
/// that syllables are made of, are not counted.
#[inline]
pub const fn is_hangul_syllable(c: char) -> bool {
    matches!(c, '가'..='힣')
}

/// As [`char::is_alphanumeric`], which searches Unicode's tables for each Hangul syllable: a tenth
/// of the time that an article of Korean lines took.
#[inline]
pub(crate) fn is_alphanumeric(c: char) -> bool {
    is_alphabetic(c)
        || (if c.is_ascii() {
            c.is_ascii_digit()
        } else {
            c.is_numeric()
        })
}

/// As [`char::is_alphabetic`], without a search for Hangul and ASCII.
#[inline]
pub(crate) fn is_alphabetic(c: char) -> bool {
    match c {
        '가'..='힣' => true,
        _ if c.is_ascii() => c.is_ascii_alphabetic(),
        _ => c.is_alphabetic(),
    }
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

/// Appends `text`: Hangul syllables, ideographs from U+5000 and the ASCII characters that `keeps`
/// names go over in runs, and `other` is called for each other character. Every line of a page is
/// read so, and most of its letters need no look of their own.
pub(crate) fn push_runs(
    out: &mut String,
    text: &str,
    keeps: impl Fn(u8) -> bool,
    mut other: impl FnMut(&mut String, char),
) {
    let bytes = text.as_bytes();
    let next = |at: usize| bytes.get(at + 1).copied().unwrap_or_default();
    let (mut from, mut at) = (0, 0);
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            0..0x80 if keeps(byte) => 1,
            0xe5..=0xe9 | 0xeb | 0xec => 3,
            // 가 is EA B0 80, 힣 is ED 9E A3.
            0xea if next(at) >= 0xb0 => 3,
            0xed if next(at) < 0x9e => 3,
            _ => {
                out.push_str(&text[from..at]);
                let c = text[at..].chars().next().unwrap_or_default();
                other(out, c);
                from = at + c.len_utf8();
                c.len_utf8()
            }
        };
    }
    out.push_str(&text[from..]);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_go_over_whole_and_the_rest_one_by_one() {
        let text = "a B 가힣ힰ 一水鿿é\u{3000}나ꥠ";
        let mut out = String::new();
        let mut others = String::new();
        push_runs(&mut out, text, |b| b == b'a', |_, c| others.push(c));
        assert_eq!(out, "a가水鿿나");
        assert_eq!(others, " B 힣ힰ 一é\u{3000}ꥠ");
        let mut all = String::new();
        push_runs(&mut all, text, |_| false, String::push);
        assert_eq!(all, text);
    }
}
