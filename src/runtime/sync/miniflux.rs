//! Miniflux's own API, version 1, as 2.2.6 and later have it.
//!
//! * Changes come by `changed_after`, which covers state (a text that its feed rewrote is not
//!   told), and new articles whatever their date; pages follow each other by the article's number,
//!   which is stable while articles arrive.
//! * A star can only be toggled. It is read first, toggled where it is not as wished, and read
//!   again: a request whose answer was lost undoes nothing that way.
//! * Calls that 2.2.6 lacks are not used: it answers `entries/ids` with the article of number 0.

use serde::Deserialize;
use serde_json::json;

use super::articles::{ServerArticle, ServerText, SyncCursor, Taker};
use super::connection::Connection;
use super::error::SyncError;
use crate::news::json;
use crate::news::order::Order as _;
use crate::news::{Clean, Feed};
use crate::runtime::net::api::Verb;
use crate::runtime::store::RemoteFeed;

const JSON: &str = "application/json";

/// Articles asked for at once.
const PAGE: usize = 1_000;

/// Articles that are marked with one request.
pub(super) const BATCH: usize = 100;

/// Seconds by which an interval of changes begins before the last one ended: a change is dated when
/// its transaction begins, and seen when that ends.
const OVERLAP: i64 = 30;

/// How far back articles are brought that are read and not starred, in seconds.
const RECENT: i64 = 30 * 24 * 3600;

/// How often a star is toggled before it is left for the next sync: somebody else toggles it too.
const TOGGLES: usize = 3;

#[derive(Deserialize)]
struct EntryPage {
    entries: Vec<MinifluxEntry>,
}

#[derive(Deserialize)]
struct MinifluxEntry {
    id: i64,
    feed_id: i64,
    status: String,
    starred: bool,
    #[serde(default)]
    title: String,
    #[serde(default)]
    url: String,
    #[serde(default)]
    author: String,
    #[serde(default)]
    content: String,
    #[serde(default)]
    published_at: String,
    #[serde(default)]
    changed_at: String,
}

#[derive(Deserialize)]
struct MinifluxFeed {
    id: i64,
    feed_url: String,
    #[serde(default)]
    site_url: String,
    #[serde(default)]
    title: String,
    category: Option<Category>,
}

#[derive(Clone, Deserialize)]
struct Category {
    id: i64,
    title: String,
}

#[derive(Deserialize)]
struct Me {
    username: String,
}

#[derive(Deserialize)]
struct Made {
    feed_id: i64,
}

/// Whether the server is a Miniflux that knows the user.
pub(super) fn probe(server: &mut Connection) -> Result<bool, SyncError> {
    let answer = server.get(&server.at("v1/me", &[]))?;
    let me: Option<Me> = json::of_bytes(&answer.body).ok();
    Ok(answer.status == 200 && me.is_some_and(|me| !me.username.is_empty()))
}

pub(super) fn subscriptions(server: &mut Connection) -> Result<Vec<RemoteFeed>, SyncError> {
    let answer = server.get(&server.at("v1/feeds", &[]))?;
    let feeds: Vec<MinifluxFeed> = server.json(&answer, "feeds")?;
    let remote = |feed: MinifluxFeed| RemoteFeed {
        remote: feed.id.to_string(),
        feed: Feed {
            url: Clean::line(&feed.feed_url),
            title: Clean::headline(&feed.title),
            site: Some(Clean::line(&feed.site_url)).filter(|site| !site.is_blank()),
            folder: feed.category.map(|category| Clean::line(&category.title)),
            page: false,
        },
    };
    Ok(feeds.into_iter().map(remote).collect())
}

/// Subscribes, and returns the server's id of the feed.
pub(super) fn subscribe(server: &mut Connection, feed: &Feed) -> Result<String, SyncError> {
    let category = category(server, feed.folder.as_deref().unwrap_or_default())?;
    let body = json!({"feed_url": feed.url, "category_id": category.id}).to_string();
    let url = server.at("v1/feeds", &[]);
    let answer = server.send(Verb::Post, &url, Some((JSON, &body)))?;
    if !(200..300).contains(&answer.status) {
        return Err(server.refused(&answer));
    }
    let made: Made = server.json(&answer, "feeds")?;
    Ok(made.feed_id.to_string())
}

pub(super) fn unsubscribe(server: &mut Connection, remote: &str) -> Result<(), SyncError> {
    let url = server.at(&format!("v1/feeds/{remote}"), &[]);
    let answer = server.send(Verb::Delete, &url, None)?;
    match answer.status {
        // It is gone already.
        200..300 | 404 => Ok(()),
        _ => Err(server.refused(&answer)),
    }
}

/// Moves a feed into a folder, which is made where it is missing.
pub(super) fn move_feed(
    server: &mut Connection,
    remote: &str,
    folder: &str,
) -> Result<(), SyncError> {
    let category = category(server, folder)?;
    let url = server.at(&format!("v1/feeds/{remote}"), &[]);
    let body = json!({"category_id": category.id}).to_string();
    let answer = server.send(Verb::Put, &url, Some((JSON, &body)))?;
    match answer.status {
        200..300 => Ok(()),
        _ => Err(server.refused(&answer)),
    }
}

