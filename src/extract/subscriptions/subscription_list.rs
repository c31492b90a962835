//! What a list of subscriptions holds.

use std::collections::HashMap;

use crate::news::address::{feed_without_secrets, has_hidden_secret, without_feed_scheme};
use crate::news::{Clean, Feed};

/// The most feeds that are read from one list.
const MOST_FEEDS: usize = 50_000;
/// The most lines that are reported as left out.
const MOST_LEFT: usize = 1_000;

/// Subscriptions from another reader.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SubscriptionList {
    /// The feeds, each once, in the order of the list.
    pub feeds: Vec<Feed>,
    /// Feeds that stand in further folders: their number in `feeds`, and the folder. A feed has one
    /// folder here: the first.
    pub elsewhere: Vec<(usize, Clean)>,
    /// Names and queries of saved searches, in our query language.
    pub searches: Vec<(Clean, Clean)>,
    /// Lines that can't be taken: commands whose output is a feed, searches that our query language
    /// can't say, addresses that are not of the web.
    pub left: Vec<Clean>,
    /// Addresses of which a secret was hidden when the list was written: `?token=…`.
    pub hidden: Vec<Clean>,
    /// Whether the file ends in the middle, so that feeds may be missing.
    pub is_cut: bool,
    places: HashMap<Clean, usize>,
}

impl SubscriptionList {
    /// Whether the list has nothing at all.
    pub fn is_empty(&self) -> bool {
        self.feeds.is_empty()
            && self.searches.is_empty()
            && self.left.is_empty()
            && self.hidden.is_empty()
    }

    /// Adds a feed with the folders that it stands in; one whose address is not of the web is left
    /// out.
    pub(crate) fn add(&mut self, url: &str, feed: Feed, folders: &[Clean]) {
        let url = Clean::line(&without_feed_scheme(url.trim()));
        let is_web = ["http://", "https://"].iter().any(|scheme| {
            let start = url.get(..scheme.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        if !is_web {
            return self.leave(&url);
        }
        if has_hidden_secret(&url) {
            if self.hidden.len() < MOST_LEFT && !self.hidden.contains(&url) {
                self.hidden.push(url);
            }
            return;
        }
        // One with a slash at the end and one without are the same feed, as in the sync.
        let key = Clean::line(url.strip_suffix('/').unwrap_or(&url));
        let place = match self.places.get(&key) {
            Some(place) => *place,
            None if self.feeds.len() >= MOST_FEEDS => return,
            None => {
                self.places.insert(key, self.feeds.len());
                let title = match feed.title.is_blank() {
                    true => Clean::line(&feed_without_secrets(&url)),
                    false => feed.title,
                };
                self.feeds.push(Feed { url, title, ..feed });
                self.feeds.len() - 1
            }
        };
        for folder in folders.iter().filter(|folder| !folder.is_blank()) {
            let Some(feed) = self.feeds.get_mut(place) else {
                return;
            };
            let held = feed.folder.get_or_insert_with(|| folder.clone());
            let further = (place, folder.clone());
            if held != folder && !self.elsewhere.contains(&further) {
                self.elsewhere.push(further);
            }
        }
    }

    /// Notes a line that can't be taken.
    pub(crate) fn leave(&mut self, line: &str) {
        let line = Clean::headline(&feed_without_secrets(line));
        if self.left.len() < MOST_LEFT && !line.is_blank() {
            self.left.push(line);
        }
    }
}
