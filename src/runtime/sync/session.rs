//! One sync from beginning to end: subscriptions, then articles, each first taken in and then sent.
//! What the server has is taken in first, so that the wishes that are sent have won.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::account::{Account, Protocol};
use super::articles::{SyncCursor, for_library};
use super::client::Client;
use super::error::SyncError;
use super::push;
use crate::app::protocol::feature::Feature;
use crate::app::{Cause, Failure};
use crate::news::Clean;
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::store::{Store, Taken, Wish};

/// Key of the cursor in the library's state.
const CURSOR: &str = "sync-cursor";
/// Key of what the last sync came to.
const LAST: &str = "sync-last";
/// After how many seconds the subscriptions are read again though they seem to be the same ones.
const RELIST: i64 = 3600;

/// What a sync came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncReport {
    /// Articles that are new here.
    pub new: usize,
    /// Articles whose text changed.
    pub edited: usize,
    /// Marks and labels that changed here.
    pub marks: usize,
    /// Subscriptions that are new here.
    pub feeds_new: usize,
    /// Subscriptions that were ended elsewhere.
    pub feeds_ended: usize,
    /// Changes that the server confirmed.
    pub sent: usize,
    /// Changes that are still to be sent.
    pub left: u64,
    /// Names of feeds of which the server refused a change.
    pub refused: Vec<Clean>,
    /// Requests sent.
    pub requests: u64,
    /// Bytes of the decompressed answers.
    pub bytes: u64,
    /// Bytes of the answers' bodies as they came.
    pub received: u64,
}

/// When the last sync was, and what it came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastSync {
    /// When it ended.
    pub at: Timestamp,
    /// Why it failed: the name of a cause, and what it concerns; `None` where it succeeded.
    pub failure: Option<(String, Clean)>,
}

/// An account, and how far the library is in step with it.
#[derive(Clone, Debug, PartialEq)]
pub struct SyncStatus {
    /// The server's address.
    pub address: String,
    /// How it is spoken to.
    pub protocol: Protocol,
    /// The user's name there.
    pub name: String,
    /// The last sync, if there was one.
    pub last: Option<LastSync>,
    /// Changes that are still to be sent.
    pub pending: u64,
    /// Subscriptions that are on the server.
    pub feeds: usize,
}

/// How far the library is in step with the server; `None` without an account.
///
/// # Errors
/// The account or the library can't be read.
pub fn status(library: &Path) -> Result<Option<SyncStatus>, Failure> {
    let Some(account) = Account::load(library)? else {
        return Ok(None);
    };
    let store = Store::open(library)?;
    Ok(Some(SyncStatus {
        last: store.state_get(LAST)?,
        pending: store.wish_count()?,
        feeds: store.linked_feeds()?.len(),
        address: account.address,
        protocol: account.protocol,
        name: account.name,
    }))
}

