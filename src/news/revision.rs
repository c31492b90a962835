//! What a publisher rewrote in an article after it was published (기사 고침): the places, and in
//! each the words that differ.

use std::ops::Range;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Clean;

/// What part of an article was rewritten, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RewriteKind {
    /// The headline.
    Headline,
    /// A line under the headline.
    Subhead,
    /// A sentence that says something else now.
    Rewritten,
    /// A sentence that was not there before.
    Added,
    /// A sentence that is gone.
    Dropped,
}

/// One place that was rewritten.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rewrite {
    /// What part, and how.
    pub kind: RewriteKind,
    /// The whole sentence or line before; empty where it was added.
    pub old: Clean,
    /// The same after; empty where it was dropped.
    pub new: Clean,
}

/// One time that an article was seen to have been rewritten.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// When the new version was first seen.
    pub seen: Timestamp,
    /// What was rewritten since the version before, in reading order.
    pub changed: Vec<Rewrite>,
}

/// The byte ranges of the words of `old` that `new` lacks, and of those of `new` that `old` lacks.
/// Neighbouring words make one range.
pub fn word_differences(old: &str, new: &str) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (a, b) = (words(old), words(new));
    let text = |of: &str, r: &Range<usize>| of.get(r.clone()).unwrap_or_default().to_owned();
    let a_words: Vec<String> = a.iter().map(|r| text(old, r)).collect();
    let b_words: Vec<String> = b.iter().map(|r| text(new, r)).collect();
    let start = a_words
        .iter()
        .zip(&b_words)
        .take_while(|(x, y)| x == y)
        .count();
    let end = a_words[start..]
        .iter()
        .rev()
        .zip(b_words[start..].iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (a_end, b_end) = (a.len() - end, b.len() - end);
    let (kept_a, kept_b) = common(&a_words[start..a_end], &b_words[start..b_end]);
    (
        merged(&a[start..a_end], &kept_a),
        merged(&b[start..b_end], &kept_b),
    )
}

/// Words in a sentence beyond which no common words are looked for inside what differs: the table
/// grows with the square.
const MOST_WORDS: usize = 400;

/// Which words of each side are in a longest common subsequence.
fn common(a: &[String], b: &[String]) -> (Vec<bool>, Vec<bool>) {
    let (mut in_a, mut in_b) = (vec![false; a.len()], vec![false; b.len()]);
    if a.len() > MOST_WORDS || b.len() > MOST_WORDS {
        return (in_a, in_b);
    }
    let width = b.len() + 1;
    let mut longest = vec![0_u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i] == b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i] == b[j] {
            (in_a[i], in_b[j]) = (true, true);
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    (in_a, in_b)
}

/// The byte ranges of words between blanks.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_whitespace(), start) {
            (true, Some(from)) => {
                found.push(from..at);
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    found.extend(start.map(|from| from..text.len()));
    found
}

/// The ranges of words that are not `kept`, neighbours joined.
fn merged(words: &[Range<usize>], kept: &[bool]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut joins = false;
    for (word, kept) in words.iter().zip(kept) {
        match out.last_mut().filter(|_| joins && !kept) {
            Some(last) => last.end = word.end,
            None if !kept => out.push(word.clone()),
            None => {}
        }
        joins = !kept;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn differ(old: &str, new: &str) -> (Vec<String>, Vec<String>) {
        let (a, b) = word_differences(old, new);
        let cut = |text: &str, ranges: Vec<Range<usize>>| {
            ranges
                .into_iter()
                .map(|r| text[r].to_owned())
                .collect::<Vec<_>>()
        };
        (cut(old, a), cut(new, b))
    }

    #[test]
    fn only_the_words_that_differ_are_marked() {
        assert_eq!(
            differ("다리는 내년 3월에 열린다.", "다리는 내년 5월에 열린다."),
            (vec!["3월에".to_owned()], vec!["5월에".to_owned()])
        );
        assert_eq!(
            differ("값은 12억 원이다", "값은 모두 합해 12억 원이다"),
            (vec![], vec!["모두 합해".to_owned()])
        );
        assert_eq!(differ("같은 말", "같은  말"), (vec![], vec![]));
        assert_eq!(differ("", "새 글"), (vec![], vec!["새 글".to_owned()]));
        assert_eq!(
            differ("가 나 다 라 마", "가 너 다 러 마"),
            (
                vec!["나".to_owned(), "라".to_owned()],
                vec!["너".to_owned(), "러".to_owned()]
            )
        );
    }

    #[test]
    fn a_sentence_without_end_is_marked_as_a_whole() {
        let old = "낱말 ".repeat(1000);
        let new = "다른 ".repeat(1000);
        let (a, b) = word_differences(&old, &new);
        assert_eq!((a.len(), b.len()), (1, 1));
    }
}
