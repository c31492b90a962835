//! The spoken form of written text, by the rules of its language.
//!
//! The result contains letters, digits, blanks and the few marks that voices pause at. It never
//! begins with a mark, so a speech program can't take it for an option, and contains nothing that
//! one could take for a command.

use super::lang::Lang;
use super::{english, korean};
use crate::news::hangul::is_hangul_syllable;

/// The spoken form of `text`; empty where there is nothing to read.
pub fn spoken(text: &str, lang: Lang) -> String {
    let chars = on_the_line(text, lang);
    tidy(&match lang {
        Lang::Ko => korean::say(&chars),
        Lang::En => english::say(&chars),
    })
}

/// The letters of `text` with raised and lowered ones put into words and letters of the line:
/// powers are said, the 2 of CO₂ is a digit, and the marks of notes are not read.
fn on_the_line(text: &str, lang: Lang) -> Vec<char> {
    let chars: Vec<char> = text.chars().collect();
    let mut out: Vec<char> = Vec::with_capacity(chars.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let last = out.last().copied().unwrap_or(' ');
        let rest = &chars[at..];
        if let Some((power, len)) = power(rest, last) {
            out.extend(said_power(&power, lang).chars());
            at += len;
            // 십의 육 승 톤, but 십의 육 승은.
            let is_particle = |c: &&char| "은는이가을를의로와과도에".contains(**c);
            if lang == Lang::Ko && chars.get(at).as_ref().is_some_and(is_particle) {
                out.pop();
            }
        } else if let Some(len) = mark_of_note(rest, last) {
            at += len;
        } else {
            out.push(plain(LOWERED, c).unwrap_or(c));
            at += 1;
        }
    }
    out
}

const PLAIN: &str = "0123456789+-=()nix";
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ";
const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₙᵢₓ";
/// The most characters of a power.
const MAX_POWER: usize = 40;

/// What a small letter is on the line.
fn plain(small: &str, c: char) -> Option<char> {
    let at = small.chars().position(|s| s == c)?;
    PLAIN.chars().nth(at)
}

/// The power that `rest` begins with and its length: small letters, or words after `^`, after a
/// number, a letter or a bracket.
fn power(rest: &[char], last: char) -> Option<(String, usize)> {
    let small = rest.iter().map_while(|c| plain(RAISED, *c));
    let small: String = small.take(MAX_POWER).collect();
    let has_letter = || small.contains(|c: char| c.is_ascii_alphabetic());
    if last.is_ascii_digit() && !small.is_empty() || last.is_ascii_alphabetic() && has_letter() {
        let len = small.chars().count();
        return Some((small, len));
    }
    let (_, after) = rest.split_first().filter(|(sign, _)| **sign == '^')?;
    if !(last.is_alphanumeric() || last == ')') {
        return None;
    }
    if after.first() == Some(&'(') {
        let mut depth = 0;
        let end = after.iter().take(MAX_POWER).position(|c| {
            depth += i32::from(*c == '(') - i32::from(*c == ')');
            depth == 0
        })?;
        return Some((after[1..end].iter().collect(), end + 2));
    }
    let is_word = |c: &&char| c.is_alphanumeric() && !is_hangul_syllable(**c);
    let word: String = after.iter().take_while(is_word).take(MAX_POWER).collect();
    let len = word.chars().count();
    (len > 0).then_some((word, len + 1))
}

fn said_power(power: &str, lang: Lang) -> String {
    let (negative, power) = match power.strip_prefix(['-', '−']) {
        Some(power) => (true, power),
        None => (false, power),
    };
    let (plus, minus) = match lang {
        Lang::Ko => (" 플러스 ", " 마이너스 "),
        Lang::En => (" plus ", " minus "),
    };
    let power = power.replace('+', plus).replace(['-', '−'], minus);
    let minus = if negative { minus.trim_start() } else { "" };
    match lang {
        Lang::Ko => format!("의 {minus}{power}승 "),
        Lang::En => format!(" to the power of {minus}{power} "),
    }
}

/// The length of the mark of a note that `rest` begins with: `[7]`, `¹⁾`.
fn mark_of_note(rest: &[char], last: char) -> Option<usize> {
    let digits = |from: usize, is_digit: fn(&char) -> bool| {
        let run = rest.get(from..)?.iter().take_while(|c| is_digit(c)).count();
        (1..=3).contains(&run).then_some(run)
    };
    if last.is_whitespace() {
        return None;
    }
    if rest.first() == Some(&'[') {
        let run = digits(1, char::is_ascii_digit)?;
        return (rest.get(run + 1) == Some(&']')).then_some(run + 2);
    }
    let is_raised = |c: &char| plain(RAISED, *c).is_some_and(|c| c.is_ascii_digit());
    let run = digits(0, is_raised)?;
    let is_closed = rest.get(run) == Some(&'⁾');
    (is_closed && !last.is_ascii_digit()).then_some(run + 1)
}

/// `said` with single blanks, without repeated pauses, and with nothing but words at its start.
fn tidy(said: &str) -> String {
    let mut out = String::with_capacity(said.len());
    for c in said.chars() {
        match c {
            ' ' => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            ',' | '.' | '!' | '?' => {
                let before = out.trim_end().len();
                match out[..before].chars().next_back() {
                    None | Some('.' | '!' | '?') => {}
                    Some(',') => {
                        out.truncate(before - 1);
                        out.push(c);
                    }
                    Some(_) => {
                        out.truncate(before);
                        out.push(c);
                    }
                }
            }
            _ => {
                if out.is_empty() && !c.is_alphanumeric() && !matches!(c, '$' | '€' | '£' | '¥')
                {
                    continue;
                }
                // A pause at the end of the text is not heard.
                if out.ends_with(',') && !c.is_ascii_digit() {
                    out.push(' ');
                }
                out.push(c);
            }
        }
    }
    let kept = out.trim_end_matches([' ', ',']).len();
    out.truncate(kept);
    if out.chars().any(char::is_alphanumeric) {
        out
    } else {
        String::new()
    }
}
