//! A scrap's annotations, prepared for the writers: texts cut at highlights, the names of colours,
//! and headings in the article's language.

use std::borrow::Cow;
use std::ops::Range;

use url::Url;

use super::pieces;
use crate::news::block_marks::in_bytes;
use crate::news::order::Order as _;
use crate::news::{Article, Colour, Highlight, Link, Passage, Scrap, Span, SpanStyle};

/// Returns what represents a picture in the written file, by the picture's address; `None` if it is
/// not stored.
pub type PictureNames<'a> = &'a dyn Fn(&str) -> Option<String>;

/// An article to write, with its scrap if it is one.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) article: &'a Article,
    pub(super) scrap: Option<&'a Scrap>,
    pub(super) pictures: PictureNames<'a>,
    /// Sentences that something leads to, each with its id, in the order of the text.
    pub(super) anchors: &'a [(Passage, String)],
    /// Whether pictures that are not stored may be shown from the web.
    pub(super) is_online: bool,
    /// By how much headings are lowered, where the article stands among others.
    pub(super) deeper: u8,
    /// Whether links must be valid by the letter, as books are checked.
    pub(super) is_strict: bool,
}

/// The links and spans of a text.
pub(super) type TextMarks<'a> = (&'a [Link], &'a [Span]);

/// No links and spans.
pub(super) const PLAIN: TextMarks<'static> = (&[], &[]);

/// The element of HTML for a style.
pub(super) fn html_tag(style: SpanStyle) -> &'static str {
    match style {
        SpanStyle::Bold => "strong",
        SpanStyle::Italic => "em",
        SpanStyle::Code => "code",
        SpanStyle::Struck => "s",
        SpanStyle::Sup => "sup",
        SpanStyle::Sub => "sub",
    }
}

/// A run of text with its link, its highlight and its styles.
pub(super) struct StyledRun<'a> {
    pub(super) text: &'a str,
    pub(super) url: Option<&'a str>,
    pub(super) colour: Option<Colour>,
    /// How it is set, the outermost style first.
    pub(super) styles: Vec<SpanStyle>,
    /// The id of the sentence that begins here.
    pub(super) anchor: Option<&'a str>,
}

impl<'a> Written<'a> {
    /// The article alone.
    pub(super) fn plain(article: &'a Article) -> Self {
        Self {
            article,
            scrap: None,
            pictures: &|_| None,
            anchors: &[],
            is_online: true,
            deeper: 0,
            is_strict: false,
        }
    }

    /// Cuts a text of the body at its links, spans and highlights.
    pub(super) fn cut(
        &self,
        (block, item): (usize, usize),
        text: &'a str,
        (links, spans): TextMarks<'a>,
    ) -> Vec<StyledRun<'a>> {
        let marks: Vec<(Range<usize>, Colour)> = self
            .highlights()
            .iter()
            .map(|h| (h.bytes(block, item, text.len()), h.colour))
            .filter(|(bytes, _)| {
                text.get(bytes.clone())
                    .is_some_and(|t| !t.trim().is_empty())
            })
            .collect();
        let anchors: Vec<(Range<usize>, &'a str)> = self
            .anchors_in(block)
            .filter(|(place, _)| place.item == item && text.get(place.bytes.clone()).is_some())
            .map(|(place, id)| (place.bytes.clone(), id.as_str()))
            .collect();
        let spans = in_bytes(text, spans);
        let mut out = Vec::new();
        let mut at = 0;
        // The first span that may reach this far: they are in order.
        let mut first = 0;
        for (piece, url) in pieces(text, links) {
            let end = at + piece.len();
            while at < end {
                while spans.get(first).is_some_and(|(bytes, _)| bytes.end <= at) {
                    first += 1;
                }
                let near = || {
                    let near = spans[first..].iter();
                    near.take_while(|(bytes, _)| bytes.start < end)
                };
                let inside = marks.iter().find(|(bytes, _)| bytes.contains(&at));
                let edges = marks.iter().map(|(bytes, _)| bytes);
                let edges = edges.chain(near().map(|(bytes, _)| bytes));
                let edges = edges.chain(anchors.iter().map(|(bytes, _)| bytes));
                let stop = edges
                    .flat_map(|bytes| [bytes.start, bytes.end])
                    .filter(|edge| *edge > at)
                    .min()
                    .map_or(end, |edge| edge.min(end));
                if let Some(words) = text.get(at..stop) {
                    let around = near().filter(|(bytes, _)| bytes.contains(&at));
                    let mut styles: Vec<SpanStyle> = around.map(|(_, style)| *style).collect();
                    styles.order_by_key(|style| *style as u8);
                    let sentence = anchors.iter().find(|(bytes, _)| bytes.start == at);
                    out.push(StyledRun {
                        anchor: sentence.map(|(_, id)| *id),
                        text: words,
                        url,
                        colour: inside.map(|(_, colour)| *colour),
                        styles,
                    });
                }
                at = stop;
            }
        }
        out
    }

    /// The sentences of a block that something leads to.
    pub(super) fn anchors_in(&self, block: usize) -> impl Iterator<Item = &'a (Passage, String)> {
        let anchors = self.anchors.iter();
        anchors.filter(move |(place, _)| place.block == block)
    }

    /// An address as it may be linked to.
    pub(super) fn link<'u>(&self, url: &'u str) -> Option<Cow<'u, str>> {
        if self.is_strict {
            valid_address(url).map(Cow::Owned)
        } else {
            Some(Cow::Borrowed(url))
        }
    }

    /// The highlights.
    pub(super) fn highlights(&self) -> &'a [Highlight] {
        self.scrap.map_or(&[], |s| &s.highlights)
    }

    /// The word in the article's language.
    pub(super) fn word(&self, korean: &'static str, english: &'static str) -> &'static str {
        if self.article.is_korean() {
            korean
        } else {
            english
        }
    }

    /// The name of a colour.
    pub(super) fn colour(&self, colour: Colour) -> &'static str {
        match colour {
            Colour::Yellow => self.word("노랑", "yellow"),
            Colour::Green => self.word("초록", "green"),
            Colour::Blue => self.word("파랑", "blue"),
            Colour::Pink => self.word("분홍", "pink"),
        }
    }

    /// The heading of the short news.
    pub(super) fn short_news(&self) -> &'static str {
        self.word("숏뉴스", "Short news")
    }

    /// The heading of the reader's note.
    pub(super) fn note(&self) -> &'static str {
        self.word("메모", "Note")
    }

    /// The heading of the highlights.
    pub(super) fn marked(&self) -> &'static str {
        self.word("하이라이트", "Highlights")
    }
}

/// The address by the letter of the standard, with all that it may not have in `%` form; `None`
/// where it is none.
fn valid_address(url: &str) -> Option<String> {
    let url = Url::parse(url).ok().filter(|url| url.has_host())?;
    let mut out = String::new();
    let has_brackets = url.host_str().is_some_and(|host| host.starts_with('['));
    let mut rest = url.as_str().chars();
    while let Some(c) = rest.next() {
        let is_escape = || {
            let next = rest.clone().take(2);
            next.filter(char::is_ascii_hexdigit).count() == 2
        };
        match c {
            '%' if !is_escape() => out.push_str("%25"),
            '[' | ']' if !has_brackets => {
                out.push_str(if c == '[' { "%5B" } else { "%5D" });
            }
            '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '|' | '}' | ' ' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            _ => out.push(c),
        }
    }
    Some(out)
}
