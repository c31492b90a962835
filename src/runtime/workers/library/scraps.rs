//! Answers questions about scraps other than their rows: a full scrap, and the labels in use.

use std::collections::BTreeMap;

use super::LibraryWorker;
use crate::app::Failure;
use crate::app::protocol::library::ScrapLookup;
use crate::news::order::Order as _;
use crate::news::{ArticleId, Clean};

impl LibraryWorker {
    /// The scrap of an article.
    pub(crate) fn scrap(&self, id: ArticleId) -> Result<ScrapLookup, Failure> {
        let scrap = self.store()?.scrap(id)?.map(Box::new);
        Ok(ScrapLookup { id, scrap })
    }

    /// The labels in use, the most frequent first.
    pub(crate) fn labels(&self) -> Result<Vec<Clean>, Failure> {
        let mut counts: BTreeMap<Clean, usize> = BTreeMap::new();
        for label in self.store()?.scraps()?.into_iter().flat_map(|row| row.tags) {
            *counts.entry(label).or_default() += 1;
        }
        let mut labels: Vec<(Clean, usize)> = counts.into_iter().collect();
        labels.order_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(labels.into_iter().map(|(label, _)| label).collect())
    }
}
