//! Everything that can happen to the program.

use std::sync::Arc;

use jiff::Timestamp;

use super::abilities::Abilities;
use super::effect::Collection;
use super::failure::Failure;
use super::jobs::JobId;
use super::scrap_task::Report;
use crate::app::geometry::Screen;
use crate::app::input::key::Key;
use crate::app::panes::list::Row;
use crate::app::panes::sources::SidebarData;
use crate::app::popups::most_read::Ranking;
use crate::app::popups::publisher_home::Home;
use crate::news::{
    Article, ArticleId, Clean, Feed, FeedId, Issue, Scrap, Stamp, Summary, Versions,
};
use crate::picture::Drawn;

/// Something happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The reader looks at the terminal again.
    FocusGained,
    /// The terminal has another size.
    Resized(Screen),
    /// A cell of the terminal has so many pixels, across and down.
    Cell(u16, u16),
    /// The terminal has answered what it does.
    Terminal(Box<Abilities>),
    /// It is now this late. Sent before anything else that happens in a later minute.
    Clock(Timestamp),
    /// The time has come that the program asked to be woken at.
    Due,
    /// The library's file was written to.
    LibraryChanged,
    /// News of a job.
    Job(JobId, JobEvent),
    /// The system asks us to stop until we are continued.
    Stop,
    /// Back from the shell: the whole screen is to be drawn again.
    Resumed,
    /// The terminal or the system asks us to end.
    Hangup,
}

impl Message {
    /// What kind of thing happened, for the log.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Key(_) => "key",
            Self::Paste(_) => "paste",
            Self::Mouse(_) => "mouse",
            Self::Resized(_) => "resized",
            Self::Terminal(_) => "terminal",
            Self::Clock(_) => "clock",
            Self::Job(_, JobEvent::Progress(_)) => "progress",
            Self::Job(_, JobEvent::Done(Ok(_))) => "done",
            Self::Job(_, JobEvent::Done(Err(_))) => "failed",
            Self::Due => "due",
            Self::LibraryChanged => "library-changed",
            Self::Stop => "stop",
            Self::Resumed => "resumed",
            Self::Hangup => "hangup",
            _ => "other",
        }
    }
}

/// What the mouse did, at a column and row from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub kind: MouseKind,
    /// Column.
    pub x: u16,
    /// Row.
    pub y: u16,
}

/// Kinds of mouse events we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Press,
    /// The pointer moved with the left button down.
    Drag,
    /// The left button went up.
    Release,
    /// Wheel away from the reader.
    WheelUp,
    /// Wheel towards.
    WheelDown,
}

/// News of a job.
#[derive(Clone, Debug, PartialEq)]
pub enum JobEvent {
    /// So far.
    Progress(Progress),
    /// Its one answer.
    Done(Result<Outcome, Failure>),
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Units done.
    pub done: u64,
    /// Of so many, where that is known.
    pub total: Option<u64>,
}

/// What a job was asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Rows of a collection.
    Rows {
        /// Which.
        collection: Collection,
        /// The first row's place.
        offset: usize,
        /// The rows.
        rows: Vec<Row>,
        /// How many the collection holds.
        total: usize,
        /// How many of them are unread.
        unread: usize,
        /// What could not be read on the way.
        failures: Vec<Failure>,
    },
    /// An article, and the part and byte where its reading stopped.
    Article(Arc<Article>, Option<(usize, usize)>),
    /// The short news of an article.
    Summary(
        ArticleId,
        Summary,
        Vec<crate::app::panes::reader::SourceSentence>,
    ),
    /// One of today's issues, told.
    Issue(Arc<Issue>),
    /// Articles were held against each other; whether the list looks otherwise now.
    Grouped(bool),
    /// The versions of an article.
    Versions(Arc<Versions>),
    /// First summary lines, empty where an article has none.
    FirstLines(Vec<(ArticleId, Clean)>),
    /// A change is kept.
    Kept,
    /// Something was done for scraps.
    Keeping(Report),
    /// A scrap is gone; this is what it was.
    Unscrapped(Box<Scrap>),
    /// Articles were marked; these are what they were before.
    Marked(Vec<(ArticleId, bool)>),
    /// Articles are hidden now, so many by this rule.
    Muted(Clean, usize),
    /// Articles were kept; those that had been kept before are here as they were.
    ScrappedAll(Vec<ArticleId>, Vec<Scrap>),
    /// Whether the library was written to by others.
    Tide(bool),
    /// A refresh ended: articles that came.
    Refreshed {
        /// New articles.
        new: usize,
        /// Feeds that answered.
        feeds: usize,
        /// Feeds that did not.
        failed: usize,
    },
    /// Pages came; so many.
    FetchedAhead(usize),
    /// What the library holds.
    SidebarData(Box<SidebarData>),
    /// The publishers that come with the program, and the addresses that are subscribed to.
    Outlets(Vec<Feed>, Vec<Clean>),
    /// A feed is alive: its articles, and the date of the newest.
    Tried(usize, Option<Stamp>),
    /// A publisher.
    Home(Box<Home>),
    /// Subscriptions were made.
    SubscribedAll(Vec<FeedId>),
    /// A subscription was made.
    Subscribed(Feed),
    /// The sentence has been said.
    Said,
    /// It has been said by another voice, since the first one fails: names of both.
    SaidInstead(Clean, Clean),
    /// The desktop did what was asked.
    Opened,
    /// A picture.
    Picture(Arc<Drawn>),
    /// Sent; to this file or program.
    Shared(Clean),
    /// Rankings.
    MostRead(Vec<Ranking>),
}
