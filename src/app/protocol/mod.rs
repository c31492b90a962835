//! What travels between the program and the outside world: messages in, effects out. Plain data.
//!
//! * [`message`] – events for the program; [`effect`] – its requests to the runtime
//! * [`job`] – the jobs of all workers and their outcomes; [`table`] – the macro that declares them
//! * [`library`], [`network`], [`story`], [`picture`], [`speech`] – the jobs of one worker each,
//!   with their parameters and results
//! * [`listing`], [`rows`], [`change`], [`undo`], [`ranking`], [`sharing`] – types that several of
//!   those share; [`rules`] – what rules did with arriving articles
//! * [`failure`] – what went wrong; [`config_fault`] – what is wrong in a settings file;
//!   [`feature`] – what this program was built without
//! * [`abilities`] – what the terminal supports; [`prefs`] – choices made while reading that are
//!   stored
//!
//! What a new job takes is in `CONTRIBUTING.md`, "A job".

pub mod abilities;
pub mod change;
pub mod config_fault;
pub mod effect;
pub mod failure;
pub mod feature;
pub mod job;
pub mod library;
pub mod listing;
pub mod message;
pub mod network;
pub mod picture;
pub mod prefs;
pub mod ranking;
pub mod rows;
pub mod rules;
pub mod sharing;
pub mod speech;
pub mod story;
pub mod table;
pub mod undo;
