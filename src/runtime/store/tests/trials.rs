//! The store in trouble: killed, crowded, full, damaged, too new, read-only.

use std::io::{BufRead as _, BufReader, Write as _};
use std::time::Duration;

use jiff::Timestamp;

use super::{article, at, entry, fresh, subscribed};
use crate::news::{Added, Clean, Feed, FeedEntry, FeedId, Filter, RowPage, Scrap};
use crate::runtime::store::article::put_delivery;
use crate::runtime::store::index::IndexBatch;
use crate::runtime::store::open::SCHEMAS;
use crate::runtime::store::*;
use crate::runtime::system::child::{child, trial};

impl Store {
    /// Stores what a feed delivered, without the outcome of fetching it that [`Store::deliver`]
    /// stores with it.
    pub(crate) fn put_entries(
        &self,
        feed: FeedId,
        entries: &[FeedEntry],
        now: Timestamp,
    ) -> Result<Added, StoreError> {
        self.write(|step| {
            let mut fresh = IndexBatch::default();
            let added = put_delivery(step, feed, entries, now, &mut fresh)?;
            fresh.enter(step)?;
            Ok(added)
        })
    }
}

fn scrap(n: i64) -> Scrap {
    let article = article(
        &format!("https://a.kr/{n}"),
        &format!("스크랩 {n}"),
        &"본문이다. ".repeat(300),
    );
    Scrap::of(article, at(n))
}

/// Delivers ten articles and a scrap a turn, and says so after each.
#[test]
fn keeps_writing() {
    let Some(path) = trial() else { return };
    let store = Store::open(&path).unwrap();
    let feed = subscribed(&store, "https://a.kr/rss");
    for turn in 0.. {
        let entries: Vec<_> = (0..10)
            .map(|i| {
                entry(
                    &format!("https://a.kr/{turn}/{i}"),
                    &format!("{turn} {i}"),
                    &"긴 글 ".repeat(500),
                    turn,
                )
            })
            .collect();
        store.put_entries(feed, &entries, at(turn)).unwrap();
        store.scrap_put(&scrap(turn)).unwrap();
        writeln!(std::io::stdout(), "turn {turn}").unwrap();
    }
}

#[test]
fn nothing_that_was_told_as_stored_is_lost_by_a_kill() {
    let (_dir, store) = fresh();
    let path = store.path().to_path_buf();
    drop(store);
    for round in 1..4 {
        let mut child = child("runtime::store::tests::trials::keeps_writing", &path);
        let lines = BufReader::new(child.stdout.take().unwrap())
            .lines()
            .map_while(Result::ok);
        let declared = lines
            .filter_map(|l| l.strip_prefix("turn ").and_then(|n| n.parse::<u64>().ok()))
            .nth(5 * round);
        child.kill().unwrap();
        child.wait().unwrap();
        let turns = declared.unwrap() + 1;
        let store = Store::open(&path).unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        let counts = store.counts().unwrap();
        // Whole deliveries only.
        assert!(
            counts.articles >= turns * 10 && counts.articles.is_multiple_of(10),
            "{turns} {counts:?}"
        );
        assert!(counts.scraps >= turns);
        let feed = &store.feeds().unwrap()[0];
        assert_eq!(
            (feed.articles, feed.unread),
            (counts.articles, counts.unread)
        );
    }
}

