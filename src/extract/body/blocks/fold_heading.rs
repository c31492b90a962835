//! Buttons that are the heading of what they open: the questions of an FAQ, the heads of an
//! accordion. All other buttons belong to the page.

use super::body_block::Guide;
use crate::extract::body::lines::is_chrome;
use crate::extract::html::{Dom, NodeId, Tag};

/// The level of a heading that is only a button.
pub(super) const LEVEL: u8 = 4;
/// Longer labels, in bytes, are no heading.
const MAX_BYTES: usize = 400;
/// The least text, in characters, that such a button opens.
const MIN_OPENED: usize = 15;
/// How many nodes of what follows are looked at.
const MAX_NODES: u32 = 200;
/// How many elements around it may hide it.
const MAX_WRAPPERS: usize = 3;
/// First and last words of buttons that say what they do.
const ORDERS: [&str; 14] = [
    "show",
    "read",
    "see",
    "view",
    "open",
    "close",
    "expand",
    "load",
    "보기",
    "펼치기",
    "접기",
    "열기",
    "닫기",
    "もっと見る",
];

/// Whether the button at `at` is a heading: all that a heading holds, or one that opens the text
/// after it.
pub(super) fn is_one(dom: &Dom<'_>, guide: &dyn Guide, at: NodeId) -> bool {
    let Some(label) = dom.brief(at, MAX_BYTES) else {
        return false;
    };
    let label = label.trim();
    if label.chars().count() < 2 || is_chrome(label) || is_order(label) {
        return false;
    }
    let around = dom.ancestors(at).take(3);
    if let Some(heading) = around
        .into_iter()
        .find(|up| dom.tag(*up).heading().is_some())
    {
        let is_beside = |n: &NodeId| !dom.within(*n, at) && !dom.words(*n).trim().is_empty();
        return !dom.all(heading, Tag::Text).any(|n| is_beside(&n))
            && opens_text(dom, guide, at) != Some(false);
    }
    dom.attr(at, "aria-expanded").is_some() && opens_text(dom, guide, at) == Some(true)
}

fn is_order(label: &str) -> bool {
    let lower = label.to_lowercase();
    let mut words = lower.split_whitespace();
    let first = words.next().unwrap_or_default();
    let last = words.next_back().unwrap_or(first);
    ORDERS
        .iter()
        .any(|order| first == *order || last.ends_with(order) && !order.is_ascii())
}

/// Whether what the button opens is text that is shown, and not links alone; `None` if it is not
/// known what that is.
fn opens_text(dom: &Dom<'_>, guide: &dyn Guide, at: NodeId) -> Option<bool> {
    let opened = dom.attr(at, "aria-controls")?;
    let start = dom.end(at);
    let mut near = start..dom.len().min(start.saturating_add(MAX_NODES));
    let panel = near.find(|n| dom.own_id(*n) == Some(opened))?;
    let is_shown = || {
        let texts = dom.all(panel, Tag::Text);
        let mut said = texts
            .filter(|n| dom.tag(dom.parent(*n)) != Tag::A)
            .map(|n| dom.words(n).trim().chars().count());
        let mut sum = 0;
        said.any(|own| {
            sum += own;
            sum >= MIN_OPENED
        })
    };
    let mut around = std::iter::once(panel).chain(dom.ancestors(panel).take(MAX_WRAPPERS));
    Some(!around.any(|n| guide.skips(n)) && is_shown())
}
