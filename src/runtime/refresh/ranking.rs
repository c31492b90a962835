//! Feeds that are a publisher's ranking (많이 본 뉴스): their order is the ranking, and the library,
//! which keeps articles by date, would lose it. So the order of the latest answer is kept.

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::app::protocol::ranking::is_within;
use crate::app::protocol::ranking::{Ranking, RankingEntry};
use crate::news::{self, Feed, FeedId, Stamp};
use crate::runtime::store::{Store, StoreError};

/// The key in the store's table `state`.
const KEY: &str = "rankings of feeds";
/// Rankings kept at most; the least recent is dropped.
const MOST: usize = 30;
/// Lines kept of a ranking.
const LINES: usize = 20;
/// How addresses and titles of feeds say that they are a ranking.
const SIGNS: [&str; 9] = [
    "clicktop",
    "mostread",
    "most-read",
    "most_read",
    "popular",
    "ranking",
    "많이 본",
    "많이본",
    "인기 기사",
];

/// Whether a feed's address or title says that it is a ranking.
fn is_ranking(feed: &Feed) -> bool {
    let about = format!("{} {}", feed.url, feed.title).to_lowercase();
    SIGNS.iter().any(|sign| about.contains(sign))
}

/// Remembers the order in which a feed that is a ranking gave its articles, instead of the one
/// before. What is dated and older than a ranking is news keeps its rank and is not shown.
///
/// # Errors
/// As any write.
pub(crate) fn remember(
    store: &Store,
    (id, feed): (FeedId, &Feed),
    entries: &[news::FeedEntry],
    now: Timestamp,
) -> Result<(), StoreError> {
    if !is_ranking(feed) || entries.is_empty() {
        return Ok(());
    }
    let fresh = (1..)
        .zip(entries)
        .filter(|(_, e)| e.published.is_none_or(|p| is_within(now, p.at)));
    let lines = fresh.map(|(rank, e)| RankingEntry {
        rank,
        title: e.article.title.clone(),
        url: e.article.url.clone().unwrap_or_default(),
        id: None,
        opened: None,
    });
    let entries: Vec<RankingEntry> = lines.filter(|l| !l.url.is_blank()).take(LINES).collect();
    let seen = Some(Stamp::new(now, Offset::UTC));
    let mut all = remembered(store)?;
    all.retain(|(feed, _)| *feed != id.0);
    if !entries.is_empty() {
        all.insert(
            0,
            (
                id.0,
                Ranking {
                    publisher: Some(feed.title.clone()),
                    seen,
                    entries,
                },
            ),
        );
    }
    all.truncate(MOST);
    store.state_put(KEY, &all)
}

/// The rankings of feeds, with the numbers of those.
///
/// # Errors
/// As any read.
pub(crate) fn remembered(store: &Store) -> Result<Vec<(i64, Ranking)>, StoreError> {
    Ok(store.state_get(KEY)?.unwrap_or_default())
}
