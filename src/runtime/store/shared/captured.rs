//! What was changed here becomes acts. Triggers of the library (`assets/schema/16.sql`) note what
//! was touched, in the transaction of the change itself and whoever made it; here the touched
//! things are compared with what the acts so far say of them.

use rusqlite::{OptionalExtension as _, Transaction, params};

use super::act::{ActField, MachineId};
use super::kept_feed::FeedFacts;
use super::kept_scrap::ScrapFacts;
use super::names::{NameKind, name_of, named_article, named_feed};
use super::values::{best_text, is_active, machine, put_text, winning};
use super::words::{WORD_FIELDS, replacing, words};
use crate::news::Scrap;
use crate::runtime::store::{Store, StoreError, row};

impl Store {
    /// Makes acts of what was changed here, at most of `limit` things; returns of how many. `name`
    /// is what this machine is called.
    ///
    /// # Errors
    /// The library can't be read or written; nothing has become acts then.
    pub fn capture_acts(&self, name: &str, limit: usize) -> Result<usize, StoreError> {
        if !is_active(&self.db)? {
            return Ok(0);
        }
        let mut query = self
            .db
            .prepare_cached("select 1 from folder_touched limit 1")?;
        let is_named = winning(&self.db, ActField::Machine, machine(&self.db)?.key(), "")?
            .is_some_and(|w| w.value.as_deref() == serde_json::to_string(name).ok().as_deref());
        if is_named && !query.exists([])? {
            return Ok(0);
        }
        self.write(|step| {
            if !is_named {
                let mut own = OwnActs::begin(step)?;
                let value = serde_json::to_string(name)?;
                let thing = own.machine.key();
                let now = jiff::Timestamp::now().as_millisecond();
                own.add(ActField::Machine, thing, "", Some(&value), now)?;
                own.end()?;
            }
            capture(step, limit)
        })
    }
}

/// Makes acts of what was changed here, at most of `limit` things; returns of how many.
pub(super) fn capture(step: &Transaction<'_>, limit: usize) -> Result<usize, StoreError> {
    let mut query =
        step.prepare_cached("select kind, id, wall from folder_touched order by wall, id limit ?")?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let touched: Vec<(String, i64, i64)> = query
        .query_map([limit], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?
        .collect::<Result<_, _>>()?;
    if touched.is_empty() {
        return Ok(0);
    }
    let mut own = OwnActs::begin(step)?;
    for (kind, id, wall) in &touched {
        match kind.as_str() {
            "read" => own.read(*id, *wall)?,
            "place" => own.place(*id, *wall)?,
            "scrap" => own.scrap(*id, *wall)?,
            "unscrap" => own.unscrap(*id, *wall)?,
            "text" => own.text_again(*id, *wall)?,
            "feed" => own.feed(*id, *wall, true)?,
            _ => own.feed(*id, *wall, false)?,
        }
        step.prepare_cached("delete from folder_touched where kind = ? and id = ?")?
            .execute(params![kind, id])?;
    }
    own.end()?;
    Ok(touched.len())
}

/// Adds acts of this machine's.
pub(super) struct OwnActs<'a> {
    step: &'a Transaction<'a>,
    machine: MachineId,
    seq: i64,
    floor: i64,
}

impl<'a> OwnActs<'a> {
    pub(super) fn begin(step: &'a Transaction<'_>) -> Result<Self, StoreError> {
        let (seq, floor) = step
            .prepare_cached("select seq, floor from folder_state")?
            .query_row([], |r| Ok((r.get(0)?, r.get(1)?)))?;
        Ok(Self {
            machine: machine(step)?,
            step,
            seq,
            floor,
        })
    }

    pub(super) fn end(self) -> Result<(), StoreError> {
        self.step
            .prepare_cached("update folder_state set seq = ?")?
            .execute([self.seq])?;
        Ok(())
    }

