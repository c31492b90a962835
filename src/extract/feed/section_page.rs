//! Reads a section page as a feed, for publishers without one: its headlines with their addresses,
//! in the page's order.
//!
//! The profile of the publisher or of its publishing system says which links are headlines
//! (`links`). Without a profile, or if it no longer fits, they are the links with enough words
//! whose address looks like an article's, with a number or a date in it. Such a page gives no
//! dates, so an article is dated by when it was first seen.

use std::collections::HashMap;

use url::Url;

use super::{FeedError, ParsedFeed};
use crate::extract::body::blocks::media::Addresses;
use crate::extract::charset::decode_unlimited;
use crate::extract::html::{Dom, NodeId, ROOT, SelectorIndex, Tag, parse};
use crate::extract::meta::PageHead;
use crate::extract::page::node_flags::{HIDDEN, JUNK, NodeFlags};
use crate::extract::publishers::{Profile, Profiles};
use crate::news::{Article, Clean, Extraction, ExtractionMethod, Feed, FeedEntry};

/// A page with fewer headlines is not a section page.
const MIN_HEADLINES: usize = 4;
/// The most headlines that are kept of one page.
const MAX_HEADLINES: usize = 120;
/// The length of a headline in characters.
const HEADLINE: std::ops::RangeInclusive<usize> = 9..=160;

/// Reads the page at `url`. `http_charset` is the label of the `Content-Type` header.
///
/// # Errors
/// [`FeedError::Page`] if the page is not a list of articles, [`FeedError::Empty`] for no bytes.
pub fn section(
    bytes: &[u8],
    http_charset: Option<&str>,
    url: &str,
    profiles: &Profiles,
) -> Result<ParsedFeed, FeedError> {
    let text = decode_unlimited(bytes, http_charset);
    if text.trim().is_empty() {
        return Err(FeedError::Empty);
    }
    let html = parse(&text);
    let dom = Dom::of(&html);
    let profile = profiles.of_url(url);
    let addresses = Addresses::new(Some(url));
    let known = profile
        .into_iter()
        .chain(profiles.families())
        .map(|p| chosen(&dom, p));
    let found = known
        .filter(|links| links.len() >= MIN_HEADLINES)
        .map(|links| headlines(&dom, &links, true, &addresses, url))
        .find(|found| found.len() >= MIN_HEADLINES)
        .unwrap_or_else(|| headlines(&dom, &shown(&dom), false, &addresses, url));
    if found.len() < MIN_HEADLINES {
        return Err(FeedError::Page);
    }
    let publisher = profile
        .and_then(|p| p.publication(Some(url)))
        .map(Clean::line);
    let head = PageHead::read(&dom);
    let title = head
        .title
        .as_deref()
        .map(Clean::line)
        .filter(|t| !t.is_blank())
        .or_else(|| publisher.clone());
    let entries = found.into_iter().map(|(address, title)| FeedEntry {
        guid: address.clone(),
        published: None,
        markup: None,
        article: Article {
            title,
            url: Some(address),
            publisher: publisher.clone(),
            extraction: Extraction {
                method: ExtractionMethod::Section,
                confidence: 0.1,
                problem: None,
                form: None,
                page: None,
                cut: false,
            },
            ..Article::default()
        },
    });
    let url = Clean::line(url);
    Ok(ParsedFeed {
        feed: Feed {
            url: url.clone(),
            title: title.unwrap_or_default(),
            site: Some(url),
            folder: None,
            page: true,
        },
        entries: entries.collect(),
        ..ParsedFeed::default()
    })
}

/// Addresses and headlines of `links`, each address once with the shortest text that links to it.
/// Links that a profile has `chosen` may have any address.
fn headlines(
    dom: &Dom<'_>,
    links: &[NodeId],
    chosen: bool,
    addresses: &Addresses,
    page: &str,
) -> Vec<(Clean, Clean)> {
    let page = Url::parse(page).ok();
    let mut order: Vec<Clean> = Vec::new();
    let mut titles: HashMap<Clean, Clean> = HashMap::new();
    for &link in links {
        let Some(address) = dom.attr(link, "href").and_then(|href| addresses.join(href)) else {
            continue;
        };
        let Ok(url) = Url::parse(&address) else {
            continue;
        };
        let near = page.as_ref().is_none_or(|p| same_site(p, &url));
        if !near || !(chosen || is_article(&url)) || page.as_ref() == Some(&url) {
            continue;
        }
        let Some(title) = dom.brief(link, 600).map(|t| Clean::line(&t)) else {
            continue;
        };
        if !HEADLINE.contains(&title.chars().count()) {
            continue;
        }
        let known = titles.entry(address.clone()).or_insert_with(|| {
            order.push(address);
            title.clone()
        });
        // A teaser may link its picture (no text), its headline, and its headline with the lead:
        // the shortest text is the headline.
        if title.len() < known.len() {
            *known = title;
        }
    }
    order.truncate(MAX_HEADLINES);
    order
        .into_iter()
        .filter_map(|address| titles.remove(&address).map(|title| (address, title)))
        .collect()
}

