//! Commands of the palette that apply to every article matching a query: mark as read or unread,
//! scrap, tag, mute, save the search.
//!
//! ```text
//! mark-read publisher:강물 before:7d      tag "읽을 것" 반도체 unread      save 경기 축구 !도서관
//! ```

use crate::app::env::Env;
use crate::app::jobs::PendingChange;
use crate::app::protocol::change::Change;
use crate::app::protocol::failure::{Cause, Failure};
use crate::app::protocol::rows::Collection;
use crate::app::protocol::undo::Undo;
use crate::app::reply::{Intent, Reply};
use crate::news::{Clean, Filter, Query};

/// The parsed query; if it is invalid, a reply that reopens the palette's line with the error, so
/// that it can be corrected.
fn parsed(line: String, query: &str, env: &Env<'_>) -> Result<Query, Reply> {
    let marked = match Query::parse(query, &env.now()) {
        Ok(query) if !query.is_empty() => return Ok(query),
        Ok(_) => format!("{} ⟨!⟩", query.trim()),
        Err(error) => {
            let (before, after) = query
                .split_at_checked(error.at.start)
                .unwrap_or((query, ""));
            format!("{before}⟨!⟩{after}")
        }
    };
    Err(Reply::none()
        .intent(Intent::OpenPalette(line))
        .fail(Failure::new(Cause::Query, &marked)))
}

/// What is said where the query would be asked of the sample edition, which only the screen holds.
fn sample_is_fixed(env: &Env<'_>) -> Option<Reply> {
    (env.collection == Collection::Sample)
        .then(|| Reply::none().say(env.text("notice.sample-fixed")))
}

/// Splits a name from the query that follows it. A name with blanks is in quotation marks.
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

/// Marks all matching articles as read.
pub(super) fn mark_read(query: &str, env: &Env<'_>) -> Reply {
    mark(("mark-read", query), true, env)
}

/// Marks all matching articles as unread.
pub(super) fn mark_unread(query: &str, env: &Env<'_>) -> Reply {
    mark(("mark-unread", query), false, env)
}

fn mark((command, words): (&str, &str), is_read: bool, env: &Env<'_>) -> Reply {
    over_found(format!("{command} {words}"), words, env, |query| {
        Reply::none().change(
            Change::All(Filter::default(), Some(query), is_read),
            PendingChange::Marked(is_read),
        )
    })
}

/// Passes the parsed query to `done`, or reports what is wrong with it.
fn over(line: String, query: &str, env: &Env<'_>, done: impl FnOnce(Query) -> Reply) -> Reply {
    parsed(line, query, env).map_or_else(|reply| reply, done)
}

/// As [`over`], for what changes the articles that are found.
fn over_found(
    line: String,
    query: &str,
    env: &Env<'_>,
    done: impl FnOnce(Query) -> Reply,
) -> Reply {
    over(line, query, env, |query| {
        sample_is_fixed(env).unwrap_or_else(|| done(query))
    })
}

/// Scraps all matching articles.
pub(super) fn scrap(words: &str, env: &Env<'_>) -> Reply {
    over_found(format!("scrap {words}"), words, env, |query| {
        Reply::none().change(
            Change::ScrapAll(Filter::default(), Some(query), None),
            PendingChange::Other,
        )
    })
}

/// Scraps all matching articles under a label.
pub(super) fn tag(words: &str, env: &Env<'_>) -> Reply {
    let (label, query) = name_and_query(words);
    let label = Clean::line(label);
    over_found(format!("tag {words}"), query, env, |query| {
        Reply::none().change(
            Change::ScrapAll(Filter::default(), Some(query), Some(label)),
            PendingChange::Other,
        )
    })
}

/// Hides all matching articles.
pub(super) fn mute(words: &str, env: &Env<'_>) -> Reply {
    over(format!("mute {words}"), words, env, |query| {
        Reply::none().change(
            Change::Mute(Clean::line(words), query),
            PendingChange::Other,
        )
    })
}

/// Saves the query under a name in the sources pane.
pub(super) fn save(words: &str, env: &Env<'_>) -> Reply {
    let (name, query) = name_and_query(words);
    let name = Clean::line(name);
    over(format!("save {words}"), query, env, |_| {
        Reply::none()
            .say(env.fill("notice.saved", &[("name", &name)]))
            .intent(Intent::Undoable(Undo::Saved(name.clone())))
            .change(
                Change::SaveSearch(name.clone(), Clean::line(query)),
                PendingChange::Other,
            )
    })
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
