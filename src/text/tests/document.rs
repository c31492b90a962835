//! An article as a page.

use super::*;
use crate::news::Block;

fn labels() -> Labels {
    Labels {
        enclosed: ["[소리]", "[영상]", "[파일]"].map(Clean::line),
        discussion: Clean::line("[토론]"),
        beginning: Clean::default(),
        rest: Clean::default(),
        zone: None,
        claimed: Clean::line("확인 안 됨"),
        claims: Clean::line("파일에 적힌 그대로입니다."),
        image: Clean::line("[사진]"),
        embed: Clean::line("[영상]"),
    }
}

fn image(url: &str, alt: Option<&str>, caption: Option<&str>, credit: Option<&str>) -> Block {
    let line = |s: &str| Clean::line(s);
    Block::Image {
        url: line(url),
        alt: alt.map(line),
        caption: caption.map(line),
        credit: credit.map(line),
    }
}

fn page(blocks: Vec<Block>) -> Vec<(PartRole, String)> {
    let article = Article {
        blocks,
        ..Article::default()
    };
    let document = Document::article(&article, &labels());
    document
        .parts
        .into_iter()
        .map(|p| (p.role, p.text.to_string()))
        .collect()
}

#[test]
fn a_page_runs_from_kicker_to_address() {
    let article = Article {
        publisher: Some(Clean::line("견본일보")),
        section: Some(Clean::line("사회")),
        published: "2026-11-20T09:12:00+09:00".parse().ok(),
        title: Clean::line("제목"),
        subheads: vec![Clean::line("부제")],
        bylines: vec![
            Byline {
                name: "김견본".into(),
                role: Some("기자".into()),
                email: Some("kim@example.kr".into()),
            },
            Byline {
                name: "이견본".into(),
                ..Byline::default()
            },
        ],
        blocks: vec![Block::paragraph("본문.")],
        copyright: Some(Clean::line("ⓒ 견본일보")),
        url: Some(Clean::line("https://example.kr/1")),
        ..Article::default()
    };
    let document = Document::article(&article, &labels());
    let read: Vec<(PartRole, PartSource, &str)> = document
        .parts
        .iter()
        .map(|p| (p.role, p.source, &*p.text))
        .collect();
    assert_eq!(
        read,
        [
            (
                PartRole::Kicker,
                PartSource::Other,
                "견본일보 · 사회 · 2026-11-20 09:12"
            ),
            (PartRole::Title, PartSource::Title, "제목"),
            (PartRole::Subhead, PartSource::Subhead(0), "부제"),
            (
                PartRole::Byline,
                PartSource::Byline,
                "김견본 기자 (kim@example.kr), 이견본"
            ),
            (PartRole::Paragraph, PartSource::Block(0), "본문."),
            (PartRole::Copyright, PartSource::Copyright, "ⓒ 견본일보"),
            (PartRole::Source, PartSource::Other, "https://example.kr/1"),
        ]
    );
}

#[test]
fn a_caption_is_shown_once() {
    let caption = "견본시 청사 전경.";
    let twice = vec![
        image("u:1", Some(caption), Some(caption), Some("견본통신")),
        image("u:2", None, Some(caption), None),
    ];
    assert_eq!(
        page(twice),
        [
            (PartRole::Image, "[사진]".to_owned()),
            (PartRole::Caption, format!("{caption} · 견본통신")),
            (PartRole::Image, "[사진]".to_owned()),
        ]
    );
    assert_eq!(
        page(vec![image("", None, Some(caption), None)]),
        [(PartRole::Caption, caption.to_owned())]
    );
    assert_eq!(
        page(vec![image("u:1", Some("전경"), None, None)]),
        [(PartRole::Image, "[사진] 전경".to_owned())]
    );
}

#[test]
fn blank_parts_are_left_out() {
    assert!(page(vec![Block::paragraph(" "), image("", None, None, None)]).is_empty());
}

#[test]
fn links_are_counted_in_bytes() {
    let link = |start, end| Link {
        start,
        end,
        url: Clean::line("u:1"),
    };
    let found = in_bytes("가나 다", &[link(0, 2), link(3, 4), link(3, 9), link(2, 2)]);
    assert_eq!(
        found.iter().map(|l| l.range.clone()).collect::<Vec<_>>(),
        [0..6, 7..10]
    );
}

#[test]
fn a_run_of_bullets_is_listed_on_request() {
    let text = "주요 내용은 ▲ 교통망 확충 ▲주차장 확대 ▲ 보행로 정비 등이다.";
    let mut paragraph = Part::new(PartRole::Paragraph, Clean::line(text), PartSource::Block(3));
    let at = text.find("주차장").unwrap();
    paragraph.links.push(PartLink {
        range: at..at + 9,
        url: Clean::line("u:1"),
    });
    let listed = Document {
        parts: vec![paragraph],
    }
    .with_bullets_listed();
    let read: Vec<(PartRole, Option<&str>, &str)> = listed
        .parts
        .iter()
        .map(|p| (p.role, p.marker.as_deref(), &*p.text))
        .collect();
    assert_eq!(
        read,
        [
            (PartRole::Paragraph, None, "주요 내용은"),
            (PartRole::Item, Some("▲"), "교통망 확충"),
            (PartRole::Item, Some("▲"), "주차장 확대"),
            (PartRole::Item, Some("▲"), "보행로 정비 등이다."),
        ]
    );
    assert_eq!(
        listed.parts[2].source,
        PartSource::Item { block: 3, item: 1 }
    );
    assert_eq!(listed.parts[2].links[0].range, 0..9);
}

#[test]
fn two_bullets_make_no_list() {
    for text in ["▲ 하나 ▲ 둘", "전년 대비 3%▲ 2%▲ 1%▲ 올랐다", "사진=견본"]
    {
        let document = Document {
            parts: vec![Part::new(
                PartRole::Paragraph,
                Clean::line(text),
                PartSource::Block(0),
            )],
        };
        assert_eq!(document.clone().with_bullets_listed(), document);
    }
}

#[test]
fn what_a_file_says_of_itself_is_marked_as_its_claim() {
    let article = |claimed| Article {
        claimed,
        url: Some(Clean::line("https://paper.example/1")),
        publisher: Some(Clean::line("강변신문")),
        section: Some(Clean::line("사회")),
        ..Article::default()
    };
    let texts = |article: &Article| -> Vec<String> {
        let parts = Document::article(article, &labels()).parts;
        parts.iter().map(|p| p.text.to_string()).collect()
    };
    assert_eq!(
        texts(&article(true)),
        [
            "강변신문 (확인 안 됨) · 사회",
            "https://paper.example/1",
            "파일에 적힌 그대로입니다."
        ]
    );
    assert_eq!(
        texts(&article(false)),
        ["강변신문 · 사회", "https://paper.example/1"]
    );
    let nameless = Article {
        claimed: true,
        ..Article::default()
    };
    assert_eq!(texts(&nameless), Vec::<String>::new());
}
