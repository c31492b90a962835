//! A text encoding in which each Hangul syllable takes two bytes instead of the three of UTF-8. It
//! makes a Korean article a third smaller on disk and in memory.
//!
//! A syllable is encoded as its number (0 to 11,171) in two bytes, with 0x80 added to the first,
//! which places that between ASCII and the first bytes of multi-byte UTF-8 characters. Everything
//! else is encoded as in UTF-8.

/// Code point of the first syllable.
const FIRST: u32 = '가' as u32;

/// Subtracted from the upper byte of a syllable's code point, so that the first becomes 0x80.
const LIFT: u8 = (FIRST >> 8) as u8 - 0x80;

/// Appends the encoded `text` to `out`.
pub(super) fn shorten(text: &str, out: &mut Vec<u8>) {
    let start = out.len();
    // Encoded where it stands, since nothing becomes longer.
    out.extend_from_slice(text.as_bytes());
    let bytes = &mut out[start..];
    let (mut from, mut to) = (0, 0);
    while from < bytes.len() {
        if let Some([a @ 0xea..=0xed, b, c]) = bytes.get(from..from + 3) {
            let (high, low) = (
                (a << 4 | (b >> 2 & 0xf)).wrapping_sub(LIFT),
                b << 6 | (c & 0x3f),
            );
            if (0x80..0xab).contains(&high) || (high == 0xab && low < 0xa4) {
                [bytes[to], bytes[to + 1]] = [high, low];
                (from, to) = (from + 3, to + 2);
                continue;
            }
        }
        bytes[to] = bytes[from];
        (from, to) = (from + 1, to + 1);
    }
    out.truncate(start + to);
}

/// Decodes `stored`. Damaged bytes become arbitrary letters or U+FFFD.
pub(super) fn lengthen(stored: &[u8]) -> String {
    let mut out = String::with_capacity(stored.len() / 2 * 3);
    let mut rest = stored;
    loop {
        rest = match rest {
            [byte @ ..0x80, rest @ ..] => {
                out.push(char::from(*byte));
                rest
            }
            [high @ 0x80..0xac, low, rest @ ..] => {
                let number = u32::from(high & 0x7f) << 8 | u32::from(*low);
                out.push(char::from_u32(FIRST + number).unwrap_or(char::REPLACEMENT_CHARACTER));
                rest
            }
            [lead, ..] => {
                let length = match lead {
                    0xc0..0xe0 => 2,
                    0xe0..0xf0 => 3,
                    0xf0.. => 4,
                    _ => 1,
                };
                let (letter, rest) = rest.split_at(length.min(rest.len()));
                out.push_str(std::str::from_utf8(letter).unwrap_or("\u{fffd}"));
                rest
            }
            [] => return out,
        };
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_syllable_takes_two_bytes() {
        let mut out = Vec::new();
        shorten("가힣 <p>漢“あ”😀ꥠ\u{d7b0}é", &mut out);
        assert_eq!(out.len(), 4 + 4 + 3 + 3 + 3 + 3 + 4 + 3 + 3 + 2);
        assert_eq!(lengthen(&out), "가힣 <p>漢“あ”😀ꥠ\u{d7b0}é");
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "([가-힣a-z <>\n]|\\PC|[\u{a000}-\u{d7ff}]){0,40}") {
            let mut out = Vec::new();
            shorten(&text, &mut out);
            prop_assert!(out.len() <= text.len());
            prop_assert_eq!(lengthen(&out), text);
        }

        #[test]
        fn damage_is_no_panic(bytes in proptest::collection::vec(any::<u8>(), 0..40)) {
            lengthen(&bytes);
        }
    }
}
