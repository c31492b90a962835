//! Scraps as files of the reader's own: export, import, and the mirror folder.
//!
//! * `album` – the pictures of scraps, stored beside the library
//! * `configured_archive` – applies the settings for pictures, mirror and exports
//! * `import` – reads exported scraps back in
//! * `mirror` – a folder that follows every change of the scraps
//! * `names` – file names from headlines, and folders as the reader types them
//!
//! A file is recognised by the mark in it ([`seal`]), not by its name: one that was renamed or
//! moved into a subfolder is updated where it is, and one that the reader changed is left alone.

pub mod album;
mod configured_archive;
pub mod import;
pub mod mirror;
mod names;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

pub use album::Album;
pub use configured_archive::Archive;
pub use names::{documents, expanded, file_name};

use super::failures::of_write;
use super::system::atomic_file;
use super::system::atomic_file::Durability;
use super::system::paths::private_dir;
use crate::app::{Cause, Failure};
use crate::news::order::Order as _;
use crate::news::write::{PictureNames, scrap_html, scrap_json, scrap_markdown, seal};
use crate::news::{ArticleId, Picture, Scrap};

/// Most files examined in a folder.
const MOST_FILES: usize = 50_000;
/// Levels of subfolders that are searched.
const DEEPEST: usize = 4;
/// Name of the folder with the pictures of Markdown files.
const PICTURES: &str = "pictures";
/// Name of the folder into which the files of deleted scraps are moved; nothing is deleted.
const REMOVED: &str = ".removed";

/// The format of a scrap's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Markdown with front matter.
    Md,
    /// One self-contained HTML page.
    Html,
    /// JSON, which can be imported again.
    Json,
}

impl Form {
    /// The extension of its files, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Md => "md",
            Self::Html => "html",
            Self::Json => "json",
        }
    }

    /// The format with this name or extension.
    pub fn named(name: &str) -> Option<Self> {
        [Self::Md, Self::Html, Self::Json]
            .into_iter()
            .find(|form| form.ending().eq_ignore_ascii_case(name))
    }
}

/// What happened to a scrap's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Put {
    /// It was written.
    Written(PathBuf),
    /// It was already up to date.
    Same(PathBuf),
    /// The reader had changed it, so it was left alone.
    Left(PathBuf),
}

/// A folder of scraps in one format.
#[derive(Debug)]
pub struct Folder<'a> {
    dir: PathBuf,
    form: Form,
    album: &'a Album,
    durability: Durability,
    known: BTreeMap<ArticleId, PathBuf>,
}

impl<'a> Folder<'a> {
    /// Opens the folder `dir`, creating it where it is missing, and finds the scraps in it.
    ///
    /// # Errors
    /// The folder can't be created, or `dir` is no folder.
    pub fn open(dir: &Path, form: Form, album: &'a Album) -> Result<Self, Failure> {
        let shown = dir.display().to_string();
        private_dir(dir)
            .and_then(|()| fs::read_dir(dir).map(drop))
            .map_err(|e| of_write(&e, &shown))?;
        atomic_file::sweep(dir);
        let mut folder = Self {
            dir: dir.to_owned(),
            form,
            album,
            durability: Durability::Buffered,
            known: BTreeMap::new(),
        };
        let mut files = Vec::new();
        gather(dir, DEEPEST, &mut files);
        files.retain(|path| {
            path.extension()
                .is_some_and(|e| e.eq_ignore_ascii_case(form.ending()))
        });
        files.order();
        for path in files {
            if let Some(id) = read_head(&path).ok().and_then(|head| seal::id(&head)) {
                folder.known.entry(id).or_insert(path);
            }
        }
        Ok(folder)
    }

    /// The same folder with durable writes: files survive a power cut.
    #[must_use]
    fn synced(self) -> Self {
        Self {
            durability: Durability::Synced,
            ..self
        }
    }

