//! The world: threads, clock, sockets, disk, terminal. The only place, beside `cli`, that may touch
//! them.
//!
//! * [`start`]      – from settings and terminal to a model, and into the loop
//! * [`meet`], [`probe`] – what the terminal does, known from before or asked
//! * [`event_loop`] – one inbox, one loop: take in, draw, do
//! * [`terminal`], [`input`], [`signals`] – the screen and what comes from it
//! * [`crew`]       – the threads that do effects; [`desk`] owns collections and store, [`work`] does
//!   what takes long, [`newsroom`] holds articles against each other; [`stock`] is what they share
//!   outside the store
//! * [`refresh`]    – feeds, many at once; `ranking` – those that are a 많이 본 뉴스
//! * [`watch`]      – notices that the library's file was written to
//! * [`source`]     – anything that can be named on the command line, to articles
//! * [`store`]      – the library's file; [`paths`] says where files are
//! * [`archive`]    – scraps as files: export, import, the mirror folder, their pictures;
//!   [`tending`] does their errands
//! * [`model`]      – the opt-in language model for short news
//! * [`speech`]     – the voice, a program of the system's; [`printer`] – its fonts and CUPS
//! * [`share`]      – clipboard, files, mail, programs of the reader's own
//! * [`picture`]    – fetches pictures and has them drawn
//! * [`desktop`], [`log`], [`cancel`], [`failures`]
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
pub mod event_loop;
pub mod failures;
pub mod net;
pub mod refresh;
pub mod start;
pub mod store;
pub mod terminal;
