//! Reads files that the user names, up to a limit. The size that a file states is not relied on: a
//! device or a pipe states none and may never end.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::app::{Cause, Failure};
use crate::runtime::failures::of_io;

/// Reads a file to its end; `limit` is the largest size in bytes.
///
/// # Errors
/// The file can't be read, or is larger than `limit`.
pub fn file(path: &Path, limit: usize) -> Result<Vec<u8>, Failure> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|e| of_io(&e, &name))?;
    limited(file, limit, &name)
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
}
