//! Rules for arriving articles and the alerts that they give: real feeds on the loopback, real
//! programs, a real terminal.

use std::io::Write as _;
use std::net::TcpStream;
use std::sync::{Arc, Mutex};

use serde_json::Value;

#[cfg(unix)]
use crate::support::pty::Pty;
use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};

/// An item of a feed: number, headline, text.
fn item(n: u32, title: &str, text: &str) -> String {
    format!(
        "<item><title>{title}</title><link>https://river.example/{n}</link>\
         <description>{text}</description>\
         <pubDate>Sun, 22 Nov 2026 {:02}:00:00 +0900</pubDate></item>",
        n % 24
    )
}

fn feed(name: &str, items: &str) -> String {
    format!("<rss version='2.0'><channel><title>{name}</title>{items}</channel></rss>")
}

/// A feed that says what is in it now.
fn living(now: &Arc<Mutex<String>>) -> Reply {
    let now = now.clone();
    Reply::Raw(Box::new(move |stream: &mut TcpStream| {
        let body = now.lock().unwrap().clone();
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n",
            body.len()
        );
        let _ = stream.write_all(head.as_bytes());
        let _ = stream.write_all(body.as_bytes());
    }))
}

/// A library that is subscribed to a feed with nothing in it, under these settings; the feed is
/// filled by the test.
fn subscribed(settings: &str) -> (Server, Sandbox, Arc<Mutex<String>>) {
    let now = Arc::new(Mutex::new(feed(
        "강물일보",
        &item(1, "첫 소식", "강이 흐른다."),
    )));
    let server = Server::start([("/rss", living(&now))]);
    let sandbox = Sandbox::new();
    sandbox.file("config.toml", settings);
    assert_eq!(sandbox.run(&["add", &server.url("/rss")]).code, 0);
    let ran = sandbox.run(&["refresh", "--all"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    (server, sandbox, now)
}

fn titles(sandbox: &Sandbox, args: &[&str]) -> Vec<String> {
    let ran = sandbox.run(&[args, &["--json"]].concat());
    let title = |line: &str| {
        let row: Value = serde_json::from_str(line).unwrap();
        row["title"].as_str().unwrap().to_owned()
    };
    let mut found: Vec<String> = ran.out.lines().map(title).collect();
    found.sort();
    found
}

const NEWS: [(u32, &str, &str); 4] = [
    (2, "금리 그대로", "한국은행이 기준금리를 묶었다."),
    (3, "축구 결승 오늘", "두 팀이 만난다."),
    (4, "운세 한 줄", "오늘은 맑다."),
    (5, "도서관 밤에도", "새 도서관이 문을 열었다."),
];

fn news() -> String {
    let items: String = NEWS
        .iter()
        .map(|(n, title, text)| item(*n, title, text))
        .collect();
    feed("강물일보", &items)
}

#[test]
fn rules_act_in_order_once_and_a_wrong_one_costs_its_line() {
    let settings = "[[rules]]\nwhen = \"운세\"\ndo = [\"mute\"]\n\
        [[rules]]\nwhen = \"(금리\"\ndo = [\"scrap\"]\n\
        [[rules]]\nwhen = \"금리\"\ndo = [\"tag 경제\", \"mark-read\"]\n\
        [[rules]]\nwhen = \"tag:경제\"\ndo = [\"tag \\\"두 번째\\\"\"]\n\
        [[rules]]\nwhen = \"축구\"\ndo = [\"mark-read\", \"erase\"]\n\
        [[rules]]\nwhen = \"오늘은 or 도서관\"\ndo = [{ run = [\"sh\", \"-c\", \"printf '%s|%s|%s\\\\n' \\\"$1\\\" \\\"$2\\\" \\\"$3\\\" >> ran\", \"x\", \"{title}\", \"{publisher}\", \"{url}\"] }]\n";
    let (_server, sandbox, now) = subscribed(settings);
    *now.lock().unwrap() = news();
    let ran = sandbox.run(&["refresh", "--all", "--json"]);
    assert_eq!(ran.code, 0);
    let report: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&report["new"], &report["ruled"]), (&4.into(), &3.into()));
    assert!(
        ran.err.contains("config.toml:4: when = \"⟨!⟩(금리"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("config.toml:13: do = [\"erase\"]"),
        "{}",
        ran.err
    );
    assert_eq!(titles(&sandbox, &["list", "운세"]), Vec::<String>::new());
    assert_eq!(titles(&sandbox, &["list", "read"]), ["금리 그대로"]);
    assert_eq!(
        titles(&sandbox, &["list", "tag:경제", "tag:\"두 번째\""]),
        ["금리 그대로"]
    );
    // What an earlier rule hid is none of a later one's.
    let heard = std::fs::read_to_string(sandbox.path("ran")).unwrap();
    assert_eq!(heard, "도서관 밤에도|강물일보|https://river.example/5\n");
    // Again: nothing is done twice, also where the reader has undone it.
    assert_eq!(sandbox.run(&["mark", "unread", "금리"]).code, 0);
    let again = sandbox.run(&["refresh", "--all", "--json"]);
    assert!(again.out.contains("\"ruled\":0"), "{}", again.out);
    assert_eq!(titles(&sandbox, &["list", "read"]), Vec::<String>::new());
    // A mute rule that goes shows what it hid, and not what a rule hides.
    assert_eq!(sandbox.run(&["mute", "add", "축구"]).code, 0);
    assert_eq!(sandbox.run(&["mute", "remove", "축구"]).code, 0);
    assert_eq!(titles(&sandbox, &["list", "운세"]), Vec::<String>::new());
    assert_eq!(titles(&sandbox, &["list", "축구"]), ["축구 결승 오늘"]);
}

#[test]
fn what_rules_would_do_is_shown_and_nothing_is_done() {
    let settings = "[[rules]]\nwhen = \"강\"\ndo = [\"scrap\", { run = [\"touch\", \"ran\"] }]\n";
    let (_server, sandbox, _) = subscribed("");
    sandbox.file("config.toml", settings);
    let shown = sandbox.run(&["rules", "test", "--json"]);
    let rule: Value = serde_json::from_str(shown.ok()).unwrap();
    assert_eq!(rule["articles"][0]["title"], "첫 소식");
    assert_eq!(rule["do"][1], "run touch ran");
    assert!(sandbox.run(&["rules", "test"]).ok().contains("첫 소식"));
    assert_eq!(
        sandbox.run(&["rules", "test", "없는말", "--json"]).json()["articles"],
        Value::Array(Vec::new())
    );
    assert!(
        sandbox
            .run(&["rules"])
            .ok()
            .contains("config.toml:1\t강\tscrap, run touch ran")
    );
    assert!(!sandbox.path("ran").exists());
    assert_eq!(
        titles(&sandbox, &["list", "scrapped"]),
        Vec::<String>::new()
    );
    // A rule that is new acts on what comes from now on.
    let again = sandbox.run(&["refresh", "--all", "--json"]);
    assert!(again.out.contains("\"ruled\":0"), "{}", again.out);
    sandbox.file("config.toml", "[[rules]]\nwhen = \"\"\ndo = []\n");
    assert!(
        sandbox
            .run(&["rules", "test"])
            .err
            .contains("config.toml:1")
    );
    assert_eq!(sandbox.run(&["rules"]).code, 1);
}

/// Settings under which an alert adds a line to the file `told`.
const TELLS: &str = "[alerts]\ncommand = [\"sh\", \"-c\", \"printf '%s\\\\n' \\\"$1\\\" >> told\", \"x\", \"{title}\"]\n";

fn told(sandbox: &Sandbox) -> Vec<String> {
    let text = std::fs::read_to_string(sandbox.path("told")).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

const STORY: &str = "정부는 내년 예산을 올해보다 늘린 칠백조 원으로 짜서 국회에 냈다고 기획재정부가 밝혔다. \
    늘어난 돈은 돌봄과 연구개발에 먼저 쓰인다. 국회는 다음 달 이일까지 예산안을 심사한다.";

#[test]
fn a_story_is_alerted_of_once_whoever_prints_it_and_a_correction_once_more() {
    let settings = format!(
        "{TELLS}[[rules]]\nwhen = \"예산 or 도서관\"\ndo = [\"notify\"]\n\
         [[rules]]\nwhen = \"changed: 예산\"\ndo = [\"notify\"]\n"
    );
    let (_server, sandbox, now) = subscribed(&settings);
    let other = Arc::new(Mutex::new(feed("산들신문", "")));
    let second = Server::start([("/rss", living(&other))]);
    *other.lock().unwrap() = feed(
        "산들신문",
        &item(1, "날씨 맑음", "산에 해가 떴다.").replace("river", "hill"),
    );
    assert_eq!(sandbox.run(&["add", &second.url("/rss")]).code, 0);
    let first = item(7, "정부 예산 칠백조 원 국회로", STORY);
    *now.lock().unwrap() = feed(
        "강물일보",
        &(first.clone() + &item(5, "도서관 밤에도", "새 도서관이 문을 열었다.")),
    );
    assert_eq!(sandbox.run(&["refresh", "--all"]).code, 0);
    let mut heard = told(&sandbox);
    heard.sort();
    assert_eq!(heard, ["도서관 밤에도", "정부 예산 칠백조 원 국회로"]);
    // The same story elsewhere.
    *other.lock().unwrap() = feed(
        "산들신문",
        &item(8, "내년 예산 칠백조 원…정부, 국회에 내", STORY).replace("river", "hill"),
    );
    assert_eq!(sandbox.run(&["refresh", "--all"]).code, 0);
    assert_eq!(told(&sandbox).len(), 2, "{:?}", told(&sandbox));
    // Rewritten: told once, as that.
    for sum in ["팔백조", "구백조"] {
        *now.lock().unwrap() = feed("강물일보", &first.replace("칠백조", sum));
        assert_eq!(sandbox.run(&["refresh", "--all"]).code, 0);
        assert_eq!(told(&sandbox).len(), 3, "{sum}: {:?}", told(&sandbox));
    }
}

#[test]
fn nothing_is_told_in_quiet_hours_nor_afterwards() {
    let rule = "[[rules]]\nwhen = \"금리\"\ndo = [\"notify\"]\n";
    let quiet = TELLS.replace("[alerts]\n", "[alerts]\nquiet = \"00:00-00:00\"\n");
    let (_server, sandbox, now) = subscribed(&format!("{quiet}{rule}"));
    *now.lock().unwrap() = news();
    assert_eq!(sandbox.run(&["refresh", "--all"]).code, 0);
    sandbox.file("config.toml", format!("{TELLS}{rule}"));
    assert_eq!(sandbox.run(&["refresh", "--all"]).code, 0);
    assert_eq!(told(&sandbox), Vec::<String>::new());
}

#[test]
fn a_command_that_fails_is_named_and_no_headline_passes_for_an_option() {
    let settings = "[[rules]]\nwhen = \"읽을\"\ndo = [{ run = [\"no-such-program\"] }, \
        { run = [\"sh\", \"-c\", \"printf '%s' \\\"$1\\\" > ran\", \"x\", \"{title}\"] }]\n";
    let (_server, sandbox, now) = subscribed(settings);
    let hostile = "--help; rm {url} $(id) 읽을 것";
    *now.lock().unwrap() = feed("강물일보", &item(2, hostile, "글"));
    let ran = sandbox.run(&["refresh", "--all"]);
    assert!(
        ran.err.contains("config.toml:1: no-such-program"),
        "{}",
        ran.err
    );
    let given = std::fs::read_to_string(sandbox.path("ran")).unwrap();
    assert_eq!(given, format!(" {hostile}"));
}

#[cfg(unix)]
#[test]
fn in_the_reader_the_terminal_alerts_and_one_key_undoes_all() {
    let settings = "network.refresh_every = 0\nnetwork.fetch_ahead = false\n[alerts]\nmeans = \"osc777\"\nbell = true\n\
        [[rules]]\nwhen = \"금리\"\ndo = [\"notify\", \"tag 경제\", \"mark-read\"]\n\
        [[rules]]\nwhen = \"운세\"\ndo = [\"mute\"]\n\
        [[rules]]\nwhen = \"경보\"\ndo = [\"notify\"]\n";
    let (_server, sandbox, now) = subscribed(settings);
    let mut pty = Pty::start(&sandbox, &[], &[], (100, 30));
    pty.wait_for("첫 소식");
    let hostile = item(9, "경보 ]777;notify;x;y &#27;]52;c;QQ==&#7; &#155;2J", "글");
    *now.lock().unwrap() = news().replace("</channel>", &format!("{hostile}</channel>"));
    pty.send("R");
    pty.wait_for("도서관 밤에도");
    pty.wait_for("u 되돌리기");
    pty.wait_bytes("\x1b]777;notify;gisa: 강물일보;금리 그대로\x1b\\\x07");
    pty.wait_bytes("\x1b]777;notify;gisa: 강물일보;경보 ]777,notify,x,y");
    let bytes = pty.bytes();
    let text = String::from_utf8_lossy(&bytes);
    assert!(!text.contains("]52;") && !text.contains('\u{9b}'));
    pty.wait("the hidden one to go", |s| !s.contents().contains("운세"));
    let listed = || titles(&sandbox, &["list", "tag:경제"]);
    assert_eq!(listed(), ["금리 그대로"]);
    pty.send("u");
    pty.wait_for("운세 한 줄");
    for _ in 0..100 {
        if listed().is_empty() && titles(&sandbox, &["list", "read"]).is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(listed(), Vec::<String>::new());
    assert_eq!(titles(&sandbox, &["list", "read"]), Vec::<String>::new());
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    pty.is_restored();
}
