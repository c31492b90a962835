//! Turns a feed as it was received into well-formed XML that the strict parser understands.
//!
//! Removes the declaration (the text is decoded already), the doctype with its entities, comments
//! and control characters; escapes stray `&` and `<`; closes open elements; turns unescaped markup
//! inside a text element into text; declares missing prefixes; renames elements to the names that
//! the parser knows ([`super::element_names`]); writes dates as RFC 3339. Long texts are not
//! written, escaped and read again: they go to [`SideTexts`], and the XML has placeholders.
//!
//! `meaning` decides what an element means, by prefixes and by its place.

mod meaning;

use std::borrow::Cow;

use jiff::tz::Offset;
use url::Url;

use super::element_names::{Namespace, bit, canonical, is_body, is_date, is_words};
use super::side_texts::SideTexts;
use super::xml_values;
use super::xml_values::{Attributes, DeclaredText};
use crate::extract::html::markup::{MarkupToken, escape, tokens, unescape};

/// Elements nested deeper than this lose their tags and keep their text.
const MAX_DEPTH: usize = 48;
/// Shorter texts, in bytes, are written in place instead of being set aside.
const MIN_SIDE_BYTES: usize = 120;

/// The well-formed document and its long texts, or `None` if its root is not a feed's. `zone` is
/// assumed for dates without one.
pub(super) fn repair(source: &str, zone: Offset) -> Option<(String, SideTexts<'_>)> {
    let mut writer = XmlWriter {
        out: String::with_capacity(source.len() / 4 + 512),
        collected: None,
        aside: SideTexts::default(),
        open: Vec::new(),
        atom: false,
        zone,
        capture: None,
        replaced_link: None,
        inline: false,
        encoded: false,
        prefixes: Vec::new(),
        bases: Vec::new(),
        said: 0,
    };
    for token in tokens(source) {
        match token {
            // Nested CDATA sections leave their delimiters in the text.
            MarkupToken::Text(text) => writer.text(text.strip_prefix("]]>").unwrap_or(text)),
            MarkupToken::Data(text) => writer.data(text.strip_prefix("<![CDATA[").unwrap_or(text)),
            MarkupToken::Start {
                name,
                attrs,
                closed,
                raw,
            } => writer.start(name, &attrs, closed, raw),
            MarkupToken::End { name, raw } => writer.end(name, raw),
            MarkupToken::Aside => {}
        }
    }
    writer.close_to(0);
    (!writer.out.is_empty()).then_some((writer.out, writer.aside))
}

struct XmlWriter<'a> {
    out: String,
    /// The text of the open text element so far, with entities resolved.
    collected: Option<Cow<'a, str>>,
    aside: SideTexts<'a>,
    open: Vec<Open<'a>>,
    atom: bool,
    zone: Offset,
    /// The open element whose text is being collected.
    capture: Option<Capture>,
    /// The link that the original one of the item replaces.
    replaced_link: Option<String>,
    /// Whether its markup is not escaped, so that its entities are those of the markup itself.
    inline: bool,
    /// Whether its text is base64.
    encoded: bool,
    /// The prefixes that the feed declares, with their namespaces.
    prefixes: Vec<(&'a str, Namespace)>,
    /// Base addresses of links, each with the depth of the element that sets it.
    bases: Vec<(usize, Url)>,
    /// The elements that the current article already has, as bits of [`bit`].
    said: u16,
}

/// An open element.
#[derive(Clone, Copy)]
struct Open<'a> {
    /// Its name in the feed.
    source: &'a str,
    /// The parser's name for it.
    name: &'a str,
}

/// An element whose text is being collected.
#[derive(Clone, Copy)]
struct Capture {
    /// The offset of its start tag in the output.
    tag: usize,
    /// The offset of its text in the output.
    from: usize,
    /// Whether its text is dropped.
    idle: bool,
    /// Whether it holds a single line, without markup that a feed's element could be mistaken for.
    brief: bool,
    /// What its feed declares it to be.
    declared: DeclaredText,
}

