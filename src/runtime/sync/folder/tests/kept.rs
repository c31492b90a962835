//! What lies in the folder, and what never does.

use std::fs;

use jiff::Timestamp;

#[cfg(unix)]
use super::super::journal::FolderFault;
use super::super::journal::{read_frames, read_head};
use super::{Machine, article, carry};
use crate::app::Cause;
use crate::news::{Annotation, ArticleId, Block, Clean, Feed, FeedEntry, Query, Scrap};
use crate::runtime::store::SharedAct;
use crate::runtime::sync::error::SyncError;

const URL: &str = "https://paper.example/1";

fn one_with(machine: &Machine, read: bool) -> ArticleId {
    let id = machine
        .store
        .put_article(&article(URL, "첫 문단"), None, Timestamp::now())
        .unwrap();
    machine.store.mark_read(&[id], read).unwrap();
    id
}

fn subscribed(machine: &Machine, url: &str) {
    let feed = Feed {
        url: Clean::line(url),
        title: Clean::line("신문"),
        ..Feed::default()
    };
    machine.store.feed_add(&feed).unwrap();
}

fn entries(n: usize) -> Vec<FeedEntry> {
    (0..n)
        .map(|n| FeedEntry {
            guid: Clean::line(&format!("https://paper.example/news/{n}")),
            article: article(
                &format!("https://paper.example/news/{n}"),
                &format!("{n}번"),
            ),
            markup: None,
            published: None,
        })
        .collect()
}

/// The feed of a machine delivers so many entries.
fn delivered(machine: &Machine, n: usize) {
    let feed = machine.store.feeds().unwrap()[0].id;
    let now = Timestamp::from_second(1_800_000_000).unwrap();
    machine.store.put_entries(feed, &entries(n), now).unwrap();
}

fn feeds(machine: &Machine) -> Vec<String> {
    let feeds = machine.store.feeds().unwrap();
    let mut all: Vec<String> = feeds.iter().map(|row| row.feed.url.to_string()).collect();
    all.sort();
    all
}

/// All acts in the journals of a machine's folder.
fn acts(machine: &Machine) -> Vec<SharedAct> {
    let mut all = Vec::new();
    for own in [true, false] {
        for path in machine.journals(own) {
            let head = read_head(&path).unwrap().unwrap();
            read_frames::<SyncError>(&path, (&head, 0), None, &mut |acts| {
                all.extend(acts);
                Ok(())
            })
            .unwrap();
        }
    }
    all
}

#[test]
fn no_secret_and_nothing_of_the_machines_own_goes_into_the_folder() {
    let a = Machine::new();
    for url in [
        "https://me:hunter2@paper.example/feed",
        "https://paper.example/feed?token=hunter2",
        "https://paper.example/private/8f3a9c1be27d4405a6c1/hunter2.xml",
        "https://open.example/feed",
    ] {
        subscribed(&a, url);
    }
    let secret = "https://me:hunter2@paper.example/1?session_token=hunter2";
    let mut scrapped = article(secret, "첫 문단");
    scrapped.blocks.push(Block::Image {
        url: Clean::line("https://me:hunter2@paper.example/1.jpg?w=800"),
        alt: None,
        caption: None,
        credit: None,
    });
    a.store
        .scrap_put(&Scrap::of(scrapped.clone(), Timestamp::now()))
        .unwrap();
    a.store
        .put_article(&scrapped, None, Timestamp::now())
        .unwrap();
    a.store.mark_read(&[scrapped.id()], true).unwrap();
    let query = Query::parse("찾는말", &jiff::ZonedDateTime::now()).unwrap();
    a.store.mute(&Clean::line("찾는말"), &query).unwrap();
    a.store
        .save_search(&Clean::line("찾는말"), &Clean::line("찾는말"))
        .unwrap();
    a.store.state_put("voice", "목소리").unwrap();
    a.exchange();
    let all = acts(&a);
    let text = format!("{all:?}");
    assert!(text.contains("open.example") && text.contains("첫 문단"));
    for never in ["hunter2", "찾는말", "목소리"] {
        assert!(!text.contains(never), "{never}: {text}");
    }
    assert_eq!(a.store.unshared_feeds().unwrap(), 3);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&a.folder), 0o700);
        assert_eq!(mode(&a.journals(true)[0]), 0o600);
    }
    // The other machine has the scrap without the secret, and what it adds comes back to the one.
    let b = Machine::new();
    carry(&a, &b);
    b.exchange();
    assert_eq!(feeds(&b), ["https://open.example/feed"]);
    let row = b.store.scraps().unwrap()[0].clone();
    assert_eq!(
        row.url.as_deref(),
        Some("https://paper.example/1?session_token=…")
    );
    let note = Annotation::Note(Some(Clean::line("메모")));
    b.store.scrap_annotate(row.id, note).unwrap();
    b.exchange();
    carry(&b, &a);
    a.exchange();
    let scraps = a.store.scraps().unwrap();
    assert_eq!(scraps.len(), 1);
    assert_eq!(scraps[0].url.as_deref(), Some(secret));
    assert!(scraps[0].noted);
}

