//! Commands of the palette over all that a query finds in the library: read, unread, kept,
//! labelled, hidden, saved.
//!
//! ```text
//! mark-read publisher:강물 before:7d      tag "읽을 것" 반도체 unread      save 경기 축구 !도서관
//! ```

use crate::app::jobs::PendingChange;
use crate::app::protocol::change::Change;
use crate::app::protocol::effect::Effect;
use crate::app::protocol::undo::Undo;
use crate::app::{Cause, Failure, Model};
use crate::news::{Clean, Filter, Query};

/// The query, or its fault told and the line there again to be put right.
fn read(model: &mut Model, line: &str, query: &str) -> Option<Query> {
    let now = model.start.now.to_zoned(model.start.zone.clone());
    let told = match Query::parse(query, &now) {
        Ok(query) if !query.is_empty() => return Some(query),
        Ok(_) => format!("{} ⟨!⟩", query.trim()),
        Err(error) => {
            let (before, after) = query
                .split_at_checked(error.at.start)
                .unwrap_or((query, ""));
            format!("{before}⟨!⟩{after}")
        }
    };
    super::open_with(model, line);
    model.fail(&Failure::new(Cause::Query, &told));
    None
}

/// The name in front of a query, in quotes where it has blanks.
fn name_and_query(words: &str) -> (&str, &str) {
    let words = words.trim();
    match words
        .strip_prefix('"')
        .and_then(|rest| rest.split_once('"'))
    {
        Some((name, query)) => (name, query.trim()),
        None => words
            .split_once(char::is_whitespace)
            .map_or((words, ""), |(name, query)| (name, query.trim())),
    }
}

/// All that it finds is read.
pub(crate) fn mark_read(model: &mut Model, query: &str) -> Vec<Effect> {
    mark(model, ("mark-read", query), true)
}

/// All that it finds is unread.
pub(crate) fn mark_unread(model: &mut Model, query: &str) -> Vec<Effect> {
    mark(model, ("mark-unread", query), false)
}

fn mark(model: &mut Model, (command, words): (&str, &str), is_read: bool) -> Vec<Effect> {
    let Some(query) = read(model, &format!("{command} {words}"), words) else {
        return Vec::new();
    };
    vec![model.jobs.change(
        Change::All(Filter::default(), Some(query), is_read),
        PendingChange::Marked(is_read),
    )]
}

/// All that it finds is kept.
pub(crate) fn scrap(model: &mut Model, words: &str) -> Vec<Effect> {
    let Some(query) = read(model, &format!("scrap {words}"), words) else {
        return Vec::new();
    };
    vec![model.jobs.change(
        Change::ScrapAll(Filter::default(), Some(query), None),
        PendingChange::Other,
    )]
}

/// All that it finds is kept under a label.
pub(crate) fn tag(model: &mut Model, words: &str) -> Vec<Effect> {
    let (label, query) = name_and_query(words);
    let label = Clean::line(label);
    let Some(query) = read(model, &format!("tag {words}"), query) else {
        return Vec::new();
    };
    vec![model.jobs.change(
        Change::ScrapAll(Filter::default(), Some(query), Some(label)),
        PendingChange::Other,
    )]
}

/// All that it finds is hidden.
pub(crate) fn mute(model: &mut Model, words: &str) -> Vec<Effect> {
    let Some(query) = read(model, &format!("mute {words}"), words) else {
        return Vec::new();
    };
    vec![model.jobs.change(
        Change::Mute(Clean::line(words), query),
        PendingChange::Other,
    )]
}

/// The query is kept under a name, among the sources.
pub(crate) fn save(model: &mut Model, words: &str) -> Vec<Effect> {
    let (name, query) = name_and_query(words);
    let (name, query) = (Clean::line(name), query.to_owned());
    if read(model, &format!("save {words}"), &query).is_none() {
        return Vec::new();
    }
    model.say(model.start.words.fill("notice.saved", &[("name", &name)]));
    model.undo.push(Undo::Saved(name.clone()));
    vec![model.jobs.change(
        Change::SaveSearch(name, Clean::line(&query)),
        PendingChange::Other,
    )]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_the_first_word_or_what_is_in_quotes() {
        assert_eq!(
            name_and_query(" 경기 축구  !도서관"),
            ("경기", "축구  !도서관")
        );
        assert_eq!(name_and_query("\"읽을 것\" unread"), ("읽을 것", "unread"));
        assert_eq!(name_and_query("\"열린 unread"), ("\"열린", "unread"));
        assert_eq!(name_and_query("경기"), ("경기", ""));
    }
}
