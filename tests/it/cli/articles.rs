//! The commands that take an article: extract, read, short, sentences.

use gisa::text::WidthPolicy;
use serde_json::Value;

use super::{json_file, solid};
use crate::support::pages::{self, CHROME, PARAGRAPHS, TITLE, page};
use crate::support::sandbox::Sandbox;

#[test]
fn a_page_is_extracted_field_by_field() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("page.html", page());
    let json = sandbox.run(&["extract", &file, "--format", "json"]).json();
    assert_eq!(json["title"], TITLE);
    assert_eq!(json["extraction"]["form"], "news");
    assert_eq!(json["publisher"], "가람신문");
    assert_eq!(
        json["canonical_url"],
        "https://news.garam.example/2026/11/20/book"
    );
    assert_eq!(json["published"], "2026-11-20T09:12:00+09:00");
    assert_eq!(json["bylines"][0]["name"], "정하늘");
    assert_eq!(json["bylines"][0]["email"], "sky@garam.example");
    let paragraphs: Vec<&Value> = json["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|b| b["kind"] == "paragraph")
        .collect();
    let texts: Vec<&str> = paragraphs
        .iter()
        .map(|b| b["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts, PARAGRAPHS);
    let images = json["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|b| b["kind"] == "image")
        .collect::<Vec<_>>();
    assert_eq!(images.len(), 1, "{json:#}");
    let text = json["text"].as_str().unwrap();
    for word in CHROME {
        assert!(!text.contains(word), "{word} in {text}");
    }
}

#[test]
fn every_form_of_extract_carries_the_article_and_no_chrome() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("page.html", page());
    for form in ["text", "md", "html", "json"] {
        let ran = sandbox.run(&["extract", &file, "--format", form]);
        let out = ran.ok().replace("&quot;", "\"").replace("\\\"", "\"");
        assert!(out.contains(TITLE), "{form}");
        for paragraph in PARAGRAPHS {
            assert!(out.contains(paragraph), "{form}: {paragraph} in {out}");
        }
        for word in ["로그인", "광고 스크립트", "사업자등록번호"] {
            assert!(!out.contains(word), "{form}: {word}");
        }
    }
    assert!(
        sandbox
            .run(&["extract", &file, "--format", "md"])
            .ok()
            .contains(&format!("# {TITLE}"))
    );
    assert!(
        sandbox
            .run(&["extract", &file, "--format", "html"])
            .ok()
            .contains("<p>")
    );
    assert_eq!(
        sandbox.run(&["extract", &file]).ok(),
        sandbox.run(&["extract", &file, "--format", "text"]).ok()
    );
}

#[test]
fn the_json_has_every_field_of_the_contract() {
    let sandbox = Sandbox::new();
    let file = sandbox.file(
        "plain.txt",
        "가람대교 통행 재개\n\n가람대교 통행이 20일 오전 11시 다시 시작됐다. 차량은 한 시간 만에 제 속도를 찾았다.\n",
    );
    let json = sandbox.run(&["extract", &file, "--format", "json"]).json();
    let fields: Vec<&str> = json
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let contract = "url canonical_url publisher section lang title subheads bylines published updated blocks copyright \
                    page_summary related most_read text extraction";
    assert_eq!(fields, contract.split_whitespace().collect::<Vec<_>>());
    assert!(
        json["url"].is_null()
            && json["published"].is_null()
            && json["bylines"] == Value::Array(Vec::new())
    );
}

#[test]
fn read_keeps_to_its_width_at_every_width_and_loses_no_letter() {
    let sandbox = Sandbox::new();
    let article = pages::rich();
    let file = json_file(&sandbox, "a.json", &article);
    let policy = WidthPolicy::default();
    for width in (2..=12).chain([17, 20, 23, 31, 40, 59, 80, 81, 120, 200, 500]) {
        let ran = sandbox.run(&["read", &file, "--width", &width.to_string()]);
        let out = ran.ok();
        for row in out.lines() {
            assert!(policy.width(row) <= width, "{width}: {row:?}");
            assert_eq!(row, row.trim_end(), "{width}");
        }
        let all = solid(out);
        let whole = |text: &str| assert!(all.contains(&solid(text)), "{width}: {text} in\n{out}");
        whole(&article.title);
        article.subheads.iter().for_each(|s| whole(s));
        for block in &article.blocks {
            match block.plain() {
                text if text.contains(['\t', '\n']) && width < 40 => drop(text),
                text => text.split(['\t', '\n']).for_each(whole),
            }
        }
    }
}

#[test]
fn every_text_size_prints_and_grows() {
    let sandbox = Sandbox::new();
    let file = json_file(&sandbox, "a.json", &pages::long());
    let policy = WidthPolicy::default();
    let mut before = 0;
    for size in ["small", "normal", "large", "xlarge", "xxlarge"] {
        for width in [20, 80, 160] {
            let ran = sandbox.run(&["read", &file, "--width", &width.to_string(), "--size", size]);
            for row in ran.ok().lines() {
                assert!(
                    policy.width(row) <= width && row == row.trim_end(),
                    "{size} {width}: {row:?}"
                );
            }
            // Fewer columns have no room for the largest letters.
            if width == 160 {
                let rows = ran.out.lines().count();
                assert!(rows > before, "{size}: {rows} rows after {before}");
                before = rows;
            }
        }
    }
}

#[test]
fn colour_is_given_only_where_asked_for() {
    let sandbox = Sandbox::new();
    let file = json_file(&sandbox, "a.json", &pages::rich());
    assert!(!sandbox.run(&["read", &file]).ok().contains('\x1b'));
    assert!(
        !sandbox
            .run(&["read", &file, "--color", "never"])
            .ok()
            .contains('\x1b')
    );
    let coloured = sandbox.run(&["read", &file, "--color", "always"]);
    assert!(coloured.ok().contains("\x1b["));
    let mut plain = String::new();
    for (i, piece) in coloured.out.split("\x1b[").enumerate() {
        plain.push_str(if i == 0 {
            piece
        } else {
            piece.split_once('m').unwrap().1
        });
    }
    assert_eq!(
        plain,
        sandbox.run(&["read", &file]).out,
        "colour changes no letter"
    );
}

#[test]
fn short_names_its_sources_among_the_sentences() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("page.html", page());
    let sentences = sandbox.run(&["sentences", &file, "--json"]).json();
    let sentences = sentences.as_array().unwrap();
    assert!(sentences.len() >= 8, "{sentences:#?}");
    let listed: Vec<String> = sandbox
        .run(&["sentences", &file])
        .ok()
        .lines()
        .map(str::to_owned)
        .collect();
    assert_eq!(
        listed,
        sentences
            .iter()
            .map(|s| s.as_str().unwrap())
            .collect::<Vec<_>>()
    );
    let short = sandbox
        .run(&[
            "short",
            &file,
            "--json",
            "--sentences",
            "2",
            "--with",
            "local",
        ])
        .json();
    assert_eq!(short["method"], "local");
    assert_eq!(short["sentences"].as_array().unwrap().len(), 2);
    for line in short["sentences"].as_array().unwrap() {
        assert_eq!(
            line["text"],
            sentences[usize::try_from(line["source"].as_u64().unwrap()).unwrap()]
        );
    }
    assert!(short["disclaimer"].as_str().unwrap().len() > 10 && short["took_ms"].is_number());
    let printed = sandbox.run(&["short", &file, "--sentences", "2", "--with", "local"]);
    assert!(
        printed
            .ok()
            .contains(short["sentences"][0]["text"].as_str().unwrap())
    );
    assert!(printed.out.contains(short["disclaimer"].as_str().unwrap()));
}

#[test]
fn sentences_of_a_text_file_are_its_body_as_it_stands() {
    let sandbox = Sandbox::new();
    let file = sandbox.file(
        "body.txt",
        "첫 문장이다. 둘째 문장은 3.5%라고 했다.\n셋째 줄이다.\n",
    );
    let sentences = sandbox.run(&["sentences", &file, "--json"]).json();
    assert_eq!(
        sentences,
        serde_json::json!(["첫 문장이다.", "둘째 문장은 3.5%라고 했다.", "셋째 줄이다."])
    );
}

#[test]
fn what_is_laid_out_is_in_the_readers_zone_and_json_keeps_the_stated_one() {
    let sandbox = Sandbox::new();
    let file = sandbox.file(
        "wire.xml",
        "<rss version='2.0'><channel><title>Sample Gazette</title><language>en</language><item>\
         <title>Rice prices rise</title><link>https://gazette.example/1</link>\
         <pubDate>Wed, 25 Nov 2026 20:15:00 -0500</pubDate><description>Prices rose again.\
         </description></item></channel></rss>",
    );
    let json = sandbox.run(&["extract", &file, "--format", "json"]).json();
    assert_eq!(json["published"], "2026-11-25T20:15:00-05:00");
    let out = sandbox.run(&["read", &file]);
    assert!(out.ok().contains("2026-11-26 10:15"), "{}", out.out);
    let mut london = sandbox.command(&["read", &file]);
    london.env("TZ", "GMT0");
    let out = crate::support::sandbox::ran(london.output().unwrap());
    assert!(out.ok().contains("2026-11-26 01:15"), "{}", out.out);
}

#[test]
fn two_versions_of_a_page_are_compared_as_a_reader_would() {
    let sandbox = Sandbox::new();
    let old = sandbox.file("old.html", page());
    let same = page()
        .replace("<p>", "<p> ")
        .replace("조회", "조회수 1,234");
    let same = sandbox.file("same.html", same);
    let told = sandbox.run(&["changes", "--between", &old, &same, "--json"]);
    assert_eq!(told.json(), serde_json::json!({ "changed": [] }));
    let said = sandbox.run(&["changes", "--between", &old, &same, "--lang", "en"]);
    assert_eq!(said.ok(), "No changed headline or sentence was found.\n");
    let first = PARAGRAPHS[0];
    let rewritten = format!("{first} 한 문장이 더 들어갔다.");
    let new = sandbox.file("new.html", page().replace(first, &rewritten));
    let told = sandbox.run(&["changes", "--between", &old, &new, "--json"]);
    assert_eq!(
        told.json(),
        serde_json::json!({ "changed": [
            { "kind": "added", "old": "", "new": "한 문장이 더 들어갔다." }
        ] })
    );
    let said = sandbox.run(&["changes", "--between", &old, &new, "--lang", "ko"]);
    assert_eq!(said.ok(), "더함\n  + 한 문장이 더 들어갔다.\n");
}

#[test]
fn a_word_of_a_text_is_given_as_a_dictionary_lists_it() {
    let sandbox = Sandbox::new();
    let told = sandbox.run(&[
        "word",
        "한국은행에서는",
        "--sentence",
        "한국은행에서는 말이 없다.",
        "--json",
    ]);
    let json = told.json();
    assert_eq!(json[0]["headword"], "한국은행");
    assert_eq!(json[0]["entry"], Value::Null);
    assert!(sandbox.run(&["word", "지었다"]).ok().starts_with("짓다\n"));
    assert_eq!(
        sandbox.run(&["word", "…", "--json"]).json(),
        serde_json::json!([])
    );
}
