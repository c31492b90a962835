//! What both protocols say of an article, and how it becomes an entry of a feed: by the reader of
//! JSON feeds, so that the texts of a server are cleaned and repaired like all others.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::connection::Connection;
use super::error::SyncError;
use crate::extract::Profiles;
use crate::extract::feed::feed;
use crate::news::{Clean, FeedEntry};
use crate::runtime::store::{LinkedFeed, RemoteArticle};

/// An article as a server tells it. What is `None` was not told.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ServerArticle {
    /// The server's id.
    pub(super) remote: i64,
    /// The server's id of its feed, and what it says.
    pub(super) text: Option<(String, ServerText)>,
    /// Whether it is read.
    pub(super) read: Option<bool>,
    /// Whether it is starred.
    pub(super) star: Option<bool>,
    /// Its labels.
    pub(super) tags: Option<Vec<Clean>>,
    /// When it was last changed, in milliseconds since 1970 by the server's clock.
    pub(super) changed: Option<i64>,
}

/// The text of an article, as the server has it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct ServerText {
    pub(super) title: String,
    pub(super) url: String,
    pub(super) author: String,
    pub(super) html: String,
    /// When it was published, in the form of RFC 3339.
    pub(super) published: String,
}

/// Takes in a part of what a server has.
pub(super) type Taker<'a> =
    dyn FnMut(&Connection, Vec<ServerArticle>) -> Result<(), SyncError> + 'a;

/// Up to where a server's changes are known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SyncCursor {
    /// Seconds since 1970 by the server's clock; `None` before the first sync.
    pub(super) since: Option<i64>,
    /// When articles that were read elsewhere before they were seen here were last asked for,
    /// likewise.
    pub(super) caught_up: Option<i64>,
    /// When the newest article came, as the server said then.
    pub(super) newest: Option<String>,
    /// Names that the server has for labels, and for folders.
    pub(super) labels: BTreeSet<String>,
    pub(super) folders: BTreeSet<String>,
    /// What told the list of subscriptions from others when it was last read, and when that was, in
    /// seconds since 1970 by this machine's clock.
    pub(super) listed: Option<(String, i64)>,
}

/// Makes of the server's articles what the library takes in. Articles of feeds that the library
/// does not have, or that were unsubscribed from, are left out. `ahead` is by how many milliseconds
/// the server's clock is ahead of ours.
pub(super) fn for_library(
    given: Vec<ServerArticle>,
    feeds: &[LinkedFeed],
    profiles: &Profiles,
    ahead: i64,
) -> Vec<RemoteArticle> {
    let by_remote: BTreeMap<&str, &LinkedFeed> = feeds
        .iter()
        .filter(|feed| !feed.is_gone)
        .map(|feed| (feed.remote.as_str(), feed))
        .collect();
    let mut texts: BTreeMap<&str, Vec<(i64, &ServerText)>> = BTreeMap::new();
    for article in &given {
        if let Some((feed, text)) = &article.text {
            texts.entry(feed).or_default().push((article.remote, text));
        }
    }
    let mut entries = BTreeMap::new();
    for (remote, texts) in texts {
        let Some(feed) = by_remote.get(remote) else {
            continue;
        };
        for (article, entry) in entries_of(feed, &texts, profiles) {
            entries.insert(article, (feed.id, entry));
        }
    }
    given
        .into_iter()
        .filter_map(|article| {
            let entry = entries.remove(&article.remote);
            if article.text.is_some() && entry.is_none() {
                return None;
            }
            Some(RemoteArticle {
                remote: article.remote,
                entry,
                read: article.read,
                star: article.star,
                tags: article.tags,
                changed: article.changed.map(|at| at - ahead),
            })
        })
        .collect()
}

/// The entries of one feed, by the server's ids.
fn entries_of(
    of: &LinkedFeed,
    texts: &[(i64, &ServerText)],
    profiles: &Profiles,
) -> Vec<(i64, FeedEntry)> {
    let items: Vec<_> = texts
        .iter()
        .map(|(remote, text)| {
            let html = match text.html.trim().is_empty() {
                true => None,
                false => Some(&text.html),
            };
            let authors = match text.author.trim().is_empty() {
                true => json!([]),
                false => json!([{"name": text.author}]),
            };
            json!({
                "id": format!("remote:{remote}"),
                "url": text.url,
                "title": text.title,
                "content_html": html,
                "date_published": text.published,
                "authors": authors,
            })
        })
        .collect();
    let whole = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": of.feed.title,
        "home_page_url": of.feed.site,
        "items": items,
    });
    let Ok(mut parsed) = feed(whole.to_string().as_bytes(), None, &of.feed.url) else {
        return Vec::new();
    };
    profiles.disown_entries(&mut parsed.entries, &of.feed.url);
    parsed
        .entries
        .into_iter()
        .filter_map(|entry| {
            let remote = entry.guid.strip_prefix("remote:")?.parse().ok()?;
            Some((remote, entry))
        })
        .collect()
}
