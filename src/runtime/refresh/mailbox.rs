//! Folders of mail as sources: a maildir, an mbox, a folder of messages. Nothing is sent, marked or
//! moved, and nothing that a message names is fetched.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use serde::{Deserialize, Serialize};

use crate::news::order::Order as _;
use crate::runtime::cancel::Cancel;

/// Most messages that are taken in at once, the newest.
const MOST: usize = 2_000;
/// Most files of a folder that are looked at.
const MOST_FILES: usize = 500_000;
/// Largest message in bytes; of a larger one the beginning is read.
const LARGEST: u64 = 8 << 20;
/// Files of a folder that are at most this many seconds older than the newest one seen are read
/// again: a message may be delivered with the time at which it was written.
const OVERLAP: u64 = 24 * 3600;

/// How far a mailbox was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct MailboxPosition {
    /// Of a folder: when its newest message was written, in seconds since 1970.
    newest: u64,
    /// Of an mbox: the byte behind its last message.
    offset: u64,
}

/// A message in a mailbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MailMessage {
    /// A file of its own.
    File(PathBuf),
    /// So many bytes of an mbox, from this one on.
    Stretch {
        path: PathBuf,
        from: u64,
        length: u64,
    },
}

impl MailMessage {
    /// Its bytes, as they were sent.
    ///
    /// # Errors
    /// It can't be read.
    pub(super) fn bytes(&self) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        match self {
            Self::File(path) => {
                File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
            }
            Self::Stretch { path, from, length } => {
                let mut file = File::open(path)?;
                file.seek(SeekFrom::Start(*from))?;
                file.take(LARGEST.min(*length)).read_to_end(&mut bytes)?;
                bytes = unescaped(&bytes);
            }
        }
        Ok(bytes)
    }
}

/// The messages that came since `position`, the oldest first, and the position behind them.
///
/// # Errors
/// The folder or file can't be read.
pub(super) fn messages(
    path: &Path,
    position: &MailboxPosition,
    cancel: &Cancel,
) -> io::Result<(Vec<MailMessage>, MailboxPosition)> {
    match fs::metadata(path)?.is_dir() {
        true => in_folder(path, position, cancel),
        false => in_file(path, position, cancel),
    }
}

/// Those of a maildir, or of a folder of messages (`.eml`).
fn in_folder(
    path: &Path,
    position: &MailboxPosition,
    cancel: &Cancel,
) -> io::Result<(Vec<MailMessage>, MailboxPosition)> {
    let parts = [path.join("new"), path.join("cur")];
    let is_maildir = parts.iter().any(|part| part.is_dir());
    let folders: Vec<&Path> = match is_maildir {
        true => parts.iter().map(PathBuf::as_path).collect(),
        false => vec![path],
    };
    let since = position.newest.saturating_sub(OVERLAP);
    let mut found: Vec<(u64, PathBuf)> = Vec::new();
    let mut newest = position.newest;
    for folder in folders {
        // A maildir may lack one of its folders.
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(_) if is_maildir => continue,
            Err(error) => return Err(error),
        };
        for entry in entries.take(MOST_FILES) {
            if cancel.is_cancelled() {
                return Err(io::ErrorKind::Interrupted.into());
            }
            let entry = entry?;
            let path = entry.path();
            let is_named = is_maildir || path.extension().is_some_and(|e| e == "eml");
            let name = entry.file_name();
            if !is_named || name.to_string_lossy().starts_with('.') {
                continue;
            }
            // A link or a pipe is no message.
            let Ok(about) = entry.metadata().map(Some).or_else(gone) else {
                continue;
            };
            let Some(about) = about.filter(fs::Metadata::is_file) else {
                continue;
            };
            let written = about.modified().ok();
            let written = written.and_then(|at| at.duration_since(UNIX_EPOCH).ok());
            let written = written.unwrap_or_default().as_secs();
            if written >= since {
                found.push((written, path));
            }
            newest = newest.max(written);
        }
    }
    found.order();
    let taken = found.split_off(found.len().saturating_sub(MOST));
    let messages = taken.into_iter().map(|(_, path)| MailMessage::File(path));
    let position = MailboxPosition {
        newest,
        ..MailboxPosition::default()
    };
    Ok((messages.collect(), position))
}

/// A mail program may move a message while the folder is read.
fn gone(error: io::Error) -> io::Result<Option<fs::Metadata>> {
    match error.kind() {
        io::ErrorKind::NotFound => Ok(None),
        _ => Err(error),
    }
}

