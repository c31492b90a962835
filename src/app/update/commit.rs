//! The answer to a change that was to be kept.

use super::fetch_rows;
use super::{command, saved_queries};
use crate::app::annotations::undo::Undo;
use crate::app::popups::publishers;
use crate::app::protocol::effect::{Effect, Record};
use crate::app::protocol::message::Outcome;
use crate::app::{Failure, Model, Write, annotations};

/// A change was kept, or not: then what is on the screen goes back to what is true.
pub(crate) fn written(
    model: &mut Model,
    write: &Write,
    answer: Result<Outcome, Failure>,
) -> Vec<Effect> {
    match (write, answer) {
        (Write::Unscrap(id), Ok(Outcome::Unscrapped(scrap))) => {
            model.undo.push(Undo::Unscrapped(scrap));
            annotations::kept(model, vec![*id])
        }
        (Write::Scrap(id, title), Ok(_)) => {
            // Not before: what is told as kept must be there whatever happens.
            model.say(
                model
                    .start
                    .words
                    .fill("notice.scrapped", &[("title", title)]),
            );
            annotations::kept(model, vec![*id])
        }
        (Write::Annotate(id, _), Ok(_)) => annotations::kept(model, vec![*id]),
        (Write::Rescrap(ids), Ok(_)) => {
            let effects = annotations::kept(model, ids.clone());
            effects.into_iter().chain(fetch_rows(model)).collect()
        }
        (Write::Other, Ok(Outcome::Marked(before))) => {
            if !before.is_empty() {
                model.undo.push(Undo::Marked(before));
            }
            Vec::new()
        }
        (Write::Marked(read), Ok(Outcome::Marked(before))) => {
            saved_queries::marked(model, *read, before)
        }
        (Write::Other, Ok(outcome @ (Outcome::Muted(..) | Outcome::ScrappedAll(..)))) => {
            saved_queries::done(model, outcome)
        }
        (Write::Other, Ok(Outcome::SubscribedAll(feeds))) => {
            model.undo.push(Undo::SubscribedAll(feeds));
            publishers::subscribed(model)
        }
        (Write::UnscrapUndone(id), Ok(Outcome::Unscrapped(scrap))) => {
            command::mark_scrapped(model, *id, true);
            annotations::took(model, &scrap);
            vec![model.keep(Record::Scrap(scrap), Write::Rescrap(vec![*id]))]
        }
        (Write::Undo, Ok(Outcome::Unscrapped(scrap))) => {
            let effects = annotations::kept(model, vec![scrap.id()]);
            effects.into_iter().chain(fetch_rows(model)).collect()
        }
        (Write::Undo, Ok(_)) => fetch_rows(model),
        (_, Ok(Outcome::Shared(place))) => {
            model.say(
                model
                    .start
                    .words
                    .fill("notice.shared", &[("place", &place)]),
            );
            Vec::new()
        }
        (_, Ok(_)) => Vec::new(),
        (write, Err(failure)) => refused(model, write, &failure),
    }
}

/// A change was not kept.
fn refused(model: &mut Model, write: &Write, failure: &Failure) -> Vec<Effect> {
    match write {
        Write::Scrap(id, _) => {
            command::mark_scrapped(model, *id, false);
            annotations::unscrapped(model, *id);
        }
        Write::Unscrap(id) | Write::UnscrapUndone(id) => command::mark_scrapped(model, *id, true),
        Write::Annotate(id, before) => annotations::restore(model, *id, before.clone()),
        Write::Rescrap(_) | Write::Undo | Write::Marked(_) | Write::Other | Write::Quiet => {}
    }
    model.undo.retain(|u| match (u, write) {
        (Undo::Scrapped(a), Write::Scrap(b, _)) => a != b,
        (Undo::Annotated(a, was), Write::Annotate(b, before)) => (a, was) != (b, before),
        _ => true,
    });
    model.fail(failure);
    let effects = annotations::ask_again(model);
    effects.into_iter().chain(fetch_rows(model)).collect()
}
