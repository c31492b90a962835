//! The journal, and the server's articles and subscriptions meeting the library's.

use super::super::tests::{at, entry, fresh, subscribed};
use super::*;
use crate::news::{Annotation, Feed, Filter, RowPage};
use crate::runtime::store::{RemoteFeed, WishField};

const FEED: &str = "https://river.example/rss";

fn told(remote: i64, feed: FeedId, n: i64) -> RemoteArticle {
    let url = format!("https://river.example/{n}");
    RemoteArticle {
        remote,
        entry: Some((feed, entry(&url, &format!("제목 {n}"), "강이 흐른다.", n))),
        read: Some(false),
        star: Some(false),
        tags: Some(Vec::new()),
        changed: None,
    }
}

fn marks(remote: i64, read: bool, star: bool) -> RemoteArticle {
    RemoteArticle {
        remote,
        read: Some(read),
        star: Some(star),
        ..RemoteArticle::default()
    }
}

fn id(n: i64) -> ArticleId {
    ArticleId::of_url(&format!("https://river.example/{n}"))
}

fn listed(feed: &str) -> RemoteFeed {
    RemoteFeed {
        remote: "7".to_owned(),
        feed: Feed {
            url: Clean::line(feed),
            title: Clean::line("강"),
            folder: Some(Clean::line("물")),
            ..Feed::default()
        },
    }
}

/// A library with an account, a feed that the server has, and two of its articles.
fn synced() -> (tempfile::TempDir, Store, FeedId) {
    let (dir, store) = fresh();
    store.start_journal(true).unwrap();
    store.take_remote_feeds(&[listed(FEED)], at(0)).unwrap();
    let feed = store.linked_feeds().unwrap()[0].id;
    let given = [told(100, feed, 1), told(200, feed, 2)];
    let taken = store.take_remote(&given, true, at(9)).unwrap();
    assert_eq!((taken.new, taken.marks), (2, 0));
    assert_eq!(wishes(&store), []);
    (dir, store, feed)
}

fn wishes(store: &Store) -> Vec<(WishField, String)> {
    let all = store.wishes().unwrap();
    all.into_iter()
        .map(|wish| (wish.field, wish.value))
        .collect()
}

fn wished(field: WishField, value: &str) -> (WishField, String) {
    (field, value.to_owned())
}

fn is_read(store: &Store, n: i64) -> bool {
    store.article_row(id(n)).unwrap().unwrap().read
}

#[test]
fn every_act_is_a_wish_and_the_last_one_counts() {
    let (_dir, store, feed) = synced();
    store.mark_read(&[id(1), id(2)], true).unwrap();
    store.mark_read(&[id(2)], false).unwrap();
    assert_eq!(
        wishes(&store),
        [wished(WishField::Read, "1"), wished(WishField::Read, "0")]
    );
    let scrap = Scrap::of(store.article(id(1)).unwrap().unwrap(), at(20));
    store.scrap_put(&scrap).unwrap();
    store
        .scrap_annotate(id(1), Annotation::Tags(vec![Clean::line("물 살")]))
        .unwrap();
    store.feed_remove(feed, at(30)).unwrap();
    let other = subscribed(&store, "https://lake.example/rss");
    assert_eq!(
        wishes(&store)[2..],
        [
            wished(WishField::Star, "1"),
            wished(WishField::Tags, "[\"물 살\"]"),
            wished(WishField::Subscribed, "0"),
            wished(WishField::Subscribed, "1"),
        ]
    );
    // Taken back, everything is wished for the other way round.
    store.scrap_drop(id(1)).unwrap();
    store.feed_restore(feed).unwrap();
    store.feed_remove(other, at(40)).unwrap();
    assert_eq!(
        wishes(&store)[2..],
        [
            wished(WishField::Tags, "[]"),
            wished(WishField::Star, "0"),
            wished(WishField::Subscribed, "1"),
            wished(WishField::Subscribed, "0"),
        ]
    );
    store.end_journal().unwrap();
    store.mark_read(&[id(1)], false).unwrap();
    assert_eq!(wishes(&store), []);
}

#[test]
fn without_an_account_and_for_articles_that_no_server_has_nothing_is_wished() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, FEED);
    store
        .put_entries(
            feed,
            &[entry("https://river.example/1", "하나", "", 1)],
            at(2),
        )
        .unwrap();
    store.mark_read(&[id(1)], true).unwrap();
    store.start_journal(false).unwrap();
    store.mark_read(&[id(1)], false).unwrap();
    subscribed(&store, "https://lake.example/rss");
    assert_eq!(wishes(&store), []);
}

