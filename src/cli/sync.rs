//! `gisa sync`: keeps the library in step with a server of the reader's.

use std::io::{self, IsTerminal as _};

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
use crate::runtime::sync::{self, LoginRequest, SyncReport, SyncStatus};
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
    let is_watched = io::stderr().is_terminal();
    let mut told = |done: usize, total: usize| {
        if is_watched {
            progress(&format!("{done}/{total}"));
        }
    };
    let report = sync::sync(&context.fetch, &Cancel::new(), &mut told)?;
    arrival_rules::apply(context)?;
    for title in &report.refused {
        note(&context.words.fill("cli.sync-refused", &[("title", title)]))?;
    }
    match json {
        true => print(&as_json(&report).to_string()),
        false => context.say(
            "cli.synced",
            &[
                ("new", &report.new.to_string()),
                ("changed", &(report.marks + report.edited).to_string()),
                ("sent", &report.sent.to_string()),
            ],
        ),
    }
}

fn as_json(report: &SyncReport) -> serde_json::Value {
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
    let status = sync::status(&context.paths.library())?;
    if json {
        let shape = status.as_ref().map(|s| {
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
        return print(&json!(shape).to_string());
    }
    let status = status.ok_or_else(|| Failure::new(Cause::SyncOff, ""))?;
    print(&as_text(&status, context))
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
        let at = zone().to_datetime(last.at);
        let at = at.strftime("%Y-%m-%d %H:%M").to_string();
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
