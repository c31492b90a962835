//! Writes single texts, attributes, dates and persons of a feed in the form that the strict parser
//! reads.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::tz::Offset;
use url::Url;

use super::offsets::with_offset;
use crate::extract::dates::feed::stamp;
use crate::extract::html::markup::{entity, escape, is_forbidden, unescape};

/// Appends text between tags, escaped.
pub(super) fn text(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>']) {
        copy(&rest[..at], out);
        rest = &rest[at..];
        match rest.as_bytes()[0] {
            b'&' => {
                rest = reference(rest, out);
                continue;
            }
            b'<' => out.push_str("&lt;"),
            _ => out.push_str("&gt;"),
        }
        rest = &rest[1..];
    }
    copy(rest, out);
}

/// Appends what begins with `&` at the start of `rest`: entities of XML stay, those of HTML are
/// escaped once more, and any other `&` is escaped. Returns the rest.
fn reference<'t>(rest: &'t str, out: &mut String) -> &'t str {
    if let Some((c, length)) = entity(rest) {
        let mut letter = [0; 4];
        escape(c.encode_utf8(&mut letter), out);
        return &rest[length..];
    }
    out.push_str("&amp;");
    &rest[1..]
}

fn copy(text: &str, out: &mut String) {
    if text.chars().any(is_forbidden) {
        out.extend(text.chars().filter(|c| !is_forbidden(*c)));
    } else {
        out.push_str(text);
    }
}

/// Rewrites the length of a recording, whose element `name` was just written without its end tag,
/// with all its parts, and gives it a title: the parser forgets it where iTunes says nothing else,
/// takes `32:10` for 32 seconds, and gives the whole feed up for a number that is too large.
pub(super) fn length(name: &str, out: &mut String) {
    let Some(tag) = out.rfind(&format!("<{name}")) else {
        return;
    };
    let words = out[tag..].split_once('>').map_or("", |(_, words)| words);
    let whole = words.trim().split('.').next().unwrap_or_default();
    let parts: Vec<u32> = whole
        .split(':')
        .map_while(|n| n.trim().parse().ok())
        .collect();
    let seconds = (1..=3).contains(&parts.len()).then(|| {
        let sum = |all: u32, n: &u32| all.saturating_mul(60).saturating_add(*n);
        parts.iter().fold(0, sum)
    });
    let is_all = whole.split(':').count() == parts.len();
    out.truncate(tag);
    if let Some(seconds) = seconds.filter(|_| is_all) {
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        out.push_str(&format!(
            "<itunes:title>-</itunes:title>\
             <itunes:duration>{hours}:{minutes:02}:{seconds:02}</itunes:duration>"
        ));
    }
}

/// Appends an attribute to the tag that is being written, unless its name is invalid or the tag has
/// it already.
pub(super) fn attribute(key: &str, value: &str, out: &mut String) {
    let sound = key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b":-_.".contains(&b))
        && key.matches(':').count() <= 1
        && !key.ends_with(':');
    // The parser rejects a whole feed for an invalid base address.
    if !sound || (key == "xml:base" && Url::parse(value).is_err() && value.contains(':')) {
        return;
    }
    let tag = out.rfind('<').unwrap_or(0);
    if out[tag..].contains(&format!(" {key}=\"")) {
        return;
    }
    out.push(' ');
    out.push_str(key);
    out.push_str("=\"");
    escape(&unescape(value), out);
    out.push('"');
}

/// Replaces the date in `out` after `from` by its RFC 3339 form, and removes what is not a date.
pub(super) fn date(from: usize, zone: Offset, out: &mut String) {
    let written = out.split_off(from);
    if let Some(stamp) = stamp(&written, zone) {
        out.push_str(&with_offset(stamp));
    }
}

/// Rewrites the person after the last tag; of a person in Atom's elements only the name is kept.
pub(super) fn person(out: &mut String) {
    let written = out.split_off(out.rfind('>').map_or(0, |at| at + 1));
    let part = |name: &str| {
        let (_, inner) = written.split_once(name)?;
        inner
            .split("&lt;")
            .next()
            .map(str::trim)
            .filter(|p| !p.is_empty())
    };
    let named = part("name&gt;").map(|name| match part("email&gt;") {
        Some(email) => Cow::Owned(format!("{email} ({name})")),
        None => Cow::Borrowed(name),
    });
    let written = named.unwrap_or(Cow::Borrowed(&written));
    if written.contains('@') {
        uncut(&written, out);
    } else {
        out.push_str(&written);
    }
}

