//! The program at its start.

use crate::app::annotations::Annotations;
use crate::app::geometry::Pane;
use crate::app::input::keymap::Keymap;
use crate::app::jobs::Jobs;
use crate::app::panes;
use crate::app::panes::list::List;
use crate::app::panes::listening::Listening;
use crate::app::panes::reader::Reader;
use crate::app::panes::sources::Sources;
use crate::app::protocol::effect::Effect;
use crate::app::update::perform::{env, perform};
use crate::app::{Cause, Failure, Model, Start, update};

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
            annotations: Annotations::default(),
            briefing: None,
            lines: panes::row_density::FirstLines::default(),
            progress: None,
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
        model.sources.make_rows(&model.start);
        model.sources.invalidate();
        model.next_refresh = update::refresh::first(&model);
        let mut effects = update::fetch_rows(&mut model);
        let reply = model.sources.ask_if_shown(&env!(model));
        effects.extend(perform(&mut model, reply));
        (model, effects)
    }
}
