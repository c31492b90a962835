//! What can go wrong with the library, as causes that have a sentence each.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the library could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk, or the quota, is full. What was stored before is whole.
    #[error("no space left to write the library")]
    Full,
    /// File or directory may not be written.
    #[error("the library may not be written")]
    ReadOnly,
    /// The file is damaged, or is no library.
    #[error("the library is damaged: {0}")]
    Corrupt(String),
    /// A newer gisa wrote it.
    #[error("the library has form {found}, this program knows forms up to {known}")]
    Newer {
        /// The form of the file.
        found: i64,
        /// The newest form that we know.
        known: i64,
    },
    /// The file no longer stands where it was opened.
    #[error("the library was taken away")]
    TakenAway,
    /// Another program held it too long.
    #[error("another program is writing to the library")]
    Locked,
    /// The directory could not be made or the file not opened.
    #[error("cannot open {path}: {source}")]
    Open {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Reading or writing failed below SQLite: a disk pulled out, a bad sector.
    #[error("the disk failed under the library: {0}")]
    Disk(String),
    /// The work was called off.
    #[error("called off")]
    Cancelled,
    /// Something held is not in the form it should be.
    #[error("an entry of the library cannot be read: {0}")]
    Entry(#[from] serde_json::Error),
    /// A bug of ours, most likely.
    #[error("the library refused: {0}")]
    Sql(rusqlite::Error),
}

impl StoreError {
    /// The cause of a system error on `path`.
    pub(super) fn open(path: &Path, source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Open {
                path: path.to_path_buf(),
                source,
            },
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        let Some(code) = error.sqlite_error_code() else {
            return Self::Sql(error);
        };
        match code {
            ErrorCode::DiskFull => Self::Full,
            // The file itself was opened before SQLite saw it: what cannot be opened is the journal
            // beside it.
            ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen => {
                Self::ReadOnly
            }
            ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => {
                Self::Corrupt(error.to_string())
            }
            ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Locked,
            ErrorCode::OperationInterrupted => Self::Cancelled,
            ErrorCode::SystemIoFailure => Self::Disk(error.to_string()),
            _ => Self::Sql(error),
        }
    }
}
