//! Annotating and scrapping the open article: what that needs of list, reader and annotations
//! together.

use std::sync::Arc;

use crate::app::annotations::{Annotations, OpenArticle};
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::jobs::JobKind;
use crate::app::panes::list::List;
use crate::app::panes::list::stack::ListStack;
use crate::app::panes::reader::Reader;
use crate::app::protocol::network::ExportSource;
use crate::app::protocol::prefs::Purpose;
use crate::app::protocol::rows::Collection;
use crate::app::reply::{Intent, Reply};
use crate::news::{Article, ArticleId};

/// What annotations need to know of the open article.
pub(super) fn open_article(list: &List, reader: &Reader) -> Option<OpenArticle> {
    let article = reader.article().cloned()?;
    let id = article.id();
    // What answers a search is no short news to keep.
    let short_news = reader.short_news();
    let summary = short_news
        .summary()
        .filter(|_| !short_news.answers_search());
    let summary = summary.cloned();
    Some(OpenArticle {
        article,
        is_current: reader.id() == Some(id),
        is_scrapped: list.is_scrapped(id),
        summary,
    })
}

/// Keeps the open article, or takes it out of the scraps; one that is still on its way is kept when
/// it comes.
pub(super) fn scrap(
    list: &List,
    reader: &mut Reader,
    annotations: &mut Annotations,
    env: &Env<'_>,
) -> Reply {
    if env.focus == Pane::List && list.row().is_none() {
        // What the reader still holds is not what an empty list chooses.
        return Reply::none();
    }
    let Some(article) = reader.arrived() else {
        reader.do_on_arrival(Action::Scrap, env);
        return Reply::none();
    };
    let id = article.id();
    if list.is_scrapped(id) {
        return annotations.unscrap(id, &article.title, env);
    }
    match open_article(list, reader) {
        Some(open) => annotations.make_scrap(&open, env),
        None => Reply::none(),
    }
}

/// Takes the selected row off the list of scraps, and the article out of the scraps.
pub(super) fn remove_selected(
    lists: &mut ListStack,
    annotations: &mut Annotations,
    env: &Env<'_>,
) -> Reply {
    let Some((id, title)) = lists.remove_scrap() else {
        return Reply::none();
    };
    let reply = annotations.unscrap(id, &title, env);
    reply.intent(Intent::Preview)
}

/// Begins to choose text with the keyboard, at the top of what is shown.
pub(super) fn begin_selection(
    reader: &mut Reader,
    annotations: &mut Annotations,
    env: &Env<'_>,
) -> Reply {
    match reader.article().cloned() {
        Some(article) if !env.is_busy(JobKind::Article) => {
            let from = reader.show_plain_body();
            annotations.begin_selection(&article, from, env)
        }
        _ => Reply::none(),
    }
}

/// What was typed into the prompt of one of the annotations.
pub(super) fn typed(
    list: &List,
    reader: &Reader,
    annotations: &mut Annotations,
    (purpose, text): (Purpose, &str),
    env: &Env<'_>,
) -> Reply {
    match (purpose, open_article(list, reader)) {
        (Purpose::Export, _) => {
            let source = export_source(list, reader, annotations, env);
            annotations.export(source, text)
        }
        (Purpose::Note, Some(open)) => annotations.note_typed(text, &open, env),
        (Purpose::Labels, Some(open)) => annotations.labels_typed(text, &open, env),
        (Purpose::HighlightNote, Some(open)) => annotations.highlight_note_typed(text, &open, env),
        _ => Reply::none(),
    }
}

/// What is exported: the open article; from the list of scraps, all that it shows.
pub(super) fn export_source(
    list: &List,
    reader: &Reader,
    annotations: &Annotations,
    env: &Env<'_>,
) -> Option<ExportSource> {
    if env.focus != Pane::Reader && list.collection() == Collection::Scraps {
        let ids: Vec<ArticleId> = list.rows().iter().map(|r| r.id).collect();
        return (!ids.is_empty()).then_some(ExportSource::Scraps(ids));
    }
    let article = reader.article().cloned()?;
    Some(annotations.export_source(article))
}

/// Shows `article`, a text of the open article's scrap or the open article itself, with its
/// annotations.
pub(super) fn show_text(
    reader: &mut Reader,
    annotations: &mut Annotations,
    article: Arc<Article>,
    env: &Env<'_>,
) {
    let (document, above) = annotations.document(&article, env.start);
    reader.replace_document(article, document, above, &env.measure);
}

/// Shows the text of the open article anew, with the annotations that it has now.
pub(super) fn rebuild(reader: &mut Reader, annotations: &mut Annotations, env: &Env<'_>) {
    if let Some(article) = reader.article().cloned() {
        show_text(reader, annotations, article, env);
    }
}
