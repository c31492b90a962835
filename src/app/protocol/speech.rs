//! What the speech worker is asked and answers.

use super::failure::Failure;
use super::table::jobs;
use crate::news::Clean;
use crate::speech::Utterance;

jobs! {
    /// Sentences to be read aloud, one at a time.
    jobs SpeechJob;
    /// What the speech worker answers.
    outcomes SpeechOutcome;

    /// Says one sentence; the answer comes when it was said.
    Say(SayRequest) => Spoken,
}

/// A sentence to be said.
#[derive(Clone, Debug, PartialEq)]
pub struct SayRequest {
    /// The sentence.
    pub words: Utterance,
    /// Percent of the voice's own rate.
    pub rate: u16,
}

/// By which voice a sentence was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// By the one in use.
    AsUsual,
    /// By another one, since the one in use failed. Both are names of programs.
    Instead {
        /// The one that failed.
        failed: Clean,
        /// The one that spoke, and will from now on.
        voice: Clean,
    },
}
