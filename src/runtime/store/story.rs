//! Which story an article tells, and which article stands for a copy.

use rusqlite::params;

use super::row::key;
use super::{Store, StoreError};
use crate::news::{ArticleId, StoryId};

/// What the comparison of articles found out about one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoryGrouping {
    /// The article.
    pub id: ArticleId,
    /// The story that it shares with others.
    pub story: Option<StoryId>,
    /// The article that stands for it in the list.
    pub copy_of: Option<ArticleId>,
}

impl Store {
    /// Notes what was found out, in one transaction. A new copy of what was read is read. Gives how
    /// many rows the list shows otherwise now.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn put_grouped(&self, found: &[StoryGrouping]) -> Result<usize, StoreError> {
        self.write(|step| {
            let mut tells = step.prepare_cached("update article set story = ?2 where id = ?1 and story is not ?2")?;
            let mut folds = step.prepare_cached(
                "update article set copy = ?2, read = max(read, coalesce((select read from article where id = ?2), 0))
                 where id = ?1 and copy is not ?2",
            )?;
            let mut changed = 0;
            for one in found {
                tells.execute(params![key(one.id), one.story.map(of_story)])?;
                changed += folds.execute(params![key(one.id), one.copy_of.map(key)])?;
            }
            Ok(changed)
        })
    }
}

/// A story's name as SQLite's integer; the bits are the same.
fn of_story(story: StoryId) -> i64 {
    story.0.cast_signed()
}

/// The other way.
pub fn story_of(stored: i64) -> StoryId {
    StoryId(stored.cast_unsigned())
}
