//! This machine's part in the folder: its number, and how far its journal is written.

use std::collections::HashSet;

use jiff::Timestamp;
use rusqlite::{Row, Transaction, params};

use super::act::{ActField, ActStamp, MachineId, SharedAct};
use super::names::{NameKind, article_name, named_feed, put_name};
use super::values::{is_active, sightings, text_of};
use crate::runtime::store::{Store, StoreError, row};

/// How long marks and places of articles that the library has no more are kept, in milliseconds.
const MARKS_KEPT: i64 = 400 * 24 * 3_600_000;

/// This machine's journal as it was left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnJournal {
    /// This machine.
    pub machine: MachineId,
    /// The number of its last act.
    pub seq: i64,
    /// The number of the last act that is in the journal.
    pub written: i64,
    /// The name of the journal's file; empty before there is one.
    pub file: String,
    /// The file's size in bytes.
    pub bytes: u64,
    /// Its size when it was last compacted.
    pub base: u64,
}

/// A machine that uses the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownMachine {
    /// Its number.
    pub machine: MachineId,
    /// Its name, as it calls itself; empty where it does not say.
    pub name: String,
    /// Whether it is this one.
    pub is_own: bool,
    /// Whether its clock was seen to be ahead at its last acts.
    pub is_ahead: bool,
}

