//! The real program on a real terminal: it comes, works, and leaves the terminal as it found it.

use gisa::news::{Article, Block, Clean, write};

use crate::support::pages::{self, TITLE, page};
use crate::support::pty::Pty;
use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};

const WIDE: (u16, u16) = (100, 30);

/// A directory with a long and a rich article, in this order.
fn collection(sandbox: &Sandbox) -> String {
    sandbox.file("in/1.json", write::json(&pages::long()).to_string());
    sandbox.file("in/2.json", write::json(&pages::rich()).to_string());
    sandbox.path("in").to_string_lossy().into_owned()
}

fn open(sandbox: &Sandbox, size: (u16, u16)) -> Pty {
    let dir = collection(sandbox);
    let pty = Pty::start(sandbox, &[&dir], &[], size);
    pty.wait_for("강변길 서른 곳");
    pty
}

#[test]
fn it_opens_scrolls_resizes_and_leaves_in_order() {
    let sandbox = Sandbox::new();
    let mut pty = open(&sandbox, WIDE);
    pty.wait("its own screen, no cursor", |s| {
        s.alternate_screen() && s.hide_cursor()
    });
    pty.wait_for("1번째 문단이다");
    assert!(!pty.is_cooked());
    pty.send("\r20j");
    pty.wait("the text scrolled", |s| !s.contents().contains("길 1곳"));
    pty.send("G");
    pty.wait_for("30번째 문단이다");
    pty.send("J");
    pty.wait_for("골목 음악회");
    for (width, height) in [(40, 15), (10, 3), (200, 50)] {
        pty.resize(width, height);
        pty.send("\x0c");
        if width >= 20 {
            pty.wait_for("가람시 오솔골");
        } else {
            pty.wait("a word on the size", |s| !s.contents().contains("가람시"));
        }
    }
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    pty.is_restored();
}

#[test]
fn signals_that_end_it_leave_the_terminal_in_order() {
    for signal in [
        "TERM", "HUP", "INT", "RTMIN", "RTMAX-3", "QUIT", "USR1", "USR2", "ALRM", "VTALRM", "PROF",
        "XCPU", "XFSZ", "ABRT", "TRAP", "SYS", "IO",
    ] {
        let sandbox = Sandbox::new();
        let mut pty = open(&sandbox, WIDE);
        pty.send("\r");
        pty.wait_for("1번째 문단이다");
        pty.signal(signal);
        assert_eq!(pty.ended().exit_code(), 0, "{signal}");
        pty.is_restored();
    }
}

#[test]
fn an_overlong_answer_to_the_first_questions_holds_nothing_up() {
    let sandbox = Sandbox::new();
    let dir = collection(&sandbox);
    let mut pty = Pty::start(&sandbox, &[&dir], &[], WIDE);
    pty.wait("its own screen", vt100::Screen::alternate_screen);
    // Read as keys, these would quit, scrap and delete.
    let answer = format!("\x1bP>|{}\x1b\\", "Qsd7".repeat(1 << 19));
    pty.send(&answer);
    pty.wait_for("1번째 문단이다");
    pty.send("\r");
    pty.wait_for("길 1곳");
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    pty.is_restored();
    assert_eq!(sandbox.run(&["scraps", "--json"]).ok(), "");
}

#[cfg(target_os = "linux")]
#[test]
fn it_stops_and_comes_back_with_the_whole_screen() {
    let sandbox = Sandbox::new();
    let mut pty = open(&sandbox, WIDE);
    pty.send("\r");
    pty.wait_for("1번째 문단이다");
    for stop in ["\x1a", "TSTP"] {
        if stop == "TSTP" {
            pty.signal(stop);
        } else {
            pty.send(stop);
        }
        pty.wait("the shell's screen", |s| {
            !s.alternate_screen() && !s.hide_cursor()
        });
        let state = || std::fs::read_to_string(format!("/proc/{}/stat", pty.id)).unwrap();
        while !state().contains(") T ") {
            std::thread::yield_now();
        }
        assert!(pty.is_cooked());
        pty.signal("CONT");
        pty.wait("its own screen again", |s| {
            s.alternate_screen() && s.contents().contains("1번째 문단이다")
        });
    }
    pty.send("j");
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    pty.is_restored();
}

