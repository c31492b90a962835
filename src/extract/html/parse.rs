//! Source → scraper's tree, in time and memory that grow with the source and no faster.
//!
//! html5ever builds the tree that browsers build. Left alone, its time grows with the square of the
//! nesting, of the open formatting elements and of a tag's attributes: 20,000 nested `<div>` take a
//! second, 200,000 attributes twelve. So the source passes [`attributes::within_bounds`], start tags
//! pass [`Gate`], and the tree is written by [`DepthSink`], which knows how deep each node lies.
//!
//! [`attributes::within_bounds`]: super::attributes::within_bounds

use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink as _};
use scraper::Html;

use super::attributes::within_bounds;
use super::depth_sink::DepthSink;
use super::gate::Gate;

/// The tree of `source`; never fails.
pub(crate) fn parse(source: &str) -> Html {
    parse_with(source, TreeBuilderOpts::default())
}

pub(super) fn parse_with(source: &str, opts: TreeBuilderOpts) -> Html {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(&within_bounds(source)));
    let builder = TreeBuilder::new(DepthSink::default(), opts);
    let tokenizer = Tokenizer::new(Gate::new(builder), TokenizerOpts::default());
    // The tokenizer pauses where a script would run.
    while let TokenizerResult::Script(_) | TokenizerResult::EncodingIndicator(_) =
        tokenizer.feed(&input)
    {}
    tokenizer.end();
    tokenizer.sink.into_builder().sink.finish()
}
