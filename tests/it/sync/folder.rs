//! Two real programs with homes of their own and one folder.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use gisa::app::protocol::network::{ExchangeOutcome, NetworkJob, NetworkOutcome};
use gisa::app::{Cause, Effect, Failure, Job};
use gisa::news::{Annotation, Clean};
use gisa::runtime::store::Store;

use super::titles;
use crate::support::pages;
#[cfg(unix)]
use crate::support::pty::Pty;
use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};
use crate::support::session::{Session, start};

/// Trials of kills, unless `GISA_KILLS` sets another number.
const USUAL: u64 = 4;

fn on(folder: &Path, more: &str) -> Sandbox {
    let sandbox = Sandbox::new();
    let settings = format!("[sync]\nfolder = {:?}\n{more}", folder.to_str().unwrap());
    sandbox.file("config.toml", settings);
    sandbox
}

fn feed(articles: usize) -> Reply {
    let items: String = (0..articles)
        .map(|n| {
            format!(
                "<item><title>{n}번 소식</title><link>https://paper.example/{n}</link>
                 <description>물이 {n}번 흘렀다. 강은 길다.</description></item>"
            )
        })
        .collect();
    let whole = format!(
        "<rss version=\"2.0\"><channel><title>강 신문</title><link>https://paper.example/</link>{items}</channel></rss>"
    );
    Reply::Body(200, "application/rss+xml", whole.into_bytes())
}

/// A machine that subscribes to what `server` has, which is inside its network.
fn subscribed(folder: &Path, server: &Server) -> Sandbox {
    let sandbox = on(folder, "[network]\nhome_servers = true\n");
    sandbox.run(&["add", &server.url("/rss")]).ok();
    let store = Store::open(&sandbox.path("data/library.db")).unwrap();
    let mut added = store.feeds().unwrap()[0].feed.clone();
    added.folder = Some(Clean::line("물가"));
    store.feed_add(&added).unwrap();
    sandbox.run(&["refresh"]);
    sandbox
}

fn journals(folder: &Path) -> Vec<PathBuf> {
    let all = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    all.filter(|path| path.extension().is_some_and(|e| e == "journal"))
        .collect()
}

#[test]
fn what_one_machine_does_the_other_has() {
    let shared = tempfile::tempdir().unwrap();
    let folder = shared.path().join("gisa");
    let server = Server::start([("/rss", feed(5))]);
    let a = subscribed(&folder, &server);
    a.run(&["mark", "read", "1번"]).ok();
    a.run(&["mark", "scrapped", "2번"]).ok();
    let store = Store::open(&a.path("data/library.db")).unwrap();
    let scrap = store.scraps().unwrap()[0].id;
    let note = Annotation::Note(Some(Clean::line("다시 볼 것")));
    store.scrap_annotate(scrap, note).unwrap();
    let told = a.run(&["sync", "--lang", "en", "--offline"]);
    assert!(told.ok().contains("shared with them"), "{}", told.out);
    let b = on(&folder, "[network]\nhome_servers = true\n");
    let first = b.run(&["sync", "--json"]).json();
    assert_eq!(first["folder"]["machines"], 2);
    assert_eq!(first["folder"]["faults"], serde_json::json!([]));
    let feeds = b.run(&["feeds", "--json"]);
    assert!(
        feeds.ok().contains("물가") && feeds.out.contains("강 신문"),
        "{}",
        feeds.out
    );
    b.run(&["refresh"]);
    assert!(
        !titles(&b, &["unread"])
            .iter()
            .any(|title| title.contains("1번"))
    );
    assert_eq!(titles(&b, &["unread"]).len(), 4);
    let scraps = b.run(&["scraps", "--json"]);
    assert!(scraps.ok().contains("2번"), "{}", scraps.out);
    assert!(
        b.run(&["scraps", "--json", "--find", "다시"])
            .ok()
            .contains("2번")
    );
    // And back: the later act counts, and what is deleted stays deleted.
    b.run(&["mark", "unread", "1번"]).ok();
    b.run(&["mark", "unscrapped", "2번"]).ok();
    b.run(&["sync"]).ok();
    a.run(&["sync"]).ok();
    b.run(&["sync"]).ok();
    for machine in [&a, &b] {
        assert_eq!(titles(machine, &["unread"]).len(), 5);
        assert_eq!(machine.run(&["scraps", "--json"]).ok(), "");
        let store = Store::open(&machine.path("data/library.db")).unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
    }
    let status = a.run(&["sync", "status", "--json"]).json();
    let folder_status = &status["folder"];
    assert_eq!(folder_status["machines"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&folder_status["pending"], &folder_status["error"]),
        (&0.into(), &serde_json::Value::Null)
    );
    assert!(folder_status["last"].is_string());
    let status = a.run(&["sync", "status", "--lang", "en"]);
    assert!(status.ok().contains("this machine") && status.out.contains("Last exchange"));
    assert_eq!(journals(&folder).len(), 2);
}

