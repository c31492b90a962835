//! The pasted page that the reader was first written for: a real article with all that surrounds it.

use gisa::extract::pasted::plain;
use gisa::news::Block;
use serde_json::Value;

use crate::support::sandbox::Sandbox;
use crate::support::skip::outside;

#[test]
fn the_seed_page_comes_out_whole() {
    let Some(path) = outside("seed/article-page.txt") else {
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let a = plain(&text, None);
    assert_eq!(
        &*a.title,
        "서울시, 쿠알라룸푸르·타슈켄트와 디지털·문화 협력 추진"
    );
    let subheads = [
        "쿠알라룸푸르와 우호도시 협정 체결",
        "타슈켄트와는 글로벌 인재 육성 논의",
        "비슈케크서는 정책공유 포럼 개최",
    ];
    assert_eq!(
        a.subheads.iter().map(|s| &**s).collect::<Vec<_>>(),
        subheads
    );
    let kinds: String = a
        .blocks
        .iter()
        .map(|b| match b {
            Block::Paragraph { .. } => 'p',
            Block::Image { .. } => 'i',
            _ => '?',
        })
        .collect();
    assert_eq!(kinds, "ppipppppp");
    let first = "서울시가 말레이시아 쿠알라룸푸르, 우즈베키스탄 타슈켄트와 도시 협력에 나선다. 디지털, 문화, 인적 교류 확대는 물론 스마트 정책도 공유하기로 했다.";
    assert!(a.text().starts_with(first) && a.text().ends_with("협력을 확장하겠다\"고 밝혔다."));
    assert_eq!(
        a.text()
            .matches(
                "이스마디 빈 사키린 쿠알라룸푸르 부시장과 우호도시 협정(MOU)을 체결했다. 서울시"
            )
            .count(),
        1
    );
    assert!(
        a.blocks.iter().any(
            |b| matches!(b, Block::Image { credit: Some(credit), .. } if &**credit == "서울시")
        )
    );
    let [writer] = &*a.bylines else {
        panic!("{:?}", a.bylines)
    };
    assert_eq!(&*writer.name, "배경환");
    assert_eq!(writer.role.as_deref(), Some("기자"));
    assert_eq!(writer.email.as_deref(), Some("khbae@asiae.co.kr"));
    assert_eq!(
        a.copyright.as_deref(),
        Some("ⓒ투자가를 위한 경제콘텐츠 플랫폼, 아시아경제(www.asiae.co.kr) 무단전재 배포금지")
    );
    assert_eq!(
        (a.publisher.as_deref(), a.lang.as_deref()),
        (Some("아시아경제"), Some("ko"))
    );
    assert!(a.published.is_none() && a.related.is_empty());
    let page = gisa::news::write::text(&a);
    for gone in [
        "바로가기",
        "AD\n",
        "원본보기",
        "불러오는",
        "많이 본",
        "top버튼",
        "간격",
        "숏뉴스",
        "글자크기",
        "오늘의 이슈",
    ] {
        assert!(!page.contains(gone), "{gone}");
    }
}

#[test]
fn the_seed_page_is_extracted_field_by_field() {
    let Some(seed) = outside("seed/article-page.txt") else {
        return;
    };
    let sandbox = Sandbox::new();
    let raw = std::fs::read_to_string(&seed).unwrap();
    let lines: Vec<&str> = raw
        .lines()
        .map(str::trim)
        .filter(|l| !l.is_empty())
        .collect();
    let json = sandbox
        .run(&["extract", &seed.to_string_lossy(), "--format", "json"])
        .json();
    // Title and subheads are found in the page by where they stand in it, not by their words.
    assert_eq!(json["title"], lines[2]);
    let body: Vec<&str> = lines
        .iter()
        .copied()
        .filter(|l| l.chars().count() > 70 && l.contains("다."))
        .collect();
    let paragraphs: Vec<&str> = json["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|b| b["kind"] == "paragraph")
        .map(|b| b["text"].as_str().unwrap())
        .collect();
    assert_eq!(json["subheads"].as_array().unwrap().len(), 3, "{json:#}");
    assert_eq!(paragraphs.len(), 8, "{paragraphs:#?}");
    for paragraph in &paragraphs {
        assert!(body.contains(paragraph), "{paragraph}");
    }
    let images: Vec<&Value> = json["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|b| b["kind"] == "image")
        .collect();
    assert_eq!(images.len(), 1);
    assert!(
        images[0]["caption"]
            .as_str()
            .unwrap()
            .starts_with("김태균 행정1부시장(우)은")
    );
    assert_eq!(
        (
            json["bylines"][0]["name"].as_str(),
            json["bylines"][0]["email"].as_str()
        ),
        (Some("배경환"), Some("khbae@asiae.co.kr"))
    );
    assert_eq!(json["bylines"].as_array().unwrap().len(), 1);
    assert!(
        json["copyright"]
            .as_str()
            .unwrap()
            .contains("무단전재 배포금지")
    );
    let everything = json.to_string();
    for chrome in [
        "본문 바로가기",
        "Dim영역",
        "언론사 홈",
        "원본보기",
        "많이 본 뉴스",
        "간격처리",
        "top버튼",
        "오늘의 이슈",
        "불러오는",
    ] {
        assert!(!everything.contains(chrome), "{chrome}");
    }
    let text = json["text"].as_str().unwrap();
    assert_eq!(
        text.matches("우호도시 협정(MOU)을 체결했다").count(),
        1,
        "the caption stands once"
    );
    assert!(!text.lines().any(|l| l == "AD"));
}
