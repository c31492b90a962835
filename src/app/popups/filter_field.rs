//! The filter of a popup: `/` begins typing, Enter keeps what was typed, Esc clears it.

use crate::app::input::field::Field;
use crate::app::input::key::{Key, KeyCode};

/// A line to filter by, and whether keys are typed into it.
#[derive(Clone, Debug, Default)]
pub struct FilterField {
    field: Field,
    is_typing: bool,
}

impl FilterField {
    /// The input line.
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// What to filter by, without blanks around it.
    pub fn wanted(&self) -> &str {
        self.field.text().trim()
    }

    /// Whether keys are typed into it.
    pub fn is_typing(&self) -> bool {
        self.is_typing
    }

    /// Whether it has its place on the screen: while it is typed into or filters.
    pub fn is_shown(&self) -> bool {
        self.is_typing || !self.field.text().is_empty()
    }

    /// Begins typing.
    pub fn begin(&mut self) {
        self.is_typing = true;
    }

    /// Handles a key that is typed into it.
    pub fn press(&mut self, key: Key) {
        match key.code {
            KeyCode::Esc => *self = Self::default(),
            KeyCode::Enter => self.is_typing = false,
            _ => drop(self.field.press(key)),
        }
    }

    /// Inserts pasted text.
    pub fn paste(&mut self, text: &str) {
        self.field.insert(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enter_keeps_what_was_typed_and_esc_clears_it() {
        let mut filter = FilterField::default();
        assert!(!filter.is_shown());
        filter.begin();
        for key in ["a", "b", "Enter"] {
            filter.press(key.parse().unwrap());
        }
        assert_eq!((filter.wanted(), filter.is_typing()), ("ab", false));
        assert!(filter.is_shown());
        filter.begin();
        filter.press("Esc".parse().unwrap());
        assert_eq!((filter.wanted(), filter.is_shown()), ("", false));
    }
}
