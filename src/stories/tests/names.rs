//! Articles of our own that share a name and nothing else, and articles that share the event and
//! few words: the two ways to be wrong.

use super::*;

/// Headline and first sentences.
type Piece = (&'static str, &'static str);

/// The same person, company, place, team, law or day; different events.
const APART: &[(&str, Piece, Piece)] = &[
    (
        "a politician",
        (
            "강나루 의원, 지방세법 개정안 발의",
            "강나루 의원이 20일 빈집에 매기는 지방세를 깎는 법안을 냈다. 빈집을 고쳐 세를 놓으면 세 해 동안 절반만 내게 한다.",
        ),
        (
            "강나루 의원 차량 접촉 사고…“다친 사람 없어”",
            "강나루 의원이 탄 차가 20일 아침 다리 어귀에서 화물차와 부딪쳤다. 경찰은 블랙박스를 살펴 까닭을 밝히고 있다.",
        ),
    ),
    (
        "a company",
        (
            "한빛전자, 접는 화면 공장 증설",
            "한빛전자가 접는 화면을 만드는 공장을 한 동 더 짓는다. 내년 여름부터 달마다 유리판 3만 장을 더 찍는다.",
        ),
        (
            "한빛전자 배구단, 다섯 경기 연속 승리",
            "한빛전자가 원정에서 세 세트를 내리 따내며 연승을 이어 갔다. 주장 노을이 혼자 24점을 올렸다.",
        ),
    ),
    (
        "a company in two markets",
        (
            "한빛전자 3분기 영업이익 두 배",
            "한빛전자는 3분기 영업이익이 2조 1천억 원으로 한 해 전의 두 배라고 밝혔다. 서버에 쓰는 메모리 값이 올랐다.",
        ),
        (
            "한빛전자 노조, 내달 파업 찬반 투표",
            "한빛전자 노동조합은 다음 달 3일 파업을 할지 투표한다. 노조는 임금 7% 인상과 쉬는 날 이틀을 요구한다.",
        ),
    ),
    (
        "a town",
        (
            "가람시, 마을버스 요금 100원 내린다",
            "가람시는 내년 1월부터 마을버스 요금을 100원 내린다. 줄어드는 수입은 주차장에서 번 돈으로 메운다.",
        ),
        (
            "가람시 뒷산 불 세 시간 만에 꺼져",
            "가람시 뒷산에서 난 불이 세 시간 만에 꺼졌다. 소방 헬기 네 대가 물을 뿌렸고 나무 이백 그루가 탔다.",
        ),
    ),
    (
        "a striker",
        (
            "오바람 두 골…가람FC 선두 지켜",
            "가람FC가 오바람의 두 골로 누리FC를 2 대 1로 꺾고 선두를 지켰다. 결승골은 후반 44분에 나왔다.",
        ),
        (
            "오바람, 어린이 병원에 1억 원 기부",
            "축구 선수 오바람이 어린이 병원에 치료비 1억 원을 내놓았다. 병원은 희귀병 환자 열두 명을 돕는다.",
        ),
    ),
    (
        "two trials of one man",
        (
            "‘나래조합 횡령’ 도하늘 징역 3년",
            "법원은 조합 돈 40억 원을 빼돌린 도하늘 전 조합장에게 징역 3년을 선고했다. 빼돌린 돈은 땅을 사는 데 쓰였다.",
        ),
        (
            "도하늘 전 조합장, 명예훼손 손배소 패소",
            "도하늘 전 조합장이 기자를 상대로 낸 손해배상 소송에서 졌다. 재판부는 기사가 공익을 위한 것이라고 보았다.",
        ),
    ),
    (
        "two matches of a day",
        (
            "가람FC 2-1 누리FC…후반 44분 결승골",
            "가람FC가 안방에서 누리FC를 꺾었다. 교체로 들어온 오바람이 후반 44분 머리로 결승골을 넣었다.",
        ),
        (
            "다온FC 0-0 마루FC…헛심 공방",
            "다온FC와 마루FC가 득점 없이 비겼다. 두 팀은 슛을 스물네 번 했지만 골대가 세 번 막았다.",
        ),
    ),
    (
        "a minister abroad and at home",
        (
            "단비 장관, 북유럽 3국 순방 마쳐",
            "단비 장관이 북유럽 세 나라를 돌고 돌아왔다. 세 나라와 해상 풍력 기술을 함께 쓰는 약속을 맺었다.",
        ),
        (
            "단비 장관 “전기요금 상반기 동결”",
            "단비 장관은 국회에서 내년 상반기에는 전기요금을 올리지 않겠다고 말했다. 한전 적자는 채권으로 메운다.",
        ),
    ),
];

