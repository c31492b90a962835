//! Pasted pages of invented publishers with the usual menus and buttons, and texts without any.

use super::*;

macro_rules! page {
    ($name:literal) => {
        plain(
            include_str!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/pages/paste/",
                $name,
                ".txt"
            )),
            None,
        )
    };
}

fn all(texts: &[Clean]) -> Vec<&str> {
    texts.iter().map(|s| &**s).collect()
}

fn kinds(a: &Article) -> String {
    let letter = |b: &Block| match b {
        Block::Paragraph { .. } => 'p',
        Block::Heading { .. } => 'h',
        Block::Image { .. } => 'i',
        Block::List { .. } => 'l',
        _ => '?',
    };
    a.blocks.iter().map(letter).collect()
}

fn writers(a: &Article) -> Vec<String> {
    let field = |f: &Option<Clean>| f.as_deref().unwrap_or("-").to_owned();
    a.bylines
        .iter()
        .map(|b| format!("{}/{}/{}", b.name, field(&b.role), field(&b.email)))
        .collect()
}

fn caption_of(a: &Article) -> (&str, &str) {
    let found = a.blocks.iter().find_map(|b| match b {
        Block::Image {
            caption, credit, ..
        } => Some((
            caption.as_deref().unwrap_or(""),
            credit.as_deref().unwrap_or(""),
        )),
        _ => None,
    });
    found.unwrap_or_default()
}

#[test]
fn a_regional_paper_loses_its_menus_and_keeps_its_caption() {
    let a = page!("regional");
    assert_eq!(&*a.title, "한빛군, 폐교를 책마을로…내년 봄 문 연다");
    assert_eq!(
        all(&a.subheads),
        ["교실 여섯 칸에 헌책방·공방 입주", "주민 조합이 운영 맡아"]
    );
    assert_eq!(kinds(&a), "ipppp");
    assert_eq!(
        caption_of(&a),
        (
            "책마을로 바뀌는 한빛군 옛 솔밭초등학교 전경. /사진=한빛군",
            "한빛군"
        )
    );
    assert_eq!(writers(&a), ["홍길동/기자/hong@example.com"]);
    assert_eq!(
        a.published.map(|s| s.to_string()).as_deref(),
        Some("2026-11-20T14:05:00+09:00")
    );
    assert_eq!(
        (a.publisher.as_deref(), a.section.as_deref()),
        (Some("견본도민일보"), Some("사회"))
    );
}

#[test]
fn a_portal_page_gives_both_dates_and_its_headings() {
    let a = page!("portal");
    assert_eq!(
        &*a.title,
        "[겨울나기] 연탄 대신 햇빛…산동네 난방이 달라졌다"
    );
    assert_eq!(
        all(&a.subheads),
        ["달동네 37가구 지붕에 집열판", "난방비 한 달 11만원→3만원"]
    );
    assert_eq!(caption_of(&a).1, "견본시");
    assert_eq!(
        a.published.map(|s| s.wall().to_string()).as_deref(),
        Some("2026-11-18T06:01:00")
    );
    assert_eq!(
        a.updated.map(|s| s.wall().to_string()).as_deref(),
        Some("2026-11-18T09:30:00")
    );
    assert_eq!(writers(&a), ["임꺽정/기자/kkj@example.com"]);
    let text = a.text();
    assert!(
        text.contains("◇ 37가구가 함께 쓴다") && text.ends_with("사업을 넓힌다."),
        "{text}"
    );
}

#[test]
fn a_broadcast_report_keeps_its_speakers() {
    let a = page!("broadcast");
    assert_eq!(&*a.title, "[단독] 밤새 사라진 눈사람 100개…범인은 '햇볕'");
    assert_eq!(writers(&a), ["성춘향/-/spring@example.com"]);
    let text = a.text();
    assert!(
        text.starts_with("[앵커]\n\n하룻밤")
            && text.ends_with("견본방송 성춘향입니다. (spring@example.com)"),
        "{text}"
    );
    assert!(text.contains("[이몽룡 / 광장 관리인 : 누가"));
    assert_eq!(a.publisher.as_deref(), Some("견본방송"));
}

#[test]
fn an_english_page_is_read_by_the_same_rules() {
    let a = page!("english");
    assert_eq!(&*a.title, "The island that moved its clocks to the tide");
    assert_eq!(
        all(&a.subheads),
        ["Fishing families on Sample Island now start school when the water does."]
    );
    assert_eq!(
        writers(&a),
        ["Jane Doe/Staff Writers/-", "John Smith/Staff Writers/-"]
    );
    assert_eq!(
        a.published.map(|s| s.to_string()).as_deref(),
        Some("2026-11-19T07:30:00-05:00")
    );
    let text = a.text();
    for gone in [
        "Advertisement",
        "newsletter",
        "Read more",
        "library",
        "grew up",
        "Facebook",
    ] {
        assert!(!text.contains(gone), "{gone}: {text}");
    }
    assert!(text.contains("A bell, and a chart") && text.contains("high water."));
    assert_eq!(
        (a.publisher.as_deref(), a.lang.as_deref()),
        (Some("The Sample Times"), Some("en"))
    );
}

