//! How servers are reached: proxies, passwords of the settings, labels that say too little, feeds
//! that are too large; on the command line, against servers of a test's own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use crate::support::pages::{PARAGRAPHS, TITLE, page};
use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};

fn feed(items: usize) -> String {
    let items: String = (0..items)
        .map(|n| {
            format!(
                "<item><title>{n}번째 소식</title><link>https://paper.example/{n}</link>\
                 <description>{n}. {}</description></item>",
                PARAGRAPHS[0]
            )
        })
        .collect();
    format!(
        "<?xml version='1.0'?><rss version='2.0'><channel><title>강변신문</title>\
         <link>https://paper.example/</link>{items}</channel></rss>"
    )
}

/// A SOCKS5 server that itself answers for every host, with this page; it notes the names.
fn socks(body: String) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let names = Arc::new(Mutex::new(Vec::new()));
    let log = names.clone();
    let serve = move |mut stream: TcpStream| -> Option<()> {
        let mut head = [0; 2];
        stream.read_exact(&mut head).ok()?;
        let mut methods = vec![0; usize::from(head[1])];
        stream.read_exact(&mut methods).ok()?;
        stream.write_all(&[5, 0]).ok()?;
        let mut request = [0; 5];
        stream.read_exact(&mut request).ok()?;
        let mut name = vec![0; usize::from(request[4])];
        stream.read_exact(&mut name).ok()?;
        stream.read_exact(&mut [0; 2]).ok()?;
        log.lock().unwrap().push(String::from_utf8(name).ok()?);
        stream.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).ok()?;
        let lines = BufReader::new(stream.try_clone().ok()?).lines();
        lines.map_while(Result::ok).find(String::is_empty)?;
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(answer.as_bytes()).ok()
    };
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            serve(stream);
        }
    });
    (address, names)
}

#[test]
fn a_proxy_of_the_settings_or_of_the_environment_is_used() {
    let (proxy, names) = socks(page());
    let sandbox = Sandbox::new();
    sandbox.file(
        "config.toml",
        format!("[network]\nproxy = \"socks5h://{proxy}\"\n"),
    );
    let url = "http://paper.example/1";
    assert!(sandbox.run(&["extract", url]).ok().contains(TITLE));
    assert_eq!(*names.lock().unwrap(), ["paper.example"]);
    let plain = Sandbox::new();
    let mut command = plain.command(&["extract", url]);
    command.env("ALL_PROXY", format!("socks5h://{proxy}"));
    let output = command.output().unwrap();
    assert!(String::from_utf8(output.stdout).unwrap().contains(TITLE));
    // "none" is stronger than the environment.
    plain.file("config.toml", "[network]\nproxy = \"none\"\ntimeout = 1\n");
    let output = command.output().unwrap();
    assert!(!output.status.success());
    assert_eq!(names.lock().unwrap().len(), 2);
}

#[test]
fn a_proxy_that_is_not_there_is_named_and_a_wrong_one_refused() {
    let sandbox = Sandbox::new();
    let closed = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = closed.local_addr().unwrap().to_string();
    drop(closed);
    for scheme in ["socks5", "socks5h", "http"] {
        sandbox.file(
            "config.toml",
            format!("[network]\nproxy = \"{scheme}://u:tief@{address}\"\n"),
        );
        let ran = sandbox.run(&["extract", "http://192.0.2.1/1"]);
        let said = ran.sentence(1);
        assert!(said.contains("프록시") && said.contains(&address), "{said}");
        assert!(!said.contains("tief"), "{said}");
    }
    for wrong in ["ftp://a.example", "localhost", "socks5://"] {
        sandbox.file("config.toml", format!("[network]\nproxy = \"{wrong}\"\n"));
        let ran = sandbox.run(&["list"]);
        assert!(ran.sentence(2).contains("network.proxy"), "{}", ran.err);
    }
}

/// A feed that wants the password `p@w` of `me`; its address without a path.
#[cfg(unix)]
fn guarded() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let head: Vec<String> = lines
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty())
                .collect();
            // me:p@w
            let (status, body) = match head.iter().any(|l| l.ends_with("Basic bWU6cEB3")) {
                true => ("200 OK", feed(2)),
                false => ("401 Unauthorized", String::new()),
            };
            let answer = format!(
                "HTTP/1.1 {status}\r\nContent-Type: text/xml\r\nContent-Length: {}\r\n\
                 Connection: close\r\n\r\n{body}",
                body.len()
            );
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    format!("http://{address}")
}

