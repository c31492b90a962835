//! Jobs of the story worker and their results.

use std::sync::Arc;

use super::failure::Failure;
use super::rows::RowsPage;
use super::table::jobs;
use crate::news::{ArticleId, Clean, Issue, Versions};

jobs! {
    /// Questions that compare articles with each other.
    jobs StoryJob;
    /// The results of the story worker's jobs.
    outcomes StoryOutcome;

    /// Lists rows of today's issues.
    IssueRows => RowsPage,
    /// Reads one of today's issues, with its summary.
    Issue(ArticleId) => Arc<Issue>,
    /// The first line of each issue's summary; empty for one without a summary.
    FirstLines(Vec<ArticleId>) => Vec<(ArticleId, Clean)>,
    /// Groups new articles with known ones into stories and copies. The result is whether lists
    /// look different now.
    Group => bool,
    /// Reads the other publishers' versions of an article.
    Versions(ArticleId) => Arc<Versions>,
}
