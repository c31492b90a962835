//! The article in the reader: chosen with its row in the list, opened, left, or opened from
//! elsewhere.

use crate::app::annotations::Annotations;
use crate::app::clipboard::copy;
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::panes::briefing::Briefing;
use crate::app::panes::list::List;
use crate::app::panes::list::stack::ListStack;
use crate::app::panes::reader::Reader;
use crate::app::popups::most_read::remember_opened;
use crate::app::protocol::change::Change;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::failure::{Cause, Failure};
use crate::app::protocol::job::Job;
use crate::app::protocol::library::LibraryJob;
use crate::app::protocol::listing::Listing;
use crate::app::protocol::network::{FullTextRequest, NetworkJob, PageRequest};
use crate::app::protocol::rows::{ArticleRequest, Collection, Row};
use crate::app::protocol::story::StoryJob;
use crate::app::reply::{Intent, Reply};
use crate::news::{ArticleId, Clean, StoryId};

/// Fetches the chosen row's article for the reader, if it is not there already. Beside a list in
/// which nothing is, there is no article either: it would be taken for one that was found.
pub(super) fn preview(list: &List, reader: &mut Reader, env: &Env<'_>) -> Reply {
    let Some(row) = list.row() else {
        if !list.is_known() || env.focus == Pane::Reader || reader.id().is_none() {
            return Reply::none();
        }
        let reply = leave_article(reader, env);
        reader.close();
        let jobs = [JobKind::Article, JobKind::Summary, JobKind::ModelSummary];
        return jobs.into_iter().fold(reply, Reply::cancel);
    };
    // An issue is named for one of its articles, which may be what the reader has.
    let is_there = reader.id() == Some(row.id) && !(row.is_issue() && reader.article().is_some());
    if is_there {
        return Reply::none();
    }
    let reply = leave_article(reader, env);
    reader.ask_for(row.id);
    reply.restart(JobKind::Article, job_of(row, list.collection()))
}

/// What brings an article, or what an issue's row stands for.
fn job_of(row: &Row, collection: Collection) -> Job {
    if row.is_issue() {
        StoryJob::Issue(row.id).into()
    } else {
        article_job(collection, row.id)
    }
}

/// What brings an article.
fn article_job(collection: Collection, id: ArticleId) -> Job {
    LibraryJob::Article(ArticleRequest { collection, id }).into()
}

/// Remembers where the reading of the article that is there stopped. One that was read to its end
/// leaves the read-later queue.
pub(super) fn leave_article(reader: &Reader, env: &Env<'_>) -> Reply {
    let Some((id, part, byte)) = reader.place() else {
        return Reply::none();
    };
    let through = match reader.read_through() {
        Some(id) => Reply::none().change(Change::ReadThrough(id), PendingChange::Other),
        None => Reply::none(),
    };
    if env.focus != Pane::Reader && (part, byte) == (0, 0) {
        return through;
    }
    through.change(Change::Position(id, part, byte), PendingChange::Other)
}

/// Ends the program: what must be remembered first, then the end.
pub(super) fn leave_program(reader: &Reader, env: &Env<'_>) -> Reply {
    leave_article(reader, env).effect(Effect::Quit)
}

/// Gives the keys to the reader, with the article of the chosen row.
pub(super) fn enter_reader(list: &List, reader: &mut Reader, env: &Env<'_>) -> Reply {
    let reply = preview(list, reader, env);
    if list.row().is_none() && !reader.readable() {
        return reply;
    }
    reply
        .intent(Intent::Focus(Pane::Reader))
        .intent(Intent::NoteOpened)
}

/// The article in the reader is being read now, where the reader has the keys and the article has
/// come: that is remembered, and marked in the list.
pub(super) fn note_opened(
    list: &mut List,
    reader: &mut Reader,
    briefing: &Briefing,
    env: &Env<'_>,
) -> Reply {
    let is_read =
        env.focus == Pane::Reader && reader.article().is_some() && !env.is_busy(JobKind::Article);
    if !is_read {
        return Reply::none();
    }
    let rest = fetch_rest(list, reader, env);
    // A briefing marks a story when the user goes on to the next.
    if list.row().is_some_and(|row| briefing.is_at(row.id)) {
        return rest;
    }
    let article = reader.take_newly_opened();
    let opened = article.map_or_else(Reply::none, |article| remember_opened(&article, env));
    let reply = rest.and(opened);
    match reader.id() {
        Some(id) if env.start.config.list.read_on_open => reply.and(list.mark_opened(id)),
        _ => reply,
    }
}

