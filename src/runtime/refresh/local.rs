//! Sources without a feed on the web: a program's output, a file, a folder of mail. What each is
//! stands in the settings alone; the library knows only its name.

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;

use super::mailbox::{self, MailboxPosition};
use super::{FetchPolicy, RefreshError, RefreshEvent, RefreshReport, later};
use crate::app::{Cause, Failure};
use crate::config::{LOCAL, LocalSource};
use crate::extract::feed::{ParsedFeed, feed};
use crate::extract::mail::newsletter;
use crate::news::{Added, Clean, Feed, FeedEntry};
use crate::runtime::archive::expanded;
use crate::runtime::cancel::Cancel;
use crate::runtime::failures::of_io;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::store::{Delivery, DueFeed, FeedCheck, KeyedEntry, Store, StoreError};
use crate::runtime::system::limited_read;
use crate::runtime::system::program::{self, ProgramError};

/// Messages that are read and stored at a time.
const BATCH: usize = 200;

/// Enters the sources of the settings that the library does not know yet. One that the reader
/// unsubscribed from stays away.
pub(super) fn enter(store: &Store, fetch: &Fetch) -> Result<(), StoreError> {
    for (name, source) in &fetch.sources.local {
        let url = Clean::line(&format!("{LOCAL}{name}"));
        if store.knows_feed(&url)? {
            continue;
        }
        let folder = Clean::line(&source.folder);
        store.feed_add(&Feed {
            url,
            title: Clean::line(name),
            site: None,
            folder: (!folder.is_blank()).then_some(folder),
            // As a page that serves as a feed, it is none that a server could fetch.
            page: true,
        })?;
    }
    Ok(())
}

/// Whether a subscription is such a source.
pub(super) fn is_local(due: &DueFeed) -> bool {
    due.feed.url.starts_with(LOCAL)
}

/// Programs that run at a time.
const AT_A_TIME: usize = 4;

