//! What the reader chose on the way, remembered over restarts.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::app::geometry::Panes;
use crate::config::{Config, PaneLayout};
use crate::news::SortOrder;
use crate::text::TextSize;

/// Lines that are remembered of each purpose.
const HISTORY: usize = 50;

/// Choices made with keys. The config gives the first values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Prefs {
    /// 글자크기, by terminal.
    pub sizes: BTreeMap<String, TextSize>,
    /// Measure in cells.
    pub measure: Option<u16>,
    /// Theme.
    pub theme: Option<String>,
    /// Width of the list, percent.
    pub list_percent: Option<u8>,
    /// Width of the sources, percent.
    pub sources_percent: Option<u8>,
    /// How many panes stand side by side.
    pub panes: Option<Panes>,
    /// In which order the library is listed.
    pub order: SortOrder,
    /// Lines of a row of the list.
    pub lines: Option<u8>,
    /// What was typed into prompts, by what it was typed for, newest last.
    pub typed: BTreeMap<Purpose, Vec<String>>,
}

impl Prefs {
    /// Remembers what was typed, the newest last, each line once. Notes are not lines to be typed
    /// again: they are kept with what they are about only. Gives whether it is remembered.
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

    /// The measure in cells.
    pub fn measure(&self, config: &Config) -> u16 {
        self.measure.unwrap_or(config.reading.measure)
    }

    /// Lines of a row of the list.
    pub fn lines(&self, config: &Config) -> u8 {
        self.lines.unwrap_or(config.list.lines)
    }

    /// The list's share of the width, percent.
    pub fn list_percent(&self, config: &Config) -> u8 {
        self.list_percent.unwrap_or(config.list.width)
    }

    /// The sources' share of the width, percent.
    pub fn sources_percent(&self, config: &Config) -> u8 {
        self.sources_percent.unwrap_or(config.panes.sources_width)
    }

    /// How many panes the reader wishes for; as many as there is room for where they said nothing.
    pub fn panes(&self, config: &Config) -> Option<Panes> {
        self.panes.or(match config.panes.layout {
            PaneLayout::Auto => None,
            PaneLayout::Three => Some(Panes::Three),
            PaneLayout::Two => Some(Panes::Two),
            PaneLayout::One => Some(Panes::One),
            PaneLayout::Zen => Some(Panes::Zen),
        })
    }
}

/// What a prompt asks for. The names are those of the remembered lines in the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Articles of the list, as the query language has it.
    FindArticles,
    /// Words in the open article.
    FindWords,
    /// An address to subscribe to.
    Subscribe,
    /// A name for the search that the list shows.
    SaveSearch,
    /// A query of what is to be hidden.
    Mute,
    /// A label for all that the list shows.
    Tag,
    /// Words about the article.
    Note,
    /// Words about a highlight.
    HighlightNote,
    /// Labels of a scrap.
    Labels,
    /// A place to export to.
    Export,
}