impl Store {
    /// Whether acts are recorded for a folder.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn shares_acts(&self) -> Result<bool, StoreError> {
        is_active(&self.db)
    }

    /// Records acts for a folder from now on; the first time, all that is kept, read and subscribed
    /// to becomes acts. `fresh` is a number for this machine, which it gets where it has none, or
    /// where `origin` shows that the library was copied from another one that goes on to use it.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn join_folder(
        &self,
        fresh: MachineId,
        origin: &str,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (active, before): (bool, String) =
            self.db
                .query_row("select active, origin from folder_state", [], |r| {
                    Ok((r.get(0)?, r.get(1)?))
                })?;
        if active && before == origin {
            return Ok(());
        }
        self.write(|step| {
            if active {
                renew(step, fresh, origin)
            } else {
                join(step, fresh, origin, now)
            }
        })
    }

    /// Gives this machine another number, since another one writes acts under the one that it has.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn renew_machine(&self, fresh: MachineId) -> Result<(), StoreError> {
        let origin: String = self
            .db
            .query_row("select origin from folder_state", [], |r| r.get(0))?;
        self.write(|step| renew(step, fresh, &origin))
    }

    /// This machine's journal as it was left.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn own_journal(&self) -> Result<OwnJournal, StoreError> {
        let mut query = self
            .db
            .prepare_cached("select machine, seq, written, file, bytes, base from folder_state")?;
        Ok(query.query_row([], |r| {
            Ok(OwnJournal {
                machine: MachineId::of_key(r.get(0)?),
                seq: r.get(1)?,
                written: r.get(2)?,
                file: r.get(3)?,
                bytes: r.get::<_, i64>(4)?.unsigned_abs(),
                base: r.get::<_, i64>(5)?.unsigned_abs(),
            })
        })?)
    }

    /// Notes how the journal was left.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn put_own_journal(&self, journal: &OwnJournal) -> Result<(), StoreError> {
        let size = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
        self.write(|step| {
            step.prepare_cached(
                "update folder_state set written = ?, file = ?, bytes = ?, base = ?
                 where machine = ?",
            )?
            .execute(params![
                journal.written,
                journal.file,
                size(journal.bytes),
                size(journal.base),
                journal.machine.key()
            ])?;
            Ok(())
        })
    }

    /// At most `limit` of this machine's acts with numbers above `after`, in their order.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn own_acts(&self, after: i64, limit: usize) -> Result<Vec<SharedAct>, StoreError> {
        let mut query = self.db.prepare_cached(
            "select field, thing, part, machine, seq, wall, floor, value from shared_act
             where own = 1 and seq > ? order by seq limit ?",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.with_texts(query.query_map([after, limit], act)?)
    }

    /// Machines of which the library has acts and `present` does not name a journal.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn absent_machines(
        &self,
        present: &HashSet<MachineId>,
    ) -> Result<Vec<MachineId>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("select distinct machine from shared_act where own = 0")?;
        let all = query.query_map([], |r| r.get(0).map(MachineId::of_key))?;
        let all: Vec<MachineId> = all.collect::<Result<_, _>>()?;
        Ok(all.into_iter().filter(|m| !present.contains(m)).collect())
    }

    /// At most `limit` acts of a machine with numbers above `after`, in their order.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn acts_of(
        &self,
        machine: MachineId,
        after: i64,
        limit: usize,
    ) -> Result<Vec<SharedAct>, StoreError> {
        let mut query = self.db.prepare_cached(
            "select field, thing, part, machine, seq, wall, floor, value from shared_act
             where machine = ? and seq > ? order by seq limit ?",
        )?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.with_texts(query.query_map([machine.key(), after, limit], act)?)
    }

    fn with_texts(
        &self,
        rows: impl Iterator<Item = rusqlite::Result<SharedAct>>,
    ) -> Result<Vec<SharedAct>, StoreError> {
        let mut acts = rows.collect::<Result<Vec<_>, _>>()?;
        for act in &mut acts {
            if act.field == ActField::Text.name() && act.value.is_some() {
                act.value = text_of(&self.db, act.thing, act.machine)?;
            }
        }
        Ok(acts)
    }

    /// Forgets old marks and places of articles that the library has no more.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn prune_acts(&self, now: Timestamp) -> Result<(), StoreError> {
        self.write(|step| {
            step.execute(
                "delete from shared_act where field in ('read', 'place') and wall > 1 and wall < ?
                   and thing not in (select shared from shared_name where kind = 0)",
                [now.as_millisecond() - MARKS_KEPT],
            )?;
            Ok(())
        })
    }

    /// Takes back this machine's acts after a number, as an older state of the library would.
    #[cfg(test)]
    pub(crate) fn forget_acts_after(&self, seq: i64) -> Result<(), StoreError> {
        self.write(|step| {
            step.execute("delete from shared_act where own = 1 and seq > ?", [seq])?;
            step.execute("update folder_state set seq = ?1, written = ?1", [seq])?;
            Ok(())
        })
    }

    /// Dates what was changed here within the last minute.
    #[cfg(test)]
    pub(crate) fn date_touched(&self, wall: i64) -> Result<(), StoreError> {
        let now = Timestamp::now().as_millisecond();
        self.write(|step| {
            step.execute(
                "update folder_touched set wall = ?1 where wall between ?2 - 60000 and ?2 + 500",
                [wall, now],
            )?;
            Ok(())
        })
    }

    /// How many things were changed here and are in no journal yet.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn unshared_changes(&self) -> Result<u64, StoreError> {
        let mut query = self.db.prepare_cached(
            "select (select count(*) from folder_touched)
               + (select count(*) from shared_act, folder_state
                  where own = 1 and shared_act.seq > written)",
        )?;
        Ok(query.query_row([], |r| r.get::<_, i64>(0))?.unsigned_abs())
    }

    /// The machines that use the folder, this one first.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn known_machines(&self) -> Result<Vec<KnownMachine>, StoreError> {
        let sightings = sightings(&self.db)?;
        let mut query = self.db.prepare_cached(
            "select machine, own, max(case when field = 'machine' then value end),
               max(seq), wall, floor
             from shared_act group by machine order by own desc, machine",
        )?;
        let rows = query.query_map([], |r| {
            let machine = MachineId::of_key(r.get(0)?);
            let stamp = ActStamp {
                seq: r.get(3)?,
                wall: r.get(4)?,
                floor: r.get(5)?,
            };
            let name: Option<String> = r.get(2)?;
            let name = name.and_then(|json| serde_json::from_str(&json).ok());
            Ok(KnownMachine {
                machine,
                name: name.unwrap_or_default(),
                is_own: r.get(1)?,
                is_ahead: sightings.time(machine, stamp) < stamp.wall,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// How far a file of the folder has been read, and its first line then.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn folder_file(&self, name: &str) -> Result<Option<(String, u64)>, StoreError> {
        use rusqlite::OptionalExtension as _;
        let mut query = self
            .db
            .prepare_cached("select head, read from folder_file where name = ?")?;
        Ok(query
            .query_row([name], |r| {
                Ok((r.get(0)?, r.get::<_, i64>(1)?.unsigned_abs()))
            })
            .optional()?)
    }

    /// Notes how far a file of the folder has been read.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn put_folder_file(&self, name: &str, head: &str, read: u64) -> Result<(), StoreError> {
        self.write(|step| {
            step.prepare_cached(
                "insert or replace into folder_file (name, head, read) values (?, ?, ?)",
            )?
            .execute(params![name, head, i64::try_from(read).unwrap_or(i64::MAX)])?;
            Ok(())
        })
    }

    /// Forgets files that are in the folder no more.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn forget_folder_files(&self, present: &HashSet<String>) -> Result<(), StoreError> {
        let mut query = self.db.prepare_cached("select name from folder_file")?;
        let known: Vec<String> = query
            .query_map([], |r| r.get(0))?
            .collect::<Result<_, _>>()?;
        let gone: Vec<&String> = known.iter().filter(|n| !present.contains(*n)).collect();
        if gone.is_empty() {
            return Ok(());
        }
        self.write(|step| {
            let mut forget = step.prepare_cached("delete from folder_file where name = ?")?;
            for name in gone {
                forget.execute([name])?;
            }
            Ok(())
        })
    }
}

