//! Reads RSS and Atom, however broken, to a [`RawFeed`].
//!
//! No strict parser could: feeds have stray `&` and `<`, elements that are never closed, markup in
//! a text that is not escaped, prefixes that nothing declares, and something else before and after
//! the feed. So tags are taken as they come ([`crate::extract::html::markup`]); `meaning` decides
//! what an element means, by its prefix and its place.

mod meaning;

use std::borrow::Cow;

use jiff::tz::Offset;
use url::Url;

use super::angle_brackets::HeadlineMarkup;
use super::elements::{Element, Namespace, canonical};
use super::raw::{RawEntry, RawFeed, RawFile, RawLink, RawMedia, RawPerson, RawTitle};
use super::raw::{resolved, resolved_url};
use super::texts::{self, Attributes, DeclaredText};
use crate::extract::dates::feed::stamp;
use crate::extract::html::markup::{MarkupToken, tokens, unescape};
use crate::news::Stamp;

/// Elements nested deeper than this lose their tags and keep their text.
const MAX_DEPTH: usize = 48;

/// The feed that `source` is, or `None` if it has no element that a feed begins with. `zone` is
/// assumed for dates without one; links are made whole by `base`, the feed's own address.
pub(super) fn read(source: &str, zone: Offset, base: Option<Url>) -> Option<RawFeed<'_>> {
    let mut reader = XmlReader {
        feed: RawFeed::default(),
        is_begun: false,
        is_atom: false,
        zone,
        open: Vec::new(),
        text: None,
        capture: None,
        link: None,
        person: RawPerson::default(),
        prefixes: Vec::new(),
        bases: base.into_iter().map(|base| (0, base)).collect(),
        said: 0,
    };
    for token in tokens(source) {
        match token {
            // Nested CDATA sections leave their delimiters in the text.
            MarkupToken::Text(text) => reader.text(text.strip_prefix("]]>").unwrap_or(text)),
            MarkupToken::Data(text) => reader.data(text.strip_prefix("<![CDATA[").unwrap_or(text)),
            MarkupToken::Start {
                name,
                attrs,
                closed,
                raw,
            } => reader.start(name, &attrs, closed, raw),
            MarkupToken::End { name, raw } => reader.end(name, raw),
            MarkupToken::Aside => {}
        }
    }
    reader.close_to(0);
    reader.is_begun.then_some(reader.feed)
}

struct XmlReader<'a> {
    feed: RawFeed<'a>,
    /// Whether the feed's outermost element was met.
    is_begun: bool,
    is_atom: bool,
    zone: Offset,
    open: Vec<Open<'a>>,
    /// What was read of the innermost element's text, with entities resolved. `None` where it has
    /// elements instead.
    text: Option<Cow<'a, str>>,
    /// The innermost element, if its tags are text.
    capture: Option<Capture>,
    /// The open Atom link whose address is its text.
    link: Option<RawLink>,
    /// The open author of Atom.
    person: RawPerson,
    /// The prefixes that the feed declares, with their namespaces.
    prefixes: Vec<(&'a str, Namespace)>,
    /// Base addresses of links, each with the depth of the element that sets it.
    bases: Vec<(usize, Url)>,
    /// The elements that the current article already has, as bits of [`Element::bit`].
    said: u16,
}

/// An open element.
#[derive(Clone, Copy)]
struct Open<'a> {
    /// Its name in the feed.
    source: &'a str,
    element: Element,
}

/// An element whose tags are text.
#[derive(Clone, Copy)]
struct Capture {
    /// Whether its text is dropped.
    is_idle: bool,
    /// Whether it holds a single line, without markup that a feed's element could be mistaken for.
    is_brief: bool,
    /// Whether its markup is not escaped, so that its entities are those of the markup itself.
    is_inline: bool,
    /// Whether its text is base64.
    is_encoded: bool,
    /// What its feed declares it to be.
    declared: DeclaredText,
}

impl Capture {
    fn new(is_brief: bool) -> Capture {
        Capture {
            is_idle: false,
            is_brief,
            is_inline: false,
            is_encoded: false,
            declared: DeclaredText::Markup,
        }
    }
}

/// Whether an element begins the next field or article although the one before was never closed.
fn is_next(source: &str, is_brief: bool) -> bool {
    let name = canonical(source);
    matches!(name, "item" | "entry")
        || (is_brief
            && matches!(
                name,
                "title"
                    | "link"
                    | "description"
                    | "pubDate"
                    | "guid"
                    | "author"
                    | "category"
                    | "content:encoded"
            ))
}

