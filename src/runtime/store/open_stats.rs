//! Counts how often the reader opened each article.

use jiff::Timestamp;
use rusqlite::params;

use super::row::{self, key};
use super::{Store, StoreError};
use crate::news::{ArticleId, ArticleRow};

impl Store {
    /// Records that an article was opened.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn record_opened(&self, id: ArticleId, at: Timestamp) -> Result<(), StoreError> {
        self.write(|step| {
            step.prepare_cached(
                "insert into opened (id, times, last) values (?1, 1, ?2)
                 on conflict (id) do update set times = times + 1, last = ?2",
            )?
            .execute(params![key(id), at.as_second()])?;
            Ok(())
        })
    }

    /// The articles that were opened most often; those opened more recently come first among
    /// equals.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn most_opened(&self, limit: usize) -> Result<Vec<(ArticleRow, u64)>, StoreError> {
        let mut query = self.db.prepare_cached(
            "select id, times from opened order by times desc, last desc limit ?1",
        )?;
        let found = query.query_map([i64::try_from(limit).unwrap_or(i64::MAX)], |r| {
            Ok((r.get(0).map(row::article_id)?, r.get::<_, i64>(1)?))
        })?;
        let mut out = Vec::new();
        for pair in found {
            let (id, times) = pair?;
            if let Some(row) = self.article_row(id)? {
                out.push((row, times.unsigned_abs()));
            }
        }
        Ok(out)
    }

    /// The stored article with this address.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn article_at(&self, url: &str) -> Result<Option<ArticleId>, StoreError> {
        if url.is_empty() {
            return Ok(None);
        }
        let id = ArticleId::of_url(url);
        Ok(self.article_row(id)?.map(|row| row.id))
    }
}
