//! The command palette: everything that can be done, found by its Korean or English name.
//!
//! * [`entries`]  – what can be found: actions, sources, and commands with arguments
//! * [`matching`] – matches names against typed text
//! * [`synonyms`] – ordinary words for actions and commands
//! * [`bulk`]     – commands that apply to everything matching a query
//!
//! An action appears here once it has a row in `app/input/action.rs` and a line in both locales. A
//! command with arguments (`filter 반도체 unread`) is a row in [`entries::COMMANDS`].

mod bulk;
pub mod entries;
pub mod matching;
pub mod synonyms;

use super::picker::{Picker, Pressed};
use crate::app::env::Env;
use crate::app::input::action::Action;
use crate::app::input::field::Field;
use crate::app::input::key::Key;
use crate::app::protocol::listing::Listing;
use crate::app::reply::{Intent, ListIntent, Reply};
use crate::config::{Language, Words};
use entries::{Does, Entry, Word};

/// The open palette.
#[derive(Clone, Debug)]
pub struct Palette {
    /// The input line and the selected row.
    picker: Picker,
    /// Every entry that can be found.
    all: Vec<Entry>,
    /// Suggested arguments of commands.
    follow: Vec<Word>,
    /// The entries that match the input line, the best first.
    found: Vec<Entry>,
}

impl Palette {
    /// The palette with `line` as its input; it also finds the lists in the sources pane.
    pub fn open(line: &str, sources: &[(String, Listing)], env: &Env<'_>) -> Self {
        let mut palette = Self {
            picker: Picker {
                field: Field::with(line),
                ..Picker::default()
            },
            all: Vec::new(),
            follow: entries::words(env),
            found: Vec::new(),
        };
        palette.renew(sources, env);
        palette
    }

    /// Replaces the lists of the sources pane, after they changed.
    pub fn renew(&mut self, sources: &[(String, Listing)], env: &Env<'_>) {
        let other = match env.words().language {
            Language::Korean => Language::English,
            Language::English => Language::Korean,
        };
        self.all = entries::all(sources, &Words::of(other), env);
        self.search(env.words());
    }

    /// The input line and the selected row.
    pub fn picker(&self) -> &Picker {
        &self.picker
    }

    /// The entries that match the input line, the best first.
    pub fn found(&self) -> &[Entry] {
        &self.found
    }

    fn search(&mut self, words: &Words) {
        self.found = entries::found(&self.all, &self.follow, self.picker.field.text(), words);
        self.picker.selected = self.picker.selected.min(self.found.len().saturating_sub(1));
    }

    /// Selects a row.
    pub fn select(&mut self, row: usize) {
        self.picker.selected = row;
    }

    /// Handles a key.
    pub fn press(&mut self, key: Key, env: &Env<'_>) -> Reply {
        match self.picker.press(key, self.found.len()) {
            Pressed::Typed => self.search(env.words()),
            Pressed::Moved => {}
            Pressed::Closed => return Reply::none().intent(Intent::ClosePopup),
            Pressed::Completed => {
                if let Some(entry) = self.found.get(self.picker.selected) {
                    self.picker.field = Field::with(&entry.completion());
                    self.picker.selected = 0;
                    self.search(env.words());
                }
            }
            Pressed::Accepted => return self.accept(env),
        }
        Reply::none()
    }

    /// Inserts pasted text.
    pub fn paste(&mut self, text: &str, env: &Env<'_>) {
        self.picker.paste(text);
        self.search(env.words());
    }

    /// Handles an action.
    pub fn on(&mut self, action: Action, count: usize, env: &Env<'_>) -> Reply {
        if action == Action::Open {
            return self.accept(env);
        }
        (0..count).for_each(|_| self.picker.travel(action, self.found.len()));
        Reply::none()
    }

    /// Runs the selected entry.
    pub fn accept(&mut self, env: &Env<'_>) -> Reply {
        let Some(entry) = self.found.get(self.picker.selected) else {
            return Reply::none();
        };
        // A command without its arguments is completed in the input line instead of being run.
        if let Does::Command(_, words) = &entry.does
            && words.is_empty()
        {
            self.picker.field = Field::with(&entry.completion());
            self.search(env.words());
            return Reply::none();
        }
        let close = Reply::none().intent(Intent::ClosePopup);
        match &entry.does {
            Does::Action(action) => close.intent(Intent::Act(*action, 1)),
            Does::List(listing) => close.intent(ListIntent::Choose((**listing).clone())),
            Does::Command(command, words) => close.and((command.run)(words, env)),
        }
    }
}
