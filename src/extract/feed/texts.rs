//! What the texts of a feed are declared to be, and their markup.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::Url;

use crate::extract::html::markup::escape;

/// Names and values of a tag, with entities as written.
pub(super) type Attributes<'t, 'a> = &'t [(&'a str, &'a str)];

/// The seconds that a recording lasts: a number of seconds, or `1:02:03`. A part of a second is
/// dropped.
pub(super) fn seconds(written: &str) -> Option<u32> {
    let whole = written.trim().split('.').next().unwrap_or_default();
    let parts = whole.split(':').map(|part| part.trim().parse().ok());
    let parts: Vec<u32> = parts.collect::<Option<_>>()?;
    let sum = |all: u32, n: &u32| all.saturating_mul(60).saturating_add(*n);
    (parts.len() <= 3).then(|| parts.iter().fold(0, sum))
}

/// The text of base64; empty if the bytes are not text.
pub(super) fn decoded(words: &str) -> String {
    let packed: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    let text = STANDARD
        .decode(packed)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok());
    text.unwrap_or_default()
}

/// Puts the base address of an article's links before its text, where the feed gives one.
pub(super) fn with_base<'w>(words: Cow<'w, str>, base: Option<&Url>) -> Cow<'w, str> {
    match base {
        Some(base) if words.contains("href=") || words.contains("src=") => {
            let mut out = String::from("<base href=\"");
            escape(base.as_str(), &mut out);
            out.push_str("\">");
            out.push_str(&words);
            Cow::Owned(out)
        }
        _ => words,
    }
}

fn value<'a>(attrs: Attributes<'_, 'a>, key: &str) -> &'a str {
    attrs
        .iter()
        .find(|(k, _)| *k == key)
        .map_or("", |(_, v)| v.trim())
}

/// Whether the markup of an Atom text is not escaped: XHTML, or `mode="xml"` of Atom 0.3.
pub(super) fn is_inline(attrs: Attributes<'_, '_>) -> bool {
    let mode = value(attrs, "mode");
    mode == "xml" || (value(attrs, "type").contains("xhtml") && mode.is_empty())
}

/// Whether an Atom text is base64: by `mode` in Atom 0.3, and in Atom 1.0 by any `type` that is
/// neither text nor markup.
pub(super) fn is_encoded(attrs: Attributes<'_, '_>) -> bool {
    let kind = value(attrs, "type").to_ascii_lowercase();
    let is_text = !kind.contains('/')
        || kind.starts_with("text/")
        || kind.contains("xml")
        || kind.contains("html");
    match value(attrs, "mode") {
        "base64" => true,
        "" => !is_text,
        _ => false,
    }
}

/// What an Atom feed declares an element's text to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DeclaredText {
    /// HTML or XHTML.
    Markup,
    /// Nothing, which means text, but many feeds write HTML without saying so.
    Untyped,
    /// Text, in which nothing is markup.
    Plain,
}

/// What `type` and `mode` say that a text is, in any version of Atom.
pub(super) fn declared_text(attrs: Attributes<'_, '_>) -> DeclaredText {
    match (value(attrs, "type"), value(attrs, "mode")) {
        ("", "escaped") => DeclaredText::Markup,
        ("", _) => DeclaredText::Untyped,
        (kind, _) if kind.contains("html") => DeclaredText::Markup,
        _ => DeclaredText::Plain,
    }
}

/// A text as markup, in which plain text is escaped. A text without a type that begins as HTML is
/// taken as HTML.
pub(super) fn as_markup(words: Cow<'_, str>, declared: DeclaredText) -> Cow<'_, str> {
    const BLOCKS: [&str; 12] = [
        "<p>", "<p ", "<div", "<img ", "<table", "<ul>", "<ol>", "<h2", "<h3", "<figure", "<br",
        "<a href",
    ];
    let begins_as_html = || {
        let head = words.trim_start();
        BLOCKS.iter().any(|tag| {
            head.get(..tag.len())
                .is_some_and(|h| h.eq_ignore_ascii_case(tag))
        })
    };
    let is_plain = match declared {
        DeclaredText::Markup => false,
        DeclaredText::Untyped => !begins_as_html(),
        DeclaredText::Plain => true,
    };
    if is_plain && words.contains(['<', '&']) {
        Cow::Owned(marked_up(&words))
    } else {
        words
    }
}

/// Plain text as markup with a paragraph for each line.
pub(super) fn marked_up(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        out.push_str("<p>");
        escape(line, &mut out);
        out.push_str("</p>");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_with_all_their_parts() {
        for (written, read) in [
            ("95", Some(95)),
            (" 95.6 ", Some(95)),
            ("32:10", Some(1930)),
            ("1:02:03", Some(3723)),
            ("99999999:0:0", Some(u32::MAX)),
            ("99999999999", None),
            ("1:2:3:4", None),
            ("30분", None),
            ("", None),
        ] {
            assert_eq!(seconds(written), read, "{written}");
        }
    }
}
