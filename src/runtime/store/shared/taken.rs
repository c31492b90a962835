//! Takes in acts of other machines, as they come: in any order, more than once, and not all of
//! them.

use rusqlite::{Connection, Transaction, params};

use jiff::Timestamp;

use super::act::{ActField, ActStamp, MachineId, SharedAct};
use super::applied::{ChangedThings, bring};
use super::captured::{OwnActs, capture};
use super::clock::{Sighting, Sightings, TOLERANCE};
use super::marks::quietly;
use super::values::{machine, put_text, sighting, sightings};
use crate::news::order::Order as _;
use crate::runtime::store::{Store, StoreError};

/// A clock that is before this (2024) was never set. Milliseconds since 1970.
const NEVER_SET: i64 = 1_704_067_200_000;
/// The longest label or other part of a field, in bytes.
const LONGEST_PART: usize = 1024;
/// The longest value, in bytes.
const LONGEST_VALUE: usize = 16 << 20;

/// What taking in acts came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ActsTaken {
    /// Acts that were new.
    pub new: usize,
    /// Articles, scraps and subscriptions that changed here.
    pub changed: usize,
}

impl Store {
    /// Takes in acts of other machines, in one transaction. Addresses for which `barred` is true
    /// are not subscribed to.
    ///
    /// # Errors
    /// The library can't be written; nothing is taken in then.
    pub fn take_acts(
        &self,
        acts: &[SharedAct],
        now: Timestamp,
        barred: &dyn Fn(&str) -> bool,
    ) -> Result<ActsTaken, StoreError> {
        if acts.is_empty() {
            return Ok(ActsTaken::default());
        }
        let is_mark = |act: &SharedAct| {
            matches!(
                ActField::of(&act.field),
                None | Some(ActField::Read | ActField::Place | ActField::Machine | ActField::Clock)
            )
        };
        let work = |step: &Transaction<'_>| take(step, acts, now, barred);
        match acts.iter().all(is_mark) {
            true => self.write(work),
            false => self.keep(work),
        }
    }
}

fn take(
    step: &Transaction<'_>,
    acts: &[SharedAct],
    now: Timestamp,
    barred: &dyn Fn(&str) -> bool,
) -> Result<ActsTaken, StoreError> {
    // What was done here meanwhile was done before what is read now is known.
    while capture(step, usize::MAX)? > 0 {}
    let own = machine(step)?;
    let mut sightings = sightings(step)?;
    let usable = |act: &&SharedAct| act.machine != own && is_sound(act);
    // In the order of the table, so that each of its pages is written once.
    let mut acts: Vec<&SharedAct> = acts.iter().filter(usable).collect();
    acts.order_by(|a, b| (&a.field, a.thing, &a.part).cmp(&(&b.field, b.thing, &b.part)));
    let mut new = Vec::new();
    let mut changed = ChangedThings::default();
    for act in acts {
        if enter(step, &sightings, act, &mut changed)? {
            new.push(act);
        }
    }
    let mut seen = Vec::new();
    for act in &new {
        if let Some((machine, sighting)) =
            sighting(&act.field, act.thing, &act.part, act.value.as_deref())
        {
            sightings.add(machine, sighting);
            seen.push((machine, sighting));
        }
    }
    seen.extend(note_ahead(
        step,
        &new,
        &mut sightings,
        now.as_millisecond(),
    )?);
    for (machine, sighting) in seen {
        judge_again(step, &sightings, (machine, sighting), &mut changed)?;
    }
    let floor = new
        .iter()
        .map(|act| sightings.time(act.machine, act.stamp) + 1);
    if let Some(floor) = floor.max() {
        step.prepare_cached("update folder_state set floor = max(floor, ?)")?
            .execute([floor])?;
    }
    let changed = quietly(step, || bring(step, &changed, now.as_second(), barred))?;
    // Texts that only this machine has now.
    while capture(step, usize::MAX)? > 0 {}
    Ok(ActsTaken {
        new: new.len(),
        changed,
    })
}

/// Whether an act can be one that a machine wrote.
fn is_sound(act: &SharedAct) -> bool {
    act.stamp.seq > 0
        && act.stamp.wall >= 0
        && act.stamp.floor >= 0
        && (1..=32).contains(&act.field.len())
        && act.part.len() <= LONGEST_PART
        && act.value.as_ref().is_none_or(|v| v.len() <= LONGEST_VALUE)
}

/// Notes which machines' clocks are ahead of this one's. Nothing is noted where this machine's own
/// clock is the one that can't be right: it was never set, or is behind times that were believed.
fn note_ahead(
    step: &Transaction<'_>,
    new: &[&SharedAct],
    sightings: &mut Sightings,
    now: i64,
) -> Result<Vec<(MachineId, Sighting)>, StoreError> {
    let floor: i64 = step
        .prepare_cached("select floor from folder_state")?
        .query_row([], |r| r.get(0))?;
    if now < NEVER_SET || now < floor.saturating_sub(TOLERANCE) {
        return Ok(Vec::new());
    }
    let limit = now.saturating_add(TOLERANCE);
    let mut last = std::collections::BTreeMap::new();
    for act in new {
        // Of what another machine saw already nothing more need be said.
        if sightings.time(act.machine, act.stamp) > limit {
            let seq: &mut i64 = last.entry(act.machine).or_default();
            *seq = (*seq).max(act.stamp.seq);
        }
    }
    let mut own = OwnActs::begin(step)?;
    let mut noted = Vec::new();
    for (machine, seq) in last {
        let sighting = Sighting { seq, at: now };
        let (part, value) = (seq.to_string(), now.to_string());
        own.add(ActField::Clock, machine.key(), &part, Some(&value), now)?;
        sightings.add(machine, sighting);
        noted.push((machine, sighting));
    }
    own.end()?;
    Ok(noted)
}

