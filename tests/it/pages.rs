//! Articles told in several pages, and publishers that want to be asked: real HTTP on the loopback.

use gisa::app::protocol::network::{NetworkJob, SummaryRequest};
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpListener;

use gisa::app::protocol::effect::Effect;
use gisa::app::protocol::feature::Feature;
use gisa::app::protocol::job::Job;
use gisa::app::{Cause, Failure};

use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};
use crate::support::session::Session;

/// Page `n` of an article of `of`; `next` is what its pager leads to.
fn page(n: usize, title: &str, next: &str) -> String {
    let line = |i: usize| {
        format!(
            "<p>{n}쪽의 {i}째 문단은 지하철 첫차를 당기는 까닭을 하나씩 짚어 본다고 20일 밝혔다.</p>"
        )
    };
    let text: String = (1..=4).map(line).collect();
    format!(
        "<html lang=ko><head><title>{title} - 가나신문</title></head><body><h1>{title}</h1><p>김하나 기자 | 입력 2024.03.20 09:12</p>\
         <div class=story>{text}</div><div class=pager>{next}</div></body></html>"
    )
}

const TITLE: &str = "첫차가 빨라지기까지";

fn text_of(replies: Vec<(&'static str, Reply)>) -> String {
    let server = Server::start(replies);
    let json = Sandbox::new()
        .run(&[
            "extract",
            &server.url("/news/first-trains"),
            "--format",
            "json",
        ])
        .json();
    json["text"].as_str().unwrap().to_owned()
}

#[test]
fn the_pages_of_one_article_are_joined() {
    let text = text_of(vec![
        (
            "/news/first-trains",
            Reply::html(&page(
                1,
                TITLE,
                "<b>1</b> <a href='/news/first-trains?page=2'>2</a> <a href='?page=3'>3</a>",
            )),
        ),
        (
            "/news/first-trains?page=2",
            Reply::html(&page(
                2,
                TITLE,
                "<a href='?page=1'>이전</a> <a href='?page=3'>다음 페이지</a>",
            )),
        ),
        (
            "/news/first-trains?page=3",
            Reply::html(&page(
                3,
                TITLE,
                "<a href='?page=1'>1</a> <a href='?page=2'>2</a>",
            )),
        ),
    ]);
    let order: Vec<Option<usize>> = ["1쪽의 4째", "2쪽의 1째", "3쪽의 4째"]
        .iter()
        .map(|w| text.find(w))
        .collect();
    assert!(
        order.iter().all(Option::is_some) && order.is_sorted(),
        "{text}"
    );
    assert_eq!(text.matches("1쪽의 1째").count(), 1);
}

#[test]
fn pages_end_where_another_article_or_nothing_new_begins() {
    // A pager that goes in a circle.
    let text = text_of(vec![
        (
            "/news/first-trains",
            Reply::html(&page(1, TITLE, "<a rel=next href='?page=2'>다음</a>")),
        ),
        (
            "/news/first-trains?page=2",
            Reply::html(&page(1, TITLE, "<a rel=next href='?page=3'>다음</a>")),
        ),
        (
            "/news/first-trains?page=3",
            Reply::html(&page(3, TITLE, "")),
        ),
    ]);
    assert!(
        text.contains("1쪽의 4째") && !text.contains("3쪽"),
        "{text}"
    );
    // Another headline, and a page that is gone.
    let text = text_of(vec![
        (
            "/news/first-trains",
            Reply::html(&page(1, TITLE, "<a rel=next href='?page=2'>다음</a>")),
        ),
        (
            "/news/first-trains?page=2",
            Reply::html(&page(2, "예산안이 의회를 넘었다", "")),
        ),
    ]);
    assert!(!text.contains("2쪽"), "{text}");
    let text = text_of(vec![(
        "/news/first-trains",
        Reply::html(&page(1, TITLE, "<a rel=next href='?page=2'>다음</a>")),
    )]);
    assert!(text.contains("1쪽의 4째"), "{text}");
    // The next article is no next page.
    let text = text_of(vec![
        (
            "/news/first-trains",
            Reply::html(&page(
                1,
                TITLE,
                "<a rel=next href='/news/last-trains'>다음</a>",
            )),
        ),
        ("/news/last-trains", Reply::html(&page(2, TITLE, ""))),
    ]);
    assert!(!text.contains("2쪽"), "{text}");
}

#[test]
fn more_pages_than_any_article_has_are_not_fetched() {
    let replies = (1..=40).map(|n| {
        let path: &'static str = if n == 1 {
            "/news/first-trains"
        } else {
            format!("/news/first-trains?page={n}").leak()
        };
        (
            path,
            Reply::html(&page(
                n,
                TITLE,
                &format!("<a href='?page={}'>다음</a>", n + 1),
            )),
        )
    });
    let text = text_of(replies.collect());
    assert!(
        text.contains("20쪽의 1째") && !text.contains("21쪽의"),
        "bounded"
    );
}

