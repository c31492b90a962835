//! Feeds: what a publisher promises, before any page is read.

use serde::{Deserialize, Serialize};

use super::{Article, Clean, Stamp};

/// A subscription.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Feed {
    /// The feed's own address; what names it.
    pub url: Clean,
    /// Its title.
    pub title: Clean,
    /// 언론사 홈.
    pub site: Option<Clean>,
    /// Folder, as in OPML.
    pub folder: Option<Clean>,
    /// The address is no feed but a page, whose links are the articles.
    pub page: bool,
}

/// Text as it came, markup and all. It is no [`Clean`], and nothing shows it: `extract` makes words
/// and blocks of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Markup(Box<str>);

impl Markup {
    /// What came.
    pub fn new(source: &str) -> Self {
        Self(source.into())
    }

    /// What came, for who reads markup.
    pub fn source(&self) -> &str {
        &self.0
    }
}

/// One item of a feed: enough for a row of the list, and often the whole text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FeedEntry {
    /// The feed's own id for it (`guid`, `atom:id`), else its link.
    pub guid: Clean,
    /// What it says, through the same cleaner as a page. `url`, `title` and `published` may be all
    /// there is.
    pub article: Article,
    /// Its text as the feed wrote it, where no blocks were made of that yet.
    pub markup: Option<Markup>,
    /// When it was published, by the feed.
    pub published: Option<Stamp>,
}
