//! 많이 본 뉴스: the publisher's own ranking, as theirs and no older than three days; below it what this
//! reader opened most.

use super::picker::moved;
use crate::app::env::Env;
use crate::app::geometry::{Area, Screen, centred};
use crate::app::input::action::Action;
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::protocol::change::Change;
use crate::app::protocol::library::LibraryJob;
use crate::app::protocol::ranking::{Ranking, RankingEntry};
use crate::app::protocol::rows::Collection;
use crate::app::reply::{Intent, Reply};
use crate::news::Article;

/// The popup.
#[derive(Clone, Debug, Default)]
pub struct MostRead {
    rankings: Vec<Ranking>,
    /// The selected entry, counted over all rankings.
    selected: usize,
    /// The rankings came.
    known: bool,
}

impl MostRead {
    /// The popup before the rankings came, and the question for them.
    pub fn open() -> (Self, Reply) {
        let question = Reply::none().restart(JobKind::MostRead, LibraryJob::MostRead);
        (Self::default(), question)
    }

    /// The rankings came, or, where they are `None`, could not be had.
    pub fn take(&mut self, rankings: Option<Vec<Ranking>>) {
        self.known = true;
        self.rankings = rankings.unwrap_or_default();
    }

    /// The rankings.
    pub fn rankings(&self) -> &[Ranking] {
        &self.rankings
    }

    /// The selected entry, counted over all rankings.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Whether the rankings came.
    pub fn known(&self) -> bool {
        self.known
    }

    /// Selects the entry at a line of the popup, which shows `shown` of them; whether there is one.
    pub fn select_line(&mut self, line: usize, shown: usize) -> bool {
        let entry = entry_at(&self.rankings, self.selected, line, shown);
        self.selected = entry.unwrap_or(self.selected);
        entry.is_some()
    }

    /// Does an action.
    pub fn on(&mut self, action: Action, count: usize) -> Reply {
        if action == Action::Open {
            let mut entries = self.rankings.iter().flat_map(|r| &r.entries);
            let entry = entries.nth(self.selected);
            let open = entry.map(|e| Intent::OpenElsewhere(e.id, e.url.clone()));
            let close = Reply::none().intent(Intent::ClosePopup);
            return open.into_iter().fold(close, Reply::intent);
        }
        let entries = self.rankings.iter().map(|r| r.entries.len()).sum();
        self.selected = moved(self.selected, entries, action, count);
        Reply::none()
    }
}

/// What is remembered when an article is opened: that it was, and the ranking that its page carries.
pub fn remember_opened(article: &Article, env: &Env<'_>) -> Reply {
    let mut reply = Reply::none();
    if matches!(env.collection, Collection::Library | Collection::Story(_)) {
        reply = reply.change(Change::Opened(article.id()), PendingChange::Quiet);
    }
    match Ranking::of_page(article, env.start.now) {
        Some(ranking) => reply.change(Change::Ranking(ranking), PendingChange::Quiet),
        None => reply,
    }
}

/// A line of the popup.
#[derive(Clone, Copy, Debug)]
pub enum RankingLine<'a> {
    /// Whose ranking follows.
    Heading(&'a Ranking),
    /// Which entry of all, and what.
    Entry(usize, &'a RankingEntry),
}

/// Its lines.
pub fn lines(rankings: &[Ranking]) -> Vec<RankingLine<'_>> {
    let (mut out, mut index) = (Vec::new(), 0);
    for ranking in rankings {
        out.push(RankingLine::Heading(ranking));
        for entry in &ranking.entries {
            out.push(RankingLine::Entry(index, entry));
            index += 1;
        }
    }
    out
}

/// Which line is the first of the `shown` that there is room for.
pub fn top(lines: &[RankingLine<'_>], selected: usize, shown: usize) -> usize {
    let at = lines
        .iter()
        .position(|l| matches!(l, RankingLine::Entry(n, _) if *n == selected))
        .unwrap_or(0);
    (at + 1).saturating_sub(shown.max(1))
}

/// Where the popup stands.
pub fn area(screen: Screen, rankings: &[Ranking]) -> Area {
    let height = u16::try_from(lines(rankings).len().max(1))
        .unwrap_or(u16::MAX)
        .saturating_add(4);
    centred(screen, (76, height))
}

/// The entry at a line of the popup.
fn entry_at(rankings: &[Ranking], selected: usize, line: usize, shown: usize) -> Option<usize> {
    let lines = lines(rankings);
    match lines
        .get(top(&lines, selected, shown) + line)
        .filter(|_| line < shown)?
    {
        RankingLine::Heading(_) => None,
        RankingLine::Entry(index, _) => Some(*index),
    }
}
