//! A refresh as a job of the program: what is due, through the crew, into the store.

use std::time::Duration;

use jiff::Timestamp;

use super::{Manners, RefreshEvent, Summary};
use crate::app::{Cause, Failure};
use crate::news::FeedId;
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::store::Store;

/// Pages fetched after one refresh, at most.
const MOST_AHEAD: usize = 200;

/// Which subscriptions are asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// All, due or not.
    All,
    /// Those whose time has come.
    Due,
    /// These.
    These(Vec<FeedId>),
}

/// Fetches what `which` asks for, telling feeds done and feeds to do; then lets go of what is not
/// to be held any longer.
///
/// # Errors
/// The network is not to be used, or the store can't be opened or written.
pub fn refresh(
    fetch: &Fetch,
    which: &Which,
    cancel: &Cancel,
    on: &mut dyn FnMut(RefreshEvent),
) -> Result<Summary, Failure> {
    if fetch.offline {
        return Err(Failure::new(Cause::Offline, ""));
    }
    let store = Store::open(&fetch.library)?;
    let now = Some(Timestamp::now()).filter(|_| *which == Which::Due);
    let mut due = store.feeds_due(now)?;
    if let Which::These(feeds) = which {
        due.retain(|feed| feeds.contains(&feed.id));
    }
    let summary = super::refresh(&store, due, &manners(fetch), cancel, on)?;
    store.retain(&fetch.retention, Timestamp::now())?;
    store.tidy()?;
    Ok(summary)
}

/// How servers are asked, by the settings.
fn manners(fetch: &Fetch) -> Manners {
    let usual = Manners::default();
    // No feed is asked more than every five minutes, whatever the settings say.
    let every = Duration::from_secs(60 * u64::from(fetch.every.max(5)));
    let interval = if fetch.every == 0 {
        usual.interval
    } else {
        every
    };
    Manners {
        limits: fetch.limits(),
        interval,
        profiles: fetch.profiles.clone(),
        ..usual
    }
}

/// Fetches the pages of unread articles, the newest first. Gives how many came.
///
/// # Errors
/// As [`refresh`].
pub fn fetch_ahead(fetch: &Fetch, cancel: &Cancel) -> Result<usize, Failure> {
    let store = Store::open(&fetch.library)?;
    super::fetch_ahead(&store, MOST_AHEAD, &manners(fetch), cancel, &mut |_| ())
        .map_err(Failure::from)
}
