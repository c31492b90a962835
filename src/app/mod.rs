//! The program as a value: a [`Model`], what can happen to it ([`Message`]), what it asks of the
//! world ([`Effect`]).
//!
//! * [`protocol`] – what travels between the program and the runtime: messages, effects, jobs with
//!   their outcomes, failures. Plain data
//! * [`input`] – from a key, a click or a paste to an action, by tables
//! * [`panes`] – the sources, the list, the reader and what they show, each with its own state
//! * [`popups`] – what may lie over the panes: help, palette, publishers, sharing
//! * [`annotations`] – highlights, notes and labels of a scrap, and what is done with scraps
//! * [`update`] – the only place where the whole model changes: hands messages, actions and answers
//!   of jobs to the parts, and carries out the replies that they give
//! * [`model`] – the state of the whole program; [`start`] – what it starts from
//! * [`env`] – what every part may read; [`reply`] – what a part answers with
//! * [`jobs`] – the jobs under way, and what waits for their answers
//! * [`geometry`] – where things are on the screen, for `update` and `view` alike; [`layout`] – how
//!   many panes, and how wide
//! * [`refresher`] – when subscriptions are refreshed; [`server_sync`], [`folder_sync`] – the syncs
//!   that go along
//! * [`undo_list`] – changes that can be undone
//! * [`appearance`] – text size, measure and theme; [`clipboard`] – which way text is copied
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
pub mod folder_sync;
pub mod geometry;
pub mod jobs;
pub mod layout;
pub mod model;
pub mod refresher;
pub mod reply;
pub mod server_sync;
pub mod start;
pub mod undo_list;

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
