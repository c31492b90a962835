//! A row of the sources pane and what it leads to.

use crate::app::input::action::Action;
use crate::app::protocol::listing::Listing;
use crate::news::{Clean, FeedId};

/// What a row leads to.
#[derive(Clone, Debug)]
pub enum Target {
    /// Nothing: a heading over the rows that follow.
    Heading,
    /// A list that shows this.
    List(Box<Listing>),
    /// Something that is done rather than shown.
    Act(Action),
}

/// A query that is stored, and can be removed in the pane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A saved search: its name and its query.
    Saved(Clean, Clean),
    /// A mute rule.
    Muted(Clean),
}

/// One row of the pane.
#[derive(Clone, Debug)]
pub struct SourceRow {
    /// The text of the row.
    pub title: String,
    /// Levels of indentation: 1 for a feed in its folder, else 0.
    pub depth: u16,
    /// The number at the row's end: unread articles, scraps, articles to read
    /// later, or dead feeds.
    pub count: Option<u64>,
    /// Why the feed's last fetch failed, as the log has it.
    pub trouble: Option<Clean>,
    /// The subscription that the row stands for.
    pub feed: Option<FeedId>,
    /// The stored query that the row stands for.
    pub rule: Option<Rule>,
    /// What opening the row does.
    pub target: Target,
}

impl SourceRow {
    fn new(title: &str, target: Target) -> Self {
        Self {
            title: title.to_owned(),
            depth: 0,
            count: None,
            trouble: None,
            feed: None,
            rule: None,
            target,
        }
    }

    /// A row that only titles those below it and can't be chosen.
    pub fn heading(title: &str) -> Self {
        Self::new(title, Target::Heading)
    }

    /// A row that leads to a list.
    pub fn list(title: &str, list: Listing) -> Self {
        Self::new(title, Target::List(Box::new(list)))
    }

    /// A row that does `action`.
    pub fn act(title: &str, action: Action) -> Self {
        Self::new(title, Target::Act(action))
    }

    /// The same row with a number at its end.
    pub fn counted(self, count: u64) -> Self {
        Self {
            count: Some(count),
            ..self
        }
    }

    /// Whether the row can be selected: all but headings can.
    pub fn is_place(&self) -> bool {
        !matches!(self.target, Target::Heading)
    }

    /// Whether it leads to a list of the same rows.
    pub fn leads_to(&self, listing: &Listing) -> bool {
        matches!(&self.target, Target::List(own) if own.is_same(listing))
    }
}
