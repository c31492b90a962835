//! Which list: where its rows come from, and which of them it shows.

use super::rows::Collection;
use crate::news::{ArticleId, Filter, Query};

/// What a list shows. Two lists of the same listing show the same rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Where the rows come from.
    pub collection: Collection,
    /// Which part of the library.
    pub filter: Filter,
    /// The query that filters the rows, as typed; empty for all.
    pub query: String,
    /// The same query, parsed; `None` for all.
    pub matcher: Option<Query>,
    /// The article to select once the rows are there.
    pub wanted: Option<ArticleId>,
}

impl Listing {
    /// All of a collection.
    pub fn of(collection: Collection) -> Self {
        Self {
            collection,
            ..Self::default()
        }
    }

    /// All that a filter leaves of the library.
    pub fn filtered(filter: Filter) -> Self {
        Self {
            filter,
            ..Self::of(Collection::Library)
        }
    }

    /// Whether the other one lists the same, whichever article is to be selected in it.
    pub fn is_same(&self, other: &Self) -> bool {
        self.collection == other.collection
            && self.filter == other.filter
            && self.query == other.query
    }
}
