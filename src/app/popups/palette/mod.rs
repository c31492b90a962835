//! The command palette: everything that can be done, found by its Korean or English name and done
//! from there.
//!
//! * [`entries`]  – what can be found: every action, every source, and the commands that take words
//! * [`matching`] – whether a name answers to what was typed
//! * [`bulk`]     – commands over all that a query finds
//!
//! An action is found as soon as it has its row in `app/action.rs` and its line in both locales. A
//! command that takes words (`filter 반도체 unread`) is a row in [`entries::COMMANDS`].

mod bulk;
pub mod entries;
pub mod matching;

use super::Popup;
use super::picker::{Picker, Pressed};
use crate::app::input::field::Field;
use crate::app::input::key::Key;
use crate::app::panes::{navigation, sources};
use crate::app::protocol::effect::Effect;
use crate::app::{Model, update};
use crate::config::{Language, Words};
use entries::{Does, Entry, Word};

/// The open palette.
#[derive(Clone, Debug)]
pub struct Palette {
    /// The line and the choice.
    pub picker: Picker,
    /// Everything that can be found.
    all: Vec<Entry>,
    /// The words that may follow in commands.
    follow: Vec<Word>,
    /// What answers to the line, best first.
    pub found: Vec<Entry>,
}

impl Palette {
    fn search(&mut self, words: &Words) {
        self.found = entries::found(&self.all, &self.follow, self.picker.field.text(), words);
        self.picker.selected = self.picker.selected.min(self.found.len().saturating_sub(1));
    }
}

/// Opens it.
pub fn open(model: &mut Model) -> Vec<Effect> {
    model.popup = Some(made(model, Picker::default()));
    sources::ask_anyway(model)
}

/// Opens it with that in its line.
pub(crate) fn open_with(model: &mut Model, line: &str) {
    let picker = Picker {
        field: Field::with(line),
        ..Picker::default()
    };
    model.popup = Some(made(model, picker));
}

/// The sources are other ones now: they are among what can be found.
pub fn renew(model: &mut Model) {
    let Some(Popup::Palette(palette)) = &model.popup else {
        return;
    };
    let picker = palette.picker.clone();
    model.popup = Some(made(model, picker));
}

fn made(model: &Model, picker: Picker) -> Popup {
    let other = match model.start.words.language {
        Language::Korean => Language::English,
        Language::English => Language::Korean,
    };
    let all = entries::all(model, &Words::of(other));
    let mut palette = Palette {
        picker,
        all,
        follow: entries::words(model),
        found: Vec::new(),
    };
    palette.search(&model.start.words);
    Popup::Palette(Box::new(palette))
}

/// A key while it is open.
pub fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    let Some(Popup::Palette(palette)) = &mut model.popup else {
        return Vec::new();
    };
    match palette.picker.press(key, palette.found.len()) {
        Pressed::Typed => palette.search(&model.start.words),
        Pressed::Moved => {}
        Pressed::Closed => model.popup = None,
        Pressed::Completed => {
            if let Some(entry) = palette.found.get(palette.picker.selected) {
                palette.picker.field = Field::with(&entry.completion());
                palette.picker.selected = 0;
                palette.search(&model.start.words);
            }
        }
        Pressed::Accepted => return accept(model),
    }
    Vec::new()
}

/// Text pasted while it is open.
pub fn paste(model: &mut Model, text: &str) {
    if let Some(Popup::Palette(palette)) = &mut model.popup {
        palette.picker.paste(text);
        palette.search(&model.start.words);
    }
}

/// Does what the chosen row says.
pub fn accept(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Palette(palette)) = &mut model.popup else {
        return Vec::new();
    };
    let Some(entry) = palette.found.get(palette.picker.selected).cloned() else {
        return Vec::new();
    };
    // A command that wants words is no use without them: the line waits for them.
    if let Does::Command(_, words) = &entry.does
        && words.is_empty()
    {
        palette.picker.field = Field::with(&entry.completion());
        palette.search(&model.start.words);
        return Vec::new();
    }
    model.popup = None;
    match entry.does {
        Does::Action(action) => update::act(model, action, 1),
        Does::List(list) => navigation::choose(model, *list),
        Does::Command(command, words) => (command.run)(model, &words),
    }
}
