//! Where commands write: standard output, standard error, files. Everything that they print goes
//! through [`emit`], which lets no control sequence pass but the styles that were asked for.

use std::io::{self, Write as _};
use std::path::Path;

use super::error::CommandError;
use crate::app::Failure;
use crate::news::printable::{Styling, printable};
use crate::runtime::failures::of_write;
use crate::runtime::system::atomic_file::{self, Durability};

/// A standard stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stream {
    Out,
    Err,
}

/// Writes a text to a stream. The only place where a command writes to one.
///
/// # Errors
/// The stream can't be written, for instance because its reader has closed the pipe.
pub(super) fn emit(stream: Stream, text: &str, styling: Styling) -> io::Result<()> {
    let text = printable(text, styling);
    match stream {
        Stream::Out => {
            let mut out = io::stdout().lock();
            out.write_all(text.as_bytes())?;
            out.flush()
        }
        Stream::Err => {
            let mut out = io::stderr().lock();
            out.write_all(text.as_bytes())?;
            out.flush()
        }
    }
}

/// Writes text to standard output; a line break is added where the text doesn't end with one.
pub(super) fn print(text: &str) -> Result<(), CommandError> {
    print_styled(text, Styling::Plain)
}

/// As [`print()`], with the styles that `styling` permits.
pub(super) fn print_styled(text: &str, styling: Styling) -> Result<(), CommandError> {
    if text.ends_with('\n') {
        Ok(emit(Stream::Out, text, styling)?)
    } else {
        Ok(emit(Stream::Out, &format!("{text}\n"), styling)?)
    }
}

/// Writes a message to standard error, after the program's name.
pub(super) fn note(text: &str) -> Result<(), CommandError> {
    Ok(emit(
        Stream::Err,
        &format!("gisa: {text}\n"),
        Styling::Plain,
    )?)
}

/// Writes a question to standard error, where the answer is typed behind it.
pub(super) fn ask(text: &str) -> Result<(), CommandError> {
    Ok(emit(Stream::Err, text, Styling::Plain)?)
}

/// Writes a line of progress to standard error. That it can't be shown is no reason to stop.
pub(super) fn progress(line: &str) {
    let _ = emit(Stream::Err, &format!("{line}\n"), Styling::Plain);
}

/// Writes a file atomically.
///
/// # Errors
/// The file can't be written; what was there before stays.
pub(super) fn save(path: &Path, text: &str, durability: Durability) -> Result<(), Failure> {
    let name = path.display().to_string();
    atomic_file::write(path, text.as_bytes(), durability).map_err(|e| of_write(&e, &name))
}
