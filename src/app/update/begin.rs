//! The program at its start.

use crate::app::annotations::Annotations;
use crate::app::geometry::Pane;
use crate::app::input::key_input::KeyInput;
use crate::app::input::keymap::{self, Keymap};
use crate::app::jobs::Jobs;
use crate::app::model::{Model, env};
use crate::app::panes;
use crate::app::panes::briefing::Briefing;
use crate::app::panes::list::List;
use crate::app::panes::list::stack::ListStack;
use crate::app::panes::listening::Listening;
use crate::app::panes::reader::Reader;
use crate::app::panes::sources::Sources;
use crate::app::protocol::effect::Effect;
use crate::app::refresher::Refresher;
use crate::app::undo_list::UndoList;
use crate::app::update::perform::perform;
use crate::app::{Failure, Start};

impl Model {
    /// The program at its start, and the first things it asks for.
    pub fn new(start: Start) -> (Self, Vec<Effect>) {
        let (keymap, errors) = Keymap::from_table(&start.config.key_table(), &start.config.keys);
        let faults = keymap::faults(&start.config, &errors);
        let rate = start.config.speech.rate;
        let mut model = Self {
            lists: ListStack::new(List::of(start.collection)),
            refresher: Refresher::at_start(&start),
            start,
            focus: Pane::List,
            zen: false,
            sources: Sources::default(),
            prompt: None,
            reader: Reader::default(),
            popup: None,
            dragged: None,
            notice: None,
            keymap,
            keys: KeyInput::default(),
            undo: UndoList::default(),
            jobs: Jobs::default(),
            listening: Listening::at_rate(rate),
            annotations: Annotations::default(),
            briefing: Briefing::default(),
            first_lines: panes::list::first_lines::FirstLines::default(),
            hints: None,
        };
        if let Some((_, fault)) = faults.first() {
            let more = match faults.len() {
                1 => String::new(),
                all => format!(" (+{})", all - 1),
            };
            model.fail(&Failure::new(
                fault.cause,
                &format!("{}{more}", fault.subject),
            ));
        }
        if let Some(failure) = model.start.failures.first().cloned() {
            model.fail(&failure);
        }
        model.sources.make_rows(&model.start);
        model.sources.invalidate();
        let rows = model.lists.shown.fetch(model.start.prefs.order);
        let reply = rows.and(model.sources.ask_if_shown(&env!(model)));
        let effects = perform(&mut model, reply);
        (model, effects)
    }
}
