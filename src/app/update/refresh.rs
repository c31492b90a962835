//! What comes over the network: refreshes, whole texts, pages ahead of the reading.

use jiff::{SignedDuration, Timestamp};

use super::command;
use super::fetch_rows;
use super::opening;
use super::perform::{env, perform};
use crate::app::geometry::Pane;
use crate::app::jobs::JobKind;
use crate::app::panes::list::List;
use crate::app::panes::source_row::{SourceRow, Target};
use crate::app::protocol::effect::Effect;
use crate::app::protocol::library::LibraryJob;
use crate::app::protocol::network::{FullTextRequest, NetworkJob, RefreshReport, RefreshScope};
use crate::app::protocol::rows::Collection;
use crate::app::protocol::story::StoryJob;
use crate::app::{Cause, Failure, Model};

/// How long after its start the program asks what is due: the list is painted by then.
const FIRST: SignedDuration = SignedDuration::from_secs(2);

/// When the first refresh that nobody asks for is due.
pub fn first(model: &Model) -> Option<Timestamp> {
    (model.start.collection != Collection::Sources).then(|| later(model, FIRST))?
}

/// The instant `wait` from now, where there are to be refreshes that nobody asks for.
fn later(model: &Model, wait: SignedDuration) -> Option<Timestamp> {
    let network = &model.start.config.network;
    (network.refresh_every > 0 && !network.offline).then(|| model.start.now + wait)
}

/// The time of a refresh that nobody asked for has come.
pub fn due(model: &mut Model) -> Vec<Effect> {
    if model.next_refresh.is_none_or(|at| at > model.start.now)
        || model.jobs.is_busy(JobKind::Refresh)
    {
        return Vec::new();
    }
    model.unasked = true;
    let job = NetworkJob::Refresh(RefreshScope::Due);
    vec![model.jobs.start(JobKind::Refresh, job)]
}

/// Calls the refresh under way off; the next that nobody asks for comes in its time.
pub fn stop(model: &mut Model) -> Vec<Effect> {
    model.progress = None;
    model.unasked = false;
    model.next_refresh = later(model, every(model));
    model.jobs.cancel(JobKind::Refresh)
}

/// Between two refreshes that nobody asks for.
fn every(model: &Model) -> SignedDuration {
    SignedDuration::from_mins(i64::from(model.start.config.network.refresh_every))
}

/// The library's file was written to. Whether by another program, the library worker knows.
pub fn library_changed(model: &mut Model) -> Vec<Effect> {
    if model.jobs.is_busy(JobKind::LibraryCheck) {
        return Vec::new();
    }
    let job = LibraryJob::CheckLibraryVersion;
    vec![model.jobs.start(JobKind::LibraryCheck, job)]
}

/// What others wrote is shown; nothing jumps, and what is read stays.
pub fn library_checked(model: &mut Model, answer: Result<bool, Failure>) -> Vec<Effect> {
    if !matches!(answer, Ok(true)) {
        return Vec::new();
    }
    model.sources.invalidate();
    if matches!(
        model.list.collection(),
        Collection::Library | Collection::Scraps
    ) {
        fetch_rows(model)
    } else {
        Vec::new()
    }
}

/// Fetches what all subscriptions have.
pub fn refresh(model: &mut Model) -> Vec<Effect> {
    ask(model, RefreshScope::All)
}

/// Fetches what is due, since somebody wants to see it.
pub fn refresh_due(model: &mut Model) -> Vec<Effect> {
    ask(model, RefreshScope::Due)
}

/// Fetches only what is chosen: the source, or the subscription that brought the article.
pub fn refresh_this(model: &mut Model) -> Vec<Effect> {
    let filter = match model.sources.row() {
        Some(SourceRow {
            target: Target::List(list),
            ..
        }) if model.focus == Pane::Sources => &list.filter,
        _ => &model.list.listing().filter,
    };
    let asked = match (filter.feed, &filter.folder, model.list.row()) {
        (Some(feed), ..) => RefreshScope::Feed(feed),
        (None, Some(folder), _) => RefreshScope::Folder(folder.clone()),
        (None, None, Some(row)) if model.list.collection() == Collection::Library => {
            RefreshScope::Of(row.id)
        }
        _ => RefreshScope::All,
    };
    ask(model, asked)
}

