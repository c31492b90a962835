//! Lines that are no part of an article wherever they stand, told by their words.

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Line {
    /// Words of the article.
    Text,
    /// Whose text it is: kept as a field.
    Copyright,
    /// A plea, a button, a label.
    Furniture,
    /// A heading over links to other articles: what follows to the end is no article.
    Others,
    /// The paper's own lines after the article: nothing of it follows.
    Ending,
    /// `#태그 #태그`.
    Hashtags,
}

/// Longer lines are text, whatever words are in them.
const LONGEST: usize = 220;

/// Judges one line; `title` letters let a line be told from the headline.
pub(crate) fn judge(line: &str) -> Line {
    let line = line.trim();
    let length = line.chars().count();
    if length > LONGEST {
        return Line::Text;
    }
    let lower = line.to_lowercase();
    let flat: String = lower.chars().filter(|c| !c.is_whitespace()).collect();
    if is_copyright(&lower, &flat) {
        return Line::Copyright;
    }
    if is_hashtags(line) {
        return Line::Hashtags;
    }
    if is_placeholder(line) {
        return Line::Furniture;
    }
    if is_ending(&flat) {
        return Line::Ending;
    }
    let bare = bare(&flat);
    if length <= 40 && is_over_others(line) {
        return Line::Others;
    }
    let button = length <= 24 && BUTTONS.contains(&bare);
    let plea = PLEAS.iter().any(|p| flat.starts_with(p))
        || (flat.starts_with("reportingby") && flat.contains("editingby"))
        || (length < 140 && PLEAS_INSIDE.iter().any(|p| flat.contains(p)));
    if button || plea { Line::Furniture } else { Line::Text }
}

