//! `gisa short` and `gisa sentences`: an article's summary, and its sentences.

use std::path::Path;
use std::time::Instant;

use serde_json::json;

use super::args::{Maker, SentencesArgs, ShortArgs};
use super::context::CommandContext;
use super::error::CommandError;
use super::output::print;
use crate::app::panes::reader::short_news::{line_mark, short_news_notice};
use crate::extract::charset::decode;
use crate::news::{Article, Block, Method, Summary};
use crate::runtime::cancel::Cancel;
use crate::runtime::failures::of_io;
use crate::runtime::system::limited_read;
use crate::runtime::system::paths::private_dir;
use crate::runtime::terminal::signals;
use crate::runtime::workers::language_model;
use crate::runtime::workers::language_model::Wanted;
use crate::summary;

/// Prints the summary.
pub(super) fn run(args: &ShortArgs, context: &CommandContext) -> Result<(), CommandError> {
    let article = context.article(&args.source, None)?;
    let problem = context.report_problem(&article);
    let count = usize::from(args.sentences.unwrap_or(context.config.summary.sentences));
    let begun = Instant::now();
    let summary = match args.with {
        Some(Maker::Llm) => by_model(&article, count, args.agree, context)?,
        Some(Maker::Local) => local(&article, count, args.agree, context)?,
        None => match summary::page(&article) {
            Some(own) => own,
            None => local(&article, count, args.agree, context)?,
        },
    };
    let took = begun.elapsed().as_secs_f64() * 1000.0;
    let notice = short_news_notice(&summary).unwrap_or("brief.disclaimer-print");
    let notice = context.words.get(notice);
    if args.json {
        let shape = json!({
            "sentences": summary.sentences,
            "method": summary.shown_method().to_string(),
            "cut": summary.cut,
            "disclaimer": notice,
            "took_ms": (took * 100.0).round() / 100.0,
        });
        print(&shape.to_string())?;
        return problem;
    }
    // A page without text has no short news.
    problem?;
    let mut lines: Vec<String> = vec![article.title.to_string(), String::new()];
    for (i, line) in summary.sentences.iter().enumerate() {
        let mark = if line.whole.is_some() { "*" } else { "" };
        lines.push(format!("{}.{mark} {}", i + 1, line.text));
        if let Some(mark) = line_mark(line, &context.words) {
            lines.push(format!("   {mark}"));
        }
    }
    lines.push(String::new());
    if summary.sentences.iter().any(|l| l.whole.is_some()) {
        lines.push(context.words.get("brief.shortened").to_owned());
    }
    if let Method::Llm(model) = summary.shown_method() {
        lines.push(context.words.fill("brief.method.llm", &[("model", model)]));
    }
    lines.push(notice.to_owned());
    print(&lines.join("\n"))
}

/// An extractive summary, where the publisher permits it or the reader has agreed.
///
/// # Errors
/// The publisher must be asked first and the reader has not agreed.
pub(super) fn local(
    article: &Article,
    count: usize,
    agreed: bool,
    context: &CommandContext,
) -> Result<Summary, CommandError> {
    context.fetch.may_shorten(article, agreed)?;
    Ok(summary::summarize(article, count))
}

/// A summary by the language model of the settings. A signal cancels it.
fn by_model(
    article: &Article,
    count: usize,
    agreed: bool,
    context: &CommandContext,
) -> Result<Summary, CommandError> {
    let cancel = Cancel::new();
    signals::cancel_at_end(&cancel)?;
    private_dir(&context.paths.data)
        .map_err(|e| of_io(&e, &context.paths.data.display().to_string()))?;
    let wanted = Wanted {
        article,
        count,
        agreed,
    };
    Ok(language_model::short_news(
        &context.config.summary.model,
        &context.fetch,
        wanted,
        &cancel,
        &mut |_| {},
    )?)
}

/// Prints the sentences.
pub(super) fn sentences(
    args: &SentencesArgs,
    context: &CommandContext,
) -> Result<(), CommandError> {
    let article = if is_text(&args.source) {
        body(&args.source, context.fetch.limit)?
    } else {
        context.article(&args.source, None)?
    };
    let sentences: Vec<String> = summary::sentences(&article)
        .into_iter()
        .map(|s| s.text.to_string())
        .collect();
    if args.json {
        print(&json!(sentences).to_string())?;
    } else {
        print(&sentences.join("\n"))?;
    }
    context.report_problem(&article)
}

fn is_text(source: &str) -> bool {
    Path::new(source)
        .extension()
        .is_some_and(|e| e.eq_ignore_ascii_case("txt"))
        && Path::new(source).is_file()
}

/// Reads a text file as an article body: each line that is not blank is a paragraph.
fn body(source: &str, limit: usize) -> Result<Article, CommandError> {
    let bytes = limited_read::file(Path::new(source), limit)?;
    let text = decode(&bytes, None);
    let blocks = text
        .lines()
        .filter(|l| !l.trim().is_empty())
        .map(Block::paragraph)
        .collect();
    Ok(Article {
        blocks,
        ..Article::default()
    })
}
