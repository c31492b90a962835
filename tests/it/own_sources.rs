//! Sources without a feed on the web, and settings of single subscriptions: real programs, files,
//! mail and servers.

use std::sync::{Arc, Mutex};

use serde_json::Value;

#[cfg(unix)]
use crate::support::pty::Pty;
use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};

const FEED: &str = "<rss version='2.0'><channel><title>가람신문</title>\
    <item><title>첫 소식</title><link>https://river.example/1</link><description>강이 흐른다.</description><pubDate>Sun, 22 Nov 2026 09:00:00 +0900</pubDate></item>\
    <item><title>둘째 소식</title><link>https://river.example/2</link><description>비가 온다.</description><pubDate>Sun, 22 Nov 2026 10:00:00 +0900</pubDate></item>\
    </channel></rss>";

fn rows(sandbox: &Sandbox, args: &[&str]) -> Vec<Value> {
    let ran = sandbox.run(&[args, &["--json"]].concat());
    let rows = ran
        .out
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    rows.collect()
}

fn titles(sandbox: &Sandbox, args: &[&str]) -> Vec<String> {
    let title = |row: Value| row["title"].as_str().unwrap().to_owned();
    let mut titles: Vec<String> = rows(sandbox, args).into_iter().map(title).collect();
    titles.sort();
    titles
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_that_hangs_holds_up_no_other_and_ends_with_the_refresh() {
    let sandbox = Sandbox::new();
    sandbox.file("one.xml", FEED);
    sandbox.file(
        "config.toml",
        "[sources.\"매달림\"]\nexec = [\"sh\", \"-c\", \"sleep 600 & echo $! > pid; wait\"]\ntimeout = 600\n\
         [sources.\"옆\"]\nexec = [\"cat\", \"one.xml\"]\n",
    );
    let mut refresh = sandbox
        .command(&["refresh"])
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let until = |what: &str, holds: &dyn Fn() -> bool| {
        for _ in 0..3000 {
            if holds() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("{what}");
    };
    let pid = || std::fs::read_to_string(sandbox.path("pid")).unwrap_or_default();
    until("the program starts", &|| pid().ends_with('\n'));
    until("the other source is read", &|| {
        sandbox.run(&["list", "--count"]).out.trim() == "2"
    });
    let raw = i32::try_from(refresh.id()).unwrap();
    let process = rustix::process::Pid::from_raw(raw).unwrap();
    rustix::process::kill_process(process, rustix::process::Signal::TERM).unwrap();
    let status = refresh.wait().unwrap();
    assert!(!status.success());
    // Waited for by nobody, it may stay as a zombie where no init takes it up.
    let is_gone = || {
        let path = format!("/proc/{}/stat", pid().trim());
        std::fs::read_to_string(path).map_or(true, |stat| stat.contains(") Z "))
    };
    until("what the program started has ended", &is_gone);
}

#[cfg(target_os = "linux")]
#[test]
fn what_a_source_started_ends_with_the_reader() {
    let sandbox = Sandbox::new();
    sandbox.file(
        "config.toml",
        "[sources.\"매달림\"]\nexec = [\"sh\", \"-c\", \"echo '<rss>'; sleep 600 & echo $! > pid; wait\"]\ntimeout = 600\n",
    );
    let until = |what: &str, holds: &dyn Fn() -> bool| {
        for _ in 0..1500 {
            if holds() {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("{what}");
    };
    let mut pty = Pty::start(&sandbox, &[], &[], (100, 30));
    pty.wait("the empty library", |s| !s.contents().trim().is_empty());
    pty.send("R");
    let pid = || std::fs::read_to_string(sandbox.path("pid")).unwrap_or_default();
    until("the program starts", &|| pid().ends_with('\n'));
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    pty.is_restored();
    until("what the program started has ended", &|| {
        let path = format!("/proc/{}/stat", pid().trim());
        std::fs::read_to_string(path).map_or(true, |stat| stat.contains(") Z "))
    });
}

#[cfg(unix)]
#[test]
fn why_a_program_brings_nothing_is_told() {
    let sandbox = Sandbox::new();
    for (source, why) in [
        ("exec = [\"/no/such/program\"]", "실행할 수 없습니다"),
        ("exec = [\"sh\", \"-c\", \"exit 3\"]", "실패했습니다"),
        ("exec = [\"sleep\", \"600\"]\ntimeout = 1", "너무 오래 걸려"),
    ] {
        sandbox.file("config.toml", format!("[sources.a]\n{source}\n"));
        let ran = sandbox.run(&["refresh", "--all"]);
        assert!(ran.err.contains(why), "{source}: {}", ran.err);
    }
}

#[cfg(unix)]
#[test]
fn a_program_and_a_file_are_feeds_where_the_settings_name_them_alone() {
    let sandbox = Sandbox::new();
    sandbox.file("one.xml", FEED);
    sandbox.file(
        "two.xml",
        FEED.replace("소식", "파일").replace("river", "hill"),
    );
    let settings = "[sources.\"내 프로그램\"]\nexec = [\"sh\", \"-c\", \"echo x >> ran; cat one.xml\"]\nfolder = \"내 것\"\n\
        [sources.\"내 파일\"]\nfile = \"two.xml\"\n\
        [sources.\"틀린 것\"]\nexec = [\"false\"]\n";
    sandbox.file("config.toml", settings);
    let ran = sandbox.run(&["refresh", "--json"]);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (&report["new"], &report["failed"]),
        (&4.into(), &1.into()),
        "{}",
        ran.err
    );
    assert!(
        ran.err
            .contains("틀린 것: 이 구독의 프로그램이 실패했습니다."),
        "{}",
        ran.err
    );
    assert_eq!(titles(&sandbox, &["list"]).len(), 4);
    let feeds = sandbox.run(&["feeds", "--json"]);
    assert!(
        feeds.out.contains("local:내 프로그램") && feeds.out.contains("내 것"),
        "{}",
        feeds.out
    );
    // No list, and no address, can name a program.
    let list = sandbox.file(
        "subs.opml",
        "<opml><body><outline type='rss' text='a' xmlUrl='exec:touch hacked'/>\
         <outline type='rss' text='b' xmlUrl='local:내 프로그램'/><outline type='rss' text='c' xmlUrl='file:///etc/passwd'/></body></opml>",
    );
    sandbox.run(&["import", &list]);
    for address in [
        "exec:touch hacked",
        "local:내 프로그램",
        "file:///etc/passwd",
    ] {
        assert_ne!(sandbox.run(&["add", address]).code, 0, "{address}");
    }
    assert_eq!(sandbox.run(&["feeds", "--json"]).out, feeds.out);
    // Out of the settings it is run no more, whatever the library says.
    sandbox.file("config.toml", "");
    let ran = sandbox.run(&["refresh", "--all"]);
    assert!(ran.err.contains("내 프로그램"), "{}", ran.err);
    assert_eq!(std::fs::read_to_string(sandbox.path("ran")).unwrap(), "x\n");
    assert!(!sandbox.path("hacked").exists());
    let out = sandbox.path("out.opml").to_string_lossy().into_owned();
    sandbox.run(&["export", &out]);
    assert!(
        !std::fs::read_to_string(&out)
            .unwrap_or_default()
            .contains("local:")
    );
    for wrong in [
        "[sources.a]\n",
        "[sources.a]\nexec = [\"a\"]\nfile = \"b\"\n",
    ] {
        sandbox.file("config.toml", wrong);
        assert_eq!(sandbox.run(&["feeds"]).code, 2, "{wrong}");
    }
}

#[test]
fn newsletters_are_read_from_a_maildir_and_nothing_is_fetched_for_them() {
    let asked = Arc::new(Mutex::new(0));
    let counted = asked.clone();
    let server = Server::start([(
        "/pixel.gif",
        Reply::Raw(Box::new(move |_| *counted.lock().unwrap() += 1)),
    )]);
    let sandbox = Sandbox::new();
    let pixel = server.url("/pixel.gif");
    let mail = format!(
        "From: =?utf-8?B?6rCA656M7Y647KeA?= <letter@garam.example>\r\nSubject: =?utf-8?B?7JWE7LmoIO2OuOyngA==?=\r\n\
         Message-ID: <1@garam>\r\nDate: Sat, 28 Nov 2026 09:00:00 +0900\r\nMIME-Version: 1.0\r\n\
         Content-Type: text/html; charset=utf-8\r\n\r\n<html><head><link rel=canonical href='https://www.hani.co.kr/arti/1.html'>\
         <meta property=og:site_name content='한겨레'></head><body><h1>아침 편지</h1>\
         <p>강나루시는 내년 봄부터 책을 싣고 골목을 도는 자전거를 열두 대 움직인다고 밝혔다.</p>\
         <p>시장은 시청 앞마당에서 그 자전거를 처음 선보였고 사람들은 줄을 섰다.</p><img src='{pixel}' width=600 height=400></body></html>"
    );
    sandbox.file("Mail/new/1.host", &mail);
    sandbox.file("Mail/cur/2.host:2,S", "broken\0mail");
    std::fs::create_dir_all(sandbox.path("Mail/tmp")).unwrap();
    sandbox.file(
        "config.toml",
        "[sources.\"편지\"]\nmail = \"Mail\"\n[pictures]\nshow = \"on\"\n",
    );
    let before = walk(&sandbox.path("Mail"));
    let ran = sandbox.run(&["refresh", "--full", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let found = rows(&sandbox, &["list"]);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["title"], "아침 편지");
    assert_eq!(found[0]["publisher"], "가람편지");
    assert_eq!(found[0]["url"], Value::Null);
    let id = format!("id:{}", found[0]["id"].as_str().unwrap());
    let read = sandbox.run(&["read", &id]);
    assert!(read.ok().contains("골목을 도는 자전거"), "{}", read.out);
    sandbox.run(&["mark", "scrapped", "편지"]);
    assert_eq!(*asked.lock().unwrap(), 0);
    assert_eq!(
        walk(&sandbox.path("Mail")),
        before,
        "nothing is moved or marked"
    );
    // Once only.
    let again = sandbox.run(&["refresh", "--all", "--json"]);
    assert!(again.out.contains("\"new\":0"), "{}", again.out);
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    let inside = |path: std::path::PathBuf| match path.is_dir() {
        true => walk(&path),
        false => vec![path],
    };
    let mut all: Vec<_> = entries.flat_map(|entry| inside(entry.path())).collect();
    all.sort();
    all
}

#[test]
fn a_subscription_has_settings_of_its_own() {
    let server = Server::start([(
        "/rss",
        Reply::Body(200, "application/rss+xml", FEED.as_bytes().to_vec()),
    )]);
    let sandbox = Sandbox::new();
    let url = server.url("/rss");
    assert_eq!(sandbox.run(&["add", &url]).code, 0);
    let own = |settings: &str| sandbox.file("feeds.toml", format!("[\"{url}\"]\n{settings}\n"));
    // In its quiet hours it is left alone, unless it is asked for.
    own("quiet = \"00:00-00:00\"");
    assert!(
        sandbox
            .run(&["refresh", "--json"])
            .out
            .contains("\"feeds\":0")
    );
    assert!(
        sandbox
            .run(&["refresh", "--all", "--json"])
            .out
            .contains("\"new\":2")
    );
    // A proxy of its own, which is not there.
    own("proxy = \"http://127.0.0.1:9\"");
    let ran = sandbox.run(&["refresh", "--all"]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    own("keep_days = 1");
    assert_eq!(sandbox.run(&["mark", "read", "첫"]).code, 0);
    assert_eq!(sandbox.run(&["refresh", "--all"]).code, 0);
    assert_eq!(
        titles(&sandbox, &["list"]),
        ["둘째 소식"],
        "what was read and is too old"
    );
    own("every = 1");
    let ran = sandbox.run(&["refresh", "--all"]);
    assert!(ran.err.contains("feeds.toml:2"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn in_the_reader_one_key_edits_them_and_the_list_follows() {
    let server = Server::start([(
        "/rss",
        Reply::Body(200, "application/rss+xml", FEED.as_bytes().to_vec()),
    )]);
    let sandbox = Sandbox::new();
    sandbox.file("config.toml", "network.refresh_every = 0\n");
    let url = server.url("/rss");
    assert_eq!(sandbox.run(&["add", &url]).code, 0);
    assert_eq!(sandbox.run(&["refresh", "--all"]).code, 0);
    sandbox.file("feeds.toml", "# 내 설정\n");
    let mut pty = Pty::start(&sandbox, &[], &[], (120, 30));
    pty.wait_for("첫 소식");
    pty.send("L");
    pty.wait_for("구독하기…");
    pty.wait_for("> ");
    // To the subscription: the last rows are the ways to more.
    pty.send("Gkk");
    pty.wait_for("> 가람신문");
    pty.send("E");
    // What is in force where nothing is typed.
    pty.wait_for("every=0 keep_days=");
    pty.send("every=1\r");
    pty.wait_for("5..10080");
    // The wrong line stays to be corrected.
    pty.send("\u{15}every=90 order=oldest\r");
    let file = sandbox.path("feeds.toml");
    for _ in 0..500 {
        let text = std::fs::read_to_string(&file).unwrap();
        if text.contains("oldest") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(
        text.starts_with("# 내 설정\n") && text.contains("every = 90"),
        "{text}"
    );
    pty.send("\r");
    pty.wait("the oldest first", |s| {
        let text = s.contents();
        let at = |words: &str| text.find(words).unwrap_or(usize::MAX);
        at("첫 소식") < at("둘째 소식")
    });
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
}

#[test]
fn the_names_of_settings_fit_beside_what_is_typed_on_eighty_columns() {
    use gisa::config::{Language, Words};
    let policy = gisa::text::WidthPolicy::default();
    for language in [Language::Korean, Language::English] {
        let words = Words::of(language);
        let label = policy.width(words.get("prompt.feed-settings"));
        let values = [("every", "1440"), ("days", "36500")];
        let shown = words.fill("prompt.feed-settings-default", &values);
        assert!(shown.contains("every=1440") && shown.contains("keep_days=36500"));
        assert!(label + policy.width(&shown) + 6 <= 80, "{shown}");
    }
}
