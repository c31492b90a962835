//! The book in `docs/` and the documents beside it: tables as the program has them, links that lead
//! somewhere, queries and commands that exist. `UPDATE_DOCS=1` writes the tables.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use clap::CommandFactory as _;
use gisa::cli::args::Cli;
use gisa::config::{Language, Words};
use gisa::extract::Profiles;
use gisa::news::query::Query;
use gisa::news::query::names::{FIELDS, FORMS, ORDERS};

use crate::support::source::root;

/// The documents, by their paths in the repository.
fn documents() -> Vec<String> {
    let mut all: Vec<String> = fs::read_dir(root().join("docs"))
        .unwrap()
        .map(|entry| format!("docs/{}", entry.unwrap().file_name().to_string_lossy()))
        .chain(fs::read_dir(root()).unwrap().map(|entry| {
            let name = entry.unwrap().file_name();
            name.to_string_lossy().into_owned()
        }))
        .filter(|name| name.ends_with(".md"))
        .collect();
    all.sort();
    all
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap()
}

/// A cell of a table: a bar in it must not end it.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn key_table() -> String {
    let (en, ko) = (Words::of(Language::English), Words::of(Language::Korean));
    let keys: toml::Table = toml::from_str(&read("assets/keys.toml")).unwrap();
    let mut out = String::new();
    for (context, bound) in &keys {
        out += &format!("## {context}\n\n| name | keys | | |\n|---|---|---|---|\n");
        let mut actions: Vec<(String, Vec<String>)> = Vec::new();
        for (key, action) in bound.as_table().unwrap() {
            let names: Vec<&str> = match action {
                toml::Value::Array(all) => all.iter().filter_map(toml::Value::as_str).collect(),
                one => one.as_str().into_iter().collect(),
            };
            let key = format!("`{}`", cell(key));
            match actions
                .iter_mut()
                .find(|(name, _)| *name == names.join(" "))
            {
                Some((_, keys)) => keys.push(key),
                None => actions.push((names.join(" "), vec![key])),
            }
        }
        for (name, keys) in actions {
            let told = |words: &Words| {
                let all = name.split(' ');
                let all = all.map(|n| words.get(&format!("action.{n}")).to_owned());
                cell(&all.collect::<Vec<_>>().join(", "))
            };
            out += &format!(
                "| `{name}` | {} | {} | {} |\n",
                keys.join(" "),
                told(&en),
                told(&ko)
            );
        }
        out.push('\n');
    }
    out
}

fn publisher_table() -> String {
    let mut rows = Vec::new();
    for entry in fs::read_dir(root().join("assets/publishers")).unwrap() {
        let path = entry.unwrap().path();
        let profile: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        let hosts = profile.get("hosts").and_then(toml::Value::as_array);
        let hosts: Vec<String> = hosts
            .into_iter()
            .flatten()
            .filter_map(|h| Some(format!("`{}`", h.as_str()?)))
            .collect();
        let file = path.file_stem().unwrap().to_string_lossy().into_owned();
        let name = profile.get("publisher").and_then(toml::Value::as_str);
        let name = cell(name.unwrap_or("(its pages say)"));
        let hosts = match hosts.is_empty() {
            true => "known by the page's markup".to_owned(),
            false => hosts.join(" "),
        };
        rows.push(format!("| `{file}` | {name} | {hosts} |\n"));
    }
    rows.sort();
    format!(
        "| file | publisher | hosts |\n|---|---|---|\n{}",
        rows.concat()
    )
}

