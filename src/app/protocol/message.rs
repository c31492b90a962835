//! Everything that can happen to the program.

use std::sync::Arc;

use jiff::Timestamp;

use super::abilities::Abilities;
use super::failure::Failure;
use super::job::{JobId, Outcome};
use crate::app::geometry::Screen;
use crate::app::input::key::Key;
use crate::lettering::LetterPress;

/// An event that `update` handles.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// A mouse button or the wheel was used.
    Mouse(Mouse),
    /// The terminal's window gained the keyboard focus.
    FocusGained,
    /// The terminal was resized to this size in cells.
    Resized(Screen),
    /// The terminal reported the width and height of a cell, in pixels.
    Cell(u16, u16),
    /// The terminal reported its abilities.
    Terminal(Box<Abilities>),
    /// The fonts for letters that are drawn as pictures were found.
    Fonts(Arc<LetterPress>),
    /// The font of the settings was not found.
    FontMissing(Failure),
    /// The current time. Sent before any other message, so that `update` needs no clock.
    Clock(Timestamp),
    /// The time at which the program asked to be woken ([`crate::app::Model::wake`]) has come.
    Due,
    /// Another program or thread wrote to the library's file.
    LibraryChanged,
    /// An exchange through the sync folder failed that came by itself.
    FolderFailed(Failure),
    /// Progress of a job, or its result.
    Job(JobId, JobEvent),
    /// The system asks this process to stop until it is continued (SIGTSTP).
    Stop,
    /// The process was continued; the whole screen has to be redrawn.
    Resumed,
    /// The terminal is gone, or the system asks this process to end (SIGHUP, SIGTERM).
    Hangup,
}

impl Message {
    /// The name of the variant, for the log.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Key(_) => "key",
            Self::Paste(_) => "paste",
            Self::Mouse(_) => "mouse",
            Self::Resized(_) => "resized",
            Self::Terminal(_) => "terminal",
            Self::Clock(_) => "clock",
            Self::Job(_, JobEvent::Progress(_)) => "progress",
            Self::Job(_, JobEvent::Done(outcome)) if outcome.failure().is_some() => "failed",
            Self::Job(_, JobEvent::Done(_)) => "done",
            Self::Due => "due",
            Self::LibraryChanged => "library-changed",
            Self::FolderFailed(_) => "folder-failed",
            Self::Stop => "stop",
            Self::Resumed => "resumed",
            Self::Hangup => "hangup",
            _ => "other",
        }
    }
}

/// A mouse event, at a column and row counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// Whether a button was pressed, released or dragged, or the wheel turned.
    pub kind: MouseKind,
    /// Column of the cell.
    pub x: u16,
    /// Row of the cell.
    pub y: u16,
}

/// The mouse events that are handled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Press,
    /// The pointer moved with the left button down.
    Drag,
    /// The left button went up.
    Release,
    /// The right button went down.
    RightPress,
    /// The wheel was turned up, away from the user.
    WheelUp,
    /// The wheel was turned down.
    WheelDown,
}

/// Progress of a job, or its result.
#[derive(Clone, Debug, PartialEq)]
pub enum JobEvent {
    /// How far the job has come.
    Progress(Progress),
    /// The job's result; nothing follows it.
    Done(Outcome),
}

/// How far a job has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Units done: feeds of a refresh, characters of a language model's answer.
    pub done: u64,
    /// Units in all; `None` if not known.
    pub total: Option<u64>,
}
