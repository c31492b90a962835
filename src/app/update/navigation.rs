//! Going from collection to collection: scraps, today's issues, subscriptions; and what is taken off them.

use crate::app::geometry::Pane;
use crate::app::jobs::JobKind;
use crate::app::panes::list::List;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::rows::Collection;
use crate::app::update::fetch_rows;
use crate::app::update::{command, opening, refresh};
use crate::app::{Failure, Model};
use crate::news::Feed;

/// Puts another list in the pane; the work that the one before waited for is of no use any more.
fn put(model: &mut Model, list: List) -> (List, Vec<Effect>) {
    let before = std::mem::replace(&mut model.list, list);
    let mut effects = model.jobs.cancel(JobKind::Rows);
    effects.extend(fetch_rows(model));
    (before, effects)
}

/// Shows a list on top of the one that is there; back leads to it again.
pub(crate) fn go_to(model: &mut Model, list: List) -> Vec<Effect> {
    model.focus = Pane::List;
    model.zen = false;
    let (before, effects) = put(model, list);
    model.homes.push(before);
    effects
}

/// Shows a list instead of all that is there.
fn turn_to(model: &mut Model, list: List) -> Vec<Effect> {
    model.focus = Pane::List;
    model.zen = false;
    model.homes.clear();
    put(model, list).1
}

/// Shows the library, where another list is shown; its rows anew where it is.
pub(crate) fn library(model: &mut Model) -> Vec<Effect> {
    if model.list.collection() == Collection::Library {
        fetch_rows(model)
    } else {
        turn_to(model, List::of(Collection::Library))
    }
}

/// Back to the list below; `None` where this is the lowest.
pub(crate) fn back(model: &mut Model) -> Option<Vec<Effect>> {
    let home = model.homes.pop()?;
    let (_, mut effects) = put(model, home);
    effects.extend(opening::preview(model));
    Some(effects)
}

/// The scrap view, or back from it.
pub(crate) fn scraps(model: &mut Model) -> Vec<Effect> {
    if model.list.collection() == Collection::Scraps
        && let Some(effects) = back(model)
    {
        return effects;
    }
    go_to(model, List::of(Collection::Scraps))
}

/// 오늘의 이슈, or back from it.
pub(crate) fn issues(model: &mut Model) -> Vec<Effect> {
    if model.list.collection() == Collection::Issues
        && let Some(effects) = back(model)
    {
        return effects;
    }
    go_to(model, List::of(Collection::Issues))
}

/// Shows a list that was chosen among the sources.
pub(crate) fn choose(model: &mut Model, list: List) -> Vec<Effect> {
    match list.collection() {
        _ if model.list.listing().is_same(list.listing()) => {
            model.focus = Pane::List;
            Vec::new()
        }
        Collection::Issues | Collection::Scraps => go_to(model, list),
        _ => turn_to(model, list),
    }
}

/// Somebody subscribed: the library is what they want to see.
pub(crate) fn subscribed(model: &mut Model, answer: Result<Feed, Failure>) -> Vec<Effect> {
    match answer {
        Ok(feed) => {
            model.say(
                model
                    .start
                    .words
                    .fill("notice.subscribed", &[("title", &feed.title)]),
            );
            let mut effects = match model.list.collection() {
                Collection::Sample => turn_to(model, List::of(Collection::Library)),
                Collection::Library => fetch_rows(model),
                _ => Vec::new(),
            };
            effects.extend(refresh::refresh(model));
            effects
        }
        Err(failure) => {
            model.fail(&failure);
            Vec::new()
        }
    }
}

/// Takes the chosen scrap away.
pub(crate) fn remove(model: &mut Model) -> Vec<Effect> {
    if model.list.collection() != Collection::Scraps {
        return Vec::new();
    }
    let Some((id, title)) = model.list.row().map(|r| (r.id, r.title.to_string())) else {
        return Vec::new();
    };
    let mut effects = command::unscrap(model, id, &title);
    model.list.remove(id);
    effects.extend(opening::preview(model));
    effects
}