#[test]
fn the_pages_own_summary_and_a_box_in_the_middle_are_not_the_body() {
    let a = page!("summary");
    assert_eq!(
        all(&a.page_summary),
        [
            "견본전자가 3분기 영업이익 1조2000억원을 기록했다.",
            "주가는 장중 12% 올랐다."
        ]
    );
    assert_eq!(kinds(&a), "ppipp");
    assert!(a.text().ends_with("이어질 것\"이라고 말했다.") && !a.text().contains("살림법"));
    assert_eq!(a.publisher.as_deref(), Some("견본경제"));
}

#[test]
fn a_wire_story_keeps_its_credit_and_its_broken_copyright() {
    let a = page!("wire");
    assert_eq!(
        all(&a.subheads),
        [
            "밤 12시 30분까지 운행…주말은 제외",
            "\"심야 이동권 보장\"…요금은 그대로"
        ]
    );
    assert_eq!(
        caption_of(&a),
        ("견본시 지하철 [견본시 제공. 재판매 및 DB 금지]", "견본시")
    );
    assert_eq!(writers(&a), ["이도령/기자/doryeong@example.com"]);
    assert_eq!(
        a.copyright.as_deref(),
        Some("저작권자(c) 견본통신, 무단 전재-재배포, AI 학습 및 활용 금지")
    );
    assert_eq!(kinds(&a), "ippppp");
}

#[test]
fn a_caption_signed_by_its_writer_is_no_subhead() {
    let a = page!("daily");
    assert_eq!(
        &*a.title,
        "“책이 나를 보러 와줬어요”…골목 도는 자전거 도서관"
    );
    assert!(a.subheads.is_empty());
    assert_eq!(kinds(&a), "ippppp");
    assert_eq!(
        a.published.map(|s| s.wall().to_string()).as_deref(),
        Some("2026-11-21T14:10:00")
    );
    assert_eq!(
        a.updated.map(|s| s.wall().to_string()).as_deref(),
        Some("2026-11-21T15:20:00")
    );
}

/// The letters and digits of a text in lower case.
fn letters(text: &str) -> String {
    key(text)
}

#[test]
fn a_text_without_furniture_loses_nothing() {
    for text in [
        include_str!("../../../../tests/pages/paste/body_only.txt"),
        include_str!("../../../../tests/pages/paste/notes.txt"),
        include_str!("../../../../tests/pages/paste/mail.txt"),
        include_str!("../../../../tests/pages/paste/transcript.txt"),
        "메뉴\n김치찌개\n된장찌개\n",
        "한 줄",
        "가.\n나.\n가.\n",
        "첫 문장이 여기 있다. 둘째 문장도 여기에 있다.\n\n사진\n\n검색\n",
    ] {
        let a = plain(text, None);
        let out = letters(&format!(
            "{} {} {}",
            a.title,
            all(&a.subheads).join(" "),
            a.text()
        ));
        assert_eq!(out, letters(text).replacen("subject", "", 1), "{text}");
    }
}

#[test]
fn a_body_without_a_title_has_none() {
    let a = page!("body_only");
    assert!(a.title.is_blank() && a.subheads.is_empty());
    assert_eq!(kinds(&a), "pppp");
    assert!(a.extraction.confidence < 0.7);
}

#[test]
fn wrapped_lines_are_joined_and_a_subject_is_the_title() {
    let a = page!("mail");
    assert_eq!(&*a.title, "Minutes of the garden club");
    let text = a.text();
    assert!(
        text.contains("which was the best attended since the spring"),
        "{text}"
    );
    assert_eq!(text.lines().filter(|l| !l.is_empty()).count(), 5);
}

#[test]
fn speakers_begin_paragraphs_of_their_own() {
    let a = page!("transcript");
    assert_eq!(&*a.title, "견본라디오 '저녁의 골목' 11월 16일 방송");
    assert_eq!(kinds(&a), "pppppp");
}

#[test]
fn notes_keep_their_list() {
    let a = page!("notes");
    assert!(
        a.blocks
            .iter()
            .any(|b| matches!(b, Block::List { items, .. } if items.len() == 3)),
        "{:?}",
        a.blocks
    );
}

#[test]
fn a_front_page_says_that_it_is_none() {
    let headlines: String = (0..30).map(|i| format!("견본 기사 제목 {i}번\n")).collect();
    let a = plain(
        &format!("본문 바로가기\n로그인\n검색\n구독\n{headlines}"),
        None,
    );
    assert_eq!(a.extraction.problem, Some(Problem::Front));
    assert!(a.extraction.confidence < 0.3);
}

#[test]
fn hostile_texts_end() {
    for text in [
        String::new(),
        "\n".repeat(100_000),
        "가".repeat(300_000),
        "AD\n".repeat(50_000),
        "다. ".repeat(50_000),
        "=/[(".repeat(50_000),
        "a@".repeat(40_000),
        // Inputs that would take very long if any step took quadratic time.
        "가나 ".repeat(300_000),
        format!("첫차\n\n{}", "기자\n".repeat(60_000)),
    ] {
        let a = plain(&text, None);
        assert!(a.extraction.confidence <= 1.0);
    }
}

#[test]
fn pages_are_told_from_text() {
    assert!(looks_like_html(b"\xef\xbb\xbf<!DOCTYPE html><p>"));
    assert!(looks_like_html("\n <div>가</div>".as_bytes()));
    assert!(!looks_like_html("서울시, <협력> 추진".as_bytes()));
    assert!(!looks_like_html(b""));
}
