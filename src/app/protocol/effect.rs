//! What the program asks of the world. Plain data: a run can be logged, compared and replayed.

use super::job::{Job, JobId};
use crate::news::Clean;

/// A request to the world.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Do this job and answer once, under this id.
    Start(JobId, Job),
    /// Stop this job as soon as possible. It still answers.
    Cancel(JobId),
    /// Put this on the terminal's clipboard.
    Copy(Clean),
    /// Draw the whole screen again, whatever is on it.
    Redraw,
    /// Give the terminal back to the shell until the shell continues us.
    Suspend,
    /// End the program.
    Quit,
}
