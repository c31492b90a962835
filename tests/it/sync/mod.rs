//! Keeping in step with a server, by the command line and against doubles of the servers.
//!
//! * `folder` – two real programs on one folder, killed while they exchange
//! * `keys`   – in the reader, beside refreshes
//! * `reader` – a library with an account, in this process
//! * `model` – two readers and a server, random acts, faults in between
//! * `kills` – the real program killed while it syncs
//! * `shapes` – the doubles held to recorded answers
//! * `real` – a real Miniflux and a real FreshRSS, where the environment names them

mod folder;
mod keys;
mod kills;
mod model;
mod reader;
mod real;
mod shapes;

use crate::support::sandbox::Sandbox;
use crate::support::server::{Reply, Server};
use crate::support::sync_server::{Fault, Kind, NAME, PASSWORD, SyncServer};

const KINDS: [Kind; 2] = [Kind::Miniflux, Kind::FreshRss];

/// A server with two feeds and five articles.
fn stocked(kind: Kind) -> (SyncServer, Vec<i64>) {
    let server = SyncServer::start(kind);
    let mut ids = Vec::new();
    let now = jiff::Timestamp::now().as_second();
    let mut world = server.world();
    let river = world.add_feed("https://river.example/rss", "강", "물");
    let hill = world.add_feed("https://hill.example/rss", "언덕", "땅");
    for n in 0..5_i64 {
        let (feed, host) = if n < 3 {
            (river, "river")
        } else {
            (hill, "hill")
        };
        let url = format!("https://{host}.example/{n}");
        // The last one came late: it is older than what is brought by date.
        let age = if n == 4 { 400 * 24 * 3600 } else { n * 600 };
        ids.push(world.add_entry(feed, &url, &format!("{n}번 소식"), now - age));
    }
    drop(world);
    (server, ids)
}

fn logged_in(server: &SyncServer) -> Sandbox {
    let sandbox = Sandbox::new();
    let url = server.url();
    let args = ["sync", "login", &url, "--name", NAME, "--lang", "en"];
    let login = sandbox.run_with(&args, format!("{PASSWORD}\n").as_bytes());
    assert!(
        login.ok().starts_with("Logged in to 127.0.0.1"),
        "{}",
        login.out
    );
    sandbox
}

fn titles(sandbox: &Sandbox, query: &[&str]) -> Vec<String> {
    let args: Vec<&str> = ["list", "--json"].iter().chain(query).copied().collect();
    let ran = sandbox.run(&args);
    let mut titles: Vec<String> = ran
        .ok()
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|row| row["title"].as_str().unwrap().to_owned())
        .collect();
    titles.sort();
    titles
}

#[test]
fn what_is_there_comes_here_and_what_is_done_here_goes_there() {
    for kind in KINDS {
        let (server, ids) = stocked(kind);
        server.world().change(ids[1], |entry| entry.star = true);
        let sandbox = logged_in(&server);
        let first = sandbox.run(&["sync", "--json"]).json();
        assert_eq!(
            (&first["new"], &first["feeds_new"]),
            (&5.into(), &2.into()),
            "{kind:?}"
        );
        assert_eq!(titles(&sandbox, &["unread"]).len(), 5);
        let feeds = sandbox.run(&["feeds", "--json"]);
        assert!(feeds.ok().contains("\"folder\":\"물\""), "{}", feeds.out);
        assert!(sandbox.run(&["scraps", "--json"]).ok().contains("1번 소식"));
        // Here: two read, a scrap with a label, a feed ended, without any server in reach.
        let offline = ["--offline", "mark", "read", "소식"];
        sandbox.run(&offline).ok();
        sandbox.run(&["--offline", "mark", "unread", "1번"]).ok();
        sandbox
            .run(&["--offline", "mark", "scrapped", "0번", "--tag", "물 살"])
            .ok();
        sandbox.run(&["remove", "https://hill.example/rss"]).ok();
        assert!(server.requests().iter().all(|r| !r.starts_with("PUT")));
        let second = sandbox.run(&["sync", "--json"]).json();
        assert_eq!(
            (&second["left"], &second["refused"]),
            (&0.into(), &serde_json::json!([]))
        );
        let world = server.world();
        let state: Vec<(bool, bool)> = ids[..3]
            .iter()
            .map(|id| (world.entries[id].read, world.entries[id].star))
            .collect();
        assert_eq!(
            state,
            [(true, true), (false, true), (true, false)],
            "{kind:?}"
        );
        assert_eq!(world.feeds.len(), 1);
        let labels = world.entries[&ids[0]].labels.len();
        assert_eq!(labels, usize::from(kind == Kind::FreshRss));
    }
}

