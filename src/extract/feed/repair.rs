//! A feed as it came → well-formed XML that a strict parser reads the same way.
//!
//! Takes away the declaration (the text is decoded already), the doctype with its entities, comments and control
//! characters; escapes stray `&` and `<`; closes what was left open; turns markup written plainly inside a text element
//! into text; declares prefixes that were forgotten; writes dates as RFC 3339. Long texts are not written out, escaped and
//! read again: they are laid [`Aside`], and a mark stands for each.

use std::borrow::Cow;

use jiff::tz::Offset;

use super::aside::Aside;
use super::date::instant;
use super::names::{PREFIXES, canonical, is_body, is_date, is_words, local, root_value};
use crate::extract::markup::{Piece, entity, escape, is_forbidden, pieces, unescape};

/// Deeper elements lose their tags and keep their text.
const DEEPEST: usize = 48;

/// A text of fewer bytes is written out where it stands.
const SHORT: usize = 120;
/// The document, well-formed, and its long texts. `zone` is assumed for dates that name none. `None` where no element of a
/// feed opens it.
pub(super) fn repair(source: &str, zone: Offset) -> Option<(String, Aside<'_>)> {
    let mut writer = Writer {
        out: String::with_capacity(source.len() / 4 + 512),
        held: None,
        aside: Aside::default(),
        open: Vec::new(),
        atom: false,
        zone,
        capture: None,
        inline: false,
        prefix: "",
    };
    for piece in pieces(source) {
        match piece {
            // Sections within sections leave their marks.
            Piece::Text(text) => writer.text(text.strip_prefix("]]>").unwrap_or(text)),
            Piece::Data(text) => writer.data(text.strip_prefix("<![CDATA[").unwrap_or(text)),
            Piece::Start { name, attrs, closed, raw } => writer.start(name, &attrs, closed, raw),
            Piece::End { name, raw } => writer.end(name, raw),
            Piece::Aside => {}
        }
    }
    while !writer.open.is_empty() {
        writer.close();
    }
    (!writer.out.is_empty()).then_some((writer.out, writer.aside))
}

struct Writer<'a> {
    out: String,
    /// The words of an article so far, entities resolved, while its element is open.
    held: Option<Cow<'a, str>>,
    aside: Aside<'a>,
    open: Vec<&'a str>,
    atom: bool,
    zone: Offset,
    /// The element whose words are being taken as they come: its name, and where they begin.
    capture: Option<(&'a str, usize)>,
    /// Its markup is written plainly, so its entities are one level deeper than those of escaped markup.
    inline: bool,
    /// The prefix of Atom's own elements, colon included, where they have one.
    prefix: &'a str,
}

impl<'a> Writer<'a> {
    fn data(&mut self, text: &'a str) {
        if self.held.is_some() {
            self.hold(text);
        } else if !self.open.is_empty() {
            escape(text, &mut self.out);
        }
    }

    /// Adds to the words of an article.
    fn hold(&mut self, text: &'a str) {
        match &mut self.held {
            Some(held) if held.is_empty() => *held = Cow::Borrowed(text),
            Some(held) => held.to_mut().push_str(text),
            None => {}
        }
    }

    fn text(&mut self, text: &'a str) {
        if self.open.is_empty() {
            return;
        }
        if let Some(held) = &mut self.held {
            if self.inline || !text.contains('&') {
                self.hold(text);
            } else {
                held.to_mut().push_str(&unescape(text));
            }
            return;
        }
        if self.inline && self.capture.is_some() {
            escape(text, &mut self.out);
            return;
        }
        let mut rest = text;
        while let Some(at) = rest.find(['&', '<', '>']) {
            copy(&rest[..at], &mut self.out);
            rest = &rest[at..];
            match rest.as_bytes()[0] {
                b'&' => rest = self.reference(rest),
                b'<' => {
                    self.out.push_str("&lt;");
                    rest = &rest[1..];
                }
                _ => {
                    self.out.push_str("&gt;");
                    rest = &rest[1..];
                }
            }
        }
        copy(rest, &mut self.out);
    }

