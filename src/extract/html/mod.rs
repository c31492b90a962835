//! A page as a tree: our own reader of HTML, made for bounded work.
//!
//! html5ever builds the tree that a browser would, at a cost that grows with the square of the
//! nesting, and gives every node an allocation. Reading an article needs less: nodes lie in
//! document order in one vector, a subtree is a range of it, and text and attributes are ranges of
//! the source. Nothing is recursive, depth and count are capped, so any bytes cost linear time and
//! a few times their size.
//!
//! * [`dom`]          – the tree: nodes, their text and attributes
//! * [`tree_builder`] – tokens to nodes: which element each tag opens or ends
//! * [`tokenizer`]    – source to start tags, end tags and text
//! * [`tag`]          – the elements, and how each behaves
//! * [`entity`]       – character references
//! * [`select`]       – CSS selectors, as publisher profiles use them
//! * [`class_names`]  – the words in an element's class and id
//! * [`markup`]       – tags and text in order, without a tree: for feeds and OPML

pub(crate) mod class_names;
pub(crate) mod dom;
pub(crate) mod entity;
pub(crate) mod markup;
pub(crate) mod select;
pub(crate) mod tag;
mod tokenizer;
mod tree_builder;

pub(crate) use dom::{Dom, NodeId, ROOT};
pub(crate) use select::{Selector, SelectorIndex};
pub(crate) use tag::Tag;

#[cfg(test)]
mod tests;
