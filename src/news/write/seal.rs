//! The mark in a written scrap: the scrap's id, and a hash of the rest of the file.
//!
//! With it a file is recognised under any name, the reader's changes are noticed before the file is
//! overwritten, and a truncated file is told from a complete one.

use std::fmt::Write as _;

use crate::news::ArticleId;

/// The beginning of the mark.
const SIGN: &str = "gisa-";
/// Number of hexadecimal digits of the id, and of the hash.
const DIGITS: usize = 16;
/// The mark is within this many bytes at the beginning of a file.
pub const HEAD: usize = 512;

/// The mark of `id` with zeros for the hash. It is to be written once, near the beginning of a
/// file, which is then [`close`]d.
pub(super) fn open(id: ArticleId) -> String {
    format!("{SIGN}{id}-{}", "0".repeat(DIGITS))
}

/// Puts the hash of the text in its mark.
pub(super) fn close(mut text: String) -> String {
    if let Some(at) = hash_at(&text) {
        let hash = hash(&text);
        text.replace_range(at..at + DIGITS, &hash);
    }
    text
}

/// The scrap that a file contains; `head` is at least its first [`HEAD`] bytes.
pub fn id(head: &str) -> Option<ArticleId> {
    let at = hash_at(head)?;
    u64::from_str_radix(head.get(at - 1 - DIGITS..at - 1)?, 16)
        .ok()
        .map(ArticleId)
}

/// Whether a file is unchanged and complete.
pub fn is_unchanged(text: &str) -> bool {
    let Some(at) = hash_at(text) else {
        return false;
    };
    let Some(told) = text.get(at..at + DIGITS).map(str::to_owned) else {
        return false;
    };
    let mut bare = text.to_owned();
    bare.replace_range(at..at + DIGITS, &"0".repeat(DIGITS));
    hash(&bare) == told
}

/// Byte position of the hash in the text.
fn hash_at(text: &str) -> Option<usize> {
    let head = text.get(..text.len().min(HEAD)).unwrap_or_else(|| {
        let end = (0..=HEAD)
            .rev()
            .find(|&at| text.is_char_boundary(at))
            .unwrap_or(0);
        &text[..end]
    });
    let hex = |s: &str| s.len() == DIGITS && s.bytes().all(|b| b.is_ascii_hexdigit());
    head.match_indices(SIGN)
        .map(|(at, _)| at + SIGN.len())
        .find_map(|at| {
            let id = head.get(at..at + DIGITS)?;
            let hash = head.get(at + DIGITS + 1..at + 2 * DIGITS + 1)?;
            (hex(id) && hex(hash) && head.as_bytes().get(at + DIGITS) == Some(&b'-'))
                .then_some(at + DIGITS + 1)
        })
}

fn hash(text: &str) -> String {
    let mut out = String::with_capacity(DIGITS);
    for byte in blake3::hash(text.as_bytes())
        .as_bytes()
        .iter()
        .take(DIGITS / 2)
    {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_anywhere_and_a_cut_anywhere_are_noticed() {
        let id = ArticleId(0xfedc_ba98_7654_3210);
        let text = close(format!("---\ngisa: {}\n---\n가나다 gisa-0\n", open(id)));
        assert!(is_unchanged(&text));
        assert_eq!(super::id(&text), Some(id));
        for (at, c) in text.char_indices() {
            assert!(!is_unchanged(&text[..at]), "{at}");
            let mut other = text.clone();
            other.replace_range(at..at + c.len_utf8(), if c == 'x' { "y" } else { "x" });
            assert!(!is_unchanged(&other), "{at} {c}");
        }
    }

    #[test]
    fn no_other_text_carries_a_mark() {
        for text in [
            "",
            "gisa-",
            "gisa-0123456789abcdef",
            "gisa-0123456789abcdeg-0123456789abcdef",
            &"가".repeat(400),
        ] {
            assert_eq!((id(text), is_unchanged(text)), (None, false), "{text}");
        }
    }
}
