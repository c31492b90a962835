//! The phrases by which lines around an article are recognised: lists of `trimmed_lines.txt`, all
//! in lower case and without blanks.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::news::word_list;

const WORDS: &str = include_str!("../../../../assets/words/trimmed_lines.txt");

/// Headings above links to other articles, without punctuation at the ends.
pub(crate) static OTHERS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new("other articles"));

/// Beginnings of such headings, whatever section or newspaper they go on to name.
pub(crate) static OTHERS_START: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new("other articles, beginnings"));

/// Buttons and labels.
pub(crate) static BUTTONS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new("buttons"));

/// Beginnings of lines that ask the reader for something or point elsewhere.
pub(crate) static PLEAS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new("pleas, beginnings"));

/// Headings above a page's own summary.
pub(crate) static SUMMARIES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new("summaries"));

/// Phrases that occur only in lines that ask the reader for something.
pub(crate) static PLEAS_INSIDE: LazyLock<Phrases> = LazyLock::new(|| Phrases::new("pleas, inside"));

/// One list with an index of first letters. Whole articles are searched, so most positions must be
/// ruled out without comparing strings.
pub(crate) struct Phrases {
    set: HashSet<&'static str>,
    /// For each value of a code point's lowest byte, the entries that begin with such a letter.
    by_first: Vec<Vec<&'static str>>,
}

impl Phrases {
    fn new(heading: &str) -> Self {
        let set: HashSet<_> = word_list::section(WORDS, heading).into_iter().collect();
        let mut by_first = vec![Vec::new(); 256];
        for word in &set {
            for c in word.chars().take(1) {
                by_first[usize::from(c as u32 as u8)].push(*word);
            }
        }
        Self { set, by_first }
    }

    /// The entries that may begin with `c`.
    fn beginning(&self, c: char) -> &[&'static str] {
        &self.by_first[usize::from(c as u32 as u8)]
    }

    /// Whether `word` is an entry.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.set.contains(word)
    }

    /// Whether `text` begins with an entry.
    pub(crate) fn begins(&self, text: &str) -> bool {
        let entries = text.chars().next().map_or(&[][..], |c| self.beginning(c));
        entries.iter().any(|w| text.starts_with(w))
    }

    /// Whether `text` contains an entry.
    pub(crate) fn occurs_in(&self, text: &str) -> bool {
        text.char_indices().any(|(at, c)| {
            let mut entries = self.beginning(c).iter();
            entries.any(|w| text[at..].starts_with(w))
        })
    }
}

/// `text` in lower case and without blanks, the form in which the lists are written.
pub(crate) fn flatten(text: &str) -> String {
    let mut flat = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match c {
            _ if c.is_ascii() => flat.push(c.to_ascii_lowercase()),
            // Hangul has no case, and Unicode's tables are slow to ask.
            '가'..='힣' => flat.push(c),
            _ => flat.extend(c.to_lowercase()),
        }
    }
    flat
}
