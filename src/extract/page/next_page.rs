//! Finds the next page of an article that is split over several pages.
//!
//! A link to the next page looks like one to the next article. So both must fit: how the link looks
//! (`rel=next`, 다음, a number), and its address, which differs only by a number that is one higher.

use url::Url;

use super::parsed::ParsedPage;
use crate::extract::body::trim::flatten;
use crate::extract::html::class_names;
use crate::extract::html::{Dom, NodeId, ROOT, Tag};
use crate::news::hangul::is_alphanumeric;
use crate::news::order::Order as _;

/// Names of query parameters that hold a page number.
const PAGE_PARAMETERS: [&str; 12] = [
    "page", "p", "pg", "pn", "pageno", "page_no", "pagenum", "curpage", "cpage", "npage", "part",
    "seite",
];
/// The highest page number; larger numbers are identifiers or years.
const MAX_PAGE: u32 = 60;
/// How many links are examined on one page.
const MAX_LINKS: usize = 5_000;

/// The address of the article's next page, for the page at `own`.
pub(crate) fn next(page: &ParsedPage<'_, '_>, own: &str) -> Option<String> {
    let own = Url::parse(own).ok()?;
    let candidates = page
        .dom
        .all(ROOT, Tag::Link)
        .chain(page.dom.all(ROOT, Tag::A))
        .take(MAX_LINKS);
    candidates
        .filter(|id| is_arrow(&page.dom, *id) && !is_elsewhere(&page.dom, *id))
        .filter_map(|id| page.addresses.join(page.dom.attr(id, "href")?))
        .find(|url| Url::parse(url).is_ok_and(|url| follows(&own, &url)))
        .map(|url| url.to_string())
}

/// Whether a link looks like one to another page, by its `rel`, number, arrow or words.
fn is_arrow(dom: &Dom<'_>, id: NodeId) -> bool {
    if dom.attr(id, "rel").is_some_and(|r| {
        r.split_ascii_whitespace()
            .any(|w| w.eq_ignore_ascii_case("next"))
    }) {
        return true;
    }
    let Some(text) = (dom.tag(id) == Tag::A).then(|| dom.brief(id, 80)).flatten() else {
        return false;
    };
    let flat = flatten(&text);
    let bare = flat.trim_matches(|c: char| !is_alphanumeric(c));
    let number = bare
        .parse::<u32>()
        .is_ok_and(|n| (2..=MAX_PAGE).contains(&n));
    let words = [
        "다음",
        "다음페이지",
        "다음쪽",
        "다음장",
        "계속보기",
        "이어보기",
        "next",
        "nextpage",
        "continue",
        "次へ",
        "次のページ",
        "下一页",
        "weiter",
        "nächsteseite",
        "suivant",
    ];
    let arrow = bare.is_empty() && ["›", "»", ">", "→", "▶"].contains(&flat.as_str());
    number || arrow || words.contains(&bare) || bare.starts_with("page") && bare.len() <= 7
}

/// Whether a link turns the pages of comments or of a list beside the article.
fn is_elsewhere(dom: &Dom<'_>, id: NodeId) -> bool {
    dom.ancestors(id).take(6).any(|up| {
        let mut other = false;
        class_names::each(dom, up, |_, part| {
            other |= matches!(
                part,
                "comment"
                    | "comments"
                    | "reply"
                    | "replies"
                    | "list"
                    | "related"
                    | "rank"
                    | "ranking"
                    | "board"
                    | "gallery"
                    | "photos"
            );
        });
        other
    })
}

/// Whether `next` is the address of the page after `own`: it differs by the page number only.
fn follows(own: &Url, next: &Url) -> bool {
    let host = |u: &Url| {
        u.host_str()
            .map(|h| h.trim_start_matches("www.").to_ascii_lowercase())
    };
    if host(own) != host(next) || own.port_or_known_default() != next.port_or_known_default() {
        return false;
    }
    let (old, old_query) = numbered(own);
    let (new, new_query) = numbered(next);
    let (Some(stem), Some(number)) = (new.0, new.1.or(new_query.1)) else {
        return false;
    };
    let before = old.1.or(old_query.1).unwrap_or(1);
    old.0 == Some(stem) && old_query.0 == new_query.0 && number == before + 1 && number <= MAX_PAGE
}

