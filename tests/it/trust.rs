//! Whom a text is believed to come from, what is asked inside the own network for its sake, and
//! passwords of addresses: on the command line, with pages, feeds and lists of our own.

use std::sync::{Arc, Mutex};

use gisa::app::protocol::message::Message;
use serde_json::Value;

use crate::support::sandbox::{Ran, Sandbox};
use crate::support::server::{Reply, Server};
use crate::support::session::Session;

const WORDS: &str = "강변의 오래된 다리가 다시 열렸다. 시는 지난해부터 기둥을 고치고 바닥을 새로 깔았다고 밝혔다. \
    아침마다 다리를 건너는 사람이 삼천 명이 넘는다고 한다.";

/// A page with this in its head.
fn page(head: &str) -> String {
    format!(
        "<!doctype html><html lang=ko><head><meta charset=utf-8><title>다리가 다시 열렸다</title>\
         {head}</head><body><article><h1>다리가 다시 열렸다</h1><p>{WORDS}</p><p>{WORDS} 끝.</p>\
         </article></body></html>"
    )
}

fn extracted(sandbox: &Sandbox, head: &str, url: Option<&str>) -> Value {
    let file = sandbox.file("page.html", page(head));
    let mut args = vec!["extract", &*file, "--format", "json"];
    args.extend(url.iter().flat_map(|url| ["--url", url]));
    sandbox.run(&args).json()
}

#[test]
fn a_page_speaks_for_its_own_site_alone() {
    let sandbox = Sandbox::new();
    let own = "https://m.hill.co.kr/n/7?from=rss";
    for (head, canonical) in [
        (
            "<link rel=canonical href=https://www.hill.co.kr/n/7>",
            Some("https://www.hill.co.kr/n/7"),
        ),
        (
            "<meta property=og:url content=/n/7>",
            Some("https://m.hill.co.kr/n/7"),
        ),
        ("<link rel=canonical href=https://lake.co.kr/n/7>", None),
        (
            "<meta property=og:url content=https://hill.co.kr.lake.example/>",
            None,
        ),
        ("<link rel=canonical href=//127.0.0.1/admin>", None),
        ("<link rel=canonical href=http://[::ffff:127.0.0.1]/>", None),
        ("<link rel=canonical href='data:text/html,x'>", None),
        ("<link rel=canonical href='file:///etc/hosts'>", None),
        ("<link rel=canonical href='mailto:a@hill.co.kr'>", None),
        (
            "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"다리가 다시 열렸다\",\
             \"url\":\"http://192.168.0.1/x\"}</script>",
            None,
        ),
        // A false one does not hide a true one.
        (
            "<link rel=canonical href=https://lake.co.kr/><meta property=og:url content=https://hill.co.kr/n/7>",
            Some("https://hill.co.kr/n/7"),
        ),
    ] {
        let json = extracted(&sandbox, head, Some(own));
        assert_eq!(json["url"], own, "{head}");
        assert_eq!(json["canonical_url"].as_str(), canonical, "{head}");
    }
}

#[test]
fn a_page_takes_no_other_publishers_name() {
    let sandbox = Sandbox::new();
    let named = |head: &str, url: &str| extracted(&sandbox, head, Some(url))["publisher"].clone();
    let site = |name: &str| format!("<meta property=og:site_name content='{name}'>");
    let away = "https://www.lake.example/1";
    assert_eq!(named(&site("한겨레"), away), "lake.example");
    assert_eq!(named(&site("한 겨 레"), away), "lake.example");
    let by_data = "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"다리가 다시 열렸다\",\
        \"publisher\":{\"name\":\"KBS\"}}</script>";
    assert_eq!(named(by_data, away), "lake.example");
    // Its own name is believed, but not along with another site's address.
    assert_eq!(named(&site("호수신문"), away), "호수신문");
    let posing = site("언덕신문") + "<link rel=canonical href=https://hill.co.kr/1>";
    assert_eq!(named(&posing, away), "lake.example");
    assert_eq!(
        named(&site("한겨레"), "https://news.hani.co.kr/1"),
        "한겨레"
    );
    // A portal says whose article it shows.
    let portal = "<body><div class=press_logo><img alt=한겨레></div>";
    assert_eq!(
        named(portal, "https://n.news.naver.com/article/028/1"),
        "한겨레"
    );
    // What a file says is shown as that file's claim, without an address that was fetched.
    let head = site("한겨레") + "<link rel=canonical href=https://www.hani.co.kr/1>";
    let json = extracted(&sandbox, &head, None);
    assert_eq!(
        (&json["url"], &json["publisher"]),
        (&Value::Null, &"한겨레".into())
    );
}

