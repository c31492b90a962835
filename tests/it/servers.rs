//! Servers that do everything wrong, all at once, against the real program: each costs a limited
//! time and memory and one clear sentence, and the feed beside them is read as if nothing were.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::support::pages::PARAGRAPHS;
#[cfg(all(target_os = "linux", feature = "pictures"))]
use crate::support::pty::Pty;
use crate::support::sandbox::{Sandbox, ran};
use crate::support::server::{Reply, Server};

/// 256 MiB of blanks behind the head of a feed, as brotli packs them into 236 bytes.
const BROTLI_BOMB: &str = "cfffff7f00c46d6c5d912fd216efc86ee4155b1ed388d59dcc6f489f93d91c19d4ddf2fe1ff0ffff1f000980382c00ddfb7ffeffff032001\
    108705a07bffcfffff7f002400e2b00074effff9ffff0f8004401c1680eefd3fffffff01900088c302d0bdffe7ffff3f001200715800baf7\
    fffcffff074002200e0b40f7fe9fffffff004800c46101e8defff3ffff1f000980382c00ddfb7ffeffff032001108705a07bffcfffff7f00\
    2400e2b00074effff9ffff0f8004401c1680eefd3fffffff01900088c302d0bdffe7ffff3f001200715800baf7fffcffff074002200e0b40\
    f7fe3f440000480044110114";

/// Most memory that a refresh may take beside all of them, in kilobytes. Twice what was seen on an
/// unoptimised build.
const MOST_MEMORY: u64 = 400_000;
/// How long the whole may take on the slowest machine; each server is cut off within seconds.
const DEADLINE: Duration = Duration::from_secs(240);

fn feed(items: &str) -> Vec<u8> {
    format!("<rss version=\"2.0\"><channel><title>가람신문</title><link>https://garam.example/</link>{items}</channel></rss>").into_bytes()
}

fn item(n: usize, text: &str) -> String {
    format!(
        "<item><title>{n}번 소식</title><link>https://garam.example/{n}</link><description>{text}</description></item>"
    )
}

/// An answer with these header lines and this body, written as it is.
fn answer(head: &str, body: Vec<u8>) -> Reply {
    let head = format!("HTTP/1.1 200 OK\r\nConnection: close\r\n{head}\r\n\r\n");
    Reply::Raw(Box::new(move |s| {
        let _ = s
            .write_all(head.as_bytes())
            .and_then(|()| s.write_all(&body));
    }))
}

