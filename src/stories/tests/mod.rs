//! Stories on text written for the purpose.

mod events;
mod front;
mod names;

use super::*;
use crate::news::{Article, ArticleId, Block, Clean, Form, Stamp};
use crate::summary::sentences;

fn input(n: u64, publisher: &str, hour: u64, title: &str, lead: &str) -> StoryInput {
    let published = format!("2025-01-{:02}T{:02}:00:00+09:00", 1 + hour / 24, hour % 24)
        .parse::<Stamp>()
        .ok();
    StoryInput {
        id: ArticleId(n),
        publisher: Clean::line(publisher),
        title: Clean::line(title),
        lead: Clean::line(lead),
        body: Vec::new(),
        published,
        form: Form::News,
    }
}

/// Two publishers on one bridge, two subjects that share a person's name, and a filler or two.
fn day() -> Vec<StoryInput> {
    let bridge = "가나시가 한내강에 보행 다리를 새로 놓는다고 3일 밝혔다. 공사비는 삼백억 원이며 내년 봄에 착공한다.";
    let bridge_too = "가나시는 내년 봄 한내강 보행 다리 공사를 시작하기로 했다. 삼백억 원이 드는 다리는 시민이 이름을 짓는다.";
    vec![
        input(
            1,
            "하나일보",
            1,
            "가나시, 한내강에 보행 다리 놓는다",
            bridge,
        ),
        input(
            2,
            "두리신문",
            2,
            "한내강 보행 다리 내년 봄 착공",
            bridge_too,
        ),
        input(
            3,
            "하나일보",
            3,
            "홍길동 감독, 새 영화 촬영 마쳐",
            "홍길동 감독이 산골을 그린 새 영화의 촬영을 마쳤다. 개봉은 가을이다.",
        ),
        input(
            4,
            "두리신문",
            4,
            "홍길동 의원, 세법 개정안 발의",
            "홍길동 의원이 소득세 공제를 넓히는 개정안을 냈다. 상임위는 다음 주 심사한다.",
        ),
        input(
            5,
            "세모방송",
            5,
            "프로농구 세모, 다섯 경기 연속 승리",
            "프로농구 세모가 원정에서 이겨 다섯 경기를 내리 이겼다.",
        ),
        input(
            6,
            "네모뉴스",
            6,
            "밤사이 첫눈, 출근길 도로 얼어",
            "밤사이 첫눈이 내려 출근길 도로가 얼었다. 기온은 낮에 오른다.",
        ),
    ]
}

fn grouped(inputs: &[StoryInput]) -> Clusterer {
    let mut clusterer = Clusterer::new(Policy::default());
    inputs.iter().for_each(|i| clusterer.add(i));
    clusterer.group();
    clusterer
}

#[test]
fn one_story_of_two_publishers_is_one_issue() {
    let day = day();
    let mut all = issues(&grouped(&day));
    assert_eq!(all.len(), 1);
    tell(&mut all[0], |id| {
        sentences(&Article {
            blocks: vec![Block::paragraph(&day[id.0 as usize - 1].lead)],
            ..Article::default()
        })
    });
    assert_eq!(all[0].articles, [ArticleId(1), ArticleId(2)]);
    assert_eq!(all[0].publishers.len(), 2);
    assert!(
        all[0]
            .summary
            .iter()
            .all(|l| l.article == ArticleId(1) || l.article == ArticleId(2))
    );
}

#[test]
fn sharing_a_name_is_not_sharing_a_story() {
    let c = grouped(&day());
    assert_ne!(c.story_of(ArticleId(3)), c.story_of(ArticleId(4)));
}

#[test]
fn a_story_keeps_its_name_when_an_earlier_article_arrives_late() {
    let mut c = grouped(&day());
    let name = c.story_of(ArticleId(2));
    c.add(&input(
        9,
        "다섯통신",
        0,
        "가나시 한내강 보행 다리 공사비 삼백억 원",
        "가나시가 한내강 보행 다리에 삼백억 원을 들인다.",
    ));
    c.group();
    assert_eq!(c.story_of(ArticleId(9)), name);
    assert_eq!(c.story_of(ArticleId(1)), name);
}

#[test]
fn the_order_of_arrival_changes_nothing() {
    let mut other = day();
    other.reverse();
    let sets = |c: &Clusterer| {
        (1..=6)
            .map(|i| c.story_of(ArticleId(i)) == c.story_of(ArticleId(1)))
            .collect::<Vec<_>>()
    };
    assert_eq!(sets(&grouped(&day())), sets(&grouped(&other)));
}

/// A word of its own for each number.
fn word(n: u64) -> String {
    let syllable =
        |k: u64| char::from_u32(0xac00 + u32::try_from(k % 11_172).unwrap_or(0)).unwrap_or('가');
    [n * 7, n * 131 + 3, n * 1_717 + 5]
        .map(syllable)
        .iter()
        .collect()
}

