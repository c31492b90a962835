//! Texts that the XML parser need not read: each is set aside and replaced by a placeholder.

use std::borrow::Cow;

/// Encloses the number in a placeholder: a private use character, which has no meaning in a text.
const MARK: char = '\u{f8f1}';

/// Texts that were set aside; a placeholder holds the index.
#[derive(Default)]
pub(super) struct SideTexts<'a>(Vec<Cow<'a, str>>);

impl<'a> SideTexts<'a> {
    /// Stores `text` and returns its placeholder.
    pub(super) fn put(&mut self, text: Cow<'a, str>) -> String {
        self.0.push(text);
        format!("{MARK}{}{MARK}", self.0.len() - 1)
    }

    /// The text of a placeholder; any other text is returned as it is. A feed that contains such a
    /// placeholder itself only gets another of its own texts.
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