#[test]
#[cfg(unix)]
fn a_feed_behind_a_password_gets_it_from_a_command() {
    let (server, sandbox) = (guarded(), Sandbox::new());
    let url = format!("{server}/rss");
    assert_eq!(sandbox.run(&["add", &url]).code, 1);
    let settings = |command: &str| {
        format!("[feeds.\"{server}\"]\nuser = \"me\"\npassword_command = {command}\n")
    };
    sandbox.file("config.toml", settings("[\"echo\", \"p@w\"]"));
    sandbox.run(&["add", &url]).ok();
    let ran = sandbox.run(&["refresh", "--json"]);
    assert!(
        ran.code == 0 && ran.out.contains("\"new\":2"),
        "{}",
        ran.err
    );
    for args in [
        &["feeds", "--json", "--secrets"][..],
        &["list", "--json"],
        &["config", "show"],
        &["doctor"],
    ] {
        let ran = sandbox.run(args);
        assert!(!ran.out.contains("p%40w"), "{args:?}");
        assert!(!ran.out.contains("me:"), "{args:?} {}", ran.out);
    }
    sandbox.file("config.toml", settings("[\"false\"]"));
    let ran = sandbox.run(&["refresh", "--all"]);
    assert!(
        ran.code == 1 && ran.err.contains("password_command"),
        "{}",
        ran.err
    );
    for wrong in ["[]", "\"pass\""] {
        sandbox.file("config.toml", settings(wrong));
        assert_eq!(sandbox.run(&["list"]).code, 2, "{wrong}");
    }
}

#[test]
fn what_is_labelled_as_plain_text_is_looked_at() {
    let plain = |text: String| Reply::Body(200, "text/plain; charset=utf-8", text.into_bytes());
    let server = Server::start([
        ("/rss", plain(feed(2))),
        ("/page", plain(page())),
        (
            "/text",
            plain(format!("{TITLE}\n\n{}\n", PARAGRAPHS.join("\n\n"))),
        ),
        (
            "/json",
            plain(
                "{\"title\": \"제이슨\", \"blocks\": [{\"kind\": \"paragraph\", \"text\": \"글.\"}]}"
                    .to_owned(),
            ),
        ),
    ]);
    let sandbox = Sandbox::new();
    for (path, title, words) in [
        ("/rss", "0번째 소식", PARAGRAPHS[0]),
        ("/page", TITLE, PARAGRAPHS[1]),
        ("/text", TITLE, PARAGRAPHS[1]),
        ("/json", "제이슨", "글."),
    ] {
        let url = server.url(path);
        let json = sandbox.run(&["extract", &url, "--format", "json"]).json();
        assert_eq!(json["title"], title, "{path}");
        let text = json["text"].as_str().unwrap();
        assert!(text.contains(words) && !text.contains("<p"), "{text}");
        let read = sandbox.run(&["read", &url]);
        assert!(!read.ok().contains('<'), "{}", read.out);
        sandbox.run(&["scrap", &url]).ok();
    }
    let scraps = sandbox.run(&["scraps", "--json"]);
    assert!(!scraps.ok().contains("<rss") && scraps.out.contains("0번째 소식"));
    let all = sandbox.run(&["extract", "--all", &server.url("/rss"), "--format", "json"]);
    assert_eq!(all.ok().lines().count(), 2);
}

#[test]
fn a_feed_of_too_many_items_says_so() {
    let items: String = (0..20_010)
        .map(|n| format!("<item><title>{n}호</title><guid>g{n}</guid></item>"))
        .collect();
    let body =
        format!("<rss version='2.0'><channel><title>끝없는 신문</title>{items}</channel></rss>");
    let server = Server::start([("/rss", Reply::Body(200, "text/xml", body.into_bytes()))]);
    let sandbox = Sandbox::new();
    sandbox.run(&["add", &server.url("/rss")]).ok();
    let ran = sandbox.run(&["refresh", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("끝없는 신문") && ran.err.contains("앞부분만"),
        "{}",
        ran.err
    );
    let json: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&json["cut"], &json["failed"]), (&1.into(), &0.into()));
}
