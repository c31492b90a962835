//! Tells markup from words in angle brackets: newspapers set names of shows, works and columns in
//! them (`<PD수첩> 이번 주 방송`, `<Map of the Soul> 1위`), and feeds write those unescaped.
//!
//! In a headline only closed pairs of a few elements, `<br>` and `<img>` are markup. A longer text
//! may hold any HTML, but no tag that is not closed, has no attribute with a value and is not one
//! of those that writers leave open.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::{memchr, memmem};

use crate::extract::html::entity::resolve;
use crate::news::order::Order as _;
use crate::news::word_list::section;

static ELEMENTS: LazyLock<Elements> = LazyLock::new(Elements::new);

/// Searches for the end tag of an element that HTML does not know; more in one text are words.
const MAX_SEARCHES: usize = 64;

/// How an element takes part in telling markup from words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ElementKind {
    /// It has no content.
    Void,
    /// Writers leave its end tag out.
    Text,
    /// It is markup where it is closed.
    Other,
}

/// The known elements, sorted by their keys.
struct Elements {
    known: Vec<(&'static str, ElementKind)>,
    keys: Vec<u128>,
    headline: Vec<&'static str>,
    html_headline: Vec<&'static str>,
}

impl Elements {
    fn new() -> Self {
        let file = include_str!("../../../assets/words/html_elements.txt");
        let mut known = Vec::new();
        for (heading, kind) in [
            ("void", ElementKind::Void),
            ("text", ElementKind::Text),
            ("other", ElementKind::Other),
        ] {
            known.extend(section(file, heading).into_iter().map(|name| (name, kind)));
        }
        known.order_by_key(|(name, _)| key(name));
        Self {
            keys: known.iter().map(|(name, _)| key(name)).collect(),
            known,
            headline: section(file, "headline"),
            html_headline: section(file, "html headline"),
        }
    }

    /// The number of the element `name`, in any case.
    fn find(&self, name: &str) -> Option<usize> {
        if name.len() > LONGEST_NAME {
            return None;
        }
        self.keys.binary_search(&key(name)).ok()
    }
}

/// Most letters of an element's name: as many as a key can hold.
const LONGEST_NAME: usize = 16;

/// A name of at most [`LONGEST_NAME`] letters, in any case, as a number. Every tag of every text is
/// looked up, and numbers are compared without a call.
fn key(name: &str) -> u128 {
    let letters = name.bytes().map(|letter| letter.to_ascii_lowercase());
    letters.fold(0, |key, letter| key << 8 | u128::from(letter))
}

/// How a headline was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum HeadlineMarkup {
    /// As RSS has it: text in which few elements are markup.
    Usual,
    /// Declared as HTML.
    Html,
    /// Declared as text, without markup and entities.
    None,
}

/// The words of a headline.
pub(super) fn headline_words(written: &str, markup: HeadlineMarkup) -> Cow<'_, str> {
    if markup == HeadlineMarkup::None || !written.contains(['<', '&']) {
        return Cow::Borrowed(written);
    }
    let mut out = String::with_capacity(written.len());
    let mut from = 0;
    let mut tags = tags(written);
    pair(&mut tags);
    for tag in &tags {
        let Some(element) = tag.element else { continue };
        let (name, kind) = ELEMENTS.known[element];
        let is_markup = match kind {
            ElementKind::Void => {
                matches!(name, "br" | "img")
                    && tag.shape != TagShape::Words
                    && written[..tag.end].ends_with('>')
            }
            _ => {
                let allowed = ELEMENTS.headline.contains(&name)
                    || (markup == HeadlineMarkup::Html && ELEMENTS.html_headline.contains(&name));
                allowed && tag.is_paired
            }
        };
        if is_markup {
            out.push_str(&resolve(&written[from..tag.start]));
            if matches!(name, "br" | "img" | "p" | "div") {
                out.push(' ');
            }
            from = tag.end;
        }
    }
    out.push_str(&resolve(&written[from..]));
    Cow::Owned(out)
}

