//! `gisa edition`: a newspaper to take along.

use super::args::EditionArgs;
use super::context::CommandContext;
use super::error::CommandError;
use super::output::{note, progress};
use super::rules::query;
use crate::app::panes::typography::labels;
use crate::app::{Cause, Failure};
use crate::config::EditionForm;
use crate::runtime::cancel::Cancel;
use crate::runtime::edition::choose::EditionWish;
use crate::runtime::edition::output::{EditionOrder, form_of, send, write_edition};
use crate::runtime::start::{open_store, zone};
use crate::runtime::terminal::signals;
use crate::runtime::workers::pictures::Gallery;

/// The words for the articles of the last day.
const TODAY: [&str; 2] = ["today", "오늘"];

/// Writes the edition, and sends it on where that is asked for.
pub(super) fn run(args: &EditionArgs, context: &CommandContext) -> Result<(), CommandError> {
    let shown = args.to.display().to_string();
    let form = form_of(&args.to).ok_or_else(|| Failure::new(Cause::EditionName, &shown))?;
    let settings = &context.config.edition;
    if args.send && settings.send.is_empty() {
        return Err(Failure::new(Cause::EditionSend, "").into());
    }
    let text = args.query.join(" ");
    let is_today = text.trim().is_empty() || TODAY.contains(&text.trim());
    let query = match is_today {
        true => None,
        false => Some(query(&text, &context.words)?),
    };
    let store = open_store(&context.paths)?;
    let labels = labels(&context.words, &zone());
    let has_pictures = settings.pictures && !args.no_pictures;
    let gallery = has_pictures.then(|| {
        let cache = &context.paths.cache;
        Gallery::new(&context.config.pictures, &context.fetch, cache)
    });
    let cancel = Cancel::new();
    signals::cancel_at_end(&cancel)?;
    let order = EditionOrder {
        wish: EditionWish {
            query: query.as_ref(),
            name: text.trim(),
            most: args.limit.unwrap_or(settings.articles).into(),
            sentences: context.config.summary.sentences.into(),
            words: &context.words,
            zone: zone(),
            fetch: &context.fetch,
        },
        form,
        path: args.to.clone(),
        gallery: gallery.as_ref(),
        labels: &labels,
        speech: &context.config.speech,
    };
    let mut heard = |n: usize| progress(&n.to_string());
    let report = write_edition(&store, &order, &cancel, &mut heard)?;
    if report.missing > 0 {
        let n = report.missing.to_string();
        note(&context.words.fill("cli.edition-pictures", &[("n", &n)]))?;
    }
    let (n, issues) = (report.articles.to_string(), report.issues.to_string());
    let key = match (form, report.issues) {
        (EditionForm::Audio, _) => "cli.edition-audio",
        (_, 0) => "cli.edition-no-issues",
        _ => "cli.edition",
    };
    context.say(key, &[("path", &shown), ("n", &n), ("issues", &issues)])?;
    if args.send {
        send(&settings.send, &args.to, &report.title)?;
        let name = settings.send.first().map_or("", String::as_str);
        context.say("cli.edition-sent", &[("name", name)])?;
    }
    Ok(())
}
