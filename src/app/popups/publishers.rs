//! The publishers that come with the program, grouped by subject, to subscribe to. A feed is
//! checked as soon as it is selected, so that a dead one is noticed before it is subscribed to. `/`
//! leaves those whose name has what is typed.

use super::filter_field::FilterField;
use super::palette::matching::rank;
use crate::app::env::Env;
use crate::app::input::action::Action;
use crate::app::input::key::{Key, KeyCode};
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::panes::selection;
use crate::app::protocol::change::Change;
use crate::app::protocol::failure::Failure;
use crate::app::protocol::library::{LibraryJob, PublisherDirectory};
use crate::app::protocol::network::{FeedTrial, NetworkJob, TrialRequest};
use crate::app::reply::{Intent, Reply};
use crate::config::{Language, Words};
use crate::news::hangul::is_hangul_syllable;
use crate::news::order::Order as _;
use crate::news::{Clean, Feed, Stamp};

/// What is known about a feed.
#[derive(Clone, Debug, PartialEq)]
pub enum FeedState {
    /// It was not checked yet.
    Idle,
    /// The user is subscribed to it already.
    Subscribed,
    /// It is being checked.
    Trying,
    /// It works: the number of its articles, and when the newest was published.
    Good(usize, Option<Stamp>),
    /// It does not work.
    Bad(Failure),
}

/// A row: the heading of a subject, or a publisher's feed.
#[derive(Clone, Debug, PartialEq)]
pub struct PublisherRow {
    /// The name of the subject or feed.
    pub title: Clean,
    /// The feed; `None` for a heading.
    pub feed: Option<Feed>,
    /// Whether it was selected for subscription.
    pub chosen: bool,
    /// What is known about the feed.
    pub state: FeedState,
}

/// The popup: publishers to subscribe to, and which is selected.
#[derive(Clone, Debug, Default)]
pub struct PublisherList {
    rows: Vec<PublisherRow>,
    /// Indices of the rows that what is typed leaves.
    shown: Vec<usize>,
    /// Index of the selected row among those shown.
    selected: usize,
    /// Index of the topmost visible row among those shown.
    top: usize,
    /// What is typed to filter by.
    filter: FilterField,
}

/// The subjects of the publishers that come with the program, by the keys of their names.
const SUBJECTS: [(&str, &str); 11] = [
    ("종합", "subject.general"),
    ("방송", "subject.broadcast"),
    ("정치", "subject.politics"),
    ("경제", "subject.economy"),
    ("사회", "subject.society"),
    ("국제", "subject.world"),
    ("문화", "subject.culture"),
    ("스포츠", "subject.sports"),
    ("과학·IT", "subject.science"),
    ("주간지·매체비평", "subject.weeklies"),
    ("지역·전문", "subject.local"),
];

/// A subject in the language of the interface.
fn headed(subject: &Clean, words: &Words) -> Clean {
    let known = SUBJECTS.iter().find(|(name, _)| *name == &**subject);
    known.map_or_else(|| subject.clone(), |(_, key)| Clean::line(words.get(key)))
}

impl PublisherList {
    /// The popup before the publishers are loaded, and the request for them.
    pub fn open() -> (Self, Reply) {
        let question = Reply::none().restart(JobKind::Publishers, LibraryJob::Publishers);
        (Self::default(), question)
    }

    /// The rows that are shown, in order; none until they are loaded.
    pub fn rows(&self) -> impl Iterator<Item = &PublisherRow> {
        self.shown.iter().filter_map(|at| self.rows.get(*at))
    }

    /// What is typed to filter by.
    pub fn filter(&self) -> &FilterField {
        &self.filter
    }

    /// Handles a key in the filter; `None` where keys are not typed, or move the choice.
    pub fn press(&mut self, key: Key) -> Option<Reply> {
        // A syllable that an input method has put together is no command, but part of a name.
        let is_name = matches!(key.code, KeyCode::Char(c) if is_hangul_syllable(c));
        if is_name && !key.ctrl && !key.alt {
            self.filter.begin();
        }
        if !self.filter.is_typing() || matches!(key.code, KeyCode::Up | KeyCode::Down) {
            return None;
        }
        self.filter.press(key);
        self.show_matches();
        Some(Reply::none())
    }

    /// Inserts pasted text into the filter.
    pub fn paste(&mut self, text: &str) {
        self.filter.paste(text);
        self.show_matches();
    }

