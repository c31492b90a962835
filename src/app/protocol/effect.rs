//! What the program asks of the outside world. Plain data, so a run can be logged, compared and
//! replayed.

use super::job::{Job, JobId};
use super::rules::Alert;
use crate::news::Clean;

/// A request that `update` returns for the runtime to carry out.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Run this job. It answers exactly once, under this id.
    Start(JobId, Job),
    /// Stop this job as soon as possible. It still answers, usually with
    /// [`super::failure::Cause::Cancelled`].
    Cancel(JobId),
    /// Put this text on the clipboard through the terminal (OSC 52).
    Copy(Clean),
    /// Alert the user through the terminal.
    Alert(Alert),
    /// Redraw the whole screen, for instance after another program wrote over it.
    Redraw,
    /// Give the terminal back to the shell until it continues this process (Ctrl-Z, `fg`).
    Suspend,
    /// End the program.
    Quit,
}
