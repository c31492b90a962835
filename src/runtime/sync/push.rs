//! Sends wishes, in batches that the server bears. A wish goes from the journal when the server has
//! confirmed it, and not before; what is sent twice does no harm.

use std::collections::{BTreeMap, BTreeSet};

use super::account::Protocol;
use super::client::Client;
use super::error::SyncError;
use super::{google_reader, miniflux};
use crate::news::Clean;
use crate::runtime::store::{LinkedFeed, Store, Wish, WishField};

/// What sending came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pushed {
    /// Wishes that the server confirmed.
    pub(super) sent: usize,
    /// Names of feeds of which the server refused a change. The wishes stay.
    pub(super) refused: Vec<Clean>,
}

/// Sends wishes about subscriptions.
pub(super) fn feeds(
    store: &Store,
    client: &mut Client,
    wishes: &[Wish],
) -> Result<Pushed, SyncError> {
    let mut pushed = Pushed::default();
    for wish in wishes {
        match feed(store, client, wish) {
            Ok(true) => pushed.sent += 1,
            Ok(false) => {}
            Err(error) if error.is_of_one_change() => {
                let feed = store.feed_named(wish.feed())?;
                pushed
                    .refused
                    .extend(feed.map(|feed| match feed.title.is_blank() {
                        true => feed.url,
                        false => feed.title,
                    }));
            }
            Err(error) => return Err(error),
        }
    }
    Ok(pushed)
}

/// Sends one wish about a subscription; returns whether there was something to send.
fn feed(store: &Store, client: &mut Client, wish: &Wish) -> Result<bool, SyncError> {
    let linked = linked(store, wish)?;
    match (wish.field, linked) {
        (WishField::Subscribed, None) if wish.is_set() => {
            let Some(feed) = store.feed_named(wish.feed())? else {
                store.drop_wishes(&[wish])?;
                return Ok(false);
            };
            let remote = client.subscribe(&feed)?;
            // What was asked for is agreed on; where the server chose otherwise it says so next
            // time.
            let folder = feed.folder.unwrap_or_default();
            store.link_feed(wish.feed(), &remote, &folder)?;
        }
        (WishField::Subscribed, Some(feed)) if !wish.is_set() => {
            client.unsubscribe(&feed.remote)?;
        }
        (WishField::Folder, Some(feed)) => {
            let from = store.agreed_folder(wish.feed())?;
            client.move_feed(&feed.remote, &from, &wish.value)?;
        }
        _ => {
            store.drop_wishes(&[wish])?;
            return Ok(false);
        }
    }
    store.grant(&[wish])?;
    Ok(true)
}

fn linked(store: &Store, wish: &Wish) -> Result<Option<LinkedFeed>, SyncError> {
    let mut all = store.linked_feeds()?.into_iter();
    Ok(all.find(|feed| feed.id == wish.feed()))
}

/// A wish about an article, and the server's ids of it.
struct Addressed {
    wish: Wish,
    remotes: Vec<i64>,
}

