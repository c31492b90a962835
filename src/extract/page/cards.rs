//! Finds cards: teasers for other articles, each a linked headline with a sentence or two.
//! By their density they would pass for the article's prose.

use foldhash::{HashMap, HashMapExt as _, HashSet};

use super::node_flags::{BODY, HIDDEN, JUNK, LINKS, NodeFlags};
use super::text_density::{TextDensity, TextWeight};
use crate::extract::body::trim::verdict::is_over_others;
use crate::extract::html::{Dom, NodeId, ROOT, Tag};
use crate::news::site::is_same_site;

/// The least number of similar siblings that make a row.
const MIN_ROW: usize = 3;
/// How many headings over other articles are handled: each costs time proportional to the page, so
/// that a hostile page of headings would take the square of its size.
const MAX_LABELS: usize = 100;
/// A wider box with a greater share of the page's prose holds the text too.
const MAX_BOX_SHARE: f32 = 0.5;
/// The most prose in a teaser, as text weight.
const MAX_TEASER_PROSE: f32 = 700.0;

/// The most text beside the headline of a lone teaser, as text weight.
const MAX_BESIDE_HEADLINE: f32 = 320.0;
/// The most nodes of one.
const MAX_CARD_NODES: NodeId = 300;
/// The most of the page's prose that lone teasers hold.
const MAX_ALONE_SHARE: f32 = 0.2;

/// Flags rows of cards as links to other articles, unless they hold half of the page's prose.
pub(crate) fn mark(dom: &Dom<'_>, flags: &mut NodeFlags, density: &TextDensity, total: f32) {
    for parent in 1..dom.len() {
        if dom.tag(parent).is_text()
            || dom.end(parent) - parent < 12
            || flags.has(parent, HIDDEN | JUNK)
            || dom.children(parent).take(MIN_ROW).count() < MIN_ROW
        {
            continue;
        }
        // What is drawn alike has a class in common; one that a single element has says nothing.
        let mut shared: HashMap<&str, usize> = HashMap::new();
        for child in dom.children(parent) {
            for class in classes(dom, child) {
                *shared.entry(class).or_default() += 1;
            }
        }
        let mut rows: HashMap<(Tag, &str), Vec<NodeId>> = HashMap::new();
        for child in dom.children(parent) {
            if matches!(
                dom.tag(child),
                Tag::Div
                    | Tag::Li
                    | Tag::Article
                    | Tag::Section
                    | Tag::Td
                    | Tag::Tr
                    | Tag::A
                    | Tag::Dl
            ) {
                let class = classes(dom, child)
                    .find(|c| shared[c] >= MIN_ROW)
                    .unwrap_or_default();
                rows.entry((dom.tag(child), class)).or_default().push(child);
            }
        }
        for row in rows.into_values().filter(|r| r.len() >= MIN_ROW) {
            let cards: Vec<NodeId> = row
                .iter()
                .copied()
                .filter(|id| is_card(dom, flags, density, *id))
                .collect();
            let prose: f32 = cards
                .iter()
                .map(|id| density.of_subtree(dom, *id).prose)
                .sum();
            if cards.len() * 4 >= row.len() * 3 && prose < total * 0.5 {
                cards.into_iter().for_each(|id| flags.set(id, JUNK | LINKS));
            }
        }
    }
}

