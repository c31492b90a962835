//! Lines of an article that are no part of its story, and forms that make a sentence a poor choice
//! for a summary.

use std::sync::LazyLock;

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
    lower.starts_with(['▶', '※', '☞', '▲', '◀', '△'])
        || (length <= 2 * CREDIT_LENGTH && NOTICES.iter().any(|n| lower.contains(n)))
        || (short && (lower.contains('@') || CREDITS.iter().any(|c| lower.contains(c))))
        || (short && CAPTION_ENDS.iter().any(|e| bare.ends_with(e)))
        || is_pose(bare)
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
    POINTING_BACK.contains(&first_word(text).as_str())
}

/// Whether the sentence quotes a speaker without naming one: it begins with speech, and no word
/// outside the quotation marks has a particle of the subject or topic.
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
