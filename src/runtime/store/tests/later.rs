//! The read-later queue.

use super::*;
use crate::runtime::cancel::Cancel;
use crate::runtime::store::Retention;

fn later() -> Filter {
    Filter {
        later: true,
        ..Filter::default()
    }
}

fn titles(store: &Store, filter: &Filter) -> Vec<String> {
    let rows = store.articles(filter, RowPage::at(0, 100)).unwrap();
    rows.into_iter().map(|row| row.title.to_string()).collect()
}

/// A library with articles 0 to 4, of which the second and the first are queued, in this order.
fn queued() -> (TempDir, Store, FeedId, [ArticleId; 2]) {
    let (dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let entries: Vec<FeedEntry> = (0..5)
        .map(|n| entry(&format!("https://a.kr/{n}"), &format!("기사 {n}"), "글", n))
        .collect();
    store.put_entries(feed, &entries, at(10)).unwrap();
    let ids = [1, 0].map(|n| ArticleId::of_url(&format!("https://a.kr/{n}")));
    for (second, id) in (20..).zip(ids) {
        assert_eq!(
            store.put_later(&[(id, Some(at(second)))]).unwrap(),
            [(id, None)]
        );
    }
    (dir, store, feed, ids)
}

#[test]
fn the_longest_waiting_comes_first_and_a_place_is_given_back() {
    let (dir, store, _, ids) = queued();
    assert_eq!(titles(&store, &later()), ["기사 1", "기사 0"]);
    assert_eq!(store.counts().unwrap().later, 2);
    assert_eq!(store.count(&later()).unwrap(), 2);
    let before = store.put_later(&[(ids[0], None)]).unwrap();
    assert_eq!(before, [(ids[0], Some(at(20)))]);
    assert_eq!(titles(&store, &later()), ["기사 0"]);
    assert_eq!(store.put_later(&[(ids[0], None)]).unwrap(), []);
    store.put_later(&before).unwrap();
    let path = dir.path().join("data/library.db");
    drop(store);
    let store = Store::open(&path).unwrap();
    assert_eq!(titles(&store, &later()), ["기사 1", "기사 0"]);
}

#[test]
fn retention_mute_rules_and_the_end_of_a_subscription_leave_the_queue_alone() {
    let (_dir, store, feed, ids) = queued();
    let all: Vec<ArticleId> = (0..5)
        .map(|n| ArticleId::of_url(&format!("https://a.kr/{n}")))
        .collect();
    store.mark_read(&all, true).unwrap();
    let keep = Retention {
        days: 1,
        unread_too: true,
        ..Retention::default()
    };
    store.retain(&keep, at(0)).unwrap();
    assert_eq!(store.retain(&keep, at(48 * 3600)).unwrap(), 3);
    assert_eq!(titles(&store, &later()), ["기사 1", "기사 0"]);
    store.retain_feed(feed, 1, true, at(48 * 3600)).unwrap();
    store.mute(&Clean::line("기사"), &asked("기사")).unwrap();
    store.feed_remove(feed, at(30)).unwrap();
    assert_eq!(titles(&store, &Filter::default()), Vec::<String>::new());
    assert_eq!(titles(&store, &later()), ["기사 1", "기사 0"]);
    assert!(store.article(ids[0]).unwrap().is_some());
}

#[test]
fn the_query_finds_it_and_pages_not_fetched_are_wanted() {
    let (_dir, store, _, ids) = queued();
    let found = |text: &str| -> Vec<String> {
        let rows = store.search(&Filter::default(), &asked(text), 10, &Cancel::new());
        let rows = rows.unwrap().into_iter();
        rows.map(|row| row.title.to_string()).collect()
    };
    assert_eq!(found("later:"), ["기사 1", "기사 0"]);
    assert_eq!(found("나중에: title:0"), ["기사 0"]);
    assert_eq!(
        found("-later: (글 or title:9)"),
        ["기사 4", "기사 3", "기사 2"]
    );
    let wanted = store.later_wanting_text(at(0)).unwrap();
    assert_eq!(wanted.iter().map(|page| page.id).collect::<Vec<_>>(), ids);
    let page = article("https://a.kr/1", "기사 1", "긴 글이 이어진다. 끝이다.");
    store.put_article(&page, Some(ids[0]), at(40)).unwrap();
    assert_eq!(store.later_wanting_text(at(0)).unwrap().len(), 1);
    assert_eq!(titles(&store, &later()), ["기사 1", "기사 0"]);
}