/// Flags a lone teaser among the paragraphs: a box with a picture whose heading is a link to
/// another page of the site. Where such boxes hold much of the prose, they are the text.
pub(crate) fn mark_alone(dom: &Dom<'_>, flags: &mut NodeFlags, density: &TextDensity, total: f32) {
    let own = dom
        .all(ROOT, Tag::Link)
        .find(|id| dom.attr(*id, "rel") == Some("canonical"))
        .and_then(|id| dom.attr(id, "href"));
    let mut cards: Vec<NodeId> = Vec::new();
    let mut longer = 0;
    for id in 1..dom.len() {
        let tag = dom.tag(id);
        let may_be = tag == Tag::Article || tag.heading().is_some_and(|level| level > 1);
        if !may_be
            || flags.has(id, HIDDEN)
            || cards.len() >= MAX_LABELS
            || cards.iter().any(|card| dom.within(id, *card))
        {
            continue;
        }
        let words = density.of_subtree(dom, id);
        if words.all < 18.0 || words.linked < words.all * 0.9 || !leads_on(dom, id, own) {
            continue;
        }
        let is_box = |up: &NodeId| {
            let sum = density.of_subtree(dom, *up);
            let headings = (*up..dom.end(*up)).filter(|n| dom.tag(*n).heading().is_some());
            !flags.has(*up, BODY)
                && !matches!(dom.tag(*up), Tag::Body | Tag::Main)
                && dom.end(*up) - up <= MAX_CARD_NODES
                && sum.all - words.all <= MAX_BESIDE_HEADLINE
                && sum.prose < total * MAX_ALONE_SHARE
                && headings.take(2).count() <= 1
        };
        let around = || std::iter::once(id).chain(dom.ancestors(id));
        if around().any(|up| flags.has(up, LINKS)) {
            continue;
        }
        if let Some(card) = around().take_while(is_box).last()
            && matches!(
                dom.tag(card),
                Tag::Div | Tag::Article | Tag::Section | Tag::Aside | Tag::Li
            )
            && dom.all(card, Tag::Img).next().is_some()
            && dom.all(card, Tag::Figcaption).next().is_none()
            && dom.all(card, Tag::Li).nth(2).is_none()
        {
            cards.push(card);
        } else {
            longer += 1;
        }
    }
    // A heading that looks like those of other parts begins such a part.
    let look = |id: NodeId| (dom.tag(id), dom.class(id).unwrap_or_default());
    let elsewhere: HashSet<(Tag, &str)> = (1..dom.len())
        .filter(|id| dom.tag(*id).heading().is_some() && !look(*id).1.is_empty())
        .filter(|id| !flags.has(*id, HIDDEN) && !cards.iter().any(|card| dom.within(*id, *card)))
        .map(look)
        .collect();
    cards.retain(|card| {
        let mut inside = (*card..dom.end(*card)).filter(|id| dom.tag(*id).heading().is_some());
        !inside.any(|id| elsewhere.contains(&look(id)))
    });
    let prose: f32 = cards
        .iter()
        .map(|id| density.of_subtree(dom, *id).prose)
        .sum();
    if prose < total * MAX_ALONE_SHARE && longer < cards.len() {
        cards.into_iter().for_each(|id| flags.set(id, JUNK | LINKS));
    }
}

/// Whether the first link in or around an element leads to another page of the site, whose own
/// address is `own`.
fn leads_on(dom: &Dom<'_>, id: NodeId, own: Option<&str>) -> bool {
    let around = dom
        .ancestors(id)
        .take(3)
        .filter(|up| dom.tag(*up) == Tag::A);
    let link = dom.all(id, Tag::A).chain(around).next();
    let Some(href) = link.and_then(|a| dom.attr(a, "href")) else {
        return false;
    };
    let is_picture = || {
        let path = href
            .split(['?', '#'])
            .next()
            .unwrap_or(href)
            .to_ascii_lowercase();
        [".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"]
            .iter()
            .any(|end| path.ends_with(end))
    };
    let is_inside = || match href.split_once(':') {
        Some((scheme, _)) if scheme.starts_with("http") => {
            own.is_some_and(|own| own != href && is_same_site(own, href))
        }
        Some(_) => false,
        None => !href.starts_with(['#', '?']) && href.len() > 1,
    };
    is_inside() && !is_picture()
}

