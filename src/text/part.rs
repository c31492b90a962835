//! A part of a document: a paragraph, a headline, a picture. It knows its [`PartRole`] and where in
//! the article it comes from ([`PartSource`]).

use std::ops::Range;

use crate::news::Clean;

/// What a part is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartRole {
    /// Publisher · section · date.
    Kicker,
    /// Headline.
    Title,
    /// 부제.
    Subhead,
    /// Who wrote it.
    Byline,
    /// A heading in the body: 2 (largest) to 6.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A quotation set apart.
    Quote,
    /// An item of a list.
    Item,
    /// 사진 설명.
    Caption,
    /// What stands for a picture.
    Image,
    /// A table.
    Table,
    /// Preformatted text.
    Code,
    /// What stands for a video or a post.
    Embed,
    /// The copyright line.
    Copyright,
    /// A message of the program: a disclaimer, a hint.
    Notice,
    /// A sentence of a summary.
    Sentence,
    /// The address of the article.
    Source,
}

/// Where a part's words stand in the article.
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
    /// Its words; what a search looks through and what positions count in. Of a table, its rows as
    /// text.
    pub text: Clean,
    /// The marker in front of it: `•`, `1.`, `▲`.
    pub marker: Option<Clean>,
    /// Links in `text`, in order.
    pub links: Vec<PartLink>,
    /// Where it comes from.
    pub source: PartSource,
    /// Rows of cells, of a table.
    pub cells: Option<Vec<Vec<Clean>>>,
    /// The address of a picture or embed.
    pub url: Option<Clean>,
}

impl Part {
    /// A part that is nothing but words.
    pub fn new(role: PartRole, text: Clean, source: PartSource) -> Self {
        Self {
            role,
            text,
            marker: None,
            links: Vec::new(),
            source,
            cells: None,
            url: None,
        }
    }

    /// The same with a marker in front.
    #[must_use]
    pub fn marked(mut self, marker: &str) -> Self {
        self.marker = Some(Clean::line(marker));
        self
    }
}
