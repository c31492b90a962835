//! Which part of the page is the article: candidates, judged against each other.

use super::cards;
use super::node_flags::{BODY, FIELD, HIDDEN, JUNK, NodeFlags};
use super::text_density::TextDensity;
use crate::extract::html::{Dom, NodeId, ROOT, Tag};

/// Furniture that holds more of the page's prose than this is no furniture.
const TOO_MUCH_TO_LOSE: f32 = 0.5;
/// What a weight of text that is no prose costs a candidate.
const COST: f32 = 0.6;
/// A part that calls itself the body is believed when it holds this much of the best candidate's
/// prose.
const BELIEVED: f32 = 0.6;

/// Fewer words are no article, however it is written.
const LEAST_WORDS: f32 = 90.0;

/// A byline with a line about its author, at most.
const A_FIELD: f32 = 260.0;

/// A part of the page that may be the article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextContainer {
    pub(crate) id: NodeId,
    pub(crate) prose: f32,
    /// Share of the page's prose that it holds.
    pub(crate) share: f32,
}

/// Takes the junk mark from elements that hold most of the page (class names lie), and gives it to
/// small ones that hold fields instead of text.
pub(crate) fn settle(dom: &Dom<'_>, flags: &mut NodeFlags) -> TextDensity {
    let density = TextDensity::of(dom, flags, true);
    let total = density.of_subtree(dom, ROOT).prose;
    for id in 1..dom.len() {
        if flags.has(id, JUNK | FIELD) {
            let own = density.of_subtree(dom, id);
            if flags.has(id, JUNK) && own.prose > total * TOO_MUCH_TO_LOSE {
                flags.unset(id, JUNK);
            }
            if flags.has(id, FIELD)
                && !flags.has(id, BODY)
                && own.prose < A_FIELD
                && own.all < A_FIELD * 2.0
                && own.prose < total * 0.3
            {
                flags.set(id, JUNK);
            }
        }
    }
    cards::mark_labelled(dom, flags, &density, total);
    cards::mark(dom, flags, &density, total);
    density
}

/// The best candidate; `None` where the page has no prose at all.
pub(crate) fn best(dom: &Dom<'_>, flags: &NodeFlags) -> Option<TextContainer> {
    let density = &TextDensity::of(dom, flags, false);
    let total = density.of_subtree(dom, ROOT);
    if total.prose <= 0.0 {
        return None;
    }
    let mut best: Option<(f32, NodeId)> = None;
    let mut named: Option<(f32, NodeId)> = None;
    let mut at = 1;
    while at < dom.len() {
        let tag = dom.tag(at);
        if tag.is_text() || flags.has(at, HIDDEN | JUNK) {
            at = dom.end(at);
            continue;
        }
        if may_hold(tag) {
            let sum = density.of_subtree(dom, at);
            if sum.prose > 0.0 {
                let score = sum.prose - COST * (sum.all - sum.prose) - COST * sum.linked;
                // Deeper wins a tie: the wrapper adds nothing.
                if best.is_none_or(|(b, _)| score >= b) {
                    best = Some((score, at));
                }
                let own_word = flags.has(at, BODY) || tag == Tag::Article;
                let weight = sum.prose * if flags.has(at, BODY) { 1.5 } else { 1.0 };
                if own_word && named.is_none_or(|(b, _)| weight >= b) {
                    named = Some((weight, at));
                }
            }
        }
        at += 1;
    }
    let (_, id) = best?;
    let prose = |id| density.of_subtree(dom, id).prose;
    let chosen = match named {
        Some((_, n)) if prose(n) >= prose(id) * BELIEVED => n,
        _ => id,
    };
    Some(TextContainer {
        id: chosen,
        prose: prose(chosen),
        share: prose(chosen) / total.prose,
    })
}

/// The part with the most words outside links, for pages that say that they are an article and hold
/// no sentence of any length: lists of names, verse, dialogue.
pub(crate) fn wordiest(dom: &Dom<'_>, flags: &NodeFlags) -> Option<TextContainer> {
    let density = &TextDensity::of(dom, flags, false);
    let total = density.of_subtree(dom, ROOT);
    let mut best: Option<(f32, NodeId)> = None;
    let mut at = 1;
    while at < dom.len() {
        if dom.tag(at).is_text() || flags.has(at, HIDDEN | JUNK) {
            at = dom.end(at);
            continue;
        }
        let sum = density.of_subtree(dom, at);
        let score = sum.all - 2.5 * sum.linked;
        if may_hold(dom.tag(at)) && score >= LEAST_WORDS && best.is_none_or(|(b, _)| score >= b) {
            best = Some((score, at));
        }
        at += 1;
    }
    let (_, id) = best?;
    let sum = density.of_subtree(dom, id);
    Some(TextContainer {
        id,
        prose: 0.0,
        share: (sum.all - sum.linked) / (total.all - total.linked).max(1.0),
    })
}

fn may_hold(tag: Tag) -> bool {
    use Tag::*;
    matches!(
        tag,
        Body | Div
            | Section
            | Article
            | Main
            | Td
            | Form
            | Span
            | Center
            | Blockquote
            | Other
            | Li
            | Dd
            | Ul
            | Ol
            | Font
            | Fieldset
            | Tbody
            | Table
            | P
            | Pre
    )
}
