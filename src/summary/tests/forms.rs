//! Which sentences are chosen, form by form, on text written for the purpose.

use super::*;

fn chosen(title: &str, texts: &[&str], count: usize) -> Vec<usize> {
    let article = Article {
        title: Clean::line(title),
        blocks: texts.iter().map(|t| Block::paragraph(t)).collect(),
        lang: Some(Clean::line("ko")),
        ..Article::default()
    };
    let lines = summarize(&article, count).sentences;
    lines.iter().filter_map(|l| l.source).collect()
}

#[test]
fn a_market_report_gives_close_traders_and_the_second_market() {
    let texts = [
        "코스피가 9일 기관의 매수세에 힘입어 이틀째 올라 거래를 마쳤다.",
        "이날 코스피는 전 거래일보다 21.40포인트(0.83%) 오른 2600.10에 거래를 마쳤다.",
        "지수는 전장보다 3.10포인트 내린 2575.60에 출발했다.",
        "유가증권시장에서 기관은 2,310억원어치를 순매수했고 외국인은 1,120억원어치를 팔아치웠다.",
        "시가총액 상위 종목 가운데 가나전자는 2% 올랐고 다라화학은 1% 내렸다.",
        "업종별로는 의약품과 전기가스가 오르고 종이목재가 내렸다.",
        "코스닥은 전 거래일보다 4.20포인트(0.50%) 내린 850.30에 장을 마쳤다.",
        "서울 외환시장에서 원·달러 환율은 3.5원 오른 1,310.2원에 거래를 마쳤다.",
    ];
    assert_eq!(
        chosen("코스피, 기관 매수에 이틀째 상승", &texts, 3),
        [1, 3, 6]
    );
}

#[test]
fn the_news_is_said_once_and_what_follows_is_said_too() {
    let texts = [
        "가람시가 한내강에 사람과 자전거가 함께 건너는 보행 다리를 놓는다.",
        "가람시는 3일 한내강에 사람과 자전거가 건너는 보행 다리를 놓는다고 밝혔다.",
        "한내강에는 지금까지 차가 다니는 다리만 두 곳이 있었다.",
        "주민들은 강을 건너려고 큰길을 따라 2km를 돌아다녔다.",
        "공사비 312억 원은 시와 도가 절반씩 부담한다.",
        "시는 이달 안에 설계를 공모하고 내년 3월에 착공할 예정이다.",
    ];
    let lines = chosen("가람시, 한내강에 보행 다리 놓는다", &texts, 3);
    assert!(lines.contains(&5), "{lines:?}");
    assert!(lines.contains(&0) != lines.contains(&1), "{lines:?}");
}

#[test]
fn what_the_people_of_a_programme_say_is_no_news() {
    let texts = [
        "오래 기다린 재판의 결론이 나왔습니다.",
        "다리를 막아 달라는 주민들의 소송에서 법원이 가람시의 손을 들어 줬습니다.",
        "[강나루/주민 : 다리가 생기면 집 앞이 시끄러워져서 너무 힘듭니다.]",
        "법원은 다리로 얻는 이익이 소음으로 잃는 것보다 크다고 판단했습니다.",
        "주민 34명은 다음 주 항소하겠다는 입장입니다.",
        "가람시법원에서 하나TV 강나루입니다.",
    ];
    assert_eq!(
        chosen("법원, 한내강 다리 막지 않는다", &texts, 3),
        [1, 3, 4]
    );
}

#[test]
fn a_heading_inside_the_text_is_no_line() {
    let texts = [
        "시민 80% \"다리 찬성\"… 반대 측은 항소",
        "가람시민 열에 여덟은 한내강에 다리를 놓는 데 찬성하는 것으로 조사됐다.",
        "다리 찬성 80%, 가람시 조사 결과",
        "조사는 시가 지난달 시민 1,000명에게 전화로 물어 이뤄졌다.",
        "찬성한 까닭으로는 통학 길이 짧아진다는 답이 61%로 가장 많았다.",
        "반대한 주민들은 소음을 걱정해 법원에 항소했다.",
    ];
    let lines = chosen("가람시민 80% 다리 찬성", &texts, 3);
    assert!(!lines.contains(&0) && !lines.contains(&2), "{lines:?}");
}

