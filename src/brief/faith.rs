//! Whether a line keeps to the article: which sentence supports it, and what it says that the article does not.

use super::Sentence;
use super::tokens::{Lexicon, counts, dot, weigh};

/// A line that shares less than this with every sentence is supported by none.
const SUPPORT: f64 = 0.2;

/// The sentence that holds most of what `line` says; `None` where none holds enough.
pub fn support(line: &str, sentences: &[Sentence]) -> Option<usize> {
    let mut lexicon = Lexicon::default();
    let even = |_| 1.0;
    let line = weigh(&counts(lexicon.grams(line, 2)), even);
    let mut best: Option<(usize, f64)> = None;
    for (i, s) in sentences.iter().enumerate() {
        let likeness = dot(&line, &weigh(&counts(lexicon.grams(&s.text, 2)), even));
        if likeness >= SUPPORT && best.is_none_or(|(_, b)| likeness > b) {
            best = Some((i, likeness));
        }
    }
    best.map(|(i, _)| i)
}
