//! A document: the parts that the reader pane shows, in order, before they are laid out in lines.
//!
//! Nothing here depends on columns or rows.

use jiff::tz::TimeZone;

use super::part::{Part, PartLink, PartRole, PartSource};
use crate::news::address::shown;
use crate::news::site::is_web_address;
use crate::news::{Article, Block, Byline, Clean, Link, Medium, block_marks};

/// Labels in the reader's language for content that can't be shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// For a picture: `[사진]`.
    pub image: Clean,
    /// For a video or post: `[영상]`.
    pub embed: Clean,
    /// For a recording, a film and a file that the feed encloses.
    pub enclosed: [Clean; 3],
    /// For the page where the article is talked about.
    pub discussion: Clean,
    /// Beside the name of a publisher that only the file itself names: `확인 안 됨`.
    pub claimed: Clean,
    /// The sentence below such a text's address.
    pub claims: Clean,
    /// Said at the end of a text of which only the beginning is there; not said where empty.
    pub beginning: Clean,
    /// Said after that where the article has an address: how to get the rest.
    pub rest: Clean,
    /// The reader's time zone, in which the date is written; without one, that of the source.
    pub zone: Option<TimeZone>,
}

/// Parts in reading order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Document {
    /// The parts.
    pub parts: Vec<Part>,
}

impl Document {
    /// An article as a document: kicker, title, subheads, byline, body, copyright, address. Each
    /// caption appears once.
    pub fn article(article: &Article, labels: &Labels) -> Self {
        let mut page = DocumentBuilder {
            labels,
            parts: Vec::new(),
            captions: Vec::new(),
        };
        page.head(article);
        page.enclosures(article);
        for (index, block) in article.blocks.iter().enumerate() {
            // What the head shows with its length and size is not shown again.
            let is_enclosed = |url: &Clean| article.enclosures.iter().any(|it| it.url == *url);
            if !matches!(block, Block::Embed { url, .. } if is_enclosed(url)) {
                page.block(index, block);
            }
        }
        page.cut(article);
        if let Some(copyright) = &article.copyright {
            page.push(Part::new(
                PartRole::Copyright,
                copyright.clone(),
                PartSource::Copyright,
            ));
        }
        if let Some(address) = article.address() {
            page.push(Part::new(
                PartRole::Source,
                shown(address),
                PartSource::Other,
            ));
        }
        if article.claims_its_origin() {
            page.push(Part::new(
                PartRole::Notice,
                labels.claims.clone(),
                PartSource::Other,
            ));
        }
        Self { parts: page.parts }
    }

    /// The document with every paragraph that is a run of bullets (`▲ 하나 ▲ 둘 ▲ 셋`) turned into a
    /// list.
    #[must_use]
    pub fn with_bullets_listed(self) -> Self {
        Self {
            parts: self
                .parts
                .into_iter()
                .flat_map(super::bullets::split)
                .collect(),
        }
    }

    /// Length of the text of all parts, in bytes.
    pub fn len(&self) -> usize {
        self.parts.iter().map(|p| p.text.len()).sum()
    }

    /// Whether it has no text.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }
}

/// Bullets of lists, by depth.
const BULLETS: [&str; 3] = ["•", "◦", "▪"];

/// A document under construction.
struct DocumentBuilder<'a> {
    labels: &'a Labels,
    parts: Vec<Part>,
    captions: Vec<&'a Clean>,
}

impl<'a> DocumentBuilder<'a> {
    fn push(&mut self, part: Part) {
        if !part.text.is_blank() {
            self.parts.push(part);
        }
    }

    fn head(&mut self, article: &Article) {
        let date = article.published.map(|p| match &self.labels.zone {
            Some(zone) => p.shown(zone),
            None => p.wall().strftime("%Y-%m-%d %H:%M").to_string(),
        });
        let mark = &*self.labels.claimed;
        let publisher = article.publisher.as_deref().map(|name| {
            if article.claims_its_origin() && !mark.is_empty() {
                format!("{name} ({mark})")
            } else {
                name.to_owned()
            }
        });
        let kicker = [
            publisher.as_deref(),
            article.section.as_deref(),
            date.as_deref(),
        ];
        self.push(Part::new(
            PartRole::Kicker,
            Clean::line(&joined(kicker.into_iter().flatten(), " · ")),
            PartSource::Other,
        ));
        self.push(Part::new(
            PartRole::Title,
            article.title.clone(),
            PartSource::Title,
        ));
        for (index, subhead) in article.subheads.iter().enumerate() {
            self.push(Part::new(
                PartRole::Subhead,
                subhead.clone(),
                PartSource::Subhead(index),
            ));
        }
        let names: Vec<String> = article.bylines.iter().map(byline).collect();
        let names = joined(names.iter().map(String::as_str), ", ");
        self.push(Part::new(
            PartRole::Byline,
            Clean::line(&names),
            PartSource::Byline,
        ));
    }

    /// Recordings, films and files with what is known of them, and where it is talked about.
    fn enclosures(&mut self, article: &Article) {
        for it in &article.enclosures {
            let label = &self.labels.enclosed[match it.medium() {
                Medium::Sound => 0,
                Medium::Film => 1,
                Medium::File => 2,
            }];
            let figures = it.figures();
            let title = it.title.as_deref().unwrap_or_default();
            let words = joined([&**label, title, &figures].into_iter(), " · ");
            self.leading(&words, &it.url);
        }
        if let Some(url) = &article.discussion {
            let words = joined([&*self.labels.discussion, &shown(url)].into_iter(), " · ");
            self.leading(&words, url);
        }
    }

