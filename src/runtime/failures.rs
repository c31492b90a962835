//! Converts errors of store, files and network into failures, which have a sentence for the reader,
//! and logs them.

use std::io;

use super::net::NetError;
use super::store::{Obstacle, StoreError};
use crate::app::{Cause, Failure};
use crate::news::address::for_log;

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        tracing::warn!(%error, "library operation failed");
        let cause = match &error {
            StoreError::Full => Cause::DiskFull,
            StoreError::ReadOnly => Cause::ReadOnly,
            StoreError::Corrupt(_) | StoreError::Entry(_) => Cause::Damaged,
            StoreError::TakenAway => Cause::TakenAway,
            StoreError::Newer { .. } => Cause::Newer,
            StoreError::Locked => Cause::Locked,
            StoreError::Cancelled => Cause::Cancelled,
            StoreError::Open { source, path } => return of_io(source, &path.display().to_string()),
            StoreError::Disk(_) | StoreError::Sql(_) => Cause::Store,
        };
        Failure::new(cause, &error.to_string())
    }
}

impl From<Obstacle> for Failure {
    fn from(obstacle: Obstacle) -> Self {
        let cause = match obstacle {
            Obstacle::ReadOnly => Cause::LibraryReadOnly,
            Obstacle::Full => Cause::LibraryFull,
        };
        Self::new(cause, "")
    }
}

/// The failure of reading the file `subject`.
pub fn of_io(error: &io::Error, subject: &str) -> Failure {
    tracing::warn!(%error, subject, "reading failed");
    let cause = match error.kind() {
        io::ErrorKind::NotFound => Cause::NotFound,
        io::ErrorKind::TimedOut => Cause::NoWriter,
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Cause::DiskFull,
        io::ErrorKind::ReadOnlyFilesystem => Cause::ReadOnly,
        io::ErrorKind::NotADirectory => Cause::NotFolder,
        _ => Cause::Unreadable,
    };
    Failure::new(cause, subject)
}

/// The failure of writing the file or folder `subject`.
pub fn of_write(error: &io::Error, subject: &str) -> Failure {
    tracing::warn!(%error, subject, "writing failed");
    let cause = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Cause::DiskFull,
        io::ErrorKind::NotADirectory => Cause::NotFolder,
        _ => Cause::Unwritable,
    };
    Failure::new(cause, subject)
}

/// The failure of requesting `address`.
pub fn of_net(error: &NetError, address: &str) -> Failure {
    tracing::warn!(%error, address = for_log(address), "request failed");
    let cause = match error {
        NetError::Cancelled => Cause::Cancelled,
        NetError::Address(_) => Cause::BadAddress,
        NetError::UnknownHost { .. } | NetError::Connect { .. } => Cause::Unreachable,
        NetError::Broken { .. } => Cause::BrokeOff,
        NetError::Tls { .. } => Cause::Insecure,
        NetError::NoTls { .. } => Cause::NoTls,
        NetError::Timeout { .. } => Cause::Timeout,
        NetError::Inward { .. } => Cause::Forbidden,
        NetError::Proxy { .. } => Cause::Proxy,
        NetError::Password { .. } => Cause::FeedPassword,
        NetError::Login { .. } => Cause::SiteLogin,
        NetError::Redirects { .. } => Cause::Redirects,
        NetError::Status {
            status: 404 | 410, ..
        } => return Failure::new(Cause::NoPage, address),
        NetError::Status { status: 429, .. } => Cause::Busy,
        NetError::Status { status: 500.., .. } => Cause::ServerFault,
        NetError::Status { .. } => Cause::Refused,
        NetError::TooLarge { .. } => Cause::TooLarge,
    };
    Failure::new(cause, error.host().unwrap_or(address))
}
