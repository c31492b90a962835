//! Scraps all articles of a list at once, and undoes that.

use jiff::Timestamp;

use crate::app::Failure;
use crate::app::protocol::change::Changed;
use crate::news::{ArticleId, Clean, Filter, Query, Scrap};
use crate::runtime::cancel::Cancel;
use crate::runtime::store::{Store, StoreError};

/// Scraps all articles that `filter` lists and `query` finds, with the label `tag` if any.
pub(crate) fn scrap_all(
    store: &Store,
    filter: &Filter,
    query: Option<Query>,
    tag: Option<Clean>,
) -> Result<Changed, Failure> {
    let query = query.unwrap_or_default();
    let rows = store.search(filter, &query, usize::MAX, &Cancel::new())?;
    let ids: Vec<ArticleId> = rows.iter().map(|row| row.id).collect();
    let (changed, before) = store.scrap_articles(&ids, tag.as_ref(), Timestamp::now())?;
    Ok(Changed::ScrappedAll(changed, before))
}

/// Undoes [`scrap_all`]: deletes the scraps of `ids` and restores those that existed `before`.
pub(crate) fn unscrap_all(
    store: &Store,
    ids: &[ArticleId],
    before: &[Scrap],
) -> Result<Changed, Failure> {
    let undone = || -> Result<_, StoreError> {
        for id in ids {
            store.scrap_drop(*id)?;
        }
        store.scraps_put(before)?;
        Ok(Changed::Done)
    };
    undone().map_err(Failure::from)
}
