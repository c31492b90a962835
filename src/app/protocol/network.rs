//! Jobs of the network workers and their results: everything slow that is neither a picture nor
//! speech.

use std::sync::Arc;

use super::failure::Failure;
use super::rows::{Collection, OpenedArticle};
use super::rules::{RuleCommand, RuleReport};
use super::sharing::ShareRequest;
use super::table::jobs;
use crate::config::FeedSettings;
use crate::news::{
    Article, ArticleId, Clean, Feed, FeedId, PageObservation, Passage, Problem, Query, Stamp,
    Summary,
};

jobs! {
    /// Slow work, done by several threads in parallel.
    jobs NetworkJob;
    /// The results of the network workers' jobs.
    outcomes NetworkOutcome;

    /// Reads the sources given on the command line, so that their rows can be listed. The result
    /// names those that could not be read.
    ReadSources => Vec<Failure>,
    /// Summarises an article on this machine.
    Summary(SummaryRequest) => MadeSummary,
    /// Summarises an article with the language model from the settings.
    ModelSummary(SummaryRequest) => MadeSummary,
    /// Fetches subscriptions.
    Refresh(RefreshScope) => RefreshReport,
    /// Brings the library and the user's server into step; `None` where no server is set up.
    Sync => Option<SyncOutcome>,
    /// Applies the rules of the settings to the articles that arrived.
    ApplyRules => RuleReport,
    /// Writes the settings of a subscription into their file.
    KeepFeedSettings(FeedSettingsRequest) => (),
    /// Runs the commands that rules ask for. The result names those that failed.
    RunCommands(Vec<RuleCommand>) => Vec<Failure>,
    /// Exchanges with the user's other machines through a folder; `None` where none is set.
    Exchange => Option<ExchangeOutcome>,
    /// Fetches the pages of unread articles, so that they can be read offline. The result is how
    /// many were stored.
    FetchAhead => usize,
    /// The same for the articles of the read-later queue.
    FetchLater => usize,
    /// Fetches the page of an article in the library, and stores it if it has more text.
    FullText(FullTextRequest) => FetchedText,
    /// The same for an article that was opened and of which only the beginning is there.
    Rest(FullTextRequest) for id: ArticleId => OpenedArticle,
    /// Reads a page without storing it.
    Page(PageRequest) => OpenedArticle,
    /// Finds the feed at or behind this address and subscribes to it.
    Subscribe(Clean) => Feed,
    /// Checks whether the feed at an address works.
    TryFeed(TrialRequest) for address: Clean => FeedTrial,
    /// The first line of each article's summary; empty for an article without one.
    FirstLines(FirstLinesRequest) => Vec<(ArticleId, Clean)>,
    /// Opens a page in the browser.
    Browse(PageRequest) => (),
    /// Opens the picture at this address in the viewer.
    ViewPicture(Clean) => (),
    /// Puts this text on the clipboard with a program of the system.
    Copy(Clean) => (),
    /// Sends an article somewhere. The result names the file or program that it went to.
    Share(ShareRequest) => Clean,
    /// Completes these scraps: summarises them, fetches their pictures and updates their files in
    /// the mirror folder.
    CompleteScraps(Vec<ArticleId>) => Vec<ArticleId>,
    /// Writes scraps or an article to a folder or file.
    Export(ExportRequest) => ExportReport,
    /// Prints an article.
    Print(Arc<Article>) => Printout,
    /// Writes the newspaper of today into the folder of the settings.
    Edition => EditionMade,
    /// Compares a scrap with its page as it is today.
    CheckPage(PageCheckRequest) => PageCheck,
}

/// Asks for a summary of an article.
#[derive(Clone, Debug, PartialEq)]
pub struct SummaryRequest {
    /// The article to summarise, with its blocks.
    pub article: Arc<Article>,
    /// The largest number of sentences.
    pub sentences: usize,
    /// The search in force: the sentences that answer it are given where there are any.
    pub query: Option<Query>,
    /// Whether the user has already agreed: that the publisher wants to be asked first, or that
    /// the text is sent to a server.
    pub agreed: bool,
}

/// A summary that was made.
#[derive(Clone, Debug, PartialEq)]
pub struct MadeSummary {
    /// The article that was summarised.
    pub article: ArticleId,
    /// The sentences, each with its source in the article.
    pub summary: Summary,
    /// Whether its sentences are those that answer a search.
    pub answers_search: bool,
    /// The places in the article of the sentences that the summary's lines refer to.
    pub sources: Vec<Passage>,
}

