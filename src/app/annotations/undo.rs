//! Taking back: what each change leaves behind so that it can be undone.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::Model;
use crate::app::jobs::PendingChange;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::undo::Undo;
use crate::app::update::command::mark_scrapped;
use crate::news::{ArticleId, Scrap};

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
            for row in model.list.rows_mut() {
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
