//! Makes an edition and writes it: as a file, whole or not at all, or as a folder of sound.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::audio::write_audio;
use super::choose::{EditionWish, choose};
use super::epub::epub;
use super::pictures::add_pictures;
use crate::app::{Cause, Failure};
use crate::config::{EditionForm, SpeechSettings};
use crate::news::edition::Edition;
use crate::news::write::edition_html;
use crate::runtime::cancel::Cancel;
use crate::runtime::failures::of_write;
use crate::runtime::store::Store;
use crate::runtime::system::atomic_file::{self, Durability};
use crate::runtime::system::command::fill;
use crate::runtime::system::printer;
use crate::runtime::workers::pictures::Gallery;
use crate::runtime::workers::speech::Voice;
use crate::text::Labels;

/// The form that a path asks for: by its ending, a folder of sound for names without one. `None`
/// for another ending.
pub fn form_of(path: &Path) -> Option<EditionForm> {
    if path.is_dir() {
        return Some(EditionForm::Audio);
    }
    let Some(ending) = path.extension() else {
        return Some(EditionForm::Audio);
    };
    match ending.to_string_lossy().to_lowercase().as_str() {
        "html" | "htm" => Some(EditionForm::Html),
        "epub" => Some(EditionForm::Epub),
        "pdf" => Some(EditionForm::Pdf),
        _ => None,
    }
}

/// How an edition is written.
pub struct EditionOrder<'a> {
    /// What it is made of.
    pub wish: EditionWish<'a>,
    /// Its form.
    pub form: EditionForm,
    /// The file, or the folder of sound files.
    pub path: PathBuf,
    /// Where pictures come from; `None` for an edition without any.
    pub gallery: Option<&'a Gallery>,
    /// Labels of printed articles.
    pub labels: &'a Labels,
    /// The voice of sound files.
    pub speech: &'a SpeechSettings,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionReport {
    /// Its name and date.
    pub title: String,
    /// The number of its articles.
    pub articles: usize,
    /// The number of issues on its front page.
    pub issues: usize,
    /// The number of pictures that could not be had.
    pub missing: usize,
}

/// Makes an edition and writes it. `heard` is called with the number of articles that are spoken.
///
/// # Errors
/// Nothing answers the wish, the system lacks a font or a voice, or the file can't be written.
pub fn write_edition(
    store: &Store,
    order: &EditionOrder<'_>,
    cancel: &Cancel,
    heard: &mut dyn FnMut(usize),
) -> Result<EditionReport, Failure> {
    let mut edition = choose(store, &order.wish, cancel)?;
    let is_seen = order.form != EditionForm::Audio;
    let gallery = order.gallery.filter(|_| is_seen);
    let missing = gallery.map_or(0, |gallery| add_pictures(&mut edition, gallery, cancel));
    if cancel.is_cancelled() {
        return Err(Failure::new(Cause::Cancelled, ""));
    }
    if is_seen {
        write_file(&edition, order.form, order.labels, &order.path)?;
    } else {
        let voice = Voice::new(order.speech);
        write_audio(
            &edition,
            &order.path,
            &voice,
            order.speech.rate,
            cancel,
            heard,
        )?;
    }
    Ok(EditionReport {
        title: format!("{} · {}", edition.title, edition.date),
        articles: edition.articles.len(),
        issues: edition.issues.len(),
        missing,
    })
}

/// Hands a written edition to the command of the settings, and waits for its end.
///
/// # Errors
/// The command is missing or fails.
pub fn send(argv: &[String], path: &Path, title: &str) -> Result<(), Failure> {
    let shown = path.display().to_string();
    let values = [("{file}", shown.as_str()), ("{title}", title)];
    let argv: Vec<String> = argv.iter().map(|a| fill(a, &values)).collect();
    let failed = || Failure::new(Cause::EditionSend, argv.first().map_or("", String::as_str));
    let (program, args) = argv.split_first().ok_or_else(failed)?;
    let quiet = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    match quiet {
        Ok(status) if status.success() => Ok(()),
        _ => Err(failed()),
    }
}

/// Writes the edition to `path`, which only the reader may read: what is subscribed to says much of
/// a person. `labels` are those of printed articles.
///
/// # Errors
/// There is no Korean font for a PDF, or the file can't be written; what was there before stays.
pub fn write_file(
    edition: &Edition,
    form: EditionForm,
    labels: &Labels,
    path: &Path,
) -> Result<(), Failure> {
    let bytes = match form {
        EditionForm::Html => edition_html(edition).into_bytes(),
        EditionForm::Epub => epub(edition).map_err(|e| Failure::new(Cause::Bug, &e.to_string()))?,
        EditionForm::Pdf => printer::edition_sheets(edition, labels)?,
        EditionForm::Audio => return Err(Failure::new(Cause::Bug, "audio")),
    };
    let shown = path.display().to_string();
    atomic_file::write(path, &bytes, Durability::Private).map_err(|e| of_write(&e, &shown))
}
