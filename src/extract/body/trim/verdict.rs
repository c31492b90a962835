//! Recognises lines that do not belong to an article by their words, wherever they are.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::lines::{BoxHeading, box_of, is_sure_chrome};
use super::phrases::{
    BUTTONS, MARKS, OTHERS, OTHERS_START, PLEAS, PLEAS_INSIDE, PORTRAITS, SUMMARIES, flatten,
};
use crate::extract::meta::byline::plain_name;
use crate::news::hangul::is_alphanumeric;
use crate::news::word_list;

const WORDS: &str = include_str!("../../../../assets/words/trimmed_lines.txt");

/// The kind of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineVerdict {
    /// Text of the article.
    Text,
    /// A copyright notice, which becomes a field.
    Copyright,
    /// A request to the reader, a button or a label.
    Furniture,
    /// A heading above links to other articles.
    Others,
    /// The publisher's closing lines: the article ends before them.
    Ending,
    /// The heading above the readers' comments.
    Comments,
    /// Hashtags: `#태그 #태그`.
    Hashtags,
}

/// Longer lines, in characters, are always taken for text.
const MAX_CHARS: usize = 220;

/// Classifies one line.
pub(crate) fn judge(line: &str) -> LineVerdict {
    let line = line.trim();
    let length = line.chars().count();
    if length > MAX_CHARS {
        return LineVerdict::Text;
    }
    let flat = flatten(line);
    let is_marked = MARKS.occurs_in(&flat);
    if is_marked && is_copyright(&flat) {
        return LineVerdict::Copyright;
    }
    if is_hashtags(line) {
        return LineVerdict::Hashtags;
    }
    if is_placeholder(line) || is_staff_credit(line) || is_counter(&flat) || is_sure_chrome(line) {
        return LineVerdict::Furniture;
    }
    if (is_marked && is_ending(&flat)) || is_about_writer(line) || PORTRAITS.has(bare(&flat)) {
        return LineVerdict::Ending;
    }
    if is_over_comments(line, &flat) {
        return LineVerdict::Comments;
    }
    let bare = bare(&flat);
    if length <= 40 && is_over_others_flat(line, &flat) {
        return LineVerdict::Others;
    }
    let sizes = matches!(
        flat.as_str(),
        "a+" | "a-" | "a+a-" | "a-a+" | "가+" | "가-" | "가+가-" | "가-가+"
    );
    let follows = flat.starts_with("follow")
        && ["ontwitter", "oninstagram", "onfacebook", "ontiktok"]
            .iter()
            .any(|w| flat.contains(w));
    let more = ["전체보기", "기사모음", "다른기사보기", "더보기"]
        .iter()
        .any(|w| bare.ends_with(w));
    let button = length <= 24 && (sizes || more || BUTTONS.has(bare));
    // A finger points to another article by its headline, or to what the sentence after it says.
    let points = line.starts_with('☞') && !line.ends_with('.');
    let plea = points
        || PLEAS.begins(&flat)
        || (flat.starts_with("reportingby") && flat.contains("editingby"))
        || (length < 140 && PLEAS_INSIDE.occurs_in(&flat) && !is_narrated(line));
    if button || plea || (follows && length <= 160) {
        LineVerdict::Furniture
    } else {
        LineVerdict::Text
    }
}

/// Whether a sentence is in the style of articles (`…했다.`) and not in that in which pages address
/// readers (`…합니다`, `…하세요`).
pub(crate) fn is_narrated(line: &str) -> bool {
    line.ends_with("다.") && !line.ends_with("니다.")
}

/// Whether a line credits the crew, as at the end of broadcasters' articles: `영상편집 : 홍길동`.
fn is_staff_credit(line: &str) -> bool {
    static CREW: LazyLock<HashSet<&str>> =
        LazyLock::new(|| word_list::section(WORDS, "crew").into_iter().collect());
    if !line.contains([':', '：', '/', '|', '┃', 'ㅣ']) {
        return false;
    }
    let is_job = |job: &str| {
        let job: String = job.chars().filter(|c| !c.is_whitespace()).collect();
        job.split(['·', '&', ',']).all(|j| CREW.contains(j))
    };
    // `( 취재 : 김하나 / 영상편집 : 이두리, 제작 : 가나부 )`
    let pairs: Vec<Option<(&str, &str)>> = line
        .trim_matches(['(', ')', ' '])
        .split(['/', ','])
        .map(|p| p.split_once([':', '：']))
        .collect();
    let all = pairs
        .iter()
        .all(|p| p.is_some_and(|(job, name)| is_job(job) && name.chars().count() <= 20));
    if pairs.len() > 1 && all {
        return true;
    }
    let Some((job, names)) = line.split_once([':', '：', '/', '|', '┃', 'ㅣ']) else {
        return false;
    };
    let sound =
        !super::super::blocks::inline_text::ends_sentence(names.trim_end_matches(['）', ')']));
    // If only the reporting is credited, the name is the author's.
    let alone = job.trim() == "취재";
    names.chars().count() <= 40 && sound && !alone && is_job(job)
}

