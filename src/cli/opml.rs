//! `gisa import` and `gisa export`: subscriptions as OPML.

use std::io::{self, IsTerminal as _};

use super::args::{ImportArgs, OpmlExportArgs};
use super::context::CommandContext;
use super::error::CommandError;
use super::output::{Stream, emit, note, save};
use crate::app::{Cause, Failure};
use crate::extract::charset::decode;
use crate::extract::feed::opml;
use crate::news::address::feed_without_secrets;
use crate::news::printable::Styling;
use crate::news::{Clean, Feed};
use crate::runtime::net::inward_addresses;
use crate::runtime::start::open_store;
use crate::runtime::system::atomic_file::Durability;
use crate::runtime::system::limited_read;

/// Most addresses that are named in a question or a note.
const MOST_NAMED: usize = 10;

/// Subscribes to every feed in an OPML file. Addresses inside the reader's own network are named;
/// they are subscribed to where the reader says so.
pub(super) fn import(args: &ImportArgs, context: &CommandContext) -> Result<(), CommandError> {
    let name = args.file.display().to_string();
    let bytes = limited_read::file(&args.file, context.fetch.limit)?;
    let feeds =
        opml::parse(&decode(&bytes, None)).map_err(|_| Failure::new(Cause::NotAnOutline, &name))?;
    let (outward, inward) = if args.inward || context.fetch.home_servers {
        (feeds, Vec::new())
    } else {
        parted(feeds, context.fetch.offline)
    };
    let taken = !inward.is_empty() && asked(&inward, context)?;
    let store = open_store(&context.paths)?;
    let mut wanted = outward;
    if taken {
        wanted.extend_from_slice(&inward);
    }
    store.feeds_add(&wanted)?;
    context.say("cli.imported", &[("n", &wanted.len().to_string())])?;
    if inward.is_empty() || taken {
        return Ok(());
    }
    let n = inward.len().to_string();
    let values = [("n", n.as_str()), ("addresses", &named(&inward))];
    note(&context.words.fill("cli.inward-left", &values))?;
    Err(CommandError::Reported(1))
}

/// The feeds outside the reader's own network, and those inside.
fn parted(feeds: Vec<Feed>, offline: bool) -> (Vec<Feed>, Vec<Feed>) {
    let addresses: Vec<&str> = feeds.iter().map(|f| &*f.url).collect();
    let inward = inward_addresses(&addresses, offline);
    let (inside, outside): (Vec<_>, Vec<_>) = feeds
        .into_iter()
        .zip(inward)
        .partition(|(_, inward)| *inward);
    let bare = |feeds: Vec<(Feed, bool)>| feeds.into_iter().map(|(feed, _)| feed).collect();
    (bare(outside), bare(inside))
}

/// Asks whether to subscribe to addresses inside; `false` without a terminal.
fn asked(feeds: &[Feed], context: &CommandContext) -> Result<bool, CommandError> {
    if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        return Ok(false);
    }
    let n = feeds.len().to_string();
    let values = [("n", n.as_str()), ("addresses", &named(feeds))];
    let question = context.words.fill("cli.inward-ask", &values);
    emit(Stream::Err, &format!("{question} "), Styling::Plain)?;
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    let line = line.trim().to_lowercase();
    Ok(matches!(&*line, "y" | "yes" | "예" | "네" | "ㅇ"))
}

fn named(feeds: &[Feed]) -> String {
    let mut names: Vec<String> = feeds
        .iter()
        .take(MOST_NAMED)
        .map(|f| feed_without_secrets(&f.url).into_owned())
        .collect();
    if feeds.len() > MOST_NAMED {
        names.push("…".to_owned());
    }
    names.join(", ")
}

/// Writes the subscriptions to an OPML file; without passwords and keys, unless they are asked for.
pub(super) fn export(args: &OpmlExportArgs, context: &CommandContext) -> Result<(), CommandError> {
    let feeds = open_store(&context.paths)?.feeds()?;
    let mut feeds: Vec<Feed> = feeds.into_iter().map(|f| f.feed).collect();
    let mut withheld = 0_usize;
    let mut durability = Durability::Private;
    if !args.secrets {
        durability = Durability::Buffered;
        for feed in &mut feeds {
            let url = Clean::line(&feed_without_secrets(&feed.url));
            withheld += usize::from(url != feed.url);
            feed.url = url;
            let site = feed.site.as_deref().map(feed_without_secrets);
            feed.site = site.map(|site| Clean::line(&site));
        }
    }
    save(&args.file, &opml::write(&feeds), durability)?;
    let (n, path) = (feeds.len().to_string(), args.file.display().to_string());
    context.say("cli.exported", &[("n", &n), ("path", &path)])?;
    if withheld > 0 {
        let n = withheld.to_string();
        note(&context.words.fill("cli.secrets-left", &[("n", &n)]))?;
    }
    Ok(())
}