#[test]
fn rules_act_on_what_a_server_brings_and_the_server_hears_of_it() {
    for kind in KINDS {
        let (server, ids) = stocked(kind);
        let sandbox = logged_in(&server);
        sandbox.file(
            "config.toml",
            "[[rules]]\nwhen = \"1번\"\ndo = [\"mark-read\"]\n",
        );
        assert_eq!(sandbox.run(&["sync"]).code, 0);
        assert_eq!(titles(&sandbox, &["read"]), ["1번 소식"], "{kind:?}");
        assert_eq!(sandbox.run(&["sync"]).code, 0);
        assert!(server.world().entries[&ids[1]].read, "{kind:?}");
    }
}

#[test]
fn what_is_done_elsewhere_comes_and_a_quiet_sync_asks_little() {
    for kind in KINDS {
        let (server, ids) = stocked(kind);
        let sandbox = logged_in(&server);
        sandbox.run(&["sync"]).ok();
        {
            let mut world = server.world();
            world.change(ids[0], |entry| entry.read = true);
            world.change(ids[1], |entry| entry.star = true);
            let feed = world.feeds[0].id;
            world.add_entry(
                feed,
                "https://river.example/late",
                "늦은 소식",
                1_600_000_000,
            );
            let hill = world.feeds[1].id;
            world.move_feed(hill, "물");
        }
        let told = sandbox.run(&["sync", "--json"]).json();
        assert_eq!(
            (&told["new"], &told["marks"]),
            (&1.into(), &2.into()),
            "{kind:?}"
        );
        assert_eq!(titles(&sandbox, &["unread"]).len(), 5);
        assert!(titles(&sandbox, &[]).contains(&"늦은 소식".to_owned()));
        // The star goes, and the scrap stays.
        server.world().change(ids[1], |entry| entry.star = false);
        sandbox.run(&["sync"]).ok();
        assert!(sandbox.run(&["scraps", "--json"]).ok().contains("1번 소식"));
        server.requests();
        sandbox.run(&["sync"]).ok();
        let quiet = server.requests();
        assert!(quiet.len() <= 4, "{kind:?} {quiet:?}");
        assert!(quiet.iter().all(|request| request.starts_with("GET")));
        // Ended elsewhere.
        {
            let mut world = server.world();
            let gone = world.feeds[1].id;
            world.feeds.retain(|feed| feed.id != gone);
            world.entries.retain(|_, entry| entry.feed != gone);
        }
        sandbox.run(&["sync"]).ok();
        let feeds = sandbox.run(&["feeds", "--json"]);
        assert_eq!(feeds.ok().lines().count(), 1);
    }
}

#[test]
fn what_is_done_to_articles_that_the_server_lost_holds_nothing_up() {
    for kind in KINDS {
        let (server, ids) = stocked(kind);
        let sandbox = logged_in(&server);
        sandbox.run(&["sync"]).ok();
        sandbox.run(&["mark", "read", "0번"]).ok();
        sandbox.run(&["mark", "scrapped", "1번"]).ok();
        server.world().entries.remove(&ids[0]);
        server.world().entries.remove(&ids[1]);
        let told = sandbox.run(&["sync", "--json"]).json();
        assert_eq!(told["left"], 0, "{kind:?}");
        // Beside one that is there.
        sandbox.run(&["mark", "read", "2번"]).ok();
        sandbox.run(&["sync"]).ok();
        assert!(server.world().entries[&ids[2]].read);
    }
}

