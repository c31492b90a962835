//! What comes of each feed of a refresh, and of the whole.

use crate::app::{Cause, Failure};
use crate::extract::feed::FeedError;
use crate::news::{Added, FeedId};
use crate::runtime::failures::of_net;
use crate::runtime::net::NetError;
use crate::runtime::store::{Delivery, DueFeed, FeedCheck, KeyedEntry};

/// Progress of a refresh.
#[derive(Clone, Debug, PartialEq)]
pub enum RefreshEvent {
    /// The refresh has begun.
    Started {
        /// Feeds to be fetched.
        feeds: usize,
    },
    /// One feed has been fetched, and its entries are stored.
    FeedDone {
        /// The feed.
        feed: FeedId,
        /// Articles added and updated; none if the server answered 304.
        outcome: Result<Added, RefreshError>,
        /// Whether it was larger than a feed may be, so that only its beginning was read.
        is_cut: bool,
        /// Feeds done so far.
        done: usize,
    },
    /// All feeds are done, or the refresh was cancelled.
    Finished(RefreshReport),
}

/// Totals of a refresh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RefreshReport {
    /// Feeds asked.
    pub feeds: usize,
    /// Feeds that brought no new or changed article.
    pub unchanged: usize,
    /// Feeds that failed.
    pub failed: usize,
    /// New articles.
    pub new: usize,
    /// Articles whose text changed.
    pub updated: usize,
    /// Feeds of which only the beginning was read.
    pub cut: usize,
    /// Whether it was cancelled before the end.
    pub cancelled: bool,
}

/// Why a feed could not be refreshed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefreshError {
    /// The request failed.
    #[error(transparent)]
    Net(#[from] NetError),
    /// The response is no feed, or a broken one.
    #[error(transparent)]
    NotAFeed(#[from] FeedError),
    /// A program, a file or a folder of mail can't be read.
    #[error("{}", .0.subject)]
    Local(Failure),
    /// The parser panicked: a bug.
    #[error("the feed parser panicked")]
    Bug,
}

impl RefreshError {
    /// The cause shown to the reader.
    pub fn cause(&self) -> Cause {
        match self {
            Self::Net(error) => of_net(error, "").cause,
            Self::NotAFeed(_) => Cause::NotAFeed,
            Self::Local(failure) => failure.cause,
            Self::Bug => Cause::Bug,
        }
    }
}

impl RefreshReport {
    /// Counts a feed that is done; `stored` is what it brought, though it may have failed then.
    pub(super) fn count(&mut self, stored: &Added, has_failed: bool, is_cut: bool) {
        let is_unchanged = stored.new.is_empty() && stored.updated.is_empty();
        self.failed += usize::from(has_failed);
        self.unchanged += usize::from(is_unchanged && !has_failed);
        self.cut += usize::from(is_cut);
        self.count_articles(stored);
    }

    /// Counts articles that are stored.
    pub(super) fn count_articles(&mut self, stored: &Added) {
        self.new += stored.new.len();
        self.updated += stored.updated.len();
    }
}

/// The parsed response of one feed.
pub(super) struct FetchedFeed {
    pub(super) due: DueFeed,
    pub(super) outcome: Result<(), RefreshError>,
    /// What it listed; nothing where it failed or did not change.
    pub(super) entries: Vec<KeyedEntry>,
    /// Whether only its beginning was read.
    pub(super) is_cut: bool,
    pub(super) check: FeedCheck,
}

/// What the writing thread takes in.
pub(super) enum Brought {
    /// The whole response of a feed, or the last part of it.
    Feed(Box<FetchedFeed>),
    /// Entries of a feed that is still being received.
    Part(FeedId, Vec<KeyedEntry>),
}

impl FetchedFeed {
    /// What it brought, to be stored.
    pub(super) fn delivery(&self) -> Delivery<'_> {
        Delivery {
            feed: self.due.id,
            entries: &self.entries,
            check: &self.check,
        }
    }
}
