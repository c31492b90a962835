//! Reads the page's lists of related and most read articles, which are kept as links.

use super::node_flags::HIDDEN;
use super::parsed::ParsedPage;
use crate::extract::html::class_names;
use crate::extract::html::{NodeId, Tag};
use crate::extract::meta::byline;
use crate::news::{Article, Clean, Ranked, Related};

/// The most links that are kept of each list.
const MAX_LINKS: usize = 20;

/// Fills `related` and `most_read` from the page's lists, each article once.
pub(crate) fn collect(page: &ParsedPage<'_, '_>, article: &mut Article) {
    let own = article.address().cloned().unwrap_or_default();
    let ranked = page.by_profile(|p| &p.most_read);
    let related = page.by_profile(|p| &p.related);
    let lists = page.link_lists();
    let (mut most, mut others): (Vec<NodeId>, Vec<NodeId>) =
        lists.into_iter().partition(|id| is_ranking(page, *id));
    if !ranked.is_empty() {
        most = ranked;
    }
    if !related.is_empty() {
        others = related;
    }
    for (title, url) in most.iter().flat_map(|id| anchors(page, *id)) {
        if article.most_read.len() >= MAX_LINKS {
            break;
        }
        if url != own && !article.most_read.iter().any(|m| m.url == url) {
            let rank = u32::try_from(article.most_read.len() + 1).unwrap_or(u32::MAX);
            article.most_read.push(Ranked { rank, title, url });
        }
    }
    for (title, url) in others.iter().flat_map(|id| anchors(page, *id)) {
        if article.related.len() >= MAX_LINKS {
            break;
        }
        let known = article.related.iter().any(|r| r.url == url)
            || article.most_read.iter().any(|m| m.url == url);
        if url != own && !known {
            article.related.push(Related { title, url });
        }
    }
}

fn is_ranking(page: &ParsedPage<'_, '_>, id: NodeId) -> bool {
    let start: String = page
        .dom
        .all(id, Tag::Text)
        .map(|n| page.dom.words(n))
        .filter(|w| !w.trim().is_empty())
        .take(2)
        .collect();
    let before = page
        .dom
        .elder(id)
        .and_then(|e| page.dom.brief(e, 60))
        .unwrap_or_default();
    let says = |text: &str| {
        [
            "많이 본",
            "많이본",
            "인기",
            "랭킹",
            "Most",
            "Popular",
            "Trending",
        ]
        .iter()
        .any(|w| text.contains(w))
    };
    let mut found = says(&start) || says(&before);
    class_names::each(&page.dom, id, |whole, part| {
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

/// Title and address of links that have enough words to be a headline.
fn anchors<'s>(
    page: &'s ParsedPage<'_, '_>,
    list: NodeId,
) -> impl Iterator<Item = (Clean, Clean)> + 's {
    page.dom
        .all(list, Tag::A)
        .take(200)
        .filter(|a| !page.flags.has(*a, HIDDEN))
        .filter_map(|a| {
            let title = Clean::line(&page.dom.brief(a, 800)?);
            let title =
                Clean::line(title.trim_start_matches(|c: char| {
                    c.is_ascii_digit() || matches!(c, '.' | ' ' | '위')
                }));
            let fits = (8..=200).contains(&title.chars().count())
                && !title.contains('@')
                && !["더보기", "더 보기", "전체보기"]
                    .iter()
                    .any(|more| title.ends_with(more))
                && byline::signature(&title).is_empty();
            let url = page
                .addresses
                .join(page.dom.attr(a, "href").filter(|_| fits)?)?;
            url.starts_with("http").then_some((title, url))
        })
}
