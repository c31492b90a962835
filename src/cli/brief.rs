//! `gisa brief`: the day in brief, for a login shell or a mail.
//!
//! First the issues, stories that two publishers or more carry, with three sentences each; then the
//! latest articles that belong to none, with a line each.

use std::cmp::Reverse;
use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp, ZonedDateTime};
use serde_json::{Value, json};

use super::args::{BriefArgs, BriefFormat};
use super::context::CommandContext;
use super::error::CommandError;
use super::gather::{Gathered, gather};
use super::issues::as_json;
use super::output::print;
use super::read::terminal_width;
use crate::config::Words;
use crate::news::address::without_secrets;
use crate::news::order::Order as _;
use crate::news::write::{markdown_line, markdown_link};
use crate::news::{Article, ArticleId, Clean, Issue};
use crate::runtime::terminal::detection::policy;
use crate::runtime::terminal::probe::Probe;
use crate::summary;
use crate::text::{Column, WidthPolicy, wrap};

/// The contents of the briefing, in order.
struct BriefContents<'a> {
    issues: Vec<&'a Issue>,
    latest: Vec<Single<'a>>,
}

/// An article that belongs to no issue.
struct Single<'a> {
    id: ArticleId,
    article: &'a Article,
    /// The best summary sentence; `None` where the article has only a headline.
    line: Option<Clean>,
}

impl BriefContents<'_> {
    fn is_empty(&self) -> bool {
        self.issues.is_empty() && self.latest.is_empty()
    }
}

/// Prints the briefing in the format asked for.
pub(super) fn run(args: &BriefArgs, context: &CommandContext) -> Result<(), CommandError> {
    let hours = SignedDuration::from_hours(i64::from(args.hours));
    let gathered = gather(&args.sources, hours, true, context)?;
    // The library's are in its order already, in which a date in the future is not the newest.
    let is_sorted = args.sources.is_empty();
    let briefing = briefing(&gathered, (args.limit, is_sorted), context);
    let words = &context.words;
    match args.format {
        BriefFormat::Json => print(&in_json(&briefing, &gathered, args.hours).to_string()),
        _ if briefing.is_empty() => print(words.get("cli.nothing-new")),
        BriefFormat::Text => print(&in_text(&briefing, context)),
        BriefFormat::Md => print(&in_markdown(&briefing, &gathered, words)),
    }
}

/// The first `limit` issues, and the latest `limit` articles that belong to no issue. `is_sorted`:
/// the latest article is the first.
fn briefing<'a>(
    gathered: &'a Gathered,
    (limit, is_sorted): (usize, bool),
    context: &CommandContext,
) -> BriefContents<'a> {
    let carried = || gathered.issues.iter().filter(|i| i.publishers.len() > 1);
    let taken: HashSet<ArticleId> = carried().flat_map(|i| i.articles.iter().copied()).collect();
    let mut singles: Vec<&(ArticleId, Article)> = gathered
        .articles
        .iter()
        .filter(|(id, _)| !taken.contains(id))
        .collect();
    if !is_sorted {
        let now = Timestamp::now();
        singles.order_by_key(|(_, article)| Reverse(article.published.map(|p| p.at.min(now))));
    }
    let mut seen = HashSet::new();
    singles.retain(|(_, article)| !article.title.is_blank() && seen.insert(&article.title));
    singles.truncate(limit);
    let latest = singles.into_iter().map(|(id, article)| Single {
        id: *id,
        article,
        line: line(article, context),
    });
    BriefContents {
        issues: carried().take(limit).collect(),
        latest: latest.collect(),
    }
}

/// The first line of the page's own summary, else the best sentence of the article where its
/// publisher permits summaries.
fn line(article: &Article, context: &CommandContext) -> Option<Clean> {
    let ours = || {
        context
            .fetch
            .may_shorten(article, false)
            .ok()
            .map(|()| summary::summarize(article, 1))
    };
    summary::page(article)
        .or_else(ours)?
        .sentences
        .into_iter()
        .map(|l| l.text)
        .next()
}

fn heading(words: &Words) -> String {
    let now = ZonedDateTime::now();
    let parts = [
        ("year", now.year().to_string()),
        ("month", now.month().to_string()),
        ("day", now.day().to_string()),
    ];
    let values: Vec<(&str, &str)> = parts.iter().map(|(k, v)| (*k, v.as_str())).collect();
    words.fill(
        "cli.briefing",
        &[("date", &words.fill("when.full-date", &values))],
    )
}

/// The article's publisher, or nothing where it is not known.
fn publisher(article: &Article) -> &str {
    article.publisher.as_deref().unwrap_or_default()
}

