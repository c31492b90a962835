//! What a reader added to a scrap, for the writers: texts cut where something is marked, the names
//! of the colours, and the words of the headings in the article's own language.

use std::ops::Range;

use super::pieces;
use crate::news::{Article, Colour, Highlight, Link, Scrap};

/// What stands in a written file for the picture at an address; none where it is not kept.
pub type PictureNames<'a> = &'a dyn Fn(&str) -> Option<String>;

/// An article on its way into a file, with what a scrap adds to it.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) article: &'a Article,
    pub(super) scrap: Option<&'a Scrap>,
    pub(super) pictures: PictureNames<'a>,
}

/// A piece of a text: its words, where they lead, and how they are marked.
pub(super) struct StyledRun<'a> {
    pub(super) text: &'a str,
    pub(super) url: Option<&'a str>,
    pub(super) colour: Option<Colour>,
}

impl<'a> Written<'a> {
    /// The article alone.
    pub(super) fn plain(article: &'a Article) -> Self {
        Self {
            article,
            scrap: None,
            pictures: &|_| None,
        }
    }

    /// A text of the body cut at its links and highlights.
    pub(super) fn cut(
        &self,
        (block, item): (usize, usize),
        text: &'a str,
        links: &'a [Link],
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
        let mut out = Vec::new();
        let mut at = 0;
        for (piece, url) in pieces(text, links) {
            let end = at + piece.len();
            while at < end {
                let inside = marks.iter().find(|(bytes, _)| bytes.contains(&at));
                let next = match inside {
                    Some((bytes, _)) => bytes.end,
                    None => marks
                        .iter()
                        .map(|(bytes, _)| bytes.start)
                        .filter(|start| *start > at)
                        .min()
                        .unwrap_or(end),
                };
                let stop = next.min(end);
                if let Some(words) = text.get(at..stop) {
                    out.push(StyledRun {
                        text: words,
                        url,
                        colour: inside.map(|(_, colour)| *colour),
                    });
                }
                at = stop;
            }
        }
        out
    }

    /// What is marked in it.
    pub(super) fn highlights(&self) -> &'a [Highlight] {
        self.scrap.map_or(&[], |s| &s.highlights)
    }

    /// One of two words, by the article's language.
    pub(super) fn word(&self, korean: &'static str, english: &'static str) -> &'static str {
        if self.article.is_korean() {
            korean
        } else {
            english
        }
    }

    /// A colour's name.
    pub(super) fn colour(&self, colour: Colour) -> &'static str {
        match colour {
            Colour::Yellow => self.word("노랑", "yellow"),
            Colour::Green => self.word("초록", "green"),
            Colour::Blue => self.word("파랑", "blue"),
            Colour::Pink => self.word("분홍", "pink"),
        }
    }

    /// The heading over the short news.
    pub(super) fn short_news(&self) -> &'static str {
        self.word("숏뉴스", "Short news")
    }

    /// The heading over the reader's note.
    pub(super) fn note(&self) -> &'static str {
        self.word("메모", "Note")
    }

    /// The heading over what is marked.
    pub(super) fn marked(&self) -> &'static str {
        self.word("하이라이트", "Highlights")
    }
}
