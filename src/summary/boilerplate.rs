//! Lines of a news text that carry no news, and forms that make a sentence a poor summary.

use crate::news::hangul::is_hangul_syllable;

/// A line with one of these is a notice of the publisher's, whatever else it says.
const NOTICES: &[&str] = &[
    "무단전재",
    "무단 전재",
    "재배포",
    "저작권자",
    "ⓒ",
    "©",
    "copyright",
    "all rights reserved",
    "구독하시면",
    "구독하세요",
    "구독 신청",
    "구독해",
    "카카오톡",
    "제보는",
    "제보하기",
    "기사제보",
    "기사문의",
    "뉴스레터",
    "sign up for",
    "subscribe",
    "newsletter",
    "click here",
    "네이버에서",
    "채널 추가",
    "검색하면 가입",
    "바로가기",
    "클릭하면",
    "홈페이지에서 확인",
    "게재된 기사입니다",
    "방송 내용과 차이가 있을",
    "방송 내용과 다를 수",
    "인용할 때는",
    "인용 보도 시",
];

/// A short line with one of these is a caption, a credit or a byline.
const CREDITS: &[&str] = &[
    "사진=",
    "사진 =",
    "사진:",
    "사진제공",
    "사진 제공",
    "그래픽=",
    "자료=",
    "자료사진",
    "영상=",
    "출처=",
    "출처:",
    "이미지=",
    "기자=",
    "(file)",
    "photo:",
    "image:",
    "representative image",
    "photo by",
    "/사진",
    "＝연합뉴스",
    "/뉴스1",
    "/뉴시스",
    "연합뉴스 제공",
];

/// What captions end with, full stop aside.
const CAPTION_ENDS: &[&str] = &[
    "모습",
    "제공",
    "캡처",
    "캡쳐",
    "전경",
    "조감도",
    "스케치",
    "연합뉴스",
    "뉴시스",
    "뉴스1",
    "사진",
    "기자",
    "특파원",
    "photo)",
    "reuters",
    "afp",
    "pti",
    "getty images",
];

/// What people do in pictures, before `… 있다`: a caption that lost its place.
const POSES: &[&str] = &[
    "포즈를 취하고",
    "기념촬영을 하고",
    "기념촬영하고",
    "기념사진을 찍고",
    "인사말을 하고",
    "인사하고",
    "모두발언을 하고",
    "모두발언하고",
    "발언하고",
    "발언을 하고",
    "취재진의 질문에 답하고",
    "질문에 답하고",
    "미소를 짓고",
    "미소짓고",
    "환하게 웃고",
    "손을 흔들고",
    "악수하고",
    "악수를 하고",
    "입장하고",
    "들어서고",
    "나서고",
    "이동하고",
    "출석하고",
    "참석하고",
    "브리핑하고",
    "브리핑을 하고",
    "기자회견을 하고",
    "경청하고",
    "박수치고",
    "박수를 치고",
    "생각에 잠겨",
    "경례하고",
    "묵념하고",
];

/// Lines shorter than this many characters say nothing that stands on its own.
const SHORT_KOREAN: usize = 12;
const SHORT_OTHER: usize = 25;

/// A short line is at most this many characters.
const CREDIT_LENGTH: usize = 60;

/// Whether the line is no part of the story: byline, credit, caption, copyright, invitation, scrap.
pub(crate) fn is_junk(text: &str, length: usize, korean: bool) -> bool {
    if length < if korean { SHORT_KOREAN } else { SHORT_OTHER } {
        return true;
    }
    let lower = text.to_lowercase();
    let bare = lower.trim_end_matches(['.', ']', '>', ' ', '"']);
    let short = length <= CREDIT_LENGTH;
    lower.starts_with(['▶', '※', '☞', '▲', '◀', '△'])
        || (length <= 2 * CREDIT_LENGTH && NOTICES.iter().any(|n| lower.contains(n)))
        || (short && (lower.contains('@') || CREDITS.iter().any(|c| lower.contains(c))))
        || (short && CAPTION_ENDS.iter().any(|e| bare.ends_with(e)))
        || is_pose(bare)
}

/// `시장이 3일 시청에서 인사말을 하고 있다`: what a picture shows.
fn is_pose(bare: &str) -> bool {
    let Some(doing) = bare.strip_suffix(" 있다") else {
        return false;
    };
    let says_when = bare.contains("일 ") || bare.contains("날 ");
    says_when && bare.contains("에서 ") && POSES.iter().any(|p| doing.ends_with(p))
}

/// Whether the line does not end as a sentence does: a heading or caption that lost its block, a
/// cut line.
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

/// Whether the sentence turns to something else.
pub(crate) fn starts_aside(text: &str) -> bool {
    let first = first_word(text);
    matches!(first.as_str(), "한편" | "meanwhile")
}

/// First words that lean on the sentence before.
const POINTING: &str = "\
    그 그가 그는 그의 그를 그녀가 그녀는 그녀의 그들은 그들의 이 이는 이를 이에 이와 이로 이로써 이들 \
    이들이 이들은 이들의 이것이 이것은 이곳은 이곳에서 이런 이러한 이같은 이처럼 이때 이어 이어서 이밖에 \
    이외에 여기에 여기서 또 또한 그리고 그러나 그러면서 그러자 그런데 그럼에도 그렇지만 그래도 그래서 \
    그러므로 하지만 다만 따라서 아울러 게다가 더구나 예를 왜냐하면 둘째 셋째 넷째 다섯째 마지막으로 \
    끝으로 he she they it this that these those such his her hers him their them its but however also \
    and so yet then thus therefore instead moreover furthermore additionally second third finally";

/// Whether the sentence leans on the one before it.
pub(crate) fn points_back(text: &str) -> bool {
    let first = first_word(text);
    POINTING.split(' ').any(|word| word == first)
}

/// Whether the sentence is somebody's words and does not say whose: it begins with speech, and no
/// word outside the marks has the particle of a subject or topic.
pub(crate) fn hides_speaker(text: &str, korean: bool) -> bool {
    if !korean || !text.starts_with(['“', '"']) {
        return false;
    }
    let mut speech = false;
    let outside: String = text
        .chars()
        .map(|c| {
            match c {
                '“' => speech = true,
                '”' => speech = false,
                '"' => speech = !speech,
                _ if !speech => return c,
                _ => {}
            }
            ' '
        })
        .collect();
    let subject =
        |word: &str| word.chars().nth(1).is_some() && word.ends_with(['은', '는', '이', '가']);
    !outside.split(|c: char| !c.is_alphanumeric()).any(subject)
}

/// A sentence with so many commas and middle dots counts things up.
const LISTED: usize = 8;

/// Whether the sentence counts many things up. A comma inside a number is none.
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
