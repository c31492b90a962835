//! `gisa list` and `gisa search`: articles of the library, newest first.

use std::borrow::Cow;

use jiff::tz::TimeZone;
use serde_json::json;

use super::args::{FindArgs, PatternPart, RowField, RowPattern};
use super::context::CommandContext;
use super::error::CommandError;
use super::output::print;
use super::rules::{query, saved_query};
use crate::news::address::without_secrets;
use crate::news::{ArticleRow, Filter, SortOrder};
use crate::runtime::cancel::Cancel;
use crate::runtime::start::{open_store, zone};

/// Prints the articles that match the query and the saved search; all of them without either.
pub(super) fn run(args: &FindArgs, context: &CommandContext) -> Result<(), CommandError> {
    let store = open_store(&context.paths)?;
    let mut text = args.query.join(" ");
    if let Some(name) = &args.saved {
        let saved = saved_query(&store, name)?;
        text = if text.is_empty() {
            saved
        } else {
            format!("({saved}) {text}")
        };
    }
    let query = query(&text, &context.words)?;
    let filter = Filter {
        order: args
            .sort
            .map(SortOrder::from)
            .or(query.sort())
            .unwrap_or_default(),
        ..Filter::default()
    };
    if args.count && args.limit.is_none() {
        // Counters and indexes have most of it: a hundred thousand rows are not read.
        let found = store.count_found(&filter, &query, &Cancel::new())?;
        return print(&found.to_string());
    }
    let most = args.limit.unwrap_or(usize::MAX);
    let rows = store.in_order(&filter, &query, most, &Cancel::new())?;
    if args.count {
        return print(&rows.len().to_string());
    }
    if rows.is_empty() {
        context.note_copies(&store)?;
    }
    let zone = zone();
    if let Some(pattern) = &args.format {
        let lines: Vec<String> = rows.iter().map(|row| formatted(pattern, row)).collect();
        return context.print_rows(&lines, true, "empty.found");
    }
    let lines: Vec<String> = rows
        .iter()
        .map(|row| {
            if args.json {
                as_json(row, args.secrets)
            } else {
                as_text(row, &zone)
            }
        })
        .collect();
    context.print_rows(&lines, args.json, "empty.found")
}

pub(super) fn as_json(row: &ArticleRow, secrets: bool) -> String {
    let url = row.url.as_deref();
    let url = match secrets {
        true => url.map(Cow::Borrowed),
        false => url.map(without_secrets),
    };
    json!({
        "id": row.id.to_string(),
        "title": row.title,
        "url": url,
        "publisher": row.publisher,
        "feed": row.feed.map(|f| f.0),
        "published": row.published,
        "read": row.read,
        "scrapped": row.scrapped,
        "story": row.story,
        "revisions": row.revisions,
        "later": row.later,
    })
    .to_string()
}

/// A row by the user's pattern.
fn formatted(pattern: &RowPattern, row: &ArticleRow) -> String {
    let value = |part: &PatternPart| match part {
        PatternPart::Text(text) => text.clone(),
        PatternPart::Field(field) => value_of(*field, row),
    };
    pattern.0.iter().map(value).collect()
}

fn value_of(field: RowField, row: &ArticleRow) -> String {
    let flag = |is: bool| if is { "1" } else { "0" }.to_owned();
    let url = || row.url.as_deref().map(without_secrets).unwrap_or_default();
    match field {
        RowField::Title => row.title.to_string(),
        RowField::Url => url().into_owned(),
        RowField::Publisher => row.publisher.as_deref().unwrap_or_default().to_owned(),
        RowField::Published => row.published.map(|p| p.to_string()).unwrap_or_default(),
        RowField::Id => row.id.to_string(),
        RowField::Read => flag(row.read),
        RowField::Scrapped => flag(row.scrapped),
    }
}

pub(super) fn as_text(row: &ArticleRow, zone: &TimeZone) -> String {
    let mark = if row.read { ' ' } else { '*' };
    let day = row.published.map(|p| p.shown(zone)).unwrap_or_default();
    format!(
        "{mark} {day:16}  {}  {}",
        row.title,
        row.publisher.as_deref().unwrap_or_default()
    )
    .trim_end()
    .to_owned()
}
