//! Reads a JSON feed to a [`RawFeed`]: whatever the types of its values, with addresses made
//! whole, and with the complete items of a feed that was cut off.

use std::borrow::Cow;

use jiff::tz::Offset;
use serde_json::{Map, Value};
use url::Url;

use super::angle_brackets::HeadlineMarkup;
use super::raw::{RawEntry, RawFeed, RawLink, RawPerson, RawTitle, resolved};
use super::texts::{marked_up, seconds};
use super::xml::whole_seconds;

/// The feed, or `None` if the text is not a JSON feed. `base` is its address; `zone` is assumed for
/// dates without one.
pub(super) fn read(text: &str, zone: Offset, base: Option<&Url>) -> Option<RawFeed<'static>> {
    let value = serde_json::from_str(text)
        .ok()
        .or_else(|| cut_short(text))?;
    let Value::Object(feed) = value else {
        return None;
    };
    let Some(Value::Array(items)) = feed.get("items") else {
        return None;
    };
    let entries = items.iter().filter_map(Value::as_object);
    let entries = entries.map(|item| entry(item, zone, base));
    let site = link(&feed, "home_page_url", base);
    let next = link(&feed, "next_url", base).map(|link| RawLink {
        rel: Some("next".to_owned()),
        ..link
    });
    Some(RawFeed {
        title: words(&feed, "title").map(title),
        language: words(&feed, "language"),
        links: site.into_iter().chain(next).collect(),
        authors: people(&feed),
        ttl: None,
        entries: entries.collect(),
    })
}

fn entry(item: &Map<String, Value>, zone: Offset, base: Option<&Url>) -> RawEntry<'static> {
    let date = |key| whole_seconds(&words(item, key)?, zone);
    let addresses = ["url", "external_url"].into_iter();
    let addresses = addresses.filter_map(|key| link(item, key, base));
    // Plain text is never parsed as markup, even if it contains tags.
    let plain = || words(item, "content_text").map(|text| marked_up(&text));
    let content = words(item, "content_html").or_else(plain);
    let picture = link(item, "image", base).or_else(|| link(item, "banner_image", base));
    let lasting = list(item, "attachments").filter_map(|it| it.get("duration_in_seconds"));
    let seconds = lasting
        .filter_map(text)
        .find_map(|written| seconds(&written));
    RawEntry {
        id: words(item, "id").unwrap_or_default(),
        title: words(item, "title").map(title),
        links: addresses.chain(attachments(item, base)).collect(),
        summary: Cow::Owned(words(item, "summary").unwrap_or_default()),
        content: Cow::Owned(content.unwrap_or_default().trim().to_owned()),
        authors: people(item),
        picture: picture.map(|it| it.href),
        seconds,
        categories: list(item, "tags").filter_map(text).collect(),
        published: date("date_published"),
        updated: date("date_modified"),
        language: words(item, "language"),
        ..RawEntry::default()
    }
}

/// The attachments that name an address.
fn attachments(item: &Map<String, Value>, base: Option<&Url>) -> impl Iterator<Item = RawLink> {
    list(item, "attachments").filter_map(move |it| {
        let it = it.as_object()?;
        Some(RawLink {
            media_type: Some(words(it, "mime_type").unwrap_or_default()),
            title: words(it, "title"),
            length: it.get("size_in_bytes").and_then(Value::as_u64),
            ..link(it, "url", base)?
        })
    })
}

fn title(written: String) -> RawTitle {
    RawTitle {
        written,
        markup: HeadlineMarkup::Usual,
    }
}

/// A string, or a number as a string.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn words(given: &Map<String, Value>, key: &str) -> Option<String> {
    given
        .get(key)
        .and_then(text)
        .filter(|t| !t.trim().is_empty())
}

fn list<'v>(given: &'v Map<String, Value>, key: &str) -> impl Iterator<Item = &'v Value> {
    given
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn link(given: &Map<String, Value>, key: &str, base: Option<&Url>) -> Option<RawLink> {
    Some(RawLink {
        href: resolved(&words(given, key)?, base),
        ..RawLink::default()
    })
}

/// The names in `author` of version 1 and in `authors` of 1.1, each once; a person may be an object
/// or only a name.
fn people(given: &Map<String, Value>) -> Vec<RawPerson> {
    let named = |person: &Value| {
        let name = person.as_object().and_then(|p| words(p, "name"));
        name.or_else(|| text(person))
    };
    let mut names = Vec::new();
    let people = given
        .get("author")
        .into_iter()
        .chain(list(given, "authors"));
    for name in people.filter_map(named) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.iter().map(|name| RawPerson::written(name)).collect()
}

/// The complete items of a feed that was cut off.
fn cut_short(text: &str) -> Option<Value> {
    let (mut depth, mut in_words, mut escaped, mut last) = (0_usize, false, false, None);
    let mut items = None;
    for (at, byte) in text.bytes().enumerate() {
        if in_words {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_words = false,
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => in_words = true,
            b'[' | b'{' => {
                if byte == b'['
                    && depth == 1
                    && text[..at]
                        .trim_end_matches([' ', '\n', '\r', '\t', ':'])
                        .ends_with("\"items\"")
                {
                    items = Some(at);
                }
                depth += 1;
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if byte == b'}' && depth == 2 && items.is_some() {
                    last = Some(at);
                }
            }
            _ => {}
        }
    }
    serde_json::from_str(&format!("{}]}}", &text[..=last?])).ok()
}
