//! Measures how much prose, text and linked text each part of a page contains. Running sums give
//! the answer for any subtree in constant time, since a subtree is a range of nodes.

use super::node_flags::{HIDDEN, JUNK, NodeFlags};
use crate::extract::html::{Dom, NodeId, Tag, WordWeight};

/// Amounts of text, weighed as by [`WordWeight`].
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct TextWeight {
    /// Weight of prose: sentences in paragraphs.
    pub(crate) prose: f32,
    /// Weight of all text.
    pub(crate) all: f32,
    /// Weight of text in links.
    pub(crate) linked: f32,
    /// Weight of short text outside links in headings, items, cells and lines, as articles have them.
    pub(crate) brief: f32,
    /// Number of paragraphs of prose.
    pub(crate) paragraphs: f32,
}

/// The running sums of a page: entry `n` covers the nodes before `n`.
#[derive(Default)]
pub(crate) struct TextDensity {
    upto: Vec<TextWeight>,
}

/// Text between the edges of two blocks, which a browser shows as one paragraph.
#[derive(Default)]
struct InlineRun {
    from: usize,
    weight: f32,
    linked: f32,
    sentences: u32,
}

/// The least weight of prose; lighter runs are labels and headlines.
const MIN_PROSE: f32 = 40.0;
/// The least weight of prose without a full stop, in an element for text: the lines of Korean public
/// offices end in nouns.
const MIN_UNENDED_PROSE: f32 = 60.0;

impl TextDensity {
    /// Measures a page without hidden elements, and without junk unless `with_junk`.
    pub(crate) fn of(dom: &Dom<'_>, flags: &NodeFlags, with_junk: bool) -> Self {
        let mut own = vec![TextWeight::default(); dom.len() as usize + 1];
        let mut run = InlineRun::default();
        let mut blocks: Vec<(NodeId, Tag)> = Vec::new();
        let mut link_end = 0;
        let leave_out = if with_junk { HIDDEN } else { HIDDEN | JUNK };
        let mut at = 1;
        while at < dom.len() {
            while blocks.last().is_some_and(|(end, _)| *end <= at) {
                let tag = inner(&blocks);
                blocks.pop();
                run.close(&mut own, tag);
            }
            let tag = dom.tag(at);
            if flags.has(at, leave_out) || is_silent(tag) {
                if tag.is_block() {
                    run.close(&mut own, inner(&blocks));
                }
                at = dom.end(at);
                continue;
            }
            match tag {
                Tag::Text => run.add(at as usize, dom.word_weight(at), at < link_end),
                Tag::A => link_end = dom.end(at),
                Tag::Br => run.close(&mut own, inner(&blocks)),
                _ if tag.is_block() => {
                    run.close(&mut own, inner(&blocks));
                    blocks.push((dom.end(at), tag));
                }
                _ => {}
            }
            at += 1;
        }
        run.close(&mut own, inner(&blocks));
        let mut sum = TextWeight::default();
        for slot in &mut own {
            let here = *slot;
            *slot = sum;
            sum = TextWeight {
                prose: sum.prose + here.prose,
                all: sum.all + here.all,
                linked: sum.linked + here.linked,
                brief: sum.brief + here.brief,
                paragraphs: sum.paragraphs + here.paragraphs,
            };
        }
        Self { upto: own }
    }

    /// The amounts of text in a subtree.
    pub(crate) fn of_subtree(&self, dom: &Dom<'_>, id: NodeId) -> TextWeight {
        self.between(id, dom.end(id))
    }

    /// The amounts of text in a range of nodes.
    pub(crate) fn between(&self, from: NodeId, to: NodeId) -> TextWeight {
        let (from, to) = (self.upto[from as usize], self.upto[to as usize]);
        TextWeight {
            prose: to.prose - from.prose,
            all: to.all - from.all,
            linked: to.linked - from.linked,
            brief: to.brief - from.brief,
            paragraphs: to.paragraphs - from.paragraphs,
        }
    }
}

fn is_silent(tag: Tag) -> bool {
    tag.is_raw()
        || matches!(
            tag,
            Tag::Head
                | Tag::Noscript
                | Tag::Template
                | Tag::Svg
                | Tag::Select
                | Tag::Button
                | Tag::Canvas
                | Tag::Map
                | Tag::Object
        )
}

/// The innermost open block.
fn inner(blocks: &[(NodeId, Tag)]) -> Tag {
    blocks.last().map_or(Tag::Body, |(_, tag)| *tag)
}

impl InlineRun {
    fn add(&mut self, at: usize, words: WordWeight, linked: bool) {
        if words.weight == 0.0 {
            return;
        }
        self.sentences += words.sentences;
        if self.weight == 0.0 {
            self.from = at;
        }
        self.weight += words.weight;
        self.linked += if linked { words.weight } else { 0.0 };
    }

    fn close(&mut self, own: &mut [TextWeight], inside: Tag) {
        let run = std::mem::take(self);
        if run.weight == 0.0 {
            return;
        }
        let slot = &mut own[run.from];
        slot.all += run.weight;
        slot.linked += run.linked;
        let unlinked = run.linked * 2.0 < run.weight;
        let holds_text = matches!(inside, Tag::P | Tag::Li | Tag::Dd | Tag::Blockquote);
        let says = run.sentences > 0;
        let is_prose = run.weight >= MIN_PROSE && says
            || run.weight >= MIN_UNENDED_PROSE && holds_text && inside != Tag::Li;
        let labels = matches!(inside, Tag::Dt | Tag::Th | Tag::Pre | Tag::Figcaption);
        if unlinked && is_prose {
            slot.prose += run.weight;
            slot.paragraphs += 1.0;
        } else if unlinked
            && (holds_text || labels || inside.heading().is_some_and(|level| level > 1))
        {
            slot.brief += run.weight;
        }
    }
}
