//! Lists the addresses at which a site's feed may be, the most likely first.

use url::Url;

use super::opml::outlets;
use crate::extract::body::lines::columns;
use crate::extract::html::markup::{MarkupToken, tokens, unescape};
use crate::news::Clean;
use crate::news::site::site;

/// The most candidate addresses: each costs a request.
const MAX_CANDIDATES: usize = 24;
/// The most candidates from links in the page's text.
const MAX_LINKS: usize = 8;

/// Usual paths of feeds on sites that declare none; those of common blog and news systems come
/// first.
const PATHS: [&str; 10] = [
    "/rss",
    "/feed",
    "/rss.xml",
    "/feed/",
    "/atom.xml",
    "/feed.xml",
    "/index.xml",
    "/rss/",
    "/rss/index.xml",
    "/feeds/posts/default",
];

/// Candidate feed addresses for the page `html` at `url`, in the order in which to try them: those
/// that the page declares, those of the publisher in the built-in list, those that the page links
/// to, and usual paths. Each address comes once.
pub fn discover(html: &str, url: &str) -> Vec<Clean> {
    let Ok(page) = Url::parse(url) else {
        return Vec::new();
    };
    let found = FeedLinks::read(html, &page);
    let mut out: Vec<Clean> = Vec::new();
    let mut add = |address: &str| {
        let address = Clean::line(address);
        if out.len() < MAX_CANDIDATES && address.starts_with("http") && !out.contains(&address) {
            out.push(address);
        }
    };
    found.declared.iter().for_each(|a| add(a));
    known(&page).iter().for_each(|a| add(a));
    found.linked.iter().for_each(|a| add(a));
    let at = |path: &str| page.join(path).map(|u| u.to_string()).unwrap_or_default();
    if found.nd_soft {
        add(&at("/rss/allArticle.xml"));
        add(&at("/rss/clickTop.xml"));
    }
    PATHS.iter().for_each(|path| add(&at(path)));
    add(&at("/rss/allArticle.xml"));
    found.comments.iter().for_each(|a| add(a));
    out
}

#[derive(Default)]
struct FeedLinks {
    /// Addresses in `<link rel="alternate">`, except those of comments.
    declared: Vec<String>,
    /// Addresses in `<link rel="alternate">` whose title or path names comments.
    comments: Vec<String>,
    /// Addresses in `<a href>` that look like a feed's.
    linked: Vec<String>,
    /// The page comes from the publishing system that dozens of Korean papers use.
    nd_soft: bool,
}

impl FeedLinks {
    fn read(html: &str, page: &Url) -> Self {
        let mut found = Self::default();
        let mut base = page.clone();
        for token in tokens(html) {
            let MarkupToken::Start { name, attrs, .. } = token else {
                continue;
            };
            let value = |key: &str| {
                attrs
                    .iter()
                    .find(|(k, _)| k.eq_ignore_ascii_case(key))
                    .map(|(_, v)| unescape(v.trim()))
            };
            let joined = |href: Option<String>| {
                href.filter(|h| !h.is_empty())
                    .and_then(|h| base.join(&h).ok())
                    .map(|u| u.to_string())
            };
            if name.eq_ignore_ascii_case("base") {
                base = joined(value("href"))
                    .and_then(|u| Url::parse(&u).ok())
                    .unwrap_or(base);
            } else if name.eq_ignore_ascii_case("link") {
                found.link(
                    value("rel"),
                    value("type"),
                    value("title"),
                    joined(value("href")),
                );
            } else if name.eq_ignore_ascii_case("a") {
                let Some(href) = joined(value("href")) else {
                    continue;
                };
                found.nd_soft |= href.contains("/news/articleView.html")
                    || href.contains("/news/articleList.html");
                if found.linked.len() < MAX_LINKS
                    && is_feed_like(&href, page)
                    && !found.linked.contains(&href)
                {
                    found.linked.push(href);
                }
            }
        }
        found
    }