/// Sends the wishes about articles; `progress` is called with how many are done, and of how many.
/// `folders` are names that no label may have.
pub(super) fn articles(
    store: &Store,
    client: &mut Client,
    folders: &BTreeSet<String>,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<usize, SyncError> {
    let (mut lost, mut by_field) = (Vec::new(), BTreeMap::new());
    for wish in store.wishes()? {
        if !matches!(
            wish.field,
            WishField::Read | WishField::Star | WishField::Tags
        ) {
            continue;
        }
        let can_hold = wish.field != WishField::Tags || client.protocol != Protocol::Miniflux;
        let remotes = match can_hold {
            true => store.remotes_of(wish.article())?,
            false => Vec::new(),
        };
        if remotes.is_empty() {
            lost.push(wish);
            continue;
        }
        let group: &mut Vec<Addressed> = by_field.entry((wish.field, wish.is_set())).or_default();
        group.push(Addressed { wish, remotes });
    }
    store.drop_wishes(&lost.iter().collect::<Vec<_>>())?;
    let total = by_field.values().map(Vec::len).sum();
    let mut sent = 0;
    for ((field, set), group) in by_field {
        if field == WishField::Tags {
            sent += labels(store, client, &group, folders)?;
            continue;
        }
        for batch in batches(&group, batch_size(client.protocol, field)) {
            let remotes: Vec<i64> = batch.iter().flat_map(|a| &a.remotes).copied().collect();
            mark(client, field, &remotes, set)?;
            store.grant(&batch.iter().map(|a| &a.wish).collect::<Vec<_>>())?;
            sent += batch.len();
            progress(sent, total);
        }
    }
    Ok(sent)
}

fn batch_size(protocol: Protocol, field: WishField) -> usize {
    match (protocol, field) {
        // Each star is a request of its own, and granted when that has succeeded.
        (Protocol::Miniflux, WishField::Star) => 1,
        (Protocol::Miniflux, _) => miniflux::BATCH,
        (Protocol::GoogleReader, _) => google_reader::BATCH,
    }
}

/// Parts of a group that name at most `most` of the server's articles each, or are one wish.
fn batches(group: &[Addressed], most: usize) -> Vec<&[Addressed]> {
    let (mut parts, mut rest) = (Vec::new(), group);
    while !rest.is_empty() {
        let mut named = 0;
        let fit = rest.iter().take_while(|addressed| {
            named += addressed.remotes.len();
            named <= most
        });
        let (part, after) = rest.split_at(fit.count().max(1));
        parts.push(part);
        rest = after;
    }
    parts
}

fn mark(
    client: &mut Client,
    field: WishField,
    remotes: &[i64],
    set: bool,
) -> Result<(), SyncError> {
    let server = &mut client.server;
    match (client.protocol, field) {
        (Protocol::Miniflux, WishField::Star) => remotes
            .iter()
            .try_for_each(|remote| miniflux::mark_starred(server, *remote, set)),
        (Protocol::Miniflux, _) => miniflux::mark_read(server, remotes, set),
        (Protocol::GoogleReader, WishField::Star) => {
            google_reader::mark_starred(server, remotes, set)
        }
        (Protocol::GoogleReader, _) => google_reader::mark_read(server, remotes, set),
    }
}

/// Sends labels: those that the agreed state lacks, and those that it has too many, label by label.
fn labels(
    store: &Store,
    client: &mut Client,
    group: &[Addressed],
    folders: &BTreeSet<String>,
) -> Result<usize, SyncError> {
    let agreed: BTreeMap<i64, Vec<Clean>> = store
        .agreed_states()?
        .into_iter()
        .map(|state| (state.remote, state.tags))
        .collect();
    let mut changes: BTreeMap<(Clean, bool), Vec<i64>> = BTreeMap::new();
    let mut granted = Vec::new();
    for Addressed { wish, remotes } in group {
        let mut wished = wish.labels();
        // Folders and labels share their names on these servers.
        wished.retain(|label| !folders.contains(&**label));
        for remote in remotes {
            let known = agreed.get(remote).map(Vec::as_slice).unwrap_or_default();
            let missing = wished.iter().filter(|label| !known.contains(label));
            let extra = known.iter().filter(|label| !wished.contains(label));
            let all = missing.map(|l| (l, true)).chain(extra.map(|l| (l, false)));
            for (label, set) in all {
                changes
                    .entry((label.clone(), set))
                    .or_default()
                    .push(*remote);
            }
        }
        granted.push(wish.with_labels(&wished));
    }
    for ((label, set), remotes) in changes {
        for part in remotes.chunks(google_reader::BATCH) {
            google_reader::mark_labelled(&mut client.server, part, &label, set)?;
        }
    }
    store.grant(&granted.iter().collect::<Vec<_>>())?;
    Ok(granted.len())
}
