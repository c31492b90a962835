//! Taking back: what each change leaves behind so that it can be undone.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::Model;
use crate::app::jobs::PendingChange;
use crate::app::protocol::change::Change;
use crate::app::protocol::effect::Effect;
use crate::app::update::command::mark_scrapped;
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

/// Takes the newest change back.
pub(crate) fn take_back(model: &mut Model) -> Vec<Effect> {
    // What was taken away a moment ago may still be on its way back to us.
    if model.jobs.undo_unscrap() {
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
        Undo::Unscrapped(scrap) => PendingChange::Rescrap(vec![scrap.id()]),
        Undo::ScrappedAll(ids, _) => PendingChange::Rescrap(ids.clone()),
        _ => PendingChange::Undo,
    };
    vec![model.jobs.change(undo.change(), write)]
}
