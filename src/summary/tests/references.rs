//! What a line leaves unexplained, and what is put in.

use super::super::references::{explain, references};

const BEFORE: [&str; 4] = [
    "가람시 강나루 시장은 3일 시의 60대 최씨와 20대 회사원 A씨를 만났다.",
    "한내환경연구소(HERI)와 가람 시민단체, GACA는 다리 관리법 개정안을 함께 냈다.",
    "시는 종합격투기 대회를 열기로 했다.",
    "방송사 일곱 곳, AI 회사 두 곳도 왔다.",
];

fn explained(text: &str, known: &str) -> Option<String> {
    let found = references(text, &BEFORE, "가람시 다리");
    let (line, places) = explain(text, &found, known)?;
    let letters: Vec<char> = line.chars().collect();
    for (from, to) in places {
        assert_eq!((letters[from], letters[to - 1]), ('[', ']'));
    }
    // Without what is in the brackets it is the sentence.
    let mut depth = 0;
    let bare = line.chars().filter(|c| {
        depth += i32::from(*c == '[');
        let outside = depth == 0;
        depth -= i32::from(*c == ']');
        outside && !c.is_whitespace()
    });
    let whole = text.chars().filter(|c| !c.is_whitespace());
    assert!(bare.eq(whole), "{line}");
    Some(line)
}

#[test]
fn words_from_the_article_explain_a_line() {
    for (text, line) in [
        ("최씨는 다리를 건넜다.", "[60대] 최씨는 다리를 건넜다."),
        (
            "이날 A씨는 다리를 건넜다.",
            "이날 [20대 회사원] A씨는 다리를 건넜다.",
        ),
        ("강 시장은 다리를 건넜다.", "강[나루] 시장은 다리를 건넜다."),
        (
            "\"강 시장은 왔다\"고 했다.",
            "\"강[나루] 시장은 왔다\"고 했다.",
        ),
        (
            "이에 HERI는 반대했다.",
            "이에 [한내환경연구소] HERI는 반대했다.",
        ),
        ("이에 GACA가 나섰다.", "이에 [가람 시민단체] GACA가 나섰다."),
        (
            "개정안은 내년에 시행된다.",
            "[관리법] 개정안은 내년에 시행된다.",
        ),
    ] {
        assert_eq!(explained(text, "").as_deref(), Some(line));
    }
}

#[test]
fn what_is_known_or_unknown_gets_no_words() {
    assert_eq!(
        explained("강 시장은 다리를 건넜다.", "강나루 시장이 왔다."),
        None
    );
    assert_eq!(explained("최씨는 다리를 건넜다.", "최 씨가 왔다."), None);
    for text in [
        "박 시장은 다리를 건넜다.",
        "B씨는 다리를 건넜다.",
        "이 시장은 다리를 건넜다.",
        "AI가 다리를 건넜다.",
        "새 개정안은 내년에 시행된다.",
        "강의 물은 다리를 건넜다.",
    ] {
        assert_eq!(explained(text, ""), None, "{text}");
    }
}

#[test]
fn a_thing_that_is_pointed_at_must_have_been_named() {
    let known_by = |text: &str| {
        let found = references(text, &BEFORE, "가람시 다리");
        found.into_iter().map(|r| r.known_by).collect::<Vec<_>>()
    };
    assert_eq!(known_by("이번 대회에서 강나루가 이겼다."), ["대회"]);
    assert_eq!(known_by("시는 해당 도로를 막았다."), ["도로"]);
    assert_eq!(known_by("같은 기간에 비가 왔다."), [""; 0]);
}