#[test]
fn what_is_in_the_way_costs_a_sentence() {
    let shared = tempfile::tempdir().unwrap();
    let folder = shared.path().join("gisa");
    let a = on(&folder, "");
    a.run(&["sync"]).ok();
    let whole = std::fs::read(&journals(&folder)[0]).unwrap();
    std::fs::write(folder.join("gisa-photo.journal"), b"\xff\xd8\xff").unwrap();
    std::fs::write(folder.join("gisa-1.sync-conflict.journal"), &whole[..30]).unwrap();
    let ran = a.run(&["sync", "--lang", "en"]);
    assert_eq!(ran.code, 0);
    assert!(
        ran.err.contains("gisa-photo.journal is not a gisa file"),
        "{}",
        ran.err
    );
    assert!(ran.err.contains("breaks off in the middle"), "{}", ran.err);
    std::fs::remove_dir_all(&folder).unwrap();
    let ran = a.run(&["sync", "--lang", "en"]);
    assert!(ran.sentence(1).contains("is not there"), "{}", ran.err);
    let status = a.run(&["sync", "status", "--lang", "en"]);
    assert!(status.ok().contains("is not there"), "{}", status.out);
    // Without folder and server there is nothing to sync with.
    let none = Sandbox::new();
    assert!(
        none.run(&["sync", "--lang", "en"])
            .sentence(1)
            .contains("sync.folder")
    );
    // The key is the settings' command's, and the same on both.
    let sealed = shared.path().join("sealed");
    let key = "key_command = [\"echo\", \"열쇠\"]\n";
    on(&sealed, key).run(&["sync"]).ok();
    on(&sealed, key).run(&["sync"]).ok();
    let other = on(&sealed, "").run(&["sync", "--lang", "en"]);
    assert!(other.sentence(1).contains("are sealed"), "{}", other.err);
    let wrong = "key_command = [\"echo\", \"딴것\"]\n";
    let other = on(&sealed, wrong).run(&["sync", "--lang", "en"]);
    assert!(
        other.sentence(1).contains("doesn't open these files"),
        "{}",
        other.err
    );
    assert_eq!(journals(&sealed).len(), 2, "nothing was written");
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_gone_is_told_in_the_reader() {
    let shared = tempfile::tempdir().unwrap();
    let folder = shared.path().join("gisa");
    let a = on(&folder, "");
    a.run(&["sync"]).ok();
    std::fs::remove_dir_all(&folder).unwrap();
    let mut pty = Pty::start(&a, &[], &[], (100, 30));
    pty.wait_for("gisa 폴더가 없습니다");
    pty.send("q");
    pty.ended();
}

#[test]
fn an_exchange_that_is_killed_anywhere_is_made_good_by_the_next() {
    let trials = std::env::var("GISA_KILLS")
        .ok()
        .and_then(|n| n.parse().ok());
    let server = Server::start([("/rss", feed(200))]);
    for trial in 0..trials.unwrap_or(USUAL) {
        let shared = tempfile::tempdir().unwrap();
        let folder = shared.path().join("gisa");
        let a = subscribed(&folder, &server);
        let killed_sync = |machine: &Sandbox, wait: u64| {
            let mut command = machine.command(&["sync"]);
            command.stdout(Stdio::null()).stderr(Stdio::null());
            let mut child = command.spawn().unwrap();
            std::thread::sleep(Duration::from_millis(wait));
            child.kill().unwrap();
            child.wait().unwrap();
        };
        let b = on(&folder, "[network]\nhome_servers = true\n");
        // While it writes for the first time, while the other reads, and while it appends.
        a.run(&["mark", "read", "번"]).ok();
        killed_sync(&a, 5 + trial * 31 % 200);
        a.run(&["mark", "scrapped", "1번"]).ok();
        killed_sync(&a, 5 + trial * 47 % 150);
        a.run(&["sync"]).ok();
        killed_sync(&b, 5 + trial * 37 % 250);
        b.run(&["sync"]).ok();
        b.run(&["refresh"]);
        b.run(&["mark", "unread", "3번"]).ok();
        killed_sync(&b, 5 + trial * 29 % 150);
        b.run(&["sync"]).ok();
        let told = a.run(&["sync", "--json"]).json();
        assert_eq!(told["folder"]["faults"], serde_json::json!([]), "{trial}");
        let unread = titles(&a, &["unread"]);
        assert!(!unread.is_empty() && unread.iter().all(|title| title.contains("3번")));
        assert_eq!(unread, titles(&b, &["unread"]), "{trial}");
        let kept = |machine: &Sandbox| {
            let store = Store::open(&machine.path("data/library.db")).unwrap();
            assert_eq!(store.check().unwrap(), Vec::<String>::new());
            store
                .scraps()
                .unwrap()
                .into_iter()
                .map(|row| row.id)
                .collect::<Vec<_>>()
        };
        assert!(!kept(&a).is_empty());
        assert_eq!(kept(&a), kept(&b), "{trial}");
        assert_eq!(journals(&folder).len(), 2);
    }
}

#[cfg(unix)]
#[test]
fn the_reader_shares_what_is_done_in_it() {
    let shared = tempfile::tempdir().unwrap();
    let folder = shared.path().join("gisa");
    let server = Server::start([("/rss", feed(3))]);
    let a = subscribed(&folder, &server);
    let b = subscribed(&folder, &server);
    a.run(&["sync"]).ok();
    b.run(&["sync"]).ok();
    let mut pty = Pty::start(&a, &[], &[], (100, 30));
    pty.wait_for("0번 소식");
    pty.send("A");
    pty.wait_for("읽음");
    pty.send("q");
    pty.ended();
    assert_eq!(titles(&a, &["unread"]), Vec::<String>::new());
    b.run(&["sync"]).ok();
    assert_eq!(titles(&b, &["unread"]), Vec::<String>::new());
}

fn with_folder() -> Session {
    let mut start = start(120, 40);
    start.config.sync.folder = "/somewhere".to_owned();
    let mut s = Session::cold(start, pages::edition());
    s.settle();
    s
}

fn is_exchange(job: &Job) -> bool {
    matches!(job, Job::Network(NetworkJob::Exchange))
}

#[test]
fn a_refresh_exchanges_too_and_says_what_came() {
    let mut s = with_folder();
    let is_started = |effects: &[Effect]| {
        effects
            .iter()
            .any(|e| matches!(e, Effect::Start(_, job) if is_exchange(job)))
    };
    assert!(is_started(&s.keys("R")));
    let done = ExchangeOutcome {
        changed: 21,
        sent: 14,
        unread: None,
    };
    s.answer(is_exchange, NetworkOutcome::Exchange(Ok(Some(done))));
    let (is_failure, said) = s.notice();
    assert!(
        !is_failure && said.contains("21") && said.contains("14"),
        "{said}"
    );
    s.settle();
    s.keys("R");
    let gone = Failure::new(Cause::SyncFolder, "/somewhere");
    s.answer(is_exchange, NetworkOutcome::Exchange(Err(gone)));
    let (is_failure, said) = s.notice();
    assert!(is_failure && said.contains("/somewhere"), "{said}");
    assert!(!is_started(&Session::new(120, 40).keys("R")), "no folder");
}
