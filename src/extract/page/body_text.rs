//! Finds a page's body by its publisher's profile, by text density, in a script's state and in
//! JSON-LD, and chooses between the results.

use super::candidates;
use super::node_flags::{HIDDEN, NodeFlags};
use super::parsed::ParsedPage;
use super::script::ScriptArticle;
use super::threads;
use crate::extract::body::blocks;
use crate::extract::body::blocks::{BodyBlock, Guide};
use crate::extract::html::{Dom, NodeId, ROOT, Tag, parse};
use crate::extract::publishers::Profile;
use crate::news::{Clean, ExtractionMethod};

/// The longest text, in bytes, of an element that is a picture with its caption.
const MAX_WORDS_WITH_PICTURE: usize = 900;
/// A text whose first characters, this many, occur in it once more is there twice.
const REPEATED_START: usize = 80;

/// A body, with the method that found it.
pub(crate) struct PageBody {
    pub(crate) method: ExtractionMethod,
    pub(crate) blocks: Vec<BodyBlock>,
    /// The element that contains it, or the root if it came from a script or from JSON-LD.
    pub(crate) at: NodeId,
    /// Its share of the page's prose, between 0 and 1.
    pub(crate) share: f32,
}

impl PageBody {
    /// The length of its text in characters.
    pub(crate) fn size(&self) -> usize {
        self.blocks.iter().map(|p| p.chars).sum()
    }
}

impl ParsedPage<'_, '_> {
    /// What the publisher's own profile finds, or the publishing system's.
    pub(super) fn own_body(&self) -> Option<PageBody> {
        self.profiles.iter().find_map(|p| self.of_profile(p))
    }

    /// The body by the method that gives the best result.
    pub(super) fn body(
        &self,
        own: Option<PageBody>,
        best: Option<candidates::TextContainer>,
        state: Option<&ScriptArticle>,
    ) -> Option<PageBody> {
        if let Some(thread) = self.stated_thread(best) {
            return Some(thread);
        }
        let generic = best.map(|c| self.generic(c));
        let size = |b: &Option<PageBody>| b.as_ref().map_or(0, PageBody::size);
        // A profile that finds only a fraction of the text no longer matches the page's layout.
        let tree = if own.is_some() && size(&own) * 4 >= size(&generic) {
            own
        } else {
            generic
        };
        let ample = size(&tree);
        let script = state
            .map(|s| self.of_html(&s.html, ExtractionMethod::Script))
            .filter(|b| b.size() > ample.max(40) * 5 / 4);
        let ld = self.described.body.as_deref().map(without_repetition);
        let ld = ld.filter(|b| b.chars().count() > ample * 3 / 2 + 60);
        match (script, ld) {
            (Some(script), Some(text)) if script.size() * 5 >= text.chars().count() * 4 => {
                Some(script)
            }
            (_, Some(text)) => Some(self.of_html(&as_html(text), ExtractionMethod::JsonLd)),
            (Some(script), None) => Some(script),
            (None, None) => tree,
        }
    }

    /// The posts of a thread whose microdata name the text of most; those found by how they are
    /// drawn where they hold more.
    fn stated_thread(&self, best: Option<candidates::TextContainer>) -> Option<PageBody> {
        if !self.is_thread {
            return None;
        }
        let stated = threads::stated(&self.dom, &self.flags)?;
        let drawn = best.map(|c| threads::posts(&self.dom, &self.flags, &self.density, c.id));
        let prose = |id: &NodeId| self.density.of_subtree(&self.dom, *id).prose;
        let sum = |posts: &[NodeId]| posts.iter().map(prose).sum::<f32>();
        let all = self.density.of_subtree(&self.dom, ROOT).prose;
        let posts = drawn
            .filter(|drawn| sum(drawn) > sum(&stated))
            .unwrap_or(stated);
        Some(PageBody {
            method: ExtractionMethod::Density,
            blocks: blocks::read(&self.dom, &posts, &self.flags, &self.addresses),
            at: *posts.first()?,
            share: sum(&posts) / all.max(1.0),
        })
    }

