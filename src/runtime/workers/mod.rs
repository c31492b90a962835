//! What does the jobs, and who answers them: a module a worker.
//!
//! * [`library`] – questions about the library and changes of it, on one thread
//! * [`network`] – what takes long: fetching, short news, files, other programs; [`scrap_tasks`] – what
//!   of that concerns scraps; [`language_model`] – short news by a language model
//! * [`stories`] – which articles tell one story · [`pictures`] – pictures fetched and drawn ·
//!   [`speech`] – sentences read aloud
//! * [`memory_articles`] – articles that are not in the store, shared by the workers

pub mod language_model;
pub mod library;
pub mod memory_articles;
pub mod network;
pub mod pictures;
pub mod scrap_tasks;
pub mod speech;
pub mod stories;

use crate::app::protocol::message::Progress;

/// Takes how far a job is.
pub(crate) type Report<'a> = dyn FnMut(Progress) + 'a;
