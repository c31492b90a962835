//! Where everything that happens is taken in: routing only. The panes and [`command`] do the work.

pub mod command;
pub mod commit;
pub mod refresh;
pub mod saved_queries;

use super::input::action::Action;

use super::annotations::highlighting;
use super::geometry::Pane;
use super::input::key::{Key, KeyCode};
use super::input::keymap::{Context, Resolution};
use super::input::{pointer, prompt};
use super::panes::list::{FIRST_FOUND, MOST_FOUND, PAGE};
use super::panes::{
    briefing, links, listening, model_summary, navigation, pictures, row_density, sources,
    story_view, summary,
};
use super::popups::{most_read, publisher_home, publishers};
use super::protocol::abilities;
use super::protocol::effect::{Collection, Effect, Job};
use super::protocol::jobs::JobId;
use super::protocol::message::{JobEvent, Message, Outcome};
use super::{Failure, Model, annotations, popups};
use crate::news::Filter;

/// The largest count that can be typed before a key.
const MOST: usize = 9_999;

/// Takes in what happened; gives what to ask of the world.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let mut effects = match message {
        Message::Key(key) => press(model, key),
        Message::Paste(text) => paste(model, &text),
        Message::Mouse(mouse) => pointer::point(model, mouse),
        Message::Resized(screen) => {
            model.start.screen = screen;
            Vec::new()
        }
        Message::FocusGained => Vec::new(),
        Message::Cell(width, height) => {
            model.start.canvas.cell = (width, height);
            Vec::new()
        }
        Message::Terminal(told) => {
            abilities::told(model, &told);
            Vec::new()
        }
        Message::Clock(now) => {
            model.start.now = now;
            Vec::new()
        }
        Message::Due => refresh::due(model),
        Message::LibraryChanged => refresh::library_changed(model),
        Message::Job(id, JobEvent::Progress(progress)) => {
            if model.reader.modelling.slot.holds(id) {
                model.reader.modelling.characters = progress.done;
            } else if model.refresh.holds(id) {
                model.progress = Some(progress);
            }
            return Vec::new();
        }
        Message::Job(id, JobEvent::Done(answer)) => answered(model, id, answer),
        Message::Stop => listening::pause(model)
            .into_iter()
            .chain([Effect::Suspend])
            .collect(),
        Message::Resumed => vec![Effect::Redraw],
        Message::Hangup => command::leave(model),
    };
    effects.extend(settle(model));
    effects
}

/// What follows from any change: text set to the measure in force, the chosen row in view and in
/// the reader.
fn settle(model: &mut Model) -> Vec<Effect> {
    let measure = model.measure();
    model.reader.settle(&measure);
    let page = model.list_page();
    model.list.keep_in_view(page);
    let page = model.sources_page();
    model.sources.keep_in_view(page);
    let mut effects = sources::ask(model);
    effects.extend(pictures::settle(model));
    effects.extend(row_density::wanted(model));
    if model.list.wants_more() && !model.list.loading.busy() {
        effects.extend(fetch_rows_from(model, model.list.rows.len()));
    }
    effects
}

/// Asks for the rows of the list's collection.
pub fn fetch_rows(model: &mut Model) -> Vec<Effect> {
    fetch_rows_from(model, 0)
}

fn fetch_rows_from(model: &mut Model, offset: usize) -> Vec<Effect> {
    let limit = match (offset, &model.list.matcher) {
        // What is found first is shown while the rest is looked for.
        (0, Some(_)) if model.list.rows.is_empty() => FIRST_FOUND,
        (0, Some(_)) => MOST_FOUND,
        (0, None) => model.list.rows.len().max(PAGE),
        _ => PAGE,
    };
    let (id, old) = model.list.loading.start(&mut model.jobs);
    let list = &model.list;
    let filter = Filter {
        order: model.start.prefs.order,
        ..list.filter.clone()
    };
    let query = list.matcher.clone();
    let job = Job::Rows {
        collection: list.collection,
        filter,
        query,
        offset,
        limit,
    };
    old.map(Effect::Cancel)
        .into_iter()
        .chain([Effect::Start(id, job)])
        .collect()
}

fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if model.prompt.is_some() {
        return prompt::paste(model, text);
    }
    popups::paste(model, text);
    Vec::new()
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    model.notice = None;
    model.reader.selection = None;
    if model.hints.is_some() {
        return links::press(model, key);
    }
    if model.prompt.is_some() {
        return prompt::press(model, key);
    }
    if let Some(effects) = popups::press(model, key) {
        return effects;
    }
    let mut effects = Vec::new();
    for key in key.latin() {
        effects.extend(stroke(model, key));
        // What an input method put together of several keys is no text for a line that one of them
        // opened.
        if model.prompt.is_some() {
            break;
        }
    }
    effects
}

/// One key as a Latin layout sends it: a digit of a count, a part of a sequence, or what its
/// actions do.
fn stroke(model: &mut Model, key: Key) -> Vec<Effect> {
    if let KeyCode::Char(digit @ '0'..='9') = key.code
        && !key.ctrl
        && !key.alt
        && model.pending.is_empty()
        && (digit != '0' || model.count.is_some())
    {
        let count = model.count.unwrap_or(0) * 10 + digit as usize - '0' as usize;
        model.count = Some(count.min(MOST));
        return Vec::new();
    }
    model.pending.push(key);
    match model.keymap.resolve(context(model), &model.pending) {
        Resolution::Pending => Vec::new(),
        Resolution::None => {
            model.pending.clear();
            model.count = None;
            Vec::new()
        }
        Resolution::Actions(actions) => {
            model.pending.clear();
            let count = model.count.take().unwrap_or(1);
            actions
                .into_iter()
                .flat_map(|action| act(model, action, count))
                .collect()
        }
    }
}

/// Whose keys they are.
pub fn context(model: &Model) -> Context {
    match (&model.popup, model.focus) {
        (Some(_), _) => Context::Popup,
        (None, Pane::Sources) => Context::Sources,
        (None, Pane::List) => Context::List,
        (None, Pane::Reader) if highlighting::has_keys(model) => Context::Highlight,
        (None, Pane::Reader) => Context::Reader,
    }
}

/// Does an action, `count` times where that means something.
pub fn act(model: &mut Model, action: Action, count: usize) -> Vec<Effect> {
    if model.popup.is_some() && !matches!(action, Action::Suspend | Action::Redraw) {
        return popups::act(model, action, count);
    }
    if highlighting::has_keys(model)
        && let Some(effects) = highlighting::act(model, action, count)
    {
        return effects;
    }
    if briefing::has_keys(model)
        && let Some(effects) = briefing::act(model, action)
    {
        return effects;
    }
    if let Some(effects) = story_view::act(model, action, count) {
        return effects;
    }
    match action {
        Action::Down
        | Action::Up
        | Action::First
        | Action::Last
        | Action::HalfPageDown
        | Action::HalfPageUp
        | Action::PageDown
        | Action::PageUp => travel(model, model.focus, action, count),
        _ => command::act(model, action, count),
    }
}

/// Goes through what a pane shows.
pub fn travel(model: &mut Model, pane: Pane, action: Action, count: usize) -> Vec<Effect> {
    match pane {
        Pane::Sources => {
            let page = model.sources_page();
            model.sources.go(action, count, page);
            sources::tell(model);
            Vec::new()
        }
        Pane::List => {
            let page = model.list_page();
            if model.list.go(action, count, page) {
                command::preview(model)
            } else {
                Vec::new()
            }
        }
        Pane::Reader => {
            let rows = model.geometry().text.height;
            model.reader.go(action, count, rows);
            Vec::new()
        }
    }
}

/// What was found out about stories, versions and first lines.
fn stories_answered(model: &mut Model, id: JobId, answer: Result<Outcome, Failure>) -> Vec<Effect> {
    if model.comparing.answered(id) {
        return story_view::versions_came(model, answer);
    }
    if model.grouping.answered(id) {
        return refresh::grouped(model, answer);
    }
    if model.lines.loading.answered(id) {
        row_density::came(model, answer);
    }
    Vec::new()
}

