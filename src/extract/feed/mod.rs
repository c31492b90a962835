//! Reads feeds (RSS 0.9x, 1.0, 2.0, Atom, JSON Feed) from bytes to [`Feed`] and [`FeedEntry`]s.
//!
//! No library does. Real feeds are broken where a strict parser gives up, and Korean ones have
//! wrong charsets ([`super::charset`]), dates in eight forms without a zone, dates and links in
//! CDATA, titles escaped twice, paragraphs separated only by `<br>`.
//!
//! * [`discovery`]     – finds a site's feeds; [`section_page`] – reads a page of headlines as a
//!   feed; [`opml`] – lists of feeds
//! * [`xml`]           – reads RSS and Atom, however broken; [`json`] – reads JSON feeds; both to
//!   the values of [`raw`]
//! * [`elements`]      – what elements mean, by namespace; [`texts`] – what their texts are said to
//!   be; [`entities`] – those that a doctype declares
//! * [`angle_brackets`] – tells markup from words
//! * [`entry`]         – makes an article of an entry; [`markup`] – makes blocks of its text
//! * [`attachments`]   – recordings, files and pictures beside the text; [`bare_links`] – addresses
//!   in it; [`placeholders`] – what a blog's software would have replaced
//! * [`web_address`]   – which addresses can be fetched
//! * [`pieces`]        – cuts a large feed while it is being received
//! * [`distinct_ids`]  – one id for each article

pub mod discovery;
pub mod opml;
pub(crate) mod section_page;

mod angle_brackets;
mod attachments;
mod bare_links;
mod distinct_ids;
mod elements;
mod entities;
mod entry;
mod json;
mod markup;
pub mod pieces;
mod placeholders;
mod raw;
mod texts;
mod web_address;
mod xml;

use crate::news::hangul::is_hangul_syllable;
use jiff::tz::Offset;
use url::Url;

use self::entry::entry;
pub use self::entry::with_blocks;
use self::raw::{RawFeed, RawLink};
use super::charset::decode_unlimited;
use super::dates::home_zone::home_zone;
use super::html::markup::unescape;
use crate::news::{Article, Clean, Feed, FeedEntry, Markup};

/// More entries of one feed are not kept: the largest real one of a newspaper has eight hundred.
pub const MAX_ENTRIES: usize = 20_000;

/// The declaration of a feed's language is looked for within this many bytes of the start.
const LANGUAGE_WITHIN: usize = 8 << 10;

/// A feed as it was parsed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParsedFeed {
    /// Its title and site as it names them, with the address from which it was read.
    pub feed: Feed,
    /// Its entries in the feed's order.
    pub entries: Vec<FeedEntry>,
    /// The least minutes between two requests that the feed asks for.
    pub ttl: Option<u32>,
    /// Addresses of the pages with its older entries, if it has any.
    pub next: Vec<Clean>,
    /// Whether it had more entries than are kept of one feed.
    pub is_cut: bool,
}

impl ParsedFeed {
    /// Its articles with their blocks.
    pub fn articles(self) -> impl Iterator<Item = Article> {
        self.entries.into_iter().map(|e| match e.markup {
            Some(markup) => with_blocks(e.article, &markup),
            None => e.article,
        })
    }
}

/// The words of what a feed wrote, without anything trimmed away.
pub fn words(markup: &Markup) -> Clean {
    markup::words(markup.source())
}

/// The words of what a feed wrote of the article at `base`, as [`words`] gives them, and whether
/// that contains a picture.
pub fn words_and_picture(markup: &Markup, base: Option<&str>) -> (Clean, bool) {
    markup::words_and_picture(markup.source(), base)
}

/// Why bytes could not be read as a feed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// The response was empty.
    #[error("the feed is empty")]
    Empty,
    /// A web page, which may declare the address of a feed.
    #[error("a web page, not a feed")]
    Page,
    /// Neither a feed nor a web page, with the reason given by the parser.
    #[error("not a feed: {0}")]
    Unknown(String),
}