/// The line without marks at both ends.
fn bare(flat: &str) -> &str {
    flat.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_copyright(lower: &str, flat: &str) -> bool {
    let sign = flat.contains('ⓒ')
        || flat.contains('©')
        || flat.contains("(c)")
        || flat.contains("copyright")
        || flat.contains("저작권자");
    let ban = ["무단전재", "무단복제", "재배포금지", "재배포를금지", "무단사용", "ai학습", "전재및재배포", "저작권법"]
        .iter()
        .any(|w| flat.contains(w));
    let english = lower.contains("all rights reserved")
        || lower.contains("may not be published, broadcast")
        || lower.contains("may not be reproduced");
    let length = flat.chars().count();
    let bare = ban && length < 90 && !flat.ends_with("다.") && (flat.contains("금지") || flat.contains("무단전재"));
    (sign && (ban || english))
        || bare
        || english
        || (lower.starts_with("copyright ") && sign)
        || (flat.starts_with(['©', 'ⓒ']) && length < 60 && flat.contains("20"))
}

/// What a template left behind: `$$AD$$`, `{{name}}`, `[button link="…"]`.
fn is_placeholder(line: &str) -> bool {
    let wrapped = |open: &str, close: &str| {
        line.starts_with(open) && line.ends_with(close) && line.len() > open.len() + close.len()
    };
    let shortcode = wrapped("[", "]") && (line.contains("=\"") || line.contains("=”") || line.starts_with("[/"));
    (wrapped("$$", "$$") || wrapped("{{", "}}") || wrapped("##", "##") || shortcode) && line.chars().count() < 160
}

/// A heading over links to other articles, in any of the usual words.
pub(crate) fn is_over_others(text: &str) -> bool {
    let flat: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let bare = bare(&flat);
    OTHERS.contains(&bare) || (flat.len() <= 48 && OTHERS_START.iter().any(|w| bare.starts_with(w)))
}

/// A heading over the page's own summary.
pub(crate) fn is_over_summary(text: &str) -> bool {
    let flat: String = text.to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    SUMMARIES.contains(&bare(&flat))
}

/// Nothing but two or more `#words`, or one alone.
fn is_hashtags(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    !words.is_empty()
        && words
            .iter()
            .all(|w| w.starts_with('#') && w.chars().count() > 1 && !w[1..].starts_with(|c: char| c.is_ascii_digit()))
}

/// Tips, helplines and the like, which papers append to every article.
fn is_ending(flat: &str) -> bool {
    let tip =
        ["기사문의및제보", "제보는카톡", "당신의제보가", "제보하기", "기사제보", "제보를기다립니다", "독자의제보"]
            .iter()
            .any(|w| flat.contains(w));
    let channel = ["카카오톡", "카톡", "라인", "전화", "이메일", "@", "youtube", "유튜브", "검색", "제보"]
        .iter()
        .any(|w| flat.contains(w));
    let help = ["자살예방", "생명의전화", "정신건강상담전화", "도움을받을수있습니다", "24시간전문가의상담"]
        .iter()
        .filter(|w| flat.contains(**w))
        .count()
        >= 2;
    (tip && channel) || help || matches!(bare(flat), "끝")
}

/// Headings over links to other articles.
const OTHERS: &[&str] = &[
    "관련기사",
    "관련뉴스",
    "관련기사더보기",
    "이기사와관련된기사",
    "많이본뉴스",
    "많이본기사",
    "가장많이본뉴스",
    "인기기사",
    "인기뉴스",
    "실시간인기기사",
    "주요뉴스",
    "주요기사",
    "이시각주요뉴스",
    "이시각헤드라인",
    "헤드라인뉴스",
    "추천기사",
    "추천뉴스",
    "함께본기사",
    "함께보면좋은기사",
    "오늘의핫뉴스",
    "핫이슈",
    "최신기사",
    "최신뉴스",
    "다른기사보기",
    "다른기사더보기",
    "이기자의다른기사",
    "기자의다른기사",
    "베스트클릭",
    "화제의뉴스",
    "랭킹뉴스",
    "오늘의주요뉴스",
    "relatedarticles",
    "relatedstories",
    "relatedcontent",
    "related",
    "relatedposts",
    "relatedlinks",
    "relatednews",
    "morestories",
    "recommended",
    "recommendedstories",
    "mostpopular",
    "mostread",
    "trendingnow",
    "ourlateststories",
    "explorefurther",
    "youmayalsolike",
    "youmightalsolike",
    "upnext",
    "readnext",
    "latestnews",
    "recommendedforyou",
];

/// How headings over other articles begin, whatever section or paper they name.
const OTHERS_START: &[&str] = &[
    "morefrom",
    "moregreat",
    "morein",
    "moreabout",
    "readmoreabout",
    "readmorefrom",
    "moretoread",
    "morefor",
    "popularin",
    "latestfrom",
    "latestin",
    "trendingin",
];

/// Buttons and labels.
const BUTTONS: &[&str] = &[
    "공유하기",
    "기사공유",
    "기사공유하기",
    "인쇄하기",
    "인쇄",
    "스크랩",
    "북마크",
    "글자크기",
    "글자크기조절",
    "글자크기확대",
    "글자크기축소",
    "기사저장",
    "좋아요",
    "싫어요",
    "댓글",
    "댓글쓰기",
    "댓글보기",
    "구독하기",
    "구독",
    "기자구독",
    "더보기",
    "닫기",
    "목록",
    "목록으로",
    "이전기사",
    "다음기사",
    "음성으로듣기",
    "기사듣기",
    "번역",
    "광고",
    "이미지확대",
    "이미지확대하기",
    "이미지크게보기",
    "확대이미지보기",
    "사진확대",
    "크게보기",
    "본문듣기",
    "원본보기",
    "동영상보기",
    "영상보기",
    "페이스북",
    "트위터",
    "카카오톡",
    "url복사",
    "주소복사",
    "맨위로",
    "advertisement",
    "advert",
    "ad",
    "sponsored",
    "share",
    "tweet",
    "email",
    "print",
    "comments",
    "comment",
    "caption",
    "close",
    "readmore",
    "learnmore",
    "seemore",
    "loading",
    "viewgallery",
    "tags",
    "topics",
    "filedunder",
    "getshorturl",
    "play",
];

/// How pleas begin.
const PLEAS: &[&str] = &[
    "readmore:",
    "readmore–",
    "readmore-",
    "readalso",
    "alsoread",
    "alsoonrt",
    "seealso:",
    "related:",
    "relatedstory:",
    "relatedarticle:",
    "more:http",
    "readnext:",
    "clickheretosubscribe",
    "clickhereformore",
    "clickheretoread",
    "signupfor",
    "signuptoour",
    "subscribeto",
    "subscribenow",
    "followuson",
    "followusat",
    "likeuson",
    "joinuson",
    "sharethison",
    "sharethisstory",
    "sharethis:",
    "likethisstory?",
    "thisslideshowrequiresjavascript",
    "tapheretofollow",
    "downloadour",
    "getourapp",
    "supportour",
    "tellusyour",
    "telluswhatyouthink",
    "advertisement",
    "storycontinues",
    "articlecontinues",
    "scrolltocontinue",
    "scrolldown",
    "watch:",
    "listen:",
    "firstpublished:",
    "lastupdated:",
    "postedin:",
    "postedin",
    "filedunder:",
    "tags:",
    "tagged:",
    "relatedtags:",
    "needmorespace?",
    "wantmorestories",
    "[저작권",
    "▶관련",
    "▶[",
    "☞",
    "▶기사",
    "기사제보및",
    "newsletter:",
    "ourstandards:",
    "postcomment(",
    "reachthereporter",
    "followtheauthor",
    "formoreinformation,visit",
    "likeloading",
];

/// Headings over a page's own summary.
const SUMMARIES: &[&str] = &[
    "keypoints",
    "keytakeaways",
    "highlights",
    "ataglance",
    "storyhighlights",
    "요약",
    "핵심요약",
    "ai요약",
    "세줄요약",
    "3줄요약",
    "기사요약",
    "한눈에보기",
    "뉴스요약",
];

/// Words that only pleas hold.
const PLEAS_INSIDE: &[&str] = &[
    "구독과좋아요",
    "네이버에서구독",
    "네이버채널",
    "카카오채널추가",
    "채널추가",
    "알림설정",
    "뉴스레터구독",
    "뉴스레터를구독",
    "뉴스레터신청",
    "구독하시겠습니까",
    "기사가마음에들었다면",
    "기사를추천",
    "해당기사를북마크",
    "주소가복사",
    "클립보드에복사",
    "브라우저가video태그",
    "플레이어서비스종료",
    "internetexplorer",
    "vod시청안내",
    "로그인후이용",
    "회원용콘텐츠",
    "자동재생",
    "음성재생설정",
    "이동통신망에서음성",
    "ai요약은",
    "본문의핵심문장",
    "subscribetoournewsletter",
    "signupforournewsletter",
    "deliveredtoyourinbox",
    "clickhereformoreinformation",
    "followusonfacebook",
    "followhimontwitter@",
    "enablejavascript",
    "sharethispost",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_papers_own_lines_are_known() {
        for line in [
            "[저작권자(c) 가나방송 무단전재 및 재배포 금지]",
            "Copyright ⓒ 가나일보. All rights reserved. 무단 전재, 재배포 및 AI학습 이용 금지",
            "<저작권자 ⓒ 가나뉴스, 무단 전재 및 재배포 금지>",
            "© 2024 The Paper",
        ] {
            assert_eq!(judge(line), Line::Copyright, "{line}");
        }
        assert_eq!(judge("가나TV 기사문의 및 제보 : 카톡/라인 gana23"), Line::Ending);
        assert_eq!(judge("※ '당신의 제보가 뉴스가 됩니다' [카카오톡] 가나 검색"), Line::Ending);
        assert_eq!(judge("#지하철 #첫차"), Line::Hashtags);
        assert_eq!(judge("■ 많이 본 뉴스"), Line::Others);
        assert_eq!(judge("글자 크기"), Line::Furniture);
        assert_eq!(judge("Read more: Trains run earlier"), Line::Furniture);
    }

    #[test]
    fn sentences_about_such_things_stay() {
        for line in [
            "정부는 저작권자의 동의 없이 기사를 학습에 쓰는 것을 막는 법을 만들기로 했다.",
            "그는 제보를 받고 현장으로 달려갔다고 말했다.",
            "관련 기사를 본 시민들이 항의했다.",
            "#1 in the charts for six weeks",
            "[앵커]",
            "The share of renewables rose.",
        ] {
            assert_eq!(judge(line), Line::Text, "{line}");
        }
    }
}
