//! Queries that are kept, and what is done to the whole list: saved searches, mute rules, orders,
//! marks.

use super::fetch_rows;
use super::perform::perform;
use crate::app::Model;
use crate::app::annotations::tasks;
use crate::app::input::action::Action;
use crate::app::input::prompt::Prompt;
use crate::app::jobs::PendingChange;
use crate::app::protocol::change::{Change, Changed};
use crate::app::protocol::effect::Effect;
use crate::app::protocol::prefs::Purpose;
use crate::app::protocol::rows::Collection;
use crate::app::protocol::undo::Undo;
use crate::news::query::QueryErrorKind;
use crate::news::{ArticleId, Clean, Query, SortOrder};

/// Does one of these actions.
pub fn act(model: &mut Model, action: Action) -> Vec<Effect> {
    match action {
        Action::MarkAllRead => mark_all(model, true),
        Action::MarkAllUnread => mark_all(model, false),
        Action::ScrapAll => scrap_all(model, None),
        Action::TagAll if model.list.collection() == Collection::Library => {
            ask(model, Purpose::Tag, "")
        }
        Action::SortOrder => next_order(model),
        Action::SaveSearch => {
            let query = model.list.query().to_owned();
            if query.is_empty() {
                model.say(model.start.words.get("notice.no-search").to_owned());
                return Vec::new();
            }
            ask(model, Purpose::SaveSearch, &query)
        }
        Action::Mute => {
            let query = model.list.query().to_owned();
            ask(model, Purpose::Mute, &query)
        }
        _ => Vec::new(),
    }
}

fn ask(model: &mut Model, purpose: Purpose, text: &str) -> Vec<Effect> {
    model.prompt = Some(Prompt::new(purpose, text));
    Vec::new()
}

/// Marks all that the list shows: with its filter and its query, the rows that are not fetched yet
/// too.
fn mark_all(model: &mut Model, read: bool) -> Vec<Effect> {
    if matches!(
        model.list.collection(),
        Collection::Scraps | Collection::Issues
    ) {
        return Vec::new();
    }
    let changed = if read {
        model.list.unread()
    } else {
        model.list.total() - model.list.unread().min(model.list.total())
    };
    let ids: Vec<ArticleId> = model
        .list
        .rows()
        .iter()
        .filter(|r| r.read != read)
        .map(|r| r.id)
        .collect();
    model.list.mark_all(read);
    let key = if read {
        "notice.marked"
    } else {
        "notice.marked-unread"
    };
    model.say(model.start.words.fill(key, &[("n", &changed.to_string())]));
    let record = match model.list.collection() {
        Collection::Library => Change::All(
            model.list.listing().filter.clone(),
            model.list.listing().matcher.clone(),
            read,
        ),
        _ => Change::Read(ids, read),
    };
    vec![model.jobs.change(record, PendingChange::Other)]
}

/// All that a query found was marked; these were something else before.
pub fn marked(model: &mut Model, read: bool, before: Vec<(ArticleId, bool)>) -> Vec<Effect> {
    if before.is_empty() {
        model.say(model.start.words.get("notice.nothing-changed").to_owned());
        return Vec::new();
    }
    let key = if read {
        "notice.marked"
    } else {
        "notice.marked-unread"
    };
    model.say(
        model
            .start
            .words
            .fill(key, &[("n", &before.len().to_string())]),
    );
    model.undo.push(Undo::Marked(before));
    fetch_rows(model)
}

/// Keeps all that the list shows.
fn scrap_all(model: &mut Model, tag: Option<Clean>) -> Vec<Effect> {
    if model.list.collection() != Collection::Library {
        return Vec::new();
    }
    let record = Change::ScrapAll(
        model.list.listing().filter.clone(),
        model.list.listing().matcher.clone(),
        tag,
    );
    vec![model.jobs.change(record, PendingChange::Other)]
}

fn next_order(model: &mut Model) -> Vec<Effect> {
    if model.list.collection() != Collection::Library {
        return Vec::new();
    }
    let order = model.start.prefs.order.next();
    model.start.prefs.order = order;
    let name = model.start.words.get(order_key(order)).to_owned();
    model.say(model.start.words.fill("notice.sorted", &[("order", &name)]));
    model.list.clear();
    let mut effects = fetch_rows(model);
    effects.push(model.jobs.change(
        Change::Prefs(model.start.prefs.clone()),
        PendingChange::Quiet,
    ));
    effects
}

