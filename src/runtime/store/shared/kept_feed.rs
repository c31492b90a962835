//! What acts say of a subscription.

use serde::{Deserialize, Serialize};

use super::act::ActField;
use super::names::{NameKind, put_name, things_of};
use super::values::winning;
use crate::news::address::{feed_without_secrets, text_without_secrets};
use crate::news::{Clean, Feed, FeedId};
use crate::runtime::store::feed::{hide_articles, show_articles, subscribe};
use crate::runtime::store::remote_feeds::{is_web, same_feed};
use crate::runtime::store::{StoreError, row};
use rusqlite::{Transaction, params};

/// The value of an act that subscribes.
#[derive(Debug, Serialize, Deserialize)]
struct Subscribed {
    url: Clean,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    site: Option<Clean>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    page: bool,
}

/// What a subscription of this library is, as values of acts.
pub(super) struct FeedFacts {
    pub(super) feed: String,
    pub(super) folder: Option<String>,
    pub(super) title: Option<String>,
}

impl FeedFacts {
    /// `None` for a subscription that stays on this machine: its address is not one of the web, or
    /// has a password or key in it.
    pub(super) fn of(feed: &Feed) -> Result<Option<Self>, StoreError> {
        if !is_web(&feed.url) || feed_without_secrets(&feed.url) != *feed.url {
            return Ok(None);
        }
        let site = feed.site.as_deref().map(feed_without_secrets);
        let subscribed = Subscribed {
            url: feed.url.clone(),
            site: site.map(|site| Clean::line(&site)),
            page: feed.page,
        };
        let title = text_without_secrets(&feed.title);
        let has_title = !feed.title.is_blank() && *feed.title != *feed.url;
        let folder = feed.folder.as_deref().map(text_without_secrets);
        let json = |text: &str| serde_json::to_string(text);
        Ok(Some(Self {
            feed: serde_json::to_string(&subscribed)?,
            folder: folder.map(|folder| json(&folder)).transpose()?,
            title: has_title.then(|| json(&title)).transpose()?,
        }))
    }
}

fn text(step: &Transaction<'_>, field: ActField, thing: i64) -> Result<Option<Clean>, StoreError> {
    let value = winning(step, field, thing, "")?.and_then(|w| w.value);
    let text: Option<String> = value.and_then(|json| serde_json::from_str(&json).ok());
    Ok(text.map(|t| Clean::line(&t)).filter(|t| !t.is_blank()))
}

/// Makes a subscription what the acts say of it; returns whether that changed anything. `now` is in
/// seconds since 1970. An address in `barred` is not subscribed to.
pub(super) fn bring_feed(
    step: &Transaction<'_>,
    thing: i64,
    now: i64,
    barred: &dyn Fn(&str) -> bool,
) -> Result<bool, StoreError> {
    let Some(win) = winning(step, ActField::Feed, thing, "")? else {
        return Ok(false);
    };
    let known = things_of(step, NameKind::Feed, thing)?.first().copied();
    let Some(value) = win.value else {
        let Some(id) = known else { return Ok(false) };
        let ended = step
            .prepare_cached("update feed set gone = ?2 where id = ?1 and gone is null")?
            .execute([id, now])?;
        if ended > 0 {
            hide_articles(step, FeedId(id))?;
        }
        return Ok(ended > 0);
    };
    let Ok(subscribed) = serde_json::from_str::<Subscribed>(&value) else {
        return Ok(false);
    };
    let url = Clean::line(&subscribed.url);
    let folder = text(step, ActField::Folder, thing)?;
    let title = text(step, ActField::Title, thing)?;
    let known = match known {
        Some(id) => Some(id),
        None if is_web(&url) && url.len() <= LONGEST => same_feed(step, &url)?.map(|(id, _)| id),
        None => return Ok(false),
    };
    let Some(id) = known else {
        if barred(&url) {
            return Ok(false);
        }
        let id = subscribe(
            step,
            &Feed {
                url,
                title: title.unwrap_or_default(),
                site: subscribed.site.map(|site| Clean::line(&site)),
                folder,
                page: subscribed.page,
            },
        )?;
        put_name(step, NameKind::Feed, thing, id.0)?;
        return Ok(true);
    };
    put_name(step, NameKind::Feed, thing, id)?;
    let mut changed = step
        .prepare_cached("update feed set gone = null, due = 0 where id = ? and gone is not null")?
        .execute([id])?;
    if changed > 0 {
        show_articles(step, FeedId(id))?;
    }
    if winning(step, ActField::Folder, thing, "")?.is_some() {
        changed += step
            .prepare_cached("update feed set folder = ?2 where id = ?1 and folder is not ?2")?
            .execute(params![id, row::text(folder.as_ref())])?;
    }
    if let Some(title) = title {
        changed += step
            .prepare_cached("update feed set title = ?2 where id = ?1 and title <> ?2")?
            .execute(params![id, &*title])?;
    }
    Ok(changed > 0)
}

/// The longest address that is subscribed to, in bytes.
const LONGEST: usize = 4096;

/// The subscriptions of this library that stay on this machine.
pub(super) fn held_back(db: &rusqlite::Connection) -> Result<usize, StoreError> {
    let mut query = db.prepare("select url from feed where gone is null")?;
    let mut rows = query.query([])?;
    let mut count = 0;
    while let Some(r) = rows.next()? {
        let url: String = r.get(0)?;
        count += usize::from(!is_web(&url) || feed_without_secrets(&url) != url);
    }
    Ok(count)
}

impl crate::runtime::store::Store {
    /// How many subscriptions stay on this machine, since their addresses have passwords or keys in
    /// them.
    ///
    /// # Errors
    /// The library can't be read.
    pub fn unshared_feeds(&self) -> Result<usize, StoreError> {
        held_back(&self.db)
    }
}
