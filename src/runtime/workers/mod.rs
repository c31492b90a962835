//! The workers that run jobs, one file or folder for each.
//!
//! * [`library`] – questions about the library and changes of it, on one thread
//! * [`network`] – everything that takes long: fetching, summaries, files, other programs;
//!   [`scrap_tasks`] – the part of that which concerns scraps; [`language_model`] – summaries by a
//!   language model
//! * [`stories`] – groups articles into stories · [`pictures`] – fetches and draws pictures ·
//!   [`speech`] – reads sentences aloud · [`voices`] – which programs could
//! * [`edition_task`] – writes the newspaper to take along
//! * [`copies`] – copies what is kept, at a quiet moment · [`folder`] – exchanges with the reader's
//!   other machines
//! * [`memory_articles`] – articles that are not in the library, shared by the workers

pub mod copies;
pub mod edition_task;
pub mod folder;
pub mod language_model;
pub mod library;
pub mod memory_articles;
pub mod network;
pub mod pictures;
pub mod scrap_tasks;
pub mod speech;
pub mod stories;
pub mod voices;

use crate::app::protocol::message::Progress;

/// Called with the progress of a job.
pub(crate) type Report<'a> = dyn FnMut(Progress) + 'a;
