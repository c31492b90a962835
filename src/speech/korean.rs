//! Korean text as it is read aloud, except numbers, for which see [`quantity`](super::quantity).

use super::address::address_at;
use super::lang::Lang;
use super::marks::{is_word, mark};
use super::numerals::sino;
use super::quantity;
use super::tables::{ACRONYMS, HANJA, LETTERS, UNITS};
use crate::news::hangul::is_hangul_syllable;

/// Most characters in brackets that are examined as a gloss of the word before them.
const ASIDE: usize = 40;

/// The spoken form of `chars`, before [`super::normalize`] tidies it.
pub(super) fn say(chars: &[char]) -> String {
    let mut out = String::new();
    let mut at = dateline(chars);
    while at < chars.len() {
        let step = address_at(chars, at, Lang::Ko)
            .or_else(|| quantity::at(chars, at))
            .or_else(|| latin(chars, at))
            .or_else(|| aside(chars, at))
            .or_else(|| hanja(chars, at))
            .or_else(|| unit(chars, at));
        if let Some((said, end)) = step {
            out.push_str(&said);
            at = end.max(at + 1);
            continue;
        }
        let c = chars[at];
        let within = |test: fn(char) -> bool| {
            at > 0 && test(chars[at - 1]) && chars.get(at + 1).is_some_and(|c| test(*c))
        };
        match c {
            _ if is_word(c) => out.push(c),
            '①'..='⑳' => out.push_str(&format!(
                " {}, ",
                sino(&(u32::from(c) - u32::from('①') + 1).to_string())
            )),
            '@' => out.push_str(" 골뱅이 "),
            '&' => out.push_str(if within(|c| c.is_ascii_alphabetic()) {
                "앤"
            } else {
                " 앤 "
            }),
            '·' | 'ㆍ' | '・' | '∙' | '/' if within(char::is_alphanumeric) => {
                out.push_str(", ");
            }
            '-' | '–' if at > 0 && chars[at - 1].is_whitespace() => out.push_str(", "),
            '+' if chars.get(at + 1).is_some_and(|c| c.is_alphanumeric()) => {
                out.push_str(" 플러스 ");
            }
            // 고문(어드바이저)로: the particle stays attached to its word.
            ')' if chars.get(at + 1).is_some_and(|c| is_hangul_syllable(*c)) => {}
            '↑' => out.push_str(" 상승 "),
            '↓' => out.push_str(" 하락 "),
            '×' => out.push_str(" 곱하기 "),
            '~' | '∼' | '～' if within(char::is_alphanumeric) => out.push_str("에서 "),
            // A full stop inside a word does not end a sentence.
            '.' if within(char::is_alphanumeric) => out.push(' '),
            _ => out.push_str(mark(c)),
        }
        at += 1;
    }
    out
}

/// A run of Latin letters and one past its end: acronyms letter by letter in Korean, other words
/// unchanged.
fn latin(chars: &[char], at: usize) -> Option<(String, usize)> {
    if !chars[at].is_ascii_alphabetic() {
        return None;
    }
    let run: String = chars[at..]
        .iter()
        .take_while(|c| c.is_ascii_alphabetic())
        .collect();
    let end = at + run.len();
    if let Some([_, said]) = ACRONYMS.iter().find(|[w, _]| *w == run) {
        return Some(((*said).to_owned(), end));
    }
    let acronym = run.len() <= 5 && run.bytes().all(|b| b.is_ascii_uppercase());
    // A capital before an apostrophe is part of a name, not an acronym.
    let joined = chars.get(end).is_some_and(|c| matches!(c, '\'' | '’'));
    if !acronym || joined {
        return Some((run, end));
    }
    Some((
        run.bytes()
            .filter_map(|b| LETTERS.get(usize::from(b - b'A')).copied())
            .collect(),
        end,
    ))
}

