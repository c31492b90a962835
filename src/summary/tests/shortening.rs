//! Shortening by deletion: what goes, what stays, and what holds for every sentence.

use proptest::prelude::*;

use super::super::shorten::shorten;
use crate::news::Clean;

fn short(text: &str) -> Option<String> {
    shorten(text, "가람시 다리", |_| false).map(|s| s.to_string())
}

#[test]
fn brackets_speeches_and_clauses_go() {
    for (whole, left) in [
        (
            "가람시 도시계획국(국장 강나루)은 한내강을 건너는 보행 다리의 설계를 마치고 내년 3월에 공사를 시작한다고 3일 밝혔다.",
            "가람시 도시계획국은 한내강을 건너는 보행 다리의 설계를 마치고 내년 3월에 공사를 시작한다고 3일 밝혔다.",
        ),
        (
            "강나루 시장은 \"주민들이 네 해 동안 기다려 온 일이라 더는 뒤로 미룰 수가 없다\"며 \"내년 3월에는 반드시 첫 삽을 뜨겠다\"고 말했다.",
            "강나루 시장은 \"내년 3월에는 반드시 첫 삽을 뜨겠다\"고 말했다.",
        ),
        (
            "강나루 시장은 “네 해 동안 기다려 온 주민들께 고맙다. 내년 3월에는 반드시 첫 삽을 뜨고 두 해 안에 끝내겠다”고 말했다.",
            "강나루 시장은 “내년 3월에는 반드시 첫 삽을 뜨고 두 해 안에 끝내겠다”고 말했다.",
        ),
        (
            "공사비를 둘러싼 다툼이 석 달 넘게 이어지는 가운데 시의회는 다음 달 공청회를 열어 주민의 뜻을 묻기로 했다.",
            "시의회는 다음 달 공청회를 열어 주민의 뜻을 묻기로 했다.",
        ),
        (
            "가람시는 지난해 가을에 한내강 보행로의 설계를 모두 끝냈으며, 시공할 회사를 고른 뒤 내년 봄에 공사를 시작할 계획이다.",
            "가람시는 시공할 회사를 고른 뒤 내년 봄에 공사를 시작할 계획이다.",
        ),
        (
            "강나루 시장은 3일 한 라디오 아침 방송에 출연해 \"주민들이 기다려 온 일이니 내년 3월에는 반드시 첫 삽을 뜨겠다\"고 말했다.",
            "강나루 시장은 \"주민들이 기다려 온 일이니 내년 3월에는 반드시 첫 삽을 뜨겠다\"고 말했다.",
        ),
        (
            "로봇개 가온은 실내 러닝머신에서 초속 6.5m로 달렸는데, 이는 종전 최고였던 초속 6.4m를 넘은 것으로, 연구진은 세계 기록 인증을 신청했다.",
            "로봇개 가온은 실내 러닝머신에서 초속 6.5m로 달렸는데, 연구진은 세계 기록 인증을 신청했다.",
        ),
        (
            "도로교통공단과 가람경찰서, 한내구청 등에 따르면 지난 한 해 한내강 다리에서 일어난 사고는 모두 34건으로 집계됐다.",
            "지난 한 해 한내강 다리에서 일어난 사고는 모두 34건으로 집계됐다.",
        ),
        (
            "개장 첫날에는 시립합창단, 가나무용단, 한내풍물패, 푸른밴드, 소년취타대, 나루극단 등이 다리 위에서 공연을 펼친다.",
            "개장 첫날에는 시립합창단, 가나무용단, 한내풍물패, 나루극단 등이 다리 위에서 공연을 펼친다.",
        ),
        // Of a short sentence only what says nothing goes.
        (
            "한강물연구소는 가람물관리위원회(GWMC)에서 다음 달 두 번째 결과를 발표한다.",
            "한강물연구소는 가람물관리위원회에서 다음 달 두 번째 결과를 발표한다.",
        ),
        (
            "한편, 시는 지난 2019년 무너진 옛 나무다리도 내년 봄부터 고친다고 밝혔다.",
            "시는 2019년 무너진 옛 나무다리도 내년 봄부터 고친다고 밝혔다.",
        ),
        (
            "가람시 한내구청은 한내강 둘레의 담장에 이른바 ‘물빛 벽화’를 그리는 사업을 벌인다.",
            "가람시 한내구청은 한내강 둘레의 담장에 ‘물빛 벽화’를 그리는 사업을 벌인다.",
        ),
        (
            "이와 함께 강나루 시장은 오는 2031년까지 다리 두 곳을 더 놓겠다고 약속했다.",
            "강나루 시장은 2031년까지 다리 두 곳을 더 놓겠다고 약속했다.",
        ),
        (
            "가람거래소에 따르면 이날 물값지수는 전 거래일보다 12.40포인트(0.53%) 내린 2338.10에 거래를 마쳤다.",
            "이날 물값지수는 전 거래일보다 12.40포인트(0.53%) 내린 2338.10에 거래를 마쳤다.",
        ),
    ] {
        assert_eq!(short(whole).as_deref(), Some(left));
    }
}

