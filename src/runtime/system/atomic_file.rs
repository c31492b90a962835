//! Atomic file writes: the bytes go to a temporary file in the same folder, which is then renamed,
//! so that a reader sees the old file or the new one and never a part.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use super::paths::private_file;

/// How the name of a temporary file begins.
const PARTIAL: &str = ".gisa-partial-";
/// A temporary file older than this was left by a process that was killed.
const ABANDONED: Duration = Duration::from_secs(3600);

/// What a write guarantees beyond being atomic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Left to the system's write cache: for files that can be made again after a power cut.
    Buffered,
    /// As `Buffered`, readable by the owner alone (mode 0600).
    Private,
    /// Flushed to the disk before the rename, so that a power cut can't leave an empty file under
    /// the final name.
    Synced,
    /// As `Synced`, readable by the owner alone (mode 0600).
    PrivateSynced,
}

/// Numbers the temporary files of this process.
static COUNT: AtomicU64 = AtomicU64::new(0);

/// Writes `bytes` to `path`, replacing what was there. A pipe or a device is written to directly,
/// since a rename would put a file in its place.
///
/// # Errors
/// The temporary file can't be written or renamed; `path` is unchanged then.
pub fn write(path: &Path, bytes: &[u8], durability: Durability) -> io::Result<()> {
    if path
        .metadata()
        .is_ok_and(|about| !about.is_file() && !about.is_dir())
    {
        return File::options().write(true).open(path)?.write_all(bytes);
    }
    let partial = partial(path, bytes, durability)?;
    fs::rename(&partial, path).inspect_err(|_| drop(fs::remove_file(&partial)))
}

/// Writes `bytes` to `path` unless something of that name exists, which is left alone; returns
/// whether it was written.
///
/// # Errors
/// The temporary file can't be written, linked or renamed.
pub fn create(path: &Path, bytes: &[u8], durability: Durability) -> io::Result<bool> {
    if path.symlink_metadata().is_ok() {
        return Ok(false);
    }
    let partial = partial(path, bytes, durability)?;
    // A hard link never replaces a file that appeared meanwhile. FAT and some network shares have
    // no links, so there a rename is used, which could replace one.
    let made = match fs::hard_link(&partial, path) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(_) if path.symlink_metadata().is_ok() => Ok(false),
        Err(_) => {
            return fs::rename(&partial, path)
                .map(|()| true)
                .inspect_err(|_| drop(fs::remove_file(&partial)));
        }
    };
    fs::remove_file(&partial)?;
    made
}

/// Deletes the temporary files that killed processes left in `dir`.
pub(crate) fn sweep(dir: &Path) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let old = entry.metadata().and_then(|m| m.modified()).is_ok_and(|at| {
            SystemTime::now()
                .duration_since(at)
                .is_ok_and(|age| age > ABANDONED)
        });
        if old && entry.file_name().to_string_lossy().starts_with(PARTIAL) {
            // One that can't be deleted only takes up space.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Writes the bytes to a temporary file in the folder of `path`.
fn partial(path: &Path, bytes: &[u8], durability: Durability) -> io::Result<PathBuf> {
    let name = format!(
        "{PARTIAL}{}-{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    let partial = path.with_file_name(name);
    let private = matches!(durability, Durability::Private | Durability::PrivateSynced);
    let file = if private {
        private_file(&partial, false)
    } else {
        File::create(&partial)
    }?;
    let sync = |()| {
        if matches!(durability, Durability::Synced | Durability::PrivateSynced) {
            file.sync_data()
        } else {
            Ok(())
        }
    };
    let written = (&file).write_all(bytes).and_then(sync);
    if let Err(error) = written {
        drop(file);
        let _ = fs::remove_file(&partial);
        return Err(error);
    }
    Ok(partial)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_is_left_alone_and_nothing_lies_about() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("가.md");
        assert!(create(&path, b"one", Durability::Synced).unwrap());
        assert!(!create(&path, b"two", Durability::Synced).unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"one");
        write(&path, b"three", Durability::Synced).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"three");
        assert!(write(&dir.path().join("none/a"), b"x", Durability::Synced).is_err());
        let folder = dir.path().join("folder");
        fs::create_dir_all(folder.join("inner")).unwrap();
        assert!(
            write(&folder, b"x", Durability::Synced).is_err(),
            "over a folder"
        );
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_written_to_as_it_is() {
        write(Path::new("/dev/null"), b"x", Durability::Buffered).unwrap();
        assert!(!Path::new("/dev/null").metadata().unwrap().is_file());
    }
}
