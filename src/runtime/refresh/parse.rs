//! A stand-in for `extract::feed`: feed-rs at the edge, our types out, markup taken off roughly.

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::news::{Article, Block, Clean, Entry, Feed, Stamp};

/// What a feed's bytes say.
#[derive(Clone, Debug, PartialEq)]
pub struct ParsedFeed {
    /// Title and site, as it names them.
    pub feed: Feed,
    /// Its items, in its order.
    pub entries: Vec<Entry>,
    /// Minutes between two questions, by its own wish.
    pub ttl: Option<u32>,
}

/// Why bytes are no feed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("it is not a feed: {0}")]
pub struct FeedError(String);

/// Reads the bytes of a feed found at `url`.
///
/// # Errors
/// Where they are none.
pub fn feed(bytes: &[u8], _charset: Option<&str>, url: &str) -> Result<ParsedFeed, FeedError> {
    let parser = feed_rs::parser::Builder::new().base_uri(Some(url)).sanitize_content(false).build();
    let raw = parser.parse(bytes).map_err(|e| FeedError(Clean::line(&e.to_string()).to_string()))?;
    let feed = Feed {
        url: Clean::line(url),
        title: raw.title.as_ref().map(|t| Clean::line(&t.content)).unwrap_or_default(),
        site: raw.links.first().map(|l| Clean::line(&l.href)),
        folder: None,
    };
    Ok(ParsedFeed { feed, ttl: raw.ttl, entries: raw.entries.into_iter().map(entry).collect() })
}

fn entry(raw: feed_rs::model::Entry) -> Entry {
    let published = raw.published.or(raw.updated).and_then(|d| Timestamp::from_second(d.timestamp()).ok());
    let published = published.map(|at| Stamp::new(at, Offset::UTC));
    let html = raw.content.and_then(|c| c.body).or(raw.summary.map(|s| s.content)).unwrap_or_default();
    let article = Article {
        url: raw.links.first().map(|l| Clean::line(&l.href)),
        title: raw.title.map(|t| Clean::line(&t.content)).unwrap_or_default(),
        published,
        blocks: paragraphs(&html),
        ..Article::default()
    };
    Entry { guid: Clean::line(&raw.id), article, published }
}

fn paragraphs(html: &str) -> Vec<Block> {
    html.split("</p>")
        .map(|part| {
            let mut text = String::with_capacity(part.len());
            let mut inside = false;
            for c in part.chars() {
                match c {
                    '<' => inside = true,
                    '>' if inside => inside = false,
                    _ if !inside => text.push(c),
                    _ => {}
                }
            }
            Block::paragraph(&text)
        })
        .filter(|b| !b.plain().is_empty())
        .collect()
}
