//! Full stops that do not end a sentence, and words that report the speech before them.

use std::sync::LazyLock;

use crate::news::word_list;

const WORDS: &str = include_str!("../../assets/words/sentence_ends.txt");

/// Words whose full stop is part of them where they have a capital, in lower case.
static ABBREVIATIONS: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "abbreviations"));

/// Words whose full stop is part of them in lower case too.
static LOWER_ABBREVIATIONS: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "lower-case abbreviations"));

/// Words that stand before an ordinal number, which ends with a full stop.
static BEFORE_ORDINAL: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "before an ordinal"));

/// Months that only such a number precedes.
static GERMAN_MONTHS: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "German months"));

/// Abbreviations that precede a number and count as such in lower case too: `fig. 3`.
const NUMBERED: &[&str] = &["fig", "vol", "pp", "nos"];

/// What can follow `a.m.` and `p.m.` within a sentence although it has a capital.
static AFTER_A_TIME: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "after a time"));

/// Words that begin an English sentence even after `U.S.`
static STARTERS: LazyLock<Vec<&str>> =
    LazyLock::new(|| word_list::section(WORDS, "sentence starters"));

/// What reports the speech before it, with or without a blank between.
static REPORTING: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "reporting"));

/// What follows a closing quotation mark without a blank and so continues the sentence.
static ATTACHED: LazyLock<Vec<&str>> = LazyLock::new(|| word_list::section(WORDS, "attached"));

/// Whether `rest` begins with words that report the speech before it. `tied`: `rest` follows a
/// closing quotation mark without a blank.
pub(crate) fn reports(rest: &[char], tied: bool) -> bool {
    let begins = |word: &str| {
        word.chars()
            .enumerate()
            .all(|(at, c)| rest.get(at) == Some(&c))
    };
    REPORTING.iter().any(|w| begins(w))
        || (tied && ATTACHED.iter().any(|w| begins(w) && particle(rest, w)))
}

/// Whether the particle or verb stem `word` at the start of `rest` continues the sentence: it
/// begins a verb of saying, or it is the whole eojeol except for at most one more particle. `이어`,
/// `가수` and `식물` also begin with such syllables but start a new sentence.
fn particle(rest: &[char], word: &str) -> bool {
    let len = word.chars().count();
    let eojeol = rest.iter().take_while(|c| !c.is_whitespace()).count();
    let verbal = matches!(
        word,
        "고" | "며" | "면서" | "라" | "였" | "했" | "같" | "하" | "한" | "다"
    );
    let longer = rest
        .get(len)
        .is_some_and(|c| matches!(c, ',' | '.' | '는' | '은' | '도' | '의' | '서'));
    verbal || eojeol == len || (longer && eojeol == len + 1)
}

/// Whether the full stop at `i` belongs to the word before it: `3.4`, `1.` at the start of a
/// sentence, `2023. 12. 20.`, `J.`, `Mr.`, `U.S.` `unit` is where the sentence starts.
pub(crate) fn is_part_of_word(chars: &[char], unit: usize, i: usize) -> bool {
    let next = chars.get(i + 1).copied();
    let token_start = chars[unit..i]
        .iter()
        .rposition(|c| c.is_whitespace())
        .map_or(unit, |p| unit + p + 1);
    let token = &chars[token_start..i];
    if token.is_empty() {
        return true;
    }
    let digits = token.iter().all(char::is_ascii_digit);
    let after = chars[i + 1..].iter().copied().find(|c| !c.is_whitespace());
    if next.is_some_and(|c| c.is_ascii_digit()) && token.last().is_some_and(char::is_ascii_digit) {
        return true;
    }
    if is_date(token) && after.is_some_and(char::is_alphanumeric) {
        return true;
    }
    if digits
        && token.len() <= 4
        && (token_start == unit
            || after.is_some_and(|c| c.is_ascii_digit())
            || dated(chars, unit, token_start))
    {
        return true;
    }
    if digits && token.len() <= 2 && is_ordinal(&chars[unit..token_start], &chars[i + 1..]) {
        return true;
    }
    if token.len() == 1 && token_start == unit && after.is_some() && !token[0].is_ascii_lowercase()
    {
        return true;
    }
    let word_start = token
        .iter()
        .rposition(|c| !c.is_ascii_alphabetic())
        .map_or(0, |p| p + 1);
    let word = &token[word_start..];
    if word.is_empty() {
        return false;
    }
    let behind = || first_word(&chars[i + 1..]);
    if word.len() == 1 {
        let timed =
            || word[0] == 'm' && acronym(token) && AFTER_A_TIME.contains(&behind().as_str());
        let page = word[0] == 'p' && after.is_some_and(|c| c.is_ascii_digit());
        let spaced = token.len() == 1
            && word[0].is_ascii_lowercase()
            && (is_initial(&chars[i + 1..]) || is_behind_initial(&chars[unit..token_start]));
        return timed()
            || spaced
            || (page && token.len() == 1)
            || (word[0].is_ascii_uppercase()
                && !(acronym(token) && starts_sentence(&chars[i + 1..])));
    }
    let lower: String = word.iter().map(char::to_ascii_lowercase).collect();
    let lower = lower.as_str();
    LOWER_ABBREVIATIONS.contains(&lower)
        || (ABBREVIATIONS.contains(&lower)
            && (word[0].is_ascii_uppercase()
                || (NUMBERED.contains(&lower) && after.is_some_and(|c| c.is_ascii_digit()))))
}

