//! From a part of the tree to the blocks of an article.

pub(crate) mod blocks;
pub mod lines;
pub(crate) mod trim;
