//! What the network workers are asked and answer: all that takes long and is neither pictures nor
//! speech.

use std::sync::Arc;

use super::failure::Failure;
use super::rows::{Collection, OpenedArticle};
use super::sharing::ShareRequest;
use super::table::jobs;
use crate::news::{
    Article, ArticleId, Clean, Feed, FeedId, PageObservation, Passage, Stamp, Summary,
};

jobs! {
    /// Work that takes long, done by several threads side by side.
    jobs NetworkJob;
    /// What the network workers answer.
    outcomes NetworkOutcome;

    /// Reads the sources of the command line, for their rows to be asked for; what could not be
    /// read is the answer.
    ReadSources => Vec<Failure>,
    /// The short news of an article, made by this machine.
    Summary(SummaryRequest) => MadeSummary,
    /// The short news by the language model of the settings.
    ModelSummary(SummaryRequest) => MadeSummary,
    /// Fetches subscriptions.
    Refresh(RefreshScope) => RefreshReport,
    /// Fetches the pages of unread articles, so that they can be read without a network; how many
    /// came.
    FetchAhead => usize,
    /// Fetches the page of an article of the library, and keeps it where it is fuller.
    FullText(FullTextRequest) => OpenedArticle,
    /// Reads the page at this address without keeping it.
    Page(Clean) => OpenedArticle,
    /// Finds the feed of this address and subscribes to it.
    Subscribe(Clean) => Feed,
    /// Whether the feed at an address is alive.
    TryFeed(TrialRequest) for address: Clean => FeedTrial,
    /// The first summary line of each article; empty where it has none.
    FirstLines(FirstLinesRequest) => Vec<(ArticleId, Clean)>,
    /// Shows this address in the browser.
    Browse(Clean) => (),
    /// Shows the picture of this address in the viewer.
    ViewPicture(Clean) => (),
    /// Puts this on the system's clipboard.
    Copy(Clean) => (),
    /// Sends an article somewhere; the name of the file or program that it went to.
    Share(ShareRequest) => Clean,
    /// Makes the short news of these scraps, fetches their pictures and brings their files up to
    /// date.
    CompleteScraps(Vec<ArticleId>) => Vec<ArticleId>,
    /// Writes scraps or an article to a folder or file.
    Export(ExportRequest) => ExportReport,
    /// Prints an article.
    Print(Arc<Article>) => Printout,
    /// Compares a scrap with its page as it is today.
    CheckPage(PageCheckRequest) => PageCheck,
}

/// Asks for a short news.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryRequest {
    /// The article.
    pub article: Arc<Article>,
    /// How many sentences at most.
    pub sentences: usize,
    /// The reader knows that the publisher wants to be asked, or where the text is sent, and asked
    /// again.
    pub agreed: bool,
}

/// A short news.
#[derive(Clone, Debug, PartialEq)]
pub struct MadeSummary {
    /// The article that it is made of.
    pub article: ArticleId,
    /// The short news.
    pub summary: Summary,
    /// Where the sentences that its lines name stand in the article.
    pub sources: Vec<Passage>,
}

/// Which subscriptions are to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefreshScope {
    /// All.
    All,
    /// Those that are due.
    Due,
    /// This one.
    Feed(FeedId),
    /// Those of this folder.
    Folder(Clean),
    /// The one that brought this article.
    Of(ArticleId),
}

/// How a refresh ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RefreshReport {
    /// New articles.
    pub new: usize,
    /// Feeds that answered.
    pub feeds: usize,
    /// Feeds that did not.
    pub failed: usize,
}

/// Asks for the page of an article of the library.
#[derive(Clone, Debug, PartialEq)]
pub struct FullTextRequest {
    /// The article.
    pub id: ArticleId,
    /// The page's address.
    pub url: Clean,
}

/// Asks whether a feed is alive.
#[derive(Clone, Debug, PartialEq)]
pub struct TrialRequest {
    /// The feed's address.
    pub address: Clean,
}

/// A feed that is alive.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FeedTrial {
    /// How many articles it lists.
    pub articles: usize,
    /// When the newest of them was published.
    pub newest: Option<Stamp>,
}

/// Asks for first summary lines.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstLinesRequest {
    /// Where the articles are listed.
    pub collection: Collection,
    /// The articles.
    pub ids: Vec<ArticleId>,
}

/// Asks for an export.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportRequest {
    /// What is exported.
    pub source: ExportSource,
    /// Path of a folder, or of a file whose ending names the format.
    pub path: String,
}

/// What is exported.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportSource {
    /// These scraps.
    Scraps(Vec<ArticleId>),
    /// An article that is not scrapped.
    Article(Arc<Article>),
}

/// How an export ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportReport {
    /// Files written.
    pub written: usize,
    /// Files left alone, since the reader had changed them.
    pub skipped: usize,
    /// Path of the file or folder.
    pub path: String,
}

/// Where a printed article went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printout {
    /// To the printer of this name; empty for the system's default.
    Printer(String),
    /// There is no printer: to a PDF file of this path.
    Pdf(String),
    /// There is neither printer nor program that makes a PDF: to a text file of this path.
    Text(String),
}

/// Asks for a scrap's page of today.
#[derive(Clone, Debug, PartialEq)]
pub struct PageCheckRequest {
    /// The scrap.
    pub id: ArticleId,
    /// The page's address.
    pub url: Clean,
}

/// A scrap's page as it is today.
#[derive(Clone, Debug, PartialEq)]
pub struct PageCheck {
    /// The scrap.
    pub id: ArticleId,
    /// When the page was fetched, and how it compares with the copy.
    pub observation: PageObservation,
    /// The page, where it says something else than the copy.
    pub article: Option<Arc<Article>>,
}