/// A text of a feed with each `<` that opens no tag written as `&lt;`.
pub(super) fn words_escaped(text: &str) -> Cow<'_, str> {
    if memchr(b'<', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut tags = tags(text);
    pair(&mut tags);
    let is_html = tags.iter().any(|tag| tag.is_telling());
    let mut searches = 0;
    let mut out = String::new();
    let mut from = 0;
    for tag in &tags {
        let is_markup = match tag.element {
            Some(element) => tag.is_markup(text, ELEMENTS.known[element], is_html),
            None => tag.is_foreign_markup(text, &mut searches),
        };
        if !is_markup {
            out.push_str(&text[from..tag.start]);
            out.push_str("&lt;");
            from = tag.start + 1;
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

/// What stands between a tag's name and its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum TagShape {
    /// Nothing.
    Bare,
    /// Attributes, one of them with a value.
    Attributes,
    /// Anything else.
    Words,
}

/// What begins with `<` and could be a tag.
struct Tag<'t> {
    start: usize,
    end: usize,
    name: &'t str,
    is_end: bool,
    shape: TagShape,
    /// Its number among the known elements.
    element: Option<usize>,
    /// Whether it is closed, or closes another.
    is_paired: bool,
}

impl Tag<'_> {
    /// Whether a text with this tag is HTML: people don't write such by chance.
    fn is_telling(&self) -> bool {
        let Some(element) = self.element else {
            return self.shape == TagShape::Attributes;
        };
        self.is_paired
            || self.shape == TagShape::Attributes
            || (self.shape == TagShape::Bare && matches!(ELEMENTS.known[element].0, "br" | "img"))
    }

    fn is_markup(&self, text: &str, known: (&str, ElementKind), is_html: bool) -> bool {
        if self.is_paired || self.shape == TagShape::Attributes {
            return true;
        }
        if self.shape == TagShape::Words {
            return false;
        }
        match known {
            ("br" | "img", _) => true,
            // `<p>` alone separates paragraphs in old feeds; in `the <p> element` it is a word.
            ("p", _) => is_html || (self.name == "p" && begins_sentence(&text[..self.start])),
            // Their content is code, even where it is cut off.
            ("script" | "style", _) | (_, ElementKind::Void) => is_html,
            // `<A>` and `<B>` are classes and sides of records.
            (_, ElementKind::Text) => {
                is_html && (self.is_end || self.name.starts_with(|c: char| c.is_ascii_lowercase()))
            }
            (_, ElementKind::Other) => is_html && self.is_end,
        }
    }

    /// Whether it is of another vocabulary, such as AMP or Office.
    fn is_foreign_markup(&self, text: &str, searches: &mut usize) -> bool {
        // What is no name: comments and declarations.
        if self.name.is_empty() || self.shape == TagShape::Attributes {
            return true;
        }
        if self.shape == TagShape::Words || *searches >= MAX_SEARCHES {
            return false;
        }
        *searches += 1;
        let other = if self.is_end {
            format!("<{}", self.name)
        } else {
            format!("</{}", self.name)
        };
        let rest = if self.is_end {
            &text[..self.start]
        } else {
            &text[self.end..]
        };
        self.name.starts_with(|c: char| c.is_ascii_lowercase())
            && memmem::find(rest.as_bytes(), other.as_bytes()).is_some()
    }
}

fn begins_sentence(before: &str) -> bool {
    before
        .trim_end_matches([' ', '\t', '\u{a0}'])
        .chars()
        .next_back()
        .is_none_or(|c| ".?!…\"”’'>\n\r:)".contains(c))
}

/// Everything in `text` that could be a tag.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut from = 0;
    // An end that is missing is looked for once.
    let mut is_open = false;
    while let Some(at) = memchr(b'<', &bytes[from..]) {
        let start = from + at;
        let rest = &text[start..];
        from = start + 1;
        if matches!(bytes.get(start + 1), Some(b'!' | b'?')) {
            match aside(rest) {
                Some(length) => from = start + length,
                None => found.push(Tag {
                    start,
                    end: start + 1,
                    name: "!",
                    is_end: false,
                    shape: TagShape::Words,
                    element: None,
                    is_paired: false,
                }),
            }
            continue;
        }
        let is_end = bytes.get(start + 1) == Some(&b'/');
        let inner = start + 1 + usize::from(is_end);
        if !bytes.get(inner).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let length = bytes[inner..]
            .iter()
            .position(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/' | b'<'))
            .unwrap_or(bytes.len() - inner);
        let name = &text[inner..inner + length];
        let (shape, end) = shape(&text[inner + length..]);
        let element = ELEMENTS.find(name);
        found.push(Tag {
            start,
            end: inner + length + end,
            name,
            is_end,
            shape: if name
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-:_.".contains(&b))
            {
                shape
            } else {
                TagShape::Words
            },
            element,
            is_paired: false,
        });
        let tag = &found[found.len() - 1];
        if tag.shape == TagShape::Attributes {
            // A `<` in an attribute's value opens nothing.
            from = tag.end;
        }
        // The content of these is no text, and what looks like a tag in it is none.
        let is_code = matches!(
            element.map(|e| ELEMENTS.known[e].0),
            Some("script" | "style")
        );
        if is_code && !is_end && !is_open && tag.shape != TagShape::Words {
            match memmem::find(&bytes[tag.end..], b"</s") {
                Some(close) => from = tag.end + close,
                None => is_open = true,
            }
        }
    }
    found
}

