//! Reads lists, tables and preformatted text, each as a whole.

use super::body_block::Guide;
use crate::extract::html::{Dom, NodeId, Tag};
use crate::news::{Block, Clean};

/// The most rows, cells of a row and items of a list, so that a page of nothing else does not grow
/// without limit.
const MAX_ITEMS: usize = 5_000;

/// A block, the length of its text in characters and how many of them are inside links.
pub(crate) type MeasuredBlock = (Block, usize, usize);

/// The list at `at`, or `None` if its items contain more than text and must be read as blocks.
pub(crate) fn list(dom: &Dom<'_>, at: NodeId, guide: &dyn Guide) -> Option<MeasuredBlock> {
    let rich = |tag: Tag| {
        tag.heading().is_some()
            || matches!(
                tag,
                Tag::Figure
                    | Tag::Img
                    | Tag::Table
                    | Tag::Blockquote
                    | Tag::Pre
                    | Tag::Iframe
                    | Tag::Video
                    | Tag::Article
            )
    };
    if (at + 1..dom.end(at)).any(|n| rich(dom.tag(n)) && !guide.skips(n)) {
        return None;
    }
    let mut items = Vec::new();
    let (mut chars, mut linked) = (0, 0);
    for item in dom
        .children(at)
        .filter(|n| !dom.tag(*n).is_text() && !guide.skips(*n))
        .take(MAX_ITEMS)
    {
        if dom.all(item, Tag::P).nth(1).is_some() {
            return None;
        }
        let (text, own, links) = words(dom, item, guide);
        let text = Clean::line(&text);
        if !text.is_blank() {
            chars += own;
            linked += links;
            items.push(text);
        }
    }
    Some((
        Block::List {
            ordered: dom.tag(at) == Tag::Ol,
            items,
        },
        chars,
        linked,
    ))
}

/// The table at `at`, or `None` if it only arranges the page.
pub(crate) fn table(dom: &Dom<'_>, at: NodeId, guide: &dyn Guide) -> Option<MeasuredBlock> {
    let layout = |tag| {
        matches!(
            tag,
            Tag::Figure | Tag::Img | Tag::Table | Tag::Iframe | Tag::Ul | Tag::Blockquote
        )
    };
    if (at + 1..dom.end(at)).any(|n| layout(dom.tag(n)) && !guide.skips(n)) {
        return None;
    }
    let mut rows = Vec::new();
    let (mut chars, mut linked, mut long, mut widest) = (0, 0, 0, 0);
    for row in dom.all(at, Tag::Tr).take(MAX_ITEMS) {
        let mut cells = Vec::new();
        for cell in dom
            .children(row)
            .filter(|n| matches!(dom.tag(*n), Tag::Td | Tag::Th))
            .take(MAX_ITEMS)
        {
            let (text, own, links) = words(dom, cell, guide);
            chars += own;
            linked += links;
            long += usize::from(own > 300 || dom.all(cell, Tag::P).nth(1).is_some());
            cells.push(Clean::line(&text));
        }
        widest = widest.max(cells.len());
        if cells.iter().any(|c| !c.is_blank()) {
            rows.push(cells);
        }
    }
    let is_data = rows.len() > 1 && widest > 1 && long == 0;
    is_data.then_some((Block::Table { rows }, chars, linked))
}

/// The preformatted text at `at`, or `None` if it is prose: long lines without a `code` element.
pub(crate) fn pre(dom: &Dom<'_>, at: NodeId) -> Option<MeasuredBlock> {
    let text: String = (at..dom.end(at))
        .map(|n| match dom.tag(n) {
            Tag::Text => dom.words(n),
            Tag::Br => "\n",
            _ => "",
        })
        .collect();
    let prose =
        dom.all(at, Tag::Code).next().is_none() && text.lines().any(|l| l.chars().count() > 120);
    let chars = text.trim().chars().count();
    (!prose).then(|| {
        (
            Block::Code {
                text: Clean::code(&text),
            },
            chars,
            0,
        )
    })
}

/// The text of a subtree on one line, its length in characters and how many of them are inside
/// links.
fn words(dom: &Dom<'_>, at: NodeId, guide: &dyn Guide) -> (String, usize, usize) {
    let mut out = String::new();
    let (mut chars, mut linked, mut link_end) = (0, 0, 0);
    let (mut n, end) = (at, dom.end(at));
    while n < end {
        let tag = dom.tag(n);
        let machinery = tag.is_raw()
            || matches!(
                tag,
                Tag::Raw | Tag::Svg | Tag::Noscript | Tag::Button | Tag::Select | Tag::Template
            );
        if machinery || (n > at && guide.skips(n)) {
            n = dom.end(n);
            continue;
        }
        if tag == Tag::Text {
            let words = dom.words(n);
            let own = words
                .split_whitespace()
                .map(|w| w.chars().count())
                .sum::<usize>();
            chars += own;
            linked += if n < link_end { own } else { 0 };
            out.push_str(words);
        } else if tag == Tag::A {
            link_end = dom.end(n);
        } else if tag.is_block() || tag == Tag::Br {
            out.push(' ');
        }
        n += 1;
    }
    (out, chars, linked)
}
