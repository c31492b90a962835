//! What somebody may have meant by a name that is no file, no address and no subscription: a
//! subcommand, a publisher to subscribe to, a subscription.

use clap::CommandFactory as _;

use super::args::Cli;
use super::context::CommandContext;
use crate::app::{Cause, Failure};
use crate::extract::feed::opml::outlets;
use crate::runtime::start::open_store;

/// The subcommand that the first word of the command line may have been meant for, with the word:
/// it is no file and has none of the marks of an address or a path.
pub(super) fn mistyped_command(arguments: &[String]) -> Option<(String, String)> {
    let mut words = arguments.iter();
    let first = loop {
        let word = words.next()?;
        if matches!(word.as_str(), "--config" | "--data-dir" | "--lang") {
            words.next();
        } else if !word.starts_with('-') {
            break word;
        }
    };
    if !is_name(first) || std::path::Path::new(first).exists() {
        return None;
    }
    let command = Cli::command();
    let names: Vec<&str> = command
        .get_subcommands()
        .map(clap::Command::get_name)
        .collect();
    if names.contains(&first.as_str()) || first == "help" {
        return None;
    }
    nearest(first, names.into_iter()).map(|meant| (first.clone(), meant.to_owned()))
}

/// The command to type instead, where the subject of a failure is the name of a publisher or a
/// subscription.
pub(super) fn instead(failure: &Failure, context: &CommandContext) -> Option<(String, String)> {
    let name = &*failure.subject;
    if !matches!(
        failure.cause,
        Cause::NotFound | Cause::BadAddress | Cause::NotSubscribed | Cause::Unreachable
    ) || !is_name(name)
    {
        return None;
    }
    // A library is only looked into, never made for a mistyped name.
    let feeds = context
        .paths
        .library()
        .exists()
        .then(|| open_store(&context.paths).ok()?.feeds().ok())
        .flatten()
        .unwrap_or_default();
    let subscribed = nearest(name, feeds.iter().map(|f| &*f.feed.title));
    if let Some(row) = subscribed.and_then(|t| feeds.iter().find(|f| &*f.feed.title == t)) {
        return Some((row.feed.title.to_string(), row.feed.url.to_string()));
    }
    let known = outlets();
    let publisher = nearest(name, known.iter().map(|f| &*f.title))?;
    let feed = known.iter().find(|f| &*f.title == publisher)?;
    Some((feed.title.to_string(), format!("gisa add {}", feed.url)))
}

/// Whether a word can be a name: not a path, an address or standard input.
fn is_name(word: &str) -> bool {
    word.chars().any(char::is_alphabetic) && !word.contains(['/', '\\', '.', ':', '\n'])
}

/// The name that is nearest to `word`: the same but for case and blanks, or at most one mistake in
/// three letters away, or one that begins with it.
fn nearest<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let letters = |text: &str| -> Vec<char> {
        let lower = text.chars().flat_map(char::to_lowercase);
        lower.filter(|c| !c.is_whitespace()).take(40).collect()
    };
    let word = letters(word);
    if word.len() < 2 {
        return None;
    }
    let distance_to = |name: &'n str| {
        let name_letters = letters(name);
        let distance = if name_letters.starts_with(&word) {
            usize::from(name_letters.len() > word.len())
        } else {
            distance(&word, &name_letters)
        };
        (distance <= (word.len() + 1) / 3).then_some((distance, name))
    };
    names
        .filter_map(distance_to)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// How many letters must be added, left out, replaced, or exchanged with the next, to make `b` of
/// `a`.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let replaced = last[j] + usize::from(x != y);
            let mut least = replaced.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_meant() {
        let commands = [
            "read", "list", "refresh", "search", "scrap", "scraps", "man",
        ];
        for (typed, meant) in [
            ("lsit", Some("list")),
            ("refesh", Some("refresh")),
            ("serach", Some("search")),
            ("SCRAPS", Some("scraps")),
            ("뉴스", None),
            ("x", None),
            ("weather", None),
        ] {
            assert_eq!(nearest(typed, commands.into_iter()), meant, "{typed}");
        }
        let publishers = ["가람신문", "나루일보", "다온경제"];
        assert_eq!(
            nearest("가람 신뭄", publishers.into_iter()),
            Some("가람신문")
        );
        assert_eq!(nearest("나루", publishers.into_iter()), Some("나루일보"));
    }

    #[test]
    fn only_a_bare_word_is_a_mistyped_command() {
        let typed = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|w| (*w).to_owned()).collect();
            mistyped_command(&words).map(|(_, meant)| meant)
        };
        assert_eq!(typed(&["lsit", "--json"]).as_deref(), Some("list"));
        assert_eq!(
            typed(&["--lang", "en", "dotcor"]).as_deref(),
            Some("doctor")
        );
        for words in [
            &["list"][..],
            &["./lsit"],
            &["lsit.html"],
            &["--help"],
            &["-"],
            &[],
        ] {
            assert_eq!(typed(words), None, "{words:?}");
        }
    }
}
