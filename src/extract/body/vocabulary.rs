//! Tells by shared words whether a title or subhead belongs to a text.

use std::collections::HashSet;

use crate::extract::body::lines::{is_hangul_letter, key};
use crate::news::hangul::is_alphanumeric;

/// The words of a text: of Hangul words every pair of neighbouring syllables, because particles
/// follow the stem; of other words the whole.
pub(crate) struct Vocabulary(HashSet<String>);

impl Vocabulary {
    pub(crate) fn of(texts: impl Iterator<Item = impl AsRef<str>>) -> Self {
        let mut known = HashSet::new();
        for text in texts {
            known.extend(
                text.as_ref()
                    .split_whitespace()
                    .flat_map(|w| pieces(&key(w))),
            );
        }
        Self(known)
    }

    /// The share of the words of `text` that occur in the vocabulary, between 0 and 1. A Hangul
    /// word is known by its first two syllables; very short words don't count.
    pub(crate) fn knows(&self, text: &str) -> f64 {
        let words: Vec<String> = text
            .split(|c: char| !is_alphanumeric(c))
            .map(key)
            .filter(|w| {
                if w.chars().any(is_hangul_letter) {
                    w.chars().count() >= 2
                } else {
                    w.len() > 2
                }
            })
            .collect();
        let known = words
            .iter()
            .filter(|w| pieces(w).next().is_some_and(|p| self.0.contains(&p)))
            .count();
        if words.is_empty() {
            0.0
        } else {
            known as f64 / words.len() as f64
        }
    }
}

/// The pairs of syllables of a Hangul word, or any other word as a whole.
fn pieces(word: &str) -> impl Iterator<Item = String> + use<> {
    let chars: Vec<char> = word.chars().collect();
    let hangul = chars.first().is_some_and(|&c| is_hangul_letter(c));
    let size = if hangul { 2 } else { chars.len().max(1) };
    chars
        .windows(size)
        .map(|w| w.iter().collect())
        .collect::<Vec<String>>()
        .into_iter()
}
