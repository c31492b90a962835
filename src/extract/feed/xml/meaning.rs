//! Decides what a feed's elements mean, by the prefixes that it declares and by their place, and
//! keeps what their attributes say.

use url::Url;

use super::super::elements::{
    Element, Meaning, Namespace, canonical, meant_anywhere, meant_in_atom, meant_in_rss, parted,
    space, usual_space,
};
use super::super::texts::{self, Attributes};
use super::{
    Open, RawEntry, RawFile, RawLink, RawMedia, XmlReader, attribute, language, link_of, resolved,
    resolved_url, whole_seconds,
};
use crate::extract::html::markup::unescape;

/// The most prefixes that are remembered, more than any real feed declares.
const MAX_PREFIXES: usize = 64;

impl<'a> XmlReader<'a> {
    /// Whether an element is XHTML's.
    pub(super) fn is_xhtml(&self, source: &str, attrs: Attributes<'_, 'a>) -> bool {
        self.space(parted(source).0) == Namespace::Xhtml
            || attrs
                .iter()
                .any(|(key, value)| *key == "xmlns" && space(value) == Namespace::Xhtml)
    }

    /// Handles the outermost element; anything but a feed's root is ignored.
    pub(super) fn root(&mut self, source: &'a str, attrs: Attributes<'_, 'a>) {
        let (prefix, rest) = parted(source);
        let local = canonical(rest);
        if !matches!(local, "rss" | "RDF" | "rdf" | "feed" | "entry" | "channel") || self.is_begun {
            return;
        }
        self.is_begun = true;
        self.is_atom = matches!(local, "feed" | "entry");
        if !prefix.is_empty() && !local.eq_ignore_ascii_case("rdf") {
            self.prefixes.push((prefix, Namespace::Own));
        }
        self.feed.language = language(attrs);
        let element = if local == "entry" {
            self.begin_entry(attrs);
            Element::Entry
        } else {
            self.about(Element::Feed, attrs);
            Element::Feed
        };
        self.open.push(Open { source, element });
    }

    /// Takes what a tag's attributes say of its article or feed: the id in RSS 1.0, the address and
    /// date in Microsoft's Channel Definition Format.
    pub(super) fn about(&mut self, element: Element, attrs: Attributes<'_, 'a>) {
        for (key, value) in attrs {
            let value = unescape(value);
            let link = || RawLink {
                href: resolved(&value, self.base()),
                ..RawLink::default()
            };
            match (key.to_ascii_lowercase().as_str(), element) {
                ("href", Element::Feed) => {
                    let link = link();
                    self.feed.links.push(link);
                }
                ("href", _) => {
                    let link = link();
                    self.entry(Element::Link, |entry| entry.links.push(link));
                }
                ("lastmod", Element::Entry) => {
                    let date = whole_seconds(&value, self.zone);
                    self.entry(Element::Published, |entry| entry.published = date);
                }
                ("rdf:about", Element::Entry) => {
                    let id = value.trim().to_owned();
                    self.entry(Element::Id, |entry| entry.id = id);
                }
                _ => {}
            }
        }
    }

    /// Keeps a link by its attributes.
    pub(super) fn link(&mut self, attrs: Attributes<'_, 'a>) {
        let href = attribute(attrs, "href").unwrap_or_default();
        let link = RawLink {
            href: resolved(&href, self.base()),
            ..link_of(attrs)
        };
        match self.open.last().map(|open| open.element) {
            Some(Element::Feed) => self.feed.links.push(link),
            Some(Element::Entry) => self.entry(Element::Link, |entry| entry.links.push(link)),
            _ => {}
        }
    }

    /// Keeps what the attributes of an element say of files beside an article's text, of its
    /// category, and of where it was taken from.
    pub(super) fn media(&mut self, element: Element, attrs: Attributes<'_, 'a>) {
        let address = |this: &Self, key| {
            let written = attribute(attrs, key)?;
            resolved_url(written.trim(), this.base())
        };
        let number = |key| attribute(attrs, key).and_then(|n| n.trim().parse().ok());
        let kind = attribute(attrs, "type").filter(|kind| is_media_type(kind));
        let is_entrys = self
            .open
            .last()
            .is_some_and(|o| o.element == Element::Entry);
        match element {
            Element::Enclosure | Element::Picture | Element::Category if !is_entrys => {}
            Element::MediaGroup => self.entry(element, |entry| {
                entry.media_groups.push(RawMedia::default());
            }),
            Element::MediaContent => {
                if let Some(url) = address(self, "url")
                    && let Some(media) = self.media_here()
                {
                    media.files.push(RawFile {
                        url,
                        kind: kind.or_else(|| attribute(attrs, "medium")),
                        bytes: number("fileSize"),
                        seconds: attribute(attrs, "duration").and_then(|d| texts::seconds(&d)),
                    });
                }
            }
            Element::MediaThumbnail => {
                if let Some(url) = attribute(attrs, "url") {
                    let url = resolved(&url, self.base());
                    if let Some(media) = self.media_here() {
                        media.thumbnails.push(url);
                    }
                }
            }
            Element::Enclosure => {
                if let Some(url) = address(self, "url") {
                    let file = RawFile {
                        url,
                        kind,
                        bytes: number("length"),
                        seconds: None,
                    };
                    self.entry(element, |entry| entry.enclosures.push(file));
                }
            }
            Element::Picture => {
                if let Some(url) = attribute(attrs, "href") {
                    let url = resolved(&url, self.base());
                    self.entry(element, |entry| entry.picture = Some(url));
                }
            }
            Element::Category if self.is_atom => {
                let category = attribute(attrs, "label").or_else(|| attribute(attrs, "term"));
                self.entry(element, |entry| entry.categories.extend(category));
            }
            _ => {}
        }
    }

