//! sfeed's `sfeedrc`: a shell script with a line `feed "name" "address" "site" "charset"` for each
//! feed.

use super::subscription_list::SubscriptionList;
use crate::news::{Clean, Feed};

/// Whether a text has a line of such a script.
pub(super) fn is_sfeed(text: &str) -> bool {
    text.lines().any(|line| arguments(line).is_some())
}

pub(super) fn read(text: &str) -> SubscriptionList {
    let mut list = SubscriptionList::default();
    for arguments in text.lines().filter_map(arguments) {
        let mut arguments = arguments.into_iter();
        let (title, url) = (arguments.next(), arguments.next());
        let site = arguments.next().filter(|site| !site.trim().is_empty());
        let feed = Feed {
            title: Clean::headline(&title.unwrap_or_default()),
            site: site.map(|site| Clean::line(&site)),
            ..Feed::default()
        };
        list.add(&url.unwrap_or_default(), feed, &[]);
    }
    list
}

/// The arguments of a call of `feed`.
fn arguments(line: &str) -> Option<Vec<String>> {
    let rest = line.trim().strip_prefix("feed")?;
    let mut letters = rest.trim_start().chars();
    if !rest.starts_with([' ', '\t']) || !rest.trim_start().starts_with(['"', '\'']) {
        return None;
    }
    let mut arguments = Vec::new();
    while let Some(open) = letters.next() {
        match open {
            '"' | '\'' => {
                let mut text = String::new();
                loop {
                    match letters.next() {
                        None => break,
                        Some(c) if c == open => break,
                        Some('\\') if open == '"' => text.extend(letters.next()),
                        Some(c) => text.push(c),
                    }
                }
                arguments.push(text);
            }
            '#' | ';' => break,
            _ => {}
        }
    }
    (arguments.len() >= 2).then_some(arguments)
}
