//! Words and character pairs as small numbers, for comparing sentences without a dictionary.
//!
//! A Korean eojeol loses its longest known particle or ending where two syllables stay: measured on news, this serves the
//! comparison as well as morphological analysis does.

use std::collections::HashMap;

/// Particles, endings of `하다` verbs, and the like, cut from the end of an eojeol, the longest first.
const TAILS: &[&str] = &[
    "으로부터",
    "에서부터",
    "이라면서",
    "하겠다고",
    "에서는",
    "에게는",
    "으로는",
    "으로써",
    "으로서",
    "이라고",
    "이라며",
    "이라는",
    "했다고",
    "한다고",
    "하다고",
    "했다며",
    "한다며",
    "까지는",
    "부터는",
    "에서의",
    "에서도",
    "에게서",
    "하면서",
    "하도록",
    "하거나",
    "하지만",
    "하려는",
    "했지만",
    "됐다고",
    "된다고",
    "되면서",
    "했으며",
    "했는데",
    "라면서",
    "이었다",
    "으로",
    "에서",
    "에게",
    "까지",
    "부터",
    "처럼",
    "보다",
    "라고",
    "라며",
    "라는",
    "이다",
    "였다",
    "이며",
    "이고",
    "했다",
    "한다",
    "하는",
    "하고",
    "하며",
    "하게",
    "하기",
    "했던",
    "하던",
    "하면",
    "됐다",
    "된다",
    "되는",
    "되고",
    "되며",
    "되면",
    "됐던",
    "들이",
    "들은",
    "들을",
    "들의",
    "들도",
    "에는",
    "에도",
    "와는",
    "과는",
    "로는",
    "로서",
    "로써",
    "만의",
    "이나",
    "이란",
    "한테",
    "마다",
    "조차",
    "밖에",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
    "에",
    "와",
    "과",
    "도",
    "만",
    "로",
    "한",
    "할",
    "해",
    "된",
    "될",
    "돼",
    "들",
    "씩",
    "란",
    "나",
    "인",
];

/// The eojeol without its particle or ending; itself where less than two characters would stay.
pub(crate) fn stem(word: &str) -> &str {
    if !word.ends_with(hangul) {
        return word;
    }
    TAILS.iter().filter_map(|tail| word.strip_suffix(tail)).find(|rest| rest.chars().nth(1).is_some()).unwrap_or(word)
}

/// The runs of letters and digits in `text`, in lower case.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase)
}

/// Whether `c` is a Hangul syllable.
pub(crate) fn hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Strings as numbers, counted from 0 in the order of their first appearance.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    ids: HashMap<String, u32>,
}

impl Lexicon {
    /// The number of `token`.
    pub(crate) fn id(&mut self, token: &str) -> u32 {
        if let Some(&id) = self.ids.get(token) {
            return id;
        }
        let id = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        self.ids.insert(token.to_owned(), id);
        id
    }

    /// The stems of `text`.
    pub(crate) fn stems(&mut self, text: &str) -> Vec<u32> {
        words(text).map(|w| self.id(stem(&w))).collect()
    }

    /// The runs of 2 to `longest` characters inside the words of `text`; words without Hangul and single letters whole.
    pub(crate) fn grams(&mut self, text: &str, longest: usize) -> Vec<u32> {
        let mut out = Vec::new();
        for word in words(text) {
            let starts: Vec<usize> = word.char_indices().map(|(b, _)| b).chain([word.len()]).collect();
            let len = starts.len() - 1;
            if len == 1 || !word.contains(hangul) {
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

/// How often each token occurs: (token, count), by token.
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

/// The sum of products of two vectors that are ordered by token.
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

/// How many tokens two sorted lists without repetition share.
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

/// Weighs counts by (1 + ln count) × `idf` and scales the vector to length 1.
pub(crate) fn weigh(counts: &[(u32, u32)], idf: impl Fn(u32) -> f64) -> Vec<(u32, f64)> {
    let mut out: Vec<(u32, f64)> = counts.iter().map(|&(t, n)| (t, (1.0 + f64::from(n).ln()) * idf(t))).collect();
    let norm = out.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
    if norm > 0.0 {
        out.iter_mut().for_each(|(_, w)| *w /= norm);
    }
    out
}