#[test]
fn many_articles_are_grouped_as_few_are_however_many_share_the_work() {
    let about = |story: u64, publisher: u64| {
        let own = |k: u64| word(story * 6 + k);
        let title = format!("{}, {} {} {publisher}차", own(0), own(1), own(2));
        let lead = format!(
            "{}은 {}에 {}을 {}한다고 {publisher}일 밝혔다. {}가 도왔다.",
            own(0),
            own(1),
            own(2),
            own(3),
            own(4)
        );
        input(
            1 + story * 3 + publisher,
            ["하나일보", "두리신문", "세모방송"][publisher as usize],
            publisher,
            &title,
            &lead,
        )
    };
    let mut inputs: Vec<_> = (0..400)
        .flat_map(|story| (0..3).map(move |publisher| about(story, publisher)))
        .collect();
    let stories = grouped(&inputs).stories().to_vec();
    let whole = stories.iter().filter(|s| s.articles.len() == 3).count();
    assert!(whole > 380, "{whole} of 400");
    inputs.reverse();
    assert_eq!(grouped(&inputs).stories(), stories);
}

#[test]
fn articles_further_apart_than_the_window_stay_apart() {
    let mut day = day();
    day[1] = input(
        2,
        "두리신문",
        60,
        &day[1].title.clone(),
        &day[1].lead.clone(),
    );
    let c = grouped(&day);
    assert_ne!(c.story_of(ArticleId(1)), c.story_of(ArticleId(2)));
}

#[test]
fn wire_copy_is_folded_and_its_differences_shown() {
    let text: Vec<String> = (0..20)
        .map(|i| {
            format!(
                "{i}번째 문단은 한내강 다리 공사의 {}번째 단계를 자세히 설명한다.",
                i * 7 + 3
            )
        })
        .collect();
    let body = |skip: usize| {
        text.iter()
            .enumerate()
            .filter(|(i, _)| i % 6 != skip)
            .map(|(_, t)| Clean::line(t))
            .collect::<Vec<_>>()
    };
    let mut day = day();
    (day[0].body, day[1].body) = (body(1), body(2));
    let mut c = Clusterer::new(Policy::default());
    day.iter().for_each(|i| c.add(i));
    let story = c.group().iter().find(|s| s.articles.len() == 2).cloned();
    assert_eq!(
        story.map(|s| s.copies),
        Some(vec![vec![ArticleId(1), ArticleId(2)]])
    );
    let d = differences(
        &["다리를 새로 놓는다고 밝혔다.", "공사비는 삼백억 원이다."],
        &["새로 다리를 놓는다고 밝혔다."],
    );
    assert_eq!((d.only_first, d.only_second), (vec![1], vec![]));
}

#[test]
fn forgetting_drops_what_is_old() {
    let mut c = grouped(&day());
    c.forget_before("2025-01-01T03:30:00+09:00".parse::<Stamp>().unwrap().at);
    assert_eq!((c.len(), c.group().len()), (3, 3));
    assert_eq!(c.story_of(ArticleId(1)), None);
}

/// Four articles of each of these subjects, which share no word but the verbs.
fn subjects(of: std::ops::Range<u64>) -> Vec<StoryInput> {
    let syllable = |n: u64| {
        let mixed = n.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let mixed = (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        char::from_u32(0xac00 + (mixed >> 33) as u32 % 399 * 28).unwrap()
    };
    let name = |subject: u64, k: u64| -> String {
        let own = (subject * 16 + k) * 4;
        (0..4).map(|i| syllable(own + i)).collect()
    };
    let article = |n: u64| {
        let subject = n / 4;
        let w = |k: u64| name(subject, k);
        let title = format!("{} {} {} 앞에 놓인다", w(0), w(1), w(2 + n % 2));
        let lead = format!(
            "{} {} {} 앞에 놓인다고 밝혔다. {} {} {} 뒤에 나왔다.",
            w(0),
            w(1),
            w(2),
            w(3),
            w(4 + n % 2),
            w(6 + n % 3)
        );
        input(
            n,
            ["하나일보", "두리신문", "세울경제", "네온방송"][(n % 4) as usize],
            n % 24,
            &title,
            &lead,
        )
    };
    (of.start * 4..of.end * 4).map(article).collect()
}

#[test]
fn a_story_keeps_its_id_whatever_else_arrives() {
    let mut clusterer = Clusterer::new(Policy::default());
    let before = subjects(0..150);
    before.iter().for_each(|i| clusterer.add(i));
    assert_eq!(clusterer.group().len(), 150);
    let ids: Vec<_> = before.iter().map(|i| clusterer.story_of(i.id)).collect();
    for more in 15..22 {
        let later = subjects(more * 10..more * 10 + 10);
        later.iter().for_each(|i| clusterer.add(i));
        assert_eq!(clusterer.group().len() as u64, more * 10 + 10);
        let now: Vec<_> = before.iter().map(|i| clusterer.story_of(i.id)).collect();
        assert_eq!(ids, now);
    }
}