/// A bracket that repeats the word before it, in Chinese characters after Korean or the other way
/// round, and is not read.
fn aside(chars: &[char], at: usize) -> Option<(String, usize)> {
    if !matches!(chars[at], '(' | '（' | '[') || at == 0 {
        return None;
    }
    let inner: Vec<char> = chars[at + 1..]
        .iter()
        .take(ASIDE)
        .copied()
        .take_while(|c| !matches!(c, ')' | '）' | ']'))
        .collect();
    let end = at + 1 + inner.len();
    let closed = chars
        .get(end)
        .is_some_and(|c| matches!(c, ')' | '）' | ']'));
    if closed && is_hangul_syllable(chars[at - 1]) && is_age(&inner, &chars[end + 1..]) {
        return Some((String::new(), end + 1));
    }
    let only_hanja = !inner.is_empty()
        && inner
            .iter()
            .all(|c| is_hanja(*c) || matches!(c, ' ' | '·' | ','));
    (closed && only_hanja && is_hangul_syllable(chars[at - 1])).then(|| (String::new(), end + 1))
}

/// Whether the inside of a bracket is the age of the person before it: `김모(43) 씨`, `(29·여)`.
fn is_age(inner: &[char], behind: &[char]) -> bool {
    let digits = inner.iter().take_while(|c| c.is_ascii_digit()).count();
    let rest = &inner[digits..];
    let gender = matches!(rest, ['·' | ',', '남' | '여']);
    let mut next = behind.iter().skip_while(|c| **c == ' ');
    let person = matches!(next.next(), Some('씨' | '군' | '양'))
        && !next
            .next()
            .is_some_and(|c| is_hangul_syllable(*c) && !"가는를와의도에".contains(*c));
    (1..=3).contains(&digits) && (gender || (rest.is_empty() && person))
}

/// The end of an agency's dateline with the reporter's name at the start of a text, which is not
/// read: `(서울=연합뉴스) 강나루 기자 = `.
fn dateline(chars: &[char]) -> usize {
    const MOST: usize = 60;
    let head = &chars[..chars.len().min(MOST)];
    let closed = head.iter().position(|c| *c == ')').unwrap_or(0);
    let agency = chars.first() == Some(&'(') && head[..closed].contains(&'=');
    let equals = head[closed..].iter().position(|c| *c == '=');
    match equals.filter(|_| agency) {
        Some(at) => closed + at + 1,
        None => 0,
    }
}

/// Chinese characters and one past their end: skipped where Hangul in brackets repeats them, else
/// read as the words that headlines use them for.
fn hanja(chars: &[char], at: usize) -> Option<(String, usize)> {
    if !is_hanja(chars[at]) {
        return None;
    }
    let length = chars[at..].iter().take_while(|c| is_hanja(**c)).count();
    let end = at + length;
    let behind = chars.get(end + 1..end + 1 + length);
    let told = chars.get(end) == Some(&'(')
        && behind.is_some_and(|b| b.iter().all(|c| is_hangul_syllable(*c)))
        && chars.get(end + 1 + length) == Some(&')');
    if told {
        return Some((behind?.iter().collect(), end + 2 + length));
    }
    let say = |c: &char| HANJA.iter().find(|(h, _)| h == c).map(|(_, said)| *said);
    // Several of them make one word of their syllables: 與野 is 여야, 對北 is 대북.
    let syllables = if length > 1 { 1 } else { usize::MAX };
    let read = |c: &char| match say(c) {
        Some(said) => said.chars().take(syllables).collect(),
        None => c.to_string(),
    };
    let said: Vec<String> = chars[at..end].iter().map(read).collect();
    Some((said.concat(), end))
}

/// The name of a unit without a number before it, and one past its end.
fn unit(chars: &[char], at: usize) -> Option<(String, usize)> {
    if chars[at].is_alphanumeric() {
        return None;
    }
    let fits = |w: &str| {
        !w.is_ascii()
            && chars[at..]
                .iter()
                .copied()
                .take(w.chars().count())
                .eq(w.chars())
    };
    let [written, said, _] = UNITS
        .iter()
        .find(|u| fits(u[0]) || (u[0] == "%" && chars[at] == '%'))?;
    Some(((*said).to_owned(), at + written.chars().count()))
}

fn is_hanja(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}')
}