/// A page that a script draws, and that names `link` in its head.
fn shell(link: &str) -> Reply {
    Reply::html(&format!(
        "<html lang=ko><head><title>가나신문</title>{link}</head><body><div id=app></div><script src=/app.js></script></body></html>"
    ))
}

fn extracted(server: &Server) -> serde_json::Value {
    // A page without text ends with 1; its JSON is printed all the same.
    let ran = Sandbox::new().run(&[
        "extract",
        &server.url("/news/first-trains"),
        "--format",
        "json",
    ]);
    serde_json::from_str(&ran.out).unwrap()
}

#[test]
fn a_page_drawn_by_script_is_read_where_it_stands_for_phones() {
    let phones = [
        "<link rel=amphtml href='/amp/first-trains'>",
        "<link rel=alternate media='only screen and (max-width: 640px)' href='/amp/first-trains'>",
    ];
    for link in phones {
        let server = Server::start([
            ("/news/first-trains", shell(link)),
            ("/amp/first-trains", Reply::Redirect("/amp/7".to_owned())),
            (
                "/amp/7",
                Reply::html(&page(1, TITLE, "<a href='?page=2'>다음</a>")),
            ),
            ("/amp/7?page=2", Reply::html(&page(2, TITLE, ""))),
        ]);
        let json = extracted(&server);
        assert_eq!(
            (&json["title"], &json["url"]),
            (&TITLE.into(), &server.url("/news/first-trains").into())
        );
        assert_eq!(json["extraction"]["problem"], serde_json::Value::Null);
        let text = json["text"].as_str().unwrap();
        assert!(
            text.contains("1쪽의 4째") && text.contains("2쪽의 4째"),
            "{text}"
        );
    }
}

#[test]
fn another_sites_page_does_not_stand_in() {
    // Of another site, in a circle, gone, without text as well, and named by a page that has text.
    let elsewhere = Server::start([("/7", Reply::html(&page(1, TITLE, "")))]);
    let far = elsewhere.url("/7").replace("127.0.0.1", "localhost");
    let sent_on = [("/amp", Reply::Redirect(far.clone()))];
    for (link, replies) in [
        (far.as_str(), Vec::new()),
        ("/amp", sent_on.into_iter().collect()),
        ("/amp", vec![("/amp", Reply::Redirect("/amp".to_owned()))]),
        ("/amp", Vec::new()),
        (
            "/amp",
            vec![
                ("/amp", shell("<link rel=amphtml href='/amp/2'>")),
                ("/amp/2", Reply::html(&page(1, TITLE, ""))),
            ],
        ),
    ] {
        let link = format!("<link rel=amphtml href='{link}'>");
        let server = Server::start(
            replies
                .into_iter()
                .chain([("/news/first-trains", shell(&link))]),
        );
        let json = extracted(&server);
        assert_eq!(
            (&json["text"], &json["extraction"]["problem"]),
            (&"".into(), &"empty".into()),
            "{link}"
        );
    }
    let whole = page(1, TITLE, "").replace("<head>", "<head><link rel=amphtml href='/amp'>");
    let server = Server::start([
        ("/news/first-trains", Reply::html(&whole)),
        ("/amp", Reply::html(&page(2, TITLE, ""))),
    ]);
    assert!(
        extracted(&server)["text"]
            .as_str()
            .unwrap()
            .contains("1쪽의 4째")
    );
}

#[test]
fn a_profile_says_what_a_server_wants_to_be_asked_as_and_its_charset() {
    let (bytes, _, lost) = encoding_rs::EUC_KR
        .encode("<h1>첫차</h1><p>가나시는 다음 달 1일부터 지하철 첫차를 30분 당긴다고 밝혔다.</p>");
    assert!(!lost);
    let body = bytes.into_owned();
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("http://{}/1", listener.local_addr().unwrap());
    let asked = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let lines = BufReader::new(stream.try_clone().unwrap())
            .lines()
            .map(Result::unwrap);
        let request: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        stream
            .write_all(&[head.as_bytes(), &body].concat())
            .unwrap();
        request.join("\n").to_lowercase()
    });
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.path("publishers")).unwrap();
    sandbox.file(
        "publishers/own.toml",
        "hosts = [\"127.0.0.1\"]\ncharset = \"euc-kr\"\nuser_agent = \"Reader/1\"\n",
    );
    let json = sandbox.run(&["extract", &url, "--format", "json"]).json();
    assert_eq!(
        json["text"],
        "가나시는 다음 달 1일부터 지하철 첫차를 30분 당긴다고 밝혔다."
    );
    assert!(asked.join().unwrap().contains("user-agent: reader/1"));
}

