//! Find against the plain way of finding: look at everything.

use jiff::{Timestamp, ZonedDateTime};
use proptest::prelude::*;

use super::{at, entry, fresh, subscribed};
use crate::news::query::{Query, Subject};
use crate::news::{Article, Block, Clean, FeedEntry, Filter, RowPage, Scrap};
use crate::runtime::cancel::Cancel;
use crate::runtime::store::{Store, StoreError};

fn query(text: &str) -> Query {
    let now: ZonedDateTime = "2026-11-22T15:00:00+09:00[Asia/Seoul]".parse().unwrap();
    Query::parse(text, &now).unwrap()
}

fn found(store: &Store, text: &str) -> Vec<String> {
    let rows = store
        .search(&Filter::default(), &query(text), usize::MAX, &Cancel::new())
        .unwrap();
    rows.iter().map(|r| r.title.to_string()).collect()
}

/// The titles that answer, by looking at every article in the order of the list.
fn seen(store: &Store, text: &str) -> Vec<String> {
    let query = query(text);
    let all = store
        .articles(&Filter::default(), RowPage::at(0, usize::MAX))
        .unwrap();
    let answers = all.iter().filter(|row| {
        let body = store.article(row.id).unwrap().unwrap().text();
        let subject = Subject {
            form: None,
            title: &row.title,
            body: &body,
            publisher: row.publisher.as_deref().unwrap_or_default(),
            authors: &[],
            url: "",
            feeds: &["새소식 https://a.kr/rss".to_owned()],
            tags: &[],
            lang: "",
            published: row.published.map(|p| p.at),
            first_seen: row.first_seen,
            revised: None,
            later: false,
            read: row.read,
            scrapped: row.scrapped,
            pictured: row.pictured,
        };
        query.matches(&subject)
    });
    answers.map(|row| row.title.to_string()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn the_index_finds_what_looking_at_everything_finds(
        texts in prop::collection::vec(("[가나다 aB]{0,6}", "[가나다라 bC\n]{0,40}"), 1..40),
        cuts in prop::collection::vec(0_usize..40, 3),
        asked in prop::collection::vec(
            ("(|-)(|title:|body:)[가나다라ab]{1,3}|\"[가나 b]{1,4}\"|unread|-read|today|feed:새소식|has:image", "( | or )"), 1..4),
    ) {
        let store = Store::in_memory().unwrap();
        let feed = subscribed(&store, "https://a.kr/rss");
        for (i, (title, text)) in texts.iter().enumerate() {
            let title = format!("{title} {i}");
            store.put_entries(feed, &[entry(&format!("https://a.kr/{i}"), &title, text, i as i64 % 7)], at(9)).unwrap();
            if cuts.contains(&i) {
                store.index_from(1, &Cancel::new()).unwrap();
            }
        }
        // A text that changed after it was indexed is found by its new words.
        store.put_entries(feed, &[entry("https://a.kr/0", "바뀜 0", "가나다라 b", 0)], at(10)).unwrap();
        let mut text = String::new();
        for (word, tie) in &asked {
            text.push_str(if word.trim_matches('"').trim().is_empty() { "가" } else { word });
            text.push_str(tie);
        }
        text.push('가');
        prop_assert_eq!(found(&store, &text), seen(&store, &text), "{}", text);
    }
}

#[test]
fn common_and_rare_words_are_found_among_thousands() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let entries: Vec<_> = (0..3000)
        .map(|i| {
            let text = format!("본문 {} {} 경제", if i == 7 { "뷁" } else { "것" }, i % 10);
            entry(&format!("https://a.kr/{i}"), &format!("기사 {i}"), &text, i)
        })
        .collect();
    // What comes in great numbers is in the index at once, what comes bit by bit when there is
    // enough of it.
    store.put_entries(feed, &entries[600..], at(3000)).unwrap();
    assert_eq!(store.index(&Cancel::new()).unwrap(), 0);
    store.put_entries(feed, &entries[..300], at(3000)).unwrap();
    store
        .put_entries(feed, &entries[300..600], at(3000))
        .unwrap();
    assert_eq!(store.index(&Cancel::new()).unwrap(), 352 + 600);
    assert_eq!(found(&store, "뷁"), ["기사 7"]);
    assert_eq!(found(&store, "경제").len(), 3000);
    assert_eq!(found(&store, "경제 -것"), ["기사 7"]);
    let newest = store
        .search(&Filter::default(), &query("경"), 3, &Cancel::new())
        .unwrap();
    assert_eq!(
        newest.iter().map(|r| &*r.title).collect::<Vec<_>>(),
        ["기사 2999", "기사 2998", "기사 2997"]
    );
    let raised = Cancel::new();
    raised.cancel();
    assert!(matches!(
        store.search(&Filter::default(), &query("경제"), 3, &raised),
        Err(StoreError::Cancelled)
    ));
}

#[test]
fn labels_of_scraps_are_found() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let entries = [
        entry("https://a.kr/1", "하나", "", 1),
        entry("https://a.kr/2", "둘", "", 2),
    ];
    store.put_entries(feed, &entries, at(9)).unwrap();
    let scrap = Scrap {
        tags: vec![Clean::line("읽을 것")],
        ..Scrap::of(entries[0].article.clone(), at(9))
    };
    store.scrap_put(&scrap).unwrap();
    assert_eq!(found(&store, "tag:\"읽을 것\""), ["하나"]);
    assert_eq!(found(&store, "-scrapped"), ["둘"]);
    assert_eq!(found(&store, "feed:a.kr scrapped"), ["하나"]);
}

#[test]
fn every_kind_of_block_can_be_found() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    let clean = Clean::line;
    let blocks = vec![
        Block::paragraph("문단 \"인용\" \\ 끝"),
        Block::Image {
            url: clean("https://a.kr/p"),
            alt: None,
            caption: Some(clean("설명")),
            credit: None,
        },
        Block::list(false, vec![clean("항목")]),
        Block::Table {
            rows: vec![vec![clean("칸")]],
        },
        Block::quote(clean("따옴")),
    ];
    let article = Article {
        url: Some(clean("https://a.kr/1")),
        title: clean("제목"),
        blocks,
        ..Article::default()
    };
    let entry = FeedEntry {
        article,
        ..FeedEntry::default()
    };
    store
        .put_entries(feed, &[entry], Timestamp::UNIX_EPOCH)
        .unwrap();
    store.index_from(1, &Cancel::new()).unwrap();
    for word in ["문단", "\\", "설명", "항목", "칸", "따옴", "has:image"] {
        assert_eq!(found(&store, word), ["제목"], "{word}");
    }
}
