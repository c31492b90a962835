//! gisa (기사, "article"): a terminal news reader.
#![forbid(unsafe_code)]

pub mod app;
pub mod brief;
pub mod cli;
pub mod config;
pub mod extract;
pub mod glyph;
pub mod news;
pub mod print;
pub mod runtime;
pub mod speech;
pub mod stories;
pub mod text;
pub mod view;
