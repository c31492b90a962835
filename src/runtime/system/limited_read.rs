//! Reads files that the user names, up to a limit. The size that a file states is not relied on: a
//! device or a pipe states none and may never end, and a named pipe that no program writes to would
//! hold up whoever opens it.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::app::{Cause, Failure};
use crate::runtime::failures::of_io;

/// Reads a file to its end; `limit` is the largest size in bytes.
///
/// # Errors
/// The file can't be read, or is larger than `limit`.
pub fn file(path: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let name = path.display().to_string();
    let file = open(path).map_err(|e| of_io(&e, &name))?;
    limited(file, limit, &name)
}

/// How long a named pipe may give nothing.
#[cfg(unix)]
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

#[cfg(unix)]
fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    use std::os::unix::fs::{FileTypeExt as _, OpenOptionsExt as _};
    if !std::fs::metadata(path)?.file_type().is_fifo() {
        return Ok(Box::new(File::open(path)?));
    }
    let flags = rustix::fs::OFlags::NONBLOCK.bits();
    let pipe = File::options()
        .read(true)
        .custom_flags(flags.cast_signed())
        .open(path)?;
    Ok(Box::new(NamedPipe(pipe)))
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<Box<dyn Read>> {
    Ok(Box::new(File::open(path)?))
}

/// A named pipe, opened so that it does not block: a read waits for a writer, and for what it
/// writes, as long as [`PATIENCE`].
#[cfg(unix)]
struct NamedPipe(File);

#[cfg(unix)]
impl Read for NamedPipe {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        use rustix::event::{PollFd, PollFlags, Timespec, poll};
        let limit = Timespec::try_from(PATIENCE).unwrap_or_default();
        loop {
            // The end of a pipe that had a writer is reported as ready; before the first writer
            // comes a read would say that it ended.
            let mut asked = [PollFd::new(&self.0, PollFlags::IN)];
            match poll(&mut asked, Some(&limit)) {
                Ok(0) => return Err(io::ErrorKind::TimedOut.into()),
                Ok(_) => {}
                Err(rustix::io::Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            match self.0.read(buffer) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                done => return done,
            }
        }
    }
}

/// Reads `input`, which is called `name`, to its end; `limit` is the largest size in bytes.
///
/// # Errors
/// It can't be read, or is larger than `limit`.
pub fn limited(input: impl Read, limit: usize, name: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut input = input.take(limit as u64 + 1);
    input.read_to_end(&mut bytes).map_err(|e| of_io(&e, name))?;
    if bytes.len() > limit {
        Err(Failure::new(Cause::TooLarge, name))
    } else {
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_never_ends_ends_at_the_limit() {
        let endless = limited(std::io::repeat(b'y'), 4096, "-");
        assert_eq!(endless, Err(Failure::new(Cause::TooLarge, "-")));
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("page.html");
        std::fs::write(&path, [b'a'; 100]).unwrap();
        assert_eq!(file(&path, 100).unwrap().len(), 100);
        assert_eq!(file(&path, 99).unwrap_err().cause, Cause::TooLarge);
    }

    #[cfg(unix)]
    #[test]
    fn a_named_pipe_is_read_to_its_end() {
        use std::io::Write as _;
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&path).status();
        assert!(made.unwrap().success());
        let writer = {
            let path = path.clone();
            std::thread::spawn(move || {
                let mut pipe = File::options().write(true).open(path).unwrap();
                for _ in 0..100 {
                    pipe.write_all(&[b'y'; 4000]).unwrap();
                }
            })
        };
        assert_eq!(file(&path, 1 << 20).unwrap().len(), 400_000);
        writer.join().unwrap();
    }
}
