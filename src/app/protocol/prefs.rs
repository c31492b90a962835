//! Choices made with keys while reading, stored between runs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::app::geometry::Panes;
use crate::config::{Config, PaneLayout};
use crate::news::SortOrder;
use crate::text::TextSize;

/// How many lines of input are stored for each purpose.
const HISTORY: usize = 50;

/// Choices made with keys. Where one was not made, the settings apply.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    /// 글자크기, by the terminal's name, as terminals differ in what sizes they can draw.
    pub sizes: BTreeMap<String, TextSize>,
    /// The longest line, in cells.
    pub measure: Option<u16>,
    /// The name of the theme.
    pub theme: Option<String>,
    /// Width of the list pane, in percent of the screen.
    pub list_percent: Option<u8>,
    /// Width of the sources pane, in percent of the screen.
    pub sources_percent: Option<u8>,
    /// How many panes are side by side.
    pub panes: Option<Panes>,
    /// The order in which the library is listed.
    pub order: SortOrder,
    /// Lines in a row of the list: 1 to 3.
    pub lines: Option<u8>,
    /// What was typed into prompts, by purpose, the newest last.
    pub typed: BTreeMap<Purpose, Vec<String>>,
}

impl Prefs {
    /// Stores a line that was typed, as the newest, without duplicates. Notes are not stored: they
    /// are kept with what they annotate and not typed again. Returns whether the line is now
    /// stored.
    pub fn remember(&mut self, purpose: Purpose, text: String) -> bool {
        if text.trim().is_empty() || matches!(purpose, Purpose::Note | Purpose::HighlightNote) {
            return false;
        }
        let past = self.typed.entry(purpose).or_default();
        past.retain(|t| *t != text);
        past.push(text);
        let over = past.len().saturating_sub(HISTORY);
        past.drain(..over);
        true
    }

    /// The text size on this terminal.
    pub fn size(&self, terminal: &str, config: &Config) -> TextSize {
        self.sizes
            .get(terminal)
            .copied()
            .unwrap_or(config.reading.size)
    }

    /// The longest line, in cells.
    pub fn measure(&self, config: &Config) -> u16 {
        self.measure.unwrap_or(config.reading.measure)
    }

    /// Lines in a row of the list.
    pub fn lines(&self, config: &Config) -> u8 {
        self.lines.unwrap_or(config.list.lines)
    }

    /// The width of the list pane, in percent of the screen.
    pub fn list_percent(&self, config: &Config) -> u8 {
        self.list_percent.unwrap_or(config.list.width)
    }

    /// The width of the sources pane, in percent of the screen.
    pub fn sources_percent(&self, config: &Config) -> u8 {
        self.sources_percent.unwrap_or(config.panes.sources_width)
    }

    /// How many panes the user asked for; `None` for as many as fit.
    pub fn panes(&self, config: &Config) -> Option<Panes> {
        self.panes.or(match config.panes.layout {
            PaneLayout::Auto => None,
            PaneLayout::Three => Some(Panes::Three),
            PaneLayout::Two => Some(Panes::Two),
            PaneLayout::Stacked => Some(Panes::Stacked),
            PaneLayout::One => Some(Panes::One),
            PaneLayout::Zen => Some(Panes::Zen),
        })
    }
}

/// What a prompt asks for. The names are keys of stored lines in the library, so they must not
/// change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// A query that filters the list.
    FindArticles,
    /// Words in the open article.
    FindWords,
    /// An address to subscribe to, or one of a page with a feed.
    Subscribe,
    /// A name for the current search.
    SaveSearch,
    /// A query for the articles to hide.
    Mute,
    /// A label for all articles in the list.
    Tag,
    /// A note on the article.
    Note,
    /// A note on a highlight.
    HighlightNote,
    /// The labels of a scrap.
    Labels,
    /// A file or folder to export to.
    Export,
    /// The settings of a subscription.
    FeedSettings,
}
