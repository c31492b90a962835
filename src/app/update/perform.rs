//! Replies of panes, carried out.

use super::{command, fetch_rows, refresh};
use crate::app::env::Env;
use crate::app::input::prompt;
use crate::app::model::Model;
use crate::app::panes::list::List;
use crate::app::panes::navigation;
use crate::app::protocol::effect::Effect;
use crate::app::reply::{Intent, Reply, Request};

/// What the panes of `model` may read, without borrowing the panes.
macro_rules! env {
    ($model:expr) => {{
        let (geometry, measure) = ($model.geometry(), $model.measure());
        $crate::app::env::Env {
            start: &$model.start,
            jobs: &$model.jobs,
            focus: $model.focus,
            geometry,
            measure,
            collection: $model.list.collection,
        }
    }};
}
pub(crate) use env;

impl Model {
    /// What the panes may read.
    pub fn env(&self) -> Env<'_> {
        env!(self)
    }
}

/// Carries out what a pane wants, in order; gives what to ask of the world.
pub(crate) fn perform(model: &mut Model, reply: Reply) -> Vec<Effect> {
    let mut effects = Vec::new();
    for request in reply.into_requests() {
        match request {
            Request::Start(kind, job) => effects.push(model.jobs.start(kind, job)),
            Request::Restart(kind, job) => effects.extend(model.jobs.restart(kind, job)),
            Request::Cancel(kind) => effects.extend(model.jobs.cancel(kind)),
            Request::Change(change, pending) => effects.push(model.jobs.change(change, pending)),
            Request::Effect(effect) => effects.push(effect),
            Request::Intent(intent) => effects.extend(carry_out(model, intent)),
        }
    }
    effects
}

fn carry_out(model: &mut Model, intent: Intent) -> Vec<Effect> {
    match intent {
        Intent::Say(text) => model.say(text),
        Intent::Fail(failure) => model.fail(&failure),
        Intent::Act(action, count) => return super::act(model, action, count),
        Intent::Focus(pane) => model.focus = pane,
        Intent::Prompt(purpose, text) => return prompt::open(model, purpose, &text),
        Intent::ClosePopup => model.popup = None,
        Intent::GoTo(listing) => return navigation::go_to(model, List::showing(listing)),
        Intent::Choose(listing) => return navigation::choose(model, List::showing(listing)),
        Intent::ShowLibrary => return navigation::library(model),
        Intent::FetchRows => return fetch_rows(model),
        Intent::Preview => return command::preview(model),
        Intent::EnterReader => return command::enter_reader(model),
        Intent::LeaveArticle => return command::leave_article(model),
        Intent::OpenElsewhere(id, url) => return command::open_elsewhere(model, id, url),
        Intent::Refresh(scope) => return refresh::ask(model, scope),
        Intent::Undoable(undo) => model.undo.push(undo),
        Intent::InvalidateSidebar => model.sources.invalidate(),
        Intent::Prefs(prefs) => {
            model.start.prefs = *prefs;
            return crate::app::appearance::keep_prefs(model);
        }
    }
    Vec::new()
}
