//! Feeds that are a publisher's ranking (많이 본 뉴스). Their order is the ranking, which the library
//! would lose because it sorts articles by date; so the order of the latest response is stored.

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::app::protocol::ranking::is_within;
use crate::app::protocol::ranking::{Ranking, RankingEntry};
use crate::news::{Feed, FeedId, Stamp};
use crate::runtime::store::{KeyedEntry, Store, StoreError};

/// The key in the library's table `state`.
const KEY: &str = "rankings of feeds";
/// Most rankings stored; the least recent is dropped.
const MOST: usize = 30;
/// Most lines stored of a ranking.
const LINES: usize = 20;
/// Words in addresses and titles that mark a feed as a ranking.
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

/// Whether a feed's address or title marks it as a ranking.
fn is_ranking(feed: &Feed) -> bool {
    let about = format!("{} {}", feed.url, feed.title).to_lowercase();
    SIGNS.iter().any(|sign| about.contains(sign))
}

/// The order in which a ranking feed listed its articles, to be stored; `None` of any other feed.
/// Articles too old to be news are left out; the others keep their rank.
pub(crate) fn ranking_of(feed: &Feed, entries: &[KeyedEntry], now: Timestamp) -> Option<Ranking> {
    if !is_ranking(feed) || entries.is_empty() {
        return None;
    }
    let fresh = (1..)
        .zip(entries.iter().map(|keyed| &keyed.entry))
        .filter(|(_, e)| e.published.is_none_or(|p| is_within(now, p.at)));
    let lines = fresh.map(|(rank, e)| RankingEntry {
        rank,
        title: e.article.title.clone(),
        url: e.article.url.clone().unwrap_or_default(),
        id: None,
        opened: None,
    });
    Some(Ranking {
        publisher: Some(feed.title.clone()),
        seen: Some(Stamp::new(now, Offset::UTC)),
        entries: lines.filter(|l| !l.url.is_blank()).take(LINES).collect(),
    })
}

/// Stores the ranking of the feed `id` instead of the previous one.
///
/// # Errors
/// The library can't be written.
pub(crate) fn remember(store: &Store, id: FeedId, ranking: Ranking) -> Result<(), StoreError> {
    let mut all = remembered(store)?;
    all.retain(|(feed, _)| *feed != id.0);
    if !ranking.entries.is_empty() {
        all.insert(0, (id.0, ranking));
    }
    all.truncate(MOST);
    store.state_put(KEY, &all)
}

/// The rankings of feeds, with the ids of the feeds.
///
/// # Errors
/// The library can't be read.
pub(crate) fn remembered(store: &Store) -> Result<Vec<(i64, Ranking)>, StoreError> {
    Ok(store.state_get(KEY)?.unwrap_or_default())
}
