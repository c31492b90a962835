//! The key of a model's server: from a program or from the environment. It is shown to the server
//! only.

use std::fmt;
use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::app::{Cause, Failure};
use crate::config::LanguageModel;
use crate::runtime::cancel::Cancel;

/// How long the program may take; someone may have to unlock a password store.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often the cancel flag is checked meanwhile.
const LOOK: Duration = Duration::from_millis(30);
/// Longest line that can be a key, in bytes.
const LONGEST: u64 = 8 * 1024;

/// A key. Its `Debug` output doesn't contain it, so that no log does.
pub(crate) struct ApiKey(String);

impl ApiKey {
    /// The key itself.
    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

/// The key that the settings lead to; `None` where they name no source for one.
///
/// # Errors
/// The program or the environment variable named has no key.
pub(crate) fn find(model: &LanguageModel, cancel: &Cancel) -> Result<Option<ApiKey>, Failure> {
    let (found, place) = if let Some((program, arguments)) = model.key_command.split_first() {
        (first_line(program, arguments, cancel), program)
    } else if model.key_env.is_empty() {
        return Ok(None);
    } else {
        (std::env::var(&model.key_env).ok(), &model.key_env)
    };
    if cancel.is_cancelled() {
        return Err(Failure::new(Cause::Cancelled, place));
    }
    let key = found.map(|k| k.trim().to_owned()).filter(|k| !k.is_empty());
    key.map(|k| Some(ApiKey(k)))
        .ok_or_else(|| Failure::new(Cause::ModelKey, place))
}

/// The first line that a program writes. It gets no input, and its error output is discarded: that
/// might contain the key.
fn first_line(program: &str, arguments: &[String], cancel: &Cancel) -> Option<String> {
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
    reading.ok().and(found)
}