/// As [`sync`], where an account is set up; `None` where there is none.
///
/// # Errors
/// As [`sync`].
pub fn sync_if_set_up(
    fetch: &Fetch,
    cancel: &Cancel,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Option<SyncReport>, Failure> {
    match Account::load(&fetch.library)? {
        Some(_) => sync(fetch, cancel, progress).map(Some),
        None => Ok(None),
    }
}

/// Brings library and server into step. `progress` is called with how much is done, and of how
/// much.
///
/// # Errors
/// This program was built without syncing, there is no account, no network, or the server or the
/// library fails. What was done until then
/// stays, and the next sync goes on from there.
pub fn sync(
    fetch: &Fetch,
    cancel: &Cancel,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<SyncReport, Failure> {
    Feature::Sync.required()?;
    if fetch.offline {
        return Err(Failure::new(Cause::Offline, ""));
    }
    let store = Store::open(&fetch.library)?.noting_arrivals(!fetch.rules.rules.is_empty());
    if let Some(obstacle) = store.obstacle() {
        return Err(obstacle.into());
    }
    let done = of_library(&store, fetch, cancel, progress).map_err(Failure::from);
    let failure = match &done {
        Ok(_) => None,
        // Stopping is no failure.
        Err(failure) if failure.cause == Cause::Cancelled => return done,
        Err(failure) => Some((failure.cause.name().to_owned(), failure.subject.clone())),
    };
    let at = Timestamp::now();
    store.state_put(LAST, &LastSync { at, failure })?;
    done
}

fn of_library(
    store: &Store,
    fetch: &Fetch,
    cancel: &Cancel,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<SyncReport, SyncError> {
    let mut account = Account::load(&fetch.library)?.ok_or(SyncError::NoAccount)?;
    store.start_journal(fetch.sync.new_feeds)?;
    let mut client = Client::open(&mut account, fetch, &fetch.sync, false, cancel)?;
    let mut session = Session {
        store,
        fetch,
        report: SyncReport::default(),
    };
    match session.run(&mut client, progress) {
        Err(SyncError::Denied { .. }) if client.is_token_old => {
            client = Client::open(&mut account, fetch, &fetch.sync, true, cancel)?;
            session.run(&mut client, progress)?;
        }
        done => done?,
    }
    let traffic = client.server.traffic();
    Ok(SyncReport {
        requests: traffic.requests,
        bytes: traffic.bytes,
        received: traffic.received,
        left: store.wish_count()?,
        ..session.report
    })
}

/// A sync under way.
struct Session<'a> {
    store: &'a Store,
    fetch: &'a Fetch,
    report: SyncReport,
}

impl Session<'_> {
    fn run(
        &mut self,
        client: &mut Client,
        progress: &mut dyn FnMut(usize, usize),
    ) -> Result<(), SyncError> {
        self.take_feeds(client)?;
        let mut wishes = self.store.wishes()?;
        wishes.retain(Wish::is_of_feed);
        if !wishes.is_empty() {
            // Somebody may undo what is sent now: then the list looks as it did before.
            self.note_listing(None)?;
        }
        let pushed = push::feeds(self.store, client, &wishes)?;
        self.report.sent += pushed.sent;
        self.report.refused = pushed.refused;
        let folders = self.take_articles(client)?;
        self.report.sent += push::articles(self.store, client, &folders, progress)?;
        Ok(())
    }

    fn take_feeds(&mut self, client: &mut Client) -> Result<(), SyncError> {
        let cursor: SyncCursor = self.store.state_get(CURSOR)?.unwrap_or_default();
        let now = Timestamp::now().as_second();
        client.count_unread()?;
        let listing = client.listing(&self.feeds_here()?);
        if let (Some(now_listed), Some((listed, at))) = (&listing, &cursor.listed)
            && now_listed == listed
            && (0..RELIST).contains(&(now - at))
            && !self.store.wishes()?.iter().any(|wish| wish.is_of_feed())
        {
            return Ok(());
        }
        let mut listed = client.subscriptions()?;
        if listed.is_empty() && !self.store.linked_feeds()?.is_empty() {
            // Everything would be unsubscribed from: said twice, it is believed.
            listed = client.subscriptions()?;
        }
        let taken = self.store.take_remote_feeds(&listed, Timestamp::now())?;
        self.report.feeds_new += taken.new;
        self.report.feeds_ended += taken.ended;
        let listing = client.listing(&self.feeds_here()?);
        self.note_listing(listing.map(|listing| (listing, now)))
    }

    /// Notes what tells the list of subscriptions from others, and when it was read.
    fn note_listing(&self, listed: Option<(String, i64)>) -> Result<(), SyncError> {
        let cursor: SyncCursor = self.store.state_get(CURSOR)?.unwrap_or_default();
        self.store
            .state_put(CURSOR, &SyncCursor { listed, ..cursor })?;
        Ok(())
    }

    /// The server's ids of the feeds that are here.
    fn feeds_here(&self) -> Result<BTreeSet<String>, SyncError> {
        let linked = self.store.linked_feeds()?.into_iter();
        let here = linked.filter(|feed| !feed.is_gone);
        Ok(here.map(|feed| feed.remote).collect())
    }

    /// Takes in articles and their states. Returns the names of the server's folders.
    fn take_articles(&mut self, client: &mut Client) -> Result<BTreeSet<String>, SyncError> {
        let (store, fetch) = (self.store, self.fetch);
        let feeds = store.linked_feeds()?;
        let folders: BTreeSet<String> = feeds
            .iter()
            .filter_map(|feed| feed.feed.folder.as_ref().map(ToString::to_string))
            .collect();
        let here = self.feeds_here()?;
        let cursor: SyncCursor = store.state_get(CURSOR)?.unwrap_or_default();
        let mut sum = Taken::default();
        let next = client.pull(
            cursor,
            || Ok(store.agreed_states()?),
            &folders,
            &here,
            &mut |server, given| {
                let articles = for_library(given, &feeds, &fetch.profiles, server.ahead());
                let scrap_starred = fetch.sync.scrap_starred;
                let taken = store.take_remote(&articles, scrap_starred, Timestamp::now())?;
                sum.new += taken.new;
                sum.edited += taken.edited;
                sum.marks += taken.marks;
                Ok(())
            },
        )?;
        self.report.new += sum.new;
        self.report.edited += sum.edited;
        self.report.marks += sum.marks;
        // Last, so that a sync that was cut off begins again where the one before began.
        store.state_put(CURSOR, &next)?;
        store.forget_remote()?;
        Ok(folders)
    }
}

/// Forgets how far the library was in step.
pub(super) fn forget(store: &Store) -> Result<(), SyncError> {
    store.end_journal()?;
    store.state_put(CURSOR, &SyncCursor::default())?;
    store.state_put(LAST, &None::<LastSync>)?;
    Ok(())
}
