//! The program as a value: a [`Model`], what can happen to it ([`Message`]), what it may ask
//! ([`Effect`]).
//!
//! * [`written`]  – how the keeping of a change ended
//! * [`update`]   – the only place where state changes: routing to the panes
//! * [`command`]  – actions that belong to no single pane
//! * [`sources`], [`list`], [`reader`], [`popup`] – one file a pane: its state and what its actions
//!   do
//! * [`prompt`], [`field`] – the line that is typed into; [`collections`] – from list to list;
//!   [`fetching`] – from the network
//! * [`publishers`] – publishers to choose among; [`home`] – one publisher
//! * [`rules`] – saved searches, mute rules, orders, and what is done to the whole list
//! * [`palette`], [`help`] – what can be done and with which keys, searched; [`picker`] – the line
//!   and rows they share
//! * [`abilities`]  – what the terminal does, as it tells
//! * [`appearance`] – text size, measure and theme as the reader changes them
//! * [`listen`]    – 뉴스듣기; [`modelling`] – 숏뉴스 by a language model; [`briefing`] – unread articles
//!   one by one
//! * [`summary`] – the short news as a text
//! * [`card`]    – what stands in an article's place: an issue, the versions of an article;
//!   [`lines`] – the list's density
//! * [`layout`] – how many panes, how wide, which has the keys; [`choice`] – which of many rows is
//!   chosen
//! * [`pointer`] – the mouse; [`buttons`] – the top line's; [`select`] – text chosen with it
//! * [`links`] – letters that choose one; [`share`] – where an article can go; [`most_read`] – 많이 본
//!   뉴스
//! * [`pictures`] – pictures in the text, and one alone on the screen
//! * [`setting`]  – the measure in force: column, size and spacing for the text engine
//! * [`action`], [`key`], [`dubeolsik`], [`keymap`] – from a key to an action, by tables
//! * [`geometry`] – where things stand, for `update` and `view` alike
//! * [`jobs`], [`failure`], [`undo`], [`prefs`] – work under way, what went wrong, what can be
//!   taken back, what is remembered
//!
//! No I/O, no clock, no widgets.

pub mod annotations;
pub mod input;
pub mod panes;
pub mod popups;
pub mod protocol;
pub mod update;

pub mod appearance;
pub mod clipboard;
pub mod env;
pub mod geometry;
pub mod jobs;
pub mod layout;
pub mod model;
pub mod reply;
pub mod start;

pub use env::Env;
pub use geometry::{Geometry, Pane, Panes, Screen};
pub use jobs::{JobKind, Jobs, PendingChange};
pub use model::{Model, Notice};
pub use protocol::change::{Change, Changed};
pub use protocol::effect::Effect;
pub use protocol::failure::{Cause, Failure};
pub use protocol::job::{Job, JobId, Outcome};
pub use protocol::message::{JobEvent, Message};
pub use protocol::prefs::Prefs;
pub use protocol::rows::{Collection, Row};
pub use reply::{Intent, Reply};
pub use start::Start;
pub use update::update;
