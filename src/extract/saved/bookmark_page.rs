//! Reads pages of bookmarks: the form of Netscape, which every browser and most services write, and
//! the lists of Pocket and Instapaper.

use super::fields::{folder_labels, is_state};
use super::saved_page::{SavedPage, moment, split_labels};
use super::{AfterEntry, EntryFault, SavedEntry};
use crate::extract::html::entity::resolve;
use crate::extract::html::markup::{MarkupToken, tokens, unescape};

/// Folders nested deeper are merged.
const DEEPEST: usize = 60;
/// How far into a page the name of the program stands that wrote it, in letters.
const HEAD: usize = 2_000;

/// Whether a page is one of bookmarks.
pub(super) fn is_bookmark_page(head: &str) -> bool {
    let head = head.to_lowercase();
    let has = |mark: &str| head.contains(mark);
    has("netscape-bookmark-file")
        || (has("<a ") && (has(" add_date=") || has(" time_added=")))
        || has("<dt><a ")
        || has("<title>instapaper")
        || has("<title>pocket")
}

/// Reads a page of bookmarks. What `see` is given is the entry and its number, from 1; it answers
/// whether to go on. Returns whether the page ends within an entry or a list.
pub fn bookmark_page(
    text: &str,
    see: &mut dyn FnMut(usize, Result<SavedEntry, EntryFault>) -> AfterEntry,
) -> bool {
    let head: String = text
        .chars()
        .take(HEAD)
        .flat_map(char::to_lowercase)
        .collect();
    let mut reading = BookmarkReading {
        // Shaarli's labels are words, with blanks between them.
        has_words_for_labels: head.contains("shaarli export"),
        ..BookmarkReading::default()
    };
    let mut count = 0;
    let mut put = |page: Option<SavedPage>| {
        let Some(page) = page else {
            return AfterEntry::GoOn;
        };
        count += 1;
        see(count, Ok(SavedEntry::Page(Box::new(page))))
    };
    for token in tokens(text) {
        let done = match token {
            MarkupToken::Text(text) | MarkupToken::Data(text) => {
                reading.words.push_str(&resolve(text));
                None
            }
            MarkupToken::Start { name, attrs, .. } => reading.start(name, &attrs),
            MarkupToken::End { name, .. } => reading.end(name),
            MarkupToken::Aside => None,
        };
        if put(done) == AfterEntry::Stop {
            return false;
        }
    }
    // A list that is not closed, or half a tag.
    let is_open = reading.part == BookmarkPart::Link
        || reading.lists > 0
        || text.rfind('<') > text.rfind('>');
    let last = reading.done();
    put(last);
    is_open
}

fn is_list(name: &str) -> bool {
    ["dl", "ul", "ol"]
        .iter()
        .any(|list| name.eq_ignore_ascii_case(list))
}

/// What the words that come belong to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum BookmarkPart {
    #[default]
    Nothing,
    Heading,
    Link,
    Note,
}

#[derive(Default)]
struct BookmarkReading {
    part: BookmarkPart,
    words: String,
    /// The folder that the next list is of; `None` where it is the browser's own.
    next: Option<String>,
    /// Whether the heading being read is of a folder of the browser's own.
    is_browsers: bool,
    folders: Vec<Option<String>>,
    /// The heading above a list without folders.
    section: Option<String>,
    page: Option<SavedPage>,
    has_words_for_labels: bool,
    /// Lists that are not closed yet.
    lists: usize,
}

