//! `gisa print`: an article to a printer, a PDF or pages of text.

use std::path::Path;

use super::args::PrintArgs;
use super::context::CommandContext;
use super::error::CommandError;
use super::output::note;
use crate::app::panes::typography::labels;
use crate::runtime::failures::of_write;
use crate::runtime::start::zone;
use crate::runtime::system::atomic_file;
use crate::runtime::system::atomic_file::Durability;
use crate::runtime::system::printer;
use crate::runtime::system::printer::Paper;

/// Prints the article to a printer, or writes it to the `.pdf` or `.txt` file named.
pub(super) fn run(args: &PrintArgs, context: &CommandContext) -> Result<(), CommandError> {
    let article = context.article(&args.source, None)?;
    context.report_problem(&article)?;
    context.report_cut(&article)?;
    let labels = labels(&context.words, &zone());
    let target = args.to.as_deref();
    let ends = |end: &str| target.is_some_and(|t| t.to_lowercase().ends_with(end));
    if ends(".pdf") || ends(".txt") {
        let sheets = printer::sheets(&article, &labels, ends(".pdf"))?;
        let mut path = Path::new(target.unwrap_or_default()).to_owned();
        if ends(".pdf") && !sheets.is_pdf {
            path.set_extension("txt");
            note(&context.words.fill(
                "notice.paper-text",
                &[("path", &path.display().to_string())],
            ))?;
        }
        let shown = path.display().to_string();
        atomic_file::write(&path, &sheets.bytes, Durability::Buffered)
            .map_err(|e| of_write(&e, &shown))?;
        return context.say("cli.printed", &[("path", &shown)]);
    }
    if target.is_some() {
        return Ok(printer::print(
            &printer::sheets(&article, &labels, true)?.bytes,
            target,
        )?);
    }
    match printer::put(&article, &labels, &context.config.print)? {
        Paper::Printer(name) => context.say("notice.printed", &[("printer", &name)]),
        Paper::Pdf(path) => context.say("notice.paper", &[("path", &path.display().to_string())]),
        Paper::Text(path) => context.say(
            "notice.paper-text",
            &[("path", &path.display().to_string())],
        ),
    }
}