fn in_text(briefing: &BriefContents<'_>, context: &CommandContext) -> String {
    let words = &context.words;
    let width = terminal_width().min(context.config.reading.measure);
    let mut page = Page {
        lines: vec![heading(words)],
        width: width.into(),
        policy: policy(&context.config, &Probe::default()),
    };
    if !briefing.issues.is_empty() {
        page.put("\n■ ", words.get("shelf.issues"));
    }
    for issue in &briefing.issues {
        let publishers: Vec<&str> = issue.publishers.iter().map(|o| &**o).collect();
        let (n, publishers) = (publishers.len().to_string(), publishers.join(", "));
        page.put("\n● ", &issue.title);
        page.put(
            "  ",
            &words.fill("issue.outlets", &[("n", &n), ("outlets", &publishers)]),
        );
        for line in &issue.summary {
            page.put("  - ", &format!("{} ({})", line.text, line.publisher));
        }
    }
    if !briefing.latest.is_empty() {
        page.put("\n■ ", words.get("cli.latest"));
    }
    for single in &briefing.latest {
        page.put(
            "\n● ",
            format!("{}  {}", single.article.title, publisher(single.article)).trim_end(),
        );
        single.line.iter().for_each(|l| page.put("  - ", l));
    }
    page.put("\n", words.get("brief.disclaimer-print"));
    page.lines.join("\n")
}

/// Lines of plain text, no wider than the column.
struct Page {
    lines: Vec<String>,
    width: usize,
    policy: WidthPolicy,
}

impl Page {
    /// Adds `text` with `mark` before its first line and the same indentation before the others. A
    /// mark that begins with a line break leaves a blank line first.
    fn put(&mut self, mark: &str, text: &str) {
        let bare = mark.trim_start_matches('\n');
        if bare.len() < mark.len() {
            self.lines.push(String::new());
        }
        let hang = self.policy.width(bare);
        let column = Column::plain(self.width.saturating_sub(hang).max(2), self.policy);
        for (row, range) in wrap(text, &column).into_iter().enumerate() {
            let before = if row == 0 {
                bare.to_owned()
            } else {
                " ".repeat(hang)
            };
            let line = before + text.get(range).unwrap_or_default();
            self.lines.push(line.trim_end().to_owned());
        }
    }
}

fn in_markdown(briefing: &BriefContents<'_>, gathered: &Gathered, words: &Words) -> String {
    let mut parts = vec![format!("# {}", markdown_line(&heading(words)))];
    if !briefing.issues.is_empty() {
        parts.push(format!("## {}", words.get("shelf.issues")));
    }
    for issue in &briefing.issues {
        let mut seen = HashSet::new();
        let first_of_each = issue
            .timeline
            .iter()
            .filter(|m| !m.publisher.is_empty() && seen.insert(&m.publisher));
        let links: Vec<String> = first_of_each
            .map(|m| markdown_link(&m.publisher, gathered.address(m.article).map(|a| &**a)))
            .collect();
        let lines: Vec<String> = issue
            .summary
            .iter()
            .map(|l| {
                format!(
                    "- {} ({})",
                    markdown_line(&l.text),
                    markdown_line(&l.publisher)
                )
            })
            .collect();
        parts.extend([
            format!("### {}", markdown_line(&issue.title)),
            links.join(" · "),
            lines.join("\n"),
        ]);
    }
    if !briefing.latest.is_empty() {
        parts.push(format!("## {}", words.get("cli.latest")));
        let item = |single: &Single<'_>| {
            let title = markdown_link(
                &single.article.title,
                single
                    .article
                    .address()
                    .map(|a| without_secrets(a))
                    .as_deref(),
            );
            let publisher = markdown_line(publisher(single.article));
            let line = single
                .line
                .as_ref()
                .map(|l| format!("  \n  {}", markdown_line(l)))
                .unwrap_or_default();
            format!("- {}{line}", format!("{title} {publisher}").trim_end())
        };
        parts.push(
            briefing
                .latest
                .iter()
                .map(item)
                .collect::<Vec<_>>()
                .join("\n"),
        );
    }
    parts.push(format!(
        "*{}*",
        markdown_line(words.get("brief.disclaimer-print"))
    ));
    parts.join("\n\n")
}

fn in_json(briefing: &BriefContents<'_>, gathered: &Gathered, hours: u32) -> Value {
    let latest = briefing.latest.iter().map(|single| {
        json!({
            "id": gathered.name(single.id),
            "title": single.article.title,
            "url": single.article.address().map(|a| without_secrets(a)),
            "publisher": single.article.publisher,
            "published": single.article.published,
            "summary": single.line,
        })
    });
    json!({
        "hours": hours,
        "issues": briefing.issues.iter().map(|issue| as_json(issue, gathered)).collect::<Vec<_>>(),
        "latest": latest.collect::<Vec<_>>(),
    })
}
