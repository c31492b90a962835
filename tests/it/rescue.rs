//! Libraries in trouble, by the command line: damaged, emptied, of the first release, on a full or
//! write-protected disk; copies that are made of what is kept, and backups.

use std::io::Read as _;
use std::path::PathBuf;

use crate::support::pages::PARAGRAPHS;
use crate::support::pty::Pty;
use crate::support::sandbox::Sandbox;
#[cfg(target_os = "linux")]
use crate::support::sandbox::{Ran, program, ran};
#[cfg(target_os = "linux")]
use crate::support::skip::skip;
use crate::support::source;

fn scrap(sandbox: &Sandbox, n: usize) -> String {
    let blocks = serde_json::json!([{"kind": "paragraph", "text": PARAGRAPHS.join(" ")}]);
    let article = serde_json::json!({
        "url": format!("https://a.example/{n}"), "title": format!("스크랩 {n}번"), "blocks": blocks,
    });
    sandbox.file(&format!("in/{n}.json"), article.to_string())
}

/// Three scraps, one with a note, and two subscriptions.
fn laid_out() -> Sandbox {
    let sandbox = Sandbox::new();
    for n in 0..3 {
        let file = scrap(&sandbox, n);
        let note = format!("{n}번 메모");
        sandbox.run(&["scrap", &file, "--note", &note]).ok();
    }
    let opml = "<opml><outline text='가람' xmlUrl='https://garam.example/rss'/>\
                <outline text='나루' xmlUrl='https://naru.example/rss'/></opml>";
    sandbox.file("feeds.opml", opml);
    sandbox.run(&["import", "feeds.opml"]).ok();
    sandbox
}

fn copies(sandbox: &Sandbox) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(sandbox.path("data/copies"))
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .collect();
    found.sort();
    found
}

fn kept(sandbox: &Sandbox) -> (String, String) {
    let lines = |args: &[&str]| sandbox.run(args).ok().to_owned();
    (lines(&["scraps", "--json"]), lines(&["export", "out.opml"]))
}

/// Runs a script in a namespace of its own, with the program as `$GISA`; records a skip where none
/// can be had.
#[cfg(target_os = "linux")]
fn mounted(sandbox: &Sandbox, script: &str) -> Option<Ran> {
    let mut command = std::process::Command::new("unshare");
    command
        .args(["-rm", "sh", "-c", script])
        .env_clear()
        .envs(sandbox.environment())
        .env("GISA", program())
        .current_dir(sandbox.path(""));
    let ran = command.output().map(ran).ok().filter(|ran| ran.code != 9);
    if ran.is_none() {
        skip("no namespace to mount a small disk in");
    }
    ran
}

#[test]
fn what_is_kept_is_copied_by_the_command_line_and_by_the_reader() {
    let sandbox = laid_out();
    let before = copies(&sandbox);
    assert!(!before.is_empty() && before.len() <= 4, "{before:?}");
    let last = std::fs::read_to_string(before.last().unwrap()).unwrap();
    assert!(last.contains("2번 메모") && last.contains("https://naru.example/rss"));
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = before.last().unwrap().metadata().unwrap().permissions();
        assert_eq!(mode.mode() & 0o777, 0o600);
    }
    // A command that keeps nothing makes none.
    sandbox.run(&["list"]).ok();
    assert_eq!(copies(&sandbox), before);
    let file = scrap(&sandbox, 7);
    let mut pty = Pty::start(&sandbox, &[&file], &[], (100, 30));
    pty.wait_for("스크랩 7번");
    pty.send("s");
    pty.wait_for("스크랩했습니다");
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    let last = std::fs::read_to_string(copies(&sandbox).last().unwrap()).unwrap();
    assert!(last.contains("스크랩 7번"));
    let doctor = sandbox.run(&["doctor", "--json"]);
    assert!(doctor.out.contains("copies/kept-"), "{}", doctor.out);
}

