//! Whether a line contradicts the sentence that supports it: a negation added or dropped, a change
//! in the other direction, a plan told as done, a speaker, noun or title that is not there, a
//! number that counts something else.
//!
//! Every check looks for a word in the line whose counterpart in the source says otherwise. A
//! synonym has no such counterpart, so it raises no doubt.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::doubt::{Doubt, PLACE_ENDS};
use super::tense::{is_past, is_told_too_early, root, words};
use crate::news::hangul::is_hangul_syllable;
use crate::news::word_list;
use crate::summary::names::{SURNAMES, TITLES};
use crate::summary::tokens::stem;

const WORDS: &str = include_str!("../../../assets/words/claims.txt");

/// Beginnings of words for opposite changes: each pair of lines are the two sides.
static OPPOSITES: LazyLock<Vec<[Vec<&str>; 2]>> = LazyLock::new(|| {
    let lines = word_list::section(WORDS, "opposites");
    let side = |line: &&'static str| line.split(' ').collect();
    lines
        .chunks_exact(2)
        .map(|pair| [side(&pair[0]), side(&pair[1])])
        .collect()
});

/// Words that leave a thing open.
static TENTATIVE: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "tentative"));

/// Beginnings of words that report what was said.
static SAYING: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "saying"));

/// Nouns that a summary may use though the article does not.
static GENERAL: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "general nouns"));

/// Particles of subject, topic, object and place, the longest first.
const PARTICLES: [&str; 13] = [
    "에서는",
    "에게는",
    "에서",
    "에게",
    "에는",
    "께서",
    "은",
    "는",
    "이",
    "가",
    "을",
    "를",
    "의",
];

/// How far from a number the words may stand that say what it counts, in words.
const AROUND_NUMBER: usize = 3;

/// What a line is compared with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'a> {
    /// The sentence most like the line.
    pub(super) sentence: &'a str,
    /// That sentence with its neighbours and the headline.
    pub(super) context: &'a str,
    /// The letters and digits of the whole article.
    pub(super) letters: &'a str,
}

/// What `line` says otherwise than its source.
pub(super) fn contradictions(line: &str, source: Source<'_>) -> Vec<Doubt> {
    let own: String = line.chars().filter(|c| c.is_alphanumeric()).collect();
    // The article's own words contradict nothing.
    if source.letters.contains(&own) {
        return Vec::new();
    }
    let said = words(line);
    let there = words(source.sentence);
    let mut doubts = unknown_nouns(&said, source.letters);
    doubts.extend(moved_numbers(&said, &there));
    doubts.extend(other_title_holder(&said, &there, source));
    doubts.extend(swapped_roles(&said, &there));
    doubts.extend(unknown_speaker(&said, source.context));
    doubts.extend(opposite_change(&said, &there, source.context));
    let certain = is_more_certain(line, &said, source)
        || is_told_too_early(&said, source.sentence, source.context);
    doubts.extend(certain.then_some(Doubt::Certainty));
    let denial = negation_moved(&said, &there) || negation_moved(&there, &said);
    doubts.extend((denial || negation_lost(&said, &there)).then_some(Doubt::Denial));
    doubts
}

/// The word and its particle; `None` where it carries none or one syllable would remain.
fn particle(word: &str) -> Option<(&str, &'static str)> {
    let found = PARTICLES.iter().find(|p| word.ends_with(**p))?;
    let noun = word.strip_suffix(found)?;
    (noun.chars().nth(1).is_some()).then_some((noun, found))
}

/// Nouns that the article contains nothing of, not even their first two syllables.
fn unknown_nouns(said: &[&str], letters: &str) -> Vec<Doubt> {
    let is_verb =
        |noun: &str| noun.ends_with(['하', '되', '다', '라', '있', '없', '않', '치', '시', '지']);
    let unknown = |noun: &str| {
        let second = noun.char_indices().nth(2).map_or(noun.len(), |c| c.0);
        noun.chars().all(is_hangul_syllable)
            && !is_verb(noun)
            && !GENERAL.contains(&noun)
            && !letters.contains(&noun[..second])
    };
    let is_place = |w: &str| {
        PLACE_ENDS
            .iter()
            .any(|e| w.ends_with(e) && w.len() > e.len() + 3)
    };
    let nouns = said.iter().filter_map(|w| {
        let place = is_place(w).then_some(*w);
        particle(w).map(|p| p.0).or(place)
    });
    nouns
        .filter(|noun| unknown(noun))
        .map(|noun| Doubt::Word(noun.to_owned()))
        .collect()
}

