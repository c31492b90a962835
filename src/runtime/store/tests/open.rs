//! Libraries that can only be read.

use crate::news::Scrap;
use crate::runtime::store::open::{SCHEMAS, beside, copied};
use crate::runtime::store::tests::{article, at, fresh};
use crate::runtime::store::*;

#[test]
fn what_can_only_be_read_is_read_and_names_its_obstacle() {
    let (_dir, store) = fresh();
    let path = store.path().to_path_buf();
    let scrap = Scrap::of(article("https://a.kr/1", "제목", "본문"), at(1));
    store.scrap_put(&scrap).unwrap();
    drop(store);
    let bytes = std::fs::read(&path).unwrap();
    for obstacle in [Obstacle::ReadOnly, Obstacle::Full] {
        let store = Store::open_for_reading(&path, obstacle).unwrap();
        assert_eq!(store.obstacle(), Some(obstacle));
        assert_eq!(store.scraps().unwrap().len(), 1);
        let refused = store.scrap_drop(scrap.id());
        assert!(match obstacle {
            Obstacle::ReadOnly => matches!(refused, Err(StoreError::ReadOnly)),
            Obstacle::Full => matches!(refused, Err(StoreError::Full)),
        });
        assert!(store.state_put("prefs", "x").is_err());
        assert!(!copy_if_changed(&store).unwrap());
    }
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn a_library_with_a_journal_is_read_through_a_copy() {
    let (_dir, store) = fresh();
    let scrap = Scrap::of(article("https://a.kr/1", "제목", "본문"), at(1));
    store.scrap_put(&scrap).unwrap();
    let journal = beside(store.path(), "-wal");
    assert!(journal.exists());
    let db = copied(store.path(), &journal).unwrap();
    let scraps: i64 = db
        .query_row("select count(*) from scrap", [], |r| r.get(0))
        .unwrap();
    assert_eq!(scraps, 1);
}

#[test]
fn an_older_form_is_read_in_memory_and_stays_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("library.db");
    let old = Connection::open(&path).unwrap();
    SCHEMAS[..5]
        .iter()
        .for_each(|sql| old.execute_batch(sql).unwrap());
    old.pragma_update(None, "user_version", 5).unwrap();
    old.execute_batch("insert into feed (url, title) values ('https://a.kr/rss', '새소식')")
        .unwrap();
    drop(old);
    let bytes = std::fs::read(&path).unwrap();
    let store = Store::open_for_reading(&path, Obstacle::ReadOnly).unwrap();
    assert_eq!(store.feeds().unwrap().len(), 1);
    assert!(matches!(
        store.feed_remove(store.feeds().unwrap()[0].id, at(1)),
        Err(StoreError::ReadOnly)
    ));
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}
