//! Where everything that happens is taken in: routing only. The panes and [`command`] do the work.

mod begin;
pub mod command;
pub mod commit;
mod focus;
pub(crate) mod opening;
pub(crate) mod perform;
mod pointer;
pub(crate) mod popups;
pub(crate) mod reading;
pub(crate) mod scraps;
pub(crate) mod undo;

use super::input::action::Action;

use super::Model;
use super::annotations::tasks;
use super::geometry::Pane;
use super::input::key::Key;
use super::input::keymap::Context;
use super::jobs::{JobKind, PendingChange};
use super::panes::briefing;
use super::popups::Popup;
use super::popups::share_menu::sent;
use super::protocol::abilities::Abilities;
use super::protocol::effect::Effect;
use super::protocol::failure::Failure;
use super::protocol::job::{JobId, Outcome};
use super::protocol::library::LibraryOutcome;
use super::protocol::message::{JobEvent, Message};
use super::protocol::network::NetworkOutcome;
use super::protocol::picture::PictureOutcome;
use super::protocol::rows::{Collection, OpenedArticle, RowsPage};
use super::protocol::speech::SpeechOutcome;
use super::protocol::story::StoryOutcome;
use super::refresher;
use super::reply::Reply;
use crate::config::ThemeChoice;
use perform::{env, perform};

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
        Message::Due => {
            let reply = model.refresher.start_due(&env!(model));
            perform(model, reply)
        }
        Message::LibraryChanged => {
            let reply = refresher::library_changed(&env!(model));
            perform(model, reply)
        }
        Message::Job(id, JobEvent::Progress(progress)) => {
            match model.jobs.kind(id) {
                Some(JobKind::ModelSummary) => {
                    model.reader.short_news_mut().note_characters(progress.done);
                }
                Some(JobKind::Refresh) => model.refresher.note_progress(progress),
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
    model.lists.shown.keep_in_view(page);
    let page = model.sources_page();
    model.sources.keep_in_view(page);
    let reply = model.sources.ask_if_shown(&env!(model));
    let mut effects = perform(model, reply);
    effects.extend(reading::settle_pictures(model));
    let env = env!(model);
    let list = &model.lists.shown;
    let reply = model.first_lines.ask(list, &env).and(list.fetch_more(&env));
    effects.extend(perform(model, reply));
    effects
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
        let (actions, count) = model.keys.press(key, &model.keymap, context(model));
        for action in actions {
            effects.extend(act(model, action, count));
        }
        // What an input method put together of several keys is no text for a line that one of them
        // opened.
        if model.prompt.is_some() {
            break;
        }
    }
    effects
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
            if model.lists.shown.go(action, count, page) {
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
            let env = env!(model);
            let committer = commit::Committer {
                annotations: &mut model.annotations,
                undo: &mut model.undo,
                open: model.reader.article().map(|a| a.id()),
            };
            let reply = committer.answered(change, answer, &env);
            perform(model, reply)
        }
        LibraryOutcome::Rows(answer) => rows_came(model, answer),
        LibraryOutcome::Article(answer) => article_came(model, answer),
        LibraryOutcome::CheckLibraryVersion(answer) => {
            let reply = refresher::library_checked(answer, &env!(model));
            perform(model, reply)
        }
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
        NetworkOutcome::ReadSources(answer) => {
            let reply = model.lists.shown.sources_read(answer, &env!(model));
            perform(model, reply)
        }
        NetworkOutcome::Summary(answer) => reading::summary_came(model, answer),
        NetworkOutcome::ModelSummary(answer) => {
            reading::with_reader(model, |reader, env| reader.model_summary_came(answer, env))
        }
        NetworkOutcome::Refresh(answer) => {
            model.sources.invalidate();
            let reply = model.refresher.ended(answer, &env!(model));
            perform(model, reply)
        }
        NetworkOutcome::FetchAhead(answer) => {
            let reply = refresher::fetched_ahead(answer, &env!(model));
            perform(model, reply)
        }
        NetworkOutcome::FullText(answer) | NetworkOutcome::Page(answer) => {
            article_came(model, answer)
        }
        NetworkOutcome::Subscribe(answer) => {
            model.sources.invalidate();
            let reply = model.lists.subscribed(answer, &env!(model));
            perform(model, reply)
        }
        NetworkOutcome::TryFeed(address, answer) => {
            let Some(Popup::Publishers(list)) = &mut model.popup else {
                return Vec::new();
            };
            let reply = list.tried(&address, answer);
            perform(model, reply)
        }
        NetworkOutcome::FirstLines(answer) => {
            model.first_lines.take(answer);
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
            model.first_lines.take(answer);
            Vec::new()
        }
        StoryOutcome::Group(answer) => {
            let reply = refresher::grouped(answer, &env!(model));
            perform(model, reply)
        }
        StoryOutcome::Versions(answer) => {
            reading::versions_came(model, answer);
            Vec::new()
        }
    }
}

fn rows_came(model: &mut Model, answer: Result<RowsPage, Failure>) -> Vec<Effect> {
    let is_reading = model.reader.id().is_some();
    let env = env!(model);
    let reply = model.lists.shown.rows_came(answer, is_reading, &env);
    perform(model, reply)
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
    let query = model.lists.shown.listing().matcher.clone();
    model.reader.light_matches(query.as_ref());
    if let Some(open) = scraps::open_article(model) {
        let is_scrapped = open.is_scrapped || model.lists.shown.collection() == Collection::Scraps;
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
