//! What in an address is a secret: the one rule for lists, exports, the sync folder and the log.
//!
//! * user name and password before a host, also in an address within the address
//! * the value of a parameter, or the part of a path after a name, that is named like a secret
//!   (`token`, `auth[key]`, `/private/…`)
//! * of a feed, whose address is often a key itself, also what looks random, with or without a
//!   name. Not of what is named as public: channels, playlists, topics.

use std::borrow::Cow;

/// What stands for a secret.
pub(super) const HIDDEN: &str = "…";
/// Shortest value that can be a token by its looks alone.
const SHORTEST_TOKEN: usize = 16;
/// Shortest value that can be one where its name may mean a reader, or that has no name.
const SHORTEST_CODE: usize = 8;
/// Shortest part of a path that can be one, and that can be where letters and digits change often.
const SHORTEST_PART: (usize, usize) = (20, 12);
/// How often an address may be encoded within another one.
const DEEPEST: usize = 3;

/// What an address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AddressUse {
    /// An article, whose number may look like anything.
    Article,
    /// A feed.
    Feed,
}

/// `address` without its secrets. What is no web address stays as it is.
pub(super) fn redacted(address: &str, leads_to: AddressUse) -> Cow<'_, str> {
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
    let mut before = "";
    for (n, part) in path.split('/').enumerate() {
        if n > 0 {
            out.push('/');
        }
        match is_secret_part(part, before, leads_to) {
            true => out.push_str(HIDDEN),
            false => push_part(&mut out, part, leads_to),
        }
        // `/public/shows/…`: all below is there for everybody.
        if before != "public" {
            before = part;
        }
    }
    for parameter in parameters.split_inclusive(['?', '#', '&', ';']) {
        let mark = parameter.len() - usize::from(parameter.ends_with(['?', '#', '&', ';']));
        let (pair, mark) = parameter.split_at(mark);
        push_pair(&mut out, pair, leads_to);
        out.push_str(mark);
    }
    if out == address {
        Cow::Borrowed(address)
    } else {
        Cow::Owned(out)
    }
}

/// A part of a path, whose parameters stand behind semicolons.
fn push_part(out: &mut String, part: &str, leads_to: AddressUse) {
    for (n, piece) in part.split(';').enumerate() {
        if n > 0 {
            out.push(';');
        }
        match piece.contains('=') {
            true => push_pair(out, piece, leads_to),
            false => out.push_str(piece),
        }
    }
}

fn push_pair(out: &mut String, pair: &str, leads_to: AddressUse) {
    match pair.split_once('=') {
        Some((name, value)) if !value.is_empty() && is_secret_value(name, value, leads_to) => {
            out.push_str(name);
            out.push('=');
            out.push_str(HIDDEN);
        }
        None if holds_login(pair, leads_to) => out.push_str(HIDDEN),
        None if leads_to == AddressUse::Feed
            && pair.len() >= SHORTEST_CODE
            && (looks_random(pair) || changes_often(pair)) =>
        {
            out.push_str(HIDDEN);
        }
        _ => out.push_str(pair),
    }
}

/// Whether a part of a path is a secret, after the part `before`.
fn is_secret_part(part: &str, before: &str, leads_to: AddressUse) -> bool {
    if holds_login(part, leads_to) {
        return true;
    }
    let part = decoded(part);
    let stem = part.split(['.', ';']).next().unwrap_or_default();
    if let Some((name, value)) = stem.split_once(':') {
        return !value.is_empty() && is_secret_name(&name_parts(name));
    }
    let before = name_parts(before);
    if leads_to == AddressUse::Article {
        return is_secret_name(&before) && looks_random(stem);
    }
    if before.iter().any(|part| is_public(part)) || is_channel(stem) {
        return false;
    }
    // Not `/turkey/2026`.
    let may_name =
        |part: &String| may_name_secret(part) && (part == "key" || !part.ends_with("key"));
    let is_named = is_secret_name(&before) || before.iter().any(may_name);
    let has_digit = stem.bytes().any(|b| b.is_ascii_digit());
    is_named && has_digit && !is_slug(stem)
        || stem.len() >= SHORTEST_PART.0 && looks_random(stem)
        || stem.len() >= SHORTEST_PART.1 && changes_often(stem)
}

