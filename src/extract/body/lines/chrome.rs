//! Recognises lines of the page around an article: buttons, menus, requests to subscribe, and the
//! headings of boxes with other articles, comments or a summary. The words are in `page_lines.txt`.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::measure::{columns, ends_sentence, key};
use crate::news::hangul::is_alphanumeric;
use crate::news::hangul::push_lower;
use crate::news::word_list::{self, Phrases};

const WORDS: &str = include_str!("../../../../assets/words/page_lines.txt");

/// Longer lines, in columns, are paragraphs.
const MAX_COLUMNS: usize = 260;

type LabelSet = LazyLock<HashSet<&'static str>>;

fn labels(heading: &str) -> HashSet<&'static str> {
    word_list::section(WORDS, heading).into_iter().collect()
}

/// How certain it is that a line is not part of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chrome {
    /// Reads like a button or a request to the reader, but could be a sentence of another article.
    Likely,
    /// The label of a button or a mark, and nothing else.
    Sure,
}

/// What a heading on the page announces instead of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxHeading {
    /// Other articles: 관련기사, 많이 본 뉴스, Most read.
    Others,
    /// Comments of readers.
    Comments,
    /// The page's own summary.
    Summary,
}

/// Keys of labels without counts ("댓글 12" is 댓글).
static LABELS: LabelSet = LazyLock::new(|| labels("buttons"));

/// Parts of short lines that occur only outside articles.
static SHORT_PARTS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(WORDS, "short parts"));

/// Parts of requests, disclaimers and messages to the reader.
static PLEAS: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(WORDS, "pleas"));

/// Keys of the headings of boxes with other articles.
static OTHERS: LabelSet = LazyLock::new(|| labels("other articles"));

/// Keys with which such headings end after the name of a section.
const RANKED: [&str; 9] = [
    "많이본뉴스",
    "많이본기사",
    "많이보는기사",
    "많이읽은기사",
    "인기기사",
    "인기뉴스",
    "주요뉴스",
    "다른기사",
    "뜨는뉴스",
];

/// Keys of the headings above readers' comments.
static COMMENTS: LabelSet = LazyLock::new(|| labels("comments"));

/// Keys of the headings above the page's own summary.
static SUMMARIES: LabelSet = LazyLock::new(|| labels("summaries"));

/// Whether a line belongs to the page and not to the article, and how certainly. `None` if it may
/// be the article's.
pub fn chrome(line: &str) -> Option<Chrome> {
    let width = columns(line);
    if width > MAX_COLUMNS {
        return None;
    }
    if is_sure_chrome(line) {
        return Some(Chrome::Sure);
    }
    let is_mark = || !line.contains(|c: char| is_alphanumeric(c));
    if width <= 12 && is_mark() {
        return None;
    }
    let mut lower = String::with_capacity(line.len());
    line.chars().for_each(|c| push_lower(&mut lower, c));
    if (width <= 60 && SHORT_PARTS.occurs_in(&lower)) || PLEAS.occurs_in(&lower) {
        return Some(Chrome::Likely);
    }
    None
}

/// Whether a line belongs to the page, certainly or likely.
pub fn is_chrome(line: &str) -> bool {
    chrome(line).is_some()
}

/// Whether a line is a label of the page, or several, and nothing else.
pub(crate) fn is_sure_chrome(line: &str) -> bool {
    columns(line) <= MAX_COLUMNS
        && (LABELS.contains(without_count(&key(line)))
            || is_button_row(line)
            || is_bracket_row(line))
}

/// Cuts off a count: `댓글12` → `댓글`. More than five digits are a date and stay.
fn without_count(letters: &str) -> &str {
    let label = letters.trim_end_matches(|c: char| c.is_ascii_digit());
    if letters.len() - label.len() <= 5 {
        label
    } else {
        letters
    }
}

/// Whether a line consists of several labels: `뉴스듣기 스크랩 글자크기`.
fn is_button_row(line: &str) -> bool {
    let barred = line.contains('|');
    let split = |c: char| c == '|' || c == 'ㅣ' || (c.is_whitespace() && !barred);
    let words = line.split(split).filter(|w| w.chars().any(is_alphanumeric));
    let mut count = 0;
    for word in words {
        count += 1;
        if count > 12 || !LABELS.contains(without_count(&key(word))) {
            return false;
        }
    }
    count >= 2
}

/// Whether a line consists of brackets, at least one of which contains a button:
/// `[가나뉴스 바로가기] [페이스북]`.
fn is_bracket_row(line: &str) -> bool {
    if columns(line) > 120 || !line.starts_with('[') || !line.ends_with(']') {
        return false;
    }
    let parts: Vec<&str> = line[1..line.len() - 1].split(']').collect();
    let joined = parts.len() > 1 && parts[1..].iter().all(|p| p.trim_start().starts_with('['));
    joined
        && parts
            .iter()
            .any(|p| LABELS.contains(key(p).as_str()) || key(p).ends_with("바로가기"))
}

/// The box that a line is the heading of. What follows the label must be separated by punctuation,
/// as in "많이 본 뉴스 !가장 많이 …", or be a count.
pub fn box_of(line: &str) -> Option<BoxHeading> {
    if columns(line) > 200 {
        return None;
    }
    let trimmed = line.trim_start_matches(|c: char| !is_alphanumeric(c));
    let head: &str = trimmed
        .split(['!', '(', ']', ':', '|', '>', '[', '?', '▶', '·'])
        .next()
        .unwrap_or_default();
    let letters = key(head);
    let label = letters.trim_matches(|c: char| c.is_ascii_digit());
    let is_all = columns(line) <= 40;
    let pointer = matches!(label, "readmore" | "watch" | "listen") && line.contains(": ");
    let more = is_all && trimmed.starts_with("More on ");
    let ranked =
        (more || (is_all && RANKED.iter().any(|end| label.ends_with(end)))) && !ends_sentence(line);
    if OTHERS.contains(label) || pointer || ranked {
        Some(BoxHeading::Others)
    } else if is_all
        && (COMMENTS.contains(label) || line.ends_with(" says:") || line.ends_with(" wrote:"))
    {
        Some(BoxHeading::Comments)
    } else if SUMMARIES.contains(label) && is_all {
        Some(BoxHeading::Summary)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buttons_are_chrome_and_sentences_are_not() {
        for line in [
            "본문 바로가기",
            "AD",
            "댓글쓰기 3",
            "뉴스듣기 스크랩 글자크기",
            "top버튼",
            "[가나뉴스 바로가기] [페이스북]",
            "Skip to main content",
            "원본보기 아이콘",
        ] {
            assert!(chrome(line).is_some(), "{line}");
        }
        for line in [
            "광고 시장이 살아난다",
            "서울시가 메뉴를 바꿨다.",
            "The ad was shared by many.",
            "***",
            "12",
            "가나다",
        ] {
            assert_eq!(chrome(line), None, "{line}");
        }
    }

    #[test]
    fn headings_of_other_boxes_are_known() {
        assert_eq!(
            box_of("많이 본 뉴스 !가장 많이 읽힌 뉴스를 제공합니다."),
            Some(BoxHeading::Others)
        );
        assert_eq!(box_of("▶ 관련기사"), Some(BoxHeading::Others));
        assert_eq!(box_of("Most Read"), Some(BoxHeading::Others));
        assert_eq!(box_of("댓글 12"), Some(BoxHeading::Comments));
        assert_eq!(box_of("뉴스 요약쏙"), Some(BoxHeading::Summary));
        assert_eq!(box_of("관련기사 수가 크게 늘었다."), None);
    }
}
