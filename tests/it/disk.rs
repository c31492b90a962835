//! A disk that fails at any one call: every write, sync, truncation, renaming and making of a file
//! below the data folder and of an export is made to fail once (a bad sector) or from then on (a
//! disk that is full), one after the other. One sentence is said, what was kept before is there,
//! and no half file carries a whole one's name.
//!
//! A small C library of the test's stands before the C library of the real program.

use std::path::{Path, PathBuf};
use std::process::Command;

use gisa::runtime::store::Store;

use crate::support::pages::PARAGRAPHS;
use crate::support::pty::Pty;
use crate::support::sandbox::{Ran, Sandbox, ran};
use crate::support::server::{Reply, Server};
use crate::support::skip::skip;
use crate::support::source;

const BAD_SECTOR: &str = "5";
const FULL: &str = "28";

/// Whatever writes, by the words of the command line.
const WORKS: [&[&str]; 9] = [
    &["scrap", "new.json", "--note", "메모"],
    &["refresh"],
    &["import", "--inward", "more.opml"],
    &["scraps", "import", "many"],
    &["scraps", "export", "OUT", "--format", "md"],
    &["scraps", "export", "OUT", "--format", "json"],
    &["mark", "read", "소식"],
    &["print", "new.json", "--to", "OUT/page.txt"],
    &["doctor", "--rescue"],
];

fn article(n: usize) -> String {
    let blocks = serde_json::json!([{"kind": "paragraph", "text": PARAGRAPHS.join(" ")}]);
    serde_json::json!({"url": format!("https://garam.example/{n}"), "title": format!("스크랩 {n}번"), "blocks": blocks})
        .to_string()
}

/// Builds the library that stands before the C library; records a skip where no compiler can.
fn failing_disk(sandbox: &Sandbox) -> Option<PathBuf> {
    let built = sandbox.path("failing.so");
    let source = source::root().join("tests/it/disk/failing.c");
    let compiled = Command::new("cc")
        .args(["-shared", "-fPIC", "-O1", "-o"])
        .arg(&built)
        .arg(source)
        .arg("-ldl")
        .status();
    if compiled.is_ok_and(|status| status.success()) {
        return Some(built);
    }
    skip("no C compiler that makes shared libraries");
    None
}

