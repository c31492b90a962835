//! An article as a document with its annotations: above it what became of its page, labels and
//! note; below it each highlight with the name of its colour and its note.

use super::Annotations;
use crate::app::start::Start;
use crate::config::Words;
use crate::news::{Article, Clean, Colour, Highlight, PageState, Scrap};
use crate::text::{Document, Part, PartRole, PartSource};

impl Annotations {
    /// `article`, a text of the scrap, as a document with its annotations, and how many of the
    /// document's parts stand above the article. Finds the places of the highlights in it.
    pub fn document(&mut self, article: &Article, start: &Start) -> (Document, usize) {
        self.place_highlights(article);
        let mut document = start.document(article);
        let Some(scrap) = &self.scrap else {
            return (document, 0);
        };
        let head = head(scrap, self.shows_page, start);
        let above = head.len();
        document.parts.splice(0..0, head);
        document
            .parts
            .extend(foot(scrap, &self.placed, &start.words));
        (document, above)
    }
}

/// What stands above the article.
fn head(scrap: &Scrap, shows_page: bool, start: &Start) -> Vec<Part> {
    let words = &start.words;
    let notice = |text: &str| Part::new(PartRole::Notice, Clean::lines(text), PartSource::Other);
    let mut out = Vec::new();
    let date = |at: jiff::Timestamp| {
        at.to_zoned_datetime(start.zone.clone())
            .strftime("%Y-%m-%d %H:%M")
            .to_string()
    };
    if shows_page {
        out.push(notice(words.get("kept.today")));
    } else if let Some(observation) = scrap.page {
        let key = match observation.state {
            PageState::Same => None,
            PageState::Changed => Some("kept.changed"),
            PageState::Gone => Some("kept.gone"),
        };
        out.extend(key.map(|key| notice(&words.fill(key, &[("date", &date(observation.at))]))));
    }
    let labels: Vec<String> = scrap.tags.iter().map(|t| format!("#{t}")).collect();
    if !labels.is_empty() {
        out.push(notice(&labels.join("  ")));
    }
    if let Some(note) = scrap.note.as_ref().filter(|n| !n.is_blank()) {
        out.push(notice(&words.fill("kept.note", &[("note", note)])));
    }
    out
}

/// What stands below it: the highlights, also those whose words are no longer there.
fn foot(scrap: &Scrap, placed: &[(usize, Highlight)], words: &Words) -> Vec<Part> {
    if scrap.highlights.is_empty() {
        return Vec::new();
    }
    let count = scrap.highlights.len().to_string();
    let part = |role, text: &str| Part::new(role, Clean::lines(text), PartSource::Other);
    let mut out = vec![part(
        PartRole::Heading(3),
        &words.fill("kept.highlights", &[("n", &count)]),
    )];
    for (index, highlight) in scrap.highlights.iter().enumerate() {
        out.push(part(PartRole::Quote, &highlight.quote));
        let mut about = words.get(colour_key(highlight.colour)).to_owned();
        if !placed.iter().any(|(i, _)| *i == index) {
            about = format!("{about} · {}", words.get("kept.lost"));
        }
        if let Some(note) = highlight.note.as_ref().filter(|n| !n.is_blank()) {
            about = format!("{about} · {}", words.fill("kept.note", &[("note", note)]));
        }
        out.push(part(PartRole::Notice, &about));
    }
    out
}

/// The key of a colour's name.
pub fn colour_key(colour: Colour) -> &'static str {
    match colour {
        Colour::Yellow => "colour.yellow",
        Colour::Green => "colour.green",
        Colour::Blue => "colour.blue",
        Colour::Pink => "colour.pink",
    }
}