/// Which subscriptions to fetch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefreshScope {
    /// All of them.
    All,
    /// Those that are due by their interval.
    Due,
    /// This one only.
    Feed(FeedId),
    /// Those in this folder.
    Folder(Clean),
    /// The one that this article came from.
    Of(ArticleId),
}

/// Settings of a subscription, to be kept.
#[derive(Clone, Debug, PartialEq)]
pub struct FeedSettingsRequest {
    /// The subscription's address.
    pub url: Clean,
    /// Its settings.
    pub settings: FeedSettings,
}

/// The result of a refresh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RefreshReport {
    /// The number of new articles.
    pub new: usize,
    /// The number of feeds that were fetched.
    pub feeds: usize,
    /// The number of feeds that failed.
    pub failed: usize,
    /// The number of feeds that were larger than the limit, and of which the beginning was read.
    pub cut: usize,
}

/// The result of a sync.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SyncOutcome {
    /// The number of new articles.
    pub new: usize,
    /// The number of marks, labels and texts that changed here.
    pub changed: usize,
    /// The number of changes that the server confirmed.
    pub sent: usize,
    /// The number of subscriptions that the server refused.
    pub refused: usize,
}

/// The result of an exchange.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExchangeOutcome {
    /// The number of articles, scraps and subscriptions that changed here.
    pub changed: usize,
    /// The number of acts that were written for the others.
    pub sent: usize,
    /// A file that was not read, or not to its end.
    pub unread: Option<String>,
}

/// Asks for a page: one that an article or a list of a publisher names, or a known one.
#[derive(Clone, Debug, PartialEq)]
pub struct PageRequest {
    /// The page's address.
    pub url: Clean,
    /// The article that names it, and where that was read from ([`Article::origin`]): the address
    /// may lead no further into a private network. `None` where the reader chose it by itself.
    pub named_by: Option<(ArticleId, Clean)>,
}

impl PageRequest {
    /// Asks for a page that the reader chose.
    pub fn chosen(url: Clean) -> Self {
        Self {
            url,
            named_by: None,
        }
    }
}

/// Asks for the page of an article in the library.
#[derive(Clone, Debug, PartialEq)]
pub struct FullTextRequest {
    /// The article.
    pub id: ArticleId,
    /// The page's address.
    pub url: Clean,
}

/// What fetching the page of an article gave.
#[derive(Clone, Debug, PartialEq)]
pub struct FetchedText {
    /// The article as it is now: with the page's text, or as it was where the page has less.
    pub opened: OpenedArticle,
    /// Whether `opened` has the page's text.
    pub is_taken: bool,
    /// Whether the page is about something else than the article.
    pub is_other: bool,
    /// Why the page can't be read as an article.
    pub problem: Option<Problem>,
}

/// Asks whether a feed works.
#[derive(Clone, Debug, PartialEq)]
pub struct TrialRequest {
    /// The feed's address.
    pub address: Clean,
}

/// A feed that works.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FeedTrial {
    /// The number of articles that it lists.
    pub articles: usize,
    /// When the newest of them was published; `None` without a date.
    pub newest: Option<Stamp>,
}

/// Asks for the first lines of summaries.
#[derive(Clone, Debug, PartialEq)]
pub struct FirstLinesRequest {
    /// The collection in which the articles are listed.
    pub collection: Collection,
    /// The articles.
    pub ids: Vec<ArticleId>,
}

/// Asks for an export.
#[derive(Clone, Debug, PartialEq)]
pub struct ExportRequest {
    /// What is exported.
    pub source: ExportSource,
    /// Path of a folder, or of a file whose extension names the format.
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

/// The result of an export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportReport {
    /// The number of files written.
    pub written: usize,
    /// The number of files left alone because the user had edited them.
    pub skipped: usize,
    /// Path of the file or folder that was written to.
    pub path: String,
}

/// Where a printed article went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printout {
    /// The printer of this name; empty for the system's default printer.
    Printer(String),
    /// A PDF file at this path, as there is no printer.
    Pdf(String),
    /// A text file at this path, as there is neither a printer nor a font to make a PDF with.
    Text(String),
}

/// An edition that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionMade {
    /// The file, or the folder of sound files.
    pub path: String,
    /// The number of its articles.
    pub articles: usize,
    /// The program that sent it on.
    pub sent: Option<String>,
}

/// Asks for a comparison of a scrap with its page of today.
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
    /// When the page was fetched, and how it compares with the scrap.
    pub observation: PageObservation,
    /// The page as it is today, if its text differs from the scrap's.
    pub article: Option<Arc<Article>>,
}
