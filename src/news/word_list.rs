//! Word lists from `assets/words`, embedded in the program and read when they are first used.
//!
//! A list stands under a `[heading]` with one entry on each line. Lines that begin with `#` are
//! comments, and an entry that begins or ends with a blank is written in double quotes.

/// The entries under `heading` in `file`, in the order of the file: several callers take the first
/// entry that fits, so longer words come before those that they contain.
pub(crate) fn section(file: &'static str, heading: &str) -> Vec<&'static str> {
    let mut is_inside = false;
    let mut entries = Vec::new();
    for line in file.lines().map(str::trim) {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let name = line.strip_prefix('[').and_then(|l| l.strip_suffix(']'));
        if let Some(name) = name {
            is_inside = name == heading;
        } else if is_inside {
            let quoted = line.strip_prefix('"').and_then(|l| l.strip_suffix('"'));
            entries.push(quoted.unwrap_or(line));
        }
    }
    debug_assert!(!entries.is_empty(), "no words under [{heading}]");
    entries
}

#[cfg(test)]
mod tests {
    use super::section;

    #[test]
    fn a_section_ends_at_the_next_heading_and_keeps_quoted_blanks() {
        let file = "# About.\n[one]\n[기사\n\"share on \"\n# Aside.\n끝\n\n[two]\n다른\n";
        assert_eq!(section(file, "one"), ["[기사", "share on ", "끝"]);
        assert_eq!(section(file, "two"), ["다른"]);
    }
}
