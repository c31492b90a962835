//! Lines that stand in an article's text without belonging to it, as the extraction leaves them:
//! counters, dates, credits, buttons, links to other articles. Two versions of a page differ in
//! them without having been rewritten.

use std::sync::LazyLock;

use crate::news::hangul::is_hangul_syllable;
use crate::news::order::Order as _;
use crate::news::word_list;

const WORDS: &str = include_str!("../../assets/words/furniture.txt");

static COUNTERS: LazyLock<Vec<&str>> = LazyLock::new(|| longest_first("counters"));
static DATE_LABELS: LazyLock<Vec<&str>> = LazyLock::new(|| longest_first("date labels"));
static BUTTONS: LazyLock<Vec<&str>> = LazyLock::new(|| longest_first("buttons"));
static ADVERTISEMENTS: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "advertisements"));
static INVITATIONS: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "invitations"));
static ADDRESSES_TO_READER: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "addresses to the reader"));
static OTHER_ARTICLES: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "other articles"));
static CREDITS: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "credits"));
static HEADLINE_MARKS: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "headline marks"));

/// The words under `heading`, longer ones before those that they contain.
fn longest_first(heading: &str) -> Vec<&'static str> {
    let mut words = word_list::section(WORDS, heading);
    words.order_by_key(|w| std::cmp::Reverse(w.len()));
    words
}

/// Most characters of a byline, a credit or an advertisement.
const SHORT: usize = 60;
/// Most characters of an invitation or a copyright notice.
const NOTICE: usize = 120;

/// Whether a line is no part of the article.
pub(super) fn is_furniture(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    let letters: String = lower.chars().filter(|c| c.is_alphanumeric()).collect();
    let length = lower.chars().count();
    let words: String = letters.chars().filter(|c| !c.is_numeric()).collect();
    if words.is_empty() || OTHER_ARTICLES.contains(&letters.as_str()) {
        return true;
    }
    let counted = words.len() < letters.len();
    if (counted && (made_of(&words, &COUNTERS) || made_of(&words, &DATE_LABELS)))
        || made_of(&words, &BUTTONS)
    {
        return true;
    }
    if length <= NOTICE && ADDRESSES_TO_READER.iter().any(|w| lower.contains(w)) {
        return true;
    }
    if length <= NOTICE && INVITATIONS.iter().any(|w| lower.contains(w)) && !is_sentence(line) {
        return true;
    }
    if length <= NOTICE && points_elsewhere(&lower) && !is_sentence(line) {
        return true;
    }
    length <= SHORT
        && (ADVERTISEMENTS.iter().any(|w| lower.contains(w)) && !is_sentence(line)
            || is_byline(&lower)
            || is_credit(&lower))
}

/// Whether the letters are a row of these words and nothing else. `words` has longer ones first.
fn made_of(letters: &str, words: &[&str]) -> bool {
    let mut rest = letters;
    while !rest.is_empty() {
        let Some(after) = words.iter().find_map(|w| rest.strip_prefix(w)) else {
            return false;
        };
        rest = after;
    }
    true
}

/// Whether the line ends as a sentence: with a full stop or its kin, perhaps inside a quotation
/// mark or a bracket. A notice in brackets is none.
pub(super) fn is_sentence(line: &str) -> bool {
    let line = line.trim();
    let bracketed = line.starts_with(['(', '[', '<', '※', '*']);
    let bare = line.trim_end_matches(['"', '”', '\'', '’', ')', ']', '」', '』']);
    !bracketed && bare.ends_with(['.', '!', '?', '…', '。', '？', '！'])
}

/// Whether the line is a link to another article or page: it begins with a pointing sign, or is
/// little more than an address.
fn points_elsewhere(lower: &str) -> bool {
    lower.starts_with(['☞', '▶', '▷', '►', '▸', '👉', '➡', '☎', '→'])
        || lower.contains("http://")
        || lower.contains("https://")
        || lower.contains("www.")
}

/// Whether the line names who wrote it: `홍길동 기자 a@b.kr`, `가나TV 홍길동입니다. (a@b.kr)`.
fn is_byline(lower: &str) -> bool {
    let has_email = lower
        .split(|c: char| c.is_whitespace() || "()[]<>".contains(c))
        .any(|w| {
            w.split_once('@')
                .is_some_and(|(a, b)| !a.is_empty() && b.contains('.'))
        });
    let bare = lower.trim_end_matches(|c: char| !c.is_alphanumeric());
    let words = lower.split_whitespace().count();
    has_email
        || (words <= 5
            && [
                "기자",
                "특파원",
                "통신원",
                "앵커",
                "뉴스부",
                "뉴스팀",
                "편집부",
                "reporter",
            ]
            .iter()
            .any(|role| bare.ends_with(role)))
}

/// Whether the line is the credit of a picture: `(사진=가나통신)`, `[사진 출처 : 가나통신]`.
fn is_credit(lower: &str) -> bool {
    let inner = lower.trim_start_matches(['(', '[', '<', '/', '▲', '△', ' ']);
    let (label, rest) = match inner.find(['=', ':', '/', '|', '＝', '：', '│', 'ㅣ']) {
        Some(at) => inner.split_at(at),
        None => return false,
    };
    let label: String = label.split_whitespace().collect();
    rest.chars().count() <= 30 && CREDITS.contains(&label.as_str()) && !is_sentence(lower)
}

