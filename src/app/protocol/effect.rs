//! Everything the program can ask of the world. Plain data: a run can be logged, compared and
//! replayed.

use std::sync::Arc;

use super::jobs::JobId;
use super::prefs::Prefs;
use super::scrap_task::Errand;
use crate::app::popups::most_read::Ranking;
use crate::app::share::{Parcel, Parcelled};
use crate::news::{Annotation, Article, ArticleId, Clean, Feed, FeedId, Filter, Query, Scrap};
use crate::picture::Canvas;
use crate::speech::Utterance;
use crate::text::Frame;

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
pub enum Collection {
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
    /// Rows of a collection.
    Rows {
        /// Which.
        collection: Collection,
        /// Which part of the library.
        filter: Filter,
        /// Only those that answer this.
        query: Option<Query>,
        /// From this place.
        offset: usize,
        /// So many at most.
        limit: usize,
    },
    /// An article of a collection.
    Article {
        /// Where it stands.
        collection: Collection,
        /// Which.
        id: ArticleId,
    },
    /// Its short news.
    Summary {
        /// Of this.
        article: Arc<Article>,
        /// So many sentences.
        sentences: usize,
        /// The reader was told that the publisher wants to be asked, and asked again.
        agreed: bool,
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
    /// Fetch what these subscriptions have.
    Refresh(RefreshScope),
    /// Whether another program, or another part of this one, wrote to the library.
    Tide,
    /// Do something for scraps.
    Keeping(Errand),
    /// Fetch the pages of unread articles, so that they can be read without a network.
    FetchAhead,
    /// Fetch the page of an article of the library.
    FullText {
        /// Which.
        id: ArticleId,
        /// Where it is.
        url: Clean,
    },
    /// The publishers that come with the program.
    Outlets,
    /// Whether there is a feed at this address that is alive.
    Try(Clean),
    /// What there is to know of this publisher, one of whose articles is there.
    Home {
        /// What it is called.
        publisher: Clean,
        /// Of an article.
        address: Option<Clean>,
    },
    /// Find the feed of this address and subscribe to it.
    Subscribe(Clean),
    /// What the library holds, with its counts, for the sources pane.
    Sidebar,
    /// Hold what came against what is there: which articles tell one story, which are copies.
    Group,
    /// The other versions of this article.
    Versions(ArticleId),
    /// The first summary line of each.
    FirstLines {
        /// Where they stand.
        collection: Collection,
        /// Which.
        ids: Vec<ArticleId>,
    },
    /// Say this.
    Say {
        /// One sentence.
        words: Utterance,
        /// Percent of the voice's own rate.
        rate: u16,
    },
    /// Show this address in the browser.
    Browse(Clean),
    /// Fetch and draw a picture.
    Picture(PictureJob),
    /// Show this picture in the viewer.
    View(Clean),
    /// Put this on the system's clipboard.
    Copy(Clean),
    /// Send an article somewhere.
    Share(Parcel, Parcelled),
    /// Gather what is most read.
    MostRead,
    /// Read the page at this address, without keeping it.
    Page(Clean),
}

/// A picture to be fetched and drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureJob {
    /// Where it is.
    pub url: Clean,
    /// Where the article is that shows it.
    pub origin: Option<Clean>,
    /// How this terminal draws.
    pub canvas: Canvas,
    /// The cells that it may take.
    pub room: Frame,
    /// Somebody looks at it; else it may be passed by, and the network is not asked at once.
    pub at_once: bool,
}

/// Which subscriptions are to be fetched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RefreshScope {
    /// All.
    All,
    /// Those whose time has come.
    Due,
    /// This one.
    Feed(FeedId),
    /// Those of this folder.
    Folder(Clean),
    /// The one that brought this article.
    Of(ArticleId),
}

/// A change to be kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Record {
    /// A scrap.
    Scrap(Box<Scrap>),
    /// No scrap any more.
    Unscrap(ArticleId),
    /// One thing of a scrap is another.
    Annotate(ArticleId, Annotation),
    /// Read or not.
    Read(Vec<ArticleId>, bool),
    /// All of the library that the filter lists and the query finds is read, or not.
    All(Filter, Option<Query>, bool),
    /// All of it is kept, under this label where there is one.
    ScrapAll(Filter, Option<Query>, Option<Clean>),
    /// None of these is kept any more, and those are as they were.
    UnscrapAll(Vec<ArticleId>, Vec<Scrap>),
    /// A search, under a name.
    SaveSearch(Clean, Clean),
    /// No search under this name any more.
    ForgetSearch(Clean),
    /// What this query finds is hidden: as typed, and read.
    Mute(Clean, Query),
    /// What it hides is shown again.
    Unmute(Clean),
    /// Each as it was.
    ReadAgain(Vec<(ArticleId, bool)>),
    /// An article of the library was opened.
    Opened(ArticleId),
    /// A publisher's own ranking was seen.
    Ranking(Ranking),
    /// Where reading stopped: part and byte.
    Position(ArticleId, usize, usize),
    /// No subscription any more.
    Unsubscribe(FeedId),
    /// Subscriptions to these.
    SubscribeAll(Vec<Feed>),
    /// No subscriptions to these any more.
    UnsubscribeAll(Vec<FeedId>),
    /// A subscription again, with all it had.
    Resubscribe(FeedId),
    /// What the reader chose on the way.
    Prefs(Prefs),
}
