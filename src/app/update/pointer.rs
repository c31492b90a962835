//! The mouse: what a click, a drag or the wheel means where the pointer is. All of it can be done
//! with keys.

use super::actions;
use crate::app::appearance::keep_prefs;
use crate::app::geometry::{Area, Pane};
use crate::app::input::action::Action;
use crate::app::input::buttons::buttons;
use crate::app::layout;
use crate::app::model::{Model, env};
use crate::app::panes::list::front::FRONT_MARGIN;
use crate::app::protocol::message::{Mouse, MouseKind};
use crate::app::reply::{Intent, ReaderIntent, Reply};

/// Rows of text that one notch of the wheel scrolls.
const NOTCH: usize = 3;

/// Takes in what the mouse did.
pub(super) fn point(model: &mut Model, mouse: Mouse) -> Reply {
    match mouse.kind {
        MouseKind::WheelUp => wheel(model, mouse, Action::Up),
        MouseKind::WheelDown => wheel(model, mouse, Action::Down),
        MouseKind::Press => press(model, mouse),
        MouseKind::RightPress => right_press(model, mouse),
        MouseKind::Drag => match model.dragged {
            Some(divider) => {
                let geometry = model.geometry();
                layout::put_divider(&mut model.start, &geometry, divider, mouse.x);
                Reply::none()
            }
            None => model.reader.on_mouse(mouse, &env!(model)),
        },
        MouseKind::Release => match model.dragged.take() {
            Some(_) => keep_prefs(&model.start),
            None => model.reader.on_mouse(mouse, &env!(model)),
        },
    }
}

/// The pane under the pointer scrolls; the keys stay where they are.
fn wheel(model: &mut Model, mouse: Mouse, action: Action) -> Reply {
    let front = model.whole_front();
    let env = env!(model);
    if let Some(popup) = &mut model.popup {
        return popup.on(action, NOTCH, &env);
    }
    let over = |area: Option<Area>| area.is_some_and(|a| a.holds(mouse.x, mouse.y));
    if over(env.geometry.sources) {
        actions::travel(model, Pane::Sources, action, 1)
    } else if let Some(layout) = front.filter(|_| over(env.geometry.list)) {
        let lines = env.list_lines();
        if model.lists.shown.scroll_front(action, &layout, lines) {
            Reply::none().intent(Intent::Preview)
        } else {
            Reply::none()
        }
    } else if over(env.geometry.list) {
        actions::travel(model, Pane::List, action, 1)
    } else {
        actions::travel(model, Pane::Reader, action, NOTCH)
    }
}

/// The word under the pointer is looked up.
fn right_press(model: &Model, mouse: Mouse) -> Reply {
    let env = env!(model);
    let is_over = env
        .geometry
        .reader
        .is_some_and(|a| a.holds(mouse.x, mouse.y));
    if model.popup.is_some() || !is_over {
        return Reply::none();
    }
    model.reader.look_up_at(mouse, &env)
}

fn press(model: &mut Model, mouse: Mouse) -> Reply {
    let geometry = model.geometry();
    let front = model.front(&geometry);
    let env = env!(model);
    if let Some(popup) = &mut model.popup {
        return popup.click(mouse.x, mouse.y, &env);
    }
    let g = env.geometry;
    model.dragged = g.divider_at(mouse.x, mouse.y);
    let over = |area: Option<Area>| area.filter(|a| a.holds(mouse.x, mouse.y));
    if model.dragged.is_some() {
        Reply::none()
    } else if let Some(area) = over(g.sources) {
        model.sources.click(usize::from(mouse.y - area.y))
    } else if let Some(area) = over(g.list) {
        let line = usize::from(mouse.y - area.y);
        match front {
            Some(layout) => {
                let column = mouse.x.saturating_sub(area.x + FRONT_MARGIN);
                model.lists.shown.click_front((column, line), &layout, &env)
            }
            None => model.lists.shown.click(line, &env),
        }
    } else if let Some(button) = buttons(model)
        .into_iter()
        .find(|b| b.area.holds(mouse.x, mouse.y))
    {
        actions::act(model, button.action, 1)
    } else if over(g.reader).is_some() && model.reader.readable() {
        Reply::none()
            .intent(Intent::EnterReader)
            .intent(ReaderIntent::Mouse(mouse))
    } else {
        Reply::none()
    }
}
