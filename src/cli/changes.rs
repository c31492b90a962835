//! `gisa changes`: what publishers rewrote in articles after publication.

use std::borrow::Cow;

use serde_json::json;

use super::args::ChangesArgs;
use super::context::CommandContext;
use super::error::CommandError;
use super::output::print;
use super::rules::query;
use crate::app::panes::reader::revisions_draft::rewrite_key;
use crate::config::Words;
use crate::news::address::without_secrets;
use crate::news::{Filter, Rewrite};
use crate::runtime::cancel::Cancel;
use crate::runtime::start::{open_store, zone};
use crate::stories::rewrites;

/// Prints what was rewritten in articles of the library, or between two sources.
pub(super) fn run(args: &ChangesArgs, context: &CommandContext) -> Result<(), CommandError> {
    let Some([old, new]) = args.between.as_deref() else {
        return of_library(args, context);
    };
    let changed = rewrites(&context.article(old, None)?, &context.article(new, None)?);
    if args.json {
        return print(&json!({ "changed": changed }).to_string());
    }
    if changed.is_empty() {
        return context.say("changes.none", &[]);
    }
    print(&text(&changed, &context.words).join("\n"))
}

/// Prints each article that was rewritten, with each time that it was.
fn of_library(args: &ChangesArgs, context: &CommandContext) -> Result<(), CommandError> {
    let store = open_store(&context.paths)?;
    let asked = query(&args.query.join(" "), &context.words)?;
    let rewritten = query("changed:", &context.words)?;
    let most = args.limit.unwrap_or(usize::MAX);
    let rows = store.search(
        &Filter::default(),
        &rewritten.and(asked),
        most,
        &Cancel::new(),
    )?;
    let zone = zone();
    let mut lines = Vec::new();
    for row in rows {
        let revisions = store.revisions(row.id)?;
        if args.json {
            let url = row.url.as_deref();
            let url = match args.secrets {
                true => url.map(Cow::Borrowed),
                false => url.map(without_secrets),
            };
            let shape = json!({
                "id": row.id.to_string(),
                "title": row.title,
                "url": url,
                "versions": revisions,
            });
            lines.push(shape.to_string());
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let publisher = row.publisher.as_deref().unwrap_or_default();
        lines.push(format!("{}  {publisher}", row.title).trim_end().to_owned());
        for revision in revisions {
            let seen = zone.to_datetime(revision.seen);
            let seen = seen.strftime("%Y-%m-%d %H:%M").to_string();
            lines.push(String::new());
            lines.push(context.words.fill("changes.seen", &[("when", &seen)]));
            lines.extend(text(&revision.changed, &context.words));
        }
    }
    context.print_rows(&lines, args.json, "changes.nothing")
}

/// Each rewrite in a block of lines: what part, then the words before and after.
fn text(changed: &[Rewrite], words: &Words) -> Vec<String> {
    let mut lines = Vec::new();
    for rewrite in changed {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(words.get(rewrite_key(rewrite.kind)).to_owned());
        for (sign, text) in [('-', &rewrite.old), ('+', &rewrite.new)] {
            if !text.is_blank() {
                lines.push(format!("  {sign} {}", text.replace('\n', " ")));
            }
        }
    }
    lines
}
