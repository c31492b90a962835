//! gisa (기사, "article"): a terminal news reader.
//!
//! # The map
//!
//! ```text
//! news ◄── text ◄── glyph          words, then lines, then big letters        pure: values in,
//!   ▲        ▲                                                                values out; no I/O,
//!   │        ├── print · picture   pages on paper; a picture's bytes to cells no clock, no ratatui
//!   │        └── config            settings, sentences, themes
//!   ├── dictionary                 an eojeol to the headwords that it is a form of
//!   ├── extract                    bytes in, news out
//!   └── summary ◄── stories        the short news; the same story across publishers
//!         ▲
//!         └── speech               what is read aloud (its sentences are the summary's)
//!
//! app ◄── view                     the program as a value; Model → cells
//!  ▲       ▲                       both know config, glyph, speech and picture
//! runtime ─┘                       the world: threads, clock, sockets, disk, terminal
//!  ▲
//! cli ◄── main
//! ```
//!
//! print, extract, summary, stories, speech, dictionary, picture (through text) and config all know
//! `news`. lettering knows glyph, picture and typeface; typeface, the faces of font files, knows
//! nothing and is known by print, too.
//!
//! Nothing imports outward: `tests/it/arch.rs` holds the arrows as a table and fails on a wrong
//! one, and clippy bans clocks, files, the environment and threads that outlive their caller
//! outside `runtime` and `cli`.
//!
//! # One article, from bytes to the screen
//!
//! 1. A key comes in at [`runtime::terminal::input`] as a [`app::Message`]. The loop in
//!    [`runtime::event_loop`] calls [`app::update()`] with it. `app/update/keys.rs` asks
//!    [`app::input::key_input`], which looks it up in [`app::input::keymap`]: **there a key becomes
//!    an action** ([`app::input::action`] is the table of them). One match in
//!    `app/update/actions.rs` hands it to a part, which changes its own state and answers with a
//!    [`app::Reply`]; `app/update/perform.rs` carries that out, and `update` gives back
//!    [`app::Effect`]s.
//! 2. The loop starts them: [`runtime::executor`] hands each job to the worker that does it
//!    ([`runtime::workers`]). An article of the library comes from the store by
//!    [`runtime::workers::library`], a page from the network by [`runtime::workers::network`].
//!    [`runtime::fetch::source`] turns anything that can be named (address, file, directory,
//!    standard input) into articles: it gets the bytes, those of the network by [`runtime::net`],
//!    decides what they are, and calls [`extract`]. [`runtime::fetch::pagination`] follows an
//!    article over its pages.
//! 3. [`extract`] decodes the bytes and finds the article: **there HTML becomes an
//!    [`news::Article`]** ([`extract::page()`] for pages, [`extract::pasted`] for pasted text,
//!    [`extract::feed`] for feeds). All text passes through [`news::Clean`], which can hold no
//!    control character: what a page says can't move the cursor.
//! 4. The worker's one answer comes back as a message. `app/update/answers.rs` hands it to the part
//!    that asked, and `app/update/commit.rs` takes in what became of a change of the library.
//! 5. [`text::Document`] puts the article's parts in reading order and [`text::Layout`] sets them
//!    in lines as they are looked at: **there rows are made** ([`text::wrap()`] breaks the lines,
//!    [`text::WidthPolicy`] is the one place that knows how wide this terminal draws). A place is
//!    always a place in the text, never a row.
//! 6. [`view`] reads the model and paints cells; [`glyph`] and [`view::letters`] paint letters
//!    larger than a cell, [`picture`] makes of a picture what this terminal shows.
//! 7. What is kept is in one SQLite file, [`runtime::store`]. Every worker and every command that
//!    needs it opens a connection of its own; most of what the user changes on the screen goes, in
//!    order, through that of [`runtime::workers::library`]. **A scrap is stored** by `put` in
//!    `runtime/store/scrap.rs`. [`runtime::archive`] makes files of scraps, and
//!    [`runtime::workers::stories`] compares articles, so that several publishers' versions of a
//!    story become one row.
//!
//! The short way is that of `gisa extract`: `cli/extract.rs` asks `cli/context.rs` for the article
//! of a source, that calls [`runtime::fetch::source`], that [`extract`], and [`news::write`] writes
//! the article as text, JSON, Markdown or HTML. No model, no worker and no library take part.
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

pub mod app;
pub mod cli;
pub mod config;
pub mod dictionary;
pub mod extract;
pub mod glyph;
pub mod lettering;
pub mod news;
pub mod picture;
#[cfg(feature = "print")]
pub mod print;
pub mod runtime;
pub mod speech;
pub mod stories;
pub mod summary;
pub mod text;
#[cfg(any(feature = "pictures", feature = "print"))]
pub mod typeface;
#[cfg(not(any(feature = "pictures", feature = "print")))]
#[path = "typeface/not_built.rs"]
pub mod typeface;
pub mod view;
