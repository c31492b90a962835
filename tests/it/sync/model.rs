//! Two readers and a server: random acts on all three, in random order, with requests that are lost
//! before or after they were done and syncs that are cut off. In the end all three are equal in
//! stars, read marks, labels, subscriptions and folders, and nothing is left to send.
//!
//! `GISA_SYNC_RUNS` sets the number of runs; few by default, a thousand for a report.

use std::collections::BTreeMap;

use gisa::news::{Clean, Feed};

use super::reader::Reader;
use crate::support::sync_server::{Fault, Kind, SyncServer};

/// Runs of an ordinary test, for each kind of server.
const USUAL: u64 = 15;

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides.max(1)
    }
}

const FOLDERS: [&str; 3] = ["물", "땅", "하늘"];
const LABELS: [&str; 3] = ["경제", "두 낱말", "R&D"];

fn feed_url(n: u64) -> String {
    format!("https://f{n}.example/rss")
}

/// Read, starred, and labels of an article by its address; folder of a feed by its address.
type State = (
    BTreeMap<String, (bool, bool, Vec<String>)>,
    BTreeMap<String, String>,
);

fn of_server(server: &SyncServer, kind: Kind) -> State {
    let world = server.world();
    let articles = world.entries.values().map(|entry| {
        let labels = match kind {
            Kind::Miniflux => Vec::new(),
            Kind::FreshRss => entry.labels.iter().cloned().collect(),
        };
        (entry.url.clone(), (entry.read, entry.star, labels))
    });
    let feeds = world.feeds.iter();
    let feeds = feeds.map(|feed| (feed.url.clone(), feed.folder.clone()));
    (articles.collect(), feeds.collect())
}

/// What a reader shows of the articles that the server has, and its subscriptions.
fn of_reader(reader: &Reader, server: &SyncServer, kind: Kind) -> State {
    let store = reader.store();
    let world = server.world();
    let mut articles = BTreeMap::new();
    for agreed in store.agreed_states().unwrap() {
        let Some(entry) = world.entries.get(&agreed.remote) else {
            continue;
        };
        let id = agreed.article.unwrap();
        let shown = store.article_row(id).unwrap().unwrap();
        let mut labels: Vec<String> = agreed.tags.iter().map(ToString::to_string).collect();
        if let Some(scrap) = store.scrap(id).unwrap()
            && kind == Kind::FreshRss
        {
            labels = scrap.tags.iter().map(ToString::to_string).collect();
            labels.sort();
        } else {
            // What is starred is a scrap; the other way round a scrap may have outlived its star.
            assert!(!agreed.star || kind == Kind::Miniflux || shown.scrapped);
        }
        if kind == Kind::Miniflux {
            labels.clear();
        }
        articles.insert(entry.url.clone(), (shown.read, agreed.star, labels));
    }
    let feeds = store.feeds().unwrap().into_iter().map(|row| {
        let folder = row.feed.folder.unwrap_or_default();
        (row.feed.url.to_string(), folder.to_string())
    });
    (articles, feeds.collect())
}

fn act_on_server(server: &SyncServer, dice: &mut Dice) {
    let mut world = server.world();
    let ids: Vec<i64> = world.entries.keys().copied().collect();
    let feeds: Vec<i64> = world.feeds.iter().map(|feed| feed.id).collect();
    if feeds.is_empty() || dice.roll(12) == 0 {
        let n = dice.roll(5);
        if !world.feeds.iter().any(|feed| feed.url == feed_url(n)) {
            world.add_feed(
                &feed_url(n),
                &format!("{n}번 신문"),
                FOLDERS[dice.roll(3) as usize],
            );
        }
        return;
    }
    let feed = feeds[dice.roll(feeds.len() as u64) as usize];
    let choice = dice.roll(8);
    if ids.is_empty() || choice == 0 {
        let published = 1_700_000_000 + i64::try_from(dice.roll(90_000_000)).unwrap();
        let id = world.add_entry(feed, "", "", published);
        world.change(id, |entry| {
            entry.url = format!("https://a.example/{id}");
            entry.title = format!("{id}번 소식");
        });
        return;
    }
    let id = ids[dice.roll(ids.len() as u64) as usize];
    let set = dice.roll(2) == 0;
    let label = LABELS[dice.roll(3) as usize].to_owned();
    match choice {
        1 if dice.roll(3) == 0 => {
            world.feeds.retain(|f| f.id != feed);
            world.entries.retain(|_, entry| entry.feed != feed);
        }
        1 | 2 => {
            world.move_feed(feed, FOLDERS[dice.roll(3) as usize]);
        }
        3 | 4 => world.change(id, |entry| entry.star = set),
        5 => world.change(id, |entry| {
            if set {
                entry.labels.insert(label);
            } else {
                entry.labels.remove(&label);
            }
        }),
        _ => world.change(id, |entry| entry.read = set),
    }
}

