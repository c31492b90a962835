//! The store against real files.

mod checkpoint;
mod delivery;
mod identity;
mod later;
mod queries;
mod search;
mod trials;

use jiff::Timestamp;
use tempfile::TempDir;

use super::*;
use crate::news::{
    Article, ArticleId, Block, Clean, Feed, FeedEntry, FeedId, Filter, Method, Query, RowPage,
    Scrap, SortOrder, StoredText, Summary, SummaryLine,
};

pub(super) fn fresh() -> (TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(&dir.path().join("data/library.db")).unwrap();
    (dir, store)
}

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_790_000_000 + second).unwrap()
}

pub(super) fn article(url: &str, title: &str, text: &str) -> Article {
    Article {
        url: Some(Clean::line(url)),
        title: Clean::line(title),
        blocks: if text.is_empty() {
            Vec::new()
        } else {
            vec![Block::paragraph(text)]
        },
        ..Article::default()
    }
}

pub(super) fn entry(url: &str, title: &str, text: &str, second: i64) -> FeedEntry {
    let published = Some(crate::news::Stamp::new(at(second), crate::news::stamp::KST));
    FeedEntry {
        guid: Clean::line(url),
        article: Article {
            published,
            ..article(url, title, text)
        },
        markup: None,
        published,
    }
}

pub(super) fn subscribed(store: &Store, url: &str) -> FeedId {
    store
        .feed_add(&Feed {
            url: Clean::line(url),
            title: Clean::line("새소식"),
            ..Feed::default()
        })
        .unwrap()
}

fn titles(store: &Store, filter: &Filter) -> Vec<String> {
    store
        .articles(filter, RowPage::at(0, 100))
        .unwrap()
        .iter()
        .map(|a| a.title.to_string())
        .collect()
}

#[test]
fn newest_stands_first_and_equals_keep_the_feeds_order() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let entries = [
        entry("https://a.kr/1", "하나", "", 10),
        entry("https://a.kr/2", "둘", "", 30),
        entry("https://a.kr/3", "셋", "", 10),
        entry("https://a.kr/4", "먼 훗날", "", 900_000),
    ];
    store.put_entries(feed, &entries, at(20)).unwrap();
    // A date to come counts as now.
    assert_eq!(
        titles(&store, &Filter::default()),
        ["둘", "먼 훗날", "하나", "셋"]
    );
    // It stays where it was first seen, and is not when the feed was last alive.
    let newest = |store: &Store| store.feeds().unwrap()[0].newest;
    assert_eq!(newest(&store), Some(at(20)));
    let next = [entries[3].clone(), entry("https://a.kr/5", "다음", "", 50)];
    store.put_entries(feed, &next, at(60)).unwrap();
    assert_eq!(
        titles(&store, &Filter::default()),
        ["다음", "둘", "먼 훗날", "하나", "셋"]
    );
    assert_eq!(newest(&store), Some(at(50)));
    let stated = store
        .articles(&Filter::default(), RowPage::at(2, 1))
        .unwrap();
    assert_eq!(stated[0].published.map(|p| p.at), Some(at(900_000)));
}

#[test]
fn pages_by_offset_and_by_place_agree() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let entries: Vec<_> = (0..25)
        .map(|i| entry(&format!("https://a.kr/{i}"), &format!("{i}"), "", i / 3))
        .collect();
    store.put_entries(feed, &entries, at(99)).unwrap();
    for filter in [
        Filter::default(),
        Filter {
            feed: Some(feed),
            ..Filter::default()
        },
    ] {
        let all = store.articles(&filter, RowPage::at(0, 100)).unwrap();
        assert_eq!(all.len(), 25);
        let tail = store.articles(&filter, RowPage::at(20, 100)).unwrap();
        assert_eq!(tail, all[20..]);
        assert_eq!(
            store
                .articles(&filter, RowPage::below(all[19].place, 3))
                .unwrap(),
            all[20..23]
        );
        assert_eq!(store.articles(&filter, RowPage::at(25, 3)).unwrap(), []);
        assert_eq!(store.count(&filter).unwrap(), 25);
    }
}

