//! The article in the reader: chosen with its row in the list, opened, left, or opened from elsewhere.

use super::command;
use super::perform::{env, perform};
use crate::app::geometry::Pane;
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::panes::briefing;
use crate::app::popups::most_read::remember_opened;
use crate::app::protocol::change::Change;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::job::Job;
use crate::app::protocol::library::LibraryJob;
use crate::app::protocol::network::{FullTextRequest, NetworkJob};
use crate::app::protocol::rows::{ArticleRequest, Collection};
use crate::app::protocol::story::StoryJob;
use crate::app::reply::Reply;
use crate::app::{Cause, Failure, Model};
use crate::news::{ArticleId, Clean};

/// Fetches the chosen row's article for the reader, if it is not there already.
pub(crate) fn preview(model: &mut Model) -> Vec<Effect> {
    let Some(id) = model.lists.shown.row().map(|r| r.id) else {
        return Vec::new();
    };
    if model.reader.id() == Some(id) {
        return Vec::new();
    }
    let mut effects = leave_article(model);
    model.reader.ask_for(id);
    let collection = model.lists.shown.collection();
    effects.extend(fetch_article(model, collection, id));
    effects
}

/// Asks for an article, or for what an issue's row stands for.
fn fetch_article(model: &mut Model, collection: Collection, id: ArticleId) -> Vec<Effect> {
    let job: Job = match collection {
        Collection::Issues => StoryJob::Issue(id).into(),
        _ => LibraryJob::Article(ArticleRequest { collection, id }).into(),
    };
    model.jobs.restart(JobKind::Article, job)
}

/// Remembers where the reading of the article that is there stopped.
pub(crate) fn leave_article(model: &mut Model) -> Vec<Effect> {
    let Some((id, part, byte)) = model.reader.place() else {
        return Vec::new();
    };
    if model.focus != Pane::Reader && (part, byte) == (0, 0) {
        return Vec::new();
    }
    vec![
        model
            .jobs
            .change(Change::Position(id, part, byte), PendingChange::Other),
    ]
}

/// Gives the keys to the reader.
pub(crate) fn enter_reader(model: &mut Model) -> Vec<Effect> {
    let mut effects = preview(model);
    if model.lists.shown.row().is_none() && !model.reader.readable() {
        return effects;
    }
    model.focus = Pane::Reader;
    if model.reader.article().is_some() && !model.jobs.is_busy(JobKind::Article) {
        effects.extend(opened(model));
    }
    effects
}

/// The article is being read now.
pub(crate) fn opened(model: &mut Model) -> Vec<Effect> {
    // A briefing marks a story when the reader goes on to the next.
    if briefing::has_keys(model) {
        return Vec::new();
    }
    let article = model.reader.take_newly_opened();
    let reply = article.map_or_else(Reply::none, |article| {
        remember_opened(&article, &model.env())
    });
    let mut effects = perform(model, reply);
    let Some(id) = model
        .reader
        .id()
        .filter(|_| model.start.config.list.read_on_open)
    else {
        return effects;
    };
    let reply = model.lists.shown.mark_opened(id);
    effects.extend(perform(model, reply));
    effects
}

/// Opens an article that is not in the list: the one that is held, else the page at `url`.
pub(crate) fn open_elsewhere(model: &mut Model, id: Option<ArticleId>, url: Clean) -> Vec<Effect> {
    let mut effects = leave_article(model);
    let named = id.unwrap_or_else(|| ArticleId::of_url(&url));
    model.reader.ask_for(named);
    model.focus = Pane::Reader;
    model.say(model.start.words.get("notice.fetching-page").to_owned());
    effects.extend(match id {
        Some(id) => fetch_article(model, Collection::Library, id),
        None => model.jobs.restart(JobKind::Article, NetworkJob::Page(url)),
    });
    effects
}

/// Fetches the page of the open article, where the library holds less.
pub(crate) fn full_text(model: &mut Model) -> Vec<Effect> {
    let env = env!(model);
    let address = model.reader.article().and_then(|a| a.address());
    let address = address.filter(|a| a.starts_with("http"));
    if let Some(reply) = model.annotations.toggle_page(address, &env) {
        return perform(model, reply);
    }
    let (Some(id), Some(url)) = (model.reader.id(), command::address(model)) else {
        return Vec::new();
    };
    if model.start.config.network.offline {
        model.fail(&Failure::new(Cause::Offline, ""));
        return Vec::new();
    }
    model.say(model.start.words.get("notice.fetching-page").to_owned());
    let job = NetworkJob::FullText(FullTextRequest { id, url });
    model.jobs.restart(JobKind::Article, job)
}
