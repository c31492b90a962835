//! `gisa rules`: the rules for arriving articles, what they would do, and their application after a
//! refresh or a sync on the command line.

use jiff::ZonedDateTime;
use serde_json::json;

use super::args::{RulesAction, RulesArgs};
use super::context::CommandContext;
use super::error::CommandError;
use super::output::note;
use super::rules::query;
use crate::app::protocol::rules::RuleCommand;
use crate::config::RuleSettings;
use crate::news::ArticleRow;
use crate::news::address::without_secrets;
use crate::runtime::archive::Archive;
use crate::runtime::cancel::Cancel;
use crate::runtime::rules::commands::CommandLimits;
use crate::runtime::rules::{self, commands};
use crate::runtime::start::open_store;

/// Most articles that are listed under a rule in text.
const MOST_LISTED: usize = 20;

/// Lists the rules, or shows what they would do with articles of the library.
pub(super) fn run(args: &RulesArgs, context: &CommandContext) -> Result<(), CommandError> {
    match &args.action {
        None => list(args.json, context),
        Some(RulesAction::Test { query }) => test(&query.join(" "), args.json, context),
    }
}

/// Lists the rules. One that is wrong is named on standard error, and the exit code is 1.
fn list(as_json: bool, context: &CommandContext) -> Result<(), CommandError> {
    let book = &context.fetch.rules;
    let faults = rules::check(book, &ZonedDateTime::now());
    let lines: Vec<String> = book
        .rules
        .iter()
        .zip(&faults)
        .map(|(rule, fault)| match as_json {
            true => json!({
                "place": rule.place,
                "when": rule.when,
                "do": steps(rule),
                "error": fault.as_ref().map(|fault| fault.sentence(&context.words)),
            })
            .to_string(),
            false => format!("{}\t{}\t{}", rule.place, rule.when, steps(rule).join(", ")),
        })
        .collect();
    context.print_rows(&lines, as_json, "cli.no-rules")?;
    let faults: Vec<_> = faults.into_iter().flatten().collect();
    for fault in &faults {
        note(&fault.sentence(&context.words))?;
    }
    match faults.is_empty() {
        true => Ok(()),
        false => Err(CommandError::Reported(1)),
    }
}

fn steps(rule: &RuleSettings) -> Vec<String> {
    rule.steps.iter().map(|step| step.written()).collect()
}

/// Shows what each rule would do with the articles of the library that `text` finds. Nothing is
/// changed, nothing is run.
fn test(text: &str, as_json: bool, context: &CommandContext) -> Result<(), CommandError> {
    let among = query(text, &context.words)?;
    let store = open_store(&context.paths)?;
    let (mut lines, mut faults) = (Vec::new(), Vec::new());
    for rule in &context.fetch.rules.rules {
        let found = match rules::try_rule(rule, &among, &store, &ZonedDateTime::now()) {
            Ok(found) => found,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        if as_json {
            let articles: Vec<_> = found.iter().map(as_value).collect();
            let shape = json!({
                "place": rule.place,
                "when": rule.when,
                "do": steps(rule),
                "articles": articles,
            });
            lines.push(shape.to_string());
            continue;
        }
        let (n, steps) = (found.len().to_string(), steps(rule).join(", "));
        let values = [("place", &*rule.place), ("when", &rule.when), ("n", &n)];
        lines.push(format!(
            "{} → {steps}",
            context.words.fill("cli.rule", &values)
        ));
        let listed = found.iter().take(MOST_LISTED);
        lines.extend(listed.map(|row| {
            let publisher = row.publisher.as_deref().unwrap_or_default();
            format!("    {}  {publisher}", row.title)
                .trim_end()
                .to_owned()
        }));
        if found.len() > MOST_LISTED {
            lines.push(format!("    … +{}", found.len() - MOST_LISTED));
        }
    }
    context.print_rows(&lines, as_json, "cli.no-rules")?;
    for fault in &faults {
        note(&fault.sentence(&context.words))?;
    }
    match faults.is_empty() {
        true => Ok(()),
        false => Err(CommandError::Reported(1)),
    }
}

fn as_value(row: &ArticleRow) -> serde_json::Value {
    json!({
        "id": row.id.to_string(),
        "title": row.title,
        "url": row.url.as_deref().map(without_secrets),
        "publisher": row.publisher,
    })
}

/// What the rules did, and the commands that they ask for.
#[derive(Default)]
pub(super) struct AppliedRules {
    /// The number of articles that a rule acted on.
    pub(super) articles: usize,
    commands: Vec<RuleCommand>,
}

impl AppliedRules {
    /// Runs the commands; what failed is said on standard error. Last, as they may take long.
    pub(super) fn run_commands(
        &self,
        cancel: &Cancel,
        context: &CommandContext,
    ) -> Result<(), CommandError> {
        for failure in commands::run(&self.commands, CommandLimits::default(), cancel) {
            note(&failure.sentence(&context.words))?;
        }
        Ok(())
    }
}

/// Applies the rules to what arrived; what failed is said on standard error.
pub(super) fn apply(
    cancel: &Cancel,
    context: &CommandContext,
) -> Result<AppliedRules, CommandError> {
    if context.fetch.rules.rules.is_empty() {
        return Ok(AppliedRules::default());
    }
    let report = rules::apply(&context.fetch, &ZonedDateTime::now(), cancel)?;
    if !report.changes.scrapped.is_empty() {
        let store = open_store(&context.paths)?;
        Archive::of(&context.config.scrap, &context.paths.library())
            .follow(&store, &report.changes.scrapped)?;
    }
    for failure in &report.failures {
        note(&failure.sentence(&context.words))?;
    }
    Ok(AppliedRules {
        articles: report.articles,
        commands: report.commands,
    })
}
