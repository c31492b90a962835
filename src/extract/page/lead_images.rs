//! The picture over the text: it stands between headline and body in a box of its own, outside what
//! holds the text.

use super::body_text::PageBody;
use super::node_flags::{HIDDEN, JUNK, LINKS};
use super::parsed::ParsedPage;
use crate::extract::body::blocks;
use crate::extract::body::blocks::{BodyBlock, media};
use crate::extract::body::trim::captions;
use crate::extract::html::{NodeId, ROOT, Tag};
use crate::extract::meta::title::letters;
use crate::news::Block;

/// Pictures over one text.
const MOST: usize = 3;
/// A picture's box holds no more words, in characters: its caption and credit.
const WORDS: usize = 260;
/// Pictures that are looked at.
const LOOKED_AT: usize = 60;
/// Nodes of a picture's box.
const NODES: NodeId = 80;
/// Steps from a picture up to its box.
const STEPS: usize = 5;

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
        .take(LOOKED_AT)
    {
        if found.len() >= MOST || at < end {
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

/// Where the headline ends that stands nearest before the body.
fn headline(page: &ParsedPage<'_, '_>, body: NodeId, title: &str) -> Option<NodeId> {
    let title = letters(title);
    let says =
        |id: &NodeId| page.dom.tag(*id) == Tag::Text && letters(&page.dom.words(*id)) == title;
    (1..body)
        .rev()
        .find(|id| !title.is_empty() && says(id))
        .map(|id| page.dom.end(id))
}

/// The box of a picture: the widest around it that holds a caption and nothing else.
fn frame(
    page: &ParsedPage<'_, '_>,
    picture: NodeId,
    after: NodeId,
    before: NodeId,
) -> Option<NodeId> {
    let apart = |up: &NodeId| {
        *up >= after && page.dom.end(*up) <= before && page.dom.end(*up) - up <= NODES
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
            .map(|t| page.dom.raw(t).trim().chars().count())
            .sum::<usize>()
    };
    let boxes = page.dom.ancestors(picture).take(STEPS).take_while(apart);
    boxes
        .filter(|up| (4..=WORDS).contains(&words(*up)) && says_caption(page, *up))
        .last()
}

/// Whether a box says that it holds a caption: by its element, its class, or the mark that captions
/// begin with.
fn says_caption(page: &ParsedPage<'_, '_>, id: NodeId) -> bool {
    let one = page.dom.all(id, Tag::Img).nth(2).is_none();
    let named = || {
        (id..page.dom.end(id))
            .any(|n| !page.dom.tag(n).is_text() && media::is_caption(&page.dom, n))
    };
    let marked = || {
        page.dom
            .all(id, Tag::Text)
            .any(|t| page.dom.raw(t).trim_start().starts_with(['▲', '△', '↑']))
    };
    one && (named() || marked() || media::is_frame(&page.dom, id))
}
