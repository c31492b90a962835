//! What can go wrong with the library.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why the library could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk or the quota is full. What was stored before is intact.
    #[error("no space left on the disk of the library")]
    Full,
    /// The file or its directory can't be written.
    #[error("the library is read-only")]
    ReadOnly,
    /// The file is damaged, or is no SQLite library.
    #[error("the library is damaged: {0}")]
    Corrupt(String),
    /// A newer version of the program wrote the file.
    #[error(
        "the library has schema version {found}, but this program supports only {known} and older"
    )]
    Newer {
        /// The schema version of the file.
        found: i64,
        /// The newest schema version that this program knows.
        known: i64,
    },
    /// The file was moved, deleted or replaced while it was open.
    #[error("the library file was deleted or moved while in use")]
    TakenAway,
    /// Another process kept the library locked for longer than the timeout.
    #[error("the library is locked by another process")]
    Locked,
    /// The directory could not be created or the file not opened.
    #[error("can't open {path}: {source}")]
    Open {
        /// The directory or file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// Reading or writing failed below SQLite: a disk pulled out, a bad sector.
    #[error("disk error in the library: {0}")]
    Disk(String),
    /// The operation was cancelled.
    #[error("the operation was cancelled")]
    Cancelled,
    /// A stored entry could not be deserialised.
    #[error("an entry of the library can't be parsed: {0}")]
    Entry(#[from] serde_json::Error),
    /// Any other error of SQLite; most likely a bug.
    #[error("SQLite error: {0}")]
    Sql(rusqlite::Error),
}

impl StoreError {
    /// The error for a failed file operation on `path`.
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

impl From<super::Obstacle> for StoreError {
    fn from(obstacle: super::Obstacle) -> Self {
        match obstacle {
            super::Obstacle::ReadOnly => Self::ReadOnly,
            super::Obstacle::Full => Self::Full,
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
            // The file itself was opened before SQLite used it, so the file that cannot be opened
            // is the journal beside it.
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
