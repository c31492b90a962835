//! Changes of the library and their results.

use super::prefs::Prefs;
use super::ranking::Ranking;
use super::rules::RuleChanges;
use crate::news::{Annotation, ArticleId, Clean, Feed, FeedId, Filter, Query, QueuePlace, Scrap};

/// A change to be stored in the library.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Saves an article as a scrap.
    Scrap(Box<Scrap>),
    /// Deletes a scrap.
    Unscrap(ArticleId),
    /// Replaces one annotation of a scrap.
    Annotate(ArticleId, Annotation),
    /// Marks these articles as read, or as unread.
    Read(Vec<ArticleId>, bool),
    /// Marks all articles that match the filter and the query as read (`true`) or unread.
    All(Filter, Option<Query>, bool),
    /// Saves all matching articles as scraps, under this label if there is one.
    ScrapAll(Filter, Option<Query>, Option<Clean>),
    /// Deletes these scraps, and restores the second ones to the state given.
    UnscrapAll(Vec<ArticleId>, Vec<Scrap>),
    /// Saves a search: its name and its query.
    SaveSearch(Clean, Clean),
    /// Deletes the saved search with this name.
    ForgetSearch(Clean),
    /// Adds a mute rule: the query as typed, and parsed. Matching articles are hidden.
    Mute(Clean, Query),
    /// Deletes the mute rule that was typed like this.
    Unmute(Clean),
    /// Puts an article into the read-later queue, or takes it out where it is there.
    ToggleLater(ArticleId),
    /// Takes an article out of the read-later queue: it was read to its end.
    ReadThrough(ArticleId),
    /// Restores the places of these articles in the read-later queue.
    QueueAgain(Vec<QueuePlace>),
    /// Restores the read marks of these articles.
    ReadAgain(Vec<(ArticleId, bool)>),
    /// Takes back what rules changed.
    UndoRules(Box<RuleChanges>),
    /// Counts that an article of the library was opened, for the user's own ranking.
    Opened(ArticleId),
    /// Stores a publisher's ranking.
    Ranking(Ranking),
    /// Stores where reading stopped: the index of the document's part, and the byte in it.
    Position(ArticleId, usize, usize),
    /// Ends a subscription.
    Unsubscribe(FeedId),
    /// Subscribes to these feeds.
    SubscribeAll(Vec<Feed>),
    /// Ends these subscriptions.
    UnsubscribeAll(Vec<FeedId>),
    /// Restores a subscription that was ended, with all its articles.
    Resubscribe(FeedId),
    /// Puts these subscriptions into folders; `None` for no folder.
    FileFeeds(Vec<(FeedId, Option<Clean>)>),
    /// Stores the choices that the user made with keys.
    Prefs(Prefs),
}

/// The result of a change, as far as undoing or reporting it needs more than the change itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Changed {
    /// Nothing beyond what was asked.
    Done,
    /// A scrap was deleted; the scrap as it was.
    Unscrapped(Box<Scrap>),
    /// Articles were marked; the read marks that they had before.
    Marked(Vec<(ArticleId, bool)>),
    /// Articles have other places in the read-later queue; those that they had before.
    Queued(Vec<QueuePlace>),
    /// A mute rule was added: as typed, and how many articles it hides.
    Muted(Clean, usize),
    /// These articles were scrapped; the second list holds those that were scraps before, as they
    /// were.
    ScrappedAll(Vec<ArticleId>, Vec<Scrap>),
    /// These subscriptions were added.
    SubscribedAll(Vec<FeedId>),
}
