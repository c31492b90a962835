//! A page's elements and text in document order, and the questions that readers ask of them.
//!
//! scraper's tree is right for selectors. Scoring walks whole subtrees again and again, and asks
//! whether one node lies in another: in a vector in document order a subtree is a range.

use std::cell::OnceCell;

use ego_tree::NodeRef;
use html5ever::{local_name, ns};
use scraper::node::Element;
use scraper::{ElementRef, Html};

use super::streamed::StreamedParts;
use super::tag::Tag;
use super::word_weight::WordWeight;

/// A node's place in document order.
pub(crate) type NodeId = u32;

/// One element or run of text.
#[derive(Clone, Copy)]
struct Node<'a> {
    parent: NodeId,
    /// One past the last node of the subtree.
    end: NodeId,
    tag: Tag,
    value: Value<'a>,
    names: Names<'a>,
}

/// What every reader of a page asks each element for, found in one look at its attributes.
#[derive(Clone, Copy, Default)]
struct Names<'a> {
    class: Option<&'a str>,
    id: Option<&'a str>,
    /// Whether it has an attribute of [`Dom::tells_role`].
    tells_role: bool,
    /// Whether it has one whose name begins with `data-`.
    has_data: bool,
}

impl<'a> Names<'a> {
    fn of(element: &'a Element) -> Self {
        let mut names = Self::default();
        for (name, value) in &element.attrs {
            match name.local {
                local_name!("class") => names.class = Some(value),
                local_name!("id") => names.id = Some(value),
                local_name!("style")
                | local_name!("hidden")
                | local_name!("role")
                | local_name!("itemprop")
                | local_name!("aria-hidden") => names.tells_role = true,
                ref other => names.has_data |= other.starts_with("data-"),
            }
        }
        names
    }
}

/// What scraper's tree holds of a node.
#[derive(Clone, Copy)]
enum Value<'a> {
    Document,
    Text(&'a str),
    Element(&'a Element, ego_tree::NodeId),
}

/// A page's elements and text in document order. Node 0 is the document itself; comments and the
/// doctype are left out, and a template's content stands inside the template.
pub(crate) struct Dom<'a> {
    html: &'a Html,
    nodes: Vec<Node<'a>>,
    /// What each node's words weigh, once one is asked for: a page is weighed several times.
    weights: OnceCell<Vec<WordWeight>>,
}

/// The document itself.
pub(crate) const ROOT: NodeId = 0;

impl<'a> Dom<'a> {
    /// Lays out a tree.
    pub(crate) fn of(html: &'a Html) -> Self {
        let root = html.tree.root();
        let mut nodes = Vec::with_capacity(html.tree.values().len());
        nodes.push(Node {
            parent: ROOT,
            end: 1,
            tag: Tag::Other,
            value: Value::Document,
            names: Names::default(),
        });
        let mut dom = Self {
            html,
            nodes,
            weights: OnceCell::new(),
        };
        // The parent of what comes next, and whether `at` is left rather than entered.
        let mut parent = ROOT;
        let mut next = root.first_child();
        let mut at = root;
        let mut streamed = StreamedParts::of(html);
        // Where the walk goes on once the streamed part that it is in is read.
        let mut returns: Vec<(ego_tree::NodeId, NodeRef<'a, scraper::Node>)> = Vec::new();
        loop {
            if let Some(node) = next {
                if let Some(part) = streamed.take(node) {
                    returns.push((part.id(), node));
                    dom.enter(part, parent);
                    parent = dom.len() - 1;
                    at = part;
                    next = part.first_child();
                    continue;
                }
                at = node;
                if !streamed.is_moved(node) {
                    if dom.enter(node, parent) {
                        parent = dom.len() - 1;
                    }
                    next = node.first_child();
                    continue;
                }
            }
            // `at` has no more children: it ends here.
            if let Value::Element(_, id) = dom.nodes[parent as usize].value
                && id == at.id()
            {
                let end = dom.len();
                let inside = parent + 1..end;
                let slot = &mut dom.nodes[parent as usize];
                slot.end = end;
                let left = std::mem::replace(&mut parent, slot.parent);
                if dom.tag(left) == Tag::Button && dom.holds_paragraphs(inside) {
                    dom.nodes[left as usize].tag = Tag::Div;
                }
            }
            if let Some((_, place)) = returns.pop_if(|(part, _)| *part == at.id()) {
                at = place;
            }
            next = at.next_sibling();
            if next.is_none() {
                let Some(up) = at.parent() else { break };
                at = up;
            }
        }
        dom.nodes[0].end = dom.len();
        dom
    }

    /// Adds a node; true where its children are inside it.
    fn enter(&mut self, node: NodeRef<'a, scraper::Node>, parent: NodeId) -> bool {
        let (tag, value) = match node.value() {
            scraper::Node::Text(text) => {
                let above = self.tag(parent);
                let raw = above.is_raw() || above == Tag::Noscript;
                let tag = if raw { Tag::Raw } else { Tag::Text };
                (tag, Value::Text(text))
            }
            scraper::Node::Element(element) => {
                let name = &element.name;
                let tag = match () {
                    () if name.ns == ns!(html) || name.local == local_name!("svg") => {
                        Tag::of(&name.local)
                    }
                    // The source of a formula, which stands beside it for other programs.
                    () if name.local.starts_with("annotation") => Tag::Template,
                    () => Tag::Other,
                };
                (tag, Value::Element(element, node.id()))
            }
            _ => return false,
        };
        let end = self.len() + 1;
        let names = match value {
            Value::Element(element, _) => Names::of(element),
            _ => Names::default(),
        };
        self.nodes.push(Node {
            parent,
            end,
            tag,
            value,
            names,
        });
        matches!(value, Value::Element(..))
    }

    /// Whether there is more than one paragraph among `nodes`: a button or a heading that is never
    /// closed takes in the text after it.
    pub(crate) fn holds_paragraphs(&self, nodes: std::ops::Range<NodeId>) -> bool {
        let mut paragraphs = nodes.filter(|n| self.tag(*n) == Tag::P && self.end(*n) > n + 1);
        paragraphs.nth(1).is_some()
    }

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
            && self.words(last).trim().is_empty()
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

    /// A text node's words; none of an element.
    pub(crate) fn words(&self, id: NodeId) -> &'a str {
        match self.nodes[id as usize].value {
            Value::Text(words) => words,
            _ => "",
        }
    }

