//! Finds the mobile or AMP version of a page, or the frame that holds its text. It is fetched when
//! the page's own HTML has no text: a script renders it, or it only frames another page.

use url::Url;

use super::parsed::ParsedPage;
use crate::extract::html::{Dom, NodeId, ROOT, Tag};
use crate::news::Article;
use crate::news::site::is_same_site;

/// The most frames of a page that are looked at.
const MOST_FRAMES: usize = 20;
/// Hosts of Google's AMP cache end like this; the path of an address there names the cached page.
const CACHE: &str = ".cdn.ampproject.org";

/// The address of the AMP version of the page at `own`, or else of its version for small screens,
/// or of its frame.
pub(crate) fn address(page: &ParsedPage<'_, '_>, own: &str) -> Option<String> {
    let links: Vec<NodeId> = page.dom.all(ROOT, Tag::Link).take(500).collect();
    let named = |fits: fn(&Dom<'_>, NodeId) -> bool| {
        let fitting = links.iter().filter(|id| fits(&page.dom, **id));
        let mut addresses =
            fitting.filter_map(|id| page.addresses.join(page.dom.attr(*id, "href")?));
        addresses
            .find(|url| **url != *own && is_counterpart(own, url))
            .map(|url| url.to_string())
    };
    named(is_amp)
        .or_else(|| named(is_for_small_screens))
        .or_else(|| frame(page, own))
}

/// The address of the frame that holds the text of a page without any: of several on the same site
/// the one that is named as the main one, or else the last of a frameset, before which menus stand.
fn frame(page: &ParsedPage<'_, '_>, own: &str) -> Option<String> {
    let of_tag = |tag| page.dom.all(ROOT, tag).take(MOST_FRAMES);
    let frames: Vec<(NodeId, String)> = of_tag(Tag::Frame)
        .chain(of_tag(Tag::Iframe))
        .filter_map(|id| {
            let url = page.addresses.join(page.dom.attr(id, "src")?)?;
            (*url != *own && is_same_site(own, &url)).then(|| (id, url.to_string()))
        })
        .collect();
    let is_main = |id: NodeId| {
        ["id", "name"].iter().any(|key| {
            let name = page.dom.attr(id, key).unwrap_or_default();
            let name = name.to_ascii_lowercase();
            ["main", "content", "body", "article"]
                .iter()
                .any(|word| name.contains(word))
        })
    };
    let named = frames.iter().find(|(id, _)| is_main(*id));
    let set = || {
        let mut set = frames.iter().rev();
        set.find(|(id, _)| page.dom.tag(*id) == Tag::Frame)
    };
    let only = || frames.first().filter(|_| frames.len() == 1);
    named.or_else(set).or_else(only).map(|(_, url)| url.clone())
}

fn is_amp(dom: &Dom<'_>, id: NodeId) -> bool {
    has_rel(dom, id, "amphtml")
}

fn is_for_small_screens(dom: &Dom<'_>, id: NodeId) -> bool {
    let media = dom
        .attr(id, "media")
        .unwrap_or_default()
        .to_ascii_lowercase();
    has_rel(dom, id, "alternate") && (media.contains("max-width") || media.contains("handheld"))
}

fn has_rel(dom: &Dom<'_>, id: NodeId, word: &str) -> bool {
    dom.attr(id, "rel").is_some_and(|rel| {
        rel.split_ascii_whitespace()
            .any(|w| w.eq_ignore_ascii_case(word))
    })
}

/// Whether `other` may show the article of the page at `own`: it is on the same site, or in the AMP
/// cache under that site's name.
pub fn is_counterpart(own: &str, other: &str) -> bool {
    is_same_site(own, other) || cached(other).is_some_and(|url| is_same_site(own, &url))
}

/// `https://paper-example.cdn.ampproject.org/c/s/paper.example/news/7` is a copy of
/// `https://paper.example/news/7`.
fn cached(address: &str) -> Option<String> {
    let url = Url::parse(address).ok().filter(|u| u.scheme() == "https")?;
    url.host_str()?.strip_suffix(CACHE)?;
    let (kind, rest) = url.path().trim_start_matches('/').split_once('/')?;
    let page = rest.strip_prefix("s/").unwrap_or(rest);
    matches!(kind, "c" | "v" | "a").then(|| format!("https://{page}"))
}

/// Replaces an article without text by the one of the page's mobile version, and returns whether it
/// did. Fields that only the original page gives are kept.
pub fn stand_in(article: &mut Article, other: Article) -> bool {
    let own = article.canonical_url.as_ref().or(article.url.as_ref());
    let named = other.canonical_url.as_ref();
    let of_another = own
        .zip(named)
        .is_some_and(|(own, named)| !is_counterpart(own, named));
    let empty = other.blocks.iter().all(|b| b.plain().is_empty());
    if of_another || empty || other.extraction.problem.is_some() {
        return false;
    }
    let page = std::mem::replace(article, other);
    article.url = page.url;
    article.canonical_url = page.canonical_url.or_else(|| article.canonical_url.take());
    if article.title.is_blank() {
        article.title = page.title;
    }
    if article.bylines.is_empty() {
        article.bylines = page.bylines;
    }
    article.publisher = page.publisher.or_else(|| article.publisher.take());
    article.section = article.section.take().or(page.section);
    article.published = article.published.or(page.published);
    article.updated = article.updated.or(page.updated);
    article.lead_image = article.lead_image.take().or(page.lead_image);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counterpart_is_on_the_same_site_or_in_the_cache_under_its_name() {
        let own = "https://www.paper.co.kr/news/7";
        for other in [
            "https://m.paper.co.kr/news/7",
            "http://amp.paper.co.kr/7",
            "https://www-paper-co-kr.cdn.ampproject.org/c/s/www.paper.co.kr/amp/7",
            "https://www-paper-co-kr.cdn.ampproject.org/v/www.paper.co.kr/amp/7",
        ] {
            assert!(is_counterpart(own, other), "{other}");
        }
        for other in [
            "https://paper.kr/news/7",
            "https://paper.co.kr.example/news/7",
            "https://other-kr.cdn.ampproject.org/c/s/other.kr/7",
            "http://www-paper-co-kr.cdn.ampproject.org/c/s/www.paper.co.kr/amp/7",
            "https://cdn.ampproject.org.example/c/s/www.paper.co.kr/amp/7",
            "https://x.cdn.ampproject.org/i/s/www.paper.co.kr/7.jpg",
            "file:///etc/passwd",
        ] {
            assert!(!is_counterpart(own, other), "{other}");
        }
    }
}
