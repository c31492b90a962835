//! Converts one item of a feed to a [`FeedEntry`]; its texts are cleaned as those of pages.

use std::borrow::Cow;

use super::angle_brackets::{HeadlineMarkup, headline_words};
use super::attachments::{described, discussion, enclosure, is_enclosed, with_attachments};
use super::markup;
use super::raw::{RawEntry, RawLink, RawPerson, RawTitle};
use super::web_address::is_web;
use crate::extract::body::lines::{bylines, columns};
use crate::extract::html::markup::unescape;
use crate::news::address::text_without_secrets;
use crate::news::cut::has_cut_mark;
use crate::news::same_address::untracked;
use crate::news::{Article, Byline, Clean, Extraction, ExtractionMethod, FeedEntry, Markup, Stamp};

/// What all entries of a feed share.
pub(super) struct Channel {
    /// The feed's title without its section: the publisher of entries that name no source.
    pub publisher: Option<Clean>,
    /// The language tag that it declares.
    pub lang: Option<String>,
    /// Who wrote the articles that don't say who.
    pub authors: Vec<RawPerson>,
}

/// Converts one entry of `channel`.
pub(super) fn entry(raw: RawEntry<'_>, channel: &Channel) -> FeedEntry {
    let url = address(&raw);
    let published = raw.published.or(raw.updated);
    let is_later = |updated: &Stamp| raw.published.is_some_and(|p| updated.at > p.at);
    let updated = raw.updated.filter(is_later);
    let text = &*with_attachments(text(&raw), &raw);
    let guid = Clean::line(&unescape(&raw.id));
    let guid = if guid.is_blank() {
        url.clone().unwrap_or_default()
    } else {
        guid
    };
    let title = raw.title.as_ref().map(headline).unwrap_or_default();
    let article = Article {
        title: if title.is_blank() {
            untitled(text, url.as_ref().unwrap_or(&guid))
        } else {
            title
        },
        publisher: publisher(&raw, channel),
        section: section(&raw),
        lang: raw
            .language
            .as_deref()
            .or(channel.lang.as_deref())
            .and_then(language),
        bylines: authors(&raw, channel),
        published,
        updated,
        lead_image: lead_image(&raw),
        enclosures: described(&raw, url.as_ref()),
        discussion: discussion(&raw, url.as_ref()),
        extraction: extraction(0),
        url,
        ..Article::default()
    };
    let markup = Some(text).filter(|t| !t.trim().is_empty()).map(Markup::new);
    // An article without an address gets its id from its text.
    match markup {
        Some(markup) if article.url.is_none() => FeedEntry {
            guid,
            article: with_blocks(article, &markup),
            markup: None,
            published,
        },
        markup => FeedEntry {
            guid,
            article,
            markup,
            published,
        },
    }
}

/// `article` with blocks made of what its feed wrote.
pub fn with_blocks(article: Article, markup: &Markup) -> Article {
    let blocks = markup::blocks(markup.source(), article.url.as_deref());
    let length = blocks.iter().map(|b| columns(&b.plain())).sum();
    // The blocks are without what says so: it is a link to the page.
    let cut = has_cut_mark(&markup::words(markup.source()));
    Article {
        blocks,
        extraction: Extraction {
            cut,
            ..extraction(length)
        },
        ..article
    }
}

/// Method and confidence for a feed's text of `length` columns.
fn extraction(length: usize) -> Extraction {
    let confidence = match length {
        1200.. => 0.7,
        300.. => 0.4,
        _ => 0.1,
    };
    Extraction {
        method: ExtractionMethod::Feed,
        confidence,
        problem: None,
        form: None,
        page: None,
        cut: false,
    }
}

/// A headline as it may be shown.
pub(super) fn headline(title: &RawTitle) -> Clean {
    let words = headline_words(&title.written, title.markup);
    without_secrets_in(Clean::headline(&words))
}

/// A headline or name; where it is an address, without its password and token.
fn without_secrets_in(text: Clean) -> Clean {
    match text_without_secrets(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(shown) => Clean::headline(&shown),
    }
}

/// The words of a name or a label on one line.
pub(super) fn words(label: &str) -> Clean {
    Clean::headline(&headline_words(label, HeadlineMarkup::Usual))
}

fn address(raw: &RawEntry<'_>) -> Option<Clean> {
    let own = raw
        .links
        .iter()
        .filter(|l| !l.is_comments && !is_enclosed(l))
        .filter(|l| l.rel.as_deref().is_none_or(|r| r == "alternate"));
    // A page before what programs read.
    let is_page = |l: &&RawLink| l.media_type.as_deref().is_none_or(|t| t.contains("html"));
    let own = own.clone().filter(is_page).chain(own);
    // Beside the link of a service that counts readers, the article's own.
    let original = raw
        .links
        .iter()
        .filter(|l| l.rel.as_deref() == Some("canonical"));
    original
        .chain(own)
        .chain(&raw.links)
        .map(|l| Clean::line(&unescape(l.href.trim())))
        .chain(std::iter::once(Clean::line(&unescape(raw.id.trim()))))
        .find(|l| is_web(l) && !l.contains(' '))
        .map(|l| Clean::line(&untracked(&l)))
        .or_else(|| enclosure(raw))
}