/// The length of the comment or declaration at the start of `rest`, or `None` if it is neither.
fn aside(rest: &str) -> Option<usize> {
    if rest.starts_with("<!--") {
        return Some(rest.find("-->").map_or(rest.len(), |at| at + 3));
    }
    let is = |mark: &str| {
        rest.get(..mark.len())
            .is_some_and(|r| r.eq_ignore_ascii_case(mark))
    };
    (is("<!doctype") || is("<![") || is("<?xml") || is("<?php"))
        .then(|| rest.find('>').map_or(rest.len(), |at| at + 1))
}

/// What stands in `rest` up to the end of the tag, and where that is. A tag that is cut off ends
/// with the text.
fn shape(rest: &str) -> (TagShape, usize) {
    let bytes = rest.as_bytes();
    let mut at = 0;
    let (mut valued, mut bare) = (false, false);
    loop {
        while bytes
            .get(at)
            .is_some_and(|b| b.is_ascii_whitespace() || *b == b'/')
        {
            at += 1;
        }
        match bytes.get(at) {
            Some(b'>') => {
                let shape = match (valued, bare) {
                    (true, _) => TagShape::Attributes,
                    (false, false) => TagShape::Bare,
                    (false, true) => TagShape::Words,
                };
                return (shape, at + 1);
            }
            // Cut off.
            None if valued => return (TagShape::Attributes, at),
            None if !bare => return (TagShape::Bare, at),
            Some(b) if b.is_ascii_alphabetic() || matches!(b, b'_' | b':' | b'@') => {}
            _ => return (TagShape::Words, at),
        }
        while bytes
            .get(at)
            .is_some_and(|b| b.is_ascii_alphanumeric() || b"-_:.@".contains(b))
        {
            at += 1;
        }
        let after_name = at;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        if bytes.get(at) != Some(&b'=') {
            at = after_name;
            // `hidden`, `controls` and their like; words of a title are at most a few as well, so
            // that only a value tells them apart.
            bare = true;
            continue;
        }
        valued = true;
        at += 1;
        while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
            at += 1;
        }
        let end = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => memchr(*quote, &bytes[at + 1..]).map(|e| at + e + 2),
            _ => bytes[at..]
                .iter()
                .position(|b| b.is_ascii_whitespace() || *b == b'>')
                .map(|e| at + e),
        };
        match end {
            Some(end) => at = end,
            // The quote is never closed: the tag ends at the next `>`, or with the text.
            None => {
                let end = memchr(b'>', &bytes[at..]).map_or(bytes.len(), |e| at + e + 1);
                return (TagShape::Attributes, end);
            }
        }
    }
}

/// Marks the tags that belong to each other.
fn pair(tags: &mut [Tag<'_>]) {
    // The last open tag of each element, and for each tag the one that was open before it.
    let mut open: Vec<Option<usize>> = vec![None; ELEMENTS.known.len()];
    let mut before: Vec<Option<usize>> = vec![None; tags.len()];
    for at in 0..tags.len() {
        let Some(element) = tags[at].element else {
            continue;
        };
        if !tags[at].is_end {
            if ELEMENTS.known[element].1 != ElementKind::Void {
                before[at] = open[element].replace(at);
            }
        } else if let Some(start) = open[element] {
            open[element] = before[start];
            tags[start].is_paired = true;
            tags[at].is_paired = true;
        }
    }
}

#[cfg(test)]
#[path = "tests/angle_brackets.rs"]
mod tests;
