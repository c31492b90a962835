//! Which of the addresses that an article names may be handed to a browser or player: none that
//! leads further into the reader's network than the feed and the page that named it.

use super::source::Fetch;
use crate::app::{Cause, Failure};
use crate::news::{ArticleId, Clean};
use crate::runtime::store::Store;

/// Checks whether `url` may be handed to another program. `named_by` is the article that names it
/// and where that was read from; `None` where the reader chose the address.
///
/// # Errors
/// It leads further in than what named it, or the library can't be read.
pub fn check(
    url: &Clean,
    named_by: Option<&(ArticleId, Clean)>,
    fetch: &Fetch,
) -> Result<(), Failure> {
    let Some((article, origin)) = named_by else {
        return Ok(());
    };
    let feed = Store::open(&fetch.library)?.feed_of(*article)?;
    let from: Vec<&str> = feed.as_deref().into_iter().chain([&**origin]).collect();
    let net = fetch.net(&fetch.feed_book());
    if net.leads_inward(url, &from, fetch.offline) {
        let host = url::Url::parse(url).ok();
        let host = host.as_ref().and_then(url::Url::host_str);
        return Err(Failure::new(Cause::Forbidden, host.unwrap_or(url)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::news::{Article, Enclosure, Feed, FeedEntry};

    fn fetch(library: std::path::PathBuf, home_servers: bool) -> Fetch {
        let config = crate::config::Config::standard();
        Fetch {
            home_servers,
            access: crate::runtime::net::Access::default(),
            sync: config.sync.clone(),
            sources: Default::default(),
            rules: std::sync::Arc::new(config.rule_book()),
            folder_secret: Default::default(),
            offline: true,
            limit: 1 << 20,
            timeout: 5,
            profiles: Default::default(),
            library,
            retention: Default::default(),
            every: 0,
            downloads_mb: 0,
        }
    }

    /// Checks addresses that an article names whose feed is at `feed`.
    fn refused(feed: &str, page: &str, named: &[&str], home_servers: bool) -> Vec<Failure> {
        let dir = tempfile::tempdir().unwrap();
        let library = dir.path().join("library.db");
        let store = Store::open(&library).unwrap();
        let feed = Feed {
            url: Clean::line(feed),
            ..Feed::default()
        };
        let id = store.feed_add(&feed).unwrap();
        let article = Article {
            url: Some(Clean::line(page)),
            title: Clean::headline("첫 회"),
            enclosures: vec![Enclosure::default()],
            ..Article::default()
        };
        let named_by = (article.id(), article.origin());
        let entry = FeedEntry {
            guid: Clean::line(page),
            article,
            markup: None,
            published: None,
        };
        let now = jiff::Timestamp::now();
        store.put_entries(id, &[entry], now).unwrap();
        let fetch = fetch(library, home_servers);
        let of = |url: &&str| check(&Clean::line(url), Some(&named_by), &fetch).err();
        named.iter().filter_map(of).collect()
    }

    const INSIDE: [&str; 7] = [
        "http://127.0.0.1:8080/1.mp3",
        "http://192.168.0.1/reboot?now",
        "http://169.254.169.254/latest/meta-data/",
        "http://2130706433/1.mp3",
        "http://[::ffff:10.0.0.1]/1.mp4",
        "https://nas.local/1.mp3",
        "http://router/1.mp3",
    ];

    #[test]
    fn what_a_public_feed_names_is_not_handed_on_further_in() {
        let (feed, page) = ("https://93.184.215.14/rss", "https://93.184.215.14/1");
        let failures = refused(feed, page, &INSIDE, false);
        assert_eq!(failures.len(), INSIDE.len());
        assert!(failures.iter().all(|it| it.cause == Cause::Forbidden));
        assert_eq!(&*failures[0].subject, "127.0.0.1");
        let outside = [
            "https://93.184.215.14/1.mp3",
            "https://talk.example/item?id=7",
        ];
        assert_eq!(refused(feed, page, &outside, false), []);
        assert_eq!(refused(feed, page, &INSIDE, true), []);
    }

    #[test]
    fn a_feed_of_the_home_network_may_name_its_neighbours() {
        let (feed, page) = ("http://192.168.0.9/rss", "http://192.168.0.9/1");
        assert_eq!(
            refused(feed, page, &["http://192.168.0.9/1.mp3"], false),
            []
        );
        assert_eq!(
            refused(feed, page, &INSIDE[..1], false).len(),
            1,
            "this machine"
        );
        // The page is as public as the one that leads to it.
        let page = "https://93.184.215.14/1";
        assert_eq!(
            refused(feed, page, &["http://192.168.0.9/1.mp3"], false).len(),
            1
        );
    }

    #[test]
    fn what_the_reader_chose_is_not_checked() {
        let dir = tempfile::tempdir().unwrap();
        let fetch = fetch(dir.path().join("library.db"), false);
        assert_eq!(check(&Clean::line(INSIDE[0]), None, &fetch), Ok(()));
    }
}
