//! Brings the library up to what counts among the acts, without that being an act.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Transaction;

use super::act::ActField;
use super::kept_feed::bring_feed;
use super::kept_scrap::bring_scrap;
use super::marks::bring_mark;
use super::names::{NameKind, things_of};
use crate::runtime::store::StoreError;

/// The fields of which another act counts than before, by their things.
#[derive(Debug, Default)]
pub(super) struct ChangedThings {
    marks: BTreeSet<(i64, ActField)>,
    scraps: BTreeMap<i64, BTreeSet<ActField>>,
    feeds: BTreeSet<i64>,
}

impl ChangedThings {
    pub(super) fn add(&mut self, field: ActField, thing: i64) {
        match field {
            ActField::Read | ActField::Place => {
                self.marks.insert((thing, field));
            }
            _ if field.is_of_scrap() => {
                self.scraps.entry(thing).or_default().insert(field);
            }
            ActField::Feed | ActField::Folder | ActField::Title => {
                self.feeds.insert(thing);
            }
            _ => {}
        }
    }
}

/// Brings the library up to what counts; returns how many things changed. `now` is in seconds since
/// 1970. Addresses for which `barred` is true are not subscribed to.
pub(super) fn bring(
    step: &Transaction<'_>,
    changed: &ChangedThings,
    now: i64,
    barred: &dyn Fn(&str) -> bool,
) -> Result<usize, StoreError> {
    let mut count = 0;
    for (thing, field) in &changed.marks {
        for id in things_of(step, NameKind::Article, *thing)? {
            count += usize::from(bring_mark(step, *field, *thing, id)?);
        }
    }
    for (thing, fields) in &changed.scraps {
        count += usize::from(bring_scrap(step, *thing, fields)?);
    }
    for thing in &changed.feeds {
        count += usize::from(bring_feed(step, *thing, now, barred)?);
    }
    Ok(count)
}
