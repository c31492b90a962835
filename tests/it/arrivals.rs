//! Coming over from other readers: their lists of subscriptions, by the real program.

use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};

#[test]
fn lists_of_other_readers_become_subscriptions() {
    let sandbox = Sandbox::new();
    let urls = sandbox.file(
        "urls",
        "https://a.example/rss \"~가 신문\" 종합 경제\nhttps://b.example/rss 정책\n\
         \"query:새 글:unread = \\\"yes\\\" and age < 2\"\n\"query:옮길 수 없음:flags # \\\"s\\\"\"\n\"exec:~/feed.sh\"\n",
    );
    let opml = sandbox.file(
        "subs.xml",
        "<opml><body><outline text=\"세계\"><outline type=\"rss\" text=\"다\" xmlUrl=\"feed://c.example/rss\"/></outline></body></opml>",
    );
    let said = sandbox.run(&["--offline", "import", &urls, &opml]);
    let lines = said.ok();
    assert!(lines.starts_with("3곳을 구독했습니다"), "{lines}");
    for word in ["새 글", "가 신문", "경제", "옮길 수 없음", "exec:~/feed.sh"] {
        assert!(lines.contains(word), "{word}: {lines}");
    }
    let feeds = sandbox.run(&["feeds", "--json"]);
    assert_eq!(feeds.ok().lines().count(), 3);
    assert!(
        feeds.out.contains("\"folder\":\"종합\"") && feeds.out.contains("http://c.example/rss")
    );
    assert!(sandbox.run(&["saved"]).ok().contains("unread after:2d"));
    // Again changes nothing, and the searches are not said twice.
    let again = sandbox.run(&["--offline", "import", &urls, &opml]);
    assert!(!again.ok().contains("저장한 검색"));
    assert!(
        again.out.contains("이미 구독하고 있는 곳: 3곳") && !again.out.contains("구독했습니다")
    );
    assert_eq!(sandbox.run(&["feeds", "--json"]).out, feeds.out);
}

#[test]
fn a_list_that_ends_in_the_middle_is_taken_to_there_and_says_so() {
    let sandbox = Sandbox::new();
    let cut = sandbox.file(
        "subs.opml",
        "<opml><body><outline text=\"가\" xmlUrl=\"https://a.example/rss\"/>\n<outline text=\"나\" xml",
    );
    let said = sandbox.run(&["--offline", "--lang", "en", "import", &cut]);
    assert_eq!(said.code, 1, "{}", said.err);
    assert!(
        said.err.contains("subs.opml: the file breaks off"),
        "{}",
        said.err
    );
    assert!(
        said.out.starts_with("New subscriptions: 1."),
        "{}",
        said.out
    );
}

#[test]
fn a_file_that_is_no_list_costs_a_sentence_and_the_others_are_taken() {
    let sandbox = Sandbox::new();
    let text = sandbox.file("notes.txt", "오늘은 맑다.\n내일은 흐리다.\n");
    let list = sandbox.file("list.txt", "https://a.example/rss\n");
    assert!(
        sandbox
            .run(&["import", &text])
            .sentence(1)
            .contains("notes.txt")
    );
    let both = sandbox.run(&["--offline", "import", &text, &list]);
    assert_eq!(both.code, 1);
    assert!(
        both.err.contains("notes.txt") && both.out.starts_with("1곳을"),
        "{}",
        both.out
    );
    let database = sandbox.file(
        "library.db",
        [b"SQLite format 3\0".as_slice(), &[1; 200]].concat(),
    );
    assert!(
        sandbox
            .run(&["import", &database])
            .sentence(1)
            .contains("library.db")
    );
    let inward = sandbox.file(
        "urls",
        "http://127.0.0.1:9/rss 안\nhttps://a.example/rss 밖\n",
    );
    let left = sandbox.run(&["--offline", "import", &inward]);
    assert!(
        left.code == 1 && left.err.contains("--inward"),
        "{}",
        left.err
    );
    assert_eq!(sandbox.run(&["feeds", "--json"]).ok().lines().count(), 1);
}

#[test]
fn a_feed_of_a_list_without_titles_gets_its_own() {
    let sandbox = Sandbox::new();
    let rss = "<rss version=\"2.0\"><channel><title>가람신문</title><item><title>소식</title>\
        <link>https://garam.example/1</link></item></channel></rss>";
    let server = Server::start([("/rss", Reply::Body(200, "text/xml", rss.into()))]);
    let list = sandbox.file("list.txt", server.url("/rss"));
    sandbox.run(&["import", "--inward", &list]).ok();
    sandbox.run(&["refresh"]);
    assert_eq!(
        sandbox.run(&["feeds", "--json"]).json()["title"],
        "가람신문"
    );
}

#[test]
fn subscriptions_that_no_longer_come_are_listed_with_what_to_do() {
    let rss = |title: &str| {
        let item = format!("<item><title>{title}</title><link>/1</link></item>");
        let channel = format!("<title>{title}</title><link>https://{title}.example/</link>{item}");
        let feed = format!("<rss version=\"2.0\"><channel>{channel}</channel></rss>");
        Reply::Body(200, "application/rss+xml", feed.into_bytes())
    };
    let server = Server::start([("/a", rss("alive")), ("/b", rss("gone"))]);
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.run(&["feeds", "--dead", "--json"]).out, "");
    for path in ["/a", "/b"] {
        sandbox.run(&["add", &server.url(path)]).ok();
    }
    assert_eq!(sandbox.run(&["feeds", "--dead", "--json"]).out, "");
    let fail = |days: i64| {
        let library = rusqlite::Connection::open(sandbox.path("data/library.db")).unwrap();
        let sql = "update feed set error = 'no-page: x', failures = 9,
                   ok = unixepoch() - 86400 * ?1 where url like '%/b'";
        assert_eq!(library.execute(sql, [days]).unwrap(), 1);
    };
    fail(3);
    let none = sandbox.run(&["feeds", "--dead"]);
    assert_eq!(none.ok(), "오래 소식이 끊긴 구독은 없습니다.\n");
    fail(45);
    let dead = sandbox.run(&["feeds", "--dead", "--json"]).json();
    assert_eq!(dead["url"], server.url("/b"));
    assert_eq!(dead["dead"]["state"], "unanswered");
    assert_eq!(dead["dead"]["days"], 45);
    let said = sandbox.run(&["feeds", "--dead"]);
    let rows: Vec<&str> = said.ok().lines().collect();
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows[1].contains("45일째 받지 못했습니다"), "{rows:?}");
    let advice = [
        "gisa add https://gone.example/",
        "gisa remove ",
        &*server.url("/b"),
    ];
    assert!(advice.iter().all(|it| rows[2].contains(it)), "{rows:?}");
    // Without the option the list is as it was.
    let all = sandbox.run(&["feeds", "--json"]);
    assert_eq!(all.ok().lines().count(), 2);
    assert!(!all.out.contains("\"dead\""));
}