/// The line without punctuation at its ends.
fn bare(flat: &str) -> &str {
    flat.trim_matches(|c: char| !is_alphanumeric(c))
}

fn is_copyright(flat: &str) -> bool {
    let signed = flat.contains('ⓒ') || flat.contains('©') || flat.contains("(c)");
    let sign = signed || flat.contains("copyright") || flat.contains("저작권자");
    let ban = || {
        [
            "무단전재",
            "무단복제",
            "재배포금지",
            "재배포를금지",
            "무단사용",
            "ai학습",
            "전재및재배포",
            "저작권법",
        ]
        .iter()
        .any(|w| flat.contains(w))
    };
    let english = flat.contains("allrightsreserved")
        || flat.contains("maynotbepublished,broadcast")
        || flat.contains("maynotbereproduced");
    let length = flat.chars().count();
    let bare = length < 90
        && !flat.ends_with("다.")
        && (flat.contains("금지") || flat.contains("무단전재"))
        && ban();
    let law = flat.contains("저작권법의보호") && length < 160 && ban();
    english
        || law
        || bare
        || (sign && ban())
        || (flat.starts_with("copyright") && (signed || flat.contains("20")))
        || (flat.starts_with(['©', 'ⓒ']) && length < 60 && (flat.contains("20") || is_firm(flat)))
}

/// Whether a line without blanks ends with what makes a name a company's.
fn is_firm(flat: &str) -> bool {
    let flat = flat.trim_end_matches(['.', ')', ' ']);
    ["ltd", "inc", "corp", "llc", "주식회사", "(주"]
        .iter()
        .any(|w| flat.ends_with(w))
}

/// Whether a line counts readers or their clicks: `조회수 42`, `추천: 3`, `1,204 views`.
fn is_counter(flat: &str) -> bool {
    static COUNTED: LazyLock<HashSet<&str>> =
        LazyLock::new(|| word_list::section(WORDS, "counted").into_iter().collect());
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ':' | '회' | '건');
    let word = flat.trim_matches(is_digit);
    word.len() < flat.len() && COUNTED.contains(word)
}

/// Whether a line is a placeholder of a template: `$$AD$$`, `{{name}}`, `[button link="…"]`.
fn is_placeholder(line: &str) -> bool {
    let wrapped = |open: &str, close: &str| {
        line.starts_with(open) && line.ends_with(close) && line.len() > open.len() + close.len()
    };
    let shortcode = wrapped("[", "]")
        && (line.contains("=\"") || line.contains("=”") || line.starts_with("[/"));
    (wrapped("$$", "$$") || wrapped("{{", "}}") || wrapped("##", "##") || shortcode)
        && line.chars().count() < 160
}

/// Whether a line is a heading above links to other articles.
pub(crate) fn is_over_others(text: &str) -> bool {
    is_over_others_flat(text, &flatten(text))
}

fn is_over_others_flat(text: &str, flat: &str) -> bool {
    let bare = bare(flat);
    OTHERS.has(bare) || (flat.len() <= 48 && OTHERS_START.begins(bare)) || is_ranked(text)
}

/// Whether a line is such a heading with a newspaper's name before it: `강마루일보 주요뉴스`. Only in
/// Korean: in other languages these words are as often part of a menu.
fn is_ranked(text: &str) -> bool {
    text.chars().any(super::super::lines::is_hangul_letter)
        && !text.contains(": ")
        && box_of(text) == Some(BoxHeading::Others)
}

/// Whether a line is a heading above the page's own summary.
pub(crate) fn is_over_summary(text: &str) -> bool {
    let flat = flatten(text);
    SUMMARIES.has(bare(&flat)) || box_of(text) == Some(BoxHeading::Summary)
}

