//! What leaves the program by the clipboard, by mail, or through another program.

use crate::news::Clean;

/// How text gets to the clipboard here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clipboard {
    /// By the terminal, which is known to support that.
    #[default]
    Terminal,
    /// By a program of the system.
    System,
    /// By the terminal, which may ignore it.
    Unsure,
}

/// What a program is given of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The article's address; empty where it has none.
    pub url: Clean,
    /// Its title.
    pub title: Clean,
    /// Its text.
    pub text: Clean,
}

/// Where an article is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// To a Markdown file of this content.
    File(String),
    /// By mail.
    Mail,
    /// To a program: its name in the settings, and its arguments with placeholders.
    Program(String, Vec<String>),
}

/// Asks to send an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShareRequest {
    /// The article.
    pub parcel: Parcel,
    /// Where it is sent.
    pub to: Destination,
}
