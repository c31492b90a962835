//! `gisa later`: the read-later queue. Puts articles into it with their text, takes them out, and
//! lists it, the longest waiting first.

use jiff::Timestamp;

use super::args::LaterArgs;
use super::context::CommandContext;
use super::error::CommandError;
use super::library::{as_json, as_text};
use super::output::note;
use crate::app::{Cause, Failure};
use crate::extract::is_fuller;
use crate::news::same_address::other_forms;
use crate::news::{ArticleId, Filter, QueuePlace, RowPage};
use crate::runtime::cancel::Cancel;
use crate::runtime::refresh::fetch_library_later;
use crate::runtime::start::{open_store, zone};
use crate::runtime::store::Store;

/// Puts the sources into the queue, or takes them out; without any, lists it.
pub(super) fn run(args: &LaterArgs, context: &CommandContext) -> Result<(), CommandError> {
    let store = open_store(&context.paths)?;
    if args.sources.is_empty() {
        return list(args, &store, context);
    }
    for source in &args.sources {
        let place = match args.done {
            true => (known(source, &store)?, None),
            false => (put(source, &store, context)?, Some(Timestamp::now())),
        };
        move_to(place, &store, context)?;
    }
    if !args.done && !context.fetch.offline {
        // Those of which the library had only the beginning.
        fetch_library_later(&context.fetch, &Cancel::new())?;
    }
    Ok(())
}

fn list(args: &LaterArgs, store: &Store, context: &CommandContext) -> Result<(), CommandError> {
    let filter = Filter {
        later: true,
        ..Filter::default()
    };
    let rows = store.articles(&filter, RowPage::at(0, usize::MAX >> 1))?;
    let zone = zone();
    let line = |row| match args.json {
        true => as_json(row, false),
        false => as_text(row, &zone),
    };
    let lines: Vec<String> = rows.iter().map(line).collect();
    context.print_rows(&lines, args.json, "cli.nothing-later")
}

fn move_to(place: QueuePlace, store: &Store, context: &CommandContext) -> Result<(), CommandError> {
    let (id, since) = place;
    let title = store.article_row(id)?.map(|row| row.title);
    let values = [("title", title.as_deref().unwrap_or_default())];
    if since.is_some() == store.later(id)?.is_some() {
        let key = match since {
            Some(_) => "cli.later-already",
            None => "cli.not-later",
        };
        return note(&context.words.fill(key, &values));
    }
    store.put_later(&[place])?;
    let key = match since {
        Some(_) => "cli.later",
        None => "cli.later-done",
    };
    context.say(key, &values)
}

/// The article of a source, with its text in the library.
fn put(source: &str, store: &Store, context: &CommandContext) -> Result<ArticleId, CommandError> {
    if source.starts_with("id:") {
        return Ok(known(source, store)?);
    }
    let article = context.article(source, None)?;
    let id = article.id();
    let held = store.article(id)?;
    if held.is_none() || is_fuller(&article, held.as_ref()) {
        store.put_article(&article, Some(id), Timestamp::now())?;
    }
    Ok(id)
}

/// The article of the library that a source names.
fn known(source: &str, store: &Store) -> Result<ArticleId, Failure> {
    let gone = || Failure::new(Cause::Gone, source);
    if let Some(id) = source.strip_prefix("id:") {
        let id = ArticleId(u64::from_str_radix(id, 16).map_err(|_| gone())?);
        return store.article_row(id)?.map(|row| row.id).ok_or_else(gone);
    }
    let mut forms = vec![source.to_owned()];
    forms.extend(other_forms(source));
    for form in forms {
        let id = ArticleId::of_url(&form);
        if store.article_row(id)?.is_some() {
            return Ok(id);
        }
    }
    Err(gone())
}
