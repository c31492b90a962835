//! User name and password of an address, as HTTP's Basic authentication.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ureq::http::HeaderValue;
use url::Url;

/// The address without user name and password, and the `Authorization` header that they make. What
/// is percent-encoded in an address is decoded: the server knows the password, not its spelling.
pub(super) fn split(url: &Url) -> (Url, Option<HeaderValue>) {
    let mut bare = url.clone();
    if url.username().is_empty() && url.password().is_none() {
        return (bare, None);
    }
    // These only fail where an address can have no user name, and then it has none.
    let _ = bare.set_username("");
    let _ = bare.set_password(None);
    let mut pair = decoded(url.username());
    pair.push(b':');
    pair.extend(decoded(url.password().unwrap_or_default()));
    let header = HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(pair)));
    let header = header.ok().map(|mut value| {
        value.set_sensitive(true);
        value
    });
    (bare, header)
}

/// Takes user name and password along to where `from` redirects, but only on the same host and
/// port, or from http to https on the same host; never from https to http. Nothing that another
/// host put into the target stays.
pub(crate) fn carry(from: &Url, to: &mut Url) {
    let is_same = from.host() == to.host()
        && (from.scheme() == to.scheme()
            && from.port_or_known_default() == to.port_or_known_default()
            || from.scheme() == "http"
                && to.scheme() == "https"
                && from.port().is_none()
                && to.port().is_none());
    let (name, password) = match is_same {
        true => (from.username(), from.password()),
        false => ("", None),
    };
    let _ = to.set_username(name);
    let _ = to.set_password(password);
}

/// Whether a redirect from `from` to `to` leads to the same host by https, so that a password of
/// the settings may be sent there: nobody else can have led to it, and nobody can read it.
pub(super) fn is_tls_of_same_host(from: &Url, to: &Url) -> bool {
    from.host() == to.host() && to.scheme() == "https"
}

fn decoded(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let hex = |at: usize| char::from(*after.get(at)?).to_digit(16);
        let code = hex(0).zip(hex(1)).filter(|_| byte == b'%');
        match code.and_then(|(high, low)| u8::try_from(high * 16 + low).ok()) {
            Some(code) => {
                out.push(code);
                rest = &after[2..];
            }
            None => {
                out.push(byte);
                rest = after;
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(address: &str) -> Option<String> {
        let (bare, header) = split(&Url::parse(address).unwrap());
        assert!(!bare.as_str().contains('@'), "{bare}");
        let header = header?;
        assert!(header.is_sensitive());
        let pair = header.to_str().unwrap().strip_prefix("Basic ").unwrap();
        Some(String::from_utf8(STANDARD.decode(pair).unwrap()).unwrap())
    }

    #[test]
    fn a_password_is_sent_as_it_is_and_not_as_it_is_spelled() {
        for (address, pair) in [
            ("https://me:p%40ss%3A%2f@a.kr/", "me:p@ss:/"),
            ("https://%EA%B0%80:50%25@a.kr/", "가:50%"),
            ("https://me:100%@a.kr/", "me:100%"),
            ("https://token@a.kr/", "token:"),
            ("https://:word@a.kr/", ":word"),
        ] {
            assert_eq!(sent(address).as_deref(), Some(pair), "{address}");
        }
        assert_eq!(sent("https://a.kr/"), None);
    }

    #[test]
    fn a_password_of_the_settings_follows_to_tls_of_the_same_host_alone() {
        let may = |from: &str, to: &str| {
            is_tls_of_same_host(&Url::parse(from).unwrap(), &Url::parse(to).unwrap())
        };
        assert!(may("http://a.kr/rss", "https://a.kr/rss"));
        for (from, to) in [
            ("http://b.kr/", "https://a.kr/"),
            ("https://a.kr/", "http://a.kr/"),
            ("https://www.a.kr/", "https://a.kr/"),
        ] {
            assert!(!may(from, to), "{from} {to}");
        }
    }

    #[test]
    fn a_redirect_takes_the_password_no_further_than_the_host() {
        let carried = |from: &str, to: &str| {
            let mut to = Url::parse(to).unwrap();
            carry(&Url::parse(from).unwrap(), &mut to);
            to.to_string()
        };
        let from = "http://me:pw@a.kr/feed";
        assert_eq!(carried(from, "http://a.kr/x"), "http://me:pw@a.kr/x");
        assert_eq!(carried(from, "https://a.kr/x"), "https://me:pw@a.kr/x");
        for other in ["https://b.kr/x", "http://a.kr:81/x", "http://www.a.kr/x"] {
            assert_eq!(carried(from, other), other);
        }
        assert_eq!(
            carried("https://me:pw@a.kr/", "http://a.kr/"),
            "http://a.kr/"
        );
        assert_eq!(
            carried("https://a.kr/", "https://u:p@b.kr/"),
            "https://b.kr/"
        );
    }
}