/// Copies a folder of plain files and folders.
fn copied(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copied(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

struct Bench {
    sandbox: Sandbox,
    library: PathBuf,
    /// Asked by each refresh.
    _server: Server,
}

impl Bench {
    /// A library with two scraps and a subscription, and what the works read.
    fn new() -> Option<Self> {
        let sandbox = Sandbox::new();
        let library = failing_disk(&sandbox)?;
        let item = |n: usize| {
            format!(
                "<item><title>{n}번 소식</title><link>https://garam.example/i/{n}</link><description>{}</description></item>",
                PARAGRAPHS[n % 5]
            )
        };
        let items: String = (0..8).map(item).collect();
        let rss =
            format!("<rss version=\"2.0\"><channel><title>가람신문</title>{items}</channel></rss>");
        let server = Server::start([("/rss", Reply::Body(200, "text/xml", rss.into_bytes()))]);
        sandbox.file(
            "first.opml",
            format!(
                "<opml><outline xmlUrl=\"{}\" text=\"가람\"/></opml>",
                server.url("/rss")
            ),
        );
        let more: String = (0..20)
            .map(|n| format!("<outline text=\"{n}\" xmlUrl=\"https://{n}.example/\"/>"))
            .collect();
        sandbox.file("more.opml", format!("<opml>{more}</opml>"));
        sandbox.file("new.json", article(9));
        for n in 0..2 {
            let file = sandbox.file("old.json", article(n));
            sandbox.run(&["scrap", &file]).ok();
            sandbox.file(&format!("many/{n}.json"), article(20 + n));
        }
        sandbox.run(&["import", "--inward", "first.opml"]).ok();
        std::fs::create_dir_all(sandbox.path("data/out")).unwrap();
        std::fs::rename(sandbox.path("data"), sandbox.path("before")).unwrap();
        Some(Self {
            sandbox,
            library,
            _server: server,
        })
    }

    /// One work on a fresh copy, its call number `at` failing (0: none); what it said and how many
    /// calls there were.
    fn run(&self, work: &[&str], at: usize, error: &str) -> (Ran, usize) {
        let data = self.sandbox.path("data");
        let _ = std::fs::remove_dir_all(&data);
        copied(&self.sandbox.path("before"), &data);
        // Whole paths: the library in front goes by them.
        let out = data.join("out");
        let words: Vec<String> = work
            .iter()
            .map(|word| word.replace("OUT", &out.to_string_lossy()))
            .collect();
        let mut command = self
            .sandbox
            .command(&words.iter().map(String::as_str).collect::<Vec<_>>());
        command
            .env("LD_PRELOAD", &self.library)
            .env("BAD_DISK_UNDER", &data)
            .env("BAD_DISK_AT", at.to_string())
            .env("BAD_DISK_ERROR", error)
            .env("BAD_DISK_COUNT", self.sandbox.path("count"));
        let ran = ran(command.output().unwrap());
        let count = std::fs::read_to_string(self.sandbox.path("count"))
            .ok()
            .and_then(|n| n.parse().ok());
        (ran, count.unwrap_or(0))
    }

    /// What must hold after it.
    #[track_caller]
    fn is_sound(&self, what: &str, ran: &Ran) {
        // A refresh counts feeds there as well.
        for line in ran
            .err
            .lines()
            .filter(|l| !l.starts_with(|c: char| c.is_ascii_digit()))
        {
            assert!(
                line.starts_with("gisa: ") && line.chars().count() < 400,
                "{what}: {line}"
            );
        }
        assert!(
            ran.code == 0 || ran.err.contains("gisa: ") || !ran.out.is_empty(),
            "{what}: fails without a word"
        );
        assert!(
            (0..=1).contains(&ran.code),
            "{what}: {} {}",
            ran.code,
            ran.err
        );
        let store = Store::open(&self.sandbox.path("data/library.db"))
            .unwrap_or_else(|e| panic!("{what}: {e}"));
        assert_eq!(store.check().unwrap(), Vec::<String>::new(), "{what}");
        let kept: Vec<String> = store
            .scraps()
            .unwrap()
            .iter()
            .map(|s| s.title.to_string())
            .collect();
        for n in [0, 1, 9, 20, 21] {
            let title = format!("스크랩 {n}번");
            let said = n < 2
                || ran.code == 0 && ran.out.contains(&title) && ran.out.contains("스크랩했습니다");
            assert!(
                !said || kept.contains(&title),
                "{what}: {title} is lost; {kept:?}"
            );
        }
        for entry in std::fs::read_dir(self.sandbox.path("data/out"))
            .into_iter()
            .flatten()
        {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let whole = match path.extension().and_then(|e| e.to_str()) {
                Some("json") => serde_json::from_str::<serde_json::Value>(&text).is_ok(),
                Some("md" | "txt") => text.contains(PARAGRAPHS[4].split(' ').next_back().unwrap()),
                // What was under way carries another name.
                _ => true,
            };
            assert!(whole, "{what}: {} is cut", path.display());
        }
    }
}

#[expect(
    clippy::print_stderr,
    reason = "figures for whoever runs it with --nocapture"
)]
#[cfg(feature = "print")]
#[test]
fn a_disk_that_fails_at_any_call_costs_a_sentence() {
    let Some(bench) = Bench::new() else { return };
    let (mut tried, mut failed) = (0, 0);
    for work in WORKS {
        let (unharmed, calls) = bench.run(work, 0, BAD_SECTOR);
        assert!(
            unharmed.code == 0 && !unharmed.err.contains("gisa"),
            "{work:?}: {} {}",
            unharmed.out,
            unharmed.err
        );
        assert!(calls > 0, "{work:?} is not seen to write");
        for error in [BAD_SECTOR, FULL] {
            for at in 1..=calls {
                let (ran, _) = bench.run(work, at, error);
                bench.is_sound(
                    &format!("{work:?}, call {at} of {calls}, errno {error}"),
                    &ran,
                );
                tried += 1;
                failed += usize::from(ran.code != 0);
            }
        }
    }
    eprintln!("{tried} calls failed, {failed} of them ended the work with a sentence");
    assert!(
        failed * 3 > tried,
        "too few failures were noticed: {failed} of {tried}"
    );
}

#[test]
fn a_library_taken_away_under_the_reader_costs_a_sentence() {
    let sandbox = Sandbox::new();
    sandbox.file("in/1.json", article(1));
    sandbox.file("in/2.json", article(2));
    let collection = sandbox.path("in").to_string_lossy().into_owned();
    let mut pty = Pty::start(&sandbox, &[&collection], &[], (100, 30));
    pty.wait_for("스크랩 1번");
    pty.send("\rs");
    pty.wait_for("스크랩했습니다");
    std::fs::remove_dir_all(sandbox.path("data")).unwrap();
    pty.send("q");
    pty.wait_for("스크랩 2번");
    pty.send("j\rs");
    pty.wait("a sentence that says so", |s| {
        s.contents().contains("되돌려 놓거나")
    });
    // What is on the screen can still be read and left.
    pty.send("j");
    pty.wait_for("책방");
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    pty.is_restored();
    // The next start makes a new one.
    assert!(
        sandbox
            .run(&["scrap", "in/1.json"])
            .ok()
            .contains("스크랩 1번")
    );
}