#[test]
fn feeds_at_addresses_inside_the_network_are_not_made_for_a_file() {
    let (a, mut b) = (Machine::new(), Machine::new());
    subscribed(&a, "http://192.168.0.7/feed");
    a.exchange();
    carry(&a, &b);
    b.exchange();
    assert_eq!(feeds(&b), Vec::<String>::new());
    b = Machine::at(&a.folder);
    b.fetch.home_servers = true;
    b.exchange();
    assert_eq!(feeds(&b), ["http://192.168.0.7/feed"]);
}

#[test]
fn what_was_read_before_an_article_comes_here_is_read_when_it_comes() {
    let (a, b) = (Machine::new(), Machine::new());
    subscribed(&a, "https://paper.example/feed");
    delivered(&a, 3);
    let ids: Vec<ArticleId> = entries(3).iter().map(|entry| entry.article.id()).collect();
    a.store.mark_read(&ids[..2], true).unwrap();
    a.store.put_position(ids[0], 1, 3).unwrap();
    a.store
        .scrap_put(&Scrap::of(entries(3)[2].article.clone(), Timestamp::now()))
        .unwrap();
    a.exchange();
    carry(&a, &b);
    b.exchange();
    delivered(&b, 3);
    let read: Vec<bool> = ids.iter().map(|id| b.is_read(*id)).collect();
    assert_eq!(read, [true, true, false]);
    assert_eq!(b.store.position(ids[0]).unwrap(), Some((1, 3)));
    assert!(b.store.article_row(ids[2]).unwrap().unwrap().scrapped);
    // The counts, which are not counted row by row.
    assert_eq!(b.store.feeds().unwrap()[0].unread, 1);
    assert_eq!(b.store.feeds().unwrap(), a.store.feeds().unwrap());
    assert_eq!(b.store.counts().unwrap(), a.store.counts().unwrap());
    // That was no act of b's.
    assert_eq!(b.store.unshared_changes().unwrap(), 0);
}

#[test]
fn a_clock_two_years_ahead_beats_no_later_act_of_others() {
    let (a, b) = (Machine::new(), Machine::new());
    let id = one_with(&a, false);
    one_with(&b, false);
    a.exchange();
    b.exchange();
    let now = Timestamp::now().as_millisecond();
    a.store.mark_read(&[id], true).unwrap();
    a.store
        .date_touched(now + 2 * 365 * 24 * 3_600_000)
        .unwrap();
    a.exchange();
    // Marked and marked back, later than a did.
    b.store.mark_read(&[id], true).unwrap();
    b.store.mark_read(&[id], false).unwrap();
    carry(&a, &b);
    b.exchange();
    carry(&b, &a);
    a.exchange();
    assert!(!a.is_read(id) && !b.is_read(id));
    assert!(a.store.known_machines().unwrap()[0].is_ahead);
    assert!(!b.store.known_machines().unwrap()[0].is_ahead);
}

