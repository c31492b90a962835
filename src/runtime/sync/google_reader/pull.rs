//! Brings state and new articles: the sets of unread, starred and labelled ids are compared with
//! what was agreed on, and the texts of what is new are asked for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::articles::{ServerArticle, ServerText, SyncCursor, Taker};
use super::super::connection::{Connection, FORM};
use super::super::error::SyncError;
use super::calls::{
    ALL, LABEL, READ, STARRED, api, form, id_of, long_form, object, subscriptions, write_token,
};
use super::shapes::{IdPage, Items, StreamItem, Tags, UnreadCounts};
use crate::news::Clean;
use crate::news::order::Order as _;
use crate::runtime::net::api::Verb;
use crate::runtime::store::AgreedState;

/// Articles whose texts are asked for at once.
const TEXTS: usize = 500;

/// Ids asked for at once.
const IDS: usize = 20_000;

/// More pages of ids than this are not asked for: a server that always names a next one has no end.
const MOST_PAGES: usize = 100;

/// So many articles marked as read by one answer are believed on the second one only.
const MANY: usize = 1_000;

/// Seconds by which a question for what came since the last one reaches back before that.
const OVERLAP: i64 = 3600;

/// How far back articles are brought that are read and not starred, in seconds.
const RECENT: i64 = 30 * 24 * 3600;

/// A headline as markup. FreshRSS writes `&`, `<` and `>` of headlines in full width.
fn marked_up(title: &str) -> String {
    title
        .replace('＆', "&amp;")
        .replace('＜', "&lt;")
        .replace('＞', "&gt;")
}

/// Whether the server has the calls that syncing needs; some answer `[]` to those that they lack.
pub(crate) fn probe(server: &mut Connection) -> Result<(), SyncError> {
    subscriptions(server)?;
    let url = api(server, "stream/items/ids", &[("s", ALL), ("n", "1")]);
    let answer = server.get(&url)?;
    let page: IdPage = object(server, &answer, "stream/items/ids")?;
    if let Some(first) = page.item_refs.first().and_then(|item| id_of(&item.id)) {
        let token = write_token(server)?;
        texts(server, &[first], &token)?;
    }
    Ok(())
}

/// What [`pull`] has to know.
pub(crate) struct PullRequest<'a> {
    pub(crate) cursor: SyncCursor,
    /// What is unread, where the server counts it.
    pub(crate) counts: Option<UnreadCounts>,
    /// What was agreed on of each article.
    pub(crate) known: Vec<AgreedState>,
    /// The server's folders, whose names are no labels.
    pub(crate) folders: &'a BTreeSet<String>,
    /// The server's ids of the feeds that are here.
    pub(crate) feeds: &'a BTreeSet<String>,
}

/// The sets of articles by which state is told.
struct IdSets {
    unread: BTreeSet<i64>,
    starred: BTreeSet<i64>,
    /// The labels of each labelled article; `None` where the server tells none.
    labels: Option<BTreeMap<i64, Vec<Clean>>>,
}

