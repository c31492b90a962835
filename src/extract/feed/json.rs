//! Repairs a JSON feed for the strict parser: corrects types, completes addresses, and keeps the
//! complete items of a feed that was cut off.

use jiff::tz::Offset;
use serde_json::{Map, Value, json};
use url::Url;

use super::offsets::with_offset;
use super::xml_values::marked_up;
use crate::extract::dates::feed::stamp;

/// The repaired feed, or `None` if the text is not a JSON feed. `url` is its address; `zone` is
/// assumed for dates without one.
pub(super) fn repair(text: &str, url: &str, zone: Offset) -> Option<String> {
    let value = serde_json::from_str(text)
        .ok()
        .or_else(|| cut_short(text))?;
    let Value::Object(feed) = value else {
        return None;
    };
    let Some(Value::Array(items)) = feed.get("items") else {
        return None;
    };
    let base = Url::parse(url).ok();
    let items: Vec<Value> = items
        .iter()
        .filter_map(|i| Some(item(i.as_object()?, base.as_ref(), zone)))
        .collect();
    let mut out = Map::new();
    out.insert(
        "version".to_owned(),
        json!("https://jsonfeed.org/version/1.1"),
    );
    out.insert(
        "title".to_owned(),
        json!(words(&feed, "title").unwrap_or_default()),
    );
    out.insert("items".to_owned(), Value::Array(items));
    let site = address(&feed, "home_page_url", base.as_ref());
    put(&mut out, "home_page_url", site);
    put(&mut out, "language", words(&feed, "language"));
    people(&feed, &mut out);
    Some(Value::Object(out).to_string())
}

fn item(given: &Map<String, Value>, base: Option<&Url>, zone: Offset) -> Value {
    let mut out = Map::new();
    for key in ["id", "title", "summary", "content_html"] {
        put(&mut out, key, words(given, key));
    }
    for key in ["date_published", "date_modified"] {
        let at = words(given, key).and_then(|written| stamp(&written, zone));
        put(&mut out, key, at.map(with_offset));
    }
    for key in ["url", "external_url"] {
        put(&mut out, key, address(given, key, base));
    }
    // Plain text is never parsed as markup, even if it contains tags.
    if !out.contains_key("content_html") {
        put(
            &mut out,
            "content_html",
            words(given, "content_text").map(|text| marked_up(&text)),
        );
    }
    attachments(given, base, &mut out);
    people(given, &mut out);
    let tags = given
        .get("tags")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(text);
    out.insert("tags".to_owned(), tags.map(Value::from).collect());
    Value::Object(out)
}

/// Copies the attachments that name an address; the parser refuses a feed with one that does not.
fn attachments(given: &Map<String, Value>, base: Option<&Url>, out: &mut Map<String, Value>) {
    let given = given.get("attachments").and_then(Value::as_array);
    let usable = given.into_iter().flatten().filter_map(|it| {
        let it = it.as_object()?;
        let kind = words(it, "mime_type").unwrap_or_default();
        let size = it.get("size_in_bytes").and_then(Value::as_u64);
        Some(json!({
            "url": address(it, "url", base)?,
            "mime_type": kind,
            "title": words(it, "title"),
            "size_in_bytes": size,
        }))
    });
    let usable: Vec<Value> = usable.collect();
    if !usable.is_empty() {
        out.insert("attachments".to_owned(), Value::Array(usable));
    }
}

fn put(out: &mut Map<String, Value>, key: &str, value: Option<String>) {
    if let Some(value) = value {
        out.insert(key.to_owned(), Value::from(value));
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

fn address(given: &Map<String, Value>, key: &str, base: Option<&Url>) -> Option<String> {
    let written = words(given, key)?;
    let whole = base
        .and_then(|b| b.join(written.trim()).ok())
        .map(String::from);
    Some(whole.unwrap_or(written))
}

/// Copies `author` of version 1 or `authors` of 1.1; a person may be an object or only a name.
fn people(given: &Map<String, Value>, out: &mut Map<String, Value>) {
    let named = |person: &Value| {
        let name = person
            .as_object()
            .and_then(|p| words(p, "name"))
            .or_else(|| text(person))?;
        Some(json!({ "name": name }))
    };
    let many = given
        .get("authors")
        .and_then(Value::as_array)
        .into_iter()
        .flatten();
    let people: Vec<Value> = given
        .get("author")
        .into_iter()
        .chain(many)
        .filter_map(named)
        .collect();
    if !people.is_empty() {
        out.insert("authors".to_owned(), Value::Array(people));
    }
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
