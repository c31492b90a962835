//! Where everything that happens is taken in: routing only. The panes and [`command`] do the work.

mod begin;
pub mod command;
pub mod commit;
mod focus;
pub(crate) mod navigation;
pub(crate) mod opening;
pub(crate) mod perform;
mod pointer;
pub(crate) mod popups;
pub(crate) mod reading;
pub mod refresh;
pub mod saved_queries;
pub(crate) mod scraps;
pub(crate) mod undo;

use super::input::action::Action;

use super::Model;
use super::annotations::tasks;
use super::geometry::Pane;
use super::input::key::{Key, KeyCode};
use super::input::keymap::{Context, Resolution};
use super::jobs::{JobKind, PendingChange};
use super::panes::list::{FIRST_FOUND, MOST_FOUND, PAGE};
use super::panes::{briefing, row_density};
use super::popups::Popup;
use super::popups::share_menu::sent;
use super::protocol::abilities::Abilities;
use super::protocol::effect::Effect;
use super::protocol::failure::Failure;
use super::protocol::job::{Job, JobId, Outcome};
use super::protocol::library::{LibraryJob, LibraryOutcome};
use super::protocol::message::{JobEvent, Message};
use super::protocol::network::{NetworkJob, NetworkOutcome};
use super::protocol::picture::PictureOutcome;
use super::protocol::rows::{Collection, OpenedArticle, RowsPage, RowsRequest};
use super::protocol::speech::SpeechOutcome;
use super::protocol::story::{StoryJob, StoryOutcome};
use super::reply::Reply;
use crate::config::ThemeChoice;
use crate::news::Filter;
use perform::{env, perform};

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
        Message::Terminal(abilities) => {
            apply_terminal_abilities(model, &abilities);
            Vec::new()
        }
        Message::Clock(now) => {
            model.start.now = now;
            Vec::new()
        }
        Message::Due => refresh::due(model),
        Message::LibraryChanged => refresh::library_changed(model),
        Message::Job(id, JobEvent::Progress(progress)) => {
            match model.jobs.kind(id) {
                Some(JobKind::ModelSummary) => {
                    model.reader.short_news_mut().note_characters(progress.done);
                }
                Some(JobKind::Refresh) => model.progress = Some(progress),
                _ => {}
            }
            return Vec::new();
        }
        Message::Job(id, JobEvent::Done(answer)) => answered(model, id, answer),
        Message::Stop => reading::pause_listening(model)
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
    let reply = model.sources.ask_if_shown(&env!(model));
    let mut effects = perform(model, reply);
    effects.extend(reading::settle_pictures(model));
    effects.extend(row_density::wanted(model));
    if model.list.wants_more() && !model.jobs.is_busy(JobKind::Rows) {
        effects.extend(fetch_rows_from(model, model.list.rows().len()));
    }
    effects
}

/// Asks for the rows of the list.
pub fn fetch_rows(model: &mut Model) -> Vec<Effect> {
    fetch_rows_from(model, 0)
}

fn fetch_rows_from(model: &mut Model, offset: usize) -> Vec<Effect> {
    let list = &model.list;
    let job: Job = match list.collection() {
        Collection::Issues => StoryJob::IssueRows.into(),
        // What the command line named is read anew, before it is listed.
        Collection::Sources if offset == 0 && list.listing().matcher.is_none() => {
            NetworkJob::ReadSources.into()
        }
        _ => LibraryJob::Rows(rows_request(model, offset)).into(),
    };
    model.jobs.restart(JobKind::Rows, job)
}

fn rows_request(model: &Model, offset: usize) -> RowsRequest {
    let list = &model.list;
    let limit = match (offset, &list.listing().matcher) {
        // The first matches are shown while the rest is searched for.
        (0, Some(_)) if list.rows().is_empty() => FIRST_FOUND,
        (0, Some(_)) => MOST_FOUND,
        (0, None) => list.rows().len().max(PAGE),
        _ => PAGE,
    };
    RowsRequest {
        collection: list.collection(),
        filter: Filter {
            order: model.start.prefs.order,
            ..list.listing().filter.clone()
        },
        query: list.listing().matcher.clone(),
        offset,
        limit,
    }
}

fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    if model.prompt.is_some() {
        return popups::with_prompt(model, |prompt, env| prompt.paste(text, env));
    }
    popups::with_popup(model, |popup, env| {
        popup.paste(text, env);
        Reply::none()
    })
}

