//! Takes over the articles of another reader's database: texts, what was read, what was kept.

use jiff::Timestamp;
use rusqlite::Transaction;

use super::article::{known_place, put_delivery};
use super::foreign::ForeignArticle;
use super::incoming::{HostCache, IncomingArticle};
use super::index::IndexBatch;
use super::known_keys::KnownKeys;
use super::row;
use super::{Store, StoreError};
use crate::news::{ArticleId, FeedEntry, FeedId, Scrap};

/// What was taken over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenOver {
    /// Articles that were not there before.
    pub new: usize,
    /// Articles that are read from now on.
    pub read: usize,
    /// Articles that are scraps from now on, or gained labels.
    pub kept: usize,
}

impl std::ops::AddAssign for TakenOver {
    fn add_assign(&mut self, other: Self) {
        self.new += other.new;
        self.read += other.read;
        self.kept += other.kept;
    }
}

impl Store {
    /// Stores articles that another reader held of a feed. Those that are here already keep their
    /// text. What was read there is read here; what is read here stays so.
    ///
    /// # Errors
    /// The library can't be written; nothing of these articles is stored then.
    pub fn take_over(
        &self,
        feed: FeedId,
        articles: &[ForeignArticle],
        now: Timestamp,
    ) -> Result<TakenOver, StoreError> {
        let mut taken = TakenOver::default();
        let mut kept = Vec::new();
        self.write(|step| {
            let mut host_cache = HostCache::default();
            let mut unknown: Vec<FeedEntry> = Vec::new();
            for article in articles {
                let incoming = IncomingArticle::of_feed(&article.entry, 0, &mut host_cache);
                if known_place(step, feed, &incoming, &KnownKeys::default())?.is_none() {
                    unknown.push(article.entry.clone());
                }
            }
            let mut fresh = IndexBatch::default();
            taken.new = put_delivery(step, feed, &unknown, now, &mut fresh)?
                .new
                .len();
            fresh.enter(step)?;
            for article in articles
                .iter()
                .filter(|article| article.read || article.kept)
            {
                let incoming = IncomingArticle::of_feed(&article.entry, 0, &mut host_cache);
                // None where retention took it away before.
                let Some(n) = known_place(step, feed, &incoming, &KnownKeys::default())? else {
                    continue;
                };
                if article.read {
                    taken.read += mark_read(step, n)?;
                }
                if article.kept {
                    kept.push((id_at(step, n)?, article));
                }
            }
            Ok(())
        })?;
        let mut scraps = Vec::new();
        for (id, foreign) in kept {
            let Some(article) = self.article(id)? else {
                continue;
            };
            let at = foreign.entry.published.map_or(now, |stamp| stamp.at);
            let new = Scrap {
                tags: foreign.tags.clone(),
                ..Scrap::of(article, at)
            };
            let held = self.scrap(new.id())?;
            let joined = held.clone().map_or(new.clone(), |held| held.with(new));
            if held.as_ref() != Some(&joined) {
                scraps.push(joined);
            }
        }
        taken.kept = scraps.len();
        if !scraps.is_empty() {
            self.scraps_put(&scraps)?;
        }
        Ok(taken)
    }
}

fn mark_read(step: &Transaction<'_>, n: i64) -> rusqlite::Result<usize> {
    step.prepare_cached("update article set read = 1, chosen = 0 where n = ? and read = 0")?
        .execute([n])
}

fn id_at(step: &Transaction<'_>, n: i64) -> rusqlite::Result<ArticleId> {
    step.prepare_cached("select id from article where n = ?")?
        .query_row([n], |r| r.get(0).map(row::article_id))
}