/// An act on a field as the library has it.
struct ActRow {
    machine: MachineId,
    stamp: ActStamp,
    wins: bool,
}

fn acts_on(
    step: &Connection,
    field: &str,
    thing: i64,
    part: &str,
) -> Result<Vec<ActRow>, StoreError> {
    let mut query = step.prepare_cached(
        "select machine, seq, wall, floor, wins from shared_act
         where field = ? and thing = ? and part = ?",
    )?;
    let rows = query.query_map(params![field, thing, part], |r| {
        Ok(ActRow {
            machine: MachineId::of_key(r.get(0)?),
            stamp: ActStamp {
                seq: r.get(1)?,
                wall: r.get(2)?,
                floor: r.get(3)?,
            },
            wins: r.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Stores an act unless its machine did a later one on the same field; returns whether it was new.
fn enter(
    step: &Transaction<'_>,
    sightings: &Sightings,
    act: &SharedAct,
    changed: &mut ChangedThings,
) -> Result<bool, StoreError> {
    let others = acts_on(step, &act.field, act.thing, &act.part)?;
    let before = others.iter().find(|row| row.machine == act.machine);
    if before.is_some_and(|row| row.stamp.seq >= act.stamp.seq) {
        return Ok(false);
    }
    let field = ActField::of(&act.field);
    let mut stored = act.value.as_deref();
    if field == Some(ActField::Text) {
        put_text(step, act.thing, act.machine, act.value.as_deref())?;
        stored = stored.map(|_| "1");
    }
    step.prepare_cached(
        "insert or replace into shared_act
           (field, thing, part, machine, seq, wall, floor, wins, own, value)
         values (?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
    )?
    .execute(params![
        act.field,
        act.thing,
        act.part,
        act.machine.key(),
        act.stamp.seq,
        act.stamp.wall,
        act.stamp.floor,
        others.is_empty(),
        stored
    ])?;
    if !others.is_empty() {
        settle(step, sightings, (&act.field, act.thing, &act.part))?;
    }
    let wins = others.is_empty()
        || winner(step, (&act.field, act.thing, &act.part))? == Some(act.machine)
        || before.is_some_and(|row| row.wins);
    // Of a scrap acts matter too that don't win; see `words`.
    let matters = |field: &ActField| wins || field.is_of_scrap();
    if let Some(field) = field.filter(matters) {
        changed.add(field, act.thing);
    }
    Ok(true)
}

fn winner(
    step: &Connection,
    (field, thing, part): (&str, i64, &str),
) -> Result<Option<MachineId>, StoreError> {
    let rows = acts_on(step, field, thing, part)?;
    Ok(rows.iter().find(|row| row.wins).map(|row| row.machine))
}

/// Finds out which of the acts on a field counts; returns whether it is another one than before.
fn settle(
    step: &Connection,
    sightings: &Sightings,
    (field, thing, part): (&str, i64, &str),
) -> Result<bool, StoreError> {
    let rows = acts_on(step, field, thing, part)?;
    let best = rows
        .iter()
        .max_by_key(|row| sightings.rank(row.machine, row.stamp))
        .map(|row| row.machine);
    let mut is_other = false;
    for row in &rows {
        let wins = Some(row.machine) == best;
        if wins != row.wins {
            is_other = true;
            step.prepare_cached(
                "update shared_act set wins = ?5
                 where field = ?1 and thing = ?2 and part = ?3 and machine = ?4",
            )?
            .execute(params![field, thing, part, row.machine.key(), wins])?;
        }
    }
    Ok(is_other)
}

/// Decides again about the fields on which a machine acted whose clock was seen to be ahead.
fn judge_again(
    step: &Transaction<'_>,
    sightings: &Sightings,
    (machine, sighting): (MachineId, Sighting),
    changed: &mut ChangedThings,
) -> Result<(), StoreError> {
    let mut query = step.prepare_cached(
        "select field, thing, part from shared_act
         where machine = ? and seq <= ? and max(wall, floor) > ?",
    )?;
    let limit = sighting.at.saturating_add(TOLERANCE);
    let keys: Vec<(String, i64, String)> = query
        .query_map(params![machine.key(), sighting.seq, limit], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?))
        })?
        .collect::<Result<_, _>>()?;
    for (field, thing, part) in keys {
        if settle(step, sightings, (&field, thing, &part))?
            && let Some(field) = ActField::of(&field)
        {
            changed.add(field, thing);
        }
    }
    Ok(())
}
