//! Pages over the network, from a server on the loopback: read, refused, kept, and still there when
//! it is gone.

use encoding_rs::EUC_KR;

use crate::support::pages::{PARAGRAPHS, TITLE, page};
use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};

/// The page in EUC-KR; `declared` in its head, else only by the server.
fn korean(declared: &str) -> Vec<u8> {
    let text = page().replace("<meta charset=\"utf-8\">", declared);
    let (bytes, _, lost) = EUC_KR.encode(&text);
    assert!(!lost);
    bytes.into_owned()
}

fn paragraphs(json: &serde_json::Value) -> Vec<&str> {
    let blocks = json["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|b| b["kind"] == "paragraph");
    blocks.map(|b| b["text"].as_str().unwrap()).collect()
}

#[test]
fn a_page_is_fetched_and_cleaned_whatever_its_charset() {
    let server = Server::start([
        ("/utf8", Reply::html(&page())),
        (
            "/head",
            Reply::Body(200, "text/html", korean("<meta charset=\"euc-kr\">")),
        ),
        (
            "/server",
            Reply::Body(200, "text/html; charset=EUC-KR", korean("")),
        ),
        ("/nobody", Reply::Body(200, "text/html", korean(""))),
        (
            "/wrong",
            Reply::Body(
                200,
                "text/html; charset=utf-8",
                korean("<meta charset=\"euc-kr\">"),
            ),
        ),
    ]);
    let sandbox = Sandbox::new();
    for path in ["/utf8", "/head", "/server", "/nobody", "/wrong"] {
        let json = sandbox
            .run(&["extract", &server.url(path), "--format", "json"])
            .json();
        assert_eq!(json["title"], TITLE, "{path}");
        assert_eq!(paragraphs(&json), PARAGRAPHS, "{path}");
        assert_eq!(json["url"], server.url(path), "{path}");
    }
}

#[test]
fn relative_addresses_are_joined_to_where_the_page_was_found() {
    let server = Server::start([
        ("/old", Reply::Redirect("/a/new".to_owned())),
        (
            "/a/new",
            Reply::html(&page().replace("https://news.garam.example/2026/11/20/book", "/a/book")),
        ),
    ]);
    let json = Sandbox::new()
        .run(&["extract", &server.url("/old"), "--format", "json"])
        .json();
    assert_eq!(json["url"], server.url("/a/new"));
    assert_eq!(json["canonical_url"], server.url("/a/book"));
    let image = json["blocks"]
        .as_array()
        .unwrap()
        .iter()
        .find(|b| b["kind"] == "image")
        .unwrap();
    assert_eq!(image["url"], server.url("/photo/book.jpg"));
}

#[test]
fn what_a_server_does_wrong_is_one_sentence_that_names_the_server() {
    let pdf = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n".to_vec();
    let server = Server::start([
        ("/round", Reply::Redirect("/round".to_owned())),
        (
            "/fall",
            Reply::Body(
                500,
                "text/html",
                b"<html><body><p>x</p></body></html>".to_vec(),
            ),
        ),
        ("/silence", Reply::Silence),
        (
            "/image",
            Reply::Body(
                200,
                "image/png",
                vec![0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0],
            ),
        ),
        ("/pdf", Reply::Body(200, "application/pdf", pdf)),
        (
            "/large",
            Reply::Body(200, "text/html", vec![b'a'; (1 << 20) + 1]),
        ),
    ]);
    let sandbox = Sandbox::new();
    sandbox.file("config.toml", "[network]\ntimeout = 1\npage_limit = 1\n");
    let mut sentences = Vec::new();
    for path in [
        "/none", "/round", "/fall", "/silence", "/image", "/pdf", "/large",
    ] {
        let url = server.url(path);
        let ran = sandbox.run(&["extract", &url]);
        assert!(ran.sentence(1).contains("127.0.0.1"), "{path}: {}", ran.err);
        sentences.push(ran.err.replace(&url, "").replace("127.0.0.1", ""));
    }
    sentences.truncate(4);
    sentences.sort();
    sentences.dedup();
    assert_eq!(
        sentences.len(),
        4,
        "each cause has words of its own: {sentences:?}"
    );
}

#[test]
fn a_server_that_is_gone_is_one_sentence() {
    let url = Server::start([]).url("/page");
    let sandbox = Sandbox::new();
    assert!(
        sandbox
            .run(&["read", &url])
            .sentence(1)
            .contains("127.0.0.1")
    );
}

#[test]
fn a_scrap_outlives_its_source() {
    let server = Server::start([("/page", Reply::html(&page()))]);
    let sandbox = Sandbox::new();
    let url = server.url("/page");
    assert!(sandbox.run(&["scrap", &url]).ok().contains(TITLE));
    drop(server);
    assert_eq!(
        sandbox.run(&["extract", &url]).code,
        1,
        "the source is gone"
    );
    let row = sandbox.run(&["scraps", "--json"]).json();
    assert_eq!(row["title"], TITLE);
    let dir = sandbox.path("out").to_string_lossy().into_owned();
    sandbox
        .run(&["scraps", "export", &dir, "--format", "json"])
        .ok();
    let file = std::fs::read_dir(&dir)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let again = sandbox
        .run(&["extract", &file.to_string_lossy(), "--format", "json"])
        .json();
    assert_eq!(paragraphs(&again), PARAGRAPHS);
}

#[test]
fn nothing_is_fetched_offline() {
    let server = Server::start([("/page", Reply::html(&page()))]);
    let sandbox = Sandbox::new();
    sandbox.file("config.toml", "[network]\noffline = true\n");
    assert_eq!(sandbox.run(&["extract", &server.url("/page")]).code, 1);
}
