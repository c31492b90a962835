//! Marks articles as read and unread.

use rusqlite::{Transaction, params};

use super::row::{self, key};
use super::{Store, StoreError};
use crate::news::{ArticleId, Filter, Query};
use crate::runtime::cancel::Cancel;

impl Store {
    /// Marks articles and the copies that each stands for. Returns the articles whose mark changed;
    /// `mark_read(&changed, !read)` undoes it.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn mark_read(&self, ids: &[ArticleId], read: bool) -> Result<Vec<ArticleId>, StoreError> {
        self.write(|step| {
            let mut set = step.prepare_cached(
                "update article set read = ?2, chosen = 1 - ?2
                 where (id = ?1 or copy = ?1) and read <> ?2 returning id",
            )?;
            let mut changed = Vec::new();
            for &id in ids {
                let marked =
                    set.query_map(params![key(id), read], |r| r.get(0).map(row::article_id))?;
                for id in marked {
                    changed.push(id?);
                }
            }
            Ok(changed)
        })
    }

    /// Marks all articles that `filter` lists and `query` finds. Returns those whose mark changed.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn mark_found(
        &self,
        filter: &Filter,
        query: &Query,
        read: bool,
    ) -> Result<Vec<ArticleId>, StoreError> {
        let filter = Filter {
            unread: filter.unread || read,
            ..filter.clone()
        };
        let found = self.search(&filter, query, usize::MAX, &Cancel::new())?;
        self.mark_read(&found.iter().map(|row| row.id).collect::<Vec<_>>(), read)
    }
}

/// Records whether an article is shown as scrapped.
pub(super) fn mark_scrapped(
    step: &Transaction<'_>,
    id: ArticleId,
    scrapped: bool,
) -> Result<(), StoreError> {
    step.prepare_cached("update article set scrapped = ?2 where id = ?1")?
        .execute(params![key(id), scrapped])?;
    Ok(())
}
