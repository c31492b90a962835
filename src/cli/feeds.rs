//! `gisa add`, `remove`, `feeds`, `refresh`.

use std::io::{self, Write as _};

use jiff::Timestamp;
use serde_json::json;

use super::args::{AddressArgs, FeedsArgs, RefreshArgs};
use super::context::Context;
use super::{CommandError, print};
use crate::app::{Cause, Failure};
use crate::news::{Clean, FeedId, FeedRow};
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::subscribe::subscribe;
use crate::runtime::refresh;
use crate::runtime::refresh::FeedSelection;
use crate::runtime::refresh::{RefreshError, RefreshEvent};
use crate::runtime::start::open_store;

/// Subscribes.
pub(super) fn add(args: &AddressArgs, context: &Context) -> Result<(), CommandError> {
    // Made here, so that a missing or unwritable place is told before anything is fetched.
    drop(open_store(&context.paths)?);
    let feed = subscribe(&Clean::line(&args.url), &context.fetch, &Cancel::new())?;
    print(
        &context
            .words
            .fill("cli.added", &[("title", &feed.title), ("url", &feed.url)]),
    )
}

/// Unsubscribes.
pub(super) fn remove(args: &AddressArgs, context: &Context) -> Result<(), CommandError> {
    let store = open_store(&context.paths)?;
    let feeds = store.feeds()?;
    let feed = feeds
        .iter()
        .find(|f| is_called(f, &args.url))
        .ok_or_else(|| Failure::new(Cause::NotSubscribed, &args.url))?;
    store.feed_remove(feed.id, Timestamp::now())?;
    print(
        &context
            .words
            .fill("cli.removed", &[("title", &feed.feed.title)]),
    )
}

/// Lists subscriptions.
pub(super) fn list(args: &FeedsArgs, context: &Context) -> Result<(), CommandError> {
    let feeds = open_store(&context.paths)?.feeds()?;
    if feeds.is_empty() {
        return if args.json {
            Ok(())
        } else {
            print(context.words.get("notice.no-feeds"))
        };
    }
    let lines: Vec<String> = feeds
        .iter()
        .map(|f| if args.json { as_json(f) } else { as_text(f) })
        .collect();
    print(&lines.join("\n"))
}

fn as_json(row: &FeedRow) -> String {
    json!({
        "id": row.id.0,
        "url": row.feed.url,
        "title": row.feed.title,
        "site": row.feed.site,
        "folder": row.feed.folder,
        "articles": row.articles,
        "unread": row.unread,
        "last_ok": row.last_ok,
        "last_error": row.last_error,
        "newest": row.newest,
    })
    .to_string()
}

fn as_text(row: &FeedRow) -> String {
    let mark = if row.last_error.is_some() { '!' } else { ' ' };
    format!(
        "{mark} {:>5}/{:<5}  {}  {}",
        row.unread, row.articles, row.feed.title, row.feed.url
    )
}

/// The subscriptions that the command line names.
fn which(args: &RefreshArgs, context: &Context) -> Result<FeedSelection, CommandError> {
    let feeds = open_store(&context.paths)?.feeds()?;
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
            .ok_or_else(|| Failure::new(Cause::NotSubscribed, name))?;
        Ok(feed.id)
    };
    Ok(FeedSelection::These(
        args.feeds.iter().map(of).collect::<Result<_, Failure>>()?,
    ))
}

/// Whether a subscription is meant by this address.
fn is_called(row: &FeedRow, name: &str) -> bool {
    *row.feed.url == *name || row.feed.site.as_deref() == Some(name)
}

/// Fetches what is due; progress goes to standard error.
pub(super) fn refresh(args: &RefreshArgs, context: &Context) -> Result<(), CommandError> {
    let which = which(args, context)?;
    let mut total = 0;
    let feeds = open_store(&context.paths)?.feeds()?;
    let title = |id: FeedId| {
        feeds
            .iter()
            .find(|f| f.id == id)
            .map_or_else(Clean::default, |f| f.feed.title.clone())
    };
    let mut tell = |event: RefreshEvent| match event {
        RefreshEvent::Started { feeds } => total = feeds,
        RefreshEvent::FeedDone {
            feed,
            done,
            outcome,
        } => {
            let sentence = |fault: RefreshError| {
                Failure::new(fault.cause(), &title(feed)).sentence(&context.words)
            };
            let trouble = outcome
                .err()
                .map(|fault| format!(" {}", sentence(fault)))
                .unwrap_or_default();
            // Progress that can't be shown is no reason to stop.
            let _ = writeln!(io::stderr(), "{done}/{total}{trouble}");
        }
        RefreshEvent::Finished(_) => {}
    };
    let sum = refresh::refresh_library(&context.fetch, &which, &Cancel::new(), &mut tell)?;
    if args.full {
        refresh::fetch_library_ahead(&context.fetch, &Cancel::new())?;
    }
    if args.json {
        let shape = json!({ "feeds": sum.feeds, "new": sum.new, "updated": sum.updated, "unchanged": sum.unchanged,
            "failed": sum.failed });
        return print(&shape.to_string());
    }
    let answered = (sum.feeds - sum.failed.min(sum.feeds)).to_string();
    let (new, failed) = (sum.new.to_string(), sum.failed.to_string());
    print(&context.words.fill(
        "cli.refreshed",
        &[("new", &new), ("feeds", &answered), ("failed", &failed)],
    ))
}
