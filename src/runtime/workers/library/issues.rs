//! The articles of one of today's issues as rows. The story worker finds the issues; they are read
//! from its cache.

use super::LibraryWorker;
use super::rows::row;
use crate::app::protocol::rows::Row;

impl LibraryWorker {
    /// The articles of one issue in its order, and their number.
    pub(crate) fn story_rows(&self, story: u64) -> (Vec<Row>, usize) {
        let kept = self.kept();
        let issues = self.issue_cache.issues();
        let articles = issues
            .iter()
            .find(|i| i.id.0 == story)
            .map_or(&[][..], |i| &i.articles);
        let rows: Vec<Row> = articles
            .iter()
            .filter_map(|id| {
                let own = self.memory.find(*id).map(|a| self.own_row(&a, &kept));
                own.or_else(|| self.store().ok()?.article_row(*id).ok()?.map(row))
            })
            .map(|row| Row { copies: 0, ..row })
            .collect();
        let total = rows.len();
        (rows, total)
    }
}