    /// Adds an act done at `wall`, which counts: it is later than all that this machine knows of.
    pub(super) fn add(
        &mut self,
        field: ActField,
        thing: i64,
        part: &str,
        value: Option<&str>,
        wall: i64,
    ) -> Result<(), StoreError> {
        self.seq += 1;
        self.step
            .prepare_cached(
                "update shared_act set wins = 0
                 where field = ? and thing = ? and part = ? and wins = 1",
            )?
            .execute(params![field.name(), thing, part])?;
        let mut stored = value;
        if field == ActField::Text {
            put_text(self.step, thing, self.machine, value)?;
            stored = value.map(|_| "1");
        }
        self.step
            .prepare_cached(
                "insert or replace into shared_act
                   (field, thing, part, machine, seq, wall, floor, wins, own, value)
                 values (?, ?, ?, ?, ?, ?, ?, 1, 1, ?)",
            )?
            .execute(params![
                field.name(),
                thing,
                part,
                self.machine.key(),
                self.seq,
                wall,
                self.floor,
                stored
            ])?;
        Ok(())
    }

    /// Adds an act unless the field has this value already.
    fn set(
        &mut self,
        field: ActField,
        thing: i64,
        part: &str,
        value: Option<&str>,
        wall: i64,
    ) -> Result<(), StoreError> {
        let before = winning(self.step, field, thing, part)?;
        let is_same = match &before {
            Some(before) => before.value.as_deref() == value,
            None => value.is_none(),
        };
        if is_same {
            return Ok(());
        }
        self.add(field, thing, part, value, wall)
    }

    fn read(&mut self, id: i64, wall: i64) -> Result<(), StoreError> {
        let found = self
            .step
            .prepare_cached("select read, url from article where id = ?")?
            .query_row([id], |r| Ok((r.get::<_, bool>(0)?, row::clean(r, 1)?)))
            .optional()?;
        let Some((read, url)) = found else {
            return Ok(());
        };
        let thing = named_article(self.step, id, url.as_deref())?;
        let value = if read { "1" } else { "0" };
        // Also where it was marked and marked back: that is later than what others did meanwhile.
        self.add(ActField::Read, thing, "", Some(value), wall)
    }

    fn place(&mut self, id: i64, wall: i64) -> Result<(), StoreError> {
        let found = self
            .step
            .prepare_cached("select part, byte, url from article where id = ?")?
            .query_row([id], |r| {
                let place: (Option<u32>, Option<u32>) = (r.get(0)?, r.get(1)?);
                Ok((place, row::clean(r, 2)?))
            })
            .optional()?;
        let Some(((Some(part), byte), url)) = found else {
            return Ok(());
        };
        let thing = named_article(self.step, id, url.as_deref())?;
        let value = format!("[{part},{}]", byte.unwrap_or_default());
        self.set(ActField::Place, thing, "", Some(&value), wall)
    }

    fn scrap(&mut self, id: i64, wall: i64) -> Result<(), StoreError> {
        let Some(scrap) = self.held_scrap(id)? else {
            return Ok(());
        };
        let thing = named_article(self.step, id, scrap.article.address().map(|a| &**a))?;
        let facts = ScrapFacts::of(&scrap)?;
        let mut changed = Vec::new();
        for field in WORD_FIELDS {
            let now = facts.words(field);
            let before = words(self.step, field, thing)?;
            let gone = before.keys().filter(|part| !now.contains_key(*part));
            changed.extend(gone.map(|part| (field, part.clone(), None)));
            let new = now
                .iter()
                .filter(|(part, value)| before.get(*part) != Some(value));
            changed.extend(new.map(|(part, value)| (field, part.clone(), Some(value.as_str()))));
        }
        let before = winning(self.step, ActField::Scrap, thing, "")?.and_then(|w| w.value);
        // Who writes on a scrap wants it kept, also where another machine took it away meanwhile.
        if !changed.is_empty() || before.is_none_or(|before| facts.differs_from(&before)) {
            self.add(ActField::Scrap, thing, "", Some(&facts.scrap), wall)?;
        }
        self.text(thing, &facts, wall)?;
        for (field, part, value) in changed {
            self.add_words((field, thing, &part), value, wall)?;
        }
        Ok(())
    }

