//! Texts that the XML parser need not read: each is set aside and replaced by a placeholder.

use std::borrow::Cow;

/// Encloses the number that stands for a text laid aside: a letter for private use, which no text
/// can have a meaning for.
const MARK: char = '\u{f8f1}';

/// Texts laid aside, by number.
#[derive(Default)]
pub(super) struct SideTexts<'a>(Vec<Cow<'a, str>>);

impl<'a> SideTexts<'a> {
    /// Stores `text` and returns its placeholder.
    pub(super) fn put(&mut self, text: Cow<'a, str>) -> String {
        self.0.push(text);
        format!("{MARK}{}{MARK}", self.0.len() - 1)
    }

    /// What `text` stands for; itself mostly. A feed that writes a mark itself gets another of its
    /// own texts.
    pub(super) fn get<'t>(&'t self, text: &'t str) -> &'t str {
        let number = text
            .trim()
            .strip_prefix(MARK)
            .and_then(|rest| rest.strip_suffix(MARK));
        number
            .and_then(|n| self.0.get(n.parse::<usize>().ok()?))
            .map_or(text, |t| &**t)
    }
}