/// The longer of content and summary, or what is said of its pictures.
fn text<'t>(raw: &'t RawEntry<'_>) -> &'t str {
    let (content, summary) = (&*raw.content, &*raw.summary);
    let fuller = if content.len() >= summary.len() {
        content
    } else {
        summary
    };
    if fuller.trim().is_empty() {
        let mut described = raw.media().filter_map(|m| m.description.as_deref());
        described.next().unwrap_or_default()
    } else {
        fuller
    }
}

/// A substitute for a missing title: the first words of the text, or else the article's id.
fn untitled(text: &str, name: &Clean) -> Clean {
    let words = without_secrets_in(first_words(&markup::words(text)));
    let name = text_without_secrets(name);
    let bare = name
        .split_once("://")
        .map_or(&*name, |(_, rest)| rest)
        .trim_end_matches('/');
    if words.is_blank() {
        Clean::headline(bare)
    } else {
        words
    }
}

/// The first words of the text's first line.
fn first_words(text: &str) -> Clean {
    let text = text.lines().next().unwrap_or_default();
    let head: String = text.chars().take(60).collect();
    let cut = if head.len() < text.len() {
        head.rsplit_once(' ')
            .map_or(head.clone(), |(h, _)| format!("{h}…"))
    } else {
        head
    };
    Clean::line(&cut)
}

/// The source that an item of an aggregator names, or else the feed's publisher.
fn publisher(raw: &RawEntry<'_>, channel: &Channel) -> Option<Clean> {
    let source = raw
        .source
        .as_deref()
        .map(words)
        .filter(|s| !s.is_blank() && !is_web(s));
    source.or_else(|| channel.publisher.clone())
}

/// A feed's title without its section.
pub(super) fn outlet(title: &str) -> Option<Clean> {
    let name = [" - ", " : ", " | ", " > ", " :: ", "::"].iter();
    let name = name.fold(title, |t, mark| t.split(mark).next().unwrap_or(t));
    let name = without_secrets_in(Clean::line(name));
    Some(name).filter(|n| !n.is_blank())
}

fn section(raw: &RawEntry<'_>) -> Option<Clean> {
    raw.categories
        .iter()
        .map(|category| words(category))
        .find(|c| (2..=20).contains(&columns(c)))
}

/// `ko-KR` → `ko`.
fn language(tag: &str) -> Option<Clean> {
    let primary = tag
        .split(['-', '_'])
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    (2..=3)
        .contains(&primary.len())
        .then(|| Clean::line(&primary))
}

/// An article's own authors, or else the feed's, where that is not the publisher by another name.
fn authors(raw: &RawEntry<'_>, channel: &Channel) -> Vec<Byline> {
    if !raw.authors.is_empty() || raw.source.is_some() {
        return raw.authors.iter().flat_map(author).collect();
    }
    let found = channel.authors.iter().flat_map(author);
    let is_person = |by: &Byline| {
        channel
            .publisher
            .as_ref()
            .is_none_or(|name| *name != by.name)
    };
    found.filter(is_person).collect()
}

fn author(person: &RawPerson) -> Vec<Byline> {
    let name = words(person.name.as_deref().unwrap_or_default());
    // `mail@a.kr (Name)` is the form that RSS prescribes.
    let name = name
        .strip_prefix('(')
        .and_then(|n| n.strip_suffix(')'))
        .map(Clean::line)
        .unwrap_or(name);
    let email = person
        .email
        .as_deref()
        .map(Clean::line)
        .filter(|e| e.contains('@'));
    let mut found = bylines(&name);
    if found.is_empty()
        && !name.is_blank()
        && columns(&name) <= 60
        && !name.contains('@')
        && &*name != "unknown"
    {
        found.push(Byline {
            name,
            role: None,
            email: None,
        });
    }
    if let Some(first) = found.first_mut() {
        first.email = first.email.take().or(email);
    }
    found
}

fn lead_image(raw: &RawEntry<'_>) -> Option<Clean> {
    let thumbnails = raw.media().flat_map(|m| &m.thumbnails).chain(&raw.picture);
    let pictures = raw.files().filter(|file| file.may_be_picture());
    thumbnails
        .map(|url| Clean::line(url))
        .chain(pictures.map(|file| Clean::line(file.url.as_str())))
        .find(|url| is_web(url))
}