    /// An entity, kept where it is one; a named one of HTML is left for the reader of the text.
    fn reference<'t>(&mut self, rest: &'t str) -> &'t str {
        if let Some((c, length)) = entity(rest) {
            let mut letter = [0; 4];
            escape(c.encode_utf8(&mut letter), &mut self.out);
            return &rest[length..];
        }
        self.out.push_str("&amp;");
        &rest[1..]
    }

    fn start(&mut self, name: &'a str, attrs: &[(&str, &str)], closed: bool, raw: &'a str) {
        if self.capture.is_some() {
            if !matches!(canonical(name), "item" | "entry") {
                self.data(raw);
                return;
            }
            // The text before it was never closed.
            self.close();
        }
        if self.open.is_empty() {
            self.root(name, attrs, closed);
            return;
        }
        if self.open.len() >= DEEPEST {
            return;
        }
        let name = self.renamed(name);
        let is_rss = self.open[0] == "rss";
        if is_rss && name == "channel" && self.open.len() > 1 {
            return;
        }
        if matches!(name, "item" | "entry")
            && let Some(place) = self.open.iter().position(|open| *open == name)
        {
            // The article before it was never closed.
            while self.open.len() > place {
                self.close();
            }
        }
        if is_rss && name == "item" && self.open.len() == 1 {
            self.out.push_str("<channel>");
            self.open.push("channel");
        }
        let words = is_words(name, self.atom);
        self.out.push('<');
        self.out.push_str(name);
        // Content that lives elsewhere has no words, and a type of its own.
        let elsewhere = self.atom && attrs.iter().any(|(k, _)| *k == "src");
        let typed = words && self.atom && !elsewhere;
        for (key, value) in attrs.iter().filter(|(k, _)| !(typed && matches!(*k, "type" | "mode"))) {
            self.attribute(key, value);
        }
        if typed {
            self.inline = is_inline(attrs);
            let kind = kind_of_text(attrs, self.inline);
            self.attribute("type", kind);
        }
        if closed {
            self.out.push_str("/>");
            return;
        }
        self.out.push('>');
        self.open.push(name);
        if (words && !elsewhere) || is_date(name) {
            self.inline &= typed;
            self.capture = Some((name, self.out.len()));
            self.held = is_body(name).then_some(Cow::Borrowed(""));
        }
    }

    /// The outermost element: only a feed's own opens a feed.
    fn root(&mut self, name: &'a str, attrs: &[(&str, &str)], closed: bool) {
        let local = local(canonical(name));
        if !matches!(local, "rss" | "RDF" | "rdf" | "feed" | "entry" | "channel") || closed || !self.out.is_empty() {
            return;
        }
        self.atom = matches!(local, "feed" | "entry");
        if local == "channel" {
            self.root("rss", &[], false);
            self.open.push("channel");
            self.out.push_str("<channel>");
            return;
        }
        if self.atom && name != local {
            self.prefix = &name[..name.len() - local.len()];
        }
        let name = if self.atom || local == "rss" { local } else { name };
        self.out.push('<');
        self.out.push_str(name);
        let known = |key: &str| attrs.iter().any(|(k, _)| *k == key);
        let own = self.atom;
        for (key, value) in attrs.iter().filter(|(k, _)| *k != "version" && !(own && *k == "xmlns")) {
            self.attribute(key, root_value(key, value));
        }
        for (key, value) in PREFIXES.iter().filter(|(k, _)| !known(k)) {
            self.attribute(key, value);
        }
        if own {
            self.attribute("xmlns", "http://www.w3.org/2005/Atom");
        }
        if local == "rss" {
            self.out.push_str(" version=\"2.0\"");
        }
        self.out.push('>');
        self.open.push(name);
    }

    fn attribute(&mut self, key: &str, value: &str) {
        let sound = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b":-_.".contains(&b))
            && key.matches(':').count() <= 1
            && !key.ends_with(':');
        // A base that is no address makes a strict parser give the whole feed up.
        if !sound || (key == "xml:base" && url::Url::parse(value).is_err() && value.contains(':')) {
            return;
        }
        let tag = self.out.rfind('<').unwrap_or(0);
        if self.out[tag..].contains(&format!(" {key}=\"")) {
            return;
        }
        self.out.push(' ');
        self.out.push_str(key);
        self.out.push_str("=\"");
        escape(&unescape(value), &mut self.out);
        self.out.push('"');
    }

    /// Atom 0.3's names for what Atom 1.0 renamed.
    fn renamed(&self, name: &'a str) -> &'a str {
        let name = if self.prefix.is_empty() { name } else { name.strip_prefix(self.prefix).unwrap_or(name) };
        match canonical(name) {
            "issued" if self.atom => "published",
            "modified" if self.atom => "updated",
            "tagline" if self.atom => "subtitle",
            name => name,
        }
    }

    fn end(&mut self, name: &'a str, raw: &'a str) {
        let name = self.renamed(name);
        if let Some((capturing, _)) = self.capture {
            if capturing == name {
                self.close();
            } else if matches!(name, "item" | "entry" | "channel" | "rss" | "feed") && self.open.contains(&name) {
                // The text was never closed.
                self.close();
                self.end(name, raw);
            } else {
                self.data(raw);
            }
            return;
        }
        // Articles may stand behind the channel's end: it ends with the feed.
        if name == "channel" && self.open.first() == Some(&"rss") {
            while self.open.len() > 2 {
                self.close();
            }
            return;
        }
        // Depth is bounded, so is this search.
        if let Some(place) = self.open.iter().rposition(|open| *open == name)
            && (place > 0 || self.open.len() == 1 || matches!(local(name), "rss" | "feed" | "RDF"))
        {
            while self.open.len() > place {
                self.close();
            }
        }
    }

    fn close(&mut self) {
        let Some(name) = self.open.pop() else { return };
        match self.held.take() {
            Some(words) if words.len() > SHORT => {
                let mark = self.aside.put(words);
                self.out.push_str(&mark);
            }
            Some(words) => escape(&words, &mut self.out),
            None => {}
        }
        if let Some((captured, from)) = self.capture.take()
            && is_date(captured)
        {
            self.date(from);
        }
        if matches!(local(name), "author" | "creator" | "managingEditor" | "webMaster") {
            self.person();
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// A person with a mailbox: signs of several bytes beside it become blanks, for the parser below cuts them in two.
    fn person(&mut self) {
        let written = self.out.split_off(self.out.rfind('>').map_or(0, |at| at + 1));
        let is_kept = |c: char| c.is_ascii() || c.is_alphabetic() || !written.contains('@');
        self.out.extend(written.chars().map(|c| if is_kept(c) { c } else { ' ' }));
    }

    /// What was written as a date, as RFC 3339; what is none, as nothing.
    fn date(&mut self, from: usize) {
        let written = self.out.split_off(from);
        if let Some(at) = instant(&written, self.zone) {
            self.out.push_str(&at.to_string());
        }
    }
}

/// Whether the markup of an Atom text is written plainly: as XHTML, or by Atom 0.3's `mode`.
fn is_inline(attrs: &[(&str, &str)]) -> bool {
    let value = |key: &str| attrs.iter().find(|(k, _)| *k == key).map_or("", |(_, v)| v.trim());
    value("mode") == "xml" || (value("type").contains("xhtml") && value("mode").is_empty())
}

/// The `type` that a parser of Atom 1.0 knows for what `type` and `mode` of any version say.
fn kind_of_text<'v>(attrs: &[(&'v str, &'v str)], inline: bool) -> &'v str {
    let value = |key: &str| attrs.iter().find(|(k, _)| *k == key).map_or("", |(_, v)| v.trim());
    match value("type") {
        _ if inline => "html",
        "" if value("mode") == "escaped" => "html",
        kind if kind.contains("html") => "html",
        _ => "text",
    }
}

fn copy(text: &str, out: &mut String) {
    if text.chars().any(is_forbidden) {
        out.extend(text.chars().filter(|c| !is_forbidden(*c)));
    } else {
        out.push_str(text);
    }
}
