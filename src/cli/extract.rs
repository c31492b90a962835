//! `gisa extract`: the cleaned article.

use super::args::{Extract, Format};
use super::context::Context;
use super::{Stop, print};
use crate::news::{Article, write};

/// Prints the article.
pub(super) fn run(args: &Extract, context: &Context) -> Result<(), Stop> {
    let article = context.article(&args.source, args.url.as_deref())?;
    print(&written(&article, args.format))
}

/// An article in a form.
pub(super) fn written(article: &Article, format: Format) -> String {
    match format {
        Format::Text => write::text(article),
        Format::Json => format!("{:#}", write::json(article)),
        Format::Md => write::markdown(article),
        Format::Html => write::html(article),
    }
}