/// One event in the words of two desks.
const TOGETHER: &[(&str, Piece, Piece)] = &[
    (
        "a bridge",
        (
            "가람대교 통행 네 시간 만에 재개",
            "가람대교 통행이 20일 오전 11시 네 시간 만에 다시 시작됐다. 가람시는 상판 이음새에서 금이 발견돼 통행을 막고 보강 공사를 했다.",
        ),
        (
            "가람대교 이음새 균열 보강 끝나…통행 다시 허용",
            "이음새에 금이 가 막혔던 가람대교가 20일 오전 다시 열렸다. 시는 상판 보강 공사를 마치고 통행을 허용했다.",
        ),
    ),
    (
        "a rate",
        (
            "중앙은행, 기준금리 연 3.25%로 동결",
            "중앙은행 금융통화위원회가 기준금리를 연 3.25%로 묶었다. 물가가 잡히지 않은 채 내수가 식어 지켜보기로 했다.",
        ),
        (
            "기준금리 3.25% 유지…금통위 만장일치",
            "금융통화위원회는 20일 위원 모두의 뜻으로 기준금리를 3.25%에서 유지했다. 총재는 물가와 내수를 더 지켜보겠다고 말했다.",
        ),
    ),
    (
        "a fire",
        (
            "누리동 물류창고 불…직원 32명 대피",
            "20일 새벽 누리동 물류창고에서 불이 나 직원 32명이 대피했다. 불은 창고 두 동을 태우고 다섯 시간 만에 꺼졌다.",
        ),
        (
            "새벽 누리동 물류창고 화재, 두 동 전소",
            "누리동 물류창고에 불이 나 두 동이 모두 탔다. 안에 있던 직원 32명은 스스로 빠져나왔고 다친 사람은 없다.",
        ),
    ),
    (
        "a verdict",
        (
            "‘나래조합 횡령’ 도하늘 전 조합장 징역 3년",
            "법원은 조합 돈 40억 원을 빼돌린 도하늘 전 나래조합장에게 징역 3년을 선고했다.",
        ),
        (
            "조합 돈 40억 횡령 도하늘, 1심서 실형",
            "나래조합 돈 40억 원을 빼돌린 혐의로 재판에 넘겨진 도하늘 전 조합장이 1심에서 징역 3년을 받았다.",
        ),
    ),
    (
        "a launch",
        (
            "누리샛별 2호 발사 성공…궤도 안착",
            "기상 위성 누리샛별 2호가 20일 오후 발사돼 14분 뒤 궤도에 올랐다. 첫 신호는 남극 기지에서 잡았다.",
        ),
        (
            "기상위성 누리샛별 2호 궤도 진입 성공",
            "누리샛별 2호가 발사 14분 만에 목표 궤도에 들어갔다. 연구원은 남극 기지에서 위성의 첫 신호를 받았다고 밝혔다.",
        ),
    ),
];

/// All pieces in one pool, two publishers, an hour apart.
fn pool(pairs: &[(&str, Piece, Piece)]) -> Vec<StoryInput> {
    let pieces = pairs.iter().flat_map(|(_, a, b)| [a, b]);
    let publishers = ["가람신문", "나래일보"];
    pieces
        .enumerate()
        .map(|(n, (title, lead))| input(n as u64, publishers[n % 2], n as u64, title, lead))
        .collect()
}

