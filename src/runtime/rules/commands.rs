//! Runs the commands of rules and alerts: without a shell, one after the other, within limits, with
//! no way to the terminal.

use std::time::{Duration, Instant};

use crate::app::protocol::rules::RuleCommand;
use crate::app::{Cause, Failure};
use crate::runtime::cancel::Cancel;
use crate::runtime::system::program;

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
        if !program::succeeds(&command.argv, limits.each.min(left), cancel) {
            let name = command.argv.first().map(String::as_str).unwrap_or_default();
            let subject = format!("{}: {name}", command.place);
            let failure = Failure::new(Cause::RuleCommand, &subject);
            if !failures.contains(&failure) {
                failures.push(failure);
            }
        }
    }
    failures
}
