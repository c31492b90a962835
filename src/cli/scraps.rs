//! `gisa scrap` and `gisa scraps`: keeps articles; lists, checks, exports and imports them.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::json;

use super::args::{ExportFormat, ScrapArgs, ScrapsAction, ScrapsArgs};
use super::context::CommandContext;
use super::error::CommandError;
use super::output::{note, print, save};
use super::rules::query;
use crate::app::{Cause, Failure};
use crate::news::address::without_secrets;
use crate::news::write::{ListForm, ServiceList};
use crate::news::{Clean, PageState, Problem, Scrap, ScrapRow};
use crate::runtime::archive::import::import;
use crate::runtime::archive::{Album, Archive, Folder, Form, Put};
use crate::runtime::cancel::Cancel;
use crate::runtime::failures::of_write;
use crate::runtime::refresh::scrap_texts::{TextFetch, TextOutcome, is_wanting};
use crate::runtime::start::open_store;
use crate::runtime::store::Store;
use crate::runtime::system::atomic_file::Durability;
use crate::runtime::system::paths::private_dir;
use crate::runtime::workers::scrap_tasks::observe_page;

/// Scraps an article. One that is scrapped already keeps its copy and gains note and labels.
pub(super) fn scrap(args: &ScrapArgs, context: &CommandContext) -> Result<(), CommandError> {
    let article = context.article(&args.source, None)?;
    let title = article.title.clone();
    let is_empty = article.extraction.problem == Some(Problem::Empty);
    let remark = args.note.as_deref().map(Clean::lines);
    let tags = args.tags.iter().map(|t| Clean::line(t)).collect();
    let mut new = Scrap {
        note: remark,
        tags,
        ..Scrap::of(article, Timestamp::now())
    };
    let store = open_store(&context.paths)?;
    let archive = Archive::of(&context.config.scrap, &context.paths.library());
    let mut scrap = match store.scrap_joined(&mut new)? {
        Some(joined) => joined,
        None => archive.completed(
            new,
            usize::from(context.config.summary.sentences),
            &context.fetch,
        ),
    };
    // Stored before its pictures are fetched, which can take long or be interrupted.
    store.scrap_put(&scrap)?;
    if let Some(pictures) = archive.pictures(&scrap, &store, &context.fetch, &Cancel::new())? {
        scrap.pictures = pictures;
        store.scrap_put(&scrap)?;
    }
    context.say("cli.scrapped", &[("title", &title)])?;
    if is_empty && scrap.article.blocks.is_empty() {
        note(context.words.get("cli.scrapped-empty"))?;
    }
    Ok(archive.follow(&store, &[scrap.id()])?)
}

/// Lists scraps, exports, checks or imports them.
pub(super) fn run(args: &ScrapsArgs, context: &CommandContext) -> Result<(), CommandError> {
    match &args.action {
        Some(ScrapsAction::Export {
            dir,
            format,
            find,
            id,
            replace,
        }) => {
            let store = open_store(&context.paths)?;
            let mut rows = found(&store, find.as_deref(), context)?;
            if let Some(id) = id {
                rows.retain(|row| row.id.to_string() == *id);
                if rows.is_empty() {
                    return Err(Failure::new(Cause::Gone, id).into());
                }
            }
            match export_target(dir, *format) {
                ExportTarget::Files(form) => export(&store, &rows, dir, form, context),
                ExportTarget::List(form, file) => {
                    export_list(&store, &rows, &file, form, *replace, context)
                }
            }
        }
        Some(ScrapsAction::Check { find }) => check(find.as_deref(), context),
        Some(ScrapsAction::Fetch {
            find,
            inward,
            again,
        }) => fetch_texts(find.as_deref(), (*inward, *again), context),
        Some(ScrapsAction::Import { from }) => import_all(from, context),
        None => list(args, context),
    }
}

