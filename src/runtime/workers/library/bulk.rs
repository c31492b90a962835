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
    let kept = || -> Result<_, StoreError> {
        let (mut changed, mut before, mut scraps) = (Vec::new(), Vec::new(), Vec::new());
        for row in store.search(
            filter,
            &query.unwrap_or_default(),
            usize::MAX,
            &Cancel::new(),
        )? {
            let known = store.scrap(row.id)?;
            let labelled = |s: &Scrap| tag.as_ref().is_none_or(|tag| s.tags.contains(tag));
            let Some(article) = store
                .article(row.id)?
                .filter(|_| !known.as_ref().is_some_and(labelled))
            else {
                continue;
            };
            before.extend(known.clone());
            let mut scrap = known.unwrap_or_else(|| Scrap::of(article, Timestamp::now()));
            scrap.tags.extend(tag.clone());
            scraps.push(scrap);
            changed.push(row.id);
        }
        // One transaction, which waits for the disk once.
        store.scraps_put(&scraps)?;
        Ok(Changed::ScrappedAll(changed, before))
    };
    kept().map_err(Failure::from)
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
