//! What makes a front page: one happening told in other words, the weight of an issue, topics, and
//! sentences of several publishers.

use super::*;
use crate::news::{Issue, StoryId, by_topic};
use crate::summary::Sentence;

/// A day of unlike subjects by one publisher each, so that words can be rare.
fn filler() -> impl Iterator<Item = StoryInput> {
    let subjects = [
        "동네 책방 지도 나왔다",
        "고래 울음 녹음한 배 돌아와",
        "느티나무 아래 장터 열려",
        "초등 급식에 메밀국수",
        "야간 자전거길 조명 바꾼다",
        "사과 농가 서리 막이 팬 설치",
        "헌 교복 물려주기 사흘째",
        "섬마을 우체통 다시 빨갛게",
    ];
    (0_u64..).zip(subjects).map(|(n, title)| {
        let lead = format!("{title}는 소식이 전해졌다.");
        input(900 + n, "네모뉴스", 5, title, &lead)
    })
}

fn day_of(inputs: Vec<StoryInput>) -> Clusterer {
    grouped(&inputs.into_iter().chain(filler()).collect::<Vec<_>>())
}

fn titles(issues: &[Issue]) -> Vec<&str> {
    issues.iter().map(|i| &*i.title).collect()
}

#[test]
fn what_happened_to_one_bearer_of_a_name_is_one_event_in_whatever_words() {
    let first = (
        "노르덴 총리 전격 사임… 연정 붕괴",
        "엘리아스 노르덴 베스트라 총리가 대국민 연설에서 사임하겠다고 밝혔다. 예산안을 둘러싼 갈등이 원인이다.",
    );
    let same = (
        "“더는 이끌 수 없다” 노르덴 결국 물러나… 차기는 리브스냐 오켄이냐",
        "노르덴 베스트라 총리가 취임 14개월 만에 자리에서 내려오면서 집권당이 혼란에 빠졌다.",
    );
    let other_name = (
        "카렐 장관 물러나… 후임은 미정",
        "카렐 베스트라 재무장관이 자리에서 내려왔다. 후임은 정해지지 않았다.",
    );
    let other_thing = (
        "노르덴 총리, 어린 시절 일기 펴내",
        "노르덴 베스트라 총리가 어린 시절의 일기를 책으로 펴냈다. 수익은 도서관에 간다.",
    );
    let together = |(title, lead): (&str, &str)| {
        let c = day_of(vec![
            input(1, "하나일보", 1, first.0, first.1),
            input(2, "두리신문", 2, title, lead),
        ]);
        c.story_of(ArticleId(1)) == c.story_of(ArticleId(2))
    };
    assert!(together(same));
    assert!(!together(other_name) && !together(other_thing));
}

/// Two articles by two publishers on one subject, each told in the words of the other.
fn pair(n: u64, titles: [&str; 2], leads: [&str; 2]) -> [StoryInput; 2] {
    [
        input(n, "하나일보", 2, titles[0], leads[0]),
        input(n + 1, "두리신문", 3, titles[1], leads[1]),
    ]
}

fn bridge() -> [StoryInput; 2] {
    pair(
        1,
        [
            "가람대교 상판 붕괴… 2명 사망",
            "가람대교 상판 무너져 2명 사망",
        ],
        [
            "가람대교 상판 20m가 무너져 차량 3대가 강으로 떨어졌다. 2명이 숨졌다.",
            "가람대교 상판이 무너져 차량 3대가 강으로 떨어지면서 2명이 숨졌다.",
        ],
    )
}

fn inspection() -> [StoryInput; 2] {
    pair(
        11,
        [
            "가람대교 상판, 석 달 전 안전점검 등급 ‘보통’",
            "가람대교 점검 업체, 교각 안 보고 등급 매겨",
        ],
        [
            "무너진 가람대교 상판은 석 달 전 안전점검에서 업체가 보통 등급을 준 것으로 확인됐다.",
            "석 달 전 가람대교를 안전점검한 업체가 교각을 보지 않고 보통 등급을 매겼다.",
        ],
    )
}

fn tablet() -> [StoryInput; 2] {
    pair(
        21,
        [
            "하람전자, 접는 태블릿 폴리오 내놔",
            "하람전자 접는 태블릿 폴리오 나왔다",
        ],
        [
            "하람전자가 두 번 접는 태블릿 폴리오를 내놨다. 값은 189만원부터다.",
            "하람전자의 두 번 접는 태블릿 폴리오가 나왔다. 값은 189만원이다.",
        ],
    )
}

#[test]
fn at_equal_print_a_disaster_stands_before_a_product() {
    let mut newer = tablet().to_vec();
    newer
        .iter_mut()
        .for_each(|i| i.published = input(0, "", 9, "", "").published);
    let c = day_of(bridge().into_iter().chain(newer).collect());
    let found = issues(&c);
    assert_eq!(found.len(), 2, "{:?}", titles(&found));
    assert!(found[0].title.contains("가람대교"), "{:?}", titles(&found));
}

#[test]
fn a_topic_is_told_once_before_its_parts_and_its_parts_know_each_other() {
    let all = bridge().into_iter().chain(inspection()).chain(tablet());
    let found = issues(&day_of(all.collect()));
    let [bridge, tablet, inspection] = &found[..] else {
        panic!("{:?}", titles(&found));
    };
    assert!(tablet.title.contains("폴리오"), "{:?}", titles(&found));
    assert_eq!((bridge.topic, inspection.topic), (None, Some(bridge.id)));
    assert_eq!((tablet.topic, tablet.related.len()), (None, 0));
    let (related, back) = (&bridge.related[0], &inspection.related[0]);
    assert_eq!((related.id, back.id), (inspection.id, bridge.id));
    assert_eq!(
        (&related.articles, related.publishers),
        (&inspection.articles, 2)
    );
    let listed: Vec<StoryId> = by_topic(found.iter()).iter().map(|i| i.id).collect();
    assert_eq!(
        listed,
        [bridge.id, inspection.id, tablet.id],
        "parts below their head"
    );
}

#[test]
fn an_issue_is_told_by_several_publishers_where_it_can_be() {
    let sentences_of = |n: u64| -> Vec<Sentence> {
        let text = match n {
            1 => {
                "가람대교 상판 20미터가 어제 오후 무너져 차량 세 대가 강으로 떨어졌다. 가람대교 상판이 무너지는 모습을 시민들이 보았다고 소방서가 전했다. 무너진 가람대교 상판 아래에서 차량 두 대가 먼저 올라왔다고 소방서가 전했다."
            }
            _ => {
                "가람시는 무너진 가람대교를 석 달 동안 막고 안전진단을 다시 하기로 했다. 유족 대책반은 시청 별관에 차려졌다."
            }
        };
        let article = Article {
            blocks: vec![Block::paragraph(text)],
            ..Article::default()
        };
        sentences(&article)
    };
    let mut issue = issues(&day_of(bridge().to_vec())).swap_remove(0);
    tell(&mut issue, |id| sentences_of(id.0));
    let told: Vec<&str> = issue.summary.iter().map(|l| &*l.publisher).collect();
    assert_eq!(told.len(), 3);
    assert!(told.contains(&"두리신문"), "{:?}", issue.summary);
}