/// The pairs that are of one story, among all pieces of both lists.
fn merged(pairs: &[(&'static str, Piece, Piece)], whole: bool) -> Vec<&'static str> {
    let mut inputs = pool(pairs);
    if whole {
        inputs
            .iter_mut()
            .for_each(|i| i.body = i.lead.split_inclusive(". ").map(Clean::line).collect());
    }
    let c = grouped(&inputs);
    let same =
        |n: usize| c.story_of(ArticleId(2 * n as u64)) == c.story_of(ArticleId(2 * n as u64 + 1));
    pairs
        .iter()
        .enumerate()
        .filter(|(n, _)| same(*n))
        .map(|(_, p)| p.0)
        .collect()
}

#[test]
fn a_shared_name_never_makes_one_story_of_two() {
    assert_eq!(merged(APART, false), Vec::<&str>::new());
    assert_eq!(merged(APART, true), Vec::<&str>::new());
}

#[test]
fn one_event_in_other_words_is_one_story() {
    let all: Vec<&str> = TOGETHER.iter().map(|p| p.0).collect();
    assert_eq!(merged(TOGETHER, false), all);
    assert_eq!(merged(TOGETHER, true), all);
}

#[test]
fn both_hold_in_one_pool() {
    let all = [APART, TOGETHER].concat();
    let expected: Vec<&str> = TOGETHER.iter().map(|p| p.0).collect();
    assert_eq!(merged(&all, false), expected);
    let c = grouped(&pool(&all));
    assert!(
        c.stories.iter().all(|s| s.articles.len() <= 3),
        "no chain from one to the next: {:?}",
        c.stories
    );
}

/// What a machine fills into a form, and what it fills in.
fn filled(n: u64, company: &str, percent: u64) -> StoryInput {
    let hour = n % 20;
    let body = [
        format!(
            "{company} 주가가 3일 전날보다 {percent}.2% 오른 {}원에 거래를 마쳤다.",
            3_000 + n * 37
        ),
        format!(
            "이날 거래량은 {}주로 지난 한 달 평균의 두 배에 가까웠다.",
            n * 1_313
        ),
        format!(
            "외국인은 {}억 원, 기관은 {}억 원어치를 순매수했고 개인은 순매도했다.",
            n * 7 + 1,
            n * 11 + 3
        ),
        "증권사들은 실적 전망과 환율 움직임을 함께 살펴야 한다고 조언했다.".to_owned(),
        "이 기사는 공시와 시세 자료를 바탕으로 자동으로 작성됐다.".to_owned(),
    ];
    let body: Vec<Clean> = body.iter().map(|s| Clean::line(s)).collect();
    let lead = Clean::line(&body[..4].iter().map(|s| &**s).collect::<Vec<_>>().join(" "));
    let title = format!("{company}, 전날보다 {percent}% 올라 마감");
    StoryInput {
        lead,
        body,
        ..input(n, "하나일보", hour, &title, "")
    }
}

#[test]
fn what_is_filled_into_one_form_is_neither_a_copy_nor_one_story() {
    let companies = [
        "가온전자",
        "나루건설",
        "다솜제약",
        "라온항공",
        "마루화학",
        "바다은행",
        "사비통신",
        "아라조선",
    ];
    for few in [8, 4, 3, 2] {
        let inputs: Vec<_> = companies
            .iter()
            .zip(100..)
            .take(few)
            .map(|(c, n)| filled(n, c, n % 7 + 2))
            .chain(day())
            .collect();
        let c = grouped(&inputs);
        for (a, b) in (100..100 + few as u64).flat_map(|b| (100..b).map(move |a| (a, b))) {
            assert_ne!(
                c.story_of(ArticleId(a)),
                c.story_of(ArticleId(b)),
                "{few}: {a} {b}"
            );
        }
    }
}
