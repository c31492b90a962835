//! Which feed may change an article that several feeds list.

use super::super::tests::{at, entry, fresh, subscribed};
use super::*;
use crate::news::{Clean, FeedEntry};

const OWN: &str = "https://rss.river.co.kr/all";
const OTHER: &str = "https://lake.example/rss";
const THIRD: &str = "https://hill.example/rss";
const ARTICLE: &str = "https://www.river.co.kr/news/7";

fn said(by: &str, text: &str) -> FeedEntry {
    let mut entry = entry(ARTICLE, &format!("{by}의 제목"), text, 9);
    entry.article.publisher = Some(Clean::line(by));
    entry
}

/// Title, publisher, text and feed of the article.
fn held(store: &Store) -> (String, String, String, Option<Clean>) {
    let id = ArticleId::of_url(ARTICLE);
    let article = store.article(id).unwrap().unwrap();
    (
        article.title.to_string(),
        article.publisher.clone().unwrap_or_default().to_string(),
        article.text(),
        store.feed_of(id).unwrap(),
    )
}

fn as_said(by: &str, text: &str, feed: &str) -> (String, String, String, Option<Clean>) {
    let feed = Some(Clean::line(feed));
    (format!("{by}의 제목"), by.to_owned(), text.to_owned(), feed)
}

#[test]
fn a_feed_of_another_site_changes_nothing_that_the_own_feed_said() {
    let (_dir, store) = fresh();
    let (own, other) = (subscribed(&store, OWN), subscribed(&store, OTHER));
    store
        .put_entries(own, &[said("강", "강물이 말한다.")], at(1))
        .unwrap();
    let added = store
        .put_entries(other, &[said("호수", "거짓으로 고친 글이다.")], at(2))
        .unwrap();
    assert!(added.new.is_empty() && added.updated.is_empty());
    assert_eq!(held(&store), as_said("강", "강물이 말한다.", OWN));
    // It is listed there all the same.
    let rows = store.feeds().unwrap();
    assert!(rows.iter().all(|row| row.articles == 1), "{rows:?}");
    // The own feed may correct itself.
    store
        .put_entries(own, &[said("강", "강물이 고쳐 말한다.")], at(3))
        .unwrap();
    assert_eq!(held(&store), as_said("강", "강물이 고쳐 말한다.", OWN));
}

#[test]
fn the_own_feed_takes_an_article_over_from_another_that_was_earlier() {
    let (_dir, store) = fresh();
    let (other, own) = (subscribed(&store, OTHER), subscribed(&store, OWN));
    store
        .put_entries(other, &[said("호수", "거짓이다.")], at(1))
        .unwrap();
    store
        .put_entries(own, &[said("강", "강물이 말한다.")], at(2))
        .unwrap();
    assert_eq!(held(&store), as_said("강", "강물이 말한다.", OWN));
    store
        .put_entries(other, &[said("호수", "다시 거짓이다.")], at(3))
        .unwrap();
    assert_eq!(held(&store), as_said("강", "강물이 말한다.", OWN));
}

#[test]
fn of_feeds_of_other_sites_the_first_stands_and_later_ones_fill_gaps() {
    let (_dir, store) = fresh();
    let (first, later) = (subscribed(&store, OTHER), subscribed(&store, THIRD));
    let mut headline = said("호수", "");
    (headline.article.published, headline.published) = (None, None);
    (headline.article.blocks, headline.markup) = (Vec::new(), None);
    store.put_entries(first, &[headline], at(1)).unwrap();
    let mut more = said("언덕", "언덕이 보탠다.");
    more.article.lang = Some(Clean::line("ko"));
    store.put_entries(later, &[more], at(2)).unwrap();
    assert_eq!(held(&store), as_said("호수", "언덕이 보탠다.", OTHER));
    let row = store
        .article_row(ArticleId::of_url(ARTICLE))
        .unwrap()
        .unwrap();
    assert!(row.published.is_some());
    store
        .put_entries(later, &[said("언덕", "또 고친다.")], at(3))
        .unwrap();
    assert_eq!(held(&store), as_said("호수", "언덕이 보탠다.", OTHER));
    store
        .put_entries(first, &[said("호수", "호수가 고친다.")], at(4))
        .unwrap();
    assert_eq!(held(&store), as_said("호수", "호수가 고친다.", OTHER));
}

