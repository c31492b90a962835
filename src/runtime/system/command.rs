//! Commands that the settings name: whether the program is there, and its arguments filled in.

use std::path::PathBuf;

/// Replaces each placeholder of `values` (such as `{text}`) in `pattern`. In one pass: a value that
/// contains a placeholder itself, as an article's text may, is not filled again.
pub(crate) fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let (mut out, mut rest) = (String::new(), pattern);
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        match values.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, value)) => {
                out.push_str(value);
                rest = &rest[name.len()..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out + rest
}

/// Whether a file named `program` lies in a folder of `PATH`.
pub(crate) fn installed(program: &str) -> bool {
    let paths = std::env::var_os("PATH");
    let dirs: Vec<PathBuf> = paths.iter().flat_map(std::env::split_paths).collect();
    dirs.iter().any(|dir| dir.join(program).is_file())
}
