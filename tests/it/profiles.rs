//! Publishers' profiles of the user's own, and the word about those that no longer fit.

use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};

/// A page whose text a profile must point at: a longer one stands beside it.
fn page(class: &str) -> String {
    let line = "가나시는 다음 달부터 첫차를 30분 앞당긴다고 22일 밝혔다. 시민들은 늦은 감이 있다며 반겼다.";
    let own = format!("<p>{line}</p>").repeat(8);
    format!(
        "<html lang=ko><head><title>첫차가 빨라진다</title></head><body><h1>첫차가 빨라진다</h1>\
         <div class={class}>{own}<p class=cheer>구독 부탁드려요 독자님.</p></div></body></html>"
    )
}

#[test]
fn a_profile_beside_the_settings_is_obeyed() {
    let server = Server::start([("/1", Reply::html(&page("story")))]);
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.path("publishers")).unwrap();
    sandbox.file(
        "publishers/own.toml",
        "publisher = \"우리신문\"\nhosts = [\"127.0.0.1\"]\nbody = [\".story\"]\ndrop = [\".cheer\"]\n",
    );
    let json = sandbox
        .run(&["extract", &server.url("/1"), "--format", "json"])
        .json();
    assert_eq!(json["publisher"], "우리신문");
    assert_eq!(json["extraction"]["method"], "publisher:own");
    assert!(!json["text"].as_str().unwrap().contains("독자님"));
}

#[test]
fn a_wrong_profile_is_named() {
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.path("publishers")).unwrap();
    sandbox.file(
        "publishers/own.toml",
        "hosts = [\"127.0.0.1\"]\nbdoy = [\".story\"]\n",
    );
    let ran = sandbox.run(&["list"]);
    assert!(ran.sentence(2).contains("own.toml"), "{}", ran.sentence(2));
}

#[test]
fn doctor_names_a_profile_that_fits_no_page_any_more() {
    let pages = ["/1", "/2", "/3"];
    let mut replies: Vec<(&'static str, Reply)> =
        pages.map(|p| (p, Reply::html(&page("renamed")))).into();
    let items: String = pages
        .map(|p| format!("<item><title>첫차 {p}</title><link>{p}</link></item>"))
        .concat();
    let feed =
        format!("<rss version=\"2.0\"><channel><title>우리신문</title>{items}</channel></rss>");
    replies.push((
        "/rss",
        Reply::Body(200, "application/rss+xml", feed.into_bytes()),
    ));
    let server = Server::start(replies);
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.path("publishers")).unwrap();
    sandbox.file(
        "publishers/own.toml",
        "hosts = [\"127.0.0.1\"]\nbody = [\".story\"]\n",
    );
    sandbox.run(&["add", &server.url("/rss")]).ok();
    assert_eq!(sandbox.run(&["refresh", "--full"]).code, 0);
    let ran = sandbox.run(&["doctor"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("own"), "{}", ran.out);
}
