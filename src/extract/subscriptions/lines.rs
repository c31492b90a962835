//! Lists with a feed a line: newsboat's `urls`, newsraft's `feeds`, plain lists of addresses.
//!
//! newsboat: the address, then labels, `~title`, `!` before a label that hides. newsraft: the
//! address, then a title in quotes, `@ section` above those that belong to it, settings behind `<`
//! or in `{}`.

use super::newsboat_query;
use super::subscription_list::SubscriptionList;
use crate::news::{Clean, Feed};

/// More than one line without a feed or anything known in this many means that the text is no list.
const TOLERATED: usize = 2;

/// Reads a list; `None` where most of its lines are something else.
pub(super) fn read(text: &str) -> Option<SubscriptionList> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let lines = lines
        .into_iter()
        .filter(|l| !l.is_empty() && !l.starts_with('#'));
    let lines: Vec<(&str, Vec<LineWord>)> = lines.map(|line| (line, words(line))).collect();
    let is_newsraft = is_newsraft(&lines);
    let (mut list, mut section, mut strange) = (SubscriptionList::default(), None, 0_usize);
    for (line, words) in &lines {
        if let Some(name) = line.strip_prefix('@').filter(|_| is_newsraft) {
            let name = Clean::headline(name.split(['<', '{']).next().unwrap_or_default());
            section = Some(name).filter(|name| !name.is_blank() && &**name != "Global");
            continue;
        }
        let Some(first) = words.first() else { continue };
        if let Some(search) = first.text.strip_prefix("query:") {
            match newsboat_query::search(search) {
                Some(found) => list.searches.push(found),
                None => list.leave(&first.text),
            }
            continue;
        }
        if ["exec:", "filter:", "$("]
            .iter()
            .any(|start| first.text.starts_with(start))
        {
            list.leave(line);
            continue;
        }
        if !is_address(&first.text) {
            strange += 1;
            list.leave(line);
            continue;
        }
        let rest = words.get(1..).unwrap_or_default();
        match is_newsraft {
            true => newsraft(&mut list, &first.text, rest, section.as_ref()),
            false => newsboat(&mut list, &first.text, rest),
        }
    }
    (strange * TOLERATED <= lines.len()).then_some(list)
}

/// Whether a list is newsraft's: it has sections or commands of its form, or what stands behind the
/// addresses is one quoted title each, which newsboat marks by `~`.
fn is_newsraft(lines: &[(&str, Vec<LineWord>)]) -> bool {
    if lines
        .iter()
        .any(|(line, _)| line.starts_with('@') || line.starts_with("$("))
    {
        return true;
    }
    let is_newsboats = |word: &LineWord| {
        let marks = ["~", "!", "query:", "exec:", "filter:"];
        marks.iter().any(|mark| word.text.starts_with(mark))
    };
    let mut quoted = 0;
    for (_, words) in lines {
        match words.get(1..).unwrap_or_default() {
            [] => {}
            [title] if title.quoted && !is_newsboats(title) => quoted += 1,
            _ => return false,
        }
        if words.first().is_some_and(is_newsboats) {
            return false;
        }
    }
    quoted > 0
}

fn newsraft(list: &mut SubscriptionList, url: &str, rest: &[LineWord], section: Option<&Clean>) {
    let title = rest.first().filter(|word| word.quoted);
    let feed = Feed {
        title: Clean::headline(title.map_or("", |word| &word.text)),
        ..Feed::default()
    };
    list.add(url, feed, section.cloned().as_slice());
}

fn newsboat(list: &mut SubscriptionList, url: &str, rest: &[LineWord]) {
    let (titles, labels): (Vec<&LineWord>, Vec<&LineWord>) =
        rest.iter().partition(|word| word.text.starts_with('~'));
    // In a plain list, the words behind an address are its title.
    let is_title = titles.is_empty()
        && rest
            .iter()
            .any(|word| word.text.starts_with(['-', '–', '|']));
    let title = match (is_title, titles.first()) {
        (true, _) => rest
            .iter()
            .map(|word| &*word.text)
            .collect::<Vec<_>>()
            .join(" "),
        (false, Some(word)) => word.text.trim_start_matches('~').to_owned(),
        (false, None) => String::new(),
    };
    let labels = labels
        .iter()
        .map(|word| Clean::headline(word.text.trim_start_matches('!')));
    let folders: Vec<Clean> = labels
        .filter(|label| !is_title && !label.is_blank())
        .collect();
    let feed = Feed {
        title: Clean::headline(title.trim_start_matches(['-', '–', '|', ' '])),
        ..Feed::default()
    };
    list.add(url, feed, &folders);
}

fn is_address(text: &str) -> bool {
    let start = text
        .split_once(':')
        .map(|(scheme, rest)| (scheme, rest.starts_with("//")));
    match start {
        Some((scheme, true)) => {
            !scheme.is_empty()
                && scheme
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'+')
        }
        Some((scheme, false)) => scheme.eq_ignore_ascii_case("feed"),
        None => false,
    }
}

/// A word of a line.
struct LineWord {
    text: String,
    quoted: bool,
}

/// The words of a line; in quotation marks, blanks belong to a word and `\` takes the next letter
/// as it is.
fn words(line: &str) -> Vec<LineWord> {
    let mut words: Vec<LineWord> = Vec::new();
    let mut letters = line.chars().peekable();
    while let Some(c) = letters.next() {
        if c.is_whitespace() {
            continue;
        }
        let (mut text, quoted) = (String::new(), c == '"');
        if !quoted {
            text.push(c);
        }
        while let Some(c) = letters.next() {
            match c {
                '"' if quoted => break,
                '\\' if quoted => text.extend(letters.next()),
                c if !quoted && c.is_whitespace() => break,
                c => text.push(c),
            }
        }
        words.push(LineWord { text, quoted });
    }
    words
}
