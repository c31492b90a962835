//! The real program killed at random moments of everything that writes: what was confirmed before
//! is there, the library opens and is sound, and every file that was exported is whole.
//!
//! `GISA_KILLS` sets the number of trials; few by default, some hundreds for a report.

use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use gisa::runtime::store::Store;

use crate::support::pages::PARAGRAPHS;
use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};

/// Trials of an ordinary run.
const USUAL: usize = 15;
/// Articles of the feed.
const ITEMS: usize = 300;

/// A small generator of numbers that need not be good, seeded by the clock: other moments in every
/// run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides.max(1)
    }
}

/// What is killed in a trial, by its name.
const WORKS: [&str; 7] = [
    "refresh",
    "scrap",
    "scraps-import",
    "import",
    "export",
    "migrate",
    "unscrap-export",
];

fn rss(turn: usize) -> Vec<u8> {
    let items: String = (0..ITEMS)
        .map(|n| format!("<item><title>{turn}회 {n}번 소식</title><link>https://garam.example/{turn}/{n}</link><description>{}</description></item>", PARAGRAPHS[n % 5]))
        .collect();
    format!("<rss version=\"2.0\"><channel><title>가람신문</title>{items}</channel></rss>")
        .into_bytes()
}

/// A scrap as `scraps import` takes it.
fn scrap(n: usize) -> String {
    let blocks = serde_json::json!([{"kind": "paragraph", "text": PARAGRAPHS.join(" ")}]);
    serde_json::json!({"url": format!("https://garam.example/scrap/{n}"), "title": format!("스크랩 {n}"), "blocks": blocks})
        .to_string()
}

/// What was confirmed, and what the trials work on.
struct Trial {
    sandbox: Sandbox,
    server: Server,
    dice: Dice,
    /// Scraps that the program said it keeps.
    confirmed: Vec<String>,
    /// How long each work takes when nobody kills it.
    usual: std::collections::HashMap<&'static str, Duration>,
    next: usize,
    killed: usize,
}

impl Trial {
    fn new() -> Self {
        let replies = (0..8_usize).map(|turn| {
            let path: &'static str = ["/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7"][turn];
            (path, Reply::Body(200, "text/xml", rss(turn)))
        });
        let seed = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_nanos() as u64;
        Self {
            sandbox: Sandbox::new(),
            server: Server::start(replies),
            dice: Dice(seed),
            confirmed: Vec::new(),
            usual: std::collections::HashMap::new(),
            next: 0,
            killed: 0,
        }
    }

    /// A scrap that was confirmed.
    fn keep_one(&mut self) {
        let n = self.next;
        self.next += 1;
        let file = self.sandbox.file("one.json", scrap(n));
        self.sandbox.run(&["scrap", &file]).ok();
        self.confirmed.push(format!("스크랩 {n}"));
    }

    /// What a work is called on the command line, with what it needs laid out.
    fn prepared(&mut self, work: &str) -> Vec<String> {
        let n = self.next;
        match work {
            "refresh" => {
                let turn = self.dice.roll(8);
                let outline = format!(
                    "<opml><outline xmlUrl=\"{}\" text=\"x\"/></opml>",
                    self.server.url(&format!("/{turn}"))
                );
                let file = self.sandbox.file("feeds.opml", outline);
                self.sandbox.run(&["import", "--inward", &file]).ok();
                vec!["refresh".to_owned()]
            }
            "scrap" => {
                self.next += 1;
                vec!["scrap".to_owned(), self.sandbox.file("two.json", scrap(n))]
            }
            "scraps-import" => {
                self.next += 30;
                for i in 0..30 {
                    self.sandbox.file(&format!("many/{i}.json"), scrap(n + i));
                }
                vec![
                    "scraps".to_owned(),
                    "import".to_owned(),
                    self.sandbox.path("many").to_string_lossy().into_owned(),
                ]
            }
            "import" => {
                let outlines: String = (0..2_000)
                    .map(|i| format!("<outline text=\"{i}\" xmlUrl=\"https://{n}.example/{i}\"/>"))
                    .collect();
                let file = self
                    .sandbox
                    .file("many.opml", format!("<opml>{outlines}</opml>"));
                // Into a library of its own: nobody wants to wait for two thousand servers that do
                // not exist.
                let other = self.sandbox.path("other").to_string_lossy().into_owned();
                vec!["--data-dir".to_owned(), other, "import".to_owned(), file]
            }
            "migrate" => {
                aged(&self.sandbox.path("data/library.db"));
                vec!["list".to_owned()]
            }
            _ => {
                let format = ["md", "html", "json"][self.dice.roll(3) as usize];
                let dir = self.sandbox.path("out").to_string_lossy().into_owned();
                ["scraps", "export", &dir, "--format", format]
                    .map(str::to_owned)
                    .to_vec()
            }
        }
    }

