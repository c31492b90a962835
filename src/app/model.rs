//! All state of the program. Only [`super::update`] changes it; the panes keep their own.

use jiff::Timestamp;

use super::annotations::Annotations;
use super::env::Env;
use super::geometry::{Area, Divider, Division, Geometry, Pane};
use super::input::key_input::KeyInput;
use super::input::keymap::{Context, Keymap};
use super::input::prompt::Prompt;
use super::jobs::{JobKind, Jobs};
use super::panes;
use super::panes::briefing::Briefing;
use super::panes::list::List;
use super::panes::list::front::FrontLayout;
use super::panes::list::stack::ListStack;
use super::panes::listening::Listening;
use super::panes::reader::Reader;
use super::panes::sources::Sources;
use super::popups::Popup;
use super::protocol::failure::Failure;
use super::protocol::rows::Collection;
use super::refresher::Refresher;
use super::start::Start;
use super::undo_list::UndoList;
use crate::text::Measure;

/// A sentence in the status line, until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Whether it is bad news.
    pub bad: bool,
    /// The sentence, in the language of the interface.
    pub text: String,
}

/// The state of the whole program.
#[derive(Debug)]
pub struct Model {
    /// What the program started with (settings, terminal, words), as changed by the user since.
    pub(in crate::app) start: Start,
    /// The pane with the keys.
    pub(in crate::app) focus: Pane,
    /// The article alone.
    pub(in crate::app) zen: bool,
    /// The sources pane.
    pub(in crate::app) sources: Sources,
    /// The list pane, with the lists that back leads to.
    pub(in crate::app) lists: ListStack,
    /// The reader pane.
    pub(in crate::app) reader: Reader,
    /// The line that is being typed into.
    pub(in crate::app) prompt: Option<Prompt>,
    /// What lies over the panes.
    pub(in crate::app) popup: Option<Popup>,
    /// The line between panes that the mouse holds.
    pub(in crate::app) dragged: Option<Divider>,
    /// The sentence in the status line.
    pub(in crate::app) notice: Option<Notice>,
    /// Keys and what they mean.
    pub(in crate::app) keymap: Keymap,
    /// Keys that have not become an action yet.
    pub(in crate::app) keys: KeyInput,
    /// The changes that can be undone.
    pub(in crate::app) undo: UndoList,
    /// The jobs under way.
    pub(in crate::app) jobs: Jobs,
    /// The refresh under way, and when the next one is due.
    pub(in crate::app) refresher: Refresher,
    /// What is being read aloud.
    pub(in crate::app) listening: Listening,
    /// What is kept of the open article, and work on scraps.
    pub(in crate::app) annotations: Annotations,
    /// The walk through unread articles, where one is under way.
    pub(in crate::app) briefing: Briefing,
    /// First summary lines for the list.
    pub(in crate::app) first_lines: panes::list::first_lines::FirstLines,
    /// Letters beside the links, while one is chosen.
    pub(in crate::app) hints: Option<panes::links::Hints>,
}

/// What the panes of `model` may read, without borrowing the panes.
macro_rules! env {
    ($model:expr) => {{
        let geometry = $model.geometry();
        $crate::app::env::Env {
            start: &$model.start,
            keymap: &$model.keymap,
            jobs: &$model.jobs,
            focus: $model.focus,
            measure: $model.start.measure(geometry.text.width),
            list_page: $model.list_rows(&geometry),
            sources_page: $model.pane_rows(geometry.sources),
            geometry,
            collection: $model.lists.shown.collection(),
            shows_queue: $model.lists.shown.listing().filter.later,
        }
    }};
}
pub(crate) use env;

impl Model {
    /// Settings, preferences, words, theme, terminal and time.
    pub fn start(&self) -> &Start {
        &self.start
    }

    /// The pane with the keys.
    pub fn focus(&self) -> Pane {
        self.focus
    }

    /// Whether the article has the screen to itself.
    pub fn is_zen(&self) -> bool {
        self.zen
    }

    /// The sources pane.
    pub fn sources(&self) -> &Sources {
        &self.sources
    }

    /// The reader pane.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The line that is being typed into.
    pub fn prompt(&self) -> Option<&Prompt> {
        self.prompt.as_ref()
    }

    /// The popup over the panes.
    pub fn popup(&self) -> Option<&Popup> {
        self.popup.as_ref()
    }

    /// The sentence in the status line.
    pub fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// Keys that have not become an action yet.
    pub fn keys(&self) -> &KeyInput {
        &self.keys
    }

    /// The changes that can be undone.
    pub fn undo(&self) -> &UndoList {
        &self.undo
    }

    /// The jobs under way.
    pub fn jobs(&self) -> &Jobs {
        &self.jobs
    }

    /// The refresh under way, and when the next one is due.
    pub fn refresher(&self) -> &Refresher {
        &self.refresher
    }

    /// What is being read aloud.
    pub fn listening(&self) -> &Listening {
        &self.listening
    }

    /// The annotations of the open article.
    pub fn annotations(&self) -> &Annotations {
        &self.annotations
    }

    /// The walk through unread articles, where one is under way.
    pub fn briefing(&self) -> &Briefing {
        &self.briefing
    }

