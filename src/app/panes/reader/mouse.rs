//! The left button over the article: text is selected and copied, links are opened.

use super::Reader;
use super::mouse_selection::{Letter, Selection, letter_at};
use crate::app::clipboard::copy;
use crate::app::env::Env;
use crate::app::panes::links;
use crate::app::protocol::message::{Mouse, MouseKind};
use crate::app::reply::Reply;
use crate::news::Clean;

impl Reader {
    /// Takes in what the left button did: down begins a selection, drag goes on, up copies; up
    /// where it went down opens the link that is there.
    pub fn on_mouse(&mut self, mouse: Mouse, env: &Env<'_>) -> Reply {
        let area = env.geometry.text;
        let at = self
            .sheet()
            .and_then(|sheet| letter_at(sheet, area, env.start, (mouse.x, mouse.y)));
        match (mouse.kind, at) {
            (MouseKind::Press, at) => {
                self.selection = None;
                self.pressed = at.map(|(letter, _)| Selection::at(letter));
                Reply::none()
            }
            (MouseKind::Drag, Some((letter, _))) => {
                if let Some(pressed) = &self.pressed {
                    self.selection = Some(pressed.to(letter));
                }
                Reply::none()
            }
            (MouseKind::Release, at) => {
                let pressed = self.pressed.take();
                let (Some(selection), Some(sheet)) = (&self.selection, self.sheet()) else {
                    let clicked = at.filter(|(letter, is_on_it)| {
                        *is_on_it && pressed.is_some_and(|p| p.began_at(letter))
                    });
                    return clicked.map_or_else(Reply::none, |(letter, _)| self.click(&letter));
                };
                let text = selection.text(sheet);
                self.copy_text(text, env)
            }
            _ => Reply::none(),
        }
    }

    /// Opens the link at `letter`.
    fn click(&self, letter: &Letter) -> Reply {
        let part = self.sheet().and_then(|s| s.layout().part(letter.part));
        let click = part.map(|part| links::click(part, letter.bytes.start));
        click.unwrap_or_default()
    }

    fn copy_text(&mut self, text: Clean, env: &Env<'_>) -> Reply {
        let letters = text.chars().filter(|c| !c.is_whitespace()).count();
        self.quote(text.clone());
        let said = env.fill("notice.copied-text", &[("n", &letters.to_string())]);
        copy(text, said, env)
    }

    /// Drops the selection.
    pub fn deselect(&mut self) {
        self.selection = None;
    }

    /// Notes words that a quotation of the article is to have.
    pub fn quote(&mut self, words: Clean) {
        self.quoted = Some(words);
    }
}
