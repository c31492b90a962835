//! Runs the commands of rules and alerts: without a shell, within limits, with no way to the
//! terminal.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::app::protocol::rules::RuleCommand;
use crate::app::{Cause, Failure};
use crate::runtime::cancel::Cancel;
use crate::runtime::system::program::{self, ProgramError};

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

/// Commands that run at a time.
const AT_A_TIME: usize = 8;

/// Commands of a rule in a row that take too long before the rest of it is given up.
const MOST_SLOW: usize = 3;

/// Runs the commands; returns the failures of those that are missing, fail, take too long, were too
/// many, or came after others that take too long. Those of one rule, or of the alerts, run one
/// after the other, beside those of others: a command that hangs holds up its own rule alone. It
/// has a tenth of the time from then on, and where three in a row took too long, the rest of the
/// rule is not tried.
pub fn run(commands: &[RuleCommand], limits: CommandLimits, cancel: &Cancel) -> Vec<Failure> {
    let begun = Instant::now();
    let (taken, dropped) = commands.split_at(commands.len().min(limits.most));
    let mut places: Vec<(&str, Vec<&RuleCommand>)> = Vec::new();
    for command in taken {
        match places.iter_mut().find(|(place, _)| *place == command.place) {
            Some((_, own)) => own.push(command),
            None => places.push((&command.place, vec![command])),
        }
    }
    let next = AtomicUsize::new(0);
    let found = Mutex::new((Vec::new(), dropped.len()));
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME.min(places.len()) {
            scope.spawn(|| {
                while let Some((_, own)) = places.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let (failed, left) = run_one_by_one(own, limits, begun, cancel);
                    if let Ok(mut found) = found.lock() {
                        found.0.extend(failed);
                        found.1 += left;
                    }
                }
            });
        }
    });
    let Ok((all, left)) = found.into_inner() else {
        return Vec::new();
    };
    let mut failures: Vec<Failure> = Vec::new();
    for failure in all {
        if !failures.contains(&failure) {
            failures.push(failure);
        }
    }
    if left > 0 && !cancel.is_cancelled() {
        failures.push(Failure::new(Cause::RuleCommandsMany, &left.to_string()));
    }
    failures
}

/// Runs the commands of one rule; returns the failures, and how many there was no time for although
/// none of them hangs.
fn run_one_by_one(
    commands: &[&RuleCommand],
    limits: CommandLimits,
    begun: Instant,
    cancel: &Cancel,
) -> (Vec<Failure>, usize) {
    let (mut failures, mut patience, mut slow) = (Vec::new(), limits.each, 0);
    for (n, command) in commands.iter().enumerate() {
        let left = limits.whole.saturating_sub(begun.elapsed());
        if cancel.is_cancelled() || left.is_zero() || slow == MOST_SLOW {
            let rest = commands.len() - n;
            if slow == 0 || cancel.is_cancelled() {
                return (failures, rest);
            }
            let subject = format!("{}: {rest}", command.place);
            failures.push(Failure::new(Cause::RuleCommandsLate, &subject));
            return (failures, 0);
        }
        let cause = match program::run(&command.argv, patience.min(left), cancel) {
            Ok(()) => {
                slow = 0;
                continue;
            }
            Err(ProgramError::NotStarted) => Cause::RuleCommandMissing,
            Err(ProgramError::TooSlow) => {
                patience = limits.each / 10;
                slow += 1;
                Cause::RuleCommandSlow
            }
            Err(ProgramError::Cancelled) => continue,
            Err(ProgramError::Failed | ProgramError::TooLarge) => Cause::RuleCommand,
        };
        let name = command.argv.first().map(String::as_str).unwrap_or_default();
        let subject = format!("{}: {name}", command.place);
        failures.push(Failure::new(cause, &subject));
    }
    (failures, 0)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn command(place: &str, argv: &[&str]) -> RuleCommand {
        RuleCommand {
            place: place.to_owned(),
            argv: argv.iter().map(|a| (*a).to_owned()).collect(),
        }
    }

    #[test]
    fn a_command_that_hangs_keeps_no_other_rule_from_running() {
        let dir = tempfile::tempdir().unwrap();
        let path = |name: &str| dir.path().join(name).display().to_string();
        let hangs = command("[alerts]", &["sleep", "600"]);
        let commands = [
            hangs.clone(),
            hangs,
            command("a:1", &["touch", &path("first")]),
            command("a:1", &["cp", &path("first"), &path("second")]),
        ];
        // All of the time is what the first may take.
        let limits = CommandLimits {
            most: 50,
            each: Duration::from_secs(1),
            whole: Duration::from_secs(1),
        };
        let failures = run(&commands, limits, &Cancel::new());
        assert!(dir.path().join("second").exists());
        let causes: Vec<Cause> = failures.iter().map(|failure| failure.cause).collect();
        assert_eq!(causes, [Cause::RuleCommandSlow, Cause::RuleCommandsLate]);
    }

    #[test]
    fn a_rule_whose_commands_hang_is_not_blamed_for_their_number() {
        let limits = CommandLimits {
            most: 50,
            each: Duration::from_millis(100),
            whole: Duration::from_secs(600),
        };
        let hangs = vec![command("c.toml:3", &["sleep", "500"]); 10];
        let failures = run(&hangs, limits, &Cancel::new());
        let found: Vec<(Cause, &str)> = failures.iter().map(|f| (f.cause, &*f.subject)).collect();
        let slow = (Cause::RuleCommandSlow, "c.toml:3: sleep");
        assert_eq!(found, [slow, (Cause::RuleCommandsLate, "c.toml:3: 7")]);
    }

    #[test]
    fn a_missing_command_a_failing_and_a_slow_one_are_told_apart() {
        let limits = CommandLimits {
            each: Duration::from_millis(100),
            ..CommandLimits::default()
        };
        for (argv, cause) in [
            (&["/no/such/program"][..], Cause::RuleCommandMissing),
            (&["sh", "-c", "exit 3"], Cause::RuleCommand),
            (&["sleep", "600"], Cause::RuleCommandSlow),
        ] {
            let failures = run(&[command("a:1", argv)], limits, &Cancel::new());
            assert_eq!(failures.len(), 1);
            assert_eq!(failures[0].cause, cause, "{argv:?}");
        }
    }
}
