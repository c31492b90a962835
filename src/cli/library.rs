//! `gisa list` and `gisa search`: articles of the library, newest first.

use std::borrow::Cow;

use jiff::tz::TimeZone;
use serde_json::json;

use super::args::FindArgs;
use super::context::CommandContext;
use super::error::CommandError;
use super::rules::{query, saved_query};
use crate::news::address::without_secrets;
use crate::news::{ArticleRow, Filter};
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
        order: args.sort.into(),
        ..Filter::default()
    };
    let most = args.limit.unwrap_or(usize::MAX);
    let rows = store.in_order(&filter, &query, most, &Cancel::new())?;
    let zone = zone();
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

fn as_json(row: &ArticleRow, secrets: bool) -> String {
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
    })
    .to_string()
}

fn as_text(row: &ArticleRow, zone: &TimeZone) -> String {
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
