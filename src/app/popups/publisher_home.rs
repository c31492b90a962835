//! 언론사 홈: what can be done with one publisher, over the list of its articles.

use crate::app::env::Env;
use crate::app::input::action::Action;
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::panes::selection;
use crate::app::protocol::change::Change;
use crate::app::protocol::library::{LibraryJob, PublisherHome, PublisherHomeRequest};
use crate::app::protocol::listing::Listing;
use crate::app::protocol::network::{NetworkJob, RefreshScope};
use crate::app::protocol::undo::Undo;
use crate::app::reply::{Intent, Reply};
use crate::news::{Clean, Feed, FeedId, Filter};

/// One thing that can be done.
#[derive(Clone, Debug, PartialEq)]
pub enum HomeRow {
    /// Read its articles: how many are held, and how many of them are unread.
    Articles(u64, u64),
    /// Open its site in the browser.
    Site(Clean),
    /// Fetch this feed of it.
    Refresh(FeedId, Clean),
    /// End the subscription to this feed.
    Unsubscribe(FeedId, Clean),
    /// Subscribe to this feed.
    Subscribe(Feed),
}

/// The popup.
#[derive(Clone, Debug, Default)]
pub struct HomeMenu {
    publisher: Clean,
    rows: Vec<HomeRow>,
    selected: usize,
}

/// Goes to the articles of a publisher and asks what else is known of it. `address` is that of one
/// of its articles, where one is open.
pub fn visit(publisher: Clean, address: Option<Clean>) -> Reply {
    let filter = Filter {
        publisher: Some(publisher.clone()),
        ..Filter::default()
    };
    let request = PublisherHomeRequest { publisher, address };
    Reply::none()
        .intent(Intent::GoTo(Listing::filtered(filter)))
        .restart(JobKind::Publishers, LibraryJob::PublisherHome(request))
}

impl HomeMenu {
    /// What can be done with a publisher.
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

    /// What can be done.
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

    /// Does an action.
    pub fn on(&mut self, action: Action, count: usize, env: &Env<'_>) -> Reply {
        if matches!(action, Action::Open | Action::Choose) {
            let row = self.rows.get(self.selected);
            let close = Reply::none().intent(Intent::ClosePopup);
            return row.map_or_else(Reply::none, |row| close.and(row.accept(env)));
        }
        let rows = self.rows.len();
        self.selected = selection::moved(self.selected, action, count, rows, rows);
        Reply::none()
    }
}

impl HomeRow {
    fn accept(&self, env: &Env<'_>) -> Reply {
        match self {
            // The list below the popup shows them.
            Self::Articles(..) => Reply::none(),
            Self::Site(address) => {
                Reply::none().start(JobKind::Desktop, NetworkJob::Browse(address.clone()))
            }
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
