//! Where the values of a settings file stand.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use super::error::line_of;

/// The lines of the values of the user's settings file, by their dotted keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    file: String,
    lines: BTreeMap<String, usize>,
}

impl Places {
    /// The places in a file that was parsed.
    pub(super) fn of(file: &str, text: &str, table: &DeTable<'_>) -> Self {
        let mut lines = BTreeMap::new();
        note(table, "", text, &mut lines);
        Self {
            file: file.to_owned(),
            lines,
        }
    }

    /// The line of the value of `key`, from 1; `None` where the user's file does not set it.
    pub fn line(&self, key: &str) -> Option<usize> {
        self.lines.get(key).copied()
    }

    /// The place of the value of `key`, as `FILE:LINE`.
    pub fn place(&self, key: &str) -> Option<String> {
        let line = self.line(key)?;
        Some(format!("{}:{line}", self.file))
    }

    /// `what`, with the place of the value of `key` before it.
    pub fn told(&self, key: &str, what: &str) -> String {
        match self.place(key) {
            Some(place) => format!("{place}: {what}"),
            None => what.to_owned(),
        }
    }
}

fn note(table: &DeTable<'_>, above: &str, text: &str, lines: &mut BTreeMap<String, usize>) {
    for (key, value) in table {
        let name = format!("{above}{}", key.get_ref());
        let at = match value.get_ref() {
            DeValue::Table(below) => {
                note(below, &format!("{name}."), text, lines);
                key.span()
            }
            _ => value.span(),
        };
        lines.insert(name, line_of(text, at.start));
    }
}
