//! What a line leaves unexplained, and what is put in.

use super::super::references::{defined, explain, references};

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

#[test]
fn a_named_occasion_and_the_maker_of_a_work_are_put_in() {
    let explained = |text: &str, before: &[&str]| {
        let found = references(text, before, "가람시");
        explain(text, &found, "가람시").map(|(line, _)| line)
    };
    let occasion = ["가람체육회는 3일 체육관에서 '누리 한마당'을 개최한다."];
    assert_eq!(
        explained("이번 대회에서 다섯 팀이 겨룬다.", &occasion).as_deref(),
        Some("이번 [누리 한마당] 대회에서 다섯 팀이 겨룬다.")
    );
    let unnamed = ["가람체육회는 '이길 때까지' 뛴다고 했다."];
    assert_eq!(explained("이번 대회에서 다섯 팀이 겨룬다.", &unnamed), None);
    let maker = ["저자 강나루 교수는 다리를 스무 해 살폈다."];
    assert_eq!(
        explained("저자는 다리를 지켜야 한다고 쓴다.", &maker).as_deref(),
        Some("[강나루] 저자는 다리를 지켜야 한다고 쓴다.")
    );
    assert_eq!(
        explained("저자는 다리를 지켜야 한다고 쓴다.", &unnamed),
        None
    );
}

#[test]
fn whose_relative_somebody_is_may_stand_behind() {
    let text = "한별 기자는 강나루가 다리를 놓았다고 썼다.";
    let explained = |definition: &str| {
        let found = defined(text, &[text, definition]);
        explain(text, &found, "가람시 다리").map(|(line, _)| line)
    };
    for definition in [
        "고(故) 강나루 씨는 한솔 의원의 부친입니다.",
        "강나루는 한솔 의원의 부친이다.",
    ] {
        assert_eq!(
            explained(definition).as_deref(),
            Some("한별 기자는 [한솔 의원의 부친] 강나루가 다리를 놓았다고 썼다.")
        );
    }
    for other in [
        "강나루는 다리의 첫 3년을 맡은 사람이다.",
        "강나루는 다리를 놓은 사람이다.",
        "한내강은 가람시의 자랑이다.",
        "강나루는 한솔 의원의 부친과 다리를 놓았다.",
    ] {
        assert_eq!(explained(other), None, "{other}");
    }
}
