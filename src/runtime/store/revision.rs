//! What publishers rewrote: when a new version of an article takes the place of the stored one, its
//! differences are kept, a bounded number of them.

use jiff::Timestamp;
use rusqlite::{Transaction, params};

use super::body;
use super::hangul_codec::{lengthen, shorten};
use super::incoming::IncomingArticle;
use super::row::{self, ARTICLE_COLUMNS, BEHIND_ARTICLE, key};
use super::{Store, StoreError};
use crate::extract::feed::with_blocks;
use crate::news::{Article, ArticleId, Revision, Rewrite, StoredText};
use crate::stories::rewrites;

/// Most revisions of one article that are kept, the latest ones: pages with live reports change at
/// every look.
const MOST: i64 = 20;

/// Most bytes of the texts of one revision. What comes after them is left out.
const LARGEST: usize = 32 << 10;

impl Store {
    /// What was rewritten in an article, the first time first.
    ///
    /// # Errors
    /// The library can't be read, or a revision is damaged.
    pub fn revisions(&self, id: ArticleId) -> Result<Vec<Revision>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("select seen, changed from revision where article = ? order by seen")?;
        let mut rows = query.query([key(id)])?;
        let mut found = Vec::new();
        while let Some(stored) = rows.next()? {
            let changed = lengthen(stored.get_ref(1)?.as_blob().unwrap_or_default());
            found.push(Revision {
                seen: row::instant(stored.get(0)?),
                changed: serde_json::from_str(&changed)?,
            });
        }
        Ok(found)
    }
}

/// Keeps what is different in `incoming` from the stored article with the key `n`, which it is
/// about to replace. Only versions of the same kind are compared: a feed's text is not a rewritten
/// page.
pub(super) fn note(
    step: &Transaction<'_>,
    n: i64,
    incoming: &IncomingArticle<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some(before) = stored(step, n, incoming.stored_text)? else {
        return Ok(());
    };
    let after = match incoming.markup() {
        Some(markup) => with_blocks(incoming.article.clone(), &markup),
        None => incoming.article.clone(),
    };
    // An error page or a paywall in the article's place was not written by its author.
    if before.extraction.problem.is_some() || after.extraction.problem.is_some() {
        return Ok(());
    }
    let changed = bounded(rewrites(&before, &after));
    if changed.is_empty() {
        return Ok(());
    }
    let mut blob = Vec::new();
    shorten(&serde_json::to_string(&changed)?, &mut blob);
    let id: i64 = step
        .prepare_cached("select id from article where n = ?")?
        .query_row([n], |r| r.get(0))?;
    step.prepare_cached(
        "insert or replace into revision (article, seen, changed) values (?, ?, ?)",
    )?
    .execute(params![id, now.as_second(), blob])?;
    step.prepare_cached(
        "delete from revision where article = ?1 and seen not in
           (select seen from revision where article = ?1 order by seen desc limit ?2)",
    )?
    .execute([id, MOST])?;
    step.prepare_cached("update article set revisions = revisions + 1, revised = ?2 where n = ?1")?
        .execute([n, now.as_second()])?;
    Ok(())
}

/// The first rewrites whose texts are not longer than [`LARGEST`] together.
fn bounded(changed: Vec<Rewrite>) -> Vec<Rewrite> {
    let mut bytes = 0;
    changed
        .into_iter()
        .take_while(|rewrite| {
            bytes += rewrite.old.len() + rewrite.new.len();
            bytes <= LARGEST
        })
        .collect()
}

/// The article with the key `n`, where as much of its text is stored as `kind` says.
fn stored(step: &Transaction<'_>, n: i64, kind: StoredText) -> Result<Option<Article>, StoreError> {
    let sql = format!(
        "select {ARTICLE_COLUMNS}, b.json from article a left join body b on b.id = a.body
         where a.n = ?"
    );
    let mut query = step.prepare_cached(&sql)?;
    let mut rows = query.query([n])?;
    let Some(found) = rows.next()? else {
        return Ok(None);
    };
    let light = row::article_row(found)?;
    if light.stored_text != kind {
        return Ok(None);
    }
    let stored = found
        .get_ref(BEHIND_ARTICLE)?
        .as_blob_or_null()
        .unwrap_or_default();
    // A damaged text can't be compared, and is about to be replaced by a sound one.
    Ok(body::unpack(light, stored).ok())
}

#[cfg(test)]
#[path = "tests/revision.rs"]
mod tests;