/// A head, then this piece until the other side has had enough, with a pause before each.
fn forever(head: &'static str, piece: Vec<u8>, pause: Duration) -> Reply {
    Reply::Raw(Box::new(move |s: &mut TcpStream| {
        let _ = s.write_all(head.as_bytes());
        while s.write_all(&piece).is_ok() {
            if !pause.is_zero() {
                std::thread::sleep(pause);
            }
        }
    }))
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn unhex(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

/// Each a feed that is none, or a server that is none.
fn wrong() -> Vec<(&'static str, Reply)> {
    let blanks = vec![b' '; 80 << 20];
    vec![
        (
            "/gzip-bomb",
            answer("Content-Encoding: gzip", gzip(&blanks)),
        ),
        (
            "/brotli-bomb",
            answer("Content-Encoding: br", unhex(BROTLI_BOMB)),
        ),
        (
            "/endless",
            forever(
                "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss><channel>",
                vec![b' '; 1 << 16],
                Duration::ZERO,
            ),
        ),
        (
            "/drip",
            forever(
                "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n\r\n<rss><channel>",
                vec![b' '],
                Duration::from_millis(50),
            ),
        ),
        (
            "/drip-head",
            forever(
                "HTTP/1.1 200 OK\r\n",
                b"X".to_vec(),
                Duration::from_millis(50),
            ),
        ),
        ("/silent", Reply::Silence),
        ("/loop", Reply::Redirect("/loop".to_owned())),
        ("/file", Reply::Redirect("file:///etc/passwd".to_owned())),
        (
            "/gopher",
            Reply::Redirect("gopher://127.0.0.1:1/".to_owned()),
        ),
        ("/short", answer("Content-Length: 100000", feed(""))),
        (
            "/lengths",
            answer("Content-Length: 5\r\nContent-Length: 500", feed("")),
        ),
        ("/negative", answer("Content-Length: -1", feed(""))),
        (
            "/chunks",
            answer(
                "Transfer-Encoding: chunked",
                b"fffffffffffffffff\r\nx".to_vec(),
            ),
        ),
        (
            "/flood",
            forever(
                "HTTP/1.1 200 OK\r\n",
                b"X-Flood: 0123456789012345678901234567890123456789\r\n".repeat(100),
                Duration::ZERO,
            ),
        ),
        (
            "/long-line",
            forever(
                "HTTP/1.1 200 OK\r\nX-Long: ",
                vec![b'a'; 1 << 16],
                Duration::ZERO,
            ),
        ),
    ]
}

/// Each an answer that is whole, and no feed that anybody can read; or one that is.
fn odd() -> Vec<(&'static str, Reply)> {
    let xml = "Content-Type: text/xml";
    let deep = format!("<rss version=\"2.0\"><channel>{}", "<a>".repeat(1_000_000)).into_bytes();
    let laughs: String = (0..30)
        .map(|i| format!("<!ENTITY l{} \"&l{i};&l{i};&l{i};&l{i};&l{i};\">", i + 1))
        .collect();
    vec![
        ("/not-http", answer_raw(b"SSH-2.0-OpenSSH_9.9\r\n")),
        (
            "/not-gzip",
            answer("Content-Encoding: gzip", b"no gzip at all".to_vec()),
        ),
        (
            "/cut-gzip",
            answer(
                "Content-Encoding: gzip",
                gzip(&feed(&item(1, PARAGRAPHS[0])))[..60].to_vec(),
            ),
        ),
        ("/nothing", answer(xml, Vec::new())),
        (
            "/page",
            Reply::html("<html><body><p>no feed</p></body></html>"),
        ),
        (
            "/picture",
            answer(
                "Content-Type: image/png",
                [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 4096]].concat(),
            ),
        ),
        (
            "/one-item-of-100-mb",
            forever(
                "HTTP/1.1 200 OK\r\n\r\n<rss><channel><item><title>큰 것</title><description>",
                "가나다라 ".repeat(1 << 12).into_bytes(),
                Duration::ZERO,
            ),
        ),
        ("/404", Reply::Body(404, "text/html", b"\x1b[2J".to_vec())),
        ("/500", Reply::Body(500, "text/html", vec![b'x'; 10 << 20])),
        ("/deep", Reply::Body(200, "text/xml", deep)),
        (
            "/laughs",
            Reply::Body(
                200,
                "text/xml",
                format!(
                    "<!DOCTYPE r [<!ENTITY l0 \"lol\">{laughs}]><rss><channel><title>&l30;</title>"
                )
                .into_bytes(),
            ),
        ),
    ]
}

fn answer_raw(bytes: &'static [u8]) -> Reply {
    Reply::Raw(Box::new(move |s| {
        let _ = s.write_all(bytes);
    }))
}

/// Runs a command to its end; gives what it left, and the most memory that it took, in kilobytes.
fn measured(sandbox: &Sandbox, args: &[&str]) -> (crate::support::sandbox::Ran, u64) {
    let mut child = sandbox
        .command(args)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let begun = Instant::now();
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let peak = text.lines().find_map(|l| {
            l.strip_prefix("VmHWM:")?
                .trim()
                .strip_suffix(" kB")?
                .trim()
                .parse()
                .ok()
        });
        most = most.max(peak.unwrap_or(0));
        if begun.elapsed() > DEADLINE {
            child.kill().unwrap();
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    (ran(child.wait_with_output().unwrap()), most)
}

#[expect(
    clippy::print_stderr,
    reason = "figures for whoever runs it with --nocapture"
)]
#[test]
fn a_refresh_among_hostile_servers_brings_what_the_good_ones_have() {
    let sandbox = Sandbox::new();
    sandbox.file(
        "config.toml",
        "[network]\ntimeout = 2\nfetch_ahead = false\n",
    );
    let good = |n| {
        (
            "/good",
            Reply::Body(200, "text/xml", feed(&item(n, PARAGRAPHS[0]))),
        )
    };
    let server = Server::start(wrong().into_iter().chain(odd()).chain([good(1)]));
    let secure = format!("https://{}/", server.url("").trim_start_matches("http://"));
    let mut urls: Vec<String> = wrong()
        .iter()
        .chain(&odd())
        .map(|(path, _)| server.url(path))
        .collect();
    urls.extend([
        secure,
        server.url("/good"),
        "http://127.0.0.1:1/closed".to_owned(),
        "http://nowhere.invalid/".to_owned(),
    ]);
    let outlines: String = urls
        .iter()
        .map(|u| format!("<outline text=\"x\" xmlUrl=\"{u}\"/>"))
        .collect();
    let opml = sandbox.file("all.opml", format!("<opml><body>{outlines}</body></opml>"));
    sandbox.run(&["import", "--inward", &opml]).ok();
    let begun = Instant::now();
    let (refreshed, most) = measured(&sandbox, &["refresh"]);
    eprintln!(
        "{} feeds in {:?}, at most {} MB",
        urls.len(),
        begun.elapsed(),
        most / 1000
    );
    assert!(most < MOST_MEMORY, "{most} kB");
    assert!(matches!(refreshed.code, 0 | 1), "{}", refreshed.err);
    for line in refreshed.err.lines().chain(refreshed.out.lines()) {
        assert!(
            line.chars().count() < 400 && !line.contains(['\x1b', '\u{9b}']),
            "{line}"
        );
    }
    let listed = sandbox.run(&["list"]);
    assert!(listed.out.contains("1번 소식"), "{}", listed.out);
    // What is broken past repair has a word; what could be read in spite of all has none.
    let read = ["/good", "/deep", "/laughs"];
    for line in sandbox.run(&["feeds", "--json"]).ok().lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        let (url, error) = (row["url"].as_str().unwrap(), row["last_error"].as_str());
        let fine = read.iter().any(|path| url.ends_with(path));
        assert_eq!(error.is_some(), !fine, "{url}: {error:?}");
        assert!(
            error.is_none_or(|e| !e.contains("root:") && e.chars().count() < 300),
            "{url}: {error:?}"
        );
    }
}

