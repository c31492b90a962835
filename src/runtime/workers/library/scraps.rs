//! What the desk tells of the scraps beside their rows: one of them whole, and the labels in use.

use std::collections::BTreeMap;

use super::LibraryWorker;
use crate::app::protocol::scrap_task::{Errand, Report};
use crate::app::{Cause, Failure, Outcome};
use crate::news::{ArticleId, Clean};

impl LibraryWorker {
    /// Errands that the desk does itself, so that what was kept before them is seen.
    pub(crate) fn errand(&self, errand: &Errand) -> Result<Outcome, Failure> {
        let report = match errand {
            Errand::Scrap(id) => self.scrap(*id)?,
            Errand::Labels => self.labels()?,
            _ => return Err(Failure::new(Cause::Bug, "desk")),
        };
        Ok(Outcome::Keeping(report))
    }

    fn scrap(&self, id: ArticleId) -> Result<Report, Failure> {
        let scrap = self.store()?.scrap(id)?;
        Ok(Report::Scrap(id, scrap.map(Box::new)))
    }

    fn labels(&self) -> Result<Report, Failure> {
        let mut counts: BTreeMap<Clean, usize> = BTreeMap::new();
        for label in self.store()?.scraps()?.into_iter().flat_map(|row| row.tags) {
            *counts.entry(label).or_default() += 1;
        }
        let mut labels: Vec<(Clean, usize)> = counts.into_iter().collect();
        labels.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(Report::Labels(
            labels.into_iter().map(|(label, _)| label).collect(),
        ))
    }
}
