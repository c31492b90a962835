//! What the story worker is asked and answers.

use std::sync::Arc;

use super::failure::Failure;
use super::rows::RowsPage;
use super::table::jobs;
use crate::news::{ArticleId, Clean, Issue, Versions};

jobs! {
    /// Questions about articles compared with each other.
    jobs StoryJob;
    /// What the story worker answers.
    outcomes StoryOutcome;

    /// Rows of today's issues.
    IssueRows => RowsPage,
    /// One of today's issues, with its summary.
    Issue(ArticleId) => Arc<Issue>,
    /// The first summary line of each issue; empty where it has none.
    FirstLines(Vec<ArticleId>) => Vec<(ArticleId, Clean)>,
    /// Compares new articles with known ones: which tell one story, which are copies. Whether the
    /// list folds other articles now.
    Group => bool,
    /// Other publishers' versions of an article.
    Versions(ArticleId) => Arc<Versions>,
}
