//! What goes into the reading of blocks, and what comes out of it.

use crate::extract::html::NodeId;
use crate::news::Block;

/// What is known of elements before they are read.
pub(crate) trait Guide {
    /// Left out with all inside it.
    fn skips(&self, id: NodeId) -> bool;
    /// A picture's caption, whatever its class.
    fn is_caption(&self, id: NodeId) -> bool;
}

/// A block and where it came from.
#[derive(Clone, Debug)]
pub(crate) struct BodyBlock {
    /// The block.
    pub(crate) content: Block,
    /// The element that holds its block: the same for the paragraphs of one text.
    pub(crate) home: NodeId,
    /// Characters of its text, and how many of them are links.
    pub(crate) chars: usize,
    pub(crate) linked: usize,
}