    /// Whether the keys belong to the briefing: in the reader, on the story that it shows.
    pub fn is_briefing(&self) -> bool {
        let selected = self.lists.shown.row().map(|row| row.id);
        self.focus == Pane::Reader && selected.is_some_and(|id| self.briefing.is_at(id))
    }

    /// First summary lines for the list.
    pub fn first_lines(&self) -> &panes::list::first_lines::FirstLines {
        &self.first_lines
    }

    /// Letters beside the links, while one is chosen.
    pub fn hints(&self) -> Option<&panes::links::Hints> {
        self.hints.as_ref()
    }

    /// What the panes may read.
    pub fn env(&self) -> Env<'_> {
        env!(self)
    }

    /// Whose keys are in force.
    pub fn key_context(&self) -> Context {
        match self.popup {
            Some(_) => Context::Popup,
            None => self.pane_context(),
        }
    }

    /// Whose keys are in force where no popup is open.
    pub fn pane_context(&self) -> Context {
        match self.focus {
            Pane::Sources => Context::Sources,
            Pane::List => Context::List,
            Pane::Reader if self.is_selecting_text() => Context::Highlight,
            Pane::Reader => Context::Reader,
        }
    }

    /// When the program wishes to be woken, where it does.
    pub fn wake(&self) -> Option<Timestamp> {
        self.refresher
            .next()
            .filter(|_| !self.jobs.is_busy(JobKind::Refresh))
    }

    /// The list that is shown.
    pub fn list(&self) -> &List {
        &self.lists.shown
    }

    /// Where things stand now.
    pub fn geometry(&self) -> Geometry {
        if self.start.is_linear() {
            let limit = self.start.column_limit();
            return Geometry::linear(self.start.screen, self.focus, limit);
        }
        Geometry::of(self.start.screen, self.division())
    }

    /// What the screen is divided by.
    fn division(&self) -> Division {
        let start = &self.start;
        // A list of one is no choice.
        let list = &self.lists.shown;
        let single = self.focus == Pane::Reader
            && list.collection() == Collection::Sources
            && list.is_known()
            && list.total() == 1;
        let division = Division {
            focus: self.focus,
            panes: start.prefs.panes(&start.config),
            alone: self.zen || single,
            front: list.collection() == Collection::Front,
            bare: self.zen,
            sources_percent: start.prefs.sources_percent(&start.config),
            list_percent: start.prefs.list_percent(&start.config),
            row_height: start.row_height(),
            measure: start.column_limit(),
            guide: self.lists.shown.collection() == Collection::Sample,
        };
        Division {
            alone: division.alone || self.focus == Pane::Reader && start.is_crowded(division),
            ..division
        }
    }

    /// The measure of the reader's column.
    pub fn measure(&self) -> Measure {
        self.start.measure(self.geometry().text.width)
    }

    /// Whether keys choose text of the article.
    pub fn is_selecting_text(&self) -> bool {
        self.annotations.selection().is_some() && self.focus == Pane::Reader && self.popup.is_none()
    }

    /// Where the rows of the front page stand, where that is the list.
    pub fn front(&self, geometry: &Geometry) -> Option<FrontLayout> {
        let list = &self.lists.shown;
        let is_laid_out = list.collection() == Collection::Front && !self.start.is_linear();
        let area = geometry.list.filter(|_| is_laid_out)?;
        let width = area.width.saturating_sub(2);
        Some(FrontLayout::of(list.rows(), width, self.start.policy))
    }

    /// The same, where the page has the reader's room too.
    pub(in crate::app) fn whole_front(&self) -> Option<FrontLayout> {
        let geometry = self.geometry();
        self.front(&geometry).filter(|_| geometry.reader.is_none())
    }

    /// The index of the list's row at the top of its pane. Where the pane has become smaller, so
    /// that the chosen row would be out of sight, it is a later one than the list's own.
    pub fn list_top(&self, geometry: &Geometry) -> usize {
        let list = &self.lists.shown;
        let rows = geometry.list.map_or(0, |area| area.height) / self.start.row_height();
        list.top_in(usize::from(rows))
    }

    /// Rows of the list that fit its pane.
    pub fn list_page(&self) -> usize {
        self.list_rows(&self.geometry())
    }

    /// The same, where the geometry is at hand.
    pub(in crate::app) fn list_rows(&self, geometry: &Geometry) -> usize {
        let rows = match geometry.list {
            Some(_) => usize::from(geometry.list_rows.max(1)),
            None => self.pane_rows(None),
        };
        (rows / usize::from(self.start.row_height())).max(1)
    }

    /// Rows of a pane; of one that is not shown, as many as it would have, so that it comes back as
    /// it was left.
    pub(in crate::app) fn pane_rows(&self, pane: Option<Area>) -> usize {
        let rows = pane.map_or(self.start.screen.height.saturating_sub(2), |a| a.height);
        usize::from(rows.max(1))
    }

    /// Says `text` in the status line.
    pub fn say(&mut self, text: String) {
        self.notice = Some(Notice { bad: false, text });
    }

    /// Says what went wrong in the status line.
    pub fn fail(&mut self, failure: &Failure) {
        self.notice = Some(Notice {
            bad: true,
            text: failure.sentence(&self.start.words),
        });
    }
}
