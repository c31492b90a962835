//! `gisa extract`: the cleaned article.

use serde_json::{Value, json};

use super::args::{ExtractArgs, Format};
use super::context::CommandContext;
use super::error::CommandError;
use super::output::print;
use crate::news::{Article, write};

/// Prints the article, or with `--all` every article of the source.
pub(super) fn run(args: &ExtractArgs, context: &CommandContext) -> Result<(), CommandError> {
    if args.no_profiles {
        return extract(args, &context.without_profiles());
    }
    extract(args, context)
}

fn extract(args: &ExtractArgs, context: &CommandContext) -> Result<(), CommandError> {
    if args.all {
        let articles = context.articles(&args.source, args.url.as_deref())?;
        if articles.is_empty() {
            return context.print_rows(&[], args.format == Format::Json, "empty.sources");
        }
        print(&all_written(&articles, args))?;
        // A page by itself, and not an item of a feed, of which many have a headline only.
        return match &articles[..] {
            [only] => context.report_problem(only),
            _ => Ok(()),
        };
    }
    let article = context.article(&args.source, args.url.as_deref())?;
    let text = match args.format {
        Format::Json => format!("{:#}", as_json(&article, args.secrets)),
        format => written(&article, format),
    };
    print(&text)?;
    context.report_problem(&article)
}

/// Several articles in the form that is asked for; as JSON, one document a line.
fn all_written(articles: &[Article], args: &ExtractArgs) -> String {
    let each = |article: &Article| match args.format {
        Format::Json => as_json(article, args.secrets).to_string(),
        format => written(article, format),
    };
    let between = if args.format == Format::Json {
        "\n"
    } else {
        "\n\n"
    };
    articles.iter().map(each).collect::<Vec<_>>().join(between)
}

/// The JSON of an article; with `secrets`, its addresses are whole.
fn as_json(article: &Article, secrets: bool) -> Value {
    let mut shape = write::json(article);
    if secrets {
        shape["url"] = json!(article.url);
        shape["canonical_url"] = json!(article.canonical_url);
    }
    shape
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
