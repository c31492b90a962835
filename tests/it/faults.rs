//! The world at its worst, around the real program: full disks, disks that fail, damaged and newer
//! libraries, terminals that vanish, storms of signals, two programs at once. What was confirmed
//! stays; what could not be done has one sentence.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::time::Duration;

use crate::support::pages::PARAGRAPHS;
use crate::support::pty::Pty;
use crate::support::sandbox::{Ran, Sandbox, program, ran};
use crate::support::server::{Reply, Server};
#[cfg(target_os = "linux")]
use crate::support::skip::skip;

const WIDE: (u16, u16) = (100, 30);

fn scrap(sandbox: &Sandbox, n: usize) -> String {
    let text = PARAGRAPHS.join(" ").repeat(4);
    let blocks = serde_json::json!([{"kind": "paragraph", "text": text}]);
    let article = serde_json::json!({
        "url": format!("https://a.example/{n}"), "title": format!("스크랩 {n}번"), "blocks": blocks,
    });
    sandbox.file(&format!("scrap{n}.json"), article.to_string())
}

/// Runs a script with the program as `$GISA` in the sandbox's surroundings.
fn script(sandbox: &Sandbox, shell: &[&str], script: &str) -> Ran {
    let mut command = std::process::Command::new(shell[0]);
    command
        .args(&shell[1..])
        .args(["sh", "-c", script])
        .env_clear()
        .envs(sandbox.environment())
        .env("GISA", program());
    ran(command.current_dir(sandbox.path("")).output().unwrap())
}

/// Whether a test may mount a small disk of its own; records a skip where it may not.
#[cfg(target_os = "linux")]
fn may_mount(sandbox: &Sandbox) -> bool {
    std::fs::create_dir_all(sandbox.path("try")).unwrap();
    let tried = std::process::Command::new("unshare")
        .args(["-rm", "sh", "-c", "mount -t tmpfs none \"$0\""])
        .arg(sandbox.path("try"))
        .output();
    let may = tried.is_ok_and(|o| o.status.success());
    if !may {
        skip("no namespace to mount a small disk in");
    }
    may
}

/// What the parts of a script's output say: after each command a line `rc N`, after `check` the
/// doctor's and the scraps.
#[track_caller]
fn is_sound_after(what: &str, ran: &Ran) {
    assert!(
        ran.out.contains("checked"),
        "{what}: {} {}",
        ran.out,
        ran.err
    );
    let (done, checked) = ran.out.split_once("checked").unwrap();
    assert!(
        checked.contains("\"name\": \"integrity\"") && !checked.contains("malformed"),
        "{what}: {checked}"
    );
    let integrity = checked
        .split('{')
        .find(|part| part.contains("\"integrity\""))
        .unwrap();
    assert!(integrity.contains("\"care\": false"), "{what}: {integrity}");
    for n in 0..20 {
        // Said to be kept, so it is there.
        if done.contains(&format!("스크랩 {n}번")) {
            let listed = checked.split_once("scraps").unwrap().1;
            assert!(
                listed.contains(&format!("스크랩 {n}번")),
                "{what}: scrap {n} is lost: {listed}"
            );
        }
    }
    for line in ran.err.lines() {
        assert!(
            line.starts_with("gisa: ") && line.chars().count() < 400,
            "{what}: {line}"
        );
    }
    let failed = done
        .lines()
        .filter(|l| l.starts_with("rc ") && *l != "rc 0")
        .count();
    assert!(
        ran.err.lines().count() >= failed.min(1),
        "{what}: something failed and nothing was said: {done}"
    );
}

const WRITES: &str = "for n in 1 2 3 4 5 6; do \"$GISA\" scrap scrap$n.json; echo rc $?; done; \"$GISA\" import feeds.opml; echo rc $?; \
    \"$GISA\" scraps export data/out --format json; echo rc $?;";
