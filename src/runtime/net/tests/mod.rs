//! Real connections to servers that stall, lie, send us round, and send bombs.

#[cfg(test)]
pub(crate) mod server;
#[cfg(test)]
mod wire;

use std::io::Write as _;
use std::sync::mpsc;
use std::time::Duration;

use super::*;
use server::{Server, reply, stall};

fn get(url: &str) -> Result<Response, NetError> {
    Net::default().get(url, &Request::page(&Cancel::new()))
}

fn hasty() -> Net {
    let soon = Duration::from_millis(150);
    Net::new(Limits {
        connect: soon,
        answer: soon,
        silence: soon,
        whole: soon * 4,
        inward: false,
    })
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn an_answer_comes_unpacked_with_what_it_says_about_itself() {
    let server = Server::start(|_, s| {
        let headers = [
            "Content-Encoding: gzip",
            "Content-Type: text/html; charset=euc-kr",
            "ETag: \"a\"",
        ];
        reply(s, "200 OK", &headers, &gzip("기사".as_bytes()));
    });
    let answer = get(&server.url("/기 사")).unwrap();
    assert_eq!(
        (answer.body.as_slice(), answer.status),
        ("기사".as_bytes(), 200)
    );
    assert_eq!(
        (
            answer.headers.charset.as_deref(),
            answer.headers.etag.as_deref()
        ),
        (Some("euc-kr"), Some("\"a\""))
    );
    let asked = &server.asked()[0];
    assert_eq!(asked.headers["user-agent"], USER_AGENT);
    assert_eq!(asked.path, "/%EA%B8%B0%20%EC%82%AC");
}

/// A frame of Zstandard: blocks of one byte each, repeated so often.
fn zstd(blocks: &[(u8, u32)], window: u8) -> Vec<u8> {
    let mut out = vec![0x28, 0xb5, 0x2f, 0xfd, 0, window];
    for (i, (byte, times)) in blocks.iter().enumerate() {
        let last = u32::from(i + 1 == blocks.len());
        out.extend_from_slice(&(times << 3 | 1 << 1 | last).to_le_bytes()[..3]);
        out.push(*byte);
    }
    out
}

#[test]
fn zstandard_is_asked_for_and_unpacked_frame_after_frame() {
    let server = Server::start(|asked, s| {
        let packed = match &*asked.path {
            "/two" => [zstd(&[(b'a', 3), (b'b', 2)], 0), zstd(&[(b'c', 1)], 0)].concat(),
            "/cut" => zstd(&[(b'a', 3), (b'b', 2)], 0)[..11].to_vec(),
            // A window of 2 GB.
            "/wide" => zstd(&[(b'a', 3)], 21 << 3),
            _ => ruzstd::encoding::compress_to_vec(
                "기사 ".repeat(9_999).as_bytes(),
                ruzstd::encoding::CompressionLevel::Fastest,
            ),
        };
        reply(s, "200 OK", &["Content-Encoding: zstd"], &packed);
    });
    assert_eq!(get(&server.url("/two")).unwrap().body, b"aaabbc");
    assert_eq!(
        get(&server.url("/real")).unwrap().body,
        "기사 ".repeat(9_999).as_bytes()
    );
    assert!(server.asked()[0].headers["accept-encoding"].contains("zstd"));
    for broken in ["/cut", "/wide"] {
        assert!(get(&server.url(broken)).is_err(), "{broken}");
    }
}

#[test]
fn a_label_that_is_wrong_or_missing_costs_nothing() {
    use std::io::Write as _;
    let deflated = |raw: bool| {
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        zlib.write_all(b"<rss>words</rss>").unwrap();
        let bytes = zlib.finish().unwrap();
        if raw {
            bytes[2..bytes.len() - 4].to_vec()
        } else {
            bytes
        }
    };
    let plain = b"<rss>words</rss>".to_vec();
    let brotli = vec![
        0x8b, 0x07, 0x80, 0x3c, 0x72, 0x73, 0x73, 0x3e, 0x77, 0x6f, 0x72, 0x64, 0x73, 0x3c, 0x2f,
        0x72, 0x73, 0x73, 0x3e, 0x03,
    ];
    let bodies: [(&str, &str, Vec<u8>); 10] = [
        ("/br", "BR", brotli),
        ("/lie", "gzip", plain.clone()),
        ("/none", "", gzip(&plain)),
        ("/twice", "gzip", gzip(&gzip(&plain))),
        ("/old", "x-gzip", gzip(&plain)),
        ("/zlib", "deflate", deflated(false)),
        ("/raw", "deflate", deflated(true)),
        ("/not-deflate", "deflate", plain.clone()),
        (
            "/parts",
            "gzip",
            [gzip(&plain[..5]), gzip(&plain[5..])].concat(),
        ),
        ("/other", "zstd", gzip(&plain)),
    ];
    let paths: Vec<&str> = bodies.iter().map(|(path, ..)| *path).collect();
    let server = Server::start(move |asked, s| {
        let Some((_, label, body)) = bodies.iter().find(|(path, ..)| *path == asked.path) else {
            let cut = gzip(&[b'x'; 9_999]);
            return reply(
                s,
                "200 OK",
                &["Content-Encoding: gzip"],
                &cut[..cut.len() - 9],
            );
        };
        let header = format!("Content-Encoding: {label}");
        let headers: &[&str] = if label.is_empty() { &[] } else { &[&header] };
        reply(s, "200 OK", headers, body);
    });
    for path in paths {
        assert_eq!(get(&server.url(path)).unwrap().body, plain, "{path}");
    }
    assert!(matches!(
        get(&server.url("/cut")),
        Err(NetError::Broken { .. })
    ));
}

#[test]
fn a_bomb_of_zstandard_ends_at_the_cap() {
    // 32 kB that unpack to a gigabyte.
    let bomb = zstd(&[(b'x', 128 << 10); 8192], 10 << 3);
    let server = Server::start(move |_, s| reply(s, "200 OK", &["Content-Encoding: zstd"], &bomb));
    assert!(matches!(
        get(&server.url("/")),
        Err(NetError::TooLarge { .. })
    ));
}

#[test]
fn a_conditional_request_may_be_answered_with_nothing_new() {
    let server = Server::start(|_, s| reply(s, "304 Not Modified", &["ETag: \"a\""], b""));
    let cancel = Cancel::new();
    let request = Request {
        etag: Some("\"a\""),
        last_modified: Some("Sun, 22 Nov 2026 06:00:00 GMT"),
        ..Request::page(&cancel)
    };
    let answer = Net::default().get(&server.url("/"), &request).unwrap();
    assert!(answer.unchanged() && answer.body.is_empty());
    let asked = &server.asked()[0].headers;
    assert_eq!(
        (&*asked["if-none-match"], &*asked["if-modified-since"]),
        ("\"a\"", "Sun, 22 Nov 2026 06:00:00 GMT")
    );
}

#[test]
fn only_permanent_redirects_from_the_start_are_remembered() {
    let server = Server::start(|asked, s| match &*asked.path {
        "/moved" => reply(s, "301 Moved", &["Location: /new"], b""),
        "/new" => reply(s, "302 Found", &["Location: /today"], b""),
        "/today" => reply(s, "301 Moved", &["Location: here?q=가"], b""),
        _ => reply(s, "200 OK", &[], b"x"),
    });
    let answer = get(&server.url("/moved")).unwrap();
    assert_eq!(
        answer.permanent_redirect.unwrap().as_str(),
        server.url("/new")
    );
    assert_eq!(answer.final_url.as_str(), server.url("/here?q=%EA%B0%80"));
    assert_eq!(get(&server.url("/new")).unwrap().permanent_redirect, None);
}

#[test]
fn circles_and_other_schemes_end_the_way() {
    let server = Server::start(|asked, s| match &*asked.path {
        "/file" => reply(s, "302 Found", &["Location: file:///etc/passwd"], b""),
        "/nowhere" => reply(s, "302 Found", &[], b""),
        _ => reply(s, "302 Found", &["Location: /again"], b""),
    });
    assert!(matches!(
        get(&server.url("/")),
        Err(NetError::Redirects { .. })
    ));
    assert_eq!(server.asked().len(), MAX_REDIRECTS + 1);
    assert!(matches!(
        get(&server.url("/file")),
        Err(NetError::Address(_))
    ));
    assert!(matches!(
        get(&server.url("/nowhere")),
        Err(NetError::Status { status: 302, .. })
    ));
    assert!(matches!(
        get("file:///etc/passwd"),
        Err(NetError::Address(_))
    ));
}

#[test]
fn nobody_outside_can_send_us_to_this_machine() {
    let server = Server::start(|_, s| reply(s, "200 OK", &[], b"secret"));
    let (net, cancel) = (Net::default(), Cancel::new());
    let url = Url::parse(&server.url("/")).unwrap();
    let far = Instant::now() + Duration::from_secs(9);
    for innermost in [NetworkZone::Private, NetworkZone::Public] {
        let refused = net
            .ask(
                &url,
                innermost,
                None,
                &Request::page(&cancel),
                SentHeaders {
                    cookies: &Cookies::default(),
                    login: &[],
                },
                far,
            )
            .map(|_| ());
        assert_eq!(
            refused,
            Err(NetError::Inward {
                host: "127.0.0.1".to_owned()
            })
        );
    }
    assert!(server.asked().is_empty());
}

#[test]
fn what_a_public_page_names_is_not_asked_for_further_in() {
    let server = Server::start(|_, s| reply(s, "200 OK", &[], b"secret"));
    let cancel = Cancel::new();
    let asked_by = |net: &Net, from: Option<&str>| {
        net.get(
            &server.url("/"),
            &Request {
                from: from.as_slice(),
                ..Request::page(&cancel)
            },
        )
        .map(|_| ())
    };
    for from in [
        "http://93.184.215.14/feed",
        "https://192.168.0.9/",
        "http://[2606:2800:21f::1]/",
        // What can't be told, or is no address of the web.
        UNKNOWN_ORIGIN,
        "/home/me/page.html",
        "data:text/html,x",
    ] {
        let refused = asked_by(&Net::default(), Some(from));
        assert_eq!(
            refused,
            Err(NetError::Inward {
                host: "127.0.0.1".to_owned()
            }),
            "{from}"
        );
    }
    assert!(server.asked().is_empty());
    assert_eq!(asked_by(&Net::default(), None), Ok(()));
    assert_eq!(
        asked_by(&Net::default(), Some("http://127.0.0.1:9/")),
        Ok(())
    );
    let trusting = Net::new(Limits {
        inward: true,
        ..Limits::default()
    });
    assert_eq!(
        asked_by(&trusting, Some("http://93.184.215.14/feed")),
        Ok(())
    );
}

#[test]
fn whatever_led_to_an_address_is_as_far_out_as_its_outermost_part() {
    let server = Server::start(|_, s| reply(s, "200 OK", &[], b"secret"));
    let (cancel, net) = (Cancel::new(), Net::default());
    let asked_by = |from: &[&str]| {
        let request = Request {
            from,
            ..Request::page(&cancel)
        };
        net.get(&server.url("/"), &request).is_ok()
    };
    assert!(asked_by(&["http://127.0.0.1/", "http://localhost/"]));
    assert!(!asked_by(&["http://127.0.0.1/", "http://93.184.215.14/"]));
    assert!(!asked_by(&["http://93.184.215.14/", "http://127.0.0.1/"]));
}

#[test]
fn a_list_of_addresses_is_parted_into_inside_and_outside() {
    let all = [
        ("http://93.184.215.14/rss", false),
        ("https://feeds.paper.example/rss", false),
        ("http://10.1.2.3/rss", true),
        ("http://nas/rss", true),
        ("http://printer.local./", true),
        ("http://wiki.corp/", true),
        ("http://x.localhost:81/", true),
        ("http://[64:ff9b::c0a8:1]/", true),
        ("mailto:a@b.kr", false),
    ];
    let addresses = all.map(|(address, _)| address);
    assert_eq!(
        inward_addresses(&addresses, true),
        all.map(|(_, inward)| inward)
    );
    assert_eq!(inward_addresses(&["http://localhost/"], false), [true]);
    assert_eq!(inward_addresses(&[], false), [false; 0]);
}

#[test]
fn a_password_is_sent_decoded_and_stays_out_of_what_is_read() {
    let server = Server::start(|asked, s| match asked.path.as_str() {
        "/old" => reply(s, "301 Moved", &["Location: /new"], b""),
        _ => reply(s, "200 OK", &[], b"x"),
    });
    let with = |path: &str| server.url(path).replace("://", "://me:p%40ss@");
    let answer = get(&with("/old")).unwrap();
    assert_eq!(answer.final_url.as_str(), server.url("/new"));
    let moved = answer.permanent_redirect.unwrap();
    assert_eq!(
        moved.as_str(),
        with("/new"),
        "a feed that moved keeps its password"
    );
    // A page of the feed's host is behind the same password, another host's is not.
    let cancel = Cancel::new();
    let request = |from| Request {
        from,
        ..Request::page(&cancel)
    };
    let own = [&*with("/feed")];
    Net::default()
        .get(&server.url("/page"), &request(&own))
        .unwrap();
    let other = ["http://me:p%40ss@127.0.0.1:9/"];
    Net::default()
        .get(&server.url("/page"), &request(&other))
        .unwrap();
    let sent: Vec<Option<String>> = server
        .asked()
        .iter()
        .map(|asked| asked.headers.get("authorization").cloned())
        .collect();
    let pair = Some("Basic bWU6cEBzcw==".to_owned());
    assert_eq!(sent, [pair.clone(), pair.clone(), pair, None]);
}

#[test]
fn a_refusal_tells_how_long_to_stay_away() {
    let server = Server::start(|_, s| reply(s, "503 Busy", &["Retry-After: 90"], b"\x1b[2J"));
    let error = get(&server.url("/")).unwrap_err();
    assert_eq!(error.retry_after(), Some(Duration::from_secs(90)));
    assert_eq!(error.to_string(), "127.0.0.1 responded with status 503");
}

#[test]
fn a_bomb_ends_at_the_cap() {
    let bomb = gzip(&vec![b' '; 64 << 20]);
    let server = Server::start(move |_, s| reply(s, "200 OK", &["Content-Encoding: gzip"], &bomb));
    let cancel = Cancel::new();
    let request = Request {
        max_bytes: 1 << 20,
        ..Request::page(&cancel)
    };
    assert!(matches!(
        Net::default().get(&server.url("/"), &request),
        Err(NetError::TooLarge {
            limit: 1_048_576,
            ..
        })
    ));
}

#[test]
fn an_answer_shorter_than_promised_is_broken() {
    let server = Server::start(|_, s| {
        let _ = s.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
    });
    assert!(matches!(
        get(&server.url("/")),
        Err(NetError::Broken { .. })
    ));
    let server = Server::start(|_, s| {
        let _ = s.write_all(b"SSH-2.0-x\r\n\r\n");
    });
    assert!(matches!(
        get(&server.url("/")),
        Err(NetError::Broken { .. })
    ));
    let server = Server::start(|_, s| {
        reply(
            s,
            "200 OK",
            &["Content-Encoding: gzip"],
            b"\x1f\x8b\x08 no gzip at all",
        );
    });
    assert!(matches!(
        get(&server.url("/")),
        Err(NetError::Broken { .. })
    ));
}

#[test]
fn silence_before_and_within_an_answer_is_cut_short() {
    let server = Server::start(|asked, s| {
        if asked.path == "/half" {
            let _ = s.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
        }
        stall(s);
    });
    let cancel = Cancel::new();
    for path in ["/", "/half"] {
        let error = hasty()
            .get(&server.url(path), &Request::page(&cancel))
            .unwrap_err();
        assert!(
            matches!(error, NetError::Timeout { .. }),
            "{path}: {error:?}"
        );
    }
}

#[test]
fn a_dripping_answer_ends_when_called_off() {
    let (started, wait) = mpsc::channel();
    let server = Server::start(move |_, s| {
        let _ = s.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
        let _ = started.send(());
        while s.write_all(b"drip").is_ok() {}
    });
    let cancel = Cancel::new();
    let raise = cancel.clone();
    let raiser = std::thread::spawn(move || {
        wait.recv().unwrap();
        raise.cancel();
    });
    let error = Net::default().get(
        &server.url("/"),
        &Request {
            max_bytes: u64::MAX,
            ..Request::page(&cancel)
        },
    );
    assert_eq!(error.unwrap_err(), NetError::Cancelled);
    raiser.join().unwrap();
}

#[test]
fn hanging_up_frees_who_waits_for_a_silent_server() {
    let (started, wait) = mpsc::channel();
    let server = Server::start(move |_, s| {
        let _ = started.send(());
        stall(s);
    });
    let (net, cancel) = (Net::default(), Cancel::new());
    let (other, raise) = (net.clone(), cancel.clone());
    let raiser = std::thread::spawn(move || {
        wait.recv().unwrap();
        raise.cancel();
        other.hang_up();
    });
    assert_eq!(
        net.get(&server.url("/"), &Request::page(&cancel))
            .unwrap_err(),
        NetError::Cancelled
    );
    raiser.join().unwrap();
}

#[test]
fn a_closed_door_and_an_unknown_name_are_told_apart() {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    assert!(matches!(
        get(&format!("http://{free}/")),
        Err(NetError::Connect { .. })
    ));
    let unknown =
        std::io::Error::other("failed to lookup address information: Name or service not known");
    assert!(matches!(
        NetError::of_io(unknown, "a.kr".to_owned()),
        NetError::UnknownHost { .. }
    ));
}

#[test]
fn what_is_typed_becomes_an_address_where_it_can() {
    let url = |typed: &str| address(typed).map(|u| u.to_string()).ok();
    assert_eq!(
        url(" hani.co.kr/rss "),
        Some("https://hani.co.kr/rss".to_owned())
    );
    assert_eq!(url("http://a.kr"), Some("http://a.kr/".to_owned()));
    assert_eq!(
        url("localhost:8080/x"),
        Some("https://localhost:8080/x".to_owned())
    );
    assert!(url("한겨레.한국").is_some_and(|u| u.starts_with("https://xn--")));
    for none in ["", "word", "ftp://a.kr/", "file:///x", "https://"] {
        assert_eq!(url(none), None, "{none}");
    }
}

#[test]
fn a_server_that_turns_our_name_away_is_asked_once_more_by_another() {
    let server = Server::start(|asked, s| match asked.headers.get("user-agent") {
        Some(name) if name.starts_with("Mozilla/5.0 (") => reply(s, "200 OK", &[], b"ok"),
        _ => reply(s, "403 Forbidden", &[], b""),
    });
    assert_eq!(get(&server.url("/")).unwrap().body, b"ok");
    assert!(server.asked().last().unwrap().headers["user-agent"].contains("gisa/"));
    let refusing = Server::start(|_, s| reply(s, "403 Forbidden", &[], b""));
    assert!(matches!(
        get(&refusing.url("/")),
        Err(NetError::Status { status: 403, .. })
    ));
    assert_eq!(refusing.asked().len(), 2);
    let cancel = Cancel::new();
    let named = Request {
        user_agent: Some("by its profile"),
        ..Request::page(&cancel)
    };
    assert!(Net::default().get(&refusing.url("/"), &named).is_err());
    assert_eq!(
        refusing.asked().len(),
        3,
        "a name that a profile gives is the one to use"
    );
}