    /// A line that leads to something elsewhere.
    fn leading(&mut self, words: &str, url: &Clean) {
        let words = if words.is_empty() { url } else { words };
        let mut part = Part::new(PartRole::Embed, Clean::line(words), PartSource::Other);
        part.url = Some(url.clone());
        self.push(part);
    }

    fn cut(&mut self, article: &Article) {
        if !article.is_cut() || self.labels.beginning.is_blank() {
            return;
        }
        let address = article.address();
        let how = address
            .filter(|a| is_web_address(a))
            .map(|_| &*self.labels.rest);
        let said = std::iter::once(&*self.labels.beginning).chain(how);
        let text = joined(said, " ");
        self.push(Part::new(
            PartRole::Notice,
            Clean::line(&text),
            PartSource::Other,
        ));
    }

    fn block(&mut self, index: usize, block: &'a Block) {
        let source = PartSource::Block(index);
        match block {
            Block::Paragraph { text, links, spans } => {
                let mut part = Part::new(PartRole::Paragraph, text.clone(), source);
                part.links = in_bytes(text, links);
                part.spans = block_marks::in_bytes(text, spans);
                self.push(part);
            }
            Block::Heading { level, text } => {
                self.push(Part::new(PartRole::Heading(*level), text.clone(), source));
            }
            Block::Quote { text, .. } => {
                self.push(Part::new(PartRole::Quote, text.clone(), source));
            }
            Block::Code { text } => self.push(Part::new(PartRole::Code, text.clone(), source)),
            Block::List {
                ordered,
                items,
                marks,
            } => {
                let marks = block_marks::item_marks(*ordered, items.len(), marks);
                for (item, (text, mark)) in items.iter().zip(marks).enumerate() {
                    let bullet = BULLETS[usize::from(mark.depth) % BULLETS.len()];
                    let source = PartSource::Item { block: index, item };
                    let part = Part::new(PartRole::Item, text.clone(), source);
                    self.push(Part {
                        depth: mark.depth,
                        ..part.marked(&mark.label(bullet))
                    });
                }
            }
            Block::Table { rows } => {
                let mut part = Part::new(PartRole::Table, super::table::as_text(rows), source);
                part.cells = Some(rows.clone());
                self.push(part);
            }
            Block::Image {
                url,
                alt,
                caption,
                credit,
            } => {
                self.image(
                    source,
                    (url, alt.as_ref()),
                    caption.as_ref(),
                    credit.as_ref(),
                );
            }
            Block::Embed { url, title } => {
                let text = joined(
                    [&*self.labels.embed, title.as_deref().unwrap_or(url)].into_iter(),
                    " ",
                );
                let mut part = Part::new(PartRole::Embed, Clean::line(&text), source);
                part.url = Some(url.clone());
                self.push(part);
            }
        }
    }

    fn image(
        &mut self,
        source: PartSource,
        (url, alt): (&Clean, Option<&'a Clean>),
        caption: Option<&'a Clean>,
        credit: Option<&Clean>,
    ) {
        let alt = alt.filter(|a| caption.is_none_or(|c| c != *a) && !self.captions.contains(a));
        if !url.is_blank() {
            let text = joined(
                [&*self.labels.image, alt.map_or("", |a| a)].into_iter(),
                " ",
            );
            let mut part = Part::new(PartRole::Image, Clean::line(&text), source);
            part.url = Some(url.clone());
            self.push(part);
        }
        let Some(caption) = caption.or(if url.is_blank() { alt } else { None }) else {
            return;
        };
        if self.captions.contains(&caption) {
            return;
        }
        self.captions.push(caption);
        let credit = credit.filter(|c| !caption.contains(c.as_str()));
        let text = match credit {
            Some(credit) => Clean::lines(&format!("{caption} · {credit}")),
            None => caption.clone(),
        };
        self.push(Part::new(PartRole::Caption, text, source));
    }
}

/// The strings that are not blank, joined with `between`.
fn joined<'a>(pieces: impl Iterator<Item = &'a str>, between: &str) -> String {
    pieces
        .filter(|p| !p.trim().is_empty())
        .collect::<Vec<_>>()
        .join(between)
}

fn byline(byline: &Byline) -> String {
    let email = byline
        .email
        .as_ref()
        .filter(|e| !e.is_blank())
        .map(|e| format!("({e})"));
    joined(
        [
            Some(&*byline.name),
            byline.role.as_deref(),
            email.as_deref(),
        ]
        .into_iter()
        .flatten(),
        " ",
    )
}

/// Links with offsets in bytes; those outside the text are left out.
fn in_bytes(text: &str, links: &[Link]) -> Vec<PartLink> {
    let mut out = Vec::with_capacity(links.len());
    let mut boundaries = text
        .char_indices()
        .map(|(byte, _)| byte)
        .chain([text.len()])
        .enumerate()
        .peekable();
    let mut byte_of = |char: usize| {
        while boundaries.peek().is_some_and(|(index, _)| *index < char) {
            boundaries.next();
        }
        boundaries
            .peek()
            .filter(|(index, _)| *index == char)
            .map(|(_, byte)| *byte)
    };
    for link in links {
        if let (Some(start), Some(end)) = (byte_of(link.start), byte_of(link.end))
            && start < end
        {
            out.push(PartLink {
                range: start..end,
                url: link.url.clone(),
            });
        }
    }
    out
}

#[cfg(test)]
#[path = "tests/document.rs"]
mod tests;
