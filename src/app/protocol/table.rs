//! The macro that makes a worker's jobs and their answers out of one table, so that a job without an
//! answer, or an answer to another job, can't be written down.

use super::failure::Failure;

/// What a worker can be asked.
pub trait WorkerJob: Clone {
    /// What it answers with.
    type Outcome;

    /// The outcome of this job where it fails.
    fn failed(self, failure: Failure) -> Self::Outcome;
}

/// A row a job: `Name(Payload) => Answer`. Where several jobs of a name may be under way,
/// `for field: Type` has a field of the payload repeated in the outcome, so that a failure, too,
/// names what it is an answer for.
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
            /// Why the job failed, where it did.
            pub fn failure(&self) -> Option<&Failure> {
                match self { $(Self::$variant(.., answer) => answer.as_ref().err(),)* }
            }
        }
    };
    (@pattern $job:ident $variant:ident $name:ident) => { $job::$variant { .. } };
    (@pattern $job:ident $variant:ident $name:ident $subject:ident) => { $job::$variant($name) };
}

pub(crate) use jobs;