/// Imports files and folders, and reports what became of them.
fn import_all(from: &[PathBuf], context: &CommandContext) -> Result<(), CommandError> {
    let store = open_store(&context.paths)?;
    let archive = Archive::of(&context.config.scrap, &context.paths.library());
    let mut all_went_well = true;
    let (mut new, mut changed, mut same, mut textless, mut not_web) = (0, 0, 0, 0, 0);
    for from in from {
        let done = import(&store, &archive.album, from)?;
        archive.follow(&store, &done.ids)?;
        new += done.new;
        changed += done.changed;
        same += done.ids.len() - (done.new + done.changed).min(done.ids.len());
        textless += done.textless;
        not_web += done.not_web;
        for failure in &done.failures {
            note(&failure.sentence(&context.words))?;
        }
        let subject = Clean::line(&from.display().to_string());
        if done.unreported > 0 {
            let n = done.unreported.to_string();
            let values = [("n", n.as_str()), ("subject", &*subject)];
            note(&context.words.fill("cli.more-bad-entries", &values))?;
        }
        if done.ids.is_empty() && done.not_web == 0 && done.failures.is_empty() {
            let values = [("subject", &*subject)];
            note(&context.words.fill("cli.nothing-to-import", &values))?;
            all_went_well = false;
        }
        all_went_well &= done.failures.is_empty();
    }
    let say = |key: &str, n: usize| match n {
        0 => Ok(()),
        n => context.say(key, &[("n", &n.to_string())]),
    };
    context.say(
        "cli.scraps-imported",
        &[("n", &(new + changed).to_string())],
    )?;
    say("cli.scraps-same", same)?;
    say("cli.scraps-not-web", not_web)?;
    say("cli.scraps-textless", textless)?;
    match all_went_well {
        true => Ok(()),
        false => Err(CommandError::Reported(1)),
    }
}

/// Fetches the pages of scraps again and reports which have changed or gone.
fn check(find: Option<&str>, context: &CommandContext) -> Result<(), CommandError> {
    if context.fetch.offline {
        return Err(Failure::new(Cause::Offline, "").into());
    }
    let store = open_store(&context.paths)?;
    let archive = Archive::of(&context.config.scrap, &context.paths.library());
    let mut failed = false;
    for row in found(&store, find, context)? {
        let Some(scrap) = store.scrap(row.id)? else {
            continue;
        };
        let Some(url) = scrap.article.address().filter(|a| a.starts_with("http")) else {
            continue;
        };
        match observe_page(&store, &scrap, url, &context.fetch, &Cancel::new()) {
            Ok((observation, _)) => {
                let key = match observation.state {
                    PageState::Same => "cli.page-same",
                    PageState::Changed => "cli.page-changed",
                    PageState::Gone => "cli.page-gone",
                };
                print(&format!("{}  {}", context.words.get(key), row.title))?;
                archive.follow(&store, &[row.id])?;
            }
            Err(failure) => {
                failed = true;
                note(&failure.sentence(&context.words))?;
            }
        }
    }
    if failed {
        Err(CommandError::Reported(1))
    } else {
        Ok(())
    }
}

