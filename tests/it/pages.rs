//! Articles told in several pages, and publishers that want to be asked: real HTTP on the loopback.

use gisa::app::effect::{Effect, Job};
use gisa::app::{Cause, Failure};

use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};
use crate::support::session::Session;

/// Page `n` of an article of `of`; `next` is what its pager leads to.
fn page(n: usize, title: &str, next: &str) -> String {
    let line =
        |i: usize| format!("<p>{n}쪽의 {i}째 문단은 지하철 첫차를 당기는 까닭을 하나씩 짚어 본다고 20일 밝혔다.</p>");
    let text: String = (1..=4).map(line).collect();
    format!(
        "<html lang=ko><head><title>{title} - 가나신문</title></head><body><h1>{title}</h1><p>김하나 기자 | 입력 2024.03.20 09:12</p>\
         <div class=story>{text}</div><div class=pager>{next}</div></body></html>"
    )
}

const TITLE: &str = "첫차가 빨라지기까지";

fn text_of(replies: Vec<(&'static str, Reply)>) -> String {
    let server = Server::start(replies);
    let json = Sandbox::new().run(&["extract", &server.url("/news/first-trains"), "--format", "json"]).json();
    json["text"].as_str().unwrap().to_owned()
}

#[test]
fn the_pages_of_one_article_are_joined() {
    let text = text_of(vec![
        (
            "/news/first-trains",
            Reply::html(&page(1, TITLE, "<b>1</b> <a href='/news/first-trains?page=2'>2</a> <a href='?page=3'>3</a>")),
        ),
        (
            "/news/first-trains?page=2",
            Reply::html(&page(2, TITLE, "<a href='?page=1'>이전</a> <a href='?page=3'>다음 페이지</a>")),
        ),
        ("/news/first-trains?page=3", Reply::html(&page(3, TITLE, "<a href='?page=1'>1</a> <a href='?page=2'>2</a>"))),
    ]);
    let order: Vec<Option<usize>> = ["1쪽의 4째", "2쪽의 1째", "3쪽의 4째"].iter().map(|w| text.find(w)).collect();
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{text}");
    assert_eq!(text.matches("1쪽의 1째").count(), 1);
}

#[test]
fn pages_end_where_another_article_or_nothing_new_begins() {
    // A pager that goes in a circle.
    let text = text_of(vec![
        ("/news/first-trains", Reply::html(&page(1, TITLE, "<a rel=next href='?page=2'>다음</a>"))),
        ("/news/first-trains?page=2", Reply::html(&page(1, TITLE, "<a rel=next href='?page=3'>다음</a>"))),
        ("/news/first-trains?page=3", Reply::html(&page(3, TITLE, ""))),
    ]);
    assert!(text.contains("1쪽의 4째") && !text.contains("3쪽"), "{text}");
    // Another headline, and a page that is gone.
    let text = text_of(vec![
        ("/news/first-trains", Reply::html(&page(1, TITLE, "<a rel=next href='?page=2'>다음</a>"))),
        ("/news/first-trains?page=2", Reply::html(&page(2, "예산안이 의회를 넘었다", ""))),
    ]);
    assert!(!text.contains("2쪽"), "{text}");
    let text =
        text_of(vec![("/news/first-trains", Reply::html(&page(1, TITLE, "<a rel=next href='?page=2'>다음</a>")))]);
    assert!(text.contains("1쪽의 4째"), "{text}");
    // The next article is no next page.
    let text = text_of(vec![
        ("/news/first-trains", Reply::html(&page(1, TITLE, "<a rel=next href='/news/last-trains'>다음</a>"))),
        ("/news/last-trains", Reply::html(&page(2, TITLE, ""))),
    ]);
    assert!(!text.contains("2쪽"), "{text}");
}

#[test]
fn more_pages_than_any_article_has_are_not_fetched() {
    let replies = (1..=40).map(|n| {
        let path: &'static str =
            if n == 1 { "/news/first-trains" } else { format!("/news/first-trains?page={n}").leak() };
        (path, Reply::html(&page(n, TITLE, &format!("<a href='?page={}'>다음</a>", n + 1))))
    });
    let text = text_of(replies.collect());
    assert!(text.contains("20쪽의 1째") && !text.contains("21쪽의"), "bounded");
}

#[test]
fn a_publisher_that_wants_to_be_asked_is() {
    let server = Server::start([("/news/first-trains", Reply::html(&page(1, TITLE, "")))]);
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.path("publishers")).unwrap();
    let profile = |policy: &str| format!("publisher = \"우리신문\"\nhosts = [\"127.0.0.1\"]\nsummary = \"{policy}\"\n");
    let url = server.url("/news/first-trains");
    sandbox.file("publishers/own.toml", profile("ask"));
    for command in [&["short", &url][..], &["short", &url, "--with", "local"], &["short", &url, "--json"]] {
        let ran = sandbox.run(command);
        assert!(ran.sentence(1).contains("우리신문") && ran.err.contains("--agree"), "{}", ran.err);
    }
    assert!(sandbox.run(&["read", &url, "--short"]).sentence(1).contains("--agree"));
    assert_eq!(sandbox.run(&["short", &url, "--agree"]).code, 0);
    assert_eq!(sandbox.run(&["read", &url, "--short", "--agree"]).code, 0);
    sandbox.file("publishers/own.toml", profile("never"));
    assert!(sandbox.run(&["short", &url, "--agree"]).sentence(1).contains("우리신문"));
}

#[test]
fn the_reader_is_asked_and_agrees_with_the_same_key() {
    let mut s = Session::reading(100, 20, 1);
    assert!(matches!(s.keys("v")[..], [Effect::Start(_, Job::Digest { agreed: false, .. })]));
    s.answer(|j| matches!(j, Job::Digest { .. }), Err(Failure::new(Cause::SummaryAsk, "가나신문")));
    assert!(
        matches!(s.keys("v")[..], [Effect::Start(_, Job::Digest { agreed: true, .. })]),
        "the second time is a yes"
    );
}
