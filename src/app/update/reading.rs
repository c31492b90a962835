//! The versions of an article and what is read aloud: where list, reader and voice have to do with
//! one another.

use std::sync::Arc;

use super::opening::preview;
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::input::buttons::hint;
use crate::app::jobs::JobKind;
use crate::app::model::Model;
use crate::app::panes::list::List;
use crate::app::panes::listening::Listening;
use crate::app::panes::reader::Reader;
use crate::app::panes::reader::short_news::ShortNewsState;
use crate::app::panes::showing::Showing;
use crate::app::protocol::failure::Failure;
use crate::app::protocol::network::{EditionMade, NetworkJob};
use crate::app::protocol::rows::Collection;
use crate::app::protocol::story::StoryJob;
use crate::app::reply::{Intent, Reply};
use crate::config::ListeningExtent;
use crate::news::{ArticleId, Clean, Revision, Versions};
use crate::speech::player::Event;
use crate::speech::{SpeechExtent, utterances};
use crate::text::{Part, PartRole, PartSource};

/// Writes the newspaper of today to take along.
pub(super) fn make_edition(env: &Env<'_>) -> Reply {
    Reply::none()
        .say(env.text("notice.making-edition"))
        .restart(JobKind::Edition, NetworkJob::Edition)
}

/// The newspaper was written.
pub(super) fn edition_made(answer: Result<EditionMade, Failure>, env: &Env<'_>) -> Reply {
    let made = match answer {
        Ok(made) => made,
        Err(failure) => return Reply::none().fail(failure),
    };
    let key = match made.sent {
        Some(_) => "notice.edition-sent",
        None => "notice.edition",
    };
    let n = made.articles.to_string();
    let name = made.sent.unwrap_or_default();
    let values = [("n", &*n), ("path", &*made.path), ("name", &*name)];
    Reply::none().say(env.fill(key, &values))
}

/// Shows the versions of the chosen article, or takes them away.
pub(super) fn toggle_versions(list: &List, reader: &mut Reader, env: &Env<'_>) -> Reply {
    if reader.hide_versions() {
        return Reply::none();
    }
    let id = match env.focus {
        Pane::List => list.row().filter(|r| !r.is_issue()).map(|r| r.id),
        Pane::Reader => reader.article().and(reader.id()),
        Pane::Sources => None,
    };
    let Some(id) = id else { return Reply::none() };
    Reply::none()
        .say(env.text("notice.comparing"))
        .restart(JobKind::Versions, StoryJob::Versions(id))
}

/// What was rewritten in an article, and the line above it that says so and names the key; `None`
/// where it was not rewritten.
pub(super) fn with_line(model: &Model, revisions: Vec<Revision>) -> Option<(Vec<Revision>, Part)> {
    let last = revisions.last()?;
    let zone = &model.start.zone;
    let seen = zone.to_datetime(last.seen);
    let values = [
        ("n", revisions.len().to_string()),
        ("when", seen.strftime("%m.%d %H:%M").to_string()),
        ("key", hint(model, Action::Revisions).unwrap_or_default()),
    ];
    let values: Vec<(&str, &str)> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let text = Clean::line(&model.start.words.fill("changes.line", &values));
    let line = Part::new(PartRole::Notice, text, PartSource::Other);
    Some((revisions, line))
}

/// Shows what was rewritten in the article in the reader, or takes it away.
pub(super) fn toggle_revisions(reader: &mut Reader, env: &Env<'_>) -> Reply {
    if reader.toggle_revisions(env) {
        Reply::none().intent(Intent::Focus(Pane::Reader))
    } else {
        Reply::none().say(env.text("changes.never"))
    }
}

/// The versions of an article came.
pub(super) fn versions_came(
    reader: &mut Reader,
    answer: Result<Arc<Versions>, Failure>,
    env: &Env<'_>,
) -> Reply {
    match answer {
        Ok(versions) if reader.show_versions(&versions, env) => Reply::none()
            .intent(Intent::ClearNotice)
            .intent(Intent::Focus(Pane::Reader)),
        Ok(_) => Reply::none(),
        Err(failure) => Reply::none().fail(failure),
    }
}

/// Reads the article in the reader aloud; from a list, the chosen one and those below it.
pub(super) fn start_listening(
    list: &List,
    reader: &Reader,
    voice: &mut Listening,
    env: &Env<'_>,
) -> Reply {
    if env.focus == Pane::List && list.collection() != Collection::Issues {
        let rows = list.rows().iter().skip(list.selected());
        let mut ids = rows.filter(|r| !r.is_issue()).map(|r| r.id);
        let Some(first) = ids.next() else {
            return Reply::none();
        };
        let extent = match env.start.config.speech.list {
            ListeningExtent::Title => SpeechExtent::Title,
            ListeningExtent::Short => SpeechExtent::Short,
            ListeningExtent::Full => SpeechExtent::Full,
        };
        return voice.start(first, ids.collect(), extent, env);
    }
    let Some(id) = reader.id() else {
        return Reply::none();
    };
    let extent = match reader.showing() {
        Showing::ShortNews => SpeechExtent::Short,
        Showing::Body => SpeechExtent::Full,
    };
    voice.start(id, Vec::new(), extent, env)
}

/// Gives the voice the sentences of an article, where the reader has it. Else the list goes to it,
/// the reader asks for it, and the voice waits.
pub(super) fn give_sentences(
    id: ArticleId,
    list: &mut List,
    reader: &mut Reader,
    voice: &mut Listening,
    env: &Env<'_>,
) -> Reply {
    if reader.id() != Some(id) {
        if list.select_article(id) {
            return preview(list, reader, env);
        }
        return voice.take(Event::Missing(id), env);
    }
    if env.is_busy(JobKind::Article) {
        return Reply::none();
    }
    let extent = voice.extent();
    let article = reader.article();
    let Some(article) = article.filter(|_| reader.failure().is_none()) else {
        return voice.take(Event::Missing(id), env);
    };
    let short = match reader.short_news().state() {
        _ if extent != SpeechExtent::Short => None,
        ShortNewsState::Ready(summary, _) => Some(summary),
        // It can't be made, or its publisher wants the user to be asked first: the headline is
        // said.
        ShortNewsState::Failed(_) => None,
        ShortNewsState::Loading => return Reply::none(),
        ShortNewsState::None => return reader.summarize(false, env),
    };
    let sentences = utterances(article, extent, short);
    let is_cut = extent != SpeechExtent::Title && article.is_cut();
    let reply = voice.take(Event::Loaded(id, sentences), env);
    if is_cut {
        // The voice ends with the last whole sentence.
        return reply.say(env.text("label.beginning"));
    }
    reply
}

#[cfg(test)]
#[path = "tests/reading.rs"]
mod tests;
