//! The help popup: the key bindings, generated from the keymap, those of the focused pane first.
//! `/` searches all of them, in both languages.

use super::palette::matching::rank;
use crate::app::env::Env;
use crate::app::geometry::{Screen, centred};
use crate::app::input::action::Action;
use crate::app::input::field::Field;
use crate::app::input::key::{Key, KeyCode};
use crate::app::input::keymap::{Context, Keymap};
use crate::app::panes::selection;
use crate::app::reply::{Intent, Reply};
use crate::config::{Language, Words};

/// A line of the help popup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HelpLine {
    /// A heading, as a locale key.
    Heading(&'static str),
    /// The keys as shown, and the locale keys of the actions that they trigger in turn.
    Keys(String, Vec<String>),
    /// An empty line between two sections.
    Blank,
}

/// The help popup.
#[derive(Clone, Debug)]
pub struct Help {
    /// Index of the topmost visible line.
    top: usize,
    /// The search text.
    field: Field,
    /// Whether keys are typed into the search field.
    typing: bool,
    /// The lines in the popup, of which some may be scrolled out of view.
    lines: Vec<HelpLine>,
    /// Each context that has bindings, the focused pane's first: its heading, and its lines, each
    /// with the text that a search is matched against.
    sections: Vec<(&'static str, Vec<(HelpLine, String)>)>,
    /// How many of the sections are shown while nothing is searched.
    usual: usize,
}

impl Help {
    /// The help popup, with the bindings of `own` first.
    pub fn of(own: Context, env: &Env<'_>) -> Self {
        let others = Context::ALL
            .into_iter()
            .map(|(c, _)| c)
            .filter(|c| *c != own && *c != Context::Global);
        let languages = [Language::Korean, Language::English].map(Words::of);
        let sections = [own, Context::Global].into_iter().chain(others);
        let sections = sections
            .map(|c| (heading(c), section(env.keymap, c, &languages)))
            .collect();
        let mut help = Self {
            top: 0,
            field: Field::default(),
            typing: false,
            lines: Vec::new(),
            sections,
            usual: 2,
        };
        help.search();
        help
    }

    /// Index of the topmost visible line.
    pub fn top(&self) -> usize {
        self.top
    }

    /// The search text.
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// Whether keys are typed into the search field.
    pub fn typing(&self) -> bool {
        self.typing
    }

    /// The lines in the popup.
    pub fn lines(&self) -> &[HelpLine] {
        &self.lines
    }

    /// Handles an action.
    pub fn on(&mut self, action: Action, count: usize, env: &Env<'_>) -> Reply {
        match action {
            Action::Help => return Reply::none().intent(Intent::ClosePopup),
            Action::Find => self.typing = true,
            // Nothing can be chosen in help, so the key that chooses elsewhere (the blank) scrolls.
            Action::Choose => self.scroll(Action::PageDown, count, env.screen()),
            _ => self.scroll(action, count, env.screen()),
        }
        Reply::none()
    }

    /// Columns and rows of the popup. While searching, the size stays fixed whatever is found.
    pub fn size(&self, screen: Screen) -> (u16, u16) {
        let height = u16::try_from(self.lines.len())
            .unwrap_or(u16::MAX)
            .saturating_add(3);
        (
            72,
            if self.searched() {
                screen.height
            } else {
                height
            },
        )
    }

    /// Whether a search is active.
    pub fn searched(&self) -> bool {
        self.typing || !self.field.text().is_empty()
    }

    /// Scrolls, but not past the point where the last line is in the last row.
    pub fn scroll(&mut self, action: Action, count: usize, screen: Screen) {
        let rows = usize::from(centred(screen, self.size(screen)).height.saturating_sub(3)).max(1);
        let last = (self.lines.len() + 1).saturating_sub(rows);
        self.top = selection::moved(self.top, action, count, rows, last);
    }

    /// Handles a key in the search field.
    pub fn press(&mut self, key: Key) {
        match key.code {
            KeyCode::Esc => {
                self.field = Field::default();
                self.typing = false;
            }
            KeyCode::Enter => self.typing = false,
            _ => drop(self.field.press(key)),
        }
        self.search();
    }

    /// Inserts pasted text into the search field.
    pub fn paste(&mut self, text: &str) {
        self.field.insert(text);
        self.search();
    }

    fn search(&mut self) {
        let wanted = self.field.text().trim();
        let shown = if wanted.is_empty() {
            self.usual
        } else {
            self.sections.len()
        };
        self.lines.clear();
        for (heading, lines) in self.sections.iter().take(shown) {
            let found: Vec<_> = lines
                .iter()
                .filter(|(_, also)| rank(wanted, also).is_some())
                .collect();
            if !found.is_empty() {
                self.lines.push(HelpLine::Heading(heading));
                self.lines
                    .extend(found.into_iter().map(|(line, _)| line.clone()));
                self.lines.push(HelpLine::Blank);
            }
        }
        if wanted.is_empty() {
            self.lines.push(HelpLine::Heading("help.jamo"));
        }
        self.top = 0;
    }
}

fn heading(context: Context) -> &'static str {
    match context {
        Context::Global => "help.global",
        Context::Sources => "help.sources",
        Context::List => "help.list",
        Context::Reader => "help.reader",
        Context::Highlight => "help.highlight",
        Context::Popup => "help.popup",
    }
}

/// The lines of one context, each with the text that a search is matched against: its keys, and its
/// actions in both languages.
fn section(keymap: &Keymap, context: Context, languages: &[Words]) -> Vec<(HelpLine, String)> {
    let bound = Action::ALL.iter().filter_map(|action| {
        let keys = keymap.keys_of(context, *action).join("  ");
        let key = format!("action.{}", action.name());
        let says = languages
            .iter()
            .map(|w| w.get(&key))
            .collect::<Vec<_>>()
            .join(" ");
        let also = format!("{keys} {says} {}", action.name());
        (!keys.is_empty()).then_some((HelpLine::Keys(keys, vec![key]), also))
    });
    let chains = keymap.chains(context).into_iter().map(|(keys, actions)| {
        let says: Vec<String> = actions
            .iter()
            .map(|a| format!("action.{}", a.name()))
            .collect();
        let also = says
            .iter()
            .flat_map(|key| languages.iter().map(move |w| w.get(key).to_owned()));
        let also = std::iter::once(keys.clone())
            .chain(also)
            .collect::<Vec<_>>()
            .join(" ");
        (HelpLine::Keys(keys, says), also)
    });
    bound.chain(chains).collect()
}