fn terminal_table() -> String {
    const COLUMNS: [&str; 8] = [
        "placeholders",
        "inline",
        "sextants",
        "octants",
        "links",
        "alerts",
        "clipboard",
        "seams",
    ];
    let known: toml::Table = read("assets/terminals.toml").parse().unwrap();
    let mut out = format!(
        "| terminal | {} |\n|{}\n",
        COLUMNS.join(" | "),
        "---|".repeat(9)
    );
    for terminal in known["terminal"].as_array().unwrap() {
        let told = |column: &str| match terminal.get(column) {
            Some(toml::Value::String(version)) if version == "0" => "yes".to_owned(),
            Some(toml::Value::String(text)) => text.clone(),
            Some(toml::Value::Boolean(true)) => "yes".to_owned(),
            _ => String::new(),
        };
        let cells: Vec<String> = COLUMNS.iter().map(|c| told(c)).collect();
        // `xterm(` is how xterm answers; others begin with its name too.
        let name = terminal["name"].as_str().unwrap().trim_end_matches('(');
        out += &format!("| {name} | {} |\n", cells.join(" | "));
        for field in terminal.as_table().unwrap().keys() {
            assert!(
                field == "name" || COLUMNS.contains(&field.as_str()),
                "{field} has no column"
            );
        }
    }
    out
}

/// The values of a field that are words: the usual name of each, and its others.
fn value_table<'a>(values: impl Iterator<Item = &'a [&'a str]>) -> String {
    let quoted = |name: &&str| format!("`{name}`");
    let rows = values.map(|names| {
        let others: Vec<String> = names[1..].iter().map(quoted).collect();
        format!("| `{}` | {} |\n", names[0], others.join(" "))
    });
    format!("| value | also |\n|---|---|\n{}", rows.collect::<String>())
}

#[test]
fn tables_of_the_book_are_what_the_program_reads() {
    let forms = value_table(FORMS.iter().map(|(_, names)| *names));
    let orders = value_table(ORDERS.iter().map(|(_, names)| *names));
    let settings = format!("```toml\n{}```\n", read("assets/config.toml"));
    let tables = [
        ("docs/keys.md", "keys", key_table()),
        ("docs/settings.md", "settings", settings),
        ("docs/publishers.md", "publishers", publisher_table()),
        ("docs/terminals.md", "terminals", terminal_table()),
        ("docs/query.md", "forms", forms),
        ("docs/query.md", "orders", orders),
    ];
    for (path, name, table) in tables {
        let page = read(path);
        let (before, rest) = page
            .split_once(&format!("<!-- table: {name} -->\n"))
            .unwrap();
        let (_, after) = rest.split_once("<!-- end -->").unwrap();
        let table = table.trim_end();
        let wanted = format!("{before}<!-- table: {name} -->\n\n{table}\n\n<!-- end -->{after}");
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(root().join(path), &wanted).unwrap();
        } else {
            assert!(
                page == wanted,
                "{path}: UPDATE_DOCS=1 cargo test --test it book"
            );
        }
    }
}

/// The lines of a document in blocks that are fenced as `language`.
fn fenced<'a>(text: &'a str, language: &str) -> Vec<&'a str> {
    let mut open = None;
    let mut found = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("```") {
            Some(tag) => open = open.is_none().then_some(tag),
            None if open == Some(language) => found.push(line),
            None => {}
        }
    }
    found
}

#[test]
fn every_query_of_the_book_is_one() {
    let now: jiff::ZonedDateTime = "2026-11-29T09:00[Asia/Seoul]".parse().unwrap();
    let page = read("docs/query.md");
    let queries = fenced(&page, "query");
    assert!(queries.len() > 15, "{queries:?}");
    for query in queries {
        let parsed = Query::parse(query, &now);
        assert!(parsed.is_ok(), "{query}: {parsed:?}");
    }
    // The fields of the table too, in both languages.
    for row in page
        .lines()
        .filter(|line| line.starts_with("| `") && line.contains(":`"))
    {
        for name in row.split('`').filter(|part| part.ends_with(':')) {
            let value = match name {
                "words:" | "길이:" => "1..2",
                "after:" | "이후:" | "before:" | "이전:" | "changed:" | "고침:" => {
                    "2026-11-01"
                }
                "form:" | "형식:" => "news",
                "sort:" | "정렬:" => "newest",
                "later:" | "나중에:" => "",
                _ => "a",
            };
            let query = format!("{name}{value}");
            assert!(Query::parse(&query, &now).is_ok(), "{query}");
        }
    }
    for name in FIELDS.iter().flat_map(|names| *names) {
        let is_told = ["`", "`-"]
            .iter()
            .any(|open| page.contains(&format!("{open}{name}:")));
        assert!(is_told, "{name}: is not in docs/query.md");
    }
}