#[test]
fn a_scrap_outlives_the_program_however_it_ends() {
    let sandbox = Sandbox::new();
    let mut pty = open(&sandbox, WIDE);
    pty.send("\rs");
    pty.wait_for("스크랩했습니다");
    let mut listed = String::new();
    for _ in 0..200 {
        listed = sandbox.run(&["scraps"]).ok().to_owned();
        if listed.contains("강변길") {
            break;
        }
    }
    assert!(listed.contains("강변길 서른 곳"), "{listed}");
    pty.signal("KILL");
    pty.ended();
    std::fs::remove_dir_all(sandbox.path("in")).unwrap();
    let mut pty = Pty::start(&sandbox, &[], &[], WIDE);
    pty.wait_for("견본");
    pty.send("S");
    pty.wait_for("강변길 서른 곳");
    pty.wait_for("1번째 문단이다");
    pty.send("d");
    pty.wait_for("스크랩이 없습니다");
    pty.wait_for("u ");
    pty.send("u");
    pty.wait_for("1번째 문단이다");
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    assert!(sandbox.run(&["scraps"]).ok().contains("강변길"));
}

#[test]
fn a_deletion_undone_while_another_writes_leaves_the_scrap() {
    let sandbox = Sandbox::new();
    let mut pty = open(&sandbox, WIDE);
    pty.send("\rsS");
    pty.wait_for("스크랩했습니다");
    pty.wait_for("강변길 서른 곳");
    let library = rusqlite::Connection::open(sandbox.path("data/library.db")).unwrap();
    while library.execute_batch("BEGIN IMMEDIATE").is_err() {}
    // Neither the deletion nor what undoes it can be written before the program is told to quit.
    pty.send("duQ");
    std::thread::sleep(std::time::Duration::from_millis(300));
    library.execute_batch("ROLLBACK").unwrap();
    assert_eq!(pty.ended().exit_code(), 0);
    assert!(sandbox.run(&["scraps"]).ok().contains("강변길"));
}

#[test]
fn what_was_chosen_is_there_the_next_time() {
    let sandbox = Sandbox::new();
    let mut pty = open(&sandbox, WIDE);
    pty.send("\r-");
    pty.wait_for("글자크기: 작게");
    pty.send("Q");
    pty.ended();
    let mut pty = Pty::start(
        &sandbox,
        &[&sandbox.path("in").to_string_lossy()],
        &[],
        WIDE,
    );
    pty.wait_for("1번째 문단이다");
    pty.send("F");
    pty.wait_for("> 작게");
}

#[test]
fn a_hostile_article_says_nothing_to_the_terminal() {
    let sandbox = Sandbox::new();
    let evil = "\u{1b}]0;owned\u{7}\u{1b}[2Jowned\u{9b}31m\u{202e}\u{2066}\u{90}q\u{9d}52;c;AAAA\u{9c}\r\u{8}";
    let article = Article {
        url: None,
        ..pages::short()
    };
    let mut json = write::json(&article);
    json["title"] = format!("제목{evil}끝").into();
    json["publisher"] = evil.into();
    json["subheads"] = serde_json::json!([evil]);
    json["bylines"] = serde_json::json!([{"name": evil, "role": evil, "email": evil}]);
    json["copyright"] = evil.into();
    json["blocks"] = serde_json::json!([
        {"kind": "paragraph", "text": format!("본문{evil}끝. 둘째 문장이다."), "links": [{"start": 0, "end": 2, "url": evil}]},
        {"kind": "code", "text": evil}, {"kind": "list", "items": [evil, "항목"]}, {"kind": "table", "rows": [[evil, "칸"]]},
        {"kind": "image", "url": evil, "alt": evil, "caption": evil, "credit": evil}, {"kind": "embed", "url": evil, "title": evil},
    ]);
    sandbox.file("in/a.json", json.to_string());
    sandbox.file(
        "in/\u{1b}]0;owned\u{7}\u{202e}.html",
        page().replace(TITLE, &format!("다리{evil}밑")),
    );
    let missing = "\u{1b}]0;owned\u{7}\u{202e}none.html";
    let dir = sandbox.path("in").to_string_lossy().into_owned();
    let mut pty = Pty::start(&sandbox, &[&dir, missing], &[], WIDE);
    pty.wait_for("제목");
    pty.send("G\r");
    pty.wait_for("둘째 문장이다");
    pty.send("v");
    pty.wait_for("1.");
    pty.send("vs");
    pty.wait_for("스크랩했습니다");
    pty.send("KFjqS");
    pty.wait_for("스크랩 1");
    pty.send("Q");
    pty.ended();
    let bytes = pty.bytes();
    let out = String::from_utf8(bytes).unwrap();
    for bad in [
        "\x1b]0;",
        "\x1b]52",
        "\u{9b}",
        "\u{9d}",
        "\u{90}",
        "\u{9c}",
        "\u{202e}",
        "\u{2066}",
        "\x07",
        "\x1b[2Jowned",
    ] {
        assert!(!out.contains(bad), "{bad:?}");
    }
    for args in [
        &["extract", missing][..],
        &["read", &dir],
        &["extract", &dir],
        &["scraps"],
        &["scraps", "--json"],
    ] {
        let ran = sandbox.run(args);
        let all = ran.out + &ran.err;
        assert!(
            !all.contains(['\x1b', '\x07', '\u{9b}', '\u{202e}', '\u{2066}']),
            "{args:?}: {all:?}"
        );
    }
}