/// The value of an attribute, with its entities resolved.
fn attribute(attrs: Attributes<'_, '_>, key: &str) -> Option<String> {
    let (_, value) = attrs.iter().find(|(k, _)| k.eq_ignore_ascii_case(key))?;
    Some(unescape(value))
}

/// The language that a tag declares.
fn language(attrs: Attributes<'_, '_>) -> Option<String> {
    attribute(attrs, "xml:lang").filter(|tag| !tag.trim().is_empty())
}

impl<'a> XmlReader<'a> {
    /// Appends to the text of the innermost element.
    fn data(&mut self, text: &'a str) {
        match &mut self.text {
            Some(held) if held.is_empty() => *held = Cow::Borrowed(text),
            Some(held) => held.to_mut().push_str(text),
            None => {}
        }
    }

    fn text(&mut self, text: &'a str) {
        let is_inline = self.capture.is_some_and(|capture| capture.is_inline);
        if is_inline || !text.contains('&') {
            self.data(text);
        } else if let Some(held) = &mut self.text {
            held.to_mut().push_str(&unescape(text));
        }
    }

    fn start(&mut self, source: &'a str, attrs: Attributes<'_, 'a>, closed: bool, raw: &'a str) {
        if let Some(capture) = self.capture {
            if !is_next(source, capture.is_brief && !self.is_author_in_parts()) {
                if capture.is_inline {
                    self.declare_xhtml(attrs);
                }
                self.inner_tag(raw, capture);
                return;
            }
            // The text before it was never closed.
            self.close();
        }
        self.declare(attrs);
        self.found(attrs);
        if self.open.is_empty() {
            self.root(source, attrs);
            return;
        }
        if self.open.len() >= MAX_DEPTH {
            return;
        }
        let Some(element) = self.meant(source) else {
            self.ignore(source, closed, false);
            return;
        };
        if element == Element::Entry {
            if let Some(place) = self.open.iter().position(|o| o.element == Element::Entry) {
                // The article before it was never closed.
                self.close_to(place);
            }
            self.begin_entry(attrs);
        }
        self.element(Open { source, element }, attrs, closed);
    }

    /// Whether an author of RSS is open that is written with elements. Their names are those of
    /// fields: `name`, but also `title`.
    fn is_author_in_parts(&self) -> bool {
        let is_author = self
            .open
            .last()
            .is_some_and(|o| o.element == Element::Author);
        let text = self.text.as_deref().unwrap_or_default().trim_start();
        is_author && (text.is_empty() || text.starts_with('<'))
    }

    fn begin_entry(&mut self, attrs: Attributes<'_, 'a>) {
        self.said = 0;
        self.feed.entries.push(RawEntry {
            language: language(attrs),
            ..RawEntry::default()
        });
        self.about(Element::Entry, attrs);
    }

    fn element(&mut self, open: Open<'a>, attrs: Attributes<'_, 'a>, closed: bool) {
        let (element, is_atom) = (open.element, self.is_atom);
        if element == Element::Link && attribute(attrs, "href").is_some() {
            self.link(attrs);
            self.ignore(open.source, closed, true);
            return;
        }
        let is_words = element.is_words(is_atom);
        // Content at another address has no text here.
        if is_words && is_atom && attribute(attrs, "src").is_some() {
            self.content_elsewhere(attrs);
            self.ignore(open.source, closed, false);
            return;
        }
        self.media(element, attrs);
        if closed {
            return;
        }
        self.open.push(open);
        self.text = Some(Cow::Borrowed(""));
        self.link = None;
        if element == Element::Author {
            self.person = RawPerson::default();
        }
        if is_words || element.is_date() || matches!(element, Element::Link | Element::OriginalLink)
        {
            let mut capture = Capture::new(!element.is_body());
            if !is_atom {
                capture.is_inline = self.is_xhtml(open.source, attrs);
            } else if is_words {
                capture.is_inline = texts::is_inline(attrs);
                capture.is_encoded = texts::is_encoded(attrs);
                capture.declared = texts::declared_text(attrs);
                if let (Element::Content, Some(entry)) = (element, self.feed.entries.last_mut()) {
                    entry.language = language(attrs).or(entry.language.take());
                }
            } else if element == Element::Link {
                self.link = Some(link_of(attrs));
            }
            self.capture = Some(capture);
        }
    }

    /// Skips an element with its content.
    fn ignore(&mut self, source: &'a str, closed: bool, is_brief: bool) {
        if !closed {
            self.open.push(Open {
                source,
                element: Element::Other,
            });
            self.capture = Some(Capture {
                is_idle: true,
                ..Capture::new(is_brief)
            });
        }
        self.text = None;
    }

