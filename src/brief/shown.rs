//! A sentence as a line of its own: without dateline and byline, and without the word that ties it to a sentence that is
//! not shown. Words are only ever taken away; a sentence from the middle of a speech gets the speech's marks.

use super::Sentence;
use crate::news::Clean;

/// Words that only lead over from the sentence before.
const LEADING_OVER: &[&str] = &[
    "한편",
    "이어서",
    "이어",
    "또한",
    "또",
    "아울러",
    "그러면서",
    "특히",
    "하지만",
    "그러나",
    "다만",
    "이와 함께",
    "이에 따라",
    "이 밖에도",
    "이 밖에",
    "그 밖에",
];
/// Characters of a bracket, and of a name before `=`, that can be a dateline.
const DATELINE: usize = 40;
const BYLINE: usize = 24;

/// The sentence as it is shown. `alone`: the one before it is not shown.
pub(crate) fn shown(sentence: &Sentence, alone: bool) -> Clean {
    let words = bare(&sentence.text, alone);
    match sentence.cut {
        (None, None) => words,
        (open, close) => {
            let mark = |m: Option<char>| m.map(String::from).unwrap_or_default();
            Clean::line(&format!("{}{words}{}", mark(open), mark(close)))
        }
    }
}

fn bare(sentence: &Clean, alone: bool) -> Clean {
    let mut rest = without_dateline(sentence);
    if alone && let Some(short) = without_leading_over(rest) {
        rest = short;
    }
    if rest.len() == sentence.len() { sentence.clone() } else { Clean::line(rest) }
}

/// `[서울=뉴스] 홍길동 기자 = …`, `(가나=통신) …`, `[하나일보 홍길동 기자] …`
fn without_dateline(text: &str) -> &str {
    let bracket = |open: char, close: char| {
        let inner = text.strip_prefix(open)?;
        let (at, _) = inner.char_indices().take(DATELINE).find(|(_, c)| *c == close)?;
        let line = ["=", "기자", "특파원"].iter().any(|w| inner[..at].contains(w));
        line.then(|| inner[at + close.len_utf8()..].trim_start())
    };
    let rest = bracket('[', ']').or_else(|| bracket('(', ')')).unwrap_or(text);
    let equals = rest.char_indices().take(BYLINE).find(|(_, c)| *c == '=').map(|(at, _)| at);
    match equals {
        Some(at) if ["기자", "특파원"].iter().any(|w| rest[..at].contains(w)) => {
            or_all(rest[at + 1..].trim_start(), text)
        }
        _ => or_all(rest, text),
    }
}

/// `rest`, or `all` where nothing is left.
fn or_all<'a>(rest: &'a str, all: &'a str) -> &'a str {
    if rest.chars().any(char::is_alphanumeric) { rest } else { all }
}

fn without_leading_over(text: &str) -> Option<&str> {
    let rest = LEADING_OVER.iter().find_map(|w| text.strip_prefix(w).filter(|r| r.starts_with([' ', ','])))?;
    let rest = rest.trim_start_matches([' ', ',']);
    (!rest.is_empty()).then_some(rest)
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
        ] {
            assert_eq!(read(&format!("{dateline}다리가 열렸다."), false), "다리가 열렸다.");
        }
        assert_eq!(read("[단독] 다리가 열렸다.", false), "[단독] 다리가 열렸다.");
        assert_eq!(read("[하나일보 홍길동 기자]", false), "[하나일보 홍길동 기자]");
    }

    #[test]
    fn a_word_that_leads_over_goes_where_nothing_is_before() {
        assert_eq!(read("한편, 시는 공원도 넓힌다.", true), "시는 공원도 넓힌다.");
        assert_eq!(read("한편 시는 공원도 넓힌다.", false), "한편 시는 공원도 넓힌다.");
        assert_eq!(read("이에 따라 시는 길을 막는다.", true), "시는 길을 막는다.");
        assert_eq!(read("이어달리기가 열렸다.", true), "이어달리기가 열렸다.");
        assert_eq!(read("또래 학생들이 모였다.", true), "또래 학생들이 모였다.");
    }
}
