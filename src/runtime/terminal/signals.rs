//! Turns signals into messages, or into a set [`Cancel`] for commands without an event loop.

use std::sync::mpsc::SyncSender;

use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::iterator::Signals;

use crate::app::Message;
use crate::runtime::cancel::Cancel;

/// Sends a message for each signal that asks the program to end or stop, or continues it.
///
/// # Errors
/// The signals can't be caught, or the thread can't be started.
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

/// Sets `cancel` on the signals that ask the program to end, for commands without an event loop.
///
/// # Errors
/// The signals can't be caught.
pub fn cancel_at_end(cancel: &Cancel) -> std::io::Result<()> {
    for signal in [SIGINT, SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, cancel.flag())?;
    }
    Ok(())
}
