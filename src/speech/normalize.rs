//! The spoken form of written text, by the rules of its language.
//!
//! The result contains letters, digits, blanks and the few marks that voices pause at. It never
//! begins with a mark, so a speech program can't take it for an option, and contains nothing that
//! one could take for a command.

use super::lang::Lang;
use super::{english, korean};

/// The spoken form of `text`; empty where there is nothing to read.
pub fn spoken(text: &str, lang: Lang) -> String {
    let chars = on_the_line(text, lang);
    tidy(&match lang {
        Lang::Ko => korean::say(&chars),
        Lang::En => english::say(&chars),
    })
}

/// The letters of `text` with raised and lowered digits put into words and digits of the line: powers
/// are said, the 2 of CO₂ is a digit, and the marks of notes are not read.
fn on_the_line(text: &str, lang: Lang) -> Vec<char> {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉";
    let digit = |digits: &str, c: char| {
        let at = digits.chars().position(|d| d == c)?;
        char::from_digit(u32::try_from(at).ok()?, 10)
    };
    let chars: Vec<char> = text.chars().collect();
    let mut out = Vec::with_capacity(chars.len());
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        at += 1;
        let is_raised = |c: char| c == '⁻' || digit(RAISED, c).is_some();
        if out.last().is_some_and(char::is_ascii_digit) && is_raised(c) {
            let run = chars[at..].iter().take_while(|c| is_raised(**c)).count();
            let power: String = chars[at - 1..at + run]
                .iter()
                .map(|c| digit(RAISED, *c).unwrap_or('-'))
                .collect();
            let (negative, power) = match power.strip_prefix('-') {
                Some(power) => (true, power),
                None => (false, power.as_str()),
            };
            out.extend(match (lang, negative) {
                (Lang::Ko, false) => format!("의 {power}승 ").chars().collect::<Vec<_>>(),
                (Lang::Ko, true) => format!("의 마이너스 {power}승 ").chars().collect(),
                (Lang::En, false) => format!(" to the power of {power} ").chars().collect(),
                (Lang::En, true) => format!(" to the power of minus {power} ").chars().collect(),
            });
            at += run;
            continue;
        }
        let digits = chars[at..]
            .iter()
            .take_while(|c| c.is_ascii_digit())
            .count();
        let is_note = c == '['
            && (1..=3).contains(&digits)
            && chars.get(at + digits) == Some(&']')
            && out
                .last()
                .is_some_and(|before: &char| !before.is_whitespace());
        if is_note {
            at += digits + 1;
            continue;
        }
        out.push(digit(LOWERED, c).unwrap_or(c));
    }
    out
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
