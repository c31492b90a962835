//! 브리핑: the unread articles of the list as short news, one key a story.

use super::showing::Showing;
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::jobs::JobKind;
use crate::app::protocol::rows::{Collection, Row};
use crate::app::reply::{Intent, ListIntent, ReaderIntent, Reply};
use crate::news::ArticleId;

/// The briefing, where one is under way.
#[derive(Clone, Debug, Default)]
pub struct Briefing {
    walk: Option<Walk>,
}

/// A walk through unread articles.
#[derive(Clone, Debug)]
struct Walk {
    /// The articles, in the order of the list.
    stories: Vec<ArticleId>,
    /// Index of the article that is shown.
    at: usize,
    /// What the reader showed before.
    before: Showing,
}

impl Briefing {
    /// Whether a briefing is under way, though the keys may be elsewhere.
    pub fn is_active(&self) -> bool {
        self.walk.is_some()
    }

    /// The number of the story that is shown, from 1, and how many there are.
    pub fn progress(&self) -> Option<(usize, usize)> {
        let walk = self.walk.as_ref()?;
        Some((walk.at + 1, walk.stories.len()))
    }

    /// Whether this article is the story that is shown.
    pub fn is_at(&self, id: ArticleId) -> bool {
        let here = self.walk.as_ref().and_then(Walk::story);
        here == Some(id)
    }

    /// Begins with the first unread article of the list, whose rows are `rows`; `before` is what
    /// the reader shows now.
    pub fn start(&mut self, rows: &[Row], before: Showing, env: &Env<'_>) -> Reply {
        if matches!(env.collection, Collection::Issues | Collection::Scraps) {
            return Reply::none();
        }
        let unread = rows.iter().filter(|row| !row.read && !row.is_issue());
        let stories: Vec<ArticleId> = unread.map(|row| row.id).collect();
        if stories.is_empty() {
            return Reply::none().say(env.text("notice.all-read"));
        }
        self.walk = Some(Walk {
            stories,
            at: 0,
            before,
        });
        let reply = Reply::none().intent(Intent::Focus(Pane::Reader));
        reply.and(self.show(rows, env))
    }

    /// Handles an action while a story of the briefing has the keys; `None` if the action means
    /// what it always does. `rows` are those of the list.
    pub fn on(&mut self, action: Action, rows: &[Row], env: &Env<'_>) -> Option<Reply> {
        Some(match action {
            // Stops the language model first.
            Action::Back | Action::Close if env.is_busy(JobKind::ModelSummary) => return None,
            Action::PageDown | Action::NextUnread | Action::NextMatch => {
                let read = Reply::none().intent(ListIntent::MarkSelectedRead);
                read.and(self.skip(rows, env))
            }
            Action::NextArticle => self.skip(rows, env),
            Action::PageUp | Action::PreviousMatch | Action::PreviousArticle => {
                self.previous(rows, env)
            }
            Action::Follow | Action::Open => self.read(),
            Action::Back | Action::Close | Action::NextPane | Action::PreviousPane => self.leave(),
            // It has begun already.
            Action::Briefing => Reply::none(),
            _ => return None,
        })
    }

    /// Selects the story and shows its short news; one that has left the list is passed over.
    fn show(&mut self, rows: &[Row], env: &Env<'_>) -> Reply {
        let Some(walk) = &mut self.walk else {
            return Reply::none();
        };
        while let Some(id) = walk.story() {
            if rows.iter().any(|row| row.id == id) {
                return Reply::none()
                    .intent(ListIntent::SelectArticle(id))
                    .intent(ReaderIntent::Show(Showing::ShortNews))
                    .intent(Intent::Preview)
                    .intent(ReaderIntent::EnsureShortNews);
            }
            walk.stories.remove(walk.at);
        }
        self.leave().say(env.text("notice.briefed"))
    }

    /// The next story; this one stays as it is, unread or read.
    fn skip(&mut self, rows: &[Row], env: &Env<'_>) -> Reply {
        if let Some(walk) = &mut self.walk {
            walk.at += 1;
        }
        self.show(rows, env)
    }

    fn previous(&mut self, rows: &[Row], env: &Env<'_>) -> Reply {
        match &mut self.walk {
            Some(walk) if walk.at > 0 => walk.at -= 1,
            _ => return Reply::none().say(env.text("notice.first")),
        }
        self.show(rows, env)
    }

    /// Shows the story in full and ends; a new briefing begins with the next unread article.
    fn read(&mut self) -> Reply {
        self.walk = None;
        Reply::none()
            .intent(ReaderIntent::Show(Showing::Body))
            .intent(Intent::EnterReader)
            .intent(ListIntent::MarkSelectedRead)
    }

    /// Goes back to the list, and to what the reader showed before.
    fn leave(&mut self) -> Reply {
        let Some(walk) = self.walk.take() else {
            return Reply::none();
        };
        Reply::none()
            .intent(ReaderIntent::Show(walk.before))
            .intent(Intent::LeaveZen)
            .intent(Intent::Focus(Pane::List))
            .intent(Intent::Preview)
    }
}

impl Walk {
    /// The article that is shown.
    fn story(&self) -> Option<ArticleId> {
        self.stories.get(self.at).copied()
    }
}