#[test]
fn an_article_is_stored_once_however_it_comes() {
    let (_dir, store) = fresh();
    let (all, economy) = (
        subscribed(&store, "https://a.kr/all"),
        subscribed(&store, "https://a.kr/economy"),
    );
    let text = "금리를 올리기로 했다. ".repeat(20);
    let first = [entry("https://a.kr/1", "금리", &text, 1)];
    assert_eq!(store.put_entries(all, &first, at(5)).unwrap().new.len(), 1);
    assert_eq!(
        store.put_entries(all, &first, at(6)).unwrap(),
        crate::news::Added::default()
    );
    // By address in another feed; by content under another address; by the feed's own id under
    // another still.
    store.put_entries(economy, &first, at(7)).unwrap();
    store
        .put_entries(
            economy,
            &[entry("https://a.kr/1?from=economy", "금리", &text, 1)],
            at(7),
        )
        .unwrap();
    let mut again = entry("https://a.kr/moved", "금리", "다른 글", 1);
    again.guid = Clean::line("https://a.kr/1");
    let added = store.put_entries(all, &[again], at(8)).unwrap();
    assert_eq!((added.new.len(), added.updated.len()), (0, 1));
    assert_eq!(store.counts().unwrap().articles, 1);
    assert_eq!(
        titles(
            &store,
            &Filter {
                feed: Some(economy),
                ..Filter::default()
            }
        ),
        ["금리"]
    );
    // The same words from another house are another article.
    store
        .put_entries(all, &[entry("https://b.kr/9", "금리", &text, 1)], at(9))
        .unwrap();
    assert_eq!(store.counts().unwrap().articles, 2);
}

#[test]
fn a_summary_does_not_replace_the_page() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let sent = [entry("https://a.kr/1", "제목", "요약", 1)];
    let id = store.put_entries(feed, &sent, at(5)).unwrap().new[0];
    let row = || store.article_row(id).unwrap().unwrap();
    assert_eq!(row().stored_text, StoredText::Feed);
    let page = article("https://a.kr/canonical", "제목", "본문 전체");
    assert_eq!(store.put_article(&page, Some(id), at(6)).unwrap(), id);
    assert_eq!(store.put_entries(feed, &sent, at(7)).unwrap().updated, []);
    assert_eq!(
        store
            .put_entries(
                feed,
                &[entry("https://a.kr/1", "새 제목", "새 요약", 1)],
                at(8)
            )
            .unwrap()
            .updated,
        [id]
    );
    assert_eq!(store.article(id).unwrap().unwrap().text(), "본문 전체");
    assert!(row().stored_text == StoredText::Page && &*row().title == "새 제목");
}

#[test]
fn marks_are_undone_exactly_and_counts_stay_right() {
    let (_dir, store) = fresh();
    let (a, b) = (
        subscribed(&store, "https://a.kr/rss"),
        subscribed(&store, "https://b.kr/rss"),
    );
    let shared = entry("https://a.kr/0", "함께", "", 0);
    let mut of_a: Vec<_> = (1..5)
        .map(|i| entry(&format!("https://a.kr/{i}"), "가", "", i))
        .collect();
    of_a.push(shared.clone());
    store.put_entries(a, &of_a, at(9)).unwrap();
    store.put_entries(b, &[shared], at(9)).unwrap();
    let unread = |s: &Store| {
        s.feeds()
            .unwrap()
            .iter()
            .map(|f| (f.id.0, f.articles, f.unread))
            .collect::<Vec<_>>()
    };
    let before = unread(&store);
    assert_eq!(before, [(a.0, 5, 5), (b.0, 1, 1)]);
    let first = store.mark_read(&[of_a[0].article.id()], true).unwrap();
    let listed = Filter {
        feed: Some(a),
        ..Filter::default()
    };
    let rest = store.mark_found(&listed, &Query::default(), true);
    let rest = rest.unwrap();
    assert_eq!((first.len(), rest.len()), (1, 4));
    assert_eq!(unread(&store), [(a.0, 5, 0), (b.0, 1, 0)]);
    assert_eq!(
        titles(
            &store,
            &Filter {
                unread: true,
                ..Filter::default()
            }
        )
        .len(),
        0
    );
    assert_eq!(store.mark_read(&rest, false).unwrap().len(), 4);
    assert_eq!(unread(&store), [(a.0, 5, 4), (b.0, 1, 1)]);
    assert_eq!(store.counts().unwrap().unread, 4);
}

