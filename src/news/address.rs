//! How an address is shown: without passwords and tokens, and with a host whose letters could be
//! mistaken for others in punycode.
//!
//! Only what is displayed changes; the address that is fetched, opened or copied stays as it is. A
//! label is shown in its own script if it can't be mistaken for another: Hangul, Han or kana (with
//! Latin letters beside Hangul, as Koreans write), Latin with accents, or Cyrillic or Greek with at
//! least one letter that looks like no Latin one. Everything else is shown as `xn--…`.

use std::borrow::Cow;

use idna::AsciiDenyList;
use idna::uts46::{Hyphens, Uts46};

use super::Clean;
use super::address_secret::{AddressUse, HIDDEN, redacted};
use super::hangul::is_hangul_syllable;

/// `address` in the form to display, with its host as by [`shown_host`]. Text without `://` is only
/// cleaned.
pub fn shown(address: &str) -> Clean {
    let Some((scheme, rest)) = address.split_once("://") else {
        return Clean::line(address);
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at(end);
    // A user name before the host, as in `bank.kr@evil.example`, is left out: it is used to
    // deceive.
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => {
            (name, Some(port))
        }
        _ => (host, None),
    };
    let port = port.map(|p| format!(":{p}")).unwrap_or_default();
    let all = format!("{scheme}://{}{port}{path}", shown_host(name));
    Clean::line(&without_secrets(&all))
}

/// The web address that an address of the scheme `feed` stands for, as some sites and programs
/// write it: `feed://HOST/…` and `feed:https://HOST/…`. Another one stays as it is.
pub fn without_feed_scheme(address: &str) -> Cow<'_, str> {
    let Some(rest) = address
        .get(..5)
        .filter(|scheme| scheme.eq_ignore_ascii_case("feed:"))
        .map(|_| &address[5..])
    else {
        return Cow::Borrowed(address);
    };
    match rest.strip_prefix("//") {
        Some(host) => Cow::Owned(format!("http://{host}")),
        None => Cow::Borrowed(rest),
    }
}

/// `address` without user name and password, and with `…` for what else is a secret by
/// [`super::address_secret`]. What is no web address stays as it is.
pub fn without_secrets(address: &str) -> Cow<'_, str> {
    redacted(address, AddressUse::Article)
}

/// As [`without_secrets`], for a feed, whose address is often a key itself: long values and parts
/// of the path that look random are hidden too.
pub fn feed_without_secrets(address: &str) -> Cow<'_, str> {
    redacted(address, AddressUse::Feed)
}

/// Whether a part of the path or a value of the address is the `…` that [`without_secrets`] puts in
/// place of a secret, also in the form that browsers give it.
pub fn has_hidden_secret(address: &str) -> bool {
    let is_hidden = |part: &str| part == HIDDEN || part.eq_ignore_ascii_case("%E2%80%A6");
    address.split(['/', '?', '#', '&', ';', '=']).any(is_hidden)
}

/// A text that may contain an address, such as a title made of one.
pub fn text_without_secrets(text: &str) -> Cow<'_, str> {
    if !text.contains("://") {
        return Cow::Borrowed(text);
    }
    let words: Vec<Cow<'_, str>> = text.split(' ').map(feed_without_secrets).collect();
    if words.iter().all(|word| matches!(word, Cow::Borrowed(_))) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(words.join(" "))
}

/// `address` for the log: without anything that may identify the reader.
pub fn for_log(address: &str) -> String {
    let Ok(mut url) = url::Url::parse(&feed_without_secrets(address)) else {
        return "?".to_owned();
    };
    // These only fail where the address has no host, and then it has no user name either.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    if url.query().is_some() {
        url.set_query(Some("…"));
    }
    url.set_fragment(None);
    url.to_string()
}

/// A host name in the form to display.
pub fn shown_host(host: &str) -> Cow<'_, str> {
    if host.is_ascii()
        && !host.split('.').any(|label| {
            label
                .get(..4)
                .is_some_and(|p| p.eq_ignore_ascii_case("xn--"))
        })
    {
        return Cow::Borrowed(host);
    }
    let decide = |label: &[char], _: &[char], _: bool| is_unmistakable(label);
    Uts46::new()
        .to_user_interface(host.as_bytes(), AsciiDenyList::URL, Hyphens::Allow, decide)
        .0
}

