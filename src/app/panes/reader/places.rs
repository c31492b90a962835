//! From places in an article to places in its document, and back.

use std::ops::Range;

use super::sheet::PartRange;
use crate::news::highlight::covered;
use crate::news::{Article, Block, Passage, Point};
use crate::text::{Anchor, Document, Part, PartRole, PartSource};

/// Where a passage of the article stands in its document.
pub fn range_of(document: &Document, passage: &Passage) -> Option<PartRange> {
    let fits = |part: &Part| match part.source {
        PartSource::Block(block) => block == passage.block,
        PartSource::Item { block, item } => block == passage.block && item == passage.item,
        _ => false,
    };
    let part = document.parts.iter().position(fits)?;
    Some(PartRange {
        part,
        bytes: passage.bytes.clone(),
    })
}

/// Where a stretch of the article's body begins in its document.
pub fn range_of_span(
    article: &Article,
    document: &Document,
    span: (Point, Point),
) -> Option<PartRange> {
    let mut parts = document.parts.iter().enumerate();
    parts.find_map(|(part, p)| {
        let bytes = bytes_between(span, place_of(article, p)?, p.text.len());
        (!bytes.is_empty()).then_some(PartRange { part, bytes })
    })
}

/// The first place of the article's body at or after `anchor`.
pub fn point_of(article: &Article, document: &Document, anchor: Anchor) -> Point {
    let mut from = anchor.byte;
    for part in document.parts.iter().skip(anchor.part) {
        if let Some((block, item, before)) = place_of(article, part) {
            return Point {
                block,
                item,
                byte: before + from,
            };
        }
        from = 0;
    }
    Point::default()
}

/// Where a part's words stand in the body: block, item, and how many bytes of that text come before
/// them.
pub fn place_of(article: &Article, part: &Part) -> Option<(usize, usize, usize)> {
    if matches!(
        part.role,
        PartRole::Image | PartRole::Caption | PartRole::Table | PartRole::Embed
    ) {
        return None;
    }
    match part.source {
        PartSource::Block(block) => match article.blocks.get(block)? {
            // The words before an inline list that was taken apart: the beginning of their
            // paragraph.
            Block::Paragraph { text, .. } => Some((block, 0, text.find(&*part.text)?)),
            _ => Some((block, 0, 0)),
        },
        PartSource::Item { block, item } => match article.blocks.get(block)? {
            Block::List { .. } => Some((block, item, 0)),
            // An item of an inline list.
            other => Some((block, 0, other.plain().find(&*part.text)?)),
        },
        _ => None,
    }
}

/// The bytes of a part of this length that lie between two points of the body; `place` is where the
/// part's text stands in the body ([`place_of`]).
pub fn bytes_between(
    (from, until): (Point, Point),
    (block, item, before): (usize, usize, usize),
    len: usize,
) -> Range<usize> {
    let bytes = covered(from, until, (block, item), before + len);
    let cut = |byte: usize| byte.saturating_sub(before).min(len);
    cut(bytes.start)..cut(bytes.end)
}