#[test]
fn whichever_feed_answers_first_the_same_one_has_the_say() {
    let orders = [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ];
    let (third, other) = (
        said("언덕", "언덕의 글이다."),
        said("호수", "호수의 글이다."),
    );
    let own = said("강", "강물이 말한다.");
    for order in orders {
        // The own feed was subscribed to last, and of the others the hill first.
        for (with_own, expected) in [
            (true, as_said("강", "강물이 말한다.", OWN)),
            (false, as_said("언덕", "언덕의 글이다.", THIRD)),
        ] {
            let (_dir, store) = fresh();
            let feeds = [THIRD, OTHER, OWN].map(|url| subscribed(&store, url));
            let entries = [&third, &other, &own].map(|entry| [entry.clone()]);
            for turn in 1..3 {
                for place in order.into_iter().filter(|place| with_own || *place < 2) {
                    store
                        .put_entries(feeds[place], &entries[place], at(turn))
                        .unwrap();
                }
            }
            assert_eq!(held(&store), expected, "{order:?}");
            assert_eq!(store.revisions(ArticleId::of_url(ARTICLE)).unwrap(), []);
        }
    }
}

#[test]
fn another_feed_of_the_publisher_rewrites_nothing_and_succeeds_one_unsubscribed_from() {
    const SECOND: &str = "https://rss.river.co.kr/politics";
    let (_dir, store) = fresh();
    let (first, second) = (subscribed(&store, OWN), subscribed(&store, SECOND));
    let put = |feed, by: &str, second| {
        let entries = [said(by, "강물이 말한다.")];
        store.put_entries(feed, &entries, at(second)).unwrap()
    };
    let revisions = || store.revisions(ArticleId::of_url(ARTICLE)).unwrap().len();
    for turn in 1..4 {
        put(second, "정치", turn * 2);
        let added = put(first, "강", turn * 2 + 1);
        assert_eq!(added.updated.len(), usize::from(turn == 1));
        assert_eq!(held(&store), as_said("강", "강물이 말한다.", OWN));
    }
    assert_eq!(revisions(), 0);
    put(first, "고친 강", 20);
    assert_eq!(revisions(), 1);
    assert!(put(second, "정치", 21).updated.is_empty());
    store.feed_remove(first, at(22)).unwrap();
    put(second, "정치", 23);
    assert_eq!(held(&store), as_said("정치", "강물이 말한다.", SECOND));
    assert_eq!(revisions(), 1);
}

#[test]
fn the_own_feeds_headline_stands_alone_where_only_others_have_a_text() {
    let (_dir, store) = fresh();
    let (own, other) = (subscribed(&store, OWN), subscribed(&store, OTHER));
    store
        .put_entries(other, &[said("호수", "거짓이다.")], at(1))
        .unwrap();
    store.put_entries(own, &[said("강", "")], at(2)).unwrap();
    assert_eq!(held(&store), as_said("강", "", OWN));
}

#[test]
fn a_text_of_another_site_is_not_put_under_the_own_feeds_headline() {
    let (_dir, store) = fresh();
    let (own, other) = (subscribed(&store, OWN), subscribed(&store, OTHER));
    let mut headline = said("강", "");
    (headline.article.blocks, headline.markup) = (Vec::new(), None);
    store.put_entries(own, &[headline], at(1)).unwrap();
    store
        .put_entries(other, &[said("호수", "거짓이다.")], at(2))
        .unwrap();
    assert_eq!(held(&store), as_said("강", "", OWN));
}

#[test]
fn a_feed_at_another_host_of_the_publisher_is_its_own() {
    // The hosts of one profile.
    assert!(is_own_feed(
        "https://www.donga.com/rss",
        "https://news.donga.com/1"
    ));
    let profiles = Profiles::embedded();
    let kbs = "https://news.kbs.co.kr/1";
    assert!(!is_own_feed("https://x.example/", kbs));
    assert!(profiles.of_url(kbs).is_some() && is_own_feed(kbs, kbs));
    assert!(!is_own_feed(
        "https://me.github.io/rss",
        "https://you.github.io/1"
    ));
    assert!(!is_own_feed(OWN, "") && !is_own_feed("", ""));
}