impl BookmarkReading {
    fn start(&mut self, name: &str, attrs: &[(&str, &str)]) -> Option<SavedPage> {
        self.lists += usize::from(is_list(name));
        let value = |key: &str| {
            let mut found = attrs
                .iter()
                .filter(|(name, _)| name.eq_ignore_ascii_case(key));
            // Firefox leaves `&copy=1` in an address as it is, so that names need their semicolon.
            found.next().map(|(_, value)| unescape(value))
        };
        match name.to_ascii_lowercase().as_str() {
            "a" => {
                let before = self.done();
                let url = value("href")?;
                let tags = ["tags", "labels"].iter().find_map(|name| value(name));
                let time = ["add_date", "time_added", "last_modified"];
                let folders = self.folders.iter().flatten().chain(&self.section);
                let tags = tags.unwrap_or_default();
                let mut tags = match self.has_words_for_labels {
                    true => tags.split([' ', ',']).map(str::to_owned).collect(),
                    false => split_labels(&tags),
                };
                tags.retain(|tag| !tag.trim().is_empty());
                tags.retain(|tag| tag != "linkding:bookmarks.archived");
                for label in folder_labels(folders) {
                    if !tags.contains(&label) {
                        tags.push(label);
                    }
                }
                self.page = Some(SavedPage {
                    url,
                    kept: time
                        .iter()
                        .find_map(|name| moment(&value(name)?))
                        .map(|t| t.at),
                    tags,
                    note: ["note", "comment"].iter().find_map(|name| value(name)),
                    ..SavedPage::default()
                });
                self.begin(BookmarkPart::Link);
                before
            }
            "dd" => {
                self.begin(BookmarkPart::Note);
                None
            }
            "dt" | "li" => self.done(),
            "h1" | "h2" | "h3" | "h4" => {
                let before = self.done();
                let marks = ["personal_toolbar_folder", "unfiled_bookmarks_folder"];
                self.is_browsers = marks
                    .iter()
                    .any(|mark| value(mark).is_some_and(|v| v != "false"));
                self.begin(BookmarkPart::Heading);
                before
            }
            "dl" => {
                let before = self.done();
                // What stood above was the page's own name.
                self.section = None;
                let folder = self.next.take();
                if self.folders.len() < DEEPEST {
                    self.folders.push(folder);
                }
                before
            }
            "br" => {
                self.words.push('\n');
                None
            }
            _ => None,
        }
    }

    fn end(&mut self, name: &str) -> Option<SavedPage> {
        self.lists = self.lists.saturating_sub(usize::from(is_list(name)));
        match name.to_ascii_lowercase().as_str() {
            "a" if self.part == BookmarkPart::Link => {
                let words = std::mem::take(&mut self.words);
                if let Some(page) = &mut self.page {
                    page.title = words.trim().to_owned();
                }
                self.part = BookmarkPart::Nothing;
                None
            }
            heading @ ("h1" | "h2" | "h3" | "h4") if self.part == BookmarkPart::Heading => {
                let words = std::mem::take(&mut self.words).trim().replace('/', " ");
                self.part = BookmarkPart::Nothing;
                let is_label = !self.is_browsers && !words.is_empty() && !is_state(&words);
                let name = is_label.then_some(words);
                if self.folders.is_empty() {
                    self.section.clone_from(&name);
                }
                self.next = name.filter(|_| heading != "h1");
                None
            }
            "dl" => {
                let before = self.done();
                self.folders.pop();
                before
            }
            "ul" | "ol" => self.done(),
            _ => None,
        }
    }

    fn begin(&mut self, part: BookmarkPart) {
        if matches!(part, BookmarkPart::Link | BookmarkPart::Heading) || self.page.is_some() {
            self.part = part;
        }
        self.words.clear();
    }

    /// The page that was being read, with the note below it.
    fn done(&mut self) -> Option<SavedPage> {
        let mut page = self.page.take()?;
        let words = std::mem::take(&mut self.words);
        match self.part {
            BookmarkPart::Note => page.note = note(&words).or(page.note),
            BookmarkPart::Link => page.title = words.trim().to_owned(),
            BookmarkPart::Heading | BookmarkPart::Nothing => {}
        }
        self.part = BookmarkPart::Nothing;
        Some(page)
    }
}

/// The note: a description, and what linkding keeps beside it.
fn note(words: &str) -> Option<String> {
    let plain = words
        .replace("[linkding-notes]", "\n")
        .replace("[/linkding-notes]", "");
    let lines: Vec<&str> = plain.trim().lines().map(str::trim).collect();
    let note = lines.join("\n");
    (!note.is_empty()).then_some(note)
}

#[cfg(test)]
#[path = "tests/bookmark_page.rs"]
mod tests;
