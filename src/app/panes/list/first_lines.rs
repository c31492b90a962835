//! The list's density: one line a row, two, or three with the first line of the short news. Those
//! lines are made by a worker for the rows in view, and kept.

use std::collections::BTreeMap;

use super::List;
use crate::app::env::Env;
use crate::app::jobs::JobKind;
use crate::app::protocol::failure::Failure;
use crate::app::protocol::job::Job;
use crate::app::protocol::network::{FirstLinesRequest, NetworkJob};
use crate::app::protocol::rows::Collection;
use crate::app::protocol::story::StoryJob;
use crate::app::reply::Reply;
use crate::app::start::Start;
use crate::news::{ArticleId, Clean};

/// Lines that are kept; beyond these all are made anew as they are looked at.
const MOST: usize = 4_000;

impl Start {
    /// Lines of a row of the list.
    pub fn row_height(&self) -> u16 {
        match self.is_linear() {
            true => 1,
            false => u16::from(self.prefs.lines(&self.config)).max(1),
        }
    }
}

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

    /// Asks for the lines of the rows in view, and of the next page, that are not made yet.
    pub fn ask(&mut self, list: &List, env: &Env<'_>) -> Reply {
        // The front page shows none.
        let is_shown = env.start.row_height() >= 3
            && env.geometry.list.is_some()
            && list.collection() != Collection::Front;
        if !is_shown || env.is_busy(JobKind::FirstLines) {
            return Reply::none();
        }
        let collection = list.collection();
        let near = list.rows().iter().skip(list.top()).take(2 * env.list_page);
        let ids: Vec<ArticleId> = near
            .map(|r| r.id)
            .filter(|id| self.of(collection, *id).is_none())
            .collect();
        if ids.is_empty() {
            return Reply::none();
        }
        if self.made.len() > MOST {
            self.forget();
        }
        self.asked = ids.iter().map(|&id| key(collection, id)).collect();
        let job: Job = match collection {
            Collection::Issues => StoryJob::FirstLines(ids).into(),
            _ => NetworkJob::FirstLines(FirstLinesRequest { collection, ids }).into(),
        };
        Reply::none().start(JobKind::FirstLines, job)
    }

    /// Takes the lines that came. One that could not be made is not asked for again.
    pub fn take(&mut self, answer: Result<Vec<(ArticleId, Clean)>, Failure>) {
        let asked = std::mem::take(&mut self.asked);
        let is_issue = asked.first().is_some_and(|(is_issue, _)| *is_issue);
        let none = asked.into_iter().map(|key| (key, Clean::default()));
        self.made.extend(none);
        let lines = answer.unwrap_or_default().into_iter();
        self.made
            .extend(lines.map(|(id, line)| ((is_issue, id), line)));
    }
}
