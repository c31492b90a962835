//! Queries that are kept and marks by query, as people script them: the real program over a feed on
//! the loopback.

use serde_json::Value;

use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};

const FEED: &str = "<rss version='2.0'><channel><title>강물일보</title><link>https://river.example/</link>
<item><title>도서관 밤에도 연다</title><link>https://river.example/1</link><description>새 도서관이 문을 열었다.</description><pubDate>Sun, 22 Nov 2026 09:00:00 +0900</pubDate></item>
<item><title>축구 결승 오늘</title><link>https://river.example/2</link><description>두 팀이 만난다.</description><pubDate>Sun, 22 Nov 2026 10:00:00 +0900</pubDate></item>
<item><title>금리 그대로</title><link>https://river.example/3</link><description>축구와는 먼 이야기다.</description><pubDate>Sun, 22 Nov 2026 11:00:00 +0900</pubDate></item>
</channel></rss>";

fn subscribed() -> (Server, Sandbox) {
    let server = Server::start([(
        "/rss",
        Reply::Body(200, "application/rss+xml", FEED.as_bytes().to_vec()),
    )]);
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.run(&["add", &server.url("/rss")]).code, 0);
    assert_eq!(sandbox.run(&["refresh", &server.url("/rss")]).code, 0);
    (server, sandbox)
}

