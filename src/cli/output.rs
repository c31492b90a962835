//! Where commands write: standard output, standard error, files.

use std::io::{self, Write as _};
use std::path::Path;

use super::error::CommandError;
use crate::app::Failure;
use crate::runtime::failures::of_write;
use crate::runtime::system::atomic_file::{self, Durability};

/// Writes text to standard output; a line break is added where the text doesn't end with one.
pub(super) fn print(text: &str) -> Result<(), CommandError> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}

/// Writes a message to standard error, after the program's name.
pub(super) fn note(text: &str) -> Result<(), CommandError> {
    Ok(writeln!(io::stderr(), "gisa: {text}")?)
}

/// Writes a file atomically.
///
/// # Errors
/// The file can't be written; what was there before stays.
pub(super) fn save(path: &Path, text: &str, durability: Durability) -> Result<(), Failure> {
    let name = path.display().to_string();
    atomic_file::write(path, text.as_bytes(), durability).map_err(|e| of_write(&e, &name))
}
