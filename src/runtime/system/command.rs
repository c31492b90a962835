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

/// Whether a program of this name lies in a folder of `PATH`. On Windows also where its name ends
/// in `.exe`, which is how the system looks programs up.
pub(crate) fn installed(program: &str) -> bool {
    let paths = std::env::var_os("PATH");
    let dirs: Vec<PathBuf> = paths.iter().flat_map(std::env::split_paths).collect();
    let exe = cfg!(windows).then(|| format!("{program}{}", std::env::consts::EXE_SUFFIX));
    let names = [Some(program), exe.as_deref()];
    let mut names = names.into_iter().flatten();
    names.any(|name| dirs.iter().any(|dir| dir.join(name).is_file()))
}
