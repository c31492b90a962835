//! What a list shows: where its rows come from, and which of them are selected by a filter and a
//! query.

use super::rows::Collection;
use crate::news::{ArticleId, Filter, Query, SortOrder};

/// What a list shows. Two equal listings show the same rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Listing {
    /// Where the rows come from.
    pub collection: Collection,
    /// Which part of the library; the default is all of it.
    pub filter: Filter,
    /// The query that filters the rows, as typed; empty for no query.
    pub query: String,
    /// The same query, parsed; `None` for no query.
    pub matcher: Option<Query>,
    /// The order that the settings of its subscription ask for.
    pub order: Option<SortOrder>,
    /// The article to select once the rows have been loaded.
    pub wanted: Option<ArticleId>,
}

impl Listing {
    /// A listing of a whole collection.
    pub fn of(collection: Collection) -> Self {
        Self {
            collection,
            ..Self::default()
        }
    }

    /// A listing of the library's articles that pass a filter.
    pub fn filtered(filter: Filter) -> Self {
        Self {
            filter,
            ..Self::of(Collection::Library)
        }
    }

    /// The read-later queue.
    pub fn later() -> Self {
        Self::filtered(Filter {
            later: true,
            ..Filter::default()
        })
    }

    /// Whether both list the same rows; which article is to be selected is not compared.
    pub fn is_same(&self, other: &Self) -> bool {
        self.collection == other.collection
            && self.filter == other.filter
            && self.query == other.query
    }
}
