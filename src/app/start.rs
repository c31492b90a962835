//! What the program is started with, and what the user changes of it since: settings,
//! preferences, words, theme, the terminal and its size, the time.

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::geometry::Screen;
use super::protocol::failure::Failure;
use super::protocol::prefs::Prefs;
use super::protocol::rows::Collection;
use super::protocol::sharing::Clipboard;
use crate::config::{Config, Depth, Theme, Themes, Words};
use crate::glyph::Caps;
use crate::lettering::LetterPress;
use crate::picture::Canvas;
use crate::text::WidthPolicy;

/// What the program is started with; the user and the terminal change parts of it later.
#[derive(Clone, Debug)]
pub struct Start {
    /// The settings in force, as read at the start.
    pub config: Config,
    /// What was chosen in earlier runs.
    pub prefs: Prefs,
    /// The interface's sentences.
    pub words: Words,
    /// The colours in use; a key changes them.
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
    /// Makes pictures of lines; `None` until the fonts were looked for.
    pub press: Option<Arc<LetterPress>>,
    /// The terminal's background colour, as far as it is known.
    pub ground: Option<[u8; 3]>,
    /// Whether pictures are shown in the text, until the user says otherwise.
    pub pictures: bool,
    /// How text gets to the clipboard.
    pub clipboard: Clipboard,
    /// The terminal knows links in its text.
    pub links: bool,
    /// Columns and rows.
    pub screen: Screen,
    /// The time as a message last told it; nothing in `app` reads a clock.
    pub now: Timestamp,
    /// The user's zone.
    pub zone: TimeZone,
    /// What to open.
    pub collection: Collection,
    /// What went wrong on the way here.
    pub failures: Vec<Failure>,
}

impl Start {
    /// Whether the screen is linear, for screen readers and braille displays.
    pub fn is_linear(&self) -> bool {
        self.config.reading.linear
    }

    /// Draws large letters another way where no font was found for pictures of them.
    pub fn settle_letters(&mut self) {
        if self.press.as_ref().is_some_and(|press| !press.has_font()) {
            self.caps = self.caps.without_font();
        }
    }

    /// Whether this terminal has glyphs for little more than letters: the Linux console, and
    /// hardware terminals of the VT series.
    pub fn has_few_glyphs(&self) -> bool {
        matches!(
            self.terminal.as_str(),
            "linux" | "vt100" | "vt102" | "vt220" | "ansi"
        )
    }
}
