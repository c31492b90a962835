//! Recognises pages that explain why they have no article: it was removed, or it is for
//! subscribers. The phrases are in `non_articles.txt`.

use std::sync::LazyLock;

use crate::extract::body::trim::flatten;
use crate::extract::body::trim::verdict::is_narrated;
use crate::extract::html::{Dom, NodeId, ROOT, Tag};
use crate::news::word_list::Phrases;

/// Longer runs of text, in bytes, are prose and not a message from the site.
const MAX_MESSAGE_BYTES: usize = 400;
/// How many runs of text are searched: a page without an article is short, and its message is near
/// the top.
const MAX_RUNS: usize = 3_000;

const WORDS: &str = include_str!("../../../assets/words/non_articles.txt");

/// Phrases, without blanks, of pages whose article is gone and of pages that stop robots.
static GONE: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(WORDS, "gone"));

/// Phrases, without blanks, of pages that show their article to subscribers only.
static WALL: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(WORDS, "wall"));

/// Whether the page says that the article does not exist. Links that say so are ignored.
pub(crate) fn says_gone(dom: &Dom<'_>) -> bool {
    says(dom, &GONE) || alerts(dom)
}

/// Whether the page says that the article is for subscribers. Links that say so are ignored.
pub(crate) fn says_wall(dom: &Dom<'_>) -> bool {
    says(dom, &WALL)
}

fn says(dom: &Dom<'_>, phrases: &Phrases) -> bool {
    let linked = |id: NodeId| {
        dom.ancestors(id)
            .take(3)
            .any(|up| matches!(dom.tag(up), Tag::A | Tag::Noscript | Tag::Footer))
    };
    dom.all(ROOT, Tag::Text)
        .filter(|id| (12..MAX_MESSAGE_BYTES).contains(&dom.words(*id).len()))
        .take(MAX_RUNS)
        .any(|id| {
            let line = dom.words(id);
            let mut flat = flatten(line);
            if flat.contains('’') {
                flat = flat.replace('’', "'");
            }
            phrases.occurs_in(&flat) && !is_narrated(line.trim()) && !linked(id)
        })
}

/// Old Korean servers answer for a removed article with a script only: `alert('삭제된 기사입니다')`.
fn alerts(dom: &Dom<'_>) -> bool {
    dom.len() < 40
        && dom.all(ROOT, Tag::Raw).any(|id| {
            let flat = flatten(dom.words(id));
            flat.contains("alert(")
                && ["삭제", "없는기사", "존재하지", "잘못된", "없습니다"]
                    .iter()
                    .any(|w| flat.contains(w))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_count_only_outside_links() {
        assert!(says_gone(&Dom::of(&crate::extract::html::parse(
            "<p>요청하신 기사가 존재하지 않거나 삭제되었습니다.</p>"
        ))));
        assert!(says_gone(&Dom::of(&crate::extract::html::parse(
            "<script>alert('삭제된 기사입니다.');history.back();</script>"
        ))));
        assert!(says_wall(&Dom::of(&crate::extract::html::parse(
            "<h2>Subscribe to continue reading</h2>"
        ))));
        assert!(!says_wall(&Dom::of(&crate::extract::html::parse(
            "<a href=/s><span>Subscribe to continue reading</span></a>"
        ))));
    }
}
