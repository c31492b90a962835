//! The conversation with the terminal: questions first, then answers among the keys, which come in
//! by the same line.

use std::io::{Write as _, stdout};
use std::time::{Duration, Instant};

use super::environment::TerminalEnvironment;
use super::profile::{Probe, ProbeSource, read};
use super::questions::{LAST_QUESTION, names_asked, widths_asked};
use super::replies::Replies;
use super::tty::AnswerInput;

/// How long a terminal that does not answer is waited for where nothing else is to be done.
pub const ANSWER_TIMEOUT: Duration = Duration::from_millis(1500);

/// How long answers may come after the last one: it is answered last by what keeps to the rules,
/// and what does not must not have its other answers taken for keys.
const GRACE: Duration = Duration::from_millis(12);
/// An escape alone for so long was a key, and no answer's beginning.
const PAUSE: Duration = Duration::from_millis(150);

/// Takes what is typed.
type Typed<'t> = &'t mut dyn FnMut(&[u8]);

/// A conversation that has begun: the terminal was asked. It must be in raw mode and on the
/// alternate screen, which is left empty.
pub struct ProbeSession {
    environment: TerminalEnvironment,
    /// None where there is nobody to ask.
    line: Option<AnswerInput>,
    replies: Replies,
    /// It was asked for its names too.
    whole: bool,
    /// Its answer to what it was asked first, while it is asked the rest.
    before: Option<Vec<u16>>,
}

impl ProbeSession {
    /// Puts the questions. One that has answered before is asked everything at once, so that what
    /// is written next, be it the first frame, follows at its heels.
    pub fn begin(before: Option<&Probe>) -> Self {
        let environment = TerminalEnvironment::of_env();
        let line = if environment.can_answer() {
            AnswerInput::find()
        } else {
            None
        };
        let whole = before.is_some_and(|probe| probe.source != ProbeSource::Default);
        let mut session = Self {
            environment,
            line,
            replies: Replies::default(),
            whole,
            before: None,
        };
        let mut questions = widths_asked();
        if whole {
            questions += &names_asked(&session.environment);
        }
        if session.line.is_some() && !put(&(questions + LAST_QUESTION)) {
            session.line = None;
        }
        session
    }

    /// Waits for the answers of a terminal that nothing is known of, `patience` for the first of
    /// them. What is typed meanwhile is for [`ProbeSession::rest`].
    pub fn first(&mut self, patience: Duration) -> Option<Probe> {
        self.environment = std::mem::take(&mut self.environment).within();
        if !self.hear(patience, None) {
            return None;
        }
        if !self.whole {
            self.expects_more();
            if put(&rest_of_questions()) {
                self.hear(ANSWER_TIMEOUT, None);
            }
        }
        self.probe()
    }

    /// What is known where nothing was answered.
    pub fn unasked(&self) -> Probe {
        Probe::unanswered(&self.environment)
    }

    /// Whether it answered, and was not asked everything yet; it is expected to be asked now.
    pub fn expects_more(&mut self) -> bool {
        let expects = !self.whole && self.replies.attributes.is_some();
        if expects {
            self.whole = true;
            self.before = self.replies.attributes.take();
        }
        expects
    }

    /// Takes in the answers beside everything else, for `patience` at most, and hands on what is
    /// typed meanwhile.
    pub fn rest(&mut self, patience: Duration, typed: Typed<'_>) -> Option<Probe> {
        if self.replies.attributes.is_none() {
            self.hear(patience, Some(typed));
        }
        self.replies.end();
        typed(&self.replies.take_typed(true));
        if self.replies.attributes.is_none() && self.before.is_none() {
            return None;
        }
        if self.environment.outer.is_empty() {
            self.environment = std::mem::take(&mut self.environment).within();
        }
        self.probe()
    }

    /// Reads until the last answer, or until `patience` is over; whether it came.
    fn hear(&mut self, patience: Duration, mut typed: Option<Typed<'_>>) -> bool {
        let Some(line) = &self.line else { return false };
        let end = Instant::now() + patience;
        loop {
            let now = Instant::now();
            let over = now.saturating_duration_since(end);
            // What is being pasted is waited for, lest its rest be taken for keys.
            if now >= end && (!self.replies.is_in_paste() || over > ANSWER_TIMEOUT) {
                return false;
            }
            let left = end.saturating_duration_since(now);
            if line.is_ready(if left.is_zero() {
                PAUSE
            } else {
                left.min(PAUSE)
            }) {
                if line.read(&mut self.replies).is_none() {
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
        while self.whole && !self.replies.are_whole() && line.is_ready(GRACE) {
            if line.read(&mut self.replies).is_none() {
                break;
            }
        }
        true
    }

    fn probe(&mut self) -> Option<Probe> {
        if self.replies.attributes.is_none() {
            self.replies.attributes = self.before.take();
        }
        read(&self.replies, &self.environment)
    }
}

/// What is asked of a terminal that has answered the first questions. The screen is empty after it.
pub fn rest_of_questions() -> String {
    names_asked(&TerminalEnvironment::of_env()) + LAST_QUESTION
}

/// Writes questions; whether that went well.
fn put(questions: &str) -> bool {
    let mut out = stdout().lock();
    out.write_all(questions.as_bytes())
        .and_then(|()| out.flush())
        .is_ok()
}
