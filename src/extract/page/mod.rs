//! Turns the decoded text of one web page into an article: finds the body among the candidates,
//! reads the fields beside it, and says how certain the result is.
//!
//! * [`parsed`]        – the page's tree with its flags, its head and its publisher's profiles
//! * [`body_text`]     – the methods that find the body, and the choice between their results
//! * [`candidates`]    – the part of the tree with the most running text
//! * [`threads`]       – the posts of a forum's thread
//! * [`text_density`]  – how much prose, text and linked text any part of the tree contains
//! * [`node_flags`]    – what elements are by their tag, class, id and style
//! * [`folds`]         – text that is shown once its heading is pressed
//! * [`class_words`]   – what the words in class names and ids mean
//! * [`page_kind`]     – what a page is that is not one article: a thread, a product, a list
//! * [`other_articles`] – whole articles below the page's own
//! * [`cards`]         – teasers for other articles, in rows or alone
//! * [`script`]        – articles that are only in the page's script, as state of an application
//! * [`fields`]        – subheads, bylines and other fields, from the most reliable source
//! * [`headline`]      – the headline, from what the head says and what the page prints
//! * [`dates`]         – when the article was published and updated
//! * [`surroundings`]  – bylines, dates and subheads that no markup names, from lines near the text
//! * [`lead_images`]   – the picture between headline and text
//! * [`link_lists`]    – the page's lists of related and most read articles
//! * [`confidence`]    – how certain the result is, and what the page is if it has no article
//! * [`non_articles`]  – messages that the article is gone or behind a paywall
//! * [`next_page`], [`mobile`] – addresses of the article's next page and of its mobile version
//! * [`fragment`]      – HTML that is all content, as in feeds

mod body_text;
mod candidates;
mod cards;
mod class_words;
mod confidence;
mod dates;
mod fields;
mod folds;
pub(super) mod fragment;
mod headline;
mod lead_images;
mod link_lists;
pub(super) mod mobile;
mod next_page;
pub(super) mod node_flags;
mod non_articles;
mod other_articles;
mod page_kind;
mod parsed;
mod script;
mod surroundings;
mod text_density;
mod threads;

use super::body::trim;
use super::html::{ROOT, parse};
use super::publishers::Profiles;
use crate::news::{Article, Clean, ExtractionMethod, Problem};
use parsed::ParsedPage;

/// No second try is made where a publisher's own selectors find this many characters.
const MIN_OWN: usize = 200;
/// A page of whose text less than one part in this many is links is a text without sentences where
/// none is found.
const MAX_LINKED: f32 = 4.0;
/// Less text, in characters, for readers without scripts only asks them to switch scripts on.
const MIN_UNSCRIPTED: usize = 200;

/// What is known about a page before it is parsed.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageHint<'a> {
    /// The page's address: relative links are joined to it, and its host selects the publisher's
    /// profile.
    pub url: Option<&'a str>,
    /// The charset that the HTTP header names.
    pub charset: Option<&'a str>,
    /// Whether it was fetched with a subscriber's login: then it is no paywall that the page is not
    /// free, only one that it shows.
    pub is_subscribed: bool,
}

/// The article on one page, with the addresses of pages that may hold the rest of it.
#[derive(Clone, Debug, Default)]
pub struct PagePart {
    /// The article, or the part of it that is on this page.
    pub article: Article,
    /// The address of the next page of the same article.
    pub next_page: Option<String>,
    /// The address of the mobile version, which may hold the text where this page does not.
    pub mobile_page: Option<String>,
}

/// Extracts the article of a page.
pub(crate) fn read(text: &str, hint: &PageHint<'_>, profiles: &Profiles) -> Article {
    read_part(text, hint, profiles).article
}

/// Extracts the article of a page, and the addresses of its next page and mobile version. A page that
/// a script renders may have its text for readers without scripts.
pub(crate) fn read_part(text: &str, hint: &PageHint<'_>, profiles: &Profiles) -> PagePart {
    let part = read_markup(text, hint, profiles);
    if part.article.extraction.problem == Some(Problem::Empty)
        && let Some(text) = unscripted(text)
    {
        let second = read_markup(&text, hint, profiles);
        if second.article.text().chars().count() >= MIN_UNSCRIPTED {
            return second;
        }
    }
    part
}

