//! Asks the terminal at each start what it can do, in raw mode on the alternate screen, before the
//! first frame is written. Only a terminal that no earlier run has seen is waited for; for any
//! other the kept result is used, and the answers are read while the first frames are already
//! drawn.
//!
//! How far the cursor moves after a character tells its width. Whether the font has the character
//! can't be asked, so that is looked up by the terminal's name and version.
//!
//! * `environment` – what environment variables and tmux tell
//! * `questions` – the sequences written; `tty` – where the answers are read from; `replies` –
//!   parses them, apart from keys typed meanwhile; `session` – asks, waits and reads
//! * `profile` – the result ([`Probe`]); `known` – the table of terminals

mod environment;
mod known;
mod profile;
mod questions;
mod replies;
mod session;
mod tty;

use std::io::stdout;

use crossterm::execute;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

use environment::{TerminalEnvironment, variable};
pub use profile::{Probe, ProbeSource, Widths};

pub use session::{ANSWER_TIMEOUT, ProbeSession, rest_of_questions};

/// Probes the terminal from a command that is not the reader, as `gisa doctor`: takes raw mode and
/// the alternate screen for the time it lasts.
pub fn probe_terminal() -> Probe {
    let environment = TerminalEnvironment::of_env();
    if !environment.can_answer() || enable_raw_mode().is_err() {
        return Probe::unanswered(&environment.within());
    }
    let _ = execute!(stdout(), EnterAlternateScreen);
    let mut session = ProbeSession::begin(None);
    let probe = session
        .first(ANSWER_TIMEOUT)
        .unwrap_or_else(|| session.unasked());
    let _ = execute!(stdout(), LeaveAlternateScreen);
    let _ = disable_raw_mode();
    probe
}

/// Names this terminal, to keep its [`Probe`] under. The environment only: it is known before
/// anything is asked.
pub fn key() -> String {
    let parts = [
        "TERM",
        "TERM_PROGRAM",
        "TERM_PROGRAM_VERSION",
        "LC_TERMINAL",
        "COLORTERM",
    ]
    .map(variable);
    parts.join("|")
}

#[cfg(test)]
mod tests;