/// The digits and what follows them up to the particle, for comparing numbers by their unit.
fn number(word: &str) -> Option<(&str, &str)> {
    let at = word.find(|c: char| c.is_ascii_digit())?;
    let rest = &word[at..];
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.' | '~' | '∼'))
        .unwrap_or(rest.len());
    Some((&rest[..end], &rest[end..]))
}

/// Words that stand before any number and say nothing of what it counts.
const BEFORE_NUMBERS: [&str; 8] = ["약", "월", "최대", "최고", "총", "각각", "모두", "오는"];

/// Numbers that count something else in the source: the word before the number stands there at
/// another number with the same unit (`A에 200억, B에 23억`), or another number begins or ends the
/// period (`4일부터`).
fn moved_numbers(said: &[&str], there: &[&str]) -> Vec<Doubt> {
    let unit = |rest: &str| rest.chars().take(1).next();
    let near = |words: &[&str], at: usize, behind: usize| -> BTreeSet<String> {
        // Words beyond another number belong to that one, and so do those between two numbers with
        // the same unit.
        let own = |w: &&&str| number(w).is_none();
        let before = words[..at].iter().rev().take(AROUND_NUMBER);
        let next = words[at + 1..].iter().take(behind).find_map(|w| number(w));
        let alike =
            next.is_some_and(|(_, rest)| unit(rest) == number(words[at]).and_then(|n| unit(n.1)));
        let after = words[at + 1..].iter().take(if alike { 0 } else { behind });
        let before = before.take_while(own).chain(after.take_while(own));
        before
            .map(|w| stem(w).to_owned())
            .filter(|w| w.chars().nth(1).is_some() && !BEFORE_NUMBERS.contains(&w.as_str()))
            .collect()
    };
    let mut doubts = Vec::new();
    for (i, word) in said.iter().enumerate() {
        let Some((digits, rest)) = number(word) else {
            continue;
        };
        let rivals: Vec<usize> = (0..there.len())
            .filter(|&j| {
                number(there[j]).is_some_and(|(d, r)| d != digits && unit(r) == unit(rest))
            })
            .collect();
        let own: Vec<usize> = (0..there.len())
            .filter(|&j| number(there[j]).is_some_and(|(d, _)| d == digits))
            .collect();
        if own.is_empty() {
            continue;
        }
        let known: BTreeSet<String> = own
            .iter()
            .flat_map(|&j| near(there, j, AROUND_NUMBER))
            .collect();
        let stolen = near(said, i, 0)
            .iter()
            .any(|w| !known.contains(w) && rivals.iter().any(|&j| near(there, j, 0).contains(w)));
        let bound = |end: &str| {
            rest.ends_with(end)
                && rivals.iter().any(|&j| there[j].ends_with(end))
                && !own.iter().any(|&j| there[j].ends_with(end))
        };
        if stolen || bound("부터") || bound("까지") {
            doubts.push(Doubt::Number((*word).to_owned()));
        }
    }
    const YEARS: [&[&str]; 3] = [&["올해", "올"], &["내년"], &["작년", "지난해"]];
    let has = |words: &[&str], forms: &[&str]| {
        words.iter().any(|w| {
            forms
                .iter()
                .any(|f| w.starts_with(f) && (f.len() > 3 || w == f))
        })
    };
    for forms in YEARS {
        let other = YEARS
            .iter()
            .any(|o| *o != forms && has(there, o) && !has(said, o));
        if has(said, forms) && !has(there, forms) && other {
            doubts.push(Doubt::Number(forms[0].to_owned()));
        }
    }
    doubts
}

