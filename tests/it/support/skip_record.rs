//! Where a run of `cargo test` records the tests that it skipped: written by `skip`, read by the
//! target `skipped`.

use std::path::{Path, PathBuf};

/// Where the records of all runs are.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("skipped")
}

/// The record of this run of `cargo test`. All test programs of one run have the same parent, cargo,
/// so its process id keeps the record apart from those of other runs.
pub(crate) fn file() -> PathBuf {
    #[cfg(unix)]
    let run = std::os::unix::process::parent_id();
    #[cfg(not(unix))]
    let run = 0;
    folder().join(run.to_string())
}