#[test]
fn what_is_written_keeps_a_scrap_that_was_taken_away_unseen() {
    let (a, b, c) = (Machine::new(), Machine::new(), Machine::new());
    let scrap = Scrap::of(article(URL, "첫 문단"), Timestamp::now());
    let id = scrap.id();
    let note = |m: &Machine, text: &str| {
        let change = Annotation::Note(Some(Clean::lines(text)));
        m.store.scrap_annotate(id, change).unwrap().unwrap();
        m.exchange();
    };
    let noted = |m: &Machine| {
        let note = m.store.scrap(id).unwrap().unwrap().note;
        note.unwrap_or_default().to_string()
    };
    let pass = |from: &Machine, to: &Machine| {
        carry(from, to);
        to.exchange();
    };
    a.store.scrap_put(&scrap).unwrap();
    a.exchange();
    pass(&a, &b);
    // a, who had brought the text, takes it away after b wrote, and without knowing of that.
    note(&b, "b의 메모");
    a.store.scrap_drop(id).unwrap();
    a.exchange();
    pass(&b, &a);
    assert_eq!(noted(&a), "b의 메모");
    pass(&a, &b);
    pass(&b, &a);
    pass(&b, &c);
    assert_eq!([noted(&b), noted(&c)], ["b의 메모", "b의 메모"]);
    assert!(
        c.store
            .scrap(id)
            .unwrap()
            .unwrap()
            .article
            .text()
            .contains("첫 문단")
    );
    // Two notes instead of one that both had are two; who sees them may make them one.
    note(&a, "a의 메모");
    note(&b, "다시 b의 메모");
    pass(&a, &b);
    pass(&b, &a);
    assert_eq!(noted(&a), "a의 메모\n다시 b의 메모");
    assert_eq!(noted(&a), noted(&b));
    note(&b, "하나로");
    pass(&b, &a);
    assert_eq!(noted(&a), "하나로");
    // Taken away by who has seen it all, it is gone.
    a.store.scrap_drop(id).unwrap();
    a.exchange();
    pass(&a, &b);
    pass(&a, &c);
    for machine in [&a, &b, &c] {
        assert_eq!(machine.store.scraps().unwrap(), []);
    }
}

#[cfg(unix)]
#[test]
fn sealed_journals_open_to_their_key_alone() {
    let with_key = |folder: &std::path::Path, key: &str| {
        let mut machine = Machine::at(folder);
        machine.fetch.sync.key_command = vec!["echo".to_owned(), key.to_owned()];
        machine
    };
    let with_command = |folder: &std::path::Path, program: &str| {
        let mut machine = Machine::at(folder);
        machine.fetch.sync.key_command = vec![program.to_owned()];
        machine
    };
    let shared = tempfile::tempdir().unwrap();
    let folder = shared.path().join("folder");
    let a = with_key(&folder, "열쇠");
    let scrap = Scrap::of(article(URL, "첫 문단"), Timestamp::now());
    a.store.scrap_put(&scrap).unwrap();
    a.exchange();
    let bytes = fs::read(&a.journals(true)[0]).unwrap();
    let b = with_key(&folder, "열쇠");
    b.exchange();
    assert_eq!(b.store.scraps().unwrap().len(), 1);
    for (machine, cause) in [
        (with_key(&folder, "딴것"), Cause::SyncWrongKey),
        (Machine::at(&folder), Cause::SyncSealed),
        (with_key(&folder, ""), Cause::SyncKey),
        (
            with_command(&folder, "/no/such/program"),
            Cause::SyncKeyMissing,
        ),
    ] {
        assert_eq!(machine.try_exchange().unwrap_err().cause, cause);
        assert_eq!(machine.store.scraps().unwrap().len(), 0);
        assert_eq!(machine.journals(true), Vec::<std::path::PathBuf>::new());
    }
    assert_eq!(
        fs::read(&a.journals(true)[0]).unwrap(),
        bytes,
        "nobody else's file"
    );
    // One file is open, and one has another key: each costs a sentence, and no more.
    for (other, key) in [("open", None), ("other", Some("딴것"))] {
        let elsewhere = shared.path().join(other);
        let machine = match key {
            Some(key) => with_key(&elsewhere, key),
            None => Machine::at(&elsewhere),
        };
        machine.exchange();
        let file = machine.journals(true)[0].clone();
        fs::copy(&file, folder.join(super::name(&file))).unwrap();
    }
    let faults = b.exchange().faults;
    let mut faults: Vec<FolderFault> = faults.into_iter().map(|(_, fault)| fault).collect();
    faults.sort_by_key(|fault| fault.name());
    assert_eq!(faults, [FolderFault::Open, FolderFault::Sealed]);
    // Without a key, or with another one, nothing is written, whether it was set before or not.
    let (mut open, mut wrong) = (a, b);
    open.fetch.sync.key_command.clear();
    wrong.fetch.sync.key_command = vec!["echo".to_owned(), "딴것".to_owned()];
    wrong.fetch.folder_secret = Default::default();
    for (machine, cause) in [(&open, Cause::SyncSealed), (&wrong, Cause::SyncWrongKey)] {
        let before = fs::read(&machine.journals(true)[0]).unwrap();
        one_with(machine, true);
        assert_eq!(machine.try_exchange().unwrap_err().cause, cause);
        super::super::exchange::hand_over(&machine.fetch);
        assert_eq!(fs::read(&machine.journals(true)[0]).unwrap(), before);
    }
    // In another folder it is the user's own choice.
    let elsewhere = tempfile::tempdir().unwrap();
    open.fetch.sync.folder = elsewhere.path().to_string_lossy().into_owned();
    open.folder = elsewhere.path().to_owned();
    open.exchange();
    let head = read_head(&open.journals(true)[0]).unwrap().unwrap();
    assert!(!head.is_sealed);
}

