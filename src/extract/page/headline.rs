//! Finds the headline among what the page's head says and what it prints.

use super::node_flags::{HIDDEN, LINKS};
use super::parsed::ParsedPage;
use crate::extract::html::{NodeId, ROOT, Tag};
use crate::extract::meta::{head, title};
use crate::news::{Article, Clean};

/// The headline, from the profile, the page's head, or what it prints.
pub(super) fn find(page: &ParsedPage<'_, '_>, article: &Article) -> Option<String> {
    let by_profile = page.words_of(&page.by_profile(|p| &p.title));
    if by_profile.is_some() {
        return by_profile;
    }
    let (head, said) = (&page.head, &page.described);
    let labelled = head::labelled(&page.dom, &["제목", "기사제목"]);
    if labelled.is_some() && said.headline.is_none() {
        return labelled;
    }
    let mut list: Vec<String> = Vec::new();
    list.extend(said.headline.clone());
    list.extend(head.get(&["og:title"]).map(str::to_owned));
    list.extend(
        head.get(&["twitter:title", "title", "dable:title"])
            .map(str::to_owned),
    );
    list.extend(head.title.clone());
    list.iter_mut()
        .for_each(|t| *t = Clean::line(t).to_string());
    let stated = list.len();
    list.retain(|t| !title::is_breadcrumb(t) && !title::is_board_name(t));
    if stated > 0 && list.is_empty() {
        // Of such a page, the first heading is the site's or the board's name.
        return board_headline(page);
    }
    let mut sites: Vec<String> = article.publisher.iter().map(ToString::to_string).collect();
    sites.extend(said.publisher.clone());
    sites.extend(head.get(&["og:site_name"]).map(str::to_owned));
    let host = article
        .url
        .as_deref()
        .or(article.canonical_url.as_deref())
        .and_then(|u| url::Url::parse(u).ok());
    if let Some(host) = host.as_ref().and_then(|u| u.host_str()) {
        let host = host.trim_start_matches("www.");
        sites.push(host.to_owned());
        sites.extend(host.split('.').rev().nth(1).map(str::to_owned));
    }
    // The headlines of other articles may be what this one is called in the head.
    let is_other = |id| page.flags.has(id, LINKS) && page.dom.all(id, Tag::H1).next().is_none();
    let hidden = |id| page.flags.has(id, HIDDEN) || is_other(id);
    let mut headings = head::headings(&page.dom, &list, hidden);
    if let Some(first) = list.first() {
        headings.extend(head::repeated(&page.dom, first, &headings, hidden));
    }
    let shared = head.get(&["og:title"]).map(|t| Clean::line(t).to_string());
    let chosen = title::choose(&list, &headings, &sites, shared.as_deref());
    let letters = title::letters(chosen.as_deref().unwrap_or_default());
    if headings
        .iter()
        .any(|heading| title::letters(heading) == letters)
    {
        return chosen;
    }
    // Some papers give all programs other headlines than the one they print.
    only_heading(page).or(chosen)
}

/// The only heading of level 1, if it is a headline by its length and stands in an article.
fn only_heading(page: &ParsedPage<'_, '_>) -> Option<String> {
    const MIN_CHARS: usize = 25;
    const MIN_WORDS: usize = 4;
    let is_shown = |id: &NodeId| {
        let mut around = page.dom.ancestors(*id);
        !around.any(|up| page.flags.has(up, HIDDEN | LINKS) || head::is_trail(&page.dom, up))
    };
    let is_linked = |id: &NodeId| page.dom.all(*id, Tag::A).next().is_some();
    let all = page.dom.all(ROOT, Tag::H1);
    let mut all = all.filter(|id| is_shown(id) && !is_linked(id));
    let (only, None) = (all.next()?, all.next()) else {
        return None;
    };
    let is_in_article = page
        .dom
        .ancestors(only)
        .any(|up| page.dom.tag(up) == Tag::Article)
        || page.dom.all(ROOT, Tag::Article).next().is_none();
    let line = Clean::line(&page.dom.brief(only, 900)?).to_string();
    (is_in_article
        && line.chars().count() >= MIN_CHARS
        && line.split_whitespace().count() >= MIN_WORDS)
        .then_some(line)
}

/// What stands before an article's number of readers, its author and its date on a board.
fn board_headline(page: &ParsedPage<'_, '_>) -> Option<String> {
    const BOARD_LABELS: [&str; 7] = [
        "등록일",
        "작성일",
        "게시일",
        "작성자",
        "글쓴이",
        "조회",
        "담당부서",
    ];
    let dom = &page.dom;
    let is_label = |words: &str| BOARD_LABELS.iter().any(|l| words.starts_with(l));
    let mut before: Option<&str> = None;
    for id in dom.all(ROOT, Tag::Text) {
        let words = dom.words(id).trim();
        if words.is_empty() || dom.ancestors(id).any(|up| page.flags.has(up, HIDDEN)) {
            continue;
        }
        if is_label(words)
            && let Some(line) = before
        {
            return Some(Clean::line(line).to_string());
        }
        let is_own =
            dom.tag(dom.parent(id)) != Tag::A && (6..=150).contains(&words.chars().count());
        before = Some(words).filter(|_| is_own);
    }
    None
}