/// Flags what is under a heading such as 관련기사 or "Related stories".
pub(crate) fn mark_labelled(
    dom: &Dom<'_>,
    flags: &mut NodeFlags,
    density: &TextDensity,
    total: f32,
) {
    let mut labels = 0;
    for id in 1..dom.len() {
        if labels > MAX_LABELS {
            return;
        }
        let tag = dom.tag(id);
        let may_label = tag.heading().is_some()
            || matches!(
                tag,
                Tag::Strong | Tag::B | Tag::P | Tag::Span | Tag::Div | Tag::Dt | Tag::Em
            );
        if !may_label || dom.end(id) - id > 6 || flags.has(id, HIDDEN | JUNK) {
            continue;
        }
        let words: usize = dom.children(id).map(|n| dom.words(n).len()).sum();
        if words > 90 || !is_over_others(&dom.text(id)) {
            continue;
        }
        labels += 1;
        // The box that the heading opens: the outermost without text before the heading.
        let mut section = id;
        for up in dom.ancestors(id) {
            let before = density.between(up, id);
            if before.all > 1.0
                || dom.tag(section) == Tag::Aside
                || density.of_subtree(dom, up).prose > total * MAX_BOX_SHARE
                || adds_text(
                    density.of_subtree(dom, up),
                    density.of_subtree(dom, section),
                )
                || matches!(dom.tag(up), Tag::Body | Tag::Main)
                || flags.has(up, BODY)
            {
                break;
            }
            section = up;
        }
        if section == id && tag.heading().is_some() {
            siblings(dom, flags, density, id, total);
            continue;
        }
        let own = density.of_subtree(dom, section);
        let teasers = own.prose < total * 0.85;
        if section != id && teasers && dom.all(section, Tag::A).nth(1).is_some() {
            flags.set(section, JUNK | LINKS);
        }
    }
}

/// Whether what a wider box adds to an inner one is paragraphs without headline links between them: a
/// box of other articles can stand before the text in one row with it.
fn adds_text(wide: TextWeight, inner: TextWeight) -> bool {
    let prose = wide.prose - inner.prose;
    wide.paragraphs - inner.paragraphs >= 3.0 && (wide.linked - inner.linked) * 5.0 < prose
}

/// Flags the boxes that follow a heading over other articles, up to the next heading or paragraph
/// among its siblings.
fn siblings(
    dom: &Dom<'_>,
    flags: &mut NodeFlags,
    density: &TextDensity,
    heading: NodeId,
    total: f32,
) {
    let of = |id| density.of_subtree(dom, id);
    let boxes: Vec<NodeId> = dom
        .children(dom.parent(heading))
        .skip_while(|n| *n <= heading)
        .take_while(|n| {
            dom.tag(*n).heading().is_none()
                && !(dom.tag(*n) == Tag::P
                    && of(*n).prose > of(*n).linked * 2.0
                    && of(*n).prose > 0.0)
        })
        .filter(|n| {
            matches!(
                dom.tag(*n),
                Tag::Ul | Tag::Ol | Tag::Div | Tag::Section | Tag::Article | Tag::Table | Tag::Dl
            ) && !flags.has(*n, BODY)
        })
        .collect();
    let prose: f32 = boxes.iter().map(|n| of(*n).prose).sum();
    let links = boxes.iter().any(|n| dom.all(*n, Tag::A).next().is_some());
    if links && prose < total * 0.9 {
        boxes.into_iter().for_each(|n| flags.set(n, JUNK | LINKS));
    }
}

/// Whether an element is a linked headline with little other text.
fn is_card(dom: &Dom<'_>, flags: &NodeFlags, density: &TextDensity, id: NodeId) -> bool {
    let sum = density.of_subtree(dom, id);
    if flags.has(id, BODY) || sum.prose > MAX_TEASER_PROSE || sum.all == 0.0 {
        return false;
    }
    if dom.tag(id) == Tag::A {
        return true;
    }
    // Long text before the first headline-sized link is prose that happens to contain links.
    let end = dom.end(id);
    let mut at = id + 1;
    while at < end {
        match dom.tag(at) {
            Tag::A => {
                let own = density.of_subtree(dom, at);
                if own.all >= 18.0 {
                    // A headline in a block of its own may be a smaller part of the card.
                    let line = dom
                        .ancestors(at)
                        .find(|up| dom.tag(*up).is_block())
                        .unwrap_or(id)
                        .max(id);
                    let apart = line > id && density.of_subtree(dom, line).all <= own.all * 1.3;
                    return own.all >= sum.all * if apart { 0.05 } else { 0.15 };
                }
                at = dom.end(at);
                continue;
            }
            Tag::Text if dom.words(at).trim().chars().count() > 60 => return false,
            tag if tag.is_raw() => {
                at = dom.end(at);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    false
}

/// The first few classes of an element.
fn classes<'a>(dom: &Dom<'a>, id: NodeId) -> impl Iterator<Item = &'a str> + use<'a> {
    let class = dom.class(id).unwrap_or_default();
    class.split_ascii_whitespace().take(4)
}
