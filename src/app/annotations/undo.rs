//! Taking back: what each change leaves behind so that it can be undone.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::protocol::effect::{Effect, Record};
use crate::app::update::command::mark_scrapped;
use crate::app::{Model, Write};
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
    pub fn record(self) -> Record {
        match self {
            Self::Scrapped(id) => Record::Unscrap(id),
            Self::Unscrapped(scrap) => Record::Scrap(scrap),
            Self::Annotated(id, before) => Record::Annotate(id, before),
            Self::Unsubscribed(feed) => Record::Resubscribe(feed),
            Self::SubscribedAll(feeds) => Record::UnsubscribeAll(feeds),
            Self::Saved(name) => Record::ForgetSearch(name),
            Self::Forgotten(name, query) => Record::SaveSearch(name, query),
            Self::Muted(text) => Record::Unmute(text),
            Self::Unmuted(text, query) => Record::Mute(text, query),
            Self::ScrappedAll(ids, before) => Record::UnscrapAll(ids, before),
            Self::Marked(before) => Record::ReadAgain(before),
        }
    }
}

/// Takes the newest change back.
pub(crate) fn take_back(model: &mut Model) -> Vec<Effect> {
    // What was taken away a moment ago may still be on its way back to us.
    if let Some(write) = model
        .writes
        .values_mut()
        .rev()
        .find(|w| matches!(w, Write::Unscrap(_)))
        && let Write::Unscrap(id) = *write
    {
        *write = Write::UnscrapUndone(id);
        model.say(model.start.words.get("notice.undone").to_owned());
        return Vec::new();
    }
    let Some(undo) = model.undo.pop() else {
        model.say(model.start.words.get("notice.nothing-to-undo").to_owned());
        return Vec::new();
    };
    match &undo {
        Undo::Scrapped(id) => {
            mark_scrapped(model, *id, false);
            super::unscrapped(model, *id);
        }
        Undo::Unscrapped(scrap) => {
            mark_scrapped(model, scrap.id(), true);
            super::took(model, scrap);
        }
        Undo::Annotated(id, before) => return super::take_back(model, *id, before.clone()),
        Undo::Unsubscribed(_)
        | Undo::SubscribedAll(_)
        | Undo::Saved(_)
        | Undo::Forgotten(..)
        | Undo::Muted(_)
        | Undo::Unmuted(..) => {}
        Undo::ScrappedAll(ids, before) => {
            let kept: BTreeSet<ArticleId> = before.iter().map(Scrap::id).collect();
            ids.iter()
                .filter(|id| !kept.contains(id))
                .for_each(|id| mark_scrapped(model, *id, false));
        }
        Undo::Marked(before) => {
            let before: BTreeMap<ArticleId, bool> = before.iter().copied().collect();
            for row in &mut model.list.rows {
                row.read = before.get(&row.id).copied().unwrap_or(row.read);
            }
        }
    }
    model.say(model.start.words.get("notice.undone").to_owned());
    let write = match &undo {
        Undo::Unscrapped(scrap) => Write::Rescrap(vec![scrap.id()]),
        Undo::ScrappedAll(ids, _) => Write::Rescrap(ids.clone()),
        _ => Write::Undo,
    };
    vec![model.keep(undo.record(), write)]
}