#[test]
fn an_unsubscribed_feed_comes_back_as_it_was() {
    let (_dir, store) = fresh();
    let (a, b) = (
        subscribed(&store, "https://a.kr/rss"),
        subscribed(&store, "https://b.kr/rss"),
    );
    let shared = entry("https://a.kr/0", "함께", "", 0);
    store
        .put_entries(
            a,
            &[shared.clone(), entry("https://a.kr/1", "가", "", 1)],
            at(9),
        )
        .unwrap();
    store.put_entries(b, &[shared], at(9)).unwrap();
    let before = (store.feeds().unwrap(), titles(&store, &Filter::default()));
    let named: Vec<_> = before
        .0
        .iter()
        .map(|f| (f.id, f.feed.title.clone()))
        .collect();
    assert_eq!(store.feed_titles().unwrap(), named);
    store.feed_remove(a, at(10)).unwrap();
    assert_eq!(titles(&store, &Filter::default()), ["함께"]);
    assert_eq!(store.feeds().unwrap().len(), 1);
    assert_eq!(store.feed_titles().unwrap().len(), 1);
    assert_eq!(store.feeds_due(None).unwrap().len(), 1);
    store.feed_restore(a).unwrap();
    assert_eq!(
        (store.feeds().unwrap(), titles(&store, &Filter::default())),
        before
    );
    store.feed_remove(a, at(11)).unwrap();
    assert_eq!(subscribed(&store, "https://a.kr/rss"), a);
    assert_eq!(titles(&store, &Filter::default()).len(), 2);
}

#[test]
fn a_scrap_goes_and_comes_back_exactly() {
    let (dir, store) = fresh();
    let kept = Timestamp::from_microsecond(1_790_000_000_123_456).unwrap();
    let scrap = Scrap {
        note: Some(Clean::line("메모")),
        tags: vec![Clean::line("경제")],
        ..Scrap::of(article("https://a.kr/1", "둘 것", "글"), kept)
    };
    store.put_article(&scrap.article, None, at(1)).unwrap();
    store.scrap_put(&scrap).unwrap();
    store
        .scrap_put(&Scrap::of(article("https://a.kr/2", "먼저", ""), at(0)))
        .unwrap();
    drop(store);
    let store = Store::open(&dir.path().join("data/library.db")).unwrap();
    let rows = store.scraps().unwrap();
    assert_eq!(
        rows.iter().map(|r| &*r.title).collect::<Vec<_>>(),
        ["둘 것", "먼저"]
    );
    assert!(rows[0].noted && rows[0].tags == scrap.tags);
    assert!(store.article_row(scrap.id()).unwrap().unwrap().scrapped);
    let dropped = store.scrap_drop(scrap.id()).unwrap().unwrap();
    assert_eq!(dropped, scrap);
    assert!(!store.article_row(scrap.id()).unwrap().unwrap().scrapped);
    assert_eq!(store.scrap_drop(scrap.id()).unwrap(), None);
    store.scrap_put(&dropped).unwrap();
    assert_eq!(store.scraps().unwrap(), rows);
}