/// Whether the letters of this label can't be mistaken for those of another.
fn is_unmistakable(label: &[char]) -> bool {
    let is_sign = |c: &char| c.is_ascii_digit() || *c == '-';
    let letters: Vec<char> = label.iter().copied().filter(|c| !is_sign(c)).collect();
    let all = |fits: fn(char) -> bool| letters.iter().all(|c| fits(*c));
    all(|c| is_hangul_syllable(c) || c.is_ascii_alphabetic())
        || all(|c| is_hangul_syllable(c) || is_han(c))
        || all(|c| is_han(c) || is_kana(c))
        || all(|c| c.is_ascii_alphabetic() || is_accented(c))
        || all(|c| ('а'..='я').contains(&c) || c == 'ё')
            && letters.iter().any(|c| !"асеорхукмнтвгьяпиз".contains(*c))
        || all(|c| ('α'..='ω').contains(&c) || "άέήίόύώϊϋΐΰ".contains(c))
            && letters.iter().any(|c| "θξπσφψωδλ".contains(*c))
}

fn is_han(c: char) -> bool {
    // Except characters that look like punctuation or kana.
    matches!(c, '\u{4e00}'..='\u{9fff}') && !"一丨丶丿乙二三口工卜".contains(c)
}

fn is_kana(c: char) -> bool {
    matches!(c, 'ぁ'..='ん' | 'ァ'..='ヺ') && !"ノニヘハロエトカヘりへ".contains(c)
}