/// Pages that make a careless reader of HTML take time with the square of their length, or a stack
/// as deep as they are.
fn mazes() -> Vec<(&'static str, Reply)> {
    let many = |unit: &str, n: usize| {
        Reply::html(&format!(
            "<html><body><h1>제목</h1><p>{}</p>{}<p>{}</p>",
            PARAGRAPHS[0],
            unit.repeat(n),
            PARAGRAPHS[1]
        ))
    };
    vec![
        ("/nested", many("<div>", 1_000_000)),
        ("/tables", many("<table><tr><td>", 300_000)),
        (
            "/classes",
            many(
                "<div class='article-body content story a b c d'><p class=x>",
                100_000,
            ),
        ),
        (
            "/attributes",
            Reply::html(&format!("<p {}>", "a=b ".repeat(1_000_000))),
        ),
        (
            "/ids",
            many("<a id=article class=article href=#>x</a>", 200_000),
        ),
        ("/unclosed", many("<a href=\"", 500_000)),
        ("/comments", many("<!-- <p> -- ", 500_000)),
        ("/scripts", many("<script>", 500_000)),
        (
            "/json",
            Reply::html(&format!(
                "<script type=application/ld+json>{}",
                "{\"@graph\":[".repeat(300_000)
            )),
        ),
        ("/one-word", many("가", 350_000)),
        ("/marks", many("\u{301}", 500_000)),
        ("/entities", many("&amp", 1_000_000)),
    ]
}