/// Fetches state and new articles, and hands them over. Returns the cursor for the next time.
pub(crate) fn pull(
    server: &mut Connection,
    request: PullRequest<'_>,
    take: &mut Taker<'_>,
) -> Result<SyncCursor, SyncError> {
    let mut sets = IdSets {
        unread: ids(server, ALL, &[("xt", READ)])?,
        starred: ids(server, STARRED, &[])?,
        labels: None,
    };
    let held_unread = |sets: &IdSets| {
        let read = |state: &&AgreedState| !state.read && !sets.unread.contains(&state.remote);
        request.known.iter().filter(read).count()
    };
    let gone = held_unread(&sets);
    if gone > 0 && (sets.unread.is_empty() || gone >= MANY) {
        // A server that is being upgraded, or a fault of it, must not mark everything as read.
        sets.unread = ids(server, ALL, &[("xt", READ)])?;
    }
    let mut cursor = request.cursor;
    let has_arrivals = overview(server, &mut cursor, request.counts, request.folders)?;
    sets.labels = labels(server, &cursor.labels, &sets)?;
    let mut wanted: BTreeSet<i64> = sets.unread.union(&sets.starred).copied().collect();
    wanted.extend(sets.labels.iter().flatten().map(|(id, _)| *id));
    let now = server.clock().unwrap_or(jiff::Timestamp::now().as_second());
    if cursor.caught_up.is_none() || has_arrivals {
        // What came and was read elsewhere is in none of the sets.
        let since = cursor.caught_up.map_or(now - RECENT, |at| at - OVERLAP);
        wanted.extend(ids(server, ALL, &[("ot", &since.to_string())])?);
        cursor.caught_up = Some(now);
    }
    let known: BTreeMap<i64, &AgreedState> = request
        .known
        .iter()
        .map(|state| (state.remote, state))
        .collect();
    let changed: Vec<ServerArticle> = request
        .known
        .iter()
        .map(|state| (state, sets.state_of(state.remote)))
        .filter(|(state, told)| {
            told.read != Some(state.read)
                || told.star != Some(state.star)
                || told.tags.as_ref().is_some_and(|tags| *tags != state.tags)
        })
        .map(|(_, told)| told)
        .collect();
    for part in changed.chunks(TEXTS * 2) {
        take(server, part.to_vec())?;
    }
    let new: Vec<i64> = wanted
        .into_iter()
        .filter(|id| !known.contains_key(id))
        .collect();
    if !new.is_empty() {
        let token = write_token(server)?;
        // The newest first, which are wanted first where the sync is broken off.
        for part in new.rchunks(TEXTS) {
            let found = texts(server, part, &token)?;
            let articles = found
                .into_iter()
                .filter(|(_, feed, _)| request.feeds.contains(feed))
                .map(|(id, feed, text)| ServerArticle {
                    text: Some((feed, text)),
                    ..sets.state_of(id)
                });
            take(server, articles.collect())?;
        }
    }
    Ok(cursor)
}

impl IdSets {
    fn state_of(&self, remote: i64) -> ServerArticle {
        ServerArticle {
            remote,
            text: None,
            read: Some(!self.unread.contains(&remote)),
            star: Some(self.starred.contains(&remote)),
            tags: self
                .labels
                .as_ref()
                .map(|labels| labels.get(&remote).cloned().unwrap_or_default()),
            changed: None,
        }
    }
}

/// What is unread; `None` where the server does not count it.
pub(crate) fn unread_counts(server: &mut Connection) -> Result<Option<UnreadCounts>, SyncError> {
    let answer = server.get(&api(server, "unread-count", &[]))?;
    supported(object(server, &answer, "unread-count"))
}

/// Finds out which labels the server has, and whether articles came since the last time: both by
/// the one call that counts what is unread. Labels and folders share their names there; which is
/// which is asked for names that are new.
fn overview(
    server: &mut Connection,
    cursor: &mut SyncCursor,
    counts: Option<UnreadCounts>,
    folders: &BTreeSet<String>,
) -> Result<bool, SyncError> {
    let newest = counts.as_ref().and_then(|counts| {
        let mut all = counts.unreadcounts.iter();
        let count = all.find(|count| count.id.ends_with("/reading-list"))?;
        Some(count.newest_item_timestamp_usec.to_string())
    });
    // Where the server doesn't say, it is asked.
    let has_arrivals = newest.is_none() || newest != cursor.newest;
    cursor.newest = newest;
    let mut names: Option<BTreeSet<String>> = counts.map(|counts| {
        let all = counts.unreadcounts.into_iter();
        all.filter_map(|count| label_of(&count.id)).collect()
    });
    let is_known = |name: &String| {
        folders.contains(name) || cursor.folders.contains(name) || cursor.labels.contains(name)
    };
    if names
        .as_ref()
        .is_none_or(|names| !names.iter().all(is_known))
    {
        let answer = server.get(&api(server, "tag/list", &[]))?;
        let list: Option<Tags> = supported(object(server, &answer, "tag/list"))?;
        let (mut tagged, mut filed) = (BTreeSet::new(), BTreeSet::new());
        for tag in list.into_iter().flat_map(|list| list.tags) {
            match label_of(&tag.id) {
                Some(name) if tag.r#type == "folder" || folders.contains(&name) => {
                    filed.insert(name);
                }
                Some(name) => {
                    tagged.insert(name);
                }
                None => {}
            }
        }
        names = names.or(Some(tagged.clone()));
        (cursor.labels, cursor.folders) = (tagged, filed);
    }
    let names = names.unwrap_or_default();
    cursor
        .labels
        .retain(|name| names.contains(name) && !folders.contains(name));
    Ok(has_arrivals)
}

