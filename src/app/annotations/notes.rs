//! Notes and labels of a scrap: asked for, completed while they are typed, and kept.

use super::{Annotations, OpenArticle, report};
use crate::app::env::Env;
use crate::app::input::labels;
use crate::app::input::prompt::{many_lines, one_line};
use crate::app::jobs::JobKind;
use crate::app::protocol::failure::Failure;
use crate::app::protocol::library::LibraryJob;
use crate::app::protocol::prefs::Purpose;
use crate::app::reply::{Intent, Reply};
use crate::news::{Annotation, Clean};

impl Annotations {
    /// Asks for the note of the open article.
    pub fn ask_note(&mut self, open: &OpenArticle, env: &Env<'_>) -> Reply {
        if let Err(reply) = self.check(open, env) {
            return reply;
        }
        let note = self.scrap.as_ref().and_then(|s| s.note.as_deref());
        Reply::none().intent(Intent::Prompt(
            Purpose::Note,
            one_line(note.unwrap_or_default()),
        ))
    }

    /// Asks for the labels of the open article.
    pub fn ask_labels(&mut self, open: &OpenArticle, env: &Env<'_>) -> Reply {
        if let Err(reply) = self.check(open, env) {
            return reply;
        }
        // Each with its comma: what is typed behind them is a label of its own.
        let labels: String = self
            .scrap
            .iter()
            .flat_map(|s| s.tags.iter().map(|tag| format!("{tag}, ")))
            .collect();
        Reply::none()
            .intent(Intent::Prompt(Purpose::Labels, labels))
            .restart(JobKind::Labels, LibraryJob::Labels)
    }

    /// The labels in use in the library.
    pub fn labels(&self) -> &[Clean] {
        &self.labels
    }

    /// The labels in use came.
    pub fn labels_came(&mut self, answer: Result<Vec<Clean>, Failure>) -> Reply {
        match answer {
            Ok(labels) => self.labels = labels,
            Err(failure) => return report(failure),
        }
        Reply::none()
    }

    /// A note was typed; an empty one deletes the note.
    pub fn note_typed(&mut self, text: &str, open: &OpenArticle, env: &Env<'_>) -> Reply {
        let note = Some(many_lines(text)).filter(|n| !n.is_blank());
        if self.scrap.as_ref().and_then(|s| s.note.as_ref()) == note.as_ref() {
            return Reply::none();
        }
        let key = if note.is_some() {
            "notice.noted"
        } else {
            "notice.note-removed"
        };
        self.annotate_open(Annotation::Note(note), open, env)
            .map_or_else(|refusal| refusal, |reply| reply.say(env.text(key)))
    }

    /// Labels were typed.
    pub fn labels_typed(&mut self, text: &str, open: &OpenArticle, env: &Env<'_>) -> Reply {
        let labels = labels::parse(text);
        if self.scrap.as_ref().map_or(&[][..], |s| &s.tags) == labels {
            return Reply::none();
        }
        let names: Vec<String> = labels.iter().map(|label| format!("#{label}")).collect();
        let said = if names.is_empty() {
            env.text("notice.labels-removed")
        } else {
            env.fill("notice.labelled", &[("labels", &names.join(" "))])
        };
        self.annotate_open(Annotation::Tags(labels), open, env)
            .map_or_else(|refusal| refusal, |reply| reply.say(said))
    }
}