#[test]
fn words_that_say_something_stay_in_short_sentences() {
    for whole in [
        "코스피는 전 거래일보다 21.40포인트(0.83) 오른 2600.10을 기록했다.",
        "시의회는 지난 3월 한내강 다리의 예산을 모두 깎기로 뜻을 모았다.",
        "강나루 시장은 “지난 2019년 무너진 다리를 잊지 않았다”고 말했다.",
        "가람환경연합에 따르면 시는 지난달 한내강에 폐수를 몰래 흘려보냈고 이를 숨기려고 기록까지 지웠다.",
        "특히(한자로 特히) 짧다.",
    ] {
        assert_eq!(short(whole), None, "{whole}");
    }
    let title = "맑은물센터, 다리 공사비 조사";
    let whole = "가람시 물관리국(이하 맑은물센터)에서 다리 공사비를 모두 조사한다고 밝혔다.";
    assert_eq!(shorten(whole, title, |_| false), None);
}

#[test]
fn what_a_sentence_needs_stays() {
    for whole in [
        // A figure in brackets, and a letter that the particle belongs to.
        "코스피는 전 거래일보다 21.40포인트(0.83%) 오른 2600.10을 기록해 두 달 만에 가장 높은 곳에서 거래를 마쳤다.",
        // Another subject follows the first clause.
        "이날 개인과 외국인은 각각 천억 원과 이천억 원어치를 사들였고, 기관은 삼천억 원어치를 팔아 지수를 끌어내렸다.",
        // The object of the first clause is that of the second.
        "경찰은 골목에서 달아나던 남성을 뒤쫓아 붙잡았으며, 가까운 지구대로 데려가 밤새 조사한 것으로 전해졌다.",
        // What follows leans on what would go.
        "시가 길을 막는 대책을 내놓자 상인들은 이 대책이 가게를 망하게 한다며 법원에 소송을 내기로 뜻을 모았다.",
        // The source is all that makes it a report.
        "강 건너 마을에 오래 산 주민들에 따르면 강나루 시장은 선거 때마다 다리를 놓겠다는 약속을 되풀이해 왔다.",
    ] {
        assert_eq!(short(whole), None, "{whole}");
    }
    let needed = "한내환경연구소(한환연)는 다리가 놓이면 강가에 사는 새의 수가 절반으로 줄어들 것이라고 3일 경고했다.";
    assert_eq!(shorten(needed, "", |w| w == "한환연"), None);
}

fn sentences() -> impl Strategy<Value = String> {
    let opening = [
        "",
        "다리를 막아 달라는 목소리가 커지는 가운데 ",
        "공사가 끝난 뒤 ",
        "가람경찰서(서장 강나루)에 따르면 ",
        "비가 그치면서 ",
    ];
    let topic = [
        "가람시는 ",
        "강나루(53) 시장은 ",
        "주민 가나다 씨는 ",
        "한내환경연구소(HERI)가 ",
        "개인과 기관은 ",
    ];
    let middle = [
        "",
        "지난달 설계를 마쳤으며, ",
        "다리가 좁다는 말을 듣고 ",
        "길을 막은 뒤 ",
        "\"더는 못 기다린다\"며 ",
        "“늦었다. 미안하다. 서두르겠다”며 “곧 연다”고 말했지만, ",
        "가, 나, 다, 라, 마, 바 등을 들어 ",
        "오전 9시 30분쯤 강가에 모여 ",
    ];
    let end = [
        "내년 3월에 공사를 시작한다.",
        "\"곧 연다. 더 기다려 달라\"고 말했다.",
        "이를 받아들이지 않기로 했다.",
        "다리를 놓는 데 300억 원(시비 70%)이 든다고 밝혔습니다.",
        "전혀 사실이 아니라고 반박한 것으로 알려졌다.",
    ];
    let pick = |list: &[&'static str]| prop::sample::select(list.to_vec());
    (
        pick(&opening),
        pick(&topic),
        pick(&middle),
        pick(&middle),
        pick(&end),
    )
        .prop_map(|(a, b, c, d, e)| [a, b, c, d, e].concat())
}

/// The letters of each word, without what stands in round brackets.
fn words(text: &str) -> Vec<String> {
    let mut depth = 0_i32;
    let mut bare = String::new();
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ if depth > 0 => {}
            c if c.is_alphanumeric() || c.is_whitespace() => bare.push(c),
            _ => {}
        }
    }
    bare.split_whitespace().map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]
    #[test]
    fn a_shortened_sentence_keeps_whole_words_in_order_and_its_end(whole in sentences()) {
        let Some(short) = short(&whole) else { return Ok(()) };
        prop_assert!(short.chars().count() < whole.chars().count());
        let mut rest = whole.chars();
        for c in short.chars().filter(|c| c.is_alphanumeric()) {
            prop_assert!(rest.any(|w| w == c), "{whole} > {short}");
        }
        let (all, left) = (words(&whole), words(&short));
        let mut from = all.iter();
        for word in &left {
            prop_assert!(from.any(|w| w == word), "{word} in {whole} > {short}");
        }
        prop_assert_eq!(all.last(), left.last());
        prop_assert!(whole.ends_with(&short[short.len() - 4..]));
        prop_assert_eq!(short.matches('"').count() % 2, 0);
        prop_assert_eq!(short.matches('“').count(), short.matches('”').count());
    }

    #[test]
    fn any_text_is_shortened_without_harm(text in any::<String>(), title in any::<String>()) {
        if let Some(short) = shorten(&text, &title, |_| false) {
            // Some letters become two where text is normalised: U+0A59 is a letter and a dot then.
            prop_assert!(short.chars().count() <= Clean::lines(&text).chars().count());
        }
    }
}