/// Most words between a name and its title: `강나루 가나대 공학부 교수`.
const TITLE_AWAY: usize = 3;

/// A name with a title that the source gives to somebody else.
fn other_title_holder(said: &[&str], there: &[&str], source: Source<'_>) -> Option<Doubt> {
    let title = |w: &str| {
        let title = |t: &&&str| w == **t || stem(w) == **t || w.strip_suffix("팀이") == Some(**t);
        TITLES.iter().find(title).copied()
    };
    let pairs = |words: &[&str], away: usize| -> Vec<(String, &str)> {
        let named = words.iter().enumerate().filter(|(_, w)| is_person(w));
        let holds = |(at, name): (usize, &&str)| {
            let behind = words[at + 1..].iter().take(away);
            Some(((*name).to_owned(), behind.filter_map(|w| title(w)).next()?))
        };
        named.filter_map(holds).collect()
    };
    let holders = pairs(there, TITLE_AWAY);
    let other = |n: &str, t: &str| holders.iter().any(|(m, u)| u.starts_with(t) && m != n);
    let near = pairs(said, 1);
    let far = pairs(said, TITLE_AWAY);
    let stranger = far
        .iter()
        .find(|(n, t)| !source.letters.contains(n.as_str()) && other(n, t));
    let elsewhere = || {
        near.iter()
            .find(|(n, t)| !source.sentence.contains(n.as_str()) && other(n, t))
    };
    let found = stranger.or_else(elsewhere);
    found.map(|(name, _)| Doubt::Name(name.clone()))
}

/// Whether a word without particle has the form of a person's name.
fn is_person(word: &str) -> bool {
    word.chars().count() == 3
        && word.chars().all(is_hangul_syllable)
        && word.starts_with(|c| SURNAMES.contains(c))
        && !TITLES.contains(&word)
}

/// A doer that the source has something done to (`대표에게` told as `대표가`), and goods of another
/// country (`미국산` told as `중국산`).
fn swapped_roles(said: &[&str], there: &[&str]) -> Vec<Doubt> {
    let does = |p: &str| matches!(p, "이" | "가" | "은" | "는" | "께서");
    let forms = |noun: &str| -> Vec<&str> {
        let marked = there.iter().filter_map(|w| particle(w));
        marked.filter(|(n, _)| *n == noun).map(|(_, p)| p).collect()
    };
    let mut doubts = Vec::new();
    for (noun, mark) in said.iter().filter_map(|w| particle(w)) {
        let forms = forms(noun);
        let done_to = !forms.is_empty() && forms.iter().all(|p| p.starts_with("에게"));
        if does(mark) && done_to {
            doubts.push(Doubt::Role(noun.to_owned()));
        }
    }
    let made = |words: &[&str]| -> BTreeSet<String> {
        let long = words.iter().filter(|w| w.chars().count() == 3);
        long.filter(|w| w.ends_with("국산"))
            .map(|w| (*w).to_owned())
            .collect()
    };
    let (own, other) = (made(said), made(there));
    if !other.is_empty() {
        doubts.extend(own.difference(&other).cloned().map(Doubt::Name));
    }
    doubts
}

/// The one who says it, where neither the source nor what stands around it names them.
fn unknown_speaker(said: &[&str], context: &str) -> Option<Doubt> {
    let is_saying = |w: &&str| SAYING.iter().any(|s| w.starts_with(s));
    let english = said.windows(2).find_map(|w| {
        let named = w[0].starts_with(char::is_uppercase) && w[0].chars().nth(2).is_some();
        let known = context.contains(w[0]) || w[0].chars().all(|c| !c.is_ascii());
        (named && !known && matches!(w[1], "said" | "says" | "told"))
            .then(|| Doubt::Speaker(w[0].to_owned()))
    });
    if english.is_some() {
        return english;
    }
    let speech = said.last().is_some_and(is_saying);
    let at = said
        .iter()
        .take(4)
        .position(|w| particle(w).is_some_and(|(_, p)| matches!(p, "은" | "는")))?;
    let (noun, _) = particle(said[at])?;
    // The office alone is no name: the one that stands before it counts.
    let office = TITLES.contains(&noun) || matches!(noun, "주석" | "관계자" | "당국자");
    let name = if office && at > 0 { said[at - 1] } else { noun };
    let own = name.chars().all(is_hangul_syllable) && name.chars().nth(1).is_some();
    (speech && own && !context.contains(stem(name))).then(|| Doubt::Speaker(name.to_owned()))
}

