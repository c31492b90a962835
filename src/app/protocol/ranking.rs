//! Rankings of the most-read articles.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::news::{Article, ArticleId, Clean, Stamp};

/// One article of a ranking.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankingEntry {
    /// Its rank, from 1.
    pub rank: u32,
    /// Its title.
    pub title: Clean,
    /// Address of the article on the publisher's site.
    pub url: Clean,
    /// The article's id, if it is in the library.
    #[serde(skip)]
    pub id: Option<ArticleId>,
    /// How often this user opened it; only in the user's own ranking.
    #[serde(skip)]
    pub opened: Option<u64>,
}

/// A ranking of the most-read articles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ranking {
    /// The publisher that made it; `None` for the user's own.
    pub publisher: Option<Clean>,
    /// When it was fetched.
    pub seen: Option<Stamp>,
    /// Its entries, in order of rank.
    pub entries: Vec<RankingEntry>,
}

/// The age in hours after which a ranking is no longer shown.
pub const RANKING_HOURS: i64 = 72;

/// Whether `then` is at most [`RANKING_HOURS`] before `now`.
pub fn is_within(now: Timestamp, then: Timestamp) -> bool {
    (0..=RANKING_HOURS * 3600).contains(&(now.as_second() - then.as_second()))
}

impl Ranking {
    /// The publisher's ranking on an article's page, if it is recent. A page is fetched no earlier
    /// than its article was published, so the ranking is at most as old as the article.
    pub fn of_page(article: &Article, now: Timestamp) -> Option<Self> {
        let seen = article.published.filter(|p| is_within(now, p.at))?;
        let publisher = article.publisher.clone().filter(|p| !p.is_blank())?;
        let entries = article.most_read.iter().map(|r| RankingEntry {
            rank: r.rank,
            title: r.title.clone(),
            url: r.url.clone(),
            id: None,
            opened: None,
        });
        (!article.most_read.is_empty()).then(|| Self {
            publisher: Some(publisher),
            seen: Some(seen),
            entries: entries.collect(),
        })
    }
}
