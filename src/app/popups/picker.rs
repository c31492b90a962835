//! A line that is typed into, and rows that answer to it: what the palette, help and every popup
//! that is searched share.
//!
//! Its owner makes the rows, tells [`Picker::press`] how many there are, and does what [`Pressed`]
//! says.

use crate::app::input::action::Action;
use crate::app::input::field::Field;
use crate::app::input::key::{Key, KeyCode};
use crate::app::panes::selection;

/// Rows that a page key moves over; the popups that pick are about so high.
const PAGE: usize = 10;

/// Rows that a page key moves over in a menu.
const MENU_PAGE: usize = 8;

/// The line and the choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picker {
    /// What is typed.
    pub field: Field,
    /// The chosen row.
    pub selected: usize,
}

/// What a key meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// The text is another one now: the rows are to be found anew.
    Typed,
    /// Another row is chosen, or nothing happened.
    Moved,
    /// The chosen row is wanted.
    Accepted,
    /// The chosen row's name is wanted in the line.
    Completed,
    /// Nothing is wanted any more.
    Closed,
}

impl Picker {
    /// Takes in a key; there are `len` rows.
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

    /// Moves the choice among `len` rows.
    pub fn travel(&mut self, action: Action, len: usize) {
        self.selected = selection::moved(self.selected, action, 1, PAGE, len);
    }

    /// The row at the top of the `shown` that there is room for.
    pub fn top(&self, shown: usize) -> usize {
        (self.selected + 1).saturating_sub(shown.max(1))
    }

    /// Takes in what was pasted.
    pub fn paste(&mut self, text: &str) {
        self.field.insert(text);
        self.selected = 0;
    }
}

/// The selected one of `lines` rows of a menu after an action.
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