    /// Writes a scrap to its existing file, or to a new one.
    ///
    /// # Errors
    /// The file can't be written; the existing one is unchanged then.
    pub fn put(&mut self, scrap: &Scrap) -> Result<Put, Failure> {
        let id = scrap.id();
        if !self.known.contains_key(&id) {
            self.bring_back(id);
        }
        if let Some(path) = self.known.get(&id).cloned() {
            let text = self.render(scrap, &path)?;
            let shown = path.display().to_string();
            return match fs::read_to_string(&path) {
                Ok(there) if there == text => Ok(Put::Same(path)),
                Ok(there) if seal::is_unchanged(&there) => {
                    atomic_file::write(&path, text.as_bytes(), self.durability)
                        .map_err(|e| of_write(&e, &shown))?;
                    Ok(Put::Written(path))
                }
                Ok(_) => Ok(Put::Left(path)),
                Err(e) => Err(of_write(&e, &shown)),
            };
        }
        let name = file_name(scrap);
        for n in 1_u32.. {
            let name = if n == 1 {
                name.clone()
            } else {
                format!("{name}-{n}")
            };
            let path = self.dir.join(format!("{name}.{}", self.form.ending()));
            let text = self.render(scrap, &path)?;
            let made = atomic_file::create(&path, text.as_bytes(), self.durability);
            if made.map_err(|e| of_write(&e, &path.display().to_string()))? {
                self.known.insert(id, path.clone());
                return Ok(Put::Written(path));
            }
        }
        Err(Failure::new(Cause::NameTaken, &name))
    }

    /// Moves the file of a deleted scrap into [`REMOVED`], with any changes by the reader. Returns
    /// whether there was one.
    ///
    /// # Errors
    /// The file can't be moved.
    pub fn take(&mut self, id: ArticleId) -> Result<bool, Failure> {
        let Some(path) = self.known.get(&id).cloned() else {
            return Ok(false);
        };
        let dir = self.dir.join(REMOVED);
        let to = dir.join(path.file_name().unwrap_or_default());
        let moved = private_dir(&dir).and_then(|()| fs::rename(&path, &to));
        moved.map_err(|e| of_write(&e, &path.display().to_string()))?;
        self.known.remove(&id);
        Ok(true)
    }

    /// Moves the file of a scrap back from [`REMOVED`].
    fn bring_back(&mut self, id: ArticleId) {
        let mut aside = Vec::new();
        gather(&self.dir.join(REMOVED), 0, &mut aside);
        let of_it =
            |path: &PathBuf| read_head(path).ok().and_then(|head| seal::id(&head)) == Some(id);
        let Some((from, name)) = aside
            .iter()
            .find(|p| of_it(p))
            .and_then(|p| Some((p, p.file_name()?)))
        else {
            return;
        };
        let to = self.dir.join(name);
        // Where it can't be moved back, the file is written anew.
        if !to.exists() && fs::rename(from, &to).is_ok() {
            self.known.insert(id, to);
        }
    }

    /// The scraps that have a file in this folder.
    pub fn ids(&self) -> Vec<ArticleId> {
        self.known.keys().copied().collect()
    }

    /// The contents of a scrap's file at `path`.
    fn render(&self, scrap: &Scrap, path: &Path) -> Result<String, Failure> {
        let up = path
            .parent()
            .and_then(|p| p.strip_prefix(&self.dir).ok())
            .map_or(0, |p| p.components().count());
        if self.form == Form::Md {
            self.put_pictures(&scrap.pictures)?;
        }
        rendered(scrap, self.form, self.album, &"../../".repeat(up))
    }

    /// Writes the pictures of Markdown files that are not there yet.
    fn put_pictures(&self, pictures: &[Picture]) -> Result<(), Failure> {
        let dir = self.dir.join(PICTURES);
        for picture in pictures {
            let (Some(from), to) = (self.album.path(picture), dir.join(&*picture.file)) else {
                continue;
            };
            if to.exists() {
                continue;
            }
            let shown = to.display().to_string();
            private_dir(&dir).map_err(|e| of_write(&e, &shown))?;
            let put =
                fs::read(from).and_then(|bytes| atomic_file::create(&to, &bytes, self.durability));
            put.map_err(|e| of_write(&e, &shown))?;
        }
        Ok(())
    }
}

