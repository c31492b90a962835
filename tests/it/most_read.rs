//! 많이 본 뉴스 from a feed that is one: the real program over a feed on the loopback.

use jiff::{Timestamp, ToSpan as _};

use crate::support::pty::Pty;
use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};

/// A feed of these titles in this order, each so many hours old.
fn feed(name: &str, items: &[(&str, i64)]) -> Reply {
    let items: String = items
        .iter()
        .enumerate()
        .map(|(n, (title, hours))| {
            let at = Timestamp::now() - hours.hours();
            let date = at.strftime("%a, %d %b %Y %H:%M:%S +0000");
            format!("<item><title>{title}</title><link>https://river.example/{name}/{n}</link><pubDate>{date}</pubDate></item>")
        })
        .collect();
    let feed = format!(
        "<rss version='2.0'><channel><title>강물일보 {name}</title>{items}</channel></rss>"
    );
    Reply::Body(200, "application/rss+xml", feed.into_bytes())
}

#[test]
fn a_ranking_feed_keeps_its_own_order_and_any_other_feed_is_no_ranking() {
    // The most read is not the newest, and the third is older than a ranking is news.
    let ranked = [
        ("버금가는 소식", 20),
        ("으뜸 소식", 40),
        ("낡은 소식", 90),
        ("막내 소식", 1),
    ];
    let server = Server::start([
        ("/rss/clickTop.xml", feed("많이본", &ranked)),
        (
            "/rss/all.xml",
            feed("전체", &[("가장 새 소식", 0), ("그다음 소식", 1)]),
        ),
    ]);
    let sandbox = Sandbox::new();
    for path in ["/rss/clickTop.xml", "/rss/all.xml"] {
        assert_eq!(sandbox.run(&["add", &server.url(path)]).code, 0);
    }
    assert_eq!(sandbox.run(&["refresh"]).code, 0);
    let mut pty = Pty::start(&sandbox, &["--offline"], &[], (100, 30));
    pty.wait_for("으뜸 소식");
    pty.send("M");
    pty.wait_for("강물일보 많이본의 순위");
    let shown = pty.text();
    let at = |line: &str| {
        shown
            .find(line)
            .unwrap_or_else(|| panic!("no {line}:\n{shown}"))
    };
    assert!(
        at(" 1 버금가는 소식") < at(" 2 으뜸 소식") && at(" 2 으뜸 소식") < at(" 4 막내 소식"),
        "{shown}"
    );
    assert!(
        !shown.contains("3 낡은 소식") && !shown.contains("전체의 순위"),
        "{shown}"
    );
    pty.send("q");
    pty.wait("no popup", |s| !s.contents().contains("j k 고르기 · Esc"));
    pty.send("Q");
    pty.ended();
    // Nobody is subscribed any more: nothing is shown as that publisher's.
    assert_eq!(
        sandbox
            .run(&["remove", &server.url("/rss/clickTop.xml")])
            .code,
        0
    );
    let mut pty = Pty::start(&sandbox, &["--offline"], &[], (100, 30));
    pty.wait_for("가장 새 소식");
    pty.send("M");
    pty.wait_for("아직 보여 드릴 순위가 없습니다");
    pty.send("q");
    pty.wait("no popup", |s| !s.contents().contains("j k 고르기 · Esc"));
    pty.send("Q");
    pty.ended();
}
