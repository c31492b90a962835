//! Short news on text written for the purpose.

mod forms;
mod laws;
mod nested;
mod references;
mod shortening;

use super::*;
use crate::news::{Article, Block, Clean};

fn cut(text: &str) -> Vec<&str> {
    split(text).into_iter().map(|r| &text[r]).collect()
}

#[test]
fn speech_stays_with_the_words_that_report_it() {
    assert_eq!(
        cut("김 씨는 “늦었다. 미안하다.”라고 말했다. 이어 떠났다.").len(),
        2
    );
    assert_eq!(cut("“늦었다.” 그는 떠났다."), ["“늦었다.”", "그는 떠났다."]);
    for said in [
        "\"We were not warned of it,\" Smith told the court.",
        "“It was a very quiet winter,” Mayor Jane Roe said.",
    ] {
        assert_eq!(cut(said), [said]);
    }
}

#[test]
fn a_long_speech_that_stands_by_itself_is_read_sentence_by_sentence() {
    let speech = "“다리를 놓자는 말은 네 해 전부터 나왔습니다. 아이들이 큰길을 돌아 학교에 갔으니까요. 이제 강을 바로 건너게 됐으니 \
                  더 바랄 것이 없습니다.” 그는 웃었다.";
    assert_eq!(cut(speech).len(), 4);
    let reported = speech.replace("” 그는 웃었다.", "”라고 그는 말했다.");
    assert_eq!(
        cut(&reported).len(),
        1,
        "speech stays with the words that report it"
    );
    assert_eq!(
        cut("“늦었다. 미안하다.” 그는 떠났다.").len(),
        2,
        "a short one is one breath"
    );
    let article = Article {
        blocks: vec![Block::paragraph(speech)],
        ..Article::default()
    };
    let lines: Vec<String> = sentences(&article)
        .iter()
        .map(|s| shown(s, false).to_string())
        .collect();
    assert_eq!(
        lines[1], "“아이들이 큰길을 돌아 학교에 갔으니까요.”",
        "and each of its sentences is shown as speech"
    );
    assert!(
        lines[0].ends_with("나왔습니다.”")
            && lines[2].starts_with("“이제")
            && lines[3] == "그는 웃었다."
    );
}

#[test]
fn a_lost_blank_does_not_lose_the_boundary() {
    assert_eq!(
        cut("비가 왔다.눈도 왔다.3일에는 3.5cm가 쌓였다."),
        ["비가 왔다.", "눈도 왔다.", "3일에는 3.5cm가 쌓였다."]
    );
}

#[test]
fn the_sentence_of_a_word_is_whole() {
    let text =
        "첫 문장이다. 한국은행에서는 금리를 올렸다. The wage rose by £0.50 to Dr. Kim's relief.";
    for (word, sentence) in [
        ("한국", "한국은행에서는 금리를 올렸다."),
        ("올렸", "한국은행에서는 금리를 올렸다."),
        ("wage", "The wage rose by £0.50 to Dr. Kim's relief."),
        ("relief", "The wage rose by £0.50 to Dr. Kim's relief."),
    ] {
        assert_eq!(sentence_at(text, text.find(word).unwrap()), sentence);
    }
    assert_eq!(sentence_at(text, 1_000), "");
}

#[test]
fn german_ordinals_and_abbreviations_end_nothing() {
    for whole in [
        "Am 1. Mai demonstrierten rund 3 Mio. Menschen, z. B. in Bremen und u. a. Berlin.",
        "Der Bund zahlt ca. 40 Prozent bzw. Länder und Gemeinden den Rest bis 3. Oktober.",
        "Sie lebte im 19. Jahrhundert, i. d. R. Romane schreibend, nahe der Str. Unter den Linden.",
    ] {
        assert_eq!(cut(whole), [whole]);
    }
    for (text, ends) in [
        ("Am 1. Mai 2026. Der Zug fuhr um 12. Danach kam der Bus.", 3),
        ("I am 12. My brother is 9. He reads.", 3),
        ("He chose plan b. She did not.", 2),
        ("It rose 12. May said so.", 2),
    ] {
        assert_eq!(cut(text).len(), ends, "{text}");
    }
}

