//! Which subscriptions no longer bring anything, why, and what to do about each.

use jiff::Timestamp;

use super::context::CommandContext;
use crate::app::Failure;
use crate::news::FeedRow;
use crate::news::address::feed_without_secrets;

/// Days without an answer after which a feed counts as dead.
const UNANSWERED: i64 = 30;
/// Failures in a row after which a feed that never answered counts as dead: the time between two
/// tries doubles, so that these take days.
const TRIES: u32 = 8;
/// Days without a new article after which a feed that still answers is reported.
const FROZEN: i64 = 60;

/// How a feed is dead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Death {
    /// It has not answered for this many days.
    Unanswered(i64),
    /// It never answered.
    Never,
    /// It answers, and has had nothing new for this many days.
    Frozen(i64),
}

impl Death {
    /// How `feed` is dead; `None` while it is alive.
    fn of(feed: &FeedRow, now: Timestamp) -> Option<Self> {
        let days = |since: Timestamp| now.duration_since(since).as_hours() / 24;
        let is_failing = feed.last_error.is_some();
        match feed.last_ok.map(days) {
            Some(n) if is_failing && n >= UNANSWERED => Some(Self::Unanswered(n)),
            None if is_failing && feed.failures >= TRIES => Some(Self::Never),
            _ if is_failing => None,
            _ => feed
                .newest
                .map(days)
                .filter(|n| *n >= FROZEN)
                .map(Self::Frozen),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Unanswered(_) => "unanswered",
            Self::Never => "never-answered",
            Self::Frozen(_) => "nothing-new",
        }
    }

    fn days(self) -> Option<i64> {
        match self {
            Self::Unanswered(n) | Self::Frozen(n) => Some(n),
            Self::Never => None,
        }
    }
}

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
        let death = Death::of(feed, Timestamp::now())?;
        let words = &context.words;
        let n = death.days().unwrap_or_default().to_string();
        let values = [("n", &*n)];
        let since = match death {
            Death::Unanswered(_) => words.fill("cli.dead-unanswered", &values),
            Death::Never => words.get("cli.dead-never").to_owned(),
            Death::Frozen(_) => words.fill("doctor.frozen", &values),
        };
        let reason = [Some(since), last_failure(feed, context)];
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
            reason: reason.into_iter().flatten().collect::<Vec<_>>().join(" "),
            advice,
        })
    }
}

/// The sentence of the last failure of a feed that does not come.
pub(super) fn last_failure(feed: &FeedRow, context: &CommandContext) -> Option<String> {
    let error = feed.last_error.as_ref()?;
    Some(match Failure::of_log(error, &feed.feed.title) {
        Ok(failure) => failure.sentence(&context.words),
        Err(words) => words.to_string(),
    })
}

/// The report on a feed that answers but has had nothing new for [`FROZEN`] days.
pub(super) fn frozen(feed: &FeedRow, context: &CommandContext) -> Option<String> {
    match Death::of(feed, Timestamp::now())? {
        Death::Frozen(n) => {
            let n = n.to_string();
            Some(context.words.fill("doctor.frozen", &[("n", &n)]))
        }
        Death::Unanswered(_) | Death::Never => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;
    use crate::news::{Clean, Feed, FeedId};

    #[test]
    fn a_month_of_silence_is_death_and_a_bad_week_is_not() {
        let now = Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * 1000);
        let ago = |days: i64| now - SignedDuration::from_hours(24 * days);
        let death = |ok: Option<i64>, failures: u32, newest: Option<i64>| {
            let row = FeedRow {
                id: FeedId(1),
                feed: Feed::default(),
                articles: 0,
                unread: 0,
                last_ok: ok.map(ago),
                last_error: (failures > 0).then(|| Clean::line("no-page")),
                failures,
                due: now,
                newest: newest.map(ago),
            };
            Death::of(&row, now)
        };
        assert_eq!(death(Some(31), 12, Some(40)), Some(Death::Unanswered(31)));
        assert_eq!(death(Some(7), 12, Some(90)), None, "a bad week");
        assert_eq!(death(None, 8, None), Some(Death::Never));
        assert_eq!(death(None, 2, None), None, "just subscribed");
        assert_eq!(death(Some(0), 0, Some(61)), Some(Death::Frozen(61)));
        assert_eq!(death(Some(40), 0, Some(1)), None, "not asked for a month");
        assert_eq!(death(Some(0), 0, None), None);
    }
}
