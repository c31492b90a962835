//! `gisa sync`: keeps the library in step with a server of the reader's, and through a folder with
//! other machines.

use std::io::{self, IsTerminal as _};

use jiff::Timestamp;
use serde_json::json;

use super::args::{LoginArgs, SyncAction, SyncArgs};
use super::arrival_rules;
use super::context::CommandContext;
use super::error::CommandError;
use super::output::{ask, note, print, progress};
use crate::app::{Cause, Failure};
use crate::news::Clean;
use crate::news::address::without_secrets;
use crate::runtime::cancel::Cancel;
use crate::runtime::start::{open_store, zone};
use crate::runtime::sync::{
    self, FolderFault, FolderReport, FolderStatus, LoginRequest, SeenMachine, SyncReport,
    SyncStatus,
};
use crate::runtime::terminal::secret_line;

/// Syncs, or does what was asked instead.
pub(super) fn run(args: &SyncArgs, context: &CommandContext) -> Result<(), CommandError> {
    // Opened first, so that a library that can't be written is reported before anything is asked.
    drop(open_store(&context.paths)?);
    match &args.action {
        None => once(args.json, context),
        Some(SyncAction::Login(login)) => log_in(login, args.json, context),
        Some(SyncAction::Status) => status(args.json, context),
        Some(SyncAction::Logout) => match sync::log_out(&context.fetch)? {
            Some(dropped) => context.say("cli.sync-out", &[("n", &dropped.to_string())]),
            None => Err(Failure::new(Cause::SyncOff, "").into()),
        },
    }
}

fn once(json: bool, context: &CommandContext) -> Result<(), CommandError> {
    let folder = sync::exchange(&context.fetch, &Cancel::new());
    let is_set = !matches!(folder, Ok(None));
    for (file, fault) in folder.iter().flatten().flat_map(|report| &report.faults) {
        note(
            &context
                .words
                .fill(sentence_of(*fault), &[("file", &Clean::line(file))]),
        )?;
    }
    if is_set && !context.config.sync.has_account {
        let report = folder?;
        return match json {
            true => print(&as_json(&SyncReport::default(), report.as_ref()).to_string()),
            false => report.map_or(Ok(()), |report| say_exchanged(&report, context)),
        };
    }
    if let (false, Ok(Some(report))) = (json, &folder) {
        say_exchanged(report, context)?;
    }
    let is_watched = io::stderr().is_terminal();
    let mut told = |done: usize, total: usize| {
        if is_watched {
            progress(&format!("{done}/{total}"));
        }
    };
    let synced = sync::sync(&context.fetch, &Cancel::new(), &mut told);
    let report = match (synced, &folder) {
        (Ok(report), _) => report,
        (Err(failure), Err(of_folder)) => {
            note(&of_folder.sentence(&context.words))?;
            return Err(failure.into());
        }
        (Err(failure), Ok(_)) => return Err(failure.into()),
    };
    let cancel = Cancel::new();
    let applied = arrival_rules::apply(&cancel, context)?;
    for title in &report.refused {
        note(&context.words.fill("cli.sync-refused", &[("title", title)]))?;
    }
    let exchanged = folder.as_ref().ok().and_then(Option::as_ref);
    match json {
        true => print(&as_json(&report, exchanged).to_string())?,
        false => context.say(
            "cli.synced",
            &[
                ("new", &report.new.to_string()),
                ("changed", &(report.marks + report.edited).to_string()),
                ("sent", &report.sent.to_string()),
            ],
        )?,
    }
    applied.run_commands(&cancel, context)?;
    folder.map(drop).map_err(CommandError::from)
}

/// The key of the sentence on a file that was not read, or not to its end.
fn sentence_of(fault: FolderFault) -> &'static str {
    match fault {
        FolderFault::Torn => "cli.folder-torn",
        FolderFault::Damaged => "cli.folder-damaged",
        FolderFault::Alien => "cli.folder-alien",
        FolderFault::Newer => "cli.folder-newer",
        FolderFault::Sealed => "cli.folder-sealed",
        FolderFault::Open => "cli.folder-open",
        FolderFault::Unreadable => "cli.folder-unreadable",
    }
}

