//! Pages that tell their reader why the article is not there: it is gone, or it is kept for
//! subscribers.

use crate::extract::body::trim::flatten;
use crate::extract::body::trim::verdict::is_narrated;
use crate::extract::html::{Dom, NodeId, ROOT, Tag};

/// A longer run of text is no message.
const LONGEST: usize = 400;
/// Runs of text that are looked at: a page without an article is short, and its message stands
/// early.
const MOST: usize = 3_000;

/// What pages say of an article that is gone, or of a reader whom they take for a machine. Without
/// blanks.
const GONE: [&str; 24] = [
    "존재하지않거나삭제",
    "존재하지않는기사",
    "존재하지않는페이지",
    "삭제된기사",
    "삭제되었거나",
    "삭제되었습니다",
    "기사가삭제",
    "찾을수없습니다",
    "없는기사입니다",
    "잘못된접근입니다",
    "잘못된경로",
    "서비스점검중",
    "접근이거부",
    "일시적인오류",
    "pagecan'tbefound",
    "pageyouwerelookingfor",
    "pageyouarelookingfor",
    "pagecannotbefound",
    "nolongeravailable",
    "nolongerexists",
    "couldn'tfindthepage",
    "verifyyouarehuman",
    "unusualtrafficfrom",
    "checkingifthesite",
];

/// What pages say of an article that is kept for those who pay. Without blanks.
const WALL: [&str; 30] = [
    "유료회원전용",
    "유료기사",
    "유료회원만",
    "유료구독자",
    "구독자전용",
    "회원전용기사",
    "회원전용콘텐츠",
    "프리미엄회원",
    "구독하시면",
    "구독후이용",
    "구독하고전문",
    "로그인후전문",
    "로그인후기사",
    "로그인후이용",
    "로그인이필요",
    "전문을보시려면",
    "전체기사를보시려면",
    "이어서보시려면",
    "구독자만읽을수",
    "subscribetocontinue",
    "subscribetoread",
    "tocontinuereading",
    "continuereadingthisarticle",
    "forsubscribersonly",
    "subscriber-onlycontent",
    "exclusivetosubscribers",
    "alreadyasubscriber",
    "unlockthisarticle",
    "logintoread",
    "signintoread",
];

/// Whether the page says, outside links, that there is no such article.
pub(crate) fn says_gone(dom: &Dom<'_>) -> bool {
    says(dom, &GONE) || alerts(dom)
}

/// Whether the page says that the rest is for subscribers.
pub(crate) fn says_wall(dom: &Dom<'_>) -> bool {
    says(dom, &WALL)
}

fn says(dom: &Dom<'_>, words: &[&str]) -> bool {
    let linked = |id: NodeId| {
        dom.ancestors(id)
            .take(3)
            .any(|up| matches!(dom.tag(up), Tag::A | Tag::Noscript | Tag::Footer))
    };
    dom.all(ROOT, Tag::Text)
        .filter(|id| (12..LONGEST).contains(&dom.raw(*id).len()))
        .take(MOST)
        .any(|id| {
            let line = dom.words(id);
            let flat = flatten(&line).replace('’', "'");
            words.iter().any(|w| flat.contains(w)) && !is_narrated(line.trim()) && !linked(id)
        })
}

/// Old Korean servers answer with nothing but `alert('삭제된 기사입니다')`.
fn alerts(dom: &Dom<'_>) -> bool {
    dom.len() < 40
        && dom.all(ROOT, Tag::Raw).any(|id| {
            let flat = flatten(dom.raw(id));
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
    fn messages_are_told_from_links() {
        assert!(says_gone(&Dom::parse(
            "<p>요청하신 기사가 존재하지 않거나 삭제되었습니다.</p>"
        )));
        assert!(says_gone(&Dom::parse(
            "<script>alert('삭제된 기사입니다.');history.back();</script>"
        )));
        assert!(says_wall(&Dom::parse(
            "<h2>Subscribe to continue reading</h2>"
        )));
        assert!(!says_wall(&Dom::parse(
            "<a href=/s><span>Subscribe to continue reading</span></a>"
        )));
    }
}