    fn link(
        &mut self,
        rel: Option<String>,
        kind: Option<String>,
        title: Option<String>,
        href: Option<String>,
    ) {
        let (rel, kind) = (
            rel.unwrap_or_default().to_ascii_lowercase(),
            kind.unwrap_or_default().to_ascii_lowercase(),
        );
        let is_feed = ["rss+xml", "atom+xml", "feed+json", "rdf+xml"]
            .iter()
            .any(|t| kind.contains(t));
        let Some(href) = href.filter(|_| {
            rel.split_whitespace()
                .any(|r| r == "alternate" || r == "feed")
                && is_feed
        }) else {
            return;
        };
        let title = title.unwrap_or_default().to_lowercase();
        if title.contains("comment") || title.contains("댓글") || href.contains("/comments/") {
            self.comments.push(href);
        } else if self.declared.len() < MAX_CANDIDATES {
            self.declared.push(href);
        }
    }
}

/// Whether an address on the page's own site, or at a feed service, is named like a feed.
fn is_feed_like(href: &str, page: &Url) -> bool {
    let Ok(url) = Url::parse(href) else {
        return false;
    };
    let own = url
        .host_str()
        .zip(page.host_str())
        .is_some_and(|(a, b)| site(a) == site(b));
    let service = url
        .host_str()
        .is_some_and(|h| h.starts_with("feeds.") || h.starts_with("rss."));
    let path = url.path().to_ascii_lowercase();
    let named = path
        .split('/')
        .any(|p| matches!(p, "rss" | "feed" | "feeds" | "atom"))
        || path.ends_with(".rss")
        || path.ends_with("/atom.xml");
    let file = path.ends_with(".xml") && (path.contains("rss") || path.contains("feed"));
    (own || service) && columns(href) < 300 && (named || file || (service && path.len() > 1))
}

/// The feeds of the publisher whose site this is, from the built-in list.
fn known(page: &Url) -> Vec<Clean> {
    let Some(host) = page.host_str() else {
        return Vec::new();
    };
    let host_of = |u: &Clean| {
        Url::parse(u)
            .ok()
            .and_then(|u| u.host_str().map(str::to_owned))
    };
    let mut exact = Vec::new();
    let mut near = Vec::new();
    for feed in outlets() {
        let hosts = [feed.site.as_ref().and_then(host_of), host_of(&feed.url)];
        if hosts
            .iter()
            .flatten()
            .any(|h| h.trim_start_matches("www.") == host.trim_start_matches("www."))
        {
            exact.push(feed.url);
        } else if hosts[0].as_deref().is_some_and(|h| site(h) == site(host)) {
            near.push(feed.url);
        }
    }
    exact.extend(near);
    exact.truncate(6);
    exact
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_declares_comes_first() {
        let html = "<html><head><base href='/ko/'><link rel='alternate' \
            type='application/rss+xml' title='댓글' href='c.xml'>\
            <link href=\"rss.xml?a=1&amp;b=2\" type=\"application/rss+xml\" rel=\"alternate\">\
            <LINK REL=alternate TYPE=application/atom+xml HREF=https://b.example/atom></head>\
            <a href='https://www.example.kr/rss/society.xml'>RSS</a>\
            <a href='https://elsewhere.example/rss'>";
        let found = discover(html, "https://www.example.kr/news");
        let told: Vec<&str> = found.iter().map(|f| &**f).collect();
        assert_eq!(
            told[..3],
            [
                "https://www.example.kr/ko/rss.xml?a=1&b=2",
                "https://b.example/atom",
                "https://www.example.kr/rss/society.xml"
            ]
        );
        assert!(
            told.contains(&"https://www.example.kr/feed")
                && !told.contains(&"https://elsewhere.example/rss")
        );
        assert_eq!(told.last(), Some(&"https://www.example.kr/ko/c.xml"));
    }

    #[test]
    fn a_known_system_and_a_known_outlet_are_used() {
        let nd = discover(
            "<a href='/news/articleView.html?idxno=1'>",
            "https://paper.example.kr/",
        );
        assert_eq!(&*nd[0], "https://paper.example.kr/rss/allArticle.xml");
        let known = discover("", "https://www.asiae.co.kr/article/2026");
        assert!(known[0].contains("asiae.co.kr/rss/"), "{known:?}");
    }

    #[test]
    fn an_invalid_address_has_no_candidates() {
        assert!(discover("<link>", "not an address").is_empty());
        assert!(
            discover(&"<a href='/rss'>".repeat(50_000), "https://a.kr/").len() <= MAX_CANDIDATES
        );
    }
}
