//! The journal of wishes: what the reader did and a server does not know yet. SQLite's triggers
//! (`assets/schema/11.sql`) write it in the transaction of the act itself, whichever command or key
//! made it, so that no kill comes between the two; a wish goes when the server has confirmed it.

use rusqlite::{Row, Transaction, params};

use super::merge::{Verdict, Wished, merge};
use super::row;
use super::{Store, StoreError};
use crate::news::{ArticleId, Clean, FeedId};

/// A field of which the journal holds wishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WishField {
    /// Whether an article is read.
    Read,
    /// Whether an article is starred; scrapping and unscrapping wish for it.
    Star,
    /// An article's labels, as a JSON array.
    Tags,
    /// Whether a feed is subscribed to.
    Subscribed,
    /// The folder of a feed; empty for none.
    Folder,
}

impl WishField {
    const ALL: [Self; 5] = [
        Self::Read,
        Self::Star,
        Self::Tags,
        Self::Subscribed,
        Self::Folder,
    ];

    /// Its name in the journal.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Star => "star",
            Self::Tags => "tags",
            Self::Subscribed => "subscribed",
            Self::Folder => "folder",
        }
    }
}

/// A wish: the value that a field is to have on the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The field.
    pub field: WishField,
    /// The article or feed, as the library numbers it.
    pub(super) id: i64,
    /// The value wished for: `1` or `0`, a JSON array of labels, a folder's name.
    pub value: String,
    /// When, in milliseconds since 1970 by this machine's clock.
    pub at: i64,
    /// Its number. A later wish for the same field has another one.
    pub(super) turn: i64,
}

impl Wish {
    /// The article that it is about, where its field is one of an article.
    pub fn article(&self) -> ArticleId {
        row::article_id(self.id)
    }

    /// The feed that it is about, where its field is one of a feed.
    pub fn feed(&self) -> FeedId {
        FeedId(self.id)
    }

    /// Whether it is about a feed, not an article.
    pub fn is_of_feed(&self) -> bool {
        matches!(self.field, WishField::Subscribed | WishField::Folder)
    }

    /// The labels wished for, where its field is labels.
    pub fn labels(&self) -> Vec<Clean> {
        serde_json::from_str(&self.value).unwrap_or_default()
    }

    /// The same wish for other labels.
    pub fn with_labels(&self, labels: &[Clean]) -> Self {
        Self {
            value: serde_json::to_string(labels).unwrap_or_else(|_| "[]".to_owned()),
            ..self.clone()
        }
    }

    /// Whether the value is yes, where the field is a mark.
    pub fn is_set(&self) -> bool {
        self.value == "1"
    }
}

impl Store {
    /// Records what the reader does from now on as wishes. `new_feeds`: new subscriptions are made
    /// on the server too.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn start_journal(&self, new_feeds: bool) -> Result<(), StoreError> {
        let is_so = self
            .db
            .prepare_cached("select 1 from sync_state where active and new_feeds = ?")?
            .exists([new_feeds])?;
        if is_so {
            return Ok(());
        }
        self.write(|step| {
            step.execute(
                "update sync_state set active = 1, new_feeds = ?",
                [new_feeds],
            )?;
            Ok(())
        })
    }

    /// Forgets the server: its ids, and all wishes. Its subscriptions stay, and are fetched from
    /// their own addresses from now on.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn end_journal(&self) -> Result<(), StoreError> {
        self.keep(|step| {
            step.execute_batch(
                "update feed set due = 0
                   where id in (select feed from remote_feed where remote is not null);
                 update sync_state set active = 0, applying = 0;
                 delete from wish; delete from remote_article; delete from remote_feed;",
            )?;
            Ok(())
        })
    }

    /// All wishes, the oldest first.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn wishes(&self) -> Result<Vec<Wish>, StoreError> {
        let mut query = self
            .db
            .prepare_cached("select field, id, value, at, turn from wish order by turn")?;
        let rows = query.query_map([], wish)?;
        Ok(rows
            .collect::<Result<Vec<_>, _>>()?
            .into_iter()
            .flatten()
            .collect())
    }

    /// The number of wishes.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn wish_count(&self) -> Result<u64, StoreError> {
        let mut query = self.db.prepare_cached("select count(*) from wish")?;
        Ok(query.query_row([], |r| r.get::<_, i64>(0))?.unsigned_abs())
    }

    /// Drops wishes that can't be sent: their thing is not on the server, or the server can't hold
    /// the field. One that was replaced since it was read stays.
    ///
    /// # Errors
    /// The library can't be written.
    pub fn drop_wishes(&self, wishes: &[&Wish]) -> Result<(), StoreError> {
        if wishes.is_empty() {
            return Ok(());
        }
        self.write(|step| wishes.iter().try_for_each(|wish| forget(step, wish)))
    }
}

/// Deletes a wish unless a later one has taken its place.
pub(super) fn forget(step: &Transaction<'_>, wish: &Wish) -> Result<(), StoreError> {
    step.prepare_cached("delete from wish where field = ? and id = ? and turn = ?")?
        .execute(params![wish.field.name(), wish.id, wish.turn])?;
    Ok(())
}

/// Adds a wish in the reader's place, where one act means several articles of the server.
pub(super) fn add(
    step: &Transaction<'_>,
    field: WishField,
    id: i64,
    value: &str,
    at: i64,
) -> Result<(), StoreError> {
    step.prepare_cached("update sync_state set turn = turn + 1")?
        .execute([])?;
    step.prepare_cached(
        "insert into wish select ?1, ?2, ?3, ?4, turn from sync_state where true
         on conflict (field, id) do update
           set value = excluded.value, at = excluded.at, turn = excluded.turn",
    )?
    .execute(params![field.name(), id, value, at])?;
    Ok(())
}

/// The wish for a field, if any.
pub(super) fn wish_for(
    step: &Transaction<'_>,
    field: WishField,
    id: i64,
) -> Result<Option<Wish>, StoreError> {
    let mut query = step
        .prepare_cached("select field, id, value, at, turn from wish where field = ? and id = ?")?;
    let mut rows = query.query(params![field.name(), id])?;
    Ok(rows.next()?.map(wish).transpose()?.flatten())
}

/// The verdict on a field whose wish is stored as text.
pub(super) fn decide<T: PartialEq>(
    base: &T,
    server: &T,
    wish: Option<&Wish>,
    value: impl Fn(&Wish) -> T,
    changed: Option<i64>,
) -> Verdict {
    let wished = wish.map(|wish| Wished {
        value: value(wish),
        at: wish.at,
    });
    merge(base, server, wished.as_ref(), changed)
}

/// A row of the journal; `None` for a field that this version does not know.
fn wish(r: &Row<'_>) -> rusqlite::Result<Option<Wish>> {
    let name: String = r.get(0)?;
    let field = WishField::ALL.into_iter().find(|f| f.name() == name);
    let Some(field) = field else { return Ok(None) };
    Ok(Some(Wish {
        field,
        id: r.get(1)?,
        value: r.get(2)?,
        at: r.get(3)?,
        turn: r.get(4)?,
    }))
}
