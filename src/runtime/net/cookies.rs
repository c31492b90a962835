//! Cookies within the redirects of one fetch: some servers only show a page to a client that brings
//! back what it was given a step before. They are never stored, and go to no other site.

use jiff::Timestamp;
use ureq::http::{HeaderMap, HeaderValue};
use url::Url;

use super::headers::http_date;
use crate::news::site::is_same_site;

/// Most cookies that are held.
const MOST: usize = 50;
/// Longest cookie, and longest header with all of them, in bytes.
const LONGEST: usize = 4096;

/// The cookies that one fetch was given.
#[derive(Debug, Default)]
pub(super) struct Cookies(Vec<Cookie>);

/// The addresses that a cookie goes to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CookieScope {
    pub(super) host: String,
    /// Whether it goes to the hosts below as well.
    pub(super) is_for_subdomains: bool,
    pub(super) path: String,
}

#[derive(Debug)]
struct Cookie {
    name: String,
    value: String,
    scope: CookieScope,
    /// Whether it goes over https only.
    is_secure: bool,
}

impl Cookies {
    /// Takes the cookies that the response of `url` sets.
    pub(super) fn take(&mut self, url: &Url, headers: &HeaderMap, now: Timestamp) {
        for value in headers.get_all("set-cookie") {
            let Some((cookie, is_over)) = value.to_str().ok().and_then(|v| read(v, url, now))
            else {
                continue;
            };
            let place = |c: &Cookie| (c.name.clone(), c.scope.host.clone(), c.scope.path.clone());
            let new = place(&cookie);
            self.0.retain(|held| place(held) != new);
            if !is_over && self.0.len() < MOST {
                self.0.push(cookie);
            }
        }
    }

    /// The `Cookie` header for `url`.
    pub(super) fn header(&self, url: &Url) -> Option<HeaderValue> {
        let pairs = self.0.iter().filter(|cookie| cookie.goes_to(url));
        let mut out = String::new();
        for Cookie { name, value, .. } in pairs {
            let mark = if out.is_empty() { "" } else { "; " };
            if out.len() + name.len() + value.len() > LONGEST {
                break;
            }
            out.push_str(&format!("{mark}{name}={value}"));
        }
        (!out.is_empty())
            .then(|| HeaderValue::from_str(&out).ok())
            .flatten()
    }
}

impl Cookie {
    fn goes_to(&self, url: &Url) -> bool {
        self.scope.covers(url) && (!self.is_secure || url.scheme() == "https")
    }
}

impl CookieScope {
    /// Whether `url` is one of the addresses.
    pub(super) fn covers(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let is_host = host == self.host || self.is_for_subdomains && is_below(host, &self.host);
        let rest = url.path().strip_prefix(&*self.path);
        is_host
            && rest.is_some_and(|rest| {
                rest.is_empty() || rest.starts_with('/') || self.path.ends_with('/')
            })
    }
}

/// Whether `host` is a host below `domain`.
pub(super) fn is_below(host: &str, domain: &str) -> bool {
    let rest = host.strip_suffix(domain);
    rest.is_some_and(|rest| rest.ends_with('.'))
}

/// A cookie, and whether it is over already, which deletes it.
fn read(header: &str, url: &Url, now: Timestamp) -> Option<(Cookie, bool)> {
    if header.len() > LONGEST {
        return None;
    }
    let mut parts = header.split(';');
    let (name, value) = parts.next()?.split_once('=')?;
    let (name, value) = (name.trim(), value.trim());
    if name.is_empty() {
        return None;
    }
    let own = url.host_str()?;
    let folder = url.path().rfind('/').map_or("/", |at| &url.path()[..at]);
    let mut cookie = Cookie {
        name: name.to_owned(),
        value: value.to_owned(),
        scope: CookieScope {
            host: own.to_owned(),
            is_for_subdomains: false,
            path: if folder.is_empty() { "/" } else { folder }.to_owned(),
        },
        is_secure: false,
    };
    let mut is_over = false;
    for part in parts {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let value = value.trim();
        match &*name.trim().to_ascii_lowercase() {
            "domain" if !value.is_empty() => {
                let domain = value.trim_start_matches('.').to_ascii_lowercase();
                if domain != own {
                    let address = |host: &str| format!("https://{host}/");
                    // Not of `co.kr`, which is nobody's site.
                    if !is_below(own, &domain) || !is_same_site(&address(own), &address(&domain)) {
                        return None;
                    }
                }
                cookie.scope.is_for_subdomains = url.domain().is_some();
                cookie.scope.host = domain;
            }
            "path" if value.starts_with('/') => cookie.scope.path = value.to_owned(),
            "secure" => cookie.is_secure = true,
            "max-age" => is_over |= value.parse::<i64>().is_ok_and(|seconds| seconds <= 0),
            "expires" => is_over |= http_date(value).is_some_and(|then| then <= now),
            _ => {}
        }
    }
    Some((cookie, is_over))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(from: &str, set: &[&str], to: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in set {
            headers.append("set-cookie", value.parse().unwrap());
        }
        let now = "2026-11-22T06:00:00Z".parse().unwrap();
        let mut cookies = Cookies::default();
        cookies.take(&Url::parse(from).unwrap(), &headers, now);
        let header = cookies.header(&Url::parse(to).unwrap())?;
        Some(header.to_str().unwrap().to_owned())
    }

    #[test]
    fn a_cookie_goes_back_to_its_site_and_nowhere_else() {
        let from = "https://www.paper.co.kr/a/b";
        for (set, to, sent) in [
            (
                &["s=1; HttpOnly"][..],
                "https://www.paper.co.kr/a/c",
                Some("s=1"),
            ),
            (
                &["s=1", "t=2; Path=/"],
                "https://www.paper.co.kr/",
                Some("t=2"),
            ),
            (&["s=1"], "https://www.paper.co.kr/ab", None),
            (&["s=1; Path=/"], "https://m.paper.co.kr/", None),
            (
                &["s=1; Path=/; Domain=.paper.co.kr"],
                "https://m.paper.co.kr/",
                Some("s=1"),
            ),
            (
                &["s=1; Path=/; Domain=paper.co.kr"],
                "https://evilpaper.co.kr/",
                None,
            ),
            (
                &["s=1; Path=/; Domain=co.kr"],
                "https://www.paper.co.kr/",
                None,
            ),
            (&["s=1; Path=/; Domain=other.kr"], "https://other.kr/", None),
            (&["s=1; Path=/; Secure"], "http://www.paper.co.kr/", None),
            (
                &["s=1; Path=/", "s=2; Path=/"],
                "https://www.paper.co.kr/",
                Some("s=2"),
            ),
            (
                &["s=1; Path=/", "s=; Path=/; Max-Age=0"],
                "https://www.paper.co.kr/",
                None,
            ),
            (
                &["s=1; Path=/; Expires=Sun, 22 Nov 2026 05:00:00 GMT"],
                "https://www.paper.co.kr/",
                None,
            ),
            (&["nonsense", "=x", ""], "https://www.paper.co.kr/", None),
        ] {
            assert_eq!(after(from, set, to).as_deref(), sent, "{set:?} {to}");
        }
        let long = format!("s={}; Path=/", "x".repeat(LONGEST));
        assert_eq!(after(from, &[&long], "https://www.paper.co.kr/"), None);
    }
}
