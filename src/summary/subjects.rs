//! Subjects and topics of Korean clauses, by the particle of a word.

use std::sync::LazyLock;

use crate::news::hangul::is_hangul_syllable;
use crate::news::word_list;

/// Ends of verbs and adjectives before 는 and 은, which stand in front of a noun.
static VERBS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let words = include_str!("../../assets/words/shortening.txt");
    word_list::section(words, "verbs before the particle")
});

/// A word without the marks around it.
pub(crate) fn core(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '%')
}

/// Nouns of one syllable that are no verb before 는 and 은.
const SHORT_NOUNS: &str = "시군구당책것그저집법돈땅팀곡값비";

/// Whether the word is a topic: `시는`, `시장은`, and not a verb in front of a noun (`불리는`, `받은`).
pub(crate) fn is_topic(word: &str) -> bool {
    let word = core(word);
    let Some(noun) = word.strip_suffix(['은', '는']) else {
        return false;
    };
    let noun = noun.trim_end_matches(|c: char| !c.is_alphanumeric());
    let Some(last) = noun.chars().next_back() else {
        return false;
    };
    // 는 follows a vowel, 은 a consonant; after other letters either may be right.
    let closed = !(last as u32).wrapping_sub(0xac00).is_multiple_of(28);
    let fits = !is_hangul_syllable(last) || closed == word.ends_with('은');
    let long = noun.chars().nth(1).is_some() || SHORT_NOUNS.contains(last);
    fits && long && !VERBS.iter().any(|v| noun.ends_with(v))
}

/// Adverbs that end as a subject does.
const ADVERBS: [&str; 8] = [
    "같이",
    "많이",
    "없이",
    "높이",
    "깊이",
    "길이",
    "다시없이",
    "끊임없이",
];

/// Whether the word is the subject of a clause: a topic, or a noun with its particle.
pub(crate) fn has_subject(word: &str) -> bool {
    let word = core(word);
    let noun = word.strip_suffix(['이', '가']).unwrap_or_default();
    is_topic(word) || (noun.chars().nth(1).is_some() && !ADVERBS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_topic_is_a_noun_with_its_particle() {
        for word in [
            "다리는",
            "이야기는",
            "복지는",
            "조치는",
            "배우들은",
            "목적은",
        ] {
            assert!(is_topic(word), "{word}");
        }
        for word in [
            "하는",
            "불리는",
            "이어지는",
            "선고받은",
            "높은",
            "막는",
            "다리를",
        ] {
            assert!(!is_topic(word), "{word}");
        }
        assert!(has_subject("시장이") && has_subject("가람시가,"));
        assert!(!has_subject("많이") && !has_subject("달리는"));
    }
}
