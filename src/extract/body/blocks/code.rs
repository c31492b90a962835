//! Reads preformatted text: line by line, without the line numbers that a page sets beside it.

use super::tabular::MeasuredBlock;
use crate::extract::html::{Dom, NodeId, Tag};
use crate::news::{Block, Clean};

/// Classes of elements that hold line numbers, as the usual highlighters name them.
const GUTTERS: [&str; 14] = [
    "blob-num",
    "gutter",
    "hljs-ln-n",
    "hljs-ln-numbers",
    "line-number",
    "line-numbers",
    "line-numbers-rows",
    "lineno",
    "linenodiv",
    "linenos",
    "linenumber",
    "ln",
    "lnt",
    "rouge-gutter",
];
/// Classes of elements that hold one line each.
const LINES: [&str; 5] = [
    "code-line",
    "hljs-ln-line",
    "line",
    "token-line",
    "view-line",
];

/// The preformatted text at `at`, or `None` if it is prose: long lines without a `code` element.
pub(super) fn pre(dom: &Dom<'_>, at: NodeId) -> Option<MeasuredBlock> {
    let text = text(dom, at);
    let prose =
        dom.all(at, Tag::Code).next().is_none() && text.lines().any(|l| l.chars().count() > 120);
    (!prose).then(|| block(&text))
}

/// The code in a table of which one column holds the numbers of its lines.
pub(super) fn table(dom: &Dom<'_>, at: NodeId) -> Option<MeasuredBlock> {
    let cells = || dom.all(at, Tag::Td);
    if !cells().any(|cell| is_gutter(dom, cell)) {
        return None;
    }
    let lines: Vec<String> = cells()
        .filter(|cell| !is_gutter(dom, *cell))
        .map(|cell| text(dom, cell).trim_matches('\n').to_owned())
        .collect();
    Some(block(&lines.join("\n")))
}

fn block(text: &str) -> MeasuredBlock {
    let chars = text.trim().chars().count();
    let text = Clean::code(text);
    (Block::Code { text }, chars, 0)
}

/// Whether an element holds the numbers of lines.
fn is_gutter(dom: &Dom<'_>, at: NodeId) -> bool {
    has_class(dom, at, &GUTTERS)
        || dom
            .children(at)
            .any(|inner| dom.tag(inner) == Tag::Pre && has_class(dom, inner, &GUTTERS))
}

fn has_class(dom: &Dom<'_>, at: NodeId, names: &[&str]) -> bool {
    dom.class(at)
        .is_some_and(|class| class.split_ascii_whitespace().any(|c| names.contains(&c)))
}

/// The text of a subtree with its blanks and the lines that elements of their own make.
fn text(dom: &Dom<'_>, at: NodeId) -> String {
    let mut out = String::new();
    let (mut n, end) = (at, dom.end(at));
    while n < end {
        let tag = dom.tag(n);
        if n > at && is_gutter(dom, n) {
            n = dom.end(n);
            continue;
        }
        let is_line = || {
            matches!(tag, Tag::Div | Tag::P | Tag::Tr | Tag::Li)
                || matches!(tag, Tag::Span | Tag::Code) && has_class(dom, n, &LINES)
        };
        match tag {
            Tag::Text => out.push_str(dom.words(n)),
            Tag::Br => out.push('\n'),
            _ if n > at && !out.is_empty() && !out.ends_with('\n') && is_line() => out.push('\n'),
            _ => {}
        }
        n += 1;
    }
    out
}
