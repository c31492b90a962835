//! The read-later queue: articles that the reader put aside, the longest waiting first. A mark of
//! the article's row and no copy of it; retention leaves a marked article alone.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, params};

use super::row::{self, UnfetchedPage, key};
use super::{Store, StoreError};
use crate::news::{ArticleId, QueuePlace};

impl Store {
    /// Gives articles these places in the queue. Returns the places that they had before, of those
    /// for which that is another one.
    ///
    /// # Errors
    /// The library can't be written; nothing is changed then.
    pub fn put_later(&self, places: &[QueuePlace]) -> Result<Vec<QueuePlace>, StoreError> {
        self.write(|step| {
            let mut held = step.prepare_cached("select later from article where id = ?")?;
            let mut put = step.prepare_cached("update article set later = ?2 where id = ?1")?;
            let mut before = Vec::new();
            for (id, place) in places {
                let found: Option<Option<i64>> =
                    held.query_row([key(*id)], |r| r.get(0)).optional()?;
                let new = place.map(Timestamp::as_microsecond);
                if let Some(old) = found.filter(|old| *old != new) {
                    put.execute(params![key(*id), new])?;
                    before.push((*id, old.and_then(row::micros)));
                }
            }
            Ok(before)
        })
    }

    /// Since when an article is in the queue; `None` where it is not.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn later(&self, id: ArticleId) -> Result<Option<Timestamp>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("select later from article where id = ?")?;
        let later: Option<Option<i64>> = query.query_row([key(id)], |r| r.get(0)).optional()?;
        Ok(later.flatten().and_then(row::micros))
    }

    /// The articles of the queue whose page has not been fetched, the longest waiting first. Those
    /// for which fetching failed after `since` are left out.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn later_wanting_text(&self, since: Timestamp) -> Result<Vec<UnfetchedPage>, StoreError> {
        let mut query = self.db.prepare_cached(
            "select id, url, (select feed.url from feed where feed.id = article.feed)
             from article
             where later is not null and held < 2 and tried < ?1 and url like 'http%'
             order by later",
        )?;
        let rows = query.query_map([since.as_second()], row::unfetched_page)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
