//! Finds the element that contains the article by comparing how much prose the candidates hold.

use super::cards;
use super::node_flags::{BODY, CONSENT, Disbelief, FIELD, HIDDEN, JUNK, NodeFlags};
use super::text_density::TextDensity;
use crate::extract::body::blocks::inline_text::ends_sentence;
use crate::extract::html::{Dom, NodeId, ROOT, Tag};

/// An element with a junk class name and more than this share of the page's prose is not junk.
const MAX_JUNK_SHARE: f32 = 0.5;
/// The least weight of text of an element that calls itself the text, for the junk beside it to stay
/// junk however much prose that has.
const MIN_NAMED_TEXT: f32 = 300.0;
/// What a candidate's score loses for each weight of text that is not prose.
const COST: f32 = 0.6;
/// The least share of the best candidate's prose for an element that calls itself the body to be
/// chosen instead.
const MIN_NAMED_SHARE: f32 = 0.7;
/// The least share of prose and short lines in what a wider element adds to a text of few sentences,
/// and the most share of links.
const MIN_KEPT: f32 = 0.6;
const MAX_ADDED_LINKS: f32 = 0.25;
/// The least that such an element adds, as a share of the prose found first.
const MIN_WIDENING: f32 = 0.3;
/// The least share of an element's text in its paragraphs, for all of them to be the text.
const MIN_PARAGRAPHS: f32 = 0.7;
/// An element that calls itself the text without a sentence has more text than this many times its
/// links.
const MAX_LINKED_OF_DECLARED: f32 = 4.0;
/// The least score, as text weight, of a body without prose.
const MIN_SCORE: f32 = 90.0;
/// The most prose, as text weight, in a field such as a byline with a line about its author.
const MAX_FIELD_PROSE: f32 = 260.0;
/// The same for headings, list items and short lines, which articles have too.
const COST_OF_BRIEF: f32 = 0.3;
/// A second try that reads hidden text or comments is made on pages with less prose than this, as
/// text weight.
const LITTLE_PROSE: f32 = 400.0;
/// The least prose of a body with its folds open, as a multiple of the one without.
const MIN_UNFOLDED: f32 = 1.3;
/// The prose, as text weight, that a second try must find besides a multiple of the first find.
const MIN_GAIN: f32 = 200.0;

/// A part of the page that may be the article.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextContainer {
    pub(crate) id: NodeId,
    /// The text weight of its prose.
    pub(crate) prose: f32,
    /// Its share of the page's prose, between 0 and 1.
    pub(crate) share: f32,
}

/// Corrects flags by density: elements with most of the page's prose are not junk, however their
/// classes are named, and small elements that hold fields are.
pub(crate) fn settle(dom: &Dom<'_>, flags: &mut NodeFlags) -> TextDensity {
    let density = TextDensity::of(dom, flags, true);
    let total = density.of_subtree(dom, ROOT).prose;
    let named = named_text(dom, flags, &density);
    for id in 1..dom.len() {
        if flags.has(id, JUNK | FIELD) {
            let own = density.of_subtree(dom, id);
            let is_beside_text = named.is_some_and(|n| !dom.within(n, id) && !dom.within(id, n));
            if flags.has(id, JUNK)
                && !flags.has(id, CONSENT)
                && own.prose > total * MAX_JUNK_SHARE
                && !is_beside_text
            {
                flags.unset(id, JUNK);
            }
            if flags.has(id, FIELD)
                && !flags.has(id, BODY)
                && own.prose < MAX_FIELD_PROSE
                && own.all < MAX_FIELD_PROSE * 2.0
                && own.prose < total * 0.3
            {
                flags.set(id, JUNK);
            }
        }
    }
    cards::mark_labelled(dom, flags, &density, total);
    cards::mark(dom, flags, &density, total);
    cards::mark_alone(dom, flags, &density, total);
    density
}

