//! Which file of `src/` names something of which other one, and the circles among them.
//!
//! An arrow A → B: file A names something of file B's module, in a `use` or by a path that begins
//! with `crate::`, `super::` or `self::`. A `pub use` only hands a name on: a path through it leads
//! to the file that defines the name. `mod x;` is no arrow.

use std::collections::{BTreeMap, BTreeSet};

use super::source::Source;

type Path = Vec<String>;

/// The modules of a source tree.
pub(crate) struct Imports {
    /// The code of each file, test code left off, in the order of `names`.
    codes: Vec<String>,
    names: Vec<String>,
    modules: Vec<Path>,
    /// The file of each module.
    files: BTreeMap<Path, usize>,
    /// For each file, the names that it hands on and the file that each leads to.
    handed_on: Vec<BTreeMap<String, usize>>,
}

impl Imports {
    /// Of files by name below `src/`, with their code without comments and literals.
    pub(crate) fn of<'s>(sources: impl IntoIterator<Item = (&'s str, &'s str)>) -> Self {
        let (names, codes): (Vec<String>, Vec<String>) = sources
            .into_iter()
            .map(|(name, code)| (name.to_owned(), code.to_owned()))
            .unzip();
        let modules: Vec<Path> = names.iter().map(|name| module(name)).collect();
        let files = modules
            .iter()
            .enumerate()
            .map(|(n, m)| (m.clone(), n))
            .collect();
        let mut imports = Self {
            codes,
            names,
            modules,
            files,
            handed_on: Vec::new(),
        };
        imports.handed_on = (0..imports.names.len())
            .map(|n| imports.names_handed_on(n))
            .collect();
        imports
    }

    pub(crate) fn of_sources(sources: &[Source]) -> Self {
        let sources = sources.iter().filter(|s| !s.test);
        Self::of(sources.map(|s| (s.name.as_str(), s.code.as_str())))
    }

    fn names_handed_on(&self, file: usize) -> BTreeMap<String, usize> {
        uses(&self.codes[file])
            .0
            .into_iter()
            .filter(|(is_public, _)| *is_public)
            .flat_map(|(_, tree)| expanded(&tree))
            .filter_map(|path| {
                let to = self.file_of(file, &path).filter(|&to| to != file)?;
                Some((path.last()?.clone(), to))
            })
            .collect()
    }

    /// The file whose module is the longest beginning of `path`, as written in `file`.
    fn file_of(&self, file: usize, path: &[String]) -> Option<usize> {
        let own = &self.modules[file];
        let first = path.first()?;
        let (mut base, mut rest) = (own.clone(), path);
        match first.as_str() {
            "crate" => (base, rest) = (Vec::new(), &rest[1..]),
            "self" => rest = &rest[1..],
            "super" => {
                while rest.first().is_some_and(|s| s == "super") {
                    base.pop();
                    rest = &rest[1..];
                }
            }
            _ => {
                let child: Path = own.iter().chain([first]).cloned().collect();
                self.files.get(&child)?;
            }
        }
        (0..=rest.len()).rev().find_map(|count| {
            let module: Path = base.iter().chain(&rest[..count]).cloned().collect();
            self.files.get(&module).copied().filter(|&to| to != file)
        })
    }

    /// Likewise, and on to where a name is defined that a module only hands on.
    fn defining_file(&self, file: usize, path: &[String]) -> Option<usize> {
        let mut found = self.file_of(file, path)?;
        let mut seen = BTreeSet::new();
        while seen.insert(found) {
            let next = path
                .iter()
                .find_map(|name| self.handed_on[found].get(name).copied());
            let Some(next) = next else { break };
            found = next;
        }
        Some(found)
    }

    fn arrows(&self, file: usize) -> BTreeSet<usize> {
        let (uses, rest) = uses(&self.codes[file]);
        let private = uses.into_iter().filter(|(is_public, _)| !is_public);
        private
            .flat_map(|(_, tree)| expanded(&tree))
            .chain(paths(&rest))
            .filter_map(|path| self.defining_file(file, &path))
            .filter(|&to| to != file)
            .collect()
    }

    /// The files that reach each other by arrows, largest circle first.
    pub(crate) fn circles(&self) -> Vec<Vec<&str>> {
        let arrows: Vec<BTreeSet<usize>> = (0..self.names.len()).map(|n| self.arrows(n)).collect();
        let reached: Vec<BTreeSet<usize>> = (0..arrows.len())
            .map(|from| {
                let (mut reached, mut open) = (BTreeSet::new(), vec![from]);
                while let Some(n) = open.pop() {
                    open.extend(arrows[n].iter().filter(|&&to| reached.insert(to)));
                }
                reached
            })
            .collect();
        let mut circles: Vec<Vec<&str>> = (0..arrows.len())
            .filter(|n| reached[*n].contains(n))
            .map(|n| {
                let others = reached[n].iter().filter(|&&m| reached[m].contains(&n));
                others.map(|&m| self.names[m].as_str()).collect()
            })
            .collect();
        circles.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        circles.dedup();
        circles
    }
}

