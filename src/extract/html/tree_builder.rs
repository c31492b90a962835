//! Source → tree: which element each tag opens or ends. A forgiving subset of what browsers do.

use super::dom::{Attr, Dom, Node, NodeId, ROOT};
use super::tag::Tag;
use super::tokenizer::{HtmlToken, Tokenizer};

/// Elements nested deeper are not kept; their text is. Real pages stay under 100.
const DEPTH: usize = 256;
/// Nodes past this many are not kept: a real page of 20 MB has fewer.
const NODES: usize = 1_000_000;
/// Attributes past this many are not kept.
const ATTRS: usize = 1_500_000;
/// Inline elements open at once; more is a flood of unclosed `<b>`.
const INLINE: usize = 48;

struct TreeBuilder<'a> {
    dom: Dom<'a>,
    /// Open elements, outermost first.
    open: Vec<NodeId>,
    /// How many of them are inline.
    inline: usize,
    /// Start tags that were not kept and whose end tags must not close anything, newest last.
    skipped: Vec<Tag>,
}

impl<'a> Dom<'a> {
    /// Parses `source`; any input gives a tree.
    pub(crate) fn parse(source: &'a str) -> Self {
        build(source)
    }
}

fn build(source: &str) -> Dom<'_> {
    let tags = source.bytes().filter(|b| *b == b'<').count();
    let mut nodes = Vec::with_capacity((tags + tags / 2 + 2).min(NODES));
    nodes.push(Node {
        parent: ROOT,
        end: 1,
        from: 0,
        to: 0,
        tag: Tag::Other,
    });
    let dom = Dom {
        source,
        nodes,
        attrs: Vec::with_capacity((tags / 2).min(ATTRS)),
    };
    let mut builder = TreeBuilder {
        dom,
        open: vec![ROOT],
        inline: 0,
        skipped: Vec::new(),
    };
    let mut tokens = Tokenizer::new(source);
    while let Some(token) = tokens.next() {
        match token {
            HtmlToken::Text { from, to, raw } => builder.text(from, to, raw),
            HtmlToken::Start { tag, closed } => builder.start(tag, closed, &tokens),
            HtmlToken::End { tag } => builder.end(tag),
        }
        if builder.dom.nodes.len() >= NODES {
            break;
        }
    }
    while let Some(id) = builder.open.pop() {
        builder.close(id);
    }
    builder.dom
}

