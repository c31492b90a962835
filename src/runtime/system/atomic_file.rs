//! Files that are there whole or not at all: written under a name of no consequence, then renamed.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use super::paths::private_file;

/// Begins the name of a file that is not whole yet.
const PARTIAL: &str = ".gisa-partial-";
/// A partial file older than this belongs to nobody any more.
const ABANDONED: Duration = Duration::from_secs(3600);

/// How sure a file must be there when the power fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// As sure as the system makes it: for what can be written again.
    Usual,
    /// The same, and for its owner's eyes alone.
    Private,
    /// On the disk before its name is.
    Lasting,
}

static COUNT: AtomicU64 = AtomicU64::new(0);

/// Writes `bytes` to `path`, over what was there. A pipe or a terminal is written to as it is.
///
/// # Errors
/// As the system gives them; `path` is as it was then.
pub fn write(path: &Path, bytes: &[u8], care: Care) -> io::Result<()> {
    if path
        .metadata()
        .is_ok_and(|about| !about.is_file() && !about.is_dir())
    {
        return File::options().write(true).open(path)?.write_all(bytes);
    }
    let partial = partial(path, bytes, care)?;
    fs::rename(&partial, path).inspect_err(|_| drop(fs::remove_file(&partial)))
}

/// Writes `bytes` to `path`; gives whether that name was free. One that is taken stays as it is.
///
/// # Errors
/// As the system gives them.
pub fn create(path: &Path, bytes: &[u8], care: Care) -> io::Result<bool> {
    if path.symlink_metadata().is_ok() {
        return Ok(false);
    }
    let partial = partial(path, bytes, care)?;
    // A link is never made over a file that came meanwhile; where there are no links, a rename must
    // do.
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

/// Takes away what writers that were killed left in `dir`.
pub(crate) fn sweep(dir: &Path) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        let old = entry.metadata().and_then(|m| m.modified()).is_ok_and(|at| {
            SystemTime::now()
                .duration_since(at)
                .is_ok_and(|age| age > ABANDONED)
        });
        if old && entry.file_name().to_string_lossy().starts_with(PARTIAL) {
            // One that can't be taken away harms nobody.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// The bytes in a file beside `path`.
fn partial(path: &Path, bytes: &[u8], care: Care) -> io::Result<PathBuf> {
    let name = format!(
        "{PARTIAL}{}-{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    let partial = path.with_file_name(name);
    let file = if care == Care::Private {
        private_file(&partial, false)
    } else {
        File::create(&partial)
    }?;
    let sync = |()| {
        if care == Care::Lasting {
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
        assert!(create(&path, b"one", Care::Lasting).unwrap());
        assert!(!create(&path, b"two", Care::Lasting).unwrap());
        assert_eq!(fs::read(&path).unwrap(), b"one");
        write(&path, b"three", Care::Lasting).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"three");
        assert!(write(&dir.path().join("none/a"), b"x", Care::Lasting).is_err());
        let folder = dir.path().join("folder");
        fs::create_dir_all(folder.join("inner")).unwrap();
        assert!(
            write(&folder, b"x", Care::Lasting).is_err(),
            "over a folder"
        );
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_written_to_as_it_is() {
        write(Path::new("/dev/null"), b"x", Care::Usual).unwrap();
        assert!(!Path::new("/dev/null").metadata().unwrap().is_file());
    }
}
