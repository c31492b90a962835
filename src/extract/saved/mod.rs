//! Reads what services for saving pages export: Pocket, Instapaper, Omnivore, wallabag, Readwise
//! Reader, Karakeep, linkding, Raindrop, Pinboard, Google Reader and its kin, the bookmarks of
//! browsers, and lists of addresses.
//!
//! No service is asked for by name: the form is told by the content, and the fields are found by
//! any name that one of the services gives them.
//!
//! * [`saved_page`]    – [`SavedPage`], and how it becomes a scrap; times and labels in all forms
//! * `fields`          – finds the fields of a page in an object or a row
//! * [`mod@json`]      – JSON, an entry at a time; [`mod@table`] – CSV
//! * [`mod@bookmark_page`] – HTML of bookmarks; `address_list` – plain lists
//! * `beside`          – texts and highlights in files beside the list

mod address_list;
mod beside;
pub mod bookmark_page;
mod fields;
pub mod json;
pub mod saved_page;
pub mod table;

use serde_json::Value;

pub use address_list::{address_list, is_address_list};
pub use beside::{beside_text, quotes_in_markdown};
pub use bookmark_page::bookmark_page;
pub use json::{FolderNames, folder_names, json};
pub use saved_page::{EntryFault, SavedPage, SavedQuote, SavedText};
pub use table::table;

/// An entry of an export.
#[derive(Clone, Debug, PartialEq)]
pub enum SavedEntry {
    /// A page that a service saved.
    Page(Box<SavedPage>),
    /// An article of our own, exported as JSON.
    Own(Value),
}

/// Whether the reading goes on after an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterEntry {
    /// The next entry is wanted.
    GoOn,
    /// No further one is.
    Stop,
}

/// Why a file could not be read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SavedError {
    /// It ends within an entry.
    EndsEarly,
    /// One entry is larger than the limit.
    TooLarge,
    /// It is not in the form that it begins with.
    Unreadable,
}

/// The form of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SavedForm {
    /// JSON, or an object a line.
    Json,
    /// Comma-separated values, or with another mark.
    Table,
    /// A page of bookmarks.
    Bookmarks,
    /// An address a line.
    Addresses,
}

impl SavedForm {
    /// The form by the beginning of a file, decoded; `None` where it is none of them.
    pub fn of(head: &str) -> Option<Self> {
        let start = head.trim_start_matches('\u{feff}').trim_start();
        match start.chars().next()? {
            // A list in Markdown may begin with a link.
            '[' if !start.contains("](") || start.contains(['{', '"']) => Some(Self::Json),
            '{' => Some(Self::Json),
            '<' => bookmark_page::is_bookmark_page(start).then_some(Self::Bookmarks),
            _ if table::is_table(start) => Some(Self::Table),
            _ => is_address_list(start).then_some(Self::Addresses),
        }
    }
}

#[cfg(test)]
#[path = "tests/damage.rs"]
mod damage;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_told_by_the_content() {
        for (head, form) in [
            (" \n[{\"url\":\"https://a.kr\"}]", Some(SavedForm::Json)),
            ("\u{feff}{\"bookmarks\":[]}", Some(SavedForm::Json)),
            (
                "<!DOCTYPE NETSCAPE-Bookmark-file-1>",
                Some(SavedForm::Bookmarks),
            ),
            ("<!DOCTYPE html><p>글</p>", None),
            ("url,title\n", Some(SavedForm::Table)),
            ("\"Title\";\"URL\"\n", Some(SavedForm::Table)),
            (
                "https://a.kr/1\nhttps://a.kr/2\n",
                Some(SavedForm::Addresses),
            ),
            ("[가](https://a.kr/1)\n", Some(SavedForm::Addresses)),
            ("- [가](https://a.kr/1)\n", Some(SavedForm::Addresses)),
            ("오늘은 맑다, 내일은 흐리다.\n", None),
            ("", None),
        ] {
            assert_eq!(SavedForm::of(head), form, "{head}");
        }
    }
}
