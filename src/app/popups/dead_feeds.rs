//! The subscriptions that no longer bring anything, each with the reason and with what can be done:
//! fetch it again, subscribe to a new address, unsubscribe.

use jiff::Timestamp;

use crate::app::env::Env;
use crate::app::input::action::Action;
use crate::app::jobs::PendingChange;
use crate::app::panes::selection;
use crate::app::protocol::change::Change;
use crate::app::protocol::failure::Failure;
use crate::app::protocol::network::RefreshScope;
use crate::app::protocol::prefs::Purpose;
use crate::app::protocol::undo::Undo;
use crate::app::reply::{Intent, Reply};
use crate::config::Words;
use crate::news::address::feed_without_secrets;
use crate::news::{Clean, FeedDeath, FeedId, FeedRow};

/// A row of the menu.
#[derive(Clone, Debug, PartialEq)]
pub enum DeadFeedRow {
    /// The name of a feed, for how long it has brought nothing, and the sentence of its last
    /// failure; not to be selected.
    Feed(Clean, String, Option<String>),
    /// Fetches the feed now.
    Refresh(FeedId),
    /// Asks for a new address to subscribe to; beginning with the publisher's site, where that is
    /// known.
    NewAddress(Option<Clean>),
    /// Ends the subscription.
    Unsubscribe(FeedId, Clean),
}

/// The popup of the dead feeds.
#[derive(Clone, Debug, Default)]
pub struct DeadFeedMenu {
    rows: Vec<DeadFeedRow>,
    selected: usize,
}

/// How many of these feeds are dead.
pub fn count(feeds: &[FeedRow], now: Timestamp) -> u64 {
    let dead = feeds.iter().filter(|f| FeedDeath::of(f, now).is_some());
    u64::try_from(dead.count()).unwrap_or(u64::MAX)
}

impl DeadFeedMenu {
    /// The dead ones of these feeds; without rows where there are none.
    pub fn of(feeds: &[FeedRow], env: &Env<'_>) -> Self {
        let dead = |row| Some((row, FeedDeath::of(row, env.start.now)?));
        let rows = feeds.iter().filter_map(dead).flat_map(|(row, death)| {
            let url = &row.feed.url;
            let shown = Clean::line(&feed_without_secrets(url));
            let title = Some(row.feed.title.clone()).filter(|title| !title.is_blank());
            let title = title.unwrap_or(shown);
            let site = row.feed.site.as_deref().map(feed_without_secrets);
            // A program's output or a folder of the settings has no address to look for.
            let new = url
                .starts_with("http")
                .then(|| DeadFeedRow::NewAddress(site.map(|site| Clean::line(&site))));
            let head = DeadFeedRow::Feed(
                title.clone(),
                since(death, env.words()),
                last_failure(row, env.words()),
            );
            [Some(head), Some(DeadFeedRow::Refresh(row.id)), new]
                .into_iter()
                .flatten()
                .chain([DeadFeedRow::Unsubscribe(row.id, title)])
        });
        Self {
            rows: rows.collect(),
            // Below the first feed's name.
            selected: 1,
        }
    }

    /// The rows of the menu.
    pub fn rows(&self) -> &[DeadFeedRow] {
        &self.rows
    }

    /// Index of the selected row.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Why the feed of the selected row does not come.
    pub fn failure(&self) -> Option<&str> {
        let above = self.rows.get(..=self.selected)?.iter().rev();
        let head = |row: &'_ DeadFeedRow| matches!(row, DeadFeedRow::Feed(..));
        match above.into_iter().find(|row| head(row))? {
            DeadFeedRow::Feed(_, _, failure) => failure.as_deref(),
            _ => None,
        }
    }

    /// Selects a row, unless it is a name.
    pub fn select(&mut self, row: usize) -> bool {
        let is_one = self.is_choice(row);
        if is_one {
            self.selected = row;
        }
        is_one
    }

    fn is_choice(&self, row: usize) -> bool {
        let row = self.rows.get(row);
        row.is_some_and(|row| !matches!(row, DeadFeedRow::Feed(..)))
    }

    /// Handles an action.
    pub fn on(&mut self, action: Action, count: usize, env: &Env<'_>) -> Reply {
        if matches!(action, Action::Open | Action::Choose) {
            let row = self.rows.get(self.selected);
            let close = Reply::none().intent(Intent::ClosePopup);
            return row.map_or_else(Reply::none, |row| close.and(row.accept(env)));
        }
        let before = self.selected;
        let len = self.rows.len();
        let to = selection::moved(before, action, count, len, len);
        // Past the name of a feed, in the direction of the movement; not above the first name.
        let on = if to >= before {
            to + 1
        } else {
            to.saturating_sub(1)
        };
        if !self.select(to) {
            self.select(on);
        }
        Reply::none()
    }
}

/// For how long a feed has brought nothing.
fn since(death: FeedDeath, words: &Words) -> String {
    let key = match death {
        FeedDeath::Unanswered(_) => "cli.dead-unanswered",
        FeedDeath::Never => "cli.dead-never",
        FeedDeath::Frozen(_) => "doctor.frozen",
    };
    let n = death.days().unwrap_or_default().to_string();
    words.fill(key, &[("n", &n)])
}

/// For how long, and what the last failure was.
pub fn reason(feed: &FeedRow, death: FeedDeath, words: &Words) -> String {
    let since = since(death, words);
    match last_failure(feed, words) {
        Some(failure) => format!("{since} {failure}"),
        None => since,
    }
}

/// The sentence of the last failure of a feed that does not come.
pub fn last_failure(feed: &FeedRow, words: &Words) -> Option<String> {
    let error = feed.last_error.as_ref()?;
    Some(match Failure::of_log(error, &feed.feed.title) {
        Ok(failure) => failure.sentence(words),
        Err(words) => words.to_string(),
    })
}

impl DeadFeedRow {
    fn accept(&self, env: &Env<'_>) -> Reply {
        match self {
            Self::Feed(..) => Reply::none(),
            Self::Refresh(feed) => Reply::none().intent(Intent::Refresh(RefreshScope::Feed(*feed))),
            Self::NewAddress(site) => {
                let line = site.as_ref().map(ToString::to_string).unwrap_or_default();
                Reply::none().intent(Intent::Prompt(Purpose::Subscribe, line))
            }
            Self::Unsubscribe(feed, title) => Reply::none()
                .intent(Intent::Undoable(Undo::Unsubscribed(*feed)))
                .say(env.fill("notice.unsubscribed", &[("title", title)]))
                .change(Change::Unsubscribe(*feed), PendingChange::Other),
        }
    }
}
