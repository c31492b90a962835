//! Events in formula words, forms that tell none, spacing, tags, and the order of issues.

use super::*;

/// Two articles of two publishers in a pool of their own, and whether they are one story.
fn one(a: (&str, &str), b: (&str, &str)) -> bool {
    together(a, b, Form::News, Form::News)
}

fn together(a: (&str, &str), b: (&str, &str), first: Form, second: Form) -> bool {
    let inputs = [
        StoryInput {
            form: first,
            ..input(101, "가람신문", 2, a.0, a.1)
        },
        StoryInput {
            form: second,
            ..input(102, "나래일보", 3, b.0, b.1)
        },
    ];
    let all: Vec<StoryInput> = inputs.into_iter().chain(day()).collect();
    let c = grouped(&all);
    c.story_of(ArticleId(101)) == c.story_of(ArticleId(102))
}

#[test]
fn formula_headlines_about_others_are_other_events() {
    for (a, b) in [
        (
            (
                "가람 육군 부대서 20대 숨진 채 발견",
                "육군 부대 숙소에서 부사관이 숨진 채 발견돼 조사하고 있다.",
            ),
            (
                "누리 여관 화재 현장서 60대 숨진 채 발견",
                "여관에서 난 불을 끈 뒤 60대가 숨진 채 발견됐다.",
            ),
        ),
        (
            (
                "대구 중학교 2곳 '폭발물 설치' 협박…학생들 대피",
                "중학교 두 곳에 폭발물을 설치했다는 글이 올라와 학생들이 대피했다.",
            ),
            (
                "인천 고교 3곳 '폭발물 설치' 협박…학생들 대피",
                "고교 세 곳에 폭발물을 설치했다는 팩스가 와 학생들이 대피했다.",
            ),
        ),
        (
            (
                "외상센터 교수, 생명재단에 1천만원 기부",
                "생명재단은 한 교수가 1천만원을 기부했다고 밝혔다.",
            ),
            (
                "세상 뜬 학생 부모, 대학에 1천만원 기부",
                "가나대는 학생의 부모가 장학금 1천만원을 기부했다고 밝혔다.",
            ),
        ),
        (
            (
                "가온전자, 도하항공과 공급 계약 체결",
                "가온전자는 부품 공급 계약을 체결했다고 공시했다.",
            ),
            (
                "다솜제약, 나루병원과 공급 계약 체결",
                "다솜제약은 의약품 공급 계약을 체결했다고 공시했다.",
            ),
        ),
    ] {
        assert!(!one(a, b), "{} / {}", a.0, b.0);
    }
}

#[test]
fn headlines_that_name_different_places_are_different_events() {
    let text = "새벽 물류창고에서 불이 나 직원 서른두 명이 빠져나왔다. 소방은 이음새를 살핀다.";
    assert!(!one(
        ("대구 물류창고서 새벽 불길", text),
        ("울산 물류창고 새벽 불길", text)
    ));
    assert!(one(
        ("대구 물류창고서 새벽 불길", text),
        ("대구시 물류창고 새벽 불길", text)
    ));
}

#[test]
fn the_place_of_an_event_may_stand_in_the_lead() {
    let text = "새벽 물류창고에서 불이 나 직원 서른두 명이 빠져나왔다. 소방은 이음새를 살핀다.";
    let (daegu, seoul) = (format!("대구 {text}"), format!("서울 {text}"));
    let ulsan = ("울산 물류창고 새벽 불길", text);
    assert!(!one(("물류창고서 새벽 불길", &daegu), ulsan));
    assert!(one(("물류창고서 새벽 불길", &seoul), ulsan));
}

#[test]
fn an_interview_shares_no_event_with_another_on_the_same_work() {
    let a = (
        "강나루 배우 “물결을 오래 보았다”",
        "영화 한내의 물결에 나온 강나루 배우를 만났다. 물결을 보며 걸었다고 한다.",
    );
    let b = (
        "한별 감독 “느린 장면이 좋다”",
        "영화 한내의 물결을 찍은 한별 감독은 느린 장면을 아낀다고 했다.",
    );
    assert!(!together(a, b, Form::Interview, Form::Interview));
    assert!(together(a, a, Form::Interview, Form::Interview));
}

#[test]
fn spacing_and_a_later_version_make_no_other_story() {
    let a = (
        "정부, 억류 선원 귀국 준비 착수… “기술적 문제 해결 중”",
        "정부가 선원의 귀국 절차에 들어갔다.",
    );
    let b = (
        "정부, 억류선원 귀국준비 착수 \"기술적문제 해결중\"(종합)",
        "관계자들이 억류선원을 찾아 귀국준비를 했다.",
    );
    assert!(one(a, b));
}

#[test]
fn a_round_up_or_a_forecast_is_in_no_story() {
    let text = (
        "가람대교 통행 재개",
        "이음새에 금이 가 막혔던 가람대교가 다시 열렸다.",
    );
    assert!(one(text, text));
    for form in [Form::List, Form::Weather, Form::Horoscope, Form::Ad] {
        assert!(!together(text, text, Form::News, form), "{form:?}");
    }
}

