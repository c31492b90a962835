//! Rows of the lists of articles, scraps and feeds, and the filters that select them. Rows hold
//! what a list shows, never the text of an article, so that a long list stays cheap.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{ArticleId, Clean, Feed, Stamp};

/// A subscription in this library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedId(pub i64);

/// The position of an article in the list; newer is greater. It never changes while the article is
/// in the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ListPosition(pub i64);

/// How much of an article's text is stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StoredText {
    /// Only its headline.
    #[default]
    Headline,
    /// The text from the feed, often only a summary.
    Feed,
    /// The text of its page, or of a source that was opened.
    Page,
}

/// One row of the list of articles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    /// The article's identifier.
    pub id: ArticleId,
    /// Its position, from which the next page of rows is requested.
    pub place: ListPosition,
    /// The subscription that listed it first.
    pub feed: Option<FeedId>,
    /// The publisher; the feed's title if the article names none.
    pub publisher: Option<Clean>,
    /// Headline.
    pub title: Clean,
    /// Its address.
    pub url: Option<Clean>,
    /// When it was published, according to the publisher.
    pub published: Option<Stamp>,
    /// When this library first saw it.
    pub first_seen: Timestamp,
    /// Whether the reader has read it.
    pub read: bool,
    /// Whether it is a scrap.
    pub scrapped: bool,
    /// How much of its text is available offline.
    pub stored_text: StoredText,
    /// Whether its body has a picture.
    pub pictured: bool,
    /// The story that it belongs to, shared with other publishers' articles.
    pub story: Option<i64>,
    /// The number of other publishers' copies of it that this row stands for.
    pub copies: u32,
    /// How often its publisher was seen to have rewritten it.
    pub revisions: u32,
    /// When that was seen last.
    pub revised: Option<Timestamp>,
    /// Since when it is in the read-later queue.
    pub later: Option<Timestamp>,
}

/// An article's place in the read-later queue: since when it waits there, `None` where it is not in
/// it.
pub type QueuePlace = (ArticleId, Option<Timestamp>);

/// One row of the list of scraps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScrapRow {
    /// The article's identifier.
    pub id: ArticleId,
    /// When it was scrapped.
    pub kept: Timestamp,
    /// Headline.
    pub title: Clean,
    /// 언론사.
    pub publisher: Option<Clean>,
    /// Its address.
    pub url: Option<Clean>,
    /// When it was published.
    pub published: Option<Stamp>,
    /// Whether the reader wrote a note about it.
    pub noted: bool,
    /// Its labels.
    pub tags: Vec<Clean>,
    /// The number of highlights in it.
    pub marks: u32,
    /// Whether its page was found to have changed since.
    pub changed: bool,
}

/// One row of the list of feeds.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedRow {
    /// The subscription's identifier.
    pub id: FeedId,
    /// Address, title, site and folder.
    pub feed: Feed,
    /// Number of articles stored.
    pub articles: u64,
    /// Number of unread ones among them.
    pub unread: u64,
    /// When it was last fetched successfully.
    pub last_ok: Option<Timestamp>,
    /// The last failure after that, in the words of the log.
    pub last_error: Option<Clean>,
    /// Number of consecutive failures.
    pub failures: u32,
    /// When it is due to be fetched next.
    pub due: Timestamp,
    /// The date of its newest article: an abandoned feed may answer for years.
    pub newest: Option<Timestamp>,
}

/// A saved search in this library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SavedId(pub i64);

/// A query with a name, shown among the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedSearch {
    /// Its identifier in the library.
    pub id: SavedId,
    /// Its name.
    pub name: Clean,
    /// The query as it was typed.
    pub query: Clean,
}

/// The order in which articles are listed.
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
    /// All orders, as a key cycles through them.
    pub const ALL: [Self; 4] = [Self::Newest, Self::Oldest, Self::Unread, Self::Publisher];

    /// The next order in that cycle.
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|o| *o == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }
}

/// Which articles to list, and in which order. The default lists all, the newest first. Conditions
/// are combined with "and".
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
    /// Whether to leave out articles that another article stands for as a copy.
    pub folded: bool,
    /// Scrapped only.
    pub scrapped: bool,
    /// Of the read-later queue only, whatever else would hide them; the longest waiting first,
    /// whatever the order.
    pub later: bool,
    /// First listed at or after this time.
    pub since: Option<Timestamp>,
    /// In this order.
    pub order: SortOrder,
}

/// Which part of a list, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowPage {
    /// Where the page starts.
    pub start: PageStart,
    /// The most rows to return.
    pub limit: usize,
}

/// Where a page starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageStart {
    /// After this number of rows.
    Offset(usize),
    /// Below this row; as fast at the end of a long list as at its beginning.
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

    /// The next rows below `place`.
    pub fn below(place: ListPosition, limit: usize) -> Self {
        Self {
            start: PageStart::Below(place),
            limit,
        }
    }
}

/// What adding the entries of one feed changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Articles that were not known before, in the feed's order.
    pub new: Vec<ArticleId>,
    /// Articles whose text changed.
    pub updated: Vec<ArticleId>,
}

impl Added {
    /// Adds what a further part of the feed changed.
    pub fn extend(&mut self, further: Self) {
        self.new.extend(further.new);
        self.updated.extend(further.updated);
    }
}

/// The sizes of the library, as the sidebar shows them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Number of articles stored.
    pub articles: u64,
    /// Number of unread ones among them.
    pub unread: u64,
    /// Number of scraps.
    pub scraps: u64,
    /// Number of articles in the read-later queue.
    pub later: u64,
    /// Number of articles hidden by mute rules.
    pub muted: u64,
}
