//! The publishers that come with the program, by subject, to choose among. Each is tried as soon as
//! it is chosen, and one that is dead says so.

use crate::app::env::Env;
use crate::app::input::action::Action;
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::panes::selection;
use crate::app::protocol::change::Change;
use crate::app::protocol::failure::Failure;
use crate::app::protocol::library::{LibraryJob, PublisherDirectory};
use crate::app::protocol::network::{FeedTrial, NetworkJob, TrialRequest};
use crate::app::reply::{Intent, Reply};
use crate::news::{Clean, Feed, Stamp};

/// What is known of one of them.
#[derive(Clone, Debug, PartialEq)]
pub enum FeedState {
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
pub struct PublisherRow {
    /// What it is called.
    pub title: Clean,
    /// Its feed; `None` for a subject.
    pub feed: Option<Feed>,
    /// It is to be subscribed to.
    pub chosen: bool,
    /// What is known of it.
    pub state: FeedState,
}

/// The popup.
#[derive(Clone, Debug, Default)]
pub struct PublisherList {
    rows: Vec<PublisherRow>,
    selected: usize,
    /// Index of the row at the top.
    top: usize,
}

impl PublisherList {
    /// The popup before the publishers came, and the question for them.
    pub fn open() -> (Self, Reply) {
        let question = Reply::none().restart(JobKind::Publishers, LibraryJob::Publishers);
        (Self::default(), question)
    }

    /// The rows.
    pub fn rows(&self) -> &[PublisherRow] {
        &self.rows
    }

    /// Index of the selected row.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Index of the row at the top.
    pub fn top(&self) -> usize {
        self.top
    }

    /// Selects the feed at a line of the popup; whether there is one.
    pub fn select_line(&mut self, line: usize) -> bool {
        let at = self.top + line;
        let is_feed = self.rows.get(at).is_some_and(|row| row.feed.is_some());
        if is_feed {
            self.selected = at;
        }
        is_feed
    }

    /// The publishers came.
    pub fn take(&mut self, directory: PublisherDirectory) {
        let mut subject: Option<Clean> = None;
        for feed in directory.publishers {
            if feed.folder != subject {
                subject.clone_from(&feed.folder);
                self.rows.push(PublisherRow {
                    title: subject.clone().unwrap_or_default(),
                    feed: None,
                    chosen: false,
                    state: FeedState::Idle,
                });
            }
            let state = if directory.subscribed.contains(&feed.url) {
                FeedState::Subscribed
            } else {
                FeedState::Idle
            };
            self.rows.push(PublisherRow {
                title: feed.title.clone(),
                feed: Some(feed),
                chosen: false,
                state,
            });
        }
        self.settle(true);
    }

    /// Does an action.
    pub fn on(&mut self, action: Action, count: usize, env: &Env<'_>) -> Reply {
        match action {
            Action::Choose => return self.choose(),
            Action::Open => return self.subscribe(env),
            _ => {}
        }
        let page = usize::from(env.screen().height.saturating_sub(6)).max(1);
        let before = self.selected;
        self.selected = selection::moved(before, action, count, page, self.rows.len());
        self.settle(self.selected >= before);
        // The subject over the first row is shown with it.
        self.top = selection::top(self.top, self.selected, page, self.rows.len());
        if self.selected == self.top {
            self.top = self.top.saturating_sub(1);
        }
        Reply::none()
    }

    /// Selects the row, or no longer; a feed that is selected is tried.
    fn choose(&mut self) -> Reply {
        let row = self.rows.get_mut(self.selected);
        let Some(row) = row.filter(|r| r.state != FeedState::Subscribed) else {
            return Reply::none();
        };
        row.chosen = !row.chosen;
        let (true, FeedState::Idle | FeedState::Bad(_), Some(feed)) =
            (row.chosen, &row.state, &row.feed)
        else {
            return Reply::none();
        };
        let job = NetworkJob::TryFeed(TrialRequest {
            address: feed.url.clone(),
        });
        row.state = FeedState::Trying;
        Reply::none().start(JobKind::FeedTrial, job)
    }

    /// The feed at `address` was tried.
    pub fn tried(&mut self, address: &Clean, answer: Result<FeedTrial, Failure>) -> Reply {
        let is_it = |row: &&mut PublisherRow| {
            row.state == FeedState::Trying && row.feed.as_ref().is_some_and(|f| f.url == *address)
        };
        let Some(row) = self.rows.iter_mut().find(is_it) else {
            return Reply::none();
        };
        match answer {
            Ok(FeedTrial { articles, newest }) => {
                row.state = FeedState::Good(articles, newest);
                Reply::none()
            }
            Err(failure) => {
                row.state = FeedState::Bad(failure.clone());
                // Its row has no room for what to do about it.
                Reply::none().fail(failure)
            }
        }
    }

    /// Subscribes to the selected feeds that are alive.
    fn subscribe(&mut self, env: &Env<'_>) -> Reply {
        let wanted = self.wanted();
        if wanted.is_empty() {
            return self.choose();
        }
        let n = wanted.len().to_string();
        Reply::none()
            .intent(Intent::ClosePopup)
            .say(env.fill("notice.subscribed-all", &[("n", &n)]))
            .change(Change::SubscribeAll(wanted), PendingChange::Other)
    }

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
            .filter(|r| r.chosen && !matches!(r.state, FeedState::Bad(_)));
        wanted.filter_map(|r| r.feed.clone()).collect()
    }
}