/// The side (pair, 0 or 1) of a word that names a change.
fn side(word: &str) -> Option<(usize, usize)> {
    let lower = word.to_lowercase();
    OPPOSITES.iter().enumerate().find_map(|(pair, sides)| {
        let side = sides.iter().position(|words| {
            words.iter().any(|w| {
                if w.is_ascii() {
                    lower == *w
                } else {
                    lower.starts_with(w)
                }
            })
        })?;
        Some((pair, side))
    })
}

/// A change in the other direction than the source's: of the same noun, or where the source and its
/// neighbours know only the other direction.
fn opposite_change(said: &[&str], there: &[&str], context: &str) -> Option<Doubt> {
    let sides = |words: &[&str]| -> BTreeSet<(usize, usize)> {
        words.iter().filter_map(|w| side(w)).collect()
    };
    let (near, around) = (sides(there), sides(&words(context)));
    said.iter().enumerate().find_map(|(i, word)| {
        let (pair, own) = side(word)?;
        let other = (pair, 1 - own);
        let only_other =
            near.contains(&other) && !near.contains(&(pair, own)) && !around.contains(&(pair, own));
        let noun = i.checked_sub(1).map(|b| stem(said[b]));
        let turned = noun
            .filter(|n| n.chars().nth(1).is_some() && side(n).is_none())
            .is_some_and(|noun| {
                let from = there.iter().position(|w| stem(w) == noun);
                let after = from.map(|f| &there[f + 1..(f + 4).min(there.len())]);
                after
                    .and_then(|words| words.iter().find_map(|w| side(w)))
                    .is_some_and(|found| found == other)
            });
        (only_other || turned).then(|| Doubt::Direction((*word).to_owned()))
    })
}

/// Whether the line tells as done what the source leaves open.
fn is_more_certain(line: &str, said: &[&str], source: Source<'_>) -> bool {
    let open = |text: &str| {
        let lower = text.to_lowercase();
        let english = |w: &&str| lower.split(|c: char| !c.is_alphanumeric()).any(|x| x == *w);
        TENTATIVE.iter().any(|w| {
            if w.is_ascii() {
                english(w)
            } else {
                lower.contains(w)
            }
        })
    };
    if !open(source.sentence) || open(line) {
        return false;
    }
    let decided = said
        .windows(2)
        .any(|w| w[0].ends_with("기로") && w[1].starts_with('했'));
    // What the article itself tells as done, in the same word.
    let context = words(source.context);
    let told = |w: &str| {
        let again = context
            .iter()
            .enumerate()
            .filter(|(_, x)| root(x) == root(w));
        let left_open = |at: usize| {
            let next = context.get(at + 1);
            next.is_some_and(|n| n.starts_with(['수', '것']) || TENTATIVE.contains(&stem(n)))
        };
        again.into_iter().any(|(at, _)| !left_open(at))
    };
    let done = said.iter().any(|w| {
        is_past(w) && !told(w) && (w.ends_with("다고") || !SAYING.iter().any(|s| w.starts_with(s)))
    });
    let english = said.iter().any(|w| matches!(*w, "has" | "have"));
    decided || done || english
}

/// Where a negation stands: the word that it negates, cut to two syllables or, in English, whole.
fn negated(words: &[&str]) -> BTreeSet<String> {
    const KOREAN: [&str; 8] = ["않", "못하", "못한", "못했", "못할", "아니", "아닌", "아닐"];
    let mut out = BTreeSet::new();
    for (i, word) in words.iter().enumerate() {
        let next = words.get(i + 1);
        let before = i.checked_sub(1).map(|b| words[b]);
        if KOREAN.iter().any(|n| word.starts_with(n)) {
            out.extend(before.map(root));
        } else if matches!(word.to_lowercase().as_str(), "not" | "never")
            || word.ends_with("n't")
            || word.ends_with("n’t")
        {
            out.extend(next.map(|w| root(w)));
        }
    }
    out.retain(|r| r.chars().nth(1).is_some());
    out
}

