//! What comes over the network: refreshes, whole texts, pages ahead of the reading.

use super::effect::{Effect, Job, Shelf};
use super::geometry::Pane;
use super::list::List;
use super::message::Outcome;
use super::update::fetch_rows;
use super::{Cause, Failure, Model, command};

/// Fetches what the subscriptions have.
pub fn refresh(model: &mut Model) -> Vec<Effect> {
    if model.start.config.network.offline {
        model.fail(&Failure::new(Cause::Offline, ""));
        return Vec::new();
    }
    if model.refresh.busy() {
        return Vec::new();
    }
    let (id, _) = model.refresh.start(&mut model.jobs);
    vec![Effect::Start(id, Job::Refresh)]
}

/// A refresh ended.
pub fn refreshed(model: &mut Model, answer: Result<Outcome, Failure>) -> Vec<Effect> {
    match answer {
        Ok(Outcome::Refreshed { feeds: 0, failed: 0, .. }) => {
            model.say(model.start.words.get("notice.no-feeds").to_owned());
        }
        Ok(Outcome::Refreshed { new, feeds, failed }) => {
            let numbers = [("new", new.to_string()), ("feeds", feeds.to_string()), ("failed", failed.to_string())];
            let values: Vec<(&str, &str)> = numbers.iter().map(|(k, v)| (*k, v.as_str())).collect();
            let key = if failed == 0 { "notice.refreshed" } else { "notice.refreshed-some" };
            model.say(model.start.words.fill(key, &values));
            if new > 0 && matches!(model.list.shelf, Shelf::Sample | Shelf::Library) {
                if model.list.shelf == Shelf::Sample {
                    model.list = List::of(Shelf::Library);
                }
                let mut effects = fetch_rows(model);
                effects.extend(fetch_ahead(model));
                return effects;
            }
        }
        Ok(_) => {}
        Err(failure) => model.fail(&failure),
    }
    Vec::new()
}

/// Fetches the page of the open article, where the library holds less.
pub fn full_text(model: &mut Model) -> Vec<Effect> {
    let (Some(id), Some(url)) = (model.reader.id, command::address(model)) else { return Vec::new() };
    if model.start.config.network.offline {
        model.fail(&Failure::new(Cause::Offline, ""));
        return Vec::new();
    }
    model.say(model.start.words.get("notice.fetching-page").to_owned());
    let (job, old) = model.reader.loading.start(&mut model.jobs);
    old.map(Effect::Cancel).into_iter().chain([Effect::Start(job, Job::FullText { id, url })]).collect()
}

/// Pages of what is unread, fetched while something else is read.
fn fetch_ahead(model: &mut Model) -> Vec<Effect> {
    if !model.start.config.network.fetch_ahead || model.start.config.network.offline || model.ahead.busy() {
        return Vec::new();
    }
    let (id, _) = model.ahead.start(&mut model.jobs);
    vec![Effect::Start(id, Job::FetchAhead)]
}

/// Pages came; what is being read stays as it is until it is opened again.
pub fn fetched_ahead(model: &mut Model, answer: Result<Outcome, Failure>) -> Vec<Effect> {
    match answer {
        Ok(Outcome::FetchedAhead(n)) if n > 0 && model.focus == Pane::List => {
            model.reader.id = None;
            command::preview(model)
        }
        // What could not be fetched ahead is fetched when it is asked for, and told then.
        _ => Vec::new(),
    }
}
