//! Finds the fields of a saved page in an object of JSON, or in a row of a table that was made one,
//! whatever its service calls them.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::saved_page::{SavedPage, SavedQuote, SavedText, counted, moment, split_labels};
use crate::extract::{feed, pasted};
use crate::news::{Markup, Stamp};

/// The names by which fields are found, from `assets/words/saved_fields.toml`.
#[derive(Deserialize)]
pub(super) struct FieldNames {
    fields: HashMap<String, Vec<String>>,
    lists: HashMap<String, Vec<String>>,
    parts: HashMap<String, Vec<String>>,
    values: HashMap<String, Vec<String>>,
}

static NAMES: LazyLock<Option<FieldNames>> =
    LazyLock::new(|| toml::from_str(include_str!("../../../assets/words/saved_fields.toml")).ok());

impl FieldNames {
    fn listed(list: fn(&Self) -> &HashMap<String, Vec<String>>, name: &str) -> &'static [String] {
        NAMES
            .as_ref()
            .and_then(|names| list(names).get(name))
            .map_or(&[], Vec::as_slice)
    }

    /// The names of a field.
    pub(super) fn of(field: &str) -> &'static [String] {
        Self::listed(|names| &names.fields, field)
    }

    fn of_list(list: &str) -> &'static [String] {
        Self::listed(|names| &names.lists, list)
    }

    fn of_part(part: &str) -> &'static [String] {
        Self::listed(|names| &names.parts, part)
    }

    fn values(name: &str) -> &'static [String] {
        Self::listed(|names| &names.values, name)
    }
}

/// A name as names are compared.
pub(super) fn plain_name(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Whether what stands under this name may be a list of saved pages.
pub(super) fn is_container(name: &str) -> bool {
    let name = plain_name(name);
    FieldNames::values("containers").contains(&name)
}

/// Whether a folder's name says whether a page was read, not what it is about.
pub(super) fn is_state(folder: &str) -> bool {
    let folder = folder.trim().to_lowercase();
    FieldNames::values("states").contains(&folder)
}

/// An object by the plain names of its keys.
struct Record<'a>(HashMap<String, &'a Value>);

impl<'a> Record<'a> {
    fn of(map: &'a Map<String, Value>) -> Self {
        // Of names that differ in punctuation alone, the first counts.
        let mut record = HashMap::with_capacity(map.len());
        for (key, value) in map {
            record.entry(plain_name(key)).or_insert(value);
        }
        Self(record)
    }

    /// The value at a name, or at a path into an object.
    fn at(&self, path: &str) -> Option<&'a Value> {
        let (name, rest) = path
            .split_once('.')
            .map_or((path, None), |(name, rest)| (name, Some(rest)));
        let value = *self.0.get(name)?;
        match rest {
            None => Some(value).filter(|value| !value.is_null()),
            Some(rest) => Record::of(value.as_object()?).at(rest),
        }
    }

    /// The values under the names of a field, in their order.
    fn values(&self, names: &'static [String]) -> impl Iterator<Item = &'a Value> {
        names.iter().filter_map(|name| self.at(name))
    }

    /// The first words under the names of a field.
    fn words(&self, field: &str) -> Option<String> {
        self.values(FieldNames::of(field)).find_map(words)
    }
}