/// Fetches the texts of scraps that have none.
fn fetch_texts(
    find: Option<&str>,
    (inward, again): (bool, bool),
    context: &CommandContext,
) -> Result<(), CommandError> {
    if context.fetch.offline {
        return Err(Failure::new(Cause::Offline, "").into());
    }
    let store = open_store(&context.paths)?;
    let archive = Archive::of(&context.config.scrap, &context.paths.library());
    let asked = find.map(|text| query(text, &context.words)).transpose()?;
    let is_gone = |scrap: &Scrap| scrap.page.is_some_and(|page| page.state == PageState::Gone);
    let mut wanted = Vec::new();
    for id in store.textless_scraps()? {
        let found = store.scrap(id)?;
        let found = found.filter(|scrap| asked.as_ref().is_none_or(|query| scrap.answers(query)));
        wanted.extend(found.filter(|scrap| is_wanting(scrap) && (again || !is_gone(scrap))));
    }
    let task = TextFetch {
        store: &store,
        archive: &archive,
        fetch: &context.fetch,
        sentences: usize::from(context.config.summary.sentences),
        inward: inward || context.fetch.home_servers,
    };
    let total = wanted.len();
    let (mut done, mut stored, mut inside, mut failed) = (0_usize, 0_usize, 0_usize, false);
    let mut report = |scrap: &Scrap, outcome: &TextOutcome| {
        done += 1;
        let key = match outcome {
            TextOutcome::Stored => "cli.text-stored",
            TextOutcome::Gone => "cli.page-gone",
            TextOutcome::NoText => "cli.text-none",
            TextOutcome::Failed(failure) => {
                failed = true;
                let is_inside = failure.cause == Cause::Forbidden;
                inside += usize::from(is_inside);
                if !is_inside {
                    // That it can't be shown is no reason to stop.
                    let _ = note(&failure.sentence(&context.words));
                }
                return Ok(());
            }
        };
        stored += usize::from(*outcome == TextOutcome::Stored);
        let state = context.words.get(key);
        let line = format!("[{done}/{total}] {state}  {}", scrap.article.title);
        let _ = print(&line);
        Ok(())
    };
    task.texts(&wanted, &Cancel::new(), &mut report)?;
    if inside > 0 {
        let n = inside.to_string();
        note(&context.words.fill("cli.texts-inward", &[("n", &n)]))?;
    }
    let (n, total) = (stored.to_string(), total.to_string());
    context.say("cli.texts-fetched", &[("n", &n), ("total", &total)])?;
    match failed {
        false => Ok(()),
        true => Err(CommandError::Reported(1)),
    }
}

/// The scraps that match the query `find`; all of them without one.
fn found(
    store: &Store,
    find: Option<&str>,
    context: &CommandContext,
) -> Result<Vec<ScrapRow>, CommandError> {
    let rows = store.scraps()?;
    let Some(text) = find else { return Ok(rows) };
    let query = query(text, &context.words)?;
    let answers = |row: &ScrapRow| {
        let scrap: Option<Scrap> = store.scrap(row.id).ok().flatten();
        scrap.is_some_and(|scrap| scrap.answers(&query))
    };
    Ok(rows.into_iter().filter(answers).collect())
}

/// Where scraps are exported to, and in which form.
enum ExportTarget {
    /// One file each.
    Files(Form),
    /// All into this file.
    List(ListForm, PathBuf),
}

/// What a path and a form mean. Without a form, the name of a file says which list it is to be.
fn export_target(path: &Path, format: Option<ExportFormat>) -> ExportTarget {
    let ending = path.extension().map(|e| e.to_string_lossy().to_lowercase());
    let ending = ending.filter(|_| !path.is_dir());
    let form = match (format, ending.as_deref()) {
        (Some(ExportFormat::Html), _) => return ExportTarget::Files(Form::Html),
        (Some(ExportFormat::Json), _) => return ExportTarget::Files(Form::Json),
        (Some(ExportFormat::Netscape), _) | (None, Some("html" | "htm")) => ListForm::Netscape,
        (Some(ExportFormat::Csv), _) | (None, Some("csv")) => ListForm::Pocket,
        (Some(ExportFormat::Raindrop), _) => ListForm::Raindrop,
        (Some(ExportFormat::Wallabag), _) | (None, Some("json")) => ListForm::Wallabag,
        (Some(ExportFormat::Karakeep), _) => ListForm::Karakeep,
        (Some(ExportFormat::Md) | None, _) => return ExportTarget::Files(Form::Md),
    };
    let file = match ending {
        Some(_) => path.to_owned(),
        None => path.join(format!("scraps.{}", form.ending())),
    };
    ExportTarget::List(form, file)
}