#[test]
fn an_emptied_library_is_told_and_filled_from_its_copy() {
    let sandbox = laid_out();
    let before = kept(&sandbox);
    std::fs::write(sandbox.path("data/library.db"), "").unwrap();
    let doctor = sandbox.run(&["doctor"]);
    assert!(
        doctor.code == 1 && doctor.out.contains("--rescue"),
        "{}",
        doctor.out
    );
    for command in ["list", "scraps", "feeds"] {
        let ran = sandbox.run(&[command]);
        assert!(ran.err.contains("gisa doctor"), "{command}: {}", ran.err);
    }
    assert!(sandbox.run(&["doctor", "--rescue"]).ok().contains("3개"));
    assert_eq!(kept(&sandbox), before);
    // And once more there is nothing to do.
    let again = sandbox.run(&["doctor", "--rescue"]);
    assert!(again.ok().contains("이상이 없습니다"), "{}", again.out);
}

#[test]
fn where_nothing_can_be_saved_the_rescue_fails_and_says_so() {
    let sandbox = laid_out();
    let library = sandbox.path("data/library.db");
    std::fs::remove_dir_all(sandbox.path("data/copies")).unwrap();
    std::fs::write(&library, "이것은 책이다. ".repeat(500)).unwrap();
    let ran = sandbox.run(&["doctor", "--rescue"]);
    assert!(ran.sentence(1).contains("library.db.damaged-1"));
    let aside = std::fs::read_to_string(sandbox.path("data/library.db.damaged-1")).unwrap();
    assert!(aside.starts_with("이것은 책이다"));
}

#[test]
fn a_backup_is_one_file_and_comes_back() {
    let sandbox = laid_out();
    let before = kept(&sandbox);
    let said = sandbox.run(&["backup", "mine.gisa"]);
    assert!(said.ok().contains("mine.gisa"), "{}", said.out);
    // Again, over itself; but over nothing else, and never over the library.
    sandbox.run(&["backup", "mine.gisa"]).ok();
    sandbox.file("diary.txt", "일기");
    for other in ["diary.txt", "data/library.db", "in"] {
        let ran = sandbox.run(&["backup", other]);
        assert!(ran.sentence(1).contains(other), "{}", ran.err);
    }
    assert!(sandbox.run(&["backup", "none/mine.gisa"]).code == 1);
    std::fs::remove_dir_all(sandbox.path("data")).unwrap();
    sandbox.run(&["restore", "mine.gisa"]).ok();
    assert_eq!(kept(&sandbox), before);
    // Over a damaged library too, which is put aside.
    std::fs::write(sandbox.path("data/library.db"), "x".repeat(9000)).unwrap();
    sandbox.run(&["restore", "mine.gisa"]).ok();
    assert_eq!(kept(&sandbox), before);
    assert!(sandbox.path("data/library.db.damaged-1").exists());
    // A copy adds what is missing.
    let copy = copies(&sandbox)
        .into_iter()
        .rfind(|path| path.extension().is_some_and(|e| e == "jsonl"))
        .unwrap();
    sandbox.file("kept.jsonl", std::fs::read(copy).unwrap());
    std::fs::remove_dir_all(sandbox.path("data")).unwrap();
    sandbox.run(&["restore", "kept.jsonl"]).ok();
    assert_eq!(kept(&sandbox), before);
    for other in ["diary.txt", "in", "nothing"] {
        let ran = sandbox.run(&["restore", other]);
        assert!(ran.sentence(1).contains(other), "{}", ran.err);
    }
    assert_eq!(kept(&sandbox), before);
    let left: Vec<String> = std::fs::read_dir(sandbox.path(""))
        .unwrap()
        .chain(std::fs::read_dir(sandbox.path("data")).unwrap())
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("partial") || name.contains("restoring"))
        .collect();
    assert_eq!(left, Vec::<String>::new());
}