#[test]
fn headlines_are_those_of_the_feed_whichever_way_they_come() {
    for kind in KINDS {
        let (server, _) = stocked(kind);
        {
            let mut world = server.world();
            let feed = world.feeds[0].id;
            let now = jiff::Timestamp::now().as_second();
            world.add_entry(
                feed,
                "https://river.example/a",
                "R&D 투자 <속보> 1 < 2",
                now,
            );
        }
        let sandbox = logged_in(&server);
        sandbox.run(&["sync"]).ok();
        let all = titles(&sandbox, &["투자"]);
        assert_eq!(all, ["R&D 투자 <속보> 1 < 2"], "{kind:?}");
    }
}

#[test]
fn local_feeds_stay_and_new_ones_are_made_there() {
    for kind in KINDS {
        let (server, _) = stocked(kind);
        let rss = "<rss version=\"2.0\"><channel><title>골짜기</title><item><title>골짜기 소식</title><link>http://x.example/1</link></item></channel></rss>";
        let xml = || Reply::Body(200, "text/xml", rss.as_bytes().to_vec());
        let web = Server::start([("/old", xml()), ("/new", xml()), ("/bad", xml())]);
        let sandbox = Sandbox::new();
        sandbox.run(&["add", &web.url("/old")]).ok();
        let url = server.url();
        let args = ["sync", "login", &url, "--name", NAME];
        sandbox.run_with(&args, PASSWORD.as_bytes()).ok();
        sandbox.run(&["sync"]).ok();
        server.world().refused.insert(web.url("/bad"));
        sandbox.run(&["add", &web.url("/new")]).ok();
        sandbox.run(&["add", &web.url("/bad")]).ok();
        let synced = sandbox.run(&["sync", "--lang", "en"]);
        assert_eq!(synced.code, 0);
        assert!(
            synced.err.contains("refuses this subscription"),
            "{}",
            synced.err
        );
        let there: Vec<String> = server.world().feeds.iter().map(|f| f.url.clone()).collect();
        assert_eq!(there[2..], [web.url("/new")], "{kind:?}");
        // The refused one is still wished for, and fetched from here like the old one.
        let status = sandbox.run(&["sync", "status", "--json"]).json();
        assert_eq!(
            (&status["pending"], &status["feeds"]),
            (&1.into(), &3.into())
        );
        let due = sandbox.run(&["refresh", "--all", "--json"]);
        assert!(due.out.contains("\"feeds\":2"), "{}{}", due.out, due.err);
        // After the logout everything is fetched from here again.
        sandbox.run(&["sync", "logout"]).ok();
        assert_eq!(sandbox.run(&["feeds", "--json"]).ok().lines().count(), 5);
        assert!(!sandbox.path("data/sync.json").exists());
        let off = sandbox.run(&["sync", "--lang", "en"]);
        assert!(
            off.sentence(1).starts_with("There is no server"),
            "{}",
            off.err
        );
    }
}

#[test]
fn of_two_acts_the_later_one_wins_where_the_server_has_a_clock() {
    for kind in KINDS {
        for here_last in [true, false] {
            let (server, ids) = stocked(kind);
            let reader = reader::Reader::new(&server);
            server.world().change(ids[0], |entry| entry.read = true);
            reader.sync().unwrap();
            let url = ["https://river.example/0"];
            let rest = || std::thread::sleep(std::time::Duration::from_millis(20));
            // Marked as unread elsewhere, and taken back and done again here.
            let there = || server.world().change(ids[0], |entry| entry.read = false);
            let here = || {
                reader.mark(&url, false);
                reader.mark(&url, true);
            };
            if here_last {
                there();
                rest();
                here();
            } else {
                here();
                rest();
                there();
            }
            reader.sync().unwrap();
            let id = gisa::news::ArticleId::of_url(url[0]);
            let shown = reader.store().article_row(id).unwrap().unwrap().read;
            // Google Reader's API tells no time of an act: there the wish wins.
            let expected = here_last || kind == Kind::FreshRss;
            let there = server.world().entries[&ids[0]].read;
            assert_eq!((shown, there), (expected, expected), "{kind:?} {here_last}");
        }
    }
}

