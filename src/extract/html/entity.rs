//! Character references: `&amp;`, `&#44032;`, `&#xAC00;`.

use std::borrow::Cow;

use memchr::memchr;
use web_atoms::NAMED_ENTITIES;

/// The longest name in the table, with its semicolon.
const LONGEST: usize = 32;

/// `raw` with its character references resolved; what is no reference stays as it stands.
pub(crate) fn resolve(raw: &str) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', raw.as_bytes()) else {
        return Cow::Borrowed(raw);
    };
    let mut out = String::with_capacity(raw.len());
    out.push_str(&raw[..first]);
    let mut rest = &raw[first..];
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        match numeric(tail).or_else(|| named(tail)) {
            Some((text, used)) => {
                text.into_iter()
                    .filter(|c| *c != '\0')
                    .for_each(|c| out.push(c));
                rest = &tail[used..];
            }
            None => {
                out.push('&');
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// One or two characters (the second NUL where there is but one) and the bytes that named them.
type Resolved = ([char; 2], usize);

fn numeric(tail: &str) -> Option<Resolved> {
    let digits = tail.strip_prefix('#')?;
    let (radix, digits, lead) = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => (16, hex, 2),
        None => (10, digits, 1),
    };
    let len = digits
        .bytes()
        .take_while(|b| char::from(*b).is_digit(radix))
        .count();
    if len == 0 {
        return None;
    }
    let value = u32::from_str_radix(&digits[..len], radix).unwrap_or(0xfffd);
    let used = lead + len + usize::from(digits.as_bytes().get(len) == Some(&b';'));
    Some(([windows_1252(value), '\0'], used))
}

/// Numbers 128 to 159 mean the characters of windows-1252, as in every browser.
fn windows_1252(value: u32) -> char {
    match u8::try_from(value) {
        Ok(byte @ 0x80..=0x9f) => {
            let text = encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(&[byte])
                .0
                .into_owned();
            text.chars().next().unwrap_or('\u{fffd}')
        }
        _ => char::from_u32(value)
            .filter(|c| *c != '\0')
            .unwrap_or('\u{fffd}'),
    }
}

fn named(tail: &str) -> Option<Resolved> {
    let len = tail
        .bytes()
        .take(LONGEST)
        .take_while(u8::is_ascii_alphanumeric)
        .count();
    let closed = tail.as_bytes().get(len) == Some(&b';');
    let look = |name: &str| {
        NAMED_ENTITIES
            .get(name)
            .filter(|(first, _)| *first != 0)
            .copied()
    };
    let found = |(a, b): (u32, u32), used| {
        Some((
            [
                char::from_u32(a).unwrap_or('\u{fffd}'),
                char::from_u32(b).unwrap_or('\0'),
            ],
            used,
        ))
    };
    if closed && let Some(pair) = look(&tail[..=len]) {
        return found(pair, len + 1);
    }
    // Old names count without a semicolon, the longest first: `&ampx`; at most six letters.
    (2..=len.min(6))
        .rev()
        .find_map(|n| look(&tail[..n]).and_then(|pair| found(pair, n)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        assert_eq!(
            resolve("A&amp;B &lt;가&gt; &#44032;&#xB098;&hellip;&nbsp;&#39;"),
            "A&B <가> 가나…\u{a0}'"
        );
        assert_eq!(resolve("&lsquo;말&rsquo; &middot; &#150;"), "‘말’ · –");
    }

    #[test]
    fn what_is_no_reference_stays() {
        assert_eq!(
            resolve("R&D & A&T; &#; &nosuch; &"),
            "R&D & A&T; &#; &nosuch; &"
        );
        assert_eq!(resolve("a&b=1&copy=2"), "a&b=1©=2");
    }

    #[test]
    fn forbidden_numbers_become_the_replacement() {
        assert_eq!(
            resolve("&#0;&#xD800;&#99999999999;"),
            "\u{fffd}\u{fffd}\u{fffd}"
        );
    }
}