#[test]
fn no_color_means_no_colour() {
    let sandbox = Sandbox::new();
    let dir = collection(&sandbox);
    let mut pty = Pty::start(
        &sandbox,
        &[&dir],
        &[("NO_COLOR", "1"), ("COLORTERM", "truecolor")],
        WIDE,
    );
    pty.wait_for("1번째 문단이다");
    pty.send("\rvF");
    pty.wait_for("아주 크게");
    pty.send("q?");
    pty.wait_for("한 줄 아래로");
    pty.send("qQ");
    pty.ended();
    assert_eq!(
        colours(&String::from_utf8(pty.bytes()).unwrap()),
        Vec::<String>::new()
    );
}

#[test]
fn colours_are_those_that_the_terminal_has() {
    let sandbox = Sandbox::new();
    let dir = collection(&sandbox);
    sandbox.file("config.toml", "theme = \"dark\"\n");
    for (term, colorterm, wanted, unwanted) in [
        ("xterm-256color", "", "8;5;", "8;2;"),
        ("xterm-256color", "truecolor", "8;2;", "8;5;"),
    ] {
        let mut pty = Pty::start(
            &sandbox,
            &[&dir],
            &[("TERM", term), ("COLORTERM", colorterm)],
            WIDE,
        );
        pty.wait_for("1번째 문단이다");
        pty.send("Q");
        pty.ended();
        let codes = colours(&String::from_utf8(pty.bytes()).unwrap()).join(" ");
        assert!(
            codes.contains(wanted) && !codes.contains(unwanted),
            "{term} {colorterm}: {codes}"
        );
    }
}

/// The colour codes in a stream, but for "as usual".
fn colours(out: &str) -> Vec<String> {
    let sequences = out.split("\x1b[").skip(1).filter_map(|s| {
        let end = s.find(|c: char| !c.is_ascii_digit() && c != ';')?;
        s[end..].starts_with('m').then(|| s[..end].to_owned())
    });
    let is_colour = |s: &String| {
        let code = s.split(';').next().unwrap_or_default();
        s.contains(";5;")
            || s.contains(";2;")
            || matches!(code.parse(), Ok(30..=38_u8 | 40..=48 | 90..=107))
    };
    sequences.filter(is_colour).collect()
}

#[test]
fn a_dumb_terminal_gets_plain_text() {
    let sandbox = Sandbox::new();
    let dir = collection(&sandbox);
    let pty = Pty::start(&sandbox, &[&dir], &[("TERM", "dumb")], (100, 200));
    assert_eq!(pty.ended().exit_code(), 0);
    pty.wait_for("30번째 문단이다");
    assert!(!pty.bytes().contains(&0x1b));
}

#[test]
fn an_article_from_a_pipe_opens_and_keys_come_from_the_terminal() {
    let sandbox = Sandbox::new();
    collection(&sandbox);
    let mut pty = Pty::shell(&sandbox, "cat in/1.json | \"$GISA\" -", WIDE);
    pty.wait_for("1번째 문단이다");
    pty.send("G");
    pty.wait_for("30번째 문단이다");
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    pty.is_restored();
}

#[test]
fn pasted_text_presses_no_keys() {
    let sandbox = Sandbox::new();
    let mut pty = open(&sandbox, WIDE);
    pty.wait_for("1번째 문단이다");
    pty.send("\x1b[200~QqSd\x1b[201~?");
    pty.wait_for("한 줄 아래로");
    pty.send("qQ");
    assert_eq!(pty.ended().exit_code(), 0);
}

