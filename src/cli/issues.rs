//! `gisa issues`: the stories that several outlets carry.

use std::collections::HashMap;
use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::args::Issues;
use super::context::Context;
use super::{Stop, print};
use crate::app::{Cause, Failure};
use crate::brief;
use crate::extract::when;
use crate::news::stamp::KST;
use crate::news::{Article, ArticleId, Clean, Filter, Page, Stamp, Start};
use crate::runtime::failures::{of_io, of_store};
use crate::runtime::start::open_store;
use crate::stories::{Clusterer, Issue, Policy, StoryInput, issues};

/// Articles of the library that are looked at, at most.
const MOST: usize = 20_000;

/// Articles, with the name by which each was given.
type Given = Vec<(String, Article)>;

/// Prints the issues.
pub(super) fn run(args: &Issues, context: &Context) -> Result<(), Stop> {
    let hours = SignedDuration::from_hours(i64::from(args.hours.unwrap_or(48)));
    let given = if args.sources.is_empty() { library(context, hours)? } else { named(&args.sources, context)? };
    let (mut clusterer, mut names, mut texts) =
        (Clusterer::new(Policy { window: hours, ..Policy::default() }), HashMap::new(), HashMap::new());
    for (name, article) in given {
        let sentences = brief::sentences(&article);
        let id = ArticleId::of_content(&name);
        let input = StoryInput { id, ..StoryInput::of(&article, &sentences, !args.lead_only) };
        clusterer.add(&input);
        texts.insert(id, sentences.into_iter().map(|s| s.text).collect::<Vec<Clean>>());
        names.insert(id, name);
    }
    clusterer.group();
    let found = issues(&clusterer, |id| texts.get(&id).cloned().unwrap_or_default());
    let shown: Vec<String> =
        found.iter().map(|issue| if args.json { as_json(issue, &names).to_string() } else { as_text(issue) }).collect();
    match (shown.is_empty(), args.json) {
        (false, _) => print(&shown.join("\n")),
        (true, true) => Ok(()),
        (true, false) => print(context.words.get("empty.issues")),
    }
}

fn as_json(issue: &Issue, names: &HashMap<ArticleId, String>) -> Value {
    let name = |id: &ArticleId| names.get(id).cloned().unwrap_or_else(|| id.to_string());
    let summary = issue.summary.iter().map(|line| {
        json!({ "text": line.text, "article": name(&line.article), "outlet": line.outlet, "source": line.source })
    });
    let timeline = issue
        .timeline
        .iter()
        .map(|m| json!({ "published": m.at, "article": name(&m.article), "outlet": m.outlet, "title": m.title }));
    json!({
        "id": issue.id.to_string(),
        "title": issue.title,
        "outlets": issue.outlets,
        "articles": issue.articles.iter().map(name).collect::<Vec<_>>(),
        "summary": summary.collect::<Vec<_>>(),
        "timeline": timeline.collect::<Vec<_>>(),
    })
}

fn as_text(issue: &Issue) -> String {
    let mut lines =
        vec![format!("{} — {}", issue.title, issue.outlets.iter().map(|o| &**o).collect::<Vec<_>>().join(", "))];
    lines.extend(issue.summary.iter().map(|line| format!("  {} ({})", line.text, line.outlet)));
    lines.push(String::new());
    lines.join("\n")
}

/// Articles of the library that came within the window.
fn library(context: &Context, window: SignedDuration) -> Result<Given, Stop> {
    let store = open_store(&context.paths)?;
    let filter = Filter { since: Timestamp::now().checked_sub(window).ok(), ..Filter::default() };
    let page = Page { start: Start::Offset(0), limit: MOST };
    let mut given = Vec::new();
    for row in store.articles(&filter, page).map_err(|e| of_store(&e))? {
        let Some(mut article) = store.article(row.id).map_err(|e| of_store(&e))? else { continue };
        // What an outlet is called is what the list calls it.
        article.publisher = row.publisher;
        given.push((row.id.to_string(), article));
    }
    Ok(given)
}

/// Articles of sources: `.jsonl`, one article a line with its `id`; anything else as everywhere.
fn named(sources: &[String], context: &Context) -> Result<Given, Stop> {
    let mut given = Vec::new();
    for source in sources {
        if Path::new(source).extension().is_some_and(|e| e.eq_ignore_ascii_case("jsonl")) {
            let text = std::fs::read_to_string(source).map_err(|e| of_io(&e, source))?;
            for (index, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
                let at = format!("{source}:{}", index + 1);
                given.push(json_line(line).ok_or_else(|| Failure::new(Cause::NoArticle, &at))?);
            }
        } else {
            given.extend(context.articles(source, None)?.into_iter().map(|a| (a.id().to_string(), a)));
        }
    }
    Ok(given)
}

/// An article with its name. Its date may be written as people write it.
fn json_line(line: &str) -> Option<(String, Article)> {
    let mut value: Value = serde_json::from_str(line).ok()?;
    let date = value.get_mut("published").map(Value::take);
    let mut article: Article = serde_json::from_value(value.clone()).ok()?;
    let date = date.as_ref().and_then(Value::as_str);
    article.published = date.and_then(|d| d.parse::<Stamp>().ok().or_else(|| when::first(d, KST)));
    let name = value.get("id").and_then(Value::as_str).map_or_else(|| article.id().to_string(), str::to_owned);
    Some((name, article))
}