/// Whether an element begins the next field or article although the one before was never closed.
fn is_next(source: &str, brief: bool) -> bool {
    let name = canonical(source);
    matches!(name, "item" | "entry")
        || (brief
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

impl<'a> XmlWriter<'a> {
    fn data(&mut self, text: &'a str) {
        if self.collected.is_some() {
            self.collect(text);
        } else if !self.open.is_empty() {
            escape(text, &mut self.out);
        }
    }

    /// Appends to the text that is being collected.
    fn collect(&mut self, text: &'a str) {
        match &mut self.collected {
            Some(held) if held.is_empty() => *held = Cow::Borrowed(text),
            Some(held) => held.to_mut().push_str(text),
            None => {}
        }
    }

    fn text(&mut self, text: &'a str) {
        if self.open.is_empty() {
            return;
        }
        if let Some(held) = &mut self.collected {
            if self.inline || !text.contains('&') {
                self.collect(text);
            } else {
                held.to_mut().push_str(&unescape(text));
            }
        } else if self.inline && self.capture.is_some() {
            escape(text, &mut self.out);
        } else {
            xml_values::text(text, &mut self.out);
        }
    }

    fn start(&mut self, source: &'a str, attrs: Attributes<'_, 'a>, closed: bool, raw: &'a str) {
        if let Some(capture) = self.capture {
            if !is_next(source, capture.brief) {
                self.inner_tag(raw);
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
        if source.ends_with(":origLink") && !closed {
            self.original_link(source);
            return;
        }
        let Some(name) = self.meant(source) else {
            self.ignore(source, closed, false);
            return;
        };
        let is_rss = self.open[0].name == "rss";
        if is_rss && name == "channel" && self.open.len() > 1 {
            return;
        }
        if matches!(name, "item" | "entry") {
            if let Some(place) = self.open.iter().position(|open| open.name == name) {
                // The article before it was never closed.
                self.close_to(place);
            }
            self.said = 0;
        }
        if is_rss && name == "item" && self.open.len() == 1 {
            self.open("channel", "channel");
        }
        self.element(Open { source, name }, attrs, closed);
    }

    fn element(&mut self, element: Open<'a>, attrs: Attributes<'_, 'a>, closed: bool) {
        let name = element.name;
        let value = |key: &str| attrs.iter().find(|(k, _)| *k == key).map(|(_, v)| *v);
        if !self.atom && matches!(name, "link" | "atom:link") && value("href").is_some() {
            self.rss_link(attrs);
            self.ignore(element.source, closed, true);
            return;
        }
        let words = is_words(name, self.atom);
        let taken = words || is_date(name);
        // Content at another address has no text here, nor has an element that closes itself.
        if taken && (closed || (self.atom && value("src").is_some())) {
            self.ignore(element.source, closed, false);
            return;
        }
        let typed = words && self.atom;
        let tag = self.out.len();
        self.out.push('<');
        self.out.push_str(name);
        for (key, value) in attrs
            .iter()
            .filter(|(k, _)| !(typed && matches!(*k, "type" | "mode")))
        {
            xml_values::attribute(key, value, &mut self.out);
        }
        if typed {
            self.inline = xml_values::is_inline(attrs);
            self.encoded = xml_values::is_encoded(attrs);
            xml_values::attribute(
                "type",
                xml_values::kind_of_text(attrs, self.inline || self.encoded),
                &mut self.out,
            );
        }
        if closed {
            self.out.push_str("/>");
            return;
        }
        self.out.push('>');
        self.open.push(element);
        if taken || (self.atom && name == "link" && value("href").is_none()) {
            self.inline = if typed {
                self.inline
            } else {
                self.is_xhtml(element.source, attrs)
            };
            self.encoded &= typed;
            self.capture = Some(Capture {
                tag,
                from: self.out.len(),
                idle: false,
                brief: !is_body(name),
                declared: if typed && !self.inline {
                    xml_values::declared_text(attrs)
                } else {
                    DeclaredText::Markup
                },
            });
            self.collected = is_body(name).then_some(Cow::Borrowed(""));
        } else if name == "item" {
            self.about(attrs);
        }
    }

    /// Skips an element with its content.
    fn ignore(&mut self, source: &'a str, closed: bool, brief: bool) {
        if !closed {
            let at = self.out.len();
            self.open.push(Open { source, name: "" });
            self.capture = Some(Capture {
                tag: at,
                from: at,
                idle: true,
                brief,
                declared: DeclaredText::Markup,
            });
        }
    }

    /// Appends a tag inside a text. A prefix of XHTML is removed, since HTML has none.
    fn inner_tag(&mut self, raw: &'a str) {
        let name = raw.trim_start_matches(['<', '/']);
        if self.inline && self.collected.is_none() {
            // In a headline that is XHTML every tag is markup.
            if name.starts_with("br") {
                self.out.push(' ');
            }
        } else if self.inline
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

    fn open(&mut self, source: &'a str, name: &'a str) {
        self.out.push('<');
        self.out.push_str(name);
        self.out.push('>');
        self.open.push(Open { source, name });
    }

    fn end(&mut self, source: &'a str, raw: &'a str) {
        let ends = |open: &Open<'a>| open.source.eq_ignore_ascii_case(source);
        if self.capture.is_some() {
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
                self.inner_tag(raw);
            }
            return;
        }
        // This search is bounded because the depth is.
        let Some(place) = self.open.iter().rposition(ends) else {
            return;
        };
        // Articles may come after the channel's end tag, so it is closed at the feed's end.
        let is_channel = self.open[place].name == "channel";
        if place > 0 || self.open.len() == 1 || matches!(self.open[0].name, "rss" | "feed") {
            self.close_to(place + usize::from(is_channel));
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some(Open { name, source }) = self.open.pop() else {
            return;
        };
        let held = self.collected.take().map(|words| {
            if self.encoded {
                Cow::Owned(xml_values::decoded(&words))
            } else {
                words
            }
        });
        let declared = self.capture.map(|capture| capture.declared);
        let held = held.map(|words| match declared {
            Some(declared) => xml_values::as_markup(words, declared),
            None => words,
        });
        let held =
            held.map(|words| xml_values::founded(words, self.bases.last().map(|(_, base)| base)));
        self.bases.retain(|(depth, _)| *depth <= self.open.len());
        if let Some(capture) = self.capture.take() {
            match held {
                Some(words) if words.len() > MIN_SIDE_BYTES => {
                    let mark = self.aside.put(words);
                    self.out.push_str(&mark);
                }
                Some(words) => escape(&words, &mut self.out),
                None if self.encoded => xml_values::decode_from(capture.from, &mut self.out),
                None => {}
            }
            if is_date(name) {
                xml_values::date(capture.from, self.zone, &mut self.out);
            }
            if capture.idle || self.out[capture.from..].trim().is_empty() {
                // An element without text would take the place of one that has some.
                self.out.truncate(capture.tag);
                return;
            }
            if source.ends_with(":origLink") && !is_public(&self.out[capture.from..]) {
                self.out.truncate(capture.tag);
                self.out.extend(self.replaced_link.take());
                return;
            }
            if name == "link" && self.atom {
                xml_values::link_of_words(capture.tag, capture.from, &mut self.out);
                return;
            }
        }
        if name.ends_with(":duration") {
            xml_values::length(name, &mut self.out);
            return;
        }
        match name {
            // The parser needs a channel; a feed without one is valid but has no articles.
            "rss" if !self.out.contains("<channel>") => self.out.push_str("<channel></channel>"),
            "author" | "contributor" if self.atom => xml_values::named_person(name, &mut self.out),
            "author" | "dc:creator" | "managingEditor" | "webMaster" => {
                xml_values::person(&mut self.out);
            }
            _ => {}
        }
        if self
            .open
            .last()
            .is_some_and(|o| matches!(o.name, "item" | "entry" | "channel" | "feed"))
        {
            self.said |= bit(name);
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
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
