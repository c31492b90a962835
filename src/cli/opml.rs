//! `gisa import` and `gisa export`: subscriptions from other readers' lists and databases, and as
//! OPML.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;

use jiff::Timestamp;

use super::args::{ImportArgs, OpmlExportArgs};
use super::context::CommandContext;
use super::error::CommandError;
use super::output::{Stream, emit, note, save};
use crate::app::{Cause, Failure};
use crate::config::LOCAL;
use crate::extract::charset::decode;
use crate::extract::feed::opml;
use crate::extract::subscriptions::{SubscriptionList, subscriptions};
use crate::news::address::{feed_without_secrets, has_hidden_secret, text_without_secrets};
use crate::news::printable::Styling;
use crate::news::{Clean, Feed, FeedId};
use crate::runtime::failures::of_io;
use crate::runtime::net::inward_addresses;
use crate::runtime::start::open_store;
use crate::runtime::store::foreign::{ForeignLibrary, SQLITE};
use crate::runtime::store::{Store, StoreError, TakenOver};
use crate::runtime::system::atomic_file::Durability;
use crate::runtime::system::limited_read;

/// Most addresses that are named in a question or a note.
const MOST_NAMED: usize = 10;
/// Articles of a database that are held in memory at a time.
const ARTICLES_AT_ONCE: usize = 500;

/// Subscribes to every feed in lists and databases of other readers. Addresses inside the reader's
/// own network are named; they are subscribed to where the reader says so.
pub(super) fn import(args: &ImportArgs, context: &CommandContext) -> Result<(), CommandError> {
    let (mut failed, mut read) = (false, false);
    let mut total = Totals::default();
    for path in &args.files {
        let source = match Source::open(path, context) {
            Ok(source) => source,
            // The one sentence of a single file.
            Err(failure) if args.files.len() == 1 => return Err(failure.into()),
            Err(failure) => {
                note(&failure.sentence(&context.words))?;
                failed = true;
                continue;
            }
        };
        read = true;
        if source.is_cut() {
            let name = path.display().to_string();
            note(&Failure::new(Cause::BreaksOff, &name).sentence(&context.words))?;
            failed = true;
        }
        failed |= !total.take(source, args.inward, context)?;
    }
    if read {
        total.report(context)?;
    }
    match failed {
        true => Err(CommandError::Reported(1)),
        false => Ok(()),
    }
}

/// A file of another reader's.
enum Source {
    /// A list.
    List(SubscriptionList),
    /// A database, with its list.
    Database(Box<ForeignLibrary>, SubscriptionList),
}

impl Source {
    /// Whether the file ends in the middle.
    fn is_cut(&self) -> bool {
        matches!(self, Self::List(list) if list.is_cut)
    }

    fn open(path: &Path, context: &CommandContext) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let nothing = || Failure::new(Cause::NotAnOutline, &name);
        let mut head = Vec::new();
        let file = File::open(path).map_err(|e| of_io(&e, &name))?;
        // A pipe is not looked into: what is read of it is gone.
        if file.metadata().is_ok_and(|about| about.is_file()) {
            let read = file.take(SQLITE.len() as u64).read_to_end(&mut head);
            read.map_err(|e| of_io(&e, &name))?;
        }
        if head == SQLITE {
            let unreadable = |error| match error {
                // The other reader is writing to it.
                StoreError::Locked => Failure::new(Cause::Unreadable, &name),
                _ => nothing(),
            };
            let library = ForeignLibrary::open(path).map_err(unreadable)?;
            let library = library.ok_or_else(nothing)?;
            let list = library.list().map_err(unreadable)?;
            return Ok(Self::Database(Box::new(library), list));
        }
        let bytes = limited_read::file(path, context.fetch.limit)?;
        subscriptions(&decode(&bytes, None))
            .map(Self::List)
            .ok_or_else(nothing)
    }
}

/// What came of all files.
#[derive(Default)]
struct Totals {
    /// Subscriptions that are new, and those that were there.
    feeds: usize,
    there: usize,
    taken: TakenOver,
    /// Titles of feeds, and the folders that they are not kept in.
    elsewhere: Vec<(Clean, Clean)>,
    searches: Vec<Clean>,
    left: Vec<Clean>,
    /// Addresses whose secret is hidden.
    hidden: Vec<Clean>,
}

impl Totals {
    /// Takes one file. Returns whether nothing of it was left out for being inside the reader's
    /// network.
    fn take(
        &mut self,
        source: Source,
        inward: bool,
        context: &CommandContext,
    ) -> Result<bool, CommandError> {
        let (library, list) = match source {
            Source::List(list) => (None, list),
            Source::Database(library, list) => (Some(library), list),
        };
        for (place, folder) in &list.elsewhere {
            let title = list.feeds.get(*place).map(|feed| feed.title.clone());
            self.elsewhere
                .extend(title.map(|title| (title, folder.clone())));
        }
        let (outward, inside) = if inward || context.fetch.home_servers {
            (list.feeds, Vec::new())
        } else {
            parted(list.feeds, context.fetch.offline)
        };
        let is_agreed = !inside.is_empty() && asked(&inside, context)?;
        let store = open_store(&context.paths)?;
        let mut wanted = outward;
        if is_agreed {
            wanted.extend_from_slice(&inside);
        }
        let held: HashSet<FeedId> = store.feeds()?.into_iter().map(|row| row.id).collect();
        let ids = store.feeds_add(&wanted)?;
        let listed: HashSet<FeedId> = ids.iter().copied().collect();
        let new = listed.difference(&held).count();
        self.feeds += new;
        self.there += listed.len() - new;
        if let Some(library) = library {
            let ids: HashMap<&str, FeedId> =
                wanted.iter().map(|feed| &*feed.url).zip(ids).collect();
            self.taken += taken_over(&store, &library, &ids)?;
        }
        self.searches.extend(save_searches(&store, list.searches)?);
        self.left.extend(list.left);
        self.hidden.extend(list.hidden);
        if inside.is_empty() || is_agreed {
            return Ok(true);
        }
        let n = inside.len().to_string();
        let values = [("n", n.as_str()), ("addresses", &named(&inside))];
        note(&context.words.fill("cli.inward-left", &values))?;
        Ok(false)
    }

