//! The macro that declares a worker's jobs and their outcomes from one table, so that every job has
//! exactly one type of answer.

use super::failure::Failure;

/// A job of one worker.
pub trait WorkerJob: Clone {
    /// The type of this worker's answers.
    type Outcome;

    /// The outcome that reports `failure` for this job.
    fn failed(self, failure: Failure) -> Self::Outcome;
}

/// Each row declares a job: `Name(Payload) => Answer`. If several jobs of one name can run at once,
/// `for field: Type` repeats a field of the payload in the outcome, so that a failure can be
/// assigned to its job, too.
macro_rules! jobs {
    (
        $(#[$job_doc:meta])* jobs $job:ident;
        $(#[$outcome_doc:meta])* outcomes $outcome:ident;
        $(
            $(#[$doc:meta])*
            $variant:ident $(($request:ty))? $(for $subject:ident: $of:ty)? => $answer:ty,
        )*
    ) => {
        $(#[$job_doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $job { $($(#[$doc])* $variant $(($request))?,)* }

        $(#[$outcome_doc])*
        #[derive(Clone, Debug, PartialEq)]
        pub enum $outcome { $($(#[$doc])* $variant($($of,)? Result<$answer, Failure>),)* }

        impl $crate::app::protocol::table::WorkerJob for $job {
            type Outcome = $outcome;

            fn failed(self, failure: Failure) -> $outcome {
                match self {
                    $(jobs!(@pattern $job $variant request $($subject)?) =>
                        $outcome::$variant($(request.$subject,)? Err(failure)),)*
                }
            }
        }

        impl $outcome {
            /// Why the job failed; `None` if it succeeded.
            pub fn failure(&self) -> Option<&Failure> {
                match self { $(Self::$variant(.., answer) => answer.as_ref().err(),)* }
            }
        }
    };
    (@pattern $job:ident $variant:ident $name:ident) => { $job::$variant { .. } };
    (@pattern $job:ident $variant:ident $name:ident $subject:ident) => { $job::$variant($name) };
}

pub(crate) use jobs;