fn say_exchanged(report: &FolderReport, context: &CommandContext) -> Result<(), CommandError> {
    context.say(
        "cli.folder-synced",
        &[
            ("changed", &report.changed.to_string()),
            ("sent", &report.sent.to_string()),
            ("machines", &report.machines.to_string()),
        ],
    )
}

fn as_json(report: &SyncReport, folder: Option<&FolderReport>) -> serde_json::Value {
    let folder = folder.map(|folder| {
        let fault =
            |(file, fault): &(String, FolderFault)| json!({"file": file, "why": fault.name()});
        json!({
            "received": folder.received,
            "changed": folder.changed,
            "sent": folder.sent,
            "machines": folder.machines,
            "faults": folder.faults.iter().map(fault).collect::<Vec<_>>(),
        })
    });
    json!({
        "new": report.new,
        "edited": report.edited,
        "marks": report.marks,
        "feeds_new": report.feeds_new,
        "feeds_ended": report.feeds_ended,
        "sent": report.sent,
        "left": report.left,
        "refused": report.refused,
        "requests": report.requests,
        "bytes": report.bytes,
        "received": report.received,
        "folder": folder,
    })
}

fn log_in(login: &LoginArgs, json: bool, context: &CommandContext) -> Result<(), CommandError> {
    let asked = |key: &str| ask(context.words.get(key));
    let name = match &login.name {
        Some(name) => name.clone(),
        None => {
            if io::stdin().is_terminal() {
                asked("cli.sync-name")?;
            }
            line()?
        }
    };
    let password = match context.config.sync.password_command.is_empty() {
        false => None,
        true => {
            let is_asked = io::stdin().is_terminal();
            if is_asked {
                asked("cli.sync-password")?;
            }
            let typed = secret_line::read()?;
            if is_asked {
                ask("\n")?;
            }
            let host = without_secrets(&login.address);
            match typed {
                None => return Err(Failure::new(Cause::Cancelled, &host).into()),
                Some(typed) if typed.is_empty() => {
                    return Err(Failure::new(Cause::SyncPassword, &host).into());
                }
                typed => typed,
            }
        }
    };
    let request = LoginRequest {
        address: &login.address,
        name: name.trim(),
        password: password.as_deref(),
    };
    let account = sync::log_in(&request, &context.fetch, &Cancel::new())?;
    if json {
        let shape =
            json!({"address": account.address, "protocol": account.protocol, "name": account.name});
        return print(&shape.to_string());
    }
    let values = [
        ("host", &*account.host()),
        ("protocol", account.protocol.name()),
    ];
    context.say("cli.sync-in", &values)
}

/// A line of standard input.
fn line() -> Result<String, CommandError> {
    let mut line = String::new();
    io::stdin().read_line(&mut line)?;
    Ok(line)
}

