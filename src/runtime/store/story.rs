//! Which story each article belongs to, and which article stands for a copy.

use rusqlite::params;

use super::row::key;
use super::{Store, StoreError};
use crate::news::{ArticleId, StoryId};

/// The result of grouping for one article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoryGrouping {
    /// The article.
    pub id: ArticleId,
    /// The story it belongs to together with other articles, if any.
    pub story: Option<StoryId>,
    /// The article that stands for it in lists, if it is a copy.
    pub copy_of: Option<ArticleId>,
}

impl Store {
    /// Stores the grouping in one transaction. A new copy of a read article becomes read. Returns
    /// the number of changes: lists fold other copies now, the front page has other issues.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn put_grouped(&self, found: &[StoryGrouping]) -> Result<usize, StoreError> {
        self.write(|step| {
            let mut tells = step.prepare_cached(
                "update article set story = ?2 where id = ?1 and story is not ?2",
            )?;
            let mut folds = step.prepare_cached(
                "update article set copy = ?2,
                   read = max(read, coalesce((select read from article where id = ?2), 0))
                 where id = ?1 and copy is not ?2",
            )?;
            let mut changed = 0;
            for one in found {
                changed += tells.execute(params![key(one.id), one.story.map(of_story)])?;
                changed += folds.execute(params![key(one.id), one.copy_of.map(key)])?;
            }
            Ok(changed)
        })
    }
}

/// A story's id as SQLite's signed integer; the bits are the same.
fn of_story(story: StoryId) -> i64 {
    story.0.cast_signed()
}

/// The story with the stored id; the inverse of [`of_story`].
pub fn story_of(stored: i64) -> StoryId {
    StoryId(stored.cast_unsigned())
}
