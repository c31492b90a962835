//! Rankings (많이 본 뉴스): those on publishers' pages, those of feeds that are a ranking, and the
//! articles that this reader opened most.

use jiff::Timestamp;

use super::LibraryWorker;
use crate::app::Failure;
use crate::app::protocol::change::Changed;
use crate::app::protocol::ranking::is_within;
use crate::app::protocol::ranking::{Ranking, RankingEntry};
use crate::news::ArticleRow;
use crate::runtime::refresh::ranking;

/// The key in the library's table `state`.
const KEY: &str = "rankings";
/// Most rankings stored; the least recent is dropped.
const MOST: usize = 30;
/// Most lines shown of a ranking.
const LINES: usize = 10;

impl LibraryWorker {
    /// All rankings: those of the publishers, then the reader's own.
    pub(crate) fn most_read(&self) -> Result<Vec<Ranking>, Failure> {
        let store = self.store()?;
        let now = Timestamp::now();
        let fail = |e| Failure::from(e);
        let mut all: Vec<Ranking> = store.state_get(KEY).map_err(fail)?.unwrap_or_default();
        let is_recent = |r: &Ranking| r.seen.is_some_and(|seen| is_within(now, seen.at));
        all.retain(is_recent);
        let subscribed: Vec<i64> = store
            .feeds()
            .map_err(fail)?
            .iter()
            .map(|f| f.id.0)
            .collect();
        let of_feeds = ranking::remembered(store).map_err(fail)?.into_iter();
        let of_feeds = of_feeds
            .filter(|(feed, r)| subscribed.contains(feed) && is_recent(r))
            .map(|(_, r)| r);
        all.extend(of_feeds);
        for entry in all.iter_mut().flat_map(|r| &mut r.entries) {
            entry.id = store.article_at(&entry.url).map_err(fail)?.or(entry.id);
        }
        all.iter_mut().for_each(|r| r.entries.truncate(LINES));
        let own = store.most_opened(LINES).map_err(fail)?;
        let entries: Vec<RankingEntry> = (1..)
            .zip(own)
            .map(|(rank, (row, n))| entry(rank, row, Some(n)))
            .collect();
        if !entries.is_empty() {
            all.push(Ranking {
                publisher: None,
                seen: None,
                entries,
            });
        }
        Ok(all)
    }

    /// Stores a publisher's ranking, replacing the previous one.
    pub(crate) fn put_ranking(&self, ranking: Ranking) -> Result<Changed, Failure> {
        let store = self.store()?;
        let mut all: Vec<Ranking> = store.state_get(KEY)?.unwrap_or_default();
        let newer = |r: &Ranking| r.seen.map(|s| s.at) > ranking.seen.map(|s| s.at);
        if all
            .iter()
            .any(|r| r.publisher == ranking.publisher && newer(r))
        {
            return Ok(Changed::Done);
        }
        all.retain(|r| r.publisher != ranking.publisher);
        all.insert(0, ranking);
        all.truncate(MOST);
        store
            .state_put(KEY, &all)
            .map(|()| Changed::Done)
            .map_err(Failure::from)
    }
}

fn entry(rank: u32, row: ArticleRow, opened: Option<u64>) -> RankingEntry {
    RankingEntry {
        rank,
        title: row.title,
        url: row.url.unwrap_or_default(),
        id: Some(row.id),
        opened,
    }
}
