//! The shape of the source: which module may know which, and where the names of the outside world
//! may stand.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use gisa::app::Cause;
use gisa::app::input::action::Action;
use gisa::glyph::Reason;

use crate::support::imports::Imports;
use crate::support::source::{Source, root, sources};

/// The allowed arrows. `app` knows of `glyph` how large letters are, not how they are drawn.
const ARROWS: &[(&str, &[&str])] = &[
    ("news", &[]),
    ("text", &["news"]),
    ("glyph", &["news", "text"]),
    ("dictionary", &["news"]),
    ("extract", &["news"]),
    ("summary", &["news"]),
    ("stories", &["news", "summary"]),
    ("speech", &["news", "summary"]),
    ("print", &["news", "text", "typeface"]),
    ("picture", &["text"]),
    ("typeface", &[]),
    ("lettering", &["text", "glyph", "picture", "typeface"]),
    ("config", &["news", "text"]),
    (
        "app",
        &[
            "news",
            "text",
            "config",
            "glyph",
            "speech",
            "picture",
            "lettering",
            "dictionary",
        ],
    ),
    (
        "view",
        &[
            "app",
            "news",
            "text",
            "glyph",
            "config",
            "speech",
            "picture",
            "lettering",
            "dictionary",
        ],
    ),
    (
        "runtime",
        &[
            "app",
            "view",
            "news",
            "text",
            "glyph",
            "config",
            "extract",
            "summary",
            "stories",
            "speech",
            "print",
            "picture",
            "lettering",
            "typeface",
            "dictionary",
        ],
    ),
    (
        "cli",
        &[
            "runtime",
            "app",
            "view",
            "news",
            "text",
            "glyph",
            "config",
            "extract",
            "summary",
            "stories",
            "speech",
            "print",
            "picture",
            "lettering",
            "dictionary",
        ],
    ),
    ("lib", &[]),
    ("main", &["cli"]),
];

/// Names of the outside world, and the only places (files, or folders ending in `/`) that may speak
/// them.
const PLACES: &[(&str, &[&str])] = &[
    (
        "ratatui",
        &["view/", "runtime/terminal/mod.rs", "cli/read.rs"],
    ),
    (
        "Color::",
        &["view/style_resolver.rs", "cli/read.rs", "print/pdf.rs"],
    ),
    ("crossterm", &["runtime/"]),
    ("crossterm::event::KeyCode", &["runtime/terminal/input/"]),
    ("rusqlite", &["runtime/store/"]),
    ("ureq", &["runtime/net/"]),
    ("unicode_width", &["text/width.rs"]),
    ("scraper::", &["extract/"]),
    ("clap::", &["cli/"]),
    // One way out for what commands print; the screen has its own.
    ("stdout().lock", &["cli/output.rs", "runtime/terminal/"]),
    ("stderr().lock", &["cli/output.rs"]),
    ("writeln!(io::", &[]),
    ("write!(io::", &[]),
    (".print()", &[]),
    ("signal_hook", &["runtime/"]),
    ("krilla", &["print/"]),
    ("rustix", &["runtime/"]),
    ("image::", &["picture/"]),
    ("glyph::draw", &["view/", "glyph/"]),
    (
        "glyph::line",
        &["view/", "glyph/", "app/panes/typography.rs"],
    ),
];

/// A longer file is cut, by meaning.
const MOST_LINES: usize = 600;

/// Lines wider than [`WIDTH`] in all of `src`: rows of tables, mostly.
const MOST_WIDE_LINES: usize = 50;
const WIDTH: usize = 100;

/// Functions that take the whole model to change it, and where they may be: what is below `app` is
/// given what it needs and answers with effects and intents.
const MOST_MODEL_CHANGERS: usize = 39;
const MODEL_CHANGERS: &[&str] = &["app/update/", "app/model.rs", "runtime/event_loop.rs"];

/// The modules that `code` names by `crate::` or `gisa::`.
fn named(code: &str) -> BTreeSet<String> {
    let ident = |s: &str| {
        s.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect::<String>()
    };
    let mut names = BTreeSet::new();
    for start in ["crate::", "gisa::"] {
        for after in code.split(start).skip(1) {
            let Some(group) = after.strip_prefix('{') else {
                names.insert(ident(after));
                continue;
            };
            let (mut depth, mut first) = (0, true);
            for (at, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => first = true,
                    c if first && !c.is_whitespace() => {
                        names.insert(ident(&group[at..]));
                        first = false;
                    }
                    _ => {}
                }
            }
        }
    }
    names
}

