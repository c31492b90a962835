//! A refresh of the library: what is due on the web and on this machine, and then what the settings
//! don't ask to keep.

use jiff::{Timestamp, ZonedDateTime};

use super::{FeedSelection, FetchPolicy, RefreshEvent, RefreshReport, local, refresh};
use crate::app::{Cause, Failure};
use crate::runtime::cancel::Cancel;
use crate::runtime::feed_settings;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::store::Store;

/// Enters the sources of the settings that have no feed on the web, where the library does not know
/// them yet.
///
/// # Errors
/// The library can't be opened or written.
pub fn enter_sources(fetch: &Fetch) -> Result<(), Failure> {
    if fetch.sources.local.is_empty() {
        return Ok(());
    }
    Ok(local::enter(&Store::open(&fetch.library)?, fetch)?)
}

/// Refreshes the library that `fetch` names: fetches the selected feeds, stores what they deliver,
/// and then deletes what the settings don't ask to keep.
///
/// # Errors
/// `Offline`, or the library can't be opened or written.
pub fn refresh_library(
    fetch: &Fetch,
    selection: &FeedSelection,
    cancel: &Cancel,
    on: &mut dyn FnMut(RefreshEvent),
) -> Result<RefreshReport, Failure> {
    if fetch.offline {
        return Err(Failure::new(Cause::Offline, ""));
    }
    let store = Store::open(&fetch.library)?.noting_arrivals(!fetch.rules.rules.is_empty());
    local::enter(&store, fetch)?;
    let now = Some(Timestamp::now()).filter(|_| *selection == FeedSelection::Due);
    let mut due = store.feeds_due(now)?;
    if let FeedSelection::These(feeds) = selection {
        due.retain(|feed| feeds.contains(&feed.id));
    }
    let feeds = feed_settings::load(&fetch.sources.file)?;
    if *selection == FeedSelection::Due {
        let time = ZonedDateTime::now().time();
        due.retain(|due| {
            let quiet = feeds.of(&due.feed.url).and_then(|own| own.quiet_hours());
            quiet.is_none_or(|hours| !hours.contains(time))
        });
    }
    let (own, due): (Vec<_>, Vec<_>) = due.into_iter().partition(local::is_local);
    let among = own.len();
    let mut told = |event| match event {
        RefreshEvent::Started { feeds } => on(RefreshEvent::Started {
            feeds: feeds + among,
        }),
        // The end is told when the sources without a feed on the web are read, too.
        RefreshEvent::Finished(_) => {}
        event => on(event),
    };
    let mut report = refresh(&store, due, &FetchPolicy::of(fetch), cancel, &mut told)?;
    local::refresh(&store, own, fetch, cancel, &mut report, on)?;
    on(RefreshEvent::Finished(report));
    for row in store.feeds()? {
        if let Some(days) = feeds.of(&row.feed.url).and_then(|own| own.keep_days) {
            store.retain_feed(row.id, days, fetch.retention.unread_too, Timestamp::now())?;
        }
    }
    store.retain(&fetch.retention, Timestamp::now())?;
    store.tidy()?;
    Ok(report)
}
