//! An input line with a list of matching rows: what the palette, help and every other searchable
//! popup share.
//!
//! The popup computes the rows, passes their number to [`Picker::press`], and acts on the returned
//! [`Pressed`].
//! says.

use crate::app::input::action::Action;
use crate::app::input::field::Field;
use crate::app::input::key::{Key, KeyCode};
use crate::app::panes::selection;

/// Rows that Page Up and Page Down move by; popups with an input line are about this tall.
const PAGE: usize = 10;

/// Rows that Page Up and Page Down move by in a menu.
const MENU_PAGE: usize = 8;

/// The input line and the selected row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picker {
    /// The input line.
    pub field: Field,
    /// Index of the selected row.
    pub selected: usize,
}

/// The meaning of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// The text changed, so the rows have to be computed again.
    Typed,
    /// Only the selection changed, or nothing did.
    Moved,
    /// The selected row was confirmed.
    Accepted,
    /// The input line is to be completed to the selected row's name.
    Completed,
    /// The popup is to be closed.
    Closed,
}

impl Picker {
    /// Handles a key; `len` is the number of rows.
    pub fn press(&mut self, key: Key, len: usize) -> Pressed {
        let action = match (key.code, key.ctrl) {
            (KeyCode::Esc, _) | (KeyCode::Char('c' | 'g'), true) => return Pressed::Closed,
            (KeyCode::Enter, _) => return Pressed::Accepted,
            (KeyCode::Tab, _) if !key.shift => return Pressed::Completed,
            (KeyCode::Tab | KeyCode::Up, _) | (KeyCode::Char('p'), true) => Action::Up,
            (KeyCode::Down, _) | (KeyCode::Char('n'), true) => Action::Down,
            (KeyCode::PageUp, _) => Action::PageUp,
            (KeyCode::PageDown, _) => Action::PageDown,
            _ if self.field.press(key) => {
                self.selected = 0;
                return Pressed::Typed;
            }
            _ => return Pressed::Moved,
        };
        self.travel(action, len);
        Pressed::Moved
    }

    /// Moves the selection among `len` rows.
    pub fn travel(&mut self, action: Action, len: usize) {
        self.selected = selection::moved(self.selected, action, 1, PAGE, len);
    }

    /// Index of the topmost row if `shown` rows fit.
    pub fn top(&self, shown: usize) -> usize {
        (self.selected + 1).saturating_sub(shown.max(1))
    }

    /// Inserts pasted text into the input line.
    pub fn paste(&mut self, text: &str) {
        self.field.insert(text);
        self.selected = 0;
    }
}

/// The index selected in a menu of `lines` rows after an action.
pub(super) fn moved(selected: usize, lines: usize, action: Action, count: usize) -> usize {
    let last = lines.saturating_sub(1);
    match action {
        Action::Down => selected.saturating_add(count).min(last),
        Action::Up => selected.saturating_sub(count),
        Action::PageDown => selected.saturating_add(MENU_PAGE).min(last),
        Action::PageUp => selected.saturating_sub(MENU_PAGE),
        Action::First => 0,
        Action::Last => last,
        _ => selected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_typed_and_arrows_choose() {
        let mut picker = Picker::default();
        let mut press = |name: &str| picker.press(name.parse().unwrap(), 3);
        assert_eq!(press("j"), Pressed::Typed);
        assert_eq!(
            [press("Down"), press("C-n"), press("Down")],
            [Pressed::Moved; 3]
        );
        assert_eq!(
            [press("Tab"), press("Enter"), press("Esc")],
            [Pressed::Completed, Pressed::Accepted, Pressed::Closed]
        );
        assert_eq!((picker.selected, picker.field.text()), (2, "j"));
        picker.press("k".parse().unwrap(), 3);
        assert_eq!(picker.selected, 0, "other rows answer to other text");
    }
}
