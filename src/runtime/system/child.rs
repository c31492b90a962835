//! A test that runs another one as a process of its own, to kill it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Runs the test of this full name, which does nothing in an ordinary run, on what is at `path`.
pub(crate) fn child(test: &str, path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env("GISA_TRIAL", path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// What a test is to work on that runs as such a process; `None` in an ordinary run.
pub(crate) fn trial() -> Option<PathBuf> {
    std::env::var_os("GISA_TRIAL").map(PathBuf::from)
}
