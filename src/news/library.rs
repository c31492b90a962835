//! What the library tells of its holdings: light rows for lists, and the questions that ask for
//! them.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ArticleId, Clean, Feed, Stamp};

/// A subscription in this library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedId(pub i64);

/// Where an article stands in the list; newer is greater. Never changes while the article is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListPosition(pub i64);

/// How much of an article's text is held.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Held {
    /// Its headline only.
    #[default]
    Headline,
    /// What the feed told, often a summary.
    Feed,
    /// The page itself, or a source that was opened.
    Page,
}

/// One row of the list of articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    /// Which article.
    pub id: ArticleId,
    /// Its place, for the next page of rows.
    pub place: ListPosition,
    /// The subscription that brought it first.
    pub feed: Option<FeedId>,
    /// 언론사; the feed's title where the article names none.
    pub publisher: Option<Clean>,
    /// Headline.
    pub title: Clean,
    /// Its address.
    pub url: Option<Clean>,
    /// When its publisher says it appeared.
    pub published: Option<Stamp>,
    /// When this library first saw it.
    pub first_seen: Timestamp,
    /// Read.
    pub read: bool,
    /// Scrapped.
    pub scrapped: bool,
    /// How much of it can be read without a network.
    pub held: Held,
    /// It holds a picture.
    pub pictured: bool,
    /// The story it was found to tell, shared with other publishers' articles.
    pub story: Option<i64>,
    /// Other publishers whose copies of it it stands for.
    pub copies: u32,
}

/// One row of the list of scraps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScrapRow {
    /// Which article.
    pub id: ArticleId,
    /// When it was kept.
    pub kept: Timestamp,
    /// Headline.
    pub title: Clean,
    /// 언론사.
    pub publisher: Option<Clean>,
    /// Its address.
    pub url: Option<Clean>,
    /// When it was published.
    pub published: Option<Stamp>,
    /// It carries a note.
    pub noted: bool,
    /// Its labels.
    pub tags: Vec<Clean>,
    /// Stretches that are marked in it.
    pub marks: u32,
    /// Its page was found to say something else since.
    pub changed: bool,
}

/// One row of the list of feeds.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedRow {
    /// Which subscription.
    pub id: FeedId,
    /// Address, title, site and folder.
    pub feed: Feed,
    /// Articles held.
    pub articles: u64,
    /// Unread among them.
    pub unread: u64,
    /// When it last answered well.
    pub last_ok: Option<Timestamp>,
    /// What went wrong since, in a log's words.
    pub last_error: Option<Clean>,
    /// Failures in a row.
    pub failures: u32,
    /// When it is to be asked again.
    pub due: Timestamp,
    /// The date of its newest article: a feed may answer for years after it died.
    pub newest: Option<Timestamp>,
}

/// A saved search in this library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SavedId(pub i64);

/// A query with a name, shown among the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// Which.
    pub id: SavedId,
    /// What it is called.
    pub name: Clean,
    /// The query as it was typed.
    pub query: Clean,
}

/// In which order articles are listed.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum SortOrder {
    /// The newest first.
    #[default]
    Newest,
    /// The oldest first.
    Oldest,
    /// The unread first, the newest of them first.
    Unread,
    /// By 언론사, the newest of each first.
    Publisher,
}

impl SortOrder {
    /// All of them, in the order in which a key goes through them.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Oldest, Self::Unread, Self::Publisher];

    /// The next one.
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|o| *o == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }
}

/// Which articles to list, and in which order. The default lists all, the newest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Of this subscription.
    pub feed: Option<FeedId>,
    /// Of the subscriptions in this folder.
    pub folder: Option<Clean>,
    /// Of this 언론사.
    pub publisher: Option<Clean>,
    /// Of this story.
    pub story: Option<i64>,
    /// Unread only.
    pub unread: bool,
    /// Without the copies that another article stands for.
    pub folded: bool,
    /// Scrapped only.
    pub scrapped: bool,
    /// First listed at or after this instant.
    pub since: Option<Timestamp>,
    /// In this order.
    pub order: SortOrder,
}

/// Which part of a list, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowPage {
    /// Where to start.
    pub start: PageStart,
    /// At most so many rows.
    pub limit: usize,
}

/// Where a page starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageStart {
    /// After so many rows.
    Offset(usize),
    /// Below this row: as quick at the end of a long list as at its head.
    Below(ListPosition),
}

impl RowPage {
    /// Rows `offset .. offset + limit`.
    pub fn at(offset: usize, limit: usize) -> Self {
        Self {
            start: PageStart::Offset(offset),
            limit,
        }
    }

    /// The next rows under `place`.
    pub fn below(place: ListPosition, limit: usize) -> Self {
        Self {
            start: PageStart::Below(place),
            limit,
        }
    }
}

/// What a delivery of entries changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Articles not seen before, in the feed's order.
    pub new: Vec<ArticleId>,
    /// Articles whose words changed.
    pub updated: Vec<ArticleId>,
}

/// How many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Articles held.
    pub articles: u64,
    /// Unread among them.
    pub unread: u64,
    /// Scraps.
    pub scraps: u64,
    /// Articles that mute rules hide.
    pub muted: u64,
}
