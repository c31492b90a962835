//! Text in the form in which it is compared (composed, lower case, one space for any run of white
//! space), and the terms by which it is indexed.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::news::clean::is_compatibility;

/// `text` in the form in which it is compared.
pub fn fold(text: &str) -> String {
    if is_nfc(text) {
        fold_clean(text)
    } else {
        fold_clean(&text.nfc().collect::<String>())
    }
}

/// Like [`fold`], for text that is composed already, except for its compatibility ideographs, as
/// every `Clean` is.
pub fn fold_clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    loop {
        // Most text is Hangul with single spaces, which folding does not change.
        let same = unfolded(rest);
        out.push_str(&rest[..same]);
        rest = &rest[same..];
        if rest.is_empty() {
            return out;
        }
        let changed = rest.find(is_same).unwrap_or(rest.len());
        fold_composed(&rest[..changed], &mut out, |_, _| {});
        rest = &rest[changed..];
    }
}

/// Number of bytes at the start of `text` that folding does not change.
fn unfolded(text: &str) -> usize {
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        // A space at the end is left out: it may be the start of a run.
        if !(is_same(c) || (c == ' ' && is_same(last))) {
            return if last == ' ' {
                at.saturating_sub(1)
            } else {
                at
            };
        }
        last = c;
    }
    if last == ' ' {
        text.len().saturating_sub(1)
    } else {
        text.len()
    }
}

/// Whether folding never changes this character, whatever is beside it. A single range test,
/// because every text that is searched passes through here.
#[inline]
fn is_same(c: char) -> bool {
    matches!(c, '가'..='힣' | 'a'..='z' | '!'..='@' | '['..='`' | '{'..='~')
}

/// Folds `text` into `out`. For each character it calls `tell` with its position in `text` and that
/// of its folded form in `out`.
pub(super) fn fold_composed(text: &str, out: &mut String, mut tell: impl FnMut(usize, usize)) {
    let mut blank = false;
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            if !blank {
                tell(at, out.len());
                out.push(' ');
            }
            blank = true;
            continue;
        }
        blank = false;
        tell(at, out.len());
        match c {
            // First, because most characters are Hangul, which has no case.
            '가'..='힣' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            _ if c.is_ascii() => out.push(c),
            // 李 has two codes in Korean text; `Clean` keeps the one that was written.
            _ if is_compatibility(c) => out.extend(std::iter::once(c).nfc()),
            _ => out.extend(c.to_lowercase()),
        }
    }
}

/// The terms of a text that is composed as [`fold_clean`] requires: every character of its folded
/// form, and every pair of neighbours without a space between them, hashed. Terms may be repeated.
///
/// A text that contains another as a substring has all of its terms.
pub fn grams(text: &str, mut tell: impl FnMut(u32)) {
    // The previous character; 0 if that was a space.
    let mut last = 0;
    let mut letters = ['\0'; 3];
    for c in text.chars() {
        // Nearly always a single Hangul syllable. This is not in a function of its own, because
        // `tell`'s state could not stay in registers then.
        let count = match c {
            ' ' => 0,
            '가'..='힣' => {
                letters[0] = c;
                1
            }
            _ => folded(c, &mut letters),
        };
        if count == 0 {
            last = 0;
        }
        for &c in letters.iter().take(count) {
            let c = u64::from(c);
            tell(mix(c));
            if last != 0 {
                tell(mix(last << 32 | c));
            }
            last = c;
        }
    }
}

/// Writes the folded form of a character to `letters`, nothing for white space. Returns its length.
fn folded(c: char, letters: &mut [char; 3]) -> usize {
    let mut put = |folded: &mut dyn Iterator<Item = char>| {
        letters
            .iter_mut()
            .zip(folded)
            .map(|(place, letter)| *place = letter)
            .count()
    };
    match c {
        '!'..='~' => {
            letters[0] = c.to_ascii_lowercase();
            1
        }
        _ if c.is_whitespace() => 0,
        _ if is_compatibility(c) => put(&mut std::iter::once(c).nfc()),
        _ => put(&mut c.to_lowercase()),
    }
}

/// A hash that must never change, because indexes on disk contain its values (the finaliser of
/// SplitMix64, upper half).
#[inline]
fn mix(mut z: u64) -> u32 {
    z = (z ^ (z >> 30))
        .wrapping_add(0x9e37_79b9_7f4a_7c15)
        .wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (z >> 32) as u32
}

/// Byte ranges of `text` where the folded `needles` occur, merged.
pub(super) fn spans(text: &str, needles: &[&str]) -> Vec<Range<usize>> {
    // Starts of characters: (in the folded text, in `text`).
    let mut letters = Vec::new();
    let mut folded = String::with_capacity(text.len());
    fold_composed(text, &mut folded, |at, folded| letters.push((folded, at)));
    letters.push((folded.len(), text.len()));
    let mut found: Vec<Range<usize>> = Vec::new();
    for needle in needles.iter().filter(|n| !n.is_empty()) {
        for (start, hit) in folded.match_indices(needle) {
            let first = letters
                .partition_point(|&(f, _)| f <= start)
                .saturating_sub(1);
            let last = letters.partition_point(|&(f, _)| f < start + hit.len());
            found.push(letters[first].1..letters[last.min(letters.len() - 1)].1);
        }
    }
    found.sort_by_key(|r| (r.start, r.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for span in found {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}
