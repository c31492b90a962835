//! `gisa extract`: the cleaned article.

use super::args::{ExtractArgs, Format};
use super::context::CommandContext;
use super::error::CommandError;
use super::output::print;
use crate::news::{Article, write};

/// Prints the article, or with `--all` every article of the source.
pub(super) fn run(args: &ExtractArgs, context: &CommandContext) -> Result<(), CommandError> {
    if args.all {
        let articles = context.articles(&args.source, args.url.as_deref())?;
        return print(&all_written(&articles, args.format));
    }
    let article = context.article(&args.source, args.url.as_deref())?;
    print(&written(&article, args.format))?;
    context.report_problem(&article)
}

/// Several articles in `format`; as JSON, one document a line.
fn all_written(articles: &[Article], format: Format) -> String {
    let (each, between): (fn(&Article, Format) -> String, &str) = match format {
        Format::Json => (|article, _| write::json(article).to_string(), "\n"),
        _ => (written, "\n\n"),
    };
    articles
        .iter()
        .map(|a| each(a, format))
        .collect::<Vec<_>>()
        .join(between)
}

/// One article in `format`.
pub(super) fn written(article: &Article, format: Format) -> String {
    match format {
        Format::Text => write::text(article),
        Format::Json => format!("{:#}", write::json(article)),
        Format::Md => write::markdown(article),
        Format::Html => write::html(article),
    }
}
