//! The publishers that come with the program, by subject, to choose among. Each is tried as soon as
//! it is chosen, and one that is dead says so.

use super::Popup;
use crate::app::input::action::Action;
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::panes::selection;
use crate::app::protocol::change::Change;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::library::{LibraryJob, PublisherDirectory};
use crate::app::protocol::network::{FeedTrial, NetworkJob, TrialRequest};
use crate::app::update::refresh;
use crate::app::{Failure, Model};
use crate::news::{Clean, Feed, Stamp};

/// What is known of one of them.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Nothing yet.
    Idle,
    /// Subscribed already.
    Subscribed,
    /// It is being tried.
    Trying,
    /// It answers: so many articles, the newest of that date.
    Good(usize, Option<Stamp>),
    /// It does not.
    Bad(Failure),
}

/// One row: a subject, or a publisher.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlet {
    /// What it is called.
    pub title: Clean,
    /// Its feed; `None` for a subject.
    pub feed: Option<Feed>,
    /// It is to be subscribed to.
    pub chosen: bool,
    /// What is known of it.
    pub state: State,
}

/// The popup.
#[derive(Clone, Debug, Default)]
pub struct Outlets {
    /// The rows.
    pub rows: Vec<Outlet>,
    /// The row that the keys are on.
    pub selected: usize,
    /// The row at the top.
    pub top: usize,
}

/// Asks for them.
pub fn open(model: &mut Model) -> Vec<Effect> {
    model.popup = Some(Popup::Outlets(Box::default()));
    model
        .jobs
        .restart(JobKind::Publishers, LibraryJob::Publishers)
}

/// The publishers came.
pub fn came(model: &mut Model, answer: Result<PublisherDirectory, Failure>) -> Vec<Effect> {
    let PublisherDirectory {
        publishers,
        subscribed,
    } = match answer {
        Ok(directory) => directory,
        Err(failure) => {
            model.fail(&failure);
            return Vec::new();
        }
    };
    let Some(Popup::Outlets(popup)) = &mut model.popup else {
        return Vec::new();
    };
    let mut subject: Option<Clean> = None;
    for feed in publishers {
        if feed.folder != subject {
            subject.clone_from(&feed.folder);
            let title = subject.clone().unwrap_or_default();
            popup.rows.push(Outlet {
                title,
                feed: None,
                chosen: false,
                state: State::Idle,
            });
        }
        let state = if subscribed.contains(&feed.url) {
            State::Subscribed
        } else {
            State::Idle
        };
        popup.rows.push(Outlet {
            title: feed.title.clone(),
            feed: Some(feed),
            chosen: false,
            state,
        });
    }
    popup.settle(true);
    Vec::new()
}

impl Outlets {
    /// No subject can be chosen: the next row is, or the one before.
    fn settle(&mut self, downwards: bool) {
        let is_feed = |at: &usize| self.rows.get(*at).is_some_and(|r| r.feed.is_some());
        let below = (self.selected..self.rows.len()).find(is_feed);
        let above = (0..=self.selected).rev().find(is_feed);
        self.selected = if downwards {
            below.or(above)
        } else {
            above.or(below)
        }
        .unwrap_or(0);
    }

    /// The feeds that are to be subscribed to.
    fn wanted(&self) -> Vec<Feed> {
        let wanted = self
            .rows
            .iter()
            .filter(|r| r.chosen && !matches!(r.state, State::Bad(_)));
        wanted.filter_map(|r| r.feed.clone()).collect()
    }
}

/// What an action does while it is open.
pub fn act(model: &mut Model, action: Action, count: usize) -> Vec<Effect> {
    let page = usize::from(model.start.screen.height.saturating_sub(6)).max(1);
    let Some(Popup::Outlets(popup)) = &mut model.popup else {
        return Vec::new();
    };
    match action {
        Action::Choose => return choose(model),
        Action::Open => return subscribe(model),
        _ => {
            let before = popup.selected;
            popup.selected = selection::moved(before, action, count, page, popup.rows.len());
            popup.settle(popup.selected >= before);
        }
    }
    // The subject over the first row is shown with it.
    popup.top = selection::top(popup.top, popup.selected, page, popup.rows.len());
    if popup.selected == popup.top {
        popup.top = popup.top.saturating_sub(1);
    }
    Vec::new()
}

/// Chooses the row, or no more; one that is chosen is tried.
fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Outlets(popup)) = &mut model.popup else {
        return Vec::new();
    };
    let Some(row) = popup
        .rows
        .get_mut(popup.selected)
        .filter(|r| r.state != State::Subscribed)
    else {
        return Vec::new();
    };
    row.chosen = !row.chosen;
    let (true, State::Idle | State::Bad(_), Some(feed)) = (row.chosen, &row.state, &row.feed)
    else {
        return Vec::new();
    };
    let job = NetworkJob::TryFeed(TrialRequest {
        address: feed.url.clone(),
    });
    row.state = State::Trying;
    vec![model.jobs.start(JobKind::FeedTrial, job)]
}

/// The feed at `address` was tried.
pub fn tried(model: &mut Model, address: &Clean, answer: Result<FeedTrial, Failure>) {
    let Some(Popup::Outlets(popup)) = &mut model.popup else {
        return;
    };
    let is_it = |row: &&mut Outlet| {
        row.state == State::Trying && row.feed.as_ref().is_some_and(|f| f.url == *address)
    };
    let Some(row) = popup.rows.iter_mut().find(is_it) else {
        return;
    };
    match answer {
        Ok(FeedTrial { articles, newest }) => row.state = State::Good(articles, newest),
        Err(failure) => {
            row.state = State::Bad(failure.clone());
            // Its row has no room for what to do about it.
            model.fail(&failure);
        }
    }
}

/// Subscribes to what is chosen and not dead.
fn subscribe(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Outlets(popup)) = &model.popup else {
        return Vec::new();
    };
    let wanted = popup.wanted();
    if wanted.is_empty() {
        return choose(model);
    }
    model.popup = None;
    model.say(
        model
            .start
            .words
            .fill("notice.subscribed-all", &[("n", &wanted.len().to_string())]),
    );
    vec![
        model
            .jobs
            .change(Change::SubscribeAll(wanted), PendingChange::Other),
    ]
}

/// They are subscribed to: what they have is fetched.
pub fn subscribed(model: &mut Model) -> Vec<Effect> {
    let mut effects = crate::app::panes::navigation::library(model);
    effects.extend(refresh::refresh_due(model));
    effects
}
