//! What items bring along (podcasts, films, files) and where they are talked about: read from feeds,
//! kept beside the page's text, and offered by `o`.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

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

/// A server that breaks the first answer for a recording off in its middle, and goes on with it
/// where it is asked to; returns its address and the ranges that were asked for.
fn breaking_server(body: Vec<u8>) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let (ranges, own) = (asked.clone(), address.clone());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap_or(0) > 0 {
                head.push(byte[0]);
            }
            let head = String::from_utf8_lossy(&head).to_lowercase();
            if head.starts_with("get /feed") {
                let items: String = (1..=3)
                    .map(|n| format!(
                        "<item><title>{n}회</title><link>{own}/{n}</link><description>글</description>
                         <pubDate>Sun, 2{n} Nov 2026 09:00:00 +0900</pubDate>
                         <enclosure url='{own}/{n}.mp3' type='audio/mpeg' length='{}'/></item>",
                        body.len()
                    ))
                    .collect();
                let feed = format!(
                    "<rss version='2.0'><channel><title>소리</title>{items}</channel></rss>"
                );
                let answer = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{feed}",
                    feed.len()
                );
                let _ = stream.write_all(answer.as_bytes());
                continue;
            }
            let range = head.lines().find_map(|l| l.strip_prefix("range: bytes="));
            let from: usize = range.map_or(0, |r| r.trim_end_matches('-').parse().unwrap());
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            let mut ranges = ranges.lock().unwrap();
            let is_first = !ranges.iter().any(|r: &String| r.starts_with(&path));
            ranges.push(format!("{path} {from}"));
            let status = if from > 0 {
                "206 Partial Content"
            } else {
                "200 OK"
            };
            let rest = &body[from..];
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Type: audio/mpeg\r\nETag: \"v1\"\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
                rest.len()
            );
            let sent = if is_first {
                &rest[..rest.len() / 2]
            } else {
                rest
            };
            let _ = stream
                .write_all(head.as_bytes())
                .and_then(|()| stream.write_all(sent));
        }
    });
    (address, asked)
}

#[test]
fn the_newest_recordings_come_ahead_whole_and_go_when_they_are_no_longer_wanted() {
    let body: Vec<u8> = (0..50_000_u32).flat_map(u32::to_le_bytes).collect();
    let (address, asked) = breaking_server(body.clone());
    let sandbox = Sandbox::new();
    let url = format!("{address}/feed");
    sandbox.run(&["add", &url]).ok();
    let wish = |settings: &str| sandbox.file("feeds.toml", format!("[\"{url}\"]\n{settings}\n"));
    let names = || {
        let files = std::fs::read_dir(sandbox.path("data/downloads"));
        let files = files.into_iter().flatten().flatten();
        let mut names: Vec<String> = files
            .map(|f| f.file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    // Nothing unasked.
    assert_eq!(sandbox.run(&["refresh", "--all"]).code, 0);
    assert_eq!(names(), Vec::<String>::new());
    wish("download = 2");
    sandbox.run(&["refresh", "--all"]);
    // Broken off: nothing has its final name yet.
    assert!(
        names().iter().all(|name| !name.ends_with(".mp3")),
        "{:?}",
        names()
    );
    let ran = sandbox.run(&["refresh", "--all"]);
    let whole: Vec<String> = names();
    assert_eq!(whole.len(), 2, "{whole:?}\n{}", ran.err);
    for name in &whole {
        let path = sandbox.path("data/downloads").join(name);
        assert_eq!(std::fs::read(path).unwrap(), body);
    }
    assert!(
        ran.err.contains("3회") && ran.err.contains(".mp3"),
        "{}",
        ran.err
    );
    let half = body.len() / 2;
    let told = asked.lock().unwrap().clone();
    for wanted in ["/3.mp3 0".to_owned(), format!("/3.mp3 {half}")] {
        assert!(told.contains(&wanted), "{told:?}");
    }
    assert!(
        !told.iter().any(|ask| ask.starts_with("/1.mp3")),
        "{told:?}"
    );
    // Fewer are wished for, then none; and a limit of size holds for all.
    wish("download = 1");
    sandbox.run(&["refresh", "--all"]);
    assert_eq!(names().len(), 1);
    sandbox.file("config.toml", "[network]\ndownloads_mb = 0\n");
    sandbox.run(&["refresh", "--all"]);
    assert_eq!(names(), Vec::<String>::new());
}
