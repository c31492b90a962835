//! What the writers promise.

use super::*;
use crate::news::{Block, Extraction, ExtractionMethod, Ranked, Related};

fn full() -> Article {
    let link = Link {
        start: 3,
        end: 6,
        url: Clean::line("https://example.com/a_(b)?c=1&d=\"2\""),
    };
    let bad = Link {
        start: 7,
        end: 9,
        url: Clean::line("javascript:alert(1)"),
    };
    Article {
        url: Some(Clean::line("https://example.com/1")),
        lang: Some(Clean::line("ko")),
        publisher: Some(Clean::line("견본일보")),
        title: Clean::line(
            "\"<script>alert('1')</script>\": *별* {{ site.x }} --- #태그 [링크](javascript:1)",
        ),
        subheads: vec![Clean::line("부제 하나"), Clean::line("부제 & 둘")],
        bylines: vec![Byline {
            name: Clean::line("홍길동"),
            role: Some(Clean::line("기자")),
            email: Some(Clean::line("hong@example.com")),
        }],
        published: "2026-11-22T09:12:00+09:00".parse().ok(),
        blocks: vec![
            Block::linked(
                Clean::line("앞말 고리말 나쁜 뒷말 a|b $5 $6"),
                vec![link, bad],
            ),
            Block::paragraph("1. 첫 줄\n- 둘째 줄\n===\n# 셋째"),
            Block::Heading {
                level: 1,
                text: Clean::line("소제목 <b>"),
            },
            Block::Image {
                url: Clean::line("data:image/png;base64,AAAA"),
                alt: None,
                caption: Some(Clean::line("사진 설명")),
                credit: Some(Clean::line("서울시")),
            },
            Block::quote(Clean::lines("옮긴 말\n둘째 줄")),
            Block::list(true, vec![Clean::line("가"), Clean::line("나")]),
            Block::Table {
                rows: vec![
                    vec![Clean::line("이름"), Clean::line("a|b")],
                    vec![Clean::line("하나")],
                ],
            },
            Block::Code {
                text: Clean::code("a\n```\n{{ b }}"),
            },
            Block::Embed {
                url: Clean::line("https://video.example/1"),
                title: Some(Clean::line("영상")),
            },
        ],
        copyright: Some(Clean::line("ⓒ 견본일보")),
        related: vec![Related {
            title: Clean::line("관련"),
            url: Clean::line("https://example.com/2"),
        }],
        most_read: vec![Ranked {
            rank: 1,
            title: Clean::line("많이"),
            url: Clean::line("https://example.com/3"),
        }],
        extraction: Extraction {
            method: ExtractionMethod::Sample,
            confidence: 0.9,
            problem: None,
            form: None,
            page: Some(crate::news::PageKind::Thread),
            cut: false,
        },
        ..Article::default()
    }
}

#[test]
fn json_has_every_field_in_the_order_of_the_contract() {
    let empty = json(&Article::default());
    let keys: Vec<&str> = empty
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        keys,
        [
            "url",
            "canonical_url",
            "publisher",
            "section",
            "lang",
            "title",
            "subheads",
            "bylines",
            "published",
            "updated",
            "blocks",
            "copyright",
            "page_summary",
            "related",
            "most_read",
            "text",
            "extraction"
        ]
    );
    assert!(empty["url"].is_null() && empty["published"].is_null() && empty["copyright"].is_null());
    assert_eq!(empty["blocks"], serde_json::json!([]));
    assert_eq!(
        empty["extraction"],
        serde_json::json!({"method": "", "confidence": 0.0, "form": "news"})
    );
}

#[test]
fn json_comes_back_as_the_same_article() {
    let article = full();
    let value = json(&article);
    assert_eq!(value["extraction"]["confidence"], serde_json::json!(0.9));
    assert_eq!(value["blocks"][3]["alt"], serde_json::Value::Null);
    assert_eq!(value["blocks"][1]["links"], serde_json::json!([]));
    assert_eq!(value["extraction"]["form"], "news");
    let mut back = serde_json::from_value::<Article>(value).unwrap();
    // What is told by rules is stated from then on.
    assert_eq!(back.extraction.form.take(), Some(crate::news::Form::News));
    assert_eq!(back, article);
}

#[test]
fn text_reads_from_title_to_copyright() {
    let text = text(&full());
    let order = [
        "부제 하나\n부제 & 둘",
        "홍길동 기자 hong@example.com · 견본일보 · 2026-11-22 09:12",
        "[사진] 사진 설명 (서울시)",
        "> 둘째 줄",
        "2. 나",
        "ⓒ 견본일보",
    ];
    let places: Vec<usize> = order
        .iter()
        .map(|o| text.find(o).unwrap_or_else(|| panic!("{o} in {text}")))
        .collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn hostile_titles_stay_words_in_html() {
    let page = html(&full());
    assert!(!page.contains("<script"), "{page}");
    assert!(page.contains("&lt;script&gt;"));
    assert!(!page.contains("href=\"javascript") && !page.contains("data:image"));
    assert!(
        page.contains("<a href=\"https://example.com/a_(b)?c=1&amp;d=&quot;2&quot;\">고리말</a>")
    );
    assert!(page.contains("<h2>소제목 &lt;b&gt;</h2>"));
    assert!(page.contains("<figcaption>사진 설명 (서울시)</figcaption>"));
}

#[test]
fn hostile_titles_stay_words_in_markdown() {
    let note = markdown(&full());
    let (head, body) = note
        .strip_prefix("---\n")
        .unwrap()
        .split_once("---\n\n")
        .unwrap();
    assert!(head.starts_with("title: \"\\\"<script>"), "{head}");
    assert!(
        head.contains("author: [\"홍길동 기자\"]")
            && head.contains("date: 2026-11-22T09:12:00+09:00")
    );
    assert!(head.contains("render_with_liquid: false"));
    assert!(body.contains("\\#태그 \\[링크\\](javascript:1)"), "{body}");
    assert!(body.contains("[고리말](https://example.com/a_%28b%29?c=1&d=%222%22)"));
    assert!(
        body.contains("1\\. 첫 줄  \n\\- 둘째 줄  \n\\=\\=\\=  \n\\# 셋째"),
        "{body}"
    );
    assert!(body.contains("| 이름 | a\\|b |\n| --- | --- |\n| 하나 |  |"));
    assert!(body.contains("````\na\n```"));
    assert!(!body.replace("{{ b }}", "").contains("{{"));
}

#[test]
fn a_line_break_cannot_leave_the_front_matter() {
    let article = Article {
        title: Clean::lines("가\n---\nlayout: evil"),
        ..Article::default()
    };
    assert_eq!(
        markdown(&article).lines().nth(1),
        Some("title: \"가\\n---\\nlayout: evil\"")
    );
}

#[test]
fn links_that_do_not_fit_are_plain_text() {
    let link = |start, end| Link {
        start,
        end,
        url: Clean::line("https://a.example/"),
    };
    let cut = |links: &[Link]| {
        pieces("한글 글자", links)
            .iter()
            .map(|(p, u)| format!("{p}{}", u.map_or("", |_| "!")))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        cut(&[link(0, 2), link(1, 3), link(3, 5)]),
        ["한글!", " ", "글자!"]
    );
    assert_eq!(cut(&[link(3, 6), link(4, 2)]), ["한글 글자"]);
    assert_eq!(
        cut(&[link(2, 2), link(usize::MAX, usize::MAX)]),
        ["한글 글자"]
    );
}
