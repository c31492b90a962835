//! Recognises lines that say only when an article was published or updated, or how long it takes to
//! read.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::news::hangul::is_alphanumeric;
use crate::news::word_list;

/// The words of such lines, in lower case.
static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = word_list::section(
        include_str!("../../../../assets/words/timestamps.txt"),
        "words",
    );
    lines.iter().flat_map(|l| l.split(' ')).collect()
});

/// Longer lines, in characters, say something else.
const MAX_CHARS: usize = 100;

/// What such a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Timestamp {
    /// A day or a time of day, which may also be the heading of a chronicle's entry.
    Part,
    /// A day with its year and a time, as only publishers write it: `17.05.2026, 19:06 Uhr`.
    Whole,
    /// How long the article takes to read: `8 min read`.
    ReadingTime,
}

/// What a line without any word besides dates and times says: `Publiziert6. November 2025, 12:26`.
pub(super) fn timestamp(line: &str) -> Option<Timestamp> {
    if line.chars().count() > MAX_CHARS || line.ends_with(['!', '?']) {
        return None;
    }
    let mut numbers = Vec::new();
    let mut words = Vec::new();
    for run in runs(line) {
        if run.starts_with(|c: char| c.is_ascii_digit()) {
            numbers.push(run);
        } else {
            let word = run.to_lowercase();
            words.push(*WORDS.get(word.as_str())?);
        }
    }
    let is_year = |n: &&str| n.len() == 4 && (n.starts_with("19") || n.starts_with("20"));
    let has_year = numbers.iter().any(is_year);
    // A year alone may be a heading, and a pair of numbers a score: 2:1.
    match numbers.as_slice() {
        [] => None,
        [_] => words
            .iter()
            .any(|word| word.starts_with("min"))
            .then_some(Timestamp::ReadingTime),
        [_, _] => (has_year && !words.is_empty()).then_some(Timestamp::Part),
        [_, _, _] => Some(Timestamp::Part),
        _ if has_year => Some(Timestamp::Whole),
        _ => Some(Timestamp::Part),
    }
}

/// The runs of digits and of letters in a line, cut where a capital follows a small letter too:
/// what stands in elements of its own comes glued together.
fn runs(line: &str) -> Vec<&str> {
    let mut runs = Vec::new();
    let mut from = None;
    let mut last = ' ';
    for (at, c) in line.char_indices() {
        let is_edge = !is_alphanumeric(c)
            || c.is_ascii_digit() != last.is_ascii_digit()
            || (c.is_uppercase() && last.is_lowercase());
        if is_edge && let Some(from) = from.take() {
            runs.push(&line[from..at]);
        }
        if is_alphanumeric(c) && from.is_none() {
            from = Some(at);
        }
        last = c;
    }
    runs.extend(from.map(|from| &line[from..]));
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_times_and_lengths_are_timestamps() {
        use Timestamp::*;
        for (line, says) in [
            ("Publiziert6. November 2025, 12:26", Whole),
            ("17.05.2026, 19:06 Uhr", Whole),
            (
                "Aktualisiert am 07.01.2026 - 18:50 UhrLesedauer: 4 Min.",
                Whole,
            ),
            (
                "Publié le 18 juil. 2024 à 08:01Mis à jour le 18 juil. 2024 à 09:06",
                Whole,
            ),
            ("Actualizado a 10/07/2026 22:39", Whole),
            ("5 hours ago07:32", Part),
            ("8 min read", ReadingTime),
            ("20 Novembre 2024", Part),
            ("Published on May 3, 2024 at 10:15 am", Whole),
            ("입력 2024.05.03. 오전 10:15", Whole),
            ("2024年5月3日 10時15分 配信", Whole),
        ] {
            assert_eq!(timestamp(line), Some(says), "{line}");
        }
    }

    #[test]
    fn years_scores_and_sentences_are_not() {
        for line in [
            "2024",
            "2:1",
            "May",
            "3월",
            "3월 5일",
            "In 2024",
            "On 3 May 2024 the ferry ran again.",
            "Update on the ferry",
            "3월 출생아 2만명",
            "Wer war am 3. Mai 2024 dabei?",
        ] {
            assert_eq!(timestamp(line), None, "{line}");
        }
    }
}
