//! 스크랩: an article that the reader chose to keep, with a copy of its own.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

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

    /// The article in the JSON that every command reads, with what the reader added under `scrap`. Nothing is left out:
    /// [`Scrap::imported`] gives it back as it was.
    ///
    /// # Errors
    /// As serialisation gives them; none is known.
    pub fn exported(&self) -> serde_json::Result<Value> {
        let mut shape = serde_json::to_value(&self.article)?;
        if let Value::Object(fields) = &mut shape {
            let own = json!({"kept": self.kept, "note": self.note, "tags": self.tags});
            fields.insert("scrap".to_owned(), own);
        }
        Ok(shape)
    }

    /// What [`Scrap::exported`] gave; an article without what the reader added was kept at `now`.
    ///
    /// # Errors
    /// It is no article.
    pub fn imported(mut shape: Value, now: Timestamp) -> serde_json::Result<Self> {
        #[derive(Deserialize)]
        struct Own {
            kept: Timestamp,
            #[serde(default)]
            note: Option<Clean>,
            #[serde(default)]
            tags: Vec<Clean>,
        }
        let own = shape.as_object_mut().and_then(|fields| fields.shift_remove("scrap"));
        let own: Own = match own {
            Some(own) => serde_json::from_value(own)?,
            None => Own { kept: now, note: None, tags: Vec::new() },
        };
        Ok(Self { kept: own.kept, article: serde_json::from_value(shape)?, note: own.note, tags: own.tags })
    }

    /// This scrap with what `other`, of the same article, says beyond it: notes and tags of both, the earlier date.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.kept = self.kept.min(other.kept);
        self.tags.extend(other.tags.into_iter().filter(|t| !self.tags.contains(t)).collect::<Vec<_>>());
        self.note = match (self.note, other.note) {
            (Some(mine), Some(theirs)) if !mine.contains(&*theirs) => Some(Clean::code(&format!("{mine}\n{theirs}"))),
            (mine, theirs) => mine.or(theirs),
        };
        self
    }
}