/// Whether a number of one or two digits between `before` and `rest` is an ordinal with its full
/// stop: `am 1. Mai`, `der 2. Weltkrieg`, `3. Oktober`.
fn is_ordinal(before: &[char], rest: &[char]) -> bool {
    let word = |letters: &mut dyn Iterator<Item = &char>| -> String {
        letters.take_while(|c| c.is_alphabetic()).take(10).collect()
    };
    let mut last: Vec<char> = word(&mut before.iter().rev().skip_while(|c| c.is_whitespace()))
        .chars()
        .collect();
    last.reverse();
    let last: String = last.into_iter().flat_map(char::to_lowercase).collect();
    let next = word(&mut skip_blanks(rest).iter());
    let is_english = before.ends_with(&['I', ' ', 'a', 'm', ' ']);
    let follows = BEFORE_ORDINAL.contains(&last.as_str()) && !starts_sentence(rest) && !is_english;
    !next.is_empty() && (follows || GERMAN_MONTHS.contains(&next.as_str()))
}

/// Whether `rest` begins, after blanks, with a letter and a full stop: the `B.` of `z. B.`
fn is_initial(rest: &[char]) -> bool {
    matches!(skip_blanks(rest), [letter, '.', ..] if letter.is_alphabetic())
}

/// Whether `before` ends with a small letter and a full stop: the `u.` before the `a.` of `u. a.`
fn is_behind_initial(before: &[char]) -> bool {
    let mut back = before.iter().rev().skip_while(|c| c.is_whitespace());
    back.next() == Some(&'.')
        && back.next().is_some_and(char::is_ascii_lowercase)
        && back.next().is_none_or(|c| c.is_whitespace())
}

/// A date with its last full stop missing: `2026.11.25`, `26.11.25`.
fn is_date(token: &[char]) -> bool {
    let mut parts = token.split(|c| *c == '.');
    let number = |part: Option<&[char]>, lengths: &[usize]| {
        part.is_some_and(|p| lengths.contains(&p.len()) && p.iter().all(char::is_ascii_digit))
    };
    number(parts.next(), &[2, 4])
        && number(parts.next(), &[1, 2])
        && number(parts.next(), &[1, 2])
        && parts.next().is_none()
}

/// Whether the full stop at `i` is within an address of mail or of a page: `Jane.Doe@example.com`,
/// `https://a.kr/Read.Html`.
pub(crate) fn is_in_address(chars: &[char], i: usize) -> bool {
    let is_part = |c: &char| c.is_ascii_alphanumeric() || "._%+-".contains(*c);
    if !i.checked_sub(1).is_some_and(|b| is_part(&chars[b])) {
        return false;
    }
    let name = chars[i + 1..].iter().take_while(|c| is_part(c)).count();
    if name > 0 && chars.get(i + 1 + name) == Some(&'@') {
        return true;
    }
    let before = chars[..i].iter().rev();
    let token: Vec<char> = before
        .take_while(|c| c.is_ascii_graphic())
        .copied()
        .collect();
    chars.get(i + 1).is_some_and(char::is_ascii_alphanumeric)
        && token.windows(3).any(|w| w == ['/', '/', ':'])
}

/// Whether the words before the full stop at `i` and the dash behind it are the place of a
/// dateline, a city in capitals and its state: `LITTLE ROCK, Ark. – `, `ERIE, Pa. (AP) – `.
pub(crate) fn is_in_dateline(chars: &[char], unit: usize, i: usize) -> bool {
    let rest = skip_blanks(&chars[i + 1..]);
    let agency = rest
        .iter()
        .position(|c| *c == ')')
        .filter(|at| rest.first() == Some(&'(') && *at <= PLACE);
    let rest = agency.map_or(rest, |at| skip_blanks(&rest[at + 1..]));
    let followed = rest.first().is_some_and(|c| is_dash(*c))
        && chars.get(i + 1).is_some_and(|c| c.is_whitespace());
    let city = chars[unit..i]
        .split(|c| *c == ',')
        .next()
        .unwrap_or_default();
    followed
        && i - unit <= PLACE
        && city.len() < i - unit
        && city.len() > 2
        && city
            .iter()
            .all(|c| c.is_ascii_uppercase() || matches!(c, ' ' | '.'))
}

/// Most characters of the place in a dateline.
const PLACE: usize = 40;

fn skip_blanks(chars: &[char]) -> &[char] {
    let blanks = chars.iter().take_while(|c| c.is_whitespace()).count();
    &chars[blanks..]
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—')
}

/// Letters with full stops between them, without the last: `U.S`, `p.m`.
fn acronym(token: &[char]) -> bool {
    token.len() >= 3 && token.contains(&'.')
}

/// The English word at the start of `rest`, after blanks; cut at 10 letters.
fn first_word(rest: &[char]) -> String {
    rest.iter()
        .skip_while(|c| c.is_whitespace())
        .take_while(|c| c.is_ascii_alphabetic())
        .take(10)
        .collect()
}

fn starts_sentence(rest: &[char]) -> bool {
    let word = first_word(rest);
    if word.is_empty() {
        let first = rest.iter().find(|c| !c.is_whitespace());
        return first.is_some_and(|c| !c.is_alphanumeric() && !is_dash(*c));
    }
    STARTERS.contains(&word.as_str())
}

/// Whether the token before `at` is a number with a full stop, as in `12. 20.`
fn dated(chars: &[char], unit: usize, at: usize) -> bool {
    let before: Vec<char> = chars[unit..at]
        .iter()
        .rev()
        .skip_while(|c| c.is_whitespace())
        .take_while(|c| !c.is_whitespace())
        .take(6)
        .copied()
        .collect();
    before.first() == Some(&'.') && before.len() > 1 && before[1..].iter().all(char::is_ascii_digit)
}