#[test]
fn two_programs_write_and_read_at_once_and_nothing_is_lost() {
    let (_dir, store) = fresh();
    let mut child = child("runtime::store::tests::trials::keeps_writing", store.path());
    let mut lines = BufReader::new(child.stdout.take().unwrap())
        .lines()
        .map_while(Result::ok);
    assert!(lines.any(|l| l == "turn 0"));
    let ours = subscribed(&store, "https://b.kr/rss");
    let mut seen = 0;
    for i in 0..30 {
        let mine = [entry(&format!("https://b.kr/{i}"), "우리 것", "글", i)];
        assert_eq!(store.put_entries(ours, &mine, at(i)).unwrap().new.len(), 1);
        store.mark_read(&[mine[0].article.id()], true).unwrap();
        let now = store.counts().unwrap().articles;
        assert!(now > seen);
        seen = now;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    let feeds = store.feeds().unwrap();
    let mine = feeds.iter().find(|f| f.id == ours).unwrap();
    assert_eq!((mine.articles, mine.unread), (30, 0));
}

#[test]
fn a_full_disk_is_named_and_harms_nothing() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    store.scrap_put(&scrap(1)).unwrap();
    store.limit_pages(60);
    let entries: Vec<_> = (0..499)
        .map(|i| {
            entry(
                &format!("https://a.kr/{i}"),
                "제목",
                &format!("{i} 긴 글 ").repeat(300),
                i,
            )
        })
        .collect();
    assert!(matches!(
        store.put_entries(feed, &entries, at(9)),
        Err(StoreError::Full)
    ));
    assert_eq!(store.counts().unwrap().articles, 0);
    assert_eq!(store.scraps().unwrap().len(), 1);
    store.limit_pages(10_000);
    assert_eq!(
        store.put_entries(feed, &entries, at(9)).unwrap().new.len(),
        499
    );
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_newer_library_and_a_stranger_are_left_as_they_are() {
    let (_dir, store) = fresh();
    let path = store.path().to_path_buf();
    store.db.pragma_update(None, "user_version", 99).unwrap();
    drop(store);
    assert!(matches!(
        Store::open(&path),
        Err(StoreError::Newer { found: 99, .. })
    ));

    let other = path.with_file_name("other.db");
    let stranger = Connection::open(&other).unwrap();
    stranger
        .execute_batch("create table theirs (x); insert into theirs values (1);")
        .unwrap();
    assert!(matches!(Store::open(&other), Err(StoreError::Corrupt(_))));
    assert_eq!(
        stranger
            .query_row("select x from theirs", [], |r| r.get::<_, i64>(0))
            .unwrap(),
        1
    );

    let text = path.with_file_name("notes.txt");
    std::fs::write(&text, "이것은 데이터베이스가 아니다. ".repeat(100)).unwrap();
    assert!(matches!(Store::open(&text), Err(StoreError::Corrupt(_))));
    assert!(
        std::fs::read_to_string(&text)
            .unwrap()
            .starts_with("이것은")
    );
}

#[test]
fn a_library_of_every_older_form_is_brought_up_and_keeps_what_it_holds() {
    for form in 1..SCHEMAS.len() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("library.db");
        older(&path, form);
        let store = Store::open(&path).unwrap();
        assert_eq!(&*store.feeds().unwrap()[0].feed.title, "새소식");
        let feed = subscribed(&store, "https://a.kr/rss");
        store
            .put_entries(feed, &[entry("https://a.kr/1", "제목", "글", 1)], at(9))
            .unwrap();
        assert_eq!(store.wanting_text(at(9), 9).unwrap().len(), 1);
        // What only later forms can hold goes in and comes out.
        let held = store.article_at("https://a.kr/1").unwrap().unwrap();
        (0..3).for_each(|second| store.record_opened(held, at(second)).unwrap());
        let most: Vec<_> = store
            .most_opened(5)
            .unwrap()
            .into_iter()
            .map(|(row, times)| (row.id, times))
            .collect();
        assert_eq!(most, [(held, 3)]);
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
    }
}

#[test]
fn a_feed_that_is_due_in_years_is_due_now() {
    let (_dir, store) = fresh();
    subscribed(&store, "https://a.kr/rss");
    let now = jiff::Timestamp::now();
    let due = |seconds: i64| {
        store
            .db
            .execute("update feed set due = ?1", [now.as_second() + seconds])
            .unwrap();
        store.feeds_due(Some(now)).unwrap().len()
    };
    assert_eq!((due(-1), due(3_600), due(7 * 24 * 3_600)), (1, 0, 0));
    // Fetched while the clock stood wrong.
    assert_eq!(due(4 * 365 * 24 * 3_600), 1);
}

#[test]
fn a_store_notices_that_another_one_wrote() {
    let (_dir, store) = fresh();
    let before = store.data_version().unwrap();
    store.scrap_put(&scrap(1)).unwrap();
    assert_eq!(store.data_version().unwrap(), before);
    Store::open(store.path())
        .unwrap()
        .scrap_put(&scrap(2))
        .unwrap();
    assert_ne!(store.data_version().unwrap(), before);
}

#[test]
fn a_path_that_cannot_be_used_is_named() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("file");
    std::fs::write(&file, "").unwrap();
    assert!(matches!(
        Store::open(&file.join("library.db")),
        Err(StoreError::Open { .. })
    ));
    std::fs::create_dir(dir.path().join("library.db")).unwrap();
    let outcome = Store::open(&dir.path().join("library.db")).map(|_| ());
    assert!(
        matches!(outcome, Err(StoreError::Open { .. })),
        "{outcome:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_library_that_may_not_be_written_says_so() {
    use std::os::unix::fs::PermissionsExt as _;
    let (_dir, store) = fresh();
    let path = store.path().to_path_buf();
    drop(store);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
    // The superuser may write anyway.
    let outcome = Store::open(&path).map(|_| ());
    assert!(
        matches!(outcome, Ok(()) | Err(StoreError::ReadOnly)),
        "{outcome:?}"
    );
}

