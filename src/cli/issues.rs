//! `gisa issues`: stories that several publishers report.

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use super::args::IssuesArgs;
use super::context::CommandContext;
use super::error::CommandError;
use super::gather::{Gathered, gather};
use crate::config::Words;
use crate::news::{ArticleId, Issue};
use crate::runtime::start::zone;

/// Prints the issues.
pub(super) fn run(args: &IssuesArgs, context: &CommandContext) -> Result<(), CommandError> {
    let hours = SignedDuration::from_hours(i64::from(args.hours.unwrap_or(48)));
    let gathered = gather(&args.sources, hours, !args.lead_only, context)?;
    let line = |issue| {
        if args.json {
            as_json(issue, &gathered).to_string()
        } else {
            as_text(issue, &context.words, &zone())
        }
    };
    // JSON also has the stories that a single publisher reports several times.
    let shown: Vec<String> = gathered
        .issues
        .iter()
        .filter(|i| args.json || i.is_shared())
        .map(line)
        .collect();
    context.print_rows(&shown, args.json, "empty.issues")
}

/// The JSON of an issue; its shape is a contract with scripts.
pub(super) fn as_json(issue: &Issue, gathered: &Gathered) -> Value {
    let name = |id: &ArticleId| gathered.name(*id);
    let summary = issue.summary.iter().map(|line| {
        json!({
            "text": line.text,
            "article": name(&line.article),
            "outlet": line.publisher,
            "source": line.source,
        })
    });
    let timeline = issue.timeline.iter().map(|m| {
        json!({
            "published": m.at,
            "article": name(&m.article),
            "outlet": m.publisher,
            "title": m.title,
            "url": gathered.address(m.article),
        })
    });
    let copies = issue
        .copies
        .iter()
        .map(|set| set.iter().map(name).collect::<Vec<_>>());
    json!({
        "id": issue.id.to_string(),
        "topic": issue.topic.map(|id| id.to_string()),
        "title": issue.title,
        "outlets": issue.publishers,
        "articles": issue.articles.iter().map(name).collect::<Vec<_>>(),
        "summary": summary.collect::<Vec<_>>(),
        "timeline": timeline.collect::<Vec<_>>(),
        "copies": copies.collect::<Vec<_>>(),
    })
}

/// Title, publishers, summary, and the articles in the order of their publication.
fn as_text(issue: &Issue, words: &Words, zone: &TimeZone) -> String {
    let publishers: Vec<&str> = issue.publishers.iter().map(|o| &**o).collect();
    let (n, publishers) = (publishers.len().to_string(), publishers.join(", "));
    let mut lines = vec![
        issue.title.to_string(),
        format!(
            "  {}",
            words.fill("issue.outlets", &[("n", &n), ("outlets", &publishers)])
        ),
    ];
    lines.extend(
        issue
            .summary
            .iter()
            .map(|line| format!("  - {} ({})", line.text, line.publisher)),
    );
    for moment in &issue.timeline {
        let when = moment
            .at
            .map(|at| at.local(zone).strftime("%m.%d %H:%M ").to_string())
            .unwrap_or_default();
        let place = format!("{when}{}", moment.publisher);
        lines.push(match issue.copied_from(moment.article) {
            None => format!("  {place} — {}", moment.title),
            Some(publisher) => format!(
                "  {}",
                words.fill("issue.copy", &[("moment", &place), ("outlet", publisher)])
            ),
        });
    }
    lines.push(String::new());
    lines.join("\n")
}
