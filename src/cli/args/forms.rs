//! What can be chosen by name: sizes, colours, forms of output, makers.

use clap::ValueEnum;

use crate::news::SortOrder;
use crate::text::TextSize;

/// Text sizes by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "lowercase")]
pub enum Size {
    /// Small.
    Small,
    /// Normal.
    Normal,
    /// Large.
    Large,
    /// Very large.
    XLarge,
    /// Largest.
    XXLarge,
}

impl From<Size> for TextSize {
    fn from(size: Size) -> Self {
        match size {
            Size::Small => Self::Small,
            Size::Normal => Self::Normal,
            Size::Large => Self::Large,
            Size::XLarge => Self::XLarge,
            Size::XXLarge => Self::XXLarge,
        }
    }
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// Only on a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Forms of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Plain text.
    Text,
    /// JSON.
    Json,
    /// Markdown.
    Md,
    /// One HTML page.
    Html,
}

/// Forms of a briefing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BriefFormat {
    /// Plain text.
    Text,
    /// Markdown.
    Md,
    /// One JSON document.
    Json,
}

/// Forms of an exported scrap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// Markdown.
    Md,
    /// One HTML page.
    Html,
    /// JSON.
    Json,
    /// One file: bookmarks that every browser and most services can read.
    Netscape,
    /// One file: CSV as Pocket writes it, with notes and highlights.
    Csv,
    /// One file: CSV as Raindrop writes it.
    Raindrop,
    /// One file: wallabag's JSON, with the texts.
    Wallabag,
    /// One file: Karakeep's JSON.
    Karakeep,
}

/// How much of an article is read aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListenExtent {
    /// The headline.
    Title,
    /// Headline and short news.
    Short,
    /// All of it.
    Full,
}

/// Who makes a summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Maker {
    /// Sentences picked from the text, offline.
    Local,
    /// The language model in the settings.
    Llm,
}

/// Orders of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    /// Newest first.
    Newest,
    /// Oldest first.
    Oldest,
    /// Unread first.
    Unread,
    /// By publisher.
    Publisher,
}

impl From<Sort> for SortOrder {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Newest => Self::Newest,
            Sort::Oldest => Self::Oldest,
            Sort::Unread => Self::Unread,
            Sort::Publisher => Self::Publisher,
        }
    }
}

/// What articles can be marked as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MarkAs {
    /// Read.
    Read,
    /// Unread.
    Unread,
    /// Clipped.
    Scrapped,
    /// Not clipped.
    Unscrapped,
}
