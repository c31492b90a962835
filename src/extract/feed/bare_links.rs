//! Makes links of the addresses that stand bare in a feed's text.

use super::web_address::is_web;
use crate::news::order::Order as _;
use crate::news::{Block, Clean, Link};

/// Adds a link for each bare address in a paragraph, unless it is in a link already.
pub(super) fn linked(block: Block) -> Block {
    match block {
        Block::Paragraph {
            text,
            mut links,
            spans,
        } if has_mark(&text) => {
            let found = addresses(&text);
            let is_free = |start: usize, end: usize, links: &[Link]| {
                links.iter().all(|l| end <= l.start || l.end <= start)
            };
            for (start, end, url) in found {
                if is_free(start, end, &links) {
                    let url = Clean::line(&url);
                    links.push(Link { start, end, url });
                }
            }
            links.order_by_key(|l| l.start);
            Block::Paragraph { text, links, spans }
        }
        other => other,
    }
}

fn has_mark(text: &str) -> bool {
    text.contains("://") || text.contains("www.")
}

/// Where the next address may start from `from` on, and from where to look for the one after it: at
/// its scheme, or at a `www.` that stands for `https://www.`.
fn next_start(text: &str, from: usize) -> Option<(usize, usize)> {
    let scheme = text[from..].find("://").map(|at| from + at);
    let is_word = |at: usize| {
        let before = text[..at].chars().next_back();
        before
            .is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | '/' | '@' | '_'))
    };
    let www = text[from..scheme.unwrap_or(text.len())]
        .match_indices("www.")
        .map(|(at, _)| from + at)
        .find(|at| is_word(*at));
    if let Some(www) = www {
        return Some((www, www + 4));
    }
    let mark = scheme?;
    let start = text[..mark]
        .rfind(|c: char| !c.is_ascii_alphabetic())
        .map_or(0, |before| {
            before + text[before..].chars().next().map_or(1, char::len_utf8)
        });
    Some((start.max(from), mark + 3))
}

/// The addresses in a text, each with where it starts and ends in characters.
fn addresses(text: &str) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    let (mut from, mut counted) = (0, 0);
    while let Some((start, next)) = next_start(text, from) {
        from = next;
        let is_whole = is_web(&text[start..]);
        if !is_whole && !text[start..].starts_with("www.") {
            continue;
        }
        let address = &text[start..][..length(&text[start..])];
        from = from.max(start + address.len());
        let url = if is_whole {
            address.to_owned()
        } else {
            format!("https://{address}")
        };
        let is_named = |host: &str| is_whole || host.matches('.').count() >= 2;
        let parsed = url::Url::parse(&url);
        if !is_web(&url) || !parsed.is_ok_and(|u| u.host_str().is_some_and(is_named)) {
            continue;
        }
        // Counting from the last address on keeps this linear.
        let last = found.last().map_or(0, |(_, _, end)| *end);
        counted += text[last..start].chars().count();
        let length = address.chars().count();
        found.push((
            (counted, counted + length, url),
            start,
            start + address.len(),
        ));
        counted += length;
    }
    found.into_iter().map(|(link, _, _)| link).collect()
}

/// The length of the address at the start of `text` without the punctuation after it. Letters that
/// are not Latin belong to a path only after a separator: otherwise they are a Korean particle or
/// the next word of a text without blanks.
fn length(text: &str) -> usize {
    let mut end = 0;
    let mut last = ' ';
    for (at, c) in text.char_indices() {
        let belongs = if c.is_ascii() {
            c.is_ascii_graphic()
                && !matches!(c, '<' | '>' | '"' | '\\' | '^' | '`' | '{' | '}' | '|')
        } else {
            c.is_alphabetic() && (!last.is_ascii() || "/=_-+%".contains(last)) && at > 8
        };
        if !belongs {
            break;
        }
        end = at + c.len_utf8();
        last = c;
    }
    let mut address = &text[..end];
    loop {
        let bare = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '~']);
        let unbalanced = |close: char, open: char| {
            bare.ends_with(close) && bare.matches(close).count() > bare.matches(open).count()
        };
        let cut = if unbalanced(')', '(') || unbalanced(']', '[') {
            &bare[..bare.len() - 1]
        } else {
            bare
        };
        if cut.len() == address.len() {
            return cut.len();
        }
        address = cut;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let Block::Paragraph { text, links, .. } = linked(Block::paragraph(text)) else {
            return Vec::new();
        };
        let chars: Vec<char> = text.chars().collect();
        for link in &links {
            let shown: String = chars[link.start..link.end].iter().collect();
            assert_eq!(
                *link.url,
                *shown.replacen(
                    "www.",
                    "https://www.",
                    usize::from(shown.starts_with("www."))
                )
            );
        }
        links.into_iter().map(|l| l.url.to_string()).collect()
    }

    #[test]
    fn bare_addresses_are_links() {
        for (text, addresses) in [
            (
                "후원: https://give.kr/a?b=1&c=2, 문의",
                vec!["https://give.kr/a?b=1&c=2"],
            ),
            (
                "(http://a.kr/x_(y)) 그리고 https://b.kr/.",
                vec!["http://a.kr/x_(y)", "https://b.kr/"],
            ),
            ("https://a.kr/1를 보라", vec!["https://a.kr/1"]),
            (
                "가https://ko.wikipedia.org/wiki/금리 참조",
                vec!["https://ko.wikipedia.org/wiki/금리"],
            ),
            ("ftp://a.kr/1 javascript://x https:// http://", vec![]),
            (
                "HTTPS://A.kr/1\nhttps://a.kr/2",
                vec!["HTTPS://A.kr/1", "https://a.kr/2"],
            ),
            ("a://b://https://c.kr/", vec!["https://c.kr/"]),
            (
                "홈페이지(www.bok.or.kr)와 www.fss.or.kr/a?b=1, 참고",
                vec!["https://www.bok.or.kr", "https://www.fss.or.kr/a?b=1"],
            ),
            (
                "www.a.kr 다음 https://www.b.kr/ 그리고 kim@www.c.kr www. www.x",
                vec!["https://www.a.kr", "https://www.b.kr/"],
            ),
        ] {
            assert_eq!(found(text), addresses, "{text}");
        }
    }

    #[test]
    fn an_address_in_a_link_is_not_linked_twice() {
        let link = Link {
            start: 0,
            end: 12,
            url: Clean::line("https://b.kr/"),
        };
        let block = Block::linked(Clean::line("https://a.kr 글"), vec![link.clone()]);
        assert!(matches!(linked(block), Block::Paragraph { links, .. } if links == [link]));
    }
}
