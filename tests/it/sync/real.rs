//! Against a real Miniflux and a real FreshRSS. `tests/servers/miniflux.sh` and `freshrss.sh` start
//! them, and print the variables that name them here: an address with name and password, and a
//! folder of feeds with the address under which the server sees it.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use gisa::news::{ArticleId, Clean, Feed, Filter, RowPage};

use super::reader::Reader;
use crate::support::skip;

/// A server that the environment names.
struct Real {
    address: String,
    name: String,
    password: String,
    /// Where feeds are written, and where the server sees them.
    feeds: (PathBuf, String),
}

fn real(variable: &str, script: &str) -> Option<Real> {
    let named = std::env::var(variable).ok();
    let feeds = std::env::var("GISA_TEST_FEEDS").ok();
    let (Some(named), Some(feeds)) = (named, feeds) else {
        skip::skip(&format!(
            "no server is named by {variable}; tests/servers/{script} starts one"
        ));
        return None;
    };
    let mut url = url::Url::parse(&named).unwrap();
    let (name, password) = (
        url.username().to_owned(),
        url.password().unwrap_or_default().to_owned(),
    );
    url.set_username("").unwrap();
    url.set_password(None).unwrap();
    let (folder, address) = feeds.split_once('=').unwrap();
    Some(Real {
        address: url.to_string(),
        name,
        password,
        feeds: (folder.into(), address.to_owned()),
    })
}

impl Real {
    /// Writes a feed of its own for a test, and returns its address.
    fn feed(&self, name: &str, articles: usize) -> String {
        let items: String = (0..articles)
            .map(|n| {
                let at = jiff::Timestamp::now() - jiff::SignedDuration::from_mins(n as i64);
                let at = at.strftime("%a, %d %b %Y %H:%M:%S +0000");
                format!(
                    "<item><title>{name} {n}번 소식</title><link>{}/{name}/{n}</link>\
                     <guid>{name}-{n}</guid><pubDate>{at}</pubDate>\
                     <description>{n}번째 글. 강물이 흐르고 사람들이 모였다.</description></item>",
                    self.feeds.1
                )
            })
            .collect();
        let whole = format!(
            "<rss version=\"2.0\"><channel><title>{name}</title><link>{}</link>\
             <description>x</description>{items}</channel></rss>",
            self.feeds.1
        );
        std::fs::write(self.feeds.0.join(format!("{name}.xml")), whole).unwrap();
        format!("{}/{name}.xml", self.feeds.1)
    }

    fn reader(&self) -> Reader {
        Reader::at(&self.address, &self.name, &self.password)
    }
}

/// Syncs until `done`, for what the server does in the background.
fn synced_until(reader: &Reader, done: impl Fn() -> bool) {
    let begun = Instant::now();
    loop {
        let report = reader.sync().unwrap();
        assert!(report.refused.is_empty(), "{report:?}");
        if done() {
            return;
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{report:?}");
        std::thread::sleep(Duration::from_millis(300));
    }
}

/// Two readers on one server: what one does, the other sees.
fn two_readers(real: &Real, carries_labels: bool) {
    let name = format!("gisa{}", std::process::id());
    let address = real.feed(&name, 30);
    let url = |n: usize| format!("{}/{name}/{n}", real.feeds.1);
    let id = |n: usize| ArticleId::of_url(&url(n));
    let (one, other) = (real.reader(), real.reader());
    one.sync().unwrap();
    let feed = one.subscribe(&address, &name, "시험 칸");
    let count = |reader: &Reader| {
        let rows = reader
            .store()
            .articles(&Filter::default(), RowPage::at(0, 100_000));
        let of_feed = |title: &str| title.starts_with(&name);
        rows.unwrap()
            .iter()
            .filter(|row| of_feed(&row.title))
            .count()
    };
    synced_until(&one, || count(&one) == 30);
    synced_until(&other, || count(&other) == 30);
    let folder = |reader: &Reader| {
        let feeds = reader.store().feeds().unwrap();
        let found = feeds.into_iter().find(|row| *row.feed.url == *address);
        found
            .and_then(|row| row.feed.folder)
            .unwrap_or_default()
            .to_string()
    };
    assert_eq!(folder(&other), "시험 칸");
    // With the network cut in between, both do something.
    let read: Vec<String> = (0..20).map(url).collect();
    one.mark(&read.iter().map(String::as_str).collect::<Vec<_>>(), true);
    one.mark(&[&url(3)], false);
    one.scrap(&[&url(1), &url(2)]);
    one.tag(&url(2), &["두 낱말"]);
    other.mark(&[&url(25)], true);
    other.scrap(&[&url(25)]);
    for _ in 0..2 {
        one.sync().unwrap();
        other.sync().unwrap();
    }
    for reader in [&one, &other] {
        let store = reader.store();
        assert_eq!(store.wish_count().unwrap(), 0);
        for n in 0..30 {
            let row = store.article_row(id(n)).unwrap().unwrap();
            assert_eq!(row.read, n < 20 && n != 3 || n == 25, "{n}");
            assert_eq!(row.scrapped, [1, 2, 25].contains(&n), "{n}");
        }
        let labels = store.scrap(id(2)).unwrap().unwrap().tags;
        let carried = carries_labels || std::ptr::eq(reader, &one);
        assert_eq!(labels.len(), usize::from(carried));
    }
    // A star taken back, and a quiet sync.
    one.unscrap(&url(1));
    one.sync().unwrap();
    other.sync().unwrap();
    let star = |reader: &Reader| {
        let states = reader.store().agreed_states().unwrap();
        states
            .iter()
            .find(|state| state.article == Some(id(1)))
            .unwrap()
            .star
    };
    assert!(!star(&one) && !star(&other));
    assert!(other.store().scrap(id(1)).unwrap().is_some());
    let quiet = other.sync().unwrap();
    // One for each label, which a server that was used before may have more of.
    let states = other.store().agreed_states().unwrap();
    let labels: std::collections::BTreeSet<&str> = states
        .iter()
        .flat_map(|state| state.tags.iter().map(|tag| &**tag))
        .collect();
    let most = 4.max(3 + labels.len() as u64);
    assert!(quiet.requests <= most, "{quiet:?} {labels:?}");
    // A folder that was changed is seen all the same.
    let moved = Feed {
        folder: Some(Clean::line("다른 칸")),
        ..one.store().feed_named(feed).unwrap().unwrap()
    };
    one.store().feed_add(&moved).unwrap();
    one.sync().unwrap();
    other.sync().unwrap();
    assert_eq!(folder(&other), "다른 칸");
    one.store()
        .feed_remove(feed, jiff::Timestamp::now())
        .unwrap();
    one.sync().unwrap();
    other.sync().unwrap();
    assert_eq!(folder(&other), "");
}

#[test]
fn two_readers_keep_in_step_by_a_real_miniflux() {
    let Some(real) = real("GISA_TEST_MINIFLUX", "miniflux.sh") else {
        return;
    };
    two_readers(&real, false);
}

#[test]
fn two_readers_keep_in_step_by_a_real_fresh_rss() {
    let Some(real) = real("GISA_TEST_FRESHRSS", "freshrss.sh") else {
        return;
    };
    two_readers(&real, true);
}
