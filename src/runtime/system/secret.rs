//! A key or password that a program of the user's prints, such as a password store. It is shown to
//! the server only.

use std::fmt;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use crate::runtime::cancel::Cancel;

/// How long the program may take; someone may have to unlock a password store.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often the cancel flag is checked meanwhile.
const LOOK: Duration = Duration::from_millis(30);
/// Longest line that can be a secret, in bytes.
const LONGEST: u64 = 8 * 1024;

/// A secret. Its `Debug` output doesn't contain it, so that no log does.
pub(crate) struct Secret(String);

impl Secret {
    /// A secret without the blanks around it; `None` where nothing is left.
    pub(crate) fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// A secret as it was typed, blanks included; `None` where nothing was.
    pub(crate) fn exact(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The secret itself.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

/// A secret that is asked for when it is first needed, and then known as long as the program runs.
#[derive(Clone, Default)]
pub struct AskedSecret(Arc<Mutex<Option<Arc<Secret>>>>);

impl AskedSecret {
    /// The secret.
    ///
    /// # Errors
    /// Why the command gives none. It is asked again the next time.
    pub(crate) fn get(&self, command: &[String], cancel: &Cancel) -> Result<Arc<Secret>, NoSecret> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(secret) = &*known {
            return Ok(secret.clone());
        }
        let secret = Arc::new(ask(command, PATIENCE, cancel)?);
        *known = Some(secret.clone());
        Ok(secret)
    }

    /// Whether it is known already.
    pub(crate) fn is_known(&self) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.is_some()
    }
}

impl fmt::Debug for AskedSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AskedSecret(…)")
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Why a command gave no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoSecret {
    /// The program can't be started.
    NotStarted,
    /// It wrote no line in the time that it may take.
    TooSlow,
    /// It ended without writing anything.
    Nothing,
    /// It was not waited for any longer, as the user asked.
    Cancelled,
}

/// The first line that a command writes; `None` where there is none, for whatever reason.
pub(crate) fn first_line(command: &[String], cancel: &Cancel) -> Option<Secret> {
    ask(command, PATIENCE, cancel).ok()
}

/// The first line that a command, given as program and arguments, writes. It gets no input, and its
/// error output is discarded: that might contain the secret.
fn ask(command: &[String], patience: Duration, cancel: &Cancel) -> Result<Secret, NoSecret> {
    let (program, arguments) = command.split_first().ok_or(NoSecret::Nothing)?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn().map_err(|_| NoSecret::NotStarted)?;
    let out = child.stdout.take().ok_or(NoSecret::Nothing)?;
    let (sender, line) = sync_channel(1);
    let reading = thread::Builder::new().name("key".into()).spawn(move || {
        let mut line = String::new();
        let read = BufReader::new(out.take(LONGEST)).read_line(&mut line);
        let _ = sender.send(read.ok().map(|_| line));
    });
    let begun = Instant::now();
    let found = loop {
        match line.recv_timeout(LOOK) {
            Ok(line) => break line.ok_or(NoSecret::Nothing),
            Err(_) if cancel.is_cancelled() => break Err(NoSecret::Cancelled),
            Err(RecvTimeoutError::Timeout) if begun.elapsed() < patience => {}
            Err(RecvTimeoutError::Timeout) => break Err(NoSecret::TooSlow),
            Err(RecvTimeoutError::Disconnected) => break Err(NoSecret::Nothing),
        }
    };
    // Its output is complete. Killing fails if it has ended already.
    let _ = child.kill();
    let _ = child.wait();
    reading.map_err(|_| NoSecret::NotStarted)?;
    Secret::new(&found?).ok_or(NoSecret::Nothing)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn why_a_command_gives_no_secret_is_known() {
        let asked = |words: &[&str], patience| {
            let command: Vec<String> = words.iter().map(ToString::to_string).collect();
            let secret = ask(&command, Duration::from_millis(patience), &Cancel::new());
            secret.map(|secret| secret.reveal().to_owned())
        };
        assert_eq!(asked(&["echo", " 열쇠 "], 30_000), Ok("열쇠".to_owned()));
        assert_eq!(asked(&["sleep", "60"], 100), Err(NoSecret::TooSlow));
        assert_eq!(asked(&["true"], 30_000), Err(NoSecret::Nothing));
        assert_eq!(asked(&[], 30_000), Err(NoSecret::Nothing));
        assert_eq!(
            asked(&["/no/such/program"], 30_000),
            Err(NoSecret::NotStarted)
        );
        let stopped = Cancel::new();
        stopped.cancel();
        let command = ["sleep".to_owned(), "60".to_owned()];
        let secret = ask(&command, PATIENCE, &stopped);
        assert_eq!(secret.err(), Some(NoSecret::Cancelled));
    }
}
