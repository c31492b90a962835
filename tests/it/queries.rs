//! The query language on the command line, and lists for scripts: counts, lines by a pattern, an
//! article by its id or, without the network, by its address.

use gisa::news::{Article, Block, Byline, Clean};
use gisa::runtime::store::Store;
use jiff::Timestamp;

use crate::support::sandbox::Sandbox;

/// A library of three articles.
fn library() -> Sandbox {
    let sandbox = Sandbox::new();
    let store = Store::open(&sandbox.path("data/library.db")).unwrap();
    for (n, title, text, author) in [
        (
            1,
            "ＡＩ반도체와 café",
            "CO₂를 줄인다. 생물학자도 산에 오른다.",
            "강나루",
        ),
        (2, "북한, 미사일 발사", "세 번째 발사다.", "한바다"),
        (
            3,
            "금리를 내렸다",
            "한국은행이 금리를 내렸다. 시장은 반겼다.",
            "강나루",
        ),
    ] {
        let article = Article {
            url: Some(Clean::line(&format!("https://river.example/eco/{n}"))),
            title: Clean::line(title),
            blocks: vec![Block::paragraph(text)],
            bylines: vec![Byline {
                name: Clean::line(author),
                ..Byline::default()
            }],
            ..Article::default()
        };
        let at = Timestamp::from_second(1_790_000_000 + n).unwrap();
        store.put_article(&article, None, at).unwrap();
    }
    sandbox
}

#[test]
fn an_order_a_form_and_a_count_are_asked_for() {
    let sandbox = library();
    let listed = |args: &[&str]| {
        let ran = sandbox.run(&[&["list", "--format", "{url}"], args].concat());
        let last = |line: &str| line.rsplit('/').next().unwrap().to_owned();
        ran.ok().lines().map(last).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(listed(&["기자:강나루"]), "3 1");
    assert_eq!(listed(&["기자:강나루", "sort:oldest"]), "1 3");
    assert_eq!(listed(&["정렬:오래된"]), "1 2 3");
    // What is said beside the query wins over what it says.
    assert_eq!(listed(&["sort:oldest", "--sort", "newest"]), "3 2 1");
    assert_eq!(listed(&["form:news"]), "3 2 1");
    assert_eq!(listed(&["형식:기사 -금리"]), "2 1");
    assert!(
        sandbox
            .run(&["list", "form:poem"])
            .sentence(1)
            .contains("⟨!⟩")
    );
    for (query, count) in [
        (&["unread"][..], "3\n"),
        (&["read"], "0\n"),
        (&["sort:oldest"], "3\n"),
        (&["unread", "sort:oldest"], "3\n"),
        (&["금리", "unread"], "1\n"),
        (&["read", "or", "unread"], "3\n"),
        (&["after:1990 -scrapped"], "3\n"),
    ] {
        let ran = sandbox.run(&[&["list", "--count"], query].concat());
        assert_eq!(ran.ok(), count, "{query:?}");
    }
    // An order alone is no reason to mark all that there is.
    assert_ne!(sandbox.run(&["mark", "read", "sort:oldest"]).code, 0);
    assert_eq!(sandbox.run(&["list", "--count", "unread"]).ok(), "3\n");
    assert_eq!(sandbox.run(&["saved", "add", "강", "기자:강나루"]).code, 0);
    let days = sandbox.run(&["saved", "--days", "7", "--json"]).json();
    assert_eq!(days["days"].as_array().unwrap().len(), 7);
}

#[test]
fn what_is_typed_finds_what_a_reader_means() {
    let sandbox = library();
    for (query, found) in [
        ("AI", "1"),
        ("cafe", "1"),
        ("CO2", "1"),
        ("미사일발사", "2"),
        ("기자:강나루", "1 3"),
        ("author:바다", "2"),
        ("url:eco/3", "3"),
        ("words:..4", "2"),
        ("/금리를? (내|올)/", "3"),
        ("기자:강나루 -금리", "1"),
    ] {
        let ran = sandbox.run(&["list", query, "--format", "{url}"]);
        let mut numbers: Vec<&str> = ran
            .ok()
            .lines()
            .filter_map(|l| l.rsplit('/').next())
            .collect();
        numbers.sort_unstable();
        assert_eq!(numbers.join(" "), found, "{query}");
        let count = sandbox.run(&["list", query, "--count"]);
        assert_eq!(count.ok().trim(), numbers.len().to_string(), "{query}");
    }
    assert_eq!(sandbox.run(&["list", "--count"]).ok(), "3\n");
    assert_eq!(sandbox.run(&["list", "없는말", "--count"]).ok(), "0\n");
    assert!(sandbox.run(&["list", "/(/"]).sentence(1).contains("정규식"));
}

#[test]
fn a_line_is_made_by_the_users_pattern() {
    let sandbox = library();
    let pattern = r"{read}\t{title}\t\{nothing}{ {id";
    let told = sandbox.run(&["list", "금리", "--format", pattern]);
    assert_eq!(told.ok(), "0\t금리를 내렸다\t{nothing}{ {id\n");
    let mistyped = sandbox.run(&["list", "금리", "--format", "{nothing}"]);
    assert!(mistyped.sentence(2).contains("nothing"));
}

#[test]
fn an_article_of_the_library_is_read_by_its_id_and_offline_by_its_address() {
    let sandbox = library();
    let id = sandbox
        .run(&["list", "금리", "--format", "id:{id}"])
        .ok()
        .trim()
        .to_owned();
    let read = sandbox.run(&["read", &id]).ok().to_owned();
    assert!(read.contains("한국은행이 금리를 내렸다."), "{read}");
    let short = sandbox.run(&["extract", &id, "--format", "json"]).json();
    assert_eq!(short["title"], "금리를 내렸다");
    let offline = sandbox.run(&["read", "https://river.example/eco/3", "--offline"]);
    assert!(offline.ok().contains("한국은행이"));
    for gone in ["id:0", "id:x", "id:"] {
        sandbox.run(&["read", gone]).sentence(1);
    }
}
