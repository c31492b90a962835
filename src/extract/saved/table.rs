//! Reads tables of saved pages (CSV, with commas, semicolons or tabs).

use std::collections::HashSet;

use csv::{ReaderBuilder, StringRecord, Trim};
use serde_json::{Map, Value};

use super::fields::{FieldNames, page_of, plain_name};
use super::{AfterEntry, EntryFault, SavedEntry, SavedQuote, SavedText};

/// Reads a table whose first row may name its columns. What `see` is given is the entry and the
/// line that it begins on, from 1; it answers whether to go on. A row that swallows those after it,
/// by a quotation mark that nothing closes, costs its first line alone. Returns whether the table
/// ends within a row, whose address counts only where something stands behind it.
pub fn table(
    text: &str,
    see: &mut dyn FnMut(usize, Result<SavedEntry, EntryFault>) -> AfterEntry,
) -> bool {
    let text = after_mark(text);
    let Some(columns) = Columns::of(text) else {
        return false;
    };
    // Whether all rows so far have a cell for each column, so that a shorter one is cut.
    let mut are_full = columns.named;
    let (mut at, mut line) = (0, 1);
    if columns.named {
        (at, line) = after_header(text, columns.mark);
    }
    while at < text.len() {
        let rest = &text[at..];
        let mut reader = reader(rest, columns.mark);
        let mut record = StringRecord::new();
        loop {
            let place = reader.position().clone();
            let begins = (
                at + to_index(place.byte()),
                line + to_index(place.line()) - 1,
            );
            // The text is UTF-8, and rows may differ in length: only its end ends the reading.
            if !matches!(reader.read_record(&mut record), Ok(true)) {
                return false;
            }
            let ends = reader.position();
            let lines = to_index(ends.line() - place.line());
            if record.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let start = &text[begins.0..];
            let is_short = record.len() < columns.names.len();
            let is_last = at + to_index(ends.byte()) >= text.len();
            if is_last && (is_short && are_full && !start.ends_with('\n') || is_unclosed(start)) {
                if columns.has_address_before_end(&record) {
                    see(begins.1, columns.entry(&record));
                }
                return true;
            }
            are_full &= !is_short;
            let entry = columns.entry(&record);
            let swallows = record.len() != columns.names.len()
                && record.iter().any(|cell| {
                    cell.split_once('\n')
                        .is_some_and(|(_, below)| below.contains("://"))
                });
            let is_odd = swallows || entry.is_err();
            let leading = start.len() - start.trim_start_matches(['\r', '\n']).len();
            if lines > 1 + leading && is_odd {
                let first = &start[leading..];
                let length = first.find('\n').map_or(first.len(), |end| end + 1);
                let skipped = start[..leading].matches('\n').count();
                if see(begins.1 + skipped, Err(EntryFault::Unreadable)) == AfterEntry::Stop {
                    return false;
                }
                at = begins.0 + leading + length;
                line = begins.1 + skipped + 1;
                break;
            }
            if see(begins.1, entry) == AfterEntry::Stop {
                return false;
            }
        }
    }
    false
}

/// Whether a row is within quotation marks at its end, and is one line: a mark that nothing closes
/// swallows the lines below it, which is no cut.
fn is_unclosed(row: &str) -> bool {
    let row = row.trim_start_matches(['\r', '\n']);
    row.matches('"').count() % 2 == 1 && !row.trim_end().contains('\n')
}

/// Whether the text is a table of pages: the first row names a column of addresses, or of
/// highlights with the titles of books, or holds an address.
pub(super) fn is_table(head: &str) -> bool {
    Columns::of(after_mark(head)).is_some()
}

/// The text without a byte-order mark, and without the line `sep=;` by which a spreadsheet knows
/// what stands between columns. The line stays, blank, so that lines are counted right.
fn after_mark(text: &str) -> &str {
    let text = text.trim_start_matches('\u{feff}');
    let end = text.find('\n').unwrap_or(text.len());
    let is_hint = text
        .get(..4)
        .is_some_and(|t| t.eq_ignore_ascii_case("sep="))
        && end <= 7;
    if is_hint { &text[end..] } else { text }
}

