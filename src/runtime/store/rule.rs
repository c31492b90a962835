//! Rules for articles that arrive: which articles they are still to be applied to, which rule acted
//! on which, what they hide, and which articles the reader was alerted of.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{Transaction, params};

use super::row::{self, key};
use super::{Store, StoreError};
use crate::news::{Article, ArticleId, ArticleRow, Clean, Query, Scrap};

/// How long an alert is remembered, in seconds: no feed lists an article for longer.
const REMEMBERED: i64 = 400 * 24 * 3600;

impl Store {
    /// The same store, which notes the articles that come or change from now on, for rules to be
    /// applied to them.
    #[must_use]
    pub fn noting_arrivals(mut self, notes: bool) -> Self {
        self.notes_arrivals = notes;
        self
    }

    /// Notes that an article came or changed, where this store notes arrivals.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn note_arrival(&self, id: ArticleId) -> Result<(), StoreError> {
        if !self.notes_arrivals {
            return Ok(());
        }
        self.write(|step| note(step, &[id]))
    }

    /// The articles that the rules were not applied to yet.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn arrivals(&self) -> Result<Vec<ArticleId>, StoreError> {
        let mut query = self.db.prepare_cached("select article from arrival")?;
        let ids = query.query_map([], |r| r.get(0).map(row::article_id))?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Notes that the rules were applied to these articles, and forgets what was noted of articles
    /// that are gone.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn arrivals_done(&self, ids: &[ArticleId]) -> Result<(), StoreError> {
        self.write(|step| {
            let mut done = step.prepare_cached("delete from arrival where article = ?")?;
            for id in ids {
                done.execute([key(*id)])?;
            }
            Ok(())
        })
    }

    /// Forgets the acts of rules on articles that are gone. Cheap enough after a refresh, not after
    /// each delivery.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn forget_rule_acts(&self, now: Timestamp) -> Result<(), StoreError> {
        self.write(|step| {
            step.execute_batch(
                "delete from rule_act where article not in (select id from article);
                 delete from rule_hidden where article not in (select id from article);",
            )?;
            step.execute(
                "delete from alert where at < ?",
                [now.as_second() - REMEMBERED],
            )?;
            Ok(())
        })
    }

    /// Notes that the rule with this hash acts on these articles; returns those on which it did not
    /// act before. What two programs claim at the same time goes to one of them.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn claim_for_rule(
        &self,
        rule: i64,
        ids: &[ArticleId],
    ) -> Result<BTreeSet<ArticleId>, StoreError> {
        self.write(|step| {
            let mut claim = step
                .prepare_cached("insert or ignore into rule_act (rule, article) values (?, ?)")?;
            let mut claimed = BTreeSet::new();
            for id in ids {
                if claim.execute([rule, key(*id)])? > 0 {
                    claimed.insert(*id);
                }
            }
            Ok(claimed)
        })
    }

    /// Hides these articles, except scraps; returns those that were shown before.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn hide(&self, ids: &[ArticleId]) -> Result<Vec<ArticleId>, StoreError> {
        self.keep(|step| {
            let mut hide = step.prepare_cached(
                "update article set gone = gone | 2 where id = ? and gone = 0 and scrapped = 0",
            )?;
            let mut note =
                step.prepare_cached("insert or ignore into rule_hidden (article) values (?)")?;
            let mut hidden = Vec::new();
            for id in ids {
                if hide.execute([key(*id)])? > 0 {
                    note.execute([key(*id)])?;
                    hidden.push(*id);
                }
            }
            Ok(hidden)
        })
    }

    /// Undoes [`Store::hide`].
    ///
    /// # Errors
    /// The library can't be written.
    pub fn unhide(&self, ids: &[ArticleId]) -> Result<(), StoreError> {
        self.keep(|step| {
            let mut show =
                step.prepare_cached("update article set gone = gone & ~2 where id = ?")?;
            let mut forget = step.prepare_cached("delete from rule_hidden where article = ?")?;
            for id in ids {
                if forget.execute([key(*id)])? > 0 {
                    show.execute([key(*id)])?;
                }
            }
            Ok(())
        })
    }

    /// Notes that the reader is alerted of these articles, as news or as corrected; returns those
    /// of which that was not so before.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn claim_alerts(
        &self,
        ids: &[ArticleId],
        corrected: bool,
        now: Timestamp,
    ) -> Result<BTreeSet<ArticleId>, StoreError> {
        self.write(|step| {
            let mut claim = step.prepare_cached(
                "insert or ignore into alert (article, corrected, at) values (?, ?, ?)",
            )?;
            let mut claimed = BTreeSet::new();
            for id in ids {
                if claim.execute(params![key(*id), corrected, now.as_second()])? > 0 {
                    claimed.insert(*id);
                }
            }
            Ok(claimed)
        })
    }

    /// The articles that the reader was alerted of since `since`, the latest first.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn alerted(
        &self,
        corrected: bool,
        since: Timestamp,
        limit: usize,
    ) -> Result<Vec<ArticleId>, StoreError> {
        let mut query = self.db.prepare_cached(
            "select article from alert where corrected = ? and at >= ? order by at desc limit ?",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let ids = query.query_map(params![corrected, since.as_second(), limit], |r| {
            r.get(0).map(row::article_id)
        })?;
        Ok(ids.collect::<Result<_, _>>()?)
    }

    /// Scraps articles in one transaction, which waits for the disk once, with the label `tag` if
    /// any. Returns those that this changed, and of them the scraps that existed before, as they
    /// were.
    ///
    /// # Errors
    /// The library can't be read or written.
    pub fn scrap_articles(
        &self,
        ids: &[ArticleId],
        tag: Option<&Clean>,
        now: Timestamp,
    ) -> Result<(Vec<ArticleId>, Vec<Scrap>), StoreError> {
        let (mut changed, mut before, mut scraps) = (Vec::new(), Vec::new(), Vec::new());
        for id in ids {
            let known = self.scrap(*id)?;
            let is_labelled = |scrap: &Scrap| tag.is_none_or(|tag| scrap.tags.contains(tag));
            if known.as_ref().is_some_and(is_labelled) {
                continue;
            }
            let Some(article) = self.article(*id)? else {
                continue;
            };
            before.extend(known.clone());
            let of = |article: Article| Scrap::of(article, now);
            let mut scrap = known.unwrap_or_else(|| of(article));
            scrap.tags.extend(tag.cloned());
            scraps.push(scrap);
            changed.push(*id);
        }
        if !scraps.is_empty() {
            self.scraps_put(&scraps)?;
        }
        Ok((changed, before))
    }

    /// The articles among `ids` that are shown and that `query` finds, and of these those on which
    /// the rule with this hash did not act yet.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn rule_finds(
        &self,
        rule: i64,
        query: &Query,
        ids: &[ArticleId],
    ) -> Result<Vec<ArticleRow>, StoreError> {
        let mut acted = self
            .db
            .prepare_cached("select 1 from rule_act where rule = ? and article = ?")?;
        let mut open = Vec::new();
        for id in ids {
            if !acted.exists([rule, key(*id)])? {
                open.push(*id);
            }
        }
        self.among(query, &open)
    }
}

/// Notes that articles came or changed.
pub(super) fn note(step: &Transaction<'_>, ids: &[ArticleId]) -> Result<(), StoreError> {
    let mut note = step.prepare_cached("insert or ignore into arrival (article) values (?)")?;
    for id in ids {
        note.execute([key(*id)])?;
    }
    Ok(())
}
