//! The help popup: the key bindings, generated from the keymap, those of the focused pane first.
//! `/` searches all of them, in both languages.

use super::filter_field::FilterField;
use super::palette::matching::rank;
use crate::app::env::Env;
use crate::app::geometry::{Screen, centred};
use crate::app::input::action::Action;
use crate::app::input::key::Key;
use crate::app::input::keymap::{Context, Keymap};
use crate::app::panes::selection;
use crate::app::reply::{Intent, Reply};
use crate::config::{Language, Words};
use crate::news::order::Order as _;

/// Columns of the popup. Where the screen has fewer, long lines go on in a second row.
const WIDTH: u16 = 72;

/// What one wants to do with the keys that work everywhere, as locale keys, with the actions that
/// do it. The others are listed below these.
const PURPOSES: [(&str, &[Action]); 7] = [
    (
        "help.to-read",
        &[
            Action::ShortNews,
            Action::ModelNews,
            Action::Briefing,
            Action::NextArticle,
            Action::PreviousArticle,
            Action::NextUnread,
            Action::ToggleRead,
            Action::MarkAllRead,
            Action::MarkAllUnread,
            Action::FullText,
            Action::OpenOriginal,
            Action::Links,
            Action::Pictures,
            Action::ViewPicture,
            Action::Versions,
            Action::Revisions,
        ],
    ),
    (
        "help.to-find",
        &[
            Action::FrontPage,
            Action::Find,
            Action::Issues,
            Action::MostRead,
            Action::Sources,
            Action::SortOrder,
            Action::SaveSearch,
            Action::Mute,
            Action::Palette,
        ],
    ),
    (
        "help.to-keep",
        &[
            Action::Scrap,
            Action::Scraps,
            Action::Note,
            Action::Labels,
            Action::ScrapAll,
            Action::TagAll,
            Action::Export,
            Action::Print,
            Action::Share,
            Action::Send,
            Action::CopyLink,
            Action::Undo,
        ],
    ),
    (
        "help.to-subscribe",
        &[
            Action::Publishers,
            Action::Subscribe,
            Action::PublisherHome,
            Action::Refresh,
            Action::RefreshThis,
        ],
    ),
    (
        "help.to-look",
        &[
            Action::Larger,
            Action::Smaller,
            Action::DefaultSize,
            Action::SizePopup,
            Action::Narrower,
            Action::Wider,
            Action::NextTheme,
            Action::Density,
            Action::NextLayout,
            Action::DividerLeft,
            Action::DividerRight,
            Action::Zen,
        ],
    ),
    (
        "help.to-listen",
        &[
            Action::Listen,
            Action::NextSentence,
            Action::PreviousSentence,
            Action::Faster,
            Action::Slower,
        ],
    ),
    // All that is left.
    ("help.global", &[]),
];

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
    /// What is searched for.
    filter: FilterField,
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
        let of = |context| (heading(context), section(env.keymap, context, &languages));
        let everywhere = by_purpose(env.keymap, &languages);
        let usual = 1 + everywhere.len();
        let sections = std::iter::once(of(own))
            .chain(everywhere)
            .chain(others.map(of))
            .collect();
        let mut help = Self {
            top: 0,
            filter: FilterField::default(),
            lines: Vec::new(),
            sections,
            usual,
        };
        help.search();
        help
    }

    /// Index of the topmost visible line.
    pub fn top(&self) -> usize {
        self.top
    }

    /// What is searched for.
    pub fn filter(&self) -> &FilterField {
        &self.filter
    }

    /// The lines in the popup.
    pub fn lines(&self) -> &[HelpLine] {
        &self.lines
    }

    /// Handles an action.
    pub fn on(&mut self, action: Action, count: usize, env: &Env<'_>) -> Reply {
        match action {
            Action::Help => return Reply::none().intent(Intent::ClosePopup),
            Action::Find => self.filter.begin(),
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
            WIDTH,
            if self.filter.is_shown() {
                screen.height
            } else {
                height
            },
        )
    }

    /// Scrolls, but not past the point where the last line is in the last row.
    pub fn scroll(&mut self, action: Action, count: usize, screen: Screen) {
        let rows = usize::from(centred(screen, self.size(screen)).height.saturating_sub(3)).max(1);
        // Where lines go on in a second row, fewer of them fit.
        let last = if screen.width < WIDTH {
            self.lines.len()
        } else {
            (self.lines.len() + 1).saturating_sub(rows)
        };
        self.top = selection::moved(self.top, action, count, rows, last);
    }

    /// Handles a key in the search field.
    pub fn press(&mut self, key: Key) {
        self.filter.press(key);
        self.search();
    }

    /// Inserts pasted text into the search field.
    pub fn paste(&mut self, text: &str) {
        self.filter.paste(text);
        self.search();
    }

    fn search(&mut self) {
        let wanted = self.filter.wanted();
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

/// A heading, and its lines, each with the text that a search is matched against.
type HelpSection = (&'static str, Vec<(HelpLine, String)>);

/// The keys that work everywhere, by what one wants to do.
fn by_purpose(keymap: &Keymap, languages: &[Words]) -> Vec<HelpSection> {
    let mut left = section(keymap, Context::Global, languages);
    let mut out = Vec::new();
    for (heading, actions) in PURPOSES {
        let keys: Vec<String> = actions
            .iter()
            .map(|action| format!("action.{}", action.name()))
            .collect();
        let place = |line: &HelpLine| match line {
            HelpLine::Keys(_, says) if says.len() == 1 => keys.iter().position(|k| *k == says[0]),
            _ => None,
        };
        let (mut found, rest): (Vec<_>, Vec<_>) = left
            .into_iter()
            .partition(|(line, _)| actions.is_empty() || place(line).is_some());
        found.order_by_key(|(line, _)| place(line));
        left = rest;
        if !found.is_empty() {
            out.push((heading, found));
        }
    }
    out
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