/// The parser names the entries that there are where it refuses one.
#[test]
fn every_entry_of_a_profile_is_in_the_book() {
    let (_, errors) = Profiles::with_user(&[("own", "nosuch = 1")]);
    let refused = errors[0].to_string();
    let (_, known) = refused.split_once("expected one of ").unwrap();
    let names: Vec<&str> = known.split('`').skip(1).step_by(2).collect();
    assert!(names.len() > 20, "{refused}");
    let page = read("docs/publishers.md");
    let rows = page.lines().filter(|line| line.starts_with("| `"));
    let cells: Vec<&str> = rows.filter_map(|row| row.split(" | ").next()).collect();
    for name in names {
        let is_told = cells.iter().any(|cell| cell.contains(&format!("`{name}`")));
        assert!(is_told, "{name}: is not in docs/publishers.md");
    }
}

#[test]
fn every_table_of_keys_is_in_the_book_and_the_settings() {
    let (page, settings) = (read("docs/keys.md"), read("assets/config.toml"));
    let keys: toml::Table = toml::from_str(&read("assets/keys.toml")).unwrap();
    for context in keys.keys() {
        assert!(
            page.contains(&format!("`{context}`")) || context == "global",
            "{context}"
        );
        assert!(
            settings.matches(&format!("[keys.{context}]")).count() >= 2,
            "{context}"
        );
    }
}

#[test]
fn every_command_of_the_book_exists() {
    let program = Cli::command();
    let mut seen = BTreeSet::new();
    for path in documents().iter().filter(|p| p.starts_with("docs/")) {
        let text = read(path);
        let inline = text
            .split('`')
            .skip(1)
            .step_by(2)
            .filter(|c| !c.contains('\n'));
        let blocks = ["sh", ""].map(|language| fenced(&text, language)).concat();
        for line in inline.chain(blocks) {
            let mut words = line.split_whitespace();
            if words.next() != Some("gisa") {
                continue;
            }
            let Some(name) = words
                .next()
                .filter(|w| w.chars().all(|c| c.is_ascii_lowercase()))
            else {
                continue;
            };
            let is_known = program.find_subcommand(name).is_some() || name == "help";
            assert!(is_known, "{path}: gisa {name}");
            seen.insert(name.to_owned());
        }
    }
    assert!(seen.len() > 10, "{seen:?}");
}

/// The anchor that a heading gets: its letters in lower case, blanks as hyphens.
fn anchor(heading: &str) -> String {
    let kept = heading
        .trim()
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

#[test]
fn every_link_of_the_documents_leads_somewhere() {
    let mut links = 0;
    for path in documents() {
        let text = read(&path);
        let prose: String = text.split("```").step_by(2).collect();
        let folder = Path::new(&path).parent().unwrap();
        for target in prose
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            links += 1;
            if target.starts_with("https://") || target.starts_with("http://") {
                assert!(url::Url::parse(target).is_ok(), "{path}: {target}");
                continue;
            }
            let (file, place) = target.split_once('#').unwrap_or((target, ""));
            let file = match file {
                "" => root().join(&path),
                file => root().join(folder).join(file),
            };
            assert!(file.exists(), "{path}: {target}");
            if !place.is_empty() {
                let there = fs::read_to_string(&file).unwrap();
                let mut headings = there.lines().filter_map(|l| l.strip_prefix('#'));
                let is_there = headings.any(|h| anchor(h.trim_start_matches('#')) == place);
                assert!(is_there, "{path}: {target}");
            }
        }
    }
    assert!(links > 15, "{links}");
    let contents = read("docs/README.md");
    for path in documents().iter().filter_map(|p| p.strip_prefix("docs/")) {
        assert!(
            path == "README.md" || contents.contains(&format!("]({path})")),
            "{path}"
        );
    }
}
