//! The words of a line and of its source by their forms: what is told as past, and what is still to
//! come.

use crate::news::hangul::is_hangul_syllable;

/// Words that say that something is still to come.
const TO_COME: [&str; 13] = [
    "내년",
    "내후년",
    "내달",
    "내주",
    "다음",
    "오는",
    "내일",
    "모레",
    "앞으로",
    "향후",
    "이르면",
    "조만간",
    "연내",
];

/// Whether the line tells as done what the source says will be: `내년 4월 연다` told as `4월 열었다`.
/// The source knows the verb only in forms that are not past.
pub(super) fn is_told_too_early(said: &[&str], sentence: &str, context: &str) -> bool {
    let there = words(sentence);
    if !there.iter().any(|w| TO_COME.contains(w)) {
        return false;
    }
    let Some(verb) = said.last().filter(|w| is_past(w)) else {
        return false;
    };
    // `연다` and `열었다` have lead and vowel of the first syllable in common.
    let open_syllable = |w: &str| {
        w.chars()
            .next()
            .map(|c| (c as u32).wrapping_sub(0xac00) / 28)
    };
    let of_noun = verb.chars().nth(2).is_some_and(|c| "했됐하되".contains(c));
    let same = |w: &&str| {
        if of_noun {
            root(w) == root(verb)
        } else {
            open_syllable(w) == open_syllable(verb) && w.chars().count() <= verb.chars().count()
        }
    };
    let will =
        |w: &&str| same(w) && !is_past(w) && w.ends_with(['다', '고', '기', '로', '며', '정']);
    let future = there.iter().any(|w| will(w) || (of_noun && same(w)));
    let context = words(context);
    future && !context.iter().any(|w| same(w) && is_past(w))
}

/// Whether a word is a verb in the past: a syllable before the ending closes with ㅆ.
pub(super) fn is_past(word: &str) -> bool {
    let endings = ["다고", "다며", "으며", "고", "다"];
    let stem = endings.iter().find_map(|e| word.strip_suffix(e));
    let last = stem
        .and_then(|s| s.chars().last())
        .filter(|c| is_hangul_syllable(*c));
    last.is_some_and(|c| (c as u32 - 0xAC00) % 28 == 20 && c != '있' && c != '겠')
}

/// The words of `text` without the punctuation around them.
pub(super) fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '“' | '”' | '"' | '‘' | '’' | '('))
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '%'))
        .filter(|w| !w.is_empty())
        .collect()
}

/// The beginning of a word by which its other forms are recognised.
pub(super) fn root(word: &str) -> String {
    let lower = word.to_lowercase();
    let long = if lower.is_ascii() { 6 } else { 2 };
    lower.chars().take(long).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_will_be_is_not_told_as_done() {
        let early = |line: &str, source: &str| is_told_too_early(&words(line), source, source);
        for (line, source) in [
            (
                "가람시는 다리를 열었다.",
                "가람시는 내년 4월 다리를 연다고 밝혔다.",
            ),
            (
                "시는 도서관을 착공했다.",
                "시는 오는 5월 도서관을 착공하기로 했다.",
            ),
            ("요금이 올랐다.", "요금은 다음 달부터 오른다."),
        ] {
            assert!(early(line, source), "{line}");
        }
        for (line, source) in [
            (
                "가람시는 다리를 연다.",
                "가람시는 내년 4월 다리를 연다고 밝혔다.",
            ),
            (
                "시는 다리를 열었다.",
                "시는 4월 다리를 열었고 내년에 하나를 더 연다.",
            ),
            (
                "시장은 계획을 밝혔다.",
                "시장은 내년 4월 다리를 연다고 밝혔다.",
            ),
            ("요금이 올랐다.", "요금이 4% 올랐다."),
        ] {
            assert!(!early(line, source), "{line}");
        }
    }
}
