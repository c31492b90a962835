//! `gisa add`, `remove`, `feeds` and `refresh`: the subscriptions.

use std::borrow::Cow;

use jiff::Timestamp;
use serde_json::json;

use super::args::{AddressArgs, FeedsArgs, RefreshArgs};
use super::arrival_rules;
use super::context::CommandContext;
use super::dead_feeds::DeadFeed;
use super::error::CommandError;
use super::output::{note, print, progress};
use crate::app::{Cause, Failure};
use crate::news::address::feed_without_secrets;
use crate::news::{Clean, FeedId, FeedRow};
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::subscribe::subscribe;
use crate::runtime::refresh;
use crate::runtime::refresh::FeedSelection;
use crate::runtime::refresh::downloads;
use crate::runtime::refresh::{RefreshError, RefreshEvent};
use crate::runtime::start::open_store;
use crate::runtime::store::Store;
use crate::runtime::terminal::signals;

/// Subscribes to a feed, or to the feed of a site.
pub(super) fn add(args: &AddressArgs, context: &CommandContext) -> Result<(), CommandError> {
    // Opened first, so that a library that can't be written is reported before anything is fetched.
    drop(open_store(&context.paths)?);
    let feed = subscribe(&Clean::line(&args.url), &context.fetch, &Cancel::new())?;
    let url = feed_without_secrets(&feed.url);
    context.say("cli.added", &[("title", &feed.title), ("url", &url)])
}

/// Unsubscribes from a feed, named by its address or its site's.
pub(super) fn remove(args: &AddressArgs, context: &CommandContext) -> Result<(), CommandError> {
    let store = open_store(&context.paths)?;
    let feeds = store.feeds()?;
    let feed = feeds
        .iter()
        .find(|f| *f.feed.url == *args.url)
        .or_else(|| feeds.iter().find(|f| is_called(f, &args.url)))
        .or(moved(&store, &feeds, &args.url)?)
        .ok_or_else(|| Failure::new(Cause::NotSubscribed, &args.url))?;
    store.feed_remove(feed.id, Timestamp::now())?;
    context.say("cli.removed", &[("title", &feed.feed.title)])
}

/// Lists subscriptions, all or those that no longer bring anything.
pub(super) fn list(args: &FeedsArgs, context: &CommandContext) -> Result<(), CommandError> {
    let store = open_store(&context.paths)?;
    let feeds = store.feeds()?;
    if feeds.is_empty() {
        context.note_copies(&store)?;
    }
    let mut lines = Vec::new();
    for f in &feeds {
        let shown = feed_without_secrets(&f.feed.url);
        let url = match args.secrets {
            true => Cow::Borrowed(&*f.feed.url),
            false => shown.clone(),
        };
        let dead = match args.dead {
            true => match DeadFeed::of(f, &shown, context) {
                Some(dead) => Some(dead),
                None => continue,
            },
            false => None,
        };
        lines.push(match args.json {
            true => as_json(f, &url, dead.as_ref()),
            false => as_text(f, &url, dead.as_ref()),
        });
    }
    let nothing = match args.dead && !feeds.is_empty() {
        true => "cli.no-dead",
        false => "notice.no-feeds",
    };
    context.print_rows(&lines, args.json, nothing)
}

fn as_json(row: &FeedRow, url: &str, dead: Option<&DeadFeed>) -> String {
    let mut json = json!({
        "id": row.id.0,
        "url": url,
        "title": row.feed.title,
        "site": row.feed.site.as_deref().map(feed_without_secrets),
        "folder": row.feed.folder,
        "articles": row.articles,
        "unread": row.unread,
        "last_ok": row.last_ok,
        "last_error": row.last_error,
        "newest": row.newest,
    });
    if let Some(dead) = dead {
        json["dead"] = json!({
            "state": dead.state,
            "days": dead.days,
            "reason": dead.reason,
            "advice": dead.advice,
        });
    }
    json.to_string()
}

fn as_text(row: &FeedRow, url: &str, dead: Option<&DeadFeed>) -> String {
    let mark = if row.last_error.is_some() { '!' } else { ' ' };
    let line = format!(
        "{mark} {:>5}/{:<5}  {}  {}",
        row.unread, row.articles, row.feed.title, url
    );
    match dead {
        Some(dead) => format!("{line}\n    {}\n    → {}", dead.reason, dead.advice),
        None => line,
    }
}