/// Reads a feed that was found at `url`. `http_charset` is the label of the `Content-Type` header.
///
/// # Errors
/// [`FeedError`] if the bytes are not a feed. Broken feeds are repaired as far as possible.
pub fn feed(bytes: &[u8], http_charset: Option<&str>, url: &str) -> Result<ParsedFeed, FeedError> {
    let text = decode_unlimited(bytes, http_charset);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\0');
    if text.is_empty() {
        return Err(FeedError::Empty);
    }
    let text = &*entities::resolved(text);
    let zone = zone_of(text, url);
    let base = Url::parse(url).ok();
    let raw = if text.starts_with('{') {
        json::read(text, zone, base.as_ref())
            .ok_or_else(|| FeedError::Unknown("no JSON feed".to_owned()))?
    } else {
        xml::read(text, zone, base).ok_or_else(|| no_feed(text))?
    };
    Ok(convert(raw, url))
}

/// What a text without a feed's element is.
fn no_feed(text: &str) -> FeedError {
    if super::pasted::looks_like_html(text.as_bytes()) {
        FeedError::Page
    } else {
        FeedError::Unknown("no feed element in it".to_owned())
    }
}

fn convert(raw: RawFeed<'_>, url: &str) -> ParsedFeed {
    let title = raw.title.as_ref().map(entry::headline).unwrap_or_default();
    let led_to = |is_meant: fn(&str) -> bool| {
        let is_meant = move |link: &&RawLink| is_meant(link.rel.as_deref().unwrap_or("alternate"));
        let links = raw.links.iter().filter(is_meant);
        let links = links.map(|link| Clean::line(&unescape(&link.href)));
        links.filter(|link| web_address::is_web(link))
    };
    let site = led_to(|rel| rel == "alternate").next();
    let next = led_to(|rel| rel == "next").collect();
    let channel = entry::Channel {
        publisher: entry::outlet(&title),
        lang: raw.language,
        authors: raw.authors,
    };
    let is_cut = raw.entries.len() > MAX_ENTRIES;
    let mut entries: Vec<FeedEntry> = raw
        .entries
        .into_iter()
        .take(MAX_ENTRIES)
        .map(|e| entry(e, &channel))
        .filter(says_something)
        .collect();
    distinct_ids::ensure(&mut entries);
    ParsedFeed {
        feed: Feed {
            url: Clean::line(url),
            title,
            site,
            ..Feed::default()
        },
        ttl: raw.ttl,
        next,
        entries,
        is_cut,
    }
}

/// Whether an entry has a title, a text, an address or something to hear: an item without any of
/// them would be an empty row.
fn says_something(entry: &FeedEntry) -> bool {
    let article = &entry.article;
    !article.title.is_blank()
        || article.url.is_some()
        || entry.markup.is_some()
        || !article.blocks.is_empty()
        || !article.enclosures.is_empty()
}

/// The offset of times without a zone in the feed `text` from `url`.
fn zone_of(text: &str, url: &str) -> Offset {
    let url = Url::parse(url).ok();
    let host = url.as_ref().and_then(Url::host_str);
    home_zone(declared_language(text), host, || {
        let syllables = text.chars().filter(|c| is_hangul_syllable(*c));
        syllables.take(20).count() >= 20
    })
}

/// The language that a feed declares near its beginning.
fn declared_language(text: &str) -> Option<&str> {
    let mut end = LANGUAGE_WITHIN.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    let marks = [
        "<language>",
        "<dc:language>",
        "xml:lang=\"",
        "xml:lang='",
        "\"language\":",
    ];
    marks.iter().find_map(|mark| {
        let (_, rest) = head.split_once(mark)?;
        let rest = rest.trim_start_matches([' ', '\n', '\t', '"']);
        let rest = rest.strip_prefix("<![CDATA[").unwrap_or(rest);
        let end = rest.find(|c: char| !c.is_ascii_alphabetic())?;
        (2..=3).contains(&end).then(|| &rest[..end])
    })
}

#[cfg(test)]
mod tests;
