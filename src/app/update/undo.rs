//! Undo: takes the newest change back, on the screen at once and in the library by a change.

use std::collections::BTreeSet;

use super::perform::perform;
use crate::app::jobs::PendingChange;
use crate::app::model::Model;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::undo::Undo;
use crate::app::reply::Reply;
use crate::news::{ArticleId, Scrap};

/// Undoes the newest change.
pub(crate) fn undo(model: &mut Model) -> Vec<Effect> {
    // An unscrapping whose answer has not come yet is not on the list: its answer will bring the
    // scrap, which is kept again then.
    if model.jobs.undo_unscrap() {
        model.say(model.start.words.get("notice.undone").to_owned());
        return Vec::new();
    }
    let Some(undo) = model.undo.pop() else {
        model.say(model.start.words.get("notice.nothing-to-undo").to_owned());
        return Vec::new();
    };
    let said = Reply::none().say(model.start.words.get("notice.undone").to_owned());
    let reply = match &undo {
        Undo::Scrapped(id) => {
            model.lists.set_scrapped(*id, false);
            model.annotations.unscrapped(*id)
        }
        Undo::Unscrapped(scrap) => {
            model.lists.set_scrapped(scrap.id(), true);
            let open = model.reader.article().map(|a| a.id());
            model.annotations.scrapped(scrap, open)
        }
        Undo::Annotated(id, before) => {
            let reply = model.annotations.undo(*id, before.clone());
            return perform(model, said.and(reply));
        }
        Undo::Unsubscribed(_)
        | Undo::SubscribedAll(_)
        | Undo::Saved(_)
        | Undo::Forgotten(..)
        | Undo::Muted(_)
        | Undo::Unmuted(..) => Reply::none(),
        Undo::ScrappedAll(ids, before) => {
            let kept: BTreeSet<ArticleId> = before.iter().map(Scrap::id).collect();
            ids.iter()
                .filter(|id| !kept.contains(id))
                .for_each(|id| model.lists.set_scrapped(*id, false));
            Reply::none()
        }
        Undo::Marked(before) => {
            model.lists.shown.restore_marks(before);
            Reply::none()
        }
    };
    let pending = match &undo {
        Undo::Unscrapped(scrap) => PendingChange::Rescrap(vec![scrap.id()]),
        Undo::ScrappedAll(ids, _) => PendingChange::Rescrap(ids.clone()),
        _ => PendingChange::Undo,
    };
    perform(model, reply.and(said).change(undo.change(), pending))
}
