//! Bytes in, news out: a publisher's page, or a feed's content, becomes an [`Article`].

mod blocks;
mod cards;
pub mod decode;
pub mod discover;
mod dom;
mod doubt;
pub mod feed;
mod fields;
pub mod lines;
mod links;
mod marks;
mod markup;
mod mass;
mod meta;
mod names;
pub mod opml;
mod page;
pub mod plain;
mod profiles;
mod publishers;
mod score;
mod script;
mod section;
mod tokens;
mod trim;
pub mod when;

use self::blocks::media::Addresses;
use self::dom::{Dom, ROOT};
pub use self::profiles::{Profile, ProfileError, Profiles, SummaryPolicy};
pub use self::section::section;
use crate::news::{Article, Block};

/// What is known of a page before it is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint<'a> {
    /// Where it was read from; relative links are joined to it, and it names the publisher's profile.
    pub url: Option<&'a str>,
    /// The charset of the HTTP header.
    pub charset: Option<&'a str>,
}

/// The article on a page. Never fails: what the page is instead of an article stands in `extraction.problem`.
pub fn page(bytes: &[u8], hint: &Hint<'_>, profiles: &Profiles) -> Article {
    html(&decode::decode(bytes, hint.charset), hint, profiles)
}

/// The article on a page that is text already.
pub fn html(text: &str, hint: &Hint<'_>, profiles: &Profiles) -> Article {
    page::read(text, hint, profiles)
}

/// Whether a page's text is to be kept rather than what is `held` of the article, from its feed mostly: the fuller wins.
/// A wall, a video page or a failed reading says less than the feed did; a page that says a little less than a feed has
/// lost the feed's furniture.
pub fn is_fuller(page: &Article, held: Option<&Article>) -> bool {
    let held = held.map_or(0, |a| a.text().len());
    page.extraction.problem.is_none() && !page.blocks.is_empty() && page.text().len() * 2 > held
}

/// The blocks of a piece of HTML that is all content, such as a feed's. `base` joins relative links.
pub fn fragment(html: &str, base: Option<&str>) -> Vec<Block> {
    let dom = Dom::parse(html);
    let mut marks = marks::Marks::of(&dom);
    score::settle(&dom, &mut marks);
    trim::content(blocks::read(&dom, &[ROOT], &marks, &Addresses::new(base)))
}

#[cfg(test)]
mod tests;
