//! Makes a sentence readable on its own: removes dateline, byline and label, and the connective that
//! refers to a sentence that is not shown. Words are only removed, never added; the first that
//! remains gets its capital, and a sentence from the middle of a speech gets the speech's quotation
//! marks.

use std::sync::LazyLock;

use super::{Sentence, quotation_marks};
use crate::news::{Clean, word_list};

const WORDS: &str = include_str!("../../assets/words/connectives.txt");

/// Connectives that only refer to the sentence before.
static LEADING_OVER: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "leading over"));

/// Words that are connectives only before a comma.
static BEFORE_A_COMMA: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "before a comma"));

/// Most characters of a bracket that is removed as a dateline, and of a byline before `=`.
const DATELINE: usize = 40;
const BYLINE: usize = 24;

/// Most characters between the word and the end of a label.
const LABEL: usize = 6;

/// The sentence as it is shown. `alone`: the sentence before it is not shown.
pub(crate) fn shown(sentence: &Sentence, alone: bool) -> Clean {
    let words = bare(&sentence.text, alone);
    // The page may lack a quotation mark, or the speech may begin in the sentence before.
    let lacking = quotation_marks::lacking(&words);
    match (sentence.cut.0.or(lacking.0), sentence.cut.1.or(lacking.1)) {
        (None, None) => words,
        (open, close) => {
            let mark = |m: Option<char>| m.map(String::from).unwrap_or_default();
            Clean::line(&format!("{}{words}{}", mark(open), mark(close)))
        }
    }
}

fn bare(sentence: &Clean, alone: bool) -> Clean {
    let rest = without_label(without_dateline(sentence));
    match without_leading_over(rest).filter(|_| alone) {
        Some(short) => Clean::line(&capitalized(short)),
        None if rest.len() == sentence.len() => sentence.clone(),
        None => Clean::line(rest),
    }
}

/// Removes `[서울=뉴스] 홍길동 기자 = …`, `(가나=통신) …`, `[하나일보 홍길동 기자] …`.
pub(super) fn without_dateline(text: &str) -> &str {
    let bracket = |open: char, close: char| {
        let inner = text.strip_prefix(open)?;
        let (at, _) = inner
            .char_indices()
            .take(DATELINE)
            .find(|(_, c)| *c == close)?;
        let line = ["=", "기자", "특파원", "사진", "영상", "그래픽"]
            .iter()
            .any(|w| inner[..at].contains(w));
        line.then(|| inner[at + close.len_utf8()..].trim_start())
    };
    let rest = bracket('[', ']')
        .or_else(|| bracket('(', ')'))
        .unwrap_or(text);
    let rest = without_english_dateline(rest);
    let equals = rest
        .char_indices()
        .take(BYLINE)
        .find(|(_, c)| *c == '=')
        .map(|(at, _)| at);
    match equals {
        Some(at) if ["기자", "특파원"].iter().any(|w| rest[..at].contains(w)) => {
            or_all(rest[at + 1..].trim_start(), text)
        }
        _ => or_all(rest, text),
    }
}

/// Removes the label of a question or an answer: `<질문 3>`, `A.`, `답:`.
fn without_label(text: &str) -> &str {
    let numbered = ["<질문", "<답변", "[질문", "[답변"]
        .iter()
        .find_map(|label| text.strip_prefix(label))
        .and_then(|rest| rest.split_once(['>', ']']))
        .filter(|(number, rest)| number.chars().count() <= LABEL && rest.starts_with(' '))
        .map(|(_, rest)| rest);
    let short = ["A. ", "A: ", "A : ", "답. ", "답: ", "답변: "]
        .iter()
        .find_map(|label| text.strip_prefix(label));
    numbered
        .or(short)
        .map_or(text, |rest| or_all(rest.trim_start(), text))
}

/// Removes `WASHINGTON (AP) —`, `SIOUX FALLS, S.D. |`: the name of a place in capitals, a state or
/// an agency, and a dash or bar between blanks.
fn without_english_dateline(text: &str) -> &str {
    let end = text
        .char_indices()
        .take(DATELINE)
        .find(|(_, c)| matches!(c, '—' | '–' | '-' | '|'));
    let Some((at, mark)) = end else { return text };
    // `--` is a dash of typewriters.
    let mark = if text[at..].starts_with("--") {
        "--".len()
    } else {
        mark.len_utf8()
    };
    let place = &text[..at];
    let city = place.split([',', '(']).next().unwrap_or_default().trim();
    let capitals = city.chars().filter(|c| c.is_alphabetic()).count() > 2
        && city
            .chars()
            .all(|c| c.is_ascii_uppercase() || matches!(c, ' ' | '.'));
    let apart = place.ends_with(' ') && text[at + mark..].starts_with(' ');
    if capitals && apart {
        or_all(text[at + mark..].trim_start(), text)
    } else {
        text
    }
}

