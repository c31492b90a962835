//! What the library worker is asked and answers.

use super::change::{Change, Changed};
use super::failure::Failure;
use super::ranking::Ranking;
use super::rows::{ArticleRequest, OpenedArticle, RowsPage, RowsRequest};
use super::table::jobs;
use crate::news::{ArticleId, Clean, Counts, Feed, FeedId, FeedRow, SavedSearch, Scrap, ScrapRow};

jobs! {
    /// Questions about the library and changes of it, done one after the other, so that each sees
    /// the changes before it.
    jobs LibraryJob;
    /// What the library worker answers.
    outcomes LibraryOutcome;

    /// Rows of a collection, but for today's issues.
    Rows(RowsRequest) => RowsPage,
    /// An article of a collection.
    Article(ArticleRequest) => OpenedArticle,
    /// A change that is to be kept.
    Change(Change) => Changed,
    /// Whether another program, or another thread of this one, wrote to the library since this was
    /// last asked.
    CheckLibraryVersion => bool,
    /// What the sources pane shows.
    Sidebar => Box<SidebarData>,
    /// The publishers that come with the program.
    Publishers => PublisherDirectory,
    /// What is known of one publisher.
    PublisherHome(PublisherHomeRequest) => Box<PublisherHome>,
    /// The rankings: those of publishers, then the reader's own.
    MostRead => Vec<Ranking>,
    /// The scrap of an article.
    Scrap(ArticleId) => ScrapLookup,
    /// The labels in use, the most frequent first.
    Labels => Vec<Clean>,
}

/// The scrap of an article, where there is one.
#[derive(Clone, Debug, PartialEq)]
pub struct ScrapLookup {
    /// The article.
    pub id: ArticleId,
    /// Its scrap.
    pub scrap: Option<Box<Scrap>>,
}

/// What the library holds, as far as the sources pane shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SidebarData {
    /// The subscriptions, by folder and title.
    pub feeds: Vec<FeedRow>,
    /// Numbers of articles and scraps.
    pub counts: Counts,
    /// Saved searches.
    pub saved: Vec<SavedSearch>,
    /// Mute rules, as typed.
    pub mutes: Vec<Clean>,
    /// The scraps.
    pub scraps: Vec<ScrapRow>,
}

/// The publishers that come with the program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublisherDirectory {
    /// Their feeds, grouped by subject (the folder).
    pub publishers: Vec<Feed>,
    /// Addresses of the feeds that are subscribed to.
    pub subscribed: Vec<Clean>,
}

/// Asks about a publisher.
#[derive(Clone, Debug, PartialEq)]
pub struct PublisherHomeRequest {
    /// Its name, as its articles have it.
    pub publisher: Clean,
    /// The address of one of its articles, by which its site is known.
    pub address: Option<Clean>,
}

/// What is known of a publisher.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PublisherHome {
    /// Its name.
    pub publisher: Clean,
    /// Its site.
    pub site: Option<Clean>,
    /// How many of its articles the library has, and how many of those are unread.
    pub articles: (u64, u64),
    /// Its feeds that are subscribed to, with their titles.
    pub feeds: Vec<(FeedId, Clean)>,
    /// Its feeds that could be subscribed to.
    pub offers: Vec<Feed>,
}
