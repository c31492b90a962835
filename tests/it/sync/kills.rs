//! The real program killed at random moments while it syncs: nothing is lost, nothing is done
//! twice, and the library is sound.
//!
//! `GISA_KILLS` sets the number of trials; few by default.

use std::process::Stdio;
use std::time::Duration;

use gisa::runtime::store::Store;

use super::{logged_in, titles};
use crate::support::sync_server::SyncServer;

const USUAL: u64 = 4;
const ARTICLES: usize = 150;

#[test]
fn a_sync_that_is_killed_anywhere_is_made_good_by_the_next() {
    let trials = std::env::var("GISA_KILLS");
    let trials = trials.ok().and_then(|n| n.parse().ok()).unwrap_or(USUAL);
    for trial in 0..trials {
        let kind = super::KINDS[usize::try_from(trial % 2).unwrap()];
        let server = SyncServer::start(kind);
        let ids: Vec<i64> = {
            let mut world = server.world();
            let feed = world.add_feed("https://river.example/rss", "강", "물");
            let add = |n: usize| {
                let url = format!("https://river.example/{n}");
                let at = 1_790_000_000 + i64::try_from(n).unwrap();
                world.add_entry(feed, &url, &format!("{n}번 소식"), at)
            };
            (0..ARTICLES).map(add).collect()
        };
        let sandbox = logged_in(&server);
        let killed_sync = |wait: u64| {
            let mut command = sandbox.command(&["sync"]);
            command.stdout(Stdio::null()).stderr(Stdio::null());
            let mut child = command.spawn().unwrap();
            std::thread::sleep(Duration::from_millis(wait));
            child.kill().unwrap();
            child.wait().unwrap();
        };
        // While it brings.
        killed_sync(30 + trial * 37 % 400);
        sandbox.run(&["sync"]).ok();
        assert_eq!(titles(&sandbox, &["unread"]).len(), ARTICLES);
        // While it sends, and brings at once.
        sandbox.run(&["mark", "read", "소식"]).ok();
        sandbox.run(&["mark", "scrapped", "1번"]).ok();
        server.world().change(ids[2], |entry| entry.star = true);
        killed_sync(10 + trial * 53 % 500);
        sandbox.run(&["mark", "unread", "3번"]).ok();
        killed_sync(10 + trial * 29 % 300);
        sandbox.run(&["sync"]).ok();
        let store = Store::open(&sandbox.path("data/library.db")).unwrap();
        assert_eq!(store.check().unwrap(), Vec::<String>::new());
        assert_eq!(store.wish_count().unwrap(), 0);
        let world = server.world();
        for (n, id) in ids.iter().enumerate() {
            let entry = &world.entries[id];
            let name = format!("{n}번");
            assert_eq!(entry.read, !name.contains("3번"), "{kind:?} {trial} {name}");
            assert_eq!(
                entry.star,
                name.contains("1번") || n == 2,
                "{kind:?} {trial} {name}"
            );
        }
    }
}
