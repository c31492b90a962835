//! What a delivery adds to the counts that stand beside feeds and over the list. Triggers keep
//! these where a mark changes or an article goes; what comes is summed here and written once.

use rusqlite::{Transaction, params};

use super::StoreError;
use crate::news::FeedId;

/// Sums of one delivery.
#[derive(Default)]
pub(super) struct Sum {
    /// Articles that no list had, all of them unread.
    fresh: i64,
    /// Articles that the feed did not list before, but for the muted, and how many of them are
    /// unread.
    listed: i64,
    unread: i64,
    /// When the newest of them was published.
    newest: i64,
}

impl Sum {
    /// An article is new.
    pub(super) fn enter(&mut self) {
        self.fresh += 1;
    }

    /// The feed lists an article that it did not list before.
    pub(super) fn list(&mut self, unread: bool, published: Option<i64>) {
        self.listed += 1;
        self.unread += i64::from(unread);
        self.newest = self.newest.max(published.unwrap_or(0));
    }

    /// Writes the sums down; `feed` is whose delivery it was, where it was one's.
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
                "update feed set articles = articles + ?2, unread = unread + ?3, newest = max(coalesce(newest, 0), ?4)
                 where id = ?1",
            )?
            .execute(params![feed.0, self.listed, self.unread, self.newest])?;
        }
        Ok(())
    }
}
