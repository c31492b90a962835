//! The publishers that come with the program, by subject, to choose among. Each is tried as soon as
//! it is chosen, and one that is dead says so.

use super::Popup;
use crate::app::input::action::Action;
use crate::app::panes::selection;
use crate::app::protocol::effect::{Effect, Job, Record};
use crate::app::protocol::jobs::JobId;
use crate::app::protocol::message::Outcome;
use crate::app::update::refresh;
use crate::app::{Failure, Model, Write};
use crate::news::{Clean, Feed, Stamp};

/// What is known of one of them.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Nothing yet.
    Idle,
    /// Subscribed already.
    Subscribed,
    /// It is being tried.
    Trying(JobId),
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
    let (id, old) = model.asking.start(&mut model.jobs);
    old.map(Effect::Cancel)
        .into_iter()
        .chain([Effect::Start(id, Job::Outlets)])
        .collect()
}

/// They came, with the addresses that are subscribed to.
pub fn came(model: &mut Model, outlets: Vec<Feed>, subscribed: &[Clean]) {
    let Some(Popup::Outlets(popup)) = &mut model.popup else {
        return;
    };
    let mut subject: Option<Clean> = None;
    for feed in outlets {
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
    let job = Job::Try(feed.url.clone());
    let id = model.jobs.number();
    row.state = State::Trying(id);
    vec![Effect::Start(id, job)]
}

/// Whether a job was a trial; takes its answer.
pub fn tried(model: &mut Model, id: JobId, answer: &Result<Outcome, Failure>) -> bool {
    let Some(Popup::Outlets(popup)) = &mut model.popup else {
        return false;
    };
    let Some(row) = popup.rows.iter_mut().find(|r| r.state == State::Trying(id)) else {
        return false;
    };
    row.state = match answer {
        Ok(Outcome::Tried(articles, newest)) => State::Good(*articles, *newest),
        Ok(_) => State::Idle,
        Err(failure) => State::Bad(failure.clone()),
    };
    if let Err(failure) = answer {
        // Its row has no room for what to do about it.
        model.fail(failure);
    }
    true
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
    vec![model.keep(Record::SubscribeAll(wanted), Write::Other)]
}

/// They are subscribed to: what they have is fetched.
pub fn subscribed(model: &mut Model) -> Vec<Effect> {
    let mut effects = crate::app::panes::navigation::library(model);
    effects.extend(refresh::refresh_due(model));
    effects
}