/// Whether a parameter holds a secret: by its name, and where that says little, by its value.
fn is_secret_value(name: &str, value: &str, leads_to: AddressUse) -> bool {
    let parts = name_parts(name);
    if is_secret_name(&parts) || holds_login(value, leads_to) {
        return true;
    }
    let value = &*decoded(value);
    // What everybody sees who looks at a channel or a playlist.
    if parts.iter().any(|part| is_public(part)) || is_channel(value) {
        return false;
    }
    // Korean papers call the number of an article its key.
    let may_be = parts.iter().any(|part| may_name_secret(part));
    if leads_to == AddressUse::Article {
        return may_be && looks_random(value);
    }
    // Names that a feed gives to a section as well as to a reader: the value decides.
    let is_readers = || {
        parts.iter().any(|part| {
            matches!(
                &**part,
                "code" | "sid" | "hash" | "h" | "t" | "id" | "uid" | "user" | "u" | "member"
            )
        }) && value.len() >= SHORTEST_CODE
            && has_digits_and_letters(value, 2)
            && !is_slug(value)
    };
    // `k` is a keyword as often as a key.
    let is_key = || {
        parts.iter().any(|part| part == "k")
            && value.len() >= 4
            && has_digits_and_letters(value, 1)
            && !is_slug(value)
    };
    may_be || looks_random(value) || is_readers() || is_key()
}

