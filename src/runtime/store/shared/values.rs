//! What the library has of acts: the one that counts for a field, texts, and what was seen of
//! clocks.

use std::io::{Read as _, Write as _};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use super::act::{ActField, ActStamp, MachineId};
use super::clock::{Sighting, Sightings};
use crate::runtime::store::StoreError;

/// The longest text that is unpacked, in bytes of its JSON.
const LONGEST: u64 = 16 << 20;

pub(super) fn is_active(db: &Connection) -> Result<bool, StoreError> {
    Ok(db
        .prepare_cached("select active from folder_state")?
        .query_row([], |r| r.get(0))?)
}

/// The text of a scrap by a machine.
pub(super) fn text_of(
    db: &Connection,
    thing: i64,
    machine: MachineId,
) -> Result<Option<String>, StoreError> {
    let packed: Option<Vec<u8>> = db
        .prepare_cached("select packed from shared_text where thing = ? and machine = ?")?
        .query_row([thing, machine.key()], |r| r.get(0))
        .optional()?;
    Ok(packed.and_then(|packed| unpacked(&packed)))
}

/// The act that counts for a field.
pub(super) struct Winning {
    pub(super) machine: MachineId,
    pub(super) value: Option<String>,
}

/// The act that counts for a field; `None` where there is none.
pub(super) fn winning(
    db: &Connection,
    field: ActField,
    thing: i64,
    part: &str,
) -> Result<Option<Winning>, StoreError> {
    let mut query = db.prepare_cached(
        "select machine, value from shared_act
         where field = ? and thing = ? and part = ? and wins = 1",
    )?;
    Ok(query
        .query_row(params![field.name(), thing, part], |r| {
            Ok(Winning {
                machine: MachineId::of_key(r.get(0)?),
                value: r.get(1)?,
            })
        })
        .optional()?)
}

/// The latest act on a field that takes nothing away, whether or not it is the one that counts.
pub(super) fn latest_value(
    db: &Connection,
    field: ActField,
    thing: i64,
) -> Result<Option<Winning>, StoreError> {
    if let Some(win) = winning(db, field, thing, "")?
        && win.value.is_some()
    {
        return Ok(Some(win));
    }
    let mut query = db.prepare_cached(
        "select machine, seq, wall, floor, value from shared_act
         where field = ? and thing = ? and part = '' and value is not null",
    )?;
    let rows = query.query_map(params![field.name(), thing], |r| {
        let stamp = ActStamp {
            seq: r.get(1)?,
            wall: r.get(2)?,
            floor: r.get(3)?,
        };
        let machine = MachineId::of_key(r.get(0)?);
        let value = r.get(4)?;
        Ok((stamp, Winning { machine, value }))
    })?;
    let rows: Vec<(ActStamp, Winning)> = rows.collect::<Result<_, _>>()?;
    if rows.is_empty() {
        return Ok(None);
    }
    let sightings = sightings(db)?;
    let latest = rows
        .into_iter()
        .max_by_key(|(stamp, act)| sightings.rank(act.machine, *stamp));
    Ok(latest.map(|(_, act)| act))
}

/// The latest text of a scrap. One that was taken away along with the scrap is still that of a
/// scrap which stays.
pub(super) fn best_text(db: &Connection, thing: i64) -> Result<Option<String>, StoreError> {
    match latest_value(db, ActField::Text, thing)? {
        Some(act) => text_of(db, thing, act.machine),
        None => Ok(None),
    }
}

pub(super) fn machine(db: &Connection) -> Result<MachineId, StoreError> {
    let key = db
        .prepare_cached("select machine from folder_state")?
        .query_row([], |r| r.get(0))?;
    Ok(MachineId::of_key(key))
}

/// Stores the text of a scrap by a machine, or takes it away.
pub(super) fn put_text(
    step: &Transaction<'_>,
    thing: i64,
    machine: MachineId,
    text: Option<&str>,
) -> Result<(), StoreError> {
    match text {
        Some(text) => step
            .prepare_cached(
                "insert or replace into shared_text (thing, machine, packed) values (?, ?, ?)",
            )?
            .execute(params![thing, machine.key(), packed(text)])?,
        None => step
            .prepare_cached("delete from shared_text where thing = ? and machine = ?")?
            .execute([thing, machine.key()])?,
    };
    Ok(())
}

/// The sightings of all journals.
pub(super) fn sightings(db: &Connection) -> Result<Sightings, StoreError> {
    let mut query =
        db.prepare_cached("select thing, part, value from shared_act where field = 'clock'")?;
    let mut rows = query.query([])?;
    let mut all = Sightings::default();
    while let Some(r) = rows.next()? {
        let (thing, part): (i64, String) = (r.get(0)?, r.get(1)?);
        let value: Option<String> = r.get(2)?;
        if let Some((machine, sighting)) =
            sighting(ActField::Clock.name(), thing, &part, value.as_deref())
        {
            all.add(machine, sighting);
        }
    }
    Ok(all)
}

pub(super) fn sighting(
    field: &str,
    thing: i64,
    part: &str,
    value: Option<&str>,
) -> Option<(MachineId, Sighting)> {
    if field != ActField::Clock.name() {
        return None;
    }
    let sighting = Sighting {
        seq: part.parse().ok()?,
        at: value?.parse().ok()?,
    };
    Some((MachineId::of_key(thing), sighting))
}

/// Deflated JSON.
pub(super) fn packed(json: &str) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing to memory doesn't fail.
    let _ = encoder.write_all(json.as_bytes());
    encoder.finish().unwrap_or_default()
}

/// The JSON that was deflated; `None` where it is damaged or too long.
pub(super) fn unpacked(packed: &[u8]) -> Option<String> {
    let mut json = String::new();
    let mut decoder = DeflateDecoder::new(packed).take(LONGEST + 1);
    decoder.read_to_string(&mut json).ok()?;
    (json.len() as u64 <= LONGEST && !json.is_empty()).then_some(json)
}
