//! Rules for articles that arrive: finds the articles that each rule is for, does with them what it
//! says, and hands back what is to be alerted of and to be run.
//!
//! * [`apply`] – the rules of the settings over what arrived; [`undo`] takes their changes back
//! * `alerts` – of which articles to alert: once for a story, and not in quiet hours
//! * [`commands`] – runs the commands of rules, within limits

mod alerts;
pub mod commands;
#[cfg(test)]
mod tests;

use jiff::{Timestamp, ZonedDateTime};

use crate::app::protocol::rules::{RuleChanges, RuleCommand, RuleReport};
use crate::app::{Cause, Failure};
use crate::config::{RuleAct, RuleBook, RuleSettings};
use crate::news::address::without_secrets;
use crate::news::order::Order as _;
use crate::news::{ArticleId, ArticleRow, Clean, Query};
use crate::runtime::cancel::Cancel;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::store::Store;
use crate::runtime::system::command::fill;

/// A rule that can be applied.
struct Rule<'a> {
    settings: &'a RuleSettings,
    query: Query,
    acts: Vec<RuleAct>,
    /// Tells it from other rules. One that is changed is another rule.
    hash: i64,
}

impl<'a> Rule<'a> {
    /// # Errors
    /// The query or a step is wrong; the failure names file and line.
    fn of(settings: &'a RuleSettings, now: &ZonedDateTime) -> Result<Self, Failure> {
        let wrong = |what: &str| {
            let subject = format!("{}: {what}", settings.place);
            Failure::new(Cause::RuleWrong, &subject)
        };
        let query = Query::parse(&settings.when, now).map_err(|error| {
            let (before, after) = settings
                .when
                .split_at_checked(error.at.start)
                .unwrap_or((&settings.when, ""));
            wrong(&format!("when = \"{before}⟨!⟩{after}\""))
        })?;
        if query.is_empty() {
            return Err(wrong("when = \"⟨!⟩\""));
        }
        let mut acts = Vec::new();
        for step in &settings.steps {
            let act = step.act();
            acts.push(act.ok_or_else(|| wrong(&format!("do = [\"{}\"]", step.written())))?);
        }
        let text = format!("{}\n{:?}", settings.when, settings.steps);
        Ok(Self {
            settings,
            query,
            acts,
            hash: ArticleId::of_content(&text).0.cast_signed(),
        })
    }
}

/// Says of each rule whether it can be applied.
pub fn check(book: &RuleBook, now: &ZonedDateTime) -> Vec<Option<Failure>> {
    let rules = book.rules.iter();
    rules.map(|rule| Rule::of(rule, now).err()).collect()
}

/// The articles of the library that a rule finds, of those that `among` finds.
///
/// # Errors
/// The rule is wrong, or the library can't be read.
pub fn try_rule(
    rule: &RuleSettings,
    among: &Query,
    store: &Store,
    now: &ZonedDateTime,
) -> Result<Vec<ArticleRow>, Failure> {
    let rule = Rule::of(rule, now)?;
    let query = among.clone().and(rule.query);
    let found = store.search(&Default::default(), &query, usize::MAX, &Cancel::new())?;
    Ok(found)
}

/// Applies the rules to the articles that arrived since they were last applied. A rule that is
/// wrong, or that can't be carried out, is reported, and the others go on.
///
/// # Errors
/// The library can't be opened or read.
pub fn apply(fetch: &Fetch, now: &ZonedDateTime, cancel: &Cancel) -> Result<RuleReport, Failure> {
    let mut report = RuleReport::default();
    if fetch.rules.rules.is_empty() {
        return Ok(report);
    }
    let store = Store::open(&fetch.library)?;
    let arrivals = store.arrivals()?;
    if arrivals.is_empty() || store.obstacle().is_some() {
        return Ok(report);
    }
    let (mut news, mut corrections) = (Vec::new(), Vec::new());
    let mut acted = std::collections::BTreeSet::new();
    for settings in &fetch.rules.rules {
        if cancel.is_cancelled() {
            return Ok(report);
        }
        let done = Rule::of(settings, now).and_then(|rule| {
            let rows = claimed(&rule, &store, &arrivals)?;
            acted.extend(rows.iter().map(|row| row.id));
            if rule.acts.contains(&RuleAct::Notify) {
                match rule.query.reads_revisions() {
                    true => corrections.extend(rows.iter().cloned()),
                    false => news.extend(rows.iter().cloned()),
                }
            }
            carry_out(&rule, &rows, &store, now.timestamp(), &mut report)
        });
        report.failures.extend(done.err());
    }
    report.articles = acted.len();
    alerts::choose(
        &store,
        &fetch.rules,
        &fetch.feed_book(),
        (&news, &corrections),
        now,
        &mut report,
    )?;
    store.arrivals_done(&arrivals)?;
    store.forget_rule_acts(now.timestamp())?;
    Ok(report)
}