/// The key of an order's name.
fn order_key(order: SortOrder) -> &'static str {
    match order {
        SortOrder::Newest => "order.newest",
        SortOrder::Oldest => "order.oldest",
        SortOrder::Unread => "order.unread",
        SortOrder::Publisher => "order.publisher",
    }
}

/// The key of what is wrong with a query.
pub fn query_error_key(kind: QueryErrorKind) -> &'static str {
    match kind {
        QueryErrorKind::OpenQuote => "query.open-quote",
        QueryErrorKind::OpenGroup => "query.open-group",
        QueryErrorKind::StrayClose => "query.stray-close",
        QueryErrorKind::NothingFollows => "query.nothing-follows",
        QueryErrorKind::NothingPrecedes => "query.nothing-precedes",
        QueryErrorKind::UnknownField => "query.unknown-field",
        QueryErrorKind::NoValue => "query.no-value",
        QueryErrorKind::NoDate => "query.no-date",
        QueryErrorKind::UnknownProperty => "query.unknown-property",
        QueryErrorKind::TooDeep => "query.too-deep",
    }
}

/// Does what was typed for one of these actions.
pub fn typed(model: &mut Model, purpose: Purpose, text: &str) -> Vec<Effect> {
    let text = text.trim();
    if text.is_empty() {
        return Vec::new();
    }
    match purpose {
        Purpose::SaveSearch => {
            let (name, query) = (Clean::line(text), Clean::line(model.list.query()));
            model.say(model.start.words.fill("notice.saved", &[("name", &name)]));
            model.undo.push(Undo::Saved(name.clone()));
            vec![
                model
                    .jobs
                    .change(Change::SaveSearch(name, query), PendingChange::Other),
            ]
        }
        Purpose::Tag => scrap_all(model, Some(Clean::line(text))),
        Purpose::Mute => {
            let now = model.start.now.to_zoned(model.start.zone.clone());
            let Ok(query) = Query::parse(text, &now) else {
                return Vec::new();
            };
            vec![
                model
                    .jobs
                    .change(Change::Mute(Clean::line(text), query), PendingChange::Other),
            ]
        }
        _ => Vec::new(),
    }
}

/// Ends a mute rule.
pub fn unmute(model: &mut Model, text: &Clean) -> Vec<Effect> {
    let now = model.start.now.to_zoned(model.start.zone.clone());
    if let Ok(query) = Query::parse(text, &now) {
        model.undo.push(Undo::Unmuted(text.clone(), query));
    }
    model.say(model.start.words.fill("notice.unmuted", &[("query", text)]));
    vec![
        model
            .jobs
            .change(Change::Unmute(text.clone()), PendingChange::Undo),
    ]
}

/// Forgets a saved search.
pub fn forget(model: &mut Model, name: &Clean, query: &Clean) -> Vec<Effect> {
    model
        .undo
        .push(Undo::Forgotten(name.clone(), query.clone()));
    model.say(
        model
            .start
            .words
            .fill("notice.forgotten", &[("name", name)]),
    );
    vec![
        model
            .jobs
            .change(Change::ForgetSearch(name.clone()), PendingChange::Other),
    ]
}

/// What was done to all that a query finds is told.
pub fn done(model: &mut Model, changed: Changed) -> Vec<Effect> {
    match changed {
        Changed::Muted(text, n) => {
            model.say(
                model
                    .start
                    .words
                    .fill("notice.muted", &[("query", &text), ("n", &n.to_string())]),
            );
            model.undo.push(Undo::Muted(text));
            if model.list.collection() != Collection::Library {
                return Vec::new();
            }
            model.list.clear();
            fetch_rows(model)
        }
        Changed::ScrappedAll(ids, before) => {
            let mut effects = Vec::new();
            if ids.is_empty() {
                model.say(model.start.words.get("notice.nothing-changed").to_owned());
            } else {
                model.say(
                    model
                        .start
                        .words
                        .fill("notice.scrapped-all", &[("n", &ids.len().to_string())]),
                );
                effects = perform(model, tasks::complete(ids.clone()));
                model.undo.push(Undo::ScrappedAll(ids, before));
            }
            effects.extend(fetch_rows(model));
            effects
        }
        _ => Vec::new(),
    }
}