/// The element that calls itself the article's text and has the most words, where they are more
/// than a line or two and mostly no links.
fn named_text(dom: &Dom<'_>, flags: &NodeFlags, density: &TextDensity) -> Option<NodeId> {
    let is_text = |id: &NodeId| {
        let own = density.of_subtree(dom, *id);
        flags.has(*id, BODY)
            && !flags.has(*id, HIDDEN | JUNK)
            && own.all >= MIN_NAMED_TEXT
            && own.linked * 2.0 < own.all
    };
    let weight = |id: &NodeId| density.of_subtree(dom, *id).all;
    let texts = (1..dom.len()).filter(is_text);
    texts.max_by(|a, b| weight(a).total_cmp(&weight(b)))
}

/// The best candidate, or `None` if the page has no prose.
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
        if may_contain_article(tag) {
            let sum = density.of_subtree(dom, at);
            if sum.prose > 0.0 {
                let score = sum.prose
                    - COST * (sum.all - sum.prose - sum.brief)
                    - COST_OF_BRIEF * sum.brief
                    - COST * sum.linked;
                // On a tie the inner element wins: its wrapper adds nothing.
                if best.is_none_or(|(b, _)| score >= b) {
                    best = Some((score, at));
                }
                let own_word = (flags.has(at, BODY) && tag != Tag::P) || tag == Tag::Article;
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
        Some((_, n)) if prose(n) >= prose(id) * MIN_NAMED_SHARE => n,
        _ => id,
    };
    let chosen = all_paragraphs(dom, flags, density, chosen);
    let chosen = widened(dom, flags, density, chosen);
    Some(TextContainer {
        id: chosen,
        prose: prose(chosen),
        share: prose(chosen) / total.prose,
    })
}

/// Whether an element calls itself the text.
fn is_named(dom: &Dom<'_>, flags: &NodeFlags, id: NodeId) -> bool {
    flags.has(id, BODY) && dom.tag(id) != Tag::P || dom.tag(id) == Tag::Article
}

/// The element of which a lone paragraph `id` is one of several: a paragraph can be the best
/// candidate where its neighbours are lists of linked names.
fn all_paragraphs(dom: &Dom<'_>, flags: &NodeFlags, density: &TextDensity, id: NodeId) -> NodeId {
    let parent = dom.parent(id);
    if dom.tag(id) != Tag::P || matches!(dom.tag(parent), Tag::Body | Tag::Html) {
        return id;
    }
    let weight = |id| density.of_subtree(dom, id).all;
    let is_paragraph = |id: &NodeId| dom.tag(*id) == Tag::P && !flags.has(*id, HIDDEN | JUNK);
    let paragraphs = || dom.children(parent).filter(is_paragraph);
    let whole = paragraphs().map(weight).sum::<f32>() >= weight(parent) * MIN_PARAGRAPHS;
    if paragraphs().count() >= 3 && whole {
        parent
    } else {
        id
    }
}

/// The element around `id` that adds what a text of few sentences consists of: headings, items,
/// cells, short lines. Release notes, reference pages and minutes are such texts, whose only prose
/// is an introduction.
fn widened(dom: &Dom<'_>, flags: &NodeFlags, density: &TextDensity, id: NodeId) -> NodeId {
    let own = density.of_subtree(dom, id);
    // What calls itself the text knows where it ends.
    if own.prose >= LITTLE_PROSE || is_named(dom, flags, id) {
        return id;
    }
    let (mut widest, mut inner) = (id, own);
    for up in dom.ancestors(id) {
        if matches!(dom.tag(up), Tag::Body | Tag::Html) || flags.has(up, HIDDEN | JUNK) {
            break;
        }
        let sum = density.of_subtree(dom, up);
        let added = sum.all - inner.all;
        let kept = sum.brief + sum.prose - inner.brief - inner.prose;
        let linked = sum.linked - inner.linked;
        if added > 0.0 {
            let is_text = kept >= added * MIN_KEPT && linked <= added * MAX_ADDED_LINKS;
            if !is_text || sum.brief == inner.brief {
                break;
            }
            widest = up;
            inner = sum;
        }
    }
    let is_worth = inner.brief + inner.prose - own.brief - own.prose >= own.prose * MIN_WIDENING;
    if is_worth { widest } else { id }
}

