//! The words of an item or a cell, on one line.

use super::body_block::Guide;
use super::formula;
use super::inline::{self, ruby};
use super::raised::raised;
use crate::extract::html::{Dom, NodeId, Tag};

/// What becomes of the lists in an element.
pub(super) enum Lists<'l> {
    /// They are left out, and added here.
    Apart(&'l mut Vec<NodeId>),
    /// Their items, and the rows of tables, follow each other with dots between.
    OnTheLine,
}

/// The text of a subtree on one line, its length in characters and how many of them are inside
/// links.
pub(super) fn words(
    dom: &Dom<'_>,
    at: NodeId,
    guide: &dyn Guide,
    mut lists: Lists<'_>,
) -> (String, usize, usize) {
    let mut out = String::new();
    let (mut chars, mut linked, mut link_end) = (0, 0, 0);
    let (mut n, end) = (at, dom.end(at));
    while n < end {
        let tag = dom.tag(n);
        if tag.is_machinery() || (n > at && guide.skips(n)) {
            n = dom.end(n);
            continue;
        }
        if let Lists::Apart(lists) = &mut lists
            && n > at
            && is_list(tag)
        {
            lists.push(n);
            out.push(' ');
            n = dom.end(n);
            continue;
        }
        let whole = match tag {
            Tag::Sup | Tag::Sub => raised(dom, n, &out),
            Tag::Ruby => ruby(dom, n),
            Tag::Rp => Some(String::new()),
            Tag::Rt => inline::reading(dom, n),
            Tag::Other if dom.name(n) == "math" => Some(formula::line(dom, n)),
            _ => None,
        };
        if let Some(whole) = whole {
            chars += whole.chars().count();
            out.push_str(&whole);
            n = dom.end(n);
            continue;
        }
        match tag {
            Tag::Text => {
                let words = dom.words(n);
                let letters = words.split_whitespace().map(|w| w.chars().count());
                let own = letters.sum::<usize>();
                chars += own;
                linked += if n < link_end { own } else { 0 };
                out.push_str(words);
            }
            Tag::A => link_end = dom.end(n),
            Tag::Li | Tag::Tr if n > at && matches!(lists, Lists::OnTheLine) => {
                let follows = dom.elder(n).is_some_and(|elder| dom.tag(elder) == tag);
                out.push_str(if follows { " · " } else { " " });
            }
            _ if tag.is_block() || tag == Tag::Br => out.push(' '),
            _ => {}
        }
        n += 1;
    }
    // A blank that holds a number and its unit together stays what it is.
    let is_blank = |c: char| c.is_whitespace() && c != '\u{a0}';
    let words = out.split(is_blank).filter(|word| !word.is_empty());
    let out = words.collect::<Vec<_>>().join(" ");
    (out, chars, linked)
}

pub(super) fn is_list(tag: Tag) -> bool {
    matches!(tag, Tag::Ul | Tag::Ol | Tag::Menu)
}
