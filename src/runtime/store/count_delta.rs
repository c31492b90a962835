//! What a delivery adds to the counts of its feed and of the whole list. Triggers update the counts
//! when a mark changes or an article is deleted; insertions are summed here and written once.

use jiff::Timestamp;
use rusqlite::{Transaction, params};

use super::StoreError;
use crate::news::FeedId;

/// Changes of the counts by one delivery.
#[derive(Default)]
pub(super) struct CountDelta {
    /// New articles, all of them unread.
    fresh: i64,
    /// Articles that the feed did not list before, muted ones excepted.
    listed: i64,
    /// How many of `listed` are unread.
    unread: i64,
    /// When the newest of `listed` was published, in seconds of the epoch.
    newest: i64,
    /// The time of the delivery, likewise. What is dated later counts as published then.
    now: i64,
}

impl CountDelta {
    /// No changes yet, of a delivery at `now`.
    pub(super) fn at(now: Timestamp) -> Self {
        Self {
            now: now.as_second(),
            ..Self::default()
        }
    }

    /// Counts a new article.
    pub(super) fn enter(&mut self) {
        self.fresh += 1;
    }

    /// Counts an article that the feed did not list before.
    pub(super) fn list(&mut self, unread: bool, published: Option<i64>) {
        self.listed += 1;
        self.unread += i64::from(unread);
        self.newest = self.newest.max(published.unwrap_or(0).min(self.now));
    }

    /// Adds the changes to the tables; `feed` is `None` for an article that no feed brought.
    pub(super) fn write(
        &self,
        step: &Transaction<'_>,
        feed: Option<FeedId>,
    ) -> Result<(), StoreError> {
        if self.fresh > 0 {
            step.prepare_cached("update tally set shown = shown + ?1, unread = unread + ?1")?
                .execute([self.fresh])?;
        }
        if let Some(feed) = feed.filter(|_| self.listed > 0) {
            step.prepare_cached(
                "update feed set articles = articles + ?2, unread = unread + ?3,
                   newest = max(min(coalesce(newest, 0), ?5), ?4)
                 where id = ?1",
            )?
            .execute(params![
                feed.0,
                self.listed,
                self.unread,
                self.newest,
                self.now
            ])?;
        }
        Ok(())
    }
}
