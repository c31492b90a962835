//! Standard streams and exit codes: pipes, folders, wrong sources, wrong usage and settings.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::Stdio;

use super::json_file;
use crate::support::pages::{self, TITLE, page};
use crate::support::sandbox::Sandbox;

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