    /// Runs a work and kills it at a random moment of it; whether it was caught alive.
    fn run(&mut self, work: &'static str) -> bool {
        let args = self.prepared(work);
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let begun = Instant::now();
        let mut child = self
            .sandbox
            .command(&args)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let usual = self.usual.get(work).copied();
        let Some(usual) = usual else {
            child.wait().unwrap();
            self.usual.insert(work, begun.elapsed());
            return false;
        };
        let moment = Duration::from_micros(self.dice.roll(usual.as_micros() as u64 * 11 / 10));
        std::thread::sleep(moment);
        let alive = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        if !alive {
            self.usual.insert(work, begun.elapsed());
        }
        self.killed += usize::from(alive);
        alive
    }

    /// What must hold after a kill.
    fn is_sound(&self, work: &str) {
        let store = Store::open(&self.sandbox.path("data/library.db"))
            .unwrap_or_else(|e| panic!("after {work}: {e}"));
        assert_eq!(store.check().unwrap(), Vec::<String>::new(), "after {work}");
        let titles: std::collections::HashSet<String> = store
            .scraps()
            .unwrap()
            .iter()
            .map(|s| s.title.to_string())
            .collect();
        for title in &self.confirmed {
            assert!(titles.contains(title), "after {work}: {title} is lost");
        }
        for feed in store.feeds().unwrap() {
            assert!(feed.unread <= feed.articles, "after {work}: {feed:?}");
        }
        let counts = store.counts().unwrap();
        assert!(
            counts.articles.is_multiple_of(ITEMS as u64) || work != "refresh",
            "whole deliveries only: {counts:?}"
        );
        let other = self.sandbox.path("other/library.db");
        if work == "import" && other.exists() {
            let store = Store::open(&other).unwrap_or_else(|e| panic!("after {work}: {e}"));
            assert_eq!(store.check().unwrap(), Vec::<String>::new(), "after {work}");
        }
        for entry in std::fs::read_dir(self.sandbox.path("out"))
            .into_iter()
            .flatten()
        {
            let path = entry.unwrap().path();
            let text = std::fs::read_to_string(&path).unwrap();
            let whole = match path.extension().and_then(|e| e.to_str()) {
                Some("json") => serde_json::from_str::<serde_json::Value>(&text).is_ok(),
                Some("html") => text.trim_end().ends_with("</html>"),
                Some("md") => {
                    text.starts_with("---\n")
                        && text.matches("---\n").count() >= 2
                        && text.contains(PARAGRAPHS[4])
                }
                // What was under way carries another name.
                _ => true,
            };
            assert!(whole, "after {work}: {} is cut", path.display());
        }
    }
}

/// Makes a library look as the first version wrote it, so that opening it brings it up.
fn aged(path: &Path) {
    let schema = crate::support::source::root().join("assets/schema/1.sql");
    let old = path.with_file_name("old.db");
    let _ = std::fs::remove_file(&old);
    let db = rusqlite::Connection::open(&old).unwrap();
    db.execute_batch(&std::fs::read_to_string(schema).unwrap())
        .unwrap();
    db.pragma_update(None, "user_version", 1).unwrap();
    db.execute("attach ? as now", [path.to_string_lossy()])
        .unwrap();
    // What people chose to keep, and what they subscribed to, as the first version held it.
    for table in ["feed", "scrap"] {
        let columns: Vec<String> = db
            .prepare(&format!("select name from pragma_table_info('{table}')"))
            .unwrap()
            .query_map([], |r| r.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        let columns = columns.join(", ");
        db.execute_batch(&format!(
            "insert into main.{table} ({columns}) select {columns} from now.{table}"
        ))
        .unwrap();
    }
    db.execute_batch(
        "update feed set articles = 0, unread = 0; detach now; pragma journal_mode = delete",
    )
    .unwrap();
    drop(db);
    for end in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(path.with_file_name(format!("library.db{end}")));
    }
    std::fs::rename(&old, path).unwrap();
}

#[expect(
    clippy::print_stderr,
    reason = "figures for whoever runs it with --nocapture"
)]
#[test]
fn nothing_confirmed_is_lost_whenever_the_program_is_killed() {
    let trials = std::env::var("GISA_KILLS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(USUAL);
    let mut trial = Trial::new();
    trial.keep_one();
    // Once each unharmed, to learn how long it takes.
    for work in WORKS {
        trial.run(work);
    }
    let mut caught = std::collections::BTreeMap::new();
    for n in 0..trials {
        let work = WORKS[n % WORKS.len()];
        trial.keep_one();
        *caught.entry(work).or_insert(0) += usize::from(trial.run(work));
        trial.is_sound(work);
    }
    eprintln!(
        "{trials} trials, {} killed alive: {caught:?}; {} scraps confirmed, all there",
        trial.killed,
        trial.confirmed.len()
    );
    assert!(
        trial.killed * 4 >= trials,
        "too few were caught at work: {caught:?}"
    );
}