#[expect(
    clippy::print_stderr,
    reason = "figures for whoever runs it with --nocapture"
)]
#[test]
fn pages_that_are_mazes_are_read_or_refused_in_bounds() {
    let server = Server::start(mazes());
    let sandbox = Sandbox::new();
    for (path, _) in mazes() {
        let begun = Instant::now();
        let (ran, most) = measured(&sandbox, &["extract", &server.url(path)]);
        eprintln!("{path}: {:?}, at most {} MB", begun.elapsed(), most / 1000);
        assert!(most < MOST_MEMORY, "{path}: {most} kB");
        assert!(
            matches!(ran.code, 0 | 1) && ran.err.lines().count() <= 1,
            "{path}: {}",
            ran.err
        );
    }
}

#[test]
fn a_site_without_tls_is_told_as_such() {
    let sandbox = Sandbox::new();
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("https://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            // A client's greeting is no request; so say servers that know nothing of TLS.
            let _ = stream.read(&mut [0; 512]);
            let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
        }
    });
    let ran = sandbox.run(&["extract", &address]);
    let sentence = ran.sentence(1);
    assert!(
        sentence.contains("127.0.0.1") && sentence.contains("http://"),
        "{sentence}"
    );
}

#[test]
fn a_headline_of_megabytes_is_cut_wherever_it_comes_from() {
    let sandbox = Sandbox::new();
    let endless = "가나 ".repeat(600_000);
    let body = PARAGRAPHS.join("</p><p>");
    let page = sandbox.file(
        "page.html",
        format!("<title>{endless}</title><article><h1>{endless}</h1><p>{body}</p>"),
    );
    let text = sandbox.file(
        "page.txt",
        format!("{endless}\n\n{}", PARAGRAPHS.join("\n\n")),
    );
    let feed = sandbox.file(
        "feed.xml",
        feed(&item(1, PARAGRAPHS[0]).replace("1번 소식", &endless)),
    );
    for source in [&page, &text] {
        let article = sandbox.run(&["extract", source, "--format", "json"]).json();
        let title = article["title"].as_str().unwrap();
        assert!(title.chars().count() <= 1_001, "{source}: {}", title.len());
    }
    assert!(
        sandbox
            .run(&["extract", &feed, "--format", "json"])
            .ok()
            .len()
            < 20_000
    );
}

/// A PNG of this size with these parts between head and end.
#[cfg(all(target_os = "linux", feature = "pictures"))]
fn png(width: u32, height: u32, parts: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let head = [
        &width.to_be_bytes()[..],
        &height.to_be_bytes(),
        &[8, 2, 0, 0, 0],
    ]
    .concat();
    for (kind, bytes) in [(b"IHDR", &head[..])]
        .iter()
        .chain(parts)
        .chain(&[(b"IEND", &[][..])])
    {
        let mut crc = flate2::Crc::new();
        crc.update(*kind);
        crc.update(bytes);
        out.extend((bytes.len() as u32).to_be_bytes());
        out.extend([&kind[..], bytes, &crc.sum().to_be_bytes()].concat());
    }
    out
}

