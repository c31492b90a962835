//! 언론사 홈: a publisher of its own: its articles behind, and over them what can be done with it.

use super::Popup;
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::jobs::{JobKind, PendingChange};
use crate::app::panes::list::List;
use crate::app::panes::{navigation, selection};
use crate::app::protocol::change::Change;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::library::{LibraryJob, PublisherHome, PublisherHomeRequest};
use crate::app::protocol::network::{NetworkJob, RefreshScope};
use crate::app::protocol::rows::Collection;
use crate::app::protocol::undo::Undo;
use crate::app::update::refresh;
use crate::app::{Failure, Model};
use crate::news::{Clean, Feed, FeedId, Filter};

/// One thing that can be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// Read its articles: held, unread.
    Articles(u64, u64),
    /// See its site.
    Site(Clean),
    /// Fetch this feed.
    Refresh(FeedId, Clean),
    /// End this subscription.
    Unsubscribe(FeedId, Clean),
    /// Subscribe to this.
    Subscribe(Feed),
}

/// The popup.
#[derive(Clone, Debug, Default)]
pub struct Card {
    /// What it is called.
    pub publisher: Clean,
    /// What can be done.
    pub rows: Vec<Row>,
    /// The row that the keys are on.
    pub selected: usize,
}

impl Card {
    fn of(home: PublisherHome) -> Self {
        let mut rows = vec![Row::Articles(home.articles.0, home.articles.1)];
        rows.extend(home.site.map(Row::Site));
        for (id, title) in home.feeds {
            rows.push(Row::Refresh(id, title.clone()));
            rows.push(Row::Unsubscribe(id, title));
        }
        rows.extend(home.offers.into_iter().map(Row::Subscribe));
        Self {
            publisher: home.publisher,
            rows,
            selected: 0,
        }
    }
}

/// Opens the home of the publisher of what is chosen.
pub fn open(model: &mut Model) -> Vec<Effect> {
    let chosen = model
        .list
        .row()
        .filter(|_| model.focus != Pane::Reader)
        .and_then(|r| r.publisher.clone());
    let read = model.reader.article.as_ref();
    let publisher = chosen
        .or_else(|| read.and_then(|a| a.publisher.clone()))
        .filter(|p| !p.is_blank());
    let Some(publisher) = publisher else {
        model.say(model.start.words.get("notice.no-publisher").to_owned());
        return Vec::new();
    };
    let address = read
        .filter(|a| a.publisher.as_ref() == Some(&publisher))
        .and_then(|a| a.address().cloned());
    let filter = Filter {
        publisher: Some(publisher.clone()),
        ..Filter::default()
    };
    let mut effects = navigation::go_to(
        model,
        List {
            filter,
            ..List::of(Collection::Library)
        },
    );
    let request = PublisherHomeRequest { publisher, address };
    let job = LibraryJob::PublisherHome(request);
    effects.extend(model.jobs.restart(JobKind::Publishers, job));
    effects
}

/// What is known of the publisher came.
pub fn came(model: &mut Model, answer: Result<Box<PublisherHome>, Failure>) -> Vec<Effect> {
    match answer {
        Ok(home) => model.popup = Some(Popup::Home(Box::new(Card::of(*home)))),
        Err(failure) => model.fail(&failure),
    }
    Vec::new()
}

/// What an action does while it is open.
pub fn act(model: &mut Model, action: Action, count: usize) -> Vec<Effect> {
    let Some(Popup::Home(card)) = &mut model.popup else {
        return Vec::new();
    };
    if !matches!(action, Action::Open | Action::Choose) {
        card.selected = selection::moved(
            card.selected,
            action,
            count,
            card.rows.len(),
            card.rows.len(),
        );
        return Vec::new();
    }
    let row = card.rows.get(card.selected).cloned();
    model.popup = None;
    match row {
        Some(Row::Site(address)) => {
            vec![
                model
                    .jobs
                    .start(JobKind::Desktop, NetworkJob::Browse(address)),
            ]
        }
        Some(Row::Refresh(feed, _)) => refresh::ask(model, RefreshScope::Feed(feed)),
        Some(Row::Unsubscribe(feed, title)) => {
            model.undo.push(Undo::Unsubscribed(feed));
            model.say(
                model
                    .start
                    .words
                    .fill("notice.unsubscribed", &[("title", &title)]),
            );
            vec![
                model
                    .jobs
                    .change(Change::Unsubscribe(feed), PendingChange::Other),
            ]
        }
        Some(Row::Subscribe(feed)) => {
            model.say(
                model
                    .start
                    .words
                    .fill("notice.subscribed", &[("title", &feed.title)]),
            );
            vec![
                model
                    .jobs
                    .change(Change::SubscribeAll(vec![feed]), PendingChange::Other),
            ]
        }
        Some(Row::Articles(..)) | None => Vec::new(),
    }
}
