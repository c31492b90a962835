//! From a part of the tree to the blocks of an article.
//!
//! * [`blocks`]     – elements to blocks in reading order
//! * [`trim`]       – blocks to the article: what is not its text goes
//! * [`lines`]      – what single lines of text are, by their words alone
//! * [`vocabulary`] – the words that a text uses

pub(crate) mod blocks;
pub mod lines;
pub(crate) mod trim;
pub(crate) mod vocabulary;