/// The articles among `arrivals` that the rule is for, and on which no one acted by it.
fn claimed(
    rule: &Rule<'_>,
    store: &Store,
    arrivals: &[ArticleId],
) -> Result<Vec<ArticleRow>, Failure> {
    let mut rows = store.rule_finds(rule.hash, &rule.query, arrivals)?;
    let ids: Vec<ArticleId> = rows.iter().map(|row| row.id).collect();
    if !ids.is_empty() {
        let claimed = store.claim_for_rule(rule.hash, &ids)?;
        rows.retain(|row| claimed.contains(&row.id));
    }
    // As they were published: the oldest is acted on first.
    rows.order_by_key(|row| row.place.0);
    Ok(rows)
}

/// Does with these articles what the rule says, in its order.
fn carry_out(
    rule: &Rule<'_>,
    rows: &[ArticleRow],
    store: &Store,
    now: Timestamp,
    report: &mut RuleReport,
) -> Result<(), Failure> {
    if rows.is_empty() {
        return Ok(());
    }
    let ids: Vec<ArticleId> = rows.iter().map(|row| row.id).collect();
    let changes = &mut report.changes;
    for act in &rule.acts {
        match act {
            RuleAct::Tag(label) => {
                let scrapped = store.scrap_articles(&ids, Some(label), now)?;
                note_scrapped(changes, scrapped);
            }
            RuleAct::Scrap => {
                let scrapped = store.scrap_articles(&ids, None, now)?;
                note_scrapped(changes, scrapped);
            }
            RuleAct::MarkRead | RuleAct::MarkUnread => {
                let is_read = *act == RuleAct::MarkRead;
                let marked = store.mark_read(&ids, is_read)?;
                let first = |id: &ArticleId| changes.marks.iter().all(|mark| mark.0 != *id);
                let marked: Vec<_> = marked.into_iter().filter(first).collect();
                changes
                    .marks
                    .extend(marked.into_iter().map(|id| (id, !is_read)));
            }
            RuleAct::Mute => changes.hidden.extend(store.hide(&ids)?),
            RuleAct::Notify => {}
            RuleAct::Run(argv) => {
                let place = &rule.settings.place;
                report
                    .commands
                    .extend(rows.iter().map(|row| command(place, argv, row)));
            }
        }
    }
    Ok(())
}

/// Notes which articles were scrapped. Of one that two rules scrapped, what it was before the first
/// counts.
fn note_scrapped(
    changes: &mut RuleChanges,
    (ids, before): (Vec<ArticleId>, Vec<crate::news::Scrap>),
) {
    for scrap in before {
        if !changes.scrapped.contains(&scrap.id()) {
            changes.before.push(scrap);
        }
    }
    for id in ids {
        if !changes.scrapped.contains(&id) {
            changes.scrapped.push(id);
        }
    }
}

/// A command with the fields of an article filled in. No field can pass for an option of the
/// program: where an argument would begin with a headline's hyphen, a space stands before it.
fn command(place: &str, argv: &[String], row: &ArticleRow) -> RuleCommand {
    let id = row.id.to_string();
    let url = row.url.as_deref().map(without_secrets).unwrap_or_default();
    let values = [
        ("{url}", &*url),
        ("{title}", &*row.title),
        ("{publisher}", row.publisher.as_deref().unwrap_or_default()),
        ("{id}", &*id),
    ];
    let filled = |argument: &String| {
        let out = fill(argument, &values);
        match out.starts_with('-') && !argument.starts_with('-') {
            true => format!(" {out}"),
            false => out,
        }
    };
    let (program, arguments) = argv.split_first().map_or(("", argv), |(p, a)| (&**p, a));
    // The program itself is never filled in: no article chooses what is run.
    let mut filled: Vec<String> = arguments.iter().map(filled).collect();
    filled.insert(0, program.to_owned());
    RuleCommand {
        place: place.to_owned(),
        argv: filled,
    }
}

/// Takes back what rules changed in the library.
///
/// # Errors
/// The library can't be written.
pub fn undo(store: &Store, changes: &RuleChanges) -> Result<(), Failure> {
    store.unhide(&changes.hidden)?;
    for id in &changes.scrapped {
        store.scrap_drop(*id)?;
    }
    store.scraps_put(&changes.before)?;
    for read in [true, false] {
        let marks = changes.marks.iter().filter(|mark| mark.1 == read);
        let ids: Vec<ArticleId> = marks.map(|mark| mark.0).collect();
        store.mark_read(&ids, read)?;
    }
    Ok(())
}

/// The headline of an article, for a sentence.
fn headline(row: &ArticleRow) -> Clean {
    row.title.clone()
}
