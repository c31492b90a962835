//! Lines of an article that are no part of its story, and forms that make a sentence a poor choice
//! for a summary.

use std::sync::LazyLock;

use super::cues;
use crate::news::hangul::is_hangul_syllable;
use crate::news::word_list;

const WORDS: &str = include_str!("../../assets/words/boilerplate.txt");

/// A line with one of these is a notice by the publisher, whatever else it says.
static NOTICES: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "notices"));

/// A short line with one of these is a caption, a credit or a byline.
static CREDITS: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "credits"));

/// What captions end with, without the full stop.
static CAPTION_ENDS: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "caption ends"));

/// What people do in pictures, before `… 있다`: captions that stand in the text as sentences.
static POSES: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "poses"));

/// What a presenter, a host or a reporter says of the programme: ends of sentences, without the
/// full stop.
static STAGE_ENDS: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "stage ends"));

/// Labels of speakers and parts, at the start of a line.
static LABELS: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "labels"));

/// Lines of fewer characters than this are too short to be a sentence that stands alone.
const SHORT_KOREAN: usize = 12;
const SHORT_OTHER: usize = 25;

/// Most characters of a line that can be a caption, a credit or a byline.
const CREDIT_LENGTH: usize = 60;

/// Whether the line is no part of the story: a byline, credit, caption, copyright notice or
/// invitation to subscribe, or too short.
pub(crate) fn is_junk(text: &str, length: usize, korean: bool) -> bool {
    if length < if korean { SHORT_KOREAN } else { SHORT_OTHER } {
        return true;
    }
    let lower = text.to_lowercase();
    let bare = lower.trim_end_matches(['.', ']', '>', ' ', '"']);
    let short = length <= CREDIT_LENGTH;
    is_stage_line(bare)
        || (korean && is_question(text))
        || starts_with_sign(text)
        || is_mostly_address(text, length)
        || is_notice(text)
        || (short && CAPTION_ENDS.iter().any(|e| bare.ends_with(e)))
        || is_pose(bare)
}

/// Whether half of the line or more is web addresses: it points to what a summary cannot show.
fn is_mostly_address(text: &str, length: usize) -> bool {
    let addresses = text
        .split_whitespace()
        .filter(|word| word.contains("://") || word.starts_with("www."));
    let letters: usize = addresses.map(|word| word.chars().count()).sum();
    letters * 2 >= length
}

/// Whether the line is the publisher's and not the article's: a notice, a credit or a byline.
pub(crate) fn is_notice(text: &str) -> bool {
    let lower = text.to_lowercase();
    let length = text.chars().count();
    (length <= 2 * CREDIT_LENGTH && NOTICES.iter().any(|n| lower.contains(n)))
        || (length <= CREDIT_LENGTH
            && (lower.contains('@') || CREDITS.iter().any(|c| lower.contains(c))))
}

/// Whether the line belongs to the programme rather than to the news: `[앵커] …`, `…을 알아봅니다`.
fn is_stage_line(bare: &str) -> bool {
    STAGE_ENDS.iter().any(|e| bare.ends_with(e))
        || LABELS.iter().any(|l| bare.starts_with(l))
        || is_sign_off(bare)
}

/// What a broadcaster's people call themselves before their name.
const STATIONS: [&str; 6] = ["뉴스", "tv", "방송", "기자", "앵커", "특파원"];

/// Whether the line ends with the name of its reporter: `…에서 가나뉴스 강나루입니다`.
fn is_sign_off(bare: &str) -> bool {
    let Some((before, name)) = bare
        .strip_suffix("입니다")
        .and_then(|line| line.rsplit_once(' '))
    else {
        return false;
    };
    (2..=4).contains(&name.chars().count())
        && name.chars().all(is_hangul_syllable)
        && STATIONS.iter().any(|s| before.ends_with(s))
}

/// Whether the line asks: no summary of news does.
fn is_question(text: &str) -> bool {
    text.trim_end_matches(['"', '”', '’', '\'', ' '])
        .ends_with(['?', '？'])
}

/// Whether the line begins with a sign that is neither a letter nor a mark of speech or a bracket:
/// `▶ 인터뷰`, `🎧 음성으로 듣기`.
fn starts_with_sign(text: &str) -> bool {
    let opens = |c: char| "\"'“‘「『《〈<[(【（［＜…·-–—~$€£¥₩㈜㈔&@#+".contains(c);
    text.chars()
        .next()
        .is_some_and(|c| !c.is_alphanumeric() && !opens(c))
}

/// Whether the line describes a picture: `시장이 3일 시청에서 인사말을 하고 있다`.
fn is_pose(bare: &str) -> bool {
    let Some(doing) = bare.strip_suffix(" 있다") else {
        return false;
    };
    let says_when = bare.contains("일 ") || bare.contains("날 ");
    says_when && bare.contains("에서 ") && POSES.iter().any(|p| doing.ends_with(p))
}

/// Whether the line does not end as a sentence does: a heading or caption that the page marks up as
/// text, or a line that was cut off.
pub(crate) fn is_fragment(text: &str, korean: bool) -> bool {
    let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    if korean {
        let quote = ['"', '”', '\'', '’'];
        if text.ends_with(quote) && !text.trim_end_matches(quote).ends_with(['.', '!', '?', '…'])
        {
            return true;
        }
        match bare.chars().last() {
            Some(c) if is_hangul_syllable(c) => !matches!(
                c,
                '다' | '요' | '죠' | '까' | '네' | '라' | '자' | '음' | '함' | '됨' | '임'
            ),
            _ => !text.ends_with(['.', '!', '?', '"', '”']),
        }
    } else {
        !text.ends_with(['.', '!', '?', '"', '”', '\'', '’', '…'])
    }
}

