//! Subscriptions that no longer bring anything: unanswered for a month, or without news for two.

use jiff::Timestamp;

use super::FeedRow;

/// Days without an answer after which a feed counts as dead.
const UNANSWERED: i64 = 30;
/// Failures in a row after which a feed that never answered counts as dead: the time between two
/// tries doubles, so that these take days.
const TRIES: u32 = 8;
/// Days without a new article after which a feed that still answers is reported.
const FROZEN: i64 = 60;

/// How a feed is dead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeedDeath {
    /// It has not answered for this many days.
    Unanswered(i64),
    /// It never answered.
    Never,
    /// It answers, and has had nothing new for this many days.
    Frozen(i64),
}

impl FeedDeath {
    /// How `feed` is dead; `None` while it is alive.
    pub fn of(feed: &FeedRow, now: Timestamp) -> Option<Self> {
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

    /// A word for scripts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unanswered(_) => "unanswered",
            Self::Never => "never-answered",
            Self::Frozen(_) => "nothing-new",
        }
    }

    /// For how many days; `None` where it never answered.
    pub fn days(self) -> Option<i64> {
        match self {
            Self::Unanswered(n) | Self::Frozen(n) => Some(n),
            Self::Never => None,
        }
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
            FeedDeath::of(&row, now)
        };
        assert_eq!(
            death(Some(31), 12, Some(40)),
            Some(FeedDeath::Unanswered(31))
        );
        assert_eq!(death(Some(7), 12, Some(90)), None, "a bad week");
        assert_eq!(death(None, 8, None), Some(FeedDeath::Never));
        assert_eq!(death(None, 2, None), None, "just subscribed");
        assert_eq!(death(Some(0), 0, Some(61)), Some(FeedDeath::Frozen(61)));
        assert_eq!(death(Some(40), 0, Some(1)), None, "not asked for a month");
        assert_eq!(death(Some(0), 0, None), None);
    }
}