/// The links that a profile selects, and those inside elements that it selects.
fn chosen(dom: &Dom<'_>, profile: &Profile) -> Vec<NodeId> {
    let index = SelectorIndex::new(dom);
    let named = profile
        .links
        .iter()
        .map(|s| s.all(dom, &index, ROOT))
        .find(|ids| !ids.is_empty())
        .unwrap_or_default();
    let inside = |id: NodeId| {
        if dom.tag(id) == Tag::A {
            vec![id]
        } else {
            dom.all(id, Tag::A).collect()
        }
    };
    named.into_iter().flat_map(inside).collect()
}

/// All visible links outside menus.
fn shown(dom: &Dom<'_>) -> Vec<NodeId> {
    let flags = NodeFlags::of(dom);
    dom.all(ROOT, Tag::A)
        .filter(|id| is_shown(dom, &flags, *id))
        .collect()
}

fn is_shown(dom: &Dom<'_>, flags: &NodeFlags, id: NodeId) -> bool {
    !flags.has(id, HIDDEN)
        && !dom
            .ancestors(id)
            .any(|up| flags.has(up, HIDDEN) || (flags.has(up, JUNK) && is_menu(dom.tag(up))))
}

/// Menus by tag only: on a section page, elements with class names such as `list` are not junk but
/// hold the headlines.
fn is_menu(tag: Tag) -> bool {
    matches!(tag, Tag::Nav | Tag::Footer | Tag::Menu | Tag::Dialog)
}

/// Whether an address looks like an article's: it has a long number, a date, or a slug of several
/// words.
fn is_article(url: &Url) -> bool {
    let digits = |text: &str| {
        text.split(|c: char| !c.is_ascii_digit())
            .map(str::len)
            .max()
            .unwrap_or(0)
    };
    let path = url.path();
    let name = path
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    let by_path = digits(path) >= 5 || name.matches('-').count() >= 3;
    by_path
        || url
            .query_pairs()
            .any(|(_, value)| value.len() <= 32 && digits(&value) >= 4)
}

fn same_site(page: &Url, url: &Url) -> bool {
    let site = |u: &Url| u.host_str().map(|h| crate::news::site::site(h).to_owned());
    site(page) == site(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(links: &str) -> String {
        format!(
            "<html><head><title>경제 - 강물일보</title></head><body><nav>\
             <a href='/news/12345678'>메뉴에 있는 긴 이름의 항목</a></nav>\
             <ul class='list'>{links}</ul><footer><a href='/company/20240101'>회사 소개와 이용 약관 안내</a>\
             </footer></body></html>"
        )
    }

    #[test]
    fn headlines_are_taken_and_the_rest_is_left() {
        let links: String = (1..=5)
            .map(|i| {
                format!(
                    "<li><a href='/article/2026112200{i}'><img src='x.jpg'></a>\
                     <a href='/article/2026112200{i}'>{i}번째 경제 소식을 전합니다</a>\
                     <a href='/article/2026112200{i}'>{i}번째 경제 소식을 전합니다 그리고 이어지는 요약문이 길게 붙는다</a>\
                     </li>"
                )
            })
            .collect();
        let more = "<li><a href='/economy'>경제 분야의 모든 기사</a></li><li>\
            <a href='https://ad.example/99999999'>다른 곳으로 가는 광고 문구</a></li>";
        let parsed = section(
            page(&(links + more)).as_bytes(),
            None,
            "https://www.river.example/economy",
            &Profiles::default(),
        );
        let parsed = parsed.unwrap();
        assert!(parsed.feed.page);
        let titles: Vec<&str> = parsed.entries.iter().map(|e| &*e.article.title).collect();
        assert_eq!(titles.len(), 5, "{titles:?}");
        assert_eq!(titles[0], "1번째 경제 소식을 전합니다");
        assert_eq!(
            parsed.entries[4].article.url.as_deref(),
            Some("https://www.river.example/article/20261122005")
        );
        assert!(parsed.entries.iter().all(|e| e.published.is_none()));
    }

    #[test]
    fn a_profile_says_which_links_are_headlines() {
        let links: String = (1..=4)
            .map(|i| format!("<div class='h'><a href='/v/{i}'>{i}번째로 고른 머리기사</a></div>"))
            .collect();
        let other = "<a href='/article/99999999'>고르지 않은 긴 제목의 기사</a>";
        let toml = "publisher = \"강물일보\"\nhosts = [\"*.river.example\"]\nbody = [\"#b\"]\n\
            links = [\".h\"]\n";
        let (profiles, errors) = Profiles::with_user(&[("river.toml", toml)]);
        assert!(errors.is_empty(), "{errors:?}");
        let parsed = section(
            page(&(links + other)).as_bytes(),
            None,
            "https://www.river.example/",
            &profiles,
        )
        .unwrap();
        assert_eq!(parsed.entries.len(), 4);
        assert_eq!(
            parsed.entries[0].article.publisher.as_deref(),
            Some("강물일보")
        );
    }

    #[test]
    fn an_article_page_is_not_a_section() {
        let text = page(&"<p>본문이다. 다시 본문이다.</p>".repeat(20));
        let read = section(
            text.as_bytes(),
            None,
            "https://www.river.example/article/1",
            &Profiles::default(),
        );
        assert_eq!(read, Err(FeedError::Page));
        assert_eq!(
            section(b" ", None, "https://a.kr/", &Profiles::default()),
            Err(FeedError::Empty)
        );
    }
}
