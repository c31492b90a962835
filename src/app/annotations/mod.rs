//! What the user adds to an article: highlights, notes, labels; and what is done with scraps:
//! export, print, a look at their pages of today.
//!
//! All of it belongs to the scrap of the open article. A highlight, a note or a label on an article
//! that is no scrap yet makes it one first. Each change is shown at once, kept, and undoable.
//!
//! * [`highlighting`] – choosing text with the keyboard, and what is made of it;
//!   [`keyboard_selection`] – which text is chosen
//! * [`notes`] – notes and labels; [`document`] – the article with its annotations
//! * [`tasks`] – export, print, a look at the page

pub mod document;
pub mod highlighting;
pub mod keyboard_selection;
pub mod notes;
pub mod tasks;

use std::sync::Arc;

use super::env::Env;
use super::jobs::{JobKind, PendingChange};
use super::protocol::change::Change;
use super::protocol::failure::{Cause, Failure};
use super::protocol::library::{LibraryJob, ScrapLookup};
use super::protocol::undo::Undo;
use super::reply::{Intent, ListIntent, Reply};
use crate::news::{Annotation, Article, ArticleId, Clean, Highlight, Scrap, Summary};
use keyboard_selection::KeyboardSelection;

/// The annotations of the open article.
#[derive(Debug, Default)]
pub struct Annotations {
    /// The scrap of the open article, where it is one.
    scrap: Option<Box<Scrap>>,
    /// Its highlights where they stand in the text that is shown, each with its index in the
    /// scrap's list.
    placed: Vec<(usize, Highlight)>,
    /// The text being chosen with the keyboard.
    selection: Option<KeyboardSelection>,
    /// Whether the scrap's page of today is shown instead of the copy.
    shows_page: bool,
    /// The labels in use in the library.
    labels: Vec<Clean>,
    /// The path of the last export.
    export_path: Option<String>,
}

/// What is to be known of the open article before it is annotated.
#[derive(Clone, Debug)]
pub struct OpenArticle {
    /// The article that the reader shows.
    pub article: Arc<Article>,
    /// Whether it is the one asked for, and not the one before it.
    pub is_current: bool,
    /// Whether the list shows it as a scrap.
    pub is_scrapped: bool,
    /// Its short news, where they are made.
    pub summary: Option<Summary>,
}

impl Annotations {
    /// The scrap of the open article, where it is one.
    pub fn scrap(&self) -> Option<&Scrap> {
        self.scrap.as_deref()
    }

    /// The highlights where they stand in the text that is shown.
    pub fn placed(&self) -> impl Iterator<Item = &Highlight> {
        self.placed.iter().map(|(_, highlight)| highlight)
    }

    /// The text being chosen with the keyboard.
    pub fn selection(&self) -> Option<&KeyboardSelection> {
        self.selection.as_ref()
    }

    /// Whether the scrap's page of today is shown instead of the copy.
    pub fn shows_page(&self) -> bool {
        self.shows_page
    }

    /// Whether the scrap of this article is here.
    fn is_of(&self, id: ArticleId) -> bool {
        self.scrap.as_ref().is_some_and(|s| s.id() == id)
    }

    /// Finds where the highlights stand in `article`.
    fn place_highlights(&mut self, article: &Article) {
        let highlights = self.scrap.as_ref().map_or(&[][..], |s| &s.highlights);
        self.placed = highlights
            .iter()
            .enumerate()
            .filter_map(|(i, h)| Some((i, h.placed(article)?)))
            .collect();
    }

    /// Another article is open: the scrap of the one before is dropped, and its own is asked for.
    pub fn article_came(&mut self, id: ArticleId, is_scrapped: bool) -> Reply {
        (self.selection, self.shows_page) = (None, false);
        let known = self.is_of(id);
        if !known {
            self.scrap = None;
            self.placed.clear();
        }
        match (is_scrapped, known) {
            (false, _) => Reply::none(),
            (true, false) => lookup(id),
            (true, true) => Reply::none().intent(Intent::RebuildArticle).and(lookup(id)),
        }
    }

    /// The scrap of an article came; `open` is the article that is open now.
    pub fn scrap_came(
        &mut self,
        answer: Result<ScrapLookup, Failure>,
        open: Option<ArticleId>,
        env: &Env<'_>,
    ) -> Reply {
        let ScrapLookup { id, scrap } = match answer {
            Ok(found) => found,
            Err(failure) => return report(failure),
        };
        if open != Some(id) {
            return Reply::none();
        }
        let is_news = scrap.as_ref().is_some_and(|s| s.changed()) && self.scrap.is_none();
        self.scrap = scrap;
        let reply = Reply::none().intent(Intent::RebuildArticle);
        if is_news && !self.shows_page {
            return reply.say(env.text("notice.page-changed"));
        }
        reply
    }

    /// Fails with what is said instead where the open article can't be annotated now.
    fn check(&self, open: &OpenArticle, env: &Env<'_>) -> Result<(), Reply> {
        if !open.is_current {
            return Err(Reply::none());
        }
        // A scrap whose content has not come yet must not be made anew.
        let is_coming = env.is_busy(JobKind::Scrap) || open.is_scrapped;
        if is_coming && !self.is_of(open.article.id()) {
            return Err(Reply::none().say(env.text("empty.loading")));
        }
        Ok(())
    }

