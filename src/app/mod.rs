//! The program as a value: a [`Model`], what can happen to it ([`Message`]), what it may ask
//! ([`Effect`]).
//!
//! * [`written`]  – how the keeping of a change ended
//! * [`update`]   – the only place where state changes: routing to the panes
//! * [`command`]  – actions that belong to no single pane
//! * [`sources`], [`list`], [`reader`], [`popup`] – one file a pane: its state and what its actions
//!   do
//! * [`prompt`], [`field`] – the line that is typed into; [`collections`] – from list to list;
//!   [`fetching`] – from the network
//! * [`outlets`] – publishers to choose among; [`home`] – one publisher
//! * [`rules`] – saved searches, mute rules, orders, and what is done to the whole list
//! * [`palette`], [`help`] – what can be done and with which keys, searched; [`picker`] – the line
//!   and rows they share
//! * [`abilities`]  – what the terminal does, as it tells
//! * [`appearance`] – text size, measure and theme as the reader changes them
//! * [`listen`]    – 뉴스듣기; [`modelling`] – 숏뉴스 by a language model; [`briefing`] – unread articles
//!   one by one
//! * [`summary`] – the short news as a text
//! * [`card`]    – what stands in an article's place: an issue, the versions of an article;
//!   [`lines`] – the list's density
//! * [`layout`] – how many panes, how wide, which has the keys; [`choice`] – which of many rows is
//!   chosen
//! * [`pointer`] – the mouse; [`buttons`] – the top line's; [`select`] – text chosen with it
//! * [`links`] – letters that choose one; [`share`] – where an article can go; [`most_read`] – 많이 본
//!   뉴스
//! * [`pictures`] – pictures in the text, and one alone on the screen
//! * [`setting`]  – the measure in force: column, size and spacing for the text engine
//! * [`action`], [`key`], [`dubeolsik`], [`keymap`] – from a key to an action, by tables
//! * [`geometry`] – where things stand, for `update` and `view` alike
//! * [`jobs`], [`failure`], [`undo`], [`prefs`] – work under way, what went wrong, what can be
//!   taken back, what is remembered
//!
//! No I/O, no clock, no widgets.

pub mod annotations;
pub mod input;
pub mod panes;
pub mod popups;
pub mod protocol;

pub mod appearance;
pub mod geometry;
pub mod jobs;
pub mod layout;
pub mod share;
pub mod update;

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use geometry::{Geometry, Pane, Panes, Screen};
pub use jobs::{JobKind, Jobs, PendingChange};
pub use protocol::change::{Change, Changed};
pub use protocol::effect::Effect;
pub use protocol::failure::{Cause, Failure};
pub use protocol::job::{Job, JobId, Outcome};
pub use protocol::message::{JobEvent, Message};
pub use protocol::prefs::Prefs;
pub use protocol::rows::{Collection, Row};
pub use update::update;

use crate::config::{Config, Depth, Theme, Themes, Words};
use crate::glyph::Caps;
use crate::picture::Canvas;
use crate::text::WidthPolicy;
use annotations::Keeping;
use annotations::undo::Undo;
use geometry::{Area, Divider};
use input::key::Key;
use input::keymap::Keymap;
use input::prompt::Prompt;
use panes::briefing::Briefing;
use panes::list::List;
use panes::listening::Listening;
use panes::reader::Reader;
use panes::sources::Sources;
use popups::Popup;
use protocol::sharing::Clipboard;

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

/// A sentence in the status line, until the next key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Whether it is bad news.
    pub bad: bool,
    /// The sentence.
    pub text: String,
}

