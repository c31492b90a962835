//! From a key or a pasted text to what has the keys: the letters of links, the prompt, a popup that
//! is typed into; else by the keymap to an action.

use super::actions;
use super::perform::perform;
use crate::app::input::action::Action;
use crate::app::input::key::Key;
use crate::app::model::{Model, env};
use crate::app::protocol::effect::Effect;
use crate::app::reply::Reply;

/// Takes in a key.
pub(super) fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    model.notice = None;
    model.reader.deselect();
    if let Some(reply) = press_typed(model, key) {
        return perform(model, reply);
    }
    let mut effects = Vec::new();
    for key in key.latin() {
        let context = model.key_context();
        let (actions, count) = model.keys.press(key, &model.keymap, context);
        for action in actions {
            effects.extend(act(model, action, count));
        }
        // What an input method put together of several keys is no text for a line that one of them
        // opened.
        if model.prompt.is_some() {
            break;
        }
    }
    effects
}

/// Takes in a key as a letter of what is typed; `None` where nothing is typed into.
fn press_typed(model: &mut Model, key: Key) -> Option<Reply> {
    if let Some(hints) = model.hints.take() {
        let (rest, reply) = hints.press(key, &model.env());
        model.hints = rest;
        return Some(reply);
    }
    let env = env!(model);
    if let Some(prompt) = &mut model.prompt {
        return Some(prompt.press(key, model.annotations.labels(), &env));
    }
    model.popup.as_mut()?.press(key, &env)
}

/// Does an action, `count` times where that means something.
pub fn act(model: &mut Model, action: Action, count: usize) -> Vec<Effect> {
    let reply = actions::act(model, action, count);
    perform(model, reply)
}

/// Takes in pasted text.
pub(super) fn paste(model: &mut Model, text: &str) -> Reply {
    let env = env!(model);
    if let Some(prompt) = &mut model.prompt {
        return prompt.paste(text, &env);
    }
    if let Some(popup) = &mut model.popup {
        popup.paste(text, &env);
    }
    Reply::none()
}
