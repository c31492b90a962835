//! Which addresses lead into the reader's own network, for lists of feeds that others made.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use url::Url;

use super::guard::NetworkZone;
use super::is_web;

/// Which of `addresses` lead into this machine or the network around it. Names are looked up,
/// several at once and for [`LOOKUP_TIME`] at most, unless `offline`; one that is not looked up
/// counts as public.
pub fn inward_addresses(addresses: &[&str], offline: bool) -> Vec<bool> {
    let urls: Vec<Option<Url>> = addresses
        .iter()
        .map(|address| Url::parse(address).ok().filter(is_web))
        .collect();
    let begun = Instant::now();
    let is_inward = &|url: &Url| match NetworkZone::of_literal(url) {
        Some(zone) => zone < NetworkZone::Public,
        None if is_local_name(url.domain().unwrap_or_default()) => true,
        None => {
            !offline
                && begun.elapsed() < LOOKUP_TIME
                && NetworkZone::innermost_of_host(url) < NetworkZone::Public
        }
    };
    // Each host once: most lists name several feeds of a publisher.
    let hosts: BTreeMap<&str, &Url> = urls
        .iter()
        .flatten()
        .filter_map(|url| Some((url.host_str()?, url)))
        .collect();
    let hosts: Vec<(&str, &Url)> = hosts.into_iter().collect();
    let share = hosts.len().div_ceil(LOOKUPS).max(1);
    let inside: BTreeSet<&str> = std::thread::scope(|scope| {
        let parts: Vec<_> = hosts
            .chunks(share)
            .map(|part| {
                let found = move || part.iter().filter(|(_, url)| is_inward(url));
                scope.spawn(move || found().map(|(host, _)| *host).collect::<Vec<_>>())
            })
            .collect();
        let found = parts.into_iter().zip(hosts.chunks(share));
        // Where a lookup panicked, its part of the list counts as inward.
        let all = found.flat_map(|(found, part)| {
            found
                .join()
                .unwrap_or_else(|_| part.iter().map(|(host, _)| *host).collect())
        });
        all.collect()
    });
    let is_inside = |url: &Option<Url>| {
        let host = url.as_ref().and_then(Url::host_str);
        host.is_some_and(|host| inside.contains(host))
    };
    urls.iter().map(is_inside).collect()
}

/// Whether a name can only mean a host of a private network.
pub(super) fn is_local_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    let local = [
        "local", "internal", "intranet", "lan", "home", "corp", "arpa",
    ];
    !name.contains('.')
        || local
            .iter()
            .any(|end| name.strip_suffix(end).is_some_and(|n| n.ends_with('.')))
}

/// Most names that are looked up at once.
const LOOKUPS: usize = 16;

/// After this no further name is looked up: without a network each may take many seconds.
const LOOKUP_TIME: Duration = Duration::from_secs(8);
