//! What travels between the program and the world: messages in, effects out. Plain data.
//!
//! * [`message`] – what happens to the program; [`effect`] – what it asks of the world
//! * [`job`] – the jobs of all workers and their outcomes; [`table`] – the macro that makes them
//! * [`library`], [`network`], [`story`], [`picture`], [`speech`] – a worker's jobs, each with what
//!   it is given and what it answers
//! * [`listing`], [`rows`], [`change`], [`undo`], [`ranking`], [`sharing`] – what several of those
//!   share
//! * [`failure`] – what went wrong; [`abilities`] – what the terminal supports; [`prefs`] – what the
//!   reader chose while reading, remembered
//!
//! # A new job
//!
//! A row in its worker's table, an arm where its worker does it (`runtime/workers/`), and an arm in
//! [`crate::app::update`] that takes its answer in; the compiler asks for both.

pub mod abilities;
pub mod change;
pub mod effect;
pub mod failure;
pub mod job;
pub mod library;
pub mod listing;
pub mod message;
pub mod network;
pub mod picture;
pub mod prefs;
pub mod ranking;
pub mod rows;
pub mod sharing;
pub mod speech;
pub mod story;
pub mod table;
pub mod undo;
