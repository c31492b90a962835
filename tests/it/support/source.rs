//! Our own source, read as code: comments taken out, string literals apart, test code left off.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The project's root.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// One file of `src/`.
pub(crate) struct Source {
    /// Path below `src/`, with `/`.
    pub(crate) name: String,
    /// As it stands.
    pub(crate) text: String,
    /// Without comments, the words of literals, and test code.
    pub(crate) code: String,
    /// The literals of `code`.
    pub(crate) literals: Vec<String>,
    /// Whether all of it is for tests.
    pub(crate) test: bool,
}

impl Source {
    /// The top-level module it belongs to; `lib` and `main` for those files.
    pub(crate) fn module(&self) -> &str {
        self.name
            .split('/')
            .next()
            .unwrap_or_default()
            .trim_end_matches(".rs")
    }
}

/// All files of `src/`, in order.
pub(crate) fn sources() -> Vec<Source> {
    let mut files = Vec::new();
    collect(&root().join("src"), &mut files);
    files.sort();
    let mut sources: Vec<Source> = files.iter().map(|file| read(file)).collect();
    let of_tests: BTreeSet<String> = sources.iter().flat_map(test_modules).collect();
    for source in &mut sources {
        source.test = source.name.contains("/tests/")
            || of_tests.iter().any(|t| source.name == format!("{t}.rs"));
    }
    sources
}

fn collect(dir: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, into);
        } else if path.extension().is_some_and(|e| e == "rs") {
            into.push(path);
        }
    }
}

fn read(path: &Path) -> Source {
    let text = fs::read_to_string(path).unwrap();
    let name = path
        .strip_prefix(root().join("src"))
        .unwrap()
        .to_string_lossy()
        .replace('\\', "/");
    let (code, literals) = stripped(&text);
    let (code, literals) = untested(&code, literals);
    Source {
        name,
        text,
        code,
        literals,
        test: false,
    }
}

/// The files that `#[cfg(test)] mod NAME;` names, below `src/`, without `.rs`.
fn test_modules(source: &Source) -> Vec<String> {
    let (code, _) = stripped(&source.text);
    let stem = source.name.trim_end_matches(".rs");
    let dir = stem.strip_suffix("/mod").unwrap_or(stem);
    let after = code.split("#[cfg(test)]").skip(1);
    after
        .filter_map(|rest| rest.trim_start().strip_prefix("mod "))
        .filter_map(|rest| {
            rest.split_once(';')
                .map(|(name, _)| name.trim())
                .filter(|n| !n.contains(['{', ' ']))
        })
        .map(|name| format!("{dir}/{name}"))
        .collect()
}

/// Code without comments and with empty literals; each literal with the place of its quotes in that
/// code.
fn stripped(text: &str) -> (String, Vec<(usize, String)>) {
    let (mut code, mut literals) = (String::new(), Vec::new());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = rest.find('\n').map_or("", |end| &rest[end..]);
        } else if rest.starts_with("/*") {
            rest = rest.find("*/").map_or("", |end| &rest[end + 2..]);
        } else if let Some((literal, after)) = literal(rest) {
            literals.push((code.len(), literal.to_owned()));
            code.push_str("\"\"");
            rest = after;
        } else if let Some(after) = character(rest) {
            code.push_str("' '");
            rest = after;
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    (code, literals)
}

/// The words of a string literal that begins here, and what follows it.
fn literal(rest: &str) -> Option<(&str, &str)> {
    if let Some(raw) = rest
        .strip_prefix('r')
        .filter(|r| r.trim_start_matches('#').starts_with('"'))
    {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        let body = &raw[hashes + 1..];
        let end = format!("\"{}", "#".repeat(hashes));
        return body.split_once(end.as_str());
    }
    let body = rest.strip_prefix('"')?;
    let mut escaped = false;
    let end = body.char_indices().find(|&(_, c)| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    Some((&body[..end.0], &body[end.0 + 1..]))
}

/// What follows a character literal that begins here; a lifetime is none.
fn character(rest: &str) -> Option<&str> {
    let body = rest.strip_prefix('\'')?;
    if let Some(escaped) = body.strip_prefix('\\') {
        let mut chars = escaped.char_indices().skip(1);
        let (end, _) = chars.find(|(_, c)| *c == '\'')?;
        return Some(&escaped[end + 1..]);
    }
    let first = body.chars().next()?;
    body[first.len_utf8()..].strip_prefix('\'')
}

/// Leaves off every item under `#[cfg(test)]`.
fn untested(code: &str, literals: Vec<(usize, String)>) -> (String, Vec<String>) {
    let (mut kept, mut spans, mut from) = (String::new(), Vec::new(), 0);
    while let Some(start) = code[from..].find("#[cfg(test)]").map(|at| from + at) {
        let end = item_end(&code[start..]).map_or(code.len(), |n| start + n);
        kept.push_str(&code[from..start]);
        spans.push(start..end);
        from = end;
    }
    kept.push_str(&code[from..]);
    let literals = literals
        .into_iter()
        .filter(|(at, _)| !spans.iter().any(|s| s.contains(at)))
        .map(|(_, l)| l);
    (kept, literals.collect())
}

/// Where the item that begins here ends: at its `;`, or with its braces.
fn item_end(code: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in code.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth <= 1 => return Some(at + 1),
            '}' => depth -= 1,
            ';' if depth == 0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}

#[test]
fn code_is_told_from_words_and_tests() {
    let text = "//! crate::a\nuse crate::b; // crate::c\nconst X: &str = \"crate::d \\\" { \";\nfn f<'a>(c: char) { c == '\"'; r#\"raw \" one\"#; }\n\
        #[cfg(test)]\nmod tests {\n use crate::e; const T: &str = \"t\";\n}\nuse crate::f;\n";
    let (code, literals) = stripped(text);
    let (code, literals) = untested(&code, literals);
    assert!(
        code.contains("crate::b") && code.contains("crate::f"),
        "{code}"
    );
    assert!(
        !["crate::a", "crate::c", "crate::d", "crate::e"]
            .iter()
            .any(|w| code.contains(w)),
        "{code}"
    );
    assert_eq!(literals, ["crate::d \\\" { ", "raw \" one"]);
}
