//! The log: a file in the state directory, of warnings unless `GISA_LOG` asks for more. No article
//! text, no secrets.

use std::fs;
use std::path::Path;

use tracing::level_filters::LevelFilter;

use super::paths::{private_dir, private_file};

/// A log larger than this, in bytes, is put aside at the start.
const LARGEST: u64 = 1 << 20;

/// Begins to log. A log that can't be written is done without.
pub fn begin(path: &Path) {
    let level = std::env::var("GISA_LOG")
        .ok()
        .and_then(|l| l.parse().ok())
        .unwrap_or(LevelFilter::WARN);
    if path.parent().is_none_or(|dir| private_dir(dir).is_err()) {
        return;
    }
    if fs::metadata(path).is_ok_and(|m| m.len() > LARGEST) {
        // Where it can't be put aside it grows on, which harms nobody.
        let _ = fs::rename(path, path.with_extension("log.old"));
    }
    if let Ok(file) = private_file(path, true) {
        // A log that can't be written must not be heard of on the screen.
        let log = tracing_subscriber::fmt()
            .with_ansi(false)
            .with_max_level(level)
            .with_writer(file);
        let log = log.log_internal_errors(false);
        let _ = log.try_init();
    }
}