/// Appends `text` without multi-byte characters at the edges of an e-mail address, where the parser
/// takes the neighbouring character for a single byte: symbols become blanks, and letters are
/// separated from ASCII symbols by a blank. Private use characters are kept: they mark
/// placeholders.
pub(super) fn uncut(text: &str, out: &mut String) {
    let mut last = ' ';
    for c in text.chars() {
        let is_letter = c.is_alphabetic() || ('\u{e000}'..='\u{f8ff}').contains(&c);
        let c = if c.is_ascii() || is_letter { c } else { ' ' };
        if (!c.is_ascii() && last.is_ascii_punctuation())
            || (c.is_ascii_punctuation() && !last.is_ascii())
        {
            out.push(' ');
        }
        out.push(c);
        last = c;
    }
}

/// Puts the name of an Atom person into a `<name>` element if it is not in one.
pub(super) fn named_person(element: &str, out: &mut String) {
    let Some(from) = out
        .rfind(&format!("<{element}"))
        .and_then(|at| Some(at + out[at..].find('>')? + 1))
    else {
        return;
    };
    if out[from..].contains('<') || out[from..].trim().is_empty() {
        return;
    }
    person(out);
    out.insert_str(from, "<name>");
    out.push_str("</name>");
}

/// Moves the address of an Atom link from its text to `href`.
pub(super) fn link_of_words(tag: usize, from: usize, out: &mut String) {
    let address = out.split_off(from);
    out.truncate(out.trim_end_matches('>').len().max(tag));
    out.push_str(" href=\"");
    out.push_str(address.trim());
    out.push_str("\"/>");
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

/// Replaces the base64 in `out` after `from` by its text.
pub(super) fn decode_from(from: usize, out: &mut String) {
    let words = unescape(&out.split_off(from));
    escape(&decoded(&words), out);
}

/// Puts the base address of an article's links before its text, where the feed gives one.
pub(super) fn founded<'w>(words: Cow<'w, str>, base: Option<&Url>) -> Cow<'w, str> {
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

pub(super) type Attributes<'t, 'a> = &'t [(&'a str, &'a str)];

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

/// The Atom 1.0 `type` for what `type` and `mode` say in any version.
pub(super) fn kind_of_text(attrs: Attributes<'_, '_>, is_markup: bool) -> &'static str {
    match value(attrs, "type") {
        _ if is_markup => "html",
        "" if value(attrs, "mode") == "escaped" => "html",
        kind if kind.contains("html") => "html",
        _ => "text",
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

/// What `type` and `mode` say that a text is.
pub(super) fn declared_text(attrs: Attributes<'_, '_>) -> DeclaredText {
    match (kind_of_text(attrs, false), value(attrs, "type")) {
        ("html", _) => DeclaredText::Markup,
        (_, "") => DeclaredText::Untyped,
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
    fn characters_beside_an_email_address_are_not_cut() {
        let beside = [
            "", "홍.", "Û-", "가·", "ÿ%", "이름(", "（", "…", ".Û", "+가", "-·",
        ];
        for (before, after) in beside
            .iter()
            .flat_map(|b| beside.iter().map(move |a| (b, a)))
        {
            for name in ["길고 긴 이름 ", ""] {
                let mut author = String::new();
                uncut(
                    &format!("{name}{before}hong@a.kr{after}{name}"),
                    &mut author,
                );
                let feed = format!(
                    "<rss version='2.0'><channel><item><title>t</title><author>{author}</author>\
                     </item></channel></rss>"
                );
                let read = feed_rs::parser::parse(feed.as_bytes());
                assert_eq!(read.map(|f| f.entries.len()).ok(), Some(1), "{author}");
            }
        }
        let mut kept = String::new();
        uncut("홍길동 기자(hong@a.kr)", &mut kept);
        assert_eq!(kept, "홍길동 기자 (hong@a.kr)");
    }
}
