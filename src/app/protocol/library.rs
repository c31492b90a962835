//! Jobs of the library worker and their results.

use super::change::{Change, Changed};
use super::failure::Failure;
use super::ranking::Ranking;
use super::rows::{ArticleRequest, OpenedArticle, RowsPage, RowsRequest};
use super::table::jobs;
use crate::dictionary::LookedUp;
use crate::news::{ArticleId, Clean, Counts, Feed, FeedId, FeedRow, SavedSearch, Scrap, ScrapRow};

jobs! {
    /// Reads and changes of the library, done in the order in which they are sent, so that a read
    /// sees all changes made before it.
    jobs LibraryJob;
    /// The results of the library worker's jobs.
    outcomes LibraryOutcome;

    /// Reads rows of a collection, except for today's issues, which the story worker lists.
    Rows(RowsRequest) => RowsPage,
    /// Reads an article of a collection.
    Article(ArticleRequest) => OpenedArticle,
    /// Stores a change.
    Change(Change) => Changed,
    /// Checks whether another program or thread wrote to the library since the last check.
    CheckLibraryVersion => bool,
    /// Reads what the sources pane shows.
    Sidebar => Box<SidebarData>,
    /// Reads the publishers that come with the program.
    Publishers => PublisherDirectory,
    /// Reads what is known of one publisher.
    PublisherHome(PublisherHomeRequest) => Box<PublisherHome>,
    /// Reads the rankings: those of publishers, then the user's own.
    MostRead => Vec<Ranking>,
    /// Looks a word up in the user's dictionaries, and adds it to those that were looked up.
    LookUp(WordRequest) => LookedUp,
    /// Reads the scrap of an article.
    Scrap(ArticleId) => ScrapLookup,
    /// Reads the labels in use, the most frequent first.
    Labels => Vec<Clean>,
}

/// The scrap of an article, if it has one.
#[derive(Clone, Debug, PartialEq)]
pub struct ScrapLookup {
    /// The article that was asked for.
    pub id: ArticleId,
    /// Its scrap; `None` if it is not scrapped.
    pub scrap: Option<Box<Scrap>>,
}

/// The contents of the sources pane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SidebarData {
    /// The subscriptions, sorted by folder and title.
    pub feeds: Vec<FeedRow>,
    /// Numbers of articles and scraps, all and unread.
    pub counts: Counts,
    /// The saved searches.
    pub saved: Vec<SavedSearch>,
    /// The mute rules, as typed.
    pub mutes: Vec<Clean>,
    /// All scraps, the latest first.
    pub scraps: Vec<ScrapRow>,
}

/// Asks for a word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WordRequest {
    /// As it stands there.
    pub eojeol: Clean,
    /// The text around it, from which its sentence is taken.
    pub near: String,
    /// The byte of that text at which it begins.
    pub at: usize,
}

/// The publishers that come with the program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublisherDirectory {
    /// Their feeds, grouped by subject (the folder).
    pub publishers: Vec<Feed>,
    /// Addresses of the feeds that the user is subscribed to.
    pub subscribed: Vec<Clean>,
}

/// Asks for what is known of a publisher.
#[derive(Clone, Debug, PartialEq)]
pub struct PublisherHomeRequest {
    /// The publisher's name, as its articles give it.
    pub publisher: Clean,
    /// The address of one of its articles, which identifies its site.
    pub address: Option<Clean>,
}

/// What is known of a publisher.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublisherHome {
    /// Its name.
    pub publisher: Clean,
    /// The address of its front page, if it is known.
    pub site: Option<Clean>,
    /// How many of its articles are in the library, and how many of those are unread.
    pub articles: (u64, u64),
    /// The user's subscriptions to it: id and title.
    pub feeds: Vec<(FeedId, Clean)>,
    /// Feeds of it that the reader is not subscribed to.
    pub offers: Vec<Feed>,
}
