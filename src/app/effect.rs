//! Everything the program can ask of the world. Plain data: a run can be logged, compared and replayed.

use std::sync::Arc;

use jiff::Timestamp;

use super::jobs::JobId;
use super::prefs::Prefs;
use crate::news::{Article, ArticleId, Clean, FeedId, Filter, Query, Scrap};
use crate::speech::Utterance;

/// A request to the world.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Do this; answer once, under this number.
    Start(JobId, Job),
    /// Stop that, as soon as may be.
    Cancel(JobId),
    /// Put this on the clipboard.
    Copy(Clean),
    /// Forget what is on the screen and draw all of it.
    Redraw,
    /// Stop until the shell wakes us.
    Suspend,
    /// End.
    Quit,
}

/// Where rows come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Shelf {
    /// The sources named on the command line.
    Sources,
    /// The sample edition.
    #[default]
    Sample,
    /// Everything subscribed.
    Library,
    /// 오늘의 이슈: a row a story.
    Issues,
    /// The articles of one issue.
    Story(u64),
    /// What was kept.
    Scraps,
}

/// Work that takes time or touches the world.
#[derive(Clone, Debug, PartialEq)]
pub enum Job {
    /// Rows of a shelf.
    Rows {
        /// Which.
        shelf: Shelf,
        /// Which part of the library.
        filter: Filter,
        /// Only those that answer this.
        query: Option<Query>,
        /// From this place.
        offset: usize,
        /// So many at most.
        limit: usize,
    },
    /// An article of a shelf.
    Article {
        /// Where it stands.
        shelf: Shelf,
        /// Which.
        id: ArticleId,
    },
    /// Its short news.
    Digest {
        /// Of this.
        article: Arc<Article>,
        /// So many sentences.
        sentences: usize,
    },
    /// Its short news by the language model of the settings.
    ModelNews {
        /// Of this.
        article: Arc<Article>,
        /// So many sentences.
        sentences: usize,
        /// The reader was told where the text goes, and asked again.
        agreed: bool,
    },
    /// Keep a change.
    Keep(Record),
    /// Fetch what is due.
    Refresh,
    /// Fetch the pages of unread articles, so that they can be read without a network.
    FetchAhead,
    /// Fetch the page of an article of the library.
    FullText {
        /// Which.
        id: ArticleId,
        /// Where it is.
        url: Clean,
    },
    /// Find the feed of this address and subscribe to it.
    Subscribe(Clean),
    /// What the library holds, with its counts, for the sources pane.
    Holdings,
    /// Say this.
    Say {
        /// One sentence.
        words: Utterance,
        /// Percent of the voice's own rate.
        rate: u16,
    },
    /// Show this address in the browser.
    Browse(Clean),
}

/// A change to be kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// A scrap.
    Scrap(Box<Scrap>),
    /// No scrap any more.
    Unscrap(ArticleId),
    /// Read or not.
    Read(Vec<ArticleId>, bool),
    /// Everything on the library's shelf is read, as of now.
    AllRead(Timestamp),
    /// Each as it was.
    ReadAgain(Vec<(ArticleId, bool)>),
    /// Where reading stopped: part and byte.
    Position(ArticleId, usize, usize),
    /// No subscription any more.
    Unsubscribe(FeedId),
    /// A subscription again, with all it had.
    Resubscribe(FeedId),
    /// What the reader chose on the way.
    Prefs(Prefs),
}