#[test]
fn a_publisher_that_wants_to_be_asked_is() {
    let server = Server::start([("/news/first-trains", Reply::html(&page(1, TITLE, "")))]);
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.path("publishers")).unwrap();
    let profile = |policy: &str| {
        format!("publisher = \"우리신문\"\nhosts = [\"127.0.0.1\"]\nsummary = \"{policy}\"\n")
    };
    let url = server.url("/news/first-trains");
    sandbox.file("publishers/own.toml", profile("ask"));
    for command in [
        &["short", &url][..],
        &["short", &url, "--with", "local"],
        &["short", &url, "--json"],
    ] {
        let ran = sandbox.run(command);
        assert!(
            ran.sentence(1).contains("우리신문") && ran.err.contains("--agree"),
            "{}",
            ran.err
        );
    }
    assert!(
        sandbox
            .run(&["read", &url, "--short"])
            .sentence(1)
            .contains("--agree")
    );
    assert_eq!(sandbox.run(&["short", &url, "--agree"]).code, 0);
    assert_eq!(sandbox.run(&["read", &url, "--short", "--agree"]).code, 0);
    if Feature::Speech.is_built() {
        let listen = ["listen", &url, "--what", "short", "--text", "--agree"];
        assert!(sandbox.run(&listen[..5]).sentence(1).contains("--agree"));
        let spoken = sandbox.run(&listen);
        assert!(spoken.ok().lines().count() > 1, "{}", spoken.out);
    }
    // Where nobody is there to be asked, nothing is drawn: headlines alone.
    for command in [
        &["brief", &url][..],
        &["issues", &url, &url],
        &["scrap", &url],
        &["scraps", "--json"],
    ] {
        let ran = sandbox.run(command);
        assert!(
            ran.code == 0 && !ran.out.contains("첫차를 당기는 까닭"),
            "{command:?} {}",
            ran.out
        );
    }
    let folder = sandbox.path("out");
    sandbox
        .run(&[
            "scraps",
            "export",
            &folder.to_string_lossy(),
            "--format",
            "json",
        ])
        .ok();
    let kept = std::fs::read_dir(folder)
        .unwrap()
        .map(|e| std::fs::read_to_string(e.unwrap().path()).unwrap());
    assert!(
        kept.into_iter()
            .all(|text| text.contains("\"digest\":null") || !text.contains("\"digest\""))
    );
    sandbox.file("publishers/own.toml", profile("never"));
    assert!(
        sandbox
            .run(&["short", &url, "--agree"])
            .sentence(1)
            .contains("우리신문")
    );
}

#[test]
fn the_reader_is_asked_and_agrees_with_the_same_key() {
    let mut s = Session::reading(100, 20, 1);
    assert!(matches!(
        s.keys("v")[..],
        [Effect::Start(
            _,
            Job::Network(NetworkJob::Summary(SummaryRequest { agreed: false, .. }))
        )]
    ));
    s.refuse(
        |j| matches!(j, Job::Network(NetworkJob::Summary(_))),
        Failure::new(Cause::SummaryAsk, "가나신문"),
    );
    assert!(
        matches!(
            s.keys("v")[..],
            [Effect::Start(
                _,
                Job::Network(NetworkJob::Summary(SummaryRequest { agreed: true, .. }))
            )]
        ),
        "the second time is a yes"
    );
}

#[test]
fn zero_bytes_make_a_page_no_document_of_another_kind() {
    let sandbox = Sandbox::new();
    let zeros = "\0".repeat(3_000);
    let text = page(1, TITLE, "").replacen("<p>", &format!("<p>{zeros}"), 1);
    let file = sandbox.file("zeros.html", format!("{}{text}", &zeros[..300]));
    let read = sandbox.run(&["extract", &file]);
    assert!(read.ok().contains("1쪽의 1째 문단"), "{}", read.out);
    let elf: &[u8] = b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0\x3e\0\x01";
    let packed: &[u8] = b"PK\x03\x04\x14\0mimetypeapplication/epub+zip";
    for bytes in [elf, packed, &[0; 400]] {
        let file = sandbox.file("bytes", bytes);
        sandbox.run(&["extract", &file]).sentence(1);
    }
}