/// The words of a value: of a text or a number, of the first in a list, of an object's address or
/// name.
fn words(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Array(list) => list.iter().find_map(words)?,
        Value::Object(map) => {
            let record = Record::of(map);
            let names = ["href", "url", "content"];
            let found = names
                .iter()
                .find_map(|name| record.at(name))
                .and_then(words);
            found.or_else(|| label(map))?
        }
        Value::Bool(_) | Value::Null => return None,
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

/// The name of a label or folder.
pub(super) fn label(map: &Map<String, Value>) -> Option<String> {
    let record = Record::of(map);
    record
        .values(FieldNames::of_part("label"))
        .find_map(|value| value.as_str())
        .filter(|name| !name.trim().is_empty())
        .map(str::to_owned)
}

/// The page that an object describes, in the folders `folders`. `None` where nothing in it is of a
/// saved page.
pub(super) fn page_of(map: &Map<String, Value>, folders: &[String]) -> Option<SavedPage> {
    let record = Record::of(map);
    let url = address(&record);
    let text = text(&record);
    let title = record.words("title");
    let is_page = url.is_some() || text != SavedText::None || title.is_some();
    if !is_page {
        return None;
    }
    let mut page = SavedPage {
        url: url.unwrap_or_default(),
        title: title.unwrap_or_default(),
        kept: time(&record, "kept")
            .or_else(|| time(&record, "published"))
            .map(|at| at.at)
            .or_else(|| first_marked(&record)),
        published: time(&record, "published"),
        note: record.words("note"),
        excerpt: excerpt(&record),
        authors: authors(&record),
        publisher: record.words("publisher"),
        lang: record.words("lang"),
        slug: record.words("slug"),
        tags: tags(&record, folders),
        quotes: quotes(&record),
        text,
    };
    // What Omnivore calls a highlight without a quotation is a note on the page.
    let (notes, quotes) = page
        .quotes
        .into_iter()
        .partition(|q| q.words.trim().is_empty());
    page.quotes = quotes;
    for note in notes.into_iter().filter_map(|quote: SavedQuote| quote.note) {
        page.note = Some(match page.note.take() {
            Some(held) => format!("{held}\n{note}"),
            None => note,
        });
    }
    // Pinboard keeps the names of del.icio.us: the description is the title, and blanks end a tag.
    if record.0.contains_key("href") && record.0.contains_key("extended") {
        page.title = page.excerpt.take().unwrap_or_default();
        page.tags = page
            .tags
            .iter()
            .flat_map(|tags| tags.split_whitespace().map(str::to_owned))
            .collect();
    }
    Some(page)
}

/// The first address; the first of the web, where several are there.
fn address(record: &Record<'_>) -> Option<String> {
    let all: Vec<String> = record
        .values(FieldNames::of("url"))
        .filter_map(words)
        .collect();
    let is_web = |url: &&String| {
        let start = url
            .trim_start()
            .get(..8)
            .unwrap_or(url)
            .to_ascii_lowercase();
        start.starts_with("http://") || start.starts_with("https://")
    };
    all.iter().find(is_web).or_else(|| all.first()).cloned()
}

fn time(record: &Record<'_>, field: &str) -> Option<Stamp> {
    record
        .values(FieldNames::of(field))
        .find_map(|value| match value {
            Value::Number(number) => {
                let whole = number.as_i64();
                counted(whole.or_else(|| number.as_f64().map(|n| n as i64))?)
            }
            Value::String(text) => moment(text),
            _ => None,
        })
}

/// When the first highlight was made: the page was saved by then.
fn first_marked(record: &Record<'_>) -> Option<Timestamp> {
    let lists = record.values(FieldNames::of_list("highlights"));
    let all = lists.filter_map(Value::as_array).flatten();
    let times = all.filter_map(|highlight| time(&Record::of(highlight.as_object()?), "kept"));
    times.map(|at| at.at).min()
}

fn text(record: &Record<'_>) -> SavedText {
    let found = record.values(FieldNames::of("text")).find_map(|value| {
        value.as_str().filter(|text| {
            let start = text.trim_start();
            let holds_place = |words: &String| {
                start
                    .get(..words.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(words))
            };
            !start.is_empty() && !FieldNames::values("placeholders").iter().any(holds_place)
        })
    });
    found.map_or(SavedText::None, saved_text)
}

/// A text with markup or without, whichever it is.
pub(super) fn saved_text(text: &str) -> SavedText {
    let has_tag = || {
        text.match_indices('<').take(200).any(|(at, _)| {
            let rest = text[at + 1..].trim_start_matches('/');
            let is_name = rest.starts_with(|c: char| c.is_ascii_alphabetic());
            is_name && rest.bytes().take(400).any(|b| b == b'>')
        })
    };
    if pasted::looks_like_html(text.as_bytes()) || has_tag() {
        SavedText::Html(text.to_owned())
    } else {
        SavedText::Plain(text.to_owned())
    }
}

/// The description; in markup, its words. An object of that name has the text.
fn excerpt(record: &Record<'_>) -> Option<String> {
    let mut found = record
        .values(FieldNames::of("excerpt"))
        .filter_map(Value::as_str)
        .filter(|text| !text.trim().is_empty());
    found.next().map(|text| match saved_text(text) {
        SavedText::Html(html) => feed::words(&Markup::new(&html)).to_string(),
        SavedText::Plain(_) | SavedText::None => text.to_owned(),
    })
}

fn authors(record: &Record<'_>) -> Vec<String> {
    let found = record.values(FieldNames::of("author")).next();
    match found {
        Some(Value::Array(list)) => list.iter().filter_map(words).take(20).collect(),
        Some(value) => words(value).into_iter().collect(),
        None => Vec::new(),
    }
}

/// The labels under all their names, and those that folders stand for.
fn tags(record: &Record<'_>, folders: &[String]) -> Vec<String> {
    let mut tags = Vec::new();
    for value in record.values(FieldNames::of_list("tags")) {
        collect_labels(value, &mut tags);
    }
    let mut tags: Vec<String> = tags.iter().filter_map(|tag| own_label(tag)).collect();
    let mut paths = Vec::new();
    for value in record.values(FieldNames::of_list("folders")) {
        match value {
            // A folder's path is no list of labels.
            Value::String(path) => paths.push(path.clone()),
            value => collect_labels(value, &mut paths),
        }
    }
    tags.extend(folder_labels(folders.iter().chain(&paths)));
    let mut seen = HashSet::new();
    tags.retain(|tag| seen.insert(tag.clone()));
    tags
}

/// The labels of nested folders: each name of their paths.
pub(super) fn folder_labels<'a>(paths: impl Iterator<Item = &'a String>) -> Vec<String> {
    paths
        .flat_map(|path| path.split('/'))
        .map(str::trim)
        .filter(|name| !name.is_empty() && !is_state(name))
        .map(str::to_owned)
        .collect()
}

