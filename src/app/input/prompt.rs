//! The input line at the bottom of the screen, for a query, an address, a note or a name.

use super::fault::Fault;
use super::field::Field;
use super::key::{Key, KeyCode};
use super::labels;
use crate::app::env::Env;
use crate::app::jobs::JobKind;
use crate::app::protocol::network::NetworkJob;
use crate::app::protocol::prefs::Purpose;
use crate::app::reply::{Intent, ListIntent, ReaderIntent, Reply};
use crate::config::FeedSettings;
use crate::news::address::feed_without_secrets;
use crate::news::{Clean, Query};

/// An open prompt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    purpose: Purpose,
    field: Field,
    /// How many entries back in the history; 0 is the text being typed.
    back: usize,
    /// The text that was being typed before the history was opened.
    draft: String,
    /// The error in the text so far, with its place.
    fault: Option<Fault>,
}

impl Prompt {
    /// A prompt that starts with `text`.
    pub fn new(purpose: Purpose, text: &str) -> Self {
        Self {
            purpose,
            field: Field::with(text),
            back: 0,
            draft: String::new(),
            fault: None,
        }
    }

    /// The same prompt, with an error to show.
    pub fn with_fault(self, fault: Fault) -> Self {
        Self {
            fault: Some(fault),
            ..self
        }
    }

    /// What the text will be used for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The text with its cursor.
    pub fn field(&self) -> &Field {
        &self.field
    }

    /// The error in the text so far, with its place.
    pub fn fault(&self) -> Option<&Fault> {
        self.fault.as_ref()
    }

    /// Handles a key. `known` are the labels in use, for completion.
    pub fn press(&mut self, key: Key, known: &[Clean], env: &Env<'_>) -> Reply {
        let is_note = matches!(self.purpose, Purpose::Note | Purpose::HighlightNote);
        match key.code {
            KeyCode::Esc => self.give_up(),
            KeyCode::Char('c') if key.ctrl => self.give_up(),
            KeyCode::Enter if key.alt && is_note => {
                self.field.insert(LINE_END.encode_utf8(&mut [0; 4]));
                Reply::none()
            }
            KeyCode::Enter => self.accept(env),
            KeyCode::Up => self.recall(1, env),
            KeyCode::Down => self.recall(-1, env),
            KeyCode::Tab if self.purpose == Purpose::Labels => {
                if let Some((_, whole)) = labels::completion(known, self.field.text()) {
                    self.field = Field::with(&whole);
                }
                Reply::none()
            }
            _ if self.field.press(key) => self.changed(env),
            _ => Reply::none(),
        }
    }

    /// Inserts pasted text.
    pub fn paste(&mut self, text: &str, env: &Env<'_>) -> Reply {
        self.field.insert(text);
        self.changed(env)
    }

    /// Moves `steps` entries back in the history for this purpose.
    fn recall(&mut self, steps: isize, env: &Env<'_>) -> Reply {
        let past = env.start.prefs.typed.get(&self.purpose);
        let past = past.map(Vec::as_slice).unwrap_or_default();
        let back = self.back.saturating_add_signed(steps).min(past.len());
        if back == self.back {
            return Reply::none();
        }
        if self.back == 0 {
            self.draft = self.field.text().to_owned();
        }
        self.back = back;
        self.field = Field::with(match back {
            0 => &self.draft,
            _ => &past[past.len() - back],
        });
        self.changed(env)
    }

    /// Shows results while typing.
    fn changed(&mut self, env: &Env<'_>) -> Reply {
        self.fault = None;
        let text = self.field.text();
        match self.purpose {
            Purpose::FindArticles => match Query::parse(text, &env.now()) {
                Ok(query) => Reply::none()
                    .intent(ListIntent::Filter(text.trim().to_owned(), Box::new(query))),
                // What the list shows must not be taken for what this finds.
                Err(fault) => {
                    self.fault = Some(Fault::Query(fault));
                    Reply::none().intent(ListIntent::Filter(String::new(), Box::default()))
                }
            },
            Purpose::FindWords => Reply::none().intent(ReaderIntent::FindWords(text.to_owned())),
            Purpose::Mute => {
                self.fault = Query::parse(text, &env.now()).err().map(Fault::Query);
                Reply::none()
            }
            _ => Reply::none(),
        }
    }

    /// Closes the prompt and restores what was shown before.
    fn give_up(&self) -> Reply {
        let close = Reply::none().intent(Intent::ClosePrompt);
        match self.purpose {
            Purpose::FindArticles => close.intent(ListIntent::LeaveSearch),
            Purpose::FindWords => close.intent(ReaderIntent::LeaveFind),
            _ => close,
        }
    }

    /// Closes the prompt and uses its text. An invalid text stays in the prompt to be corrected.
    fn accept(&mut self, env: &Env<'_>) -> Reply {
        let text = self.field.text().to_owned();
        self.fault = match self.purpose {
            Purpose::Mute | Purpose::FindArticles if !text.trim().is_empty() => {
                Query::parse(&text, &env.now()).err().map(Fault::Query)
            }
            Purpose::FeedSettings => FeedSettings::parse_line(&text).err().map(Fault::Setting),
            _ => None,
        };
        if self.fault.is_some() {
            return Reply::none();
        }
        let close = Reply::none().intent(Intent::ClosePrompt);
        let done = match self.purpose {
            Purpose::FindArticles => close,
            Purpose::FindWords => close.intent(ReaderIntent::FoundWords(text.clone())),
            Purpose::Subscribe => close.and(subscribe_to(&text, env)),
            purpose => close.intent(Intent::Typed(purpose, text.clone())),
        };
        done.intent(Intent::Remember(self.purpose, text))
    }
}

/// Shown for a line break in the one-line input.
const LINE_END: char = '↵';

/// Joins several lines into one for editing.
pub fn one_line(text: &str) -> String {
    text.replace('\n', &LINE_END.to_string())
}

/// Splits what [`one_line`] joined.
pub fn many_lines(typed: &str) -> Clean {
    Clean::lines(&typed.replace(LINE_END, "\n"))
}

/// Subscribes to an address.
pub fn subscribe_to(address: &str, env: &Env<'_>) -> Reply {
    let address = Clean::line(address);
    if address.is_blank() {
        return Reply::none();
    }
    let shown = feed_without_secrets(&address);
    Reply::none()
        .say(env.fill("notice.subscribing", &[("address", &shown)]))
        .restart(JobKind::Subscription, NetworkJob::Subscribe(address))
}
