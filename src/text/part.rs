//! A part of a document: a paragraph, a headline, a picture. It knows its [`PartRole`] and where in
//! the article it comes from ([`PartSource`]).

use std::ops::Range;

use crate::news::{Clean, SpanStyle};

/// The role of a part in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartRole {
    /// Publisher · section · date.
    Kicker,
    /// Headline.
    Title,
    /// 부제.
    Subhead,
    /// The authors.
    Byline,
    /// A heading in the body: 2 (largest) to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A block quotation.
    Quote,
    /// An item of a list.
    Item,
    /// 사진 설명.
    Caption,
    /// The placeholder of a picture.
    Image,
    /// A table.
    Table,
    /// Preformatted text.
    Code,
    /// The placeholder of a video or post.
    Embed,
    /// The copyright line.
    Copyright,
    /// A message of the program: a disclaimer, a hint.
    Notice,
    /// A sentence of a summary.
    Sentence,
    /// The address of the article.
    Source,
    /// The row below an article that leads on from it. Its links are names of actions, which only
    /// the program itself writes.
    Foot,
}

/// Where in the article a part's text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartSource {
    /// Its title.
    Title,
    /// Its subhead of this index.
    Subhead(usize),
    /// Its bylines.
    Byline,
    /// Its block of this index.
    Block(usize),
    /// An item of a list, or of a paragraph that is a run of bullets.
    Item {
        /// Index of the block.
        block: usize,
        /// Index of the item in it.
        item: usize,
    },
    /// A sentence of a summary.
    Sentence(usize),
    /// Its copyright line.
    Copyright,
    /// Not from the article: a message of the program.
    Other,
}

/// A link inside a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartLink {
    /// Bytes of the part's text.
    pub range: Range<usize>,
    /// Absolute address.
    pub url: Clean,
}

/// One part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub role: PartRole,
    /// Its text, in which searches look and positions count. For a table, its rows as text.
    pub text: Clean,
    /// The marker in front of it: `•`, `1.`, `▲`.
    pub marker: Option<Clean>,
    /// How many lists the item's list stands in.
    pub depth: u8,
    /// Links in `text`, in order.
    pub links: Vec<PartLink>,
    /// Words of `text` that are set differently, in bytes and in order.
    pub spans: Vec<(Range<usize>, SpanStyle)>,
    /// Where it comes from.
    pub source: PartSource,
    /// For a table, its rows of cells.
    pub cells: Option<Vec<Vec<Clean>>>,
    /// The address of a picture or embed.
    pub url: Option<Clean>,
}

impl Part {
    /// A part that has only text.
    pub fn new(role: PartRole, text: Clean, source: PartSource) -> Self {
        Self {
            role,
            text,
            marker: None,
            depth: 0,
            links: Vec::new(),
            spans: Vec::new(),
            source,
            cells: None,
            url: None,
        }
    }

    /// The same part with a marker in front.
    #[must_use]
    pub fn marked(mut self, marker: &str) -> Self {
        self.marker = Some(Clean::line(marker));
        self
    }
}
