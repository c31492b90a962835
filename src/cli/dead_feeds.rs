//! Which subscriptions no longer bring anything, why, and what to do about each.

use jiff::Timestamp;

use super::context::CommandContext;
use crate::app::popups::dead_feeds::{last_failure, reason};
use crate::config::Words;
use crate::news::address::feed_without_secrets;
use crate::news::{FeedDeath, FeedRow};

/// What is known of a dead feed.
pub(super) struct DeadFeed {
    /// How it is dead, as a word for scripts.
    pub(super) state: &'static str,
    /// For how many days; `None` where it never answered.
    pub(super) days: Option<i64>,
    /// For how long, and what the last failure was.
    pub(super) reason: String,
    /// What to do, with commands to copy.
    pub(super) advice: String,
}

impl DeadFeed {
    /// What to say of `feed`, whose address is shown as `url`; `None` while it is alive.
    pub(super) fn of(feed: &FeedRow, url: &str, context: &CommandContext) -> Option<Self> {
        let death = FeedDeath::of(feed, Timestamp::now())?;
        let words = &context.words;
        let site = feed.feed.site.as_deref().map(feed_without_secrets);
        let advice = match site.filter(|_| url.starts_with("http")) {
            Some(site) => words.fill("cli.dead-site", &[("site", &site), ("url", url)]),
            None if url.starts_with("http") => words.fill("cli.dead-remove", &[("url", url)]),
            // A program's output or a folder of the settings: nothing on the web to look for.
            None => words.get("cli.dead-own").to_owned(),
        };
        Some(Self {
            state: death.name(),
            days: death.days(),
            reason: reason(feed, death, words),
            advice,
        })
    }
}

/// The sentence of the last failure of a feed, or that it has had nothing new for long; `None`
/// where all is well with it.
pub(super) fn trouble(feed: &FeedRow, words: &Words) -> Option<String> {
    let frozen = || match FeedDeath::of(feed, Timestamp::now())? {
        death @ FeedDeath::Frozen(_) => Some(reason(feed, death, words)),
        FeedDeath::Unanswered(_) | FeedDeath::Never => None,
    };
    last_failure(feed, words).or_else(frozen)
}
