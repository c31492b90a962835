//! Large deliveries, in which most articles are told to be new without asking the database.

use super::*;
use crate::runtime::store::{KeyedEntry, KnownKeys};

/// When a feed was fetched, and that it answered.
fn check(second: i64) -> FeedCheck {
    FeedCheck {
        at: at(second),
        due: at(second),
        validators: None,
        declared: None,
        ttl: None,
        moved: None,
        held_off: None,
        error: None,
    }
}

fn keyed(entries: &[FeedEntry]) -> Vec<KeyedEntry> {
    KeyedEntry::of_feed(entries.to_vec(), entries.len().is_multiple_of(2))
}

/// Stores one delivery in a transaction of its own; how many of its articles were new.
fn put(store: &Store, known: &mut KnownKeys, feed: FeedId, entries: &[FeedEntry]) -> usize {
    let check = check(1);
    let delivery = Delivery {
        feed,
        entries: &keyed(entries),
        check: &check,
    };
    let added = store.deliver_in(known, |open| open.put(&delivery, 0, at(1)));
    added.unwrap().new.len()
}

#[test]
fn what_is_stored_is_recognised_however_many_came_before() {
    let (dir, store) = fresh();
    let known = &mut KnownKeys::default();
    let feed = subscribed(&store, "https://a.kr/rss");
    let other = subscribed(&store, "https://a.kr/all.rss");
    let text = |n: usize| format!("{n}번째 기사이다. ").repeat(30);
    let all: Vec<_> = (0..2500)
        .map(|n| entry(&format!("https://a.kr/{n}"), &format!("{n}"), &text(n), 0))
        .collect();
    let mut stored = 0;
    let has_new = || {
        store
            .feeds_due(None)
            .unwrap()
            .iter()
            .any(|due| due.id == feed && due.is_new)
    };
    for part in all.chunks(500) {
        assert_eq!(has_new(), stored == 0);
        stored += put(&store, known, feed, part);
    }
    assert_eq!(stored, 2500);
    // Again, from the same feed and from another, each by one of its keys alone.
    assert_eq!(put(&store, known, feed, &all), 0);
    assert_eq!(put(&store, known, other, &all[..50]), 0);
    let renamed = |n: usize, url: &str, guid: &str| FeedEntry {
        guid: Clean::line(guid),
        ..entry(url, &format!("{n}"), &text(n), 0)
    };
    let by_form = renamed(7, "http://www.a.kr/7", "urn:7");
    let by_guid = renamed(8, "https://new.kr/8", "https://a.kr/8");
    let by_text = renamed(9, "https://a.kr/second/9", "urn:9");
    for entry in [by_form, by_guid, by_text] {
        assert_eq!(
            put(&store, known, feed, std::slice::from_ref(&entry)),
            0,
            "{}",
            entry.guid
        );
    }
    // What another connection stores meanwhile.
    let second = Store::open(&dir.path().join("data/library.db")).unwrap();
    let opened = article("https://a.kr/opened", "연 기사", &text(9000));
    second.put_article(&opened, None, at(2)).unwrap();
    let same = entry("https://a.kr/opened", "연 기사", &text(9000), 0);
    assert_eq!(put(&store, known, feed, &[same]), 0);
    // What changed is found by its new text.
    let rewritten = entry("https://a.kr/10", "10", &text(10_000), 0);
    assert_eq!(
        put(&store, known, feed, std::slice::from_ref(&rewritten)),
        0
    );
    let moved = renamed(10, "https://a.kr/moved/10", "urn:10");
    let moved = FeedEntry {
        article: Article {
            blocks: rewritten.article.blocks.clone(),
            ..moved.article
        },
        ..moved
    };
    assert_eq!(put(&store, known, feed, &[moved]), 0);
    let new = entry("https://a.kr/new", "새 기사", &text(9001), 0);
    assert_eq!(put(&store, known, feed, &[new]), 1);
    assert_eq!(store.size().unwrap().1, 2502);
}

#[test]
fn texts_of_a_large_delivery_are_found_at_once() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let all: Vec<_> = (0..2600)
        .map(|n| {
            let word = if n % 1000 == 7 {
                "등대지기"
            } else {
                "어부"
            };
            entry(
                &format!("https://a.kr/{n}"),
                "소식",
                &format!("{n} {word}의 하루"),
                0,
            )
        })
        .collect();
    let outcome = check(1);
    let parts: Vec<_> = all.chunks(1300).collect();
    store
        .deliver_in(&mut KnownKeys::default(), |open| {
            open.put_part(feed, &keyed(parts[0]), 0, at(1))?;
            let last = Delivery {
                feed,
                entries: &keyed(parts[1]),
                check: &outcome,
            };
            open.put(&last, 1300, at(1))
        })
        .unwrap();
    let now: jiff::ZonedDateTime = "2026-11-22T15:00:00+09:00[Asia/Seoul]".parse().unwrap();
    let query = Query::parse("등대지기", &now).unwrap();
    let cancel = crate::runtime::cancel::Cancel::new();
    let found = store.search(&Filter::default(), &query, 99, &cancel);
    assert_eq!(found.unwrap().len(), 3);
    let waiting: i64 = store
        .db
        .query_row("select count(*) from pending", [], |r| r.get(0))
        .unwrap();
    assert_eq!(waiting, 0);
    // The parts stand in the feed's order.
    let rows = store
        .articles(&Filter::default(), RowPage::at(1299, 2))
        .unwrap();
    let urls: Vec<_> = rows.iter().map(|row| row.url.as_deref()).collect();
    assert_eq!(urls, [Some("https://a.kr/1299"), Some("https://a.kr/1300")]);
}
