//! Word lists from `assets/words`, embedded in the program and read when they are first used.
//!
//! A list stands under a `[heading]` with one entry on each line. Lines that begin with `#` are
//! comments, and an entry that begins or ends with a blank is written in double quotes.

use std::collections::HashSet;
use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

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

/// One list, prepared for the lines of whole articles.
pub(crate) struct Phrases {
    set: HashSet<&'static str>,
    /// Looks for all entries in one pass; `None` only for a list too long to be prepared. It takes
    /// longer to make than the rest, and most lists are never looked for inside a text.
    any: OnceLock<Option<AhoCorasick>>,
    /// For each value of a code point's lowest byte, the entries that begin with such a letter.
    by_first: Vec<Vec<&'static str>>,
}

impl Phrases {
    /// The entries of `text` below the line `[heading]`.
    pub(crate) fn new(text: &'static str, heading: &str) -> Self {
        let set: HashSet<_> = section(text, heading).into_iter().collect();
        let mut by_first = vec![Vec::new(); 256];
        for word in &set {
            for c in word.chars().take(1) {
                by_first[usize::from(c as u32 as u8)].push(*word);
            }
        }
        Self {
            set,
            any: OnceLock::new(),
            by_first,
        }
    }

    /// The entries that may begin with `c`.
    fn beginning(&self, c: char) -> &[&'static str] {
        &self.by_first[usize::from(c as u32 as u8)]
    }

    /// Whether `word` is an entry.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.set.contains(word)
    }

    /// Whether `text` begins with an entry.
    pub(crate) fn begins(&self, text: &str) -> bool {
        let entries = text.chars().next().map_or(&[][..], |c| self.beginning(c));
        entries.iter().any(|w| text.starts_with(w))
    }

    /// Whether `text` contains an entry.
    pub(crate) fn occurs_in(&self, text: &str) -> bool {
        let any = self.any.get_or_init(|| AhoCorasick::new(&self.set).ok());
        any.as_ref().is_some_and(|any| any.is_match(text))
    }
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
