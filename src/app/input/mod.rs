//! From a key, a click or a paste to an action.

pub mod action;
pub mod buttons;
pub mod dubeolsik;
pub mod field;
pub mod key;
pub mod key_input;
pub mod keymap;
pub mod labels;
pub mod prompt;
