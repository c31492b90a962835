//! Tests that cannot run here: a program or a folder is missing. libtest does not show what a
//! passing test prints, so each skip is also written to a file that `tests/skipped.rs`, the last
//! test target, prints when all others are done.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use super::{outside, skip_record};

/// Records that the running test is skipped, and why.
#[expect(
    clippy::print_stderr,
    reason = "shown by `cargo test -- --nocapture`, at once"
)]
pub(crate) fn skip(why: &str) {
    let test = std::thread::current().name().unwrap_or("a test").to_owned();
    eprintln!("skipped: {test}: {why}");
    fs::create_dir_all(skip_record::folder()).unwrap();
    let mut record = fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(skip_record::file())
        .unwrap();
    // One write a line: tests run beside each other.
    record
        .write_all(format!("{why}\t{test}\n").as_bytes())
        .unwrap();
}

/// A file or folder below the outside folder, by its path there; records a skip where it is missing.
pub(crate) fn outside(path: &str) -> Option<PathBuf> {
    let folder = outside::folder();
    let found = folder.join(path);
    if found.exists() {
        return Some(found);
    }
    if folder.is_dir() {
        skip(&format!("{path} is not in the folder of outside texts"));
    } else {
        skip(&format!(
            "no folder of outside texts (../shared, or the one that {} names)",
            outside::VARIABLE
        ));
    }
    None
}

/// Whether all of these programs are in `PATH`; records a skip where one is missing.
pub(crate) fn programs(needed: &[&str]) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let is_missing = |program: &&&str| {
        !std::env::split_paths(&paths).any(|folder| folder.join(program).is_file())
    };
    let missing: Vec<&str> = needed.iter().filter(is_missing).copied().collect();
    if !missing.is_empty() {
        skip(&format!("no {}", missing.join(", no ")));
    }
    missing.is_empty()
}