impl TreeBuilder<'_> {
    fn top(&self) -> NodeId {
        self.open.last().copied().unwrap_or(ROOT)
    }

    fn top_tag(&self) -> Tag {
        self.dom.tag(self.top())
    }

    fn close(&mut self, id: NodeId) {
        self.dom.nodes[id as usize].end = self.dom.len();
    }

    /// Closes the innermost open element; the document stays open.
    fn pop(&mut self) {
        if self.open.len() > 1
            && let Some(id) = self.open.pop()
        {
            let tag = self.dom.tag(id);
            self.inline -= usize::from(!tag.is_block());
            self.close(id);
        }
    }

    fn text(&mut self, from: usize, to: usize, raw: bool) {
        if self.top_tag() == Tag::Head && self.dom.source[from..to].trim().is_empty() {
            return;
        }
        let tag = if raw { Tag::Raw } else { Tag::Text };
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (parent, end) = (self.top(), self.dom.len() + 1);
        // A `<` that opens nothing parts one run of text into two tokens.
        if let Some(last) = self.dom.nodes.last_mut()
            && (last.tag, last.parent, last.to) == (tag, parent, cut(from))
        {
            last.to = cut(to);
            return;
        }
        self.dom.nodes.push(Node {
            parent,
            end,
            from: cut(from),
            to: cut(to),
            tag,
        });
    }

    fn start(&mut self, tag: Tag, closed: bool, tokens: &Tokenizer<'_>) {
        if matches!(tag, Tag::Html | Tag::Head | Tag::Body)
            && self.open.iter().any(|id| self.dom.tag(*id) == tag)
        {
            return;
        }
        self.imply_ends(tag);
        let flood = !tag.is_block() && self.inline >= INLINE;
        let leaf = tag.is_void() || (closed && (tag == Tag::Other || tag.is_raw()));
        if (self.open.len() >= DEPTH || flood) && !leaf {
            // Raw text follows its start tag whatever happens, so it must be kept.
            if !tag.is_raw() {
                self.skipped.push(tag);
                return;
            }
        }
        let id = self.dom.len();
        let from = u32::try_from(self.dom.attrs.len()).unwrap_or(u32::MAX);
        if tag == Tag::Other && self.dom.attrs.len() < ATTRS {
            let name = (tokens.name[0], tokens.name[1]);
            self.dom.attrs.push(Attr {
                name: (0, 0),
                value: name,
            });
        }
        if self.dom.attrs.len() + tokens.attrs.len() <= ATTRS {
            self.dom.attrs.extend(tokens.attrs.iter().map(|a| Attr {
                name: (a[0], a[1]),
                value: (a[2], a[3]),
            }));
        }
        let to = u32::try_from(self.dom.attrs.len()).unwrap_or(u32::MAX);
        let parent = self.top();
        self.dom.nodes.push(Node {
            parent,
            end: id + 1,
            from,
            to,
            tag,
        });
        if !leaf {
            self.inline += usize::from(!tag.is_block());
            self.open.push(id);
        }
    }

    /// Ends what cannot hold a `tag`.
    fn imply_ends(&mut self, tag: Tag) {
        if self.top_tag() == Tag::Head && !tag.in_head() {
            self.pop();
        }
        if tag.closes_p() {
            self.close_within(
                |t| t == Tag::P,
                |t| t.is_fence() || (t.is_block() && t != Tag::P),
            );
        }
        match tag {
            Tag::Li => self.close_within(
                |t| t == Tag::Li,
                |t| matches!(t, Tag::Ul | Tag::Ol | Tag::Menu),
            ),
            Tag::Dd | Tag::Dt => {
                self.close_within(|t| matches!(t, Tag::Dd | Tag::Dt), |t| t == Tag::Dl);
            }
            Tag::Option | Tag::Optgroup => {
                self.close_within(|t| t == Tag::Option, |t| t == Tag::Select);
            }
            Tag::Td | Tag::Th => {
                self.close_within(|t| matches!(t, Tag::Td | Tag::Th), |t| t == Tag::Table);
            }
            Tag::Tr => self.close_within(|t| t == Tag::Tr, |t| t == Tag::Table),
            Tag::Tbody | Tag::Tfoot => {
                self.close_within(
                    |t| matches!(t, Tag::Thead | Tag::Tbody | Tag::Tfoot),
                    |t| t == Tag::Table,
                );
            }
            Tag::A => self.close_within(|t| t == Tag::A, Tag::is_block),
            _ if tag.heading().is_some() && self.top_tag().heading().is_some() => self.pop(),
            _ => {}
        }
    }

    /// Ends the innermost open element that `is` wanted, with all inside it, unless a `fence`
    /// stands before it.
    fn close_within(&mut self, is: impl Fn(Tag) -> bool, fence: impl Fn(Tag) -> bool) {
        for depth in (1..self.open.len()).rev() {
            let tag = self.dom.tag(self.open[depth]);
            if is(tag) {
                while self.open.len() > depth {
                    self.pop();
                }
                return;
            }
            if fence(tag) {
                return;
            }
        }
    }

    fn end(&mut self, tag: Tag) {
        if let Some(&last) = self.skipped.last() {
            if last == tag {
                self.skipped.pop();
                return;
            }
            if self.skipped.contains_near(tag) {
                return;
            }
        }
        match tag {
            // What follows them still belongs to the page.
            Tag::Html | Tag::Body => {}
            Tag::Td | Tag::Th | Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot => {
                self.close_within(|t| t == tag, |t| t == Tag::Table);
            }
            Tag::Table => self.close_within(|t| t == Tag::Table, |t| t == Tag::Html),
            _ if tag.heading().is_some() => {
                self.close_within(|t| t.heading().is_some(), Tag::is_fence);
            }
            _ if tag.is_block() || tag.is_fence() => {
                self.close_within(|t| t == tag, |t| t.is_fence() && t != tag);
            }
            _ => self.close_within(
                |t| t == tag,
                |t| t.is_block() && t != Tag::P && t != Tag::Div,
            ),
        }
    }
}

/// Looks back a few entries only, so that a flood of end tags stays cheap.
trait ContainsNear {
    fn contains_near(&self, tag: Tag) -> bool;
}

impl ContainsNear for Vec<Tag> {
    fn contains_near(&self, tag: Tag) -> bool {
        self.iter().rev().take(8).any(|t| *t == tag)
    }
}