fn press(model: &mut Model, key: Key) -> Vec<Effect> {
    model.notice = None;
    model.reader.deselect();
    if let Some(hints) = model.hints.take() {
        let (rest, reply) = hints.press(key, &model.env());
        model.hints = rest;
        return perform(model, reply);
    }
    if model.prompt.is_some() {
        let labels = model.annotations.labels().to_vec();
        return popups::with_prompt(model, |prompt, env| prompt.press(key, &labels, env));
    }
    let mut is_typed = false;
    let effects = popups::with_popup(model, |popup, env| {
        let reply = popup.press(key, env);
        is_typed = reply.is_some();
        reply.unwrap_or_default()
    });
    if is_typed {
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

/// Whose keys are in force.
pub fn context(model: &Model) -> Context {
    match model.popup {
        Some(_) => Context::Popup,
        None => pane_context(model),
    }
}

/// Whose keys are in force where no popup is open.
pub(crate) fn pane_context(model: &Model) -> Context {
    match model.focus {
        Pane::Sources => Context::Sources,
        Pane::List => Context::List,
        Pane::Reader if model.is_selecting_text() => Context::Highlight,
        Pane::Reader => Context::Reader,
    }
}

/// Does an action, `count` times where that means something.
pub fn act(model: &mut Model, action: Action, count: usize) -> Vec<Effect> {
    if model.popup.is_some() && !matches!(action, Action::Suspend | Action::Redraw) {
        return popups::with_popup(model, |popup, env| popup.on(action, count, env));
    }
    if model.is_selecting_text()
        && let Some(open) = scraps::open_article(model)
        && let Some(reply) = {
            let env = env!(model);
            model.annotations.on_selection(action, count, &open, &env)
        }
    {
        return perform(model, reply);
    }
    if briefing::has_keys(model)
        && let Some(effects) = briefing::act(model, action)
    {
        return effects;
    }
    let env = env!(model);
    if let Some(reply) = model.reader.on_story_view(action, count, &env) {
        return perform(model, reply);
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
            let reply = model.sources.go(action, count, page);
            perform(model, reply)
        }
        Pane::List => {
            let page = model.list_page();
            if model.list.go(action, count, page) {
                opening::preview(model)
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

/// Takes in what a job ended with.
fn answered(model: &mut Model, id: JobId, outcome: Outcome) -> Vec<Effect> {
    // A job that was cancelled, or replaced by another of its kind, still answers; nothing waits
    // for that.
    let Some(waiting) = model.jobs.finish(id) else {
        return Vec::new();
    };
    match outcome {
        Outcome::Library(outcome) => library_answered(model, &waiting.change, outcome),
        Outcome::Network(outcome) => network_answered(model, outcome),
        Outcome::Story(outcome) => story_answered(model, outcome),
        Outcome::Picture(PictureOutcome::Draw(slot, answer)) => {
            model.reader.picture_came(slot, answer);
            Vec::new()
        }
        Outcome::Speech(SpeechOutcome::Say(answer)) => reading::said(model, answer),
    }
}

fn library_answered(
    model: &mut Model,
    change: &PendingChange,
    outcome: LibraryOutcome,
) -> Vec<Effect> {
    match outcome {
        LibraryOutcome::Change(answer) => {
            model.sources.invalidate();
            commit::written(model, change, answer)
        }
        LibraryOutcome::Rows(answer) => rows_came(model, answer),
        LibraryOutcome::Article(answer) => article_came(model, answer),
        LibraryOutcome::CheckLibraryVersion(answer) => refresh::library_checked(model, answer),
        LibraryOutcome::Sidebar(Ok(data)) => {
            model.sources.take(*data, &model.start);
            popups::renew_palette(model);
            Vec::new()
        }
        LibraryOutcome::Sidebar(Err(failure)) => {
            model.fail(&failure);
            Vec::new()
        }
        LibraryOutcome::Publishers(answer) => {
            popups::publishers_came(model, answer);
            Vec::new()
        }
        LibraryOutcome::PublisherHome(answer) => {
            popups::publisher_home_came(model, answer);
            Vec::new()
        }
        LibraryOutcome::MostRead(answer) => {
            popups::rankings_came(model, answer);
            Vec::new()
        }
        LibraryOutcome::Scrap(answer) => {
            let open = model.reader.article().map(|a| a.id());
            let reply = model.annotations.scrap_came(answer, open, &env!(model));
            perform(model, reply)
        }
        LibraryOutcome::Labels(answer) => {
            let reply = model.annotations.labels_came(answer);
            perform(model, reply)
        }
    }
}

fn network_answered(model: &mut Model, outcome: NetworkOutcome) -> Vec<Effect> {
    match outcome {
        NetworkOutcome::ReadSources(answer) => sources_read(model, answer),
        NetworkOutcome::Summary(answer) => reading::summary_came(model, answer),
        NetworkOutcome::ModelSummary(answer) => {
            reading::with_reader(model, |reader, env| reader.model_summary_came(answer, env))
        }
        NetworkOutcome::Refresh(answer) => {
            model.progress = None;
            model.sources.invalidate();
            refresh::refreshed(model, answer)
        }
        NetworkOutcome::FetchAhead(answer) => refresh::fetched_ahead(model, answer),
        NetworkOutcome::FullText(answer) | NetworkOutcome::Page(answer) => {
            article_came(model, answer)
        }
        NetworkOutcome::Subscribe(answer) => {
            model.sources.invalidate();
            navigation::subscribed(model, answer)
        }
        NetworkOutcome::TryFeed(address, answer) => {
            let Some(Popup::Publishers(list)) = &mut model.popup else {
                return Vec::new();
            };
            let reply = list.tried(&address, answer);
            perform(model, reply)
        }
        NetworkOutcome::FirstLines(answer) => {
            row_density::came(model, answer);
            Vec::new()
        }
        NetworkOutcome::Browse(answer)
        | NetworkOutcome::ViewPicture(answer)
        | NetworkOutcome::Copy(answer) => {
            if let Err(failure) = answer {
                model.fail(&failure);
            }
            Vec::new()
        }
        NetworkOutcome::Share(answer) => {
            let reply = sent(answer, &model.env());
            perform(model, reply)
        }
        NetworkOutcome::CompleteScraps(answer) => {
            let reply = model.annotations.completed(answer, &env!(model));
            perform(model, reply)
        }
        NetworkOutcome::Export(answer) => {
            let reply = tasks::exported(answer, &env!(model));
            perform(model, reply)
        }
        NetworkOutcome::Print(answer) => {
            let reply = tasks::printed(answer, &env!(model));
            perform(model, reply)
        }
        NetworkOutcome::CheckPage(answer) => {
            let reply = model.annotations.page_checked(answer, &env!(model));
            perform(model, reply)
        }
    }
}

fn story_answered(model: &mut Model, outcome: StoryOutcome) -> Vec<Effect> {
    match outcome {
        StoryOutcome::IssueRows(answer) => rows_came(model, answer),
        StoryOutcome::Issue(Ok(issue)) => {
            reading::with_reader(model, |reader, env| reader.show_issue(&issue, env))
        }
        StoryOutcome::Issue(Err(failure)) => article_failed(model, failure),
        StoryOutcome::FirstLines(answer) => {
            row_density::came(model, answer);
            Vec::new()
        }
        StoryOutcome::Group(answer) => refresh::grouped(model, answer),
        StoryOutcome::Versions(answer) => {
            reading::versions_came(model, answer);
            Vec::new()
        }
    }
}

/// The sources of the command line were read: their rows can be asked for now.
fn sources_read(model: &mut Model, answer: Result<Vec<Failure>, Failure>) -> Vec<Effect> {
    match answer {
        Ok(failures) => {
            if let Some(failure) = failures.first() {
                model.fail(failure);
            }
            let request = rows_request(model, 0);
            model.jobs.restart(JobKind::Rows, LibraryJob::Rows(request))
        }
        Err(failure) => rows_came(model, Err(failure)),
    }
}

fn rows_came(model: &mut Model, answer: Result<RowsPage, Failure>) -> Vec<Effect> {
    let page = match answer {
        Ok(page) => page,
        Err(failure) => {
            model.list.note_failure();
            model.fail(&failure);
            return Vec::new();
        }
    };
    let is_first = model.list.listing().matcher.is_some()
        && page.rows.len() == FIRST_FOUND
        && model.list.rows().is_empty();
    model.list.take(page);
    let query = model.list.listing().matcher.clone();
    model.reader.light_matches(query.as_ref());
    if is_first {
        let mut effects = opening::preview(model);
        effects.extend(fetch_rows(model));
        return effects;
    }
    if model.list.collection() == Collection::Sources
        && model.list.total() == 1
        && model.reader.id().is_none()
    {
        return act(model, Action::Open, 1);
    }
    opening::preview(model)
}

fn article_came(model: &mut Model, answer: Result<OpenedArticle, Failure>) -> Vec<Effect> {
    let OpenedArticle { article, place } = match answer {
        Ok(opened) => opened,
        Err(failure) => return article_failed(model, failure),
    };
    let (document, measure) = (model.start.document(&article), model.measure());
    let mut effects = model.jobs.cancel(JobKind::Summary);
    effects.extend(model.jobs.cancel(JobKind::ModelSummary));
    let then = model.reader.take_on_arrival();
    model.reader.open(article, place, document, &measure);
    let query = model.list.listing().matcher.clone();
    model.reader.light_matches(query.as_ref());
    if let Some(open) = scraps::open_article(model) {
        let is_scrapped = open.is_scrapped || model.list.collection() == Collection::Scraps;
        let id = open.article.id();
        let reply = model.annotations.article_came(id, is_scrapped);
        effects.extend(perform(model, reply));
    }
    effects.extend(reading::ensure_short_news(model));
    if let Some(action) = then {
        effects.extend(command::act(model, action, 1));
    }
    if model.focus == Pane::Reader {
        effects.extend(opening::opened(model));
    }
    let rows = model.geometry().text.height;
    model.reader.land(rows);
    effects.extend(reading::continue_listening(model));
    effects
}

fn article_failed(model: &mut Model, failure: Failure) -> Vec<Effect> {
    model.fail(&failure);
    model.reader.fail(failure);
    reading::continue_listening(model)
}

/// The terminal reported its abilities, which until now were taken from earlier runs.
fn apply_terminal_abilities(model: &mut Model, abilities: &Abilities) {
    let start = &mut model.start;
    start.policy = abilities.policy;
    start.caps = abilities.caps;
    start.canvas = abilities.canvas;
    start.pictures = abilities.pictures;
    start.clipboard = abilities.clipboard;
    start.links = abilities.links;
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
