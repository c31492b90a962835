//! Says what this run of `cargo test` skipped, and why. Not a test harness (`harness = false`), so
//! that its output is shown; its name is the last of the test targets, so that cargo runs it last.
//! It never fails.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "reads the record of skipped tests and prints it"
)]

#[path = "it/support/skip_record.rs"]
mod skip_record;

use std::collections::{BTreeMap, BTreeSet};

fn main() {
    // `cargo test -- --list` and nextest ask for the names of tests: there is none.
    if std::env::args().any(|argument| argument == "--list") {
        return;
    }
    let record = std::fs::read_to_string(skip_record::file()).unwrap_or_default();
    print!("{}", summary(&record));
    // Records of runs that were cut short, and so never printed, are removed as well.
    let _ = std::fs::remove_dir_all(skip_record::folder());
}

/// The record in the order of its reasons.
fn summary(record: &str) -> String {
    let mut skipped: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (why, test) in record.lines().filter_map(|line| line.split_once('\t')) {
        skipped.entry(why).or_default().insert(test);
    }
    if skipped.is_empty() {
        return "\nskipped: nothing\n".to_owned();
    }
    let mut out = String::from("\nskipped, and counted as passed above:\n");
    for (why, tests) in skipped {
        out.push_str(&format!("\n  {why}\n"));
        for test in tests {
            out.push_str(&format!("    {test}\n"));
        }
    }
    out.push('\n');
    out
}