fn is_accented(c: char) -> bool {
    matches!(c, 'ß'..='ö' | 'ø'..='ž') && !matches!(c, 'ı' | 'ĸ' | 'ŀ' | 'ŉ' | 'ſ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_shown_in_letters_that_look_like_no_others() {
        for (address, seen) in [
            ("https://한겨레.한국/a?b=가", "https://한겨레.한국/a?b=가"),
            ("https://xn--3e0b707e.kr:8080/x", "https://한국.kr:8080/x"),
            ("https://kbs뉴스.kr/", "https://kbs뉴스.kr/"),
            ("https://www.münchen.de/", "https://www.münchen.de/"),
            ("https://日本経済.jp/", "https://日本経済.jp/"),
            ("https://правда.example/", "https://правда.example/"),
            // Mixed, or all of one script and read as another.
            ("https://аpple.com/", "https://xn--pple-43d.com/"),
            ("https://аррӏе.com/", "https://xn--80ak6aa92e.com/"),
            ("https://раура.com/", "https://xn--80aa0cbo.com/"),
            ("https://googlе.com/", "https://xn--googl-3we.com/"),
            ("https://naverᴏ.com/", "https://xn--naver-q29a.com/"),
            ("https://ο.com/", "https://xn--0xa.com/"),
            ("https://가ㅣ.kr/", "https://xn--o39al0d.kr/"),
            ("https://bank.kr@evil.example/", "https://evil.example/"),
            ("not an address", "not an address"),
            ("mailto:a@b.kr", "mailto:a@b.kr"),
            ("https://[::1]:80/", "https://[::1]:80/"),
        ] {
            let got = shown(address);
            if seen.contains("xn--") {
                assert!(got.contains("xn--"), "{address}: {got}");
            } else {
                assert_eq!(&*got, seen, "{address}");
            }
        }
    }

    #[test]
    fn passwords_and_tokens_are_not_shown() {
        for (address, seen) in [
            ("https://me:pw@a.kr/rss?x=1#y", "https://a.kr/rss?x=1#y"),
            ("https://me@a.kr", "https://a.kr"),
            ("https://a@b:c@a.kr:8443/", "https://a.kr:8443/"),
            (
                "https://a.kr/?token=12&page=2",
                "https://a.kr/?token=…&page=2",
            ),
            ("https://a.kr/?%74oken=12", "https://a.kr/?%74oken=…"),
            (
                "https://a.kr/?a=1;access_token=x",
                "https://a.kr/?a=1;access_token=…",
            ),
            (
                "https://a.kr/#accessToken=x&b=c",
                "https://a.kr/#accessToken=…&b=c",
            ),
            (
                "https://a.kr/?X-Amz-Signature=ab",
                "https://a.kr/?X-Amz-Signature=…",
            ),
            ("https://a.kr/?key=4f9ac81be77d20a1c", "https://a.kr/?key=…"),
            // The numbers of articles stay.
            (
                "https://a.kr/v?key=20221128.99099008325",
                "https://a.kr/v?key=20221128.99099008325",
            ),
            (
                "https://a.kr/view/AKR20261128000100001",
                "https://a.kr/view/AKR20261128000100001",
            ),
            (
                "https://a.kr/?idxno=12&author=kim",
                "https://a.kr/?idxno=12&author=kim",
            ),
            ("가?token=나", "가?token=나"),
        ] {
            assert_eq!(without_secrets(address), seen, "{address}");
            assert!(!shown(address).contains("me:pw"));
        }
        for (address, seen) in [
            (
                "https://a.kr/private/8f14e45fceea167a5a36.rss",
                "https://a.kr/private/…",
            ),
            ("https://a.kr/rss?key=abc", "https://a.kr/rss?key=…"),
            ("https://a.kr/rss?4f9ac81be77d20a1c", "https://a.kr/rss?…"),
            (
                "https://a.kr/rss?u=4f9ac81be77d20a1c",
                "https://a.kr/rss?u=…",
            ),
            (
                "https://a.kr/section-4-of-the-2026-election-news/rss.xml",
                "https://a.kr/section-4-of-the-2026-election-news/rss.xml",
            ),
            ("https://a.kr/rss/S1N2.xml", "https://a.kr/rss/S1N2.xml"),
            ("https://a.kr/rss?code=ab12cd34", "https://a.kr/rss?code=…"),
            (
                "https://a.kr/rss?t=9fK2mQ7x&n=5",
                "https://a.kr/rss?t=…&n=5",
            ),
            ("https://a.kr/rss?code=S1N2", "https://a.kr/rss?code=S1N2"),
            (
                "https://a.kr/rss?sid=economy",
                "https://a.kr/rss?sid=economy",
            ),
            (
                "https://a.kr/rss?t=1764374400",
                "https://a.kr/rss?t=1764374400",
            ),
            (
                "https://a.kr/rss?x=QWxhZGRpbjpvcGVuIHNlc",
                "https://a.kr/rss?x=…",
            ),
            (
                "https://a.kr/rss?x=MonthlyEconomyReviewOfSeoul",
                "https://a.kr/rss?x=MonthlyEconomyReviewOfSeoul",
            ),
        ] {
            assert_eq!(feed_without_secrets(address), seen, "{address}");
            assert_eq!(
                text_without_secrets(&format!("새 {address}")),
                format!("새 {seen}")
            );
        }
    }

    #[test]
    fn the_scheme_of_feeds_stands_for_the_web() {
        for (address, web) in [
            ("feed://a.kr/rss", "http://a.kr/rss"),
            ("Feed:https://a.kr/rss", "https://a.kr/rss"),
            ("https://a.kr/?feed://b", "https://a.kr/?feed://b"),
            ("feed.kr/rss", "feed.kr/rss"),
            ("피드", "피드"),
        ] {
            assert_eq!(without_feed_scheme(address), web);
        }
    }

    #[test]
    fn what_is_no_name_at_all_is_harmless() {
        for host in [
            "xn--",
            "xn--a-\u{202e}",
            "..",
            "xn--999999999999",
            "\u{0}",
            "가\u{200d}나.kr",
        ] {
            let seen = shown(&format!("https://{host}/"));
            assert!(
                seen.chars().all(|c| !c.is_control() && c != '\u{202e}'),
                "{seen:?}"
            );
        }
    }
}
