//! What a build leaves out says so, and what it has works: `scripts/features.sh` runs these with each
//! feature off.

use gisa::app::protocol::feature::Feature;

use crate::support::pages::page;
use crate::support::sandbox::Sandbox;

/// A command of each feature that has one.
fn commands(page: &str) -> [(Feature, Vec<&str>); 4] {
    [
        (Feature::Llm, vec!["short", "--with", "llm", page]),
        (Feature::Print, vec!["print", "--to", "a.txt", page]),
        (Feature::Speech, vec!["listen", "--text", page]),
        (Feature::Sync, vec!["sync", "status"]),
    ]
}

#[test]
fn a_command_that_was_not_built_says_so_and_how_to_get_it() {
    let sandbox = Sandbox::new();
    let page = sandbox.file("page.html", page());
    for (feature, command) in commands(&page) {
        for (language, sentence) in [("en", "was built without"), ("ko", "빼고 빌드한")] {
            let arguments = [&["--lang", language], &*command].concat();
            let ran = sandbox.run(&arguments);
            let is_refused = ran.err.contains(sentence)
                && ran.err.contains(&format!("--features {}", feature.name()));
            assert_eq!(is_refused, !feature.is_built(), "{command:?}: {}", ran.err);
            assert!(ran.code == 1 || feature.is_built(), "{command:?}");
        }
    }
}

#[test]
fn doctor_lists_what_is_there_and_what_is_not() {
    let sandbox = Sandbox::new();
    let told: serde_json::Value =
        serde_json::from_str(&sandbox.run(&["--lang", "en", "doctor", "--json"]).out).unwrap();
    let rows = told.as_array().unwrap();
    let row = rows.iter().find(|r| r["name"] == "features").unwrap();
    assert_eq!(
        (&row["section"], &row["care"]),
        (&"build".into(), &false.into())
    );
    let value = row["value"].as_str().unwrap();
    let (with, without) = value.split_once("without:").unwrap_or((value, ""));
    for feature in Feature::ALL {
        let name = |listed: &str| listed.split_whitespace().any(|n| n == feature.name());
        assert_eq!(
            (name(with), name(without)),
            (feature.is_built(), !feature.is_built()),
            "{value}"
        );
    }
}
