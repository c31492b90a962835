//! Subscribers' logins: to one site alone, and nowhere to be read.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::{Arc, Mutex};

use crate::support::sandbox::Sandbox;

const SECRET: &str = "s3cret-cookie";

/// A publisher that shows the whole text to who brings the cookie, and notes what it was asked. Its
/// server lives as long as the test.
fn publisher(away: Option<SocketAddr>) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let asked: Arc<Mutex<Vec<String>>> = Arc::default();
    let noted = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let lines = BufReader::new(stream.try_clone().unwrap()).lines();
            let head: Vec<String> = lines
                .map_while(Result::ok)
                .take_while(|line| !line.is_empty())
                .collect();
            let head = head.join("\n");
            let is_subscriber = head.contains(SECRET);
            let text = match is_subscriber {
                true => {
                    "<p>강나루시는 내년부터 첫차를 앞당긴다고 밝혔다. 시장은 시민이 바라던 일이라고 했다.</p><p>끝까지 읽힌 문단이다.</p>"
                }
                false => "<p>강나루시는 내년부터 첫차를 앞당긴다고</p>",
            };
            let page = format!(
                "<html><head><title>첫차를 앞당긴다</title><meta property=og:type content=article>\
                 <script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"headline\":\"첫차를 앞당긴다\",\"isAccessibleForFree\":false}}</script>\
                 </head><body><article><h1>첫차를 앞당긴다</h1>{text}</article></body></html>"
            );
            let reply = match (head.contains("GET /away"), away) {
                (true, Some(to)) => format!(
                    "HTTP/1.1 302 Found\r\nLocation: http://{to}/1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                ),
                _ => format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{page}",
                    page.len()
                ),
            };
            noted.lock().unwrap().push(head);
            let _ = stream.write_all(reply.as_bytes());
        }
    });
    (address, asked)
}

#[test]
fn a_subscriber_reads_the_whole_and_no_one_else_hears_of_it() {
    let sandbox = Sandbox::new();
    let (other, heard) = publisher(None);
    let (own, asked) = publisher(Some(other));
    let page = format!("http://{own}/1");
    let extracted = |sandbox: &Sandbox, url: &str| {
        let ran = sandbox.run(&["extract", url, "--format", "json"]);
        serde_json::from_str::<serde_json::Value>(&ran.out).unwrap()
    };
    assert_eq!(
        extracted(&sandbox, &page)["extraction"]["problem"],
        "paywall"
    );
    sandbox.file(
        "jar.txt",
        format!("# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\t{SECRET}\n"),
    );
    let key = format!("[login.\"http://{own}\"]\n");
    for how in [
        format!("cookie_command = [\"echo\", \"session={SECRET}\"]\n"),
        format!("header = \"X-Session: {SECRET}\"\n"),
        "cookies = \"jar.txt\"\n".to_owned(),
    ] {
        sandbox.file("config.toml", format!("{key}{how}"));
        let article = extracted(&sandbox, &page);
        assert_eq!(
            article["extraction"]["problem"],
            serde_json::Value::Null,
            "{how}"
        );
        assert!(
            article["text"].as_str().unwrap().contains("끝까지"),
            "{how}"
        );
        // Redirected elsewhere, it stays behind.
        let away = format!("http://{own}/away");
        assert_eq!(
            extracted(&sandbox, &away)["extraction"]["problem"],
            "paywall",
            "{how}"
        );
        assert!(asked.lock().unwrap().last().unwrap().contains(SECRET));
    }
    assert!(
        heard
            .lock()
            .unwrap()
            .iter()
            .all(|head| !head.contains(SECRET))
    );
    let shown = sandbox.run(&["config", "show"]);
    assert!(!shown.ok().contains(SECRET));
    // What gives no login costs a sentence, which does not say what was in it.
    let wrong = format!("{key}cookies = \"wrong.txt\"\n");
    sandbox.file("wrong.txt", format!("password: {SECRET}\n"));
    for settings in [
        wrong,
        format!("{key}cookie_command = [\"sh\", \"-c\", \"echo {SECRET}; exit 1\"]\n"),
    ] {
        sandbox.file("config.toml", settings);
        let ran = sandbox.run(&["extract", &page]);
        let said = ran.sentence(1);
        assert!(said.contains("[login]") && !said.contains(SECRET), "{said}");
    }
    // Nothing of it lies anywhere but in the files that were written here.
    for file in walk(&sandbox.path("data"))
        .into_iter()
        .chain(walk(&sandbox.path("home")))
    {
        let bytes = std::fs::read(&file).unwrap();
        let found = bytes.windows(SECRET.len()).any(|w| w == SECRET.as_bytes());
        assert!(!found, "{}", file.display());
    }
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let inside = |path: std::path::PathBuf| match path.is_dir() {
        true => walk(&path),
        false => vec![path],
    };
    entries.flat_map(|entry| inside(entry.path())).collect()
}