/// Fetches the subscriptions of `scope`.
pub fn ask(model: &mut Model, scope: RefreshScope) -> Vec<Effect> {
    if model.start.config.network.offline {
        model.fail(&Failure::new(Cause::Offline, ""));
        return Vec::new();
    }
    if model.jobs.is_busy(JobKind::Refresh) {
        return Vec::new();
    }
    model.unasked = false;
    let job = NetworkJob::Refresh(scope);
    vec![model.jobs.start(JobKind::Refresh, job)]
}

/// A refresh ended.
pub fn refreshed(model: &mut Model, answer: Result<RefreshReport, Failure>) -> Vec<Effect> {
    let unasked = std::mem::take(&mut model.unasked);
    model.next_refresh = later(model, every(model));
    match answer {
        Ok(RefreshReport { new: 0, .. }) | Err(_) if unasked => {}
        Ok(RefreshReport {
            feeds: 0,
            failed: 0,
            ..
        }) => {
            model.say(model.start.words.get("notice.no-feeds").to_owned());
        }
        Ok(RefreshReport { new, feeds, failed }) => {
            let numbers = [
                ("new", new.to_string()),
                ("feeds", feeds.to_string()),
                ("failed", failed.to_string()),
            ];
            let values: Vec<(&str, &str)> = numbers.iter().map(|(k, v)| (*k, v.as_str())).collect();
            let key = match (unasked, failed) {
                (true, _) => "notice.arrived",
                (false, 0) => "notice.refreshed",
                (false, _) if feeds == 0 => "notice.refreshed-none",
                (false, _) => "notice.refreshed-some",
            };
            model.say(model.start.words.fill(key, &values));
            if new > 0
                && matches!(
                    model.list.collection(),
                    Collection::Sample | Collection::Library
                )
            {
                if model.list.collection() == Collection::Sample {
                    model.list = List::of(Collection::Library);
                }
                model.lines.forget();
                let mut effects = fetch_rows(model);
                effects.extend(fetch_ahead(model));
                effects.extend(group(model));
                return effects;
            }
        }
        Err(failure) => model.fail(&failure),
    }
    Vec::new()
}

/// Fetches the page of the open article, where the library holds less.
pub fn full_text(model: &mut Model) -> Vec<Effect> {
    let env = env!(model);
    let address = model.reader.article().and_then(|a| a.address());
    let address = address.filter(|a| a.starts_with("http"));
    if let Some(reply) = model.annotations.toggle_page(address, &env) {
        return perform(model, reply);
    }
    let (Some(id), Some(url)) = (model.reader.id(), command::address(model)) else {
        return Vec::new();
    };
    if model.start.config.network.offline {
        model.fail(&Failure::new(Cause::Offline, ""));
        return Vec::new();
    }
    model.say(model.start.words.get("notice.fetching-page").to_owned());
    let job = NetworkJob::FullText(FullTextRequest { id, url });
    model.jobs.restart(JobKind::Article, job)
}

/// Pages of what is unread, fetched while something else is read.
fn fetch_ahead(model: &mut Model) -> Vec<Effect> {
    if !model.start.config.network.fetch_ahead
        || model.start.config.network.offline
        || model.jobs.is_busy(JobKind::FetchAhead)
    {
        return Vec::new();
    }
    vec![
        model
            .jobs
            .start(JobKind::FetchAhead, NetworkJob::FetchAhead),
    ]
}

/// Pages came; what is being read stays as it is until it is opened again.
pub fn fetched_ahead(model: &mut Model, answer: Result<usize, Failure>) -> Vec<Effect> {
    match answer {
        Ok(n) if n > 0 => {
            model.lines.forget();
            let mut effects = group(model);
            if model.focus == Pane::List {
                model.reader.forget_article();
                effects.extend(opening::preview(model));
            }
            effects
        }
        // What could not be fetched ahead is fetched when it is asked for, and told then.
        _ => Vec::new(),
    }
}

/// Articles came: which of them tell one story, and which are copies, is found out beside the
/// reading.
fn group(model: &mut Model) -> Vec<Effect> {
    model.jobs.restart(JobKind::Grouping, StoryJob::Group)
}

/// It was found out: a list that looks otherwise now is fetched again. Where it was not, the list
/// stays unfolded.
pub fn grouped(model: &mut Model, answer: Result<bool, Failure>) -> Vec<Effect> {
    match answer {
        Ok(true) => {
            model.lines.forget();
            if matches!(
                model.list.collection(),
                Collection::Library | Collection::Issues
            ) {
                fetch_rows(model)
            } else {
                Vec::new()
            }
        }
        _ => Vec::new(),
    }
}
