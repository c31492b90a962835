//! Source → scraper's tree, in time and memory that grow with the source and no faster.
//!
//! html5gum cuts the source into tags and text, and html5ever's tree builder makes of them the tree
//! that browsers build. Left alone, the builder's time grows with the square of the nesting and of
//! the open formatting elements: 20,000 nested `<div>` take a second. So [`Tokens`] bounds a tag's
//! attributes, start tags pass [`Gate`], and the tree is written by [`DepthSink`], which knows how
//! deep each node lies.

use std::cell::Cell;

use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink as _};
use html5gum::Tokenizer;
use scraper::Html;

use super::depth_sink::DepthSink;
use super::gate::Gate;
use super::tag_reader::TagReader;
use super::tokens::Tokens;

/// The tree of `source`; never fails.
pub(crate) fn parse(source: &str) -> Html {
    parse_with(source, TreeBuilderOpts::default())
}

pub(super) fn parse_with(source: &str, opts: TreeBuilderOpts) -> Html {
    let gate = Gate::new(TreeBuilder::new(DepthSink::default(), opts));
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    let is_full = Cell::new(false);
    let reader = TagReader::new(source, &is_full);
    let Ok(()) = Tokenizer::new_with_emitter(reader, Tokens::new(&gate, &is_full)).finish();
    gate.into_builder().sink.finish()
}