/// `rest`, or `all` where `rest` has no letter or digit.
fn or_all<'a>(rest: &'a str, all: &'a str) -> &'a str {
    if rest.chars().any(char::is_alphanumeric) {
        rest
    } else {
        all
    }
}

fn without_leading_over(text: &str) -> Option<&str> {
    let rest = |words: &[&str], behind: &[char]| {
        // The longest match is removed: `이에 따라` before `이에`.
        let found = words
            .iter()
            .filter_map(|w| text.strip_prefix(w).filter(|r| r.starts_with(behind)));
        found.min_by_key(|r| r.len())
    };
    let rest = rest(&BEFORE_A_COMMA, &[',']).or_else(|| rest(&LEADING_OVER, &[' ', ',']))?;
    let rest = rest.trim_start_matches([' ', ',']);
    (!rest.is_empty()).then_some(rest)
}

/// `text` with a capital at its start.
fn capitalized(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().into_iter().flat_map(char::to_uppercase);
    first.chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, alone: bool) -> String {
        bare(&Clean::line(text), alone).to_string()
    }

    #[test]
    fn datelines_and_bylines_go() {
        for dateline in [
            "[하나일보 홍길동 기자] ",
            "[서울=하나뉴스] 홍길동 기자 = ",
            "(가나=하나통신) 홍길동 특파원 = ",
            "홍길동 기자 = ",
            "(사진=하나일보 제공) ",
        ] {
            assert_eq!(
                read(&format!("{dateline}다리가 열렸다."), false),
                "다리가 열렸다."
            );
        }
        for dateline in [
            "WASHINGTON (AP) — ",
            "SIOUX FALLS, S.D. | ",
            "NEW YORK - ",
            "KYIV, Ukraine (AP) -- ",
        ] {
            let line = format!("{dateline}The bridge opened.");
            assert_eq!(read(&line, false), "The bridge opened.");
        }
        for label in ["<질문 3> ", "[답변] ", "A. ", "답: "] {
            let line = format!("{label}다리가 열렸다.");
            assert_eq!(read(&line, false), "다리가 열렸다.");
        }
        assert_eq!(
            read("<질문>의 저자가 왔다.", false),
            "<질문>의 저자가 왔다."
        );
        let kept = "NASA scientists — and others — agree.";
        assert_eq!(read(kept, false), kept);
        assert_eq!(
            read("[단독] 다리가 열렸다.", false),
            "[단독] 다리가 열렸다."
        );
        assert_eq!(
            read("[하나일보 홍길동 기자]", false),
            "[하나일보 홍길동 기자]"
        );
    }

    #[test]
    fn a_mark_that_lost_its_partner_gets_one() {
        let shown = |text: &str| {
            let block = crate::news::Block::paragraph(text);
            let article = crate::news::Article {
                blocks: vec![block],
                ..Default::default()
            };
            shown(&crate::summary::sentences(&article)[0], false).to_string()
        };
        assert_eq!(
            shown("“다리를 놓겠다고 시장은 말했다."),
            "“다리를 놓겠다고 시장은 말했다.”"
        );
        assert_eq!(
            shown("다리를 놓겠다”고 시장은 말했다."),
            "“다리를 놓겠다”고 시장은 말했다."
        );
        assert_eq!(
            shown("It was close,\" said the pilot."),
            "\"It was close,\" said the pilot."
        );
        for whole in [
            "시장은 \"놓겠다\"며 \"곧 연다\"고 말했다.",
            "화면 55\" 두 대를 들였다.",
            "He said “no” and left.",
        ] {
            assert_eq!(shown(whole), whole);
        }
    }

    #[test]
    fn a_word_that_leads_over_goes_where_nothing_is_before() {
        assert_eq!(
            read("한편, 시는 공원도 넓힌다.", true),
            "시는 공원도 넓힌다."
        );
        assert_eq!(
            read("한편 시는 공원도 넓힌다.", false),
            "한편 시는 공원도 넓힌다."
        );
        assert_eq!(
            read("이에 따라 시는 길을 막는다.", true),
            "시는 길을 막는다."
        );
        assert_eq!(read("이에 시는 길을 막는다.", true), "시는 길을 막는다.");
        assert_eq!(read("첫째, 길을 막는다.", true), "길을 막는다.");
        assert_eq!(
            read("첫째 아이는 학교에 간다.", true),
            "첫째 아이는 학교에 간다."
        );
        assert_eq!(
            read("However, the city will pay.", true),
            "The city will pay."
        );
        assert_eq!(
            read("Also known as the old bridge, it is closed.", true),
            "Also known as the old bridge, it is closed."
        );
        assert_eq!(read("이어달리기가 열렸다.", true), "이어달리기가 열렸다.");
        assert_eq!(read("또래 학생들이 모였다.", true), "또래 학생들이 모였다.");
    }
}
