//! Going from shelf to shelf: scraps, today's issues, subscriptions; and what is taken off them.

use super::effect::{Effect, Job, Record, Shelf};
use super::geometry::Pane;
use super::list::List;
use super::message::Outcome;
use super::popup::{Popup, SourceRow};
use super::undo::Undo;
use super::update::fetch_rows;
use super::{Failure, Model, Write, command, fetching};
use crate::news::Filter;

/// Puts another list in the pane; the work that the one before waited for is of no use any more.
fn put(model: &mut Model, list: List) -> (List, Vec<Effect>) {
    let mut before = std::mem::replace(&mut model.list, list);
    let mut effects: Vec<Effect> = before.loading.stop().map(Effect::Cancel).into_iter().collect();
    effects.extend(fetch_rows(model));
    (before, effects)
}

/// Shows a list on top of the one that is there; back leads to it again.
fn go_to(model: &mut Model, list: List) -> Vec<Effect> {
    model.focus = Pane::List;
    model.zen = false;
    let (before, effects) = put(model, list);
    model.homes.push(before);
    effects
}

/// Shows a list instead of all that is there.
fn turn_to(model: &mut Model, list: List) -> Vec<Effect> {
    model.focus = Pane::List;
    model.zen = false;
    model.homes.clear();
    put(model, list).1
}

/// Back to the list below; `None` where this is the lowest.
pub fn back(model: &mut Model) -> Option<Vec<Effect>> {
    let home = model.homes.pop()?;
    let (_, mut effects) = put(model, home);
    effects.extend(command::preview(model));
    Some(effects)
}

/// The scrap view, or back from it.
pub fn scraps(model: &mut Model) -> Vec<Effect> {
    if model.list.shelf == Shelf::Scraps
        && let Some(effects) = back(model)
    {
        return effects;
    }
    go_to(model, List::of(Shelf::Scraps))
}

/// 오늘의 이슈, or back from it.
pub fn issues(model: &mut Model) -> Vec<Effect> {
    if model.list.shelf == Shelf::Issues
        && let Some(effects) = back(model)
    {
        return effects;
    }
    go_to(model, List::of(Shelf::Issues))
}

/// The articles of the chosen issue.
pub fn open_issue(model: &mut Model, story: u64) -> Vec<Effect> {
    go_to(model, List::of(Shelf::Story(story)))
}

/// Asks for the subscriptions, to choose among.
pub fn sources(model: &mut Model) -> Vec<Effect> {
    model.popup = Some(Popup::Sources { rows: fixed_rows(model), selected: 0 });
    let (id, old) = model.asking.start(&mut model.jobs);
    old.map(Effect::Cancel).into_iter().chain([Effect::Start(id, Job::Feeds)]).collect()
}

/// What can be chosen besides subscriptions.
fn fixed_rows(model: &Model) -> Vec<SourceRow> {
    let row = |key: &'static str, list: List| SourceRow {
        title: model.start.words.get(key).to_owned(),
        unread: None,
        feed: None,
        list: Box::new(list),
    };
    let unread = List { filter: Filter { unread: true, ..Filter::default() }, ..List::of(Shelf::Library) };
    vec![
        row("source.all", List::of(Shelf::Library)),
        row("source.unread", unread),
        row("source.issues", List::of(Shelf::Issues)),
        row("source.scraps", List::of(Shelf::Scraps)),
        row("source.sample", List::of(Shelf::Sample)),
    ]
}

/// The subscriptions came.
pub fn sources_came(model: &mut Model, answer: Result<Outcome, Failure>) -> Vec<Effect> {
    let fixed = fixed_rows(model);
    match answer {
        Ok(Outcome::Feeds(feeds)) => {
            if let Some(Popup::Sources { rows, selected }) = &mut model.popup {
                *rows = fixed;
                rows.extend(feeds.into_iter().map(|feed| {
                    let filter = Filter { feed: Some(feed.id), ..Filter::default() };
                    let name = if feed.feed.title.is_blank() { &feed.feed.url } else { &feed.feed.title };
                    SourceRow {
                        title: name.to_string(),
                        unread: Some(feed.unread),
                        feed: Some(feed.id),
                        list: Box::new(List { filter, ..List::of(Shelf::Library) }),
                    }
                }));
                *selected = (*selected).min(rows.len().saturating_sub(1));
            }
        }
        Ok(_) => {}
        Err(failure) => model.fail(&failure),
    }
    Vec::new()
}

/// Shows the chosen source.
pub fn choose(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Sources { mut rows, selected }) = model.popup.take() else { return Vec::new() };
    if selected >= rows.len() {
        return Vec::new();
    }
    let chosen = rows.swap_remove(selected);
    match chosen.list.shelf {
        Shelf::Issues => issues(model),
        Shelf::Scraps => scraps(model),
        _ => turn_to(model, *chosen.list),
    }
}

/// Unsubscribes from the chosen source.
pub fn unsubscribe(model: &mut Model) -> Vec<Effect> {
    let Some(Popup::Sources { rows, selected }) = &mut model.popup else { return Vec::new() };
    let Some(feed) = rows.get(*selected).and_then(|r| r.feed) else { return Vec::new() };
    let title = rows.remove(*selected).title;
    *selected = (*selected).min(rows.len().saturating_sub(1));
    model.undo.push(Undo::Unsubscribed(feed));
    model.say(model.start.words.fill("notice.unsubscribed", &[("title", &title)]));
    vec![model.keep(Record::Unsubscribe(feed), Write::Other)]
}

/// Somebody subscribed: the library is what they want to see.
pub fn subscribed(model: &mut Model, answer: Result<Outcome, Failure>) -> Vec<Effect> {
    match answer {
        Ok(Outcome::Subscribed(feed)) => {
            model.say(model.start.words.fill("notice.subscribed", &[("title", &feed.title)]));
            let mut effects = match model.list.shelf {
                Shelf::Sample => turn_to(model, List::of(Shelf::Library)),
                Shelf::Library => fetch_rows(model),
                _ => Vec::new(),
            };
            effects.extend(fetching::refresh(model));
            effects
        }
        Ok(_) => Vec::new(),
        Err(failure) => {
            model.fail(&failure);
            Vec::new()
        }
    }
}

/// Takes the chosen scrap away.
pub fn remove(model: &mut Model) -> Vec<Effect> {
    if model.list.shelf != Shelf::Scraps {
        return Vec::new();
    }
    let Some((id, title)) = model.list.row().map(|r| (r.id, r.title.to_string())) else { return Vec::new() };
    let mut effects = command::unscrap(model, id, &title);
    model.list.remove(id);
    effects.extend(command::preview(model));
    effects
}