fn answered(model: &mut Model, id: JobId, answer: Result<Outcome, Failure>) -> Vec<Effect> {
    if model.list.loading.answered(id) {
        return rows_came(model, answer);
    }
    if model.reader.loading.answered(id) {
        return article_came(model, answer);
    }
    if model.reader.summarizing.answered(id) {
        return summary::came(model, answer);
    }
    if [model.comparing, model.grouping, model.lines.loading]
        .iter()
        .any(|slot| slot.holds(id))
    {
        return stories_answered(model, id, answer);
    }
    if model.reader.modelling.slot.answered(id) {
        return model_summary::came(model, answer);
    }
    if model.ranking.answered(id) {
        return most_read::came(model, answer);
    }
    if pictures::answered(model, id, &answer) {
        return Vec::new();
    }
    if model.listening.answered(id) {
        return listening::said(model, answer);
    }
    if model.sources.loading.answered(id) {
        return sources::came(model, answer);
    }
    if model.subscribing.answered(id) {
        model.sources.invalidate();
        return navigation::subscribed(model, answer);
    }
    if model.ahead.answered(id) {
        return refresh::fetched_ahead(model, answer);
    }
    if model.refresh.answered(id) {
        model.progress = None;
        model.sources.invalidate();
        return refresh::refreshed(model, answer);
    }
    if publishers::tried(model, id, &answer) {
        return Vec::new();
    }
    if model.asking.answered(id) {
        return publisher_home::came(model, answer);
    }
    if model.tide.answered(id) {
        return refresh::library_checked(model, answer);
    }
    if let Some(effects) = annotations::answered(model, id, &answer) {
        return effects;
    }
    match model.writes.remove(&id) {
        Some(write) => {
            model.sources.invalidate();
            commit::written(model, &write, answer)
        }
        None => Vec::new(),
    }
}

fn rows_came(model: &mut Model, answer: Result<Outcome, Failure>) -> Vec<Effect> {
    match answer {
        Ok(Outcome::Rows {
            collection,
            offset,
            rows,
            total,
            unread,
            failures,
        }) if collection == model.list.collection => {
            let is_first = model.list.matcher.is_some()
                && rows.len() == FIRST_FOUND
                && model.list.rows.is_empty();
            model.list.take(offset, rows, total, unread);
            prompt::light_found(model);
            if is_first {
                let mut effects = command::preview(model);
                effects.extend(fetch_rows(model));
                return effects;
            }
            if let Some(failure) = failures.first() {
                model.fail(failure);
            }
            if collection == Collection::Sources
                && model.list.total == 1
                && model.reader.id.is_none()
            {
                return act(model, Action::Open, 1);
            }
            command::preview(model)
        }
        Ok(_) => Vec::new(),
        Err(failure) => {
            model.list.known = true;
            model.fail(&failure);
            Vec::new()
        }
    }
}

fn article_came(model: &mut Model, answer: Result<Outcome, Failure>) -> Vec<Effect> {
    match answer {
        Ok(Outcome::Article(article, place)) => {
            let (document, measure) = (model.document(&article), model.measure());
            let waiting = [
                model.reader.summarizing.stop(),
                model.reader.modelling.slot.stop(),
            ];
            let mut effects: Vec<Effect> =
                waiting.into_iter().flatten().map(Effect::Cancel).collect();
            let then = model.reader.on_arrival.take();
            model.reader.open(article, place, document, &measure);
            prompt::light_found(model);
            effects.extend(annotations::article_came(model));
            effects.extend(command::ensure_brief(model));
            if let Some(action) = then {
                effects.extend(command::act(model, action, 1));
            }
            if model.focus == Pane::Reader {
                effects.extend(command::opened(model));
            }
            story_view::land(model);
            effects.extend(listening::article_came(model));
            effects
        }
        Ok(Outcome::Issue(issue)) => story_view::issue_came(model, &issue),
        Ok(_) => Vec::new(),
        Err(failure) => {
            model.fail(&failure);
            model.reader.failure = Some(failure);
            listening::article_came(model)
        }
    }
}
