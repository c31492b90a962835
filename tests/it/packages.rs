//! The files that packages are made from: they hold no version of their own, and what they name is
//! there.

use std::fs;
use std::process::Command;

use crate::support::skip::skip;
use crate::support::source::root;

const VERSION: &str = env!("CARGO_PKG_VERSION");

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

#[test]
fn no_template_holds_a_version_of_its_own() {
    for path in [
        "packaging/PKGBUILD.in",
        "packaging/gisa.rb.in",
        "packaging/control.in",
    ] {
        let text = read(path);
        assert!(
            text.contains("@VERSION@") && text.contains("@HOMEPAGE@"),
            "{path}"
        );
        assert!(!text.contains(VERSION), "{path}");
    }
    let flake = read("flake.nix");
    assert!(flake.contains("./Cargo.toml") && !flake.contains(VERSION));
    let changelog = read("CHANGELOG.md");
    assert!(
        changelog.contains(&format!("## {VERSION}")),
        "CHANGELOG.md tells of {VERSION}"
    );
    let fuzz = root().join("fuzz/Cargo.toml");
    assert!(
        !fuzz.exists()
            || !fs::read_to_string(fuzz)
                .unwrap()
                .contains(&format!("gisa = \"{VERSION}"))
    );
}

#[test]
fn what_the_package_leaves_out_is_named_from_the_root() {
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    let excluded = manifest["package"]["exclude"].as_array().unwrap();
    assert!(!excluded.is_empty());
    for path in excluded {
        // A bare name would leave out every folder of that name, such as the tests in tests/it/fuzz.
        assert!(path.as_str().is_some_and(|p| p.starts_with('/')), "{path}");
    }
}

#[test]
fn filled_templates_have_the_version_and_the_checksum_of_the_crate() {
    let folder = tempfile::tempdir().unwrap();
    let crate_file = folder.path().join("gisa.crate");
    fs::write(&crate_file, "abc").unwrap();
    let ran = Command::new("python3")
        .arg(root().join("scripts/release/templates.py"))
        .args([&crate_file, folder.path()])
        .output();
    let Ok(ran) = ran else {
        skip("python3 is not installed");
        return;
    };
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    for (name, line) in [
        ("PKGBUILD", format!("pkgver={VERSION}")),
        ("gisa.rb", format!("gisa-{VERSION}.crate")),
    ] {
        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(text.contains(&line), "{name}: {text}");
        // SHA-256 of "abc".
        assert!(text.contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
        assert!(
            !text.contains("@VERSION@") && !text.contains("@RELEASES@"),
            "{name}"
        );
    }
}

#[test]
fn scripts_of_the_release_are_sound_shell_and_name_files_that_exist() {
    let mut seen = 0;
    for folder in ["scripts", "scripts/release"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|e| e != "sh") {
                continue;
            }
            let checked = Command::new("bash").arg("-n").arg(&path).output();
            let Ok(checked) = checked else {
                skip("bash is not installed");
                return;
            };
            let errors = String::from_utf8_lossy(&checked.stderr);
            assert!(checked.status.success(), "{}: {errors}", path.display());
            let text = fs::read_to_string(&path).unwrap();
            for word in text.split(|c: char| c.is_whitespace() || "\"'`$();:,".contains(c)) {
                let is_ours = word.starts_with("scripts/") || word.starts_with("packaging/");
                if is_ours && word.contains('.') {
                    assert!(root().join(word).is_file(), "{}: {word}", path.display());
                }
            }
            seen += 1;
        }
    }
    assert!(seen >= 8, "{seen}");
}