/// Reads these sources, and stores what they bring: files and mail one after the other, while
/// programs run beside each other, so that one that hangs holds up no other.
pub(super) fn refresh(
    store: &Store,
    due: Vec<DueFeed>,
    fetch: &Fetch,
    cancel: &Cancel,
    report: &mut RefreshReport,
    on: &mut dyn FnMut(RefreshEvent),
) -> Result<(), StoreError> {
    let policy = FetchPolicy::of(fetch);
    let source_of = |due: &DueFeed| {
        let name = due.feed.url.strip_prefix(LOCAL).unwrap_or_default();
        fetch.sources.local.get(name)
    };
    let is_program = |due: &DueFeed| source_of(due).is_some_and(|source| !source.exec.is_empty());
    let (programs, others): (Vec<_>, Vec<_>) = due.into_iter().partition(is_program);
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        let (sender, written) = sync_channel(1);
        for _ in 0..AT_A_TIME.min(programs.len()) {
            let (sender, next, programs) = (sender.clone(), &next, &programs);
            scope.spawn(move || {
                while let Some(due) = programs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let Some(source) = source_of(due) else {
                        continue;
                    };
                    let bytes = run(&due.feed.title, source, fetch, cancel);
                    if cancel.is_cancelled() || sender.send((due, bytes)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        for due in &others {
            if cancel.is_cancelled() {
                break;
            }
            let mut added = Added::default();
            let read = match source_of(due) {
                Some(source) => read(store, due, source, fetch, cancel, &mut added),
                None => Err(Failure::new(
                    Cause::SourceUnknown,
                    due.feed.url.strip_prefix(LOCAL).unwrap_or_default(),
                )),
            };
            note(store, due, (added, read), &policy, cancel, report, on)?;
        }
        for (due, bytes) in written {
            let mut added = Added::default();
            let read = bytes.and_then(|bytes| read_feed(store, due, &bytes, fetch, &mut added));
            note(store, due, (added, read), &policy, cancel, report, on)?;
        }
        report.cancelled |= cancel.is_cancelled();
        Ok(())
    })
}

/// Stores how a source fared, and reports it: what is stored of it, and why that is not all.
fn note(
    store: &Store,
    due: &DueFeed,
    (added, read): (Added, Result<(), Failure>),
    policy: &FetchPolicy,
    cancel: &Cancel,
    report: &mut RefreshReport,
    on: &mut dyn FnMut(RefreshEvent),
) -> Result<(), StoreError> {
    let now = Timestamp::now();
    let error = read.as_ref().err();
    let check = FeedCheck {
        at: now,
        due: now + later(policy.interval_of(&due.feed.url)),
        validators: None,
        declared: None,
        ttl: None,
        moved: None,
        held_off: None,
        error: error.map(|failure| format!("{}: {}", failure.cause.name(), failure.subject)),
    };
    store.deliver(&[Delivery {
        feed: due.id,
        entries: &[],
        check: &check,
    }])?;
    store.index(cancel).or_else(|e| match e {
        StoreError::Cancelled => Ok(0),
        e => Err(e),
    })?;
    report.feeds += 1;
    report.count(&added, read.is_err(), false);
    on(RefreshEvent::FeedDone {
        feed: due.id,
        outcome: read.map(|()| added).map_err(RefreshError::Local),
        is_cut: false,
        done: report.feeds,
    });
    Ok(())
}

/// What the program of a source writes.
fn run(
    title: &Clean,
    source: &LocalSource,
    fetch: &Fetch,
    cancel: &Cancel,
) -> Result<Vec<u8>, Failure> {
    let mut argv = source.exec.clone();
    if let Some(program) = argv.first_mut() {
        *program = path_of(program).display().to_string();
    }
    let patience = Duration::from_secs(source.timeout.into());
    program::output(&argv, fetch.limit, patience, cancel)
        .map_err(|error| Failure::new(cause_of(error), title))
}

/// Why the program of a source brought nothing.
fn cause_of(error: ProgramError) -> Cause {
    match error {
        ProgramError::NotStarted => Cause::SourceCommandMissing,
        ProgramError::Failed => Cause::SourceCommand,
        ProgramError::TooLarge => Cause::SourceCommandTooLarge,
        ProgramError::TooSlow => Cause::SourceCommandSlow,
        ProgramError::Cancelled => Cause::Cancelled,
    }
}

/// Reads a file or a mailbox and stores what it brings, which is added to `added`.
fn read(
    store: &Store,
    due: &DueFeed,
    source: &LocalSource,
    fetch: &Fetch,
    cancel: &Cancel,
    added: &mut Added,
) -> Result<(), Failure> {
    if !source.mail.is_empty() {
        return read_mail(store, due, source, fetch, cancel, added);
    }
    let bytes = limited_read::file(&path_of(&source.file), fetch.limit)?;
    read_feed(store, due, &bytes, fetch, added)
}

/// Reads a feed and stores what it brings.
fn read_feed(
    store: &Store,
    due: &DueFeed,
    bytes: &[u8],
    fetch: &Fetch,
    added: &mut Added,
) -> Result<(), Failure> {
    let title = &due.feed.title;
    // Without an address: relative links lead nowhere.
    let parsed = feed(bytes, None, "").map_err(|_| Failure::new(Cause::NotAFeed, title))?;
    let ParsedFeed { mut entries, .. } = parsed;
    fetch.profiles.disown_entries(&mut entries, &due.feed.url);
    Ok(deliver(store, due, entries, added)?)
}

/// Reads the messages that came since the last time.
fn read_mail(
    store: &Store,
    due: &DueFeed,
    source: &LocalSource,
    fetch: &Fetch,
    cancel: &Cancel,
    added: &mut Added,
) -> Result<(), Failure> {
    let key = format!("mailbox {}", due.feed.url);
    let position: MailboxPosition = store.state_get(&key)?.unwrap_or_default();
    let (messages, position) = mailbox::messages(&path_of(&source.mail), &position, cancel)
        .map_err(|e| of_io(&e, &source.mail))?;
    // The newest first, as a feed has them.
    for part in messages.rchunks(BATCH) {
        if cancel.is_cancelled() {
            return Err(Failure::new(Cause::Cancelled, ""));
        }
        let newest_first = part.iter().rev();
        // A message that can't be read costs no other one.
        let entries: Vec<FeedEntry> = newest_first
            .filter_map(|message| newsletter(&message.bytes().ok()?, &fetch.profiles))
            .collect();
        deliver(store, due, entries, added)?;
    }
    // Last, so that what was interrupted is read again.
    store.state_put(&key, &position)?;
    Ok(())
}

fn deliver(
    store: &Store,
    due: &DueFeed,
    entries: Vec<FeedEntry>,
    added: &mut Added,
) -> Result<(), StoreError> {
    let now = Timestamp::now();
    let check = FeedCheck {
        at: now,
        due: now,
        validators: None,
        declared: None,
        ttl: None,
        moved: None,
        held_off: None,
        error: None,
    };
    let delivery = Delivery {
        feed: due.id,
        entries: &KeyedEntry::of_feed(entries, false),
        check: &check,
    };
    for brought in store.deliver(&[delivery])? {
        added.extend(brought);
    }
    Ok(())
}

/// A path as the reader types it.
fn path_of(typed: &str) -> PathBuf {
    expanded(typed)
}
