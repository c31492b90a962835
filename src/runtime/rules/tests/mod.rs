//! Commands that hang or are too many, and arrivals of a server.
#![cfg(unix)]

use std::time::Duration;

use super::commands::{CommandLimits, run};
use crate::app::Cause;
use crate::app::protocol::rules::RuleCommand;
use crate::runtime::cancel::Cancel;

fn command(argv: &[&str]) -> RuleCommand {
    RuleCommand {
        place: "c.toml:3".to_owned(),
        argv: argv.iter().map(|a| (*a).to_owned()).collect(),
    }
}

#[test]
fn a_command_that_hangs_ends_with_all_that_it_started() {
    let dir = tempfile::tempdir().unwrap();
    let pid = dir.path().join("pid");
    let script = format!("sleep 600 & echo $! > {}; wait", pid.display());
    let limits = CommandLimits {
        each: Duration::from_millis(300),
        ..CommandLimits::default()
    };
    let asked = [command(&["sh", "-c", &script]), command(&["true"])];
    let failures = run(&asked, limits, &Cancel::new());
    assert_eq!(failures.len(), 1);
    assert_eq!(failures[0].cause, Cause::RuleCommandSlow);
    assert_eq!(&*failures[0].subject, "c.toml:3: sh");
    let pid = std::fs::read_to_string(pid).unwrap();
    let is_alive = || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", pid.trim()));
        stat.is_ok_and(|stat| !stat.contains(") Z "))
    };
    for _ in 0..200 {
        if !is_alive() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("what it started goes on");
}

#[test]
fn more_commands_than_are_run_are_counted() {
    let limits = CommandLimits {
        most: 2,
        ..CommandLimits::default()
    };
    let failures = run(&vec![command(&["true"]); 5], limits, &Cancel::new());
    assert_eq!(failures.len(), 1);
    assert_eq!(
        (failures[0].cause, &*failures[0].subject),
        (Cause::RuleCommandsMany, "3")
    );
}
