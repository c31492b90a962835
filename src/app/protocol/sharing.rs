//! What leaves the program through the clipboard, mail or another program.

use crate::news::{ArticleId, Clean};

/// How text reaches the system's clipboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clipboard {
    /// Through the terminal (OSC 52), which is known to support it.
    #[default]
    Terminal,
    /// Through a program of the system.
    System,
    /// Through the terminal, which may ignore the request.
    Unsure,
}

/// What another program gets of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The article's address; empty if it has none.
    pub url: Clean,
    /// Its title.
    pub title: Clean,
    /// Its text.
    pub text: Clean,
}

/// Where an article is sent to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A Markdown file with this content.
    File(String),
    /// The mail program.
    Mail,
    /// A program: its name in the settings, and its arguments with placeholders.
    Program(String, Vec<String>),
}

/// Asks for an article to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareRequest {
    /// The article.
    pub parcel: Parcel,
    /// Where to send it.
    pub to: Destination,
    /// Where the parcel's address is named by an article: that, and where it was read from, as in
    /// [`PageRequest::named_by`](super::network::PageRequest::named_by).
    pub named_by: Option<(ArticleId, Clean)>,
}