    /// Makes the open article a scrap where it is none yet. Fails as [`Self::check`] does.
    fn ensure_scrap(&mut self, open: &OpenArticle, env: &Env<'_>) -> Result<Reply, Reply> {
        self.check(open, env)?;
        if self.is_of(open.article.id()) {
            return Ok(Reply::none());
        }
        Ok(self.make_scrap(open, env))
    }

    /// Annotates the open article, which becomes a scrap where it is none yet. Fails as
    /// [`Self::check`] does.
    fn annotate_open(
        &mut self,
        change: Annotation,
        open: &OpenArticle,
        env: &Env<'_>,
    ) -> Result<Reply, Reply> {
        let reply = self.ensure_scrap(open, env)?;
        Ok(reply.and(self.annotate(change, &open.article)))
    }

    /// Makes a scrap of the open article.
    pub fn make_scrap(&mut self, open: &OpenArticle, env: &Env<'_>) -> Reply {
        let id = open.article.id();
        let mut scrap = Scrap::of((*open.article).clone(), env.start.now);
        scrap.summary.clone_from(&open.summary);
        self.scrap = Some(Box::new(scrap.clone()));
        self.place_highlights(&open.article);
        let pending = PendingChange::Scrap(id, open.article.title.clone());
        Reply::none()
            .intent(ListIntent::MarkScrapped(id, true))
            .intent(Intent::Undoable(Undo::Scrapped(id)))
            .intent(Intent::RebuildArticle)
            .change(Change::Scrap(Box::new(scrap)), pending)
    }

    /// Asks for the scrap of the open article again, since what is shown of it may be wrong.
    pub fn ask_again(&self) -> Reply {
        self.scrap
            .as_ref()
            .map_or_else(Reply::none, |s| lookup(s.id()))
    }

    /// Scraps have all that belongs to them now.
    pub fn completed(&self, answer: Result<Vec<ArticleId>, Failure>, env: &Env<'_>) -> Reply {
        let ids = match answer {
            Ok(ids) => ids,
            Err(failure) => return report(failure),
        };
        let shown = self.scrap.as_ref().map(|s| s.id());
        // While a change is under way, an older answer would undo it on the screen.
        match shown.filter(|id| ids.contains(id) && !env.is_busy(JobKind::Change)) {
            Some(id) => lookup(id),
            None => Reply::none(),
        }
    }

    /// Replaces one annotation of the scrap: shown at once, kept, and undoable.
    fn annotate(&mut self, change: Annotation, article: &Article) -> Reply {
        let Some(scrap) = &mut self.scrap else {
            return Reply::none();
        };
        let id = scrap.id();
        let before = scrap.annotate(change.clone());
        self.place_highlights(article);
        let pending = PendingChange::Annotate(id, before.clone());
        labelled(id, &change)
            .intent(Intent::Undoable(Undo::Annotated(id, before)))
            .intent(Intent::RebuildArticle)
            .change(Change::Annotate(id, change), pending)
    }

    /// Undoes a change of a scrap: `before` is what it replaced.
    pub fn undo(&mut self, id: ArticleId, before: Annotation) -> Reply {
        let after = match self.scrap.as_mut().filter(|s| s.id() == id) {
            Some(scrap) => scrap.annotate(before.clone()),
            None => before.clone(),
        };
        let pending = PendingChange::Annotate(id, after);
        labelled(id, &before)
            .intent(Intent::RebuildArticle)
            .change(Change::Annotate(id, before), pending)
    }

    /// A change of a scrap could not be kept: `before` is what it replaced.
    pub fn restore(&mut self, id: ArticleId, before: Annotation) -> Reply {
        match self.scrap.as_mut().filter(|s| s.id() == id) {
            Some(scrap) => {
                scrap.annotate(before);
                Reply::none().intent(Intent::RebuildArticle)
            }
            None => Reply::none(),
        }
    }

    /// Takes an article out of the scraps, with its mark wherever it is listed.
    pub fn unscrap(&mut self, id: ArticleId, title: &str, env: &Env<'_>) -> Reply {
        Reply::none()
            .intent(ListIntent::MarkScrapped(id, false))
            .and(self.unscrapped(id))
            .say(env.fill("notice.unscrapped", &[("title", title)]))
            .change(Change::Unscrap(id), PendingChange::Unscrap(id))
    }

    /// An article was unscrapped.
    pub fn unscrapped(&mut self, id: ArticleId) -> Reply {
        if !self.is_of(id) {
            return Reply::none();
        }
        self.scrap = None;
        Reply::none().intent(Intent::RebuildArticle)
    }

    /// An article was scrapped; `open` is the article that is open now.
    pub fn scrapped(&mut self, scrap: &Scrap, open: Option<ArticleId>) -> Reply {
        if open != Some(scrap.id()) {
            return Reply::none();
        }
        self.scrap = Some(Box::new(scrap.clone()));
        Reply::none().intent(Intent::RebuildArticle)
    }
}

/// Asks for the scrap of an article.
fn lookup(id: ArticleId) -> Reply {
    Reply::none().restart(JobKind::Scrap, LibraryJob::Scrap(id))
}

/// Reports a failure, unless it is that the user stopped the job.
fn report(failure: Failure) -> Reply {
    if failure.cause == Cause::Cancelled {
        Reply::none()
    } else {
        Reply::none().fail(failure)
    }
}
/// Shows new labels in the list.
fn labelled(id: ArticleId, change: &Annotation) -> Reply {
    match change {
        Annotation::Tags(labels) => {
            Reply::none().intent(ListIntent::MarkLabels(id, labels.clone()))
        }
        _ => Reply::none(),
    }
}