/// The markup with what `noscript` elements hold as part of the page; `None` if there is none.
fn unscripted(text: &str) -> Option<String> {
    let shown = text
        .replace("<noscript", "<div")
        .replace("</noscript", "</div");
    (shown.len() < text.len()).then_some(shown)
}

fn read_markup(text: &str, hint: &PageHint<'_>, profiles: &Profiles) -> PagePart {
    let html = parse(text);
    let mut page = ParsedPage::open(&html, hint.url, profiles);
    page.described.paywalled &= !hint.is_subscribed;
    page.drop_by_profile();
    page.hide_other_articles();
    let untouched = page.flags.clone();
    page.density = candidates::settle(&page.dom, &mut page.flags);
    let mut best = candidates::best(&page.dom, &page.flags);
    let own = page.own_body();
    if own.as_ref().is_none_or(|b| b.size() < MIN_OWN)
        && let Some((flags, density, found)) = candidates::second_try(&page.dom, &untouched, best)
    {
        (page.flags, page.density, best) = (flags, density, Some(found));
    }
    if let Some(found) = best {
        if let Some((flags, density, wider)) = candidates::unfolded(&page.dom, untouched, found) {
            (page.flags, page.density, best) = (flags, density, Some(wider));
        } else {
            // Only there: what the menus and tabs around it hold would weigh against it.
            page.flags.open_folds(&page.dom, found.id);
        }
    }
    // With this little prose the text may be in a script that renders the page.
    let thin = best.is_none_or(|c| c.prose < 900.0);
    let state = if thin { script::read(&page.dom) } else { None };
    // A poem or a table has no sentences; a page with few links is nothing but its text.
    let is_text = || {
        let sum = page.density.of_subtree(&page.dom, ROOT);
        dates::says_article(&page) || sum.linked * MAX_LINKED < sum.all
    };
    let wordiest = || candidates::wordiest(&page.dom, &page.flags).filter(|_| is_text());
    let body = page
        .body(own, best, state.as_ref())
        .or_else(|| wordiest().map(|c| page.generic(c)))
        .or_else(|| Some(page.generic(candidates::declared(&page.dom, &page.flags)?)));
    if let Some(state) = state.filter(|_| {
        body.as_ref()
            .is_some_and(|b| b.method == ExtractionMethod::Script)
    }) {
        page.described = fields::prefer(state.described, std::mem::take(&mut page.described));
    }
    let mut article = Article {
        url: hint.url.map(Clean::line),
        ..Article::default()
    };
    let at = body.as_ref().map_or(ROOT, |b| b.at);
    fields::fill(&page, at, &mut article);
    let found = body
        .as_ref()
        .map(confidence::BodyShape::of)
        .unwrap_or_default();
    if let Some(mut body) = body {
        article.extraction.method = body.method.clone();
        article.extraction.confidence =
            confidence::confidence(&body, article.published.is_some(), &page);
        let description = page
            .head
            .get(&["og:description", "description", "twitter:description"]);
        let description = description
            .or(page.described.description.as_deref())
            .unwrap_or_default()
            .to_owned();
        let above = lead_images::pictures(&page, &body, &article.title);
        body.blocks.splice(..0, above);
        trim::into_article(std::mem::take(&mut body.blocks), &description, &mut article);
    }
    fields::finish(&page, at, &mut article);
    link_lists::collect(&page, &mut article);
    confidence::judge(&page, found, &mut article);
    let own = hint.url.or(page.head.canonical.as_deref());
    let next_page = own
        .filter(|_| article.extraction.problem.is_none())
        .and_then(|own| next_page::next(&page, own));
    let mobile_page = own
        .filter(|_| is_drawn(&article))
        .and_then(|own| mobile::address(&page, own));
    PagePart {
        article,
        next_page,
        mobile_page,
    }
}

/// Whether a script may render the text, which this page does not contain.
fn is_drawn(article: &Article) -> bool {
    matches!(
        article.extraction.problem,
        Some(Problem::Empty | Problem::Video)
    )
}