const CHECK: &str = "echo checked; \"$GISA\" doctor --json; echo scraps; \"$GISA\" scraps; exit 0";

fn laid_out() -> Sandbox {
    let sandbox = Sandbox::new();
    for n in 0..8 {
        scrap(&sandbox, n);
    }
    let outlines: String = (0..300)
        .map(|n| format!("<outline text=\"{n}\" xmlUrl=\"https://{n}.example/rss\"/>"))
        .collect();
    sandbox.file("feeds.opml", format!("<opml>{outlines}</opml>"));
    sandbox
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_full_at_any_moment_costs_a_sentence() {
    let sandbox = laid_out();
    if !may_mount(&sandbox) {
        return;
    }
    std::fs::create_dir_all(sandbox.path("data")).unwrap();
    for kilobytes in [
        4, 40, 100, 140, 180, 200, 220, 240, 260, 280, 300, 340, 400, 500, 700,
    ] {
        let whole = format!(
            "mount -t tmpfs -o size={kilobytes}k none data || exit 9; \"$GISA\" scrap scrap0.json; echo rc $?; {WRITES} \
             mount -o remount,size=64m data; {CHECK}"
        );
        is_sound_after(
            &format!("{kilobytes} kB"),
            &script(&sandbox, &["unshare", "-rm"], &whole),
        );
    }
}

#[test]
fn a_write_that_fails_at_any_byte_costs_a_sentence() {
    // Files may grow to so many blocks of 512 bytes and no further: the next write fails, as on a
    // bad disk.
    for blocks in [0, 1, 8, 40, 80, 120, 160, 200, 240, 280, 320, 400, 600] {
        let sandbox = laid_out();
        sandbox.run(&["scrap", "scrap0.json"]).ok();
        let whole = format!(
            "echo '스크랩 0번'; (trap '' XFSZ; ulimit -f {blocks}; {WRITES} true); {CHECK}"
        );
        is_sound_after(
            &format!("{blocks} blocks"),
            &script(&sandbox, &["env"], &whole),
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_that_may_not_be_written_is_told_and_reading_goes_on() {
    let sandbox = laid_out();
    if !may_mount(&sandbox) {
        return;
    }
    sandbox.run(&["scrap", "scrap0.json"]).ok();
    let whole = "mount --bind data data && mount -o remount,bind,ro data || exit 9; \"$GISA\" scrap scrap1.json; echo rc $?; \
        \"$GISA\" read scrap1.json; echo rc $?";
    let ran = script(&sandbox, &["unshare", "-rm"], whole);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(
        ran.err.contains("--data-dir") && ran.out.contains("rc 1\n") && ran.out.ends_with("rc 0\n"),
        "{} {}",
        ran.out,
        ran.err
    );
    // A file where the folder should be.
    let file = sandbox.file("file", "x");
    let ran = sandbox.run(&[
        "--data-dir",
        &format!("{file}/data"),
        "scrap",
        "scrap1.json",
    ]);
    assert!(ran.sentence(1).contains("file"), "{}", ran.err);
    assert!(sandbox.run(&["scraps"]).ok().contains("스크랩 0번"));
}

#[test]
fn a_library_of_a_newer_version_is_left_as_it_is() {
    let sandbox = laid_out();
    sandbox.run(&["scrap", "scrap0.json"]).ok();
    let library = sandbox.path("data/library.db");
    let db = rusqlite::Connection::open(&library).unwrap();
    db.execute_batch("pragma user_version = 999; pragma wal_checkpoint(truncate)")
        .unwrap();
    drop(db);
    let before = std::fs::read(&library).unwrap();
    for args in [
        &["list"][..],
        &["scrap", "scrap1.json"],
        &["scraps"],
        &["import", "feeds.opml"],
        &["refresh"],
        &["doctor", "--rescue"],
    ] {
        let ran = sandbox.run(args);
        assert_eq!(ran.code, 1, "{args:?}");
        assert!(
            ran.err.contains("새로운 버전의 gisa") || ran.out.contains("새로운 버전의 gisa"),
            "{args:?}: {} {}",
            ran.out,
            ran.err
        );
    }
    assert!(
        std::fs::read(&library).unwrap() == before,
        "not a byte is changed"
    );
}

#[test]
fn scraps_are_rescued_from_a_damaged_library_that_is_kept() {
    let sandbox = laid_out();
    for n in 0..8 {
        sandbox.run(&["scrap", &format!("scrap{n}.json")]).ok();
    }
    sandbox.run(&["import", "--inward", "feeds.opml"]).ok();
    let library = sandbox.path("data/library.db");
    rusqlite::Connection::open(&library)
        .unwrap()
        .execute_batch("pragma wal_checkpoint(truncate)")
        .unwrap();
    let mut bytes = std::fs::read(&library).unwrap();
    // The head of the file, its schema, and a page in the middle.
    let page = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    let middle = bytes.len() / page / 2 * page;
    bytes[middle..middle + page].fill(0xa5);
    std::fs::write(&library, &bytes).unwrap();
    let doctor = sandbox.run(&["doctor"]);
    assert!(
        doctor.code == 1 && doctor.out.contains("--rescue"),
        "{}",
        doctor.out
    );
    let rescued = sandbox.run(&["doctor", "--rescue"]);
    assert!(
        rescued.out.contains("library.db.damaged-1"),
        "{} {}",
        rescued.out,
        rescued.err
    );
    assert!(
        std::fs::read(sandbox.path("data/library.db.damaged-1")).unwrap() == bytes,
        "the damaged file is kept"
    );
    let after = sandbox.run(&["doctor"]);
    assert!(!after.out.contains("--rescue"), "{}", after.out);
    let listed = sandbox.run(&["scraps"]);
    let held = (0..8)
        .filter(|n| listed.out.contains(&format!("스크랩 {n}번")))
        .count();
    assert!(held >= 6, "{held}: {}", listed.out);
    // Of a file that is no database at all nothing can be saved, and it is kept all the same.
    std::fs::write(&library, "이것은 책이다. ".repeat(500)).unwrap();
    for end in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(sandbox.path(&format!("data/library.db{end}")));
    }
    assert!(sandbox.run(&["scraps"]).sentence(1).contains("gisa doctor"));
    assert!(
        sandbox
            .run(&["doctor", "--rescue"])
            .out
            .contains("library.db.damaged-2")
    );
    assert!(
        std::fs::read_to_string(sandbox.path("data/library.db.damaged-2"))
            .unwrap()
            .starts_with("이것은 책이다")
    );
    // A sound library is not touched.
    let sound = sandbox.run(&["doctor", "--rescue"]);
    assert!(
        !sandbox.path("data/library.db.damaged-3").exists(),
        "{}",
        sound.out
    );
}

/// A slow server: the head of a feed at once, the rest when it is told.
fn collection(sandbox: &Sandbox) -> String {
    for n in 0..8 {
        std::fs::create_dir_all(sandbox.path("in")).unwrap();
        std::fs::copy(scrap(sandbox, n), sandbox.path(&format!("in/{n}.json"))).unwrap();
    }
    sandbox.path("in").to_string_lossy().into_owned()
}

#[test]
fn a_terminal_that_vanishes_ends_the_program_and_loses_nothing() {
    let sandbox = Sandbox::new();
    let dir = collection(&sandbox);
    for pause in 0..4 {
        let mut pty = Pty::start(&sandbox, &[&dir], &[], WIDE);
        pty.wait_for("스크랩 0번");
        pty.send(&("j".repeat(pause) + "\rs"));
        pty.wait_for("스크랩했습니다");
        // In the middle of whatever it draws for these.
        pty.send(&"jkF+-q?q".repeat(pause * 5));
        let ended = pty.hang_up();
        assert!(
            ended.recv_timeout(Duration::from_secs(30)).is_ok(),
            "it does not end"
        );
        let log = std::fs::read_to_string(sandbox.path("data/state/gisa.log")).unwrap_or_default();
        assert!(!log.contains("panic"), "{log}");
        let listed = sandbox.run(&["scraps"]);
        assert!(
            (0..=pause).all(|n| listed.ok().contains(&format!("스크랩 {n}번"))),
            "{}",
            listed.out
        );
    }
}

#[test]
fn a_storm_of_sizes_ends_in_the_last_one() {
    let sandbox = Sandbox::new();
    let dir = collection(&sandbox);
    let mut pty = Pty::start(&sandbox, &[&dir], &[], WIDE);
    pty.wait_for("스크랩 0번");
    pty.send("\r");
    for n in 0_u16..400 {
        let (width, height) =
            [(1, 1), (200, 60), (2, 40), (150, 2), (80, 24), (3, 3)][usize::from(n % 6)];
        pty.resize(width + n % 5, height);
        if n % 40 == 0 {
            pty.send("j");
        }
    }
    pty.resize(90, 28);
    pty.send("gg\x0c");
    // The last row of that size is drawn, and nothing of another's stands below or beside it.
    pty.wait("the article at the last size", |s| {
        s.contents().contains("스크랩 0번") && s.contents().lines().count() >= 26
    });
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    pty.is_restored();
}

#[cfg(target_os = "linux")]
#[test]
fn a_stop_in_the_middle_of_a_refresh_loses_nothing() {
    let sandbox = Sandbox::new();
    let (go, wait) = std::sync::mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(wait);
    let body = format!(
        "<rss version=\"2.0\"><channel><title>가람신문</title><item><title>늦은 소식</title><link>https://a.example/1</link><description>{}</description></item></channel></rss>",
        PARAGRAPHS[0]
    );
    let slow = Reply::Raw(Box::new(move |s| {
        use std::io::Write as _;
        // The first request is answered at once, for the subscription; later ones when the test
        // says so.
        static ASKED: std::sync::atomic::AtomicUsize = std::sync::atomic::AtomicUsize::new(0);
        if ASKED.fetch_add(1, std::sync::atomic::Ordering::SeqCst) > 0 {
            let _ = wait.lock().unwrap().recv_timeout(Duration::from_secs(20));
        }
        let head = format!(
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        let _ = s.write_all((head + &body).as_bytes());
    }));
    let server = Server::start([("/rss", slow)]);
    sandbox.run(&["add", &server.url("/rss")]).ok();
    let mut pty = Pty::start(&sandbox, &[], &[], WIDE);
    pty.wait("the empty library", |s| !s.contents().trim().is_empty());
    pty.send("R");
    pty.send("\x1a");
    pty.wait("the shell's screen", |s| !s.alternate_screen());
    let state = || std::fs::read_to_string(format!("/proc/{}/stat", pty.id)).unwrap();
    let begun = std::time::Instant::now();
    while !state().contains(") T ") {
        assert!(
            begun.elapsed() < Duration::from_secs(30),
            "it does not stop"
        );
        std::thread::yield_now();
    }
    go.send(()).unwrap();
    pty.signal("CONT");
    pty.wait_for("늦은 소식");
    pty.send("Q");
    assert_eq!(pty.ended().exit_code(), 0);
    pty.is_restored();
    assert!(sandbox.run(&["list"]).ok().contains("늦은 소식"));
}

#[test]
fn two_programs_keep_side_by_side() {
    let sandbox = Sandbox::new();
    let dir = collection(&sandbox);
    let mut first = Pty::start(&sandbox, &[&dir], &[], WIDE);
    let mut second = Pty::start(&sandbox, &[&dir], &[], WIDE);
    first.wait_for("스크랩 0번");
    second.wait_for("스크랩 0번");
    first.send("\rs");
    second.send("j\rs");
    first.wait_for("스크랩했습니다");
    second.wait_for("스크랩했습니다");
    sandbox.run(&["scrap", "scrap5.json"]).ok();
    first.send("Q");
    second.send("Q");
    assert_eq!(
        (first.ended().exit_code(), second.ended().exit_code()),
        (0, 0)
    );
    let listed = sandbox.run(&["scraps"]);
    assert_eq!(listed.ok().lines().count(), 3, "{}", listed.out);
}

/// All files and folders below, with their modes.
fn modes(path: &Path, into: &mut Vec<(String, bool, u32)>) {
    for entry in std::fs::read_dir(path).unwrap() {
        let entry = entry.unwrap();
        let about = entry.metadata().unwrap();
        into.push((
            entry.path().display().to_string(),
            about.is_dir(),
            about.permissions().mode() & 0o777,
        ));
        if about.is_dir() {
            modes(&entry.path(), into);
        }
    }
}

#[test]
fn what_is_read_and_kept_is_its_owners_alone() {
    let sandbox = laid_out();
    let dir = collection(&sandbox);
    let whole = "umask 000; \"$GISA\" scrap scrap7.json; \"$GISA\" import feeds.opml; \"$GISA\" extract nowhere.html; \"$GISA\" list; \"$GISA\" doctor; exit 0";
    script(&sandbox, &["env", "GISA_LOG=trace"], whole);
    let mut pty = Pty::shell(
        &sandbox,
        &format!("umask 000; exec \"$GISA\" '{dir}'"),
        WIDE,
    );
    pty.wait_for("스크랩 0번");
    pty.send("\rs");
    pty.wait_for("스크랩했습니다");
    let mut found = Vec::new();
    modes(&sandbox.path("data"), &mut found);
    pty.send("Q");
    pty.ended();
    modes(&sandbox.path("data"), &mut found);
    let mine = std::fs::metadata(sandbox.path("data"))
        .unwrap()
        .permissions()
        .mode()
        & 0o777;
    found.push(("data".to_owned(), true, mine));
    assert!(
        found
            .iter()
            .any(|(path, ..)| path.ends_with("library.db-wal"))
            && found.iter().any(|(path, ..)| path.ends_with("gisa.log")),
        "{found:?}"
    );
    for (path, is_dir, mode) in found {
        assert_eq!(mode, if is_dir { 0o700 } else { 0o600 }, "{path}");
    }
}

#[test]
fn no_secret_of_an_address_and_no_word_of_an_article_is_logged() {
    let sandbox = laid_out();
    let dir = collection(&sandbox);
    let server = Server::start([
        ("/page", Reply::html("<p>x</p>")),
        ("/no", Reply::Body(403, "text/html", b"x".to_vec())),
    ]);
    let address = server
        .url("/no?token=geheim1")
        .replace("http://", "http://me:geheim2@");
    let log = [("GISA_LOG", "trace")];
    for args in [
        &["extract", &address][..],
        &["add", &address],
        &["scrap", "scrap0.json", "--note", "geheim3"],
        &["search", "geheim4"],
    ] {
        Pty::start(&sandbox, args, &log, WIDE).ended();
    }
    let mut pty = Pty::start(&sandbox, &[&dir], &log, WIDE);
    pty.wait_for("스크랩 0번");
    pty.send("\rsq/geheim5\r");
    pty.wait_for("geheim5");
    pty.send("\x1b[200~geheim6\x1b[201~");
    pty.send("Q");
    pty.ended();
    let text = std::fs::read_to_string(sandbox.path("data/state/gisa.log")).unwrap();
    assert!(
        text.contains("WARN") && text.contains("127.0.0.1"),
        "the log says what failed: {text}"
    );
    assert!(
        !text.contains("geheim"),
        "{}",
        text.lines().find(|l| l.contains("geheim")).unwrap()
    );
    assert!(
        !text.contains("책방"),
        "{}",
        text.lines().find(|l| l.contains("책방")).unwrap()
    );
}
