//! The phrases by which lines around an article are recognised: lists of `trimmed_lines.txt`, all
//! in lower case and without blanks.

use std::sync::LazyLock;

use crate::news::hangul::{push_lower, push_runs};
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

/// Headings above a portrait of the author.
pub(crate) static PORTRAITS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(WORDS, "portraits"));

/// Phrases that occur only in lines that ask the reader for something.
pub(crate) static PLEAS_INSIDE: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(WORDS, "pleas, inside"));

/// What copyright notices and closing lines have at least one of: few lines do, and only they are
/// looked at closely.
pub(crate) static MARKS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::new(WORDS, "marks of notices"));

/// `text` in lower case and without blanks, the form in which the lists are written.
pub(crate) fn flatten(text: &str) -> String {
    let mut flat = String::with_capacity(text.len());
    let is_small = |b: u8| b.is_ascii_graphic() && !b.is_ascii_uppercase();
    push_runs(&mut flat, text, is_small, |flat, c| {
        if !c.is_whitespace() {
            push_lower(flat, c);
        }
    });
    flat
}
