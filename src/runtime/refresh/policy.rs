//! How gently servers are asked, by default and by the settings.

use std::sync::Arc;
use std::time::Duration;

use crate::config::FeedBook;
use crate::extract::Profiles;
use crate::runtime::fetch::source::Fetch;
use crate::runtime::net::{Access, Limits};

/// How many requests are made at once, how often, and of what size.
#[derive(Clone, Debug)]
pub struct FetchPolicy {
    /// Feeds being fetched at once, each by a thread that mostly waits for its server.
    pub fetchers: usize,
    /// Most feeds being fetched from one host at once.
    pub per_host: usize,
    /// Time between two requests to one host; a host on this machine is asked without pause.
    pub spacing: Duration,
    /// Time between two requests for one feed, unless the feed asks for a longer one.
    pub interval: Duration,
    /// Largest feed in bytes, after decompression.
    pub max_bytes: u64,
    /// Timeouts of a single request.
    pub limits: Limits,
    /// The proxy and the passwords of the settings.
    pub access: Access,
    /// Publishers' profiles: the user agents that their servers require, and how their pages are
    /// read.
    pub profiles: Arc<Profiles>,
    /// Settings of single subscriptions.
    pub feeds: FeedBook,
}

impl Default for FetchPolicy {
    fn default() -> Self {
        Self {
            fetchers: 100,
            per_host: 2,
            spacing: Duration::from_millis(200),
            interval: Duration::from_secs(30 * 60),
            max_bytes: 48 << 20,
            limits: Limits::default(),
            access: Access::default(),
            profiles: Arc::default(),
            feeds: FeedBook::default(),
        }
    }
}

impl FetchPolicy {
    /// The policy that the settings ask for.
    pub fn of(fetch: &Fetch) -> Self {
        let standard = Self::default();
        let feeds = fetch.feed_book();
        // No feed is requested more often than every five minutes, whatever the settings say.
        let every = Duration::from_secs(60 * u64::from(fetch.every.max(5)));
        let interval = if fetch.every == 0 {
            standard.interval
        } else {
            every
        };
        Self {
            limits: fetch.limits(),
            access: fetch.access.for_feeds(&feeds),
            feeds,
            max_bytes: standard.max_bytes.max(fetch.limit as u64),
            interval,
            profiles: fetch.profiles.clone(),
            ..standard
        }
    }

    /// Time between two requests for the feed at `url`, unless it asks for a longer one.
    pub fn interval_of(&self, url: &str) -> Duration {
        let own = self.feeds.of(url).and_then(|own| own.every);
        own.map_or(self.interval, |minutes| {
            Duration::from_secs(60 * u64::from(minutes))
        })
    }

    /// The user agent for the feed at `url`: that of its settings, else of its publisher's profile.
    pub fn user_agent_of(&self, url: &str) -> Option<&str> {
        let own = self.feeds.of(url).and_then(|own| own.user_agent.as_deref());
        own.or_else(|| self.profiles.user_agent_for(url))
    }
}
