//! How a linear screen goes through the text of the reader: by lines that have words, the line at
//! the top being the one that the cursor is on.

use super::Reader;
use crate::app::input::action::Action;
use crate::app::panes::showing::Showing;
use crate::text::LineKind;

impl Reader {
    /// Goes `count` lines, or that many pages of `height` lines.
    pub fn go_by_lines(&mut self, action: Action, count: usize, height: usize) {
        let (step, lines) = match action {
            Action::PageDown => (Action::Down, height),
            Action::PageUp => (Action::Up, height),
            Action::HalfPageDown => (Action::Down, height / 2),
            Action::HalfPageUp => (Action::Up, height / 2),
            other => (other, 1),
        };
        let is_jump = matches!(step, Action::First | Action::Last);
        let steps = if is_jump { 1 } else { lines.max(1) * count };
        for _ in 0..steps {
            self.go(step, 1, 1);
            if !self.step_off_blanks(matches!(step, Action::Up | Action::Last)) {
                break;
            }
        }
    }

    /// Goes on from a line without words. Returns whether there may be more in that direction.
    fn step_off_blanks(&mut self, is_up: bool) -> bool {
        // In the short news, the choice moves from sentence to sentence.
        if self.story_view.is_none() && self.showing == Showing::ShortNews {
            return true;
        }
        loop {
            let Some(sheet) = self.sheet() else {
                return false;
            };
            let (top, layout) = (sheet.top(), sheet.layout());
            let end = if is_up { layout.first() } else { layout.last() };
            if !matches!(layout.line(top).kind, LineKind::Blank | LineKind::Picture) {
                return top != end;
            }
            if top == end {
                return false;
            }
            self.go(if is_up { Action::Up } else { Action::Down }, 1, 1);
        }
    }
}
