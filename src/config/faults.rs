//! Reads a file of the user's with all its faults: what is wrong is told and left out, and the rest
//! is read, so that nobody has to mend a file line by line to learn what else is wrong.

use crate::news::order::Order as _;
use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue, Deserializer};

use super::error::ConfigError;

/// Most faults of one file that are told.
const MOST: usize = 50;

/// A file of the user's as it was read.
pub(super) struct Reading<'t, T> {
    /// What it says, apart from what is wrong; `None` where nothing can be made of it.
    pub value: Option<T>,
    /// What it says, with the places.
    pub written: DeTable<'t>,
    /// The same, without what is wrong.
    pub sound: DeTable<'t>,
    /// What is wrong with it.
    pub faults: Vec<ConfigError>,
}

/// Reads the user's `text`, laid over `base`, which is valid. The key `apart` is only found in
/// [`Reading::written`].
pub(super) fn read<'t, T: DeserializeOwned>(
    file: &str,
    text: &'t str,
    base: &'t str,
    apart: &str,
) -> Reading<'t, T> {
    let (written, syntax) = DeTable::parse_recoverable(text);
    let mut written = written.into_inner();
    let mut faults: Vec<ConfigError> = syntax
        .iter()
        .map(|e| ConfigError::of_toml(file, text, e))
        .collect();
    sort(&mut faults);
    // What follows from one mistake is told with it.
    faults.dedup_by_key(|fault| fault.line);
    if let Some(first) = faults.first() {
        // From there on, what was read may not be what was meant.
        let lines = text
            .split_inclusive('\n')
            .take(first.line.saturating_sub(1));
        let sure = &text[..lines.map(str::len).sum()];
        written = DeTable::parse(sure).map_or_else(|_| DeTable::new(), Spanned::into_inner);
    }
    let mut sound = written.clone();
    sound.remove(apart);
    let value = loop {
        let mut table = DeTable::parse_recoverable(base).0;
        lay_over(table.get_mut(), sound.clone());
        let error = match T::deserialize(Deserializer::from(table)) {
            Ok(value) => break Some(value),
            Err(error) => error,
        };
        // The base is valid, so the place is one in the user's text.
        let place = error.span().map(|span| span.start);
        let mut fault = ConfigError::of_toml(file, text, &error);
        let key = place.and_then(|byte| key_at(&written, byte));
        if let Some(key) = key.filter(|key| !key.is_empty()) {
            fault.reason = format!("{} in `{key}`", fault.reason);
        }
        faults.push(fault);
        let is_out = place.is_some_and(|byte| take_out(&mut sound, byte));
        if !is_out || faults.len() >= MOST {
            break None;
        }
    };
    Reading {
        value,
        written,
        sound,
        faults,
    }
}

/// Sorts faults by their lines; those without one come last.
pub(super) fn sort(faults: &mut [ConfigError]) {
    faults.order_by_key(|fault| fault.line.checked_sub(1).unwrap_or(usize::MAX));
}

/// Lays `over` over `base`, table by table.
fn lay_over<'i>(base: &mut DeTable<'i>, over: DeTable<'i>) {
    for (key, mut value) in over {
        if let Some(below) = base.get_mut(&key)
            && let (DeValue::Table(below), DeValue::Table(above)) =
                (below.get_mut(), value.get_mut())
        {
            lay_over(below, std::mem::take(above));
        } else {
            base.insert(key, value);
        }
    }
}

/// The dotted key whose value is at `byte`. If a key itself is there, the table that contains it,
/// because the parser's message already names the key.
fn key_at(table: &DeTable<'_>, byte: usize) -> Option<String> {
    let within = |inner: &str, key: &str| match inner {
        "" => key.to_owned(),
        _ => format!("{key}.{inner}"),
    };
    table.iter().find_map(|(key, value)| {
        let name = key.get_ref();
        if key.span().contains(&byte) && !value.span().contains(&byte) {
            return Some(String::new());
        }
        let inner = match value.get_ref() {
            DeValue::Table(table) => key_at(table, byte),
            DeValue::Array(items) => items
                .iter()
                .filter_map(|item| item.get_ref().as_table())
                .find_map(|table| key_at(table, byte)),
            _ => None,
        };
        match inner {
            Some(inner) => Some(within(&inner, name)),
            None => value.span().contains(&byte).then(|| name.to_string()),
        }
    })
}

/// Takes out what is wrong at `byte`: a value with its key, or an element of a list, whole, as the
/// rest of one would not be what was meant; gives whether there was one.
fn take_out(table: &mut DeTable<'_>, byte: usize) -> bool {
    for (_, value) in table.iter_mut() {
        let is_out = match value.get_mut() {
            DeValue::Table(table) => take_out(table, byte),
            DeValue::Array(items) => take_out_of_list(items, byte),
            _ => false,
        };
        if is_out {
            return true;
        }
    }
    let at = table
        .iter()
        .find(|(key, value)| key.span().contains(&byte) || value.span().contains(&byte));
    let Some(key) = at.map(|(key, _)| key.clone()) else {
        return false;
    };
    table.remove(&key).is_some()
}

fn take_out_of_list<'i>(items: &mut DeArray<'i>, byte: usize) -> bool {
    let len = items.len();
    *items = std::mem::replace(items, DeArray::new())
        .into_iter()
        .filter(|item| !holds(item, byte))
        .collect();
    items.len() < len
}

/// Whether a value, or anything in it, stands at `byte`; the span of a table is its heading.
fn holds(value: &Spanned<DeValue<'_>>, byte: usize) -> bool {
    let is_within = match value.get_ref() {
        DeValue::Table(table) => table
            .iter()
            .any(|(key, value)| key.span().contains(&byte) || holds(value, byte)),
        DeValue::Array(items) => items.iter().any(|item| holds(item, byte)),
        _ => false,
    };
    is_within || value.span().contains(&byte)
}
