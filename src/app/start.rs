//! What the program is started with, and what the reader changes of it since: settings,
//! preferences, words, theme, the terminal and its size, the time.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::geometry::Screen;
use super::protocol::failure::Failure;
use super::protocol::prefs::Prefs;
use super::protocol::rows::Collection;
use super::protocol::sharing::Clipboard;
use crate::config::{Config, Depth, Theme, Themes, Words};
use crate::glyph::Caps;
use crate::picture::Canvas;
use crate::text::WidthPolicy;

/// What the world tells the program before it starts.
#[derive(Clone, Debug)]
pub struct Start {
    /// Settings.
    pub config: Config,
    /// What was chosen in earlier runs.
    pub prefs: Prefs,
    /// The interface's sentences.
    pub words: Words,
    /// Colours.
    pub theme: Theme,
    /// The themes that can be chosen.
    pub themes: Themes,
    /// How many colours this terminal shows.
    pub depth: Depth,
    /// Names this terminal, for what is remembered by terminal.
    pub terminal: String,
    /// How wide this terminal draws.
    pub policy: WidthPolicy,
    /// How large it can draw.
    pub caps: Caps,
    /// How it draws pictures.
    pub canvas: Canvas,
    /// Whether pictures are shown in the text, until the reader says otherwise.
    pub pictures: bool,
    /// How text gets to the clipboard.
    pub clipboard: Clipboard,
    /// The terminal knows links in its text.
    pub links: bool,
    /// Columns and rows.
    pub screen: Screen,
    /// The time.
    pub now: Timestamp,
    /// The reader's zone.
    pub zone: TimeZone,
    /// What to open.
    pub collection: Collection,
    /// What went wrong on the way here.
    pub failures: Vec<Failure>,
}

impl Start {
    /// Whether this terminal has glyphs for little more than letters: the Linux console, and
    /// terminals of old.
    pub fn has_few_glyphs(&self) -> bool {
        matches!(
            self.terminal.as_str(),
            "linux" | "vt100" | "vt102" | "vt220" | "ansi"
        )
    }
}
