//! Why a sync stopped.

use std::path::Path;

use crate::app::{Cause, Failure};
use crate::runtime::failures::{of_net, of_write};
use crate::runtime::net::NetError;
use crate::runtime::store::StoreError;
use crate::runtime::system::secret::NoSecret;

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
    /// The command of the settings gave no passphrase.
    #[error("no passphrase for the sync folder: {why:?}")]
    NoKey {
        /// The command's program.
        program: String,
        /// Why not.
        why: NoSecret,
    },
    /// The passphrase is another one than that by which the folder's files are sealed.
    #[error("the passphrase does not open the sync folder")]
    WrongKey,
    /// The folder's files are sealed, and the settings name no command for a passphrase.
    #[error("the sync folder is sealed, and there is no key")]
    SealedFolder,
    /// The file with the account, or one of the folder, can't be read or written.
    #[error(transparent)]
    File(#[from] std::io::Error),
    /// This machine's journal can't be written.
    #[error("the journal can't be written: {0}")]
    Journal(std::io::Error),
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
            Self::WrongKey => Failure::new(Cause::SyncWrongKey, &shown),
            Self::SealedFolder => Failure::new(Cause::SyncSealed, &shown),
            Self::Journal(error) => of_write(&error, &shown),
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
            SyncError::NoKey { program, why } => match why {
                NoSecret::NotStarted => Self::new(Cause::SyncKeyMissing, &program),
                NoSecret::TooSlow => Self::new(Cause::SyncKeySlow, &program),
                NoSecret::Nothing => Self::new(Cause::SyncKey, &program),
                NoSecret::Cancelled => Self::new(Cause::Cancelled, &program),
            },
            SyncError::WrongKey => Self::new(Cause::SyncWrongKey, ""),
            SyncError::SealedFolder => Self::new(Cause::SyncSealed, ""),
            SyncError::Journal(error) => of_write(&error, ""),
            SyncError::File(error) => crate::runtime::failures::of_io(&error, "sync.json"),
        }
    }
}