fn act(r: &Row<'_>) -> rusqlite::Result<SharedAct> {
    Ok(SharedAct {
        field: r.get(0)?,
        thing: r.get(1)?,
        part: r.get(2)?,
        machine: MachineId::of_key(r.get(3)?),
        stamp: ActStamp {
            seq: r.get(4)?,
            wall: r.get(5)?,
            floor: r.get(6)?,
        },
        value: r.get(7)?,
    })
}

fn join(
    step: &Transaction<'_>,
    fresh: MachineId,
    origin: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    step.execute(
        "update folder_state set active = 1, machine = ?, origin = ?",
        params![fresh.key(), origin],
    )?;
    let mut articles = step.prepare("select id, url from article")?;
    let mut rows = articles.query([])?;
    while let Some(r) = rows.next()? {
        let id = r.get(0)?;
        let address = row::clean(r, 1)?;
        put_name(
            step,
            NameKind::Article,
            article_name(id, address.as_deref()),
            id,
        )?;
    }
    let mut feeds = step.prepare("select id, url from feed order by gone is not null, id")?;
    let mut rows = feeds.query([])?;
    while let Some(r) = rows.next()? {
        let (id, url): (i64, String) = (r.get(0)?, r.get(1)?);
        named_feed(step, id, &url)?;
    }
    // What was so before has no time, so that every act on it counts for more; a scrap has one, and
    // of a subscription the time of joining is taken: one that another machine ended long ago may
    // have been made here since.
    step.execute_batch(
        "insert or ignore into folder_touched select 'read', id, 1 - read from article
           where read = 1 or chosen = 1;
         insert or ignore into folder_touched select 'place', id, 0 from article
           where part is not null;
         insert or ignore into folder_touched select 'scrap', id, kept / 1000 from scrap;",
    )?;
    step.execute(
        "insert or ignore into folder_touched select 'feed', id, ? from feed where gone is null",
        [now.as_millisecond()],
    )?;
    Ok(())
}

/// What is in the journal stays the acts of the machine of before; what is not becomes acts of the
/// new one.
fn renew(step: &Transaction<'_>, fresh: MachineId, origin: &str) -> Result<(), StoreError> {
    let (machine, written): (i64, i64) =
        step.query_row("select machine, written from folder_state", [], |r| {
            Ok((r.get(0)?, r.get(1)?))
        })?;
    step.execute(
        "update shared_act set own = 0 where own = 1 and seq <= ?",
        [written],
    )?;
    step.execute(
        "update or replace shared_text set machine = ?1 where machine = ?2 and thing in
           (select thing from shared_act where own = 1 and field = 'text')",
        params![fresh.key(), machine],
    )?;
    step.execute(
        "update shared_act set machine = ?1, seq = seq - ?2 where own = 1",
        params![fresh.key(), written],
    )?;
    step.execute(
        "update folder_state set machine = ?1, origin = ?2, seq = max(seq - written, 0),
           written = 0, file = '', bytes = 0, base = 0",
        params![fresh.key(), origin],
    )?;
    Ok(())
}