fn status(json: bool, context: &CommandContext) -> Result<(), CommandError> {
    let library = context.paths.library();
    let status = sync::status(&library)?;
    let folder = sync::folder_status(&library, &context.config.sync)?;
    if json {
        let mut shape = status.as_ref().map(|s| {
            let last = s.last.as_ref();
            json!({
                "address": s.address,
                "protocol": s.protocol,
                "name": s.name,
                "feeds": s.feeds,
                "pending": s.pending,
                "last": last.map(|last| last.at),
                "error": last.and_then(|last| sentence(last.failure.as_ref()?, context)),
            })
        });
        if let Some(folder) = &folder {
            shape.get_or_insert_with(|| json!({}))["folder"] = folder_json(folder, context);
        }
        return print(&json!(shape).to_string());
    }
    let parts = [
        status.as_ref().map(|status| as_text(status, context)),
        folder.as_ref().map(|folder| folder_text(folder, context)),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() {
        return Err(Failure::new(Cause::SyncOff, "").into());
    }
    print(&parts.join("\n"))
}

fn folder_json(folder: &FolderStatus, context: &CommandContext) -> serde_json::Value {
    let machine = |machine: &SeenMachine| {
        json!({
            "machine": machine.machine.to_string(),
            "name": machine.name,
            "this": machine.is_own,
            "ahead": machine.is_ahead,
            "written": machine.written,
        })
    };
    let failure = folder
        .last
        .as_ref()
        .and_then(|(_, failure)| failure.as_ref());
    json!({
        "path": folder.folder.display().to_string(),
        "there": folder.is_there,
        "sealed": folder.is_sealed,
        "machines": folder.machines.iter().map(machine).collect::<Vec<_>>(),
        "pending": folder.pending,
        "unshared_feeds": folder.unshared_feeds,
        "last": folder.last.as_ref().map(|(at, _)| at),
        "error": failure.and_then(|failure| sentence(failure, context)),
    })
}

fn folder_text(folder: &FolderStatus, context: &CommandContext) -> String {
    let words = &context.words;
    let form = match folder.is_sealed {
        true => words.get("cli.folder-form-sealed"),
        false => words.get("cli.folder-form-open"),
    };
    let path = Clean::line(&folder.folder.display().to_string());
    let values = [
        ("folder", &*path),
        ("form", form),
        ("machines", &*folder.machines.len().to_string()),
        ("pending", &*folder.pending.to_string()),
    ];
    let mut lines = vec![words.fill("cli.folder-status", &values)];
    for machine in &folder.machines {
        let never = || words.get("cli.folder-never").to_owned();
        let number = machine.machine.to_string();
        let name = match machine.name.is_blank() {
            true => number.as_str(),
            false => &machine.name,
        };
        let at = machine.written.map_or_else(never, day_and_hour);
        let key = match machine.is_own {
            true => "cli.folder-machine-own",
            false => "cli.folder-machine",
        };
        lines.push(words.fill(key, &[("name", name), ("at", &at)]));
        if machine.is_ahead {
            lines.push(words.fill("cli.folder-machine-ahead", &[("name", name)]));
        }
    }
    if folder.unshared_feeds > 0 {
        let n = folder.unshared_feeds.to_string();
        lines.push(words.fill("cli.folder-unshared", &[("n", &n)]));
    }
    if let Some((at, failure)) = &folder.last {
        let failed = failure.as_ref().and_then(|f| sentence(f, context));
        let (key, why) = match &failed {
            Some(why) => ("cli.folder-last-failed", why.as_str()),
            None => ("cli.folder-last", ""),
        };
        lines.push(words.fill(key, &[("at", &day_and_hour(*at)), ("why", why)]));
    }
    lines.join("\n")
}

fn day_and_hour(at: Timestamp) -> String {
    let at = zone().to_datetime(at);
    at.strftime("%Y-%m-%d %H:%M").to_string()
}

fn as_text(status: &SyncStatus, context: &CommandContext) -> String {
    let (feeds, pending) = (status.feeds.to_string(), status.pending.to_string());
    let values = [
        ("address", &*status.address),
        ("protocol", status.protocol.name()),
        ("name", &*status.name),
        ("feeds", &*feeds),
        ("pending", &*pending),
    ];
    let mut lines = vec![context.words.fill("cli.sync-status", &values)];
    if let Some(last) = &status.last {
        let at = day_and_hour(last.at);
        let failed = last.failure.as_ref().and_then(|f| sentence(f, context));
        let (key, why) = match &failed {
            Some(why) => ("cli.sync-last-failed", why.as_str()),
            None => ("cli.sync-last", ""),
        };
        lines.push(context.words.fill(key, &[("at", &at), ("why", why)]));
    }
    lines.join("\n")
}

/// The sentence of a failure that was stored.
fn sentence((cause, subject): &(String, Clean), context: &CommandContext) -> Option<String> {
    let failure = Failure::of_log(cause, subject).ok()?;
    Some(failure.sentence(&context.words))
}