#[cfg(target_os = "linux")]
#[test]
fn a_library_that_may_not_be_written_can_be_read() {
    let sandbox = laid_out();
    let before = kept(&sandbox).0;
    let script = "mount --bind data data && mount -o remount,bind,ro data || exit 9
        \"$GISA\" scraps --json; echo rc $?; \"$GISA\" list; echo rc $?; \"$GISA\" search 가람; echo rc $?
        \"$GISA\" feeds; echo rc $?; \"$GISA\" scrap in/0.json --note 새; echo rc $?; \"$GISA\" mark read 가람; echo rc $?";
    let Some(ran) = mounted(&sandbox, script) else {
        return;
    };
    assert!(ran.out.starts_with(&before), "{} {}", ran.out, ran.err);
    assert_eq!(
        ran.out.matches("rc 0").count(),
        4,
        "{} {}",
        ran.out,
        ran.err
    );
    assert_eq!(
        ran.out.matches("rc 1").count(),
        2,
        "{} {}",
        ran.out,
        ran.err
    );
    for line in ran.err.lines() {
        assert!(line.contains("쓸 수 없는 곳"), "{}", ran.err);
    }
    assert_eq!(kept(&sandbox).0, before);
}

#[cfg(target_os = "linux")]
#[test]
fn a_library_on_a_full_disk_can_be_read() {
    let sandbox = laid_out();
    let before = kept(&sandbox).0;
    // With the journal of a program that was killed, and without.
    let script = "mkdir -p small; mount -t tmpfs -o size=4m none small || exit 9
        cp -r data/* small; cp -r data/. kept; export GISA_DATA_DIR=\"$PWD/small\"
        dd if=/dev/zero of=small/fill bs=1k 2>/dev/null
        \"$GISA\" scraps --json; echo rc $?; \"$GISA\" list; echo rc $?
        \"$GISA\" scrap in/0.json --note 새; echo rc $?; rm small/fill
        \"$GISA\" scrap in/0.json --note 새; echo rc $?";
    let Some(ran) = mounted(&sandbox, script) else {
        return;
    };
    assert!(ran.out.starts_with(&before), "{} {}", ran.out, ran.err);
    assert!(
        ran.out.matches("rc 0").count() == 3 && ran.out.contains("rc 1\n"),
        "{} {}",
        ran.out,
        ran.err
    );
    assert!(ran.err.contains("디스크가 가득 차"), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
}

/// `library-ac64b60.db.gz` was made by the program of that commit: two scraps, one with a note and a
/// label, three subscriptions, two articles, one of them read, a saved search, a mute rule.
#[test]
fn a_library_of_commit_ac64b60_opens_with_nothing_lost() {
    let sandbox = Sandbox::new();
    let packed = source::root().join("tests/it/upgrade/library-ac64b60.db.gz");
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(std::fs::File::open(packed).unwrap())
        .read_to_end(&mut bytes)
        .unwrap();
    sandbox.file("data/library.db", &bytes);
    let ids = |args: &[&str]| -> Vec<(String, bool)> {
        let said = sandbox.run(args);
        let rows = said.ok().lines();
        rows.map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            (row["id"].as_str().unwrap().to_owned(), row["read"] == true)
        })
        .collect()
    };
    assert_eq!(
        ids(&["list", "--json"]),
        [
            ("4d33dcd31b425695".to_owned(), true),
            ("1b0f1e8d45be6398".to_owned(), false)
        ]
    );
    assert_eq!(
        ids(&["scraps", "--json"]),
        [
            ("e1a2c677b3bd2103".to_owned(), false),
            ("47e07640b3afb846".to_owned(), false)
        ]
    );
    let noted = sandbox.run(&["scraps", "--find", "tag:도서관"]);
    assert!(noted.ok().contains("가람 첫 기사"), "{}", noted.out);
    let export = ["scraps", "export", "out", "--format", "json"];
    sandbox.run(&export).ok();
    let whole = std::fs::read_dir(sandbox.path("out"))
        .unwrap()
        .map(|e| std::fs::read_to_string(e.unwrap().path()).unwrap());
    let whole: String = whole.collect();
    assert!(whole.contains("옛 메모") && whole.contains("천이백 석"));
    assert_eq!(sandbox.run(&["feeds"]).ok().lines().count(), 3);
    assert!(sandbox.run(&["saved"]).ok().contains("경제 -날씨"));
    assert!(sandbox.run(&["mute"]).ok().contains("광고"));
}
