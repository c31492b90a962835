//! The rest of an article of which the feed gave only the beginning: it takes the beginning's
//! place, and the words at the top stay there.

use std::sync::Arc;

use super::Reader;
use crate::news::{Article, ExtractionMethod};
use crate::text::{Anchor, Document, Measure, Part, PartRole};

/// Most characters that are kept of the words at the top.
const KEPT: usize = 120;
/// Characters by which the words at the top are found in another text, and how many of them are
/// enough where not all are found: a feed and its page may differ in marks, blanks and paragraphs.
const TELLING: [usize; 2] = [40, 12];

/// The words at the top of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopWords {
    role: PartRole,
    words: String,
}

impl Reader {
    /// The open article, if a feed gave only its beginning and the rest was not asked for before.
    pub fn take_cut(&mut self) -> Option<Arc<Article>> {
        let article = self.article.as_ref()?;
        let is_of_feed = matches!(
            article.extraction.method,
            ExtractionMethod::Feed | ExtractionMethod::Section
        );
        if !is_of_feed || article.claimed || !article.is_cut() {
            return None;
        }
        (!std::mem::replace(&mut self.asked_rest, true)).then(|| article.clone())
    }

    /// Shows `article`, of which only the beginning was shown until now, set as `document`.
    pub fn put_rest(&mut self, article: Arc<Article>, document: Document, measure: &Measure) {
        let (top, counted) = (self.top_words(), self.counted);
        let line = self.revision_line.take();
        let revised = line.map(|line| (std::mem::take(&mut self.revisions), line));
        self.open(article, None, document, revised, measure);
        (self.counted, self.asked_rest) = (counted, true);
        self.put_top_words(top.as_ref());
    }

    /// The words at the top of the body; none where that is its beginning.
    pub fn top_words(&self) -> Option<TopWords> {
        let body = self.body.as_ref()?;
        let anchor = body.top_anchor();
        let part = body.document().parts.get(anchor.part)?;
        if anchor == (Anchor { part: 0, byte: 0 }) {
            return None;
        }
        let words = part.text.get(anchor.byte..)?;
        Some(TopWords {
            role: part.role,
            words: words.chars().take(KEPT).collect(),
        })
    }

    /// Brings the words to the top, where the body has them.
    pub fn put_top_words(&mut self, top: Option<&TopWords>) {
        let (Some(top), Some(body)) = (top, self.body.as_mut()) else {
            return;
        };
        let parts = &body.document().parts;
        // From the top, else from the next sentence on, which may begin a paragraph there.
        let next = top.words.split_once(". ").map_or("", |(_, next)| next);
        let found = [top.words.as_str(), next].into_iter().find_map(|words| {
            let mut counts = TELLING.into_iter();
            counts.find_map(|count| {
                let words: String = words.chars().take(count).collect();
                place_of_words(parts, words.trim())
            })
        });
        let alike = || {
            let part = parts.iter().position(|p| p.role == top.role)?;
            Some(Anchor { part, byte: 0 })
        };
        if let Some(anchor) = found.or_else(alike) {
            body.put_anchor(anchor);
        }
    }
}

/// Where the words stand first.
fn place_of_words(parts: &[Part], words: &str) -> Option<Anchor> {
    if words.is_empty() {
        return None;
    }
    let mut parts = parts.iter().enumerate();
    parts.find_map(|(part, p)| {
        let byte = p.text.find(words)?;
        Some(Anchor { part, byte })
    })
}
