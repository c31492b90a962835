//! Converts one parsed item of a feed to a [`FeedEntry`]; its texts are cleaned as those of pages.

use std::borrow::Cow;

use jiff::tz::Offset;

use super::angle_brackets::{HeadlineMarkup, headline_words};
use super::attachments::{described, discussion, enclosure, is_enclosed, with_attachments};
use super::markup;
use super::offsets::stamp_of;
use super::side_texts::SideTexts;
use super::web_address::is_web;
use crate::extract::body::lines::{bylines, columns};
use crate::extract::html::markup::unescape;
use crate::news::address::text_without_secrets;
use crate::news::cut::has_cut_mark;
use crate::news::same_address::untracked;
use crate::news::{Article, Byline, Clean, Extraction, ExtractionMethod, FeedEntry, Markup};

/// What all entries of a feed share.
pub(super) struct Channel<'a> {
    /// The feed's title without its section: the publisher of entries that name no source.
    pub publisher: Option<Clean>,
    /// The language tag that it declares.
    pub lang: Option<String>,
    /// The offset from UTC in which its times are shown.
    pub zone: Offset,
    /// Its long texts, which the parser saw as placeholders.
    pub aside: &'a SideTexts<'a>,
    /// Whether it is Atom, which declares how its texts are written.
    pub is_atom: bool,
}

/// Converts one entry of `channel`.
pub(super) fn entry(raw: feed_rs::model::Entry, channel: &Channel<'_>) -> FeedEntry {
    let url = address(&raw);
    let published = raw
        .published
        .or(raw.updated)
        .and_then(|d| stamp_of(d.timestamp(), d.timestamp_subsec_micros(), channel.zone));
    let updated = raw
        .updated
        .filter(|u| raw.published.is_some_and(|p| u.timestamp() > p.timestamp()))
        .and_then(|d| stamp_of(d.timestamp(), d.timestamp_subsec_micros(), channel.zone));
    let text = &*with_attachments(text(&raw, channel.aside), &raw);
    let guid = Clean::line(&unescape(&raw.id));
    let guid = if guid.is_blank() {
        url.clone().unwrap_or_default()
    } else {
        guid
    };
    let title = raw
        .title
        .as_ref()
        .map(|t| headline(t, channel.is_atom))
        .unwrap_or_default();
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
        bylines: raw.authors.iter().flat_map(author).collect(),
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

/// A headline, by the type that Atom declares for it.
pub(super) fn headline(text: &feed_rs::model::Text, is_atom: bool) -> Clean {
    let markup = match (is_atom, text.content_type.subty().as_str()) {
        (false, _) => HeadlineMarkup::Usual,
        (true, "plain") => HeadlineMarkup::None,
        (true, _) => HeadlineMarkup::Html,
    };
    without_secrets_in(Clean::headline(&headline_words(&text.content, markup)))
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

fn address(raw: &feed_rs::model::Entry) -> Option<Clean> {
    let own = raw
        .links
        .iter()
        .filter(|l| l.target.is_none() && !is_enclosed(l))
        .filter(|l| l.rel.as_deref().is_none_or(|r| r == "alternate"));
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

/// The longer of content and summary.
fn text<'t>(raw: &'t feed_rs::model::Entry, aside: &'t SideTexts<'_>) -> &'t str {
    let content = aside.get(
        raw.content
            .as_ref()
            .and_then(|c| c.body.as_deref())
            .unwrap_or_default(),
    );
    let summary = aside.get(
        raw.summary
            .as_ref()
            .map(|s| s.content.as_str())
            .unwrap_or_default(),
    );
    let fuller = if content.len() >= summary.len() {
        content
    } else {
        summary
    };
    let media = || {
        raw.media
            .iter()
            .find_map(|m| m.description.as_ref().map(|d| d.content.as_str()))
    };
    if fuller.trim().is_empty() {
        media().unwrap_or_default()
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
fn publisher(raw: &feed_rs::model::Entry, channel: &Channel<'_>) -> Option<Clean> {
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

fn section(raw: &feed_rs::model::Entry) -> Option<Clean> {
    raw.categories
        .iter()
        .map(|c| words(c.label.as_deref().unwrap_or(&c.term)))
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

fn author(person: &feed_rs::model::Person) -> Vec<Byline> {
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

fn lead_image(raw: &feed_rs::model::Entry) -> Option<Clean> {
    let thumbnails = raw
        .media
        .iter()
        .flat_map(|m| &m.thumbnails)
        .map(|t| t.image.uri.clone());
    let contents = raw
        .media
        .iter()
        .flat_map(|m| &m.content)
        .filter(|c| c.content_type.as_ref().is_none_or(|t| t.ty() == "image"));
    let contents = contents.filter_map(|c| c.url.as_ref().map(ToString::to_string));
    thumbnails
        .chain(contents)
        .map(|u| Clean::line(&u))
        .find(|u| is_web(u))
}
