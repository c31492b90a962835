//! Words that were found in the open article.

use super::sheet::{PartRange, Sheet};
use crate::news::{Query, Scope};
use crate::text::{Anchor, PartRole};

/// Words found in the article.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindState {
    /// Where they stand, in reading order.
    hits: Vec<PartRange>,
    /// The index of the one that is looked at.
    at: usize,
    /// What was searched for.
    query: Query,
    /// Whether they are what the list was filtered by: lit, but nothing that a step back would have
    /// to end first.
    from_list: bool,
}

impl FindState {
    /// The words of `query` in `body`, where the first one from the top line on is looked at.
    pub fn typed(body: &Sheet, query: &Query) -> Self {
        let hits = hits(body, query);
        Self {
            at: first_below_top(body, &hits),
            hits,
            query: query.clone(),
            from_list: false,
        }
    }

    /// The words of `query`, which the list is filtered by; none where they are not in `body`.
    pub fn of_list(body: &Sheet, query: &Query) -> Option<Self> {
        let hits = hits(body, query);
        // The next hit is the one from the top line on.
        let before_first = (first_below_top(body, &hits) + hits.len()).checked_sub(1)?;
        let at = before_first.checked_rem(hits.len())?;
        Some(Self {
            hits,
            at,
            query: query.clone(),
            from_list: true,
        })
    }

    /// Where the words stand, in reading order.
    pub fn hits(&self) -> &[PartRange] {
        &self.hits
    }

    /// What was searched for.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// The index of the one that is looked at.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Whether the words are what the list was filtered by.
    pub fn is_from_list(&self) -> bool {
        self.from_list
    }

    /// Goes on by `steps` words, around the end; gives whether there are any.
    pub fn step(&mut self, steps: isize) -> bool {
        let count = self.hits.len() as isize;
        if count > 0 {
            self.at = (self.at as isize + steps).rem_euclid(count).unsigned_abs();
        }
        count > 0
    }

    /// The beginning of the word that is looked at.
    pub fn anchor(&self) -> Option<Anchor> {
        self.hits.get(self.at).map(PartRange::start)
    }

    /// The parts of the text stand elsewhere now.
    pub fn shift(&mut self, to: impl Fn(usize) -> usize) {
        for hit in &mut self.hits {
            hit.part = to(hit.part);
        }
    }
}

/// Where the words of `query` stand in a text.
fn hits(body: &Sheet, query: &Query) -> Vec<PartRange> {
    let parts = body.document().parts.iter().enumerate();
    parts
        .filter(|(_, p)| p.role != PartRole::Foot)
        .flat_map(|(part, p)| {
            let spans = query.spans(&p.text, Scope::Anywhere).into_iter();
            spans.map(move |bytes| PartRange { part, bytes })
        })
        .collect()
}

/// The index of the first of `hits` from the top line of `body` on; the first of all where none
/// follows.
fn first_below_top(body: &Sheet, hits: &[PartRange]) -> usize {
    let top = body.top_anchor();
    hits.iter()
        .position(|h| (h.part, h.bytes.end) > (top.part, top.byte))
        .unwrap_or(0)
}
