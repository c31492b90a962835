//! The text of a story view while it is written, and where its lines lead.

use std::ops::Range;

use super::places::range_of;
use super::sheet::PartRange;
use crate::news::{ArticleId, Clean, Passage, StoryId};
use crate::text::{Document, Part, PartRole, PartSource};

/// Where a line of a story view leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoryTarget {
    /// The article that this line leads to.
    pub article: ArticleId,
    /// The story among whose articles it is listed, where that is not the one told of.
    pub story: Option<StoryId>,
    /// The sentence in it: its place, and its words, by which it is found where the text has
    /// changed meanwhile.
    pub sentence: Option<(Passage, Clean)>,
}

/// The text of a story view while it is written.
#[derive(Default)]
pub(super) struct Draft {
    /// The parts of the text.
    pub(super) parts: Vec<Part>,
    /// Where its lines lead.
    pub(super) targets: Vec<StoryTarget>,
    /// Words that are marked, in the order of the text.
    pub(super) marked: Vec<PartRange>,
}

impl Draft {
    /// A line that leads nowhere.
    pub(super) fn tell(&mut self, role: PartRole, text: &str) {
        self.parts
            .push(Part::new(role, Clean::line(text), PartSource::Other));
    }

    /// The headline.
    pub(super) fn title(&mut self, title: &Clean) {
        self.parts
            .push(Part::new(PartRole::Title, title.clone(), PartSource::Title));
    }

    /// A line that leads somewhere, with these bytes of it marked.
    pub(super) fn lead_marked(
        &mut self,
        marker: &str,
        text: &str,
        marked: Vec<Range<usize>>,
        target: StoryTarget,
    ) {
        let part = self.parts.len();
        self.marked
            .extend(marked.into_iter().map(|bytes| PartRange { part, bytes }));
        self.lead(PartRole::Sentence, marker, text, target);
    }

    /// A line that leads somewhere.
    pub(super) fn lead(&mut self, role: PartRole, marker: &str, text: &str, target: StoryTarget) {
        let part = Part::new(
            role,
            Clean::line(text),
            PartSource::Sentence(self.targets.len()),
        );
        self.parts.push(if marker.is_empty() {
            part
        } else {
            part.marked(marker)
        });
        self.targets.push(target);
    }
}

impl StoryTarget {
    /// Where its sentence stands in a text of its article.
    pub fn range_in(&self, document: &Document) -> Option<PartRange> {
        let (place, text) = self.sentence.as_ref()?;
        let says = |lit: &PartRange| {
            let part = document.parts.get(lit.part);
            let found = part.and_then(|part| part.text.get(lit.bytes.clone()));
            found.is_some_and(|t| letters(t).contains(&letters(text)))
        };
        let mut parts = document.parts.iter().enumerate();
        range_of(document, place).filter(says).or_else(|| {
            parts.find_map(|(part, p)| {
                let at = p.text.find(&**text)?;
                let bytes = at..at + text.len();
                Some(PartRange { part, bytes })
            })
        })
    }
}

/// The letters alone: what is shown of a sentence may lack a dateline and have the marks of a
/// speech.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}
