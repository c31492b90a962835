//! The log of a library is copied beside the thread that writes it.

use super::*;
use crate::runtime::store::Checkpointer;
use crate::runtime::store::open::beside;

const LONGEST: i64 = 256 << 10;

/// Writes some 4 MB in forty commits, with `committed` after each; the longest that the log was.
fn filled(store: &Store, committed: &dyn Fn()) -> u64 {
    store.cache(1 << 20, 0).unwrap();
    let log = || beside(store.path(), "-wal").metadata().unwrap().len();
    let longest = (0..40).map(|n| {
        let text = format!("{n}번째 기사이다. ").repeat(4_000);
        let article = article(&format!("https://a.kr/{n}"), "제목", &text);
        store.put_article(&article, None, at(n)).unwrap();
        committed();
        log()
    });
    longest.max().unwrap()
}

/// Pages in the log, and how many of them the file has.
fn log_pages(store: &Store) -> (i64, i64) {
    let db = rusqlite::Connection::open(store.path()).unwrap();
    let copied = |row: &rusqlite::Row<'_>| Ok((row.get(1)?, row.get(2)?));
    db.query_row("pragma wal_checkpoint(noop)", [], copied)
        .unwrap()
}

#[test]
fn the_log_stays_short_though_nobody_copies_it_meanwhile() {
    let (_dir, store) = fresh();
    assert!(filled(&store, &|| {}) > 3 << 20);
    let (_dir, store) = fresh();
    let checkpointer = store.checkpointer().unwrap();
    // Nothing arrives: the thread might as well be busy with a slow disk.
    let (requests, _arriving) = Checkpointer::requests();
    let longest = filled(&store, &|| {
        checkpointer.committed(&store, &requests, LONGEST).unwrap();
    });
    assert!(longest < 3 << 20, "{longest}");
}

#[test]
fn what_was_committed_last_is_copied_before_the_thread_ends() {
    let (_dir, store) = fresh();
    let checkpointer = store.checkpointer().unwrap();
    let (requests, arriving) = Checkpointer::requests();
    let checkpointer = &checkpointer;
    std::thread::scope(|scope| {
        scope.spawn(move || checkpointer.run(arriving));
        filled(&store, &|| {
            checkpointer.committed(&store, &requests, LONGEST).unwrap();
        });
        drop(requests);
    });
    let (pages, copied) = log_pages(&store);
    assert_eq!(pages, copied);
    assert_eq!(store.size().unwrap().1, 40);
}

#[test]
fn a_library_in_memory_has_no_log() {
    assert!(Store::in_memory().unwrap().checkpointer().is_none());
}
