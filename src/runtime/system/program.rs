//! Programs of the user's settings: started without a shell, with a time limit, and ended with all
//! that they started.

use std::io::{self, Read as _};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use super::process_group;
use crate::runtime::cancel::Cancel;

/// How often a program is looked after.
const LOOK: Duration = Duration::from_millis(15);

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

/// Runs a program for its effect; whether it ended well and in time.
pub(crate) fn succeeds(argv: &[String], patience: Duration, cancel: &Cancel) -> bool {
    let Ok(mut child) = start(argv, Stdio::null()) else {
        return false;
    };
    let begun = Instant::now();
    while begun.elapsed() < patience && !cancel.is_cancelled() {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => thread::sleep(LOOK),
            Err(_) => break,
        }
    }
    process_group::end(&mut child);
    false
}

/// What a program writes to its standard output, up to `limit` bytes.
///
/// # Errors
/// It can't be started, fails, writes more, or takes longer than `patience`.
pub(crate) fn output(
    argv: &[String],
    limit: usize,
    patience: Duration,
    cancel: &Cancel,
) -> io::Result<Vec<u8>> {
    let mut child = start(argv, Stdio::piped())?;
    let out = child.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
    let (sender, written) = sync_channel(1);
    // On a thread of its own: a program that writes nothing would block this one.
    let reading = thread::Builder::new().name("output".into()).spawn(move || {
        let mut bytes = Vec::new();
        let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
        let read = out.take(most).read_to_end(&mut bytes);
        let _ = sender.send(read.map(|_| bytes));
    });
    let begun = Instant::now();
    let bytes = loop {
        match written.recv_timeout(LOOK) {
            Ok(bytes) => break bytes,
            Err(RecvTimeoutError::Timeout)
                if !cancel.is_cancelled() && begun.elapsed() < patience => {}
            Err(_) => break Err(io::ErrorKind::TimedOut.into()),
        }
    };
    let bytes = match (reading, bytes) {
        (Ok(_), Ok(bytes)) if bytes.len() <= limit => bytes,
        (_, bytes) => {
            process_group::end(&mut child);
            return Err(bytes.err().unwrap_or(io::ErrorKind::FileTooLarge.into()));
        }
    };
    // Its output is complete; what it still does may take as long as is left.
    while begun.elapsed() < patience && !cancel.is_cancelled() {
        if let Some(status) = child.try_wait()? {
            return match status.success() {
                true => Ok(bytes),
                false => Err(io::Error::other(status.to_string())),
            };
        }
        thread::sleep(LOOK);
    }
    process_group::end(&mut child);
    Err(io::ErrorKind::TimedOut.into())
}
