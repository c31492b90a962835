//! What feeds delivered, taken in one after the other within a transaction.

use jiff::Timestamp;
use rusqlite::Transaction;

use super::article::put_part;
use super::feed::{FeedCheck, answer};
use super::incoming::KeyedEntry;
use super::index::IndexBatch;
use super::known_keys::KnownKeys;
use super::rule;
use super::{Store, StoreError};
use crate::news::{Added, FeedId};

/// What one feed brought, to be stored.
#[derive(Clone, Copy, Debug)]
pub struct Delivery<'a> {
    /// The subscription that was fetched.
    pub feed: FeedId,
    /// What it listed, in its order.
    pub entries: &'a [KeyedEntry],
    /// The outcome of fetching it.
    pub check: &'a FeedCheck,
}

/// A transaction that takes in deliveries. All of them are stored when it ends, or none.
///
/// The rows of a delivery are scattered over the file, since articles are ordered by date and found
/// by hashes. The more deliveries share a transaction, the more often a page that it writes serves
/// several of them. Only SQLite's page cache grows with it: texts are indexed as they come.
pub struct OpenDelivery<'a> {
    step: &'a Transaction<'a>,
    fresh: IndexBatch,
    known: &'a mut KnownKeys,
    notes_arrivals: bool,
}

impl OpenDelivery<'_> {
    /// Takes in what one feed delivered, or the last part of it: with the number of entries
    /// `before` it, and when the first of them came.
    ///
    /// # Errors
    /// The library can't be written; the transaction has to be given up.
    pub fn put(
        &mut self,
        delivery: &Delivery<'_>,
        before: usize,
        since: Timestamp,
    ) -> Result<Added, StoreError> {
        let Delivery {
            feed,
            entries,
            check,
        } = *delivery;
        let added = self.put_part(feed, entries, before, since)?;
        answer(self.step, feed, check)?;
        Ok(added)
    }

    /// Takes in a part of what a feed delivered, with the number of entries `before` it. All parts
    /// are put with one time, by which entries without a date are ordered. The feed counts as not
    /// fetched until [`OpenDelivery::put`] comes with its last part.
    ///
    /// # Errors
    /// The library can't be written; the transaction has to be given up.
    pub fn put_part(
        &mut self,
        feed: FeedId,
        entries: &[KeyedEntry],
        before: usize,
        now: Timestamp,
    ) -> Result<Added, StoreError> {
        let state = (&mut self.fresh, &mut *self.known);
        let added = put_part(self.step, feed, (before, entries), now, state)?;
        if self.notes_arrivals {
            rule::note(self.step, &added.new)?;
            rule::note(self.step, &added.updated)?;
        }
        self.fresh.enter_full(self.step)?;
        Ok(added)
    }
}

impl Store {
    /// Stores what several feeds delivered in one transaction; returns one result for each.
    ///
    /// # Errors
    /// The library can't be written; nothing is stored then.
    pub fn deliver(&self, deliveries: &[Delivery<'_>]) -> Result<Vec<Added>, StoreError> {
        self.deliver_in(&mut KnownKeys::default(), |open| {
            deliveries
                .iter()
                .map(|d| open.put(d, 0, d.check.at))
                .collect()
        })
    }

    /// Runs `work` with a transaction that takes in deliveries. Other connections can't write
    /// meanwhile. `known` belongs to a refresh, and this store stores nothing else in between.
    ///
    /// # Errors
    /// The library can't be written, or `work` failed; nothing is stored then.
    pub fn deliver_in<T>(
        &self,
        known: &mut KnownKeys,
        work: impl FnOnce(&mut OpenDelivery<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.write(|step| {
            known.begin(step)?;
            let mut open = OpenDelivery {
                step,
                fresh: IndexBatch::default(),
                known,
                notes_arrivals: self.notes_arrivals,
            };
            let out = work(&mut open)?;
            open.fresh.enter(step)?;
            Ok(out)
        })
    }
}