/// Whether the sentence changes the subject.
pub(crate) fn starts_aside(text: &str) -> bool {
    let first = first_word(text);
    matches!(first.as_str(), "한편" | "meanwhile")
}

/// First words of a sentence that needs the one before it.
static POINTING_BACK: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let words = include_str!("../../assets/words/connectives.txt");
    word_list::section(words, "pointing back")
});

/// Whether the sentence needs the one before it to be understood.
pub(crate) fn points_back(text: &str) -> bool {
    POINTING_BACK.contains(&first_word(text).as_str()) || is_bare_reason(text)
}

/// Whether the sentence gives only the reason of the one before it: `…할 것이란 판단에서다.`
fn is_bare_reason(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    [
        "판단에서다",
        "이유에서다",
        "취지에서다",
        "판단 때문이다",
        "우려에서다",
    ]
    .iter()
    .any(|e| bare.ends_with(e))
}

/// Whether the sentence tells the judgment of a court of appeal.
pub(crate) fn is_appeal(text: &str) -> bool {
    ["항소심", "2심", "대법원", "상고심", "파기환송"]
        .iter()
        .any(|w| text.contains(w))
}

/// Whether the sentence tells the judgment of the first court only.
pub(crate) fn is_first_instance(text: &str) -> bool {
    let overrules = [
        "1심을 깨",
        "1심을 뒤집",
        "1심 판결을 깨",
        "1심 판결을 뒤집",
        "원심을 깨",
    ];
    text.contains("1심") && !is_appeal(text) && !overrules.iter().any(|w| text.contains(w))
}

/// Whether the sentence quotes a speaker without naming one: it begins with speech, and no word
/// outside the quotation marks has a particle of the subject or topic.
pub(crate) fn hides_speaker(text: &str, korean: bool) -> bool {
    if !korean || !text.starts_with(['“', '"']) {
        return false;
    }
    !cues::outside_speech(text).split(' ').any(cues::is_subject)
}

/// A sentence with at least this many commas and middle dots is an enumeration.
const LISTED: usize = 8;

/// Whether the sentence is an enumeration. A comma inside a number does not count.
pub(crate) fn counts_up(text: &str) -> bool {
    let marks = text.match_indices([',', '·', '、']).filter(|(at, mark)| {
        let rest = &text[at + mark.len()..];
        !rest.starts_with(|c: char| c.is_ascii_digit())
    });
    marks.count() >= LISTED
}

fn first_word(text: &str) -> String {
    text.split(|c: char| !c.is_alphanumeric())
        .find(|w| !w.is_empty())
        .unwrap_or_default()
        .to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn junk(text: &str) -> bool {
        is_junk(text, text.chars().count(), true)
    }

    #[test]
    fn a_line_of_an_address_is_no_news() {
        let pointer = |text: &str| is_mostly_address(text, text.chars().count());
        assert!(pointer(
            "자세한 내용은 https://example.com/archive/2026/11/index.html 참고"
        ));
        assert!(pointer(
            "The data: www.example.com/files/weather/tables/2026.csv."
        ));
        assert!(!pointer(
            "시는 신청을 누리집(www.gana.example)에서 이달 말까지 받는다고 밝혔다."
        ));
        assert!(!pointer(
            "The council took its site, https://a.example, off the net on Friday."
        ));
    }

    #[test]
    fn what_belongs_to_the_programme_is_no_news() {
        for line in [
            "[앵커] 한내강에 새 다리가 놓인다는 소식입니다.",
            "한내강 다리 공사 현장을 가나 기자와 함께 알아보겠습니다.",
            "가나시청에서 하나뉴스 강나루 기자입니다.",
            "하나TV 강나루입니다.",
            "지금까지 가나시청 상황실에서 하나 뉴스 강나루입니다.",
            "하나 뉴스는 여러분의 제보를 기다립니다.",
            "다리 위의 하루를 따라가며 살펴본다.",
            "▶ 인터뷰 : 강나루 / 가나시장 - \"내년에 착공합니다.\"",
            "🎧 아래에서 이 기사를 음성으로 들을 수 있습니다.",
            "한내강에는 왜 다리가 없었을까요?",
            "기사내용 요약 한내강에 보행 다리 놓기로",
        ] {
            assert!(junk(line), "{line}");
        }
        for line in [
            "가나시는 한내강에 보행 다리를 놓는다고 3일 밝혔습니다.",
            "\"다리를 왜 놓느냐\"는 물음에 시장은 \"주민이 바랐다\"고 답했다.",
            "$300만이 드는 다리는 내년에 착공한다.",
            "다리를 놓는 일을 맡은 곳은 가나건설입니다.",
            "-3도까지 떨어진 날씨에도 주민들은 다리를 건넜다.",
        ] {
            assert!(!junk(line), "{line}");
        }
    }

    #[test]
    fn a_bare_reason_and_the_first_court_are_told() {
        assert!(points_back("다리가 강을 막지 않으리라는 판단에서다."));
        assert!(is_first_instance("1심은 시의 손을 들어 주었다."));
        assert!(!is_first_instance(
            "형사2부는 집행유예를 선고한 1심을 깨고 징역 1년을 선고했다."
        ));
        assert!(!is_first_instance(
            "1심과 달리 항소심은 주민의 손을 들어 주었다."
        ));
    }
}
