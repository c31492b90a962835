//! Which blocks are running text.

use crate::extract::body::blocks::BodyBlock;
use crate::extract::body::blocks::inline_text::ends_sentence;
use crate::news::Block;
use crate::news::hangul::is_hangul_syllable;

/// The running text of a block; empty for pictures, lists and tables.
pub(super) fn words(block: &BodyBlock) -> &str {
    match &block.content {
        Block::Paragraph { text, .. } | Block::Heading { text, .. } | Block::Quote { text } => text,
        _ => "",
    }
}

/// Whether a block is running text, long enough not to be a label.
pub(super) fn is_prose(block: &BodyBlock) -> bool {
    let text = words(block);
    let long = text
        .chars()
        .map(|c| if is_hangul_syllable(c) { 2 } else { 1 })
        .sum::<usize>()
        >= 60;
    long && ends_sentence(text) && !matches!(block.content, Block::Heading { .. })
}
