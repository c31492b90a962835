//! 스크랩: an article that the reader chose to keep, with a copy of its own.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Article, ArticleId, Clean};

/// A kept article. The copy outlives its source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scrap {
    /// When it was kept.
    pub kept: Timestamp,
    /// The article as it was then.
    pub article: Article,
    /// The reader's own words about it.
    #[serde(default)]
    pub note: Option<Clean>,
    /// The reader's own labels.
    #[serde(default)]
    pub tags: Vec<Clean>,
}

impl Scrap {
    /// The name of what was kept.
    pub fn id(&self) -> ArticleId {
        self.article.id()
    }
}