fn collect_labels(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.extend(split_labels(text)),
        Value::Array(list) => {
            for value in list {
                match value {
                    Value::String(text) => into.push(text.clone()),
                    Value::Object(map) => into.extend(label(map)),
                    _ => {}
                }
            }
        }
        // Pocket's API: an object by name. A folder: an object with a name.
        Value::Object(map) => match label(map) {
            Some(name) => into.push(name),
            None => into.extend(map.keys().cloned()),
        },
        _ => {}
    }
}

/// The label that a category of Google Reader stands for: its states are none. linkding marks what
/// is archived by a label.
fn own_label(written: &str) -> Option<String> {
    if written == "linkding:bookmarks.archived" {
        return None;
    }
    let Some(stream) = written.strip_prefix("user/") else {
        return Some(written.to_owned());
    };
    let (_, kind) = stream.split_once('/')?;
    kind.strip_prefix("label/").map(str::to_owned)
}

/// The highlights in one text, a line each, or as Raindrop writes them.
fn quote_lines(text: &str) -> Vec<SavedQuote> {
    let mut quotes: Vec<SavedQuote> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match (line.strip_prefix("Note:"), quotes.last_mut()) {
            (Some(note), Some(quote)) => quote.note = Some(note.trim().to_owned()),
            _ => quotes.push(SavedQuote {
                words: line
                    .strip_prefix("Highlight:")
                    .unwrap_or(line)
                    .trim()
                    .to_owned(),
                ..SavedQuote::default()
            }),
        }
    }
    quotes
}

fn quotes(record: &Record<'_>) -> Vec<SavedQuote> {
    let mut quotes = Vec::new();
    for name in FieldNames::of_list("highlights") {
        match record.at(name) {
            // Instapaper's: one passage, of however many lines.
            Some(Value::String(text)) if name == "selection" => quotes.push(SavedQuote {
                words: text.clone(),
                ..SavedQuote::default()
            }),
            Some(Value::String(text)) => match serde_json::from_str::<Value>(text) {
                Ok(list @ Value::Array(_)) => collect_quotes(&list, &mut quotes),
                _ => quotes.extend(quote_lines(text)),
            },
            Some(value) => collect_quotes(value, &mut quotes),
            None => {}
        }
    }
    quotes
}

fn collect_quotes(value: &Value, into: &mut Vec<SavedQuote>) {
    for value in value.as_array().into_iter().flatten() {
        match value {
            Value::String(text) => into.push(SavedQuote {
                words: text.clone(),
                ..SavedQuote::default()
            }),
            Value::Object(map) => {
                let record = Record::of(map);
                let mut names = FieldNames::of_part("quote").iter();
                let found = names.find_map(|name| Some((&**name, words(record.at(name)?)?)));
                let (name, quote) = found.unwrap_or_default();
                let remarks = FieldNames::of_part("remark").iter();
                into.push(SavedQuote {
                    words: quote,
                    note: remarks
                        .filter(|other| **other != name)
                        .find_map(|name| words(record.at(name)?)),
                    colour: record.values(FieldNames::of_part("colour")).find_map(words),
                });
            }
            _ => {}
        }
    }
}

#[cfg(test)]
#[path = "tests/fields.rs"]
mod tests;