#[test]
fn a_picture_joins_where_its_headline_is_the_same() {
    let a = (
        "강나루 시장, 가람대교 다시 열며 첫 통행",
        "강나루 시장이 다리를 건넜다.",
    );
    let other = ("한내강 물안개 핀 아침 풍경", "한내강에 물안개가 피었다.");
    assert!(together(a, a, Form::News, Form::Photo));
    assert!(!together(a, other, Form::News, Form::Photo));
}

#[test]
fn a_series_tag_is_nothing_that_two_articles_share() {
    assert!(!one(
        (
            "[가람신문 별난 식품박물관] 오래된 국수",
            "백 년을 이어 온 국수를 뽑는 집이 있다."
        ),
        (
            "[가람신문 별난 식품박물관] 새로운 두부",
            "두부로 만든 면이 팔린다."
        )
    ));
}

#[test]
fn an_issue_with_more_of_the_days_print_comes_first() {
    let bridge = |n: u64, hour: u64| {
        input(
            n,
            "하나일보",
            hour,
            &format!("가람대교 이음새 균열 보강 {n}차 점검"),
            "가람대교 상판 이음새 균열을 보강하는 공사를 시가 한밤까지 했다.",
        )
    };
    let watch = |n: u64, publisher: &str| StoryInput {
        form: Form::Release,
        ..input(
            n,
            publisher,
            20,
            "가온전자, 심박 재는 새 시계 내놔",
            "가온전자가 심박을 재는 시계를 내놨다. 값은 삼십만 원이다.",
        )
    };
    let inputs = [
        bridge(21, 1),
        bridge(22, 3),
        bridge(23, 5),
        watch(31, "두리신문"),
        watch(32, "세모방송"),
    ];
    let found = issues(&grouped(&inputs));
    assert_eq!(found.len(), 2);
    assert_eq!(
        found[0].articles.len(),
        3,
        "three reports before one release in two papers"
    );
}

#[test]
fn amounts_of_others_part_events_and_those_of_one_do_not() {
    let gift = (
        "산들군 주민 김모씨, 이웃돕기 성금 500만원 기탁",
        "산들군 주민 김모씨가 이웃돕기 성금 500만원을 군에 기탁했다.",
    );
    let other = (
        "바른건설, 산들군에 이웃돕기 성금 1천만원 기탁",
        "바른건설은 산들군청을 찾아 이웃돕기 성금 1천만원을 기탁했다.",
    );
    let profit = (
        "누리제약, 3분기 영업이익 120억…전년比 15% 증가",
        "누리제약은 3분기 영업이익이 120억원으로 지난해보다 15% 늘었다고 공시했다.",
    );
    let elsewhere = (
        "한솔바이오, 3분기 영업이익 98억…전년比 22% 증가",
        "한솔바이오는 3분기 영업이익이 98억원으로 지난해보다 22% 증가했다고 공시했다.",
    );
    let rounded = (
        "누리제약 3분기 영업이익 119.8억원…15% 늘어",
        "누리제약이 3분기에 영업이익 119억8천만원을 거뒀다고 공시했다.",
    );
    assert!(!one(gift, other));
    assert!(!one(profit, elsewhere));
    assert!(one(profit, rounded));
}

/// What a mayor said of a bridge, in four reports among others.
fn speech() -> Vec<StoryInput> {
    let said = |n: u64, hour: u64, words: &str| {
        input(
            n,
            "하나일보",
            hour,
            &format!("강나루 “{words}”"),
            "강나루 시장이 시의회에서 가람대교 이음새 균열 보강 공사를 두고 입을 열었다.",
        )
    };
    let all = [
        said(41, 6, "가람대교 이음새 균열, 가을까지 보강"),
        said(42, 7, "가람대교 균열 보강 공사비 시가 낸다"),
        said(43, 8, "가람대교 보강 끝나면 야간 통행 허용"),
        said(44, 9, "이음새 균열 숨기지 않아… 가람대교 안전"),
    ];
    all.into_iter().chain(day()).collect()
}

#[test]
fn who_does_not_name_the_speaker_is_not_of_what_he_said() {
    let aside = input(
        45,
        "두리신문",
        10,
        "가람대교 이음새 균열 보강, 공법 두고 말 많아",
        "가람대교 이음새 균열 보강 공사 공법을 두고 주민과 학자가 다툰다. 야간 통행도 걸렸다.",
    );
    let mut all = speech();
    all.push(aside);
    let c = grouped(&all);
    let story = c.story_of(ArticleId(41));
    assert!((42..45).all(|n| c.story_of(ArticleId(n)) == story));
    assert_ne!(c.story_of(ArticleId(45)), story);
}

#[test]
fn a_flash_joins_what_its_speaker_said_within_hours() {
    let flash = |n: u64, hour: u64, words: &str| StoryInput {
        form: Form::Live,
        ..input(n, "두리신문", hour, &format!("[속보] 강나루 “{words}”"), "")
    };
    let mut all = speech();
    all.push(flash(46, 9, "균열보강공사뒤 야간통행재개"));
    all.push(flash(47, 9, "도서관 새로 짓고 책값 보탠다"));
    all.push(flash(48, 24, "이음새균열 가을까지보강완료"));
    let c = grouped(&all);
    let story = c.story_of(ArticleId(41));
    assert_eq!(c.story_of(ArticleId(46)), story);
    assert_ne!(c.story_of(ArticleId(47)), story, "other words");
    assert_ne!(c.story_of(ArticleId(48)), story, "another day");
}
