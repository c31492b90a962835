//! Read marks and places of articles, as the acts have them; also of articles that come here after
//! them.

use rusqlite::{Connection, params};

use super::act::ActField;
use super::names::named_article;
use super::values::{is_active, winning};
use crate::news::{ArticleId, Clean};
use crate::runtime::store::StoreError;
use crate::runtime::store::row::key;

/// Runs `work` on the library without what it does being acts.
pub(super) fn quietly<T>(
    step: &Connection,
    work: impl FnOnce() -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    step.prepare_cached("update folder_state set applying = 1")?
        .execute([])?;
    let out = work()?;
    step.prepare_cached("update folder_state set applying = 0")?
        .execute([])?;
    Ok(out)
}

/// Makes a mark of an article what the acts say of it; returns whether that changed anything.
pub(super) fn bring_mark(
    step: &Connection,
    field: ActField,
    thing: i64,
    id: i64,
) -> Result<bool, StoreError> {
    let Some(value) = winning(step, field, thing, "")?.and_then(|w| w.value) else {
        return Ok(false);
    };
    if field == ActField::Read {
        let read = match value.as_str() {
            "1" => true,
            "0" => false,
            _ => return Ok(false),
        };
        let changed = step
            .prepare_cached(
                "update article set read = ?2, chosen = 1 - ?2 where id = ?1 and read <> ?2",
            )?
            .execute(params![id, read])?;
        return Ok(changed > 0);
    }
    let Ok((part, byte)) = serde_json::from_str::<(u32, u32)>(&value) else {
        return Ok(false);
    };
    let changed = step
        .prepare_cached(
            "update article set part = ?2, byte = ?3
             where id = ?1 and (part is not ?2 or byte is not ?3)",
        )?
        .execute(params![id, part, byte])?;
    Ok(changed > 0)
}

/// A new article of this library meets what other machines did to it before it came here.
pub(in crate::runtime::store) fn meet(
    step: &Connection,
    id: ArticleId,
    address: Option<&Clean>,
) -> Result<(), StoreError> {
    if !is_active(step)? {
        return Ok(());
    }
    let id = key(id);
    let thing = named_article(step, id, address.map(|url| &**url))?;
    let is_known = step
        .prepare_cached(
            "select 1 from shared_act where thing = ? and field in ('read', 'place', 'scrap')",
        )?
        .exists([thing])?;
    if !is_known {
        return Ok(());
    }
    quietly(step, || {
        bring_mark(step, ActField::Read, thing, id)?;
        bring_mark(step, ActField::Place, thing, id)?;
        step.prepare_cached(
            "update article set scrapped = 1
             where id = ?1 and scrapped = 0 and exists (select 1 from scrap where id = ?1)",
        )?
        .execute([id])?;
        Ok(())
    })
}

/// Names an article that is scrapped, so that its scrap can be taken away where it has no row.
pub(in crate::runtime::store) fn name(
    step: &Connection,
    id: ArticleId,
    address: Option<&Clean>,
) -> Result<(), StoreError> {
    if is_active(step)? {
        named_article(step, key(id), address.map(|url| &**url))?;
    }
    Ok(())
}
