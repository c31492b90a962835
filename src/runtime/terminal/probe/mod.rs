//! Asks the terminal at each start what it can do, in raw mode on the alternate screen, before the
//! first frame is written. Only a terminal that no earlier run has seen is waited for; for any
//! other the stored result is used, and the answers are read while the first frames are already
//! drawn.
//!
//! How far the cursor moves after a character tells its width. Whether the font has the character
//! can't be asked, so that is looked up by the terminal's name and version.
//!
//! * `environment` – what environment variables and tmux say
//! * `questions` – the sequences written; `tty` – where the answers are read from; `replies` –
//!   parses them, apart from keys typed meanwhile; `session` – asks, waits and reads
//! * `profile` – the result ([`Probe`]); `terminal_table` – the table of terminals

mod environment;
mod profile;
mod questions;
#[cfg_attr(
    not(any(unix, test)),
    expect(dead_code, reason = "terminals are asked on Unix alone")
)]
mod replies;
mod session;
mod terminal_table;
mod tty;

use std::io::stdout;

use crossterm::execute;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

use environment::{TerminalEnvironment, variable};
pub use profile::{Probe, ProbeSource, Widths};

pub use session::{ANSWER_TIMEOUT, ProbeSession, remaining_questions};

/// Probes the terminal for a command other than the reader, such as `gisa doctor`. Sets raw mode
/// and the alternate screen meanwhile.
pub fn probe_terminal() -> Probe {
    let environment = TerminalEnvironment::of_env();
    if !environment.can_answer() || enable_raw_mode().is_err() {
        return Probe::unanswered(&environment.with_tmux_client());
    }
    let _ = execute!(stdout(), EnterAlternateScreen);
    let mut session = ProbeSession::begin(None);
    let probe = session
        .first(ANSWER_TIMEOUT)
        .unwrap_or_else(|| session.unanswered());
    let _ = execute!(stdout(), LeaveAlternateScreen);
    let _ = disable_raw_mode();
    probe
}

/// A name for this terminal, under which its [`Probe`] is stored. It is made from environment
/// variables only, since it is needed before the terminal has answered.
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
