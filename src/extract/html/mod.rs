//! A page as a tree.
//!
//! scraper reads it: html5ever builds the tree that browsers build, and Servo's selectors find what
//! publisher profiles name. Around it stands what keeps hostile pages from costing more time than
//! their size is worth. For scoring, the tree is laid out once more in one vector.
//!
//! * [`mod@parse`]   – source to scraper's tree, bounded on hostile pages
//! * `tokens`        – the source's tags and text, with a bounded number of attributes a tag
//! * `tag_reader`    – the source, with an end to tags of endless attributes
//! * `gate`          – bounds the depth and the number of open formatting elements
//! * `depth_sink`    – scraper's tree builder, with a note of how deep it stands
//! * `streamed`      – parts of the page that a script puts in their place
//! * [`dom`]         – the elements and text of the tree in document order
//! * [`select`]      – CSS selectors
//! * [`tag`]         – the elements that matter for reading, and how each behaves
//! * `word_weight`   – how much a run of text says
//! * [`class_names`] – the words in an element's class and id
//! * [`entity`]      – character references outside of pages: in feeds and in JSON
//! * [`markup`]      – tags and text in order, without a tree: for feeds and OPML

pub(crate) mod class_names;
mod depth_sink;
pub(crate) mod dom;
pub(crate) mod entity;
mod gate;
pub(crate) mod markup;
mod parse;
pub(crate) mod select;
mod streamed;
pub(crate) mod tag;
mod tag_reader;
mod tokens;
mod word_weight;

pub(crate) use dom::{Dom, NodeId, ROOT};
pub(crate) use parse::parse;
pub(crate) use select::{Selector, SelectorIndex};
pub(crate) use tag::Tag;
pub(crate) use word_weight::WordWeight;

#[cfg(test)]
mod tests;
