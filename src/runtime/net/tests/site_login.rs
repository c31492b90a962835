//! Logins of subscribers: where they go, and what a file of cookies must be.

use super::*;

#[cfg(unix)]
fn logins(key: &str, settings: SiteLogin) -> SiteLogins {
    SiteLogins::of(&BTreeMap::from([(key.to_owned(), settings)]))
}

#[cfg(unix)]
fn sent(logins: &SiteLogins, address: &str) -> Vec<(String, String)> {
    let url = Url::parse(address).unwrap();
    let headers = logins.headers(&url, &Cancel::new()).unwrap();
    let text = |(name, value): (HeaderName, HeaderValue)| {
        assert!(value.is_sensitive());
        (name.to_string(), value.to_str().unwrap().to_owned())
    };
    headers.into_iter().map(text).collect()
}

#[cfg(unix)]
fn command(words: &[&str]) -> SiteLogin {
    SiteLogin {
        cookie_command: words.iter().map(|w| (*w).to_owned()).collect(),
        ..SiteLogin::default()
    }
}

#[test]
#[cfg(unix)]
fn a_login_goes_to_its_site_by_https_and_nowhere_else() {
    let own = logins("paper.co.kr", command(&["echo", "Cookie: s=1; t=2"]));
    let cookie = vec![("cookie".to_owned(), "s=1; t=2".to_owned())];
    for address in ["https://paper.co.kr/1", "https://www.paper.co.kr:8443/1"] {
        assert_eq!(sent(&own, address), cookie, "{address}");
    }
    for other in [
        "http://paper.co.kr/1",
        "https://evilpaper.co.kr/",
        "https://co.kr/",
        "https://paper.co.kr.evil.kr/",
        "https://paper.co/",
        "http://127.0.0.1:80/",
    ] {
        assert_eq!(sent(&own, other), Vec::new(), "{other}");
    }
    let narrow = logins("news.paper.co.kr", command(&["echo", "s=1"]));
    assert_eq!(sent(&narrow, "https://paper.co.kr/"), Vec::new());
    // Without TLS on this machine alone, and only where it is spelled out.
    assert!(login_host("http://paper.co.kr:80").is_none());
    assert!(login_host("http://192.168.0.2:80").is_none());
    assert!(login_host("http://127.0.0.1:8080").is_some());
}

#[test]
fn a_file_of_cookies_gives_those_of_the_site_and_another_file_gives_none() {
    let now: Timestamp = "2026-11-29T00:00:00Z".parse().unwrap();
    let file = "# Netscape HTTP Cookie File\n\n\
        .paper.co.kr\tTRUE\t/\tTRUE\t0\ts\t1\n\
        #HttpOnly_www.paper.co.kr\tFALSE\t/news\tTRUE\t1900000000\tt\t2=3\n\
        .paper.co.kr\tTRUE\t/\tTRUE\t1000000000\told\t4\n\
        .evilpaper.co.kr\tTRUE\t/\tTRUE\t0\tx\t5\n\
        .co.kr\tTRUE\t/\tTRUE\t0\ty\t6\n";
    let cookies = cookies_of_file(file, "paper.co.kr", now).unwrap();
    let of = |address: &str| -> Vec<&str> {
        let url = Url::parse(address).unwrap();
        let own = cookies.iter().filter(|cookie| cookie.scope.covers(&url));
        own.map(|cookie| cookie.pair.reveal()).collect()
    };
    assert_eq!(of("https://www.paper.co.kr/news/1"), ["s=1", "t=2=3"]);
    assert_eq!(of("https://m.paper.co.kr/news/1"), ["s=1"]);
    assert_eq!(of("https://www.paper.co.kr/newsletter"), ["s=1"]);
    assert!(!format!("{cookies:?}").contains("s=1"));
    for wrong in [
        "",
        "[{\"name\": \"s\", \"value\": \"1\"}]",
        "s=1; t=2",
        "a\tb\tc",
        ".paper.co.kr\tyes\t/\tTRUE\t0\ts\t1\n",
        ".paper.co.kr\tTRUE\t/\tTRUE\tsoon\ts\t1\n",
        ".other.kr\tTRUE\t/\tTRUE\t0\ts\t1\n",
        "root:x:0:0:root:/root:/bin/bash\n",
    ] {
        assert!(
            cookies_of_file(wrong, "paper.co.kr", now).is_none(),
            "{wrong}"
        );
    }
}

#[test]
#[cfg(unix)]
fn what_gives_no_login_is_an_error_that_holds_no_secret() {
    let dir = tempfile::tempdir().unwrap();
    let wrong = dir.path().join("cookies.txt");
    std::fs::write(&wrong, "password: tief\n").unwrap();
    let file = SiteLogin {
        cookies: wrong.display().to_string(),
        ..SiteLogin::default()
    };
    for settings in [command(&["false"]), command(&["echo", "tief"]), file] {
        let own = logins("paper.kr", settings);
        let url = Url::parse("https://paper.kr/").unwrap();
        let error = own.headers(&url, &Cancel::new()).unwrap_err();
        assert_eq!(error.host(), Some("paper.kr"));
        assert!(!format!("{error}{error:?}{own:?}").contains(": tief"));
    }
}