#[test]
fn what_the_server_says_is_no_wish_and_a_pending_wish_wins() {
    let (_dir, store, _) = synced();
    let taken = store
        .take_remote(&[marks(100, true, true)], true, at(50))
        .unwrap();
    assert_eq!((taken.marks, wishes(&store)), (2, Vec::new()));
    assert!(is_read(&store, 1) && store.scrap(id(1)).unwrap().is_some());
    // The star goes, the scrap stays.
    store
        .take_remote(&[marks(100, true, false)], true, at(51))
        .unwrap();
    assert!(store.scrap(id(1)).unwrap().is_some());
    assert_eq!(wishes(&store), []);
    // Unread by hand here, read elsewhere, at a time that the server does not tell.
    store.mark_read(&[id(1)], false).unwrap();
    store.mark_read(&[id(2)], true).unwrap();
    store
        .take_remote(
            &[marks(100, true, false), marks(200, true, false)],
            true,
            at(52),
        )
        .unwrap();
    assert!(!is_read(&store, 1) && is_read(&store, 2));
    // What both did is done; the other is still to be sent.
    assert_eq!(wishes(&store), [wished(WishField::Read, "0")]);
}

#[test]
fn the_later_act_wins_where_the_server_has_a_clock() {
    for (later, read) in [(-60_000, true), (60_000, false)] {
        let (_dir, store, _) = synced();
        store
            .take_remote(&[marks(100, true, false)], true, at(50))
            .unwrap();
        store.mark_read(&[id(1)], false).unwrap();
        store.mark_read(&[id(1)], true).unwrap();
        let done = store.wishes().unwrap()[0].at;
        let given = RemoteArticle {
            changed: Some(done + later),
            ..marks(100, false, false)
        };
        store.take_remote(&[given], true, at(60)).unwrap();
        assert_eq!(is_read(&store, 1), read, "{later}");
        assert_eq!(store.wish_count().unwrap(), u64::from(read));
    }
}

#[test]
fn a_wish_that_was_replaced_while_it_was_sent_stays() {
    let (_dir, store, _) = synced();
    store.mark_read(&[id(1)], true).unwrap();
    let sent = store.wishes().unwrap();
    store.mark_read(&[id(1)], false).unwrap();
    store.grant(&[&sent[0]]).unwrap();
    assert_eq!(wishes(&store), [wished(WishField::Read, "0")]);
    assert!(store.agreed_states().unwrap()[0].read);
    let sent = store.wishes().unwrap();
    store.grant(&[&sent[0]]).unwrap();
    assert_eq!(wishes(&store), []);
    assert!(!store.agreed_states().unwrap()[0].read);
}

#[test]
fn a_feed_that_is_both_here_and_there_is_one_and_so_are_its_articles() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "http://www.river.example/rss/");
    let mut moved = entry("https://r.example/go?to=3", "제목 3", "", 3);
    moved.guid = Clean::line("urn:3");
    let own = [
        entry("http://river.example/1", "제목 1", "강이 흐른다.", 1),
        entry("https://river.example/2", "제목 2", "", 2),
        moved,
    ];
    store.put_entries(feed, &own, at(9)).unwrap();
    store.mark_read(&[id(2)], true).unwrap();
    store.start_journal(true).unwrap();
    store.take_remote_feeds(&[listed(FEED)], at(10)).unwrap();
    let feeds = store.feeds().unwrap();
    assert_eq!((feeds.len(), feeds[0].id), (1, feed));
    assert_eq!(feeds[0].feed.folder.as_deref(), Some("물"));
    assert!(store.feeds_due(None).unwrap().is_empty());
    let mut starred = told(300, feed, 3);
    starred.star = Some(true);
    let mut read = told(100, feed, 1);
    read.read = Some(true);
    let given = [read, told(200, feed, 2), starred];
    let taken = store.take_remote(&given, true, at(20)).unwrap();
    assert_eq!(taken.new, 0);
    assert_eq!(
        store
            .articles(&Filter::default(), RowPage::at(0, 9))
            .unwrap()
            .len(),
        3
    );
    // Read on either side is read; what is so only here is told to the server.
    let other = ArticleId::of_url("http://river.example/1");
    assert!(store.article_row(other).unwrap().unwrap().read && is_read(&store, 2));
    assert_eq!(wishes(&store), [wished(WishField::Read, "1")]);
    assert_eq!(store.scraps().unwrap().len(), 1);
    store.end_journal().unwrap();
    assert_eq!(store.feeds_due(Some(at(30))).unwrap().len(), 1);
}

