//! Turns a publisher's page, a feed or a pasted text into an [`Article`].
//!
//! * [`charset`]      – decodes bytes
//! * [`html`]         – parses HTML, with selectors
//! * [`page`]         – **finds the article on a page**: its body and its fields
//! * [`body`]         – turns the body's elements into blocks, without lines of the page
//! * [`meta`]         – fields outside the text: `<meta>`, JSON-LD, titles, bylines
//! * [`dates`]        – dates in all forms
//! * [`publishers`]   – **rules for single publishers** from `assets/publishers/*.toml`
//! * [`feed`]         – RSS, Atom and JSON feeds; finding them; OPML; section pages
//! * [`pasted`]       – text without markup
//! * [`subscriptions`] – lists of subscriptions of other readers
//! * [`saved`]        – pages that other services saved, in the form of their exports
//! * [`mail`]         – pages and newsletters in the form of mail
//! * [`same_article`] – whether a page is the article that a feed lists

pub mod body;
pub mod charset;
pub mod dates;
mod html;
pub mod mail;
pub mod pasted;
mod publishers;
mod same_article;
pub mod saved;
pub mod subscriptions;

pub mod feed;
mod meta;
mod page;

use crate::news::{Article, Block, Form};
pub use feed::section_page::section;
pub use page::fragment::fragment;
pub use page::mobile::{is_counterpart, stand_in};
pub use page::{PageHint, PagePart};
pub use publishers::{Profile, ProfileError, Profiles, SummaryPolicy};

/// Reads the article on a page. It never fails: `extraction.problem` says what the page is if it is
/// no article.
pub fn page(bytes: &[u8], hint: &PageHint<'_>, profiles: &Profiles) -> Article {
    html(&decoded(bytes, hint, profiles), hint, profiles)
}

/// As [`page`], of text that is decoded already.
pub fn html(text: &str, hint: &PageHint<'_>, profiles: &Profiles) -> Article {
    with_form(page::read(text, hint, profiles))
}

/// Reads one page of an article that may continue on others.
pub fn page_part(bytes: &[u8], hint: &PageHint<'_>, profiles: &Profiles) -> PagePart {
    let text = decoded(bytes, hint, profiles);
    let part = page::read_part(&text, hint, profiles);
    PagePart {
        article: with_form(part.article),
        ..part
    }
}

/// Notes what kind of piece the article is, where the rules see another than news.
fn with_form(mut article: Article) -> Article {
    if article.extraction.problem.is_none() {
        article.extraction.form = Some(Form::by_rules(&article)).filter(|f| *f != Form::News);
    }
    article
}

/// The decoded page. If the server names no charset, that of the publisher's profile is used.
fn decoded<'b>(
    bytes: &'b [u8],
    hint: &PageHint<'_>,
    profiles: &Profiles,
) -> std::borrow::Cow<'b, str> {
    let known = || profiles.of_url(hint.url?)?.charset.as_deref();
    charset::decode(bytes, hint.charset.or_else(known))
}

/// Appends a later page of the same article. Returns whether it had any text: a page with another
/// title, with a problem or without new text ends the article.
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

/// Whether a page's text should replace the `held` one, which is mostly that of the feed. A paywall
/// or a failed extraction gives less than the feed. The page's text need only be more than half as
/// long, because texts of feeds contain links and notices that extraction removes. A page that is
/// about something else never does: see [`is_other_article`].
pub fn is_fuller(page: &Article, held: Option<&Article>) -> bool {
    let letters = held.map_or(0, |a| a.text().len());
    page.extraction.problem.is_none()
        && !page.blocks.is_empty()
        && page.text().len() * 2 > letters
        && !is_other_article(page, held)
}

/// Whether a page has hardly a word of headline and text of the `held` article, as the login page
/// that a network answers with in the place of every other.
pub fn is_other_article(page: &Article, held: Option<&Article>) -> bool {
    held.is_some_and(|held| !same_article::is_same_article(page, held))
}

#[cfg(test)]
mod tests;
