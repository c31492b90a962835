//! English text as it is read aloud. Voices read English numbers well; only units, marks and
//! addresses are rewritten.

use super::address::address_at;
use super::lang::Lang;
use super::marks::{is_word, mark};
use super::tables::UNITS;

/// The spoken form of `chars`, before [`super::normalize`] tidies it.
pub(super) fn say(chars: &[char]) -> String {
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        if let Some((said, end)) = address_at(chars, at, Lang::En) {
            out.push_str(&said);
            at = end;
            continue;
        }
        let c = chars[at];
        let before = at.checked_sub(1).map(|i| chars[i]);
        let after = chars.get(at + 1).copied();
        if before.is_some_and(|b| b.is_ascii_digit())
            && let Some((said, end)) = unit_at(chars, at)
        {
            out.push_str(&format!(" {said}"));
            at = end;
            continue;
        }
        at += 1;
        let digit_behind = after.is_some_and(|a| a.is_ascii_digit());
        let apart = before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '“' | '"'));
        match c {
            _ if is_word(c) => out.push(c),
            '’' | '\''
                if before.is_some_and(char::is_alphabetic)
                    && after.is_some_and(char::is_alphabetic) =>
            {
                out.push('\'');
            }
            '$' | '€' | '£' | '¥' if digit_behind => out.push(c),
            '-' | '−' if digit_behind && apart => out.push_str("minus "),
            '-' if before.is_some_and(char::is_alphanumeric)
                && after.is_some_and(char::is_alphanumeric) =>
            {
                out.push('-');
            }
            '–' | '~' if digit_behind && before.is_some_and(|b| b.is_ascii_digit()) => {
                out.push_str(" to ");
            }
            '.' | ',' | ':' | '/' if digit_behind && before.is_some_and(|b| b.is_ascii_digit()) => {
                out.push(c);
            }
            '&' => out.push_str(" and "),
            '%' | '％' => out.push_str(" percent"),
            '+' if digit_behind => out.push_str(" plus "),
            '–' | '-' => out.push_str(if apart { ", " } else { " " }),
            _ => out.push_str(mark(c)),
        }
    }
    out
}

/// The unit that begins at `at`, where a number ends, and one past its end. Units of one letter are
/// left to the voice.
fn unit_at(chars: &[char], at: usize) -> Option<(&'static str, usize)> {
    let start = at + usize::from(chars[at] == ' ');
    UNITS
        .iter()
        .filter(|u| u[0].len() > 1)
        .find_map(|[written, _, said]| {
            let end = start + written.chars().count();
            let fits = chars.get(start..end)?.iter().copied().eq(written.chars());
            let cut = chars.get(end).is_some_and(char::is_ascii_alphanumeric) && written.is_ascii();
            (fits && !cut).then_some((*said, end))
        })
}
