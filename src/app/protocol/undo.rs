//! Changes that can be undone.

use super::change::Change;
use super::rules::RuleChanges;
use crate::news::{Annotation, ArticleId, Clean, FeedId, Query, QueuePlace, Scrap};

/// A change that was made, with what is needed to undo it. The newest is undone first.
#[derive(Clone, Debug, PartialEq)]
pub enum Undo {
    /// An article was scrapped.
    Scrapped(ArticleId),
    /// A scrap was deleted; the scrap as it was.
    Unscrapped(Box<Scrap>),
    /// An annotation was changed; the annotation as it was.
    Annotated(ArticleId, Annotation),
    /// A subscription was ended.
    Unsubscribed(FeedId),
    /// Subscriptions were put into other folders; the folders that they were in before.
    FiledFeeds(Vec<(FeedId, Option<Clean>)>),
    /// These subscriptions were added.
    SubscribedAll(Vec<FeedId>),
    /// A search was saved under this name.
    Saved(Clean),
    /// A saved search was deleted: its name and its query.
    Forgotten(Clean, Clean),
    /// A mute rule was added.
    Muted(Clean),
    /// A mute rule was deleted: as typed, and parsed.
    Unmuted(Clean, Query),
    /// Articles were scrapped; the second list holds those that were scraps before, as they were.
    ScrappedAll(Vec<ArticleId>, Vec<Scrap>),
    /// Articles were marked; the read marks that they had before.
    Marked(Vec<(ArticleId, bool)>),
    /// Articles got other places in the read-later queue; those that they had before.
    Queued(Vec<QueuePlace>),
    /// Rules changed articles that arrived.
    Ruled(Box<RuleChanges>),
}

impl Undo {
    /// The change that undoes it.
    pub fn change(self) -> Change {
        match self {
            Self::Scrapped(id) => Change::Unscrap(id),
            Self::Unscrapped(scrap) => Change::Scrap(scrap),
            Self::Annotated(id, before) => Change::Annotate(id, before),
            Self::Unsubscribed(feed) => Change::Resubscribe(feed),
            Self::FiledFeeds(before) => Change::FileFeeds(before),
            Self::SubscribedAll(feeds) => Change::UnsubscribeAll(feeds),
            Self::Saved(name) => Change::ForgetSearch(name),
            Self::Forgotten(name, query) => Change::SaveSearch(name, query),
            Self::Muted(text) => Change::Unmute(text),
            Self::Unmuted(text, query) => Change::Mute(text, query),
            Self::ScrappedAll(ids, before) => Change::UnscrapAll(ids, before),
            Self::Marked(before) => Change::ReadAgain(before),
            Self::Queued(before) => Change::QueueAgain(before),
            Self::Ruled(changes) => Change::UndoRules(changes),
        }
    }
}