/// The subscription that had this address before it moved.
fn moved<'f>(
    store: &Store,
    feeds: &'f [FeedRow],
    url: &str,
) -> Result<Option<&'f FeedRow>, Failure> {
    let id = store.feed_moved_from(url)?;
    Ok(id.and_then(|id| feeds.iter().find(|f| f.id == id)))
}

/// The subscriptions that the command line names.
fn which(args: &RefreshArgs, context: &CommandContext) -> Result<FeedSelection, CommandError> {
    let store = open_store(&context.paths)?;
    let feeds = store.feeds()?;
    if args.feeds.is_empty() {
        return Ok(if args.all {
            FeedSelection::All
        } else {
            FeedSelection::Due
        });
    }
    let of = |name: &String| {
        let feed = feeds
            .iter()
            .find(|f| is_called(f, name))
            .or(moved(&store, &feeds, name)?)
            .ok_or_else(|| Failure::new(Cause::NotSubscribed, name))?;
        Ok(feed.id)
    };
    Ok(FeedSelection::These(
        args.feeds.iter().map(of).collect::<Result<_, Failure>>()?,
    ))
}

/// Whether `name` is the subscription's address, as it is or as it is shown, or its site's.
fn is_called(row: &FeedRow, name: &str) -> bool {
    *row.feed.url == *name
        || feed_without_secrets(&row.feed.url) == name
        || row.feed.site.as_deref() == Some(name)
}

/// Fetches the feeds; progress and failures go to standard error.
pub(super) fn refresh(args: &RefreshArgs, context: &CommandContext) -> Result<(), CommandError> {
    refresh::enter_sources(&context.fetch)?;
    let which = which(args, context)?;
    let mut total = 0;
    let feeds = open_store(&context.paths)?.feeds()?;
    let title = |id: FeedId| {
        feeds
            .iter()
            .find(|f| f.id == id)
            .map_or_else(Clean::default, |f| f.feed.title.clone())
    };
    let mut report = |event: RefreshEvent| match event {
        RefreshEvent::Started { feeds } => total = feeds,
        RefreshEvent::FeedDone {
            feed,
            done,
            outcome,
            is_cut,
        } => {
            let sentence = |error: RefreshError| {
                Failure::new(error.cause(), &title(feed)).sentence(&context.words)
            };
            let cut = || {
                let title = title(feed);
                let values = [("title", &*title)];
                is_cut.then(|| context.words.fill("cli.feed-cut", &values))
            };
            let trouble = outcome.err().map(sentence).or_else(cut);
            let trouble = trouble.map(|said| format!(" {said}")).unwrap_or_default();
            progress(&format!("{done}/{total}{trouble}"));
        }
        RefreshEvent::Finished(_) => {}
    };
    // A signal ends what is under way, with the programs that sources started.
    let cancel = Cancel::new();
    signals::cancel_at_end(&cancel)?;
    let sum = refresh::refresh_library(&context.fetch, &which, &cancel, &mut report)?;
    if args.full && !cancel.is_cancelled() {
        refresh::fetch_library_ahead(&context.fetch, &cancel)?;
    }
    if !cancel.is_cancelled() {
        let done = downloads::fetch_downloads(&context.fetch, &cancel)?;
        for file in &done.came {
            let path = file.path.display().to_string();
            let values = [("title", &*file.title), ("path", &path)];
            note(&context.words.fill("cli.downloaded", &values))?;
        }
        for failure in &done.failures {
            note(&failure.sentence(&context.words))?;
        }
    }
    let applied = arrival_rules::apply(&cancel, context)?;
    let ruled = applied.articles;
    let is_failed = sum.feeds > 0 && sum.failed >= sum.feeds;
    let end = |context: &CommandContext| {
        applied.run_commands(&cancel, context)?;
        if cancel.is_cancelled() {
            Err(CommandError::Reported(1))
        } else if is_failed {
            note(context.words.get("failure.nothing-fetched"))?;
            Err(CommandError::Reported(1))
        } else {
            Ok(())
        }
    };
    if args.json {
        let shape = json!({
            "feeds": sum.feeds,
            "new": sum.new,
            "updated": sum.updated,
            "unchanged": sum.unchanged,
            "failed": sum.failed,
            "cut": sum.cut,
            "ruled": ruled,
        });
        print(&shape.to_string())?;
        return end(context);
    }
    let answered = (sum.feeds - sum.failed.min(sum.feeds)).to_string();
    let (new, failed) = (sum.new.to_string(), sum.failed.to_string());
    context.say(
        "cli.refreshed",
        &[("new", &new), ("feeds", &answered), ("failed", &failed)],
    )?;
    end(context)
}
