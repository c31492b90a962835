//! Tells which blocks are running text.

use crate::extract::body::blocks::BodyBlock;
use crate::extract::body::blocks::inline_text::ends_sentence;
use crate::news::Block;
use crate::news::hangul::is_hangul_syllable;

/// The text of a paragraph, heading or quote; empty for other blocks.
pub(super) fn words(block: &BodyBlock) -> &str {
    match &block.content {
        Block::Paragraph { text, .. } | Block::Heading { text, .. } | Block::Quote { text, .. } => {
            text
        }
        _ => "",
    }
}

/// Whether a block is running text: a sentence of at least 60 columns, which no label is.
pub(super) fn is_prose(block: &BodyBlock) -> bool {
    let text = words(block);
    let long = text
        .chars()
        .map(|c| if is_hangul_syllable(c) { 2 } else { 1 })
        .sum::<usize>()
        >= 60;
    long && ends_sentence(text) && !matches!(block.content, Block::Heading { .. })
}