    /// What a text node's words weigh; nothing for an element.
    pub(crate) fn word_weight(&self, id: NodeId) -> WordWeight {
        let of = |node: &Node<'_>| match (node.tag, node.value) {
            (Tag::Text, Value::Text(words)) => WordWeight::of(words),
            _ => WordWeight::default(),
        };
        self.weights
            .get_or_init(|| self.nodes.iter().map(of).collect())[id as usize]
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
                Tag::Text | Tag::Raw => out.push_str(self.words(at)),
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
                self.words(at).trim().len()
            } else {
                0
            };
            if bytes > most {
                return None;
            }
        }
        Some(self.text(id))
    }

    /// The name of an element; empty for text.
    pub(crate) fn name(&self, id: NodeId) -> &'a str {
        self.element(id).map_or("", Element::name)
    }

    /// The value of `class`.
    pub(crate) fn class(&self, id: NodeId) -> Option<&'a str> {
        self.nodes[id as usize].names.class
    }

    /// The value of the attribute `id`.
    pub(crate) fn own_id(&self, id: NodeId) -> Option<&'a str> {
        self.nodes[id as usize].names.id
    }

    /// Whether an element has `style`, `hidden`, `role`, `itemprop` or `aria-hidden`.
    pub(crate) fn tells_role(&self, id: NodeId) -> bool {
        self.nodes[id as usize].names.tells_role
    }

    /// Whether an element has an attribute whose name begins with `data-`.
    pub(crate) fn has_data(&self, id: NodeId) -> bool {
        self.nodes[id as usize].names.has_data
    }

    /// The value of the attribute called `name`, which is in lower case.
    pub(crate) fn attr(&self, id: NodeId, name: &str) -> Option<&'a str> {
        self.attrs(id).find(|(n, _)| *n == name).map(|(_, v)| v)
    }

    /// Names (in lower case) and values of an element's attributes.
    pub(crate) fn attrs(&self, id: NodeId) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        self.element(id).into_iter().flat_map(Element::attrs)
    }

    fn element(&self, id: NodeId) -> Option<&'a Element> {
        match self.nodes[id as usize].value {
            Value::Element(element, _) => Some(element),
            _ => None,
        }
    }

    /// The element as scraper's selectors take it.
    pub(super) fn element_ref(&self, id: NodeId) -> Option<ElementRef<'a>> {
        match self.nodes[id as usize].value {
            Value::Element(_, id) => ElementRef::wrap(self.html.tree.get(id)?),
            _ => None,
        }
    }
}
