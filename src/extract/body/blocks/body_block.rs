//! The input and output types of reading blocks.

use crate::extract::html::NodeId;
use crate::news::Block;

/// What the caller knows of elements before they are read.
pub(crate) trait Guide {
    /// Whether to leave out an element with its content.
    fn skips(&self, id: NodeId) -> bool;
    /// Whether an element is a picture's caption, whatever its class.
    fn is_caption(&self, id: NodeId) -> bool;
}

/// A block with its origin and size.
#[derive(Clone, Debug)]
pub(crate) struct BodyBlock {
    /// The block itself.
    pub(crate) content: Block,
    /// The element that contains its block element; the paragraphs of one text share it.
    pub(crate) home: NodeId,
    /// The class of its block element, hashed: paragraphs of one text look alike.
    pub(crate) look: u64,
    /// The length of its text in characters.
    pub(crate) chars: usize,
    /// How many of them are inside links.
    pub(crate) linked: usize,
    /// How many of them are set in bold.
    pub(crate) bold: usize,
}

impl BodyBlock {
    /// A block whose looks are not known.
    pub(super) fn of(content: Block, home: NodeId, chars: usize, linked: usize) -> Self {
        Self {
            content,
            home,
            look: 0,
            chars,
            linked,
            bold: 0,
        }
    }
}