fn to_index(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

fn reader(text: &str, mark: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(mark)
        .flexible(true)
        .has_headers(false)
        .trim(Trim::None)
        .from_reader(text.as_bytes())
}

fn after_header(text: &str, mark: u8) -> (usize, usize) {
    let mut reader = reader(text, mark);
    let mut record = StringRecord::new();
    let _ = reader.read_record(&mut record);
    let end = reader.position();
    (to_index(end.byte()).min(text.len()), to_index(end.line()))
}

/// What stands in which column.
struct Columns {
    names: Vec<String>,
    /// Whether the first row names them.
    named: bool,
    /// What stands between two.
    mark: u8,
    /// Whether each row is a highlight in a book, which has no address.
    of_quotes: bool,
}

impl Columns {
    fn of(text: &str) -> Option<Self> {
        let start = text.trim_start();
        let head = &start[..start.find('\n').unwrap_or(start.len())];
        // A line of more than one column, by the mark that gives the most.
        let count = |mark: u8| head.bytes().filter(|b| *b == mark).count();
        let mark = *b"\t;,".iter().max_by_key(|mark| count(**mark))?;
        let mut record = StringRecord::new();
        let mut reader = reader(start, mark);
        if !matches!(reader.read_record(&mut record), Ok(true)) {
            return None;
        }
        let names: Vec<String> = record.iter().map(plain_name).collect();
        if names
            .iter()
            .any(|name| FieldNames::of("url").contains(name))
        {
            return Some(Self::named(names, mark, false));
        }
        let has = |field: &str| {
            names
                .iter()
                .any(|name| FieldNames::of(field).contains(name))
        };
        if names.iter().any(|name| name == "highlight") && has("title") {
            return Some(Self::named(names, mark, true));
        }
        Self::guessed(&record, mark)
    }

    fn named(names: Vec<String>, mark: u8, of_quotes: bool) -> Self {
        Self {
            names,
            named: true,
            mark,
            of_quotes,
        }
    }

    /// The columns of a table that does not name them: an address, a title, a time.
    fn guessed(first: &StringRecord, mark: u8) -> Option<Self> {
        if first.len() < 2 {
            return None;
        }
        let mut free = HashSet::from(["url", "title", "timeadded"]);
        let names: Vec<String> = first
            .iter()
            .map(|cell| {
                let cell = cell.trim();
                let kind = if cell.starts_with("http://") || cell.starts_with("https://") {
                    "url"
                } else if cell.len() >= 9 && cell.bytes().all(|b| b.is_ascii_digit()) {
                    "timeadded"
                } else {
                    "title"
                };
                if free.remove(kind) { kind } else { "" }.to_owned()
            })
            .collect();
        (!free.contains("url")).then_some(Self {
            names,
            named: false,
            mark,
            of_quotes: false,
        })
    }

    /// Whether the address is followed by another cell, so that all of it is there.
    fn has_address_before_end(&self, record: &StringRecord) -> bool {
        let names = FieldNames::of("url");
        let place = self.names.iter().position(|name| names.contains(name));
        place.is_some_and(|place| place + 1 < record.len())
    }

    fn entry(&self, record: &StringRecord) -> Result<SavedEntry, EntryFault> {
        let cells = self.names.iter().zip(record.iter());
        let map: Map<String, Value> = cells
            .filter(|(name, cell)| !name.is_empty() && !cell.trim().is_empty())
            .map(|(name, cell)| (name.clone(), Value::String(cell.to_owned())))
            .collect();
        let mut page = page_of(&map, &[]).ok_or(EntryFault::NoAddress)?;
        if self.of_quotes {
            // The words are the text, so that the same row is the same entry at the next import.
            let cell = |name: &str| map.get(name).and_then(Value::as_str).map(str::to_owned);
            let words = cell("highlight").ok_or(EntryFault::NoAddress)?;
            page.text = SavedText::Plain(words.clone());
            page.quotes = vec![SavedQuote {
                words,
                note: page.note.take(),
                colour: cell("color").or_else(|| cell("colour")),
            }];
        }
        if page.url.trim().is_empty() && page.text == SavedText::None {
            return Err(EntryFault::NoAddress);
        }
        Ok(SavedEntry::Page(Box::new(page)))
    }
}

#[cfg(test)]
#[path = "tests/table.rs"]
mod tests;
