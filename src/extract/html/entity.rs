//! Character references: `&amp;`, `&#44032;`, `&#xAC00;`.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memchr;

use crate::news::word_list;

/// The longest name in the table.
const LONGEST: usize = 31;
/// The longest name that counts without its semicolon.
const LONGEST_OPEN: usize = 6;

/// A list of lines rather than web_atoms' map, which has every beginning of every name in it and
/// makes the program half a megabyte larger.
const WORDS: &str = include_str!("../../../assets/words/character_references.txt");

static NAMES: LazyLock<Vec<(&str, Pair)>> = LazyLock::new(|| {
    let lines = word_list::section(WORDS, "names").into_iter();
    lines
        .filter_map(|line| {
            let (name, numbers) = line.split_once(' ')?;
            let mut chars = numbers
                .split(' ')
                .filter_map(|hex| u32::from_str_radix(hex, 16).ok())
                .filter_map(char::from_u32);
            Some((name, [chars.next()?, chars.next().unwrap_or('\0')]))
        })
        .collect()
});
static OPEN: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "open"));

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

/// One or two characters, the second NUL where there is but one.
type Pair = [char; 2];
/// What a reference stands for, and the bytes that named it.
type Resolved = (Pair, usize);

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
    let is_closed = tail.as_bytes().get(len) == Some(&b';');
    if is_closed && let Some(pair) = pair(&tail[..len]) {
        return Some((pair, len + 1));
    }
    // The longest first: `&ampx`.
    let open = (2..=len.min(LONGEST_OPEN))
        .rev()
        .find(|n| OPEN.binary_search(&&tail[..*n]).is_ok())?;
    Some((pair(&tail[..open])?, open))
}

fn pair(name: &str) -> Option<Pair> {
    // Nearly all that feeds hold, without a search.
    let character = match name {
        "amp" => '&',
        "gt" => '>',
        "lt" => '<',
        "nbsp" => '\u{a0}',
        "quot" => '"',
        _ => {
            let at = NAMES.binary_search_by_key(&name, |(known, _)| known).ok()?;
            return Some(NAMES[at].1);
        }
    };
    Some([character, '\0'])
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
    fn every_name_of_the_standard_is_resolved() {
        let of_the_standard = web_atoms::NAMED_ENTITIES.entries();
        let mut names = 0;
        for (name, (first, second)) in of_the_standard.filter(|(_, (first, _))| *first != 0) {
            let expected: String = [*first, *second]
                .into_iter()
                .filter(|number| *number != 0)
                .filter_map(char::from_u32)
                .collect();
            assert_eq!(resolve(&format!("&{name}")), expected, "&{name}");
            names += usize::from(name.ends_with(';'));
        }
        assert_eq!(names, NAMES.len(), "a name that is none of the standard's");
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
