//! Changes that can be taken back.

use super::change::Change;
use crate::news::{Annotation, ArticleId, Clean, FeedId, Query, Scrap};

/// The opposite of a change that was made. The newest is undone first.
#[derive(Clone, Debug, PartialEq)]
pub enum Undo {
    /// A scrap was made.
    Scrapped(ArticleId),
    /// A scrap was taken away; this is it.
    Unscrapped(Box<Scrap>),
    /// One thing of a scrap was changed; this is what it was.
    Annotated(ArticleId, Annotation),
    /// A subscription was ended.
    Unsubscribed(FeedId),
    /// These were subscribed to.
    SubscribedAll(Vec<FeedId>),
    /// A search was saved under this name.
    Saved(Clean),
    /// A saved search was forgotten: its name and its query.
    Forgotten(Clean, Clean),
    /// A mute rule was made.
    Muted(Clean),
    /// A mute rule was ended.
    Unmuted(Clean, Query),
    /// Articles were kept; the second had been kept before, and looked so.
    ScrappedAll(Vec<ArticleId>, Vec<Scrap>),
    /// Articles were marked; these are what they were.
    Marked(Vec<(ArticleId, bool)>),
}

impl Undo {
    /// The change that takes it back.
    pub fn change(self) -> Change {
        match self {
            Self::Scrapped(id) => Change::Unscrap(id),
            Self::Unscrapped(scrap) => Change::Scrap(scrap),
            Self::Annotated(id, before) => Change::Annotate(id, before),
            Self::Unsubscribed(feed) => Change::Resubscribe(feed),
            Self::SubscribedAll(feeds) => Change::UnsubscribeAll(feeds),
            Self::Saved(name) => Change::ForgetSearch(name),
            Self::Forgotten(name, query) => Change::SaveSearch(name, query),
            Self::Muted(text) => Change::Unmute(text),
            Self::Unmuted(text, query) => Change::Mute(text, query),
            Self::ScrappedAll(ids, before) => Change::UnscrapAll(ids, before),
            Self::Marked(before) => Change::ReadAgain(before),
        }
    }
}
