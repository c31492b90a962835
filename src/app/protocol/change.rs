//! Changes of the library, and what they did.

use super::prefs::Prefs;
use super::ranking::Ranking;
use crate::news::{Annotation, ArticleId, Clean, Feed, FeedId, Filter, Query, Scrap};

/// A change that is to be kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Makes a scrap.
    Scrap(Box<Scrap>),
    /// Deletes a scrap.
    Unscrap(ArticleId),
    /// Replaces one annotation of a scrap.
    Annotate(ArticleId, Annotation),
    /// Marks these articles as read, or as unread.
    Read(Vec<ArticleId>, bool),
    /// Marks all that the filter lists and the query finds as read, or as unread.
    All(Filter, Option<Query>, bool),
    /// Scraps all of it, under this label where there is one.
    ScrapAll(Filter, Option<Query>, Option<Clean>),
    /// Deletes these scraps, and puts those back as they were.
    UnscrapAll(Vec<ArticleId>, Vec<Scrap>),
    /// Saves a search: its name and its query.
    SaveSearch(Clean, Clean),
    /// Deletes the saved search of this name.
    ForgetSearch(Clean),
    /// Hides what a query finds: as typed, and parsed.
    Mute(Clean, Query),
    /// Ends the mute rule that was typed so.
    Unmute(Clean),
    /// Gives each of these articles back the read mark that it had.
    ReadAgain(Vec<(ArticleId, bool)>),
    /// Counts that an article of the library was opened.
    Opened(ArticleId),
    /// Remembers a publisher's own ranking.
    Ranking(Ranking),
    /// Remembers where reading stopped: part of the document, and byte in it.
    Position(ArticleId, usize, usize),
    /// Ends a subscription.
    Unsubscribe(FeedId),
    /// Subscribes to these feeds.
    SubscribeAll(Vec<Feed>),
    /// Ends these subscriptions.
    UnsubscribeAll(Vec<FeedId>),
    /// Restores a subscription with all its articles.
    Resubscribe(FeedId),
    /// Remembers what the reader chose while reading.
    Prefs(Prefs),
}

/// What a change did, as far as undoing it or telling of it needs to know.
#[derive(Clone, Debug, PartialEq)]
pub enum Changed {
    /// No more than was asked.
    Done,
    /// A scrap was deleted; this is what it was.
    Unscrapped(Box<Scrap>),
    /// Articles were marked; these are the marks they had.
    Marked(Vec<(ArticleId, bool)>),
    /// A mute rule, as typed, hides this many articles.
    Muted(Clean, usize),
    /// These articles were scrapped; scraps that existed before are here as they were.
    ScrappedAll(Vec<ArticleId>, Vec<Scrap>),
    /// These subscriptions were made.
    SubscribedAll(Vec<FeedId>),
}
