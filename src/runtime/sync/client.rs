//! A server of either protocol, logged in.

use std::collections::BTreeSet;

use url::Url;

use super::account::{Account, Protocol};
use super::articles::{SyncCursor, Taker};
use super::connection::Connection;
use super::error::SyncError;
use super::google_reader::{PullRequest, UnreadCounts};
use super::{google_reader, miniflux};
use crate::config::SyncSettings;
use crate::news::Feed;
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::net::NetError;
use crate::runtime::net::api::Authorization;
use crate::runtime::store::{AgreedState, RemoteFeed};

/// A server, logged in.
pub(super) struct Client {
    pub(super) server: Connection,
    pub(super) protocol: Protocol,
    /// Whether the token is that of an earlier login, which the server may have forgotten.
    pub(super) is_token_old: bool,
    /// What is unread, as the server said at the beginning of a sync.
    counts: Option<UnreadCounts>,
}

impl Client {
    /// Logs in to the account's server. `anew`: with the password, also where a token is known.
    pub(super) fn open(
        account: &mut Account,
        fetch: &Fetch,
        settings: &SyncSettings,
        anew: bool,
        cancel: &Cancel,
    ) -> Result<Self, SyncError> {
        let base = Url::parse(&account.address)
            .map_err(|_| NetError::Address(crate::news::Clean::line(&account.address)))?;
        let mut server = Connection::new(&base, &fetch.access, fetch.timeout, cancel);
        let mut is_token_old = false;
        match account.protocol {
            Protocol::Miniflux => {
                let password = account.password(settings, cancel)?;
                server.authorize(Authorization::basic(&account.name, password.reveal()));
            }
            Protocol::GoogleReader => match account.token().filter(|_| !anew) {
                Some(token) => {
                    server.authorize(Authorization::google_login(token));
                    is_token_old = true;
                }
                None => {
                    let password = account.password(settings, cancel)?;
                    let token =
                        google_reader::log_in(&mut server, &account.name, password.reveal())?;
                    account.put_token(&token, &fetch.library)?;
                }
            },
        }
        Ok(Self {
            server,
            protocol: account.protocol,
            is_token_old,
            counts: None,
        })
    }

    /// Asks how much is unread in each feed, where the protocol has to know that.
    pub(super) fn count_unread(&mut self) -> Result<(), SyncError> {
        if self.protocol == Protocol::GoogleReader {
            self.counts = google_reader::unread_counts(&mut self.server)?;
        }
        Ok(())
    }

    /// What told the server's list of subscriptions from others when it was asked what is unread.
    /// `known` are the server's ids of the feeds that are here.
    pub(super) fn listing(&self, known: &BTreeSet<String>) -> Option<String> {
        let counts = self.counts.as_ref().filter(|_| !known.is_empty());
        counts.and_then(|counts| counts.listing(known))
    }

    pub(super) fn subscriptions(&mut self) -> Result<Vec<RemoteFeed>, SyncError> {
        match self.protocol {
            Protocol::Miniflux => miniflux::subscriptions(&mut self.server),
            Protocol::GoogleReader => google_reader::subscriptions(&mut self.server),
        }
    }

    /// Subscribes; returns the server's id of the feed.
    pub(super) fn subscribe(&mut self, feed: &Feed) -> Result<String, SyncError> {
        match self.protocol {
            Protocol::Miniflux => miniflux::subscribe(&mut self.server, feed),
            Protocol::GoogleReader => google_reader::subscribe(&mut self.server, feed),
        }
    }

    pub(super) fn unsubscribe(&mut self, remote: &str) -> Result<(), SyncError> {
        match self.protocol {
            Protocol::Miniflux => miniflux::unsubscribe(&mut self.server, remote),
            Protocol::GoogleReader => google_reader::unsubscribe(&mut self.server, remote),
        }
    }

    /// Moves a feed from one folder into another; empty for none.
    pub(super) fn move_feed(
        &mut self,
        remote: &str,
        from: &str,
        to: &str,
    ) -> Result<(), SyncError> {
        match self.protocol {
            Protocol::Miniflux => miniflux::move_feed(&mut self.server, remote, to),
            Protocol::GoogleReader => google_reader::move_feed(&mut self.server, remote, from, to),
        }
    }

    /// Fetches what changed on the server since the cursor, and hands it over in parts. `known` is
    /// what was agreed on of each article, which only one of the protocols has to know.
    pub(super) fn pull(
        &mut self,
        cursor: SyncCursor,
        known: impl FnOnce() -> Result<Vec<AgreedState>, SyncError>,
        folders: &BTreeSet<String>,
        feeds: &BTreeSet<String>,
        take: &mut Taker<'_>,
    ) -> Result<SyncCursor, SyncError> {
        match self.protocol {
            Protocol::Miniflux => miniflux::pull(&mut self.server, cursor, take),
            Protocol::GoogleReader => {
                let request = PullRequest {
                    cursor,
                    counts: self.counts.take(),
                    known: known()?,
                    folders,
                    feeds,
                };
                google_reader::pull(&mut self.server, request, take)
            }
        }
    }
}
