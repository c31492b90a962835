//! What a pane answers with: what is to be asked of the world, and what is to happen in other parts
//! of the program. A pane changes only itself; `update` carries its reply out, in order.

use std::sync::Arc;

use super::geometry::Pane;
use super::input::action::Action;
use super::jobs::{JobKind, PendingChange};
use super::panes::showing::Showing;
use super::protocol::change::Change;
use super::protocol::effect::Effect;
use super::protocol::failure::Failure;
use super::protocol::job::Job;
use super::protocol::listing::Listing;
use super::protocol::message::Mouse;
use super::protocol::network::{FeedSettingsRequest, RefreshScope};
use super::protocol::prefs::{Prefs, Purpose};
use super::protocol::undo::Undo;
use crate::news::{Article, ArticleId, Clean, Point, Query, StoryId};
use crate::speech::SpokenPlace;

/// Something that concerns another part of the program than the pane that wants it.
#[derive(Clone, Debug, PartialEq)]
pub enum Intent {
    /// Say this sentence in the status line.
    Say(String),
    /// Take back what the status line says.
    ClearNotice,
    /// Say there what went wrong.
    Fail(Failure),
    /// Do an action, as if its key had been pressed so many times.
    Act(Action, usize),
    /// The same, although a popup is open.
    ActBelowPopup(Action, usize),
    /// Give this pane the keys.
    Focus(Pane),
    /// Show the other panes beside the article again.
    LeaveZen,
    /// Ask for a line of text, with this text in it to begin with.
    Prompt(Purpose, String),
    /// Close the popup.
    ClosePopup,
    /// Open the palette with this in its line.
    OpenPalette(String),
    /// Put what is chosen among the sources into the folder of this name, or name the folder so.
    FileFeeds(String),
    /// Go by the theme of this name.
    Theme(String),
    /// Close the prompt.
    ClosePrompt,
    /// A line was typed for this purpose.
    Typed(Purpose, String),
    /// Remember a line that was typed for this purpose.
    Remember(Purpose, String),
    /// Show what matches this query in the library, as typed; where it is wrong, ask for it again.
    FilterLibrary(String),
    /// Show what a refresh brought, also where the sample edition stood in for the library.
    ShowArrivals,
    /// Texts have changed: make the first lines of the list anew.
    ForgetFirstLines,
    /// Light in the open article what the list is filtered by.
    LightMatches,
    /// Have the article of the chosen row in the reader.
    Preview,
    /// The same, fetched anew where it is there already.
    PreviewAgain,
    /// Give the reader the keys, with the article of the chosen row in it.
    EnterReader,
    /// Go on reading aloud, where that waits for the article or its short news.
    ContinueListening,
    /// Open an article of a story.
    OpenInStory(StoryId, ArticleId),
    /// Show the zoomed picture over all else.
    ShowZoomedPicture,
    /// The open article is being read now, where the reader has the keys and the article has come.
    NoteOpened,
    /// Begin to choose text of the open article with the keyboard.
    BeginSelection,
    /// Give the voice the sentences of this article; the reader fetches it where it is elsewhere.
    GiveSentences(ArticleId),
    /// Choose, among the sources, the list that is shown.
    SelectShownSource,
    /// Remember where the reading of the open article stopped.
    LeaveArticle,
    /// Open an article that is not in the list: the one that is held, else the page at the address.
    OpenElsewhere(Option<ArticleId>, Clean),
    /// Fetch subscriptions.
    Refresh(RefreshScope),
    /// Go by these settings of a subscription.
    FeedSettings(Box<FeedSettingsRequest>),
    /// Put a change that was made on the undo list.
    Undoable(Undo),
    /// Set the open article anew with its annotations.
    RebuildArticle,
    /// Show this text of the open article: the page of today, or the kept copy.
    ShowText(Arc<Article>),
    /// What the sources pane shows is older than the library.
    InvalidateSidebar,
    /// Keep these preferences and go by them.
    Prefs(Box<Prefs>),
    /// Something that concerns the lists alone.
    List(ListIntent),
    /// Something that concerns the reader pane alone.
    Reader(ReaderIntent),
}

/// Something that concerns the lists alone.
#[derive(Clone, Debug, PartialEq)]
pub enum ListIntent {
    /// Filter the list by a query: as typed, and parsed.
    Filter(String, Box<Query>),
    /// Show what was there before the search was begun.
    LeaveSearch,
    /// Show a list on top of the one that is there.
    GoTo(Listing),
    /// Show a list that was chosen among the sources.
    Choose(Listing),
    /// Show the library: its rows anew where it is shown already.
    ShowLibrary,
    /// Fetch the rows of the list again.
    FetchRows,
    /// Forget the rows of the list and fetch them again.
    ReloadRows,
    /// Mark the selected row of the list as read.
    MarkSelectedRead,
    /// Mark an article as a scrap, or as none, wherever it is listed.
    MarkScrapped(ArticleId, bool),
    /// Show these labels of an article wherever it is listed.
    MarkLabels(ArticleId, Vec<Clean>),
    /// Show wherever an article is listed whether it is in the read-later queue.
    MarkLater(ArticleId, bool),
    /// Select the row of this article, where the list has it.
    SelectArticle(ArticleId),
}

