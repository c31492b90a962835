//! What items bring along (podcasts, films, files) and where they are talked about: read from feeds,
//! kept beside the page's text, and offered by `o`.

use gisa::app::popups::Popup;
use gisa::app::popups::share_menu::Share;
use gisa::app::protocol::network::NetworkJob;
use gisa::app::protocol::sharing::Destination;
use gisa::app::{Effect, Job};
use gisa::news::{Article, Block, Clean, Enclosure};
use serde_json::Value;

use crate::support::sandbox::Sandbox;
use crate::support::screen::{draw, text};
use crate::support::server::{Reply, Server};
use crate::support::session::{Session, start};

fn feed(items: &str) -> Reply {
    let feed = format!(
        "<?xml version='1.0'?><rss version='2.0' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd'
          xmlns:media='http://search.yahoo.com/mrss/'><channel><title>가람 소리</title>{items}</channel></rss>"
    );
    Reply::Body(200, "application/rss+xml", feed.into_bytes())
}

/// The articles of a feed with these items, as JSON.
fn read(items: &str) -> Vec<Value> {
    let sandbox = Sandbox::new();
    let server = Server::start_with([], |_| vec![("/feed", feed(items))]);
    let ran = sandbox.run(&["extract", &server.url("/feed"), "--format", "json", "--all"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn podcasts_films_and_discussions_are_read_as_what_they_are() {
    let read = read(
        "<item><title>첫 회</title><link>https://a.kr/1</link><description>이야기</description>
           <enclosure url='https://a.kr/1.mp3?k=1&amp;b=2' type='audio/mpeg' length='24560000'/>
           <itunes:duration>32:10</itunes:duration></item>
         <item><title>영상</title><link>https://tube.example/watch?v=1</link>
           <media:group><media:content url='https://tube.example/v/1' type='application/x-shockwave-flash' duration='61'/>
           <media:description>설명</media:description></media:group></item>
         <item><title>모은 글</title><link>https://b.kr/far</link><comments>https://news.example/item?id=7</comments>
           <description>&lt;a href=\"https://news.example/item?id=7\"&gt;Comments&lt;/a&gt;</description></item>
         <item><title>물음</title><comments>https://news.example/item?id=8</comments><link>https://news.example/item?id=8</link>
           <description>글</description></item>
         <item><title>나쁜 것</title><link>https://a.kr/2</link><description>글</description>
           <enclosure url='javascript:alert(1)' type='audio/mpeg' length='9'/>
           <enclosure url='data:audio/mpeg;base64,AAAA' type='audio/mpeg' length='-1'/>
           <enclosure url='file:///etc/passwd' type='audio/mpeg'/>
           <enclosure url='https://a.kr/2.mp3' type='audio/mpeg' length='18446744073709551615'/>
           <itunes:duration>99999999999999999999999999</itunes:duration>
           <comments>javascript:alert(1)</comments></item>",
    );
    let of = |n: usize| (&read[n]["enclosures"], &read[n]["discussion"]);
    assert_eq!(
        *of(0).0,
        serde_json::json!([{"url": "https://a.kr/1.mp3?k=1&b=2", "kind": "audio/mpeg", "bytes": 24_560_000, "seconds": 1930}])
    );
    assert_eq!(
        read[1]["enclosures"][0]["url"],
        "https://tube.example/watch?v=1"
    );
    assert_eq!(read[1]["enclosures"][0]["kind"], "video");
    assert_eq!(read[1]["enclosures"][0]["seconds"], 61);
    assert_eq!(read[2]["url"], "https://b.kr/far");
    assert_eq!(
        of(2),
        (&Value::Null, &"https://news.example/item?id=7".into())
    );
    assert_eq!(of(3).1, &Value::Null, "the page itself");
    assert_eq!(read[3]["url"], "https://news.example/item?id=8");
    assert_eq!(
        *of(4).0,
        serde_json::json!([{"url": "https://a.kr/2.mp3", "kind": "audio/mpeg"}])
    );
    assert_eq!(of(4).1, &Value::Null);
}

#[test]
fn json_feeds_have_attachments() {
    let sandbox = Sandbox::new();
    let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"가","items":[{"id":"1","url":"https://a.kr/1","content_text":"글",
      "attachments":[{"url":"/1.m4a","mime_type":"audio/x-m4a","size_in_bytes":5000000,"title":"원본"},{"mime_type":"audio/mpeg"},3]}]}"#;
    let path = sandbox.file("feed.json", json);
    let ran = sandbox.run(&[
        "extract",
        &path,
        "--url",
        "https://a.kr/feed.json",
        "--format",
        "json",
    ]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let article: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        article["enclosures"][0]["url"], "https://a.kr/1.m4a",
        "{article:#}"
    );
    assert_eq!(article["enclosures"][0]["bytes"], 5_000_000);
    assert_eq!(article["enclosures"].as_array().unwrap().len(), 1);
}

#[test]
fn the_page_of_an_item_takes_nothing_away() {
    let sandbox = Sandbox::new();
    let server = Server::start_with([], |address| {
        let item = format!(
            "<item><title>긴 이야기</title><link>{address}/page</link><description>앞부분만.</description>
             <enclosure url='{address}/1.mp3' type='audio/mpeg' length='24560000'/>
             <comments>{address}/talk</comments></item>"
        );
        let words = "<p>가람시는 도서관을 새로 연다고 22일 밝혔다. 시민들은 반겼다.</p>".repeat(12);
        let page = format!(
            "<html><title>긴 이야기</title><article><h1>긴 이야기</h1>{words}</article></html>"
        );
        vec![("/feed", feed(&item)), ("/page", Reply::html(&page))]
    });
    let list = sandbox.file("urls", server.url("/feed"));
    assert_eq!(sandbox.run(&["import", "--inward", &list]).code, 0);
    assert_eq!(sandbox.run(&["refresh", "--full"]).code, 0);
    let list = sandbox.run(&["list", "--json"]).json();
    let id = format!("id:{}", list["id"].as_str().unwrap());
    let read = sandbox.run(&["read", &id]);
    assert!(read.out.contains("새로 연다고"), "{}", read.out);
    assert!(
        read.out.contains("소리 · mp3 · 24.5 MB") && read.out.contains("토론"),
        "{}",
        read.out
    );
}

fn episode() -> Article {
    let sound = Enclosure {
        url: Clean::line("https://a.kr/1.mp3"),
        kind: Some(Clean::line("audio/mpeg")),
        bytes: Some(24_560_000),
        seconds: Some(1930),
        title: None,
    };
    Article {
        url: Some(Clean::line("https://a.kr/1")),
        title: Clean::line("첫 회 --flag $(id)"),
        blocks: vec![Block::paragraph("이야기를 담은 글이다.")],
        enclosures: vec![sound],
        discussion: Some(Clean::line("https://news.example/item?id=7")),
        ..Article::default()
    }
}

fn opened(player: &[&str]) -> Session {
    let mut start = start(120, 40);
    start.config.share.player = player.iter().map(|a| (*a).to_owned()).collect();
    let mut session = Session::cold(start, vec![episode()]);
    session.settle();
    session.keys("Enter");
    session.settle();
    session
}

fn network(effects: &[Effect]) -> Option<&NetworkJob> {
    effects.iter().find_map(|e| match e {
        Effect::Start(_, Job::Network(job)) => Some(job),
        _ => None,
    })
}

/// The address that the browser is asked to open because the article names it.
fn browsed(effects: &[Effect]) -> Option<&Clean> {
    match network(effects)? {
        NetworkJob::Browse(page) if page.named_by.is_some() => Some(&page.url),
        _ => None,
    }
}

#[test]
fn o_offers_what_there_is_and_the_player_plays() {
    let mut s = opened(&["mpv", "--save-position-on-quit", "{url}"]);
    s.keys("o");
    let Some(Popup::Share(menu)) = s.model.popup() else {
        panic!("a menu")
    };
    assert!(matches!(
        menu.rows(),
        [Share::Page(_), Share::Discussion(_), Share::Enclosure(_)]
    ));
    let screen = text(&draw(&s.model));
    assert!(
        screen.contains("토론 · https://news.example") && screen.contains("듣기 · mp3 · 32:10"),
        "{screen}"
    );
    let effects = s.keys("j j Enter");
    let Some(NetworkJob::Share(request)) = network(&effects) else {
        panic!("{effects:?}")
    };
    assert_eq!(&*request.parcel.url, "https://a.kr/1.mp3");
    assert!(request.named_by.is_some());
    assert!(
        matches!(&request.to, Destination::Program(name, argv) if name == "mpv" && argv.len() == 3)
    );
    s.keys("o");
    let effects = s.keys("j Enter");
    let talk = Clean::line("https://news.example/item?id=7");
    assert_eq!(browsed(&effects), Some(&talk));
}

#[test]
fn without_a_player_the_browser_plays() {
    let mut s = opened(&[]);
    s.keys("o");
    let effects = s.keys("j j Enter");
    let sound = Clean::line("https://a.kr/1.mp3");
    assert_eq!(browsed(&effects), Some(&sound));
}
