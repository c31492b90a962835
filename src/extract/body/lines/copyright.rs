//! Recognises copyright notices and the publisher that they name.

use std::sync::LazyLock;

use super::measure::{columns, key};
use crate::news::hangul::{is_alphabetic, is_alphanumeric};
use crate::news::{Clean, word_list};

const WORDS: &str = include_str!("../../../../assets/words/copyright.txt");

/// Keys of phrases that forbid copying in Korean and English notices.
static FORBIDDING: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "forbidding"));
/// Signs and words of a notice other than the name; longer ones before those that they contain.
static MARKS: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "marks"));

/// Longer lines, in columns, are text about copyright and not notices.
const MAX_COLUMNS: usize = 300;

/// The copyright notice without the brackets around it, or `None` for other lines.
pub fn copyright(line: &str) -> Option<Clean> {
    if columns(line) > MAX_COLUMNS {
        return None;
    }
    let core = unwrap(line);
    let letters = key(core);
    let marked = starts_marked(core);
    let forbids = FORBIDDING.iter().any(|f| letters.contains(f));
    let sentence = core.ends_with("다.") && !letters.contains("저작권법의보호");
    let year_or_name = marked && columns(core) <= 120 && columns(core) > 2;
    ((forbids || year_or_name) && !sentence)
        .then(|| Clean::line(core))
        .filter(|c| !c.is_blank())
}

/// Whether a notice forbids copying, as that of an article does; a bare `ⓒ 이름` may be a picture's.
pub(crate) fn forbids(line: &str) -> bool {
    let letters = key(line);
    FORBIDDING.iter().any(|f| letters.contains(f))
}

/// Removes brackets that enclose the whole line: `<ⓒ …>` → `ⓒ …`.
fn unwrap(line: &str) -> &str {
    let mut core = line.trim();
    for (open, close) in [
        ('<', '>'),
        ('[', ']'),
        ('(', ')'),
        ('〈', '〉'),
        ('◀', '▶'),
        ('【', '】'),
    ] {
        let inner = core.strip_prefix(open).and_then(|c| c.strip_suffix(close));
        if let Some(inner) = inner
            .filter(|i| !i.contains(open) || i.matches(open).count() == i.matches(close).count())
        {
            core = inner.trim();
        }
    }
    core
}

/// Whether a line begins with a copyright sign or word, after any punctuation.
fn starts_marked(core: &str) -> bool {
    let lower = core
        .trim_start_matches(|c: char| !is_alphanumeric(c) && !"ⓒ©(".contains(c))
        .to_lowercase();
    [
        "ⓒ",
        "©",
        "(c)",
        "copyright ",
        "copyrights ",
        "copyright©",
        "copyrightⓒ",
        "저작권자",
    ]
    .iter()
    .any(|m| lower.starts_with(m))
}

/// The publisher in a copyright notice: `ⓒ투자가를 위한 경제콘텐츠 플랫폼, 아시아경제(www.asiae.co.kr) 무단전재…` →
/// `아시아경제`.
pub fn publisher_in(copyright: &str) -> Option<Clean> {
    let mut rest = copyright.to_owned();
    for mark in MARKS.iter().copied() {
        rest = rest.replace(mark, " ");
    }
    let lower = rest.to_ascii_lowercase();
    let end = [
        "무단",
        "all rights",
        "all right",
        "rights reserved",
        "재배포",
        "배포",
        "저작권",
        "the bbc is",
        "에 있",
        "의 모든",
    ]
    .iter()
    .filter_map(|w| lower.find(w))
    .min()
    .unwrap_or(rest.len());
    let named = without_brackets(rest.get(..end)?);
    let named = named
        .split(['/', '|', '·'])
        .next()
        .unwrap_or_default()
        .trim_matches(|c: char| " ,.-–:&".contains(c))
        .to_owned();
    let last = named
        .rsplit(", ")
        .map(str::trim)
        .find(|p| !p.is_empty() && !is_company_form(p))
        .unwrap_or_default();
    let words: Vec<&str> = last
        .split_whitespace()
        .skip_while(|w| w.chars().all(|c| c.is_ascii_digit() || "-,.".contains(c)))
        .filter(|w| !is_company_form(w) && !w.contains("www."))
        .collect();
    let words = &words[..words
        .iter()
        .rposition(|w| !w.chars().all(|c| c.is_ascii_digit() || c == '-'))
        .map_or(0, |p| p + 1)];
    let name = Clean::line(words.join(" ").trim_matches(|c: char| " ,.".contains(c)));
    (!name.is_blank() && columns(&name) <= 40 && name.chars().any(is_alphabetic)).then_some(name)
}

/// Whether a word is a legal form such as Ltd or 주식회사.
fn is_company_form(word: &str) -> bool {
    matches!(
        key(word).as_str(),
        "inc"
            | "ltd"
            | "co"
            | "coltd"
            | "llc"
            | "plc"
            | "주"
            | "corp"
            | "limited"
            | "주식회사"
            | "gmbh"
    )
}

/// The text outside round and square brackets.
fn without_brackets(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| match c {
            '(' | '[' => {
                depth += 1;
                false
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_around_the_line_go() {
        let line = "<ⓒ견본경제(www.example.com) 무단전재 배포금지>";
        assert_eq!(
            copyright(line).as_deref(),
            Some("ⓒ견본경제(www.example.com) 무단전재 배포금지")
        );
        assert_eq!(
            copyright("[저작권자(c) YTN 무단전재 및 재배포 금지]").as_deref(),
            Some("저작권자(c) YTN 무단전재 및 재배포 금지")
        );
    }

    #[test]
    fn an_article_about_copyright_is_not_one() {
        assert_eq!(
            copyright("저작권자 단체는 무단 전재를 막아 달라고 요구했다."),
            None
        );
        assert_eq!(copyright("서울시가 말했다."), None);
    }

    #[test]
    fn publishers_are_read_off_it() {
        for (line, name) in [
            (
                "ⓒ경제를 읽는 사람들, 견본경제(www.example.com) 무단전재 배포금지",
                "견본경제",
            ),
            (
                "Copyright ⓒ 견본방송(본사) 무단전재 및 재배포 금지",
                "견본방송",
            ),
            ("저작권자 © 견본일보 무단전재 및 재배포 금지", "견본일보"),
            (
                "저작권자(c) 견본뉴스, 무단 전재-재배포, AI 학습 및 활용 금지",
                "견본뉴스",
            ),
            (
                "Copyright (c) 견본AX. All rights reserved. 무단 전재",
                "견본AX",
            ),
            (
                "© 2026 The Sample Times Company. All rights reserved.",
                "The Sample Times Company",
            ),
            ("Copyright 2019-2026, Sample Media, Inc.", "Sample Media"),
        ] {
            assert_eq!(publisher_in(line).as_deref(), Some(name), "{line}");
        }
        assert_eq!(publisher_in("무단전재 및 재배포 금지"), None);
    }
}
