//! Issues and versions of an article in the reader: shown, gone through, followed to an article.

use super::Reader;
use super::story_view::StoryView;
use crate::app::env::Env;
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::jobs::JobKind;
use crate::app::panes::showing::Showing;
use crate::app::reply::{Intent, Reply};
use crate::news::{Issue, Versions};

impl Reader {
    /// What tells of a story in the article's place, where that is shown.
    pub fn story_view(&self) -> Option<&StoryView> {
        self.story_view.as_deref()
    }

    /// Shows one of today's issues instead of an article.
    pub fn show_issue(&mut self, issue: &Issue, env: &Env<'_>) -> Reply {
        *self = Self {
            id: self.id,
            showing: self.showing,
            pictures: self.pictures.of_no_article(),
            landing: self.landing.take(),
            story_view: Some(Box::new(StoryView::issue(issue, env))),
            ..Self::default()
        };
        Reply::none()
            .cancel(JobKind::Summary)
            .cancel(JobKind::ModelSummary)
    }

    /// Shows the versions of an article over it; gives whether they are. Where another article is
    /// read meanwhile, they are of no use.
    pub fn show_versions(&mut self, versions: &Versions, env: &Env<'_>) -> bool {
        let is_open = self.id == Some(versions.base.article);
        if is_open {
            self.story_view = Some(Box::new(StoryView::versions(versions, env)));
        }
        is_open
    }

    /// Takes the versions of the article away; gives whether they were shown.
    pub fn hide_versions(&mut self) -> bool {
        let versions = self.story_view.take_if(|view| view.is_of_versions());
        versions.is_some()
    }

    /// What an action does while a story view has the keys; `None` where it does the same as ever.
    pub fn on_story_view(&mut self, action: Action, count: usize, env: &Env<'_>) -> Option<Reply> {
        let rows = env.text_rows();
        let view = self.story_view.as_mut();
        let view = view.filter(|_| env.focus == Pane::Reader)?;
        match action {
            Action::Down | Action::Up | Action::First | Action::Last => {
                view.choose(action, count, rows);
            }
            Action::PageDown | Action::PageUp | Action::HalfPageDown | Action::HalfPageUp => {
                view.sheet_mut().go(action, count, rows);
            }
            Action::Follow | Action::Open => return Some(self.follow_story_line(rows)),
            Action::Back | Action::Close | Action::ShortNews if view.is_over_article() => {
                self.story_view = None;
            }
            Action::SkipToBody | Action::ModelNews if view.is_over_article() => {}
            Action::NextMatch | Action::PreviousMatch => {}
            _ => return None,
        }
        Some(Reply::none())
    }

    /// From the chosen line to its article, and to the sentence there.
    fn follow_story_line(&mut self, rows: u16) -> Reply {
        let Some(view) = &self.story_view else {
            return Reply::none();
        };
        let Some(target) = view.target().cloned() else {
            return Reply::none();
        };
        let (story, id) = (target.story.unwrap_or(view.story()), target.article);
        self.landing = Some(target);
        if self.article.is_some() && self.id == Some(id) {
            self.story_view = None;
            self.showing = Showing::Body;
            self.land(rows);
            return Reply::none();
        }
        Reply::none().intent(Intent::OpenInStory(story, id))
    }
}
