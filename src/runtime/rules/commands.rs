//! Runs the commands of rules and alerts: without a shell, one after the other, within limits, with
//! no way to the terminal.

use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::app::protocol::rules::RuleCommand;
use crate::app::{Cause, Failure};
use crate::runtime::cancel::Cancel;

/// Limits of the commands that are run after one refresh.
#[derive(Clone, Copy, Debug)]
pub struct CommandLimits {
    /// Most commands; the rest is reported.
    pub most: usize,
    /// How long one may take before it is ended with all that it started.
    pub each: Duration,
    /// How long all may take.
    pub whole: Duration,
}

impl Default for CommandLimits {
    fn default() -> Self {
        Self {
            most: 50,
            each: Duration::from_secs(10),
            whole: Duration::from_secs(60),
        }
    }
}

/// How often a command is looked after.
const LOOK: Duration = Duration::from_millis(15);

/// Runs the commands; returns the failures of those that are missing, fail, take too long, or were
/// too many.
pub fn run(commands: &[RuleCommand], limits: CommandLimits, cancel: &Cancel) -> Vec<Failure> {
    let begun = Instant::now();
    let mut failures = Vec::new();
    for (n, command) in commands.iter().enumerate() {
        if cancel.is_cancelled() {
            return failures;
        }
        let left = limits.whole.saturating_sub(begun.elapsed());
        if n >= limits.most || left.is_zero() {
            let dropped = (commands.len() - n).to_string();
            failures.push(Failure::new(Cause::RuleCommandsMany, &dropped));
            return failures;
        }
        if !succeeds(&command.argv, limits.each.min(left), cancel) {
            let program = command.argv.first().map(String::as_str).unwrap_or_default();
            let subject = format!("{}: {program}", command.place);
            let failure = Failure::new(Cause::RuleCommand, &subject);
            if !failures.contains(&failure) {
                failures.push(failure);
            }
        }
    }
    failures
}

/// Runs a program; whether it ended well and in time. Its output is discarded: it would be written
/// over the screen.
fn succeeds(argv: &[String], patience: Duration, cancel: &Cancel) -> bool {
    let Some((program, arguments)) = argv.split_first() else {
        return false;
    };
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        // A group of its own, so that what it started ends with it.
        command.process_group(0);
    }
    let Ok(mut child) = command.spawn() else {
        return false;
    };
    let begun = Instant::now();
    while begun.elapsed() < patience && !cancel.is_cancelled() {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => std::thread::sleep(LOOK),
            Err(_) => break,
        }
    }
    end(&mut child);
    false
}

/// Ends a program with all that it started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id())
        .ok()
        .and_then(rustix::process::Pid::from_raw)
    {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    // Fails where it has ended by itself.
    let _ = child.kill();
    let _ = child.wait();
}
