//! Lists of other articles: no text, but worth keeping as links.

use super::dom::{Id, Tag};
use super::marks::HIDDEN;
use super::meta::byline;
use super::page::Page;
use crate::news::{Article, Clean, Ranked, Related};

const KEPT: usize = 20;

/// Fills `related` and `most_read` from the page's own lists.
pub(crate) fn collect(page: &Page<'_, '_>, article: &mut Article) {
    let own = article.address().cloned().unwrap_or_default();
    let ranked = page.by_profile(|p| &p.most_read);
    let related = page.by_profile(|p| &p.related);
    let lists = page.link_lists();
    let (mut most, mut others): (Vec<Id>, Vec<Id>) = lists.into_iter().partition(|id| is_ranking(page, *id));
    if !ranked.is_empty() {
        most = ranked;
    }
    if !related.is_empty() {
        others = related;
    }
    for id in most {
        for (title, url) in anchors(page, id) {
            if article.most_read.len() < KEPT && url != own && !article.most_read.iter().any(|m| m.url == url) {
                let rank = u32::try_from(article.most_read.len() + 1).unwrap_or(u32::MAX);
                article.most_read.push(Ranked { rank, title, url });
            }
        }
    }
    for id in others {
        for (title, url) in anchors(page, id) {
            let known = url == own
                || article.related.iter().any(|r| r.url == url)
                || article.most_read.iter().any(|m| m.url == url);
            if article.related.len() < KEPT && !known {
                article.related.push(Related { title, url });
            }
        }
    }
}

fn is_ranking(page: &Page<'_, '_>, id: Id) -> bool {
    let start: String =
        page.dom.all(id, Tag::Text).map(|n| page.dom.raw(n)).filter(|w| !w.trim().is_empty()).take(2).collect();
    let before = page.dom.elder(id).and_then(|e| page.dom.brief(e, 60)).unwrap_or_default();
    let says = |text: &str| {
        ["많이 본", "많이본", "인기", "랭킹", "Most", "Popular", "Trending"].iter().any(|w| text.contains(w))
    };
    let mut found = says(&start) || says(&before);
    super::tokens::each(&page.dom, id, |whole, part| {
        found |= matches!(
            part,
            "rank"
                | "ranking"
                | "mostread"
                | "mostpopular"
                | "mostviewed"
                | "mostview"
                | "popular"
                | "bestnews"
                | "newsrank"
        ) || whole.contains("most");
    });
    found
}

/// Links with words enough to be a headline.
fn anchors(page: &Page<'_, '_>, list: Id) -> Vec<(Clean, Clean)> {
    let mut found = Vec::new();
    for a in page.dom.all(list, Tag::A).take(200) {
        if page.marks.has(a, HIDDEN) {
            continue;
        }
        let title = Clean::line(&page.dom.brief(a, 800).unwrap_or_default());
        let title =
            Clean::line(title.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | '위')));
        let letters = title.chars().count();
        let href = page.dom.attr(a, "href").and_then(|h| page.addresses.join(&h));
        if let Some(url) = href
            && (8..=200).contains(&letters)
            && !title.contains('@')
            && !["더보기", "더 보기", "전체보기"].iter().any(|more| title.ends_with(more))
            && byline::signature(&title).is_empty()
            && url.starts_with("http")
        {
            found.push((title, url));
        }
    }
    found
}
