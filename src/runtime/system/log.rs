//! The log file in the state directory: warnings, or the level that `GISA_LOG` names. Neither texts
//! of articles nor secrets are logged.

use std::fs;
use std::path::Path;

use tracing::level_filters::LevelFilter;

use super::paths::{private_dir, private_file};

/// A log larger than this, in bytes, is renamed at the start of the program.
const LARGEST: u64 = 1 << 20;

/// Starts logging. If the log can't be written, the program runs without one.
pub fn begin(path: &Path) {
    let level = std::env::var("GISA_LOG")
        .ok()
        .and_then(|l| l.parse().ok())
        .unwrap_or(LevelFilter::WARN);
    if path.parent().is_none_or(|dir| private_dir(dir).is_err()) {
        return;
    }
    if fs::metadata(path).is_ok_and(|m| m.len() > LARGEST) {
        // If it can't be renamed it simply goes on growing.
        let _ = fs::rename(path, path.with_extension("log.old"));
    }
    if let Ok(file) = private_file(path, true) {
        // Errors of the log itself must not be printed over the interface.
        let log = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_max_level(level)
            .with_writer(file);
        let log = log.log_internal_errors(false);
        let _ = log.try_init();
    }
}
