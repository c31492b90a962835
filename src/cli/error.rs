//! Why a command ends before its work is done.

use std::io;

use crate::app::Failure;
use crate::runtime::failures::of_io;
use crate::runtime::store::StoreError;

/// Why a command ended early.
pub(super) enum CommandError {
    /// It failed; the failure is still to be reported.
    Failed(Failure),
    /// It has reported everything itself and ends with this exit code.
    Reported(u8),
    /// The reader of its output has closed the pipe.
    Pipe,
}

impl From<Failure> for CommandError {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<io::Error> for CommandError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Pipe
        } else {
            Self::Failed(of_io(&error, "-"))
        }
    }
}
