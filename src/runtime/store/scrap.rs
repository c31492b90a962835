//! Scraps: each is a full copy of an article with the reader's date, note and labels.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use super::mark::mark_scrapped;
use super::row::{self, key};
use super::shared;
use super::{Store, StoreError};
use crate::news::{Annotation, ArticleId, Clean, Scrap, ScrapRow};

impl Store {
    /// Stores a scrap; an earlier scrap of the same article is replaced.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn scrap_put(&self, scrap: &Scrap) -> Result<(), StoreError> {
        self.keep(|step| put(step, scrap))
    }

    /// Adds what `new` has to the scrap of its article, and returns the outcome; `None` where there
    /// is none yet. A file that claims an address, and differs from what is known under it, is
    /// another article: whichever of the two is the claim is known by its text from then on.
    ///
    /// # Errors
    /// The library can't be read or written; `Entry` where the stored copy is damaged.
    pub fn scrap_joined(&self, new: &mut Scrap) -> Result<Option<Scrap>, StoreError> {
        for _ in 0..2 {
            let Some(held) = self.scrap(new.id())? else {
                return Ok(None);
            };
            let (old, article) = (&held.article, &new.article);
            let is_claim = old.claimed || article.claimed;
            if old.blocks.is_empty() && !article.blocks.is_empty() && !article.claimed {
                // The text came late: nothing was kept of it before.
                return Ok(Some(new.clone().with(held)));
            }
            if !is_claim || old.wording() == article.wording() {
                return Ok(Some(held.with(new.clone())));
            }
            if article.claimed {
                new.article = new.article.clone().without_claims();
            } else {
                let article = held.article.clone().without_claims();
                self.scrap_put(&Scrap { article, ..held })?;
                return Ok(None);
            }
        }
        Ok(None)
    }

    /// Changes one annotation of a scrap; returns its previous value, with which the change is
    /// undone. `None` where there is no such scrap.
    ///
    /// # Errors
    /// The library can't be written; `Entry` where the stored copy is damaged.
    pub fn scrap_annotate(
        &self,
        id: ArticleId,
        change: Annotation,
    ) -> Result<Option<Annotation>, StoreError> {
        self.keep(|step| {
            let mut query = step.prepare_cached("select json from scrap where id = ?")?;
            let json: Option<String> = query.query_row([key(id)], |r| r.get(0)).optional()?;
            let Some(json) = json else { return Ok(None) };
            let mut scrap: Scrap = serde_json::from_str(&json)?;
            let before = scrap.annotate(change);
            put(step, &scrap)?;
            Ok(Some(before))
        })
    }

    /// Deletes a scrap and returns it; [`Store::scrap_put`] restores it exactly.
    ///
    /// # Errors
    /// The library can't be written; `Entry` where the stored copy is damaged, which is then not
    /// deleted.
    pub fn scrap_drop(&self, id: ArticleId) -> Result<Option<Scrap>, StoreError> {
        self.keep(|step| {
            let mut take = step.prepare_cached("delete from scrap where id = ? returning json")?;
            let json: Option<String> = take.query_row([key(id)], |r| r.get(0)).optional()?;
            let Some(json) = json else { return Ok(None) };
            mark_scrapped(step, id, false)?;
            Ok(Some(serde_json::from_str(&json)?))
        })
    }

    /// All scraps, the most recent first.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn scraps(&self) -> Result<Vec<ScrapRow>, StoreError> {
        let mut query = self.db.prepare_cached(
            "select id, kept, title, publisher, url, published, zone, noted, tags, marks, changed
             from scrap order by kept desc, id",
        )?;
        let rows = query.query_map([], scrap_row)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The labels of a scrap; none of an article that is not one.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn labels_of(&self, id: ArticleId) -> Result<Vec<Clean>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("select tags from scrap where id = ?")?;
        let tags: Option<String> = query.query_row([key(id)], |r| r.get(0)).optional()?;
        Ok(tags.map_or_else(Vec::new, |tags| {
            serde_json::from_str(&tags).unwrap_or_default()
        }))
    }

    /// The scraps of files, of which publisher and address are claims. Quotation marks within a
    /// text are escaped in JSON, so that no text can pass for the field.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn claimed_scraps(&self) -> Result<BTreeSet<ArticleId>, StoreError> {
        let sign = "select id from scrap where instr(json, '\"claimed\":true') > 0";
        let mut query = self.db.prepare_cached(sign)?;
        let rows = query.query_map([], |r| Ok(row::article_id(r.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The scraps that have no text, the most recent first. As in [`Store::claimed_scraps`], no
    /// text can pass for the field.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn textless_scraps(&self) -> Result<Vec<ArticleId>, StoreError> {
        let sign = "select id from scrap where instr(json, '\"blocks\":[]') > 0
                    order by kept desc, id";
        let mut query = self.db.prepare_cached(sign)?;
        let rows = query.query_map([], |r| Ok(row::article_id(r.get(0)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// A complaint for each scrap that can't be read.
    pub(super) fn unreadable_scraps(&self) -> Result<Vec<String>, StoreError> {
        let mut query = self.db.prepare("select title, json from scrap")?;
        let mut rows = query.query([])?;
        let mut troubles = Vec::new();
        while let Some(row) = rows.next()? {
            let json = row.get_ref(1)?.as_str().unwrap_or_default();
            if let Err(error) = serde_json::from_str::<Scrap>(json) {
                let title = row.get_ref(0)?.as_str().unwrap_or_default();
                troubles.push(format!("{title}: {error}"));
            }
        }
        Ok(troubles)
    }

    /// The full scrap of an article.
    ///
    /// # Errors
    /// `Entry` where the stored copy is damaged.
    pub fn scrap(&self, id: ArticleId) -> Result<Option<Scrap>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("select json from scrap where id = ?")?;
        let json: Option<String> = query.query_row([key(id)], |r| r.get(0)).optional()?;
        Ok(json.map(|json| serde_json::from_str(&json)).transpose()?)
    }
}

pub(super) fn put(step: &Transaction<'_>, scrap: &Scrap) -> Result<(), StoreError> {
    match labels_of_server(step, scrap)? {
        Some(tags) => put_as_it_is(
            step,
            &Scrap {
                tags,
                ..scrap.clone()
            },
        ),
        None => put_as_it_is(step, scrap),
    }
}

/// Stores a scrap with its own labels, whatever a sync server has.
pub(super) fn put_as_it_is(step: &Transaction<'_>, scrap: &Scrap) -> Result<(), StoreError> {
    let article = &scrap.article;
    let (published, zone) = row::unstamp(article.published);
    let (json, tags) = (
        serde_json::to_string(scrap)?,
        serde_json::to_string(&scrap.tags)?,
    );
    step.prepare_cached(
        "insert or replace into scrap (id, kept, title, publisher, url, published, zone,
           noted, tags, json, marks, changed)
         values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        key(scrap.id()),
        scrap.kept.as_microsecond(),
        &*article.title,
        row::text(article.publisher.as_ref()),
        row::text(article.address()),
        published,
        zone,
        scrap.note.as_ref().is_some_and(|n| !n.is_blank()),
        tags,
        json,
        u32::try_from(scrap.highlights.len()).unwrap_or(u32::MAX),
        scrap.changed()
    ])?;
    shared::name(step, scrap.id(), article.address())?;
    mark_scrapped(step, scrap.id(), true)
}

/// The labels that a sync server has for the article of a new scrap without any; `None` where the
/// scrap is to be stored as it is.
fn labels_of_server(
    step: &Transaction<'_>,
    scrap: &Scrap,
) -> Result<Option<Vec<Clean>>, StoreError> {
    if !scrap.tags.is_empty() {
        return Ok(None);
    }
    let mut query = step.prepare_cached(
        "select tags from remote_article where article = ?1 and tags <> '[]'
           and not exists (select 1 from scrap where id = ?1)
           and not exists (select 1 from wish where field = 'tags' and id = ?1) limit 1",
    )?;
    let tags: Option<String> = query
        .query_row([key(scrap.id())], |r| r.get(0))
        .optional()?;
    Ok(tags.and_then(|tags| serde_json::from_str(&tags).ok()))
}

fn scrap_row(r: &Row<'_>) -> rusqlite::Result<ScrapRow> {
    let tags: Vec<Clean> =
        serde_json::from_str(r.get_ref(8)?.as_str().unwrap_or_default()).unwrap_or_default();
    Ok(ScrapRow {
        id: row::article_id(r.get(0)?),
        kept: Timestamp::from_microsecond(r.get(1)?).unwrap_or(Timestamp::UNIX_EPOCH),
        title: row::clean(r, 2)?.unwrap_or_default(),
        publisher: row::clean(r, 3)?,
        url: row::clean(r, 4)?,
        published: row::stamp(r.get(5)?, r.get(6)?),
        noted: r.get(7)?,
        tags,
        marks: r.get(9)?,
        changed: r.get(10)?,
    })
}