/// All state.
#[derive(Debug)]
pub struct Model {
    /// What the world told at the start, with what the reader changed since.
    pub start: Start,
    /// The pane with the keys.
    pub focus: Pane,
    /// The article alone.
    pub zen: bool,
    /// The sources pane.
    pub sources: Sources,
    /// The list pane.
    pub list: List,
    /// The lists that wait below the one that is shown, the lowest first.
    pub homes: Vec<List>,
    /// The reader pane.
    pub reader: Reader,
    /// The line that is being typed into.
    pub prompt: Option<Prompt>,
    /// What lies over the panes.
    pub popup: Option<Popup>,
    /// The line between panes that the mouse holds.
    pub dragged: Option<Divider>,
    /// The sentence in the status line.
    pub notice: Option<Notice>,
    /// Keys and what they mean.
    pub keymap: Keymap,
    /// Keys of a sequence that is not finished.
    pub pending: Vec<Key>,
    /// The number typed before a key.
    pub count: Option<usize>,
    /// Changes that can be taken back, newest last.
    pub undo: Vec<Undo>,
    /// The jobs under way.
    pub jobs: Jobs,
    /// The refresh under way was not asked for by anybody.
    pub unasked: bool,
    /// When the next one of that kind is due.
    pub next_refresh: Option<Timestamp>,
    /// What is being read aloud.
    pub listening: Listening,
    /// What is kept of the open article, and work on scraps.
    pub keeping: Keeping,
    /// The walk through unread articles, while it lasts.
    pub briefing: Option<Briefing>,
    /// The sentence that a card's line led to, until its article is there.
    pub landing: Option<panes::story_view::Target>,
    /// First summary lines for the list.
    pub lines: panes::row_density::FirstLines,
    /// How far the refresh is.
    pub progress: Option<protocol::message::Progress>,
    /// Whether pictures are shown, where the reader said so.
    pub pictures: Option<bool>,
    /// Letters beside the links, while one is chosen.
    pub hints: Option<panes::links::Hints>,
}

impl Model {
    /// The program at its start, and the first things it asks for.
    pub fn new(start: Start) -> (Self, Vec<Effect>) {
        let (keymap, conflicts) = Keymap::from_table(&start.config.key_table(), &start.config.keys);
        let rate = start.config.speech.rate;
        let mut model = Self {
            list: List::of(start.collection),
            start,
            focus: Pane::List,
            zen: false,
            sources: Sources::default(),
            homes: Vec::new(),
            prompt: None,
            reader: Reader::default(),
            popup: None,
            dragged: None,
            notice: None,
            keymap,
            pending: Vec::new(),
            count: None,
            undo: Vec::new(),
            jobs: Jobs::default(),
            unasked: false,
            next_refresh: None,
            listening: Listening::at_rate(rate),
            keeping: Keeping::default(),
            briefing: None,
            landing: None,
            lines: panes::row_density::FirstLines::default(),
            progress: None,
            pictures: None,
            hints: None,
        };
        if let Some(conflict) = conflicts.first() {
            let more = if conflicts.len() > 1 {
                format!(" (+{})", conflicts.len() - 1)
            } else {
                String::new()
            };
            model.fail(&Failure::new(Cause::Keys, &format!("{conflict}{more}")));
        }
        if let Some(failure) = model.start.failures.first().cloned() {
            model.fail(&failure);
        }
        panes::sources::fill(&mut model);
        model.sources.invalidate();
        model.next_refresh = update::refresh::first(&model);
        let mut effects = update::fetch_rows(&mut model);
        effects.extend(panes::sources::ask(&mut model));
        (model, effects)
    }

    /// When the program wishes to be woken, where it does.
    pub fn wake(&self) -> Option<Timestamp> {
        self.next_refresh
            .filter(|_| !self.jobs.is_busy(JobKind::Refresh))
    }

    /// Where things stand now.
    pub fn geometry(&self) -> Geometry {
        Geometry::of(self.start.screen, self.division())
    }

    /// Rows of the list that fit its pane.
    pub fn list_page(&self) -> usize {
        usize::from(self.rows_of(self.geometry().list) / self.row_height()).max(1)
    }

    /// Lines of a row of the list.
    pub fn row_height(&self) -> u16 {
        u16::from(self.start.prefs.lines(&self.start.config)).max(1)
    }

    /// Rows of the sources that fit their pane.
    pub fn sources_page(&self) -> usize {
        usize::from(self.rows_of(self.geometry().sources))
    }

    /// Rows of a pane; of one that is not shown, as many as it would have, so that it comes back as
    /// it was left.
    fn rows_of(&self, pane: Option<Area>) -> u16 {
        pane.map_or(self.start.screen.height.saturating_sub(2), |a| a.height)
            .max(1)
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
