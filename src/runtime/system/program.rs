//! Programs of the user's settings: started without a shell, with a time limit, and ended with all
//! that they started.

use std::io::{self, Read as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Condvar, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::process_group;
use crate::runtime::cancel::Cancel;

/// How often a program is looked after.
const LOOK: Duration = Duration::from_millis(15);

/// How many programs run now, or are about to be started.
static RUNNING: Mutex<usize> = Mutex::new(0);
/// Reports that a program has ended.
static ENDED: Condvar = Condvar::new();

/// A program that runs, or is about to be started.
struct Running;

impl Running {
    /// Registers the program before it is looked whether it is still wanted: who cancels and then
    /// finds none running knows that none will start.
    fn register() -> Self {
        *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        Self
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        *RUNNING.lock().unwrap_or_else(PoisonError::into_inner) -= 1;
        ENDED.notify_all();
    }
}

/// Waits until no program runs any more, at most for `patience`. At the end of this program, after
/// everything was cancelled: the threads that would end the programs end with it.
pub(crate) fn wait_for_all(patience: Duration) {
    let running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    let _ = ENDED.wait_timeout_while(running, patience, |running| *running > 0);
}

/// Why a program did not end well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ProgramError {
    /// It can't be started: it is missing, or may not be run.
    NotStarted,
    /// It ended with an error, or was killed; or what it writes can't be read.
    Failed,
    /// It wrote more than it may.
    TooLarge,
    /// It took longer than it may, and was ended.
    TooSlow,
    /// It was ended because the user asked for it.
    Cancelled,
}

/// Starts a program in a group of its own. It gets no input, and what it writes besides `output` is
/// discarded: it would be written over the screen.
fn start(argv: &[String], output: Stdio) -> io::Result<Child> {
    let (program, arguments) = argv.split_first().ok_or(io::ErrorKind::NotFound)?;
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(output)
        .stderr(Stdio::null());
    process_group::lead(&mut command).spawn()
}

/// Runs a program for its effect.
///
/// # Errors
/// It can't be started, fails, takes longer than `patience`, or is cancelled.
pub(crate) fn run(
    argv: &[String],
    patience: Duration,
    cancel: &Cancel,
) -> Result<(), ProgramError> {
    let _running = Running::register();
    if cancel.is_cancelled() {
        return Err(ProgramError::Cancelled);
    }
    let mut child = start(argv, Stdio::null()).map_err(|_| ProgramError::NotStarted)?;
    wait(&mut child, Instant::now(), patience, cancel)
}

/// Waits for the end of a program that began at `begun`; ends it where it takes too long.
fn wait(
    child: &mut Child,
    begun: Instant,
    patience: Duration,
    cancel: &Cancel,
) -> Result<(), ProgramError> {
    while begun.elapsed() < patience && !cancel.is_cancelled() {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(_)) => {
                return Err(ProgramError::Failed);
            }
            Ok(None) => thread::sleep(LOOK),
            Err(_) => {
                process_group::end(child);
                return Err(ProgramError::Failed);
            }
        }
    }
    process_group::end(child);
    Err(late(cancel))
}

/// Why a program was ended before it was done.
fn late(cancel: &Cancel) -> ProgramError {
    match cancel.is_cancelled() {
        true => ProgramError::Cancelled,
        false => ProgramError::TooSlow,
    }
}

/// What a program writes to its standard output, up to `limit` bytes.
///
/// # Errors
/// It can't be started, fails, writes more, takes longer than `patience`, or is cancelled.
pub(crate) fn output(
    argv: &[String],
    limit: usize,
    patience: Duration,
    cancel: &Cancel,
) -> Result<Vec<u8>, ProgramError> {
    let _running = Running::register();
    if cancel.is_cancelled() {
        return Err(ProgramError::Cancelled);
    }
    let mut child = start(argv, Stdio::piped()).map_err(|_| ProgramError::NotStarted)?;
    let begun = Instant::now();
    let bytes = match read(&mut child, limit, begun, patience, cancel) {
        Ok(bytes) => bytes,
        Err(error) => {
            process_group::end(&mut child);
            return Err(error);
        }
    };
    // Its output is complete; what it still does may take as long as is left.
    wait(&mut child, begun, patience, cancel).map(|()| bytes)
}

/// Reads what a program that began at `begun` writes, until it closes its output.
fn read(
    child: &mut Child,
    limit: usize,
    begun: Instant,
    patience: Duration,
    cancel: &Cancel,
) -> Result<Vec<u8>, ProgramError> {
    let out = child.stdout.take();
    let out = out.ok_or(ProgramError::Failed)?;
    let (sender, written) = sync_channel(1);
    // On a thread of its own: a program that writes nothing would block this one.
    let reading = thread::Builder::new().name("output".into()).spawn(move || {
        let mut bytes = Vec::new();
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        let read = out.take(most).read_to_end(&mut bytes);
        let _ = sender.send(read.map(|_| bytes));
    });
    reading.map_err(|_| ProgramError::Failed)?;
    loop {
        match written.recv_timeout(LOOK) {
            Ok(Ok(bytes)) if bytes.len() > limit => return Err(ProgramError::TooLarge),
            Ok(read) => return read.map_err(|_| ProgramError::Failed),
            Err(RecvTimeoutError::Timeout)
                if !cancel.is_cancelled() && begun.elapsed() < patience => {}
            Err(RecvTimeoutError::Timeout) => return Err(late(cancel)),
            Err(RecvTimeoutError::Disconnected) => {
                return Err(ProgramError::Failed);
            }
        }
    }
}
