//! The files of an export: a single file, a folder, or a zip, which is read without unpacking it to
//! the disk.

use std::cell::Cell;
use std::collections::HashMap;
use std::fs;
use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use zip::ZipArchive;
use zip::read::read_zipfile_from_stream;

use super::super::gather;
use crate::app::{Cause, Failure};
use crate::extract::charset::decode_unlimited;
use crate::news::order::Order as _;
use crate::runtime::failures::of_io;

/// Levels of subfolders that are searched.
const DEEPEST: usize = 4;
/// Most files of a zip.
const MOST_FILES: usize = 200_000;
/// Largest text beside a list, in bytes.
const LARGEST_BESIDE: u64 = 8 << 20;
/// A zip may hold this many bytes, unpacked, or this many times its own size if that is more.
/// Text becomes five to ten times smaller.
const LEAST_UNPACKED: u64 = if cfg!(test) { 6 << 20 } else { 512 << 20 };
const MOST_RATIO: u64 = 60;

/// Folders with the texts and the highlights of pages, beside the list of them.
const BESIDE: [&str; 2] = ["content", "highlights"];
/// Endings of files that may be lists, where the reader did not name the file.
const LISTS: [&str; 8] = ["json", "jsonl", "csv", "tsv", "html", "htm", "txt", "md"];

/// The lists of an export.
pub(super) struct BundleLists {
    /// The file or folder, as the reader named it.
    root: PathBuf,
    /// Names within the folder or zip, and the numbers of files in the latter.
    files: Vec<(String, usize)>,
    archive: Option<ZipArchive<File>>,
    budget: Budget,
}

/// The files beside the lists.
pub(super) struct Beside {
    root: PathBuf,
    /// By folder and name without ending: the name, and the number in a zip.
    files: HashMap<(&'static str, String), (String, usize)>,
    /// An archive of its own, since that of the lists is being read.
    archive: Option<ZipArchive<File>>,
    budget: Budget,
}

/// How many bytes may still be unpacked.
#[derive(Clone)]
struct Budget(Rc<Cell<u64>>);

struct Counted<R> {
    input: R,
    budget: Budget,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(into)?;
        let left = self.budget.0.get().checked_sub(read as u64);
        self.budget.0.set(left.unwrap_or(0));
        match left {
            Some(_) => Ok(read),
            None => Err(ErrorKind::FileTooLarge.into()),
        }
    }
}

/// Finds the files of an export.
///
/// # Errors
/// The file or folder can't be read, or the zip is damaged.
pub(super) fn open(from: &Path) -> Result<(BundleLists, Beside), Failure> {
    let shown = from.display().to_string();
    let unreadable = |e: &io::Error| of_io(e, &shown);
    let (mut budget, mut archives) = (u64::MAX, (None, None));
    let names: Vec<String> = if from.is_dir() {
        fs::read_dir(from).map_err(|e| unreadable(&e))?;
        let mut paths = Vec::new();
        gather(from, DEEPEST, &mut paths);
        paths.order();
        let within = paths.iter().filter_map(|path| path.strip_prefix(from).ok());
        within
            .map(|path| path.to_string_lossy().into_owned())
            .collect()
    } else {
        let file = File::open(from).map_err(|e| unreadable(&e))?;
        if !is_zip(&file).map_err(|e| unreadable(&e))? {
            return Ok(single(from));
        }
        let size = file.metadata().map_or(0, |about| about.len());
        budget = LEAST_UNPACKED.max(size.saturating_mul(MOST_RATIO));
        let damaged = |_| Failure::new(Cause::BreaksOff, &shown);
        let archive = ZipArchive::new(file).map_err(damaged)?;
        if archive.len() > MOST_FILES {
            return Err(Failure::new(Cause::ImportTooLarge, &shown));
        }
        // Systems write the names in their own charset, without saying so.
        let names = archive.file_names_raw();
        let names = names
            .map(|name| decode_unlimited(name, None).into_owned())
            .collect();
        let again = File::open(from).map_err(|e| unreadable(&e))?;
        archives = (Some(archive), ZipArchive::new(again).ok());
        names
    };
    let budget = Budget(Rc::new(Cell::new(budget)));
    let (mut files, mut beside) = (Vec::new(), HashMap::new());
    for (number, name) in names.into_iter().enumerate() {
        let path = Path::new(&name);
        if is_hidden(path) {
            continue;
        }
        if let Some(folder) = folder_beside(path) {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            beside.insert((folder, stem.into_owned()), (name.clone(), number));
        } else if may_be_list(path) {
            files.push((name, number));
        }
    }
    files.order();
    let lists = BundleLists {
        root: from.to_owned(),
        files,
        archive: archives.0,
        budget: budget.clone(),
    };
    let beside = Beside {
        root: from.to_owned(),
        files: beside,
        archive: archives.1,
        budget,
    };
    Ok((lists, beside))
}

fn single(from: &Path) -> (BundleLists, Beside) {
    let budget = Budget(Rc::new(Cell::new(u64::MAX)));
    // The reader may have named a list within an unpacked export.
    let root = from.parent().unwrap_or(Path::new("")).to_owned();
    let mut files = HashMap::new();
    for folder in BESIDE {
        for entry in fs::read_dir(root.join(folder))
            .into_iter()
            .flatten()
            .flatten()
        {
            let name = Path::new(folder).join(entry.file_name());
            let stem = name.file_stem().unwrap_or_default().to_string_lossy();
            let key = (folder, stem.into_owned());
            files.insert(key, (name.to_string_lossy().into_owned(), 0));
        }
    }
    let lists = BundleLists {
        root: from.to_owned(),
        files: vec![(String::new(), 0)],
        archive: None,
        budget: budget.clone(),
    };
    let beside = Beside {
        root,
        files,
        archive: None,
        budget,
    };
    (lists, beside)
}

