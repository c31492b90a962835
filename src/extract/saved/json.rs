//! Reads JSON of saved pages as it comes, an entry at a time: an export may be larger than the
//! memory.

use std::cell::Cell;
use std::collections::HashMap;
use std::fmt;
use std::io::{self, BufReader, ErrorKind, Read};
use std::rc::Rc;

use serde::Deserialize;
use serde::de::{
    DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::error::Category;
use serde_json::{Map, Value};

use super::fields::{is_container, label, page_of};
use super::{AfterEntry, EntryFault, SavedEntry, SavedError, SavedText};

/// Largest entry, in bytes: an article of our own with all its pictures in base64.
const LARGEST_ENTRY: u64 = 128 << 20;
/// Folders nested deeper are not read.
const DEEPEST: usize = 60;

/// Reads JSON: a list of entries, an object that has such lists, a tree of folders, or one object
/// after the other. What `see` is given is the entry and its number, from 1; it answers whether to
/// go on.
///
/// # Errors
/// [`SavedError`] where the text is no JSON, ends early or has an entry of more than 128 MB; what
/// came before was seen.
pub fn json(
    input: impl Read,
    names: &FolderNames,
    see: &mut dyn FnMut(usize, Result<SavedEntry, EntryFault>) -> AfterEntry,
) -> Result<(), SavedError> {
    let since = Rc::new(Cell::new(0));
    let metered = Metered {
        input,
        since: Rc::clone(&since),
    };
    let mut input = BufReader::with_capacity(64 << 10, metered);
    skip_mark(&mut input)?;
    let mut walk = JsonWalk {
        see,
        names,
        count: 0,
        since,
        stopped: false,
    };
    while !skip_blanks(&mut input)? {
        let mut reader = serde_json::Deserializer::from_reader(&mut input);
        let read = Top(&mut walk).deserialize(&mut reader);
        if walk.stopped {
            return Ok(());
        }
        read.map_err(|e| match e.classify() {
            Category::Io if e.io_error_kind() == Some(ErrorKind::FileTooLarge) => {
                SavedError::TooLarge
            }
            Category::Eof => SavedError::EndsEarly,
            Category::Io | Category::Syntax | Category::Data => SavedError::Unreadable,
        })?;
        walk.since.set(0);
    }
    Ok(())
}

/// The names of folders by their ids.
pub type FolderNames = HashMap<String, String>;

/// The names of the folders that Karakeep's entries mention by id: they stand behind the entries.
/// Empty for every other text, of which no more than the beginning is read.
pub fn folder_names(mut input: impl Read) -> FolderNames {
    let mut head = Vec::new();
    let read = (&mut input).take(16 << 10).read_to_end(&mut head);
    let has = |key: &[u8]| memchr::memmem::find(&head, key).is_some();
    if read.is_err() || !has(b"\"bookmarks\"") || !has(b"\"lists\"") {
        return FolderNames::new();
    }
    let metered = Metered {
        input: io::Cursor::new(head).chain(input),
        since: Rc::default(),
    };
    let input = BufReader::with_capacity(64 << 10, metered);
    let lists: KarakeepLists = serde_json::from_reader(input).unwrap_or_default();
    let by_id: HashMap<&str, &ListName> =
        lists.lists.iter().map(|list| (&*list.id, list)).collect();
    let path = |list: &ListName| {
        let (mut names, mut at) = (vec![list.name.replace('/', " ")], list);
        while let Some(above) = at.parent.as_deref().and_then(|id| by_id.get(id)) {
            if names.len() > DEEPEST {
                break;
            }
            names.push(above.name.replace('/', " "));
            at = above;
        }
        names.reverse();
        names.join("/")
    };
    lists
        .lists
        .iter()
        .map(|list| (list.id.clone(), path(list)))
        .collect()
}

#[derive(Default, Deserialize)]
struct KarakeepLists {
    #[serde(default)]
    lists: Vec<ListName>,
}

#[derive(Deserialize)]
struct ListName {
    id: String,
    name: String,
    #[serde(default, rename = "parentId")]
    parent: Option<String>,
}

/// Skips white space; returns whether nothing follows.
fn skip_blanks(input: &mut impl io::BufRead) -> Result<bool, SavedError> {
    loop {
        let held = input.fill_buf().map_err(|_| SavedError::TooLarge)?;
        let (len, blanks) = (
            held.len(),
            held.iter().take_while(|b| b.is_ascii_whitespace()),
        );
        let blanks = blanks.count();
        if len == 0 || blanks < len {
            input.consume(blanks);
            return Ok(len == 0);
        }
        input.consume(blanks);
    }
}

/// Skips a byte-order mark.
fn skip_mark(input: &mut impl io::BufRead) -> Result<(), SavedError> {
    let head = input.fill_buf().map_err(|_| SavedError::Unreadable)?;
    if head.starts_with(b"\xef\xbb\xbf") {
        input.consume(3);
    }
    Ok(())
}

/// Counts the bytes of an entry, and fails when they become too many.
struct Metered<R> {
    input: R,
    since: Rc<Cell<u64>>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(into)?;
        let since = self.since.get() + read as u64;
        self.since.set(since);
        if since > LARGEST_ENTRY {
            return Err(ErrorKind::FileTooLarge.into());
        }
        Ok(read)
    }
}

/// The state of a reading.
struct JsonWalk<'a> {
    see: &'a mut dyn FnMut(usize, Result<SavedEntry, EntryFault>) -> AfterEntry,
    names: &'a FolderNames,
    count: usize,
    /// Bytes since the last entry.
    since: Rc<Cell<u64>>,
    stopped: bool,
}

