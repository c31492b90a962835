//! Annotating and scrapping the open article: what that needs of list, reader and annotations
//! together.

use std::sync::Arc;

use super::opening;
use super::perform::{env, perform};
use crate::app::annotations::{OpenArticle, tasks};
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::jobs::JobKind;
use crate::app::model::Model;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::network::ExportSource;
use crate::app::protocol::prefs::Purpose;
use crate::app::protocol::rows::Collection;
use crate::app::reply::Reply;
use crate::news::{Article, ArticleId};

/// What annotations need to know of the open article.
pub(crate) fn open_article(model: &Model) -> Option<OpenArticle> {
    let article = model.reader.article().cloned()?;
    let id = article.id();
    let summary = model.reader.short_news().summary().cloned();
    Some(OpenArticle {
        article,
        is_current: model.reader.id() == Some(id),
        is_scrapped: model.lists.shown.is_scrapped(id),
        summary,
    })
}

/// Does an action of the annotations.
pub(crate) fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    if action == Action::Highlight {
        return begin_selection(model);
    }
    let (open, env) = (open_article(model), env!(model));
    let reply = match (action, &open) {
        (Action::Export, _) => model.annotations.ask_export(export_source(model), &env),
        (Action::Note, Some(open)) => model.annotations.ask_note(open, &env),
        (Action::Labels, Some(open)) => model.annotations.ask_labels(open, &env),
        (Action::Print, Some(open)) => tasks::print(open.article.clone(), &env),
        _ => Reply::none(),
    };
    perform(model, reply)
}

/// Begins to choose text with the keyboard, at the top of what is shown.
fn begin_selection(model: &mut Model) -> Vec<Effect> {
    let mut effects = if model.focus == Pane::Reader {
        Vec::new()
    } else {
        opening::enter_reader(model)
    };
    if let Some(article) = model.reader.article().cloned()
        && !model.jobs.is_busy(JobKind::Article)
    {
        let env = env!(model);
        let from = model.reader.show_plain_body();
        let reply = model.annotations.begin_selection(&article, from, &env);
        effects.extend(perform(model, reply));
    }
    effects
}

/// What was typed into the prompt of one of the annotations.
pub(crate) fn typed(model: &mut Model, purpose: Purpose, text: &str) -> Vec<Effect> {
    let source = export_source(model);
    let reply = match (purpose, model.reader.article()) {
        (Purpose::Export, _) => model.annotations.export(source, text),
        (Purpose::Note, Some(article)) => model.annotations.note_typed(text, article),
        (Purpose::Labels, Some(article)) => model.annotations.labels_typed(text, article),
        (Purpose::HighlightNote, Some(article)) => {
            model.annotations.highlight_note_typed(text, article)
        }
        _ => Reply::none(),
    };
    perform(model, reply)
}

/// What is exported: the open article; from the list of scraps, all that it shows.
fn export_source(model: &Model) -> Option<ExportSource> {
    if model.focus != Pane::Reader && model.lists.shown.collection() == Collection::Scraps {
        let ids: Vec<ArticleId> = model.lists.shown.rows().iter().map(|r| r.id).collect();
        return (!ids.is_empty()).then_some(ExportSource::Scraps(ids));
    }
    let article = model.reader.article().cloned()?;
    Some(model.annotations.export_source(article))
}

/// Shows `article`, a text of the open article's scrap or the open article itself, with its
/// annotations.
pub(crate) fn show_text(model: &mut Model, article: Arc<Article>) {
    let (document, above) = model.annotations.document(&article, &model.start);
    let measure = model.measure();
    model
        .reader
        .replace_document(article, document, above, &measure);
}
