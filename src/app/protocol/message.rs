//! Everything that can happen to the program.

use jiff::Timestamp;

use super::abilities::Abilities;
use super::job::{JobId, Outcome};
use crate::app::geometry::Screen;
use crate::app::input::key::Key;

/// Something happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Message {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The terminal's window got the keyboard focus.
    FocusGained,
    /// The terminal has another size.
    Resized(Screen),
    /// Width and height of a cell of the terminal, in pixels.
    Cell(u16, u16),
    /// The terminal reported its abilities.
    Terminal(Box<Abilities>),
    /// The time. Sent before any other message, so that `update` needs no clock.
    Clock(Timestamp),
    /// The time that the program asked to be woken at ([`crate::app::Model::wake`]).
    Due,
    /// The library's file was written to.
    LibraryChanged,
    /// Progress of a job, or its outcome.
    Job(JobId, JobEvent),
    /// The system asks us to stop until we are continued.
    Stop,
    /// The shell continued us: the whole screen is to be drawn again.
    Resumed,
    /// The terminal or the system asks us to end.
    Hangup,
}

impl Message {
    /// A name for the log.
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
            Self::Stop => "stop",
            Self::Resumed => "resumed",
            Self::Hangup => "hangup",
            _ => "other",
        }
    }
}

/// What the mouse did, at a column and row from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What it did.
    pub kind: MouseKind,
    /// Column.
    pub x: u16,
    /// Row.
    pub y: u16,
}

/// Kinds of mouse events we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Press,
    /// The pointer moved with the left button down.
    Drag,
    /// The left button went up.
    Release,
    /// Wheel away from the reader.
    WheelUp,
    /// Wheel towards.
    WheelDown,
}

/// Progress of a job, or its outcome.
#[derive(Clone, Debug, PartialEq)]
pub enum JobEvent {
    /// How far it is.
    Progress(Progress),
    /// Its only answer.
    Done(Outcome),
}

/// How far a job is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Units done: feeds of a refresh, characters of a language model's answer.
    pub done: u64,
    /// Units in all, where that is known.
    pub total: Option<u64>,
}
