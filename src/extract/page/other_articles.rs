//! Whole articles that a page shows below its own, for readers who scroll on.

use super::node_flags::{HIDDEN, NodeFlags};
use crate::extract::html::{Dom, NodeId, Tag};
use crate::extract::meta::title::letters;

/// The shortest headline, in bytes of its letters, that tells one article from another.
const MIN_HEADLINE: usize = 8;

/// Hides the `article` elements with headlines of their own where another has that of the page,
/// which `titles` gives as the page's head says it.
pub(super) fn hide(dom: &Dom<'_>, flags: &mut NodeFlags, titles: &[&str]) {
    let titles: Vec<String> = titles.iter().map(|title| letters(title)).collect();
    let headlines: Vec<(NodeId, String)> = outermost_articles(dom)
        .filter(|id| !flags.has(*id, HIDDEN))
        .filter_map(|id| Some((id, letters(&dom.text(dom.all(id, Tag::H1).next()?)))))
        .filter(|(_, headline)| headline.len() >= MIN_HEADLINE)
        .collect();
    let is_own = |headline: &str| titles.iter().any(|title| title.contains(headline));
    if !headlines.iter().any(|(_, headline)| is_own(headline)) {
        return;
    }
    for (id, headline) in &headlines {
        if !is_own(headline) {
            flags.set(*id, HIDDEN);
        }
    }
}

/// The `article` elements that stand in no other.
fn outermost_articles<'d>(dom: &'d Dom<'_>) -> impl Iterator<Item = NodeId> + 'd {
    let mut end = 0;
    (1..dom.len()).filter(move |id| {
        let is_outermost = *id >= end && dom.tag(*id) == Tag::Article;
        if is_outermost {
            end = dom.end(*id);
        }
        is_outermost
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::html::parse;

    fn hidden(page: &str, title: &str) -> Vec<bool> {
        let html = parse(page);
        let dom = Dom::of(&html);
        let mut flags = NodeFlags::of(&dom);
        hide(&dom, &mut flags, &[title]);
        let articles = outermost_articles(&dom);
        articles.map(|id| flags.has(id, HIDDEN)).collect()
    }

    const PAGE: &str = "<main><article><h1>Ferry runs again after the storm</h1><p>It does.</p>\
         </article><div><article><h1>Mayor opens a second library</h1><p>She did.</p></article>\
         </div></main>";

    #[test]
    fn the_next_article_is_hidden_beside_the_pages_own() {
        let title = "Ferry runs again after the storm | The Paper";
        assert_eq!(hidden(PAGE, title), [false, true]);
    }

    #[test]
    fn all_stay_where_none_has_the_pages_headline() {
        assert_eq!(hidden(PAGE, "The Paper"), [false, false]);
    }
}
