//! Rankings of what is most read.

use serde::{Deserialize, Serialize};

use crate::news::{ArticleId, Clean, Stamp};

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
