//! Bytes in, news out: a publisher's page, a feed or a pasted text becomes an [`Article`].
//!
//! * [`charset`]      – bytes to text
//! * [`html`]         – text to a tree, and selectors over it
//! * [`page`]         – **a page's tree to an article**: finds the body and the fields
//! * [`body`]         – the body's elements to blocks, and lines that are not the article's
//! * [`meta`]         – fields outside the text: `<meta>`, JSON-LD, titles, bylines
//! * [`dates`]        – dates in all shapes
//! * [`publishers`]   – **the rules for single publishers**, read from `assets/publishers/*.toml`
//! * [`feed`]         – RSS, Atom and JSON feeds; finding them; OPML; section pages
//! * [`pasted`]       – text without markup

pub mod body;
pub mod charset;
pub mod dates;
mod html;
pub mod pasted;
mod publishers;

pub mod feed;
mod meta;
mod page;

use crate::news::{Article, Block};
pub use feed::section_page::section;
pub use page::fragment::fragment;
pub use page::mobile::{is_counterpart, stand_in};
pub use page::{PageHint, PagePart};
pub use publishers::{Profile, ProfileError, Profiles, SummaryPolicy};

/// The article on a page. Never fails: what the page is instead of an article stands in
/// `extraction.problem`.
pub fn page(bytes: &[u8], hint: &PageHint<'_>, profiles: &Profiles) -> Article {
    html(&decoded(bytes, hint, profiles), hint, profiles)
}

/// The article on a page that is text already.
pub fn html(text: &str, hint: &PageHint<'_>, profiles: &Profiles) -> Article {
    page::read(text, hint, profiles)
}

/// One page of an article that may go on on others.
pub fn page_part(bytes: &[u8], hint: &PageHint<'_>, profiles: &Profiles) -> PagePart {
    let text = decoded(bytes, hint, profiles);
    page::read_part(&text, hint, profiles)
}

/// A page's text; where its server names no charset, its publisher's profile may.
fn decoded<'b>(
    bytes: &'b [u8],
    hint: &PageHint<'_>,
    profiles: &Profiles,
) -> std::borrow::Cow<'b, str> {
    let known = || profiles.of_url(hint.url?)?.charset.as_deref();
    charset::decode(bytes, hint.charset.or_else(known))
}

/// Takes what a later page of the same article says into it. Gives whether there was anything: a
/// page of another title, one that is no article, or one that says nothing new ends it.
pub fn join(article: &mut Article, later: Article) -> bool {
    let letters = meta::title::letters;
    let (own, other) = (letters(&article.title), letters(&later.title));
    let same = other.is_empty() || other.contains(&own) || own.contains(&other);
    if !same || later.extraction.problem.is_some() {
        return false;
    }
    let words = |block: &Block| match block {
        Block::Image { url, .. } | Block::Embed { url, .. } => url.to_string(),
        other => letters(&other.plain()),
    };
    let seen: std::collections::HashSet<String> = article.blocks.iter().map(words).collect();
    let new: Vec<Block> = later
        .blocks
        .into_iter()
        .filter(|b| !seen.contains(&words(b)))
        .collect();
    let says = new.iter().any(|b| !b.plain().is_empty());
    if says {
        article.blocks.extend(new);
        for byline in later.bylines {
            if !article.bylines.iter().any(|b| b.name == byline.name) && article.bylines.is_empty()
            {
                article.bylines.push(byline);
            }
        }
        article.copyright = article.copyright.take().or(later.copyright);
    }
    says
}

/// Whether a page's text is to be kept rather than what is `held` of the article, from its feed
/// mostly: the fuller wins. A wall, a video page or a failed reading says less than the feed did; a
/// page that says a little less than a feed has lost the feed's furniture.
pub fn is_fuller(page: &Article, held: Option<&Article>) -> bool {
    let held = held.map_or(0, |a| a.text().len());
    page.extraction.problem.is_none() && !page.blocks.is_empty() && page.text().len() * 2 > held
}

#[cfg(test)]
mod tests;
