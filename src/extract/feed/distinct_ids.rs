//! Makes ids unique within a feed: some feeds give several articles the same id or address.

use std::collections::{HashMap, HashSet};

use url::form_urlencoded::byte_serialize;

use crate::news::{Clean, FeedEntry};

/// An address that this many articles share is not an article's own. Fewer may be repeats of one
/// article.
const SHARED: usize = 3;

/// Gives each article a unique id. One that shares its id takes its address instead. Where many
/// share an address but have ids of their own, the id is appended to the address as a fragment,
/// which leads to the same page.
pub(super) fn ensure(entries: &mut [FeedEntry]) {
    let names = shared(entries.iter().map(|e| &e.guid), 2);
    let addresses = shared(
        entries.iter().filter_map(|e| e.article.url.as_ref()),
        SHARED,
    );
    if names.is_empty() && addresses.is_empty() {
        return;
    }
    for entry in entries {
        let Some(url) = entry.article.url.clone() else {
            continue;
        };
        if names.contains(&entry.guid) {
            entry.guid = url;
        } else if addresses.contains(&url) && !url.contains('#') {
            let fragment: String = byte_serialize(entry.guid.as_bytes()).collect();
            entry.article.url = Some(Clean::line(&format!("{url}#{fragment}")));
        }
    }
}

/// The texts that occur `times` or more.
fn shared<'e>(all: impl Iterator<Item = &'e Clean>, times: usize) -> HashSet<Clean> {
    let mut counts = HashMap::<&str, usize>::new();
    for one in all {
        *counts.entry(one).or_default() += 1;
    }
    counts
        .into_iter()
        .filter(|(_, n)| *n >= times)
        .map(|(one, _)| Clean::line(one))
        .collect()
}
