//! From a key, a click or a paste to an action.
//!
//! * [`key`] – keys as plain values; [`dubeolsik`] – the Latin keys under Hangul letters
//! * [`key_input`] – keys on their way to an action; [`keymap`] – the tables that say which;
//!   [`action`] – all actions
//! * [`field`] – a line of text being typed; [`prompt`] – the input line at the bottom of the
//!   screen; [`fault`] – what is wrong in it; [`labels`] – labels as they are typed there
//! * [`buttons`] – the article's buttons in the top bar; [`hints`] – what the keys do here

pub mod action;
pub mod buttons;
pub mod dubeolsik;
pub mod fault;
pub mod field;
pub mod hints;
pub mod key;
pub mod key_input;
pub mod keymap;
pub mod labels;
pub mod prompt;
