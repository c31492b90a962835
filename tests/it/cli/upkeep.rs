//! The commands about the program itself and its library: config, doctor, scraps, completions, man.

use crate::support::pages::{TITLE, page};
use crate::support::sandbox::Sandbox;

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

#[cfg(feature = "pictures")]
#[test]
fn doctor_names_a_font_that_is_not_there() {
    let sandbox = Sandbox::new();
    sandbox.file("config.toml", "[reading]\nfont = \"No Such Font\"\n");
    for (lang, part) in [
        ("ko", "그런 한글 글꼴이 없어"),
        ("en", "there is no such Korean font"),
    ] {
        let told = sandbox.run(&["doctor", "--lang", lang]);
        assert_eq!(told.code, 1, "{}", told.out);
        let line = told.out.lines().find(|line| line.contains(part));
        assert!(
            line.is_some_and(|l| l.contains("No Such Font")),
            "{}",
            told.out
        );
    }
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
    let folder = sandbox.path("man");
    std::fs::create_dir(&folder).unwrap();
    sandbox
        .run(&["man", "--to", &folder.to_string_lossy()])
        .ok();
    for (page, word) in [("gisa.1", "gisa"), ("gisa-extract.1", "extract")] {
        let page = std::fs::read_to_string(folder.join(page)).unwrap();
        assert!(page.contains(".TH") && page.contains(word), "{page}");
        let source = concat!("\"gisa ", env!("CARGO_PKG_VERSION"), "\"");
        assert!(page.contains(source), "{page}");
    }
    let missing = folder.join("none");
    assert_eq!(
        sandbox
            .run(&["man", "--to", &missing.to_string_lossy()])
            .code,
        1
    );
    let whole = sandbox.run(&["man", "--lang", "en"]);
    let page = whole.ok();
    for words in [".TH", "KEYS", "QUERIES", "publisher:", "FILES", "EXAMPLES"] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    let to = folder.to_string_lossy().into_owned();
    sandbox.run(&["man", "--lang", "ko", "--to", &to]).ok();
    for name in ["gisa", "gisa-scraps", "gisa-scraps-export"] {
        let page = std::fs::read_to_string(folder.join(format!("{name}.1"))).unwrap();
        for words in ["\"이름\"", "\"사용법\"", "\"옵션\"", "도움말"] {
            assert!(page.contains(words), "{words}\n{page}");
        }
        for words in ["SH NAME", "SUBCOMMANDS", "Print help", "Print this"] {
            assert!(!page.contains(words), "{words}\n{page}");
        }
    }
    let korean = sandbox.run(&["man", "--lang", "ko"]);
    assert!(korean.ok().contains("단축키"));
    let of_refresh = sandbox.run(&["man", "refresh"]);
    let refresh = of_refresh.ok();
    assert!(
        refresh.contains("gisa\\-refresh") && refresh.contains("full"),
        "{refresh}"
    );
    assert!(
        sandbox
            .run(&["man", "scraps", "export"])
            .ok()
            .contains(".TH")
    );
    assert_eq!(sandbox.run(&["man", "refrsh"]).code, 2);
    assert!(sandbox.run(&["--help"]).ok().contains("extract"));
    assert!(
        sandbox
            .run(&["--version"])
            .ok()
            .contains(env!("CARGO_PKG_VERSION"))
    );
}
