//! Quotations that hold more than paragraphs.

use crate::extract::html::{Dom, NodeId, Tag};
use crate::news::block_marks::item_marks;
use crate::news::{Block, Clean};

/// Most nodes of a quotation that is read as one block: a longer one arranges the page.
const MOST_NODES: usize = 600;

/// Whether the quotation at `at` holds lists, quotations or code, and nothing that stands in a body
/// for itself.
pub(super) fn is_composite(dom: &Dom<'_>, at: NodeId) -> bool {
    let inside = at + 1..dom.end(at);
    let own = |tag: Tag| {
        tag.heading().is_some()
            || matches!(
                tag,
                Tag::Img | Tag::Figure | Tag::Table | Tag::Iframe | Tag::Video | Tag::Embed
            )
    };
    let composite = |tag| matches!(tag, Tag::Ul | Tag::Ol | Tag::Pre | Tag::Blockquote);
    inside.len() <= MOST_NODES
        && inside.clone().any(|n| composite(dom.tag(n)))
        && !inside.into_iter().any(|n| own(dom.tag(n)))
}

/// The words of blocks as plain text: a line an item with its mark, inner quotations after `>`.
pub(super) fn plain(blocks: &[Block]) -> Clean {
    let mut lines: Vec<String> = Vec::new();
    for block in blocks {
        match block {
            Block::List {
                ordered,
                items,
                marks,
            } => {
                let marked = items.iter().zip(item_marks(*ordered, items.len(), marks));
                lines.extend(marked.map(|(item, mark)| format!("{} {item}", mark.label("•"))));
            }
            Block::Quote { text, .. } => lines.extend(text.lines().map(|l| format!("> {l}"))),
            other => lines.push(other.plain()),
        }
    }
    Clean::lines(&lines.join("\n"))
}
