//! Turns the elements that contain an article's text into its blocks.
//!
//! * [`blocks`]     – reads elements as blocks in reading order
//! * [`trim`]       – removes what is not the article's text
//! * [`lines`]      – classifies single lines of text by their words alone
//! * [`vocabulary`] – the words that a text uses

pub(crate) mod blocks;
pub mod lines;
pub(crate) mod trim;
pub(crate) mod vocabulary;
