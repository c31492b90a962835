//! Standard streams and exit codes: pipes, folders, wrong sources, wrong usage and settings.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use super::json_file;
use crate::support::pages::{self, TITLE, page};
use crate::support::sandbox::Sandbox;
#[cfg(unix)]
use crate::support::sandbox::{program, ran};

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
        &["print", "x", "--to", ""],
        &["extract", "x", "--url", "not a url"],
        &["extract", "x", "--url", "file:///x"],
        &["list", "--saved", ""],
        &["mute", ""],
        &["mute", "add", ""],
        &["mute", "remove", ""],
        &["saved", "add", "x", ""],
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
            let ran = sandbox.run(&["--config", &file, "--lang", lang, "list"]);
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

#[test]
fn a_mistyped_command_or_publisher_gets_a_suggestion() {
    let sandbox = Sandbox::new();
    for (typed, meant) in [
        (&["reed", "x.html"][..], "gisa read"),
        (&["isues", "--json"], "gisa issues"),
        (&["--lang", "en", "brieff"], "Did you mean gisa brief?"),
    ] {
        let ran = sandbox.run(typed);
        assert_eq!(ran.code, 2, "{typed:?}: {}", ran.err);
        assert!(ran.err.contains(meant), "{typed:?}: {}", ran.err);
        assert!(!ran.err.contains("그런 파일이 없습니다"), "{}", ran.err);
    }
    for command in ["read", "extract", "remove"] {
        let ran = sandbox.run(&[command, "연합뉴수"]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(
            ran.err.contains("연합뉴스") && ran.err.contains("gisa add http"),
            "{}",
            ran.err
        );
    }
    let ran = sandbox.run(&["read", "그런적없는이름"]);
    assert!(ran.code == 1 && ran.err.lines().count() == 1, "{}", ran.err);
}

#[test]
fn a_query_that_is_none_says_why_and_where() {
    let sandbox = Sandbox::new();
    for (query, mark, reason) in [
        ("환율)", "환율⟨!⟩)", "여는 괄호가 없습니다"),
        ("publsher:가람", "⟨!⟩publsher:가람", "모르는 항목입니다"),
        ("before:언젠가", "⟨!⟩언젠가", "날짜가 아닙니다"),
    ] {
        for command in ["list", "search"] {
            let ran = sandbox.run(&[command, query]);
            assert_eq!(ran.code, 1, "{}", ran.err);
            assert!(
                ran.err.contains(mark) && ran.err.contains(reason),
                "{}",
                ran.err
            );
        }
    }
}

#[test]
fn an_unknown_theme_and_key_are_said_and_stop_nothing() {
    let sandbox = Sandbox::new();
    sandbox.file(
        "config.toml",
        "theme = \"sunflower\"\n[keys.reader]\n\"Q\" = \"levitate\"\n",
    );
    let ran = sandbox.run(&["list"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("sunflower") && ran.err.contains("levitate"),
        "{}",
        ran.err
    );
    assert_eq!(sandbox.run(&["doctor"]).err, "");
}

#[test]
fn nothing_fetched_and_nothing_imported_are_failures() {
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.path("empty")).unwrap();
    let empty = sandbox.path("empty").to_string_lossy().into_owned();
    let ran = sandbox.run(&["scraps", "import", &empty]);
    assert!(
        ran.code == 1 && ran.err.contains("가져올 스크랩이 없습니다"),
        "{}",
        ran.err
    );
    let list = sandbox.file(
        "one.opml",
        "<opml version='2.0'><body><outline type='rss' text='x' xmlUrl='http://127.0.0.1:9/x'/>\
         </body></opml>",
    );
    sandbox.run(&["import", "--inward", &list]);
    for flags in [&["refresh", "--all"][..], &["refresh", "--all", "--json"]] {
        let ran = sandbox.run(flags);
        assert_eq!(ran.code, 1, "{} {}", ran.out, ran.err);
        assert!(ran.err.contains("한 곳도 받지 못했습니다"), "{}", ran.err);
        assert!(!ran.out.is_empty());
    }
}

#[test]
fn a_page_without_text_is_told() {
    let sandbox = Sandbox::new();
    let file = sandbox.file(
        "empty.html",
        "<html><head><title>빈 쪽</title></head><body><div id=app></div></body></html>",
    );
    let ran = sandbox.run(&["extract", &file, "--format", "json"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(json["extraction"]["problem"], "empty");
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(ran.err.contains("글을 찾지 못했습니다"), "{}", ran.err);
    for args in [&["read"][..], &["sentences"], &["extract", "--all"]] {
        let ran = sandbox.run(&[args, &[file.as_str()]].concat());
        assert_eq!(ran.code, 1, "{args:?}");
        assert!(ran.err.contains("글을 찾지 못했습니다"), "{}", ran.err);
    }
    let ran = sandbox.run(&["scrap", &file]);
    assert!(ran.code == 0 && ran.out.contains("빈 쪽"), "{}", ran.err);
    assert!(ran.err.contains("글을 찾지 못해"), "{}", ran.err);
    let list = sandbox.run(&["scraps", "--json"]);
    assert_eq!(list.json()["title"], "빈 쪽");
}

#[cfg(all(feature = "print", feature = "speech"))]
#[test]
fn what_is_no_article_is_told_by_all_that_print_or_say_it() {
    let sandbox = Sandbox::new();
    let article = |problem: &str| {
        serde_json::json!({
            "title": "문화재 야행", "lang": "ko", "extraction": {"problem": problem},
            "blocks": [{"kind": "paragraph", "text": "가람시는 10월에 문화재 야행을 연다고 3일 밝혔다."}],
        })
    };
    let paper = sandbox.path("paper.txt").to_string_lossy().into_owned();
    for (problem, words) in [
        ("front", "기사 목록입니다"),
        ("paywall", "앞부분만 있습니다"),
        ("video", "영상 페이지라"),
        ("error", "오류 페이지입니다"),
        ("empty", "글을 찾지 못했습니다"),
    ] {
        let file = sandbox.file("a.json", article(problem).to_string());
        for command in [
            &["read", &file][..],
            &["short", &file],
            &["short", &file, "--json"],
            &["listen", &file, "--text"],
            &["print", &file, "--to", &paper],
        ] {
            let ran = sandbox.run(command);
            assert_eq!(ran.err.lines().count(), 1, "{command:?}: {}", ran.err);
            assert!(ran.err.contains(words), "{command:?}: {}", ran.err);
            let failed = i32::from(problem == "empty");
            assert_eq!(ran.code, failed, "{command:?} {problem}");
        }
    }
}

#[cfg(unix)]
#[test]
fn an_endless_file_ends_at_the_page_limit() {
    let sandbox = Sandbox::new();
    sandbox.file("config.toml", "[network]\npage_limit = 1\n");
    for command in [
        &["read", "/dev/zero"][..],
        &["extract", "/dev/zero"],
        &["scrap", "/dev/zero"],
        &["import", "/dev/zero"],
        &["restore", "/dev/zero"],
    ] {
        let ran = sandbox.run(command);
        assert!(ran.sentence(1).contains("한도보다 큽니다"), "{}", ran.err);
    }
    let endless = |script: &str| {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", script]).env_clear();
        command.envs(sandbox.environment());
        command.env("GISA", program());
        command.current_dir(sandbox.path(""));
        ran(command.output().unwrap())
    };
    let piped = endless("yes 글 | \"$GISA\" read -");
    assert!(piped.sentence(1).contains("한도보다 큽니다"));
    let fifo = endless("mkfifo f && { yes 글 > f & } && \"$GISA\" read f");
    assert!(fifo.sentence(1).contains("한도보다 큽니다"));
}
