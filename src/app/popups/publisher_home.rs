//! 언론사 홈: a menu for one publisher; its first row leads to the list of its articles.

use crate::app::env::Env;
use crate::app::input::action::Action;
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::panes::selection;
use crate::app::protocol::change::Change;
use crate::app::protocol::library::{LibraryJob, PublisherHome, PublisherHomeRequest};
use crate::app::protocol::listing::Listing;
use crate::app::protocol::network::{NetworkJob, PageRequest, RefreshScope};
use crate::app::protocol::undo::Undo;
use crate::app::reply::{Intent, ListIntent, Reply};
use crate::news::{Clean, Feed, FeedId, Filter};

/// A row of the menu.
#[derive(Clone, Debug, PartialEq)]
pub enum HomeRow {
    /// Reads the publisher's articles: how many there are, and how many of them are unread.
    Articles(u64, u64),
    /// Opens the publisher's site in the browser.
    Site(Clean),
    /// Fetches this feed.
    Refresh(FeedId, Clean),
    /// Ends the subscription to this feed.
    Unsubscribe(FeedId, Clean),
    /// Subscribes to this feed.
    Subscribe(Feed),
}

/// The popup of one publisher: what can be done with it and its feeds.
#[derive(Clone, Debug, Default)]
pub struct HomeMenu {
    publisher: Clean,
    rows: Vec<HomeRow>,
    selected: usize,
}

/// Asks for what is known of a publisher. `address` is that of an open article of the publisher, if
/// there is one; it identifies the site.
pub fn visit(publisher: Clean, address: Option<Clean>) -> Reply {
    let request = PublisherHomeRequest { publisher, address };
    Reply::none().restart(JobKind::Publishers, LibraryJob::PublisherHome(request))
}

impl HomeMenu {
    /// The menu for a publisher.
    pub fn of(home: PublisherHome) -> Self {
        let mut rows = vec![HomeRow::Articles(home.articles.0, home.articles.1)];
        rows.extend(home.site.map(HomeRow::Site));
        for (id, title) in home.feeds {
            rows.push(HomeRow::Refresh(id, title.clone()));
            rows.push(HomeRow::Unsubscribe(id, title));
        }
        rows.extend(home.offers.into_iter().map(HomeRow::Subscribe));
        Self {
            publisher: home.publisher,
            rows,
            selected: 0,
        }
    }

    /// The publisher's name.
    pub fn publisher(&self) -> &Clean {
        &self.publisher
    }

    /// The rows of the menu.
    pub fn rows(&self) -> &[HomeRow] {
        &self.rows
    }

    /// Index of the selected row.
    pub fn selected(&self) -> usize {
        self.selected
    }

    /// Selects a row.
    pub fn select(&mut self, row: usize) {
        self.selected = row;
    }

    /// Handles an action.
    pub fn on(&mut self, action: Action, count: usize, env: &Env<'_>) -> Reply {
        if matches!(action, Action::Open | Action::Choose) {
            let row = self.rows.get(self.selected);
            let close = Reply::none().intent(Intent::ClosePopup);
            return row.map_or_else(Reply::none, |row| {
                close.and(row.accept(&self.publisher, env))
            });
        }
        let rows = self.rows.len();
        self.selected = selection::moved(self.selected, action, count, rows, rows);
        Reply::none()
    }
}

impl HomeRow {
    fn accept(&self, publisher: &Clean, env: &Env<'_>) -> Reply {
        match self {
            Self::Articles(..) => {
                let filter = Filter {
                    publisher: Some(publisher.clone()),
                    ..Filter::default()
                };
                Reply::none().intent(ListIntent::GoTo(Listing::filtered(filter)))
            }
            Self::Site(address) => Reply::none().start(
                JobKind::Desktop,
                NetworkJob::Browse(PageRequest::chosen(address.clone())),
            ),
            Self::Refresh(feed, _) => {
                Reply::none().intent(Intent::Refresh(RefreshScope::Feed(*feed)))
            }
            Self::Unsubscribe(feed, title) => Reply::none()
                .intent(Intent::Undoable(Undo::Unsubscribed(*feed)))
                .say(env.fill("notice.unsubscribed", &[("title", title)]))
                .change(Change::Unsubscribe(*feed), PendingChange::Other),
            Self::Subscribe(feed) => Reply::none()
                .say(env.fill("notice.subscribed", &[("title", &feed.title)]))
                .change(
                    Change::SubscribeAll(vec![feed.clone()]),
                    PendingChange::Other,
                ),
        }
    }
}
