//! The public suffix list: under which names anyone may register one, `co.kr` as well as
//! `github.io`.
//!
//! A sorted text that is searched where it stands: a line for each name, with the labels below it.
//! The crate psl has the same list as code, which made the program half a megabyte larger; tests
//! hold ours against it.

use std::cmp::Ordering;

use memchr::{memchr, memrchr};

const LIST: &str = include_str!("../../assets/words/public_suffixes.txt");

/// What the list says of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// It is a suffix.
    Suffix,
    /// Every name below it is a suffix.
    Above,
    /// It is none, although its parent is [`Rule::Above`].
    Exception,
    /// It only stands above a suffix.
    Path,
}

/// The domain that one owner registered, which `host` is or lies below; none where `host` is a
/// suffix itself. `host` has small letters, and those beyond ASCII in their `xn--` form.
pub(super) fn registered(host: &str) -> Option<&str> {
    // A name of the top level is a suffix, also where the list doesn't have it.
    let mut suffix = parent_end(host, host.len());
    let mut at = suffix;
    loop {
        let rule = rule(&host[at..]);
        match rule {
            Some(Rule::Suffix) => suffix = at,
            Some(Rule::Exception) => return Some(&host[at..]),
            Some(Rule::Above | Rule::Path) => {}
            None => break,
        }
        let Some(below) = at.checked_sub(1).map(|dot| parent_end(host, dot)) else {
            break;
        };
        at = below;
        if rule == Some(Rule::Above) {
            suffix = at;
        }
    }
    let dot = suffix.checked_sub(1)?;
    Some(&host[parent_end(host, dot)..])
}

/// Where the label that ends at `end` begins.
fn parent_end(host: &str, end: usize) -> usize {
    memrchr(b'.', &host.as_bytes()[..end]).map_or(0, |dot| dot + 1)
}

/// What the list says of `name`: the line of its parent is searched for, and the label in it.
fn rule(name: &str) -> Option<Rule> {
    let (label, parent) = name.split_once('.').unwrap_or((name, "."));
    let line = found(LIST, b'\n', parent, |line| {
        line.split_once(' ').map_or(line, |(parent, _)| parent)
    })?;
    let labels = line.get(parent.len() + 1..)?;
    let word = found(labels, b' ', label, |word| {
        word.trim_end_matches(['*', '!', '-'])
    })?;
    Some(match &word[label.len()..] {
        "" => Rule::Suffix,
        "*" => Rule::Above,
        "!" => Rule::Exception,
        _ => Rule::Path,
    })
}

/// The entry of a sorted text whose `key` is `wanted`. Each but the last ends with `end`.
fn found<'a>(text: &'a str, end: u8, wanted: &str, key: fn(&str) -> &str) -> Option<&'a str> {
    let bytes = text.as_bytes();
    let (mut from, mut until) = (0, bytes.len());
    while from < until {
        let middle = from + (until - from) / 2;
        let start = memrchr(end, &bytes[from..middle]).map_or(from, |at| from + at + 1);
        let stop = memchr(end, &bytes[middle..]).map_or(until, |at| middle + at);
        let entry = &text[start..stop];
        match key(entry).cmp(wanted) {
            Ordering::Less => from = stop + 1,
            Ordering::Greater => until = start,
            Ordering::Equal => return Some(entry),
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_says_what_the_standard_crate_says() {
        let lines = LIST.lines().filter(|line| !line.starts_with('#'));
        let names: Vec<_> = lines
            .filter_map(|line| line.split_once(' '))
            .flat_map(|(parent, labels)| labels.split(' ').map(move |label| (label, parent)))
            .map(|(label, parent)| (label.trim_end_matches(['*', '!', '-']), parent))
            .map(|(label, parent)| format!("{label}.{parent}"))
            .collect();
        assert!(names.len() > 10_000);
        for name in &names {
            let name = name.trim_end_matches('.');
            let (spelt, _) = idna::domain_to_unicode(name);
            let parent = name.split_once('.').map(|(_, parent)| parent);
            for below in ["", "a.", "b.a.", "c.b.a."] {
                let host = format!("{below}{spelt}");
                let theirs = psl::domain_str(&host).map(|d| idna::domain_to_ascii(d).unwrap());
                let host = format!("{below}{name}");
                // By the standard `x.y` is a suffix of `*.y` also where the list has `*.x.y`.
                let theirs = match parent.and_then(rule) {
                    Some(Rule::Above) if host == name && rule(name) == Some(Rule::Above) => None,
                    _ => theirs,
                };
                assert_eq!(registered(&host), theirs.as_deref(), "{host}");
            }
        }
    }

    #[test]
    fn names_that_are_not_listed_end_in_a_suffix_of_one_label() {
        for host in [
            "",
            "localhost",
            "a.localhost",
            "b.a.localhost",
            "한국",
            "a.한국",
        ] {
            assert_eq!(registered(host), psl::domain_str(host), "{host}");
        }
        for host in [
            ".kr", "a..kr", "..", "kr.", "#", " -", "co.kr ", "co.kr -", "\n",
        ] {
            assert!(registered(host).is_none_or(|d| host.ends_with(d)), "{host}");
        }
    }

    #[test]
    fn a_list_in_other_letters_is_read_as_addresses_have_it() {
        assert_eq!(registered("www.a.xn--55qx5d.cn"), Some("a.xn--55qx5d.cn"));
    }

    #[test]
    fn lines_and_their_labels_are_sorted() {
        let lines: Vec<_> = LIST.lines().filter_map(|l| l.split_once(' ')).collect();
        assert!(lines.iter().map(|(parent, _)| parent).is_sorted());
        for (parent, labels) in lines.into_iter().filter(|(parent, _)| *parent != "#") {
            let labels = labels
                .split(' ')
                .map(|l| l.trim_end_matches(['*', '!', '-']));
            assert!(labels.is_sorted(), "{parent}");
        }
    }
}
