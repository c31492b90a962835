//! Fetching what is due.

pub mod parse;
