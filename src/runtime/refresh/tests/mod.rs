//! Whole refreshes: real servers on loopback, a real store.

use std::io::Write as _;
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};

use super::*;
use crate::news::{Clean, Feed, Filter, RowPage};
use crate::runtime::net::tests::server::{Asked, Server, reply, stall};

fn rss(items: &[(&str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(link, title)| {
            format!("<item><title>{title}</title><link>{link}</link><description>본문 {title}</description></item>")
        })
        .collect();
    format!(
        "<rss version=\"2.0\"><channel><title>새소식</title><link>https://a.kr/</link>{items}</channel></rss>"
    )
}

fn store_of(urls: &[String]) -> Store {
    let store = Store::in_memory().unwrap();
    for url in urls {
        store
            .feed_add(&Feed {
                url: Clean::line(url),
                ..Feed::default()
            })
            .unwrap();
    }
    store
}

/// Refreshes all, due or not; the events after the first.
fn run(store: &Store, cancel: &Cancel) -> (RefreshReport, Vec<RefreshEvent>) {
    let mut declared = Vec::new();
    let feeds = store.feeds_due(None).unwrap();
    let report = refresh(store, feeds, &FetchPolicy::default(), cancel, &mut |e| {
        declared.push(e);
    })
    .unwrap();
    assert_eq!(declared.pop(), Some(RefreshEvent::Finished(report)));
    assert_eq!(
        declared.remove(0),
        RefreshEvent::Started {
            feeds: report.feeds
        }
    );
    (report, declared)
}

fn error(declared: &[RefreshEvent]) -> RefreshError {
    match declared {
        [
            RefreshEvent::FeedDone {
                outcome: Err(error),
                ..
            },
        ] => error.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_second_refresh_asks_conditionally_and_brings_nothing() {
    let body = rss(&[("https://a.kr/1", "하나"), ("https://a.kr/2", "둘")]);
    let server = Server::start(move |asked, s| {
        if asked
            .headers
            .get("if-none-match")
            .is_some_and(|e| e == "\"v1\"")
        {
            reply(s, "304 Not Modified", &[], b"");
        } else {
            reply(s, "200 OK", &["ETag: \"v1\""], body.as_bytes());
        }
    });
    let store = store_of(&[server.url("/rss")]);
    let (first, _) = run(&store, &Cancel::new());
    assert_eq!((first.new, first.unchanged, first.failed), (2, 0, 0));
    let feed = &store.feeds().unwrap()[0];
    assert_eq!(
        (&*feed.feed.title, feed.articles, feed.unread),
        ("새소식", 2, 2)
    );
    assert_eq!(store.feeds_due(Some(Timestamp::now())).unwrap(), []);
    let (second, _) = run(&store, &Cancel::new());
    assert_eq!((second.new, second.unchanged), (0, 1));
    let rows = store
        .articles(&Filter::default(), RowPage::at(0, 9))
        .unwrap();
    assert_eq!(
        rows.iter().map(|r| &*r.title).collect::<Vec<_>>(),
        ["하나", "둘"]
    );
}

#[test]
fn a_feed_that_moved_for_good_is_asked_there_from_then_on() {
    let body = rss(&[("https://a.kr/1", "하나")]);
    let server = Server::start(move |asked, s| match &*asked.path {
        "/old" => reply(s, "301 Moved", &["Location: /new"], b""),
        _ => reply(s, "200 OK", &[], body.as_bytes()),
    });
    let store = store_of(&[server.url("/old")]);
    run(&store, &Cancel::new());
    run(&store, &Cancel::new());
    assert_eq!(
        server.asked().iter().map(|a| &*a.path).collect::<Vec<_>>(),
        ["/old", "/new", "/new"]
    );
}

#[test]
fn a_failing_feed_waits_longer_each_time_and_as_long_as_it_asks() {
    let server = Server::start(|_, s| reply(s, "503 Busy", &["Retry-After: 172800"], b""));
    let store = store_of(&[server.url("/rss")]);
    let before = Timestamp::now();
    let (report, declared) = run(&store, &Cancel::new());
    assert_eq!(report.failed, 1);
    assert!(matches!(
        error(&declared),
        RefreshError::Net(NetError::Status { status: 503, .. })
    ));
    let feed = &store.feeds().unwrap()[0];
    assert!(
        feed.due.as_second() >= before.as_second() + 172_800
            && feed.last_error.is_some()
            && feed.failures == 1
    );

    let server =
        Server::start(|_, s| reply(s, "200 OK", &["Content-Type: text/html"], b"<html><p>hello"));
    let store = store_of(&[server.url("/rss")]);
    let mut waits = Vec::new();
    for _ in 0..3 {
        let before = Timestamp::now();
        let (_, declared) = run(&store, &Cancel::new());
        assert!(matches!(error(&declared), RefreshError::NotAFeed(_)));
        waits.push((store.feeds().unwrap()[0].due.as_second() - before.as_second()) / 1700);
    }
    assert_eq!(waits, [1, 2, 4]);
}

#[test]
fn one_bad_feed_does_not_hold_up_the_others_and_a_host_is_not_pressed() {
    let running = Arc::new(AtomicUsize::new(0));
    let most = Arc::new(AtomicUsize::new(0));
    let servers: Vec<Server> = (2..12)
        .map(|i| {
            let (running, most) = (running.clone(), most.clone());
            let answer = move |asked: &Asked, s: &mut TcpStream| {
                if asked.path == "/3" {
                    return;
                }
                let now = running.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(if i == 2 { now } else { 0 }, Ordering::SeqCst);
                let link = format!("https://host{i}.kr{}", asked.path);
                reply(s, "200 OK", &[], rss(&[(&link, "기사")]).as_bytes());
                running.fetch_sub(1, Ordering::SeqCst);
            };
            Server::start_at(&format!("127.0.0.{i}"), answer)
        })
        .collect();
    let urls: Vec<String> = servers
        .iter()
        .flat_map(|s| (0..5).map(|n| s.url(&format!("/{n}"))))
        .collect();
    let store = store_of(&urls);
    let (report, declared) = run(&store, &Cancel::new());
    assert_eq!((report.feeds, report.new, report.failed), (50, 40, 10));
    let done: Vec<usize> = declared
        .iter()
        .map(|e| {
            if let RefreshEvent::FeedDone { done, .. } = e {
                *done
            } else {
                0
            }
        })
        .collect();
    assert_eq!(done, (1..=50).collect::<Vec<_>>());
}

#[test]
fn calling_it_off_frees_the_crew_from_silent_servers_and_counts_no_failure() {
    let (started, wait) = mpsc::channel();
    let started = Mutex::new(started);
    let server = Server::start(move |_, s| {
        let _ = started.lock().unwrap().send(());
        stall(s);
    });
    let store = store_of(&[server.url("/1"), server.url("/2"), server.url("/3")]);
    let cancel = Cancel::new();
    let raise = cancel.clone();
    let raiser = std::thread::spawn(move || {
        wait.recv().unwrap();
        raise.cancel();
    });
    let (report, declared) = run(&store, &cancel);
    raiser.join().unwrap();
    assert!(report.cancelled && declared.is_empty());
    assert_eq!((report.failed, store.feeds().unwrap()[0].failures), (0, 0));
}

#[test]
fn a_full_disk_ends_the_refresh_with_its_cause() {
    let items: Vec<(String, String)> = (0..800)
        .map(|i| {
            (
                format!("https://a.kr/{i}"),
                format!("{i} {}", "긴 글 ".repeat(400)),
            )
        })
        .collect();
    let items: Vec<(&str, &str)> = items.iter().map(|(l, t)| (&**l, &**t)).collect();
    let body = rss(&items);
    let server = Server::start(move |_, s| reply(s, "200 OK", &[], body.as_bytes()));
    let store = store_of(&[server.url("/1"), server.url("/2")]);
    store.limit_pages(60);
    let outcome = refresh(
        &store,
        store.feeds_due(None).unwrap(),
        &FetchPolicy::default(),
        &Cancel::new(),
        &mut |_| (),
    );
    assert!(matches!(outcome, Err(StoreError::Full)), "{outcome:?}");
    assert_eq!(store.counts().unwrap().articles, 0);
}

#[test]
fn pages_of_unread_articles_are_fetched_ahead_and_failures_left_for_later() {
    let html = |n: usize, next: &str| {
        let paragraph = |i: usize| {
            format!(
                "<p>국회는 오늘 본회의를 열어 {n}쪽의 {i}째 예산안을 처리했다고 20일 밝혔다.</p>"
            )
        };
        let body: String = (0..12).map(paragraph).collect();
        format!(
            "<html lang=ko><head><title>예산안 처리</title></head><body><article><h1>예산안 처리</h1>{body}</article>{next}</body></html>"
        )
    };
    let (first, second) = (
        html(1, "<a rel=next href='/1?page=2'>다음</a>"),
        html(2, ""),
    );
    let server = Server::start(move |asked, s| match &*asked.path {
        "/1" => reply(
            s,
            "200 OK",
            &["Content-Type: text/html; charset=utf-8"],
            first.as_bytes(),
        ),
        "/1?page=2" => reply(
            s,
            "200 OK",
            &["Content-Type: text/html; charset=utf-8"],
            second.as_bytes(),
        ),
        _ => reply(s, "404 Not Found", &[], b""),
    });
    let (one, two) = (server.url("/1"), server.url("/2"));
    let feed_server = Server::start(move |_, s| {
        reply(
            s,
            "200 OK",
            &[],
            rss(&[(&one, "예산안 처리"), (&two, "둘")]).as_bytes(),
        );
    });
    let store = store_of(&[feed_server.url("/rss")]);
    run(&store, &Cancel::new());
    let mut declared = Vec::new();
    let came = fetch_ahead(
        &store,
        10,
        &FetchPolicy::default(),
        &Cancel::new(),
        &mut |id| {
            declared.push(id);
        },
    )
    .unwrap();
    assert_eq!((came, declared.len()), (1, 1));
    let article = store.article(declared[0]).unwrap().unwrap();
    let text = article.text();
    assert!(
        text.contains("1쪽의 3째 예산안을") && text.contains("2쪽의 11째 예산안을"),
        "every page of it: {text}"
    );
    assert_eq!(
        fetch_ahead(
            &store,
            10,
            &FetchPolicy::default(),
            &Cancel::new(),
            &mut |_| ()
        )
        .unwrap(),
        0
    );
    assert_eq!(server.asked().len(), 3);
    // What the feed says again is no news.
    assert_eq!(run(&store, &Cancel::new()).0.unchanged, 1);
}

#[test]
fn a_login_page_in_the_place_of_every_page_leaves_headlines_and_texts() {
    let server = Server::start(|_, s| {
        let paragraph = "<p>이용 약관에 동의하고 방 번호를 적으면 인터넷을 쓸 수 있습니다. 도움은 안내 데스크에.</p>";
        let page = format!(
            "<html lang=ko><head><title>접속</title></head><body><main><h1>무선망에 접속하세요</h1>{}</main></body></html>",
            paragraph.repeat(3)
        );
        let kind = "Content-Type: text/html; charset=utf-8";
        reply(s, "200 OK", &[kind], page.as_bytes());
    });
    let (one, two) = (server.url("/1"), server.url("/2"));
    let feed_server = Server::start(move |_, s| {
        let feed = rss(&[(&one, "항구 다리 열려"), (&two, "첫눈 내린 산")]);
        reply(s, "200 OK", &[], feed.as_bytes());
    });
    let store = store_of(&[feed_server.url("/rss")]);
    run(&store, &Cancel::new());
    let (policy, cancel) = (FetchPolicy::default(), Cancel::new());
    let came = fetch_ahead(&store, 10, &policy, &cancel, &mut |_| ()).unwrap();
    assert_eq!((came, server.asked().len()), (0, 2));
    let rows = store
        .articles(&Filter::default(), RowPage::at(0, 9))
        .unwrap();
    let titles: Vec<&str> = rows.iter().map(|row| &*row.title).collect();
    assert_eq!(titles, ["항구 다리 열려", "첫눈 내린 산"]);
    let text = store.article(rows[0].id).unwrap().unwrap().text();
    assert_eq!(text, "본문 항구 다리 열려");
}

#[test]
fn a_server_that_asks_to_be_left_alone_is_left_alone_whoever_asks() {
    let server =
        Server::start(|_, s| reply(s, "429 Too Many Requests", &["Retry-After: 3600"], b""));
    let store = store_of(&[server.url("/rss")]);
    let (report, _) = run(&store, &Cancel::new());
    assert_eq!(report.failed, 1);
    assert_eq!(store.feeds_due(None).unwrap(), []);
}

#[test]
fn what_a_304_says_of_its_version_is_stored() {
    let server = Server::start(|asked, s| {
        let etag = asked.headers.get("if-none-match").map(String::as_str);
        match etag {
            None => reply(
                s,
                "200 OK",
                &[
                    "ETag: \"v1\"",
                    "Last-Modified: Fri, 20 Nov 2026 09:00:00 GMT",
                ],
                rss(&[("https://a.kr/1", "하나")]).as_bytes(),
            ),
            Some("\"v1\"") => reply(s, "304 Not Modified", &["ETag: \"v2\""], b""),
            Some(_) => reply(s, "304 Not Modified", &[], b""),
        }
    });
    let store = store_of(&[server.url("/rss")]);
    for _ in 0..4 {
        run(&store, &Cancel::new());
    }
    let asked = server.asked();
    let sent = |name: &str| -> Vec<Option<&str>> {
        let values = asked.iter().map(|a| a.headers.get(name));
        values.map(|value| value.map(String::as_str)).collect()
    };
    assert_eq!(
        sent("if-none-match"),
        [None, Some("\"v1\""), Some("\"v2\""), Some("\"v2\"")]
    );
    let date = Some("Fri, 20 Nov 2026 09:00:00 GMT");
    assert_eq!(sent("if-modified-since"), [None, date, date, date]);
}

#[test]
fn a_feed_that_is_too_large_brings_its_beginning_and_says_so() {
    let long = "본문 ".repeat(200);
    let items: Vec<(String, String)> = (0..100)
        .map(|n| (format!("https://a.kr/{n}"), format!("{n}번 {long}")))
        .collect();
    let items: Vec<(&str, &str)> = items.iter().map(|(link, t)| (&**link, &**t)).collect();
    let body = rss(&items);
    let server = Server::start(move |_, s| reply(s, "200 OK", &[], body.as_bytes()));
    let store = store_of(&[server.url("/rss")]);
    let policy = FetchPolicy {
        max_bytes: 40_000,
        ..FetchPolicy::default()
    };
    let feeds = store.feeds_due(None).unwrap();
    let mut cut = 0;
    let report = refresh(&store, feeds, &policy, &Cancel::new(), &mut |event| {
        if let RefreshEvent::FeedDone {
            is_cut, outcome, ..
        } = event
        {
            cut += usize::from(is_cut && outcome.is_ok());
        }
    })
    .unwrap();
    assert_eq!((cut, report.cut, report.failed), (1, 1, 0));
    assert!((5..100).contains(&report.new), "{}", report.new);
}

#[test]
fn a_feed_that_moved_for_good_keeps_its_articles_and_is_known_by_its_old_address() {
    for status in ["301 Moved Permanently", "308 Permanent Redirect"] {
        let server = Server::start(move |asked, s| match &*asked.path {
            "/old" => reply(s, status, &["Location: /new"], b""),
            _ => reply(
                s,
                "200 OK",
                &[],
                rss(&[("https://a.kr/1", "하나")]).as_bytes(),
            ),
        });
        let (old, new) = (server.url("/old"), server.url("/new"));
        let store = store_of(std::slice::from_ref(&old));
        for _ in 0..2 {
            run(&store, &Cancel::new());
        }
        let urls = || -> Vec<Clean> {
            let feeds = store.feeds().unwrap();
            feeds.into_iter().map(|f| f.feed.url).collect()
        };
        assert_eq!(urls(), [Clean::line(&new)]);
        assert_eq!(
            server.asked().iter().filter(|a| a.path == "/old").count(),
            1
        );
        // An old list names the feed that is there already.
        let id = store.feed_moved_from(&old).unwrap().unwrap();
        let named = Feed {
            url: Clean::line(&old),
            ..Feed::default()
        };
        assert_eq!(store.feeds_add(std::slice::from_ref(&named)).unwrap(), [id]);
        assert_eq!(urls(), [Clean::line(&new)]);
        run(&store, &Cancel::new());
        assert_eq!(store.feeds().unwrap()[0].articles, 1);
        // Unsubscribing forgets the old address.
        store.feed_remove(id, Timestamp::now()).unwrap();
        store.feed_add(&named).unwrap();
        assert_eq!(urls(), [Clean::line(&old)]);
    }
}

#[test]
fn a_large_feed_is_read_in_parts_and_counts_as_one() {
    let long = "긴 본문의 한 토막. ".repeat(400);
    let items: Vec<(String, String)> = (0..400)
        .map(|n| (format!("https://a.kr/{n}"), format!("{n}번 {long}")))
        .collect();
    let items: Vec<(&str, &str)> = items.iter().map(|(link, t)| (&**link, &**t)).collect();
    let body = rss(&items);
    assert!(body.len() > 3 * PIECE, "{}", body.len());
    let server = Server::start(move |_, s| reply(s, "200 OK", &["ETag: \"v1\""], body.as_bytes()));
    let store = store_of(&[server.url("/rss")]);
    let (report, events) = run(&store, &Cancel::new());
    assert_eq!((report.new, report.failed, report.cut), (400, 0, 0));
    let [
        RefreshEvent::FeedDone {
            outcome: Ok(added), ..
        },
    ] = &events[..]
    else {
        panic!("{events:?}");
    };
    assert_eq!(added.new.len(), 400);
    let rows = store
        .articles(&Filter::default(), RowPage::at(0, 400))
        .unwrap();
    let urls: Vec<_> = rows.iter().filter_map(|row| row.url.clone()).collect();
    let expected: Vec<_> = items.iter().map(|(link, _)| Clean::line(link)).collect();
    assert_eq!(urls, expected);
    assert_eq!(&*store.feeds().unwrap()[0].feed.title, "새소식");
}

#[test]
fn what_came_of_a_feed_before_it_broke_off_is_counted() {
    let long = "긴 본문의 한 토막. ".repeat(400);
    let items: Vec<(String, String)> = (0..400)
        .map(|n| (format!("https://a.kr/{n}"), format!("{n}번 {long}")))
        .collect();
    let items: Vec<(&str, &str)> = items.iter().map(|(link, t)| (&**link, &**t)).collect();
    let body = rss(&items);
    // The answer promises all and ends in the middle; the second time it is stalled there until the
    // refresh is cancelled.
    let cancel = Cancel::new();
    for is_cancelled in [false, true] {
        let (body, stop) = (body.clone(), cancel.clone());
        let server = Server::start(move |_, s| {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
            s.write_all(head.as_bytes()).unwrap();
            s.write_all(&body.as_bytes()[..body.len() / 2]).unwrap();
            s.flush().unwrap();
            if is_cancelled {
                std::thread::sleep(Duration::from_millis(500));
                stop.cancel();
                stall(s);
            }
        });
        let store = store_of(&[server.url("/rss")]);
        let (report, events) = run(&store, &cancel);
        let (_, stored) = store.size().unwrap();
        assert!(stored > 50, "{stored} articles");
        assert_eq!(u64::try_from(report.new).unwrap(), stored);
        assert_eq!(report.failed, usize::from(!is_cancelled));
        assert_eq!(events.is_empty(), is_cancelled, "{events:?}");
    }
}

#[test]
fn feeds_that_wait_share_a_transaction() {
    let (send, brought) = mpsc::sync_channel(99);
    let store = Store::in_memory().unwrap();
    for n in 0..30 {
        let url = format!("https://a.kr/{n}/rss");
        let id = store
            .feed_add(&Feed {
                url: Clean::line(&url),
                ..Feed::default()
            })
            .unwrap();
        let items: Vec<(String, String)> = (0..50)
            .map(|i| (format!("https://a.kr/{n}/{i}"), format!("{n} {i}")))
            .collect();
        let items: Vec<(&str, &str)> = items.iter().map(|(link, t)| (&**link, &**t)).collect();
        let due = store.feeds_due(None).unwrap();
        let due = due.into_iter().find(|due| due.id == id).unwrap();
        let now = Timestamp::now();
        let check = FeedCheck {
            at: now,
            due: now,
            validators: None,
            declared: None,
            ttl: None,
            held_off: None,
            moved: None,
            error: None,
        };
        let parsed = feed(rss(&items).as_bytes(), None, &url).unwrap();
        send.send(Brought::Feed(Box::new(FetchedFeed {
            due,
            outcome: Ok(()),
            entries: KeyedEntry::of_feed(parsed.entries, true),
            is_cut: false,
            check,
        })))
        .unwrap();
    }
    drop(send);
    let mut report = RefreshReport::default();
    let mut stored_at_first = None;
    store_all(&store, &brought, &Cancel::new(), &mut report, &mut |_| {
        stored_at_first = stored_at_first.or(store.size().ok());
    })
    .unwrap();
    assert_eq!(report.new, 1500);
    let (_, stored) = stored_at_first.unwrap();
    assert!(stored >= 1024, "{stored} articles in the first transaction");
}
