//! Bytes in, news out: a publisher's page, or a feed's content, becomes an [`Article`].

mod blocks;
pub mod decode;
mod dom;
mod marks;
mod mass;
mod score;
mod tokens;

use self::blocks::media::Addresses;
use self::dom::{Dom, ROOT};
use crate::news::{Article, Block};

/// What is known of a page before it is read.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint<'a> {
    /// Where it was read from; relative links are joined to it, and it names the publisher's profile.
    pub url: Option<&'a str>,
    /// The charset of the HTTP header.
    pub charset: Option<&'a str>,
}

/// What is known of publishers' pages.
#[derive(Clone, Debug, Default)]
pub struct Profiles {}

/// The article on a page. Never fails: what the page is instead of an article stands in `extraction.problem`.
pub fn page(bytes: &[u8], hint: &Hint<'_>, profiles: &Profiles) -> Article {
    html(&decode::decode(bytes, hint.charset), hint, profiles)
}

/// The article on a page that is text already.
pub fn html(text: &str, hint: &Hint<'_>, _profiles: &Profiles) -> Article {
    let dom = Dom::parse(text);
    let mut marks = marks::Marks::of(&dom);
    score::pardon(&dom, &mut marks);
    let best = score::best(&dom, &marks);
    let skip = |id| marks.has(id, marks::HIDDEN | marks::JUNK);
    let pieces = best.map(|c| blocks::read(&dom, &[c.id], &skip, &Addresses::new(hint.url))).unwrap_or_default();
    Article { blocks: pieces.into_iter().map(|p| p.block).collect(), ..Article::default() }
}

/// The blocks of a piece of HTML that is all content, such as a feed's. `base` joins relative links.
pub fn fragment(html: &str, base: Option<&str>) -> Vec<Block> {
    let dom = Dom::parse(html);
    let pieces = blocks::read(&dom, &[ROOT], &|_| false, &Addresses::new(base));
    pieces.into_iter().map(|p| p.block).collect()
}

impl Profiles {
    /// The profiles that come with the program.
    pub fn embedded() -> Self {
        Self::default()
    }
}
