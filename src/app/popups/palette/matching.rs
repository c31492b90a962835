//! Matches names against typed text: all words have to occur in the name, in any order. Hangul is
//! also found by initial consonants (ㅅㅋㄹ finds 스크랩).

/// The initial consonants of Hangul syllables in order, as compatibility jamo.
const INITIALS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ',
    'ㅌ', 'ㅍ', 'ㅎ',
];

/// Number of syllables that share an initial: 21 medials times 28 finals.
const SYLLABLES_AN_INITIAL: u32 = 21 * 28;

/// How well `name` matches `typed`, lower is better; `None` if it does not match.
pub fn rank(typed: &str, name: &str) -> Option<usize> {
    let (name, initials) = (name.to_lowercase(), initials(name));
    let mut worst = 0;
    for word in typed.to_lowercase().split_whitespace() {
        worst = worst.max(part(word, &name).or_else(|| by_initials(word, &initials))?);
    }
    Some(worst)
}

/// Rates where `word` occurs in `name`: at the beginning, at the beginning of a word, or inside
/// one.
fn part(word: &str, name: &str) -> Option<usize> {
    let mut found = name.match_indices(word).map(|(at, _)| at).peekable();
    let first = *found.peek()?;
    let begins = |at: usize| {
        !name[..at]
            .chars()
            .next_back()
            .is_some_and(char::is_alphanumeric)
    };
    Some(if first == 0 {
        0
    } else if found.any(begins) {
        1
    } else {
        2
    })
}

fn by_initials(word: &str, initials: &str) -> Option<usize> {
    let all = word.chars().all(|c| INITIALS.contains(&c));
    (all && initials.contains(word)).then_some(3)
}

/// The initial consonants of the Hangul syllables in `name`, without blanks and punctuation.
fn initials(name: &str) -> String {
    let initial = |c: char| match c {
        '가'..='힣' => INITIALS
            .get(((c as u32 - '가' as u32) / SYLLABLES_AN_INITIAL) as usize)
            .copied(),
        c => c.is_alphanumeric().then_some(c),
    };
    name.chars().filter_map(initial).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_answer_to_their_parts_in_any_order_and_to_their_initials() {
        for (typed, name, ranked) in [
            ("스크랩", "스크랩 · 취소", Some(0)),
            ("취소", "스크랩 · 취소", Some(1)),
            ("크랩", "스크랩 · 취소", Some(2)),
            ("취소 스크", "스크랩 · 취소", Some(1)),
            ("ㅅㅋㄹ", "스크랩 · 취소", Some(3)),
            ("ㅅㅋㄹㅊㅅ", "스크랩 · 취소", Some(3)),
            ("ㅃㄹㄱ", "빠르게", Some(3)),
            ("NEXT", "next-unread", Some(0)),
            ("unread next", "next-unread", Some(1)),
            ("", "무엇이든", Some(0)),
            ("ㅏ", "아", None),
            ("없다", "스크랩", None),
        ] {
            assert_eq!(rank(typed, name), ranked, "{typed} in {name}");
        }
    }
}
