//! Text in the form in which it is compared (composed, lower case, without accents, wide letters
//! and raised or lowered digits as plain ones, one space for any run of white space), and the terms
//! by which it is indexed.

use std::ops::Range;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

use crate::news::clean::is_compatibility;
use crate::news::hangul::is_hangul_syllable;
use crate::news::order::Order as _;

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
            _ => match plain(c) {
                Some(plain) => out.push(plain),
                None => out.extend(c.to_lowercase()),
            },
        }
    }
}

/// The plain lower-case letter or digit that stands for `c` where texts are compared: ａ for Ａ, e
/// for é, 2 for ₂ and ²; `None` where there is none.
fn plain(c: char) -> Option<char> {
    let ascii = |offset: u32| char::from_u32(c as u32 - offset);
    match c {
        '！'..='～' => ascii(0xfee0).map(|c| c.to_ascii_lowercase()),
        '₀'..='₉' => ascii('₀' as u32 - '0' as u32),
        '⁰' | '⁴'..='⁹' => ascii('⁰' as u32 - '0' as u32),
        '¹' => Some('1'),
        '²' => Some('2'),
        '³' => Some('3'),
        'À'..='ɏ' | 'Ḁ'..='ỿ' => {
            let base = std::iter::once(c).nfd().next()?;
            base.is_ascii_alphabetic()
                .then(|| base.to_ascii_lowercase())
        }
        _ => None,
    }
}

/// The terms of a text that is composed as [`fold_clean`] requires: every character of its folded
/// form, and every pair of neighbours, hashed. White space parts neighbours, except between Hangul
/// syllables, where texts differ in it. Terms may be repeated.
///
/// A text that contains another as a substring has all of its terms.
pub fn grams(text: &str, mut tell: impl FnMut(u32)) {
    // The previous character; 0 if that was a space.
    let mut last = 0;
    // The Hangul syllable before white space.
    let mut before = 0;
    let mut letters = ['\0'; 3];
    let mut rest = text.as_bytes();
    // Nearly all characters are Hangul syllables and ASCII: decoded here, since the standard
    // library's way is a call for each character in a program optimised for size. Nor is the loop
    // in functions of its own, because `tell`'s state could not stay in registers then.
    loop {
        let c;
        (c, rest) = match *rest {
            [a @ ..0x80, ref after @ ..] => (char::from(a), after),
            [a @ 0xea..=0xed, b, c, ref after @ ..] => {
                let (a, b, c) = (u32::from(a & 0xf), u32::from(b & 0x3f), u32::from(c & 0x3f));
                let c = char::from_u32(a << 12 | b << 6 | c);
                (c.unwrap_or_default(), after)
            }
            [] => return,
            _ => {
                let c = text[text.len() - rest.len()..].chars().next();
                let c = c.unwrap_or_default();
                (c, rest.get(c.len_utf8()..).unwrap_or_default())
            }
        };
        let count = match c {
            ' ' => 0,
            '가'..='힣' => {
                letters[0] = c;
                if last == 0 {
                    last = before;
                }
                1
            }
            _ => folded(c, &mut letters),
        };
        if count == 0 {
            before = if last == 0 {
                before
            } else {
                hangul_or_none(last)
            };
            last = 0;
        } else {
            before = 0;
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

/// The character, where it is a Hangul syllable; else 0.
#[inline]
fn hangul_or_none(c: u64) -> u64 {
    if (0xac00..=0xd7a3).contains(&c) { c } else { 0 }
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
        _ => match plain(c) {
            Some(plain) => put(&mut std::iter::once(plain)),
            None => put(&mut c.to_lowercase()),
        },
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
        for hit in occurrences(&folded, needle) {
            let first = letters
                .partition_point(|&(f, _)| f <= hit.start)
                .saturating_sub(1);
            let last = letters.partition_point(|&(f, _)| f < hit.end);
            found.push(letters[first].1..letters[last.min(letters.len() - 1)].1);
        }
    }
    found.order_by_key(|r| (r.start, r.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for span in found {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// Fewest syllables of a text that is found across spaces: `사이` is not in `의사 이야기`.
const LEAST_SPACED: usize = 3;

/// Whether `needle` is found across spaces: whether it has enough syllables side by side.
pub(super) fn crosses_spaces(needle: &str) -> bool {
    needle.chars().filter(|c| is_hangul_syllable(*c)).count() >= LEAST_SPACED
}

/// Whether `text` contains `needle`, both folded; spaces between Hangul syllables don't count.
pub(super) fn contains(text: &str, needle: &str) -> bool {
    text.contains(needle) || (crosses_spaces(needle) && spaced(text, needle).next().is_some())
}

/// Where `needle` occurs in `text`, both folded; spaces between Hangul syllables don't count.
fn occurrences(text: &str, needle: &str) -> Vec<Range<usize>> {
    let plain = text.match_indices(needle);
    let mut found: Vec<Range<usize>> = plain.map(|(at, hit)| at..at + hit.len()).collect();
    if crosses_spaces(needle) {
        found.extend(spaced(text, needle));
    }
    found
}

/// Where `needle` occurs across other spaces than its own. Where the text has a space that the
/// needle lacks, the place must begin a word.
fn spaced<'a>(text: &'a str, needle: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let first = needle.chars().next();
    let begins = first.map(|c| text.match_indices(c)).into_iter().flatten();
    begins.filter_map(move |(start, _)| {
        let (end, crossed) = end_of_spaced(&text[start..], needle)?;
        let begins_word = || {
            let before = text[..start].chars().next_back();
            before.is_none_or(|c| !c.is_alphanumeric())
        };
        (!crossed || begins_word()).then(|| start..start + end)
    })
}

/// The length of the beginning of `text` that is `needle` but for spaces between Hangul syllables,
/// and whether there is a space that the needle lacks.
fn end_of_spaced(text: &str, needle: &str) -> Option<(usize, bool)> {
    let mut rest = text.char_indices().peekable();
    let mut wanted = needle.chars().peekable();
    let (mut last, mut crossed, mut end) = ('\0', false, 0);
    while let Some(&c) = wanted.peek() {
        let (at, found) = *rest.peek()?;
        if c == found {
            wanted.next();
            rest.next();
            last = c;
            end = at + c.len_utf8();
        } else if !is_hangul_syllable(last) {
            return None;
        } else if found == ' ' && is_hangul_syllable(c) {
            rest.next();
            crossed = true;
        } else if c == ' ' && is_hangul_syllable(found) {
            wanted.next();
        } else {
            return None;
        }
    }
    Some((end, crossed))
}
