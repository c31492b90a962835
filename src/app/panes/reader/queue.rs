//! The open article and the read-later queue: one that was read to its end leaves it.

use super::Reader;
use crate::news::ArticleId;

impl Reader {
    /// Notes whether the open article is in the read-later queue.
    pub fn set_queued(&mut self, is_queued: bool) {
        self.queued = is_queued;
    }

    /// Notes that the end of the body is in view, where it is: of an article of the queue that was
    /// opened, on a pane of so many rows. Noted while it is read, as the pane has other rows once
    /// the keys are elsewhere.
    pub fn note_end(&mut self, rows: u16) {
        let is_watched = self.queued && self.counted && !self.end_seen && self.shows_body();
        let Some(body) = self.body.as_ref().filter(|_| is_watched) else {
            return;
        };
        // A text of which only the beginning is there can't be read to its end.
        let is_cut = self.article.as_ref().is_none_or(|a| a.is_cut());
        self.end_seen = !is_cut && body.top() >= body.layout().bottom(rows);
    }

    /// The open article, where it is in the read-later queue and was read to its end.
    pub fn read_through(&self) -> Option<ArticleId> {
        let article = self
            .article
            .as_ref()
            .filter(|_| self.queued && self.end_seen)?;
        Some(article.id())
    }
}