/// Writes scraps into one file that other services read. A file of that name with something else in
/// it is left alone, unless it is to be `replace`d.
fn export_list(
    store: &Store,
    rows: &[ScrapRow],
    file: &Path,
    form: ListForm,
    replace: bool,
    context: &CommandContext,
) -> Result<(), CommandError> {
    let (mut list, mut count, mut left) = (ServiceList::new(form), 0_usize, 0_usize);
    for row in rows {
        let Some(scrap) = store.scrap(row.id)? else {
            continue;
        };
        match list.add(&scrap) {
            true => count += 1,
            false => left += 1,
        }
    }
    if let Some(dir) = file.parent().filter(|dir| !dir.as_os_str().is_empty()) {
        let shown = dir.display().to_string();
        private_dir(dir).map_err(|e| of_write(&e, &shown))?;
    }
    let text = list.finish();
    let is_other = || std::fs::read(file).is_ok_and(|old| old != text.as_bytes());
    if !replace && is_other() {
        let name = file.display().to_string();
        return Err(Failure::new(Cause::NameTaken, &name).into());
    }
    save(file, &text, Durability::Synced)?;
    let (n, path) = (count.to_string(), file.display().to_string());
    context.say("cli.exported", &[("n", &n), ("path", &path)])?;
    if left > 0 {
        let n = left.to_string();
        note(&context.words.fill("cli.addressless-left", &[("n", &n)]))?;
    }
    Ok(())
}

/// Writes scraps into `dir`, one file each. The output is deterministic.
fn export(
    store: &Store,
    rows: &[ScrapRow],
    dir: &Path,
    form: Form,
    context: &CommandContext,
) -> Result<(), CommandError> {
    let album = Album::beside(store.path());
    let mut folder = Folder::open(dir, form, &album)?;
    let (mut count, mut left) = (0_usize, 0_usize);
    for row in rows {
        let Some(scrap) = store.scrap(row.id)? else {
            continue;
        };
        count += 1;
        left += usize::from(matches!(folder.put(&scrap)?, Put::Left(_)));
    }
    let shown = dir.display().to_string();
    context.say(
        "cli.exported",
        &[("n", &count.to_string()), ("path", &shown)],
    )?;
    if left > 0 {
        let words = context
            .words
            .fill("cli.left-alone", &[("n", &left.to_string())]);
        note(&words)?;
    }
    Ok(())
}

fn list(args: &ScrapsArgs, context: &CommandContext) -> Result<(), CommandError> {
    let mut lines = Vec::new();
    let store = open_store(&context.paths)?;
    let claims = store.claimed_scraps()?;
    if store.scraps()?.is_empty() {
        context.note_copies(&store)?;
    }
    for row in found(&store, args.find.as_deref(), context)? {
        let claimed = claims.contains(&row.id) && (row.publisher.is_some() || row.url.is_some());
        lines.push(if args.json {
            let url = row.url.as_deref();
            let url = match args.secrets {
                true => url.map(Cow::Borrowed),
                false => url.map(without_secrets),
            };
            let mut line = json!({
                "id": row.id.to_string(),
                "title": row.title,
                "url": url,
                "publisher": row.publisher,
                "published": row.published,
                "kept": row.kept,
                "tags": row.tags,
                "noted": row.noted,
                "highlights": row.marks,
                "changed": row.changed,
                "scrapped": true,
            });
            if claimed {
                line["claimed"] = json!(true);
            }
            line.to_string()
        } else {
            let mut publisher = row.publisher.as_deref().unwrap_or_default().to_owned();
            if claimed && !publisher.is_empty() {
                publisher += &format!(" ({})", context.words.get("label.claimed"));
            }
            let tags: String = row.tags.iter().map(|t| format!("  #{t}")).collect();
            format!(
                "{}  {}  {publisher}{tags}",
                row.kept.strftime("%Y-%m-%d"),
                row.title
            )
            .trim_end()
            .to_owned()
        });
    }
    context.print_rows(&lines, args.json, "empty.scraps")
}
