//! Finds the lead picture where it is between headline and body, in an element outside the one that
//! contains the text.

use super::body_text::PageBody;
use super::node_flags::{HIDDEN, JUNK, LINKS};
use super::parsed::ParsedPage;
use crate::extract::body::blocks;
use crate::extract::body::blocks::{BodyBlock, media};
use crate::extract::body::trim::captions;
use crate::extract::html::{NodeId, ROOT, Tag};
use crate::extract::meta::title::letters;
use crate::news::Block;

/// The most lead pictures of one article.
const MAX_PICTURES: usize = 3;
/// The most text in a picture's box, in characters: a caption and a credit.
const MAX_CAPTION_CHARS: usize = 260;
/// How many pictures are examined on one page.
const MAX_EXAMINED: usize = 60;
/// The most nodes of a picture's box.
const MAX_BOX_NODES: NodeId = 80;
/// How many ancestors of a picture may be its box.
const MAX_BOX_DEPTH: usize = 5;

/// The pictures with captions that stand between the headline and `body`.
pub(crate) fn pictures(page: &ParsedPage<'_, '_>, body: &PageBody, title: &str) -> Vec<BodyBlock> {
    let held = |p: &BodyBlock| matches!(&p.content, Block::Image { url, .. } if !url.is_empty());
    if body.at == ROOT || body.blocks.iter().take(3).any(held) {
        return Vec::new();
    }
    let Some(headline) = headline(page, body.at, title) else {
        return Vec::new();
    };
    let mut found: Vec<BodyBlock> = Vec::new();
    let mut end = headline;
    for at in (headline..body.at)
        .filter(|at| page.dom.tag(*at) == Tag::Img)
        .take(MAX_EXAMINED)
    {
        if found.len() >= MAX_PICTURES || at < end {
            continue;
        }
        let Some(frame) = frame(page, at, headline, body.at) else {
            continue;
        };
        end = page.dom.end(frame);
        let mut blocks = blocks::read(&page.dom, &[frame], &page.flags, &page.addresses);
        captions(&mut blocks);
        let [
            BodyBlock {
                content: Block::Image {
                    caption: Some(_), ..
                },
                ..
            },
        ] = blocks.as_slice()
        else {
            continue;
        };
        found.extend(blocks);
    }
    found
}

/// The node after the last headline before the body.
fn headline(page: &ParsedPage<'_, '_>, body: NodeId, title: &str) -> Option<NodeId> {
    let title = letters(title);
    let says =
        |id: &NodeId| page.dom.tag(*id) == Tag::Text && letters(page.dom.words(*id)) == title;
    (1..body)
        .rev()
        .find(|id| !title.is_empty() && says(id))
        .map(|id| page.dom.end(id))
}

/// The box of a picture: the outermost element around it that holds a caption and nothing else.
fn frame(
    page: &ParsedPage<'_, '_>,
    picture: NodeId,
    after: NodeId,
    before: NodeId,
) -> Option<NodeId> {
    let apart = |up: &NodeId| {
        *up >= after && page.dom.end(*up) <= before && page.dom.end(*up) - up <= MAX_BOX_NODES
    };
    let left_out =
        |id: NodeId| page.flags.has(id, HIDDEN | JUNK | LINKS) || page.dom.tag(id) == Tag::A;
    if std::iter::once(picture)
        .chain(page.dom.ancestors(picture))
        .any(left_out)
    {
        return None;
    }
    let words = |up: NodeId| {
        page.dom
            .all(up, Tag::Text)
            .map(|t| page.dom.words(t).trim().chars().count())
            .sum::<usize>()
    };
    let boxes = page
        .dom
        .ancestors(picture)
        .take(MAX_BOX_DEPTH)
        .take_while(apart);
    boxes
        .filter(|up| (4..=MAX_CAPTION_CHARS).contains(&words(*up)) && says_caption(page, *up))
        .last()
}

/// Whether a box holds a caption: by its tag, a class name in it, or a mark such as `▲` that Korean
/// captions begin with.
fn says_caption(page: &ParsedPage<'_, '_>, id: NodeId) -> bool {
    let one = page.dom.all(id, Tag::Img).nth(2).is_none();
    let named = || {
        (id..page.dom.end(id))
            .any(|n| !page.dom.tag(n).is_text() && media::is_caption(&page.dom, n))
    };
    let marked = || {
        page.dom
            .all(id, Tag::Text)
            .any(|t| page.dom.words(t).trim_start().starts_with(['▲', '△', '↑']))
    };
    one && (named() || marked() || media::is_frame(&page.dom, id))
}