#[test]
fn dates_numbers_and_initials_end_nothing() {
    assert_eq!(
        cut("2023. 12. 20. 서울에서 J. 스미스가 U.S. 대표로 3.4%를 말했다.").len(),
        1
    );
    assert_eq!(cut("Mr. Kim of Acme Inc. said so. He left.").len(), 2);
}

#[test]
fn dates_hours_and_references_go_on() {
    for one in [
        "시는 2026. 11. 25.(수) 10시에 문을 연다.",
        "접수는 11. 30.까지 받는다.",
        "시는 2026.11.25. 이렇게 발표했다.",
        "버전 1.2.3과 3.5%를 썼다.",
        "Dr. Kim met Mr. Lee at 5 p.m. Monday in St. Mary's.",
        "It opens at 9 a.m. KST and closes at 6 p.m. Friday.",
        "SIOUX FALLS, S.D. | The bridge is drawn on p. 55 of the plan.",
        "The bridge is drawn in fig. 3 and vol. 2 of the plan.",
    ] {
        assert_eq!(cut(one), [one]);
    }
    assert_eq!(
        cut("It was 10 a.m. They left the U.S. He stayed in Washington, D.C. The city grew.").len(),
        4
    );
}

#[test]
fn an_address_is_one_word() {
    for one in [
        "Write to Bridge.Office@gana.kr before noon.",
        "담당자는 Kang.Naru_Kim@gana.kr 주소를 쓴다.",
        "The plan is at https://gana.kr/Bridge.Plan.Html for all.",
    ] {
        assert_eq!(cut(one), [one]);
    }
    assert_eq!(
        cut("The bridge is open.He left. Ask Kim@gana.kr. It closes.").len(),
        4
    );
}

#[test]
fn a_dateline_is_one_with_its_sentence_and_goes_whole() {
    for dateline in [
        "RAPID CITY, S.D. – ",
        "TRENTON, N.J. - ",
        "LITTLE ROCK, Ark. — ",
        "ERIE, Pa. (AP) – ",
        "BATON ROUGE, La. -- ",
    ] {
        let line = format!("{dateline}The old bridge over the river opened on Monday.");
        let article = Article {
            blocks: vec![Block::paragraph(&line)],
            ..Article::default()
        };
        let all = sentences(&article);
        assert_eq!(all.len(), 1, "{line}");
        assert_eq!(
            *shown(&all[0], true),
            *"The old bridge over the river opened on Monday."
        );
    }
    assert_eq!(cut("He likes the river. - The bridge is new.").len(), 2);
}

#[test]
fn words_that_trail_off_end_where_the_next_begin() {
    assert_eq!(
        cut("그는 말이 없었다… 그리고 떠났다. 그런데… 아무도 몰랐다.").len(),
        3
    );
    assert_eq!(
        cut("긴장이 감돌았다…는 것은 지나친 말이다. 뭐라고요...? 네... 그렇습니다.").len(),
        3
    );
}

#[test]
fn bullets_numbers_and_credits_begin_or_end_a_unit() {
    assert_eq!(
        cut("1) 접수는 사흘이다. 2) 장소는 시청이다. ① 신청서를 낸다. 가. 대상은 시민이다. 나. 제외는 없다.").len(),
        5
    );
    assert_eq!(
        cut("▲ 홍길동 ▲ 김철수 ▲ 이영희 등이 왔다. 시는 △도로 △다리 △공원을 넓힌다. ▲폭은 5m다.")
            .len(),
        3
    );
    assert_eq!(
        cut("- 접수는 사흘이다. - 장소는 시청이다. ◆ 문의는 시청이다. ※ 누리집을 본다.").len(),
        4
    );
    assert_eq!(
        cut("길이는 420m다.(그림 참조) 폭은 5m다. /사진=하나일보")[1..],
        ["폭은 5m다.", "/사진=하나일보"]
    );
    assert_eq!(
        cut("홍길동 기자 hong@a.kr 시는 연다. [사진 = 하나일보 제공] 시는 닫는다.").len(),
        4
    );
}

#[test]
fn a_sign_of_mathematics_is_no_mark() {
    assert_eq!(
        cut("값이 3 < 5일 때 멈춘다. 값이 7 > 5일 때 간다.").len(),
        2
    );
    assert_eq!(
        cut("조사팀은 <가자. 지금 가자.>라는 낙서를 찾았다. 이어 <하나일보>가 실었다.").len(),
        2
    );
}

