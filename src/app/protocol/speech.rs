//! Jobs of the speech worker and their results.

use super::failure::Failure;
use super::table::jobs;
use crate::news::Clean;
use crate::speech::Utterance;

jobs! {
    /// Sentences to read aloud, one at a time.
    jobs SpeechJob;
    /// The results of the speech worker's jobs.
    outcomes SpeechOutcome;

    /// Reads one sentence aloud; the answer comes when it has been read.
    Say(SayRequest) => Spoken,
}

/// A sentence to read aloud.
#[derive(Clone, Debug, PartialEq)]
pub struct SayRequest {
    /// The sentence.
    pub words: Utterance,
    /// The rate in percent of the voice's normal one.
    pub rate: u16,
}

/// Which voice read a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// The current one.
    AsUsual,
    /// Another one, because the current one failed. Both are names of programs.
    Instead {
        /// The one that failed.
        failed: Clean,
        /// The one that read the sentence, and is the current one from now on.
        voice: Clean,
    },
}
