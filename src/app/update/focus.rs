//! Which pane has the keys, and how the keys go from one to another.

use super::opening::{enter_reader, leave_article};
use super::perform::perform;
use crate::app::geometry::Pane;
use crate::app::protocol::effect::Effect;
use crate::app::{Model, layout};

/// Gives the keys to the pane on the right; from the last one to the first that is shown.
pub(super) fn next_pane(model: &mut Model) -> Vec<Effect> {
    match model.focus {
        Pane::Sources => {
            model.focus = Pane::List;
            Vec::new()
        }
        Pane::List => enter_reader(model),
        Pane::Reader if model.geometry().sources.is_some() => enter_sources(model),
        Pane::Reader => enter_list(model),
    }
}

/// Gives the keys to the pane on the left; the sources are shown for that where they are hidden.
pub(super) fn previous_pane(model: &mut Model) -> Vec<Effect> {
    match model.focus {
        Pane::Sources => Vec::new(),
        Pane::List => enter_sources(model),
        Pane::Reader => enter_list(model),
    }
}

fn enter_list(model: &mut Model) -> Vec<Effect> {
    model.zen = false;
    model.focus = Pane::List;
    leave_article(model)
}

/// Gives the keys to the sources; back to the list where the sources have them.
pub(super) fn toggle_sources(model: &mut Model) -> Vec<Effect> {
    if model.focus == Pane::Sources {
        model.focus = Pane::List;
        return Vec::new();
    }
    enter_sources(model)
}

/// Gives the keys to the sources, on the row of the list that is shown.
fn enter_sources(model: &mut Model) -> Vec<Effect> {
    let effects = leave_article(model);
    model.focus = Pane::Sources;
    model.zen = false;
    model.sources.select_listing(model.lists.shown.listing());
    effects
}

/// Shows the article alone, or the panes again.
pub(super) fn toggle_zen(model: &mut Model) -> Vec<Effect> {
    if let Some(reply) = layout::leave_zen(&mut model.start) {
        return perform(model, reply);
    }
    model.zen = !model.zen && model.reader.readable();
    if model.zen {
        enter_reader(model)
    } else {
        Vec::new()
    }
}