#[test]
fn wrong_settings_and_a_damaged_library_are_told_and_reading_goes_on() {
    let sandbox = Sandbox::new();
    let dir = collection(&sandbox);
    sandbox.file("config.toml", "[reading]\nmesure = 3\n");
    let mut pty = Pty::start(&sandbox, &[&dir], &[], (160, 30));
    pty.wait_for("mesure");
    pty.wait_for("1번째 문단이다");
    pty.send("Q");
    pty.ended();
    std::fs::remove_file(sandbox.path("config.toml")).unwrap();
    sandbox.file(
        "data/library.db",
        "this is no library, but it is long enough to be looked at".repeat(100),
    );
    let mut pty = Pty::start(&sandbox, &[&dir], &[], (160, 30));
    pty.wait_for("1번째 문단이다");
    pty.send("\rs");
    pty.wait("a word on the library", |s| {
        s.contents().contains("gisa doctor")
    });
    pty.wait("no mark on the row", |s| !s.contents().contains('★'));
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    pty.is_restored();
}

#[test]
fn what_a_second_program_fetches_appears_in_the_open_reader() {
    let feed = |n: usize| {
        let items: String = (0..n)
            .map(|i| {
                format!(
                    "<item><title>{i}번째 소식</title><link>https://river.example/{i}</link>\
                     <description>짧은 글 {i}</description><pubDate>Sun, 22 Nov 2026 0{i}:00:00 +0900</pubDate></item>"
                )
            })
            .collect();
        let text =
            format!("<rss version='2.0'><channel><title>강물일보</title>{items}</channel></rss>");
        Reply::Body(200, "application/rss+xml", text.into_bytes())
    };
    let server = Server::start([("/rss", feed(1)), ("/more", feed(3))]);
    let sandbox = Sandbox::new();
    sandbox.file("config.toml", "[network]\nrefresh_every = 0\n");
    assert_eq!(sandbox.run(&["add", &server.url("/rss")]).code, 0);
    assert_eq!(sandbox.run(&["refresh"]).code, 0);
    let mut pty = Pty::start(&sandbox, &[], &[], WIDE);
    pty.wait_for("0번째 소식");
    assert_eq!(sandbox.run(&["add", &server.url("/more")]).code, 0);
    assert_eq!(sandbox.run(&["refresh"]).code, 0);
    pty.wait_for("2번째 소식");
    // Both may write: what is marked here is seen there.
    pty.send("A");
    pty.wait_for("되돌리기");
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    assert_eq!(sandbox.run(&["list", "unread", "--json"]).ok(), "");
}

/// The least that one of twelve keys in the list makes the program write, with an article beside
/// the list.
fn bytes_of_a_key(variables: &[(&str, &str)]) -> usize {
    let sandbox = Sandbox::new();
    for i in 10..40 {
        // No two have a letter in the same place, so that the whole page differs.
        let paragraph = |n: u32| {
            let letter = |k: u32| char::from_u32(0xac00 + (i * 977 + n * 131 + k * 31) % 11_172);
            let text: String = (0..90).filter_map(letter).collect();
            Block::paragraph(&text)
        };
        let article = Article {
            url: Some(Clean::line(&format!("https://river.example/{i}"))),
            title: Clean::line(&format!("{i}번째 강변길 이야기")),
            blocks: (0..30).map(paragraph).collect(),
            ..Article::default()
        };
        sandbox.file(&format!("in/{i}.json"), write::json(&article).to_string());
    }
    let dir = sandbox.path("in").to_string_lossy().into_owned();
    let mut pty = Pty::start(&sandbox, &[&dir], variables, (120, 40));
    pty.wait_for("21번째 강변길");
    let mut costs = Vec::new();
    for _ in 0..12 {
        let (before, written) = (pty.cursor(), pty.bytes().len());
        pty.send("j");
        pty.wait("the next row", |s| s.cursor_position() != before);
        costs.push(pty.bytes().len() - written);
    }
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    costs.into_iter().min().unwrap_or(usize::MAX)
}

#[test]
fn over_ssh_a_key_in_the_list_sends_only_what_it_changes() {
    let near = bytes_of_a_key(&[]);
    let far = bytes_of_a_key(&[("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22")]);
    assert!(far < 700, "{far} bytes for a key, {near} without SSH");
}
