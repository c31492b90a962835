//! Imports scraps: those that this program exported, and pages that other services saved.
//!
//! * `bundle`   – the files of an export: one, a folder of them, or packed as zip
//! * `imported` – [`Imported`], what became of them
//! * `importer` – puts entries into the library, each once

mod bundle;
mod imported;
mod importer;
#[cfg(test)]
#[path = "../tests/import.rs"]
mod tests;

use std::io::{Cursor, ErrorKind, Read};
use std::path::Path;

use self::bundle::Beside;
pub use self::imported::Imported;
use self::importer::Importer;
use super::Album;
use crate::app::{Cause, Failure};
use crate::extract::charset::decode_unlimited;
use crate::extract::saved::{
    AfterEntry, EntryFault, FolderNames, SavedEntry, SavedError, SavedForm, SavedPage,
    address_list, beside_text, bookmark_page, folder_names, json, quotes_in_markdown, table,
};
use crate::runtime::failures::of_io;
use crate::runtime::store::Store;

/// How much of a file is looked at to tell its form, in bytes.
const HEAD: u64 = 16 << 10;
/// Largest table or page of bookmarks, in bytes. JSON is read as it comes and may be larger.
const LARGEST_WHOLE: u64 = 96 << 20;
/// Most entries of a file that are reported one by one.
const MOST_REPORTED: usize = 20;

/// Imports the scraps in a file, a folder of files, or a zip. The form of each is told by its
/// content. Existing scraps gain tags, notes, highlights and a missing text, and lose nothing.
///
/// # Errors
/// The folder can't be read, or the library can't be written; scraps imported before that stay.
pub fn import(store: &Store, album: &Album, from: &Path) -> Result<Imported, Failure> {
    let mut importer = Importer::new(store, album)?;
    let (mut lists, mut beside) = match bundle::open(from) {
        Ok(found) => found,
        Err(failure) if from.is_dir() => return Err(failure),
        Err(failure) => {
            let is_cut_off = failure.cause == Cause::BreaksOff;
            importer.done.failures.push(failure);
            if is_cut_off {
                recover(from, &mut importer);
            }
            return importer.finish();
        }
    };
    for index in 0..lists.len() {
        let (name, required) = (lists.name(index), lists.is_required(index));
        let mut names = FolderNames::new();
        let read = lists.read_ahead(index, |input| names = folder_names(input));
        let read = read.and_then(|()| {
            lists.read(index, |input| {
                let list = ListReading::new(&name, &mut importer, &mut beside);
                list.read(input, &names, required)
            })
        });
        if importer.trouble.is_some() {
            break;
        }
        if let Err(failure) = read {
            importer.done.failures.push(failure);
        }
    }
    importer.finish()
}

/// Imports what is whole in a zip that is cut off.
fn recover(from: &Path, importer: &mut Importer<'_>) {
    bundle::each_whole(from, &mut |name, input| {
        let mut beside = Beside::nothing();
        let list = ListReading::new(&name, importer, &mut beside);
        if let Err(failure) = list.read(input, &FolderNames::new(), false) {
            importer.done.failures.push(failure);
        }
    });
}

/// One list while it is read.
struct ListReading<'a, 'i> {
    name: &'a str,
    importer: &'a mut Importer<'i>,
    beside: &'a mut Beside,
    seen: usize,
    taken: usize,
    faults: Vec<Failure>,
}

impl<'a, 'i> ListReading<'a, 'i> {
    fn new(name: &'a str, importer: &'a mut Importer<'i>, beside: &'a mut Beside) -> Self {
        Self {
            name,
            importer,
            beside,
            seen: 0,
            taken: 0,
            faults: Vec::new(),
        }
    }

    /// Reads the list. A file that is none is a failure where `required`.
    fn read(
        mut self,
        input: &mut dyn Read,
        names: &FolderNames,
        required: bool,
    ) -> Result<(), Failure> {
        let name = self.name;
        let nothing = || match required {
            true => Err(Failure::new(Cause::NotAnExport, name)),
            false => Ok(()),
        };
        let mut head = Vec::new();
        input
            .take(HEAD)
            .read_to_end(&mut head)
            .map_err(|e| unreadable(&e, name))?;
        let Some(form) = SavedForm::of(&decode_unlimited(&head, None)) else {
            return nothing();
        };
        let done = self.entries(form, names, Cursor::new(head).chain(input))?;
        if self.taken == 0 && (self.seen > 0 || done.is_err()) {
            return match done {
                Err(SavedError::TooLarge) => Err(Failure::new(Cause::ImportTooLarge, name)),
                _ => nothing(),
            };
        }
        let most = self.faults.len().min(MOST_REPORTED);
        self.importer.done.unreported += self.faults.len() - most;
        self.importer
            .done
            .failures
            .extend(self.faults.into_iter().take(most));
        done.map_err(|error| match error {
            SavedError::TooLarge => Failure::new(Cause::ImportTooLarge, name),
            SavedError::Unreadable | SavedError::EndsEarly => Failure::new(Cause::BreaksOff, name),
        })
    }

