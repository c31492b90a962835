//! Signals as messages.

use std::sync::mpsc::SyncSender;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use crate::app::Message;
use crate::runtime::cancel::Cancel;

/// Sends a message for each signal: an end asked for, a stop asked for, or that we were continued.
///
/// # Errors
/// As the system gives them.
pub fn watch(inbox: SyncSender<Message>) -> std::io::Result<()> {
    let mut signals = Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT])?;
    std::thread::Builder::new()
        .name("signals".into())
        .spawn(move || {
            for signal in signals.forever() {
                let message = match signal {
                    SIGTSTP => Message::Stop,
                    SIGCONT => Message::Resumed,
                    _ => Message::Hangup,
                };
                if inbox.send(message).is_err() {
                    return;
                }
            }
        })?;
    Ok(())
}

/// Raises `cancel` when somebody wants the program to end: for commands that have no loop to tell.
///
/// # Errors
/// As the system gives them.
pub fn cancel_at_end(cancel: &Cancel) -> std::io::Result<()> {
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, cancel.flag())?;
    }
    Ok(())
}