/// A scrap as the contents of a file. `up` is the relative path from it to the folder that contains
/// the pictures.
fn rendered(scrap: &Scrap, form: Form, album: &Album, up: &str) -> Result<String, Failure> {
    let of = |url: &str| scrap.pictures.iter().find(|p| &*p.url == url);
    let pictures: PictureNames<'_> = match form {
        Form::Md => &|url| {
            of(url)
                .filter(|p| album.path(p).is_some())
                .map(|p| format!("{up}{PICTURES}/{}", p.file))
        },
        Form::Html => &|url| of(url).and_then(|p| album.data_address(p)),
        Form::Json => &|file| {
            scrap
                .pictures
                .iter()
                .find(|p| &*p.file == file)
                .and_then(|p| album.base64(p))
        },
    };
    match form {
        Form::Md => Ok(scrap_markdown(scrap, pictures)),
        Form::Html => Ok(scrap_html(scrap, pictures)),
        Form::Json => {
            scrap_json(scrap, pictures).map_err(|e| Failure::new(Cause::Bug, &e.to_string()))
        }
    }
}

/// Writes scraps to `to`: a folder, or for a single scrap a file whose extension names the format.
/// Returns what happened to each.
///
/// # Errors
/// A file can't be written; or a file of that name has other contents.
pub fn export(
    scraps: &[Scrap],
    to: &Path,
    usual: Form,
    album: &Album,
) -> Result<Vec<Put>, Failure> {
    let named = to
        .extension()
        .and_then(|e| Form::named(&e.to_string_lossy()));
    match (named, scraps) {
        (Some(form), [scrap]) if !to.is_dir() => Ok(vec![export_one(scrap, to, form, album)?]),
        _ => {
            let mut folder = Folder::open(to, usual, album)?;
            scraps.iter().map(|scrap| folder.put(scrap)).collect()
        }
    }
}

fn export_one(scrap: &Scrap, to: &Path, form: Form, album: &Album) -> Result<Put, Failure> {
    let dir = to
        .parent()
        .filter(|p| !p.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."));
    private_dir(dir).map_err(|e| of_write(&e, &dir.display().to_string()))?;
    let folder = Folder {
        dir: dir.to_owned(),
        form,
        album,
        durability: Durability::Synced,
        known: BTreeMap::new(),
    };
    let text = folder.render(scrap, to)?;
    let shown = to.display().to_string();
    match fs::read_to_string(to) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => {}
        Ok(there) if there == text => return Ok(Put::Same(to.to_owned())),
        Ok(there) if seal::is_unchanged(&there) && seal::id(&there) == Some(scrap.id()) => {
            atomic_file::write(to, text.as_bytes(), Durability::Synced)
                .map_err(|e| of_write(&e, &shown))?;
            return Ok(Put::Written(to.to_owned()));
        }
        _ => return Err(Failure::new(Cause::NameTaken, &shown)),
    }
    if atomic_file::create(to, text.as_bytes(), Durability::Synced)
        .map_err(|e| of_write(&e, &shown))?
    {
        Ok(Put::Written(to.to_owned()))
    } else {
        Err(Failure::new(Cause::NameTaken, &shown))
    }
}

/// Collects the files in `dir` and its subfolders, without hidden ones.
fn gather(dir: &Path, depth: usize, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        if out.len() >= MOST_FILES || entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        match entry.file_type() {
            Ok(kind) if kind.is_dir() && depth > 0 => gather(&entry.path(), depth - 1, out),
            Ok(kind) if kind.is_file() => out.push(entry.path()),
            _ => {}
        }
    }
}

/// The beginning of a file, which has the mark.
fn read_head(path: &Path) -> io::Result<String> {
    let mut head = Vec::with_capacity(seal::HEAD);
    File::open(path)?
        .take(seal::HEAD as u64)
        .read_to_end(&mut head)?;
    Ok(String::from_utf8_lossy(&head).into_owned())
}