    /// Puts the entries into the library.
    fn entries(
        &mut self,
        form: SavedForm,
        names: &FolderNames,
        input: std::io::Chain<Cursor<Vec<u8>>, &mut dyn Read>,
    ) -> Result<Result<(), SavedError>, Failure> {
        let mut see = |number, entry| self.see(number, entry);
        let head = input.get_ref().0.get_ref();
        // What is not UTF-8 can't be read as it comes. A letter may be cut at the end of the head.
        let is_utf8 = match std::str::from_utf8(head) {
            Ok(_) => true,
            Err(e) => e.error_len().is_none() && e.valid_up_to() + 4 > head.len(),
        };
        if form == SavedForm::Json && is_utf8 {
            return Ok(json(input, names, &mut see));
        }
        let (name, mut bytes) = (self.name, Vec::new());
        let read = input.take(LARGEST_WHOLE + 1).read_to_end(&mut bytes);
        let is_cut_off = match read.map_err(|e| unreadable(&e, name)) {
            Ok(_) => false,
            Err(failure) if failure.cause == Cause::BreaksOff && !bytes.is_empty() => true,
            Err(failure) => return Err(failure),
        };
        if bytes.len() as u64 > LARGEST_WHOLE {
            return Err(Failure::new(Cause::ImportTooLarge, name));
        }
        let text = decode_unlimited(&bytes, None);
        let mut see = |number, entry| self.see(number, entry);
        match form {
            SavedForm::Json => return Ok(json(text.as_bytes(), names, &mut see)),
            SavedForm::Table => {
                if table(&text, &mut see) {
                    return Ok(Err(SavedError::EndsEarly));
                }
            }
            SavedForm::Addresses => address_list(&text, &mut see),
            SavedForm::Bookmarks => {
                if bookmark_page(&text, &mut see) {
                    return Ok(Err(SavedError::EndsEarly));
                }
            }
        }
        Ok(match is_cut_off {
            true => Err(SavedError::EndsEarly),
            false => Ok(()),
        })
    }

    fn see(&mut self, number: usize, entry: Result<SavedEntry, EntryFault>) -> AfterEntry {
        self.seen += 1;
        let put = match entry {
            Ok(SavedEntry::Page(mut page)) => {
                self.add_beside(&mut page);
                self.importer.put_page(*page)
            }
            Ok(SavedEntry::Own(shape)) => self.importer.put_own(shape),
            Err(fault) => Err(fault),
        };
        match put {
            Ok(()) => self.taken += 1,
            Err(EntryFault::NotWeb) => {
                self.taken += 1;
                self.importer.done.not_web += 1;
            }
            Err(EntryFault::NoAddress | EntryFault::Unreadable) => {
                let subject = format!("{}:{number}", self.name);
                self.faults.push(Failure::new(Cause::BadEntry, &subject));
            }
        }
        match self.importer.trouble {
            Some(_) => AfterEntry::Stop,
            None => AfterEntry::GoOn,
        }
    }

    /// Adds the text and the highlights that lie in files beside the list.
    fn add_beside(&mut self, page: &mut SavedPage) {
        let Some(slug) = page.slug.take() else { return };
        if let Some(text) = self.beside.text("content", &slug) {
            page.text = beside_text(&decode_unlimited(&text, None));
        }
        if let Some(text) = self.beside.text("highlights", &slug) {
            let (note, quotes) = quotes_in_markdown(&decode_unlimited(&text, None));
            page.quotes.extend(quotes);
            page.note = page.note.take().or(note);
        }
    }
}

/// Why a list can't be read: more is packed in it than may be unpacked, or it is damaged.
fn unreadable(error: &std::io::Error, name: &str) -> Failure {
    match error.kind() {
        ErrorKind::FileTooLarge => Failure::new(Cause::ImportTooLarge, name),
        ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::UnexpectedEof => {
            Failure::new(Cause::BreaksOff, name)
        }
        _ => of_io(error, name),
    }
}
