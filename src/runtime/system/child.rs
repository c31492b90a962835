//! Lets a test run another test in a process of its own, in order to kill it.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Starts the test with this full name in a new process, with `path` as its input. In an ordinary
/// run that test does nothing.
pub(crate) fn child(test: &str, path: &Path) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env("GISA_TRIAL", path)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The path that this process was started with by [`child`]; `None` in an ordinary run.
pub(crate) fn trial() -> Option<PathBuf> {
    std::env::var_os("GISA_TRIAL").map(PathBuf::from)
}
