//! The spoken form of written text, as tables, and the utterances for an article.

use super::normalize::spoken;
use super::*;
use crate::news::{Block, Clean};

fn all(lang: Lang, cases: &[(&str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(written, said)| {
            let got = spoken(written, lang);
            (got != *said).then(|| format!("{written:?}\n  said   {got:?}\n  wanted {said:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn amounts_are_said_in_full() {
    all(
        Lang::Ko,
        &[
            ("1,234만 5천원", "천이백삼십사만 오천 원"),
            ("207만명", "이백칠만 명"),
            ("1조2천억원", "일조 이천억 원"),
            ("3만5000원", "삼만 오천 원"),
            ("1만명이 모였다", "만 명이 모였다"),
            ("1억원", "일억 원"),
            ("1천만원", "천만 원"),
            ("12,345,678원", "천이백삼십사만오천육백칠십팔 원"),
            ("0.5", "영점오"),
            ("3.14배", "삼점일사 배"),
            ("1위", "일 위"),
            ("제3차 회의", "제삼 차 회의"),
            ("코로나19", "코로나십구"),
            ("3조각", "삼 조각"),
            ("버전 1.2.3", "버전 일점이점삼"),
            ("코드 007", "코드 공공칠"),
        ],
    );
}

#[test]
fn the_counter_decides_how_a_number_is_said() {
    all(
        Lang::Ko,
        &[
            ("3명", "세 명"),
            ("20명이", "스무 명이"),
            ("11개", "열한 개"),
            ("11개구", "열한 개 구"),
            ("3년", "삼 년"),
            ("3개월", "삼 개월"),
            ("5개국", "오 개국"),
            ("15주년", "십오 주년"),
            ("21살", "스물한 살"),
            ("21세", "이십일 세"),
            ("123명", "백스물세 명"),
            ("3 명을", "세 명을"),
            ("1번째", "첫 번째"),
            ("2번째", "두 번째"),
            ("110번", "백십 번"),
            ("3배", "세 배"),
            ("50배럴", "오십 배럴"),
            ("3시간", "세 시간"),
            ("24시간", "이십사 시간"),
            ("버스 3대를", "버스 세 대를"),
            ("20대 남성", "이십 대 남성"),
            ("4대강", "사 대강"),
            ("10분", "십 분"),
            ("4곳", "네 곳"),
            ("2달", "두 달"),
            ("2달러", "이 달러"),
        ],
    );
}

#[test]
fn dates_and_times_are_said_as_such() {
    all(
        Lang::Ko,
        &[
            ("2026년 11월 22일", "이천이십육 년 십일월 이십이일"),
            ("2026.11.22.", "이천이십육년 십일월 이십이일."),
            ("2026.11.22. 발표", "이천이십육년 십일월 이십이일 발표"),
            ("2026. 11. 22. 오전", "이천이십육년 십일월 이십이일 오전"),
            ("2026-06-10", "이천이십육년 유월 십일"),
            ("6월과 10월", "유월과 시월"),
            ("오전 9시 30분", "오전 아홉 시 삼십 분"),
            ("15시", "십오 시"),
            ("오후 12:05", "오후 열두 시 오 분"),
            ("09:00", "아홉 시"),
            ("3:1로 이겼다", "삼 대 일로 이겼다"),
            ("3·1절", "삼일절"),
            ("5·18 민주화운동", "오일팔 민주화운동"),
            ("12·3 사태", "십이삼 사태"),
            ("1·2위", "일, 이 위"),
        ],
    );
}

#[test]
fn units_have_names() {
    all(
        Lang::Ko,
        &[
            ("3.5%", "삼점오 퍼센트"),
            ("0.25%p", "영점이오 퍼센트포인트"),
            ("2%포인트", "이 퍼센트포인트"),
            ("25.3℃", "이십오점삼 도"),
            ("84㎡", "팔십사 제곱미터"),
            ("12km", "십이 킬로미터"),
            ("12 ㎞", "십이 킬로미터"),
            ("60kg급", "육십 킬로그램급"),
            ("시속 100km/h", "시속 백 킬로미터"),
            (
                "미세먼지 35㎍/㎥",
                "미세먼지 삼십오 마이크로그램 퍼 세제곱미터",
            ),
            ("5m", "오 미터"),
            ("5mbc", "오mbc"),
            ("$100", "백 달러"),
            ("$3억", "삼억 달러"),
            ("-3.5%", "마이너스 삼점오 퍼센트"),
            ("기온이 -12도로", "기온이 영하 십이 도로"),
            ("$5은", "오 달러는"),
            ("9.30~10.2 연다", "구월 삼십일부터 시월 이일까지 연다"),
            ("3.5~4.2%", "삼점오에서 사점이 퍼센트"),
            ("시속 80km/h로", "시속 팔십 킬로미터로"),
            ("강모(31) 씨", "강모 씨"),
            ("나모(52·여)", "나모"),
            ("강나루(3) 뒤에", "강나루, 삼, 뒤에"),
            ("5%↑ 마감", "오 퍼센트 상승 마감"),
            ("7번 게이트", "칠 번 게이트"),
            ("제3대 시장", "제삼 대 시장"),
            ("日中 회담", "일중 회담"),
            (
                "(가람=한빛통신) 강나루 기자 = 다리가 열렸다.",
                "다리가 열렸다.",
            ),
            ("지수(-2)", "지수, 마이너스 이"),
            ("㎡당 가격", "제곱미터당 가격"),
        ],
    );
}

#[test]
fn ranges_fractions_and_numbers_of_telephones() {
    all(
        Lang::Ko,
        &[
            ("1/3", "삼분의 일"),
            ("3분의 1", "삼 분의 일"),
            ("3~5명", "세 명에서 다섯 명"),
            ("3∼5%", "삼에서 오 퍼센트"),
            ("10~20만명", "십에서 이십만 명"),
            ("02-1234-5678", "공이, 일이삼사, 오육칠팔"),
            ("010-1234-5678번", "공일공, 일이삼사, 오육칠팔번"),
            ("031)123-4567", "공삼일, 일이삼, 사오육칠"),
            ("1588-1234", "일오팔팔, 일이삼사"),
            ("12-3번지", "십이 다시 삼 번지"),
            ("3-1로 졌다", "삼 대 일로 졌다"),
        ],
    );
}

#[test]
fn marks_are_pauses_or_nothing() {
    all(
        Lang::Ko,
        &[
            ("▲서울 ▲부산", "서울, 부산"),
            ("■ 기자회견", "기자회견"),
            ("※ 참고", "참고"),
            ("강남·서초·송파", "강남, 서초, 송파"),
            ("ⓒ 연합뉴스", "연합뉴스"),
            ("“그렇다”고 말했다.", "그렇다고 말했다."),
            ("고문(어드바이저)으로", "고문, 어드바이저으로"),
            ("[속보] 제목", "속보, 제목"),
            ("그런데… 왜?", "그런데, 왜?"),
            ("다.", "다."),
            ("A사-B사", "에이사 비사"),
            ("서울 - 부산", "서울, 부산"),
            ("(끝)", "끝"),
            ("…", ""),
            ("---", ""),
            ("<b>굵게</b>", "b 굵게 b"),
            ("[[h@'loU]]", "h 골뱅이 loU"),
            ("① 첫째", "일, 첫째"),
        ],
    );
}

#[test]
fn addresses_are_said_short() {
    all(
        Lang::Ko,
        &[
            (
                "홍길동 기자 hong@news.co.kr",
                "홍길동 기자 hong 골뱅이 news 점 co 점 kr",
            ),
            ("https://www.example.com/a/b?c=d", "example 점 com"),
            (
                "자세한 내용은 news.kr/1 참고",
                "자세한 내용은 news 점 kr 참고",
            ),
        ],
    );
    all(
        Lang::En,
        &[
            ("See https://www.example.com/a?b.", "See example dot com."),
            (
                "Mail a.b@example.com now",
                "Mail a dot b at example dot com now",
            ),
        ],
    );
}

#[test]
fn latin_letters_and_chinese_characters_in_korean() {
    all(
        Lang::Ko,
        &[
            ("MOU를 체결", "엠오유를 체결"),
            ("국내총생산(GDP)", "국내총생산, 지디피"),
            ("R&D", "알앤디"),
            ("NATO", "나토"),
            ("K팝", "케이팝"),
            ("iPhone 15", "iPhone 십오"),
            ("한국(韓國)은", "한국은"),
            ("韓國(한국)은", "한국은"),
            ("美 대통령", "미국 대통령"),
            ("前 장관", "전 장관"),
        ],
    );
}

#[test]
fn english_keeps_its_numbers_and_names_its_units() {
    all(
        Lang::En,
        &[
            (
                "Prices rose 3.5% in 2026.",
                "Prices rose 3.5 percent in 2026.",
            ),
            (
                "It’s 25.3℃, or 12km away",
                "It's 25.3 degrees Celsius, or 12 kilometres away",
            ),
            ("$1.5bn – a record", "$1.5bn, a record"),
            ("▲ First ▲ Second", "First, Second"),
            ("up 0.25%p to 1,234", "up 0.25 percentage points to 1,234"),
            ("-5 degrees", "minus 5 degrees"),
            ("“Yes,” he said (twice).", "Yes, he said, twice."),
            ("10–20 people", "10 to 20 people"),
            ("R&D", "R and D"),
            ("--help", "help"),
        ],
    );
}

#[test]
fn the_language_is_chosen_a_sentence_at_a_time() {
    assert_eq!(Lang::of("The word 기사 means article.", false), Lang::En);
    assert_eq!(
        Lang::of("BTS의 Dynamite, Billboard Hot 1위", true),
        Lang::Ko
    );
    assert_eq!(Lang::of("I have a dream.", true), Lang::En);
    assert_eq!(Lang::of("2026", true), Lang::Ko);
}

fn article() -> Article {
    Article {
        title: Clean::line("제목 3명"),
        subheads: vec![Clean::line("부제")],
        blocks: vec![
            Block::paragraph("첫 문장이다. 둘째 문장이다."),
            Block::Image {
                url: Clean::default(),
                alt: None,
                caption: Some(Clean::line("사진 설명")),
                credit: None,
            },
            Block::paragraph("They said yes."),
            Block::paragraph("※ ▲ …"),
        ],
        ..Article::default()
    }
}

#[test]
fn an_article_is_said_in_reading_order_with_places() {
    let said = utterances(&article(), SpeechExtent::Full, None);
    let texts: Vec<&str> = said.iter().map(|u| u.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "제목 세 명",
            "부제",
            "첫 문장이다.",
            "둘째 문장이다.",
            "They said yes."
        ]
    );
    assert_eq!(said[4].lang, Lang::En);
    let SpokenPlace::Body { block, bytes, .. } = &said[3].place else {
        unreachable!()
    };
    assert_eq!(
        article().blocks[*block].plain().get(bytes.clone()),
        Some("둘째 문장이다.")
    );
    assert_eq!(utterances(&article(), SpeechExtent::Title, None).len(), 1);
}

proptest::proptest! {
    #[test]
    fn whatever_is_written_begins_with_a_word_when_said(text in "\\PC{0,80}") {
        for lang in [Lang::Ko, Lang::En] {
            let said = spoken(&text, lang);
            proptest::prop_assert!(!said.starts_with(['-', '[', '<', ' ', ',']), "{said:?}");
            proptest::prop_assert!(!said.contains(['[', ']', '<', '>', '"', '`', '\\', '\n', '{', '}']), "{said:?}");
        }
    }

    #[test]
    fn numbers_with_anything_around_them_are_survived(text in "[0-9,.:/·~%만억천 명개월일시-]{0,60}") {
        let said = spoken(&text, Lang::Ko);
        proptest::prop_assert!(!said.contains(|c: char| c.is_ascii_digit()), "{said:?}");
    }
}

#[test]
fn what_begins_with_a_digit_is_no_address() {
    for text in ["0://0", "12:30://7", "3번 0://1~2"] {
        let said = spoken(text, Lang::Ko);
        assert!(!said.contains(|c: char| c.is_ascii_digit()), "{said:?}");
    }
    assert!(spoken("https://paper.example/1", Lang::Ko).contains("paper 점 example"));
}

#[test]
fn powers_are_said_and_marks_of_notes_are_not() {
    all(
        Lang::Ko,
        &[
            ("배출은 10⁶톤이다", "배출은 십의 육 승 톤이다"),
            ("10⁻³그램", "십의 마이너스 삼 승 그램"),
            ("84m²", "팔십사 제곱미터"),
            ("xⁿ⁺¹은", "x의 n 플러스 일 승은"),
            ("x^(k+1)은", "x의 k 플러스 일 승은"),
            ("2^k개", "이의 k승 개"),
            ("말했다¹⁾.", "말했다."),
            ("말했다[7].", "말했다."),
            ("많다[12] 한다", "많다 한다"),
        ],
    );
    all(
        Lang::En,
        &[
            ("10⁶ tonnes", "10 to the power of 6 tonnes"),
            ("e^(-x)", "e to the power of minus x"),
            ("so it is.[3]", "so it is."),
        ],
    );
    assert_eq!(spoken("CO₂가", Lang::Ko), spoken("CO2가", Lang::Ko));
}
