//! The picture over the text: it stands between headline and body in a box of its own, outside what
//! holds the text.

use super::body_text::Body;
use super::node_flags::{HIDDEN, JUNK, LINKS};
use super::parsed::Page;
use crate::extract::body::blocks;
use crate::extract::body::blocks::{Piece, media};
use crate::extract::body::trim::captions;
use crate::extract::html::{Id, ROOT, Tag};
use crate::extract::meta::title::letters;
use crate::news::Block;

/// Pictures over one text.
const MOST: usize = 3;
/// A picture's box holds no more words, in characters: its caption and credit.
const WORDS: usize = 260;
/// Pictures that are looked at.
const LOOKED_AT: usize = 60;
/// Nodes of a picture's box.
const NODES: Id = 80;
/// Steps from a picture up to its box.
const STEPS: usize = 5;

/// The pictures with captions that stand between the headline and `body`.
pub(crate) fn pictures(page: &Page<'_, '_>, body: &Body, title: &str) -> Vec<Piece> {
    let held = |p: &Piece| matches!(&p.block, Block::Image { url, .. } if !url.is_empty());
    if body.at == ROOT || body.pieces.iter().take(3).any(held) {
        return Vec::new();
    }
    let Some(headline) = headline(page, body.at, title) else {
        return Vec::new();
    };
    let mut found: Vec<Piece> = Vec::new();
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
        let mut pieces = blocks::read(&page.dom, &[frame], &page.marks, &page.addresses);
        captions(&mut pieces);
        let [
            Piece {
                block: Block::Image {
                    caption: Some(_), ..
                },
                ..
            },
        ] = pieces.as_slice()
        else {
            continue;
        };
        found.extend(pieces);
    }
    found
}

/// Where the headline ends that stands nearest before the body.
fn headline(page: &Page<'_, '_>, body: Id, title: &str) -> Option<Id> {
    let title = letters(title);
    let says = |id: &Id| page.dom.tag(*id) == Tag::Text && letters(&page.dom.words(*id)) == title;
    (1..body)
        .rev()
        .find(|id| !title.is_empty() && says(id))
        .map(|id| page.dom.end(id))
}

/// The box of a picture: the widest around it that holds a caption and nothing else.
fn frame(page: &Page<'_, '_>, picture: Id, after: Id, before: Id) -> Option<Id> {
    let apart =
        |up: &Id| *up >= after && page.dom.end(*up) <= before && page.dom.end(*up) - up <= NODES;
    let left_out = |id: Id| page.marks.has(id, HIDDEN | JUNK | LINKS) || page.dom.tag(id) == Tag::A;
    if std::iter::once(picture)
        .chain(page.dom.ancestors(picture))
        .any(left_out)
    {
        return None;
    }
    let words = |up: Id| {
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
fn says_caption(page: &Page<'_, '_>, id: Id) -> bool {
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
