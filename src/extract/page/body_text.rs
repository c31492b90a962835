//! The ways to a page's body: by its publisher's profile, by text density, from a script's state or
//! from JSON-LD; and the choice between what they give.

use super::node_flags::{HIDDEN, Marks};
use super::parsed::Page;
use super::score;
use super::script::State;
use crate::extract::body::blocks;
use crate::extract::body::blocks::{Guide, Piece};
use crate::extract::html::{Dom, Id, ROOT};
use crate::extract::publishers::Profile;
use crate::news::{Clean, ExtractionMethod};

/// A way to the body, and what it yields.
pub(crate) struct Body {
    pub(crate) method: ExtractionMethod,
    pub(crate) pieces: Vec<Piece>,
    /// The element it came from; the document where it came from script.
    pub(crate) at: Id,
    /// Share of the page's prose that it holds.
    pub(crate) share: f32,
}

impl Body {
    /// Letters of its text.
    pub(crate) fn size(&self) -> usize {
        self.pieces.iter().map(|p| p.chars).sum()
    }
}

impl Page<'_, '_> {
    /// The best of all ways to the body.
    pub(super) fn body(
        &self,
        best: Option<score::Candidate>,
        state: Option<&State>,
    ) -> Option<Body> {
        let generic = best.map(|c| self.generic(c));
        let own = self.profiles.iter().find_map(|p| self.of_profile(p));
        let size = |b: &Option<Body>| b.as_ref().map_or(0, Body::size);
        // A profile that finds a fraction of what stands there does not match the layout any more.
        let tree = if own.is_some() && size(&own) * 4 >= size(&generic) {
            own
        } else {
            generic
        };
        let ample = size(&tree);
        let script = state
            .map(|s| self.of_html(&s.html, ExtractionMethod::Script))
            .filter(|b| b.size() > ample.max(40) * 5 / 4);
        let ld = self
            .described
            .body
            .as_deref()
            .filter(|b| b.chars().count() > ample * 3 / 2 + 60);
        match (script, ld) {
            (Some(script), Some(text)) if script.size() * 5 >= text.chars().count() * 4 => {
                Some(script)
            }
            (_, Some(text)) => Some(self.of_html(&as_html(text), ExtractionMethod::JsonLd)),
            (Some(script), None) => Some(script),
            (None, None) => tree,
        }
    }

    /// The text of a part found by density.
    pub(super) fn generic(&self, best: score::Candidate) -> Body {
        let pieces = blocks::read(&self.dom, &[best.id], &self.marks, &self.addresses);
        Body {
            method: ExtractionMethod::Density,
            pieces,
            at: best.id,
            share: best.share,
        }
    }

    /// What the profile's first fruitful body selector holds. Inside it only what the profile or
    /// the page hides goes, and furniture; the container itself is trusted.
    fn of_profile(&self, profile: &Profile) -> Option<Body> {
        profile.body.iter().find_map(|selector| {
            let mut roots = selector.all(&self.dom, &self.index, ROOT);
            let mut end = 0;
            roots.retain(|id| {
                let outer =
                    *id >= end && !self.dom.ancestors(*id).any(|up| self.marks.has(up, HIDDEN));
                if outer {
                    end = self.dom.end(*id);
                }
                outer
            });
            let root = *roots.first()?;
            let pieces = blocks::read(
                &self.dom,
                &roots,
                &Trusted {
                    marks: &self.marks,
                    roots: &roots,
                },
                &self.addresses,
            );
            let body = Body {
                method: ExtractionMethod::Publisher(Clean::line(&profile.name)),
                pieces,
                at: root,
                share: 1.0,
            };
            (body.size() >= 40).then_some(body)
        })
    }

    fn of_html(&self, html: &str, method: ExtractionMethod) -> Body {
        let dom = Dom::parse(html);
        let mut marks = Marks::of(&dom);
        score::settle(&dom, &mut marks);
        let pieces = blocks::read(&dom, &[ROOT], &marks, &self.addresses);
        Body {
            method,
            pieces,
            at: ROOT,
            share: 1.0,
        }
    }
}

/// The containers that a profile names are read whatever their own names say.
struct Trusted<'r> {
    marks: &'r Marks,
    roots: &'r [Id],
}

impl Guide for Trusted<'_> {
    fn skips(&self, id: Id) -> bool {
        self.marks.skips(id) && !self.roots.contains(&id)
    }

    fn is_caption(&self, id: Id) -> bool {
        self.marks.is_caption(id)
    }
}

/// Plain text as HTML, a line a paragraph; HTML as it is.
fn as_html(text: &str) -> String {
    if text.contains("<p") || text.contains("<br") || text.contains("<div") {
        return text.to_owned();
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    escaped.lines().map(|l| format!("<p>{l}</p>")).collect()
}
