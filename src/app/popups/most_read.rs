//! 많이 본 뉴스: the publisher's own ranking, as theirs and no older than three days; below it what this
//! reader opened most.

use jiff::Timestamp;

use super::Popup;
use crate::app::geometry::{Area, Screen, centred};
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::protocol::change::Change;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::library::LibraryJob;
use crate::app::protocol::ranking::{Ranking, RankingEntry};
use crate::app::protocol::rows::Collection;
use crate::app::update::command;
use crate::app::{Failure, Model};

/// How long a ranking is news, in hours.
pub const WINDOW: i64 = 72;

/// A line of the popup.
#[derive(Clone, Copy, Debug)]
pub enum Line<'a> {
    /// Whose ranking follows.
    Heading(&'a Ranking),
    /// Which entry of all, and what.
    Entry(usize, &'a RankingEntry),
}

/// Its lines.
pub fn lines(rankings: &[Ranking]) -> Vec<Line<'_>> {
    let (mut out, mut index) = (Vec::new(), 0);
    for ranking in rankings {
        out.push(Line::Heading(ranking));
        for entry in &ranking.entries {
            out.push(Line::Entry(index, entry));
            index += 1;
        }
    }
    out
}

/// Which line is the first of the `shown` that there is room for.
pub fn top(lines: &[Line<'_>], selected: usize, shown: usize) -> usize {
    let at = lines
        .iter()
        .position(|l| matches!(l, Line::Entry(n, _) if *n == selected))
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
pub(crate) fn entry_at(
    rankings: &[Ranking],
    selected: usize,
    line: usize,
    shown: usize,
) -> Option<usize> {
    let lines = lines(rankings);
    match lines
        .get(top(&lines, selected, shown) + line)
        .filter(|_| line < shown)?
    {
        Line::Heading(_) => None,
        Line::Entry(index, _) => Some(*index),
    }
}

/// Asks for the rankings.
pub fn open(model: &mut Model) -> Vec<Effect> {
    model.popup = Some(Popup::MostRead {
        rankings: Vec::new(),
        selected: 0,
        known: false,
    });
    model.jobs.restart(JobKind::MostRead, LibraryJob::MostRead)
}

/// They came.
pub fn came(model: &mut Model, answer: Result<Vec<Ranking>, Failure>) -> Vec<Effect> {
    match (answer, &mut model.popup) {
        (
            Ok(found),
            Some(Popup::MostRead {
                rankings, known, ..
            }),
        ) => {
            (*rankings, *known) = (found, true);
        }
        (Err(failure), popup) => {
            if let Some(Popup::MostRead { known, .. }) = popup {
                *known = true;
            }
            model.fail(&failure);
        }
        (Ok(_), _) => {}
    }
    Vec::new()
}

/// What is remembered when an article is opened: that it was, once each time, and the ranking that
/// its page carries. A page is no older than its article, so a ranking of an article from within
/// the window is from within it too.
pub fn opened(model: &mut Model) -> Vec<Effect> {
    let Some(article) = model
        .reader
        .article
        .clone()
        .filter(|_| !std::mem::replace(&mut model.reader.counted, true))
    else {
        return Vec::new();
    };
    let mut effects = Vec::new();
    if matches!(
        model.list.collection,
        Collection::Library | Collection::Story(_)
    ) {
        effects.push(
            model
                .jobs
                .change(Change::Opened(article.id()), PendingChange::Quiet),
        );
    }
    let fresh = article
        .published
        .filter(|p| is_within(model.start.now, p.at));
    let publisher = article
        .publisher
        .clone()
        .filter(|p| !p.is_blank() && !article.most_read.is_empty());
    if let (Some(seen), Some(publisher)) = (fresh, publisher) {
        let entries = article.most_read.iter().map(|r| RankingEntry {
            rank: r.rank,
            title: r.title.clone(),
            url: r.url.clone(),
            id: None,
            opened: None,
        });
        let ranking = Ranking {
            publisher: Some(publisher),
            seen: Some(seen),
            entries: entries.collect(),
        };
        effects.push(
            model
                .jobs
                .change(Change::Ranking(ranking), PendingChange::Quiet),
        );
    }
    effects
}

/// Whether `then` is no further back than a ranking is news.
pub fn is_within(now: Timestamp, then: Timestamp) -> bool {
    (0..=WINDOW * 3600).contains(&(now.as_second() - then.as_second()))
}

/// The chosen line, opened.
pub fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::MostRead {
        rankings, selected, ..
    }) = model.popup.take()
    else {
        return Vec::new();
    };
    let Some(entry) = rankings.into_iter().flat_map(|r| r.entries).nth(selected) else {
        return Vec::new();
    };
    command::open_elsewhere(model, entry.id, entry.url)
}