    fn report(&self, context: &CommandContext) -> Result<(), CommandError> {
        if self.feeds > 0 || self.there == 0 {
            context.say("cli.imported", &[("n", &self.feeds.to_string())])?;
        }
        if self.there > 0 {
            context.say("cli.imported-there", &[("n", &self.there.to_string())])?;
        }
        if self.taken != TakenOver::default() {
            let (new, read, kept) = (
                self.taken.new.to_string(),
                self.taken.read.to_string(),
                self.taken.kept.to_string(),
            );
            let values = [("new", new.as_str()), ("read", &read), ("kept", &kept)];
            context.say("cli.taken-over", &values)?;
        }
        if !self.searches.is_empty() {
            context.say(
                "cli.searches-imported",
                &[("names", &short_list(&self.searches))],
            )?;
        }
        for (title, folder) in self.elsewhere.iter().take(MOST_NAMED) {
            context.say("cli.also-in", &[("title", title), ("folder", folder)])?;
        }
        if let Some(n) = self
            .elsewhere
            .len()
            .checked_sub(MOST_NAMED)
            .filter(|n| *n > 0)
        {
            context.say("cli.also-in-more", &[("n", &n.to_string())])?;
        }
        if !self.left.is_empty() {
            let n = self.left.len().to_string();
            let values = [("n", n.as_str()), ("lines", &short_list(&self.left))];
            context.say("cli.lines-left", &values)?;
        }
        if !self.hidden.is_empty() {
            let n = self.hidden.len().to_string();
            let values = [("n", n.as_str()), ("addresses", &short_list(&self.hidden))];
            context.say("cli.hidden-left", &values)?;
        }
        Ok(())
    }
}

/// The articles of a database, into the feeds that were subscribed to.
fn taken_over(
    store: &Store,
    library: &ForeignLibrary,
    ids: &HashMap<&str, FeedId>,
) -> Result<TakenOver, CommandError> {
    let (mut taken, now) = (TakenOver::default(), Timestamp::now());
    for feed in library.feeds()? {
        let Some(id) = ids.get(&*feed.address()) else {
            continue;
        };
        library.articles(&feed, ARTICLES_AT_ONCE, &mut |some| {
            taken += store.take_over(*id, &some, now)?;
            Ok(())
        })?;
    }
    Ok(taken)
}

/// Saves searches, and returns their names. One of that name that says something else stays.
fn save_searches(store: &Store, searches: Vec<(Clean, Clean)>) -> Result<Vec<Clean>, CommandError> {
    let held = store.saved()?;
    let mut names = Vec::new();
    for (name, query) in searches {
        if !held.iter().any(|search| search.name == name) {
            store.save_search(&name, &query)?;
            names.push(name);
        }
    }
    Ok(names)
}

/// The first of many, for a sentence.
fn short_list(all: &[Clean]) -> String {
    let mut names: Vec<&str> = all.iter().take(MOST_NAMED).map(|name| &**name).collect();
    if all.len() > MOST_NAMED {
        names.push("…");
    }
    names.join(", ")
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
    // What such a source is stands in these settings alone: elsewhere it is nothing.
    feeds.retain(|feed| !feed.url.starts_with(LOCAL));
    let mut withheld = 0_usize;
    // An address that lacks a part leads nowhere: its feed is left out.
    let mut left = Vec::new();
    let mut durability = Durability::Private;
    if !args.secrets {
        durability = Durability::Buffered;
        for feed in &mut feeds {
            let url = Clean::line(&feed_without_secrets(&feed.url));
            withheld += usize::from(url != feed.url);
            feed.url = url;
            let site = feed.site.as_deref().map(feed_without_secrets);
            let site = site.filter(|site| !has_hidden_secret(site));
            feed.site = site.map(|site| Clean::line(&site));
        }
        feeds.retain(|feed| {
            let is_whole = !has_hidden_secret(&feed.url);
            if !is_whole {
                left.push(Clean::line(&text_without_secrets(&feed.title)));
            }
            is_whole
        });
        withheld -= left.len().min(withheld);
    }
    save(
        &args.file,
        &opml::write_with_left(&feeds, &left),
        durability,
    )?;
    let (n, path) = (feeds.len().to_string(), args.file.display().to_string());
    context.say("cli.exported", &[("n", &n), ("path", &path)])?;
    if withheld > 0 {
        let n = withheld.to_string();
        note(&context.words.fill("cli.secrets-left", &[("n", &n)]))?;
    }
    if !left.is_empty() {
        let n = left.len().to_string();
        let values = [("n", n.as_str()), ("titles", &short_list(&left))];
        note(&context.words.fill("cli.secret-feeds-left", &values))?;
    }
    Ok(())
}