#[test]
fn an_address_that_is_none_stays_out_of_exports() {
    let sandbox = Sandbox::new();
    let mut json = extracted(&sandbox, "", Some("https://hill.co.kr/7"));
    json["canonical_url"] = "data:text/html,x".into();
    let file = sandbox.file("article.json", json.to_string());
    let markdown = sandbox.run(&["extract", &file, "--format", "md"]);
    assert!(markdown.ok().contains("https://hill.co.kr/7") && !markdown.ok().contains("data:"));
}

/// A server that notes each request, and what it was asked.
fn noting(
    body: impl Fn(&str) -> Vec<(&'static str, Reply)>,
) -> (Server, Arc<Mutex<Vec<&'static str>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let note = |path: &'static str| {
        let asked = asked.clone();
        (
            path,
            Reply::Raw(Box::new(move |_| asked.lock().unwrap().push(path))),
        )
    };
    let traps = ["/trap", "/trap.png", "/next", "/amp"].map(note);
    let server = Server::start_with(traps, body);
    (server, asked)
}

#[test]
fn nothing_inside_is_asked_for_the_sake_of_a_file() {
    let (server, asked) = noting(|_| Vec::new());
    let sandbox = Sandbox::new();
    sandbox.file("config.toml", "[scrap]\npictures = true\n");
    let head = format!(
        "<link rel=canonical href={}><link rel=amphtml href={}>",
        server.url("/trap"),
        server.url("/amp")
    );
    let body = page(&head).replace(
        "<p>",
        &format!(
            "<p><img src={} width=600 height=400></p><p>",
            server.url("/trap.png")
        ),
    );
    let html = sandbox.file("saved.html", &body);
    sandbox.run(&["scrap", &html]).ok();
    // A file of ours that another wrote.
    let mut json = sandbox.run(&["extract", &html, "--format", "json"]).json();
    json["url"] = server.url("/trap").into();
    json["title"] = "다른 글".into();
    sandbox
        .run(&[
            "scraps",
            "import",
            &sandbox.file("from/one.json", json.to_string()),
        ])
        .ok();
    let checked = sandbox.run(&["scraps", "check"]);
    assert_eq!(
        (checked.code, checked.out.as_str()),
        (1, ""),
        "{}",
        checked.err
    );
    assert_eq!(*asked.lock().unwrap(), Vec::<&str>::new());
}

#[test]
fn a_scrap_is_checked_where_it_was_fetched() {
    let (server, asked) = noting(|base| {
        let trap = format!("{base}/trap").replace("127.0.0.1", "127.0.0.2");
        vec![(
            "/page",
            Reply::html(&page(&format!("<link rel=canonical href={trap}>"))),
        )]
    });
    let sandbox = Sandbox::new();
    sandbox.run(&["scrap", &server.url("/page")]).ok();
    let checked = sandbox.run(&["scraps", "check"]);
    assert!(checked.ok().starts_with("그대로"), "{}", checked.out);
    assert!(asked.lock().unwrap().is_empty());
}

fn outline(addresses: &[&str]) -> String {
    let rows: String = addresses
        .iter()
        .map(|url| format!("<outline type='rss' xmlUrl='{url}'/>"))
        .collect();
    format!("<opml version='2.0'><body>{rows}</body></opml>")
}

fn feeds(sandbox: &Sandbox, more: &[&str]) -> Vec<String> {
    let args = [&["feeds", "--json"], more].concat();
    let ran = sandbox.run(&args);
    let rows = ran
        .ok()
        .lines()
        .map(|row| serde_json::from_str::<Value>(row).unwrap());
    rows.map(|row| row["url"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn an_outline_brings_nothing_inside_unasked() {
    let sandbox = Sandbox::new();
    let inside = [
        "http://10.0.0.8/rss",
        "http://nas.local/feed",
        "http://2130706433/x",
        "http://[2002:c0a8:1::]/rss",
    ];
    let all = [&["https://paper.example/rss"][..], &inside].concat();
    let file = sandbox.file("list.opml", outline(&all));
    let ran: Ran = sandbox.run(&["--offline", "import", &file]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.err.trim_end().lines().count(), 1);
    assert!(
        ran.err.contains("10.0.0.8") && ran.err.contains("--inward"),
        "{}",
        ran.err
    );
    assert_eq!(feeds(&sandbox, &[]), ["https://paper.example/rss"]);
    sandbox
        .run(&["--offline", "import", "--inward", &file])
        .ok();
    assert_eq!(feeds(&sandbox, &[]).len(), all.len());
}

#[test]
fn passwords_and_tokens_of_feeds_are_shown_where_they_are_asked_for() {
    let sandbox = Sandbox::new();
    let secret = [
        "https://me:pw%40x@paper.example/rss",
        "https://hill.example/rss?token=qwertz",
        "https://lake.example/private/8f14e45fceea167a5a36dedd.xml",
    ];
    let plain = "https://paper.example/open?cat=3";
    let all = [&secret[..], &[plain]].concat();
    sandbox
        .run(&[
            "--offline",
            "import",
            &sandbox.file("list.opml", outline(&all)),
        ])
        .ok();
    let is_silent = |text: &str| {
        ["pw%40", "me:", "qwertz", "8f14"]
            .iter()
            .all(|s| !text.contains(s))
    };
    for args in [
        &["feeds"][..],
        &["feeds", "--json"],
        &["doctor"],
        &["doctor", "--json"],
    ] {
        let ran = sandbox.run(args);
        assert!(
            is_silent(&ran.out) && is_silent(&ran.err),
            "{args:?} {}",
            ran.out
        );
        assert!(
            ran.out.contains("paper.example/rss"),
            "{args:?} {}",
            ran.out
        );
    }
    let mut shown = feeds(&sandbox, &["--secrets"]);
    shown.sort();
    let mut wanted: Vec<String> = all.iter().map(|url| (*url).to_owned()).collect();
    wanted.sort();
    assert_eq!(shown, wanted);
    // Files.
    let (open, private) = (sandbox.path("open.opml"), sandbox.path("private.opml"));
    let (open, private) = (open.to_str().unwrap(), private.to_str().unwrap());
    let ran = sandbox.run(&["export", open]);
    assert!(
        ran.code == 0 && ran.err.contains("--secrets"),
        "{}",
        ran.err
    );
    let written = std::fs::read_to_string(open).unwrap();
    assert!(is_silent(&written));
    // No address that lacks a part: what imports the list would subscribe to it.
    let mut outlines = written.lines().filter(|line| line.contains("<outline"));
    assert!(outlines.all(|line| !line.contains('…')), "{written}");
    assert!(written.contains("<!-- "), "{written}");
    sandbox.run(&["export", "--secrets", private]).ok();
    assert!(std::fs::read_to_string(private).unwrap().contains("qwertz"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(private).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    // What is shown names it.
    let removed = sandbox.run(&["remove", "https://hill.example/rss?token=…"]);
    assert!(is_silent(removed.ok()));
    assert_eq!(feeds(&sandbox, &[]).len(), 3);
}

#[test]
fn an_article_behind_a_password_is_kept_without_it() {
    let server = Server::start([("/page", Reply::html(&page("")))]);
    let sandbox = Sandbox::new();
    let url = server.url("/page").replace("://", "://me:pw@");
    for format in ["json", "md", "html"] {
        let ran = sandbox.run(&["extract", &url, "--format", format]);
        assert!(!ran.ok().contains("me:pw"), "{}", ran.out);
    }
    sandbox.run(&["scrap", &url]).ok();
    assert!(!sandbox.run(&["scraps", "--json"]).ok().contains("pw@"));
    let missing = server
        .url("/none?access_token=tief")
        .replace("://", "://me:pw@");
    let told = sandbox.run(&["extract", &missing]);
    assert!(
        !told.err.contains("pw@") && !told.err.contains("tief"),
        "{}",
        told.err
    );
}

#[test]
fn what_a_file_claims_is_shown_as_its_claim() {
    let sandbox = Sandbox::new();
    let head = "<link rel=canonical href=https://www.yna.co.kr/view/AKR1>\
         <meta property=og:site_name content=연합뉴스>";
    let file = sandbox.file("saved.html", page(head));
    let marked = |args: &[&str], input: &[u8]| {
        let ran = sandbox.run_with(args, input);
        ran.ok().contains("확인 안 됨") && ran.out.contains("확인되지 않았습니다")
    };
    assert!(marked(&["read", &file], b""));
    assert!(marked(&["read", "-"], page(head).as_bytes()));
    let json = sandbox.run(&["extract", &file, "--format", "json"]);
    assert_eq!(json.json()["claimed"], true);
    // Who says where the page came from vouches for it, and so does the address asked.
    let url = "https://www.yna.co.kr/view/AKR1";
    let json = sandbox.run(&["extract", &file, "--format", "json", "--url", url]);
    assert_eq!(json.json()["claimed"], Value::Null);
    let piped = sandbox.run(&["extract", &file, "--format", "json", "--url", url]);
    assert!(marked(&["read", "-"], piped.ok().as_bytes()));
    let server = Server::start([("/page", Reply::html(&page("")))]);
    let url = server.url("/page");
    let json = sandbox.run(&["extract", &url, "--format", "json"]);
    assert_eq!(json.json()["claimed"], Value::Null);
    assert!(!marked(&["read", &url], b""));
    // A file that names nobody claims nothing.
    let plain = sandbox.file("plain.html", page(""));
    assert!(!marked(&["read", &plain], b""));
}

#[test]
fn tokens_of_articles_are_shown_where_they_are_asked_for() {
    let server = Server::start_with([], |base| {
        let items: String = ["a?token=tief1", "b?x=1&sig=tief2", "c"]
            .iter()
            .map(|path| {
                let link = format!("{}/{path}", base.replace("://", "://me:tief3@"));
                format!(
                    "<item><title>{path} 소식</title><link>{}</link><description>{WORDS}</description></item>",
                    link.replace('&', "&amp;")
                )
            })
            .collect();
        let feed =
            format!("<rss version='2.0'><channel><title>강변신문</title>{items}</channel></rss>")
                .replace("<title>a?token=tief1", "<title>하나")
                .replace("<title>b?x=1&sig=tief2", "<title>둘");
        vec![
            (
                "/rss",
                Reply::Body(200, "text/xml; charset=utf-8", feed.into_bytes()),
            ),
            ("/a", Reply::html(&page(""))),
        ]
    });
    let sandbox = Sandbox::new();
    sandbox.file("config.toml", "[network]\nfetch_ahead = false\n");
    sandbox.run(&["add", &server.url("/rss")]).ok();
    assert_eq!(sandbox.run(&["refresh", "--json"]).code, 0);
    let article = server.url("/a?token=tief1");
    sandbox.run(&["scrap", &article]).ok();
    let dir = sandbox.path("out").to_string_lossy().into_owned();
    for args in [
        &["list"][..],
        &["list", "--json"],
        &["search", "소식", "--json"],
        &["issues", "--json"],
        &["brief", "--format", "md"],
        &["brief", "--format", "json"],
        &["scraps"],
        &["scraps", "--json"],
        &["extract", &article, "--format", "json"],
        &["read", &article],
        &["scraps", "export", &dir],
        &["scraps", "export", &dir, "--format", "html"],
    ] {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 0, "{args:?} {}", ran.err);
        assert!(!ran.out.contains("tief"), "{args:?} {}", ran.out);
    }
    for file in std::fs::read_dir(&dir).unwrap() {
        let path = file.unwrap().path();
        if path.is_file() {
            assert!(!std::fs::read_to_string(path).unwrap().contains("tief"));
        }
    }
    for args in [
        &["list", "--json", "--secrets"][..],
        &["scraps", "--json", "--secrets"],
        &["extract", &article, "--format", "json", "--secrets"],
    ] {
        assert!(sandbox.run(args).ok().contains("tief1"), "{args:?}");
    }
}

#[test]
fn a_password_that_is_typed_stands_in_no_notice() {
    let mut s = Session::new(120, 40);
    s.keys("a");
    s.tell(Message::Paste(
        "https://me:tief@paper.example/rss?token=tief".to_owned(),
    ));
    s.keys("Enter");
    let (_, notice) = s.notice();
    assert!(
        notice.contains("paper.example/rss") && !notice.contains("tief"),
        "{notice}"
    );
}
