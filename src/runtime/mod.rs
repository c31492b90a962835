//! The side effects: threads, clock, network, disk, terminal. Only this folder and `cli` may use
//! them.
//!
//! * [`start`] – makes the model from settings, library and terminal, and runs the event loop
//! * [`event_loop`] – one inbox: handles messages, draws, starts jobs; `preview_delay` – articles
//!   that wait until the keys rest
//! * [`executor`] – the worker threads; [`workers`] – the jobs that they run
//! * [`store`] – the library's file; [`archive`] – scraps as files
//! * [`net`] – HTTP; [`fetch`] – articles and feeds from addresses and files; [`refresh`] – all
//!   subscriptions at once; [`sync`] – keeps library and server in step
//! * [`rules`] – what is done with articles when they arrive
//! * [`grouping`] – articles as stories; [`edition`] – a newspaper of them to take along
//! * [`feed_settings`] – the file with the settings of single subscriptions
//! * [`dictionaries`] – words in the user's own dictionaries
//! * [`terminal`] – screen, input, signals, and what the terminal can do
//! * [`system`] – paths, log, files, printer, other programs
//! * [`cancel`] – stops slow work; [`failures`] – errors as failures for the reader
#![expect(
    clippy::disallowed_methods,
    reason = "clock, threads, files and the environment live here"
)]

pub mod executor;
pub mod fetch;
pub mod system;
pub mod workers;

pub mod archive;
pub mod cancel;
pub mod dictionaries;
pub mod edition;
pub mod event_loop;
pub mod failures;
pub mod feed_settings;
pub mod grouping;
pub mod net;
mod preview_delay;
pub mod refresh;
pub mod rules;
pub mod start;
pub mod store;
pub mod sync;
pub mod terminal;