#[test]
fn what_looks_like_nothing_is_asked_twice_or_not_believed() {
    let (server, _) = stocked(Kind::FreshRss);
    let sandbox = logged_in(&server);
    sandbox.run(&["sync"]).ok();
    // `[]` is no empty set.
    server.world().instead.push(("stream/items/ids", 200, "[]"));
    let failed = sandbox.run(&["sync", "--lang", "en"]);
    assert!(
        failed.sentence(1).contains("doesn't offer"),
        "{}",
        failed.err
    );
    assert_eq!(titles(&sandbox, &["unread"]).len(), 5);
    // Said once, nothing unread is not believed.
    server
        .world()
        .instead
        .push(("stream/items/ids", 200, "{\"itemRefs\":[]}"));
    sandbox.run(&["sync"]).ok();
    assert_eq!(titles(&sandbox, &["unread"]).len(), 5);
    for kind in KINDS {
        let (server, _) = stocked(kind);
        let sandbox = logged_in(&server);
        sandbox.run(&["sync"]).ok();
        let (path, none) = match kind {
            Kind::Miniflux => ("/v1/feeds", "[]"),
            Kind::FreshRss => ("subscription/list", "{\"subscriptions\":[]}"),
        };
        server.world().instead.push((path, 200, none));
        sandbox.run(&["sync"]).ok();
        assert_eq!(
            sandbox.run(&["feeds", "--json"]).ok().lines().count(),
            2,
            "{kind:?}"
        );
    }
}

#[test]
fn a_lost_answer_neither_doubles_nor_loses_a_change() {
    for kind in KINDS {
        for fault in [Fault::Before, Fault::After, Fault::Error] {
            // Each request of a sync in its turn.
            for at in 0..12 {
                let (server, ids) = stocked(kind);
                let reader = reader::Reader::new(&server);
                reader.sync().unwrap();
                reader.scrap(&["https://river.example/0", "https://river.example/1"]);
                reader.mark(&["https://river.example/2"], true);
                let mut faults = vec![None; at];
                faults.push(Some(fault));
                server.world().faults = faults;
                let _ = reader.sync();
                server.world().faults.clear();
                reader.sync().unwrap();
                let world = server.world();
                let state: Vec<(bool, bool)> = ids[..3]
                    .iter()
                    .map(|id| (world.entries[id].read, world.entries[id].star))
                    .collect();
                let wished = [(false, true), (false, true), (true, false)];
                assert_eq!(state, wished, "{kind:?} {fault:?} {at}");
                assert_eq!(reader.store().wish_count().unwrap(), 0);
            }
        }
    }
}

