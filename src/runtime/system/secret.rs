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
    /// The secret; `None` where the command prints none.
    pub(crate) fn get(&self, command: &[String], cancel: &Cancel) -> Option<Arc<Secret>> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.is_none() {
            *known = first_line(command, cancel).map(Arc::new);
        }
        known.clone()
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

/// The first line that a command, given as program and arguments, writes. It gets no input, and its
/// error output is discarded: that might contain the secret.
pub(crate) fn first_line(command: &[String], cancel: &Cancel) -> Option<Secret> {
    let (program, arguments) = command.split_first()?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let out = child.stdout.take()?;
    let (sender, line) = sync_channel(1);
    let reading = thread::Builder::new().name("key".into()).spawn(move || {
        let mut line = String::new();
        let read = BufReader::new(out.take(LONGEST)).read_line(&mut line);
        let _ = sender.send(read.ok().map(|_| line));
    });
    let begun = Instant::now();
    let found = loop {
        match line.recv_timeout(LOOK) {
            Ok(line) => break line,
            Err(RecvTimeoutError::Timeout)
                if !cancel.is_cancelled() && begun.elapsed() < PATIENCE => {}
            Err(_) => break None,
        }
    };
    // Its output is complete. Killing fails if it has ended already.
    let _ = child.kill();
    let _ = child.wait();
    reading.ok().and(found).and_then(|line| Secret::new(&line))
}