#[test]
fn modules_know_only_what_the_arrows_allow() {
    let modules: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| !s.test) {
        let own = source.module();
        let Some(allowed) = modules.get(own) else {
            wrong.push(format!(
                "{}: a top-level module without arrows",
                source.name
            ));
            continue;
        };
        for name in named(&source.code)
            .iter()
            .filter(|n| modules.contains_key(n.as_str()))
        {
            if name != own && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{}: {own} → {name}", source.name));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn groups_of_names_are_seen_by_the_arrows() {
    let code = "use crate::{app::{Model, Pane}, view::view};\nuse crate::text;\nfn f() { gisa::cli::run() }";
    let names: Vec<String> = named(code).into_iter().collect();
    assert_eq!(names, ["app", "cli", "text", "view"]);
}

#[test]
fn names_of_the_outside_world_stand_where_they_belong() {
    let mut wrong = Vec::new();
    for source in sources().iter().filter(|s| !s.test) {
        for (name, places) in PLACES {
            let here = places
                .iter()
                .any(|p| source.name == *p || (p.ends_with('/') && source.name.starts_with(p)));
            if !here && source.code.contains(name) {
                wrong.push(format!("{}: {name}", source.name));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn drawing_writes_no_state() {
    let drawers: Vec<Source> = sources()
        .into_iter()
        .filter(|s| s.module() == "view")
        .collect();
    assert!(drawers.len() > 4);
    for source in drawers {
        assert!(!source.code.contains("&mut Model"), "{}", source.name);
        assert!(
            !source.code.contains("RefCell") && !source.code.contains("Mutex"),
            "{}",
            source.name
        );
    }
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let imports = Imports::of_sources(&sources());
    let circles = imports.circles();
    assert!(
        circles.is_empty(),
        "{} circles:\n{}",
        circles.len(),
        circles
            .iter()
            .map(|c| c.join(" "))
            .collect::<Vec<_>>()
            .join("\n")
    );
}

#[test]
fn few_functions_may_change_the_whole_model() {
    let (mut count, mut wrong) = (0, Vec::new());
    for source in sources().iter().filter(|s| !s.test) {
        let signatures = source.code.split("fn ").skip(1).filter(|after| {
            let end = after.find(['{', ';']).unwrap_or(after.len());
            after[..end].contains("&mut Model")
        });
        let here = signatures.count();
        count += here;
        let is_place = MODEL_CHANGERS.iter().any(|p| source.name.starts_with(p));
        if here > 0 && !is_place {
            wrong.push(format!("{}: &mut Model", source.name));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(count <= MOST_MODEL_CHANGERS, "{count}");
}

#[test]
fn few_lines_are_wide() {
    let wide: Vec<String> = sources()
        .iter()
        .filter(|s| !s.test)
        .map(|s| {
            let lines = s.text.lines();
            let wide = lines.filter(|l| l.chars().count() > WIDTH).count();
            (s, wide)
        })
        .filter(|(_, wide)| *wide > 0)
        .flat_map(|(s, wide)| vec![s.name.clone(); wide])
        .collect();
    assert!(wide.len() <= MOST_WIDE_LINES, "{}: {wide:?}", wide.len());
}

#[test]
fn every_file_is_short_and_says_what_it_deals_with() {
    let mut wrong = Vec::new();
    for source in sources() {
        let lines = source.text.lines().count();
        if lines > MOST_LINES {
            wrong.push(format!("{}: {lines} lines", source.name));
        }
        if !source.test && !source.text.starts_with("//!") {
            wrong.push(format!("{}: does not open with //!", source.name));
        }
        if source.code.contains("#[allow(") || source.code.contains("#![allow(") {
            wrong.push(format!("{}: allow; say expect and the reason", source.name));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Every module that a `mod.rs` declares, tests aside, is named in backticks in its header: a header
/// that lists files lists all of them.
#[test]
fn headers_of_folders_name_every_file() {
    let mut missing = Vec::new();
    for source in sources()
        .iter()
        .filter(|s| !s.test && s.name.ends_with("/mod.rs"))
    {
        let header: String = source
            .text
            .lines()
            .filter_map(|l| l.strip_prefix("//!"))
            .collect();
        let named: BTreeSet<&str> = header
            .split('`')
            .skip(1)
            .step_by(2)
            .flat_map(|code| code.split(|c: char| !c.is_alphanumeric() && c != '_'))
            .collect();
        let mut tests = false;
        for line in source.text.lines() {
            let declared = line
                .rsplit_once("mod ")
                .filter(|(before, _)| before.is_empty() || before.starts_with("pub"))
                .and_then(|(_, rest)| rest.strip_suffix(';'));
            if let Some(name) = declared.filter(|name| !tests && !named.contains(name)) {
                missing.push(format!("{}: {name}", source.name));
            }
            tests = line == "#[cfg(test)]" || (tests && line.starts_with("#["));
        }
    }
    assert!(missing.is_empty(), "\n{}", missing.join("\n"));
}

/// The keys of a locale file.
fn locale(name: &str) -> BTreeSet<String> {
    fn walk(prefix: &str, table: &toml::Table, into: &mut BTreeSet<String>) {
        for (key, value) in table {
            let path = if prefix.is_empty() {
                key.clone()
            } else {
                format!("{prefix}.{key}")
            };
            match value {
                toml::Value::Table(inner) => walk(&path, inner, into),
                _ => drop(into.insert(path)),
            }
        }
    }
    let text = fs::read_to_string(root().join("assets/locales").join(name)).unwrap();
    let mut keys = BTreeSet::new();
    walk("", &text.parse().unwrap(), &mut keys);
    keys
}

/// Every key that the source says, by a literal or by a table.
fn said() -> BTreeSet<String> {
    let sections: BTreeSet<String> = locale("ko.toml")
        .iter()
        .filter_map(|k| k.split('.').next().map(str::to_owned))
        .collect();
    let is_key = |literal: &String| {
        let mut pieces = literal.split('.');
        let section = pieces.next().unwrap_or_default();
        let plain = |p: &str| {
            !p.is_empty()
                && p.chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c))
        };
        sections.contains(section) && literal.contains('.') && pieces.all(plain)
    };
    let speakers = ["app", "view", "cli", "runtime"];
    let literals = sources()
        .into_iter()
        .filter(|s| !s.test && speakers.contains(&s.module()))
        .flat_map(|s| s.literals);
    let mut keys: BTreeSet<String> = literals.filter(is_key).collect();
    keys.extend(Cause::ALL.iter().map(|c| c.key().to_owned()));
    keys.extend(Action::ALL.iter().map(|a| format!("action.{}", a.name())));
    let reasons = [
        Reason::Forced,
        Reason::Answered,
        Reason::Pictures,
        Reason::Listed,
        Reason::Everywhere,
    ];
    let others = [Reason::BlocksAreWide, Reason::Seams, Reason::NotUnicode];
    keys.extend(
        reasons
            .iter()
            .chain(&others)
            .map(|r| format!("letters.{}", r.key())),
    );
    for theme in fs::read_dir(root().join("assets/themes")).unwrap() {
        keys.insert(format!(
            "theme.{}",
            theme.unwrap().path().file_stem().unwrap().to_string_lossy()
        ));
    }
    // A word of the settings or a file's name may look like a key.
    keys.retain(|k| {
        ![".toml", ".txt", ".db", ".log"]
            .iter()
            .any(|e| k.ends_with(e))
    });
    keys
}

#[test]
fn every_sentence_said_exists_in_both_languages_and_none_is_left_over() {
    let (korean, english, said) = (locale("ko.toml"), locale("en.toml"), said());
    assert_eq!(
        korean.symmetric_difference(&english).collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "in one language only"
    );
    let missing: Vec<_> = said.difference(&korean).collect();
    assert!(
        missing.is_empty(),
        "said, but in no locale file: {missing:?}"
    );
    let forgotten: Vec<_> = korean.difference(&said).collect();
    assert!(
        forgotten.is_empty(),
        "in the locale files, but never said: {forgotten:?}"
    );
}

#[test]
fn every_type_of_the_glossary_is_where_it_says() {
    let glossary = fs::read_to_string(root().join("GLOSSARY.md")).unwrap();
    let mut seen = 0;
    for row in glossary
        .lines()
        .filter(|l| l.starts_with("| ") && l.contains("(`src/"))
    {
        let last = row.trim_end_matches([' ', '|']).rsplit('|').next().unwrap();
        let marked: Vec<&str> = last.split('`').skip(1).step_by(2).collect();
        let [name, path] = marked[..] else {
            panic!("{row}")
        };
        let code = fs::read_to_string(root().join(path)).unwrap_or_default();
        let is_defined = ["struct", "enum", "trait", "type"].iter().any(|kind| {
            code.split(&format!("{kind} {name}"))
                .skip(1)
                .any(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        });
        assert!(is_defined, "{name} is not defined in {path}");
        seen += 1;
    }
    assert!(seen > 20, "{seen}");
}