#[test]
fn subscriptions_and_folders_follow_the_server_unless_something_is_wished() {
    let (_dir, store, feed) = synced();
    let mut given = listed(FEED);
    given.feed.folder = Some(Clean::line("호수"));
    let taken = store.take_remote_feeds(&[given.clone()], at(20)).unwrap();
    assert_eq!(taken.moved, 1);
    assert_eq!(
        store.feeds().unwrap()[0].feed.folder.as_deref(),
        Some("호수")
    );
    // Another folder here, at the same time as another one there.
    let here = Feed {
        folder: Some(Clean::line("바다")),
        ..given.feed
    };
    store.feed_add(&here).unwrap();
    assert_eq!(wishes(&store), [wished(WishField::Folder, "바다")]);
    store.take_remote_feeds(&[listed(FEED)], at(30)).unwrap();
    assert_eq!(
        store.feeds().unwrap()[0].feed.folder.as_deref(),
        Some("바다")
    );
    // Ended elsewhere.
    let taken = store.take_remote_feeds(&[], at(40)).unwrap();
    assert_eq!((taken.ended, wishes(&store)), (1, Vec::new()));
    assert!(store.feeds().unwrap().is_empty());
    // Taken back here, it is wanted there again.
    store.feed_restore(feed).unwrap();
    assert_eq!(wishes(&store), [wished(WishField::Subscribed, "1")]);
    store.take_remote_feeds(&[], at(50)).unwrap();
    assert_eq!(store.feeds().unwrap().len(), 1);
    assert_eq!(wishes(&store), [wished(WishField::Subscribed, "1")]);
}

#[test]
fn what_a_server_says_no_more_of_an_ended_feed_is_no_state() {
    let (_dir, store, _) = synced();
    // A local feed lists one of the articles too.
    let local = subscribed(&store, "https://lake.example/rss");
    store
        .put_entries(
            local,
            &[entry("https://river.example/1", "제목 1", "", 1)],
            at(20),
        )
        .unwrap();
    store.take_remote_feeds(&[], at(40)).unwrap();
    assert_eq!(store.agreed_states().unwrap(), []);
    store.mark_read(&[id(1)], true).unwrap();
    assert_eq!(wishes(&store), [wished(WishField::Subscribed, "1")]);
}

#[test]
fn labels_meet_and_follow_each_other() {
    let (_dir, store, _) = synced();
    let tags = |names: &[&str]| names.iter().map(|n| Clean::line(n)).collect::<Vec<_>>();
    let mut scrap = Scrap::of(store.article(id(1)).unwrap().unwrap(), at(20));
    scrap.tags = tags(&["나", "가"]);
    store.scrap_put(&scrap).unwrap();
    let sent = store.wishes().unwrap();
    store.grant(&sent.iter().collect::<Vec<_>>()).unwrap();
    // A note changes no label, and another order is none.
    store
        .scrap_annotate(id(1), Annotation::Note(Some(Clean::line("메모"))))
        .unwrap();
    let given = RemoteArticle {
        tags: Some(tags(&["다", "나"])),
        ..marks(100, false, true)
    };
    store.take_remote(&[given], true, at(30)).unwrap();
    assert_eq!(
        store.scrap(id(1)).unwrap().unwrap().tags,
        tags(&["나", "다"])
    );
    assert!(!wishes(&store).iter().any(|w| w.0 == WishField::Read));
}

#[test]
fn a_new_scrap_takes_the_labels_that_the_server_has() {
    let (_dir, store, _) = synced();
    let given = RemoteArticle {
        tags: Some(vec![Clean::line("가")]),
        ..marks(100, false, false)
    };
    store.take_remote(&[given], true, at(30)).unwrap();
    let scrap = Scrap::of(store.article(id(1)).unwrap().unwrap(), at(40));
    store.scrap_put(&scrap).unwrap();
    let tags = |store: &Store| store.scrap(id(1)).unwrap().unwrap().tags;
    assert_eq!(tags(&store), [Clean::line("가")]);
    // Starred as its label goes, an article becomes a scrap without it.
    let labelled = |tags: &[Clean], star| RemoteArticle {
        tags: Some(tags.to_vec()),
        ..marks(200, false, star)
    };
    let given = labelled(&[Clean::line("가")], false);
    store.take_remote(&[given], true, at(31)).unwrap();
    store
        .take_remote(&[labelled(&[], true)], true, at(32))
        .unwrap();
    assert_eq!(store.scrap(id(2)).unwrap().unwrap().tags, []);
    // Taken away by hand, they stay away.
    store
        .scrap_annotate(id(1), Annotation::Tags(Vec::new()))
        .unwrap();
    let scrap = store.scrap_drop(id(1)).unwrap().unwrap();
    store.scrap_put(&scrap).unwrap();
    assert_eq!(tags(&store), []);
    assert!(wishes(&store).contains(&wished(WishField::Tags, "[]")));
}

#[test]
fn an_edited_article_stays_the_one_it_was() {
    let (_dir, store, feed) = synced();
    let mut edited = told(100, feed, 1);
    if let Some((_, entry)) = &mut edited.entry {
        entry.article.blocks = vec![crate::news::Block::paragraph("강이 넘친다.")];
        entry.article.url = Some(Clean::line("https://river.example/1-again"));
        entry.guid = Clean::line("urn:new");
    }
    let taken = store.take_remote(&[edited], true, at(30)).unwrap();
    assert_eq!((taken.new, taken.edited), (0, 1));
    assert_eq!(
        store.article(id(1)).unwrap().unwrap().text(),
        "강이 넘친다."
    );
}
