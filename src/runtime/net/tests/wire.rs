//! Connections that are kept and then closed by the server, cookies and redirects within one fetch.

use std::io::{BufRead as _, BufReader};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use super::*;

/// Reads a request's head; `false` where the client has gone.
fn read_request(stream: &TcpStream) -> bool {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.any(|line| line.is_empty())
}

/// A server that answers `served` requests of each connection, and closes it when the next one has
/// come. Gives the number of requests that came.
fn closing(served: usize) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            for _ in 0..served {
                if !read_request(&stream) {
                    break;
                }
                count.fetch_add(1, Ordering::SeqCst);
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            }
            if read_request(&stream) {
                count.fetch_add(1, Ordering::SeqCst);
            }
        }
    });
    (format!("http://{address}/"), asked)
}

#[test]
fn a_kept_connection_that_the_server_closed_is_tried_once_more() {
    let (url, asked) = closing(1);
    let (net, cancel) = (Net::default(), Cancel::new());
    for n in 0..4 {
        let answer = net.get(&url, &Request::page(&cancel));
        assert_eq!(answer.unwrap().body, b"ok", "{n}");
    }
    // Each but the first was asked twice.
    assert_eq!(asked.load(Ordering::SeqCst), 7);
}

#[test]
fn a_server_that_closes_every_new_connection_is_asked_once() {
    let (url, asked) = closing(0);
    let error = Net::default().get(&url, &Request::page(&Cancel::new()));
    assert!(matches!(error, Err(NetError::Broken { .. })), "{error:?}");
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[test]
fn cookies_live_within_the_redirects_of_one_fetch_and_its_site() {
    let other = Server::start_at("127.0.0.2", |_, s| reply(s, "200 OK", &[], b"other"));
    let away = format!("Location: {}", other.url("/"));
    let server = Server::start(move |asked, s| {
        let has = |pair: &str| {
            let cookies = asked.headers.get("cookie");
            cookies.is_some_and(|all| all.split("; ").any(|c| c == pair))
        };
        match &*asked.path {
            "/page" if has("seen=1") && has("lang=ko") => reply(s, "200 OK", &[], b"page"),
            "/page" => reply(
                s,
                "302 Found",
                &["Set-Cookie: seen=1; Path=/; HttpOnly", "Location: /consent"],
                b"",
            ),
            "/consent" => reply(
                s,
                "303 See Other",
                &["Set-Cookie: lang=ko; Path=/", "Location: /page"],
                b"",
            ),
            _ => reply(s, "302 Found", &["Set-Cookie: s=1; Path=/", &away], b""),
        }
    });
    let (net, cancel) = (Net::default(), Cancel::new());
    for _ in 0..2 {
        let answer = net.get(&server.url("/page"), &Request::page(&cancel));
        assert_eq!(answer.unwrap().body, b"page");
    }
    let asked = server.asked();
    let first: Vec<bool> = asked
        .iter()
        .map(|a| a.headers.contains_key("cookie"))
        .collect();
    // The second fetch begins with none.
    assert_eq!(first, [false, true, true, false, true, true]);
    net.get(&server.url("/away"), &Request::page(&cancel))
        .unwrap();
    assert!(!other.asked()[0].headers.contains_key("cookie"));
}

#[test]
fn ten_redirects_are_followed_and_an_eleventh_is_not() {
    let server = Server::start(|asked, s| {
        let left: usize = asked.path[1..].parse().unwrap();
        match left.checked_sub(1) {
            None => reply(s, "200 OK", &[], b"there"),
            Some(left) => {
                let to = format!("Location: /{left}");
                reply(s, "302 Found", &[&to], b"");
            }
        }
    });
    assert_eq!(get(&server.url("/10")).unwrap().body, b"there");
    let error = get(&server.url("/11"));
    assert!(
        matches!(error, Err(NetError::Redirects { .. })),
        "{error:?}"
    );
}

#[cfg(unix)]
#[test]
fn a_password_of_the_settings_goes_to_its_host_and_into_no_address() {
    let other = Server::start_at("127.0.0.2", |_, s| reply(s, "200 OK", &[], b"other"));
    let away = format!("Location: {}", other.url("/"));
    let server = Server::start(move |asked, s| match &*asked.path {
        "/away" => reply(s, "302 Found", &[&away], b""),
        "/old" => reply(s, "301 Moved", &["Location: /new"], b""),
        _ => reply(s, "200 OK", &[], b"ok"),
    });
    let key = server.url("").trim_end_matches('/').to_owned();
    let settings =
        format!("[feeds.\"{key}\"]\nuser = \"me\"\npassword_command = [\"echo\", \"p@w\"]\n");
    let config = crate::config::Config::with_user("c", &settings).unwrap();
    let access = Access::of(&config);
    let (net, cancel) = (Net::with_access(Limits::default(), access), Cancel::new());
    let moved = net
        .get(&server.url("/old"), &Request::page(&cancel))
        .unwrap();
    assert_eq!(
        moved.permanent_redirect.unwrap().as_str(),
        server.url("/new")
    );
    assert_eq!(moved.final_url.as_str(), server.url("/new"));
    net.get(&server.url("/away"), &Request::page(&cancel))
        .unwrap();
    // "me:p@w"
    for asked in server.asked() {
        assert_eq!(
            asked.headers["authorization"], "Basic bWU6cEB3",
            "{asked:?}"
        );
    }
    assert!(!other.asked()[0].headers.contains_key("authorization"));
}

/// A SOCKS5 server that connects every name and number to one address, and notes what was asked.
fn socks(to: std::net::SocketAddr) -> (String, Arc<Mutex<Vec<String>>>) {
    use std::io::Read as _;
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = asked.clone();
    let serve = move |mut near: TcpStream| -> Option<()> {
        let mut read = |n: usize| {
            let mut bytes = vec![0; n];
            near.read_exact(&mut bytes).ok().map(|()| bytes)
        };
        let methods = usize::from(read(2)?[1]);
        read(methods)?;
        near.write_all(&[5, 0]).ok()?;
        let mut read = |n: usize| {
            let mut bytes = vec![0; n];
            near.read_exact(&mut bytes).ok().map(|()| bytes)
        };
        let name = match read(4)?[3] {
            3 => {
                let length = usize::from(read(1)?[0]);
                String::from_utf8(read(length)?).ok()?
            }
            _ => {
                let bytes = read(4)?;
                bytes
                    .iter()
                    .map(u8::to_string)
                    .collect::<Vec<_>>()
                    .join(".")
            }
        };
        read(2)?;
        log.lock().unwrap().push(name.clone());
        if name == "down.example" {
            near.write_all(&[5, 4, 0, 1, 0, 0, 0, 0, 0, 0]).ok()?;
            return None;
        }
        near.write_all(&[5, 0, 0, 1, 0, 0, 0, 0, 0, 0]).ok()?;
        let mut far = TcpStream::connect(to).ok()?;
        let (mut back, mut forth) = (far.try_clone().ok()?, near.try_clone().ok()?);
        std::thread::spawn(move || std::io::copy(&mut forth, &mut back));
        std::io::copy(&mut far, &mut near).ok().map(drop)
    };
    std::thread::spawn(move || {
        let serve = Arc::new(serve);
        for stream in listener.incoming().flatten() {
            let serve = serve.clone();
            std::thread::spawn(move || serve(stream));
        }
    });
    (address.to_string(), asked)
}

fn through(proxy: &str) -> Net {
    let settings = format!("[network]\nproxy = \"{proxy}\"\nno_proxy = [\"127.0.0.1\"]\n");
    let config = crate::config::Config::with_user("c", &settings).unwrap();
    Net::with_access(Limits::default(), Access::of(&config))
}

#[test]
fn a_socks_proxy_is_used_and_asked_for_names() {
    let server = Server::start(|asked, s| reply(s, "200 OK", &[], asked.path.as_bytes()));
    let to = Url::parse(&server.url("/")).unwrap();
    let to = to.socket_addrs(|| None).unwrap()[0];
    let (proxy, asked) = socks(to);
    let cancel = Cancel::new();
    let net = through(&format!("socks5h://{proxy}"));
    let answer = net.get("http://paper.example/a", &Request::page(&cancel));
    assert_eq!(answer.unwrap().body, b"/a");
    // Also where a public page names it, which may not lead to the proxy's own network otherwise.
    let named = Request {
        from: &["http://hill.example/"],
        ..Request::page(&cancel)
    };
    assert_eq!(
        net.get("http://paper.example/b", &named).unwrap().body,
        b"/b"
    );
    for inside in ["http://nas.local/", "http://intranet/", "http://10.0.0.1/"] {
        let refused = net.get(inside, &named);
        assert!(matches!(refused, Err(NetError::Inward { .. })), "{inside}");
    }
    // A number goes as one.
    let numbers = through(&format!("socks5://{proxy}"));
    let answer = numbers.get("http://192.0.2.7/c", &Request::page(&cancel));
    assert_eq!(answer.unwrap().body, b"/c");
    // So does this machine, which is the proxy's own then.
    let own = net.get("http://127.0.0.9/own", &Request::page(&cancel));
    assert_eq!(own.unwrap().body, b"/own");
    // One that is excepted is asked directly.
    let near = net.get(&server.url("/near"), &Request::page(&cancel));
    assert_eq!(near.unwrap().body, b"/near");
    assert_eq!(
        *asked.lock().unwrap(),
        ["paper.example", "paper.example", "192.0.2.7", "127.0.0.9"]
    );
}

#[test]
fn a_proxy_that_fails_is_named_as_such() {
    let cancel = Cancel::new();
    let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let closed = free.local_addr().unwrap();
    drop(free);
    let silent = Server::start(|_, s| reply(s, "403 Forbidden", &[], b"no"));
    let silent = Url::parse(&silent.url("/")).unwrap();
    let silent = format!("127.0.0.1:{}", silent.port().unwrap());
    let (socks, _) = socks(closed);
    for (proxy, place) in [
        (format!("socks5h://{closed}"), closed.to_string()),
        (format!("http://{closed}"), closed.to_string()),
        (format!("http://{silent}"), silent.clone()),
        (format!("socks5h://{silent}"), silent),
        (format!("socks5h://{socks}"), socks),
    ] {
        // A tunnel, which is what the proxy refuses.
        let answer = through(&proxy).get("https://down.example/", &Request::page(&cancel));
        let Err(NetError::Proxy {
            host, proxy: named, ..
        }) = answer
        else {
            panic!("{proxy}: {answer:?}");
        };
        assert_eq!((&*host, named), ("down.example", place), "{proxy}");
    }
}

#[test]
fn an_http_proxy_is_asked_for_whole_addresses_over_one_connection() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = listener.local_addr().unwrap();
    let (log, seen) = mpsc::channel();
    std::thread::spawn(move || {
        for (n, mut stream) in listener.incoming().flatten().enumerate() {
            let log = log.clone();
            std::thread::spawn(move || {
                loop {
                    let lines = BufReader::new(&stream).lines().map_while(Result::ok);
                    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
                    if head.is_empty() {
                        break;
                    }
                    let has = |text: &str| head.iter().any(|line| line == text);
                    // me:p@w
                    let is_known = has("Proxy-Authorization: Basic bWU6cEB3");
                    log.send((n, head[0].clone(), is_known)).unwrap();
                    let answer: &[u8] = match is_known {
                        true => b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
                        false => b"HTTP/1.1 407 No\r\nContent-Length: 0\r\n\r\n",
                    };
                    stream.write_all(answer).unwrap();
                }
            });
        }
    });
    let cancel = Cancel::new();
    let net = through(&format!("http://me:p%40w@{address}"));
    let long = format!("http://paper.example/{}", "a".repeat(3_900));
    for url in [
        "http://paper.example/a?b=c",
        "http://paper.example:8080/",
        &long,
    ] {
        assert_eq!(net.get(url, &Request::page(&cancel)).unwrap().body, b"ok");
    }
    let asked: Vec<(usize, String, bool)> = seen.try_iter().collect();
    let line = |url: &str| format!("GET {url} HTTP/1.1");
    assert_eq!(
        asked,
        [
            (0, line("http://paper.example/a?b=c"), true),
            (1, line("http://paper.example:8080/"), true),
            (0, line(&long), true),
        ]
    );
    let stranger = through(&format!("http://{address}"));
    let refused = stranger.get("http://paper.example/", &Request::page(&cancel));
    assert!(
        matches!(refused, Err(NetError::Proxy { .. })),
        "{refused:?}"
    );
}