/// Fetches the rest of the article that is being read, where its feed gave only the beginning and
/// the settings don't forbid it. A scrap keeps the text that it was scrapped with.
fn fetch_rest(list: &List, reader: &mut Reader, env: &Env<'_>) -> Reply {
    let is_wanted = env.start.config.network.fetch_on_open && !env.is_offline();
    let is_stored = matches!(
        list.collection(),
        Collection::Library | Collection::Front | Collection::Story(_)
    );
    let Some(id) = reader.id().filter(|id| !list.is_scrapped(*id)) else {
        return Reply::none();
    };
    if !is_wanted || !is_stored {
        return Reply::none();
    }
    let url = reader.take_cut().and_then(|a| a.address().cloned());
    match url.filter(|url| url.starts_with("http")) {
        Some(url) => {
            Reply::none().restart(JobKind::Rest, NetworkJob::Rest(FullTextRequest { id, url }))
        }
        None => Reply::none(),
    }
}

/// Opens an article that is not in the list: the one that is held, else the page at `url`.
pub(super) fn open_elsewhere(
    reader: &mut Reader,
    id: Option<ArticleId>,
    url: Clean,
    env: &Env<'_>,
) -> Reply {
    let named_by = named_by(reader);
    let reply = leave_article(reader, env);
    let named = id.unwrap_or_else(|| ArticleId::of_url(&url));
    reader.ask_for(named);
    let job = match id {
        Some(id) => article_job(Collection::Library, id),
        None => NetworkJob::Page(PageRequest { url, named_by }).into(),
    };
    reply
        .intent(Intent::Focus(Pane::Reader))
        .say(env.text("notice.fetching-page"))
        .restart(JobKind::Article, job)
}

/// Opens an article of a story, whose articles are listed for that.
pub(super) fn open_in_story(
    lists: &mut ListStack,
    reader: &mut Reader,
    story: StoryId,
    id: ArticleId,
    env: &Env<'_>,
) -> Reply {
    let collection = Collection::Story(story.0);
    if lists.shown.collection() == collection {
        if !lists.shown.select_article(id) {
            return Reply::none();
        }
        return preview(&lists.shown, reader, env);
    }
    let listing = Listing {
        wanted: Some(id),
        ..Listing::of(collection)
    };
    lists
        .go_to(listing, env)
        .intent(Intent::Focus(Pane::Reader))
}

/// Fetches the page of the open article, where the library holds less.
pub(super) fn full_text(reader: &Reader, annotations: &mut Annotations, env: &Env<'_>) -> Reply {
    let known = reader.article().and_then(|a| a.address());
    let known = known.filter(|a| a.starts_with("http"));
    if let Some(reply) = annotations.toggle_page(known, env) {
        return reply;
    }
    let url = match address(reader) {
        Ok(url) => url,
        Err(reply) => return reply,
    };
    let Some(id) = reader.id() else {
        return Reply::none();
    };
    if env.is_offline() {
        return Reply::none().fail(Failure::new(Cause::Offline, ""));
    }
    let job = NetworkJob::FullText(FullTextRequest { id, url });
    Reply::none()
        .say(env.text("notice.fetching-page"))
        .restart(JobKind::Article, job)
}

/// The address of the open article.
///
/// # Errors
/// No article is open, or it has no address: what to say then.
fn address(reader: &Reader) -> Result<Clean, Reply> {
    let article = reader.article().ok_or_else(Reply::none)?;
    let address = article.address().cloned().filter(|a| a.starts_with("http"));
    address.ok_or_else(|| Reply::none().fail(Failure::new(Cause::NoAddress, "")))
}

/// The open article and where it was read from, for what is asked for because that names it.
fn named_by(reader: &Reader) -> Option<(ArticleId, Clean)> {
    reader.id().zip(reader.article().map(|a| a.origin()))
}

/// Whether the open article leads to more than its page: recordings, films, files, a discussion.
pub(super) fn has_choice(reader: &Reader) -> bool {
    let article = reader.article();
    article.is_some_and(|it| !it.enclosures.is_empty() || it.discussion.is_some())
}

/// Opens the page of the open article in the browser.
pub(super) fn open_original(reader: &Reader) -> Reply {
    match address(reader) {
        Ok(url) => {
            let named_by = named_by(reader);
            let job = NetworkJob::Browse(PageRequest { url, named_by });
            Reply::none().start(JobKind::Desktop, job)
        }
        Err(reply) => reply,
    }
}

/// Puts the article that has the keys into the read-later queue, or takes it out.
pub(super) fn toggle_later(list: &List, reader: &Reader, env: &Env<'_>) -> Reply {
    let chosen = list.row().filter(|_| env.focus != Pane::Reader);
    let open = reader.article().filter(|_| env.focus == Pane::Reader);
    let named = chosen
        .map(|row| (row.id, row.title.clone()))
        .or_else(|| open.map(|article| (article.id(), article.title.clone())));
    match named {
        Some((id, title)) => {
            Reply::none().change(Change::ToggleLater(id), PendingChange::Queue(title))
        }
        None => Reply::none(),
    }
}

/// Copies the address of the open article.
pub(super) fn copy_link(reader: &Reader, env: &Env<'_>) -> Reply {
    match address(reader) {
        Ok(address) => copy(address, env.text("notice.copied"), env),
        Err(reply) => reply,
    }
}