#[test]
fn the_password_goes_to_the_server_alone_and_lies_in_a_file_of_its_own() {
    for kind in KINDS {
        let (server, _) = stocked(kind);
        let sandbox = Sandbox::new();
        let url = server.url();
        let args = ["sync", "login", &url, "--name", NAME, "--lang", "en"];
        let wrong = sandbox.run_with(&args, b"wrong\n");
        assert!(
            wrong.sentence(1).contains("refused the name and password"),
            "{}",
            wrong.err
        );
        assert!(!sandbox.path("data/sync.json").exists());
        let sandbox = logged_in(&server);
        sandbox.run(&["sync"]).ok();
        let file = sandbox.path("data/sync.json");
        assert!(std::fs::read_to_string(&file).unwrap().contains(PASSWORD));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
        sandbox.run(&["backup", "all.backup"]).ok();
        sandbox.run(&["export", "out.opml", "--secrets"]).ok();
        sandbox.run(&["sync", "status"]).ok();
        let mut seen = 0;
        for found in walk(sandbox.path("").as_path()) {
            let bytes = std::fs::read(&found).unwrap();
            let has = |secret: &str| bytes.windows(secret.len()).any(|w| w == secret.as_bytes());
            if has(PASSWORD) || has("0123456789abcdef0123456789abcdef01234567") {
                assert_eq!(found, file);
                seen += 1;
            }
        }
        assert_eq!(seen, 1, "{kind:?}");
        assert!(
            !server
                .requests()
                .iter()
                .any(|request| request.contains("pass:word"))
        );
        // By a command, it lies nowhere.
        let sandbox = Sandbox::new();
        let command = format!("[sync]\npassword_command = [\"printf\", \"{PASSWORD}\"]\n");
        sandbox.file("config.toml", command);
        sandbox.run(&["sync", "login", &url, "--name", NAME]).ok();
        sandbox.run(&["sync"]).ok();
        let account = std::fs::read_to_string(sandbox.path("data/sync.json")).unwrap();
        assert!(
            !account.contains(PASSWORD) && !account.contains("token"),
            "{account}"
        );
    }
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        match path.is_dir() {
            true => found.extend(walk(&path)),
            false => found.push(path),
        }
    }
    found
}

#[test]
fn a_server_that_sends_on_gets_no_password_elsewhere() {
    let (other, _) = stocked(Kind::Miniflux);
    let to = other.url();
    let sends_on = Server::start_with([], |_| {
        let on = |path: &'static str| (path, Reply::Redirect(format!("{to}{path}")));
        vec![
            on("/v1/me"),
            on("/api/greader.php/accounts/ClientLogin"),
            on("/accounts/ClientLogin"),
        ]
    });
    let sandbox = Sandbox::new();
    let url = sends_on.url("");
    let args = ["sync", "login", &url, "--name", NAME, "--lang", "en"];
    let failed = sandbox.run_with(&args, PASSWORD.as_bytes());
    assert!(
        failed
            .sentence(1)
            .contains("where the name and password are not sent"),
        "{}",
        failed.err
    );
    assert_eq!(other.requests(), Vec::<String>::new());
}

#[test]
fn without_a_server_in_reach_a_sentence_says_so_and_nothing_is_lost() {
    let (server, _) = stocked(Kind::Miniflux);
    let sandbox = logged_in(&server);
    sandbox.run(&["sync"]).ok();
    drop(server);
    sandbox.run(&["mark", "read", "0번"]).ok();
    let failed = sandbox.run(&["sync", "--lang", "en"]);
    assert!(failed.sentence(1).contains("127.0.0.1"), "{}", failed.err);
    let status = sandbox.run(&["sync", "status", "--json"]).json();
    assert_eq!(status["pending"], 1);
    assert!(status["error"].is_string());
    assert_eq!(titles(&sandbox, &["unread"]).len(), 4);
    let offline = sandbox.run(&["sync", "--offline", "--lang", "en"]);
    assert_eq!(offline.code, 1);
}

#[test]
fn another_account_begins_anew() {
    let (first, _) = stocked(Kind::Miniflux);
    let sandbox = logged_in(&first);
    sandbox.run(&["sync"]).ok();
    sandbox.run(&["mark", "read", "0번"]).ok();
    let (second, ids) = stocked(Kind::FreshRss);
    let url = second.url();
    sandbox
        .run_with(
            &["sync", "login", &url, "--name", NAME],
            PASSWORD.as_bytes(),
        )
        .ok();
    let told = sandbox.run(&["sync", "--json"]).json();
    assert_eq!(told["new"], 0);
    // Read here before the two met.
    assert!(second.world().entries[&ids[0]].read);
}