/// Gives the lists of a zip that is cut off, from its beginning on, to `take`. The texts beside them
/// can't be found without the directory at its end.
pub(super) fn each_whole(from: &Path, take: &mut dyn FnMut(String, &mut dyn Read)) {
    let Ok(file) = File::open(from) else { return };
    let size = file.metadata().map_or(0, |about| about.len());
    let most = LEAST_UNPACKED.max(size.saturating_mul(MOST_RATIO));
    let budget = Budget(Rc::new(Cell::new(most)));
    let mut input = BufReader::new(file);
    while let Ok(Some(packed)) = read_zipfile_from_stream(&mut input) {
        let name = decode_unlimited(packed.name_raw(), None).into_owned();
        let path = Path::new(&name);
        if !is_hidden(path) && folder_beside(path).is_none() && may_be_list(path) {
            let budget = budget.clone();
            let mut input = Counted {
                input: packed,
                budget,
            };
            take(from.join(path).display().to_string(), &mut input);
        }
        if budget.0.get() == 0 {
            return;
        }
    }
}

/// Whether a file may be a list, by its ending.
fn may_be_list(path: &Path) -> bool {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| LISTS.contains(&&*ending))
}

/// Whether a file begins as a zip does. A pipe is not looked into: what is read of it is gone.
fn is_zip(file: &File) -> io::Result<bool> {
    if !file.metadata()?.is_file() {
        return Ok(false);
    }
    let mut head = Vec::with_capacity(4);
    let mut start = file;
    start.take(4).read_to_end(&mut head)?;
    io::Seek::rewind(&mut start)?;
    Ok(matches!(&head[..], b"PK\x03\x04" | b"PK\x05\x06"))
}

/// Files that systems put beside the user's own.
fn is_hidden(path: &Path) -> bool {
    path.components().any(|part| {
        let name = part.as_os_str().to_string_lossy();
        name.starts_with('.') || name == "__MACOSX"
    })
}

fn folder_beside(path: &Path) -> Option<&'static str> {
    let folder = path.parent()?.file_name()?.to_string_lossy();
    BESIDE
        .into_iter()
        .find(|name| folder.eq_ignore_ascii_case(name))
}

impl BundleLists {
    /// How many files may be lists.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// The file's name as it is reported.
    pub(super) fn name(&self, index: usize) -> String {
        let name = self.files.get(index).map_or("", |(name, _)| name);
        self.path(name).display().to_string()
    }

    /// Whether the file must be a list: the reader named it, or its ending says so.
    pub(super) fn is_required(&self, index: usize) -> bool {
        self.files.get(index).is_none_or(|(name, _)| {
            let ending = Path::new(name).extension();
            name.is_empty() || ending.is_some_and(|e| e.eq_ignore_ascii_case("json"))
        })
    }

    /// Looks into a file that will be read again. A pipe is not looked into.
    ///
    /// # Errors
    /// It can't be opened.
    pub(super) fn read_ahead(
        &mut self,
        index: usize,
        look: impl FnOnce(&mut dyn Read),
    ) -> Result<(), Failure> {
        let name = self.files.get(index).map_or("", |(name, _)| name);
        if self.archive.is_none() && !self.path(name).is_file() {
            return Ok(());
        }
        self.read(index, |input| {
            look(input);
            Ok(())
        })
    }

    fn path(&self, name: &str) -> PathBuf {
        match name.is_empty() {
            true => self.root.clone(),
            false => self.root.join(name),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// It can't be opened, or whatever `read` fails with.
    pub(super) fn read(
        &mut self,
        index: usize,
        read: impl FnOnce(&mut dyn Read) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let shown = self.name(index);
        let Some((name, number)) = self.files.get(index) else {
            return Ok(());
        };
        let budget = self.budget.clone();
        let Some(archive) = &mut self.archive else {
            let path = match name.is_empty() {
                true => self.root.clone(),
                false => self.root.join(name),
            };
            let mut input = File::open(&path).map_err(|e| of_io(&e, &shown))?;
            return read(&mut input);
        };
        // Encrypted, or packed by a method that no service uses.
        let input = archive.by_index(*number);
        let input = input.map_err(|_| Failure::new(Cause::Unreadable, &shown))?;
        read(&mut Counted { input, budget })
    }
}

impl Beside {
    /// No files at all.
    pub(super) fn nothing() -> Self {
        Self {
            root: PathBuf::new(),
            files: HashMap::new(),
            archive: None,
            budget: Budget(Rc::default()),
        }
    }

    /// The text in a folder beside the list, by the name that the list gives it.
    pub(super) fn text(&mut self, folder: &'static str, slug: &str) -> Option<Vec<u8>> {
        let (name, number) = self.files.get(&(folder, slug.to_owned()))?;
        let mut bytes = Vec::new();
        let budget = self.budget.clone();
        let read = match &mut self.archive {
            Some(archive) => {
                let input = archive.by_index(*number).ok()?;
                Counted { input, budget }
                    .take(LARGEST_BESIDE)
                    .read_to_end(&mut bytes)
            }
            None => {
                let input = File::open(self.root.join(name)).ok()?;
                input.take(LARGEST_BESIDE).read_to_end(&mut bytes)
            }
        };
        read.ok().map(|_| bytes)
    }
}
