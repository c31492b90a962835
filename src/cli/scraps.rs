//! `gisa scrap` and `gisa scraps`.

use std::path::Path;

use jiff::Timestamp;
use serde_json::json;

use super::args::{ExportFormat, Format, Scrap as ScrapArgs, Scraps, ScrapsAction};
use super::context::Context;
use super::extract::written;
use super::{Stop, print, save};
use crate::news::{Clean, Scrap};
use crate::runtime::failures::{of_io, of_store};
use crate::runtime::start::open_store;

/// Keeps an article.
pub(super) fn scrap(args: &ScrapArgs, context: &Context) -> Result<(), Stop> {
    let article = context.article(&args.source, None)?;
    let title = article.title.clone();
    let note = args.note.as_deref().map(Clean::lines);
    let tags = args.tags.iter().map(|t| Clean::line(t)).collect();
    let scrap = Scrap { kept: Timestamp::now(), article, note, tags };
    open_store(&context.paths)?.scrap_put(&scrap).map_err(|e| of_store(&e))?;
    print(&context.words.fill("cli.scrapped", &[("title", &title)]))
}

/// Lists scraps, or exports them.
pub(super) fn run(args: &Scraps, context: &Context) -> Result<(), Stop> {
    match &args.action {
        Some(ScrapsAction::Export { dir, format }) => export(dir, *format, context),
        None => list(args.json, context),
    }
}

fn list(as_json: bool, context: &Context) -> Result<(), Stop> {
    let mut lines = Vec::new();
    for row in open_store(&context.paths)?.scraps().map_err(|e| of_store(&e))? {
        lines.push(if as_json {
            json!({
                "id": row.id.to_string(),
                "title": row.title,
                "url": row.url,
                "publisher": row.publisher,
                "published": row.published,
                "kept": row.kept,
                "tags": row.tags,
                "scrapped": true,
            })
            .to_string()
        } else {
            let publisher = row.publisher.as_deref().unwrap_or_default();
            format!("{}  {}  {publisher}", row.kept.strftime("%Y-%m-%d"), row.title).trim_end().to_owned()
        });
    }
    if lines.is_empty() {
        return if as_json { Ok(()) } else { print(context.words.get("empty.scraps")) };
    }
    print(&lines.join("\n"))
}

fn export(dir: &Path, format: ExportFormat, context: &Context) -> Result<(), Stop> {
    let store = open_store(&context.paths)?;
    let name = dir.display().to_string();
    std::fs::create_dir_all(dir).map_err(|e| of_io(&e, &name))?;
    let mut count = 0_usize;
    for row in store.scraps().map_err(|e| of_store(&e))? {
        let Some(scrap) = store.scrap(row.id).map_err(|e| of_store(&e))? else { continue };
        let (extension, text) = match format {
            ExportFormat::Md => ("md", written(&scrap.article, Format::Md)),
            ExportFormat::Html => ("html", written(&scrap.article, Format::Html)),
            ExportFormat::Json => ("json", written(&scrap.article, Format::Json)),
        };
        save(&dir.join(format!("{}.{extension}", file_name(&scrap))), &text)?;
        count += 1;
    }
    print(&context.words.fill("cli.exported", &[("n", &count.to_string()), ("path", &name)]))
}

/// A file name that says what is in it and is the same at every export: day, id, and the title's letters.
fn file_name(scrap: &Scrap) -> String {
    let title: String = scrap.article.title.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let title: Vec<&str> = title.split('-').filter(|w| !w.is_empty()).collect();
    let short: String = title.join("-").chars().take(40).collect();
    format!("{}-{short}-{}", scrap.kept.strftime("%Y-%m-%d"), scrap.id())
}
