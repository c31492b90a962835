//! The article in the reader with what was added to it: above it what its page did since, labels
//! and note; in it the highlights; below it, each highlight with the name of its colour and the
//! reader's words.

use std::ops::Range;
use std::sync::Arc;

use super::pictures::Pictures;
use super::reader::Reader;
use super::sheet::Sheet;
use crate::app::Model;
use crate::news::{Article, Block, Clean, Colour, Highlight, PageState, Scrap};
use crate::text::{Anchor, Document, Measure, Part, PartRole, PartSource};

/// Sets the article anew with what is kept of it; the place in the text stays.
pub fn dress(model: &mut Model) {
    let Some(article) = model.reader.article.clone() else {
        return;
    };
    turn(model, article);
}

/// Shows `article`, another text of the same scrap or the same one, with what is kept of it.
pub fn turn(model: &mut Model, article: Arc<Article>) {
    let highlights = model
        .annotations
        .scrap
        .as_ref()
        .map_or(&[][..], |s| &s.highlights);
    model.annotations.placed = highlights
        .iter()
        .enumerate()
        .filter_map(|(i, h)| Some((i, h.placed(&article)?)))
        .collect();
    let mut document = model.start.document(&article);
    let mut above = 0;
    if let Some(scrap) = &model.annotations.scrap {
        let head = head(model, scrap);
        above = head.len();
        document.parts.splice(0..0, head);
        document.parts.extend(foot(model, scrap));
    }
    let measure = model.measure();
    let is_same = model
        .reader
        .article
        .as_ref()
        .is_some_and(|a| Arc::ptr_eq(a, &article) || **a == *article);
    if !is_same {
        model.reader.article = Some(article);
    }
    model.reader.redress(document, above, is_same, &measure);
}

impl Reader {
    /// Takes the body's text with so many parts `above` the article. Where the article `is_same`,
    /// the place in it stays, but for its very beginning, from where what is above it is seen; and
    /// its pictures stay in their rooms.
    fn redress(&mut self, document: Document, above: usize, is_same: bool, measure: &Measure) {
        let below = self.above;
        let moved = |part: usize| (part + above).saturating_sub(below);
        let mut body = Sheet::new(document, measure);
        if let Some(sheet) = self.body.take().filter(|_| is_same) {
            let framed = self
                .pictures
                .in_text
                .keys()
                .map(|part| (moved(*part), sheet.layout.frame(*part)));
            framed.for_each(|(part, frame)| body.layout.reserve(part, frame));
            if sheet.top != sheet.layout.first() {
                body.held = Anchor {
                    part: moved(sheet.held.part),
                    ..sheet.held
                };
                body.top = body.layout.spot(body.held);
            }
            self.pictures.shift(moved);
        } else {
            self.pictures = Pictures::renewed();
        }
        let hits = self.find.iter_mut().flat_map(|f| f.hits.iter_mut());
        self.spotlight
            .iter_mut()
            .chain(hits)
            .for_each(|lit| lit.part = moved(lit.part));
        self.above = above;
        self.body = Some(body);
    }
}

/// What stands above the article.
fn head(model: &Model, scrap: &Scrap) -> Vec<Part> {
    let words = &model.start.words;
    let notice = |text: &str| Part::new(PartRole::Notice, Clean::lines(text), PartSource::Other);
    let mut out = Vec::new();
    let date = |at: jiff::Timestamp| {
        at.to_zoned(model.start.zone.clone())
            .strftime("%Y-%m-%d %H:%M")
            .to_string()
    };
    if model.annotations.today {
        out.push(notice(words.get("kept.today")));
    } else if let Some(look) = scrap.page {
        let key = match look.state {
            PageState::Same => None,
            PageState::Changed => Some("kept.changed"),
            PageState::Gone => Some("kept.gone"),
        };
        out.extend(key.map(|key| notice(&words.fill(key, &[("date", &date(look.at))]))));
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
fn foot(model: &Model, scrap: &Scrap) -> Vec<Part> {
    if scrap.highlights.is_empty() {
        return Vec::new();
    }
    let words = &model.start.words;
    let count = scrap.highlights.len().to_string();
    let part = |role, text: &str| Part::new(role, Clean::lines(text), PartSource::Other);
    let mut out = vec![part(
        PartRole::Heading(3),
        &words.fill("kept.highlights", &[("n", &count)]),
    )];
    for (index, highlight) in scrap.highlights.iter().enumerate() {
        out.push(part(PartRole::Quote, &highlight.quote));
        let mut about = words.get(colour_key(highlight.colour)).to_owned();
        if !model.annotations.placed.iter().any(|(i, _)| *i == index) {
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

/// Where a part's words stand in the body: block, item, and how many bytes of that text come before
/// them.
pub fn place_of(article: &Article, part: &Part) -> Option<(usize, usize, usize)> {
    if matches!(
        part.role,
        PartRole::Image | PartRole::Caption | PartRole::Table | PartRole::Embed
    ) {
        return None;
    }
    match part.source {
        PartSource::Block(block) => match article.blocks.get(block)? {
            // The words before an inline list that was taken apart: the beginning of their
            // paragraph.
            Block::Paragraph { text, .. } => Some((block, 0, text.find(&*part.text)?)),
            _ => Some((block, 0, 0)),
        },
        PartSource::Item { block, item } => match article.blocks.get(block)? {
            Block::List { .. } => Some((block, item, 0)),
            // An item of an inline list.
            other => Some((block, 0, other.plain().find(&*part.text)?)),
        },
        _ => None,
    }
}

/// The bytes of a part that a highlight covers.
pub fn bytes_in(
    highlight: &Highlight,
    (block, item, before): (usize, usize, usize),
    len: usize,
) -> Range<usize> {
    let bytes = highlight.bytes(block, item, before + len);
    let cut = |byte: usize| byte.saturating_sub(before).min(len);
    cut(bytes.start)..cut(bytes.end)
}