    /// Appends a tag inside a text. A prefix of XHTML is removed, since HTML has none.
    fn inner_tag(&mut self, raw: &'a str, capture: Capture) {
        let name = raw.trim_start_matches(['<', '/']);
        if capture.is_inline && capture.is_brief {
            // In a headline that is XHTML every tag is markup.
            if name.starts_with("br") {
                self.data(" ");
            }
        } else if capture.is_inline
            && let Some((prefix, rest)) = name.split_once(':')
            && !prefix.contains(|c: char| !c.is_ascii_alphanumeric())
            && self.space(prefix) == Namespace::Xhtml
        {
            self.data(&raw[..raw.len() - name.len()]);
            self.data(rest);
        } else {
            self.data(raw);
        }
    }

    fn end(&mut self, source: &'a str, raw: &'a str) {
        let ends = |open: &Open<'a>| open.source.eq_ignore_ascii_case(source);
        if let Some(capture) = self.capture {
            if self.open.last().is_some_and(ends) {
                self.close();
            } else if matches!(
                canonical(source),
                "item" | "entry" | "channel" | "rss" | "feed"
            ) && self.open.iter().any(ends)
            {
                // The text was never closed.
                self.close();
                self.end(source, raw);
            } else {
                self.inner_tag(raw, capture);
            }
            return;
        }
        // This search is bounded because the depth is.
        if let Some(place) = self.open.iter().rposition(ends) {
            self.close_to(place);
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.close();
        }
    }

    /// Closes the innermost element, and keeps what it says.
    fn close(&mut self) {
        let Some(Open { element, .. }) = self.open.pop() else {
            return;
        };
        let text = self.text.take();
        let capture = self.capture.take();
        // Only one that the feed gives: the address of the feed itself is not that of its texts.
        let base = self.bases.last().filter(|(depth, _)| *depth > 0);
        let base = base.map(|(_, base)| base);
        let text = match (text, capture) {
            (Some(text), Some(capture)) if !capture.is_idle => {
                let text = if capture.is_encoded {
                    Cow::Owned(texts::decoded(&text))
                } else {
                    text
                };
                if element.is_body() {
                    texts::with_base(texts::as_markup(text, capture.declared), base)
                } else {
                    text
                }
            }
            (Some(text), None) => text,
            _ => Cow::Borrowed(""),
        };
        if let Some(parent) = self.open.last().map(|open| open.element)
            && (element == Element::Author || !text.trim().is_empty())
            && self.keep(parent, element, capture, text).is_some()
            && matches!(parent, Element::Feed | Element::Entry)
        {
            self.said |= element.bit();
        }
        let depth = self.open.len();
        self.bases.retain(|(at, _)| *at <= depth);
    }

    /// Keeps what an element says by its text. `None` if that is nothing.
    fn keep(
        &mut self,
        parent: Element,
        element: Element,
        capture: Option<Capture>,
        text: Cow<'a, str>,
    ) -> Option<()> {
        if element == Element::MediaDescription {
            let is_of_all = parent != Element::MediaContent;
            let media = self.media_here()?;
            if is_of_all || media.description.is_none() {
                media.description = Some(text.into_owned());
            }
            return Some(());
        }
        match (parent, element) {
            // In RSS that is whom to write to about the feed.
            (Element::Feed, Element::Author) if self.is_atom => {
                let person = self.person_of(&text)?;
                self.feed.authors.push(person);
                Some(())
            }
            (Element::Feed, _) => self.keep_of_feed(element, capture, text),
            (Element::Entry, _) => self.keep_of_entry(element, capture, text),
            (Element::Author, Element::PersonName) => {
                self.person.name = Some(text.into_owned());
                Some(())
            }
            (Element::Author, Element::PersonEmail) => {
                self.person.email = Some(text.into_owned());
                Some(())
            }
            (Element::Source, Element::Title) => {
                self.feed.entries.last_mut()?.source = Some(text.into_owned());
                Some(())
            }
            _ => None,
        }
    }

    fn keep_of_feed(
        &mut self,
        element: Element,
        capture: Option<Capture>,
        text: Cow<'a, str>,
    ) -> Option<()> {
        match element {
            Element::Title => self.feed.title = Some(self.titled(capture, text)),
            Element::Link => {
                let link = self.linked(&text);
                self.feed.links.push(link);
            }
            Element::Language => self.feed.language = Some(text.trim().to_lowercase()),
            Element::Ttl => self.feed.ttl = text.trim().parse().ok().or(self.feed.ttl),
            _ => return None,
        }
        Some(())
    }

