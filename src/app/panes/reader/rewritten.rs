//! What the publisher rewrote in the article (기사 고침): the line above the article that says so, and
//! the view of what was rewritten.

use super::Reader;
use super::story_view::StoryView;
use crate::app::env::Env;
use crate::news::Revision;

impl Reader {
    /// What the publisher rewrote in the article, the first time first.
    pub fn revisions(&self) -> &[Revision] {
        &self.revisions
    }

    /// Shows what was rewritten over the article, or takes it away. Gives whether there is
    /// anything to show.
    pub fn toggle_revisions(&mut self, env: &Env<'_>) -> bool {
        if self
            .story_view
            .take_if(|view| view.is_of_revisions())
            .is_some()
        {
            return true;
        }
        let Some(article) = self.article.as_ref().filter(|_| !self.revisions.is_empty()) else {
            return false;
        };
        let id = self.id.unwrap_or_else(|| article.id());
        let view = StoryView::revisions(id, article, &self.revisions, env);
        self.story_view = Some(Box::new(view));
        true
    }
}