/// `None` where the server does not support a call.
fn supported<T>(answer: Result<T, SyncError>) -> Result<Option<T>, SyncError> {
    match answer {
        Ok(answer) => Ok(Some(answer)),
        Err(SyncError::Unsupported { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The name of a label or folder by its stream.
fn label_of(stream: &str) -> Option<String> {
    stream
        .split_once("/label/")
        .map(|(_, name)| name.to_owned())
}

/// The labels of articles; `None` where the server's answers can't be believed.
fn labels(
    server: &mut Connection,
    names: &BTreeSet<String>,
    sets: &IdSets,
) -> Result<Option<BTreeMap<i64, Vec<Clean>>>, SyncError> {
    let mut labelled: BTreeMap<i64, Vec<Clean>> = BTreeMap::new();
    for name in names {
        let found = ids(server, &format!("{LABEL}{name}"), &[])?;
        // What a server answers for a label that was deleted just now: everything.
        let all = sets.unread.len() + sets.starred.len();
        if all > 20 && sets.unread.is_subset(&found) && sets.starred.is_subset(&found) {
            return Ok(None);
        }
        for id in found {
            labelled.entry(id).or_default().push(Clean::line(name));
        }
    }
    labelled.values_mut().for_each(|labels| labels.order());
    Ok(Some(labelled))
}

/// All ids of a stream.
fn ids(
    server: &mut Connection,
    stream: &str,
    filter: &[(&str, &str)],
) -> Result<BTreeSet<i64>, SyncError> {
    let mut found = BTreeSet::new();
    let mut next: Option<String> = None;
    let most = IDS.to_string();
    for _ in 0..MOST_PAGES {
        let mut query = vec![("s", stream), ("n", &*most)];
        query.extend_from_slice(filter);
        query.extend(next.as_deref().map(|next| ("c", next)));
        let answer = server.get(&api(server, "stream/items/ids", &query))?;
        let page: IdPage = object(server, &answer, "stream/items/ids")?;
        let before = found.len();
        for item in &page.item_refs {
            let id = id_of(&item.id);
            found.insert(id.ok_or_else(|| server.unsupported("stream/items/ids"))?);
        }
        next = page.continuation.and_then(|next| match next {
            Value::String(next) => Some(next).filter(|next| !next.is_empty()),
            Value::Number(next) => Some(next.to_string()),
            _ => None,
        });
        if next.is_none() || found.len() == before {
            break;
        }
    }
    Ok(found)
}

/// Articles by their ids: id, feed and text of each that the server has.
fn texts(
    server: &mut Connection,
    ids: &[i64],
    token: &str,
) -> Result<Vec<(i64, String, ServerText)>, SyncError> {
    let names: Vec<String> = ids.iter().map(|id| long_form(*id)).collect();
    let mut fields = vec![("T", token)];
    fields.extend(names.iter().map(|name| ("i", name.as_str())));
    let url = api(server, "stream/items/contents", &[]);
    let answer = server.send(Verb::Post, &url, Some((FORM, &form(&fields))))?;
    let items: Items = object(server, &answer, "stream/items/contents")?;
    let text = |item: StreamItem| {
        let link = item.canonical.into_iter().chain(item.alternate);
        let html = match item.summary.content.len() >= item.content.content.len() {
            true => item.summary.content,
            false => item.content.content,
        };
        let published = jiff::Timestamp::from_second(item.published).ok()?;
        Some((
            id_of(&item.id)?,
            item.origin?.stream_id,
            ServerText {
                title: marked_up(&item.title),
                url: link
                    .map(|link| link.href)
                    .find(|href| !href.is_empty())
                    .unwrap_or_default(),
                author: item.author,
                html,
                published: published.to_string(),
            },
        ))
    };
    Ok(items.items.into_iter().filter_map(text).collect())
}
