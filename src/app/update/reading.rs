//! The open article, its short news, stories, and what is read aloud, where list, reader and voice
//! have to do with one another.

use std::sync::Arc;

use super::opening::{enter_reader, preview};
use super::perform::{env, perform};
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::jobs::JobKind;
use crate::app::model::Model;
use crate::app::panes::listening::{Listening, Step};
use crate::app::panes::reader::Reader;
use crate::app::panes::reader::short_news::ShortNewsState;
use crate::app::panes::showing::Showing;
use crate::app::popups::Popup;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::failure::Failure;
use crate::app::protocol::listing::Listing;
use crate::app::protocol::message::Mouse;
use crate::app::protocol::network::MadeSummary;
use crate::app::protocol::rows::Collection;
use crate::app::protocol::speech::Spoken;
use crate::app::protocol::story::StoryJob;
use crate::app::reply::Reply;
use crate::config::ListeningExtent;
use crate::news::{ArticleId, StoryId, Versions};
use crate::speech::player::Event;
use crate::speech::{SpeechExtent, utterances};

/// Has the reader pane take something in.
pub(crate) fn with_reader(
    model: &mut Model,
    take: impl FnOnce(&mut Reader, &Env<'_>) -> Reply,
) -> Vec<Effect> {
    let env = env!(model);
    let reply = take(&mut model.reader, &env);
    perform(model, reply)
}

/// Takes in what the left button did over the article.
pub(crate) fn on_mouse(model: &mut Model, mouse: Mouse) -> Vec<Effect> {
    with_reader(model, |reader, env| reader.on_mouse(mouse, env))
}

/// What follows for the pictures from any change.
pub(crate) fn settle_pictures(model: &mut Model) -> Vec<Effect> {
    let is_zoom_open = matches!(model.popup, Some(Popup::Picture));
    with_reader(model, |reader, env| {
        reader.settle_pictures(is_zoom_open, env)
    })
}

/// Asks for the short news where it is to be shown and isn't there.
pub(crate) fn ensure_short_news(model: &mut Model) -> Vec<Effect> {
    with_reader(model, Reader::ensure_short_news)
}

/// Shows the short news by a language model, or the local one again.
pub(crate) fn ask_model(model: &mut Model) -> Vec<Effect> {
    let mut effects = if model.geometry().reader.is_some() {
        Vec::new()
    } else {
        enter_reader(model)
    };
    effects.extend(with_reader(model, Reader::ask_model));
    effects
}

/// Cancels the language model's work.
pub(crate) fn stop_model(model: &mut Model) -> Vec<Effect> {
    model.say(model.start.words.get("notice.model-stopped").to_owned());
    model.jobs.cancel(JobKind::ModelSummary)
}

/// The short news came, or why it can't be made.
pub(crate) fn summary_came(model: &mut Model, answer: Result<MadeSummary, Failure>) -> Vec<Effect> {
    let env = env!(model);
    model.reader.summary_came(answer, &env);
    continue_listening(model)
}

/// Shows the versions of the chosen article, or takes them away.
pub(crate) fn toggle_versions(model: &mut Model) -> Vec<Effect> {
    if model.reader.hide_versions() {
        return Vec::new();
    }
    let id = match model.focus {
        Pane::List if model.lists.shown.collection() != Collection::Issues => {
            model.lists.shown.row().map(|r| r.id)
        }
        Pane::Reader => model.reader.article().and(model.reader.id()),
        Pane::List | Pane::Sources => None,
    };
    let Some(id) = id else { return Vec::new() };
    model.say(model.start.words.get("notice.comparing").to_owned());
    model
        .jobs
        .restart(JobKind::Versions, StoryJob::Versions(id))
}

/// The versions of an article came.
pub(crate) fn versions_came(model: &mut Model, answer: Result<Arc<Versions>, Failure>) {
    let env = env!(model);
    match answer {
        Ok(versions) => {
            if model.reader.show_versions(&versions, &env) {
                model.notice = None;
                model.focus = Pane::Reader;
            }
        }
        Err(failure) => model.fail(&failure),
    }
}

/// Opens an article of a story, whose articles are listed for that.
pub(crate) fn open_in_story(model: &mut Model, story: StoryId, id: ArticleId) -> Vec<Effect> {
    let collection = Collection::Story(story.0);
    if model.lists.shown.collection() == collection {
        if !model.lists.shown.select_article(id) {
            return Vec::new();
        }
        return preview(model);
    }
    let listing = Listing {
        wanted: Some(id),
        ..Listing::of(collection)
    };
    let reply = model.lists.go_to(listing, &env!(model));
    let effects = perform(model, reply);
    model.focus = Pane::Reader;
    effects
}

/// Does an action of the voice's.
pub(crate) fn listen(model: &mut Model, action: Action, count: usize) -> Vec<Effect> {
    if action == Action::Listen && !model.listening.is_active() {
        return start_listening(model);
    }
    with_voice(model, |voice, env| voice.on(action, count, env))
}

/// Reads the article in the reader; from a list, the chosen one and those below it.
fn start_listening(model: &mut Model) -> Vec<Effect> {
    let list = &model.lists.shown;
    if model.focus == Pane::List && list.collection() != Collection::Issues {
        let mut ids = list.rows().iter().skip(list.selected()).map(|r| r.id);
        let Some(first) = ids.next() else {
            return Vec::new();
        };
        let queue = ids.collect();
        let extent = match model.start.config.speech.list {
            ListeningExtent::Title => SpeechExtent::Title,
            ListeningExtent::Short => SpeechExtent::Short,
            ListeningExtent::Full => SpeechExtent::Full,
        };
        return with_voice(model, |voice, env| voice.start(first, queue, extent, env));
    }
    let Some(id) = model.reader.id() else {
        return Vec::new();
    };
    let extent = match model.reader.showing() {
        Showing::ShortNews => SpeechExtent::Short,
        Showing::Body => SpeechExtent::Full,
    };
    with_voice(model, |voice, env| voice.start(id, Vec::new(), extent, env))
}

/// Reads no more.
pub(crate) fn stop_listening(model: &mut Model) -> Vec<Effect> {
    with_voice(model, Listening::stop)
}

/// The voice is quiet until the reader wants to go on.
pub(crate) fn pause_listening(model: &mut Model) -> Vec<Effect> {
    with_voice(model, Listening::pause)
}

/// A sentence has been said, or could not be.
pub(crate) fn said(model: &mut Model, answer: Result<Spoken, Failure>) -> Vec<Effect> {
    with_voice(model, |voice, env| voice.said(answer, env))
}

/// The article that was to be read aloud, or its short news, may have come, or not.
pub(crate) fn continue_listening(model: &mut Model) -> Vec<Effect> {
    let awaited = model.listening.awaited();
    let Some(id) = awaited.filter(|id| Some(*id) == model.reader.id()) else {
        return Vec::new();
    };
    let (event, mut effects) = look_up(model, id);
    if let Some(event) = event {
        effects.extend(with_voice(model, |voice, env| voice.take(event, env)));
    }
    effects
}

/// Has the voice take something in, and gives it the articles that it asks for, until it waits for
/// something.
fn with_voice(
    model: &mut Model,
    take: impl FnOnce(&mut Listening, &Env<'_>) -> Step,
) -> Vec<Effect> {
    let env = env!(model);
    let mut step = take(&mut model.listening, &env);
    let mut effects = Vec::new();
    loop {
        effects.extend(perform(model, step.reply));
        let Some(id) = step.wanted else {
            return effects;
        };
        let (event, more) = look_up(model, id);
        effects.extend(more);
        let Some(event) = event else {
            return effects;
        };
        let env = env!(model);
        step = model.listening.take(event, &env);
    }
}

/// What the voice is to be told of an article: its sentences, where the reader has it. Else the list
/// goes to it, the reader asks for it, and there is nothing to tell yet.
fn look_up(model: &mut Model, id: ArticleId) -> (Option<Event>, Vec<Effect>) {
    let mut effects = Vec::new();
    if model.reader.id() != Some(id) {
        if !model.lists.shown.select_article(id) {
            return (Some(Event::Missing(id)), effects);
        }
        effects = preview(model);
    }
    if model.jobs.is_busy(JobKind::Article) {
        return (None, effects);
    }
    let extent = model.listening.extent();
    let article = model.reader.article();
    let Some(article) = article.filter(|_| model.reader.failure().is_none()) else {
        return (Some(Event::Missing(id)), effects);
    };
    let short = match model.reader.short_news().state() {
        _ if extent != SpeechExtent::Short => None,
        ShortNewsState::Ready(summary, _) => Some(summary),
        // It can't be made, or its publisher wants the reader to be asked first: the headline is
        // said.
        ShortNewsState::Failed(_) => None,
        ShortNewsState::Loading => return (None, effects),
        ShortNewsState::None => {
            effects.extend(with_reader(model, |reader, env| {
                reader.summarize(false, env)
            }));
            return (None, effects);
        }
    };
    let sentences = utterances(article, extent, short);
    (Some(Event::Loaded(id, sentences)), effects)
}

#[cfg(test)]
#[path = "tests/reading.rs"]
mod tests;
