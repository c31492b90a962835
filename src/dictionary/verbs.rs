//! Verbs and adjectives: which of the stems that a word may be a form of are likely.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::inflection::{StemReading, StemRule, stems, stems_of_infinitive};
use crate::news::word_list;

const WORDS: &str = include_str!("../../assets/words/korean_verbs.txt");

/// The stems under `heading`, several on a line.
fn set(heading: &str) -> HashSet<&'static str> {
    let lines = word_list::section(WORDS, heading);
    lines.into_iter().flat_map(str::split_whitespace).collect()
}

static REGULAR: LazyLock<HashSet<&str>> = LazyLock::new(|| set("regular"));
static IRREGULAR: LazyLock<[(StemRule, HashSet<&str>); 6]> = LazyLock::new(|| {
    [
        (StemRule::Digeut, set("irregular ㄷ")),
        (StemRule::Pieup, set("irregular ㅂ")),
        (StemRule::Sios, set("irregular ㅅ")),
        (StemRule::Reu, set("irregular 르")),
        (StemRule::Reo, set("irregular 러")),
        (StemRule::Hieut, set("irregular ㅎ")),
    ]
});

/// A verb that a word may be a form of, and how likely that is.
pub(super) struct VerbReading {
    /// With 다.
    pub(super) verb: String,
    pub(super) weight: i32,
}

/// The verbs that `word` may be a form of.
pub(super) fn verbs(word: &str) -> Vec<VerbReading> {
    stems(word)
        .into_iter()
        .filter_map(|reading| {
            Some(VerbReading {
                weight: weight(&reading)?,
                verb: format!("{}다", reading.stem),
            })
        })
        .collect()
}

/// Verbs that follow the form in 아 or 어 of another one and make a word with it: 붙여주다.
const AUXILIARIES: [&str; 14] = [
    "주", "가", "오", "내", "보", "놓", "두", "버리", "지", "대", "드리", "치우", "나가", "나오",
];

/// Whether the stem is in the lists, and of the class that the rule is for.
fn is_listed(stem: &str, rule: StemRule) -> bool {
    match rule {
        // Before an ending that changes nothing an irregular stem is as it is.
        StemRule::Regular => {
            REGULAR.contains(stem) || IRREGULAR.iter().any(|(_, stems)| stems.contains(stem))
        }
        rule => IRREGULAR
            .iter()
            .any(|(of, stems)| *of == rule && stems.contains(stem)),
    }
}

/// Whether the stem is a listed verb with an auxiliary.
fn is_compound(stem: &str) -> bool {
    AUXILIARIES.iter().any(|auxiliary| {
        stem.strip_suffix(auxiliary).is_some_and(|form| {
            let stems = stems_of_infinitive(form);
            stems.iter().any(|s| is_listed(&s.stem, s.rule))
        })
    })
}

/// How likely a stem is; `None` where it can't be one.
fn weight(reading: &StemReading) -> Option<i32> {
    let stem = reading.stem.as_str();
    let length = i32::try_from(stem.chars().count()).unwrap_or(i32::MAX);
    let ending = i32::try_from(reading.ending.min(6)).unwrap_or(6);
    let listed = |stem: &str| is_listed(stem, reading.rule);
    if listed(stem) {
        return Some(100 + length * 3 + ending);
    }
    if reading.rule == StemRule::Regular && is_compound(stem) {
        return Some(80 + length + ending);
    }
    // Compounds by their last part: 뛰어나가다, 촉구하다.
    let known = stem
        .char_indices()
        .skip(1)
        .map(|(at, _)| &stem[at..])
        .find(|part| listed(part));
    let Some(known) = known else {
        // Irregular stems are listed all but completely.
        let regular = reading.rule == StemRule::Regular;
        let unknown = if reading.telling { 45 } else { 20 };
        return (regular && length >= 2).then_some(unknown + ending);
    };
    let syllables = i32::try_from(known.chars().count()).unwrap_or(0);
    Some(
        ending
            + match known {
                "하" | "되" => 75,
                "시키" | "받" | "당하" | "스럽" | "롭" | "답" if reading.telling => 66,
                _ if reading.rule != StemRule::Regular => 72,
                _ if syllables >= 2 => 68 + syllables,
                _ if reading.telling => 47,
                _ => 25,
            },
    )
}
