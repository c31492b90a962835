//! Which site an address belongs to: the domain that one owner registered, by the public suffix
//! list. What a page or a feed says of another address counts only where both are of one site.

use url::{Host, Url};

use super::public_suffix::registered;

/// The registered domain of `host`: `paper.co.kr` for `news.paper.co.kr`. A numeric address, and a
/// name that is a public suffix itself or has one label only, is a site of its own.
pub(crate) fn site(host: &str) -> &str {
    let host = host.trim_end_matches('.');
    if host.starts_with('[') || host.parse::<std::net::IpAddr>().is_ok() {
        return host;
    }
    registered(host).unwrap_or(host)
}

/// Whether a host belongs to a domain that one owner registered: not `co.kr`, not `localhost`.
pub(crate) fn is_registered(host: &str) -> bool {
    registered(host).is_some()
}

/// Whether two web addresses belong to the same site.
pub fn is_same_site(a: &str, b: &str) -> bool {
    if let (Some(a), Some(b)) = (authority(a), authority(b))
        && a == b
    {
        return true;
    }
    let host = |address: &str| {
        let url = Url::parse(address).ok().filter(is_web)?;
        let host = url.host()?.to_owned();
        Some(match host {
            Host::Domain(name) => site(&name).to_owned(),
            number => number.to_string(),
        })
    };
    host(a).zip(host(b)).is_some_and(|(a, b)| a == b)
}

/// Whether `address` is one of the web: `http` or `https`, with a host.
pub(crate) fn is_web_address(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| is_web(&url))
}

fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

/// The part between `//` and the path, which saves most addresses from being parsed.
fn authority(address: &str) -> Option<&str> {
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"))?;
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    (end > 0).then(|| &rest[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_what_one_owner_registered() {
        for (host, of) in [
            ("news.paper.co.kr", "paper.co.kr"),
            ("paper.kr", "paper.kr"),
            ("www.city.seoul.kr", "city.seoul.kr"),
            ("a.b.example.com", "example.com"),
            ("me.github.io", "me.github.io"),
            ("www.gov.uk", "www.gov.uk"),
            ("news.bbc.co.uk.", "bbc.co.uk"),
            ("localhost", "localhost"),
            ("co.kr", "co.kr"),
            ("127.0.0.1", "127.0.0.1"),
        ] {
            assert_eq!(site(host), of, "{host}");
        }
    }

    #[test]
    fn same_site_is_the_same_owner_and_nothing_else() {
        for (a, b) in [
            ("https://m.paper.co.kr/1", "http://www.paper.co.kr:8080/2"),
            ("https://PAPER.kr/", "https://amp.paper.kr?x"),
            ("http://127.0.0.1:1/", "http://127.0.0.1:2/"),
            ("http://[::1]/a", "https://[::1]/b"),
        ] {
            assert!(is_same_site(a, b), "{a} {b}");
        }
        for (a, b) in [
            ("https://one.co.kr/", "https://two.co.kr/"),
            ("https://me.github.io/", "https://you.github.io/"),
            ("https://paper.kr/", "https://paper.kr.evil.example/"),
            ("https://paper.kr@evil.example/", "https://paper.kr/"),
            ("https://paper.kr\\@evil.example/", "https://evil.example/"),
            ("http://127.0.0.1/", "http://127.1.0.1/"),
            ("data:text/html,x", "data:text/html,x"),
            ("ftp://paper.kr/", "ftp://paper.kr/"),
            ("", ""),
        ] {
            assert!(!is_same_site(a, b), "{a} {b}");
        }
    }
}