    /// The text of a scrap that another machine took away with its text, and that stays.
    fn text_again(&mut self, id: i64, wall: i64) -> Result<(), StoreError> {
        let Some(scrap) = self.held_scrap(id)? else {
            return Ok(());
        };
        let thing = named_article(self.step, id, scrap.article.address().map(|a| &**a))?;
        self.text(thing, &ScrapFacts::of(&scrap)?, wall)
    }

    fn text(&mut self, thing: i64, facts: &ScrapFacts, wall: i64) -> Result<(), StoreError> {
        let Some(text) = &facts.text else {
            return Ok(());
        };
        if best_text(self.step, thing)?.as_ref() != Some(text) {
            self.add(ActField::Text, thing, "", Some(text), wall)?;
        }
        Ok(())
    }

    fn add_words(
        &mut self,
        (field, thing, part): (ActField, i64, &str),
        value: Option<&str>,
        wall: i64,
    ) -> Result<(), StoreError> {
        let value = replacing(self.step, self.machine, (field, thing, part), value)?;
        self.add(field, thing, part, value.as_deref(), wall)
    }

    /// A scrap of this library. One that can't be read is reported by `gisa doctor`, and is no act.
    fn held_scrap(&self, id: i64) -> Result<Option<Scrap>, StoreError> {
        let json: Option<String> = self
            .step
            .prepare_cached("select json from scrap where id = ?")?
            .query_row([id], |r| r.get(0))
            .optional()?;
        Ok(json.and_then(|json| serde_json::from_str(&json).ok()))
    }

    /// A scrap was taken away. All that the acts say of it is, as far as this machine knows them,
    /// so that nothing of it comes back should the article be scrapped again; where it was put back
    /// since, that is the later act.
    fn unscrap(&mut self, id: i64, wall: i64) -> Result<(), StoreError> {
        let Some(thing) = name_of(self.step, NameKind::Article, id)? else {
            return Ok(());
        };
        let is_back = self
            .step
            .prepare_cached("select 1 from scrap where id = ?")?
            .exists([id])?;
        if is_back {
            let before = winning(self.step, ActField::Scrap, thing, "")?.and_then(|w| w.value);
            let back: Option<i64> = self
                .step
                .prepare_cached("select wall from folder_touched where kind = 'scrap' and id = ?")?
                .query_row([id], |r| r.get(0))
                .optional()?;
            return match before {
                Some(before) => {
                    let wall = back.unwrap_or(wall);
                    self.add(ActField::Scrap, thing, "", Some(&before), wall)
                }
                None => Ok(()),
            };
        }
        self.add(ActField::Scrap, thing, "", None, wall)?;
        self.set(ActField::Text, thing, "", None, wall)?;
        for field in WORD_FIELDS {
            for part in words(self.step, field, thing)?.keys() {
                self.add_words((field, thing, part), None, wall)?;
            }
        }
        Ok(())
    }

    /// A subscription: that it was made or ended, or else its title and folder.
    fn feed(&mut self, id: i64, wall: i64, is_made: bool) -> Result<(), StoreError> {
        let found = self
            .step
            .prepare_cached(
                "select id, url, title, site, folder, page, gone is not null from feed
                 where id = ?",
            )?
            .query_row([id], |r| {
                let feed = crate::runtime::store::feed::feed(r)?;
                Ok((feed, r.get::<_, bool>(6)?))
            })
            .optional()?;
        let Some((feed, is_gone)) = found else {
            return Ok(());
        };
        let Some(facts) = FeedFacts::of(&feed)? else {
            return Ok(());
        };
        let thing = named_feed(self.step, id, &feed.url)?;
        if is_made {
            let value = Some(facts.feed.as_str()).filter(|_| !is_gone);
            self.add(ActField::Feed, thing, "", value, wall)?;
        }
        if is_gone {
            return Ok(());
        }
        self.set(ActField::Folder, thing, "", facts.folder.as_deref(), wall)?;
        if let Some(title) = &facts.title {
            self.set(ActField::Title, thing, "", Some(title), wall)?;
        }
        Ok(())
    }
}
