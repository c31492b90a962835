//! Reads application state that is not plain JSON: program text, numbered references, and bodies
//! that are lists of paragraphs.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde_json::{Map, Value};

use super::state::{BODIES, MIN_BODY_BYTES, wrap};
use crate::news::word_list;

const WORDS: &str = include_str!("../../../../assets/words/field_names.txt");

/// The most pairs of a name and a string that are read from one script.
const MAX_PAIRS: usize = 20_000;
/// How far a field may be from the body it belongs to, in pairs.
const MAX_DISTANCE: usize = 40;
/// How many levels of references are followed.
const MAX_DEPTH: usize = 4;
/// The most parts of one body.
const MAX_PARTS: usize = 2_000;

/// Names of the fields of an article that are looked for near its body.
static FIELDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    word_list::section(WORDS, "beside a body")
        .into_iter()
        .collect()
});

/// Reads program text such as `window.__NUXT__=(function(a){return {title:"…",content:"…"}}(…))`
/// without running it: one object for each body in it, with the nearest fields.
pub(crate) fn program(text: &str) -> Vec<Value> {
    let pairs = pairs(text);
    let is_body = |name: &str, value: &str| value.len() > MIN_BODY_BYTES && BODIES.contains(&name);
    let bodies = pairs
        .iter()
        .enumerate()
        .filter(|(_, (name, value))| is_body(name, value))
        .take(20);
    bodies
        .map(|(at, (name, value))| {
            let mut map = Map::new();
            map.insert((*name).to_owned(), Value::String(value.clone()));
            // The nearest field wins, and of two equally near the one before the body.
            for step in 1..=MAX_DISTANCE {
                for beside in [at.checked_sub(step), Some(at + step)]
                    .into_iter()
                    .flatten()
                {
                    if let Some((name, value)) = pairs.get(beside)
                        && FIELDS.contains(*name)
                        && !map.contains_key(*name)
                    {
                        map.insert((*name).to_owned(), Value::String(value.clone()));
                    }
                }
            }
            Value::Object(map)
        })
        .collect()
}

/// Every `name:"string"` and `"name":"string"`, in order.
fn pairs(text: &str) -> Vec<(&str, String)> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = text[from..].find(":\"").map(|i| i + from) {
        if found.len() >= MAX_PAIRS {
            break;
        }
        let end = at - usize::from(at > 0 && bytes[at - 1] == b'"');
        let length = bytes[..end]
            .iter()
            .rev()
            .take(40)
            .take_while(|b| b.is_ascii_alphanumeric() || **b == b'_')
            .count();
        let close = end_of_string(bytes, at + 2);
        let value: Option<String> = serde_json::from_str(&text[at + 1..close]).ok();
        if let Some(value) = value.filter(|_| length > 0) {
            found.push((&text[end - length..end], value));
        }
        from = close.max(at + 2);
    }
    found
}

/// The place after the quote that ends a string.
fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// Reads Nuxt's flat list, in which objects hold the indices of their values instead of the values,
/// and returns the objects that have a body.
pub(crate) fn flat(list: &[Value]) -> Vec<Value> {
    let has_body = |value: &&Value| {
        value.as_object().is_some_and(|map| {
            BODIES.iter().any(|key| {
                let text = map
                    .get(*key)
                    .and_then(Value::as_u64)
                    .and_then(|i| list.get(usize::try_from(i).ok()?));
                text.is_some_and(|t| {
                    t.as_str().is_some_and(|s| s.len() > MIN_BODY_BYTES) || t.is_array()
                })
            })
        })
    };
    list.iter()
        .filter(has_body)
        .take(20)
        .map(|value| resolved(list, value, MAX_DEPTH))
        .collect()
}

fn resolved(list: &[Value], value: &Value, depth: usize) -> Value {
    let at = |place: &Value| {
        let found = place
            .as_u64()
            .and_then(|i| list.get(usize::try_from(i).ok()?));
        match found {
            Some(found) if depth > 0 && (found.is_object() || found.is_array()) => {
                resolved(list, found, depth - 1)
            }
            Some(found) if found.is_string() => found.clone(),
            _ => Value::Null,
        }
    };
    match value {
        Value::Object(map) => Value::Object(
            map.iter()
                .take(60)
                .map(|(k, v)| (k.clone(), at(v)))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.iter().take(MAX_PARTS).map(at).collect()),
        other => other.clone(),
    }
}

/// A body in parts as HTML: strings, or objects with their text under one of the usual names.
pub(crate) fn parts(items: &[Value]) -> Option<String> {
    let mut html = String::new();
    let mut paragraphs = 0;
    for item in items.iter().take(MAX_PARTS) {
        let kind = item["type"]
            .as_str()
            .or_else(|| item["kind"].as_str())
            .unwrap_or("p")
            .to_ascii_lowercase();
        let Some(words) = words(item, MAX_DEPTH) else {
            continue;
        };
        let tag = match kind.as_str() {
            k if k.contains("head") || k.contains("title") => "h3",
            k if k.contains("quote") => "blockquote",
            k if [
                "image", "photo", "video", "ad", "embed", "html", "related", "link",
            ]
            .iter()
            .any(|w| k.starts_with(w)) =>
            {
                continue;
            }
            _ => "p",
        };
        paragraphs += usize::from(tag == "p");
        wrap(&mut html, tag, &words);
    }
    (paragraphs > 1).then_some(html)
}

fn words(item: &Value, depth: usize) -> Option<String> {
    if let Some(text) = item.as_str() {
        return Some(text.to_owned());
    }
    let direct = ["text", "content", "html", "value", "body", "paragraph"]
        .iter()
        .find_map(|k| item[*k].as_str());
    if let Some(text) = direct {
        return Some(text.to_owned());
    }
    let inside = ["children", "content", "model", "data", "blocks"]
        .iter()
        .find_map(|k| item.get(*k))
        .filter(|_| depth > 0)?;
    let joined: String = match inside {
        Value::Array(items) => items
            .iter()
            .take(200)
            .filter_map(|i| words(i, depth - 1))
            .collect(),
        one => words(one, depth - 1)?,
    };
    (!joined.is_empty()).then_some(joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn program_text_gives_its_strings() {
        let text = r#"window.__NUXT__=(function(a){return {data:[{title:"첫차",
            content:"\u003Cp\u003E가 \"나\"\u003C\u002Fp\u003E",n:1}]}}(null))"#;
        let found = pairs(text);
        assert_eq!(found[0], ("title", "첫차".to_owned()));
        assert_eq!(found[1].1, "<p>가 \"나\"</p>");
        assert!(pairs(&":\"".repeat(1000)).is_empty());
    }

    #[test]
    fn references_by_number_are_followed_and_end() {
        let list: Vec<Value> = serde_json::from_str(&format!(
            r#"[{{"body":1,"title":2,"self":0}},"{}","첫차"]"#,
            "가나다 라마바. ".repeat(20)
        ))
        .unwrap();
        assert_eq!(flat(&list)[0]["title"], "첫차");
    }

    #[test]
    fn lists_of_paragraphs_are_joined() {
        let items: Vec<Value> = serde_json::from_str(
            r#"[{"type":"paragraph","text":"하나."},{"type":"ad","text":"광고"},
                {"type":"p","children":[{"text":"둘"},{"text":"셋."}]}]"#,
        )
        .unwrap();
        assert_eq!(parts(&items).unwrap(), "<p>하나.</p><p>둘셋.</p>");
    }
}
