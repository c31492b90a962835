//! Rankings of what is most read.

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
    /// Its address.
    pub url: Clean,
    /// The article, where the library has it.
    #[serde(skip)]
    pub id: Option<ArticleId>,
    /// How often the reader opened it; only in the reader's own ranking.
    #[serde(skip)]
    pub opened: Option<u64>,
}

/// A ranking: whose it is, when it was seen, and its entries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ranking {
    /// The publisher; none for the reader's own.
    pub publisher: Option<Clean>,
    /// When it was seen.
    pub seen: Option<Stamp>,
    /// Its entries, the first first.
    pub entries: Vec<RankingEntry>,
}

/// How long a ranking is news, in hours.
pub const RANKING_HOURS: i64 = 72;

/// Whether `then` is no further back than a ranking is news.
pub fn is_within(now: Timestamp, then: Timestamp) -> bool {
    (0..=RANKING_HOURS * 3600).contains(&(now.as_second() - then.as_second()))
}

impl Ranking {
    /// The ranking of its publisher that an article's page carries, where it is news. A page is no
    /// older than its article, so a ranking of an article from within the last
    /// [`RANKING_HOURS`] is from within them too.
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
