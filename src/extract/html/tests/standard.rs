//! html5lib's tests of tree construction: the tree is the one that browsers build.

#![expect(clippy::disallowed_methods, reason = "the cases are files")]

use std::fmt::Write as _;
use std::path::Path;

use html5ever::ns;
use html5ever::tree_builder::TreeBuilderOpts;
use scraper::Node;

use super::super::parse::parse_with;

/// Writes a tree as html5lib's files do.
fn written(html: &scraper::Html) -> String {
    fn walk(node: ego_tree::NodeRef<'_, Node>, depth: usize, out: &mut String) {
        let pad = " ".repeat(depth * 2);
        let mut inside = depth + 1;
        match node.value() {
            Node::Document => inside = 0,
            Node::Fragment => {
                let _ = writeln!(out, "| {pad}content");
            }
            Node::Doctype(d) => {
                let ids = if d.public_id().is_empty() && d.system_id().is_empty() {
                    String::new()
                } else {
                    format!(" \"{}\" \"{}\"", d.public_id(), d.system_id())
                };
                let _ = writeln!(out, "| {pad}<!DOCTYPE {}{ids}>", d.name());
            }
            Node::Comment(c) => {
                let _ = writeln!(out, "| {pad}<!-- {} -->", &**c);
            }
            Node::Text(t) => {
                let _ = writeln!(out, "| {pad}\"{}\"", &**t);
            }
            Node::ProcessingInstruction(p) => {
                let _ = writeln!(out, "| {pad}<?{} {}>", p.target, p.data);
            }
            Node::Element(e) => {
                let space = match e.name.ns {
                    ns!(svg) => "svg ",
                    ns!(mathml) => "math ",
                    _ => "",
                };
                let _ = writeln!(out, "| {pad}<{space}{}>", e.name());
                let mut attrs: Vec<String> = e
                    .attrs
                    .iter()
                    .map(|(name, value)| {
                        let space = match name.ns {
                            ns!(xlink) => "xlink ",
                            ns!(xml) => "xml ",
                            ns!(xmlns) => "xmlns ",
                            _ => "",
                        };
                        format!("{space}{}=\"{}\"", name.local, &**value)
                    })
                    .collect();
                attrs.sort();
                for attr in attrs {
                    let _ = writeln!(out, "| {pad}  {attr}");
                }
            }
        }
        for child in node.children() {
            walk(child, inside, out);
        }
    }
    let mut out = String::new();
    walk(html.tree.root(), 0, &mut out);
    out.trim_end().to_owned()
}

/// A test of html5lib: source, wanted tree, and whether scripts run in it, where it says so.
struct Case<'a> {
    source: &'a str,
    tree: &'a str,
    scripting: Option<bool>,
}

fn cases(file: &str) -> Vec<Case<'_>> {
    let mut found = Vec::new();
    for test in file.split("#data\n").skip(1) {
        let Some((source, rest)) = test.split_once("#errors\n") else {
            continue;
        };
        let Some((said, tree)) = rest.split_once("#document\n") else {
            continue;
        };
        // A piece of some other element's inside is no page.
        if said.contains("#document-fragment") {
            continue;
        }
        let scripting = if said.contains("#script-on") {
            Some(true)
        } else {
            said.contains("#script-off").then_some(false)
        };
        found.push(Case {
            source: source.strip_suffix('\n').unwrap_or(source),
            tree: tree.trim_end(),
            scripting,
        });
    }
    found
}

fn holds(case: &Case<'_>) -> Result<(), String> {
    let tree = |scripting_enabled| {
        let opts = TreeBuilderOpts {
            scripting_enabled,
            ..TreeBuilderOpts::default()
        };
        written(&parse_with(case.source, opts))
    };
    // Where a test does not say, both ways must do.
    let got: Vec<String> = match case.scripting {
        Some(on) => vec![tree(on)],
        None => vec![tree(true), tree(false)],
    };
    match got.iter().find(|t| *t != case.tree) {
        None => Ok(()),
        Some(other) => Err(format!(
            "{:?}\nwant\n{}\ngot\n{other}",
            case.source, case.tree
        )),
    }
}

/// A few trees that are easily built wrong, of our own writing.
const OWN: &str = include_str!("trees.dat");

#[test]
fn trees_are_those_of_browsers() {
    let cases = cases(OWN);
    assert!(cases.len() >= 20, "{}", cases.len());
    let wrong: Vec<String> = cases.iter().filter_map(|c| holds(c).err()).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Of html5lib's trees, at least so many in a hundred are built the same.
const SHARE: usize = 99;

#[test]
#[expect(
    clippy::print_stderr,
    reason = "a test that did not run must not look like one that did"
)]
fn html5libs_trees_are_built_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data/corpora/html5lib-tests/tree-construction");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "dat"))
        .collect();
    if files.is_empty() {
        eprintln!("skipped: html5lib's tests are not here");
        return;
    }
    files.sort();
    let (mut all, mut same, mut others) = (0, 0, Vec::new());
    for path in files {
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        for case in cases(&text) {
            all += 1;
            match holds(&case) {
                Ok(()) => same += 1,
                Err(why) => others.push(why),
            }
        }
    }
    eprintln!("html5lib: {same} of {all} trees are the same");
    assert!(
        all > 1_000 && same * 100 >= all * SHARE,
        "{same} of {all}\n{}",
        others.join("\n\n")
    );
}