    fn keep_of_entry(
        &mut self,
        element: Element,
        capture: Option<Capture>,
        text: Cow<'a, str>,
    ) -> Option<()> {
        let title = (element == Element::Title).then(|| self.titled(capture, Cow::clone(&text)));
        let link = match element {
            Element::Link | Element::Comments => Some(self.linked(&text)),
            Element::OriginalLink if is_public(&text) => Some(RawLink {
                rel: Some("canonical".to_owned()),
                ..self.linked(&text)
            }),
            _ => None,
        };
        let date = element.is_date().then(|| whole_seconds(&text, self.zone));
        let person = (element == Element::Author).then(|| self.person_of(&text));
        let entry = self.feed.entries.last_mut()?;
        match element {
            Element::Title => entry.title = title,
            Element::Link | Element::OriginalLink => entry.links.extend(link),
            Element::Comments => entry.links.extend(link.map(|link| RawLink {
                is_comments: true,
                ..link
            })),
            Element::Summary => entry.summary = trimmed(text),
            Element::Content => entry.content = trimmed(text),
            Element::Published => entry.published = Some(date??),
            Element::Updated => entry.updated = Some(date??),
            Element::Id => text.trim().clone_into(&mut entry.id),
            Element::Author => entry.authors.push(person??),
            Element::Language => entry.language = Some(text.into_owned()),
            Element::Category => entry.categories.push(text.into_owned()),
            Element::Source => entry.source = Some(text.into_owned()),
            Element::Duration => entry.seconds = texts::seconds(&text).or(entry.seconds),
            _ => return None,
        }
        Some(())
    }

    /// The author that was read, by its elements or by its text.
    fn person_of(&mut self, text: &str) -> Option<RawPerson> {
        let mut person = std::mem::take(&mut self.person);
        if person == RawPerson::default() {
            person = RawPerson::written(&named(text));
        }
        Some(person).filter(|person| *person != RawPerson::default())
    }

    fn titled(&self, capture: Option<Capture>, text: Cow<'a, str>) -> RawTitle {
        let markup = match capture {
            Some(capture) if self.is_atom => {
                let is_markup = capture.is_inline || capture.is_encoded;
                if is_markup || capture.declared == DeclaredText::Markup {
                    HeadlineMarkup::Html
                } else {
                    HeadlineMarkup::None
                }
            }
            _ => HeadlineMarkup::Usual,
        };
        RawTitle {
            written: text.into_owned(),
            markup,
        }
    }

    /// A link whose address is an element's text.
    fn linked(&mut self, text: &str) -> RawLink {
        RawLink {
            href: resolved(text, self.base()),
            ..self.link.take().unwrap_or_default()
        }
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) if text.len() == text.trim().len() => Cow::Owned(text),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// What the attributes of a link say beside its address.
fn link_of(attrs: Attributes<'_, '_>) -> RawLink {
    RawLink {
        href: String::new(),
        rel: attribute(attrs, "rel").or_else(|| Some("alternate".to_owned())),
        media_type: attribute(attrs, "type"),
        title: attribute(attrs, "title"),
        length: attribute(attrs, "length").and_then(|length| length.trim().parse().ok()),
        is_comments: false,
    }
}

/// A date that a feed writes, in whole seconds and with an offset in whole minutes.
pub(super) fn whole_seconds(written: &str, zone: Offset) -> Option<Stamp> {
    let stamp = stamp(written, zone)?;
    let at = jiff::Timestamp::from_second(stamp.at.as_second()).ok()?;
    let minutes = stamp.offset().seconds() / 60;
    Some(Stamp::new(
        at,
        Offset::from_seconds(minutes * 60).unwrap_or(zone),
    ))
}

/// The name in an author that is written with Atom's elements in a feed of RSS; with the address
/// as RSS writes it.
fn named(written: &str) -> Cow<'_, str> {
    let part = |name: &str| {
        let (_, inner) = written.split_once(name)?;
        let part = inner.split('<').next().map(str::trim);
        part.filter(|part| !part.is_empty())
    };
    match (part("name>"), part("email>")) {
        (Some(name), Some(email)) => Cow::Owned(format!("{email} ({name})")),
        (Some(name), None) => Cow::Borrowed(name),
        (None, _) => Cow::Borrowed(written),
    }
}

/// Whether an address may replace that of an item: a feed names public sites by it. One that leads
/// into the reader's own network, or that is no web address, would take the true one's place.
fn is_public(address: &str) -> bool {
    let Ok(url) = url::Url::parse(address.trim()) else {
        return false;
    };
    let name = url.domain().unwrap_or_default();
    let is_inward = [
        "localhost",
        "local",
        "internal",
        "lan",
        "home",
        "home.arpa",
        "test",
    ]
    .iter()
    .any(|end| name.ends_with(&format!(".{end}")));
    matches!(url.scheme(), "http" | "https") && name.contains('.') && !is_inward
}
