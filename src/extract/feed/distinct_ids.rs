//! Articles of one feed that go by one name: what names several names none of them.

use std::collections::{HashMap, HashSet};

use url::form_urlencoded::byte_serialize;

use crate::news::{Clean, FeedEntry};

/// So many articles at one address are no article told again, but an address that stands for all of
/// them.
const SHARED: usize = 3;

/// Gives each article a name of its own. One whose own name is that of others goes by its address;
/// where many stand at one address and have names of their own, the address gets the name as its
/// fragment, which leads to the same page.
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

/// Those that come up `times` or more.
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
