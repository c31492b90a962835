//! Asks the terminal and reads its answers, which arrive mixed with the keys.
//!
//! An unknown terminal is asked in two rounds: first only for widths, and for the rest once it has
//! answered. A known one is asked everything at once.

use std::io::{Write as _, stdout};
use std::time::{Duration, Instant};

use super::environment::TerminalEnvironment;
use super::profile::{Probe, ProbeSource, read};
use super::questions::{LAST_QUESTION, names_asked, widths_asked};
use super::replies::Replies;
use super::tty::AnswerInput;

/// How long an answer is awaited in `gisa doctor`, for the second round of questions, and for the
/// end of a paste.
pub const ANSWER_TIMEOUT: Duration = Duration::from_millis(1500);

/// How long further answers are awaited after that to the last question. A terminal should answer
/// in order; if one doesn't, its late answers must not be read as keys.
const GRACE: Duration = Duration::from_millis(12);
/// An escape that nothing has followed for this long is the key, and not the start of an answer.
const PAUSE: Duration = Duration::from_millis(150);

/// Called with what is typed.
type Typed<'t> = &'t mut dyn FnMut(&[u8]);

/// The questions asked and the answers so far. The terminal must be in raw mode and on the
/// alternate screen, which is left empty.
pub struct ProbeSession {
    environment: TerminalEnvironment,
    /// Where answers are read; `None` if there is no terminal to ask.
    input: Option<AnswerInput>,
    replies: Replies,
    /// All questions have been asked, and not only those of the first round.
    asked_all: bool,
    /// The last answer of the first round, during the second.
    first_round: Option<Vec<u16>>,
}

impl ProbeSession {
    /// Writes the questions: those of both rounds to a terminal that has answered `before`, so that
    /// the first frame can be written right after them.
    pub fn begin(before: Option<&Probe>) -> Self {
        let environment = TerminalEnvironment::of_env();
        let input = if environment.can_answer() {
            AnswerInput::find()
        } else {
            None
        };
        let asked_all = before.is_some_and(|probe| probe.source != ProbeSource::Default);
        let mut session = Self {
            environment,
            input,
            replies: Replies::default(),
            asked_all,
            first_round: None,
        };
        let mut questions = widths_asked();
        if asked_all {
            questions += &names_asked(&session.environment);
        }
        if session.input.is_some() && !write_questions(&(questions + LAST_QUESTION)) {
            session.input = None;
        }
        session
    }

    /// Waits for both rounds of answers of an unknown terminal: for `patience` for the first round.
    /// What is typed meanwhile is kept for [`ProbeSession::rest`]. `None` if it doesn't answer.
    pub fn first(&mut self, patience: Duration) -> Option<Probe> {
        self.environment = std::mem::take(&mut self.environment).with_tmux_client();
        if !self.read_answers(patience, None) {
            return None;
        }
        if !self.asked_all {
            self.start_second_round();
            if write_questions(&remaining_questions()) {
                self.read_answers(ANSWER_TIMEOUT, None);
            }
        }
        self.probe()
    }

    /// The result if the terminal doesn't answer.
    pub fn unanswered(&self) -> Probe {
        Probe::unanswered(&self.environment)
    }

    /// Prepares for the answers of the second round if the terminal has answered the first; the
    /// caller then writes [`remaining_questions`]. Returns whether there is a second round to ask.
    pub fn start_second_round(&mut self) -> bool {
        let starts = !self.asked_all && self.replies.attributes.is_some();
        if starts {
            self.asked_all = true;
            self.first_round = self.replies.attributes.take();
        }
        starts
    }

    /// Reads answers while the reader is in use already, for `patience` at most, and calls `typed`
    /// with what is typed meanwhile. `None` if the terminal hasn't answered.
    pub fn rest(&mut self, patience: Duration, typed: Typed<'_>) -> Option<Probe> {
        if self.replies.attributes.is_none() {
            self.read_answers(patience, Some(typed));
        }
        self.replies.end();
        typed(&self.replies.take_typed(true));
        if self.replies.attributes.is_none() && self.first_round.is_none() {
            return None;
        }
        if self.environment.outer.is_empty() {
            self.environment = std::mem::take(&mut self.environment).with_tmux_client();
        }
        self.probe()
    }

    /// Reads until the last answer or for `patience`; returns whether the last answer has been
    /// read.
    fn read_answers(&mut self, patience: Duration, mut typed: Option<Typed<'_>>) -> bool {
        let Some(input) = &self.input else {
            return false;
        };
        let end = Instant::now() + patience;
        loop {
            let now = Instant::now();
            let over = now.saturating_duration_since(end);
            // If a paste has begun, its end is awaited, or the rest would be read as keys.
            if now >= end && (!self.replies.is_in_paste() || over > ANSWER_TIMEOUT) {
                return false;
            }
            let left = end.saturating_duration_since(now);
            if input.is_ready(if left.is_zero() {
                PAUSE
            } else {
                left.min(PAUSE)
            }) {
                if input.read(&mut self.replies).is_none() {
                    return false;
                }
            } else {
                self.replies.end();
            }
            if let Some(typed) = &mut typed {
                typed(&self.replies.take_typed(false));
            }
            if self.replies.attributes.is_some() {
                break;
            }
        }
        // With a limit, for a terminal that doesn't stop sending.
        let end = Instant::now() + ANSWER_TIMEOUT;
        while self.asked_all
            && !self.replies.are_complete()
            && Instant::now() < end
            && input.is_ready(GRACE)
        {
            if input.read(&mut self.replies).is_none() {
                break;
            }
        }
        true
    }

    fn probe(&mut self) -> Option<Probe> {
        if self.replies.attributes.is_none() {
            self.replies.attributes = self.first_round.take();
        }
        read(&self.replies, &self.environment)
    }
}

/// The questions of the second round. They leave the screen empty.
pub fn remaining_questions() -> String {
    names_asked(&TerminalEnvironment::of_env()) + LAST_QUESTION
}

/// Writes questions to the terminal; returns whether that worked.
fn write_questions(questions: &str) -> bool {
    let mut out = stdout().lock();
    out.write_all(questions.as_bytes())
        .and_then(|()| out.flush())
        .is_ok()
}