/// Something that concerns the reader pane alone.
#[derive(Clone, Debug, PartialEq)]
pub enum ReaderIntent {
    /// Show the body of articles, or their short news.
    Show(Showing),
    /// Show the picture that many further on, in the full view.
    StepPicture(isize),
    /// Search for these words in the open article.
    FindWords(String),
    /// Note whether this article is in the read-later queue.
    SetQueued(ArticleId, bool),
    /// The search for these words ended: say so if they are not there.
    FoundWords(String),
    /// The search in the open article was given up: show what was there before it.
    LeaveFind,
    /// Have the short news of the open article where it is to be shown; of one that is still on its
    /// way they are asked for when it comes.
    EnsureShortNews,
    /// The mouse did this over the article.
    Mouse(Mouse),
    /// Emphasize this place of the article, which is being read aloud.
    Light(ArticleId, SpokenPlace),
    /// Emphasize no sentence of the open article.
    PutOutSpotlight,
    /// Go to the sentence of the article that was asked for before it came.
    Land,
    /// Show the short news by a language model, or the local one again.
    AskModel,
    /// Bring this stretch of the article's body into view.
    ShowSpan(Point, Point),
}

impl From<ListIntent> for Intent {
    fn from(intent: ListIntent) -> Self {
        Self::List(intent)
    }
}

impl From<ReaderIntent> for Intent {
    fn from(intent: ReaderIntent) -> Self {
        Self::Reader(intent)
    }
}

/// One thing that a pane wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// Start a job beside those of its kind.
    Start(JobKind, Job),
    /// Start a job in place of the one of its kind that is under way.
    Restart(JobKind, Job),
    /// Cancel the jobs of a kind.
    Cancel(JobKind),
    /// Cancel the jobs of all pictures in the text.
    CancelInlinePictures,
    /// Have a change of the library kept.
    Change(Change, PendingChange),
    /// Ask something else of the world.
    Effect(Effect),
    /// Something for another part of the program.
    Intent(Intent),
}

/// What a pane wants done, in order.
#[must_use]
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reply(Vec<Request>);

impl Reply {
    /// Nothing.
    pub fn none() -> Self {
        Self::default()
    }

    /// What is wanted, in order.
    pub fn into_requests(self) -> Vec<Request> {
        self.0
    }

    /// Whether nothing is wanted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Starts a job beside those of its kind.
    pub fn start(mut self, kind: JobKind, job: impl Into<Job>) -> Self {
        self.0.push(Request::Start(kind, job.into()));
        self
    }

    /// Starts a job in place of the one of its kind that is under way.
    pub fn restart(mut self, kind: JobKind, job: impl Into<Job>) -> Self {
        self.0.push(Request::Restart(kind, job.into()));
        self
    }

    /// Cancels the jobs of a kind.
    pub fn cancel(mut self, kind: JobKind) -> Self {
        self.0.push(Request::Cancel(kind));
        self
    }

    /// Cancels the jobs of all pictures in the text.
    pub fn cancel_inline_pictures(mut self) -> Self {
        self.0.push(Request::CancelInlinePictures);
        self
    }

    /// Has a change of the library kept.
    pub fn change(mut self, change: Change, pending: PendingChange) -> Self {
        self.0.push(Request::Change(change, pending));
        self
    }

    /// Asks something else of the world.
    pub fn effect(mut self, effect: Effect) -> Self {
        self.0.push(Request::Effect(effect));
        self
    }

    /// Wants something of another part of the program.
    pub fn intent(mut self, intent: impl Into<Intent>) -> Self {
        self.0.push(Request::Intent(intent.into()));
        self
    }

    /// Says a sentence in the status line.
    pub fn say(self, text: String) -> Self {
        self.intent(Intent::Say(text))
    }

    /// Says what went wrong in the status line.
    pub fn fail(self, failure: Failure) -> Self {
        self.intent(Intent::Fail(failure))
    }

    /// All but the sentences for the status line.
    pub fn without_notices(mut self) -> Self {
        self.0
            .retain(|request| !matches!(request, Request::Intent(Intent::Say(_))));
        self
    }

    /// What is wanted here, then what is wanted there.
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}
