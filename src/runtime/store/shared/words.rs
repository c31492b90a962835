//! What a reader wrote or marked on a scrap: its note, labels and highlights. No act takes away
//! words that its machine had not seen, whichever is later: an act on them names the acts of other
//! machines that it replaces, and what no act names stays. Where several machines wrote without
//! knowing of each other, all that they wrote counts.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};
use serde_json::value::RawValue;

use super::act::{ActField, ActStamp, MachineId};
use super::values::sightings;
use crate::news::order::Order as _;
use crate::news::{Clean, Highlight};
use crate::runtime::store::StoreError;

/// The fields that hold words.
pub(super) const WORD_FIELDS: [ActField; 3] = [ActField::Note, ActField::Tag, ActField::Highlight];

/// The number of the last act of each machine that an act replaces.
type Replaced = BTreeMap<MachineId, i64>;

/// The last act of a machine on one word.
struct WordAct {
    machine: MachineId,
    stamp: ActStamp,
    /// As JSON; `None` where it was taken away.
    value: Option<String>,
    replaced: Replaced,
}

/// The words of a field that are there, as JSON by their parts.
pub(super) fn words(
    db: &Connection,
    field: ActField,
    thing: i64,
) -> Result<BTreeMap<String, String>, StoreError> {
    let mut found = BTreeMap::new();
    for (part, acts) in word_acts(db, field, thing)? {
        let mut counting: Vec<&WordAct> = acts
            .iter()
            .filter(|act| act.value.is_some() && !acts.iter().any(|other| other.replaces(act)))
            .collect();
        if counting.len() > 1 {
            let sightings = sightings(db)?;
            counting.order_by_key(|act| sightings.rank(act.machine, act.stamp));
        }
        let values: Vec<&str> = counting.iter().filter_map(|a| a.value.as_deref()).collect();
        if let Some(value) = joined(field, &values)? {
            found.insert(part, value);
        }
    }
    Ok(found)
}

