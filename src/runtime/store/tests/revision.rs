//! Revisions in the library: what makes one, how many are kept, and what they cost.

use super::super::tests::{article, at, entry, fresh, subscribed};
use super::*;
use crate::news::{ArticleId, Filter, Query, RewriteKind, RowPage};
use crate::runtime::cancel::Cancel;

const FEED: &str = "https://river.co.kr/rss";
const ARTICLE: &str = "https://river.co.kr/news/7";
const BRIDGE: &str = "다리는 내년 3월에 열린다. 짓는 데 12억 원이 들었다.";

fn id() -> ArticleId {
    ArticleId::of_url(ARTICLE)
}

fn found(store: &Store, query: &str) -> usize {
    let now = at(0).to_zoned_datetime(jiff::tz::TimeZone::UTC);
    let query = Query::parse(query, &now).unwrap();
    store
        .search(&Filter::default(), &query, 10, &Cancel::new())
        .unwrap()
        .len()
}

#[test]
fn what_a_feed_says_otherwise_is_a_revision_and_what_it_says_again_is_none() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, FEED);
    let deliver = |title: &str, text: &str, second| {
        let entries = [entry(ARTICLE, title, text, 1)];
        store.put_entries(feed, &entries, at(second)).unwrap();
    };
    deliver("다리", BRIDGE, 10);
    deliver("다리", &BRIDGE.replace(' ', "  "), 20);
    assert_eq!(store.revisions(id()).unwrap(), []);
    assert_eq!(found(&store, "changed:"), 0);
    deliver("다리", &BRIDGE.replace("3월", "5월"), 30);
    deliver("새 다리", &BRIDGE.replace("3월", "5월"), 40);
    let revisions = store.revisions(id()).unwrap();
    let told: Vec<_> = revisions
        .iter()
        .map(|r| {
            (
                r.seen,
                r.changed[0].kind,
                &*r.changed[0].old,
                &*r.changed[0].new,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                at(30),
                RewriteKind::Rewritten,
                "다리는 내년 3월에 열린다.",
                "다리는 내년 5월에 열린다."
            ),
            (at(40), RewriteKind::Headline, "다리", "새 다리"),
        ]
    );
    let rows = store
        .articles(&Filter::default(), RowPage::at(0, 9))
        .unwrap();
    assert_eq!((rows[0].revisions, rows[0].revised), (2, Some(at(40))));
    assert_eq!(found(&store, "changed:"), 1);
    assert_eq!(found(&store, "changed:today"), 1);
    assert_eq!(found(&store, "changed:2099-01-01"), 0);
    assert_eq!(found(&store, "-changed:"), 0);
    assert_eq!(found(&store, "고침: 다리"), 1);
}

#[test]
fn the_page_of_a_feeds_summary_is_no_revision_but_another_page_is() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, FEED);
    let entries = [entry(ARTICLE, "다리", "다리가 열린다.", 1)];
    store.put_entries(feed, &entries, at(10)).unwrap();
    let put = |text: &str, second| {
        store
            .put_article(&article(ARTICLE, "다리", text), None, at(second))
            .unwrap();
    };
    put(BRIDGE, 20);
    assert_eq!(store.revisions(id()).unwrap(), []);
    put(&BRIDGE.replace("12억", "21억"), 30);
    assert_eq!(store.revisions(id()).unwrap().len(), 1);
    // An error page says nothing of the article.
    let mut error = article(ARTICLE, "다리", "잠시 뒤에 다시 오세요.");
    error.extraction.problem = Some(crate::news::Problem::Error);
    store.put_article(&error, None, at(40)).unwrap();
    assert_eq!(store.revisions(id()).unwrap().len(), 1);
}

#[test]
fn revisions_are_bounded_and_go_with_their_article() {
    let (_dir, store) = fresh();
    for version in 0..50 {
        let text = format!("지금까지 {version}명이 다리를 건넜다.");
        store
            .put_article(&article(ARTICLE, "다리", &text), None, at(version))
            .unwrap();
    }
    let revisions = store.revisions(id()).unwrap();
    assert_eq!(revisions.len(), 20);
    assert_eq!(revisions[19].seen, at(49));
    let long = |last: usize| -> String {
        let lines = (0..2_000).map(|i| format!("{i}번째로 {}명이 건넜다. ", i + last));
        lines.collect()
    };
    for last in [1, 2] {
        store
            .put_article(
                &article(ARTICLE, "다리", &long(last)),
                None,
                at(60 + last as i64),
            )
            .unwrap();
    }
    let stored: i64 = store
        .db
        .query_row("select max(length(changed)) from revision", [], |r| {
            r.get(0)
        })
        .unwrap();
    assert!(stored < 2 * LARGEST as i64, "{stored}");
    store
        .mark_found(&Filter::default(), &Query::default(), true)
        .unwrap();
    assert_eq!(store.prune(at(1_000_000), true, at(99)).unwrap(), 1);
    let left: i64 = store
        .db
        .query_row("select count(*) from revision", [], |r| r.get(0))
        .unwrap();
    assert_eq!(left, 0);
}
