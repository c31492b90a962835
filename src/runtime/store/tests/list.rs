//! How SQLite walks the lists.

use super::super::tests::{at, entry, fresh, subscribed};
use super::*;
use crate::news::{FeedEntry, FeedId};

#[test]
fn no_list_is_sorted_that_has_its_order_already() {
    let (_dir, store) = fresh();
    let feed = subscribed(&store, "https://a.kr/rss");
    // More than SQLite counts for its statistics.
    let entries: Vec<FeedEntry> = (0..3_000)
        .map(|i| entry(&format!("https://a.kr/{i}"), &format!("기사 {i}"), "", i))
        .collect();
    store.put_entries(feed, &entries, at(9_000)).unwrap();
    store.tidy().unwrap();
    let filters = [
        Filter::default(),
        Filter {
            since: Some(at(2_000)),
            ..Filter::default()
        },
        Filter {
            unread: true,
            ..Filter::default()
        },
        Filter {
            folded: true,
            ..Filter::default()
        },
        Filter {
            folded: true,
            since: Some(at(2_000)),
            ..Filter::default()
        },
        Filter {
            scrapped: true,
            ..Filter::default()
        },
        Filter {
            publisher: Some(crate::news::Clean::line("새소식")),
            ..Filter::default()
        },
        Filter {
            feed: Some(FeedId(feed.0)),
            ..Filter::default()
        },
    ];
    for (filter, more) in filters.iter().map(|filter| (filter, "")).chain([
        (&filters[0], " and a.read = 0"),
        (&filters[0], " and a.pictured = 1"),
    ]) {
        for direction in ["asc", "desc"] {
            let mut clauses = Clauses::of(filter);
            clauses.walk_in_order(more);
            let select = clauses.select(LISTED_COLUMNS);
            let place = clauses.place;
            let sql = format!("explain query plan {select}{more} order by {place} {direction}");
            let mut plan = store.db.prepare(&sql).unwrap();
            let steps = plan.query_map(params_from_iter(&clauses.values), |r| r.get(3));
            let steps: Vec<String> = steps.unwrap().collect::<Result<_, _>>().unwrap();
            assert!(
                !steps.iter().any(|step| step.contains("ORDER BY")),
                "{filter:?}{more}: {steps:?}"
            );
        }
    }
}
