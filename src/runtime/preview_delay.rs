//! Over SSH, the article of a row waits until the keys rest. A page of Hangul is several thousand
//! bytes: sent for each row that is only passed by, it fills a slow line, and the list answers
//! late.

use std::time::{Duration, Instant};

use crate::app::geometry::Pane;
use crate::app::protocol::job::{Job, JobId};
use crate::app::protocol::library::LibraryJob;
use crate::app::{Message, Model};

/// How long after the last key an article is fetched. Longer than the time between two repetitions
/// of a held key (33 ms on most systems, and as uneven as the line), shorter than a pause.
const REST: Duration = Duration::from_millis(150);

/// Delays articles that are shown beside the list.
pub(super) struct PreviewDelay {
    /// Whether articles are delayed at all.
    is_on: bool,
    last_key: Option<Instant>,
    held: Option<(JobId, Job)>,
}

impl PreviewDelay {
    /// Delays articles if `is_on`.
    pub(super) fn new(is_on: bool) -> Self {
        Self {
            is_on,
            last_key: None,
            held: None,
        }
    }

    /// Notes when keys came.
    pub(super) fn note(&mut self, message: &Message) {
        if self.is_on && matches!(message, Message::Key(_)) {
            self.last_key = Some(Instant::now());
        }
    }

    /// Keeps a job that can wait for the keys to rest; gives back any other.
    pub(super) fn hold(&mut self, id: JobId, job: Job, model: &Model) -> Option<Job> {
        let is_preview = matches!(job, Job::Library(LibraryJob::Article(_)));
        if is_preview && model.focus() == Pane::List && !self.left().is_zero() {
            self.held = Some((id, job));
            return None;
        }
        Some(job)
    }

    /// Drops a held job that was cancelled; whether it was held.
    pub(super) fn cancel(&mut self, id: JobId) -> bool {
        self.held.take_if(|(held, _)| *held == id).is_some()
    }

    /// The held job, once the keys rest, or the article itself was opened.
    pub(super) fn take_due(&mut self, model: &Model) -> Option<(JobId, Job)> {
        let is_opened = model.focus() != Pane::List;
        if is_opened || self.left().is_zero() {
            return self.held.take();
        }
        None
    }

    /// How long a held job has still to wait; `None` where there is none.
    pub(super) fn wait(&self) -> Option<Duration> {
        self.held.as_ref().map(|_| self.left())
    }

    fn left(&self) -> Duration {
        self.last_key
            .map_or(Duration::ZERO, |key| REST.saturating_sub(key.elapsed()))
    }
}