#[test]
fn a_search_is_answered_by_the_sentences_that_have_it() {
    let texts = [
        "가람시가 한내강에 보행 다리를 놓는다.",
        "다리는 길이 420m로 두 해 뒤에 열린다.",
        "공사비 312억 원은 시와 도가 절반씩 부담한다.",
        "시의회는 공사비가 너무 많다며 다시 셈하라고 요구했다.",
        "홍길동 기자 공사비@gana.kr",
    ];
    let article = Article {
        title: Clean::line("가람시, 한내강에 보행 다리"),
        blocks: texts.iter().map(|t| Block::paragraph(t)).collect(),
        lang: Some(Clean::line("ko")),
        ..Article::default()
    };
    let all = sentences(&article);
    let found = |word: &str, count| {
        let found = answering(&article, &all, count, |text| text.contains(word));
        found.map(|s| {
            s.sentences
                .iter()
                .filter_map(|l| l.source)
                .collect::<Vec<_>>()
        })
    };
    assert_eq!(found("공사비", 3), Some(vec![2, 3]));
    assert_eq!(found("공사비", 1).map(|f| f.len()), Some(1));
    assert_eq!(found("비행기", 3), None);
}

#[test]
fn the_first_fact_is_said() {
    let texts = [
        "가람시장이 한내강 다리를 둘러싼 뇌물 혐의로 구속됐다.",
        "강나루 씨는 2019년부터 다리 공사를 맡은 회사에서 다섯 차례에 걸쳐 3억 원을 받은 혐의를 받는다.",
        "검찰은 강나루 씨의 집에서 현금 1억 원과 회사 대표의 편지 12통을 찾았다고 밝혔다.",
        "회사 대표는 현금 3억 원을 다섯 차례에 나누어 강나루 씨의 집에 보냈다고 검찰에서 말했다.",
        "강나루 씨의 변호인은 현금 3억 원이 빌린 돈이라며 재판에서 다투겠다고 밝혔다.",
        "첫 재판은 다음 달 3일 가람지방법원에서 열린다.",
    ];
    let lines = chosen("가람시장, 한내강 다리 뇌물 혐의 구속", &texts, 3);
    assert!(lines.contains(&0), "{lines:?}");
}

#[test]
fn the_closes_of_a_market_stand_before_its_lead() {
    let texts = [
        "코스피가 3일 외국인의 매도세에 밀려 하락했다.",
        "이날 코스피는 전 거래일보다 31.20포인트(1.19%) 내린 2,588.40에 거래를 마쳤다.",
        "외국인은 5,120억원어치를 순매도했고 개인은 4,310억원어치를 순매수했다.",
        "가나전자는 2.1% 내렸고 다라화학은 1.4% 올랐다.",
        "코스닥은 4.10포인트(0.50%) 오른 822.30에 장을 마쳤다.",
    ];
    let title = "코스피, 외국인 매도에 2,600선 내줘";
    assert_eq!(chosen(title, &texts, 3), [1, 2, 4]);
}

#[test]
fn a_live_report_tells_how_things_stand() {
    let texts = [
        "3일 오전 9시 12분 가람시 물류창고에서 불이 났다.",
        "오전 9시 40분 소방은 대응 1단계를 발령했다.",
        "오전 10시 5분 소방은 대응 2단계로 올리고 헬기 3대를 띄웠다.",
        "오후 1시 20분 큰 불길이 잡혔고 소방은 대응 1단계로 낮췄다.",
        "소방은 창고 안을 살피고 있다.",
    ];
    let title = "[속보] 가람시 물류창고 화재…대응 2단계";
    assert!(chosen(title, &texts, 3).contains(&3));
    let newest_first: Vec<&str> = texts.iter().rev().copied().collect();
    assert!(chosen(title, &newest_first, 3).contains(&1));
}

