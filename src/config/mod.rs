//! Settings: TOML in, values out. The files in `assets/` are the defaults; a user's file is laid
//! over them.
//!
//! * [`outside`]  – of these, what comes in as a picture, and what is kept, printed or sent
//! * [`settings`] – the values, and how two tables become one
//! * [`summary`]  – those of the short news and of issues
//! * [`words`]    – every sentence that people read, in Korean and English
//! * [`particle`] – the particle that fits a word
//! * [`theme`]    – roles and their colours
//!
//! Reads no file itself: `runtime` and `cli` hand the text in.

pub mod outside;
pub mod particle;
pub mod settings;
pub mod summary;
pub mod theme;
pub mod words;

pub use outside::{Pictures, Print, Scrap, Share};
pub use settings::{Config, ConfigError, Library, Speech};
pub use summary::LanguageModel;
pub use theme::{Depth, Paint, Role, Theme, Themes};
pub use words::{Language, Words};
