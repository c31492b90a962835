//! `gisa print`: an article to a printer, a PDF or pages of text.

use std::path::Path;

use super::args::Print;
use super::context::Context;
use super::{Stop, print};
use crate::app::setting::labels;
use crate::app::{Cause, Failure};
use crate::news::Article;
use crate::print::pdf::pdf;
use crate::print::text::paginated;
use crate::runtime::failures::of_io;
use crate::runtime::printer;
use crate::text::{Document, Role};

/// Prints the article.
pub(super) fn run(args: &Print, context: &Context) -> Result<(), Stop> {
    let article = context.article(&args.source, None)?;
    let mut document = Document::article(&article, &labels(&context.words));
    // What stands for a picture on screen is noise on paper; its caption stays.
    document.parts.retain(|part| part.role != Role::Image);
    let target = args.to.as_deref();
    let ends = |end: &str| target.is_some_and(|t| t.to_lowercase().ends_with(end));
    if ends(".pdf") || ends(".txt") {
        let path = Path::new(target.unwrap_or_default());
        let (bytes, path) = match ends(".pdf").then(|| as_pdf(&article, &document)).transpose()?.flatten() {
            Some(bytes) => (bytes, path.to_owned()),
            None => {
                let path = path.with_extension("txt");
                if ends(".pdf") {
                    let shown = path.display().to_string();
                    note(&context.words.fill("cli.no-font", &[("path", &shown)]))?;
                }
                (paginated(document).into_bytes(), path)
            }
        };
        let shown = path.display().to_string();
        std::fs::write(&path, bytes).map_err(|e| of_io(&e, &shown))?;
        return print(&context.words.fill("cli.printed", &[("path", &shown)]));
    }
    let bytes = as_pdf(&article, &document)?.unwrap_or_else(|| paginated(document).into_bytes());
    Ok(printer::print(&bytes, target)?)
}

/// The PDF; none where the system has no Korean font.
fn as_pdf(article: &Article, document: &Document) -> Result<Option<Vec<u8>>, Failure> {
    let Some(faces) = printer::faces() else { return Ok(None) };
    pdf(article, document, &faces).map(Some).map_err(|e| Failure::new(Cause::Bug, &e.to_string()))
}

/// A word to standard error.
fn note(text: &str) -> Result<(), Stop> {
    use std::io::Write as _;
    Ok(writeln!(std::io::stderr(), "gisa: {text}")?)
}