#[test]
fn another_writer_that_does_not_end_is_named() {
    let (_dir, store) = fresh();
    let other = Connection::open(store.path()).unwrap();
    other.execute_batch("begin immediate").unwrap();
    store.db.busy_timeout(Duration::from_millis(1)).unwrap();
    assert!(matches!(
        store.scrap_put(&scrap(1)),
        Err(StoreError::Locked)
    ));
    assert!(
        store
            .articles(&Filter::default(), RowPage::at(0, 9))
            .is_ok(),
        "readers never wait"
    );
    other.execute_batch("rollback").unwrap();
    store.scrap_put(&scrap(1)).unwrap();
}

#[test]
fn scraps_are_saved_from_a_damaged_library() {
    let (_dir, store) = fresh();
    let path = store.path().to_path_buf();
    for n in 0..200 {
        store.scrap_put(&scrap(n)).unwrap();
    }
    store
        .feed_add(&Feed {
            url: Clean::line("https://a.kr/rss"),
            ..Feed::default()
        })
        .unwrap();
    store
        .db
        .execute_batch("pragma wal_checkpoint(truncate)")
        .unwrap();
    drop(store);
    let mut bytes = std::fs::read(&path).unwrap();
    let page = PAGE as usize;
    let middle = bytes.len() / page / 2 * page;
    bytes[middle..middle + page].fill(0xa5);
    std::fs::write(&path, &bytes).unwrap();
    assert!(
        !Store::open(&path)
            .unwrap()
            .check()
            .unwrap_or_else(|e| vec![e.to_string()])
            .is_empty()
    );
    let (store, rescued) = Store::rescue(&path).unwrap();
    assert!(rescued.scraps >= 190 && rescued.feeds == 1, "{rescued:?}");
    assert_eq!(store.scraps().unwrap().len(), rescued.scraps);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    assert_eq!(
        std::fs::read(rescued.aside.unwrap()).unwrap().len(),
        bytes.len()
    );

    drop(store);
    std::fs::write(&path, "gone".repeat(2000)).unwrap();
    let (store, rescued) = Store::rescue(&path).unwrap();
    assert_eq!((rescued.scraps, store.scraps().unwrap().len()), (0, 0));
}

/// A library of an older form with a subscription.
fn older(path: &std::path::Path, form: usize) {
    let old = Connection::open(path).unwrap();
    old.execute_batch("pragma page_size = 8192; pragma journal_mode = wal;")
        .unwrap();
    SCHEMAS[..form]
        .iter()
        .for_each(|sql| old.execute_batch(sql).unwrap());
    old.pragma_update(None, "user_version", i64::try_from(form).unwrap())
        .unwrap();
    old.execute_batch("insert into feed (url, title) values ('https://a.kr/rss', '새소식')")
        .unwrap();
}

#[test]
fn a_library_is_copied_before_it_is_migrated() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("library.db");
    older(&path, 9);
    let store = Store::open(&path).unwrap();
    assert_eq!(open::form(&store.db).unwrap(), open::known_form());
    let copy = Connection::open(dir.path().join("copies/library-form-9.db")).unwrap();
    assert_eq!(open::form(&copy).unwrap(), 9);
    let title: String = copy
        .query_row("select title from feed", [], |r| r.get(0))
        .unwrap();
    assert_eq!(title, "새소식");
}

/// Opens a library and scraps ten articles.
#[test]
fn migrates_and_keeps() {
    let Some(path) = trial() else { return };
    let mine = i64::from(std::process::id()) * 100;
    let store = Store::open(&path).unwrap();
    (0..10).for_each(|n| store.scrap_put(&scrap(mine + n)).unwrap());
}

#[test]
fn programs_that_migrate_at_once_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("library.db");
    older(&path, 3);
    let name = "runtime::store::tests::trials::migrates_and_keeps";
    let children: Vec<_> = (0..4).map(|_| child(name, &path)).collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    let store = Store::open(&path).unwrap();
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    assert_eq!(
        (store.scraps().unwrap().len(), store.feeds().unwrap().len()),
        (40, 1)
    );
}

#[test]
fn nothing_is_written_into_a_library_that_a_newer_program_migrated_meanwhile() {
    let (_dir, store) = fresh();
    store.scrap_put(&scrap(1)).unwrap();
    let newer = Connection::open(store.path()).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    assert!(matches!(
        store.scrap_put(&scrap(2)),
        Err(StoreError::Newer { found: 99, .. })
    ));
    assert_eq!(store.scraps().unwrap().len(), 1);
}
