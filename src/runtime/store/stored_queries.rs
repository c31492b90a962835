//! Stored queries: saved searches, and mute rules with the articles they hide.

use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime};
use rusqlite::{Connection, params};

use super::search::ArticleSet;
use super::{Store, StoreError};
use crate::news::{Clean, Query, SavedId, SavedSearch, Subject};
use crate::runtime::cancel::Cancel;

impl Store {
    /// Saved searches, the oldest first.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn saved(&self) -> Result<Vec<SavedSearch>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("select id, name, query from saved order by id")?;
        let rows = query.query_map([], |r| {
            let text = |i| {
                Ok::<_, rusqlite::Error>(Clean::line(r.get_ref(i)?.as_str().unwrap_or_default()))
            };
            Ok(SavedSearch {
                id: SavedId(r.get(0)?),
                name: text(1)?,
                query: text(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Saves a search; one with the same name is replaced.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn save_search(&self, name: &Clean, query: &Clean) -> Result<SavedId, StoreError> {
        self.keep(|step| {
            let mut put = step.prepare_cached(
                "insert into saved (name, query) values (?1, ?2)
                 on conflict (name) do update set query = ?2 returning id",
            )?;
            Ok(put.query_row([&**name, &**query], |r| r.get(0).map(SavedId))?)
        })
    }

    /// Deletes a saved search; returns whether there was one.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn forget_search(&self, name: &Clean) -> Result<bool, StoreError> {
        self.keep(|step| Ok(step.execute("delete from saved where name = ?", [&**name])? > 0))
    }

    /// The texts of the mute rules, the oldest first.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn mutes(&self) -> Result<Vec<Clean>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("select query from mute order by id")?;
        let rows = query.query_map([], |r| {
            Ok(Clean::line(r.get_ref(0)?.as_str().unwrap_or_default()))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Adds a mute rule: hides all articles that match `query`, present and future ones, except
    /// scraps. Returns the number of articles hidden by it.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn mute(&self, text: &Clean, query: &Query) -> Result<usize, StoreError> {
        self.keep(|step| {
            step.execute("insert or ignore into mute (query) values (?)", [&**text])?;
            let mut hidden = Vec::new();
            self.each(query, &ArticleSet::Unmuted, &Cancel::new(), &mut |row| {
                hidden.push(row.place.0);
                true
            })?;
            let mut hide = step.prepare_cached("update article set gone = gone | 2 where n = ?")?;
            for n in &hidden {
                hide.execute([n])?;
            }
            Ok(hidden.len())
        })
    }

    /// Deletes a mute rule; articles that no other rule hides are shown again. Returns whether
    /// there was such a rule.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn unmute(&self, text: &Clean) -> Result<bool, StoreError> {
        self.keep(|step| {
            if step.execute("delete from mute where query = ?", [&**text])? == 0 {
                return Ok(false);
            }
            let rest = Query::any(MuteRules::load(step, &ZonedDateTime::now())?.0);
            let mut still = std::collections::HashSet::new();
            self.each(&rest, &ArticleSet::Muted, &Cancel::new(), &mut |row| {
                still.insert(row.place.0);
                true
            })?;
            let mut muted = step.prepare_cached(
                "select n from article
                 where gone & 2 and id not in (select article from rule_hidden)",
            )?;
            let muted: Vec<i64> = muted
                .query_map([], |r| r.get(0))?
                .collect::<Result<_, _>>()?;
            let mut show =
                step.prepare_cached("update article set gone = gone & ~2 where n = ?")?;
            for n in muted.iter().filter(|n| !still.contains(n)) {
                show.execute(params![n])?;
            }
            Ok(true)
        })
    }
}

/// The mute rules as parsed queries.
pub(super) struct MuteRules(Vec<Query>);

impl MuteRules {
    /// The rules of the library. A rule that can't be parsed any more hides nothing.
    pub(super) fn load(db: &Connection, now: &ZonedDateTime) -> Result<Self, StoreError> {
        let mut texts = db.prepare_cached("select query from mute order by id")?;
        let texts: Vec<String> = texts
            .query_map([], |r| r.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(Self(
            texts
                .iter()
                .filter_map(|text| Query::parse(text, now).ok())
                .filter(|q| !q.is_empty())
                .collect(),
        ))
    }

    /// As [`MuteRules::load`], with relative dates counted from `now`.
    pub(super) fn at(db: &Connection, now: Timestamp) -> Result<Self, StoreError> {
        Self::load(db, &now.to_zoned_datetime(TimeZone::system()))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an article is to be hidden.
    pub(super) fn hide(&self, subject: &Subject<'_>) -> bool {
        self.0.iter().any(|query| query.matches(subject))
    }
}
