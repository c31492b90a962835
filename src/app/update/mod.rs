//! The only place where the whole model changes. A message is taken in by a part, which answers
//! with a [`Reply`](super::reply::Reply); [`perform`] carries that out, in order.
//!
//! * [`keys`] – from keys and pasted text to actions; [`pointer`] – from the mouse to actions
//! * [`actions`] – what every action does; [`answers`] – what becomes of the answers of jobs
//! * [`opening`], [`reading`], [`scraps`], [`focus`], [`popups`], [`undo`], [`commit`] – what
//!   concerns several parts at once: functions of those parts that answer with a reply
//! * [`begin`] – the model at the start

mod actions;
mod answers;
mod begin;
mod commit;
mod focus;
mod keys;
mod opening;
mod perform;
mod pointer;
mod popups;
mod reading;
mod scraps;
mod undo;

pub use keys::act;

use super::geometry::Pane;
use super::jobs::JobKind;
use super::model::{Model, env};
use super::popups::Popup;
use super::protocol::abilities::Abilities;
use super::protocol::effect::Effect;
use super::protocol::message::{JobEvent, Message};
use super::protocol::rows::Collection;
use super::refresher;
use super::reply::Reply;
use super::start::Start;
use crate::config::ThemeChoice;
use perform::perform;

/// Takes in what happened; gives what to ask of the world.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let mut effects = Vec::new();
    let reply = match message {
        Message::Key(key) => {
            effects = keys::press(model, key);
            Reply::none()
        }
        Message::Paste(text) => keys::paste(model, &text),
        Message::Mouse(mouse) => pointer::point(model, mouse),
        Message::Resized(screen) => {
            model.start.screen = screen;
            // The letters stand at lines that there are no longer.
            model.hints = None;
            Reply::none()
        }
        Message::FocusGained => Reply::none(),
        Message::Cell(width, height) => {
            model.start.canvas.cell = (width, height);
            Reply::none()
        }
        Message::Terminal(abilities) => {
            apply_terminal_abilities(&mut model.start, &abilities);
            Reply::none()
        }
        Message::Fonts(press) => {
            model.start.press = Some(press);
            model.start.settle_letters();
            Reply::none()
        }
        Message::Clock(now) => {
            model.start.now = now;
            Reply::none()
        }
        Message::Due => model.refresher.start_due(&env!(model)),
        Message::LibraryChanged => refresher::library_changed(&env!(model)),
        Message::FolderFailed(failure) | Message::FontMissing(failure) => {
            Reply::none().fail(failure)
        }
        Message::Job(id, JobEvent::Progress(progress)) => {
            match model.jobs.kind(id) {
                Some(JobKind::ModelSummary) => {
                    model.reader.short_news_mut().note_characters(progress.done);
                }
                Some(JobKind::Refresh) => model.refresher.note_progress(progress),
                Some(JobKind::Sync) => model.refresher.note_sync_progress(progress),
                _ => {}
            }
            return Vec::new();
        }
        Message::Job(id, JobEvent::Done(answer)) => answers::answered(model, id, answer),
        Message::Stop => model.listening.pause(&env!(model)).effect(Effect::Suspend),
        Message::Resumed => Reply::none().effect(Effect::Redraw),
        Message::Hangup => opening::leave_program(&model.reader, &env!(model)),
    };
    effects.extend(perform(model, reply));
    effects.extend(settle(model));
    effects
}

/// What follows from any change: text set to the measure in force, the chosen row in view and in
/// the reader.
fn settle(model: &mut Model) -> Vec<Effect> {
    let front = model.whole_front();
    let env = env!(model);
    model.reader.settle(&env.measure, env.text_rows());
    if env.focus == Pane::Reader {
        model.reader.note_end(env.text_rows());
    }
    match front {
        Some(layout) => {
            let lines = env.list_lines();
            model.lists.shown.keep_front_in_view(&layout, lines);
        }
        // Beside an article, it is left where it is.
        None if env.collection == Collection::Front => {}
        None => model.lists.shown.keep_in_view(env.list_page),
    }
    model.sources.keep_in_view(env.sources_page);
    let reply = model.sources.ask_if_shown(&env);
    let mut effects = perform(model, reply);
    let is_zoom_open = matches!(model.popup, Some(Popup::Picture));
    let reply = model.reader.settle_pictures(is_zoom_open, &env!(model));
    effects.extend(perform(model, reply));
    let env = env!(model);
    let list = &model.lists.shown;
    let reply = model.first_lines.ask(list, &env).and(list.fetch_more(&env));
    effects.extend(perform(model, reply));
    effects
}

/// The terminal reported its abilities, which until now were taken from earlier runs.
fn apply_terminal_abilities(start: &mut Start, abilities: &Abilities) {
    start.policy = abilities.policy;
    start.caps = abilities.caps;
    start.canvas = abilities.canvas;
    start.pictures = abilities.pictures;
    start.clipboard = abilities.clipboard;
    start.links = abilities.links;
    start.ground = abilities.ground;
    start.settle_letters();
    let is_free = start.config.theme == ThemeChoice::Auto
        && start
            .prefs
            .theme
            .as_deref()
            .is_none_or(|name| name == "auto");
    if is_free {
        start.theme = start
            .themes
            .choose(&ThemeChoice::Auto, abilities.light, start.depth);
    }
}