/// The words of a name: `auth[apiKey]` is `auth`, `api`, `key`. `%74oken` is `token` to the server.
fn name_parts(name: &str) -> Vec<String> {
    let name = decoded(name);
    let mut parts = vec![String::new()];
    let mut was_lower = false;
    for c in name.chars() {
        let is_new = !c.is_alphanumeric() || was_lower && c.is_uppercase();
        if is_new {
            parts.push(String::new());
        }
        if let Some(last) = parts.last_mut().filter(|_| c.is_alphanumeric()) {
            last.extend(c.to_lowercase());
        }
        was_lower = c.is_lowercase();
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Whether a name is that of a secret, whatever the value looks like.
fn is_secret_name(parts: &[String]) -> bool {
    let whole = parts.concat();
    let signs = [
        "token",
        "secret",
        "passw",
        "signature",
        "apikey",
        "authkey",
        "credential",
        "sessionid",
        "sessid",
    ];
    signs.iter().any(|sign| whole.contains(sign))
        || parts.iter().any(|part| {
            matches!(
                &**part,
                "auth" | "pass" | "pwd" | "pw" | "sig" | "jwt" | "hmac" | "otp" | "bearer"
            )
        })
}

/// Whether a name is that of a secret, or of something else.
fn may_name_secret(part: &str) -> bool {
    part.ends_with("key")
        || matches!(
            part,
            "session" | "access" | "private" | "ticket" | "license" | "licence" | "cred"
        )
}

/// Whether what is named so is there for everybody.
fn is_public(part: &str) -> bool {
    let one = part.strip_suffix('s').unwrap_or(part);
    matches!(one, "public" | "channel" | "playlist" | "topic" | "section")
}

/// Whether it is the number of a channel of YouTube, which many programs take.
fn is_channel(value: &str) -> bool {
    value.len() == 24
        && value.starts_with("UC")
        && value
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// Whether a text is or has an address with a secret in it, or a user's name and password.
fn holds_login(text: &str, leads_to: AddressUse) -> bool {
    let mut text = Cow::Borrowed(text);
    for _ in 0..DEEPEST {
        let start = text.find("://").map(|at| {
            let before = text.get(..at).unwrap_or_default();
            before
                .rfind(|c: char| !c.is_ascii_alphanumeric())
                .map_or(0, |end| end + 1)
        });
        let inner = start.and_then(|start| text.get(start..));
        if inner.is_some_and(|inner| redacted(inner, leads_to) != inner) || is_login(&text) {
            return true;
        }
        let once = decoded(&text);
        if once == text {
            return false;
        }
        text = Cow::Owned(once);
    }
    false
}

/// A text without its percent signs.
fn decoded(text: &str) -> String {
    // Where it stands for itself an ampersand would end the value.
    let whole = text.replace('&', "%26").replace('+', "%2B");
    url::form_urlencoded::parse(format!("={whole}").as_bytes())
        .map(|(_, value)| value.into_owned())
        .collect()
}

/// Whether a text begins like `name:password@host.example`.
fn is_login(text: &str) -> bool {
    let Some((login, host)) = text.trim_start_matches('/').split_once('@') else {
        return false;
    };
    let is_split = login
        .split_once(':')
        .is_some_and(|(name, password)| !name.is_empty() && !password.is_empty());
    is_split && !login.contains(['/', '?', ' ']) && host.contains('.')
}

/// Whether a text has at least so many digits and as many letters, and nothing but these and
/// hyphens.
fn has_digits_and_letters(text: &str, least: usize) -> bool {
    let count = |fits: fn(&u8) -> bool| text.bytes().filter(fits).count();
    count(u8::is_ascii_digit) >= least
        && count(u8::is_ascii_alphabetic) >= least
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'%' | b'='))
}

/// How often two letters follow each other for which `differ` is true.
fn turns(text: &str, differ: fn(u8, u8) -> bool) -> usize {
    let pairs = text.as_bytes().windows(2);
    pairs.filter(|w| differ(w[0], w[1])).count()
}

/// Whether a text is letters and digits without order, as keys are.
fn looks_random(text: &str) -> bool {
    // A date and a number with a name before it change once between letters and digits.
    let mixed = || {
        has_digits_and_letters(text, 2)
            && turns(text, |a, b| a.is_ascii_digit() != b.is_ascii_digit()) >= 4
    };
    // Words written together have their capitals one by one.
    let capitals = || {
        let runs = text.split(|c: char| !c.is_ascii_uppercase());
        text.bytes().all(|b| b.is_ascii_alphanumeric())
            && turns(text, |a, b| {
                a.is_ascii_lowercase() != b.is_ascii_lowercase()
            }) >= text.len() / 5
            && runs.filter(|run| run.len() >= 2).count() >= 2
    };
    text.len() >= SHORTEST_TOKEN && (mixed() || capitals()) && !is_slug(text)
}

/// Whether a shorter text has several digits between letters of both cases.
fn changes_often(text: &str) -> bool {
    let digits = text.split(|c: char| !c.is_ascii_digit());
    let has = |fits: fn(&u8) -> bool| text.bytes().any(|b| fits(&b));
    text.bytes().all(|b| b.is_ascii_alphanumeric())
        && digits.filter(|run| !run.is_empty()).count() >= 3
        && has(u8::is_ascii_alphabetic)
        && turns(text, |a, b| {
            a.is_ascii_digit() != b.is_ascii_digit()
                || a.is_ascii_lowercase() != b.is_ascii_lowercase()
        }) >= text.len() / 3
}

/// Whether a text is words joined by hyphens, as in the address of an article.
fn is_slug(text: &str) -> bool {
    let words = text.split(['-', '_']);
    let is_word = |w: &str| w.bytes().all(|b| b.is_ascii_lowercase()) && w.len() > 2;
    words.filter(|w| is_word(w)).count() >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_of_feeds_are_hidden_wherever_they_stand() {
        for (address, seen) in [
            (
                "https://a.kr/go?next=http://u:p@x/",
                "https://a.kr/go?next=…",
            ),
            (
                "https://a.kr/go?next=http%3A%2F%2Fu%3Ap%40x.kr%2Frss",
                "https://a.kr/go?next=…",
            ),
            (
                "https://a.kr/go?next=http%253A%252F%252Fu%253Ap%2540x.kr",
                "https://a.kr/go?next=…",
            ),
            ("https://a.kr/go?src=u:p@x.kr/rss", "https://a.kr/go?src=…"),
            (
                "https://a.kr/https://u:p@x.kr/rss",
                "https://a.kr/https://…/rss",
            ),
            (
                "https://a.kr/feed/http%3A%2F%2Fu%3Ap%40x.kr%2Frss/full",
                "https://a.kr/feed/…/full",
            ),
            (
                "https://a.kr/full?url=https%3A%2F%2Fb.kr%2Frss%3Ftoken%3Dab",
                "https://a.kr/full?url=…",
            ),
            ("https://a.kr/rss?k=hunter2", "https://a.kr/rss?k=…"),
            (
                "https://a.kr/rss?auth[key]=ab",
                "https://a.kr/rss?auth[key]=…",
            ),
            (
                "https://a.kr/rss?auth%5Bkey%5D=ab",
                "https://a.kr/rss?auth%5Bkey%5D=…",
            ),
            (
                "https://a.kr/rss?feedAuth=ab",
                "https://a.kr/rss?feedAuth=…",
            ),
            ("https://a.kr/rss?userKey=ab", "https://a.kr/rss?userKey=…"),
            (
                "https://a.kr/rss?type=all&4f9ac81be77d20a1c",
                "https://a.kr/rss?type=all&…",
            ),
            ("https://a.kr/rss?n=5&x7Kq2Vb9", "https://a.kr/rss?n=5&…"),
            (
                "https://a.kr/rss;jsessionid=7F2A",
                "https://a.kr/rss;jsessionid=…",
            ),
            (
                "https://a.kr/rss/token=ab/all",
                "https://a.kr/rss/token=…/all",
            ),
            (
                "https://a.kr/rss/secret:ab/u:kim",
                "https://a.kr/rss/…/u:kim",
            ),
            (
                "https://a.kr/feed/key/ab12/new.xml",
                "https://a.kr/feed/key/…/new.xml",
            ),
            (
                "https://a.kr/podcast/77/private/9d1c-44e0.rss",
                "https://a.kr/podcast/77/private/…",
            ),
            (
                "https://a.kr/feed/kim/uKs8fJ2aTz9QwEr/unread",
                "https://a.kr/feed/kim/…/unread",
            ),
            ("https://a.kr/rss?hmac=ab", "https://a.kr/rss?hmac=…"),
            ("https://a.kr/rss?access=ab", "https://a.kr/rss?access=…"),
        ] {
            assert_eq!(redacted(address, AddressUse::Feed), seen, "{address}");
        }
    }

    #[test]
    fn addresses_that_all_may_see_stay_as_they_are() {
        for address in [
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCq7bQ2x9LpA4tVw8ZrNfKdg",
            "https://www.youtube.com/feeds/videos.xml?playlist_id=PLq7bQ2x9LpA4tVw8ZrNfKdgXYZ12",
            "https://bridge.example/?bridge=Youtube&c=UCq7bQ2x9LpA4tVw8ZrNfKdg&format=Atom",
            "https://hub.example/youtube/channel/UCq7bQ2x9LpA4tVw8ZrNfKdg",
            "https://news.example/rss/topics/CAAqKggKIiRDQkFTRlFvSUwyMHZN?hl=ko&ceid=KR:ko",
            "https://pods.example/public/shows/8f3a9c1b-e27d-4405-a6c1-0b7c9d2e4f61",
            "https://a.kr/rss/S1N12.xml",
            "https://a.kr/rss/allArticle.xml",
            "https://a.kr/RSS/Section_2026_politics_and_economy.xml",
            "https://a.kr/rss?k=economy",
            "https://a.kr/rss?k=%EA%B2%BD%EC%A0%9C",
            "https://a.kr/rss?keyword=chip&page=2",
            "https://a.kr/rss?q=%EA%B2%BD%EC%A0%9C%20%EC%A0%84%EB%A7%9D+2026",
            "https://a.kr/%EA%B2%BD%EC%A0%9C%EC%A0%84%EB%A7%9D/feed",
            "https://a.kr/rss?q=site:b.kr+AI&author=kim",
            "https://a.kr/board.php?bo_table=news&wr_id=12345678",
            "https://a.kr/feed/?post_type=post&lang=ko&utf8",
            "https://a.kr/index.php?mid=news&act=rss",
            "https://a.kr/@kim/feed.rss",
            "https://a.kr/r/Korea/top/.rss?t=week",
            "https://a.kr/monkey/2026/feed.xml",
            "https://a.kr/go?next=https%3A%2F%2Fb.kr%2Frss%3Fid%3D5",
            "https://a.kr/wiki/Special:RecentChanges?feed=atom&days=30",
            "https://a.kr/feed?tag=c%2B%2B&sort=new",
        ] {
            assert_eq!(redacted(address, AddressUse::Feed), address);
            assert_eq!(redacted(address, AddressUse::Article), address);
        }
    }

    #[test]
    fn no_feed_of_the_catalogue_looks_like_a_secret() {
        let catalogue = include_str!("../../assets/feeds.opml");
        let feeds = catalogue.split("xmlUrl=\"").skip(1);
        let feeds: Vec<&str> = feeds.filter_map(|rest| rest.split('"').next()).collect();
        assert!(feeds.len() > 50);
        for feed in feeds {
            assert_eq!(redacted(feed, AddressUse::Feed), feed);
        }
    }

    #[test]
    fn of_an_article_only_what_is_named_like_a_secret_is_one() {
        for (address, seen) in [
            ("https://a.kr/1?next=//u:p@x.kr/", "https://a.kr/1?next=…"),
            ("https://a.kr/1?auth[key]=ab", "https://a.kr/1?auth[key]=…"),
            (
                "https://a.kr/reset/token/4f9ac81be77d20a1c",
                "https://a.kr/reset/token/…",
            ),
            // Numbers of articles.
            (
                "https://a.kr/v?id=4f9ac81be77d20a1c",
                "https://a.kr/v?id=4f9ac81be77d20a1c",
            ),
            (
                "https://a.kr/v?4f9ac81be77d20a1c",
                "https://a.kr/v?4f9ac81be77d20a1c",
            ),
            (
                "https://a.kr/key/the-secret-life-of-bees",
                "https://a.kr/key/the-secret-life-of-bees",
            ),
            ("https://a.kr/secret/garden", "https://a.kr/secret/garden"),
        ] {
            assert_eq!(redacted(address, AddressUse::Article), seen, "{address}");
        }
    }
}