#[test]
fn retention_leaves_scraps_and_what_was_kept_unread() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let entries: Vec<_> = (0..6)
        .map(|i| entry(&format!("https://a.kr/{i}"), &format!("{i}"), "글", i))
        .collect();
    let ids = store.put_entries(feed, &entries, at(9)).unwrap().new;
    store
        .scrap_put(&Scrap::of(entries[0].article.clone(), at(9)))
        .unwrap();
    store.mark_read(&ids[..4], true).unwrap();
    store.mark_read(&ids[1..2], false).unwrap();
    assert_eq!(store.prune(at(5), false, at(20)).unwrap(), 2);
    assert_eq!(titles(&store, &Filter::default()), ["5", "4", "1", "0"]);
    assert_eq!(store.prune(at(9), true, at(20)).unwrap(), 2);
    assert_eq!(titles(&store, &Filter::default()), ["1", "0"]);
    assert_eq!(store.feeds().unwrap()[0].articles, 2);
}

#[test]
fn what_is_remembered_comes_back_in_its_shape_or_not_at_all() {
    let (_dir, store) = fresh();
    store.state_put("size", &3).unwrap();
    assert_eq!(store.state_get::<u8>("size").unwrap(), Some(3));
    assert_eq!(store.state_get::<Vec<String>>("size").unwrap(), None);
    let summary = Summary {
        sentences: vec![SummaryLine {
            text: Clean::line("첫 문장."),
            source: Some(0),
            replaced: true,
            doubts: vec![Clean::line("number: 520m")],
            ..SummaryLine::default()
        }],
        method: Method::Llm(Clean::line("m")),
        whole: false,
        cut: false,
    };
    store.put_summary("k", &summary).unwrap();
    assert_eq!(store.summary("k").unwrap(), Some(summary));
    store
        .put_article(&article("https://a.kr/1", "제목", "글"), None, at(1))
        .unwrap();
    store
        .put_position(ArticleId::of_url("https://a.kr/1"), 3, 40)
        .unwrap();
    assert_eq!(
        store.position(ArticleId::of_url("https://a.kr/1")).unwrap(),
        Some((3, 40))
    );
}

#[test]
fn a_backup_holds_everything_and_a_sound_file_has_no_complaints() {
    let (dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    store
        .put_entries(feed, &[entry("https://a.kr/1", "제목", "글", 1)], at(9))
        .unwrap();
    let copy = dir.path().join("copy.db");
    store.backup(&copy).unwrap();
    assert_eq!(
        titles(&Store::open(&copy).unwrap(), &Filter::default()),
        ["제목"]
    );
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

fn asked(text: &str) -> crate::news::Query {
    crate::news::Query::parse(
        text,
        &"2026-11-22T15:00:00+09:00[Asia/Seoul]".parse().unwrap(),
    )
    .unwrap()
}

#[test]
fn what_retention_took_away_does_not_come_back_while_its_feed_lists_it() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let entries: Vec<_> = (0..900)
        .map(|i| {
            entry(
                &format!("https://a.kr/{i}"),
                &format!("{i}"),
                &"긴 글 ".repeat(60),
                i,
            )
        })
        .collect();
    let ids = store.put_entries(feed, &entries, at(1000)).unwrap().new;
    store
        .index_from(1, &crate::runtime::cancel::Cancel::new())
        .unwrap();
    store.mark_read(&ids, true).unwrap();
    store.mark_read(&ids[3..4], false).unwrap();
    // Nothing goes unasked.
    assert_eq!(
        store.retain(&Retention::default(), at(99_999_999)).unwrap(),
        0
    );
    let old = Retention {
        days: 1,
        ..Retention::default()
    };
    assert_eq!(store.retain(&old, at(500 + 24 * 3600)).unwrap(), 499);
    assert_eq!(
        titles(
            &store,
            &Filter {
                unread: true,
                ..Filter::default()
            }
        ),
        ["3"]
    );
    assert_eq!(
        store.put_entries(feed, &entries, at(1001)).unwrap(),
        crate::news::Added::default()
    );
    assert_eq!(store.counts().unwrap().articles, 401);
    assert_eq!(
        store
            .search(
                &Filter::default(),
                &asked("긴"),
                9,
                &crate::runtime::cancel::Cancel::new()
            )
            .unwrap()
            .len(),
        9
    );
    // For room: the oldest first, until it fits or nothing is left that may go.
    let small = Retention {
        bytes: 1,
        ..Retention::default()
    };
    store.retain(&small, at(1002)).unwrap();
    assert_eq!(titles(&store, &Filter::default()), ["3"]);
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
}

#[test]
fn a_clock_that_jumped_takes_nothing_away() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let entries: Vec<_> = (0..5)
        .map(|i| entry(&format!("https://a.kr/{i}"), &format!("{i}"), "글", i))
        .collect();
    let ids = store.put_entries(feed, &entries, at(1000)).unwrap().new;
    store.mark_read(&ids, true).unwrap();
    let (day, month) = (
        24 * 3600,
        Retention {
            days: 30,
            ..Retention::default()
        },
    );
    assert_eq!(store.retain(&month, at(1000)).unwrap(), 0);
    // Ten years on, the next day set right: nothing went, and nothing is too old.
    assert_eq!(store.retain(&month, at(3650 * day)).unwrap(), 0);
    assert_eq!(store.retain(&month, at(day)).unwrap(), 0);
    assert_eq!(store.counts().unwrap().articles, 5);
    // Weeks without a look are no proof either; a day later they are.
    assert_eq!(store.retain(&month, at(60 * day)).unwrap(), 0);
    assert_eq!(store.retain(&month, at(61 * day)).unwrap(), 5);
}

