//! `gisa saved`, `gisa mute` and `gisa mark`: saved searches, mute rules, and changes to all
//! articles that a query finds.

use jiff::{Timestamp, ToSpan as _, ZonedDateTime};
use serde_json::json;

use super::args::{MarkArgs, MarkAs, MuteAction, MuteArgs, SavedAction, SavedArgs};
use super::context::CommandContext;
use super::error::CommandError;
use super::output::print;
use crate::app::input::fault::query_error_sentence;
use crate::app::{Cause, Failure};
use crate::config::Words;
use crate::news::{Article, ArticleId, Clean, Filter, Query, Scrap};
use crate::runtime::archive::Archive;
use crate::runtime::cancel::Cancel;
use crate::runtime::start::{open_store, zone};
use crate::runtime::store::{Store, StoreError};
use crate::text::sparkline::sparkline;

/// Parses a query, with relative dates counted from now. A failure marks the place of the error
/// with `⟨!⟩` and says what is wrong there.
pub(super) fn query(text: &str, words: &Words) -> Result<Query, Failure> {
    Query::parse(text, &ZonedDateTime::now()).map_err(|e| {
        let place = (0..=e.at.start)
            .rev()
            .find(|i| text.is_char_boundary(*i))
            .unwrap_or(0);
        let (before, after) = text.split_at(place);
        let reason = query_error_sentence(e.kind, words);
        Failure::new(Cause::Query, &format!("{before}⟨!⟩{after} ({reason})"))
    })
}

/// The query of the saved search `name`.
pub(super) fn saved_query(store: &Store, name: &str) -> Result<String, Failure> {
    let saved = store.saved()?;
    let found = saved
        .into_iter()
        .find(|s| *s.name == *name)
        .ok_or_else(|| Failure::new(Cause::NotSaved, name))?;
    Ok(found.query.to_string())
}

/// Lists saved searches, adds or removes one.
pub(super) fn saved(args: &SavedArgs, context: &CommandContext) -> Result<(), CommandError> {
    let store = open_store(&context.paths)?;
    match &args.action {
        None => {
            let mut lines = Vec::new();
            for saved in store.saved()? {
                let (name, query) = (&saved.name, &saved.query);
                let days = match args.days {
                    Some(days) => Some(by_day(&store, query, days, &context.words)?),
                    None => None,
                };
                lines.push(match (args.json, days) {
                    (true, None) => json!({ "name": name, "query": query }).to_string(),
                    (true, Some(days)) => {
                        json!({ "name": name, "query": query, "days": days }).to_string()
                    }
                    (false, None) => format!("{name}\t{query}"),
                    (false, Some(days)) => format!("{name}\t{query}\t{}", sparkline(&days)),
                });
            }
            print_lines(lines)
        }
        Some(SavedAction::Add { name, query: words }) => {
            let text = words.join(" ");
            query(&text, &context.words)?;
            let name = Clean::line(name);
            store.save_search(&name, &Clean::line(&text))?;
            context.say("notice.saved", &[("name", &name)])
        }
        Some(SavedAction::Remove { name }) => {
            let name = Clean::line(name);
            if !store.forget_search(&name)? {
                return Err(Failure::new(Cause::NotSaved, &name).into());
            }
            context.say("notice.forgotten", &[("name", &name)])
        }
    }
}