/// Whether `a` negates a word that `b` has without negation.
fn negation_moved(a: &[&str], b: &[&str]) -> bool {
    let elsewhere = negated(b);
    negated(a)
        .iter()
        .filter(|r| !elsewhere.contains(*r))
        .any(|r| {
            b.iter().any(|w| root(w).starts_with(r.as_str()))
                && (elsewhere.is_empty() || a.len() < b.len())
        })
}

/// Whether the source denies of a noun what the line affirms of it in other words: `항모는 오지 않는다`
/// told as `항모가 참가한다`.
fn negation_lost(said: &[&str], there: &[&str]) -> bool {
    if !negated(said).is_empty() || said.iter().any(|w| w.starts_with(['없', '안', '못'])) {
        return false;
    }
    let denied = there
        .windows(3)
        .filter(|w| w[2].starts_with('않') && w[1].ends_with('지'));
    denied.into_iter().any(|w| {
        let noun = stem(w[0]);
        let verb = |w: &str| w.ends_with(['는', '다']);
        noun.chars().nth(1).is_some()
            && said
                .windows(2)
                .any(|s| stem(s[0]) == noun && s[1].contains(['하', '한']) && verb(s[1]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubts(line: &str, source: &str) -> Vec<Doubt> {
        let letters: String = source.chars().filter(|c| c.is_alphanumeric()).collect();
        contradictions(
            line,
            Source {
                sentence: source,
                context: source,
                letters: &letters,
            },
        )
    }

    const BRIDGE: &str =
        "강나루 시장은 다리 통행료를 내리고 공원에 30억원, 도서관에 12억원을 쓸 계획이라고 밝혔다.";

    #[test]
    fn what_the_source_says_in_other_words_is_believed() {
        for line in [
            "시장은 통행료를 낮추겠다고 밝혔다.",
            "도서관에는 12억원을 쓴다.",
            "시장은 공원에 30억원을 쓸 계획이라고 말했다.",
        ] {
            assert_eq!(doubts(line, BRIDGE), [], "{line}");
        }
    }

    #[test]
    fn a_contradiction_is_named() {
        let number = Doubt::Number("30억원을".into());
        assert_eq!(doubts("도서관에 30억원을 쓴다.", BRIDGE), [number]);
        let change = Doubt::Direction("올린다".into());
        assert_eq!(doubts("시장이 통행료를 올린다.", BRIDGE), [change]);
        assert_eq!(
            doubts("공원에 30억원을 들였다.", BRIDGE),
            [Doubt::Certainty]
        );
        let noun = Doubt::Word("의회".into());
        assert_eq!(doubts("의회가 통행료를 내린다.", BRIDGE), [noun]);
    }

    #[test]
    fn a_negation_that_comes_or_goes_is_seen() {
        let closed = "시는 다리를 폐쇄하지 않기로 했다.";
        assert_eq!(doubts("시는 다리를 폐쇄한다.", closed), [Doubt::Denial]);
        let opened = "시는 다리를 개방하기로 했다.";
        assert_eq!(
            doubts("시는 다리를 개방하지 않기로 했다.", opened),
            [Doubt::Denial]
        );
        let said = "She denied the claim but admitted two meetings.";
        assert_eq!(
            doubts("She did not admit two meetings.", said),
            [Doubt::Denial]
        );
    }

    #[test]
    fn who_did_it_to_whom_is_held_against_the_source() {
        let paid = "법원은 회장이 대표에게 3억원을 갚으라고 판결했다.";
        let role = Doubt::Role("대표".into());
        assert!(doubts("대표가 회장에게 3억원을 갚아야 한다.", paid).contains(&role));
        assert_eq!(doubts("회장이 대표에게 3억원을 갚아야 한다.", paid), []);
    }
}
