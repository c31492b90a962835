//! `gisa edition`: a newspaper to take along, as a book, a page, a PDF and sound.

use std::fs;
use std::io::Read as _;
use std::process::Command;

use gisa::app::protocol::network::NetworkJob;
use gisa::app::{Effect, Job};
use serde_json::{Value, json};

use crate::support::sandbox::{Ran, Sandbox};
use crate::support::server::{Reply, Server};
use crate::support::session::Session;
use crate::support::skip;

const STORY: [&str; 5] = [
    "가람대교 통행이 20일 오전 11시 네 시간 만에 다시 시작됐다.",
    "가람시는 상판 이음새에서 금이 발견돼 통행을 막고 보강 공사를 했다고 밝혔다.",
    "시는 다음 달까지 가람대교의 이음새 36곳을 모두 살피기로 했다.",
    "통행이 막힌 동안 시내버스 12개 노선이 한내교로 돌아갔다.",
    "가람대교는 하루 평균 차량 4만 2천 대가 건너는 다리로, 이번 점검에는 기술자 서른 명이 나선다.",
];

const GIF: &[u8] = include_bytes!("../../assets/sample/pictures/lighthouse.png");

fn item(n: usize, title: &str, hour: usize, html: &str) -> Value {
    let at = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(hour as i64);
    json!({
        "id": format!("n{n}"), "url": format!("https://paper{n}.example/{n}"), "title": title,
        "date_published": at.to_string(), "content_html": html,
    })
}

fn feed(title: &str, items: &[Value]) -> Reply {
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1", "title": title, "language": "ko",
        "items": items,
    });
    Reply::Body(200, "application/feed+json", feed.to_string().into_bytes())
}

fn paragraphs(texts: &[&str]) -> String {
    texts.iter().map(|t| format!("<p>{t}</p>")).collect()
}

/// A library of a day: a story of two publishers, and what a hostile feed can think of.
fn day() -> (Sandbox, Server) {
    let server = Server::start_with([], |address| {
        let pictured = format!(
            "{}<figure><img src='{address}/a.png'><figcaption>다시 열린 다리</figcaption></figure>\
             <figure><img src='{address}/no.png'><figcaption>없는 사진</figcaption></figure>\
             <figure><img src='{address}/gone.png'></figure>",
            paragraphs(&STORY)
        );
        let other = paragraphs(&[
            "네 시간 동안 막혔던 가람대교가 20일 오전 11시 다시 열렸다.",
            STORY[2],
            "상인회는 손님이 끊긴 네 시간의 손해를 시에 묻겠다고 말했다.",
            "시는 버스 노선을 한내교로 돌렸다가 정오에 되돌렸다고 설명했다.",
            "가람대교를 하루에 건너는 차는 4만 2천 대가 넘는다.",
            "시의회는 27일 가람대교의 점검 기록을 모두 내라고 요구하기로 했다.",
        ]);
        let evil = format!(
            "<p>밝혔다\u{7}\u{fffe}\u{ffff}\u{b}. &lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; 그는 “{}”고 말했다.</p>\
             <p><a href='https://a.example/a b|c^d`e%zz[1]{{f}}?q=<x>&amp;r=\"y\"'>주소</a>와 \
             <a href='javascript:alert(1)'>다른 주소</a>와 <a href='http://[::1]:99999/'>틀린 주소</a>를 적었다.</p>\
             <ul><li>하나<ul><li>둘</li></ul></li></ul><table><tr></tr><tr><td>칸</td></tr></table>\
             <pre>a\u{1}b</pre><blockquote><p>인용 하나.</p><ul><li>둘</li></ul></blockquote>",
            "말".repeat(40)
        );
        vec![
            (
                "/a",
                feed(
                    "가람신문",
                    &[item(1, "가람대교 통행 네 시간 만에 재개", 2, &pictured)],
                ),
            ),
            (
                "/b",
                feed(
                    "나래일보",
                    &[item(2, "가람대교 통행 재개…이음새 36곳 점검", 1, &other)],
                ),
            ),
            (
                "/c",
                feed(
                    "다온뉴스",
                    &[
                        item(
                            3,
                            "</title><script>alert('1')</script> & \"따옴\" \u{7}\u{fffe}",
                            3,
                            &evil,
                        ),
                        item(4, &"길고 긴 제목 ".repeat(60_000), 4, "<p>짧은 글이다.</p>"),
                        item(5, "글이 없는 기사", 5, ""),
                    ],
                ),
            ),
            ("/a.png", Reply::Body(200, "image/png", GIF.to_vec())),
            (
                "/no.png",
                Reply::Body(200, "image/png", b"<svg onload=alert(1)>".to_vec()),
            ),
        ]
    });
    let sandbox = Sandbox::new();
    // The pictures of this public page are on the loopback.
    sandbox.file("config.toml", "[network]\nhome_servers = true\n");
    let urls: Vec<String> = ["/a", "/b", "/c"].map(|p| server.url(p)).to_vec();
    let list = sandbox.file("urls", urls.join("\n"));
    assert_eq!(sandbox.run(&["import", "--inward", &list]).code, 0);
    let refreshed = sandbox.run(&["refresh"]);
    assert_eq!(refreshed.code, 0, "{}", refreshed.err);
    (sandbox, server)
}