    /// The body in a container found by density.
    pub(super) fn generic(&self, best: candidates::TextContainer) -> PageBody {
        let roots = if self.is_thread {
            threads::posts(&self.dom, &self.flags, &self.density, best.id)
        } else {
            vec![best.id]
        };
        let blocks = blocks::read(&self.dom, &roots, &self.flags, &self.addresses);
        PageBody {
            method: ExtractionMethod::Density,
            blocks,
            at: best.id,
            share: best.share,
        }
    }

    /// The body in the elements of the profile's first body selector that gives any text. Junk and
    /// hidden elements inside are left out; the containers themselves are always read.
    fn of_profile(&self, profile: &Profile) -> Option<PageBody> {
        profile.body.iter().find_map(|selector| {
            let mut roots = selector.all(&self.dom, &self.index, ROOT);
            let mut end = 0;
            roots.retain(|id| {
                let outer =
                    *id >= end && !self.dom.ancestors(*id).any(|up| self.flags.has(up, HIDDEN));
                if outer {
                    end = self.dom.end(*id);
                }
                outer
            });
            let root = *roots.first()?;
            self.add_pictures_between(&mut roots);
            let blocks = blocks::read(
                &self.dom,
                &roots,
                &TrustedContainers {
                    flags: &self.flags,
                    roots: &roots,
                },
                &self.addresses,
            );
            let body = PageBody {
                method: ExtractionMethod::Publisher(Clean::line(&profile.name)),
                blocks,
                at: root,
                share: 1.0,
            };
            (body.size() >= 40).then_some(body)
        })
    }

    /// Adds the elements between the containers of a text that have a picture and hardly a word
    /// besides: some publishers put each picture between two containers.
    fn add_pictures_between(&self, roots: &mut Vec<NodeId>) {
        let (Some(first), Some(last)) = (roots.first().copied(), roots.last().copied()) else {
            return;
        };
        let parent = self.dom.parent(first);
        if first == last || self.dom.parent(last) != parent {
            return;
        }
        let pictured = self.dom.children(parent).filter(|id| {
            (first..last).contains(id)
                && !roots.contains(id)
                && !self.flags.skips(*id)
                && self.dom.all(*id, Tag::Img).next().is_some()
                && self.dom.brief(*id, MAX_WORDS_WITH_PICTURE).is_some()
        });
        let pictured: Vec<NodeId> = pictured.collect();
        roots.extend(pictured);
        roots.sort_unstable();
    }

    fn of_html(&self, html: &str, method: ExtractionMethod) -> PageBody {
        let html = parse(html);
        let dom = Dom::of(&html);
        let mut flags = NodeFlags::of(&dom);
        candidates::settle(&dom, &mut flags);
        let blocks = blocks::read(&dom, &[ROOT], &flags, &self.addresses);
        PageBody {
            method,
            blocks,
            at: ROOT,
            share: 1.0,
        }
    }
}

/// The containers that a profile names are read even if their own class names say otherwise.
struct TrustedContainers<'r> {
    flags: &'r NodeFlags,
    roots: &'r [NodeId],
}

impl Guide for TrustedContainers<'_> {
    fn skips(&self, id: NodeId) -> bool {
        self.flags.skips(id) && !self.roots.contains(&id)
    }

    fn is_caption(&self, id: NodeId) -> bool {
        self.flags.is_caption(id)
    }
}

/// The text without a second copy of itself, which some publishers put behind the first; the fuller
/// copy stays.
fn without_repetition(text: &str) -> &str {
    let Some((end, _)) = text.char_indices().nth(REPEATED_START) else {
        return text;
    };
    let Some(again) = text[end..].find(&text[..end]) else {
        return text;
    };
    let (first, second) = text.split_at(end + again);
    if first.len() > second.len() {
        first
    } else {
        second
    }
}

/// Plain text as HTML with a paragraph for each line; HTML is returned unchanged.
fn as_html(text: &str) -> String {
    if text.contains("<p") || text.contains("<br") || text.contains("<div") {
        return text.to_owned();
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    escaped.lines().map(|l| format!("<p>{l}</p>")).collect()
}