#[cfg(all(target_os = "linux", feature = "pictures"))]
fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Pictures that are traps.
#[cfg(all(target_os = "linux", feature = "pictures"))]
fn traps() -> Vec<(&'static str, Reply)> {
    let blanks = zlib(&vec![0; 64 << 20]);
    let good = gisa::news::sample::picture("sample:lighthouse.png").unwrap();
    let gif = [
        b"GIF89a\xff\xff\xff\xff\xf7\x00\x00".as_slice(),
        &[9; 768],
        b",\0\0\0\0\xff\xff\xff\xff\x00\x08;",
    ]
    .concat();
    vec![
        (
            "/huge.png",
            answer(
                "Content-Type: image/png",
                png(100_000, 100_000, &[(b"IDAT", &blanks)]),
            ),
        ),
        (
            "/profile.png",
            answer(
                "Content-Type: image/png",
                png(
                    8,
                    8,
                    &[
                        (b"iCCP", &[b"x\0\0", &blanks[..]].concat()),
                        (b"IDAT", &zlib(&[0; 200])),
                    ],
                ),
            ),
        ),
        (
            "/more.png",
            answer(
                "Content-Type: image/png",
                png(64, 64, &[(b"IDAT", &blanks)]),
            ),
        ),
        ("/wide.gif", answer("Content-Type: image/gif", gif)),
        (
            "/cut.png",
            answer("Content-Type: image/png", good[..good.len() / 3].to_vec()),
        ),
        (
            "/endless.jpg",
            forever(
                "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\n\r\nJFIF",
                vec![0; 1 << 16],
                Duration::ZERO,
            ),
        ),
        (
            "/drip.webp",
            forever(
                "HTTP/1.1 200 OK\r\nContent-Type: image/webp\r\n\r\nRIFF",
                vec![0],
                Duration::from_millis(50),
            ),
        ),
        ("/loop.png", Reply::Redirect("/loop.png".to_owned())),
        (
            "/file.png",
            Reply::Redirect("file:///etc/passwd".to_owned()),
        ),
        ("/words.png", Reply::html("no picture")),
        (
            "/good.png",
            answer("Content-Type: image/png", good.to_vec()),
        ),
    ]
}

#[cfg(all(target_os = "linux", feature = "pictures"))]
#[test]
fn pictures_that_are_traps_cost_a_sentence_each_and_the_good_one_is_drawn() {
    let sandbox = Sandbox::new();
    sandbox.file(
        "config.toml",
        "[network]\ntimeout = 4\n[pictures]\nshow = \"on\"\nheight = 10\n",
    );
    let traps = traps();
    let names: Vec<&str> = traps.iter().map(|(name, _)| *name).collect();
    let body: String = names
        .iter()
        .map(|name| {
            format!(
                "<figure><img src=\"{name}\" width=600 height=400><figcaption>{} 설명</figcaption></figure><p>{}</p>",
                &name[1..],
                PARAGRAPHS[0]
            )
        })
        .collect();
    let page = format!(
        "<html lang=ko><title>사진첩</title><article><h1>사진첩</h1><p>{}</p>{body}</article></html>",
        PARAGRAPHS[1]
    );
    let server = Server::start(traps.into_iter().chain([("/page", Reply::html(&page))]));
    // Tall enough for all of them at once.
    let mut pty = Pty::start(&sandbox, &[&server.url("/page")], &[], (100, 400));
    for name in &names {
        pty.wait_for(&format!("{} 설명", &name[1..]));
    }
    // Each says what is the matter in its place, and what to do; what is a picture is drawn. The
    // text moves up as they come, so that one look may see half of a move.
    pty.wait("an answer for each", |s| {
        let said = s.contents().replace('┃', "");
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let counts = [
            ("받는 중", 0),
            ("한도보다", 3),
            ("열 수 있는 사진이", 2),
            ("제때 답하지 않습니다", 1),
            ("주소가", 2),
        ];
        let is_so = |(words, times): &(&str, usize)| said.matches(words).count() == *times;
        counts.iter().all(is_so)
    });
    let text = pty.text();
    let status = std::fs::read_to_string(format!("/proc/{}/status", pty.id)).unwrap();
    let peak = status.lines().find_map(|l| {
        l.strip_prefix("VmHWM:")?
            .trim()
            .strip_suffix(" kB")?
            .parse::<u64>()
            .ok()
    });
    assert!(peak.unwrap() < MOST_MEMORY, "{peak:?} kB");
    assert!(text.contains('▀'), "the good one: {text}");
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
}