/// What is found with less faith in class names and in what is hidden, where that is far more than
/// `first`.
pub(crate) fn second_try(
    dom: &Dom<'_>,
    untouched: &NodeFlags,
    first: Option<TextContainer>,
) -> Option<(NodeFlags, TextDensity, TextContainer)> {
    let mut bare = untouched.clone();
    bare.disbelieve(Disbelief::AllNames);
    let most = TextDensity::of(dom, &bare, true)
        .of_subtree(dom, ROOT)
        .prose;
    let mut least = first.map_or(0.0, |c| c.prose);
    if least * 2.0 >= most {
        return None;
    }
    let mut better = None;
    for (what, gain, ample) in [
        (Disbelief::JunkNames, 2.5, f32::MAX),
        (Disbelief::Hidden, 3.0, LITTLE_PROSE),
        (Disbelief::AllNames, 3.0, LITTLE_PROSE),
    ] {
        if least >= ample {
            break;
        }
        let mut flags = untouched.clone();
        flags.disbelieve(what);
        let density = settle(dom, &mut flags);
        if let Some(found) = best(dom, &flags).filter(|c| {
            c.prose
                > least * gain
                    + if least > 0.0 {
                        MIN_GAIN
                    } else {
                        MIN_GAIN / 2.0
                    }
        }) {
            least = found.prose;
            better = Some((flags, density, found));
        }
    }
    better
}

/// What is found with all folds open, where that is `first` with far more around it.
pub(crate) fn unfolded(
    dom: &Dom<'_>,
    mut flags: NodeFlags,
    first: TextContainer,
) -> Option<(NodeFlags, TextDensity, TextContainer)> {
    if !flags.open_folds(dom, ROOT) {
        return None;
    }
    let density = settle(dom, &mut flags);
    let found = best(dom, &flags)?;
    let is_wider = dom.within(first.id, found.id) && found.prose >= first.prose * MIN_UNFOLDED;
    is_wider.then_some((flags, density, found))
}

/// The one element that calls itself an article or its text, and holds a sentence or mostly words
/// that are no links: news of a line or two, verse, a recipe, which are too short to be weighed.
/// Where nothing does, the page's `main`.
pub(crate) fn declared(dom: &Dom<'_>, flags: &NodeFlags) -> Option<TextContainer> {
    let density = &TextDensity::of(dom, flags, false);
    let is_named = |id| dom.tag(id) == Tag::Article || flags.has(id, BODY);
    let is_main = |id| dom.tag(id) == Tag::Main;
    let id = match outermost(dom, flags, density, is_named).as_slice() {
        [] => match outermost(dom, flags, density, is_main).as_slice() {
            [id] => *id,
            _ => return None,
        },
        [id] => *id,
        _ => return None,
    };
    Some(TextContainer {
        id,
        prose: 0.0,
        share: 1.0,
    })
}

/// The outermost elements that `is_named` names and that say something.
fn outermost(
    dom: &Dom<'_>,
    flags: &NodeFlags,
    density: &TextDensity,
    is_named: impl Fn(NodeId) -> bool,
) -> Vec<NodeId> {
    let says_sentence = |id| ends_sentence(dom.words(id)) && dom.words(id).len() >= 12;
    let has_words = |id| {
        let own = density.of_subtree(dom, id);
        own.all >= MIN_SCORE / 2.0 && own.linked * MAX_LINKED_OF_DECLARED < own.all
    };
    let mut found = Vec::new();
    let mut at = 1;
    while at < dom.len() {
        if dom.tag(at).is_text() || flags.has(at, HIDDEN | JUNK) {
            at = dom.end(at);
        } else if is_named(at) && (dom.all(at, Tag::Text).any(says_sentence) || has_words(at)) {
            found.push(at);
            at = dom.end(at);
        } else {
            at += 1;
        }
    }
    found
}

/// The element with the most text outside links, for pages that declare an article but have no long
/// sentences: lists of names, verse, dialogue.
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
        if may_contain_article(dom.tag(at))
            && score >= MIN_SCORE
            && best.is_none_or(|(b, _)| score >= b)
        {
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

fn may_contain_article(tag: Tag) -> bool {
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