impl JsonWalk<'_> {
    fn found(&mut self, entry: Result<SavedEntry, EntryFault>) {
        self.count += 1;
        if !self.stopped && (self.see)(self.count, entry) == AfterEntry::Stop {
            self.stopped = true;
        }
    }

    /// The entries in a value, which lies in `folders`.
    fn value(&mut self, value: Value, folders: &mut Vec<String>) {
        if self.stopped || folders.len() > DEEPEST {
            return;
        }
        match value {
            Value::Object(map) => self.object(map, folders),
            Value::Array(list) => list
                .into_iter()
                .for_each(|value| self.value(value, folders)),
            Value::String(url) => {
                let map: Map<String, Value> = [("url".to_owned(), Value::String(url))]
                    .into_iter()
                    .collect();
                self.page(&map, folders);
            }
            _ => self.found(Err(EntryFault::Unreadable)),
        }
    }

    fn object(&mut self, map: Map<String, Value>, folders: &mut Vec<String>) {
        if map.get("blocks").is_some_and(Value::is_array) {
            return self.found(Ok(SavedEntry::Own(Value::Object(map))));
        }
        let holds = |(key, value): (&String, &Value)| {
            is_container(key) && (value.is_array() || value.is_object())
        };
        if has_address(&map) || !map.iter().any(holds) {
            return self.page(&map, folders);
        }
        // A folder. The browsers' own ones have names of the browser's language.
        let is_browsers = map
            .get("guid")
            .and_then(Value::as_str)
            .is_some_and(|g| g.ends_with("__"));
        let name = label(&map).filter(|_| !is_browsers).unwrap_or_default();
        folders.push(name.replace('/', " "));
        for (key, value) in map {
            if is_container(&key) {
                self.lists(value, folders);
            }
        }
        folders.pop();
    }

    /// The entries of a list, also of one by number or name.
    fn lists(&mut self, value: Value, folders: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                for value in map.into_values().filter(|v| v.is_object() || v.is_array()) {
                    self.value(value, folders);
                }
            }
            Value::Array(_) => self.value(value, folders),
            _ => {}
        }
    }

    fn page(&mut self, map: &Map<String, Value>, folders: &[String]) {
        // Empty folders, separators.
        let is_rest = map
            .keys()
            .any(|key| matches!(&**key, "typeCode" | "children"))
            && !map.contains_key("uri");
        if is_rest {
            return;
        }
        let ids = map
            .get("lists")
            .and_then(Value::as_array)
            .into_iter()
            .flatten();
        let named = ids.filter_map(|id| self.names.get(id.as_str()?));
        let folders: Vec<String> = folders.iter().chain(named).cloned().collect();
        let page = page_of(map, &folders).ok_or(EntryFault::NoAddress);
        self.found(page.map(|page| SavedEntry::Page(Box::new(page))));
    }
}

/// Whether an object is a page: what it has beside its address is of that page.
fn has_address(map: &Map<String, Value>) -> bool {
    let names = ["url", "uri", "href", "link", "URL"];
    names.iter().any(|name| map.contains_key(*name))
}

/// The outermost value.
struct Top<'w, 'a>(&'w mut JsonWalk<'a>);

impl<'de> DeserializeSeed<'de> for Top<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Top<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("saved pages")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        each(self.0, list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (mut rest, mut had_list) = (Map::new(), false);
        while let Some(key) = map.next_key::<String>()? {
            if self.0.stopped {
                return Err(A::Error::custom("stopped"));
            }
            if is_container(&key) && !has_address(&rest) {
                map.next_value_seed(Container(self.0))?;
                had_list = true;
            } else if had_list {
                map.next_value::<IgnoredAny>()?;
            } else {
                rest.insert(key, map.next_value()?);
            }
        }
        if !had_list {
            // An article of our own may be a title alone.
            let is_own = rest.get("title").is_some_and(Value::is_string)
                && !has_address(&rest)
                && page_of(&rest, &[])
                    .is_some_and(|p| p.text == SavedText::None && p.url.is_empty());
            match is_own {
                true => self.0.found(Ok(SavedEntry::Own(Value::Object(rest)))),
                false => self.0.value(Value::Object(rest), &mut Vec::new()),
            }
        }
        Ok(())
    }
}

/// A list of entries: each is read, seen and dropped.
struct Container<'w, 'a>(&'w mut JsonWalk<'a>);

impl<'de> DeserializeSeed<'de> for Container<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Container<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("saved pages")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<(), A::Error> {
        each(self.0, list)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        // The roots of a browser's tree, or entries by number.
        while let Some((_, value)) = map.next_entry::<IgnoredAny, Value>()? {
            self.0.since.set(0);
            match value {
                Value::Object(mut root) if root.get("children").is_some_and(Value::is_array) => {
                    let children = root.shift_remove("children").unwrap_or_default();
                    self.0.value(children, &mut Vec::new());
                }
                value @ (Value::Object(_) | Value::Array(_)) => {
                    self.0.value(value, &mut Vec::new());
                }
                _ => {}
            }
            if self.0.stopped {
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }
}

fn each<'de, A: SeqAccess<'de>>(walk: &mut JsonWalk<'_>, mut list: A) -> Result<(), A::Error> {
    while let Some(value) = list.next_element::<Value>()? {
        walk.since.set(0);
        walk.value(value, &mut Vec::new());
        if walk.stopped {
            return Err(A::Error::custom("stopped"));
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "tests/json.rs"]
mod tests;
