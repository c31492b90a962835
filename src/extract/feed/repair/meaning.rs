//! Decides what a feed's elements mean, by the prefixes that it declares and by their place.

use url::Url;

use super::super::element_names::{
    KnownElement, Namespace, PREFIXES, bit, canonical, meant_in_atom, meant_in_rss, parted,
    root_value, space, usual_space,
};
use super::super::xml_values;
use super::super::xml_values::{Attributes, DeclaredText};
use super::{Capture, Open, XmlWriter};
use crate::extract::html::markup::{escape, unescape};

/// The most prefixes that are remembered, more than any real feed declares.
const MAX_PREFIXES: usize = 64;

impl<'a> XmlWriter<'a> {
    /// Whether an element is XHTML's.
    pub(super) fn is_xhtml(&self, source: &str, attrs: Attributes<'_, 'a>) -> bool {
        self.space(parted(source).0) == Namespace::Xhtml
            || attrs
                .iter()
                .any(|(key, value)| *key == "xmlns" && space(value) == Namespace::Xhtml)
    }

    /// Takes article fields from a tag's attributes: the id in RSS 1.0, the address and date in
    /// Microsoft's Channel Definition Format.
    pub(super) fn about(&mut self, attrs: Attributes<'_, 'a>) {
        for (key, value) in attrs {
            let name = match key.to_ascii_lowercase().as_str() {
                "href" => "link",
                "lastmod" => "pubDate",
                "rdf:about" => "guid",
                _ => continue,
            };
            self.start(name, &[], false, "");
            self.text(value);
            self.end(name, "");
        }
    }

    /// Handles an Atom link in RSS: one to the article itself becomes RSS's link; others stay.
    pub(super) fn rss_link(&mut self, attrs: Attributes<'_, 'a>) {
        let value = |key: &str| attrs.iter().find(|(k, _)| *k == key).map(|(_, v)| v.trim());
        let own = value("rel").is_none_or(|rel| rel.eq_ignore_ascii_case("alternate"));
        if own && self.said & bit("link") == 0 {
            self.said |= bit("link");
            self.out.push_str("<link>");
            escape(&unescape(value("href").unwrap_or_default()), &mut self.out);
            self.out.push_str("</link>");
            return;
        }
        self.out.push_str("<atom:link");
        for (key, value) in attrs {
            xml_values::attribute(key, value, &mut self.out);
        }
        self.out.push_str("/>");
    }

    /// Begins the article's own address, which FeedBurner and its like put beside their own. It
    /// stands for the link then.
    pub(super) fn original_link(&mut self, source: &'a str) {
        if !self.atom {
            // The parser knows one kind of link in RSS, and the first one counts.
            let item = self.out.rfind("<item").unwrap_or(self.out.len());
            if let Some(start) = self.out[item..].find("<link>").map(|at| item + at)
                && let Some(length) = self.out[start..].find("</link>")
            {
                let range = start..start + length + "</link>".len();
                self.replaced_link = Some(self.out[range.clone()].to_owned());
                self.out.replace_range(range, "");
            }
        }
        let tag = self.out.len();
        self.out.push_str(if self.atom {
            "<link rel=\"canonical\">"
        } else {
            "<link>"
        });
        self.open.push(Open {
            source,
            name: "link",
        });
        self.inline = false;
        self.encoded = false;
        self.capture = Some(Capture {
            tag,
            from: self.out.len(),
            idle: false,
            brief: true,
            declared: DeclaredText::Markup,
        });
    }

    /// Remembers the namespaces that a tag declares for prefixes.
    pub(super) fn declare(&mut self, attrs: Attributes<'_, 'a>) {
        for (key, value) in attrs {
            if let Some(prefix) = key.strip_prefix("xmlns:")
                && self.prefixes.len() < MAX_PREFIXES
            {
                self.prefixes.push((prefix, space(value)));
            }
        }
    }

    /// Remembers the base address of a tag's `xml:base` for as long as its element is open.
    pub(super) fn found(&mut self, attrs: Attributes<'_, 'a>) {
        let Some((_, written)) = attrs.iter().find(|(key, _)| *key == "xml:base") else {
            return;
        };
        let written = unescape(written.trim());
        let base = match self.bases.last() {
            Some((_, base)) => base.join(&written),
            None => Url::parse(&written),
        };
        self.bases
            .extend(base.ok().map(|base| (self.open.len() + 1, base)));
    }

    /// The namespace of a prefix, declared or usual.
    pub(super) fn space(&self, prefix: &str) -> Namespace {
        let declared = self
            .prefixes
            .iter()
            .rev()
            .find(|(p, _)| *p == prefix)
            .map(|(_, space)| *space);
        match declared.unwrap_or_else(|| usual_space(prefix)) {
            Namespace::Atom if self.atom => Namespace::Own,
            space => space,
        }
    }

    /// The parser's name for an element, or `None` if the article already has that field.
    pub(super) fn meant(&self, source: &'a str) -> Option<&'a str> {
        let (prefix, rest) = parted(source);
        let space = self.space(prefix);
        let local = canonical(rest);
        let meant: KnownElement = match self.open.last().map(|o| o.name) {
            Some("item") if !self.atom => meant_in_rss(space, local),
            Some("entry") if self.atom => meant_in_atom(space, local),
            Some("feed") if space == Namespace::Own && local == "modified" => {
                Some(("updated", false))
            }
            Some("feed") if space == Namespace::Own && local == "tagline" => {
                Some(("subtitle", false))
            }
            Some("channel") if space == Namespace::Dublin && local == "language" => {
                Some(("language", false))
            }
            Some("channel") if space == Namespace::Dublin && local == "title" => {
                Some(("title", true))
            }
            _ => None,
        };
        match meant {
            Some((name, true)) if self.said & bit(name) != 0 => None,
            Some((name, _)) => Some(name),
            None if space == Namespace::Own => Some(local),
            None => Some(source),
        }
    }

    /// Handles the outermost element; anything but a feed's root is ignored.
    pub(super) fn root(&mut self, source: &'a str, attrs: Attributes<'_, 'a>) {
        let (prefix, rest) = parted(source);
        let local = canonical(rest);
        if !matches!(local, "rss" | "RDF" | "rdf" | "feed" | "entry" | "channel")
            || !self.out.is_empty()
        {
            return;
        }
        self.atom = matches!(local, "feed" | "entry");
        if !prefix.is_empty() && !local.eq_ignore_ascii_case("rdf") {
            self.prefixes.push((prefix, Namespace::Own));
        }
        // RSS 1.0 is read as RSS: only its articles are beside the channel instead of in it.
        let name = if self.atom { local } else { "rss" };
        self.out.push('<');
        self.out.push_str(name);
        let known = |key: &str| attrs.iter().any(|(k, _)| *k == key);
        for (key, value) in attrs
            .iter()
            .filter(|(k, _)| !matches!(*k, "version" | "xmlns"))
        {
            xml_values::attribute(key, root_value(value), &mut self.out);
        }
        for (key, value) in PREFIXES.iter().filter(|(k, _)| !known(k)) {
            xml_values::attribute(key, value, &mut self.out);
        }
        let (key, value) = if self.atom {
            ("xmlns", PREFIXES[3].1)
        } else {
            ("version", "2.0")
        };
        xml_values::attribute(key, value, &mut self.out);
        self.out.push('>');
        self.open.push(Open { source, name });
        if local == "channel" {
            self.open(source, "channel");
            self.about(attrs);
        }
    }
}