#[test]
fn every_order_lists_the_same_articles() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let mut entries: Vec<_> = (0..6)
        .map(|i| entry(&format!("https://a.kr/{i}"), &format!("{i}"), "글", i))
        .collect();
    for (entry, outlet) in entries.iter_mut().zip(["나", "가", "나", "가", "다", "가"]) {
        entry.article.publisher = Some(Clean::line(outlet));
    }
    let ids = store.put_entries(feed, &entries, at(9)).unwrap().new;
    store.mark_read(&[ids[5], ids[2]], true).unwrap();
    for (order, expected) in [
        (SortOrder::Newest, "543210"),
        (SortOrder::Oldest, "012345"),
        (SortOrder::Unread, "431052"),
        (SortOrder::Publisher, "531204"),
    ] {
        let filter = Filter {
            order,
            ..Filter::default()
        };
        assert_eq!(titles(&store, &filter).concat(), expected, "{order:?}");
        let found = store
            .in_order(
                &filter,
                &asked("글"),
                99,
                &crate::runtime::cancel::Cancel::new(),
            )
            .unwrap();
        assert_eq!(
            found
                .iter()
                .map(|r| r.title.to_string())
                .collect::<String>(),
            expected,
            "{order:?}"
        );
        let page = store.articles(&filter, RowPage::at(2, 2)).unwrap();
        assert_eq!(
            page.iter().map(|r| r.title.to_string()).collect::<String>(),
            expected[2..4],
            "{order:?}"
        );
    }
}

#[test]
fn feeds_move_between_folders_and_back() {
    let (_dir, store) = fresh();
    let (a, b) = (
        subscribed(&store, "https://a.kr/rss"),
        subscribed(&store, "https://b.kr/rss"),
    );
    let before = store.feeds().unwrap();
    let economy = Some(Clean::line("경제"));
    store
        .file_feeds(&[(a, economy.clone()), (b, economy.clone())])
        .unwrap();
    let folders = |store: &Store| -> Vec<Option<Clean>> {
        let feeds = store.feeds().unwrap().into_iter();
        feeds.map(|row| row.feed.folder).collect()
    };
    assert_eq!(folders(&store), [economy.clone(), economy]);
    store.file_feeds(&[(a, None), (b, None)]).unwrap();
    assert_eq!(store.feeds().unwrap(), before);
}
