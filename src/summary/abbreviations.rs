//! Full stops that end no sentence, and words that report the speech before them.

/// English words whose full stop is part of them.
const SHORT: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "gen", "sen", "rep", "gov", "lt", "col", "sgt", "capt", "maj",
    "adm", "hon", "rev", "st", "mt", "ft", "jr", "sr", "vs", "no", "nos", "inc", "ltd", "co",
    "corp", "dept", "est", "fig", "vol", "pp", "al", "eg", "ie", "rs", "approx", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
];

/// Those of them that name a number behind them, in small letters too: `fig. 3`.
const NUMBERED: &[&str] = &["fig", "vol", "pp", "nos"];

/// What goes on behind `a.m.` and `p.m.`, though it has a capital.
const TIMED: &str = "\
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Eastern Central Mountain Pacific GMT UTC \
    EST EDT ET CST CDT CT PST PDT PT BST CET KST JST IST";

/// Words that begin an English sentence even behind `U.S.`.
const STARTERS: &[&str] = &[
    "The", "He", "She", "It", "They", "We", "In", "But", "And", "This", "That", "A", "On", "At",
    "His", "Her",
];

/// Words that report the speech before them, with or without a blank between.
const REPORTING: &[&str] = &[
    "라고",
    "이라고",
    "라며",
    "이라며",
    "라면서",
    "이라면서",
    "라는",
    "이라는",
    "라던",
    "이라던",
    "라거나",
    "라지만",
    "라더니",
    "다고 ",
    "다며 ",
    "다는 ",
    "냐고 ",
    "냐며 ",
    "냐는 ",
    "자고 ",
    "자며 ",
    "자는 ",
    "고 말",
    "고 했",
    "며 ",
    "하고 ",
    "하며 ",
    "하면서",
    "등 ",
    "등의",
    "등을",
    "등이",
    "등으로",
    "등에",
    "등도",
    "등과",
    "등은",
];

/// What is tied to a closing mark without a blank, and so carries the sentence on.
const TIED: &[&str] = &[
    "고", "며", "면서", "는", "란", "이란", "은", "이", "가", "을", "를", "의", "에", "로", "으로",
    "와", "과", "도", "만", "까지", "부터", "처럼", "같", "라", "다", "였", "인", "하", "했", "한",
    "등", "식", "조", "나", "거",
];

/// Whether `rest` reports the words before it. `tied`: it stands right behind a closing mark.
pub(crate) fn reports(rest: &[char], tied: bool) -> bool {
    let begins = |word: &str| {
        word.chars()
            .enumerate()
            .all(|(at, c)| rest.get(at) == Some(&c))
    };
    REPORTING.iter().any(|w| begins(w))
        || (tied && TIED.iter().any(|w| begins(w) && particle(rest, w)))
}

/// A tied word counts where it begins a verb of saying, or is the whole eojeol but for one more
/// particle: `이어`, `가수` and `식물` begin what follows.
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

/// Whether the full stop at `i` belongs to the word before it: `3.4`, `1.` at the head of a unit,
/// `2023. 12. 20.`, `J.`, `Mr.`, `U.S.`
pub(crate) fn holds(chars: &[char], unit: usize, i: usize) -> bool {
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
            || word[0] == 'm' && acronym(token) && TIMED.split(' ').any(|word| word == behind());
        return timed()
            || (word[0].is_ascii_uppercase()
                && !(acronym(token) && starts_sentence(&chars[i + 1..])));
    }
    let lower: String = word.iter().map(char::to_ascii_lowercase).collect();
    let lower = lower.as_str();
    SHORT.contains(&lower)
        && (word[0].is_ascii_uppercase()
            || matches!(lower, "vs" | "al" | "eg" | "ie" | "approx")
            || (NUMBERED.contains(&lower) && after.is_some_and(|c| c.is_ascii_digit())))
}

/// `2026.11.25`, `26.11.25`.
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

/// `U.S`, `p.m`: letters with full stops between them.
fn acronym(token: &[char]) -> bool {
    token.len() >= 3 && token.contains(&'.')
}

/// The English word that `rest` begins with, blanks aside.
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
        return rest
            .iter()
            .find(|c| !c.is_whitespace())
            .is_some_and(|c| !c.is_alphanumeric());
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
