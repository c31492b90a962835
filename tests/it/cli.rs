//! The command line as people script it: the real program, its standard streams, its exit codes.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use gisa::news::Article;
use gisa::news::write;
use gisa::text::WidthPolicy;
use serde_json::Value;

use crate::support::pages::{self, CHROME, PARAGRAPHS, TITLE, page};
use crate::support::sandbox::Sandbox;

/// The text without blanks: what is left when lines are broken elsewhere.
fn solid(text: &str) -> String {
    text.split_whitespace().collect()
}

fn json_file(sandbox: &Sandbox, name: &str, article: &Article) -> String {
    sandbox.file(name, write::json(article).to_string())
}

#[test]
fn a_page_is_extracted_field_by_field() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("page.html", page());
    let json = sandbox.run(&["extract", &file, "--format", "json"]).json();
    assert_eq!(json["title"], TITLE);
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
        for width in [20, 80] {
            let ran = sandbox.run(&["read", &file, "--width", &width.to_string(), "--size", size]);
            for row in ran.ok().lines() {
                assert!(
                    policy.width(row) <= width && row == row.trim_end(),
                    "{size} {width}: {row:?}"
                );
            }
            if width == 80 {
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
fn commands_pipe_into_each_other() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("page.html", page());
    let json = sandbox.run(&["extract", &file, "--format", "json"]);
    let again = sandbox.run_with(&["extract", "-", "--format", "json"], json.ok().as_bytes());
    let (mut first, mut second) = (json.json(), again.json());
    for value in [&mut first, &mut second] {
        value.as_object_mut().unwrap().remove("extraction");
    }
    assert_eq!(first, second);
    let read = sandbox.run_with(&["read", "-", "--width", "60"], json.out.as_bytes());
    assert_eq!(
        read.ok(),
        sandbox.run(&["read", &file, "--width", "60"]).out
    );
    let least = br#"{"title": "x", "blocks": [{"kind": "paragraph", "text": "y"}]}"#;
    assert!(
        sandbox
            .run_with(&["extract", "-"], least)
            .ok()
            .contains('y')
    );
    let html = sandbox.run_with(
        &["extract", "-", "--url", "https://a.example/b"],
        page().as_bytes(),
    );
    assert!(html.ok().contains(TITLE));
}

#[test]
fn a_directory_is_read_whole_and_without_a_terminal_as_plain_text() {
    let sandbox = Sandbox::new();
    sandbox.file("dir/b.html", page());
    json_file(&sandbox, "dir/a.json", &pages::english());
    sandbox.file("dir/notes.bin", [0_u8, 159, 146, 150]);
    let dir = sandbox.path("dir").to_string_lossy().into_owned();
    let out = sandbox.run(&[&dir]);
    let (first, second) = (
        out.ok().find("A bookshop").unwrap(),
        out.out.find("한강 다리").unwrap(),
    );
    assert!(first < second && !out.out.contains('\x1b'));
    assert!(
        sandbox.run(&[]).ok().contains("견본"),
        "without sources, the sample edition"
    );
}

#[test]
fn a_source_that_cannot_be_read_is_one_sentence_in_both_languages() {
    let sandbox = Sandbox::new();
    let empty = sandbox.file("empty.html", "<html><body></body></html>");
    let folder = sandbox.path("nothing");
    std::fs::create_dir(&folder).unwrap();
    let binary = sandbox.file("b.json", [0_u8, 1, 2, 255]);
    let picture = sandbox.file("c.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    for command in ["extract", "read", "short", "scrap"] {
        for source in [
            "없다.html",
            &empty,
            &folder.to_string_lossy(),
            &binary,
            &picture,
            "ftp://a.example/b",
        ] {
            let korean = sandbox
                .run(&[command, source, "--lang", "ko"])
                .sentence(1)
                .to_owned();
            let english = sandbox
                .run(&["--lang", "en", command, source])
                .sentence(1)
                .to_owned();
            assert!(
                korean.chars().any(|c| ('가'..='힣').contains(&c)),
                "{korean}"
            );
            let own = english.replace(source, "");
            assert!(
                own.len() > 10 && !own.chars().any(|c| ('가'..='힣').contains(&c)),
                "{english}"
            );
        }
    }
    let offline = sandbox.run(&["--offline", "extract", "https://news.example/1"]);
    assert!(offline.sentence(1).contains("--offline"), "{}", offline.err);
}

#[test]
fn wrong_usage_ends_with_two() {
    let sandbox = Sandbox::new();
    for args in [
        &["read"][..],
        &["read", "x", "--width", "0"],
        &["read", "x", "--size", "giant"],
        &["extract", "x", "--format", "pdf"],
        &["--nonsense"],
        &["--lang", "fr", "doctor"],
        &["x.txt", "doctor"],
        &["config"],
    ] {
        let ran = sandbox.run(args);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{args:?}");
        assert!(!ran.err.is_empty());
    }
}

#[test]
fn wrong_settings_end_with_two_and_name_line_and_key() {
    let sandbox = Sandbox::new();
    for (text, place, key) in [
        ("theme = \"dark\"\n[reading]\nmesure = 3\n", ":3:", "mesure"),
        (
            "[list]\nwidth = 30\n\n[reading]\nsize = \"huge\"\n",
            ":5:",
            "reading.size",
        ),
        ("[summary]\nsentences = 9\n", ":2:", "sentences"),
        ("[network]\noffline = \"yes\"\n", ":2:", "offline"),
        ("\n\ntheme = = 1\n", ":3:", ""),
    ] {
        let file = sandbox.file("wrong.toml", text);
        for lang in ["ko", "en"] {
            let ran = sandbox.run(&["--config", &file, "--lang", lang, "doctor"]);
            let sentence = ran.sentence(2);
            assert!(
                sentence.contains(place) && sentence.contains(key),
                "{sentence}"
            );
        }
    }
    let missing = sandbox.run(&["--config", "none.toml", "doctor"]);
    assert!(missing.sentence(1).contains("none.toml"));
}

#[test]
fn config_is_written_once_found_and_shown() {
    let sandbox = Sandbox::new();
    let path = sandbox.path("config.toml");
    assert_eq!(
        sandbox.run(&["config", "path"]).ok().trim_end(),
        path.to_string_lossy()
    );
    assert!(
        sandbox
            .run(&["config", "init"])
            .ok()
            .contains("config.toml")
    );
    let written = std::fs::read_to_string(&path).unwrap();
    assert!(
        written
            .lines()
            .all(|l| l.is_empty() || l.starts_with(['#', '[']))
    );
    assert_eq!(
        sandbox.run(&["config", "init"]).code,
        1,
        "never over a file that is there"
    );
    let before = sandbox.run(&["config", "show"]);
    std::fs::write(&path, written.replace("# measure = 80", "measure = 66")).unwrap();
    let after = sandbox.run(&["config", "show"]);
    assert!(
        before.ok().contains("80") && after.ok().contains("66"),
        "{}",
        after.out
    );
}

#[test]
fn doctor_finds_nothing_wrong_with_a_new_place() {
    let sandbox = Sandbox::new();
    let data = sandbox.path("data").to_string_lossy().into_owned();
    assert!(sandbox.run(&["doctor"]).ok().contains(&data));
    let json = sandbox.run(&["doctor", "--json"]).json();
    assert!(
        json.as_array()
            .unwrap()
            .iter()
            .all(|f| f["care"] == false && f["section"].is_string()),
        "{json:#}"
    );
}

#[test]
fn doctor_ends_with_one_where_the_library_is_damaged() {
    let sandbox = Sandbox::new();
    sandbox.file(
        "data/library.db",
        "this is no library, but it is long enough to be looked at".repeat(100),
    );
    let ran = sandbox.run(&["doctor"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""), "{}", ran.out);
    assert!(ran.out.lines().any(|l| l.starts_with('!')), "{}", ran.out);
}

#[test]
fn a_scrap_is_listed_and_exported_in_every_form() {
    let sandbox = Sandbox::new();
    let file = sandbox.file("page.html", page());
    assert_eq!(sandbox.run(&["scraps", "--json"]).ok(), "");
    assert!(
        sandbox
            .run(&["scrap", &file, "--note", "다시 읽기", "--tag", "책"])
            .ok()
            .contains(TITLE)
    );
    std::fs::remove_file(&file).unwrap();
    assert!(sandbox.run(&["scraps"]).ok().contains(TITLE));
    let row = sandbox.run(&["scraps", "--json"]).json();
    assert_eq!(
        (row["title"].as_str(), row["tags"][0].as_str()),
        (Some(TITLE), Some("책"))
    );
    assert_eq!(row["scrapped"], true);
    for form in ["md", "html", "json"] {
        let dir = sandbox.path(form).to_string_lossy().into_owned();
        sandbox
            .run(&["scraps", "export", &dir, "--format", form])
            .ok();
        let files: Vec<_> = std::fs::read_dir(&dir)
            .unwrap()
            .map(|e| e.unwrap().path())
            .collect();
        assert_eq!(files.len(), 1, "{files:?}");
        assert_eq!(files[0].extension().unwrap(), form);
        let text = std::fs::read_to_string(&files[0]).unwrap();
        assert!(
            text.contains(TITLE) && text.contains("출판사 열두 곳"),
            "{form}"
        );
    }
}

#[test]
fn completions_and_manual_are_printed() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish"] {
        assert!(sandbox.run(&["completions", shell]).ok().contains("gisa"));
    }
    assert!(sandbox.run(&["man"]).ok().contains(".TH"));
    assert!(sandbox.run(&["--help"]).ok().contains("extract"));
    assert!(
        sandbox
            .run(&["--version"])
            .ok()
            .contains(env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn a_reader_of_one_line_ends_it_without_a_word() {
    let sandbox = Sandbox::new();
    let file = json_file(&sandbox, "long.json", &pages::long());
    for args in [
        &["read", &file, "--size", "xxlarge"][..],
        &["extract", &file],
        &["man"],
        &["completions", "bash"],
    ] {
        let mut child = sandbox
            .command(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::with_capacity(1, child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        drop(out);
        let mut err = String::new();
        child
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut err)
            .unwrap();
        assert!(child.wait().unwrap().success(), "{args:?}");
        assert_eq!(err, "", "{args:?}");
    }
}