#[test]
fn a_folder_that_can_be_read_and_not_written_is_named_as_such() {
    let a = Machine::new();
    one_with(&a, true);
    a.exchange();
    let b = Machine::new();
    b.exchange();
    fs::remove_file(&b.journals(true)[0]).unwrap();
    carry(&a, &b);
    // Nothing can be written under the name that the journal has while it is made.
    let machine = b.store.own_journal().unwrap().machine;
    fs::create_dir_all(b.folder.join(format!(".gisa-{machine}.partial/x"))).unwrap();
    let failure = b.try_exchange().unwrap_err();
    assert_eq!(failure.cause, Cause::Unwritable);
    assert_eq!(&*failure.subject, b.folder.to_str().unwrap());
    // What lies there was read all the same.
    assert!(b.store.known_machines().unwrap().len() > 1);
}

#[test]
fn a_copied_or_restored_library_goes_on_under_a_number_of_its_own() {
    let a = Machine::new();
    let id = one_with(&a, true);
    a.exchange();
    let b = Machine::at(&a.folder);
    // b is a copy of a's library: its file is another one. Windows replaces no open file.
    drop(b.store);
    a.store.backup(&b.fetch.library).unwrap();
    let b = Machine {
        store: crate::runtime::store::Store::open(&b.fetch.library).unwrap(),
        ..b
    };
    let machine = |m: &Machine| m.store.own_journal().unwrap().machine;
    a.store.mark_read(&[id], false).unwrap();
    a.exchange();
    b.store.put_position(id, 1, 2).unwrap();
    b.exchange();
    assert_ne!(machine(&a), machine(&b));
    a.exchange();
    assert_eq!(a.store.position(id).unwrap(), Some((1, 2)));
    assert!(!b.is_read(id));
    // Where the file does not show it, the journal does: it goes further than the library.
    let before = machine(&a);
    let mut journal = a.store.own_journal().unwrap();
    journal.bytes = 1;
    a.store.forget_acts_after(1).unwrap();
    a.store.put_own_journal(&journal).unwrap();
    a.exchange();
    assert_ne!(machine(&a), before);
    b.exchange();
    assert!(!a.is_read(id) && !b.is_read(id));
}

#[test]
fn acts_of_a_machine_that_is_gone_go_along_to_another_folder() {
    let a = Machine::new();
    subscribed(&a, "https://open.example/feed");
    a.exchange();
    let mut b = Machine::at(&a.folder);
    b.exchange();
    let other = tempfile::tempdir().unwrap();
    b.fetch.sync.folder = other.path().to_string_lossy().into_owned();
    b.exchange();
    let c = Machine::at(other.path());
    c.exchange();
    assert_eq!(feeds(&c), ["https://open.example/feed"]);
}

/// `GISA_FOLDER_MARKS=100000 cargo test --release --lib folder::tests::kept::figures -- --nocapture`
/// prints the size of so many marks, and how long a new machine reads them.
#[test]
#[expect(clippy::print_stdout, reason = "figures for whoever asks for them")]
fn figures() {
    let marks = std::env::var("GISA_FOLDER_MARKS")
        .ok()
        .and_then(|n| n.parse().ok());
    let marks: usize = marks.unwrap_or(300);
    let a = Machine::new();
    subscribed(&a, "https://paper.example/feed");
    delivered(&a, marks);
    a.exchange();
    let ids: Vec<ArticleId> = entries(marks)
        .iter()
        .map(|entry| entry.article.id())
        .collect();
    let begun = std::time::Instant::now();
    a.store.mark_read(&ids, true).unwrap();
    let marked = begun.elapsed();
    let begun = std::time::Instant::now();
    let sent = a.exchange().sent;
    let written = begun.elapsed();
    assert!(sent >= marks);
    let size: u64 = a
        .journals(true)
        .iter()
        .map(|path| path.metadata().unwrap().len())
        .sum();
    assert!(size < 1000 + 30 * marks as u64, "{size} bytes");
    let b = Machine::at(&a.folder);
    let begun = std::time::Instant::now();
    let received = b.exchange().received;
    let read = begun.elapsed();
    assert!(received >= marks);
    println!("{marks} marks: marked {marked:?}, written {written:?}, {size} bytes, read {read:?}");
}