fn titles(sandbox: &Sandbox, args: &[&str]) -> Vec<String> {
    let ran = sandbox.run(&[args, &["--json"]].concat());
    ran.ok()
        .lines()
        .map(|l| {
            serde_json::from_str::<Value>(l).unwrap()["title"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect()
}

#[test]
fn a_saved_search_is_listed_by_its_name() {
    let (_server, sandbox) = subscribed();
    assert!(
        sandbox
            .run(&["saved", "add", "경기", "축구", "!도서관"])
            .ok()
            .contains("경기")
    );
    assert_eq!(
        titles(&sandbox, &["list", "--saved", "경기"]),
        ["금리 그대로", "축구 결승 오늘"]
    );
    assert_eq!(
        titles(&sandbox, &["list", "--saved", "경기", "title:결승"]),
        ["축구 결승 오늘"]
    );
    assert_eq!(
        titles(&sandbox, &["list", "--sort", "oldest", "--limit", "1"]),
        ["도서관 밤에도 연다"]
    );
    assert_eq!(sandbox.run(&["saved"]).ok(), "경기\t축구 !도서관\n");
    assert!(
        sandbox
            .run(&["saved", "add", "틀림", "(축구"])
            .sentence(1)
            .contains("⟨!⟩(축구")
    );
    assert_eq!(sandbox.run(&["saved", "remove", "경기"]).code, 0);
    assert!(
        sandbox
            .run(&["list", "--saved", "경기"])
            .sentence(1)
            .contains("gisa saved")
    );
}

#[test]
fn a_mute_rule_hides_what_is_there_and_what_comes() {
    let (server, sandbox) = subscribed();
    assert!(sandbox.run(&["mute", "add", "축구"]).ok().contains('2'));
    assert_eq!(titles(&sandbox, &["list"]), ["도서관 밤에도 연다"]);
    assert_eq!(sandbox.run(&["refresh", "--all"]).code, 0);
    assert_eq!(titles(&sandbox, &["search", "축구"]), Vec::<String>::new());
    assert_eq!(sandbox.run(&["mute"]).ok(), "축구\n");
    assert_eq!(sandbox.run(&["mute", "remove", "축구"]).code, 0);
    assert_eq!(titles(&sandbox, &["search", "축구"]).len(), 2);
    assert!(
        sandbox
            .run(&["mute", "remove", "축구"])
            .sentence(1)
            .contains("gisa mute")
    );
    drop(server);
}

#[test]
fn all_that_a_query_finds_is_marked_kept_and_labelled() {
    let (_server, sandbox) = subscribed();
    assert!(sandbox.run(&["mark", "read", "축구"]).ok().contains('2'));
    assert_eq!(
        titles(&sandbox, &["list", "unread"]),
        ["도서관 밤에도 연다"]
    );
    assert!(
        sandbox
            .run(&["mark", "unread", "title:축구"])
            .ok()
            .contains('1')
    );
    assert!(
        sandbox
            .run(&[
                "mark",
                "scrapped",
                "도서관",
                "or",
                "금리",
                "--tag",
                "읽을 것"
            ])
            .ok()
            .contains('2')
    );
    assert_eq!(titles(&sandbox, &["search", "tag:\"읽을 것\""]).len(), 2);
    assert!(
        sandbox
            .run(&["mark", "scrapped", "도서관", "--tag", "읽을 것"])
            .ok()
            .contains('0'),
        "nothing changed"
    );
    assert!(
        sandbox
            .run(&["mark", "unscrapped", "scrapped"])
            .ok()
            .contains('2')
    );
    assert_eq!(
        titles(&sandbox, &["list", "scrapped"]),
        Vec::<String>::new()
    );
    assert_eq!(sandbox.run(&["mark", "read"]).code, 2);
    assert!(
        sandbox
            .run(&["refresh", "https://no.example/"])
            .sentence(1)
            .contains("no.example")
    );
}

#[test]
fn a_section_page_without_a_feed_is_subscribed_to_as_a_source_of_links() {
    let links: String = (1..=5)
        .map(|i| {
            format!("<li><a href='/article/2026112200{i}'>{i}번째 경제 소식을 전합니다</a></li>")
        })
        .collect();
    let page = format!(
        "<html><head><title>경제 - 강물일보</title></head><body><ul>{links}</ul></body></html>"
    );
    let server = Server::start([(
        "/economy",
        Reply::Body(200, "text/html; charset=utf-8", page.into_bytes()),
    )]);
    let sandbox = Sandbox::new();
    assert!(
        sandbox
            .run(&["add", &server.url("/economy")])
            .ok()
            .contains("경제 - 강물일보")
    );
    assert_eq!(sandbox.run(&["refresh"]).code, 0);
    assert_eq!(titles(&sandbox, &["list"]).len(), 5);
    assert_eq!(
        titles(&sandbox, &["list", "today"]),
        Vec::<String>::new(),
        "no date is no date"
    );
    let file = sandbox.path("out.opml").to_string_lossy().into_owned();
    assert_eq!(sandbox.run(&["export", &file]).code, 0);
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .contains("type=\"page\"")
    );
}

#[test]
fn an_article_leads_to_the_feed_of_its_site() {
    let html = |body: &str| Reply::Body(200, "text/html; charset=utf-8", body.as_bytes().to_vec());
    let article = "<html><head><title>강둑길이 열렸다</title></head><body><article><h1>강둑길이 열렸다</h1>\
                   <p>강둑길이 오늘 아침에 열렸다. 주민 스무 명이 먼저 걸었다.</p></article></body></html>";
    let front = "<html><head><link rel='alternate' type='application/rss+xml' href='/out/all.xml'></head><body></body></html>";
    let feed = "<rss version='2.0'><channel><title>강물일보</title><item><title>강둑길이 열렸다</title><link>/news/1.html</link></item></channel></rss>";
    let server = Server::start([
        ("/news/1.html", html(article)),
        ("/", html(front)),
        (
            "/out/all.xml",
            Reply::Body(200, "application/rss+xml", feed.as_bytes().to_vec()),
        ),
    ]);
    let sandbox = Sandbox::new();
    assert!(
        sandbox
            .run(&["add", &server.url("/news/1.html")])
            .ok()
            .contains("강물일보")
    );
    assert!(
        sandbox
            .run(&["add", &server.url("/nowhere")])
            .sentence(1)
            .contains("/nowhere")
    );
    let feeds = sandbox.run(&["feeds", "--json"]).ok().to_owned();
    let row: serde_json::Value = serde_json::from_str(feeds.trim()).unwrap();
    assert!(
        row["id"].is_i64() && row["url"].as_str().unwrap().ends_with("/out/all.xml"),
        "{feeds}"
    );
}

#[test]
fn every_article_of_a_feed_in_a_file_is_extracted_a_line_each() {
    let sandbox = Sandbox::new();
    let feed = "<rss version='2.0'><channel><title>강물일보</title><item><title>강둑길</title><link>/1</link></item><item><title>물안개</title><link>/2</link></item></channel></rss>";
    let json = r#"{"title":"강물일보","items":[{"id":1,"title":"강둑길","url":"/1"},{"id":2,"title":"물안개","url":"/2"}]}"#;
    let wide: Vec<u8> = feed.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (name, bytes) in [
        ("feed.xml", feed.as_bytes()),
        ("feed.json", json.as_bytes()),
        ("wide.xml", &wide),
    ] {
        let file = sandbox.file(name, bytes);
        let args = [
            "extract",
            &file,
            "--all",
            "--format",
            "json",
            "--url",
            "https://river.example/feed",
        ];
        let ran = sandbox.run(&args);
        let rows: Vec<serde_json::Value> = ran
            .ok()
            .lines()
            .map(|l| serde_json::from_str(l).unwrap())
            .collect();
        let told: Vec<_> = rows
            .iter()
            .map(|r| (r["title"].as_str().unwrap(), r["url"].as_str().unwrap()))
            .collect();
        assert_eq!(
            told,
            [
                ("강둑길", "https://river.example/1"),
                ("물안개", "https://river.example/2")
            ],
            "{name}"
        );
        assert_eq!(
            sandbox
                .run(&["extract", &file, "--all"])
                .ok()
                .matches("강둑길")
                .count(),
            1
        );
    }
}
