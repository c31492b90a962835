//! gisa (기사, "article"): a terminal news reader.
//!
//! # The map
//!
//! ```text
//! news ◄── text ◄── glyph            words, then lines, then big letters  pure: values in and out;
//!   ▲        ▲                                                            no I/O, clock or ratatui
//!   ├── extract                      bytes in, news out
//!   ├── summary ◄── stories           the short news; the same story across publishers
//!   ├── speech · print               what is read aloud; what is put on paper
//!   ├── picture                      a picture's bytes to what a terminal shows
//!   └── config ◄── app ◄── view      settings; the program as a value; Model → cells
//!                   ▲        ▲
//!                  runtime ──┘       the world: threads, clock, sockets, disk, terminal
//!                   ▲
//!                  cli ◄── main
//! ```
//!
//! Nothing imports outward: `tests/it/arch.rs` holds the arrows as a table and fails on a wrong
//! one, and clippy bans clocks, files, the environment and threads that outlive their caller
//! outside `runtime` and `cli`.
//!
//! # One article, from bytes to the screen
//!
//! 1. A key comes in at [`crate::runtime::terminal::input`], becomes a [`app::Message`], and is
//!    looked up by [`crate::app::input::keymap`]: **there a key becomes an action**
//!    ([`crate::app::input::action`] is the table of them). [`app::update`] routes it; the panes
//!    change the [`app::Model`] and give back [`app::Effect`]s.
//! 2. [`crate::runtime::executor`] does an effect on the thread that is for it and answers once.
//!    [`crate::runtime::fetch::source`] turns anything that can be named (address, file, directory,
//!    standard input) into bytes, [`runtime::net`] the ones that are far, and
//!    [`crate::runtime::fetch::pagination`] follows an article over its pages.
//! 3. [`extract`] decodes the bytes and finds the article: **there HTML becomes an
//!    [`news::Article`]** ([`extract::page()`] for pages, [`crate::extract::pasted`] for pasted
//!    text, [`extract::feed`] for feeds). All text passes through [`news::Clean`], which can hold
//!    no control character: what a page says can't move the cursor.
//! 4. [`text::Document`] puts the article's parts in reading order and [`text::Layout`] sets them
//!    in lines as they are looked at: **there rows are made** ([`text::wrap()`] breaks the lines,
//!    [`text::WidthPolicy`] is the one place that knows how wide this terminal draws). A place is
//!    always a place in the text, never a row.
//! 5. [`view`] reads the model and paints cells; [`glyph`] and [`view::letters`] paint letters
//!    larger than a cell, [`picture`] makes of a picture what this terminal shows.
//! 6. What is kept goes through [`crate::runtime::workers::library`], the one thread that owns the
//!    shelves and the [`runtime::store`]; [`runtime::archive`] makes files of scraps, and
//!    [`crate::runtime::workers::stories`] holds articles against each other, so that several
//!    publishers' versions of a story become one row.
//!
//! # Why not …
//!
//! * **… an async runtime?** A handful of downloads, one database, one voice: plain threads give
//!   plain stack traces, and parsing, SQLite and speech block anyway.
//! * **… traits for the outside?** Effects are data: a run can be logged, replayed and tested as a
//!   script.
//! * **… an HTML library's tree?** [`extract`] reads pages into a vector of nodes with bounds on
//!   depth and size, since the usual trees take time with the square of the nesting on hostile
//!   pages.
#![forbid(unsafe_code)]
pub mod summary;

pub mod app;
pub mod cli;
pub mod config;
pub mod extract;
pub mod glyph;
pub mod news;
pub mod picture;
pub mod print;
pub mod runtime;
pub mod speech;
pub mod stories;
pub mod text;
pub mod view;
