//! Imports scraps that were exported as JSON.

use std::fs;
use std::io;
use std::path::Path;

use jiff::Timestamp;
use serde_json::Value;

use super::{Album, gather};
use crate::app::{Cause, Failure};
use crate::news::{ArticleId, Scrap};
use crate::runtime::failures::{of_io, of_write};
use crate::runtime::store::Store;
use crate::runtime::system::limited_read;

/// Size of the largest file that is read, in bytes: an article with all its pictures in base64.
const LARGEST: usize = 128 << 20;
/// Levels of subfolders that are searched.
const DEEPEST: usize = 4;

/// The result of an import.
#[derive(Debug, Default)]
pub struct Imported {
    /// The imported scraps, in the order of the files.
    pub ids: Vec<ArticleId>,
    /// The failures of files that could not be read.
    pub failures: Vec<Failure>,
}

/// Imports the scraps in the .json files of a folder, or in one file. Existing scraps gain tags,
/// notes and highlights and lose nothing; each file is imported completely or not at all.
///
/// # Errors
/// The folder can't be read, or the library can't be written; scraps imported before that stay.
pub fn import(store: &Store, album: &Album, from: &Path) -> Result<Imported, Failure> {
    let unreadable = |e: &io::Error, path: &Path| of_io(e, &path.display().to_string());
    let mut files = vec![from.to_owned()];
    if from.is_dir() {
        fs::read_dir(from).map_err(|e| unreadable(&e, from))?;
        files.clear();
        gather(from, DEEPEST, &mut files);
        files.retain(|p| p.extension().is_some_and(|e| e == "json"));
        files.sort();
    }
    let mut done = Imported::default();
    for file in files {
        match read(&file, album) {
            Ok(scrap) => {
                let held = store.scrap(scrap.id())?;
                let scrap = match held {
                    Some(held) => held.with(scrap),
                    None => scrap,
                };
                store.scrap_put(&scrap)?;
                done.ids.push(scrap.id());
            }
            Err(failure) => done.failures.push(failure),
        }
    }
    Ok(done)
}

/// The scrap in a file; its pictures are added to the album.
fn read(path: &Path, album: &Album) -> Result<Scrap, Failure> {
    let name = path.display().to_string();
    let bytes = limited_read::file(path, LARGEST)?;
    let nothing = || Failure::new(Cause::NoArticle, &name);
    let mut shape: Value = serde_json::from_slice(&bytes).map_err(|_| nothing())?;
    if shape.get("title").is_none() && shape.get("blocks").is_none() {
        return Err(nothing());
    }
    for picture in shape
        .pointer_mut("/scrap/pictures")
        .and_then(Value::as_array_mut)
        .into_iter()
        .flatten()
    {
        let Some(data) = picture.as_object_mut().and_then(|p| p.shift_remove("data")) else {
            continue;
        };
        album
            .keep_base64(data.as_str().unwrap_or_default())
            .map_err(|e| of_write(&e, &name))?;
    }
    let mut scrap = Scrap::imported(shape, Timestamp::now()).map_err(|_| nothing())?;
    scrap.article.claimed = true;
    Ok(scrap)
}
