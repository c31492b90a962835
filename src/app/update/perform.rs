//! Replies of panes, carried out.

use super::{opening, popups, reading, scraps};
use crate::app::appearance::{keep_prefs, theme_named};
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::input::prompt::Prompt;
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::model::Model;
use crate::app::panes::list::stack::ListStack;
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
            list_page: $model.list_page(),
            collection: $model.lists.shown.collection(),
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
    let env = env!(model);
    if let Some(reply) = carry_out_in_lists(&mut model.lists, &intent, &env) {
        return perform(model, reply);
    }
    match intent {
        Intent::Say(text) => model.say(text),
        Intent::Fail(failure) => model.fail(&failure),
        Intent::Act(action, count) => return super::act(model, action, count),
        Intent::Focus(pane) => model.focus = pane,
        Intent::LeaveZen => model.zen = false,
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
            let reply = theme_named(&mut model.start, &name);
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
        Intent::FindWords(text) => {
            let env = env!(model);
            model.reader.find_words(&text, &env);
        }
        Intent::FoundWords(text) if model.reader.found_nothing() => {
            model.say(model.env().fill("notice.no-match", &[("text", &text)]));
        }
        Intent::FoundWords(_) => {}
        Intent::ForgetFound => model.reader.forget_found(),
        Intent::ShowArrivals => {
            model.first_lines.forget();
            let reply = model.lists.show_arrivals(&env!(model));
            return perform(model, reply);
        }
        Intent::ForgetFirstLines => model.first_lines.forget(),
        Intent::LightMatches => {
            let query = model.lists.shown.listing().matcher.clone();
            model.reader.light_matches(query.as_ref());
        }
        Intent::PreviewAgain => {
            model.reader.forget_article();
            return opening::preview(model);
        }
        Intent::Preview => return opening::preview(model),
        Intent::EnterReader => return opening::enter_reader(model),
        Intent::LeaveArticle => return opening::leave_article(model),
        Intent::OpenElsewhere(id, url) => return opening::open_elsewhere(model, id, url),
        Intent::Refresh(scope) => {
            let reply = model.refresher.start(scope, &env!(model));
            return perform(model, reply);
        }
        Intent::Undoable(undo) => model.undo.push(undo),
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
        // Carried out in the lists already.
        Intent::Filter(..)
        | Intent::FilterTyped(_)
        | Intent::GoTo(_)
        | Intent::Choose(_)
        | Intent::ShowLibrary
        | Intent::FetchRows
        | Intent::ReloadRows
        | Intent::MarkScrapped(..) => {}
        Intent::Prefs(prefs) => {
            model.start.prefs = *prefs;
            let reply = keep_prefs(&model.start);
            return perform(model, reply);
        }
    }
    Vec::new()
}

/// Carries out what concerns the lists; `None` where the intent is for another part.
fn carry_out_in_lists(lists: &mut ListStack, intent: &Intent, env: &Env<'_>) -> Option<Reply> {
    Some(match intent {
        Intent::Filter(text, query) => {
            lists
                .shown
                .filter(text.clone(), query.as_ref().clone(), env)
        }
        Intent::FilterTyped(text) => match Query::parse(text, &env.now()) {
            Ok(query) => lists.shown.filter(text.clone(), query, env),
            Err(_) => Reply::none(),
        },
        Intent::GoTo(listing) => lists.go_to(listing.clone(), env),
        Intent::Choose(listing) => lists.choose(listing.clone(), env),
        Intent::ShowLibrary => lists.show_library(env),
        Intent::FetchRows => lists.shown.fetch(env.start.prefs.order),
        Intent::ReloadRows => {
            lists.shown.clear();
            lists.shown.fetch(env.start.prefs.order)
        }
        Intent::MarkScrapped(id, scrapped) => {
            lists.set_scrapped(*id, *scrapped);
            Reply::none()
        }
        _ => return None,
    })
}

/// Shows what matches a query in the library; where it is wrong, it is asked for again.
fn filter_library(model: &mut Model, text: &str) -> Vec<Effect> {
    let env = env!(model);
    let lists = &mut model.lists;
    let reply = match env.collection {
        Collection::Library | Collection::Sources | Collection::Sample => Reply::none(),
        _ => lists.choose(Listing::of(Collection::Library), &env),
    };
    let reply = reply.intent(Intent::Focus(Pane::List));
    let reply = match Query::parse(text, &env.now()) {
        Ok(query) => reply.and(lists.shown.filter(text.trim().to_owned(), query, &env)),
        Err(fault) => {
            let prompt = Prompt::query(text, lists.shown.query()).with_fault(fault);
            model.prompt = Some(prompt);
            reply
        }
    };
    perform(model, reply)
}

/// Does what was typed into the prompt.
fn typed(model: &mut Model, purpose: Purpose, text: &str) -> Vec<Effect> {
    match purpose {
        Purpose::SaveSearch | Purpose::Mute | Purpose::Tag => {
            let reply = model.lists.shown.typed(purpose, text, &env!(model));
            perform(model, reply)
        }
        Purpose::Note | Purpose::HighlightNote | Purpose::Labels | Purpose::Export => {
            scraps::typed(model, purpose, text)
        }
        Purpose::FindArticles | Purpose::FindWords | Purpose::Subscribe => Vec::new(),
    }
}