/// An edition of today written to `name`, with the pictures that can be had.
#[track_caller]
fn edition(sandbox: &Sandbox, name: &str) -> Ran {
    let path = sandbox.path(name).display().to_string();
    let ran = sandbox.run(&["edition", "today", "--to", &path]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran
}

#[cfg(feature = "pictures")]
#[test]
fn a_page_holds_everything_and_leads_from_each_line_to_its_sentence() {
    let (sandbox, _server) = day();
    let ran = edition(&sandbox, "paper.html");
    assert!(
        ran.out.contains("기사 4건") && ran.out.contains("이슈 1건"),
        "{}",
        ran.out
    );
    assert!(ran.err.contains("사진 2장"), "{}", ran.err);
    let path = sandbox.path("paper.html");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let page = fs::read_to_string(&path).unwrap();
    assert_eq!(
        page.matches("<img ").count(),
        1,
        "what is no picture is left out"
    );
    assert!(page.contains("src=\"data:image/jpeg;base64,") && page.contains("다시 열린 다리"));
    assert!(
        page.contains("없는 사진"),
        "a caption stays without its picture"
    );
    assert!(
        !page.contains("src=\"http") && !page.contains("<script") && !page.contains("javascript:")
    );
    assert!(page.contains("&lt;/title&gt;&lt;script&gt;"));
    assert!(!page.contains("글이 없는 기사"));
    assert!(page.len() < 1 << 20, "{}", page.len());
    // Every link inside leads somewhere, and those of the short news to the words that they are.
    let ids: Vec<&str> = page
        .split(" id=\"")
        .skip(1)
        .map(|r| r.split('"').next().unwrap())
        .collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    let places: Vec<&str> = page
        .split("href=\"#")
        .skip(1)
        .map(|r| r.split('"').next().unwrap())
        .collect();
    assert!(places.iter().any(|p| p.contains('s')), "{places:?}");
    for place in &places {
        assert!(ids.contains(place), "{place} in {ids:?}");
    }
    let line = page
        .split("<li><a href=\"#a1s")
        .nth(1)
        .or(page.split("<li><a href=\"#a2s").nth(1));
    let (_, words) = line.unwrap().split_once("\">").unwrap();
    let words = words.split("</a>").next().unwrap();
    assert!(page.matches(words).count() >= 2, "{words}");
}

#[cfg(feature = "pictures")]
#[test]
fn a_book_begins_with_its_type_and_passes_the_check() {
    let (sandbox, _server) = day();
    edition(&sandbox, "paper.epub");
    let path = sandbox.path("paper.epub");
    let bytes = fs::read(&path).unwrap();
    assert_eq!(&bytes[30..58], b"mimetypeapplication/epub+zip");
    assert_eq!(&bytes[8..10], &[0, 0], "stored, not packed");
    let mut book = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    let names: Vec<String> = book.file_names().map(|n| n.unwrap().into_owned()).collect();
    assert_eq!(names.iter().filter(|n| n.contains("/article-")).count(), 4);
    assert_eq!(names.iter().filter(|n| n.ends_with(".jpg")).count(), 1);
    for name in names
        .iter()
        .filter(|n| n.ends_with("html") || n.ends_with("opf"))
    {
        let mut text = String::new();
        book.by_name(name)
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        let illegal = |c: char| (c < ' ' && c != '\n') || c == '\u{fffe}' || c == '\u{ffff}';
        assert!(!text.contains(illegal), "{name}");
        assert!(
            !text.contains("<br>") && !text.contains("src=\"http"),
            "{name}"
        );
    }
    let mut check = Command::new("java");
    let jar = std::path::Path::new("/usr/bin/epubcheck");
    if !skip::programs(&["epubcheck", "java"]) {
        return;
    }
    let checked = check.arg("-jar").arg(jar).arg(&path).output().unwrap();
    let said = String::from_utf8_lossy(&checked.stdout).into_owned()
        + &String::from_utf8_lossy(&checked.stderr);
    assert!(said.contains("0 fatals / 0 errors / 0 warnings"), "{said}");
}

#[cfg(feature = "print")]
#[test]
fn a_pdf_has_front_page_contents_and_numbers() {
    let (sandbox, _server) = day();
    let path = sandbox.path("paper.pdf").display().to_string();
    let ran = sandbox.run(&["edition", "--to", &path, "--no-pictures"]);
    if ran.code == 1 && ran.err.contains("글꼴") {
        assert!(!sandbox.path("paper.pdf").exists());
        skip::skip("no Korean font");
        return;
    }
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    if !skip::programs(&["pdftotext"]) {
        return;
    }
    let read = Command::new("pdftotext")
        .args(["-layout", "-enc", "UTF-8", &path, "-"])
        .output();
    let text = String::from_utf8(read.unwrap().stdout).unwrap();
    let pages: Vec<&str> = text.split('\u{c}').collect();
    assert!(
        pages[0].contains("오늘의 신문") && pages[0].contains("오늘의 이슈"),
        "{}",
        pages[0]
    );
    let foot = pages[0].split_whitespace().collect::<String>();
    assert!(
        foot.ends_with(&format!("1/{}", pages.len() - 1)),
        "{}",
        pages[0]
    );
    let entry = pages[1]
        .lines()
        .find(|l| l.contains("가람대교 통행 네 시간"))
        .unwrap();
    let number: usize = entry.split_whitespace().last().unwrap().parse().unwrap();
    assert!(
        pages[number - 1].contains("가람대교 통행 네 시간"),
        "{entry}"
    );
}

/// A program that writes a WAV file as long as its text.
const VOICE: &str = r#"import sys
text = sys.stdin.buffer.read()
data = bytes(len(text) * 100)
size = lambda n: n.to_bytes(4, "little")
form = bytes([1, 0, 1, 0]) + size(22050) + size(44100) + bytes([2, 0, 16, 0])
open(sys.argv[1], "wb").write(b"RIFF" + size(36 + len(data)) + b"WAVEfmt " + size(16) + form + b"data" + size(len(data)) + data)
"#;

#[cfg(feature = "speech")]
#[test]
fn sound_is_a_file_for_each_article_and_a_playlist() {
    if !skip::programs(&["python3"]) {
        return;
    }
    let (sandbox, _server) = day();
    let voice = sandbox.file("voice.py", VOICE);
    let command = json!(["python3", voice, "{file}"]).to_string();
    sandbox.file(
        "config.toml",
        format!("[speech]\nfile_command = {command}\n"),
    );
    let folder = sandbox.path("sound");
    let ran = sandbox.run(&["edition", "--to", &folder.display().to_string()]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let list = fs::read_to_string(folder.join("paper.m3u8")).unwrap();
    let files: Vec<&str> = list.lines().filter(|l| !l.starts_with('#')).collect();
    assert_eq!(files.len(), 4, "{list}");
    for file in files {
        assert_eq!(&fs::read(folder.join(file)).unwrap()[..4], b"RIFF");
    }
    assert_eq!(
        fs::read_dir(&folder).unwrap().count(),
        5,
        "nothing lies about"
    );
    sandbox.file("config.toml", "[speech]\nfile_command = [\"false\"]\n");
    let failed = sandbox.run(&["edition", "--to", &folder.display().to_string()]);
    assert_eq!(failed.code, 1);
}

#[test]
fn what_can_not_be_made_is_said_and_what_was_there_stays() {
    let sandbox = Sandbox::new();
    let path = sandbox.file("paper.epub", "mine");
    let empty = sandbox.run(&["edition", "--to", &path]);
    assert!(empty.sentence(1).contains("기사가 없습니다"));
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    let name = sandbox.run(&["edition", "--to", "paper.docx"]);
    assert!(name.sentence(2).contains(".epub"));
    let (sandbox, _server) = day();
    let none = sandbox.run(&["edition", "없는 말뭉치", "--to", "paper.html"]);
    assert!(none.sentence(1).contains("기사가 없습니다"));
    assert!(!sandbox.path("paper.html").exists());
    let far = sandbox.run(&["edition", "--to", "none/paper.html", "--no-pictures"]);
    assert_eq!(far.code, 1);
    let one = sandbox.run(&[
        "edition",
        "title:재개",
        "--to",
        "paper.html",
        "--limit",
        "1",
        "--no-pictures",
    ]);
    assert!(one.ok().contains("기사 1건"), "{}", one.out);
    assert!(
        fs::read_to_string(sandbox.path("paper.html"))
            .unwrap()
            .contains("title:재개")
    );
}

#[test]
fn it_is_sent_on_by_a_command_without_a_shell() {
    let (sandbox, _server) = day();
    let unset = sandbox.run(&["edition", "--to", "paper.html", "--send"]);
    assert!(unset.sentence(1).contains("[edition]"));
    assert!(!sandbox.path("paper.html").exists());
    sandbox.file(
        "config.toml",
        "[edition]\nsend = [\"cp\", \"{file}\", \"sent $(id).html\"]\n",
    );
    let sent = sandbox.run(&["edition", "--to", "paper.html", "--send", "--no-pictures"]);
    assert!(sent.ok().contains("cp"), "{}", sent.out);
    assert!(sandbox.path("sent $(id).html").exists());
    sandbox.file("config.toml", "[edition]\nsend = [\"false\"]\n");
    let failed = sandbox.run(&["edition", "--to", "paper.html", "--send", "--no-pictures"]);
    assert_eq!(failed.code, 1);
    assert!(failed.err.contains("[edition]"), "{}", failed.err);
}

#[test]
fn the_reader_writes_it_with_a_key() {
    let mut s = Session::new(120, 40);
    let effects = s.keys("g e");
    let is_asked = |e: &Effect| matches!(e, Effect::Start(_, Job::Network(NetworkJob::Edition)));
    assert!(effects.iter().any(is_asked));
    s.settle();
    assert!(s.notice().1.contains("신문.epub"), "{:?}", s.notice());
}
