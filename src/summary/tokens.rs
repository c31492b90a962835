//! Words and character n-grams as small numbers, for comparing sentences without a dictionary.
//!
//! A Korean eojeol loses its longest known particle or ending where at least two syllables remain.
//! Measured on news, this compares sentences as well as morphological analysis does.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::characters::is_letter;
use crate::news::hangul::is_hangul_syllable;
use crate::news::order::Order as _;
use crate::news::word_list;

/// Particles, endings of `하다` verbs and the like by their last syllable: sorted by syllable for the
/// binary search, the longest ending first.
static ENDINGS: LazyLock<Vec<(char, Vec<&str>)>> = LazyLock::new(|| {
    let words = include_str!("../../assets/words/endings.txt");
    let mut by_syllable = BTreeMap::<char, Vec<&str>>::new();
    for ending in word_list::section(words, "endings") {
        let last = ending.chars().next_back().unwrap_or_default();
        by_syllable.entry(last).or_default().push(ending);
    }
    for endings in by_syllable.values_mut() {
        endings.order_by_key(|e| std::cmp::Reverse(e.len()));
    }
    by_syllable.into_iter().collect()
});

/// The eojeol without its particle or ending; unchanged where fewer than two characters would
/// remain.
pub(crate) fn stem(word: &str) -> &str {
    let Some(last) = word.chars().next_back().filter(|c| is_hangul_syllable(*c)) else {
        return word;
    };
    let Ok(at) = ENDINGS.binary_search_by_key(&last, |t| t.0) else {
        return word;
    };
    let rest = ENDINGS[at]
        .1
        .iter()
        .filter_map(|tail| word.strip_suffix(tail));
    rest.into_iter()
        .find(|rest| rest.chars().nth(1).is_some())
        .unwrap_or(word)
}

/// The runs of letters and digits in `text`, in lower case.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    text.split(|c: char| !is_letter(c))
        .filter(|w| !w.is_empty())
        .map(|w| {
            if w.chars().any(char::is_uppercase) {
                Cow::Owned(w.to_lowercase())
            } else {
                Cow::Borrowed(w)
            }
        })
}

/// Numbers strings from 0 in the order of their first appearance.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    ids: HashMap<String, u32>,
}

impl Lexicon {
    /// The number of `token`, a new one if it has none yet.
    pub(crate) fn id(&mut self, token: &str) -> u32 {
        if let Some(&id) = self.ids.get(token) {
            return id;
        }
        let id = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        self.ids.insert(token.to_owned(), id);
        id
    }

    /// The stems of the words in `text`.
    pub(crate) fn stems(&mut self, text: &str) -> Vec<u32> {
        words(text).map(|w| self.id(stem(&w))).collect()
    }

    /// The stems of the words in `text` that have more than one letter, in order, each once.
    pub(crate) fn long_stems(&mut self, text: &str) -> Vec<u32> {
        let long = words(text).filter(|w| w.chars().nth(1).is_some());
        let mut stems: Vec<u32> = long.map(|w| self.id(stem(&w))).collect();
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// The runs of 2 to `longest` characters inside the words of `text`. Words without Hangul and
    /// single letters are taken whole.
    pub(crate) fn grams(&mut self, text: &str, longest: usize) -> Vec<u32> {
        let mut out = Vec::new();
        for word in words(text) {
            let starts: Vec<usize> = word
                .char_indices()
                .map(|(b, _)| b)
                .chain([word.len()])
                .collect();
            let len = starts.len() - 1;
            if len == 1 || !word.contains(is_hangul_syllable) {
                out.push(self.id(&word));
                continue;
            }
            for n in 2..=longest.min(len) {
                out.extend((0..=len - n).map(|i| self.id(&word[starts[i]..starts[i + n]])));
            }
        }
        out
    }
}

/// How often each token occurs, as (token, count) sorted by token.
pub(crate) fn counts(mut tokens: Vec<u32>) -> Vec<(u32, u32)> {
    tokens.sort_unstable();
    let mut out: Vec<(u32, u32)> = Vec::with_capacity(tokens.len());
    for t in tokens {
        match out.last_mut() {
            Some((last, n)) if *last == t => *n += 1,
            _ => out.push((t, 1)),
        }
    }
    out
}

/// The dot product of two vectors sorted by token.
pub(crate) fn dot(a: &[(u32, f64)], b: &[(u32, f64)]) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

/// How many tokens two sorted lists without duplicates have in common.
pub(crate) fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                n += 1;
                i += 1;
                j += 1;
            }
        }
    }
    n
}

/// Weights counts by (1 + ln count) × `idf` and scales the vector to length 1.
pub(crate) fn weigh(counts: &[(u32, u32)], idf: impl Fn(u32) -> f64) -> Vec<(u32, f64)> {
    let mut out: Vec<(u32, f64)> = counts
        .iter()
        .map(|&(t, n)| (t, (1.0 + f64::from(n).ln()) * idf(t)))
        .collect();
    let norm = out.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
    if norm > 0.0 {
        out.iter_mut().for_each(|(_, w)| *w /= norm);
    }
    out
}
