//! An article on its way into the tables, and what it is known again by.

use url::Url;

use super::row::key;
use crate::extract::feed::{is_pictured, words};
use crate::news::{Article, ArticleId, Block, Clean, Entry, Held, Markup, Stamp};

/// Texts shorter than this many bytes say too little to know an article again by them.
const TELLING: usize = 240;

/// An article on its way into the tables.
pub(super) struct Piece<'a> {
    pub(super) id: ArticleId,
    pub(super) guid: i64,
    pub(super) article: &'a Article,
    /// Its text as its feed wrote it, where that is how it came.
    pub(super) markup: Option<&'a Markup>,
    pub(super) words: String,
    pub(super) published: Option<Stamp>,
    pub(super) held: Held,
    pub(super) order: u32,
    /// What it says, and under whose roof: wire copy in two papers is two articles, one article under two addresses of
    /// a paper is one.
    pub(super) content: i64,
}

impl<'a> Piece<'a> {
    pub(super) fn of_page(article: &'a Article) -> Self {
        Self::new(article, None, Held::Page)
    }

    pub(super) fn of_feed(entry: &'a Entry, order: usize) -> Self {
        let piece = Self::new(&entry.article, entry.markup.as_ref(), Held::Feed);
        let guid = if entry.guid.is_blank() { piece.guid } else { key(ArticleId::of_content(&entry.guid)) };
        let published = entry.published.or(piece.published);
        Self { guid, published, order: u32::try_from(order).unwrap_or(u32::MAX), ..piece }
    }

    fn new(article: &'a Article, markup: Option<&'a Markup>, held: Held) -> Self {
        let words = markup.map_or_else(|| article.text(), |markup| words(markup).into_string());
        let id = article.id();
        Self {
            id,
            guid: key(ArticleId::of_content(&id.to_string())),
            article,
            markup,
            published: article.published,
            held: if words.is_empty() && article.blocks.is_empty() { Held::Headline } else { held },
            order: 0,
            content: content(article, &words),
            words,
        }
    }

    /// Whether it says enough to be known again by that.
    pub(super) fn is_telling(&self) -> bool {
        self.words.len() >= TELLING
    }

    pub(super) fn is_pictured(&self) -> bool {
        let shows = |b: &Block| matches!(b, Block::Image { url, .. } if !Clean::is_blank(url));
        let base = self.article.url.as_deref();
        self.article.lead_image.is_some()
            || self.article.blocks.iter().any(shows)
            || self.markup.is_some_and(|markup| is_pictured(markup, base))
    }
}

fn content(article: &Article, words: &str) -> i64 {
    let host = article.address().and_then(|u| Url::parse(u).ok());
    let host = host.as_ref().and_then(Url::host_str).unwrap_or_default();
    key(ArticleId::of_parts(&[host, "\n", &article.title, "\n", words]))
}
