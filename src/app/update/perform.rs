//! Replies of panes, carried out.

use super::navigation;
use super::{command, fetch_rows, opening, popups, reading, refresh, saved_queries, scraps};
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::input::prompt::Prompt;
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::model::Model;
use crate::app::panes::list::List;
use crate::app::popups::Popup;
use crate::app::protocol::change::Change;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::listing::Listing;
use crate::app::protocol::picture::PictureSlot;
use crate::app::protocol::prefs::Purpose;
use crate::app::protocol::rows::Collection;
use crate::app::reply::{Intent, Reply, Request};
use crate::news::Query;

/// What the panes of `model` may read, without borrowing the panes.
macro_rules! env {
    ($model:expr) => {{
        let (geometry, measure) = ($model.geometry(), $model.measure());
        $crate::app::env::Env {
            start: &$model.start,
            keymap: &$model.keymap,
            jobs: &$model.jobs,
            focus: $model.focus,
            geometry,
            measure,
            collection: $model.list.collection(),
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
            Request::CancelInlinePictures => {
                let is_inline =
                    |kind: &JobKind| matches!(kind, JobKind::Picture(PictureSlot::InText(_)));
                effects.extend(model.jobs.cancel_all(is_inline));
            }
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
        Intent::Prompt(purpose, text) => model.prompt = Some(Prompt::new(purpose, &text)),
        Intent::ActBelowPopup(action, count) => return popups::act_below(model, action, count),
        Intent::ClosePopup => model.popup = None,
        Intent::OpenPalette(line) => popups::open_palette(model, &line),
        Intent::StepPicture(steps) => {
            return reading::with_reader(model, |reader, env| reader.step_picture(steps, env));
        }
        Intent::ShowZoomedPicture => model.popup = Some(Popup::Picture),
        Intent::EnsureShortNews => return reading::ensure_short_news(model),
        Intent::Light(id, place) => {
            let rows = model.geometry().text.height;
            model.reader.light(id, &place, rows);
        }
        Intent::PutOutSpotlight => {
            model.reader.put_out_spotlight();
        }
        Intent::ContinueListening => return reading::continue_listening(model),
        Intent::OpenInStory(story, id) => return reading::open_in_story(model, story, id),
        Intent::Theme(name) => {
            let reply = crate::app::appearance::theme_named(&mut model.start, &name);
            return perform(model, reply);
        }
        Intent::FilterLibrary(text) => return filter_library(model, &text),
        Intent::ClosePrompt => model.prompt = None,
        Intent::Typed(purpose, text) => return typed(model, purpose, &text),
        Intent::Remember(purpose, text) => {
            if model.start.prefs.remember(purpose, text) {
                let change = Change::Prefs(model.start.prefs.clone());
                return vec![model.jobs.change(change, PendingChange::Quiet)];
            }
        }
        Intent::Filter(text, query) => return filter(model, text, *query),
        Intent::FilterTyped(text) => {
            let query = Query::parse(&text, &model.env().now());
            return query.map_or_else(|_| Vec::new(), |query| filter(model, text, query));
        }
        Intent::FindWords(text) => {
            let env = env!(model);
            model.reader.find_words(&text, &env);
        }
        Intent::FoundWords(text) => {
            if model.reader.found_nothing() {
                model.say(model.env().fill("notice.no-match", &[("text", &text)]));
            }
        }
        Intent::ForgetFound => model.reader.forget_found(),
        Intent::GoTo(listing) => return navigation::go_to(model, List::showing(listing)),
        Intent::Choose(listing) => return navigation::choose(model, List::showing(listing)),
        Intent::ShowLibrary => return navigation::library(model),
        Intent::FetchRows => return fetch_rows(model),
        Intent::Preview => return opening::preview(model),
        Intent::EnterReader => return opening::enter_reader(model),
        Intent::LeaveArticle => return opening::leave_article(model),
        Intent::OpenElsewhere(id, url) => return opening::open_elsewhere(model, id, url),
        Intent::Refresh(scope) => return refresh::ask(model, scope),
        Intent::Undoable(undo) => model.undo.push(undo),
        Intent::MarkScrapped(id, scrapped) => command::mark_scrapped(model, id, scrapped),
        Intent::RebuildArticle => {
            if let Some(article) = model.reader.article().cloned() {
                scraps::show_text(model, article);
            }
        }
        Intent::ShowText(article) => scraps::show_text(model, article),
        Intent::ShowSpan(from, until) => {
            let rows = model.geometry().text.height;
            model.reader.show_span((from, until), rows);
        }
        Intent::InvalidateSidebar => model.sources.invalidate(),
        Intent::Prefs(prefs) => {
            model.start.prefs = *prefs;
            return {
                let reply = crate::app::appearance::keep_prefs(&model.start);
                perform(model, reply)
            };
        }
    }
    Vec::new()
}

/// Filters the list by a query, as typed and parsed.
pub(crate) fn filter(model: &mut Model, text: String, query: Query) -> Vec<Effect> {
    model.list.filter_by(text, query);
    fetch_rows(model)
}

/// Shows what matches a query in the library; where it is wrong, it is asked for again.
fn filter_library(model: &mut Model, text: &str) -> Vec<Effect> {
    let mut effects = Vec::new();
    if !matches!(
        model.list.collection(),
        Collection::Library | Collection::Sources | Collection::Sample
    ) {
        let library = List::showing(Listing::of(Collection::Library));
        effects.extend(navigation::choose(model, library));
    }
    model.focus = Pane::List;
    match Query::parse(text, &model.env().now()) {
        Ok(query) => effects.extend(filter(model, text.trim().to_owned(), query)),
        Err(fault) => {
            model.prompt = Some(Prompt::query(text, model.list.query()).with_fault(fault));
        }
    }
    effects
}

/// Does what was typed into the prompt.
fn typed(model: &mut Model, purpose: Purpose, text: &str) -> Vec<Effect> {
    match purpose {
        Purpose::SaveSearch | Purpose::Mute | Purpose::Tag => {
            saved_queries::typed(model, purpose, text)
        }
        Purpose::Note | Purpose::HighlightNote | Purpose::Labels | Purpose::Export => {
            scraps::typed(model, purpose, text)
        }
        Purpose::FindArticles | Purpose::FindWords | Purpose::Subscribe => Vec::new(),
    }
}
