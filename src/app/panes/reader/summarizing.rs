//! The short news of the open article: shown, asked for, taken in.

use super::Reader;
use super::hits::FindState;
use crate::app::env::Env;
use crate::app::input::action::Action;
use crate::app::jobs::JobKind;
use crate::app::panes::showing::Showing;
use crate::app::protocol::failure::{Cause, Failure};
use crate::app::protocol::network::{MadeSummary, NetworkJob, SummaryRequest};
use crate::app::reply::{Intent, ReaderIntent, Reply};

impl Reader {
    /// Shows the short news instead of the body, or the body again.
    pub fn toggle_short_news(&mut self, env: &Env<'_>) -> Reply {
        if env.geometry.reader.is_none() {
            // Asked for in a list that has the screen to itself, it is shown where it can be read.
            self.showing = Showing::ShortNews;
            return Reply::none()
                .intent(Intent::EnterReader)
                .intent(ReaderIntent::EnsureShortNews);
        }
        if !self.readable() {
            return Reply::none();
        }
        if self.short_news.awaits_agreement() && self.showing == Showing::ShortNews {
            return self.summarize(true, env);
        }
        self.showing = match self.showing {
            Showing::Body => Showing::ShortNews,
            Showing::ShortNews => Showing::Body,
        };
        self.ensure_short_news(env)
    }

    /// Asks for the short news where it is to be shown and isn't there, or was made for another
    /// search.
    pub fn ensure_short_news(&mut self, env: &Env<'_>) -> Reply {
        let query = self.find.as_ref().map(FindState::query);
        if !self.short_news.is_for(query) {
            self.short_news.forget();
        }
        if self.showing == Showing::ShortNews && self.short_news.is_wanting() {
            self.summarize(false, env)
        } else {
            Reply::none()
        }
    }

    /// Has the short news made. `agreed` says that the user agreed to what the publisher wants to
    /// be asked for first.
    pub fn summarize(&mut self, agreed: bool, env: &Env<'_>) -> Reply {
        let Some(article) = self.article.clone() else {
            return Reply::none();
        };
        let query = self.find.as_ref().map(|find| find.query().clone());
        self.short_news.begin(query.clone());
        let request = SummaryRequest {
            article,
            sentences: usize::from(env.start.config.summary.sentences),
            query,
            agreed,
        };
        Reply::none().restart(JobKind::Summary, NetworkJob::Summary(request))
    }

    /// The short news came, or why it can't be made.
    pub fn summary_came(&mut self, answer: Result<MadeSummary, Failure>, env: &Env<'_>) {
        match answer {
            Ok(made) => self.take_summary(made, env),
            Err(failure) => self.short_news.fail(failure),
        }
    }

    fn take_summary(&mut self, made: MadeSummary, env: &Env<'_>) {
        let title = self.article.as_ref().map(|a| a.title.clone());
        let title = title.unwrap_or_default();
        self.short_news.take(made, title, env.words(), &env.measure);
    }

    /// Shows the short news by a language model, the local one until the answer is whole; where
    /// the model's is there already, goes back to the local one.
    pub fn ask_model(&mut self, env: &Env<'_>) -> Reply {
        let Some(article) = self.arrived().cloned() else {
            self.showing = Showing::ShortNews;
            self.do_on_arrival(Action::ModelNews, env);
            return Reply::none();
        };
        let by_model = self.short_news.is_by_model();
        if by_model && self.showing == Showing::ShortNews {
            self.short_news.forget();
            return self.ensure_short_news(env);
        }
        self.showing = Showing::ShortNews;
        let reply = self.ensure_short_news(env);
        if by_model || env.is_busy(JobKind::ModelSummary) {
            return reply;
        }
        if !env.start.config.summary.model.is_set() {
            return reply.fail(Failure::new(Cause::ModelOff, ""));
        }
        let request = SummaryRequest {
            article,
            sentences: usize::from(env.start.config.summary.sentences),
            query: None,
            agreed: self.short_news.begin_model_answer(),
        };
        reply.start(JobKind::ModelSummary, NetworkJob::ModelSummary(request))
    }

    /// The language model's answer came: it takes the local one's place. Where there is none, the
    /// local one stays.
    pub fn model_summary_came(
        &mut self,
        answer: Result<MadeSummary, Failure>,
        env: &Env<'_>,
    ) -> Reply {
        match answer {
            Ok(made) => {
                let open = self.article.as_ref().map(|a| a.id());
                if open != Some(made.article) {
                    return Reply::none();
                }
                self.take_summary(made, env);
                Reply::none()
                    .cancel(JobKind::Summary)
                    .intent(Intent::ContinueListening)
            }
            Err(failure) if failure.cause == Cause::ModelAsk => {
                self.short_news.note_announcement();
                Reply::none().say(failure.sentence(env.words()))
            }
            Err(failure) => Reply::none().fail(failure),
        }
    }
}
