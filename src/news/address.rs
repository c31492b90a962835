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

/// What stands for a secret.
const HIDDEN: &str = "…";
/// Shortest value that can be a token by its looks alone.
const SHORTEST_TOKEN: usize = 16;
/// Shortest value that can be one where its name may mean a reader.
const SHORTEST_CODE: usize = 8;
/// Shortest part of a path that can be one.
const SHORTEST_PART: usize = 20;

/// `address` without user name and password, and with `…` for the values of parameters that are
/// named like secrets. What is no web address stays as it is.
pub fn without_secrets(address: &str) -> Cow<'_, str> {
    redacted(address, false)
}

/// As [`without_secrets`], for a feed, whose address is often a key itself: long values and parts
/// of the path that look random are hidden too.
pub fn feed_without_secrets(address: &str) -> Cow<'_, str> {
    redacted(address, true)
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

fn redacted(address: &str, is_feed: bool) -> Cow<'_, str> {
    let Some((scheme, rest)) = address.split_once("://") else {
        return Cow::Borrowed(address);
    };
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, tail) = rest.split_at(end);
    let host = authority
        .rsplit_once('@')
        .map_or(authority, |(_, host)| host);
    let path_end = tail.find(['?', '#']).unwrap_or(tail.len());
    let (path, parameters) = tail.split_at(path_end);
    let mut out = format!("{scheme}://{host}");
    for (n, part) in path.split('/').enumerate() {
        if n > 0 {
            out.push('/');
        }
        let name = part.split('.').next().unwrap_or_default();
        let is_secret = is_feed && name.len() >= SHORTEST_PART && looks_random(name);
        out.push_str(if is_secret { HIDDEN } else { part });
    }
    for parameter in parameters.split_inclusive(['?', '#', '&', ';']) {
        let mark = parameter.len() - usize::from(parameter.ends_with(['?', '#', '&', ';']));
        let (pair, mark) = parameter.split_at(mark);
        match pair.split_once('=') {
            Some((name, value)) if !value.is_empty() && is_secret(name, value, is_feed) => {
                out.push_str(name);
                out.push('=');
                out.push_str(HIDDEN);
            }
            None if is_feed && pair.len() >= SHORTEST_TOKEN && looks_random(pair) => {
                out.push_str(HIDDEN);
            }
            _ => out.push_str(pair),
        }
        out.push_str(mark);
    }
    if out == address {
        Cow::Borrowed(address)
    } else {
        Cow::Owned(out)
    }
}

/// Whether a parameter holds a secret: by its name, and where that says little, by its value.
fn is_secret(name: &str, value: &str, is_feed: bool) -> bool {
    // `%74oken` is `token` to the server.
    let name: String = url::form_urlencoded::parse(name.as_bytes())
        .map(|(name, _)| name.to_ascii_lowercase())
        .collect();
    let parts = || name.split(['-', '_', '.']);
    let is_named = [
        "token",
        "secret",
        "passw",
        "signature",
        "apikey",
        "credential",
    ]
    .iter()
    .any(|sign| name.contains(sign))
        || parts().any(|part| matches!(part, "auth" | "pass" | "pwd" | "pw" | "sig" | "jwt"));
    // What everybody sees who looks at a channel or a playlist.
    if matches!(&*name, "channel_id" | "playlist_id") {
        return false;
    }
    // Korean papers call the number of an article its key.
    let may_be = parts().any(|part| part == "key" || part.ends_with("key") || part == "session");
    // Names that a feed gives to a section as well as to a reader: the value decides.
    let is_readers = || {
        parts().any(|part| {
            matches!(
                part,
                "code" | "sid" | "hash" | "h" | "k" | "t" | "id" | "uid" | "user" | "u" | "member"
            )
        }) && value.len() >= SHORTEST_CODE
            && has_digits_and_letters(value)
            && !is_slug(value)
    };
    is_named
        || may_be && (is_feed || looks_random(value))
        || is_feed && (looks_random(value) || is_readers())
}

/// Whether a text has at least two digits and two letters, and nothing but these and hyphens.
fn has_digits_and_letters(text: &str) -> bool {
    let count = |fits: fn(&u8) -> bool| text.bytes().filter(fits).count();
    count(u8::is_ascii_digit) >= 2
        && count(u8::is_ascii_alphabetic) >= 2
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'%' | b'='))
}

/// Whether a text is letters and digits without order, as keys are.
fn looks_random(text: &str) -> bool {
    let turns = |differ: fn(u8, u8) -> bool| {
        let pairs = text.as_bytes().windows(2);
        pairs.filter(|w| differ(w[0], w[1])).count()
    };
    // A date and a number with a name before it change once between letters and digits.
    let mixed = || {
        has_digits_and_letters(text) && turns(|a, b| a.is_ascii_digit() != b.is_ascii_digit()) >= 4
    };
    // Words written together have their capitals one by one.
    let capitals = || {
        let runs = text.split(|c: char| !c.is_ascii_uppercase());
        text.bytes().all(|b| b.is_ascii_alphanumeric())
            && turns(|a, b| a.is_ascii_lowercase() != b.is_ascii_lowercase()) >= text.len() / 5
            && runs.filter(|run| run.len() >= 2).count() >= 2
    };
    text.len() >= SHORTEST_TOKEN && (mixed() || capitals()) && !is_slug(text)
}

/// Whether a text is words joined by hyphens, as in the address of an article.
fn is_slug(text: &str) -> bool {
    let words = text.split(['-', '_']);
    let is_word = |w: &str| w.bytes().all(|b| b.is_ascii_lowercase()) && w.len() > 2;
    words.filter(|w| is_word(w)).count() >= 3
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
