//! The mouse: what a click, a drag or the wheel means where the pointer is. All of it can be done
//! with keys.

use crate::app::appearance::keep_prefs;
use crate::app::geometry::{Area, Pane};
use crate::app::input::action::Action;
use crate::app::input::buttons::buttons;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::message::{Mouse, MouseKind};
use crate::app::update::opening;
use crate::app::update::perform::{env, perform};
use crate::app::update::popups;
use crate::app::update::reading;
use crate::app::{Model, layout, update};

/// Rows of text that one notch of the wheel scrolls.
const NOTCH: usize = 3;

/// Takes in what the mouse did.
pub(super) fn point(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    match mouse.kind {
        MouseKind::WheelUp => wheel(model, mouse, Action::Up),
        MouseKind::WheelDown => wheel(model, mouse, Action::Down),
        MouseKind::Press => press(model, mouse),
        MouseKind::Drag => match model.dragged {
            Some(divider) => {
                let geometry = model.geometry();
                layout::put_divider(&mut model.start, &geometry, divider, mouse.x);
                Vec::new()
            }
            None => reading::on_mouse(model, mouse),
        },
        MouseKind::Release => match model.dragged.take() {
            Some(_) => {
                let reply = keep_prefs(&model.start);
                perform(model, reply)
            }
            None => reading::on_mouse(model, mouse),
        },
    }
}

/// The pane under the pointer scrolls; the keys stay where they are.
fn wheel(model: &mut Model, mouse: Mouse, action: Action) -> Vec<Effect> {
    if model.popup.is_some() {
        return popups::with_popup(model, |popup, env| popup.on(action, NOTCH, env));
    }
    let g = model.geometry();
    let over = |area: Option<Area>| area.is_some_and(|a| a.holds(mouse.x, mouse.y));
    if over(g.sources) {
        update::travel(model, Pane::Sources, action, 1)
    } else if over(g.list) {
        update::travel(model, Pane::List, action, 1)
    } else {
        update::travel(model, Pane::Reader, action, NOTCH)
    }
}

fn press(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    if model.popup.is_some() {
        return popups::with_popup(model, |popup, env| popup.click(mouse.x, mouse.y, env));
    }
    let g = model.geometry();
    model.dragged = g.divider_at(mouse.x, mouse.y);
    let over = |area: Option<Area>| area.filter(|a| a.holds(mouse.x, mouse.y));
    if model.dragged.is_some() {
        Vec::new()
    } else if let Some(area) = over(g.sources) {
        let reply = model.sources.click(usize::from(mouse.y - area.y));
        perform(model, reply)
    } else if let Some(area) = over(g.list) {
        let line = usize::from(mouse.y - area.y);
        let reply = model.lists.shown.click(line, &env!(model));
        perform(model, reply)
    } else if let Some(button) = buttons(model)
        .into_iter()
        .find(|b| b.area.holds(mouse.x, mouse.y))
    {
        update::act(model, button.action, 1)
    } else if over(g.reader).is_some() && model.reader.readable() {
        let mut effects = opening::enter_reader(model);
        effects.extend(reading::on_mouse(model, mouse));
        effects
    } else {
        Vec::new()
    }
}
