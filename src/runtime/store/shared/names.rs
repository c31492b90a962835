//! What the machines call the articles and subscriptions of a library: a hash of what the forms of
//! an address have in common, so that one machine may know it by `http` and another by `https`. The
//! table holds the names of this library; what is not in it has no act yet and none to come.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::news::ArticleId;
use crate::news::same_address::common_form;
use crate::runtime::store::StoreError;
use crate::runtime::store::row::key;

/// What is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NameKind {
    /// An article, or its scrap.
    Article,
    /// A subscription.
    Feed,
}

impl NameKind {
    fn number(self) -> i64 {
        match self {
            Self::Article => 0,
            Self::Feed => 1,
        }
    }
}

/// The name of an article by its address; without one, its own id, which comes of its text.
pub(super) fn article_name(id: i64, address: Option<&str>) -> i64 {
    let form = address.and_then(common_form);
    form.map_or(id, |form| key(ArticleId::of_parts(&["article ", &form])))
}

/// The name of a subscription.
pub(super) fn feed_name(address: &str) -> i64 {
    let form = common_form(address);
    key(ArticleId::of_parts(&[
        "feed ",
        form.as_deref().unwrap_or(address),
    ]))
}

/// The name of a thing of this library, if it has one.
pub(super) fn name_of(db: &Connection, kind: NameKind, id: i64) -> Result<Option<i64>, StoreError> {
    let mut query =
        db.prepare_cached("select shared from shared_name where kind = ? and id = ?")?;
    Ok(query
        .query_row([kind.number(), id], |r| r.get(0))
        .optional()?)
}

/// The things of this library that have this name.
pub(super) fn things_of(
    db: &Connection,
    kind: NameKind,
    shared: i64,
) -> Result<Vec<i64>, StoreError> {
    let mut query =
        db.prepare_cached("select id from shared_name where kind = ? and shared = ?")?;
    let rows = query.query_map([kind.number(), shared], |r| r.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Names a thing of this library.
pub(super) fn put_name(
    db: &Connection,
    kind: NameKind,
    shared: i64,
    id: i64,
) -> Result<(), StoreError> {
    db.prepare_cached("insert or ignore into shared_name (kind, shared, id) values (?, ?, ?)")?
        .execute(params![kind.number(), shared, id])?;
    Ok(())
}

/// Forgets the name of a thing.
pub(super) fn drop_name(db: &Connection, kind: NameKind, id: i64) -> Result<(), StoreError> {
    db.prepare_cached("delete from shared_name where kind = ? and id = ?")?
        .execute([kind.number(), id])?;
    Ok(())
}

/// The name of an article of this library, which has it from now on.
pub(super) fn named_article(
    db: &Connection,
    id: i64,
    address: Option<&str>,
) -> Result<i64, StoreError> {
    if let Some(name) = name_of(db, NameKind::Article, id)? {
        return Ok(name);
    }
    let name = article_name(id, address);
    put_name(db, NameKind::Article, name, id)?;
    Ok(name)
}

/// The name of a subscription, which it has from now on.
pub(super) fn named_feed(db: &Connection, id: i64, url: &str) -> Result<i64, StoreError> {
    if let Some(name) = name_of(db, NameKind::Feed, id)? {
        return Ok(name);
    }
    let mut name = feed_name(url);
    if !things_of(db, NameKind::Feed, name)?.is_empty() {
        // Both forms of an address are subscribed to.
        name = key(ArticleId::of_parts(&["feed at ", url]));
    }
    put_name(db, NameKind::Feed, name, id)?;
    Ok(name)
}
