//! The list's density: one line a row, two, or three with the first line of the short news. Those
//! lines are made by a worker for the rows in view, and kept.

use std::collections::BTreeMap;

use crate::app::jobs::JobKind;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::job::Job;
use crate::app::protocol::network::{FirstLinesRequest, NetworkJob};
use crate::app::protocol::rows::Collection;
use crate::app::protocol::story::StoryJob;
use crate::app::{Failure, Model};
use crate::news::{ArticleId, Clean};

/// Lines that are kept; beyond these all are made anew as they are looked at.
const MOST: usize = 4_000;

/// First summary lines.
#[derive(Clone, Debug, Default)]
pub struct FirstLines {
    made: BTreeMap<Key, Clean>,
    /// What the job under way was asked for.
    asked: Vec<Key>,
}

/// Whether it is an issue, which is named for one of its articles, and which.
type Key = (bool, ArticleId);

fn key(collection: Collection, id: ArticleId) -> Key {
    (collection == Collection::Issues, id)
}

impl FirstLines {
    /// The line of a row of this collection; `None` while it is not made.
    pub fn of(&self, collection: Collection, id: ArticleId) -> Option<&Clean> {
        self.made.get(&key(collection, id))
    }

    /// Texts have changed: all lines are to be made anew.
    pub fn forget(&mut self) {
        self.made.clear();
    }
}

/// Asks for the lines of the rows in view, and of the next page, that are not made yet.
pub fn wanted(model: &mut Model) -> Vec<Effect> {
    let list = &model.list;
    if model.row_height() < 3 || model.jobs.is_busy(JobKind::FirstLines) {
        return Vec::new();
    }
    let collection = list.collection();
    let in_view = list
        .rows()
        .iter()
        .skip(list.top())
        .take(2 * model.list_page());
    let ids: Vec<ArticleId> = in_view
        .map(|r| r.id)
        .filter(|id| model.lines.of(collection, *id).is_none())
        .collect();
    if ids.is_empty() || model.geometry().list.is_none() {
        return Vec::new();
    }
    if model.lines.made.len() > MOST {
        model.lines.forget();
    }
    model.lines.asked = ids.iter().map(|&id| key(collection, id)).collect();
    let job: Job = match collection {
        Collection::Issues => StoryJob::FirstLines(ids).into(),
        _ => NetworkJob::FirstLines(FirstLinesRequest { collection, ids }).into(),
    };
    vec![model.jobs.start(JobKind::FirstLines, job)]
}

/// They came. One that could not be made is not asked for again.
pub fn came(model: &mut Model, answer: Result<Vec<(ArticleId, Clean)>, Failure>) {
    let asked = std::mem::take(&mut model.lines.asked);
    let issues = asked.first().is_some_and(|(issues, _)| *issues);
    model
        .lines
        .made
        .extend(asked.into_iter().map(|key| (key, Clean::default())));
    if let Ok(lines) = answer {
        model
            .lines
            .made
            .extend(lines.into_iter().map(|(id, line)| ((issues, id), line)));
    }
}