#[test]
fn an_interview_tells_who_answers_and_not_where_they_met() {
    let texts = [
        "영화 ‘다리’로 돌아온 강나루 감독을 3일 가람시의 한 찻집에서 만났다.",
        "“다리는 사람이 만나는 곳이라 꼭 한 번 담고 싶었다.”",
        "“제작비 12억 원을 모으는 데 4년이 걸렸고 겨울마다 강이 얼었다.”",
        "“내년 봄에는 강을 다룬 기록영화를 시작할 계획이다.”",
        "“천천히 걸어 보시라고 말하고 싶다.”",
        "“배를 띄우지 못해 석 달을 강가에서 기다렸고 그동안 마을 어른들의 이야기를 받아 적었다.”",
        "“관객이 다리 위에서 멈추어 강물 소리를 듣는 마음으로 보았으면 한다.”",
    ];
    let article = Article {
        title: Clean::line("[인터뷰] 강나루 감독 “다리는 사람의 이야기”"),
        blocks: texts.iter().map(|t| Block::paragraph(t)).collect(),
        lang: Some(Clean::line("ko")),
        ..Article::default()
    };
    let lines = summarize(&article, 3).sentences;
    assert!(lines.iter().all(|l| l.source != Some(0)), "{lines:?}");
    let named: Vec<bool> = lines
        .iter()
        .map(|l| l.text.starts_with("[강나루 감독] “"))
        .collect();
    assert_eq!(named, [true, false, false]);
}

#[test]
fn a_transcript_gives_the_answers_and_who_gives_them() {
    let article = |texts: &[&str]| Article {
        title: Clean::line("강 전문가 \"한내강 다리, 물길부터 살펴야\""),
        blocks: texts.iter().map(|t| Block::paragraph(t)).collect(),
        lang: Some(Clean::line("ko")),
        ..Article::default()
    };
    let talk = article(&[
        "◇나물음 : 오늘은 한내강 다리 이야기를 이어 갑니다. 시가 다리 자리를 정했다고 하니 그 사정을 들어 보지요.",
        "◆강나루 : 반갑습니다. 한내강은 여름마다 물길이 바뀌어 다리 자리를 정하기 어려운 강입니다.",
        "◇나물음 : 그러면 시가 고른 자리는 어떻게 보십니까?",
        "◆강나루 : 그 자리는 지난 열 해 동안 물이 두 번 넘친 곳이라 둑부터 높여야 합니다.",
        "둑을 높이는 데에만 120억 원이 더 들 것으로 봅니다.",
        "◇나물음 : 시는 돈이 없다는데 방법이 있을까요?",
        "◆한여울 : 도와 나라가 반씩 내는 하천 사업에 넣으면 시가 낼 돈은 크게 줄어듭니다.",
        "◆한여울 : 다만 내년 예산을 받으려면 이달 안에 신청서를 내야 합니다.",
    ]);
    let all = sentences(&talk);
    let lines = summarize(&talk, 3).sentences;
    let mut named = None;
    for line in &lines {
        let block = all[line.source.unwrap()].block;
        let name = if block < 6 { "강나루" } else { "한여울" };
        assert!(
            ![0, 2, 5].contains(&block) && !line.text.contains('◆'),
            "{lines:?}"
        );
        let label = format!("[{name}] ");
        assert_eq!(
            line.text.starts_with(&label),
            named != Some(name),
            "{lines:?}"
        );
        named = Some(name);
    }
    // Signs before the items of a list are no speakers.
    let list = article(&[
        "▲일시 : 다리 개통식은 다음 달 3일 오전 10시에 시작해 두 시간 동안 이어진다.",
        "▲장소 : 개통식은 한내강 북쪽 나루터 광장에서 열리고 비가 오면 시청으로 옮긴다.",
    ]);
    assert_eq!(
        super::super::turns::speakers(&list, &sentences(&list)),
        [None, None]
    );
}

#[test]
fn of_a_few_words_those_of_the_programme_and_the_picture_are_left_out() {
    let shown = |lines: &[&str]| {
        let article = Article {
            title: Clean::line("내일 아침 영하 5도"),
            blocks: lines.iter().map(|l| Block::paragraph(l)).collect(),
            ..Article::default()
        };
        let summary = summarize(&article, 3);
        let texts: Vec<String> = summary
            .sentences
            .iter()
            .map(|l| l.text.to_string())
            .collect();
        (texts, summary.whole)
    };
    let news = "내일 아침 기온은 영하 5도까지 떨어지겠습니다.";
    let (texts, whole) = shown(&["오늘 하루도 참 답답하셨죠.", news, "지금까지 날씨였습니다."]);
    assert_eq!((texts, whole), (vec![news.to_owned()], false));
    let photo = "4일 오전 늘봄마을 장독대에 밤새 눈이 내렸다.";
    let (texts, _) = shown(&[photo, "해솔군 제공"]);
    assert_eq!(texts, [photo]);
}
