//! 많이 본 뉴스: rankings of publishers, each under its publisher's name and at most three days
//! old, and below them what this user opened most.

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

/// The popup with the rankings.
#[derive(Clone, Debug, Default)]
pub struct MostRead {
    rankings: Vec<Ranking>,
    /// Index of the selected entry, counted over all rankings.
    selected: usize,
    /// Whether the rankings have been loaded.
    known: bool,
}

impl MostRead {
    /// The popup before the rankings are loaded, and the request for them.
    pub fn open() -> (Self, Reply) {
        let question = Reply::none().restart(JobKind::MostRead, LibraryJob::MostRead);
        (Self::default(), question)
    }

    /// Shows the loaded rankings; `None` if they could not be loaded.
    pub fn take(&mut self, rankings: Option<Vec<Ranking>>) {
        self.known = true;
        self.rankings = rankings.unwrap_or_default();
    }

    /// The rankings in the order in which they are shown.
    pub fn rankings(&self) -> &[Ranking] {
        &self.rankings
    }

    /// Index of the selected entry, counted over all rankings.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Whether the rankings have been loaded.
    pub fn known(&self) -> bool {
        self.known
    }

    /// Selects the entry at a line of the popup, which shows `shown` of them. Returns whether there
    /// is one.
    pub fn select_line(&mut self, line: usize, shown: usize) -> bool {
        let entry = entry_at(&self.rankings, self.selected, line, shown);
        self.selected = entry.unwrap_or(self.selected);
        entry.is_some()
    }

    /// Handles an action.
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

/// What is stored when an article is opened: that it was opened, and the ranking on its page.
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
    /// The heading of the ranking that follows.
    Heading(&'a Ranking),
    /// An entry, with its index counted over all rankings.
    Entry(usize, &'a RankingEntry),
}

/// The popup's lines.
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

/// Index of the topmost line if `shown` lines fit.
pub fn top(lines: &[RankingLine<'_>], selected: usize, shown: usize) -> usize {
    let at = lines
        .iter()
        .position(|l| matches!(l, RankingLine::Entry(n, _) if *n == selected))
        .unwrap_or(0);
    (at + 1).saturating_sub(shown.max(1))
}

/// The popup's area.
pub fn area(screen: Screen, rankings: &[Ranking]) -> Area {
    let height = u16::try_from(lines(rankings).len().max(1))
        .unwrap_or(u16::MAX)
        .saturating_add(4);
    centred(screen, (76, height))
}

/// Index of the entry at a line of the popup, if there is one.
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