/// The category of a folder; the first one, which every user has, for none.
fn category(server: &mut Connection, folder: &str) -> Result<Category, SyncError> {
    let url = server.at("v1/categories", &[]);
    let answer = server.get(&url)?;
    let mut known: Vec<Category> = server.json(&answer, "categories")?;
    known.order_by_key(|category| category.id);
    let found = known
        .into_iter()
        .find(|category| folder.is_empty() || category.title == folder);
    if let Some(found) = found {
        return Ok(found);
    }
    let body = json!({"title": folder}).to_string();
    let answer = server.send(Verb::Post, &url, Some((JSON, &body)))?;
    match answer.status {
        200..300 => server.json(&answer, "categories"),
        _ => Err(server.refused(&answer)),
    }
}

/// Fetches what changed since the cursor, and hands it over page by page. At first, what is unread
/// or starred, and what is recent; a server's history may have no end. Returns the cursor for the
/// next time.
pub(super) fn pull(
    server: &mut Connection,
    cursor: SyncCursor,
    take: &mut Taker<'_>,
) -> Result<SyncCursor, SyncError> {
    let mut begun = None;
    let now = jiff::Timestamp::now().as_second();
    let filters: Vec<Vec<(&str, String)>> = match cursor.since {
        Some(since) => vec![vec![("changed_after", since.to_string())]],
        None => {
            let before = (now - RECENT).to_string();
            vec![
                vec![("status", "unread".to_owned())],
                vec![
                    ("status", "read".to_owned()),
                    ("published_after", before.clone()),
                ],
                vec![
                    ("status", "read".to_owned()),
                    ("starred", "true".to_owned()),
                    ("published_before", before),
                ],
            ]
        }
    };
    for filter in &filters {
        let mut after = 0;
        loop {
            let (limit, last) = (PAGE.to_string(), after.to_string());
            let mut query = vec![
                ("order", "id"),
                ("direction", "asc"),
                ("limit", &*limit),
                ("after_entry_id", &*last),
            ];
            query.extend(filter.iter().map(|(name, value)| (*name, value.as_str())));
            let answer = server.get(&server.at("v1/entries", &query))?;
            begun = begun.or(server.clock());
            let page: EntryPage = server.json(&answer, "entries")?;
            let is_last = page.entries.len() < PAGE;
            after = page
                .entries
                .iter()
                .map(|entry| entry.id)
                .max()
                .unwrap_or(after);
            let articles = page.entries.into_iter().filter_map(article).collect();
            take(server, articles)?;
            if is_last {
                break;
            }
        }
    }
    Ok(SyncCursor {
        since: begun.map(|at| at - OVERLAP).or(cursor.since),
        ..SyncCursor::default()
    })
}

/// `None` for an article that was removed.
fn article(entry: MinifluxEntry) -> Option<ServerArticle> {
    let read = match &*entry.status {
        "read" => true,
        "unread" => false,
        _ => return None,
    };
    let changed: Option<jiff::Timestamp> = entry.changed_at.parse().ok();
    Some(ServerArticle {
        remote: entry.id,
        read: Some(read),
        star: Some(entry.starred),
        tags: None,
        changed: changed.map(jiff::Timestamp::as_millisecond),
        text: Some((
            entry.feed_id.to_string(),
            ServerText {
                title: entry.title,
                url: entry.url,
                author: entry.author,
                html: entry.content,
                published: entry.published_at,
            },
        )),
    })
}

/// Marks articles, at most [`BATCH`], as read or unread.
pub(super) fn mark_read(
    server: &mut Connection,
    remotes: &[i64],
    read: bool,
) -> Result<(), SyncError> {
    let status = if read { "read" } else { "unread" };
    let body = json!({"entry_ids": remotes, "status": status}).to_string();
    let url = server.at("v1/entries", &[]);
    let answer = server.send(Verb::Put, &url, Some((JSON, &body)))?;
    match answer.status {
        200..300 => Ok(()),
        // What it says where it has none of them any more, and of a fault.
        500 if !has_any(server, remotes)? => Ok(()),
        _ => Err(server.refused(&answer)),
    }
}

/// Whether the server has one of these articles.
fn has_any(server: &mut Connection, remotes: &[i64]) -> Result<bool, SyncError> {
    for remote in remotes {
        let answer = server.get(&server.at(&format!("v1/entries/{remote}"), &[]))?;
        if answer.status != 404 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Stars an article or takes its star away.
pub(super) fn mark_starred(
    server: &mut Connection,
    remote: i64,
    star: bool,
) -> Result<(), SyncError> {
    let (at, toggle) = (
        server.at(&format!("v1/entries/{remote}"), &[]),
        server.at(&format!("v1/entries/{remote}/bookmark"), &[]),
    );
    for toggled in 0..=TOGGLES {
        let answer = server.get(&at)?;
        if answer.status == 404 {
            // The server has the article no more.
            return Ok(());
        }
        let entry: MinifluxEntry = server.json(&answer, "entries")?;
        if entry.id == remote && entry.starred == star {
            return Ok(());
        }
        if toggled == TOGGLES {
            break;
        }
        let answer = server.send(Verb::Put, &toggle, None)?;
        if !(200..300).contains(&answer.status) {
            return Err(server.refused(&answer));
        }
    }
    Err(SyncError::Refused {
        host: server.host(),
        status: 409,
    })
}