/// Whether a line consists of hashtags. `#1` is a rank and not a tag.
fn is_hashtags(line: &str) -> bool {
    if !line.starts_with('#') {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    !words.is_empty()
        && words.iter().all(|w| {
            w.starts_with('#')
                && w.chars().count() > 1
                && !w[1..].starts_with(|c: char| c.is_ascii_digit())
        })
}

/// Whether a line is a heading above comments: `댓글 2`, `Comments 14`. It needs a count or a word
/// that is never a heading within an article.
fn is_over_comments(line: &str, flat: &str) -> bool {
    let named = || {
        ["댓글", "전체댓글", "독자댓글", "comments"]
            .iter()
            .any(|w| flat.starts_with(w))
    };
    line.chars().count() <= 24
        && box_of(line) == Some(BoxHeading::Comments)
        && (named() || line.contains(|c: char| c.is_ascii_digit()))
}

/// Whether a line is the heading of an author's portrait: `About Jane Writer`.
fn is_about_writer(line: &str) -> bool {
    line.strip_prefix("About ")
        .is_some_and(|name| name == "the author" || plain_name(name).is_some())
}

/// Whether a line asks for tips or names a helpline, as publishers append to every article.
fn is_ending(flat: &str) -> bool {
    let tip = [
        "기사문의및제보",
        "제보는카톡",
        "당신의제보가",
        "제보하기",
        "기사제보",
        "제보를기다립니다",
        "독자의제보",
    ]
    .iter()
    .any(|w| flat.contains(w));
    let channel = || {
        [
            "카카오톡",
            "카톡",
            "라인",
            "전화",
            "이메일",
            "@",
            "youtube",
            "유튜브",
            "검색",
            "제보",
        ]
        .iter()
        .any(|w| flat.contains(w))
    };
    let help = [
        "자살예방",
        "생명의전화",
        "정신건강상담전화",
        "도움을받을수있습니다",
        "24시간전문가의상담",
    ]
    .iter()
    .filter(|w| flat.contains(**w))
    .count()
        >= 2;
    (tip && channel()) || help || matches!(bare(flat), "끝")
}

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
            assert_eq!(judge(line), LineVerdict::Copyright, "{line}");
        }
        assert_eq!(
            judge("가나TV 기사문의 및 제보 : 카톡/라인 gana23"),
            LineVerdict::Ending
        );
        assert_eq!(
            judge("※ '당신의 제보가 뉴스가 됩니다' [카카오톡] 가나 검색"),
            LineVerdict::Ending
        );
        assert_eq!(judge("#지하철 #첫차"), LineVerdict::Hashtags);
        assert_eq!(judge("■ 많이 본 뉴스"), LineVerdict::Others);
        assert_eq!(judge("☞ 첫차 빨라지자 웃은 시장"), LineVerdict::Furniture);
        assert_eq!(judge("글자 크기"), LineVerdict::Furniture);
        assert_eq!(judge("영상편집 : 김하나"), LineVerdict::Furniture);
        assert_eq!(
            judge("( 취재 : 김하나 / 영상편집 : 이두리/ 화면제공 : 가나경찰청 )"),
            LineVerdict::Furniture
        );
        assert_eq!(
            judge("Follow The Paper on Instagram, Facebook and YouTube."),
            LineVerdict::Furniture
        );
        assert_eq!(judge("가나일보 주요뉴스"), LineVerdict::Others);
        assert_eq!(
            (judge("댓글 2"), judge("Comments 14")),
            (LineVerdict::Comments, LineVerdict::Comments)
        );
        assert_eq!(judge("About Jane Writer"), LineVerdict::Ending);
        assert_eq!(judge("기사 메일보내기 | 스크랩"), LineVerdict::Furniture);
        assert_eq!(
            judge("Read more: Trains run earlier"),
            LineVerdict::Furniture
        );
    }

    #[test]
    fn sentences_about_such_things_stay() {
        for line in [
            "정부는 저작권자의 동의 없이 기사를 학습에 쓰는 것을 막는 법을 만들기로 했다.",
            "그는 제보를 받고 현장으로 달려갔다고 말했다.",
            "관련 기사를 본 시민들이 항의했다.",
            "#1 in the charts for six weeks",
            "[앵커]",
            "\"로그인 후 이용하라는 창이 뜨면 바로 나간다\"는 독자가 열에 일곱이었다.",
            "촬영: 그는 산에서 사흘을 기다렸다.",
            "The share of renewables rose.",
            "Follow the river and you will find the mill on your left.",
            "취재 : 김하나",
            "About time",
            "☞ 첫차는 다섯 시에 떠나며, 역마다 오 분씩 늦다.",
        ] {
            assert_eq!(judge(line), LineVerdict::Text, "{line}");
        }
    }
}
