//! Jobs of all workers, their outcomes, and the ids that pair the two.

use super::failure::Failure;
use super::library::{LibraryJob, LibraryOutcome};
use super::network::{NetworkJob, NetworkOutcome};
use super::picture::{PictureJob, PictureOutcome};
use super::speech::{SpeechJob, SpeechOutcome};
use super::story::{StoryJob, StoryOutcome};
use super::table::WorkerJob;

/// Identifies a job. Ids are never reused within a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(pub u64);

macro_rules! workers {
    ($($(#[$doc:meta])* $worker:ident: $job:ident => $outcome:ident,)*) => {
        /// Work that takes time or reaches outside the program, by the worker that does it.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Job { $($(#[$doc])* $worker($job),)* }

        /// The result of a job, by the worker that did it.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Outcome { $($(#[$doc])* $worker($outcome),)* }

        impl WorkerJob for Job {
            type Outcome = Outcome;

            fn failed(self, failure: Failure) -> Outcome {
                match self { $(Self::$worker(job) => Outcome::$worker(job.failed(failure)),)* }
            }
        }

        impl Outcome {
            /// Why the job failed; `None` if it succeeded.
            pub fn failure(&self) -> Option<&Failure> {
                match self { $(Self::$worker(outcome) => outcome.failure(),)* }
            }
        }

        $(
            impl From<$job> for Job {
                fn from(job: $job) -> Self {
                    Self::$worker(job)
                }
            }

            impl From<$outcome> for Outcome {
                fn from(outcome: $outcome) -> Self {
                    Self::$worker(outcome)
                }
            }
        )*
    };
}

workers! {
    /// Done by the library worker, in order.
    Library: LibraryJob => LibraryOutcome,
    /// Done by the network workers, several at a time.
    Network: NetworkJob => NetworkOutcome,
    /// Done by the story worker.
    Story: StoryJob => StoryOutcome,
    /// Done by the picture workers.
    Picture: PictureJob => PictureOutcome,
    /// Done by the speech worker.
    Speech: SpeechJob => SpeechOutcome,
}