    /// Leaves the publishers that have what is typed in their name or address, with their subjects.
    fn show_matches(&mut self) {
        let wanted = self.filter.wanted();
        let says = |row: &PublisherRow| {
            let address = row.feed.as_ref().map_or("", |feed| &feed.url);
            rank(wanted, &format!("{} {address}", row.title)).is_some()
        };
        let mut heading = None;
        self.shown.clear();
        for (at, row) in self.rows.iter().enumerate() {
            if row.feed.is_none() {
                heading = Some((at, !wanted.is_empty() && says(row)));
            } else if says(row) || heading.is_some_and(|(_, is_whole)| is_whole) {
                let above = heading.map(|(at, _)| at);
                if let Some(above) = above.filter(|above| !self.shown.contains(above)) {
                    self.shown.push(above);
                }
                self.shown.push(at);
            }
        }
        (self.selected, self.top) = (0, 0);
        self.settle(true);
    }

    /// Why the selected feed did not come, as a sentence.
    pub fn failure(&self, words: &Words) -> Option<String> {
        match &self.rows().nth(self.selected)?.state {
            FeedState::Bad(failure) => Some(failure.sentence(words)),
            _ => None,
        }
    }

    /// Index of the selected row.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Index of the topmost visible row.
    pub fn top(&self) -> usize {
        self.top
    }

    /// Selects the feed at a line of the popup. Returns whether there is one.
    pub fn select_line(&mut self, line: usize) -> bool {
        let at = self.top + line;
        let is_feed = self.is_feed(at);
        if is_feed {
            self.selected = at;
        }
        is_feed
    }

    /// Shows the loaded publishers, those in the language of the interface first.
    pub fn take(&mut self, directory: PublisherDirectory, words: &Words) {
        let mut publishers = directory.publishers;
        publishers.order_by_key(|feed| {
            let heading = feed.folder.as_deref().unwrap_or_default();
            let is_korean = heading.chars().any(is_hangul_syllable);
            is_korean != (words.language == Language::Korean)
        });
        let mut subject: Option<Clean> = None;
        for feed in publishers {
            if feed.folder != subject {
                subject.clone_from(&feed.folder);
                self.rows.push(PublisherRow {
                    title: subject
                        .as_ref()
                        .map_or_else(Clean::default, |s| headed(s, words)),
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
        self.show_matches();
    }

    /// Whether a shown row is a feed.
    fn is_feed(&self, at: usize) -> bool {
        self.rows().nth(at).is_some_and(|row| row.feed.is_some())
    }

    /// Handles an action.
    pub fn on(&mut self, action: Action, count: usize, env: &Env<'_>) -> Reply {
        match action {
            Action::Choose => return self.choose(),
            Action::Open => return self.subscribe(env),
            Action::Find => self.filter.begin(),
            _ => {}
        }
        let page = usize::from(env.screen().height.saturating_sub(6)).max(1);
        let before = self.selected;
        self.selected = selection::moved(before, action, count, page, self.shown.len());
        self.settle(self.selected >= before);
        // When the first row is selected, the heading above it is shown as well.
        self.top = selection::top(self.top, self.selected, page, self.shown.len());
        if self.selected == self.top {
            self.top = self.top.saturating_sub(1);
        }
        Reply::none()
    }

    /// Toggles the selected feed, and checks it when it is turned on.
    fn choose(&mut self) -> Reply {
        let at = self.shown.get(self.selected);
        let row = at.and_then(|at| self.rows.get_mut(*at));
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

    /// Stores the result of checking the feed at `address`.
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
                // The row has no space for the advice in the sentence, so it is shown as a notice.
                Reply::none().fail(failure)
            }
        }
    }

    /// Subscribes to the selected feeds, except those found dead.
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

    /// Moves the selection off a heading: to the next feed, or to the one before.
    fn settle(&mut self, downwards: bool) {
        let is_feed = |at: &usize| self.is_feed(*at);
        let below = (self.selected..self.shown.len()).find(is_feed);
        let above = (0..=self.selected).rev().find(is_feed);
        self.selected = if downwards {
            below.or(above)
        } else {
            above.or(below)
        }
        .unwrap_or(0);
    }

    /// The feeds to subscribe to.
    fn wanted(&self) -> Vec<Feed> {
        let wanted = self
            .rows
            .iter()
            .filter(|r| r.chosen && !matches!(r.state, FeedState::Bad(_)));
        wanted.filter_map(|r| r.feed.clone()).collect()
    }
}
