//! Short news on text written for the purpose.

mod figures;
mod laws;

use super::*;
use crate::news::{Article, Block, Clean};

fn cut(text: &str) -> Vec<&str> {
    split(text).into_iter().map(|r| &text[r]).collect()
}

#[test]
fn speech_stays_with_the_words_that_report_it() {
    assert_eq!(cut("김 씨는 “늦었다. 미안하다.”라고 말했다. 이어 떠났다.").len(), 2);
    assert_eq!(cut("“늦었다.” 그는 떠났다."), ["“늦었다.”", "그는 떠났다."]);
}

#[test]
fn a_lost_blank_does_not_lose_the_boundary() {
    assert_eq!(
        cut("비가 왔다.눈도 왔다.3일에는 3.5cm가 쌓였다."),
        ["비가 왔다.", "눈도 왔다.", "3일에는 3.5cm가 쌓였다."]
    );
}

#[test]
fn dates_numbers_and_initials_end_nothing() {
    assert_eq!(cut("2023. 12. 20. 서울에서 J. 스미스가 U.S. 대표로 3.4%를 말했다.").len(), 1);
    assert_eq!(cut("Mr. Kim of Acme Inc. said so. He left.").len(), 2);
}

#[test]
fn a_stray_mark_swallows_nothing() {
    assert_eq!(cut("그는 \"왔다. 그리고 갔다. 또 왔다.").len(), 3);
}

#[test]
fn each_line_of_a_digest_is_its_source() {
    let texts = [
        "가나시는 올해 큰 강을 건너는 다리 두 곳을 새로 놓는다고 밝혔다.",
        "다리의 새 이름은 시민이 직접 투표해서 정한다고 시는 설명했다.",
        "다리를 놓는 공사에는 앞으로 두 해가 걸릴 것으로 보인다.",
        "예산은 삼백억 원으로 지난해보다 늘었다.",
        "시장은 다리 두 곳이 길을 줄인다고 말했다.",
        "한편 가나시는 공원도 넓힌다고 덧붙였다.",
        "홍길동 기자 a@b.kr",
    ];
    let article = Article {
        title: Clean::line("가나시 다리 두 곳 놓는다"),
        blocks: texts.iter().map(|t| Block::paragraph(t)).collect(),
        ..Article::default()
    };
    let all = sentences(&article);
    let d = digest(&article, 3);
    assert_eq!(d.sentences.len(), 3);
    assert!(!d.whole);
    for line in &d.sentences {
        assert!(all[line.source.unwrap()].text.ends_with(&*line.text));
    }
    assert!(d.sentences.windows(2).all(|w| w[0].source < w[1].source));
    assert!(digest(&article, 6).whole);
}
