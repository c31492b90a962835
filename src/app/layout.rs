//! How the screen is divided, as the reader changes it: how many panes, how wide, which of them has
//! the keys.

use super::Model;
use super::appearance::keep_prefs;
use super::geometry::{Divider, Pane, Panes};
use super::panes::sources;
use super::protocol::effect::Effect;
use super::update::command;

/// Least columns that a step moves a divider.
const STEP: u16 = 2;

/// The next layout that fits this screen, remembered.
pub fn next(model: &mut Model) -> Vec<Effect> {
    let width = model.start.screen.width;
    let mut panes = Panes::fitting(model.start.prefs.panes(&model.start.config), width).next();
    while Panes::fitting(Some(panes), width) != panes {
        panes = panes.next();
    }
    model.zen = false;
    model.start.prefs.panes = Some(panes);
    let name = model.start.words.get(match panes {
        Panes::Three => "layout.three",
        Panes::Two => "layout.two",
        Panes::One => "layout.one",
        Panes::Zen => "layout.zen",
    });
    model.say(name.to_owned());
    keep_prefs(model)
}

/// The article alone, and back to the panes.
pub fn zen(model: &mut Model) -> Vec<Effect> {
    if model.start.prefs.panes(&model.start.config) == Some(Panes::Zen) {
        model.start.prefs.panes = Some(Panes::fitting(None, model.start.screen.width));
        return keep_prefs(model);
    }
    model.zen = !model.zen && model.reader.readable();
    if model.zen {
        command::enter_reader(model)
    } else {
        Vec::new()
    }
}

/// The keys to the pane on the right, from the last one to the first that stands there.
pub fn next_pane(model: &mut Model) -> Vec<Effect> {
    match model.focus {
        Pane::Sources => {
            model.focus = Pane::List;
            Vec::new()
        }
        Pane::List => command::enter_reader(model),
        Pane::Reader if model.geometry().sources.is_some() => sources::enter(model),
        Pane::Reader => to_list(model),
    }
}

/// The keys to the pane on the left; the sources come forward for that.
pub fn previous_pane(model: &mut Model) -> Vec<Effect> {
    match model.focus {
        Pane::Sources => Vec::new(),
        Pane::List => sources::enter(model),
        Pane::Reader => to_list(model),
    }
}

fn to_list(model: &mut Model) -> Vec<Effect> {
    model.zen = false;
    model.focus = Pane::List;
    command::leave_article(model)
}

/// Moves the divider beside the pane with the keys by so many steps to the right, remembered.
pub fn divide(model: &mut Model, steps: i32) -> Vec<Effect> {
    let g = model.geometry();
    let divider = match (model.focus, g.sources_divider) {
        (Pane::Sources, Some(_)) => Divider::Sources,
        _ => Divider::List,
    };
    let line = if divider == Divider::Sources {
        g.sources_divider
    } else {
        g.divider
    };
    let Some(line) = line else { return Vec::new() };
    let step = i32::from(STEP.max(model.start.screen.width.div_ceil(100)));
    let x = (i32::from(line.x) + steps * step).clamp(1, i32::from(model.start.screen.width));
    put(model, divider, u16::try_from(x).unwrap_or(1));
    keep_prefs(model)
}

/// Puts a divider into column `x`, as near as the least widths of the panes let it.
pub fn put(model: &mut Model, divider: Divider, x: u16) {
    let g = model.geometry();
    let left = match divider {
        Divider::Sources => 0,
        Divider::List => g.sources_divider.map_or(0, |d| d.x + 1),
    };
    let width = u32::from(model.start.screen.width).max(1);
    let percent = (u32::from(x.saturating_sub(left)) * 100)
        .div_ceil(width)
        .clamp(1, 99);
    let percent = u8::try_from(percent).ok();
    match divider {
        Divider::Sources => model.start.prefs.sources_percent = percent,
        Divider::List => model.start.prefs.list_percent = percent,
    }
}
