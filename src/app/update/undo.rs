//! Undo: takes the newest change back, on the screen at once and in the library by a change.

use std::collections::BTreeSet;

use crate::app::annotations::Annotations;
use crate::app::env::Env;
use crate::app::jobs::PendingChange;
use crate::app::panes::list::stack::ListStack;
use crate::app::panes::reader::Reader;
use crate::app::protocol::undo::Undo;
use crate::app::refresher;
use crate::app::reply::Reply;
use crate::app::undo_list::UndoList;
use crate::news::{ArticleId, Scrap};

/// Undoes the newest change of `changes`.
pub(super) fn undo(
    changes: &mut UndoList,
    lists: &mut ListStack,
    annotations: &mut Annotations,
    reader: &Reader,
    env: &Env<'_>,
) -> Reply {
    let Some(undo) = changes.pop() else {
        return Reply::none().say(env.text("notice.nothing-to-undo"));
    };
    let said = Reply::none().say(env.text("notice.undone"));
    let reply = match &undo {
        Undo::Scrapped(id) => {
            lists.set_scrapped(*id, false);
            annotations.unscrapped(*id)
        }
        Undo::Unscrapped(scrap) => {
            lists.set_scrapped(scrap.id(), true);
            let open = reader.article().map(|a| a.id());
            annotations.scrapped(scrap, open)
        }
        Undo::Annotated(id, before) => {
            return said.and(annotations.undo(*id, before.clone()));
        }
        Undo::Unsubscribed(_)
        | Undo::FiledFeeds(_)
        | Undo::SubscribedAll(_)
        | Undo::Queued(_)
        | Undo::Saved(_)
        | Undo::Forgotten(..)
        | Undo::Unmuted(..) => Reply::none(),
        // What was hidden left its stories.
        Undo::Muted(_) => refresher::group(),
        Undo::ScrappedAll(ids, before) => {
            let kept: BTreeSet<ArticleId> = before.iter().map(Scrap::id).collect();
            ids.iter()
                .filter(|id| !kept.contains(id))
                .for_each(|id| lists.set_scrapped(*id, false));
            Reply::none()
        }
        Undo::Marked(before) => {
            lists.shown.restore_marks(before);
            Reply::none()
        }
        Undo::Ruled(changes) => {
            let kept: BTreeSet<ArticleId> = changes.before.iter().map(Scrap::id).collect();
            let scrapped = changes.scrapped.iter().filter(|id| !kept.contains(id));
            scrapped.for_each(|id| lists.set_scrapped(*id, false));
            lists.shown.restore_marks(&changes.marks);
            Reply::none()
        }
    };
    let pending = match &undo {
        Undo::Unscrapped(scrap) => PendingChange::Rescrap(vec![scrap.id()]),
        Undo::ScrappedAll(ids, _) => PendingChange::Rescrap(ids.clone()),
        Undo::Ruled(changes) => PendingChange::Rescrap(changes.scrapped.clone()),
        _ => PendingChange::Undo,
    };
    reply.and(said).change(undo.change(), pending)
}
