//! What every pane may read while it takes something in: the settings and words in force, the time,
//! where things stand on the screen, and which jobs are under way. Nothing of another pane.

use jiff::ZonedDateTime;

use super::Start;
use super::geometry::{Geometry, Pane, Screen};
use super::input::keymap::Keymap;
use super::jobs::{JobKind, Jobs};
use super::protocol::rows::Collection;
use crate::config::Words;
use crate::text::Measure;

/// What all panes may read. Made by `update` for one call.
#[derive(Clone, Debug)]
pub struct Env<'a> {
    /// Settings, preferences, words, theme, terminal, time.
    pub start: &'a Start,
    /// Keys and what they mean.
    pub keymap: &'a Keymap,
    /// The jobs under way.
    pub jobs: &'a Jobs,
    /// The pane with the keys.
    pub focus: Pane,
    /// Where things stand.
    pub geometry: Geometry,
    /// The measure of the reader's column.
    pub measure: Measure,
    /// Rows of the list that its pane shows.
    pub list_page: usize,
    /// Rows of the sources that their pane shows.
    pub sources_page: usize,
    /// Where the rows of the list that is shown come from.
    pub collection: Collection,
    /// Whether that list is the read-later queue.
    pub shows_queue: bool,
}

impl Env<'_> {
    /// The interface's sentences.
    pub fn words(&self) -> &Words {
        &self.start.words
    }

    /// The sentence under `key`.
    pub fn text(&self, key: &str) -> String {
        self.start.words.get(key).to_owned()
    }

    /// The sentence under `key` with its places filled.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.start.words.fill(key, values)
    }

    /// The time in the user's zone.
    pub fn now(&self) -> ZonedDateTime {
        self.start.now.to_zoned_datetime(self.start.zone.clone())
    }

    /// The size of the terminal.
    pub fn screen(&self) -> Screen {
        self.start.screen
    }

    /// Rows of text that the reader pane shows.
    pub fn text_rows(&self) -> u16 {
        self.geometry.text.height
    }

    /// Rows of the screen that the list pane takes.
    pub fn list_lines(&self) -> usize {
        usize::from(self.geometry.list.map_or(0, |area| area.height))
    }

    /// Whether a job of this kind is under way.
    pub fn is_busy(&self, kind: JobKind) -> bool {
        self.jobs.is_busy(kind)
    }

    /// Whether the network must not be used.
    pub fn is_offline(&self) -> bool {
        self.start.config.network.offline
    }
}
