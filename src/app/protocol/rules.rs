//! What rules did with articles that arrived, what they ask for, and how it is undone.

use crate::news::{ArticleId, Clean, Scrap};

use super::failure::Failure;

/// What the rules came to after a refresh.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleReport {
    /// The number of articles that a rule acted on.
    pub articles: usize,
    /// What was changed in the library.
    pub changes: RuleChanges,
    /// The articles that the user is to be alerted of.
    pub alerts: Vec<Alert>,
    /// How many more there are to be alerted of than [`Self::alerts`] holds.
    pub more_alerts: usize,
    /// The commands to be run, in order.
    pub commands: Vec<RuleCommand>,
    /// The rules that could not be applied, with file and line.
    pub failures: Vec<Failure>,
}

/// What rules changed in the library, as far as undoing it needs it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RuleChanges {
    /// Articles that were scrapped or labelled.
    pub scrapped: Vec<ArticleId>,
    /// Those of them that were scraps before, as they were.
    pub before: Vec<Scrap>,
    /// The read marks that articles had before.
    pub marks: Vec<(ArticleId, bool)>,
    /// Articles that are hidden now.
    pub hidden: Vec<ArticleId>,
}

impl RuleChanges {
    /// Whether nothing was changed.
    pub fn is_empty(&self) -> bool {
        self.scrapped.is_empty() && self.marks.is_empty() && self.hidden.is_empty()
    }
}

/// Something that the user is alerted of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alert {
    /// The headline.
    pub title: Clean,
    /// The publisher's name; empty where it is unknown.
    pub publisher: Clean,
}

/// A command that a rule or the settings for alerts ask for, with its arguments filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleCommand {
    /// Where it stands in the settings, as `FILE:LINE`, or the name of the setting.
    pub place: String,
    /// Program and arguments.
    pub argv: Vec<String>,
}
