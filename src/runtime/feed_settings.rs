//! The file with the settings of single subscriptions, `feeds.toml` beside the settings. It is read
//! whenever it is needed, so that what is written there counts at once.

use std::path::Path;

use super::system::atomic_file;
use super::system::atomic_file::Durability;
use super::system::limited_read;
use super::system::paths::private_dir;
use crate::app::{Cause, Failure};
use crate::config::feed_settings::with_settings;
use crate::config::{ConfigError, FeedBook, FeedSettings};
use crate::runtime::failures::{of_io, of_write};

/// Largest file in bytes.
const LARGEST: usize = 4 << 20;

/// The settings in the file; none where there is no file.
///
/// # Errors
/// As [`read`]; the first of what is wrong.
pub fn load(file: &Path) -> Result<FeedBook, Failure> {
    read(file).map_err(|mut faults| faults.swap_remove(0))
}

/// The settings in the file; none where there is no file.
///
/// # Errors
/// The file can't be read, or is wrong: all that is, with file and line, and never nothing.
pub fn read(file: &Path) -> Result<FeedBook, Vec<Failure>> {
    if file.as_os_str().is_empty() || !file.exists() {
        return Ok(FeedBook::default());
    }
    let name = file.display().to_string();
    let text = text(file).map_err(|failure| vec![failure])?;
    let failure = |e: &ConfigError| Failure::new(Cause::Config, &e.to_string());
    FeedBook::parse(&name, &text).map_err(|faults| faults.iter().map(failure).collect())
}

fn text(file: &Path) -> Result<String, Failure> {
    let bytes = limited_read::file(file, LARGEST)?;
    String::from_utf8(bytes)
        .map_err(|_| Failure::new(Cause::Unreadable, &file.display().to_string()))
}

/// Writes the settings of one subscription into the file; what else is in it stays.
///
/// # Errors
/// The file can't be read or written, or is wrong, in which case it stays as it is.
pub fn keep(file: &Path, url: &str, settings: &FeedSettings) -> Result<(), Failure> {
    let name = file.display().to_string();
    load(file)?;
    let before = match file.exists() {
        true => text(file)?,
        false => String::new(),
    };
    if let Some(folder) = file.parent() {
        private_dir(folder).map_err(|e| of_io(&e, &name))?;
    }
    let changed = with_settings(&before, url, settings);
    atomic_file::write(file, changed.as_bytes(), Durability::Private)
        .map_err(|e| of_write(&e, &name))
}
