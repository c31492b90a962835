//! Taking back: what each change leaves behind so that it can be undone.

use super::effect::Record;
use crate::news::{ArticleId, FeedId, Scrap};

/// The opposite of a change that was made. The newest is undone first.
#[derive(Clone, Debug, PartialEq)]
pub enum Undo {
    /// A scrap was made.
    Scrapped(ArticleId),
    /// A scrap was taken away; this is it.
    Unscrapped(Box<Scrap>),
    /// A subscription was ended.
    Unsubscribed(FeedId),
    /// Articles were marked; these are what they were.
    Marked(Vec<(ArticleId, bool)>),
}

impl Undo {
    /// The change that takes it back.
    pub fn record(self) -> Record {
        match self {
            Self::Scrapped(id) => Record::Unscrap(id),
            Self::Unscrapped(scrap) => Record::Scrap(scrap),
            Self::Unsubscribed(feed) => Record::Resubscribe(feed),
            Self::Marked(before) => Record::ReadAgain(before),
        }
    }
}
