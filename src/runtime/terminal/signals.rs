//! Turns signals into messages, or into a set [`Cancel`] for commands without an event loop.

use std::sync::mpsc::SyncSender;

use signal_hook::consts::{
    SIGABRT, SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP,
    SIGTSTP, SIGUSR1, SIGUSR2, SIGVTALRM, SIGXCPU, SIGXFSZ,
};
use signal_hook::iterator::Signals;

use crate::app::Message;
use crate::runtime::cancel::Cancel;

/// The signals that end a program that doesn't catch them. Left out are those of a fault of the
/// program itself (SIGSEGV, SIGBUS, SIGFPE, SIGILL), after which nothing may run, SIGKILL, and
/// SIGPIPE, which Rust ignores, so that the write fails instead.
const ENDING: [i32; 15] = [
    SIGABRT, SIGALRM, SIGHUP, SIGINT, SIGIO, SIGPROF, SIGQUIT, SIGSYS, SIGTERM, SIGTRAP, SIGUSR1,
    SIGUSR2, SIGVTALRM, SIGXCPU, SIGXFSZ,
];

/// Signals of Linux that end a program and have no name in signal-hook: SIGSTKFLT, SIGPWR, and the
/// real-time signals without the two or three that the C library takes for itself.
fn ending_on_linux() -> impl Iterator<Item = i32> {
    let is_known = cfg!(all(
        target_os = "linux",
        any(target_arch = "x86_64", target_arch = "aarch64")
    ));
    let first = if cfg!(target_env = "musl") { 35 } else { 34 };
    let all = [16, 30].into_iter().chain(first..=64);
    all.filter(move |_| is_known)
}

/// Sends a message for each signal that asks the program to end or stop, or continues it.
///
/// # Errors
/// The signals can't be caught, or the thread can't be started.
pub fn watch(inbox: SyncSender<Message>) -> std::io::Result<()> {
    let caught = ENDING.into_iter().chain(ending_on_linux());
    let mut signals = Signals::new(caught.chain([SIGTSTP, SIGCONT]))?;
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
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
        signal_hook::flag::register(signal, cancel.flag())?;
    }
    Ok(())
}

/// Stops this process, as the terminal's driver does at Ctrl-Z; returns when it is continued.
pub(super) fn stop_this_process() {
    let _ = signal_hook::low_level::emulate_default_handler(SIGTSTP);
}
