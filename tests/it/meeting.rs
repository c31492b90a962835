//! The first frame does not wait for a terminal: what it answered before is believed, what it
//! answers late is heard.

use std::time::{Duration, Instant};

use gisa::news::write;

use crate::support::pages;
use crate::support::pty::Pty;
use crate::support::sandbox::Sandbox;

const WIDE: (u16, u16) = (100, 30);
const COLOURS: [(&str, &str); 1] = [("COLORTERM", "truecolor")];
/// The ground of the light theme.
const LIGHT: &str = "48;2;251;250;246";
/// What a light terminal with the kitty keyboard answers to the second questions.
const NAMES: &str = "\x1b[?0u\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1b[?62;c";

fn start(sandbox: &Sandbox) -> Pty {
    sandbox.file("in/1.json", write::json(&pages::long()).to_string());
    let dir = sandbox.path("in").to_string_lossy().into_owned();
    Pty::start(sandbox, &[&dir], &COLOURS, WIDE)
}

fn end(mut pty: Pty) {
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    pty.is_restored();
}

#[test]
fn a_terminal_that_is_silent_at_first_is_heard_and_asked_the_rest() {
    let sandbox = Sandbox::new();
    let mut pty = start(&sandbox);
    pty.wait_for("1번째 문단이다");
    assert!(
        !String::from_utf8_lossy(&pty.bytes()).contains("\x1b[>q"),
        "its answer would come as keys"
    );
    // Keys work while it is listened to.
    pty.send("\r20j\x1b[?62;c");
    pty.wait_bytes("\x1b[>q");
    pty.send(NAMES);
    pty.wait_bytes("\x1b[>1u");
    pty.wait_bytes(LIGHT);
    pty.wait("the text, scrolled", |s| {
        s.contents().contains("번째 문단이다") && !s.contents().contains("길 1곳")
    });
    end(pty);
}

#[test]
fn what_a_terminal_answered_is_believed_the_next_time() {
    let sandbox = Sandbox::new();
    let mut pty = start(&sandbox);
    pty.wait_bytes("\x1b[c");
    pty.send("\x1b[?62;c");
    pty.wait_bytes("\x1b[>q");
    pty.send(NAMES);
    pty.wait_bytes(LIGHT);
    let deadline = Instant::now() + Duration::from_secs(30);
    while !is_kept(&sandbox) {
        assert!(Instant::now() < deadline, "what it answered is not kept");
        std::thread::yield_now();
    }
    end(pty);
    let pty = start(&sandbox);
    pty.wait_for("1번째 문단이다");
    let out = String::from_utf8_lossy(&pty.bytes()).into_owned();
    let (asked, drawn) = (out.find("\x1b[>q"), out.find("문단이다"));
    assert!(
        asked.is_some() && asked < drawn,
        "asked everything at once, before the first frame"
    );
    assert!(out.contains(LIGHT), "in its colours without an answer");
    end(pty);
}

/// Whether the library or its journal holds the ground that the terminal told.
fn is_kept(sandbox: &Sandbox) -> bool {
    let wanted = b"\"background\":[255,255,255]";
    ["library.db", "library.db-wal"].iter().any(|name| {
        let bytes = std::fs::read(sandbox.path("data").join(name)).unwrap_or_default();
        bytes.windows(wanted.len()).any(|w| w == wanted)
    })
}