#[test]
fn a_stray_mark_swallows_nothing() {
    assert_eq!(cut("그는 \"왔다. 그리고 갔다. 또 왔다.").len(), 3);
}

#[test]
fn what_a_picture_shows_is_no_news() {
    let article = |last: &str| Article {
        title: Clean::line("가나시 다리 착공"),
        blocks: [
            last,
            "가나시는 한내강을 건너는 다리를 내년 봄에 놓기 시작한다고 3일 밝혔다.",
            "다리는 길이 420m로 사람과 자전거가 나란히 건널 수 있게 짓는다.",
            "공사비 312억 원은 시와 도가 절반씩 내기로 지난달 합의했다.",
            "시는 이달 안에 시공할 회사를 고르고 내년 3월에 첫 삽을 뜬다.",
        ]
        .iter()
        .map(|t| Block::paragraph(t))
        .collect(),
        ..Article::default()
    };
    let pose = article("가나시 시장이 3일 시청에서 열린 다리 착공 발표회에서 인사말을 하고 있다.");
    assert!(
        summarize(&pose, 3)
            .sentences
            .iter()
            .all(|l| l.source != Some(0))
    );
    let news =
        article("가나시가 한내강 다리 착공을 앞두고 강 건너 주민과 노선을 놓고 맞서고 있다.");
    assert!(
        summarize(&news, 3)
            .sentences
            .iter()
            .any(|l| l.source == Some(0))
    );
}

#[test]
fn each_line_of_a_summary_is_its_source() {
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
    let d = summarize(&article, 3);
    assert_eq!(d.sentences.len(), 3);
    assert!(!d.whole);
    for line in &d.sentences {
        assert!(all[line.source.unwrap()].text.ends_with(&*line.text));
    }
    assert!(d.sentences.windows(2).all(|w| w[0].source < w[1].source));
    assert!(summarize(&article, 6).whole);
}

/// The lines of the short news of an article of these paragraphs, and whether they are all of it.
fn short_news(texts: &[&str]) -> (Vec<String>, bool) {
    let article = Article {
        title: Clean::line("강가의 밤"),
        blocks: texts.iter().map(|t| Block::paragraph(t)).collect(),
        lang: Some(Clean::line("ko")),
        ..Article::default()
    };
    let made = summarize(&article, 3);
    let lines = made.sentences.iter().map(|l| l.text.to_string());
    (lines.collect(), made.whole)
}

#[test]
fn a_body_of_a_few_words_is_shown_to_the_last_of_them() {
    let verse = "강에 안개가 서고\n배는 돌아오지 않고\n나는 등을 켠다";
    let talk = [
        "“갔어?”",
        "“응.”",
        "배가 떠났다.",
        "“언제 오나?”",
        "* * *",
        "밤이 갔다.",
    ];
    let (lines, whole) = short_news(&[verse, "물이 운다"]);
    assert!(whole && lines.len() == 4, "{lines:?}");
    let (lines, whole) = short_news(&talk);
    assert!(whole && lines.len() == 5, "{lines:?}");
    let (lines, whole) = short_news(&["배가 떠났다. 물이 운다.", "홍길동 기자 a@b.kr"]);
    assert!(
        whole && lines == ["배가 떠났다.", "물이 운다."],
        "{lines:?}"
    );
}

#[test]
fn what_leaves_a_sentence_out_is_not_called_all_of_it() {
    let long = "강나루 시인은 한내강 나루터에서 여러 해를 두고 적은 시 마흔 편을 모아 시집을 냈고, \
                낭독회는 다음 달 초하루부터 보름까지 가람시 도서관과 나루터에서 저녁마다 열린다.";
    let (lines, whole) = short_news(&[long, long, "왜 강인가?", "웃었다."]);
    assert!(!whole && lines.len() == 2, "{lines:?}");
    let (lines, whole) = short_news(&[long, long]);
    assert!(whole && lines.len() == 2, "{lines:?}");
    assert_eq!(short_news(&[]), (Vec::new(), false));
    let article = Article {
        blocks: vec![
            Block::paragraph("배가 떠났다."),
            Block::Code {
                text: Clean::line("cargo run"),
            },
        ],
        ..Article::default()
    };
    assert!(!summarize(&article, 3).whole);
}