/// Whether anything is written or marked on a scrap.
pub(super) fn has_words(db: &Connection, thing: i64) -> Result<bool, StoreError> {
    for field in WORD_FIELDS {
        if !words(db, field, thing)?.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The value of a new act of `own` that replaces all that this machine knows of a word.
pub(super) fn replacing(
    db: &Connection,
    own: MachineId,
    (field, thing, part): (ActField, i64, &str),
    value: Option<&str>,
) -> Result<Option<String>, StoreError> {
    let mut replaced = Replaced::new();
    for act in word_acts(db, field, thing)?
        .remove(part)
        .unwrap_or_default()
    {
        let itself = [(act.machine, act.stamp.seq)];
        for (machine, seq) in act.replaced.into_iter().chain(itself) {
            let last = replaced.entry(machine).or_insert(seq);
            *last = seq.max(*last);
        }
    }
    // One's own act before is gone once this one is there.
    replaced.remove(&own);
    if replaced.is_empty() {
        return Ok(value.map(str::to_owned));
    }
    let value: &RawValue = serde_json::from_str(value.unwrap_or("null"))?;
    let by_machine: BTreeMap<String, i64> = replaced
        .into_iter()
        .map(|(machine, seq)| (machine.to_string(), seq))
        .collect();
    Ok(Some(serde_json::to_string(&(value, by_machine))?))
}

impl WordAct {
    fn of(machine: MachineId, stamp: ActStamp, stored: Option<String>) -> Self {
        // No word itself is a list.
        let with_replaced = stored
            .as_deref()
            .filter(|json| json.starts_with('['))
            .and_then(|json| serde_json::from_str::<(&RawValue, BTreeMap<String, i64>)>(json).ok());
        let Some((value, by_machine)) = with_replaced else {
            return Self {
                machine,
                stamp,
                value: stored,
                replaced: Replaced::new(),
            };
        };
        Self {
            machine,
            stamp,
            value: Some(value.get())
                .filter(|json| *json != "null")
                .map(str::to_owned),
            replaced: by_machine
                .into_iter()
                .filter_map(|(machine, seq)| Some((MachineId::parse(&machine)?, seq)))
                .collect(),
        }
    }

    fn replaces(&self, other: &Self) -> bool {
        self.machine != other.machine
            && self
                .replaced
                .get(&other.machine)
                .is_some_and(|seq| *seq >= other.stamp.seq)
    }
}

/// The last act of each machine on each word of a field, by the words' parts.
fn word_acts(
    db: &Connection,
    field: ActField,
    thing: i64,
) -> Result<BTreeMap<String, Vec<WordAct>>, StoreError> {
    let mut query = db.prepare_cached(
        "select part, machine, seq, wall, floor, value from shared_act
         where field = ? and thing = ?",
    )?;
    let mut rows = query.query(params![field.name(), thing])?;
    let mut by_part: BTreeMap<String, Vec<WordAct>> = BTreeMap::new();
    while let Some(r) = rows.next()? {
        let stamp = ActStamp {
            seq: r.get(2)?,
            wall: r.get(3)?,
            floor: r.get(4)?,
        };
        let act = WordAct::of(MachineId::of_key(r.get(1)?), stamp, r.get(5)?);
        by_part.entry(r.get(0)?).or_default().push(act);
    }
    Ok(by_part)
}

/// What several machines wrote without knowing of each other, the latest last, as one value.
fn joined(field: ActField, values: &[&str]) -> Result<Option<String>, StoreError> {
    let Some((last, earlier)) = values.split_last() else {
        return Ok(None);
    };
    if earlier.is_empty() || field == ActField::Tag {
        return Ok(Some((*last).to_owned()));
    }
    if field == ActField::Note {
        let notes: Vec<Clean> = values
            .iter()
            .filter_map(|json| serde_json::from_str(json).ok())
            .collect();
        return Ok(Some(serde_json::to_string(&one_note(&notes))?));
    }
    let mut highlights: Vec<Highlight> = values
        .iter()
        .filter_map(|json| serde_json::from_str(json).ok())
        .collect();
    let notes: Vec<Clean> = highlights.iter().filter_map(|h| h.note.clone()).collect();
    let Some(mut highlight) = highlights.pop() else {
        return Ok(Some((*last).to_owned()));
    };
    highlight.note = (!notes.is_empty()).then(|| one_note(&notes));
    Ok(Some(serde_json::to_string(&highlight)?))
}

/// Notes below each other, without those that another one contains.
fn one_note(notes: &[Clean]) -> Clean {
    let mut kept: Vec<&str> = Vec::new();
    for note in notes {
        if !kept.iter().any(|other| other.contains(&**note)) {
            kept.retain(|other| !note.contains(*other));
            kept.push(note);
        }
    }
    Clean::lines(&kept.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_comes_back_with_what_it_replaces() {
        let stamp = ActStamp::default();
        let stored = format!(r#"["메모",{{"{}":7}}]"#, MachineId(3));
        let act = WordAct::of(MachineId(1), stamp, Some(stored));
        assert_eq!(act.value.as_deref(), Some("\"메모\""));
        assert_eq!(act.replaced, Replaced::from([(MachineId(3), 7)]));
        let gone = format!(r#"[null,{{"{}":7,"no machine":1}}]"#, MachineId(3));
        let act = WordAct::of(MachineId(1), stamp, Some(gone));
        assert_eq!((act.value, act.replaced.len()), (None, 1));
        for plain in ["1", "\"[메모]\"", "{}", "[damaged"] {
            let act = WordAct::of(MachineId(1), stamp, Some(plain.to_owned()));
            assert_eq!(act.value.as_deref(), Some(plain));
        }
    }

    #[test]
    fn notes_written_apart_are_one_with_all_their_words() {
        let note = |texts: &[&str]| {
            let all: Vec<Clean> = texts.iter().map(|t| Clean::lines(t)).collect();
            one_note(&all).to_string()
        };
        assert_eq!(note(&["하나", "둘"]), "하나\n둘");
        assert_eq!(note(&["하나", "하나 그리고 더"]), "하나 그리고 더");
        assert_eq!(note(&["하나 그리고 더", "더"]), "하나 그리고 더");
    }
}