/// The module of a file: its folders, and its name unless it is its folder's `mod.rs`.
fn module(name: &str) -> Path {
    let mut path: Path = name
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if path
        .last()
        .is_some_and(|l| ["mod", "lib", "main"].contains(&l.as_str()))
    {
        path.pop();
    }
    path
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The trees of all `use` declarations, each with whether it is public, and the code without them.
fn uses(code: &str) -> (Vec<(bool, String)>, String) {
    let (mut found, mut rest, mut from) = (Vec::new(), String::new(), 0);
    while let Some(at) = code[from..].find("use").map(|n| from + n) {
        let (before, after) = (&code[..at], &code[at + 3..]);
        let is_declaration =
            !before.ends_with(is_word) && after.starts_with(|c: char| c.is_whitespace());
        let end = after.find(';').filter(|_| is_declaration);
        let Some(end) = end else {
            rest.push_str(&code[from..at + 3]);
            from = at + 3;
            continue;
        };
        let before = before.trim_end();
        let is_public = before.ends_with(')')
            && before
                .rfind("pub(")
                .is_some_and(|n| !before[n..].contains(['{', ';']))
            || before.ends_with("pub");
        found.push((is_public, after[..end].trim().to_owned()));
        rest.push_str(&code[from..at]);
        from = at + 3 + end + 1;
    }
    rest.push_str(&code[from..]);
    (found, rest)
}

/// Every path of a `use` tree, without `as` names.
fn expanded(tree: &str) -> Vec<Path> {
    let tree = tree.trim();
    let split = |path: &str| -> Path {
        let name = path.split(" as ").next().unwrap_or_default();
        let segments = name.split("::").map(|s| s.trim().to_owned());
        segments.filter(|s| !s.is_empty()).collect()
    };
    let Some((before, group)) = tree.split_once('{') else {
        return vec![split(tree)];
    };
    let group = group.trim_end().trim_end_matches('}').len();
    let group = &tree[before.len() + 1..before.len() + 1 + group];
    let (mut depth, mut start, mut paths) = (0, 0, Vec::new());
    let mut members = Vec::new();
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                members.push(&group[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    members.push(&group[start..]);
    for member in members.into_iter().filter(|m| !m.trim().is_empty()) {
        for path in expanded(member) {
            paths.push(split(before).into_iter().chain(path).collect());
        }
    }
    paths
}

/// The paths in code that begin with `crate::`, `super::` or `self::`.
fn paths(code: &str) -> Vec<Path> {
    let mut found = Vec::new();
    for start in ["crate", "super", "self"] {
        for (at, _) in code.match_indices(start) {
            let before = &code[..at];
            if before.ends_with(is_word) || before.ends_with("::") {
                continue;
            }
            let mut path = vec![start.to_owned()];
            let mut rest = &code[at + start.len()..];
            while let Some(after) = rest.strip_prefix("::") {
                let end = after.find(|c| !is_word(c)).unwrap_or(after.len());
                if end == 0 {
                    break;
                }
                path.push(after[..end].to_owned());
                rest = &after[end..];
            }
            if path.len() > 1 {
                found.push(path);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn circles(files: &[(&str, &str)]) -> Vec<Vec<String>> {
        let imports = Imports::of(files.iter().copied());
        let circles = imports.circles();
        circles
            .into_iter()
            .map(|c| c.into_iter().map(str::to_owned).collect())
            .collect()
    }

    fn written(path: &[String]) -> String {
        path.join("::")
    }

    #[test]
    fn groups_of_names_are_taken_apart() {
        let tree = "crate::{a::{B, c::{self, D as E}}, f::*,\n g}";
        let paths: Vec<String> = expanded(tree).iter().map(|p| written(p)).collect();
        assert_eq!(
            paths,
            [
                "crate::a::B",
                "crate::a::c::self",
                "crate::a::c::D",
                "crate::f::*",
                "crate::g"
            ]
        );
    }

    #[test]
    fn declarations_and_paths_are_found() {
        let code = "pub(crate) use a::B;\npub use c::D;\nfn f() { because(); }\nuse super::e::F;\nfn g() { super::super::h(); myself::x() }";
        let (uses, rest) = uses(code);
        assert_eq!(
            uses,
            [
                (true, "a::B".to_owned()),
                (true, "c::D".to_owned()),
                (false, "super::e::F".to_owned())
            ]
        );
        let paths: Vec<String> = paths(&rest).iter().map(|p| written(p)).collect();
        assert_eq!(paths, ["super::super::h"]);
    }

    #[test]
    fn files_that_name_each_other_are_a_circle() {
        let a = "use crate::b::Thing;";
        assert_eq!(
            circles(&[("a.rs", a), ("b.rs", "fn f() { crate::a::g() }")]),
            [["a.rs", "b.rs"]]
        );
        assert_eq!(circles(&[("a.rs", a), ("b.rs", "")]).len(), 0);
        let three = [
            ("x/mod.rs", "mod a; mod b; use a::A;"),
            ("x/a.rs", "use super::b::B;"),
            ("x/b.rs", "use super::shared;"),
        ];
        assert_eq!(circles(&three), [["x/mod.rs", "x/a.rs", "x/b.rs"]]);
    }

    #[test]
    fn a_name_handed_on_leads_to_the_file_that_defines_it() {
        let files = [
            ("x/mod.rs", "mod a; mod b; pub use a::A;"),
            ("x/a.rs", ""),
            ("x/b.rs", "use super::A;"),
        ];
        assert_eq!(circles(&files).len(), 0);
        let back = [files[0], ("x/a.rs", "use crate::x::b::B;"), files[2]];
        assert_eq!(circles(&back), [["x/a.rs", "x/b.rs"]]);
    }
}
