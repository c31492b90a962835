//! Feeds and their entries: what a publisher offers before any page is fetched.

use serde::{Deserialize, Serialize};

use super::{Article, Clean, Stamp};

/// A subscription.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Feed {
    /// The feed's own address, by which it is identified.
    pub url: Clean,
    /// Its title.
    pub title: Clean,
    /// The publisher's home page.
    pub site: Option<Clean>,
    /// Folder, as in OPML.
    pub folder: Option<Clean>,
    /// Whether the address is a page instead of a feed; its links are then the articles.
    pub page: bool,
}

/// Text as it was received, with its markup. It is not [`Clean`] and must not be shown: `extract`
/// makes words and blocks of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(Box<str>);

impl Markup {
    /// Wraps text as it was received.
    pub fn new(source: &str) -> Self {
        Self(source.into())
    }

    /// The text with its markup, for a parser.
    pub fn source(&self) -> &str {
        &self.0
    }
}

/// One item of a feed: enough for a row of the list, and often the whole text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeedEntry {
    /// The feed's own id of the item (`guid`, `atom:id`), otherwise its link.
    pub guid: Clean,
    /// The item as an article, cleaned like a page. Often it has no more than `url`, `title` and
    /// `published`.
    pub article: Article,
    /// The text as the feed has it, if it was not made into blocks yet.
    pub markup: Option<Markup>,
    /// When it was published, according to the feed.
    pub published: Option<Stamp>,
}