/// Those of an mbox.
fn in_file(
    path: &Path,
    position: &MailboxPosition,
    cancel: &Cancel,
) -> io::Result<(Vec<MailMessage>, MailboxPosition)> {
    let mut file = File::open(path)?;
    // One that is shorter, or goes on with something else, was written anew.
    let mut start = [0; 5];
    file.seek(SeekFrom::Start(position.offset))?;
    let mut offset = match file.read(&mut start)? {
        0 if file.metadata()?.len() == position.offset => position.offset,
        _ if start == *b"From " => position.offset,
        _ => 0,
    };
    file.seek(SeekFrom::Start(offset))?;
    let mut reader = BufReader::with_capacity(1 << 16, file);
    let mut messages: VecDeque<(u64, u64)> = VecDeque::new();
    let (mut begun, mut is_after_blank) = (None, true);
    // A line that separates messages where a header follows it.
    let mut separator: Option<(u64, u64)> = None;
    let mut line = Vec::new();
    loop {
        if cancel.is_cancelled() {
            return Err(io::ErrorKind::Interrupted.into());
        }
        line.clear();
        let length = read_line(&mut reader, &mut line)?;
        if length == 0 {
            break;
        }
        if let Some((at, behind)) = separator.take()
            && is_header(&line)
        {
            if let Some(from) = begun {
                messages.push_back((from, at - from));
                if messages.len() > MOST {
                    messages.pop_front();
                }
            }
            begun = Some(behind);
        }
        if is_after_blank && is_separator(&line) {
            separator = Some((offset, offset + length));
        }
        is_after_blank = line.iter().all(u8::is_ascii_whitespace);
        offset += length;
    }
    if let Some(from) = begun {
        messages.push_back((from, offset - from));
    }
    let skipped = messages.len().saturating_sub(MOST);
    let stretch = |(from, length)| MailMessage::Stretch {
        path: path.to_path_buf(),
        from,
        length,
    };
    let position = MailboxPosition {
        offset,
        ..MailboxPosition::default()
    };
    Ok((
        messages.into_iter().skip(skipped).map(stretch).collect(),
        position,
    ))
}

/// Longest beginning of a line that is looked at, in bytes.
const LONGEST_LINE: u64 = 4 << 10;

/// Reads the beginning of a line into `line`, and passes over the rest of it; the line's length, 0
/// at the end.
fn read_line(reader: &mut BufReader<File>, line: &mut Vec<u8>) -> io::Result<u64> {
    let mut length = reader.by_ref().take(LONGEST_LINE).read_until(b'\n', line)?;
    while length > 0 && line.last() != Some(&b'\n') {
        let rest = reader.fill_buf()?;
        let (taken, is_over) = match rest.iter().position(|b| *b == b'\n') {
            Some(at) => (at + 1, true),
            None => (rest.len(), rest.is_empty()),
        };
        reader.consume(taken);
        length += taken;
        if is_over {
            break;
        }
    }
    Ok(length as u64)
}

/// Whether a line is the one above a message: `From SENDER Sat Nov 28 09:00:00 2026`.
fn is_separator(line: &[u8]) -> bool {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let rest = String::from_utf8_lossy(rest);
    let words: Vec<&str> = rest.split_whitespace().collect();
    let is_time = |word: &&str| {
        let parts: Vec<&str> = word.split(':').collect();
        let is_number = |p: &&str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit());
        (2..=3).contains(&parts.len()) && parts.iter().all(is_number)
    };
    let is_year = |word: &&str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    words.len() <= 12
        && words.iter().skip(1).any(|word| DAYS.contains(word))
        && words.iter().any(is_time)
        && words.iter().rev().take(2).any(is_year)
}

/// Whether a line is the first of a message's headers.
fn is_header(line: &[u8]) -> bool {
    let name = line.split(|b| *b == b':').next().unwrap_or_default();
    let is_token = |b: &u8| b.is_ascii_graphic();
    !name.is_empty() && name.len() < line.len() && name.len() < 80 && name.iter().all(is_token)
}

/// A message without the signs that keep lines of its text from being taken for separators:
/// `>From` is `From`, `>>From` is `>From`.
fn unescaped(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        let signs = line.iter().take_while(|b| **b == b'>').count();
        let is_escaped = signs > 0 && line[signs..].starts_with(b"From ");
        out.extend_from_slice(&line[usize::from(is_escaped)..]);
    }
    out
}

#[cfg(test)]
#[path = "tests/mailbox.rs"]
mod tests;