/// How many articles a query finds on each of the last days, today last. A query that is wrong
/// finds none.
fn by_day(store: &Store, text: &str, days: u16, words: &Words) -> Result<Vec<usize>, CommandError> {
    let mut counts = vec![0; usize::from(days)];
    let Ok(query) = query(text, words) else {
        return Ok(counts);
    };
    let zone = zone();
    let today = Timestamp::now().to_zoned_datetime(zone.clone()).date();
    let first = today.saturating_sub(i64::from(days - 1).days());
    let since = first
        .to_zoned_datetime(zone.clone())
        .map(|day| day.timestamp());
    let filter = Filter {
        since: since.ok(),
        ..Filter::default()
    };
    for row in store.search(&filter, &query, usize::MAX, &Cancel::new())? {
        let at = row.published.map_or(row.first_seen, |stamp| stamp.at);
        let day = at.to_zoned_datetime(zone.clone()).date();
        let ago = usize::try_from((today - day).get_days()).ok();
        let place = ago.and_then(|ago| usize::from(days).checked_sub(ago + 1));
        if let Some(count) = place.and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    Ok(counts)
}

/// Lists mute rules, adds or removes one.
pub(super) fn mute(args: &MuteArgs, context: &CommandContext) -> Result<(), CommandError> {
    let store = open_store(&context.paths)?;
    match &args.action {
        None => {
            let rules = store.mutes()?;
            print_lines(
                rules
                    .iter()
                    .map(|r| {
                        if args.json {
                            json!({ "query": r }).to_string()
                        } else {
                            r.to_string()
                        }
                    })
                    .collect(),
            )
        }
        Some(MuteAction::Add { query: words }) => {
            let text = words.join(" ");
            let rule = query(&text, &context.words)?;
            if rule.is_empty() {
                return Err(Failure::new(Cause::Query, "⟨!⟩").into());
            }
            let text = Clean::line(&text);
            let n = store.mute(&text, &rule)?;
            context.say("notice.muted", &[("query", &text), ("n", &n.to_string())])
        }
        Some(MuteAction::Remove { query: words }) => {
            let text = Clean::line(&words.join(" "));
            if !store.unmute(&text)? {
                return Err(Failure::new(Cause::NotMuted, &text).into());
            }
            context.say("notice.unmuted", &[("query", &text)])
        }
    }
}

/// Marks, keeps or labels all articles that a query finds.
pub(super) fn mark(args: &MarkArgs, context: &CommandContext) -> Result<(), CommandError> {
    let query = query(&args.query.join(" "), &context.words)?;
    if query.is_empty() && query.sort().is_some() {
        return Err(Failure::new(Cause::Query, "⟨!⟩").into());
    }
    let store = open_store(&context.paths)?;
    let all = Filter::default();
    let done = match args.what {
        MarkAs::Read => store.mark_found(&all, &query, true).map(|ids| ids.len()),
        MarkAs::Unread => store.mark_found(&all, &query, false).map(|ids| ids.len()),
        MarkAs::Scrapped | MarkAs::Unscrapped => {
            let rows = store.search(&all, &query, usize::MAX, &Cancel::new());
            let tags: Vec<Clean> = args
                .tags
                .iter()
                .map(|t| Clean::line(t))
                .filter(|t| !t.is_blank())
                .collect();
            let keep = |id| {
                if args.what == MarkAs::Scrapped {
                    scrap(&store, id, &tags)
                } else {
                    unscrap(&store, id)
                }
            };
            let rows = rows?;
            let done = rows
                .iter()
                .map(|r| keep(r.id))
                .sum::<Result<usize, StoreError>>();
            let ids: Vec<ArticleId> = rows.iter().map(|r| r.id).collect();
            Archive::of(&context.config.scrap, &context.paths.library()).follow(&store, &ids)?;
            done
        }
    };
    let n = done?.to_string();
    context.say("cli.marked", &[("n", &n)])
}

/// Scraps an article of the library and adds labels. Returns 1 if that changed anything, else 0.
fn scrap(store: &Store, id: ArticleId, tags: &[Clean]) -> Result<usize, StoreError> {
    let known = store.scrap(id)?;
    let Some(article) = store.article(id)? else {
        return Ok(0);
    };
    let is_new = known.is_none();
    let fresh = |article: Article| Scrap::of(article, Timestamp::now());
    let mut scrap = known.unwrap_or_else(|| fresh(article));
    let before = scrap.tags.len();
    for tag in tags {
        if !scrap.tags.contains(tag) {
            scrap.tags.push(tag.clone());
        }
    }
    if !is_new && scrap.tags.len() == before {
        return Ok(0);
    }
    store.scrap_put(&scrap).map(|()| 1)
}

fn unscrap(store: &Store, id: ArticleId) -> Result<usize, StoreError> {
    Ok(usize::from(store.scrap_drop(id)?.is_some()))
}

/// Prints lines, or nothing where there are none.
fn print_lines(lines: Vec<String>) -> Result<(), CommandError> {
    if lines.is_empty() {
        Ok(())
    } else {
        print(&lines.join("\n"))
    }
}
