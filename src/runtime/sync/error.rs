//! Why a sync stopped.

use std::path::Path;

use crate::app::{Cause, Failure};
use crate::runtime::failures::of_net;
use crate::runtime::net::NetError;
use crate::runtime::store::StoreError;

/// Why a sync, a login or an exchange stopped.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The server was not reached, or gave no answer.
    #[error(transparent)]
    Net(#[from] NetError),
    /// The library can't be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The server refuses name and password.
    #[error("{host} refuses name and password")]
    Denied {
        /// The server.
        host: String,
    },
    /// The server answers something that its protocol does not provide for, so that what it has
    /// can't be told.
    #[error("{host} does not support {what}")]
    Unsupported {
        /// The server.
        host: String,
        /// The call.
        what: &'static str,
    },
    /// The server refuses one change, and others may succeed.
    #[error("{host} refuses: {status}")]
    Refused {
        /// The server.
        host: String,
        /// The status code.
        status: u16,
    },
    /// The server redirects to another address, where name and password are not sent.
    #[error("{host} redirects to {to}")]
    Moved {
        /// The server.
        host: String,
        /// The other address.
        to: String,
    },
    /// No account is set up.
    #[error("no account")]
    NoAccount,
    /// The command of the settings printed no password, or none is stored.
    #[error("no password for {host}")]
    NoPassword {
        /// The server.
        host: String,
    },
    /// The folder of the settings is not there.
    #[error("the sync folder is not there")]
    NoFolder,
    /// The command of the settings printed no passphrase.
    #[error("no passphrase for the sync folder")]
    NoKey,
    /// The file with the account, or one of the folder, can't be read or written.
    #[error(transparent)]
    File(#[from] std::io::Error),
}

impl SyncError {
    /// Whether another change may succeed where this one failed.
    pub(super) fn is_of_one_change(&self) -> bool {
        match self {
            // Too many requests, and servers in between that don't reach it.
            Self::Refused { status, .. } => !matches!(status, 429 | 502 | 503 | 504),
            _ => false,
        }
    }

    /// The failure of an exchange through the folder `dir`.
    pub(super) fn in_folder(self, dir: &Path) -> Failure {
        let shown = dir.display().to_string();
        match self {
            Self::NoFolder => Failure::new(Cause::SyncFolder, &shown),
            Self::File(error) => {
                tracing::warn!(%error, "the exchange stopped");
                crate::runtime::failures::of_io(&error, &shown)
            }
            other => other.into(),
        }
    }
}

impl From<SyncError> for Failure {
    fn from(error: SyncError) -> Self {
        tracing::warn!(%error, "sync stopped");
        match error {
            SyncError::Net(error) => of_net(&error, ""),
            SyncError::Store(error) => error.into(),
            SyncError::Denied { host } => Self::new(Cause::SyncDenied, &host),
            SyncError::Unsupported { host, .. } => Self::new(Cause::SyncUnsupported, &host),
            SyncError::Refused { host, status } if status >= 500 => {
                Self::new(Cause::ServerFault, &host)
            }
            SyncError::Refused { host, status: 429 } => Self::new(Cause::Busy, &host),
            SyncError::Refused { host, .. } => Self::new(Cause::Refused, &host),
            SyncError::Moved { to, .. } => Self::new(Cause::SyncMoved, &to),
            SyncError::NoAccount => Self::new(Cause::SyncOff, ""),
            SyncError::NoPassword { host } => Self::new(Cause::SyncPassword, &host),
            SyncError::NoFolder => Self::new(Cause::SyncFolder, ""),
            SyncError::NoKey => Self::new(Cause::SyncKey, ""),
            SyncError::File(error) => crate::runtime::failures::of_io(&error, "sync.json"),
        }
    }
}
