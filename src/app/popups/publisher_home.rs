//! 언론사 홈: a publisher of its own: its articles behind, and over them what can be done with it.

use super::Popup;
use crate::app::annotations::undo::Undo;
use crate::app::geometry::Pane;
use crate::app::input::action::Action;
use crate::app::panes::list::List;
use crate::app::panes::{navigation, selection};
use crate::app::protocol::effect::{Collection, Effect, Job, Record, RefreshScope};
use crate::app::protocol::message::Outcome;
use crate::app::update::refresh;
use crate::app::{Failure, Model, Write};
use crate::news::{Clean, Feed, FeedId, Filter};

/// What is known of a publisher.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Home {
    /// What it is called.
    pub publisher: Clean,
    /// Its site.
    pub site: Option<Clean>,
    /// Its articles that are held, and the unread among them.
    pub articles: (u64, u64),
    /// Its feeds that are subscribed to: which, and their titles.
    pub feeds: Vec<(FeedId, Clean)>,
    /// Its feeds that could be.
    pub offers: Vec<Feed>,
}

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
    fn of(home: Home) -> Self {
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
    let (id, old) = model.asking.start(&mut model.jobs);
    effects.extend(old.map(Effect::Cancel));
    effects.push(Effect::Start(id, Job::Home { publisher, address }));
    effects
}

/// What is asked for besides rows came.
pub fn came(model: &mut Model, answer: Result<Outcome, Failure>) -> Vec<Effect> {
    match answer {
        Ok(Outcome::Home(home)) => model.popup = Some(Popup::Home(Box::new(Card::of(*home)))),
        Ok(Outcome::Outlets(outlets, subscribed)) => {
            super::publishers::came(model, outlets, &subscribed);
        }
        Ok(_) => {}
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
            let (id, effect) = model.start_job(Job::Browse(address));
            model.writes.insert(id, Write::Other);
            vec![effect]
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
            vec![model.keep(Record::Unsubscribe(feed), Write::Other)]
        }
        Some(Row::Subscribe(feed)) => {
            model.say(
                model
                    .start
                    .words
                    .fill("notice.subscribed", &[("title", &feed.title)]),
            );
            vec![model.keep(Record::SubscribeAll(vec![feed]), Write::Other)]
        }
        Some(Row::Articles(..)) | None => Vec::new(),
    }
}