/// A path without its page number, and the number.
type NumberedPath = (Option<String>, Option<u32>);
/// The pairs of a query without the one that holds the page number, and the number.
type NumberedQuery = (Vec<(String, String)>, Option<u32>);

fn numbered(url: &Url) -> (NumberedPath, NumberedQuery) {
    let mut number = None;
    let mut rest: Vec<(String, String)> = Vec::new();
    for (name, value) in url.query_pairs() {
        match value.parse::<u32>() {
            Ok(n)
                if n <= MAX_PAGE
                    && PAGE_PARAMETERS.contains(&name.to_ascii_lowercase().as_str()) =>
            {
                number = Some(n);
            }
            _ => rest.push((name.into_owned(), value.into_owned())),
        }
    }
    rest.order();
    (of_path(url.path()), (rest, number))
}

/// `/a/7/2`, `/a/7/page/2/`, `/a/7_2.html`, `/a/7-2.html` are page 2 of `/a/7`.
fn of_path(path: &str) -> NumberedPath {
    let path = path.trim_end_matches('/');
    let (stem, extension) = match path.rsplit_once('.') {
        Some((stem, ext)) if ext.len() <= 5 && !ext.contains('/') => (stem, ext),
        _ => (path, ""),
    };
    let cut = stem.rfind(['/', '_', '-']).filter(|at| {
        let tail = &stem[at + 1..];
        let short = (1..=2).contains(&tail.len())
            && tail
                .parse::<u32>()
                .is_ok_and(|n| (1..=MAX_PAGE).contains(&n));
        // The rest must still name an article: `/2024/3` is a month and not a page.
        short
            && stem[..*at]
                .rsplit('/')
                .next()
                .is_some_and(|last| last == "page" || last.len() >= 5 || stem[..*at].len() >= 20)
    });
    let Some(at) = cut else {
        return (Some(format!("{stem}.{extension}")), None);
    };
    let number = stem[at + 1..].parse().ok();
    let left = stem[..at].trim_end_matches("/page");
    (Some(format!("{left}.{extension}")), number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(own: &str, next: &str) -> bool {
        follows(&Url::parse(own).unwrap(), &Url::parse(next).unwrap())
    }

    #[test]
    fn the_next_page_differs_by_its_number_alone() {
        for (own, next) in [
            (
                "https://a.kr/news/view.php?id=7",
                "https://a.kr/news/view.php?id=7&page=2",
            ),
            (
                "https://a.kr/news/view.php?id=7&page=2",
                "https://www.a.kr/news/view.php?page=3&id=7",
            ),
            (
                "https://a.kr/story/first-trains/",
                "https://a.kr/story/first-trains/2/",
            ),
            (
                "https://a.kr/story/first-trains/page/2",
                "https://a.kr/story/first-trains/page/3",
            ),
            (
                "https://a.kr/2024/0320/100007.html",
                "https://a.kr/2024/0320/100007_2.html",
            ),
            ("https://a.kr/news/100007", "https://a.kr/news/100007?p=2"),
        ] {
            assert!(fits(own, next), "{own} {next}");
        }
    }

    #[test]
    fn another_article_is_not_the_next_page() {
        for (own, next) in [
            (
                "https://a.kr/news/view.php?id=7",
                "https://a.kr/news/view.php?id=8",
            ),
            ("https://a.kr/news/100007", "https://a.kr/news/100008"),
            (
                "https://a.kr/news/view.php?id=7",
                "https://a.kr/news/view.php?id=7&page=3",
            ),
            (
                "https://a.kr/news/view.php?id=7",
                "https://b.kr/news/view.php?id=7&page=2",
            ),
            (
                "https://a.kr/news/view.php?id=7",
                "https://a.kr/news/list.php?id=7&page=2",
            ),
            ("https://a.kr/2024/2", "https://a.kr/2024/3"),
            ("https://a.kr/x", "https://a.kr/x"),
        ] {
            assert!(!fits(own, next), "{own} {next}");
        }
    }
}
