//! Stands between html5ever's tokenizer and its tree builder, and holds back the start tags that
//! would make the builder's time grow faster than the page.

use std::cell::{Cell, RefCell};

use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::TreeBuilder;
use html5ever::{LocalName, local_name};

use super::depth_sink::{DepthSink, Handle};

/// Elements nested deeper are not kept; their text is. Real pages stay under 100.
const MAX_DEPTH: u32 = 256;
/// Elements and comments past this many are not kept: a real page of 20 MB has fewer.
const MAX_NODES: usize = 1_000_000;
/// Formatting elements open at once. The builder opens each of them again in every paragraph that
/// follows, so that many unclosed `<font>` multiply the page. Links do not count: a page has one
/// open at a time.
const MAX_FORMATTING: usize = 8;

type Builder = TreeBuilder<Handle, DepthSink>;

/// Passes tokens on to the tree builder.
pub(super) struct Gate {
    builder: Builder,
    /// Start tags that were held back, newest last: their end tags must not close anything else.
    held: RefCell<Vec<LocalName>>,
    /// Open formatting elements, newest last, with `table` and the cells standing for themselves:
    /// the builder does not reopen across a cell's edge.
    formatting: RefCell<Vec<LocalName>>,
    full: Cell<bool>,
}

impl Gate {
    pub(super) fn new(builder: Builder) -> Self {
        Self {
            builder,
            held: RefCell::default(),
            formatting: RefCell::default(),
            full: Cell::new(false),
        }
    }

    pub(super) fn into_builder(self) -> Builder {
        self.builder
    }

    /// Whether a start tag goes on to the builder.
    fn admits(&self, tag: &Tag) -> bool {
        let name = &tag.name;
        // Text up to their end tag follows these, so that the tokenizer must see them; what holds
        // nothing adds no depth.
        if is_leaf(name) {
            return true;
        }
        if self.builder.sink.depth() >= MAX_DEPTH {
            return false;
        }
        let mut formatting = self.formatting.borrow_mut();
        match *name {
            local_name!("table")
            | local_name!("td")
            | local_name!("th")
            | local_name!("caption") => {
                // A cell ends the cell before it.
                if *name != local_name!("table")
                    && let Some(table) = formatting.iter().rposition(|f| *f == local_name!("table"))
                {
                    formatting.truncate(table + 1);
                }
                formatting.push(tag.name.clone());
                true
            }
            _ if is_formatting(name) => {
                let open = formatting
                    .iter()
                    .rev()
                    .take_while(|f| is_formatting(f))
                    .count();
                let admitted = open < MAX_FORMATTING;
                if admitted {
                    formatting.push(tag.name.clone());
                }
                admitted
            }
            _ => true,
        }
    }

    /// Notes an end tag; false where it belongs to a start tag that was held back.
    fn ends(&self, tag: &Tag) -> bool {
        let mut held = self.held.borrow_mut();
        if held.last() == Some(&tag.name) {
            held.pop();
            return false;
        }
        let mut formatting = self.formatting.borrow_mut();
        match tag.name {
            local_name!("table")
            | local_name!("td")
            | local_name!("th")
            | local_name!("caption") => {
                if let Some(at) = formatting.iter().rposition(|f| *f == tag.name) {
                    formatting.truncate(at);
                }
            }
            ref name if is_formatting(name) => {
                let at = formatting.iter().rposition(|f| !is_formatting(f));
                let from = at.map_or(0, |n| n + 1);
                if let Some(n) = formatting[from..].iter().rposition(|f| *f == tag.name) {
                    formatting.remove(from + n);
                }
            }
            _ => {}
        }
        true
    }
}

impl TokenSink for Gate {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let sink = &self.builder.sink;
        match &token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                let full = sink.len() >= MAX_NODES;
                self.full.set(full);
                if full || !self.admits(tag) {
                    if self.held.borrow().len() < MAX_NODES {
                        self.held.borrow_mut().push(tag.name.clone());
                    }
                    return TokenSinkResult::Continue;
                }
            }
            Token::TagToken(tag) => {
                if !self.ends(tag) {
                    return TokenSinkResult::Continue;
                }
                let before = sink.depth();
                let result = self.builder.process_token(token, line);
                // The builder is silent about elements that it closes on its way to another.
                if sink.depth() == before {
                    sink.set_depth(before.saturating_sub(1));
                }
                return result;
            }
            Token::CommentToken(_) if self.full.get() => return TokenSinkResult::Continue,
            _ => {}
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Elements that hold no other: void ones, and those whose content is text whatever it looks like.
fn is_leaf(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("area")
            | local_name!("base")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("input")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("param")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
            | local_name!("script")
            | local_name!("style")
            | local_name!("textarea")
            | local_name!("title")
            | local_name!("xmp")
            | local_name!("iframe")
            | local_name!("noembed")
            | local_name!("noframes")
            | local_name!("noscript")
            | local_name!("plaintext")
    )
}

/// The elements that the builder opens again after a block has cut them, but for `a`.
fn is_formatting(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("b")
            | local_name!("big")
            | local_name!("code")
            | local_name!("em")
            | local_name!("font")
            | local_name!("i")
            | local_name!("nobr")
            | local_name!("s")
            | local_name!("small")
            | local_name!("strike")
            | local_name!("strong")
            | local_name!("tt")
            | local_name!("u")
    )
}
