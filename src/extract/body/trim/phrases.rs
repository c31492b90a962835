//! The phrases by which lines around an article are recognised: lists of `trimmed_lines.txt`, all
//! in lower case and without blanks.

use std::sync::LazyLock;

use crate::news::hangul::push_lower;
use crate::news::word_list::Phrases;

const WORDS: &str = include_str!("../../../../assets/words/trimmed_lines.txt");

/// Headings above links to other articles, without punctuation at the ends.
pub(crate) static OTHERS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(WORDS, "other articles"));

/// Beginnings of such headings, whatever section or newspaper they go on to name.
pub(crate) static OTHERS_START: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(WORDS, "other articles, beginnings"));

/// Buttons and labels.
pub(crate) static BUTTONS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(WORDS, "buttons"));

/// Beginnings of lines that ask the reader for something or point elsewhere.
pub(crate) static PLEAS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(WORDS, "pleas, beginnings"));

/// Headings above a page's own summary.
pub(crate) static SUMMARIES: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(WORDS, "summaries"));

/// Phrases that occur only in lines that ask the reader for something.
pub(crate) static PLEAS_INSIDE: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(WORDS, "pleas, inside"));

/// `text` in lower case and without blanks, the form in which the lists are written.
pub(crate) fn flatten(text: &str) -> String {
    let mut flat = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        push_lower(&mut flat, c);
    }
    flat
}