/// Marks the lines of runs that are lists of other articles: numbered headlines, one after another,
/// that no full stop ends. `lines` is the text of each block.
pub(super) fn rankings(lines: &[&str]) -> Vec<bool> {
    let mut marked = vec![false; lines.len()];
    let number = |line: &str| -> Option<u32> {
        let digits = line.chars().take_while(char::is_ascii_digit).count();
        let (number, rest) = line.split_at_checked(digits)?;
        let rest = rest.strip_prefix(['.', ')', '위']).unwrap_or(rest);
        (digits > 0 && digits <= 2 && rest.starts_with(' ') && !is_sentence_of_text(rest))
            .then(|| number.parse().ok())?
    };
    let mut run: Vec<(usize, u32)> = Vec::new();
    for at in 0..=lines.len() {
        let this = lines.get(at).and_then(|line| number(line));
        let goes_on = match (this, run.last()) {
            (Some(n), Some((_, last))) => n > *last,
            (Some(_), None) => true,
            (None, _) => false,
        };
        if !goes_on {
            if run.len() >= 2 {
                run.iter().for_each(|(line, _)| marked[*line] = true);
            }
            run.clear();
        }
        run.extend(this.map(|n| (at, n)));
    }
    marked
}

/// Whether a numbered line is prose: a full stop after a Korean predicate or a Latin word.
/// Headlines end with a question mark or three dots, too.
fn is_sentence_of_text(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', '\'', '’', ')', ' ']);
    let Some(before) = bare.strip_suffix(['.', '。']) else {
        return false;
    };
    before
        .chars()
        .next_back()
        .is_some_and(|c| matches!(c, '다' | '요' | '죠' | '음' | '함') || !is_hangul_syllable(c))
        && !before.ends_with('.')
}

/// The headline without the desks' marks around it: `[속보] …`, `… (종합2보)`.
pub(super) fn without_marks(title: &str) -> &str {
    let is_mark = |inner: &str| {
        let bare: String = inner.to_lowercase().split_whitespace().collect();
        HEADLINE_MARKS.contains(&bare.as_str())
    };
    let mut title = title.trim();
    loop {
        let before = title;
        for (open, close) in [('[', ']'), ('(', ')'), ('<', '>'), ('【', '】')] {
            if let Some((inner, rest)) = title.strip_prefix(open).and_then(|t| t.split_once(close))
                && is_mark(inner)
            {
                title = rest.trim();
            }
            if let Some((rest, inner)) = title.strip_suffix(close).and_then(|t| t.rsplit_once(open))
                && is_mark(inner)
            {
                title = rest.trim();
            }
        }
        if title == before {
            return title;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_the_page_are_told_from_the_article() {
        for line in [
            "조회 1,204 추천 33 댓글 5",
            "Views 1204 | Comments 7",
            "기사등록 2024/03/05 오전 09:12 | 최종수정 2024.03.05 10:00",
            "등록 : 2024-03-05",
            "[광고]",
            "아래로 스크롤을 내리시면 기사를 계속 볼 수 있습니다.",
            "가나일보를 네이버에서 구독하세요!",
            "AD",
            "Sponsored",
            "공유하기 인쇄 글자크기 가 가",
            "▶ 한내강 다리, 내년에 놓는다",
            "☞ \"다리 위에서 만난 사람들\"",
            "나루 강 기자 naru@paper.example",
            "강나루 기자",
            "[디지털뉴스팀]",
            "(사진=가나통신)",
            "그래픽 : 가나일보",
            "<저작권자 ⓒ 가나일보, 무단 전재 금지>",
            "가나일보 뉴스레터 구독하기",
            "https://paper.example/news/12?utm_source=x",
            "많이 본 뉴스",
            "* * *",
        ] {
            assert!(is_furniture(line), "{line}");
        }
        for line in [
            "다리를 찾은 사람은 지난해 1,204명이었다.",
            "한내강 다리는 3월 5일 오전 9시에 열린다.",
            "시는 광고를 싣지 않기로 했다.",
            "시민들은 \"카카오톡으로 알려 달라\"고 말했다.",
            "▶ 인터뷰 : 강나루 / 가나시장 - \"내년에 착공합니다.\"",
            "강 기자는 현장을 찾았다.",
            "새 다리의 이름",
            "사진을 찍은 강나루는 \"하루를 기다렸다\"고 말했다.",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
    }

    #[test]
    fn a_numbered_list_of_headlines_is_a_ranking_and_one_of_sentences_is_not() {
        let lines = [
            "다리가 열렸다.",
            "1 한내강 다리 개통",
            "2 \"기다렸어요\"..시민들 북적",
            "4 다리 위에서 만난 사람들",
            "끝이다.",
        ];
        assert_eq!(rankings(&lines), [false, true, true, true, false]);
        let steps = ["1 물을 끓인다.", "2 면을 넣는다.", "3 3분을 기다린다."];
        assert_eq!(rankings(&steps), [false; 3]);
        assert_eq!(rankings(&["3 모두 모였다", "둘째 줄"]), [false, false]);
        assert_eq!(rankings(&[]), [false; 0]);
    }

    #[test]
    fn a_desks_marks_are_no_part_of_the_headline() {
        assert_eq!(without_marks("[속보] 다리 개통(종합2보)"), "다리 개통");
        assert_eq!(without_marks("[단독] 다리 개통"), "[단독] 다리 개통");
        assert_eq!(without_marks("[속보]"), "");
    }
}
