//! The tree: nodes in document order, and the questions that readers ask of it.

use std::borrow::Cow;

use super::entity;
use super::tag::Tag;

/// A node's place in document order.
pub(crate) type NodeId = u32;

/// One element or run of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) parent: NodeId,
    /// One past the last node of the subtree.
    pub(super) end: NodeId,
    /// Text: first byte of the source. Element: first attribute.
    pub(super) from: u32,
    /// Text: one past its last byte. Element: one past its last attribute.
    pub(super) to: u32,
    pub(super) tag: Tag,
}

/// Name and value as ranges of the source.
#[derive(Clone, Copy, Debug)]
pub(super) struct Attr {
    pub(super) name: (u32, u32),
    pub(super) value: (u32, u32),
}

/// A parsed page. Node 0 is the document itself.
#[derive(Debug)]
pub(crate) struct Dom<'a> {
    pub(super) source: &'a str,
    pub(super) nodes: Vec<Node>,
    pub(super) attrs: Vec<Attr>,
}

/// The document itself.
pub(crate) const ROOT: NodeId = 0;

impl<'a> Dom<'a> {
    /// Number of nodes.
    pub(crate) fn len(&self) -> NodeId {
        u32::try_from(self.nodes.len()).unwrap_or(NodeId::MAX)
    }

    pub(crate) fn tag(&self, id: NodeId) -> Tag {
        self.nodes[id as usize].tag
    }

    /// The parent; the document is its own.
    pub(crate) fn parent(&self, id: NodeId) -> NodeId {
        self.nodes[id as usize].parent
    }

    /// One past the last node of `id`'s subtree: the subtree is `id..end(id)`.
    pub(crate) fn end(&self, id: NodeId) -> NodeId {
        self.nodes[id as usize].end
    }

    /// Whether `inner` lies in the subtree of `outer` (or is it).
    pub(crate) fn within(&self, inner: NodeId, outer: NodeId) -> bool {
        outer <= inner && inner < self.end(outer)
    }

    /// The children, in order.
    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.end(id);
        let mut next = id + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = next;
                next = self.end(child);
                child
            })
        })
    }

    /// The ancestors, nearest first, without the document.
    pub(crate) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(self.parent(id)), |up| Some(self.parent(*up)))
            .take_while(|up| *up != ROOT)
    }

    /// The sibling just before, white space left out.
    pub(crate) fn elder(&self, id: NodeId) -> Option<NodeId> {
        let mut last = id.checked_sub(1)?;
        while self.tag(last) == Tag::Text
            && self.raw(last).trim().is_empty()
            && self.parent(last) == self.parent(id)
        {
            last -= 1;
        }
        // The last node before an element lies in its elder sibling.
        std::iter::once(last)
            .chain(self.ancestors(last))
            .find(|n| self.parent(*n) == self.parent(id) && *n != self.parent(id))
    }

    /// The elements called `tag` in the subtree of `id`.
    pub(crate) fn all(&self, id: NodeId, tag: Tag) -> impl Iterator<Item = NodeId> + '_ {
        (id..self.end(id)).filter(move |n| self.tag(*n) == tag)
    }

    /// A text node's words as they stand in the source.
    pub(crate) fn raw(&self, id: NodeId) -> &'a str {
        let node = &self.nodes[id as usize];
        if node.tag.is_text() {
            &self.source[node.from as usize..node.to as usize]
        } else {
            ""
        }
    }

    /// A text node's words.
    pub(crate) fn words(&self, id: NodeId) -> Cow<'a, str> {
        match self.tag(id) {
            Tag::Text => entity::resolve(self.raw(id)),
            _ => Cow::Borrowed(self.raw(id)),
        }
    }

    /// All words in a subtree, with a blank at each block's edge; scripts and styles left out.
    pub(crate) fn text(&self, id: NodeId) -> String {
        let mut out = String::new();
        let end = self.end(id);
        let mut at = id;
        while at < end {
            match self.tag(at) {
                Tag::Script | Tag::Style | Tag::Noscript | Tag::Template => {
                    at = self.end(at);
                    continue;
                }
                Tag::Text => out.push_str(&self.words(at)),
                Tag::Raw => out.push_str(&entity::resolve(self.raw(at))),
                tag if tag.is_block() || tag == Tag::Br => out.push('\n'),
                _ => {}
            }
            at += 1;
        }
        out
    }

    /// All words in a subtree as by [`Dom::text`]; `None` where the source of them is longer than
    /// `most` bytes.
    pub(crate) fn brief(&self, id: NodeId, most: usize) -> Option<String> {
        let mut bytes = 0;
        for at in id..self.end(id) {
            bytes += 1 + if self.tag(at) == Tag::Text {
                self.raw(at).trim().len()
            } else {
                0
            };
            if bytes > most {
                return None;
            }
        }
        Some(self.text(id))
    }

    /// The attribute's value with character references resolved.
    pub(crate) fn attr(&self, id: NodeId, name: &str) -> Option<Cow<'a, str>> {
        self.raw_attr(id, name).map(entity::resolve)
    }

    /// The attribute's value as it stands in the source.
    pub(crate) fn raw_attr(&self, id: NodeId, name: &str) -> Option<&'a str> {
        self.attrs(id)
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// Names and values (as they stand) of an element.
    pub(crate) fn attrs(&self, id: NodeId) -> impl Iterator<Item = (&'a str, &'a str)> + '_ {
        let node = &self.nodes[id as usize];
        let range = if node.tag.is_text() {
            0..0
        } else {
            node.from as usize..node.to as usize
        };
        let of = |(from, to): (u32, u32)| &self.source[from as usize..to as usize];
        self.attrs[range]
            .iter()
            .map(move |a| (of(a.name), of(a.value)))
    }
}
