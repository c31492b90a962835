//! The fuzz targets on their kept seeds and on every input that ever broke one: no fuzzer is needed
//! to see that they hold.

use std::fs;
use std::path::PathBuf;

use crate::support::skip::skip;
use crate::support::source::root;

pub(crate) mod bodies;

/// The files kept for a target, in order.
fn kept(target: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = ["seeds", "crashes"]
        .iter()
        .flat_map(|kind| {
            fs::read_dir(root().join("fuzz").join(kind).join(target))
                .into_iter()
                .flatten()
        })
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
}

/// Whether the folder `fuzz` is there; records a skip where it is not. It is a crate of its own, so
/// that cargo leaves it out of the packed one.
fn has_fuzz_crate() -> bool {
    let is_there = root().join("fuzz").is_dir();
    if !is_there {
        skip("the folder fuzz is not in the packed crate");
    }
    is_there
}

#[test]
fn every_kept_input_of_every_target_still_holds() {
    if !has_fuzz_crate() {
        return;
    }
    for (target, body) in bodies::ALL {
        let files = kept(target);
        assert!(!files.is_empty(), "{target} has no seeds");
        for file in files {
            let bytes = fs::read(&file).unwrap();
            let held = std::panic::catch_unwind(|| body(&bytes));
            assert!(held.is_ok(), "{}", file.display());
            // Cut short and with a byte turned: cheap neighbours of every seed.
            for n in 1..8 {
                let mut other = bytes[..bytes.len() * n / 8].to_vec();
                let at = other.len() * 3 / 4;
                if let Some(byte) = other.get_mut(at) {
                    *byte ^= 1 << n;
                }
                let held = std::panic::catch_unwind(|| body(&other));
                assert!(
                    held.is_ok(),
                    "{} cut to {n}/8, byte {at} turned",
                    file.display()
                );
            }
        }
    }
}

#[test]
fn each_target_of_the_fuzz_crate_is_one_of_these() {
    if !has_fuzz_crate() {
        return;
    }
    let text = fs::read_to_string(root().join("fuzz/Cargo.toml")).unwrap();
    let manifest: toml::Table = text.parse().unwrap();
    let mut named: Vec<&str> = manifest["bin"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|b| b["name"].as_str())
        .collect();
    let mut bodies: Vec<&str> = bodies::ALL.iter().map(|(name, _)| *name).collect();
    named.sort_unstable();
    bodies.sort_unstable();
    assert_eq!(named, bodies);
}