    /// Keeps a recording or film that stands for an article's text in Atom.
    pub(super) fn content_elsewhere(&mut self, attrs: Attributes<'_, 'a>) {
        let kind = attribute(attrs, "type").filter(|kind| is_media_type(kind));
        let is_played = |kind: &String| ["audio/", "video/"].iter().any(|k| kind.starts_with(k));
        let url = attribute(attrs, "src").and_then(|src| resolved_url(src.trim(), self.base()));
        if let (Some(url), Some(kind)) = (url, kind.filter(is_played)) {
            let file = RawFile {
                url,
                kind: Some(kind),
                bytes: None,
                seconds: None,
            };
            self.entry(Element::Enclosure, |entry| entry.enclosures.push(file));
        }
    }

    /// Changes the article that is being read.
    fn entry(&mut self, element: Element, change: impl FnOnce(&mut RawEntry<'a>)) {
        if let Some(entry) = self.feed.entries.last_mut() {
            change(entry);
            self.said |= element.bit();
        }
    }

    /// The pictures, recordings and films that belong to the innermost element.
    pub(super) fn media_here(&mut self) -> Option<&mut RawMedia> {
        let is_open = |element| self.open.iter().any(|open| open.element == element);
        let is_grouped = is_open(Element::MediaGroup);
        let entry = self
            .feed
            .entries
            .last_mut()
            .filter(|_| is_open(Element::Entry))?;
        Some(match entry.media_groups.last_mut() {
            Some(group) if is_grouped => group,
            _ => &mut entry.media,
        })
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

    /// Remembers the prefix that a text in XHTML declares for itself, where it is first used. What
    /// else a text declares, for a picture in SVG, means nothing outside it.
    pub(super) fn declare_xhtml(&mut self, attrs: Attributes<'_, 'a>) {
        let is_xhtml = |(_, value): &&(&'a str, &'a str)| space(value) == Namespace::Xhtml;
        if let Some(declared) = attrs.iter().find(is_xhtml) {
            self.declare(&[*declared]);
        }
    }

    /// Remembers the base address of a tag's `xml:base` for as long as its element is open.
    pub(super) fn found(&mut self, attrs: Attributes<'_, 'a>) {
        // Those of elements that closed themselves.
        let depth = self.open.len();
        self.bases.retain(|(at, _)| *at <= depth);
        let Some(written) = attribute(attrs, "xml:base") else {
            return;
        };
        let base = resolved_url(written.trim(), self.base());
        self.bases.extend(base.map(|base| (depth + 1, base)));
    }

    /// The address that makes links whole.
    pub(super) fn base(&self) -> Option<&Url> {
        self.bases.last().map(|(_, base)| base)
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
            Namespace::Atom if self.is_atom => Namespace::Own,
            space => space,
        }
    }

    /// What an element means, or `None` if the article has that already.
    pub(super) fn meant(&self, source: &'a str) -> Option<Element> {
        let (prefix, rest) = parted(source);
        let space = self.space(prefix);
        let local = canonical(rest);
        let meant: Meaning = match self.open.last().map(|o| o.element) {
            Some(Element::Entry) if local == "origLink" => Some((Element::OriginalLink, false)),
            Some(Element::Entry) if !self.is_atom => meant_in_rss(space, local),
            Some(Element::Entry) => meant_in_atom(space, local),
            Some(Element::Feed) if space == Namespace::Dublin && !self.is_atom => match local {
                "language" => Some((Element::Language, false)),
                "title" => Some((Element::Title, true)),
                _ => None,
            },
            _ => None,
        };
        match meant {
            Some((element, true)) if self.said & element.bit() != 0 => None,
            Some((element, _)) => Some(element),
            None => Some(meant_anywhere(space, local, self.is_atom)),
        }
    }
}

/// Whether a text is a media type as far as its form goes.
fn is_media_type(text: &str) -> bool {
    let is_part = |part: &str| {
        let mut name = part.bytes();
        !part.is_empty() && name.all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&b))
    };
    let bare = text.split(';').next().unwrap_or_default().trim();
    bare.split_once('/')
        .is_some_and(|(kind, format)| is_part(kind) && is_part(format))
}
