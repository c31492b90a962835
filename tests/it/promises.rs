//! SECURITY.md, held to its word: each promise names tests, and they exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::support::source::root;

/// Names of all tests in a folder.
fn tests(folder: &Path, into: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            tests(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            for after in text.split("#[test]").skip(1) {
                // Other attributes may stand in between.
                let name = after.split("fn ").nth(1).and_then(|f| f.split('(').next());
                into.extend(name.map(|n| n.trim().to_owned()));
            }
        }
    }
}

#[test]
fn every_promise_names_tests_that_exist() {
    let mut known = BTreeSet::new();
    tests(&root().join("src"), &mut known);
    tests(&root().join("tests"), &mut known);
    let text = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let promises = text
        .split_once("## Promises")
        .unwrap()
        .1
        .split_once("## Not promised")
        .unwrap()
        .0;
    let mut count = 0;
    for promise in promises.split("\n- ").skip(1) {
        let promise = promise.split("\n#").next().unwrap();
        let (_, held) = promise
            .rsplit_once('(')
            .unwrap_or_else(|| panic!("held by nothing: {promise}"));
        let names: Vec<&str> = held.split('`').skip(1).step_by(2).collect();
        assert!(!names.is_empty(), "held by nothing: {promise}");
        for name in names {
            assert!(known.contains(name), "no such test: {name}");
        }
        count += 1;
    }
    assert!(count > 15, "{count} promises");
}

#[test]
fn the_crate_forbids_unsafe_code() {
    for file in ["src/lib.rs", "src/main.rs"] {
        let text = fs::read_to_string(root().join(file)).unwrap();
        assert!(
            text.contains("#![forbid(unsafe_code)]") || file.ends_with("main.rs"),
            "{file}"
        );
    }
    let manifest: toml::Table = fs::read_to_string(root().join("Cargo.toml"))
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(
        manifest["lints"]["rust"]["unsafe_code"].as_str(),
        Some("forbid")
    );
    let deny: toml::Table = fs::read_to_string(root().join("deny.toml"))
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(deny["sources"]["unknown-registry"].as_str(), Some("deny"));
    assert!(deny["licenses"]["allow"].as_array().unwrap().len() > 5 && deny.contains_key("bans"));
}
