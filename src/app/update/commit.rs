//! The answer to a change that was to be kept.

use super::fetch_rows;
use super::perform::perform;
use super::{command, saved_queries};
use crate::app::annotations::tasks;
use crate::app::jobs::PendingChange;
use crate::app::protocol::change::{Change, Changed};
use crate::app::protocol::effect::Effect;
use crate::app::protocol::network::RefreshScope;
use crate::app::protocol::undo::Undo;
use crate::app::reply::{Intent, Reply};
use crate::app::{Failure, Model};

/// A change was kept, or not: then what is on the screen goes back to what is true.
pub(crate) fn written(
    model: &mut Model,
    write: &PendingChange,
    answer: Result<Changed, Failure>,
) -> Vec<Effect> {
    match (write, answer) {
        (PendingChange::Unscrap(id), Ok(Changed::Unscrapped(scrap))) => {
            model.undo.push(Undo::Unscrapped(scrap));
            perform(model, tasks::complete(vec![*id]))
        }
        (PendingChange::Scrap(id, title), Ok(_)) => {
            // Not before: what is told as kept must be there whatever happens.
            model.say(
                model
                    .start
                    .words
                    .fill("notice.scrapped", &[("title", title)]),
            );
            perform(model, tasks::complete(vec![*id]))
        }
        (PendingChange::Annotate(id, _), Ok(_)) => perform(model, tasks::complete(vec![*id])),
        (PendingChange::Rescrap(ids), Ok(_)) => {
            let effects = perform(model, tasks::complete(ids.clone()));
            effects.into_iter().chain(fetch_rows(model)).collect()
        }
        (PendingChange::Other, Ok(Changed::Marked(before))) => {
            if !before.is_empty() {
                model.undo.push(Undo::Marked(before));
            }
            Vec::new()
        }
        (PendingChange::Marked(read), Ok(Changed::Marked(before))) => {
            saved_queries::marked(model, *read, before)
        }
        (PendingChange::Other, Ok(changed @ (Changed::Muted(..) | Changed::ScrappedAll(..)))) => {
            saved_queries::done(model, changed)
        }
        (PendingChange::Other, Ok(Changed::SubscribedAll(feeds))) => {
            model.undo.push(Undo::SubscribedAll(feeds));
            // What they have is fetched.
            let reply = Reply::none()
                .intent(Intent::ShowLibrary)
                .intent(Intent::Refresh(RefreshScope::Due));
            perform(model, reply)
        }
        (PendingChange::UnscrapUndone(id), Ok(Changed::Unscrapped(scrap))) => {
            command::mark_scrapped(model, *id, true);
            let open = model.reader.article().map(|a| a.id());
            let reply = model.annotations.scrapped(&scrap, open);
            let mut effects = perform(model, reply);
            effects.push(
                model
                    .jobs
                    .change(Change::Scrap(scrap), PendingChange::Rescrap(vec![*id])),
            );
            effects
        }
        (PendingChange::Undo, Ok(Changed::Unscrapped(scrap))) => {
            let effects = perform(model, tasks::complete(vec![scrap.id()]));
            effects.into_iter().chain(fetch_rows(model)).collect()
        }
        (PendingChange::Undo, Ok(_)) => fetch_rows(model),
        (_, Ok(_)) => Vec::new(),
        (write, Err(failure)) => refused(model, write, &failure),
    }
}

/// A change was not kept.
fn refused(model: &mut Model, write: &PendingChange, failure: &Failure) -> Vec<Effect> {
    let reply = match write {
        PendingChange::Scrap(id, _) => {
            command::mark_scrapped(model, *id, false);
            model.annotations.unscrapped(*id)
        }
        PendingChange::Unscrap(id) | PendingChange::UnscrapUndone(id) => {
            command::mark_scrapped(model, *id, true);
            Reply::none()
        }
        PendingChange::Annotate(id, before) => model.annotations.restore(*id, before.clone()),
        PendingChange::Rescrap(_)
        | PendingChange::Undo
        | PendingChange::Marked(_)
        | PendingChange::Other
        | PendingChange::Quiet => Reply::none(),
    };
    let mut effects = perform(model, reply);
    model.undo.retain(|u| match (u, write) {
        (Undo::Scrapped(a), PendingChange::Scrap(b, _)) => a != b,
        (Undo::Annotated(a, was), PendingChange::Annotate(b, before)) => (a, was) != (b, before),
        _ => true,
    });
    model.fail(failure);
    let reply = model.annotations.ask_again();
    effects.extend(perform(model, reply));
    effects.into_iter().chain(fetch_rows(model)).collect()
}