fn act_on_reader(reader: &Reader, server: &SyncServer, dice: &mut Dice) {
    let urls: Vec<String> = {
        let world = server.world();
        world
            .entries
            .values()
            .map(|entry| entry.url.clone())
            .collect()
    };
    let store = reader.store();
    let feeds = store.feeds().unwrap();
    let choice = dice.roll(10);
    if choice == 0 {
        let feed = Feed {
            url: Clean::line(&feed_url(dice.roll(5))),
            title: Clean::line("새 구독"),
            folder: Some(Clean::line(FOLDERS[dice.roll(3) as usize])),
            ..Feed::default()
        };
        store.feed_add(&feed).unwrap();
    } else if choice == 1 && !feeds.is_empty() {
        let feed = &feeds[dice.roll(feeds.len() as u64) as usize];
        store.feed_remove(feed.id, jiff::Timestamp::now()).unwrap();
        if dice.roll(2) == 0 {
            store.feed_restore(feed.id).unwrap();
        }
    } else if !urls.is_empty() {
        let url = urls[dice.roll(urls.len() as u64) as usize].as_str();
        match choice {
            2 | 3 => reader.scrap(&[url]),
            4 => reader.unscrap(url),
            5 => {
                let many = dice.roll(3) as usize;
                reader.tag(url, &LABELS[..many]);
            }
            _ => reader.mark(&[url], dice.roll(2) == 0),
        }
    }
}

fn run(kind: Kind, seed: u64) {
    let mut dice = Dice(seed);
    let server = SyncServer::start(kind);
    {
        let mut world = server.world();
        FOLDERS.iter().for_each(|folder| {
            let n = dice.roll(5);
            if !world.feeds.iter().any(|feed| feed.url == feed_url(n)) {
                world.add_feed(&feed_url(n), &format!("{n}번 신문"), folder);
            }
        });
    }
    for _ in 0..12 {
        act_on_server(&server, &mut dice);
    }
    let readers = [Reader::new(&server), Reader::new(&server)];
    for _ in 0..30 {
        let which = dice.roll(5) as usize;
        match which {
            0 | 1 => act_on_reader(&readers[which], &server, &mut dice),
            2 => act_on_server(&server, &mut dice),
            _ => {
                let faults = (0..12).map(|_| match dice.roll(20) {
                    0 => Some(Fault::Before),
                    1 => Some(Fault::After),
                    2 => Some(Fault::Error),
                    _ => None,
                });
                let faults = faults.collect();
                server.world().faults = faults;
                let _ = readers[which - 3].sync();
                server.world().faults.clear();
            }
        }
    }
    for reader in readers.iter().cycle().take(6) {
        let report = reader.sync().unwrap();
        assert_eq!(report.refused, Vec::<Clean>::new(), "{kind:?} {seed}");
    }
    let expected = of_server(&server, kind);
    for reader in &readers {
        assert_eq!(
            of_reader(reader, &server, kind),
            expected,
            "{kind:?} {seed}"
        );
        assert_eq!(reader.store().wishes().unwrap(), [], "{kind:?} {seed}");
    }
}

fn runs() -> u64 {
    let set = std::env::var("GISA_SYNC_RUNS");
    set.ok().and_then(|n| n.parse().ok()).unwrap_or(USUAL)
}

#[test]
fn two_readers_and_a_miniflux_are_equal_in_the_end() {
    (0..runs()).for_each(|seed| run(Kind::Miniflux, seed));
}

#[test]
fn two_readers_and_a_google_reader_are_equal_in_the_end() {
    (0..runs()).for_each(|seed| run(Kind::FreshRss, seed));
}
